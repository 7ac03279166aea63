//! Groups the quotations that answer a query: an entry for each utterance with its versions, or an entry for each quotation under
//! its speaker or its report.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::filter::body::NumberSet;
use crate::text::fold;

use super::QuoteRef;
use super::conditions::QueryRows;
use super::places::RowPlaces;
use super::quote_words::last_word;
use super::table::QuoteTable;
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

/// The versions of an utterance, in the order of the reports.
#[derive(Clone, Copy, Debug)]
pub struct QuoteVersions<'a> {
    rows: &'a [u32],
    places: &'a RowPlaces,
}

impl<'a> QuoteVersions<'a> {
    /// Returns their number.
    pub fn count(self) -> usize {
        self.rows.len()
    }

    /// Returns a version.
    pub fn get(self, number: usize) -> Option<QuoteRef> {
        self.places.quote(*self.rows.get(number)?)
    }

    /// Returns all of them.
    pub fn iter(self) -> impl Iterator<Item = QuoteRef> + Clone + 'a {
        let places = self.places;
        self.rows.iter().filter_map(|row| places.quote(*row))
    }
}

/// The quotations that answer a query, in entries: one quotation each, or one utterance with the versions that several reports have
/// of it.
#[derive(Clone, Debug, Default)]
pub struct QuoteResults {
    /// The query as typed.
    pub query: String,
    /// The grouping of the entries.
    pub grouping: QuoteGrouping,
    /// The rows of the quotations of all entries; those of one entry in the order of the reports.
    pub(super) rows: Vec<u32>,
    /// For each entry the number of its first version.
    pub(super) firsts: Vec<u32>,
    /// The reports of the rows, as they were when the query was answered: rows that are added later change nothing here.
    pub(super) places: Arc<RowPlaces>,
    /// The entries that begin a group, with its heading.
    pub(super) headings: Vec<(u32, QuoteHeading)>,
    /// Versions in all entries.
    pub shown: usize,
    /// Quotations in all reports that were looked through.
    pub total: usize,
    /// Reports that were looked through.
    pub reports: usize,
    /// Whether all of them are grouped by utterance; for those that are not, each is an utterance of its own.
    pub grouped: bool,
    /// Whether the entries hold the words as typed; otherwise only the letters in order, with others between.
    pub literal: bool,
}

/// Rows are numbered in the order in which reports were gathered, which makes no difference to an answer.
impl PartialEq for QuoteResults {
    fn eq(&self, other: &Self) -> bool {
        let counts = |it: &Self| (it.shown, it.total, it.reports, it.grouped, it.literal);
        (&self.query, self.grouping, counts(self)) == (&other.query, other.grouping, counts(other))
            && self.firsts == other.firsts
            && self.headings == other.headings
            && self.versions().eq(other.versions())
    }
}

impl Eq for QuoteResults {}

impl QuoteResults {
    /// Returns the number of entries.
    pub fn entry_count(&self) -> usize {
        self.firsts.len()
    }

    /// Returns the number of the first version of an entry; of all versions after the last entry.
    pub fn first_version(&self, entry: usize) -> usize {
        let first = self.firsts.get(entry);
        first.map_or(self.rows.len(), |first| *first as usize)
    }

    /// Returns the versions of an entry, in the order of the reports.
    pub fn versions_of(&self, entry: usize) -> QuoteVersions<'_> {
        let span = self.first_version(entry)..self.first_version(entry + 1);
        QuoteVersions {
            rows: self.rows.get(span).unwrap_or_default(),
            places: &self.places,
        }
    }

    /// Returns the heading of the group that begins with an entry.
    pub fn heading(&self, entry: usize) -> Option<&QuoteHeading> {
        let entry = u32::try_from(entry).ok()?;
        let at = self.headings.binary_search_by_key(&entry, |(at, _)| *at);
        self.headings.get(at.ok()?).map(|(_, heading)| heading)
    }

    /// Returns all headings, in the order of their groups.
    pub fn headings(&self) -> impl Iterator<Item = &QuoteHeading> {
        self.headings.iter().map(|(_, heading)| heading)
    }

    /// Returns the number of the entry with version `number` of all, and the number of that version in the entry.
    pub fn place(&self, number: usize) -> Option<(usize, usize)> {
        let after = self
            .firsts
            .partition_point(|first| *first as usize <= number);
        let entry = after.checked_sub(1).filter(|_| number < self.shown)?;
        Some((entry, number - self.first_version(entry)))
    }

    /// Returns version `number`, counted through all entries.
    pub fn version(&self, number: usize) -> Option<QuoteRef> {
        self.all_versions().get(number)
    }

    /// Returns every version, in the order of the entries.
    pub fn versions(&self) -> impl Iterator<Item = QuoteRef> + '_ {
        self.all_versions().iter()
    }

    /// Returns the number of a version, counted through all entries.
    pub fn number_of(&self, version: QuoteRef) -> Option<usize> {
        let row = self.places.row(version)?;
        self.rows.iter().position(|other| *other == row)
    }

    fn all_versions(&self) -> QuoteVersions<'_> {
        QuoteVersions {
            rows: &self.rows,
            places: &self.places,
        }
    }

    fn push_entry(&mut self, rows: impl IntoIterator<Item = u32>) {
        self.firsts.push(self.rows.len() as u32);
        self.rows.extend(rows);
        self.shown = self.rows.len();
    }

    /// Adds an entry for each of `rows`, with a heading over them unless there are none.
    fn push_group(&mut self, subject: QuoteSubject, rows: impl Iterator<Item = u32>) {
        let first = self.rows.len();
        self.rows.extend(rows);
        self.shown = self.rows.len();
        let count = self.shown - first;
        if count > 0 {
            let heading = QuoteHeading { subject, count };
            self.headings.push((self.firsts.len() as u32, heading));
            self.firsts.extend(first as u32..self.shown as u32);
        }
    }

    /// Adds an entry for each utterance with one of the rows that meet a query, with its other versions that may stand beside.
    ///
    /// Entries are in the order of their best row: first whether it holds the words at the start of words, then whether the
    /// quotation itself holds them; then of the number of their reports, then of their first quotation.
    pub(super) fn add_utterances(&mut self, rows: &QueryRows, table: &QuoteTable) {
        let ranked = by_rank(rows, table);
        self.reserve(&ranked, table);
        let visible = rows.visible(table);
        for utterances in ranked {
            match &visible {
                None => self.push_utterances(&utterances, table),
                Some(visible) if rows.beside.is_some() => {
                    self.push_by_place(utterances, visible, table);
                }
                Some(visible) => {
                    for utterance in utterances.iter() {
                        let versions = table.utterances.rows(utterance).iter().copied();
                        self.push_entry(versions.filter(|row| visible.has(*row)));
                    }
                }
            }
        }
    }

    /// Makes room for all versions of utterances: lists that grow would leave gaps in memory.
    fn reserve(&mut self, ranked: &[NumberSet], table: &QuoteTable) {
        self.firsts
            .reserve_exact(ranked.iter().map(NumberSet::len).sum());
        let ranges = ranked.iter().flat_map(NumberSet::ranges);
        let versions = ranges.map(|range| table.utterances.joined(range).len());
        self.rows.reserve_exact(versions.sum());
    }

    /// Adds an entry for each of `utterances`, with all versions.
    fn push_utterances(&mut self, utterances: &NumberSet, table: &QuoteTable) {
        for range in utterances.ranges() {
            self.push_range(range, table);
        }
    }

    fn push_range(&mut self, utterances: Range<u32>, table: &QuoteTable) {
        let before = self.rows.len() as u32;
        let starts = table.utterances.starts(utterances.clone());
        self.firsts.extend(starts.map(|start| before + start));
        self.rows
            .extend_from_slice(table.utterances.joined(utterances));
        self.shown = self.rows.len();
    }

    /// Adds entries of `utterances` with only their rows in `visible`, those of most reports first.
    fn push_by_place(&mut self, utterances: NumberSet, visible: &NumberSet, table: &QuoteTable) {
        let all = &table.utterances;
        let (mut whole, mut part) = (utterances.clone(), utterances);
        if all.is_sorted() {
            part.keep(&(!visible).mapped(all.of_rows(), all.len()));
        }
        whole.remove(&part);
        let shown = |utterance: u32| {
            let rows = all.rows(utterance).iter().copied();
            rows.filter(|row| visible.has(*row))
        };
        let rank = |utterance: u32| {
            let (mut reports, mut last) = (0_usize, None);
            for row in shown(utterance) {
                let report = table.place(row).0;
                reports += usize::from(last != Some(report));
                last = Some(report);
            }
            let first = shown(utterance).next().map(|row| table.place(row));
            (Reverse(reports), first, utterance)
        };
        let mut part: Vec<_> = part.iter().map(rank).collect();
        part.par_sort_unstable();
        let mut part = part.into_iter().peekable();
        // Utterances with all their versions stand in order already; the others are put between them.
        for range in whole.ranges() {
            let mut from = range.start;
            while part.peek().is_some() && from < range.end {
                let next = rank(from);
                while let Some((.., utterance)) = part.next_if(|other| *other < next) {
                    self.push_entry(shown(utterance));
                }
                self.push_range(from..from + 1, table);
                from += 1;
            }
            self.push_range(from..range.end, table);
        }
        for (.., utterance) in part {
            self.push_entry(shown(utterance));
        }
    }

    /// Adds an entry for each utterance with one of `rows`, which are ranked, with all its versions.
    pub(super) fn add_ranked(
        &mut self,
        rows: &[u32],
        beside: Option<&NumberSet>,
        table: &QuoteTable,
    ) {
        let mut added = vec![false; table.utterances.len()];
        for &row in rows {
            let Some(utterance) = table.utterances.of(row) else {
                continue;
            };
            if std::mem::replace(&mut added[utterance as usize], true) {
                continue;
            }
            let versions = table.utterances.rows(utterance).iter().copied();
            let may_stand = |version: &u32| {
                rows.contains(version) || beside.is_none_or(|beside| beside.has(*version))
            };
            self.push_entry(versions.filter(may_stand));
        }
    }

    /// Adds the rows under their speakers, quotations without a known speaker last.
    pub(super) fn add_speakers(&mut self, rows: &NumberSet, table: &QuoteTable) {
        self.reserve_rows(rows);
        let groups = SpeakerGroups::new(rows, table);
        for (name, rows) in groups.ranked(rows, table) {
            let subject = QuoteSubject::Speaker(name.map(str::to_owned));
            self.push_group(subject, rows.into_iter());
        }
    }

    /// Adds the rows under their reports.
    pub(super) fn add_reports(&mut self, rows: &NumberSet, table: &QuoteTable) {
        self.reserve_rows(rows);
        for (no, span) in table.rows_by_report() {
            let shown = span.filter(|row| rows.has(*row));
            self.push_group(QuoteSubject::Report(no), shown);
        }
    }

    fn reserve_rows(&mut self, rows: &NumberSet) {
        self.rows.reserve_exact(rows.len());
        self.firsts.reserve_exact(rows.len());
    }
}

/// Returns the utterances with a row that meets a query, in four sets, the best first: of each utterance its best row counts.
fn by_rank(rows: &QueryRows, table: &QuoteTable) -> [NumberSet; 4] {
    let utterances = &table.utterances;
    let (mut both, mut starts, mut own) =
        (rows.starts.clone(), rows.starts.clone(), rows.own.clone());
    both.keep(&rows.own);
    starts.remove(&both);
    own.remove(&both);
    let mut others = rows.met.clone();
    for better in [&both, &starts, &own] {
        others.remove(better);
    }
    let mut before = NumberSet::none(utterances.len());
    [both, starts, own, others].map(|rows| {
        if rows.is_empty() {
            return NumberSet::none(utterances.len());
        }
        let mut found = rows.mapped(utterances.of_rows(), utterances.len());
        found.remove(&before);
        before.add(&found);
        found
    })
}

/// The speakers of some rows; the first one is nobody, for the rows without a known speaker.
struct SpeakerGroups<'a> {
    count: usize,
    /// For each name the one that is shown for it.
    shown_names: HashMap<u32, &'a str>,
    /// For each attribution the number of its speaker.
    of_attribution: Vec<u32>,
}

impl<'a> SpeakerGroups<'a> {
    fn new(rows: &NumberSet, table: &'a QuoteTable) -> Self {
        let attributions = rows.mapped(&table.rows.attributions, table.attributions.len());
        let speaker = |number: u32| table.attributions.get_index(number as usize)?.speaker;
        let quoted: BTreeSet<u32> = attributions.iter().filter_map(speaker).collect();
        let full_names = full_names(quoted.iter().map(|number| table.name(*number)));
        // Each name is looked at once, however often its bearer is quoted.
        let mut group_of_name: HashMap<u32, u32> = HashMap::with_capacity(quoted.len());
        let mut shown_names: HashMap<u32, &str> = HashMap::with_capacity(quoted.len());
        let mut by_name: HashMap<String, u32> = HashMap::new();
        for number in quoted {
            let name = table.name(number);
            // "Carney" goes under "Mark Carney" where no other Carney is quoted.
            let name = match full_names.get(&fold::fold(name)) {
                Some(names) if names.len() == 1 => names.first().copied().unwrap_or(name),
                _ => name,
            };
            let next = by_name.len() as u32 + 1;
            let group = *by_name.entry(fold::fold(name)).or_insert(next);
            group_of_name.insert(number, group);
            shown_names.insert(number, name);
        }
        let mut of_attribution = vec![0; table.attributions.len()];
        for number in attributions.iter() {
            let group = speaker(number).and_then(|name| group_of_name.get(&name));
            if let (Some(own), Some(group)) = (of_attribution.get_mut(number as usize), group) {
                *own = *group;
            }
        }
        Self {
            count: by_name.len() + 1,
            shown_names,
            of_attribution,
        }
    }

    /// Returns the speakers with their rows in the order of the reports, those of most rows first.
    fn ranked(&self, rows: &NumberSet, table: &QuoteTable) -> Vec<(Option<&'a str>, Vec<u32>)> {
        let group = |row: u32| {
            let attribution = table.rows.attribution(row).unwrap_or_default();
            let group = self.of_attribution.get(attribution as usize);
            group.copied().unwrap_or_default() as usize
        };
        let mut counts = vec![0; self.count];
        rows.iter().for_each(|row| counts[group(row)] += 1);
        let mut groups: Vec<Vec<u32>> = counts.into_iter().map(Vec::with_capacity).collect();
        for (_, span) in table.rows_by_report() {
            for row in span.filter(|row| rows.has(*row)) {
                groups[group(row)].push(row);
            }
        }
        // Names that differ in case only are one speaker, who is called as in the first row.
        let name = |row: u32| {
            let attribution = table.rows.attribution(row)?;
            let speaker = table.attributions.get_index(attribution as usize)?.speaker;
            self.shown_names.get(&speaker?).copied()
        };
        let named = groups
            .into_iter()
            .map(|rows| (rows.first().and_then(|row| name(*row)), rows));
        let mut groups: Vec<(Option<&str>, Vec<u32>)> = named.collect();
        groups.sort_by_cached_key(|(name, rows)| {
            let first = rows.first().map(|row| table.place(*row));
            (name.is_none(), Reverse(rows.len()), first)
        });
        groups
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::quotes::rows::QuoteRow;
    use crate::library::quotes::table::ReportRows;

    #[test]
    fn many_entries_stand_in_order() {
        let count = 500_000;
        let mut table = QuoteTable::default();
        table.reports.push(Some(ReportRows {
            first: 0,
            count,
            outlet: 0,
        }));
        for start in 0..count {
            table.utterances.push_alone();
            table.rows.push(QuoteRow {
                start,
                length: 1,
                attribution: 0,
            });
        }
        let rows = || NumberSet::all(count as usize);
        let mut rows = QueryRows {
            met: rows(),
            starts: rows(),
            own: NumberSet::none(count as usize),
            beside: None,
            fields: HashMap::new(),
        };
        // The last row holds the word itself, the others stand beside it.
        rows.own.insert_all([count - 1]);
        Arc::make_mut(&mut table.places).push(0, 0);
        let mut results = QuoteResults {
            places: table.places.clone(),
            ..QuoteResults::default()
        };
        results.add_utterances(&rows, &table);
        let quotes: Vec<u32> = results.versions().map(|at| at.quote as u32).collect();
        let expected: Vec<u32> = [count - 1].into_iter().chain(0..count - 1).collect();
        assert_eq!((quotes, results.shown), (expected, count as usize));
        assert!(results.firsts.iter().copied().eq(0..count));
    }
}
