//! Writes results as text, Markdown, JSON, CSV or HTML, for pipes and exports; knows nothing of terminals.
//!
//! There is one function for each kind of result and one module for each format. All words come from [`CleanText`](crate::text::CleanText)
//! text, so that nothing that is written here can steer a terminal.

mod citation;
mod comparison;
mod csv;
pub(crate) mod escape;
pub mod facts;
mod html;
mod json;
mod markdown;
mod notes;
mod pieces;
mod print_options;
mod search;
mod text;

pub use citation::{citation, passage_citation};
pub use comparison::ComparedReports;
pub use csv::coverage;
pub use notes::{ReportNotes, cited_note, notes};
pub use print_options::PrintOptions;
pub use search::{matching, summaries_answer};
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
/// Formats that notes can be written in.
pub const NOTES: [OutputFormat; 2] = [OutputFormat::Markdown, OutputFormat::Text];
/// Formats that the coverage can be written in.
pub const COVERAGE: [OutputFormat; 2] = [OutputFormat::Text, OutputFormat::Csv];
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

/// Reports to print, and how. Closed ones are read again for a list and for quotations; everything else needs all of them open.
#[derive(Clone, Copy, Debug)]
pub struct PrintJob<'a> {
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

impl<'a> PrintJob<'a> {
    /// Returns all reports with their numbers.
    ///
    /// # Panics
    /// Panics at a closed report.
    fn open_reports(&self) -> impl Iterator<Item = (usize, &'a Report)> {
        let reports = self.reports.iter().enumerate();
        reports.map(|(number, entry)| match entry.report() {
            Some(report) => (number, report),
            None => {
                unreachable!("report {number} is closed, and would be left out without a word")
            }
        })
    }

    fn marks<'r>(&self, report: &'r Report) -> &'r Annotations {
        report.annotations(self.annotator)
    }

    /// Finds the marks of all reports, which are open, with all cores.
    fn annotate(&self) {
        let reports = self.reports.par_iter();
        reports.for_each(|entry| entry.annotate(self.annotator));
    }

    /// Returns the results of `tell` for the `chosen` reports, and the reports that are lost.
    fn each<T: Send>(
        &self,
        chosen: impl IntoParallelIterator<Item = usize>,
        tell: impl Fn(usize, &Report) -> T + Sync,
    ) -> (Vec<T>, LostReports) {
        let read = chosen
            .into_par_iter()
            .filter_map(|number| Some((number, self.reports.get(number)?.open())));
        read.partition_map(|(number, read)| match read {
            Ok(report) => Either::Left(tell(number, &report)),
            Err(failure) => Either::Right((number, failure)),
        })
    }
}

/// Writes what is known of the `chosen` reports in their order, or of all where none are chosen. A closed report is read for its
/// line alone; returns those that cannot be read any more, which have no line.
pub fn list(
    job: &PrintJob<'_>,
    chosen: Option<&[usize]>,
    format: OutputFormat,
    out: &mut dyn Write,
) -> io::Result<LostReports> {
    let chosen = chosen.map_or_else(|| (0..job.reports.len()).collect(), <[usize]>::to_vec);
    if format == OutputFormat::Json {
        let (headers, lost) = job.each(chosen, |number, report| {
            json::header(number, &report.article, job.marks(report))
        });
        json::list(headers, &all_failures(job.failures, &lost), out)?;
        return Ok(lost);
    }
    let (rows, lost) = job.each(chosen, text::row);
    text::list(&rows, job.options.columns, out)?;
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

/// Writes the reports, all of which must be open.
pub fn show(
    job: &PrintJob<'_>,
    format: OutputFormat,
    lists_marks: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        OutputFormat::Json => json::show(job, out),
        _ => text::show(job, lists_marks, out),
    }
}

/// Writes the chosen quotations, of all reports where none are chosen, under their reports and in the order of the texts. Only the
/// reports that they are from are read; returns those that cannot be read any more.
pub fn quotes(
    job: &PrintJob<'_>,
    chosen: Option<&[QuoteRef]>,
    format: OutputFormat,
    out: &mut dyn Write,
) -> io::Result<LostReports> {
    // Sorted, so that the quotations follow the list whatever the order of the choice.
    let chosen: Option<BTreeSet<QuoteRef>> = chosen.map(|chosen| chosen.iter().copied().collect());
    let numbers: BTreeSet<usize> = match &chosen {
        Some(chosen) => chosen.iter().map(|at| at.report.0).collect(),
        None => (0..job.reports.len()).collect(),
    };
    let (reports, lost) = job.each(numbers, |number, report| {
        job.marks(report);
        (number, report.clone())
    });
    let reports = reports.iter();
    let by_report: Vec<_> = reports
        .map(|(number, report)| quoted(job, *number, report, chosen.as_ref()))
        .filter(|one| chosen.is_none() || !one.quotes.is_empty())
        .collect();
    match format {
        OutputFormat::Json => {
            let failures = &all_failures(job.failures, &lost);
            json::quotes(&PrintJob { failures, ..*job }, &by_report, out)?;
        }
        OutputFormat::Markdown => markdown::quotes(&by_report, out)?,
        OutputFormat::Csv => csv::quotes(&by_report, out)?,
        OutputFormat::Text | OutputFormat::Html => text::quotes(job, &by_report, out)?,
    }
    Ok(lost)
}

/// A report, by its number, and those of its quotations that are written.
struct ReportQuotes<'a> {
    number: usize,
    report: &'a Report,
    quotes: Vec<&'a Quote>,
}

/// Returns a report with its quotations, or with the chosen ones of them.
fn quoted<'a>(
    job: &PrintJob<'_>,
    number: usize,
    report: &'a Report,
    chosen: Option<&BTreeSet<QuoteRef>>,
) -> ReportQuotes<'a> {
    let is_chosen = |quote: usize| {
        let report = ReportNo(number);
        chosen.is_none_or(|chosen| chosen.contains(&QuoteRef { report, quote }))
    };
    let quotes = job.marks(report).quotes.iter().enumerate();
    let quotes = quotes.filter(|&(quote, _)| is_chosen(quote));
    ReportQuotes {
        number,
        report,
        quotes: quotes.map(|(_, quote)| quote).collect(),
    }
}

/// Writes the terms of the reports, all of which must be open, by category.
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

/// Writes the coverage as text or as a table of CSV.
pub fn coverage_table(
    covered: &CoveredReports<'_>,
    options: PrintOptions,
    format: OutputFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        OutputFormat::Csv => csv::coverage(covered, out),
        _ => text::coverage(covered, options, out),
    }
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
    let terms = marks.terms.iter();
    terms.filter(|hit| hit.tier == TermTier::Strong)
}

/// Returns the number, from 0, of the story paragraph that `span` begins in.
fn paragraph(article: &Article, span: Span) -> Option<usize> {
    let mut story = article.story();
    story.position(|paragraph| paragraph.start <= span.start && span.start < paragraph.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;

    #[test]
    #[should_panic(expected = "report 1 is closed")]
    fn a_closed_report_is_never_left_out_without_a_word() {
        let bundled = ingest::bundled().into_iter();
        let mut reports: Vec<_> = bundled.map(LibraryEntry::new).collect();
        reports[1] = LibraryEntry::closed(reports[1].summary.clone());
        let job = PrintJob {
            reports: &reports,
            failures: &[],
            annotator: &Annotator::bundled(),
            options: PrintOptions {
                measure: 76,
                columns: None,
                painted: false,
            },
        };
        job.open_reports().for_each(drop);
    }
}
