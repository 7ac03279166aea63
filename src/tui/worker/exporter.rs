//! The exporter: works out files of quotations. A report that cannot be read any more does not keep the others from being written.

use std::io;

use crate::library::ReportNo;
use crate::report::{self, PrintJob};

use super::job::{Answer, ExportJob, ExportedFile};
use super::{Role, WorkerContext};

/// The worker that exports.
#[derive(Debug)]
pub struct Exporter;

fn export(job: &ExportJob, cx: &WorkerContext) -> io::Result<ExportedFile> {
    let print = PrintJob {
        reports: &job.reports,
        failures: &job.failures,
        annotator: &cx.annotator,
        options: job.options,
    };
    let mut out = Vec::new();
    let lost = report::quotes(&print, Some(&job.quotes), job.format, &mut out)?;
    let lost = lost.into_iter();
    Ok(ExportedFile {
        contents: String::from_utf8_lossy(&out).into_owned(),
        lost: lost.map(|(number, why)| (ReportNo(number), why)).collect(),
    })
}

impl Role for Exporter {
    type Job = Box<ExportJob>;

    fn perform(&mut self, job: Box<ExportJob>, cx: &WorkerContext) -> Option<Answer> {
        let exported = export(&job, cx);
        Some(Answer::Exported(job.path, exported))
    }
}
