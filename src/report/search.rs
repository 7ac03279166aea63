//! Which reports a list shows for a query: those that hold its words in label, outlet and day, or in tags.
//!
//! There are two ways to the same answer. [`matching`] has read every report. [`Found`] has only skimmed them: it takes a
//! glance at those that may hold the words side by side, and at the others only if none of those does.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::article::Published;
use crate::filter::{
    FilterRequest, FoldedRows, IncrementalFilter, Query, QueryTerm, RankedRows, Sieve,
};
use crate::ingest::{self, Glance, ReadFailure, ReadLimits, ReportSource, Skimmed};

use super::{PrintJob, facts};

/// Whether a glance at each report is enough to tell which ones answer `query`.
pub fn is_at_a_glance(query: &Query) -> bool {
    !query.is_empty() && query.terms().all(|term| term.field.is_none())
}

/// The reports that answer a query, among those that were skimmed for it.
#[derive(Debug)]
pub struct Found {
    pub(super) skimmed: Skimmed,
    /// Their numbers, best first.
    pub(super) chosen: Vec<usize>,
}

impl Found {
    /// Looks through `sources` for what answers `query`, which [`is_at_a_glance`].
    pub fn new(
        sources: Vec<Result<ReportSource, ReadFailure>>,
        limits: &ReadLimits,
        query: &Query,
    ) -> Self {
        let (mut there, mut lost) = (Vec::new(), Vec::new());
        for source in sources {
            match source {
                Ok(source) => there.push(source),
                Err(failure) => lost.push(failure),
            }
        }
        let sieve = Sieve::new(query, &own_words(&there));
        let mut one = sieve.clone();
        let keeps = move |row: &str| one.keeps(row);
        let mut skimmed = ingest::skim(&there, limits, &keeps);
        skimmed.failures.splice(0..0, lost);
        let chosen = search(&skimmed, query, sieve);
        Self { skimmed, chosen }
    }

    /// Returns what could not be read.
    pub fn failures(&self) -> &[ReadFailure] {
        &self.skimmed.failures
    }

    /// Whether there was no report to look at.
    pub fn is_of_nothing(&self) -> bool {
        self.skimmed.is_empty()
    }
}

/// Returns the numbers of the reports that answer `query`, best first.
fn search(skimmed: &Skimmed, query: &Query, mut sieve: Sieve) -> Vec<usize> {
    let rank = |numbers: &[usize]| {
        let arena = arena(skimmed.glances(numbers));
        let found = IncrementalFilter::new().rank(&FilterRequest::new(&arena, query));
        found.unwrap_or_default()
    };
    let mut kept = skimmed.kept();
    let mut found = rank(&kept);
    if found.literal == 0 && kept.len() < skimmed.len() {
        kept = (0..skimmed.len()).collect();
        if sieve.asks_for_letters() {
            let row = |number: &usize| skimmed.row(*number);
            kept.retain(|number| row(number).is_none_or(|row| sieve.keeps_scattered(row)));
        }
        found = rank(&kept);
    }
    shown(found)
        .filter_map(|id| kept.get(id).copied())
        .collect()
}

/// Returns the numbers of the reports that match `words`, by headline, outlet, date, tags and the fields that a query can name.
pub(super) fn matching(batch: &PrintJob<'_>, words: &str) -> Vec<usize> {
    let query = Query::parse(words);
    let reports = &batch.library.reports;
    let glances = reports.iter().map(|report| Glance::from(&*report.article));
    let arena = arena(glances);
    let holds = |id: u32, term: &QueryTerm| {
        let report = reports.get(id as usize);
        report.is_some_and(|report| report.holds(batch.annotator, term))
    };
    let found = IncrementalFilter::new().rank(&FilterRequest::new(&arena, &query).fields(&holds));
    shown(found.unwrap_or_default()).collect()
}

/// Returns what is shown of an answer: where some rows hold the words side by side, only those. Nobody is there to type on,
/// so letters that merely stand in order would only be noise.
fn shown(found: RankedRows) -> impl Iterator<Item = usize> {
    let shown = match found.literal {
        0 => found.ids.len(),
        literal => literal,
    };
    found.ids.into_iter().take(shown).map(|id| id as usize)
}

/// Returns what is searched of reports.
fn arena(glances: impl Iterator<Item = Glance>) -> FoldedRows {
    let mut arena = FoldedRows::default();
    for glance in glances {
        let outlet = glance.outlet.as_deref().unwrap_or_default();
        // What is not known is said on the screen; its letters are not the report's.
        let published = glance.published.map(facts::moment).unwrap_or_default();
        let fields = [&*glance.label, outlet, &published];
        arena.push_with_asides(fields, glance.tags.iter().map(|tag| &**tag));
    }
    arena
}

/// Returns the words that may stand in an [`arena`] though no report has them: the names of the months, and the names of the
/// files, since a report without any words is called by its file's.
fn own_words(sources: &[ReportSource]) -> String {
    let months = (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(2025, month, 1));
    let months = months.map(|date| {
        Cow::from(facts::moment(Published {
            date,
            time: None,
            offset: None,
        }))
    });
    let names = sources
        .iter()
        .map(|source| Cow::from(source.name().as_str()));
    let words: Vec<Cow<'_, str>> = months.chain(names).collect();
    words.join(" ")
}
