//! Writes results as JSON: one versioned object of the shape that docs/json.md documents.
//!
//! Fields are only ever added within one version of [`SCHEMA`]. A fact that is not known is null, never left out. Places are places in
//! the text as it came, before cleaning; the words beside them are the cleaned ones.

mod compare;
mod place;
mod report;

pub(crate) use compare::compare;
pub(crate) use report::{ReportHeader, header};

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
struct CommandAnswer<T: Serialize> {
    schema: u32,
    program: &'static str,
    command: &'static str,
    reports: Vec<report::ReportHeader>,
    #[serde(flatten)]
    found: T,
    failures: Vec<report::FailureJson>,
}

#[derive(Serialize)]
struct NoFields {}

/// Writes what is known of each report that `headers` are of, best first.
pub(crate) fn list(
    headers: Vec<ReportHeader>,
    failures: &[ReadFailure],
    out: &mut dyn Write,
) -> io::Result<()> {
    write("list", headers, failures, NoFields {}, out)
}

#[derive(Serialize)]
struct ShownReports {
    texts: Vec<report::TextJson>,
}

/// Writes the reports with their blocks and every mark.
pub(crate) fn show(job: &PrintJob<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = each(job, report::text);
    answer(job, "show", &job.all(), ShownReports { texts }, out)
}

#[derive(Serialize)]
struct QuotesJson {
    quotes: Vec<report::QuoteJson>,
}

/// Writes quotations.
pub(crate) fn quotes(
    job: &PrintJob<'_>,
    quoted: &[ReportQuotes<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let quotes = quoted.iter().flat_map(|one| {
        let places = TextPlaces::new(&one.report.article);
        report::quotations(one.number, one.quotes.iter().copied(), &places)
    });
    let quotes = quotes.collect();
    let header = |one: &ReportQuotes<'_>| {
        report::header(one.number, &one.report.article, job.marks(one.report))
    };
    let reports = quoted.iter().map(header).collect();
    write(
        "quotes",
        reports,
        &job.library.failures,
        QuotesJson { quotes },
        out,
    )
}

#[derive(Serialize)]
struct TermsJson {
    categories: Vec<report::CategoryJson>,
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
    answer(job, "terms", &job.all(), terms, out)
}

/// Returns what `tell` makes of each report.
fn each<T>(
    job: &PrintJob<'_>,
    tell: impl Fn(&PrintJob<'_>, usize, &Annotations, &TextPlaces<'_>) -> T,
) -> Vec<T> {
    let reports = job.library.reports.iter().enumerate();
    reports
        .map(|(number, report)| {
            tell(
                job,
                number,
                job.marks(report),
                &TextPlaces::new(&report.article),
            )
        })
        .collect()
}

fn answer<T: Serialize>(
    job: &PrintJob<'_>,
    command: &'static str,
    chosen: &[usize],
    found: T,
    out: &mut dyn Write,
) -> io::Result<()> {
    let reports = chosen
        .iter()
        .filter_map(|&number| Some((number, job.library.reports.get(number)?)));
    let reports = reports
        .map(|(number, report)| report::header(number, &report.article, job.marks(report)))
        .collect();
    write(command, reports, &job.library.failures, found, out)
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
        failures: failures.iter().map(report::FailureJson::from).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}
