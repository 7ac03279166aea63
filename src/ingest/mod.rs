//! Reads reports: bytes are decoded, their format is recognised, their text is cleaned, and their facts are found.
//!
//! [`sources`] lists what there is to read; [`read_all`] and [`ReportSource::read_each`] read it. What cannot be read is a
//! [`ReadFailure`] beside the reports and never the end. What a report does not say stays unknown.
//!
//! To read one more format, add a room to `formats` and a row to its table.

mod beside;
mod compose;
mod content;
mod credit;
mod dateline;
mod dates;
mod decode;
mod draft;
mod entities;
mod excerpt;
mod facts;
mod failure;
mod file_names;
mod formats;
mod front_matter;
mod input;
mod keys;
mod layout;
mod lines;
mod names;
mod paragraphs;
mod read;
mod reload;
mod row_batches;
mod skipped;
mod source;
mod unpack;
mod yaml;

use crate::article::Article;
use crate::text::{CleanText, sanitize};

pub use failure::{FailureKind, ReadFailure, ReadResult, ReportSink};
pub use formats::{FormatDescription, descriptions};
pub use input::{ByteCounter, ReadLimits};
pub use read::read_all;
pub use reload::ReportReloader;
pub use source::{ReportSource, sources};

/// Returns the two reports that come with crossread.
pub fn bundled() -> Vec<Article> {
    const REPORTS: [(&str, &str); 2] = [
        (
            "000_2a1d74c9607f2477.txt",
            include_str!("../../assets/articles/000_2a1d74c9607f2477.txt"),
        ),
        (
            "003_6e31551ea6b11acf.txt",
            include_str!("../../assets/articles/003_6e31551ea6b11acf.txt"),
        ),
    ];
    let reports = REPORTS.map(|(name, text)| article_from_text(name, text));
    reports.into()
}

/// Returns the report that a text file with this path and text is.
pub fn article_from_text(path: &str, text: &str) -> Article {
    compose::text_article(CleanText::one_line(path), sanitize::sanitize(text))
}
