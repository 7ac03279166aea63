//! Bytes become articles: detect, decode, sanitize, read the fields.
//!
//! [`sources`] finds what there is to read, [`ReportSource::read_each`] and [`read_all`] read it. What cannot be read is a
//! [`ReadFailure`] beside the reports, never the end. Reports come as text with or without facts before it, and as JSON rows;
//! what a report does not say stays unknown.

mod again;
mod batches;
mod compose;
mod credit;
mod dateline;
mod dates;
mod decode;
mod detect;
mod facts;
mod failure;
mod json;
mod keys;
mod layout;
mod lines;
mod matter;
mod meter;
mod paragraphs;
mod read;
mod source;

use crate::article::Article;
use crate::text::{CleanText, sanitize};

pub use failure::ReadFailure;
pub use meter::ByteCounter;
pub use read::{ReadLimits, Sink, read_all};
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
    REPORTS
        .into_iter()
        .map(|(name, text)| article_from_text(name, text))
        .collect()
}

/// Returns the report that `text` is, read as from a text file called `path`.
pub fn article_from_text(path: &str, text: &str) -> Article {
    let cleaned = sanitize::sanitize(text);
    compose::article(
        CleanText::one_line(path),
        cleaned,
        facts::Facts::default(),
        compose::Kind::File,
    )
}
