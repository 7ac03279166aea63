//! Groups the quotations that answer a query: an entry for each utterance with its versions, or an entry for each quotation under
//! its speaker or its report.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use crate::text::fold;

use super::QuoteRef;
use super::index::{IndexedQuote, QuoteIndex};
use super::utterance::last_word;
use crate::library::ReportNo;

/// A way to group quotations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuoteGrouping {
    /// One entry for the same words in several reports, entries of most reports first.
    #[default]
    Utterance,
    /// By speaker, the one with most quotations first.
    Speaker,
    /// By report, in the order of the reports.
    Report,
}

impl QuoteGrouping {
    /// Returns the grouping after this one.
    pub fn next(self) -> Self {
        match self {
            QuoteGrouping::Utterance => QuoteGrouping::Speaker,
            QuoteGrouping::Speaker => QuoteGrouping::Report,
            QuoteGrouping::Report => QuoteGrouping::Utterance,
        }
    }

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            QuoteGrouping::Utterance => "what was said",
            QuoteGrouping::Speaker => "speaker",
            QuoteGrouping::Report => "report",
        }
    }
}

/// The speaker or report that all entries of a group share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuoteSubject {
    /// The speaker; `None` where the texts name none.
    Speaker(Option<String>),
    /// The report, by its number.
    Report(ReportNo),
}

/// The heading of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteHeading {
    /// The speaker or report of the group.
    pub subject: QuoteSubject,
    /// Number of its entries.
    pub count: usize,
}

/// One quotation, or one utterance with the versions that several reports have of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteEntry {
    /// The group that begins with this entry.
    pub heading: Option<QuoteHeading>,
    /// The quotations, at least one, in the order of the reports.
    pub versions: Vec<QuoteRef>,
}

/// The quotations that answer a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteResults {
    /// The query as typed.
    pub query: String,
    /// The grouping of the entries.
    pub grouping: QuoteGrouping,
    /// The entries in order.
    pub entries: Vec<QuoteEntry>,
    /// For each entry the number of its first version, counted through all entries.
    pub(super) firsts: Vec<usize>,
    /// Versions in all entries.
    pub shown: usize,
    /// Quotations in all reports.
    pub total: usize,
    /// Reports that were looked through.
    pub reports: usize,
    /// Whether the entries hold the words as typed; otherwise only the letters in order, with others between.
    pub literal: bool,
}

impl QuoteResults {
    /// Returns the results with these `entries`.
    pub(super) fn with(mut self, entries: Vec<QuoteEntry>) -> Self {
        self.shown = 0;
        self.firsts.clear();
        for entry in &entries {
            self.firsts.push(self.shown);
            self.shown += entry.versions.len();
        }
        self.entries = entries;
        self
    }

    /// Returns the number of the entry with version `number` of all, and the number of that version in the entry.
    pub fn place(&self, number: usize) -> Option<(usize, usize)> {
        if number >= self.shown {
            return None;
        }
        let entry = self
            .firsts
            .partition_point(|&first| first <= number)
            .checked_sub(1)?;
        Some((entry, number - self.firsts.get(entry)?))
    }

    /// Returns version `number`, counted through all entries.
    pub fn version(&self, number: usize) -> Option<QuoteRef> {
        let (entry, version) = self.place(number)?;
        self.entries.get(entry)?.versions.get(version).copied()
    }

    /// Returns the number of the first version of entry `entry`.
    pub fn first_of(&self, entry: usize) -> Option<usize> {
        self.firsts.get(entry).copied()
    }

    /// Returns every version, in the order of the entries.
    pub fn versions(&self) -> impl Iterator<Item = QuoteRef> + '_ {
        self.entries
            .iter()
            .flat_map(|entry| entry.versions.iter().copied())
    }
}

/// Groups the rows that answer a query.
pub(super) struct QuoteGrouper<'a> {
    pub(super) index: &'a QuoteIndex,
    /// For each row the number of its utterance; empty where quotations are grouped otherwise.
    pub(super) utterances: &'a [u32],
}

/// A row that answers a query.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuoteHit {
    pub(super) row: u32,
    /// Rank in the list; the greatest comes first.
    pub(super) rank: QuoteRank,
}

/// Rank of a row: first by whether it holds the query's words at the start of words, then by whether the quotation itself holds
/// them, and last, where letters are scattered, by its place in the answer of the filter.
pub(super) type QuoteRank = (bool, bool, Reverse<usize>);

impl QuoteGrouper<'_> {
    /// Returns an entry for each utterance with a hit; other versions of it are added where `allowed`.
    ///
    /// Entries are in order of their best hit, then of the number of their reports, then of their first quotation.
    pub(super) fn by_utterance(
        &self,
        hits: &[QuoteHit],
        allowed: impl Fn(u32) -> bool,
    ) -> Vec<QuoteEntry> {
        let mut best: HashMap<u32, QuoteRank> = HashMap::new();
        let mut is_hit = vec![false; self.utterances.len()];
        for hit in hits {
            let at = hit.row as usize;
            if let (Some(utterance), Some(is_hit)) = (self.utterances.get(at), is_hit.get_mut(at)) {
                let rank = best.entry(*utterance).or_insert(hit.rank);
                *rank = (*rank).max(hit.rank);
                *is_hit = true;
            }
        }
        // A second walk over all rows, so that versions that do not answer the query themselves are found too.
        let mut versions: HashMap<u32, Vec<u32>> = HashMap::new();
        for ((row, utterance), is_hit) in (0_u32..).zip(self.utterances).zip(is_hit) {
            if best.contains_key(utterance) && (is_hit || allowed(row)) {
                versions.entry(*utterance).or_default().push(row);
            }
        }
        let mut found: Vec<(u32, Vec<u32>)> = versions.into_iter().collect();
        // The first row makes every key differ, so the order does not depend on the hash map.
        found.sort_by_cached_key(|(utterance, rows)| {
            let reports = self.reports_of(rows);
            (
                Reverse((best.get(utterance).copied(), reports)),
                rows.first().copied(),
            )
        });
        found.iter().map(|(_, rows)| self.entry(rows)).collect()
    }

    /// Returns the hits under their speakers, quotations without a known speaker last.
    pub(super) fn by_speaker(&self, hits: &[QuoteHit]) -> Vec<QuoteEntry> {
        let mut speakers: HashMap<String, (String, Vec<u32>)> = HashMap::new();
        let hits = sorted_rows(hits);
        let names = FullNames::new(hits.iter().filter_map(|row| self.speaker(*row)));
        for row in hits {
            // "Carney" goes under "Mark Carney" where no other Carney is quoted.
            let name = self.speaker(row).map_or("", |name| names.full(name));
            let (_, rows) = speakers
                .entry(fold::fold(name))
                .or_insert_with(|| (name.to_owned(), Vec::new()));
            rows.push(row);
        }
        let mut groups: Vec<(String, Vec<u32>)> = speakers.into_values().collect();
        groups.sort_by_key(|(name, rows)| {
            (name.is_empty(), Reverse(rows.len()), rows.first().copied())
        });
        let groups = groups.into_iter().map(|(name, rows)| {
            let name = (!name.is_empty()).then_some(name);
            (QuoteSubject::Speaker(name), rows)
        });
        groups
            .flat_map(|(subject, rows)| self.group(subject, &rows))
            .collect()
    }

    /// Returns the hits under their reports.
    pub(super) fn by_report(&self, hits: &[QuoteHit]) -> Vec<QuoteEntry> {
        let hits = sorted_rows(hits);
        let report = |row: &u32| self.row(*row).map(|row| row.at.report);
        hits.chunk_by(|one, next| report(one) == report(next))
            .filter_map(|rows| Some((QuoteSubject::Report(report(rows.first()?)?), rows)))
            .flat_map(|(subject, rows)| self.group(subject, rows))
            .collect()
    }

    fn group(&self, subject: QuoteSubject, rows: &[u32]) -> Vec<QuoteEntry> {
        let mut entries: Vec<QuoteEntry> = rows.iter().map(|row| self.entry(&[*row])).collect();
        let count = entries.len();
        if let Some(first) = entries.first_mut() {
            first.heading = Some(QuoteHeading { subject, count });
        }
        entries
    }

    fn entry(&self, rows: &[u32]) -> QuoteEntry {
        let rows = rows.iter().filter_map(|row| self.row(*row));
        QuoteEntry {
            heading: None,
            versions: rows.map(|row| row.at).collect(),
        }
    }

    fn reports_of(&self, rows: &[u32]) -> usize {
        let rows = rows.iter().filter_map(|row| self.row(*row));
        let reports: BTreeSet<ReportNo> = rows.map(|row| row.at.report).collect();
        reports.len()
    }

    fn speaker(&self, row: u32) -> Option<&str> {
        self.index.fields(self.row(row)?).speaker
    }

    fn row(&self, row: u32) -> Option<&IndexedQuote> {
        self.index.quote(row)
    }
}

fn sorted_rows(hits: &[QuoteHit]) -> Vec<u32> {
    let mut rows: Vec<u32> = hits.iter().map(|hit| hit.row).collect();
    rows.sort_unstable();
    rows
}

/// The full names of the quoted speakers by their last words, to complete names that are a last word only.
struct FullNames<'a> {
    by_last: HashMap<String, BTreeSet<&'a str>>,
}

impl<'a> FullNames<'a> {
    fn new(names: impl Iterator<Item = &'a str>) -> Self {
        let mut by_last: HashMap<String, BTreeSet<&str>> = HashMap::new();
        for name in names.filter(|name| name.contains(' ')) {
            by_last.entry(last_word(name)).or_default().insert(name);
        }
        Self { by_last }
    }

    /// Returns the full name that ends with `name` if there is exactly one, otherwise `name` itself.
    fn full(&self, name: &'a str) -> &'a str {
        let full = match self.by_last.get(&fold::fold(name)) {
            Some(names) if names.len() == 1 => names.first().copied(),
            _ => None,
        };
        full.unwrap_or(name)
    }
}
