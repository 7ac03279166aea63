//! Writes results as JSON: one versioned object of the shape that docs/json.md documents.
//!
//! Fields are only ever added within one version of [`SCHEMA`]. A fact that is not known is null, never left out. Places are places in
//! the text as it came, before cleaning; the words beside them are the cleaned ones.

mod compare;
mod place;
mod report;

pub(crate) use compare::compare;
pub(crate) use report::{ReportHeader, header};

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::annotate::Annotations;
use crate::ingest::ReadFailure;
use crate::report::{PrintJob, ReportQuotes};
use place::TextPlaces;

/// Version of the shape; raised when a field changes its meaning or goes.
const SCHEMA: u32 = 1;

/// The fields of every answer, and those of one command.
#[derive(Serialize)]
struct CommandAnswer<'a, T: Serialize> {
    schema: u32,
    program: &'static str,
    command: &'static str,
    reports: Vec<report::ReportHeader>,
    #[serde(flatten)]
    found: T,
    failures: &'a [ReadFailure],
}

/// Writes what is known of each report that `headers` are of, best first.
pub(crate) fn list(
    headers: Vec<ReportHeader>,
    failures: &[ReadFailure],
    out: &mut dyn Write,
) -> io::Result<()> {
    write("list", headers, failures, (), out)
}

/// Writes the reports with their blocks and every mark.
pub(crate) fn show(job: &PrintJob<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = each(job, report::text);
    answer(job, "show", BTreeMap::from([("texts", texts)]), out)
}

/// Writes quotations.
pub(crate) fn quotes(
    job: &PrintJob<'_>,
    quoted: &[ReportQuotes<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let (mut headers, mut quotes) = (Vec::new(), Vec::new());
    for one in quoted {
        let places = TextPlaces::new(&one.report.article);
        let marks = job.marks(one.report);
        headers.push(report::header(one.number, &one.report.article, marks));
        let chosen = one.quotes.iter().copied();
        quotes.extend(report::quotations(one.number, chosen, &places));
    }
    let quotes = BTreeMap::from([("quotes", quotes)]);
    write("quotes", headers, job.failures, quotes, out)
}

#[derive(Serialize)]
struct TermsJson<'a> {
    categories: Vec<report::CategoryJson<'a>>,
    terms: Vec<report::TermJson>,
}

/// Writes the terms of all reports, with what the categories are called.
pub(crate) fn terms(job: &PrintJob<'_>, out: &mut dyn Write) -> io::Result<()> {
    let terms = each(job, |job, number, marks, places| {
        report::hits(job, number, &marks.terms, places)
    });
    let terms = TermsJson {
        categories: report::categories(job),
        terms: terms.into_iter().flatten().collect(),
    };
    answer(job, "terms", terms, out)
}

/// Returns what `tell` makes of each report.
fn each<T>(
    job: &PrintJob<'_>,
    tell: impl Fn(&PrintJob<'_>, usize, &Annotations, &TextPlaces<'_>) -> T,
) -> Vec<T> {
    let told = job.open_reports().map(|(number, report)| {
        let places = TextPlaces::new(&report.article);
        tell(job, number, job.marks(report), &places)
    });
    told.collect()
}

fn answer<T: Serialize>(
    job: &PrintJob<'_>,
    command: &'static str,
    found: T,
    out: &mut dyn Write,
) -> io::Result<()> {
    let headers = each(job, |_, number, marks, places| {
        report::header(number, places.article, marks)
    });
    write(command, headers, job.failures, found, out)
}

fn write<T: Serialize>(
    command: &'static str,
    reports: Vec<report::ReportHeader>,
    failures: &[ReadFailure],
    found: T,
    out: &mut dyn Write,
) -> io::Result<()> {
    let answer = CommandAnswer {
        schema: SCHEMA,
        program: concat!("crossread ", env!("CARGO_PKG_VERSION")),
        command,
        reports,
        found,
        failures,
    };
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}
