//! Files of results that need every report: reading a hundred thousand of them again takes seconds.

use std::io;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::ingest::Failure;
use crate::library::lookup::QuoteRef;
use crate::library::{Holding, Library, Report};
use crate::report::{self, Batch, Format, Paper};

/// A file to write.
#[derive(Clone, Debug)]
pub struct Print {
    /// Where.
    pub path: PathBuf,
    /// In which form.
    pub format: Format,
    /// On what.
    pub paper: Paper,
    /// All reports.
    pub reports: Vec<Holding>,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// These quotations; all that is known of the reports where there are none.
    pub quotes: Option<Vec<QuoteRef>>,
}

impl Print {
    /// Returns what the file holds.
    ///
    /// # Errors
    /// Where a report cannot be read any more.
    pub(super) fn contents(&self, annotator: &Annotator) -> io::Result<String> {
        let reports: Result<Vec<Report>, Failure> =
            self.reports.par_iter().map(Holding::open).collect();
        let library = Library {
            reports: reports.map_err(io::Error::other)?,
            failures: self.failures.clone(),
        };
        let batch = Batch {
            library: &library,
            annotator,
            paper: self.paper,
        };
        let mut out = Vec::new();
        match &self.quotes {
            Some(chosen) => report::quotes(&batch, Some(chosen), self.format, &mut out)?,
            None => report::list(&batch, None, self.format, &mut out)?,
        }
        Ok(String::from_utf8_lossy(&out).into_owned())
    }
}
