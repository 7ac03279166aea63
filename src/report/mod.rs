//! Writes results as text, Markdown, JSON, CSV or HTML, for pipes and exports; knows nothing of terminals.
//!
//! There is one function for each kind of result and one module for each format. All words come from [`CleanText`](crate::text::CleanText)
//! text, so that nothing that is written here can steer a terminal.

mod citation;
mod comparison;
mod csv;
mod escape;
pub mod facts;
mod html;
mod json;
mod markdown;
mod pieces;
mod print_options;
mod search;
mod text;

pub use citation::citation;
pub use comparison::ComparedReports;
pub use csv::coverage;
pub use print_options::PrintOptions;
pub use search::summaries_answer;
pub use text::lexicon;

use std::collections::{BTreeSet, HashSet};
use std::io::{self, Write};

use rayon::iter::Either;
use rayon::prelude::*;

use crate::annotate::quote::Quote;
use crate::annotate::term::{TermHit, TermTier};
use crate::annotate::{Annotations, Annotator};
use crate::article::Article;
use crate::compare::coverage::Coverage;
use crate::ingest::ReadFailure;
use crate::library::quotes::QuoteRef;
use crate::library::{LibraryEntry, Report, ReportNo};
use crate::text::Span;

/// A format in which results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputFormat {
    /// For people.
    #[default]
    Text,
    /// For programs: documented and versioned, with offsets.
    Json,
    /// For notes and tickets.
    Markdown,
    /// One self-contained page.
    Html,
    /// For spreadsheets.
    Csv,
}

/// Formats that most commands can write.
pub const PLAIN: [OutputFormat; 2] = [OutputFormat::Text, OutputFormat::Json];
/// Formats that quotations can be written in.
pub const QUOTES: [OutputFormat; 4] = [
    OutputFormat::Text,
    OutputFormat::Json,
    OutputFormat::Markdown,
    OutputFormat::Csv,
];
/// Formats that a comparison can be written in.
pub const COMPARE: [OutputFormat; 5] = [
    OutputFormat::Text,
    OutputFormat::Json,
    OutputFormat::Markdown,
    OutputFormat::Html,
    OutputFormat::Csv,
];

impl OutputFormat {
    /// Returns the name that is typed for it, which is the ending of its files too, but for text and Markdown.
    pub fn name(self) -> &'static str {
        match self {
            OutputFormat::Text => "text",
            OutputFormat::Json => "json",
            OutputFormat::Markdown => "markdown",
            OutputFormat::Html => "html",
            OutputFormat::Csv => "csv",
        }
    }

    /// Returns the format of that name.
    pub fn named(name: &str) -> Option<Self> {
        COMPARE.into_iter().find(|format| format.name() == name)
    }
}

/// Reports to print, and how.
#[derive(Clone, Copy, Debug)]
pub struct PrintJob<'a> {
    /// The reports.
    pub reports: &'a [Report],
    /// Files that could not be read.
    pub failures: &'a [ReadFailure],
    /// Finds their marks.
    pub annotator: &'a Annotator,
    /// Width and colour.
    pub options: PrintOptions,
}

impl<'a> PrintJob<'a> {
    fn marks(&self, report: &'a Report) -> &'a Annotations {
        report.annotations(self.annotator)
    }

    /// Finds the marks of all reports, with all cores.
    fn annotate(&self) {
        self.reports.par_iter().for_each(|report| {
            self.marks(report);
        });
    }
}

/// Reports to print that are read again for it where they are closed.
#[derive(Clone, Copy, Debug)]
pub struct EntryPrintJob<'a> {
    /// All reports; what is written has their numbers.
    pub reports: &'a [LibraryEntry],
    /// Files that could not be read before.
    pub failures: &'a [ReadFailure],
    /// Finds their marks.
    pub annotator: &'a Annotator,
    /// Width and colour.
    pub options: PrintOptions,
}

/// The numbers of reports that cannot be read any more, with the reason.
pub type LostReports = Vec<(usize, ReadFailure)>;

impl EntryPrintJob<'_> {
    /// Returns the results of `tell` for the `chosen` reports, and the reports that are lost.
    fn each<T: Send>(
        &self,
        chosen: &[usize],
        tell: impl Fn(usize, &Report) -> T + Sync,
    ) -> (Vec<T>, LostReports) {
        let read = chosen
            .par_iter()
            .filter_map(|&number| Some((number, self.reports.get(number)?.open())));
        read.partition_map(|(number, read)| match read {
            Ok(report) => Either::Left(tell(number, &report)),
            Err(failure) => Either::Right((number, failure)),
        })
    }
}

/// Writes what is known of the reports that match `filter`, the best first, or of all without one. A closed report is read for
/// its line alone; returns those that cannot be read any more, which have no line.
pub fn list(
    job: &EntryPrintJob<'_>,
    filter: Option<&str>,
    format: OutputFormat,
    out: &mut dyn Write,
) -> io::Result<LostReports> {
    let chosen = match filter {
        Some(words) => search::matching(job, words),
        None => (0..job.reports.len()).collect(),
    };
    if format == OutputFormat::Json {
        let (headers, lost) = job.each(&chosen, |number, report| {
            let marks = report.annotations(job.annotator);
            json::header(number, &report.article, marks)
        });
        json::list(headers, &all_failures(job.failures, &lost), out)?;
        return Ok(lost);
    }
    let (lines, lost) = job.each(&chosen, text::cells);
    text::list(&lines, out)?;
    Ok(lost)
}

/// Writes the chosen quotations as [`quotes`] does, and reads only the reports that they are from; returns those that are lost.
pub fn quotes_held(
    job: &EntryPrintJob<'_>,
    chosen: &[QuoteRef],
    format: OutputFormat,
    out: &mut dyn Write,
) -> io::Result<LostReports> {
    // Sorted, so that the quotations follow the list whatever the order of the choice.
    let numbers: BTreeSet<usize> = chosen.iter().map(|at| at.report.0).collect();
    let numbers: Vec<usize> = numbers.into_iter().collect();
    let (reports, lost) = job.each(&numbers, |number, report| (number, report.clone()));
    let job = PrintJob {
        reports: &[],
        failures: &all_failures(job.failures, &lost),
        annotator: job.annotator,
        options: job.options,
    };
    let reports = reports.iter().map(|(number, report)| (*number, report));
    let quoted = quoted(reports, job.annotator, Some(chosen));
    write_quotes(&job, &quoted, format, out)?;
    Ok(lost)
}

/// Returns the failures of before and those of `lost`, each once.
fn all_failures(failures: &[ReadFailure], lost: &LostReports) -> Vec<ReadFailure> {
    let said: HashSet<String> = failures.iter().map(ToString::to_string).collect();
    let lost = lost.iter().map(|(_, failure)| failure);
    // A file that could not be read before cannot be read now either, and is said once.
    let new = lost.filter(|failure| !said.contains(&failure.to_string()));
    failures.iter().chain(new).cloned().collect()
}

/// Writes the reports.
pub fn show(job: &PrintJob<'_>, format: OutputFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        OutputFormat::Json => json::show(job, out),
        _ => text::show(job, out),
    }
}

/// Writes the chosen quotations, of all reports where none are chosen, under their reports and in the order of the texts.
pub fn quotes(
    job: &PrintJob<'_>,
    chosen: Option<&[QuoteRef]>,
    format: OutputFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    job.annotate();
    let reports = job.reports.iter().enumerate();
    write_quotes(job, &quoted(reports, job.annotator, chosen), format, out)
}

fn write_quotes(
    job: &PrintJob<'_>,
    quoted: &[ReportQuotes<'_>],
    format: OutputFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        OutputFormat::Json => json::quotes(job, quoted, out),
        OutputFormat::Markdown => markdown::quotes(quoted, out),
        OutputFormat::Csv => csv::quotes(quoted, out),
        OutputFormat::Text | OutputFormat::Html => text::quotes(job, quoted, out),
    }
}

/// A report, by its number, and those of its quotations that are written.
struct ReportQuotes<'a> {
    number: usize,
    report: &'a Report,
    quotes: Vec<&'a Quote>,
}

/// Returns every report with its quotations; of the chosen ones, only reports that have any.
fn quoted<'a>(
    reports: impl Iterator<Item = (usize, &'a Report)>,
    annotator: &Annotator,
    chosen: Option<&[QuoteRef]>,
) -> Vec<ReportQuotes<'a>> {
    let chosen: Option<BTreeSet<QuoteRef>> = chosen.map(|chosen| chosen.iter().copied().collect());
    let quoted = reports.map(|(number, report)| {
        let report_no = ReportNo(number);
        let quotes = report.annotations(annotator).quotes.iter().enumerate();
        let quotes = quotes.filter(|&(quote, _)| {
            let report = report_no;
            let chosen = chosen.as_ref();
            chosen.is_none_or(|chosen| chosen.contains(&QuoteRef { report, quote }))
        });
        ReportQuotes {
            number,
            report,
            quotes: quotes.map(|(_, quote)| quote).collect(),
        }
    });
    let has_any = |one: &ReportQuotes<'_>| chosen.is_none() || !one.quotes.is_empty();
    quoted.filter(has_any).collect()
}

/// Writes the terms by category.
pub fn terms(job: &PrintJob<'_>, format: OutputFormat, out: &mut dyn Write) -> io::Result<()> {
    job.annotate();
    match format {
        OutputFormat::Json => json::terms(job, out),
        _ => text::terms(job, out),
    }
}

/// The coverage of any number of reports.
#[derive(Clone, Debug)]
pub struct CoveredReports<'a> {
    /// The reports, a column each.
    pub reports: Vec<&'a Report>,
    /// The claims.
    pub coverage: &'a Coverage,
}

/// Writes a comparison.
pub fn compare(
    compared: &ComparedReports<'_>,
    options: PrintOptions,
    format: OutputFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        OutputFormat::Text => text::compare(compared, options, out),
        OutputFormat::Json => json::compare(compared, out),
        OutputFormat::Markdown => markdown::compare(compared, out),
        OutputFormat::Html => html::compare(compared, out),
        OutputFormat::Csv => csv::compare(compared, out),
    }
}

/// Returns the terms that are counted.
fn strong_terms(marks: &Annotations) -> impl Iterator<Item = &TermHit> {
    marks
        .terms
        .iter()
        .filter(|hit| hit.tier == TermTier::Strong)
}

/// Returns the number, from 0, of the story paragraph that `span` begins in.
fn paragraph(article: &Article, span: Span) -> Option<usize> {
    article
        .story()
        .position(|paragraph| paragraph.start <= span.start && span.start < paragraph.end)
}
