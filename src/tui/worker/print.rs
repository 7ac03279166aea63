//! Files of results of any number of reports: reading a hundred thousand of them again takes seconds. A report that cannot be
//! read any more does not keep the others from being written.

use std::io;
use std::path::PathBuf;

use crate::annotate::Annotator;
use crate::ingest::ReadFailure;
use crate::library::LibraryEntry;
use crate::library::quotes::QuoteRef;
use crate::report::{self, EntryPrintJob, LostReports, OutputFormat, PrintOptions};

/// A file to write.
#[derive(Clone, Debug)]
pub struct Print {
    /// Where.
    pub path: PathBuf,
    /// In which form.
    pub format: OutputFormat,
    /// On what.
    pub options: PrintOptions,
    /// All reports.
    pub reports: Vec<LibraryEntry>,
    /// What could not be read.
    pub failures: Vec<ReadFailure>,
    /// These quotations; all that is known of the reports where there are none.
    pub quotes: Option<Vec<QuoteRef>>,
}

/// What a file of results holds.
#[derive(Debug)]
pub struct Printed {
    /// Its text.
    pub contents: String,
    /// What it lacks, because it cannot be read any more.
    pub lost: LostReports,
}

impl Print {
    /// Returns what the file holds.
    pub(super) fn contents(&self, annotator: &Annotator) -> io::Result<Printed> {
        let held = EntryPrintJob {
            reports: &self.reports,
            failures: &self.failures,
            annotator,
            options: self.options,
        };
        let mut out = Vec::new();
        let lost = match &self.quotes {
            Some(chosen) => report::quotes_held(&held, chosen, self.format, &mut out)?,
            None => report::list(&held, None, self.format, &mut out)?,
        };
        Ok(Printed {
            contents: String::from_utf8_lossy(&out).into_owned(),
            lost,
        })
    }
}
