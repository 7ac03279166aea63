//! The exporter: works out files of quotations. A report that cannot be read any more does not keep the others from being written.

use std::io;
use std::sync::Arc;

use crate::annotate::Annotator;
use crate::library::ReportNo;
use crate::report::{self, EntryPrintJob};

use super::job::{Answer, ExportJob, ExportedFile};
use super::{Reply, Role};

/// The exporter's state.
#[derive(Debug)]
pub struct Exporter {
    annotator: Arc<Annotator>,
}

impl Exporter {
    /// Returns an exporter that finds marks with `annotator`.
    pub fn new(annotator: Arc<Annotator>) -> Self {
        Self { annotator }
    }

    fn export(&self, job: &ExportJob) -> io::Result<ExportedFile> {
        let print = EntryPrintJob {
            reports: &job.reports,
            failures: &job.failures,
            annotator: &self.annotator,
            options: job.options,
        };
        let mut out = Vec::new();
        let lost = report::quotes_held(&print, &job.quotes, job.format, &mut out)?;
        Ok(ExportedFile {
            contents: String::from_utf8_lossy(&out).into_owned(),
            lost: lost
                .into_iter()
                .map(|(number, why)| (ReportNo(number), why))
                .collect(),
        })
    }
}

impl Role for Exporter {
    type Job = Box<ExportJob>;

    fn perform(&mut self, job: Box<ExportJob>, _reply: &Reply) -> Option<Answer> {
        let exported = self.export(&job);
        Some(Answer::Exported(job.path, exported))
    }
}
