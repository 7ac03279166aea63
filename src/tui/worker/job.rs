//! Jobs of the workers, one kind for each role, and their answers.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::compare::coverage::{Coverage, ReportPairChoices};
use crate::compare::{Comparison, LinkChoice, Sides};
use crate::ingest::ReadFailure;
use crate::library::event::{EventGrouping, SharedWords};
use crate::library::hit::Excerpt;
use crate::library::quotes::{QuoteGrouping, QuoteRef, QuoteResults};
use crate::library::{LibraryEntry, Report, ReportNo};
use crate::report::{OutputFormat, PrintOptions};
use crate::text::CleanText;

/// Something to work out, by the role that does it.
#[derive(Clone, Debug)]
pub enum Job {
    /// New reports, for all workers that know the reports.
    Add(Vec<LibraryEntry>),
    /// Reading and annotating what is on the screen.
    Annotate(AnnotateJob),
    /// Comparing reports.
    Compare(CompareJob),
    /// Searching rows and quotations.
    Match(MatchJob),
    /// Grouping reports into events.
    Group(GroupJob),
    /// Gathering the quotations of all reports that are not gathered yet.
    Gather,
    /// Working out a file of results.
    Export(Box<ExportJob>),
}

/// A job of the annotator.
#[derive(Clone, Debug)]
pub enum AnnotateJob {
    /// Annotate these reports: they are on the screen, or a key leads to them.
    Reports(Vec<ReportNo>),
    /// Read a report again that is too long to be read while a key waits.
    Open(ReportNo),
    /// Find the sentence in which each of these reports answers a filter that asks their texts.
    Hits(String, Vec<ReportNo>),
}

/// A job of the comparer.
#[derive(Clone, Debug)]
pub enum CompareJob {
    /// Lay two reports side by side, heeding what the reader linked and unlinked.
    Pair(Sides<ReportNo>, Vec<LinkChoice>),
    /// Find what each of these reports covers, heeding what the reader linked and unlinked in any two of them.
    Coverage(Vec<ReportNo>, Vec<ReportPairChoices>),
}

/// A job of the matcher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatchJob {
    /// Rank the reports for what was typed in the list; for nothing, give up what is being ranked.
    Filter(String),
    /// Find quotations.
    Quotes(String, QuoteGrouping),
}

/// A job of the grouper.
#[derive(Clone, Debug)]
pub enum GroupJob {
    /// Group these reports into events.
    Events(Vec<LibraryEntry>),
    /// Find names for these events of the reports grouped last.
    Names(Vec<Vec<ReportNo>>),
    /// Find the words that the first report shares with each of the others.
    Reasons(ReportNo, Vec<ReportNo>),
}

/// A job of the exporter: a file of quotations. Reading a hundred thousand reports again for it takes seconds.
#[derive(Clone, Debug)]
pub struct ExportJob {
    /// The file.
    pub path: PathBuf,
    /// Its format.
    pub format: OutputFormat,
    /// Print options.
    pub options: PrintOptions,
    /// All reports; those that are open are not read again.
    pub reports: Vec<LibraryEntry>,
    /// Files that could not be read.
    pub failures: Vec<ReadFailure>,
    /// The quotations.
    pub quotes: Vec<QuoteRef>,
}

macro_rules! into_job {
    ($($role:ident $job:ty),+) => {
        $(impl From<$job> for Job {
            fn from(job: $job) -> Self {
                Job::$role(job)
            }
        })+
    };
}

into_job!(Annotate AnnotateJob, Compare CompareJob, Match MatchJob, Group GroupJob, Export Box<ExportJob>);

/// A worker's result.
#[derive(Debug)]
pub enum Answer {
    /// The comparison of two reports.
    Compared(Sides<ReportNo>, Arc<Comparison>),
    /// The coverage of these reports.
    Covered(Vec<ReportNo>, Arc<Coverage>),
    /// The events of the first reports of the library, this many.
    Events(usize, Arc<EventGrouping>),
    /// Names of events, each with the reports of the event.
    EventNames(Vec<(Vec<ReportNo>, Vec<String>)>),
    /// The words that a report shares with others of its event.
    Reasons(ReportNo, Vec<(ReportNo, SharedWords)>),
    /// The reports that match, best first.
    Filtered(FilterResults),
    /// The sentences in which reports answer this filter, as far as there are any.
    Hits(String, Vec<(ReportNo, Option<Excerpt>)>),
    /// The quotations that match.
    Quotes(Box<QuoteResults>),
    /// Quotations of many more reports were gathered, so that searches of them find more.
    Gathered,
    /// Marks were made.
    Annotated(AnnotatedReports),
    /// A report that was read again, with its marks.
    Opened(ReportNo, Result<Report, ReadFailure>),
    /// The contents of a file of results.
    Exported(PathBuf, io::Result<ExportedFile>),
    /// The state file could not be written; it is tried again.
    NotSaved(CleanText),
    /// The state file is written again, after it could not be.
    SavedAgain,
    /// A job failed: a fault of ours, told rather than hidden.
    Fault(String),
}

/// Reports with their marks.
#[derive(Clone, Debug, Default)]
pub struct AnnotatedReports {
    /// Reports whose quotations are counted now, and were not before.
    pub counted: Vec<ReportNo>,
    /// Reports that were read again for it, so that nobody has to read them once more; long ones are not among them.
    pub read: Vec<(ReportNo, Report)>,
}

/// Reports that match a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterResults {
    /// The filter as typed.
    pub query: String,
    /// Report numbers, best first; the best few until the answer is whole.
    pub reports: Vec<ReportNo>,
    /// Number of matches.
    pub shown: usize,
    /// Number of exact matches; the others are loose.
    pub literal: usize,
    /// Number of reports searched so far.
    pub searched: usize,
}

/// The contents of a file of results.
#[derive(Debug)]
pub struct ExportedFile {
    /// Its text.
    pub contents: String,
    /// The reports that it lacks, because they cannot be read any more.
    pub lost: Vec<(ReportNo, ReadFailure)>,
}
