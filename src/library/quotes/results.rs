//! Groups the quotations that answer a query: an entry for each utterance with its versions, or an entry for each quotation under
//! its speaker or its report.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use crate::text::fold;

use super::QuoteRef;
use super::index::QuoteIndex;
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
    /// The number of its first version, counted through all entries.
    pub first: usize,
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
    /// Returns the number of the entry with version `number` of all, and the number of that version in the entry.
    pub fn place(&self, number: usize) -> Option<(usize, usize)> {
        let after = self.entries.partition_point(|one| one.first <= number);
        let entry = after.checked_sub(1).filter(|_| number < self.shown)?;
        Some((entry, number - self.entries.get(entry)?.first))
    }

    /// Returns version `number`, counted through all entries.
    pub fn version(&self, number: usize) -> Option<QuoteRef> {
        let (entry, version) = self.place(number)?;
        self.entries.get(entry)?.versions.get(version).copied()
    }

    /// Returns every version, in the order of the entries.
    pub fn versions(&self) -> impl Iterator<Item = QuoteRef> + '_ {
        self.entries
            .iter()
            .flat_map(|entry| entry.versions.iter().copied())
    }
}

/// Rank of a row; the greatest comes first: first by whether it holds the query's words at the start of words, then by whether the
/// quotation itself holds them, and last, where letters are scattered, by its place in the answer of the filter.
pub(super) type QuoteRank = (bool, bool, Reverse<usize>);

impl QuoteIndex {
    /// Returns an entry for each utterance with one of `hits`, rows that answer a query; other versions of it are added where
    /// `allowed`.
    ///
    /// `utterances` has for each row the number of its utterance. Entries are in order of their best hit, then of the number of
    /// their reports, then of their first quotation.
    pub(super) fn by_utterance(
        &self,
        utterances: &[u32],
        hits: &[(u32, QuoteRank)],
        allowed: impl Fn(u32) -> bool,
    ) -> Vec<QuoteEntry> {
        let mut best: HashMap<u32, QuoteRank> = HashMap::new();
        let mut is_hit = vec![false; utterances.len()];
        for &(row, hit_rank) in hits {
            let at = row as usize;
            if let (Some(utterance), Some(is_hit)) = (utterances.get(at), is_hit.get_mut(at)) {
                let rank = best.entry(*utterance).or_insert(hit_rank);
                *rank = (*rank).max(hit_rank);
                *is_hit = true;
            }
        }
        // A second walk over all rows, so that versions that do not answer the query themselves are found too.
        let mut versions: HashMap<u32, Vec<u32>> = HashMap::new();
        for ((row, utterance), is_hit) in (0_u32..).zip(utterances).zip(is_hit) {
            if best.contains_key(utterance) && (is_hit || allowed(row)) {
                versions.entry(*utterance).or_default().push(row);
            }
        }
        let mut found: Vec<(u32, Vec<u32>)> = versions.into_iter().collect();
        // The first row makes every key differ, so the order does not depend on the hash map.
        found.sort_by_cached_key(|(utterance, rows)| {
            let quotes = rows.iter().filter_map(|row| self.quote(*row));
            let reports: BTreeSet<ReportNo> = quotes.map(|quote| quote.at.report).collect();
            (
                Reverse((best.get(utterance).copied(), reports.len())),
                rows.first().copied(),
            )
        });
        found.iter().map(|(_, rows)| self.entry(rows)).collect()
    }

    /// Returns the rows under their speakers, quotations without a known speaker last.
    pub(super) fn by_speaker(&self, mut rows: Vec<u32>) -> Vec<QuoteEntry> {
        rows.sort_unstable();
        let mut speakers: HashMap<String, (&str, Vec<u32>)> = HashMap::new();
        let full_names = full_names(rows.iter().filter_map(|row| self.speaker(*row)));
        for row in rows {
            // "Carney" goes under "Mark Carney" where no other Carney is quoted.
            let full = |name| match full_names.get(&fold::fold(name)) {
                Some(names) if names.len() == 1 => names.first().copied().unwrap_or(name),
                _ => name,
            };
            let name = self.speaker(row).map_or("", full);
            let speaker = speakers.entry(fold::fold(name));
            speaker.or_insert((name, Vec::new())).1.push(row);
        }
        let mut groups: Vec<(&str, Vec<u32>)> = speakers.into_values().collect();
        groups.sort_by_key(|(name, rows)| {
            (name.is_empty(), Reverse(rows.len()), rows.first().copied())
        });
        let groups = groups.into_iter().flat_map(|(name, rows)| {
            let name = (!name.is_empty()).then(|| name.to_owned());
            self.group(QuoteSubject::Speaker(name), &rows)
        });
        groups.collect()
    }

    /// Returns the rows under their reports.
    pub(super) fn by_report(&self, mut rows: Vec<u32>) -> Vec<QuoteEntry> {
        rows.sort_unstable();
        let report = |row: &u32| self.quote(*row).map(|quote| quote.at.report);
        rows.chunk_by(|one, next| report(one) == report(next))
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

    /// Returns the entry of `rows`; its `first` is set when all entries are known.
    fn entry(&self, rows: &[u32]) -> QuoteEntry {
        let rows = rows.iter().filter_map(|row| self.quote(*row));
        QuoteEntry {
            heading: None,
            first: 0,
            versions: rows.map(|row| row.at).collect(),
        }
    }

    fn speaker(&self, row: u32) -> Option<&str> {
        self.fields(self.quote(row)?).speaker
    }
}

/// Returns the full names among `names` by their last words, to complete names that are a last word only.
fn full_names<'a>(names: impl Iterator<Item = &'a str>) -> HashMap<String, BTreeSet<&'a str>> {
    let mut by_last: HashMap<String, BTreeSet<&str>> = HashMap::new();
    for name in names.filter(|name| name.contains(' ')) {
        by_last.entry(last_word(name)).or_default().insert(name);
    }
    by_last
}
