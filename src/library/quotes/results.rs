//! Groups the quotations that answer a query: an entry for each utterance with its versions, or an entry for each quotation under
//! its speaker or its report.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use rayon::prelude::*;

use crate::parallel::{available_threads, in_parallel};
use crate::text::fold;

use super::QuoteRef;
use super::conditions::QueryRows;
use super::quote_words::last_word;
use super::row_set::RowSet;
use super::table::QuoteTable;
use crate::library::ReportNo;

/// Utterances for which starting a thread is worth while. Chosen by eye: a thread passes them in about a millisecond.
const UTTERANCES_A_THREAD: usize = 1 << 15;

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

/// The quotations that answer a query, in entries: one quotation each, or one utterance with the versions that several reports have
/// of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteResults {
    /// The query as typed.
    pub query: String,
    /// The grouping of the entries.
    pub grouping: QuoteGrouping,
    /// The quotations of all entries; those of one entry in the order of the reports.
    pub(super) versions: Vec<QuoteRef>,
    /// For each entry the number of its first version.
    pub(super) firsts: Vec<u32>,
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

impl QuoteResults {
    /// Returns the number of entries.
    pub fn entry_count(&self) -> usize {
        self.firsts.len()
    }

    /// Returns the number of the first version of an entry; of all versions after the last entry.
    pub fn first_version(&self, entry: usize) -> usize {
        let first = self.firsts.get(entry);
        first.map_or(self.versions.len(), |first| *first as usize)
    }

    /// Returns the versions of an entry, in the order of the reports.
    pub fn versions_of(&self, entry: usize) -> &[QuoteRef] {
        let span = self.first_version(entry)..self.first_version(entry + 1);
        self.versions.get(span).unwrap_or_default()
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
        self.versions.get(number).copied()
    }

    /// Returns every version, in the order of the entries.
    pub fn versions(&self) -> impl Iterator<Item = QuoteRef> + '_ {
        self.versions.iter().copied()
    }

    fn push_entry(&mut self, rows: impl IntoIterator<Item = u32>, table: &QuoteTable) {
        self.firsts.push(self.versions.len() as u32);
        let rows = rows.into_iter().filter_map(|row| table.quote_ref(row));
        self.versions.extend(rows);
        self.shown = self.versions.len();
    }

    fn push_group(&mut self, subject: QuoteSubject, rows: &[u32], table: &QuoteTable) {
        let count = rows.len();
        let heading = QuoteHeading { subject, count };
        self.headings.push((self.firsts.len() as u32, heading));
        rows.iter().for_each(|row| self.push_entry([*row], table));
    }

    /// Adds an entry for each utterance with one of the rows that meet a query, with its other versions that may stand beside.
    ///
    /// Entries are in the order of their best row: first whether it holds the words at the start of words, then whether the
    /// quotation itself holds them; then of the number of their reports, then of their first quotation.
    pub(super) fn add_utterances(&mut self, rows: &QueryRows, table: &QuoteTable) {
        for found in by_rank(rows, table) {
            match &rows.beside {
                // All versions are shown, and utterances are numbered in this order.
                None => self.push_utterances(&found, table),
                Some(beside) => self.add_some(found.into_iter(), &rows.met, beside, table),
            }
        }
    }

    /// Adds an entry for each of `utterances`, with all versions.
    fn push_utterances(&mut self, utterances: &[u32], table: &QuoteTable) {
        let parts = (utterances.len() / UTTERANCES_A_THREAD).clamp(1, available_threads());
        let cut = |part: usize| utterances.len() * part / parts;
        let parts = in_parallel(parts, |part| {
            let mut entries = Self::default();
            for at in utterances.get(cut(part)..cut(part + 1)).unwrap_or_default() {
                entries.push_entry(table.utterances.rows(*at).iter().copied(), table);
            }
            entries
        });
        for part in parts {
            let before = self.versions.len() as u32;
            self.firsts
                .extend(part.firsts.iter().map(|first| before + first));
            self.versions.extend(part.versions);
        }
        self.shown = self.versions.len();
    }

    /// Adds entries of `utterances` with only those of their rows that are shown.
    fn add_some(
        &mut self,
        utterances: impl Iterator<Item = u32>,
        met: &RowSet,
        beside: &RowSet,
        table: &QuoteTable,
    ) {
        let shown = |utterance: u32| {
            let rows = table.utterances.rows(utterance).iter().copied();
            rows.filter(|row| met.has(*row) || beside.has(*row))
        };
        let mut ranked: Vec<_> = utterances
            .map(|utterance| {
                let reports = shown(utterance).map(|row| table.place(row).0);
                let reports: Vec<u32> = reports.collect();
                let count = reports.chunk_by(|one, next| one == next).count();
                let first = shown(utterance).next().map(|row| table.place(row));
                (Reverse(count), first, utterance)
            })
            .collect();
        ranked.par_sort_unstable();
        for (_, _, utterance) in ranked {
            self.push_entry(shown(utterance), table);
        }
    }

    /// Adds an entry for each utterance with one of `rows`, which are ranked, with all its versions.
    pub(super) fn add_ranked(&mut self, rows: &[u32], beside: Option<&RowSet>, table: &QuoteTable) {
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
            self.push_entry(versions.filter(may_stand), table);
        }
    }

    /// Adds the rows under their speakers, quotations without a known speaker last.
    pub(super) fn add_speakers(&mut self, rows: &RowSet, table: &QuoteTable) {
        let mut order: Vec<u32> = Vec::new();
        for (_, span) in table.rows_by_report() {
            order.extend(span.filter(|row| rows.has(*row)));
        }
        let groups = speaker_groups(&order, table);
        let mut ranked: Vec<&(Option<&str>, Vec<u32>)> = groups.iter().collect();
        ranked.sort_by_key(|(name, rows)| {
            let first = rows.first().map(|row| table.place(*row));
            (name.is_none(), Reverse(rows.len()), first)
        });
        for (name, rows) in ranked {
            let subject = QuoteSubject::Speaker(name.map(str::to_owned));
            self.push_group(subject, rows, table);
        }
    }

    /// Adds the rows under their reports.
    pub(super) fn add_reports(&mut self, rows: &RowSet, table: &QuoteTable) {
        let shown = |span: Range<u32>| span.filter(|row| rows.has(*row)).collect::<Vec<u32>>();
        for (no, span) in table.rows_by_report() {
            let rows = shown(span);
            if !rows.is_empty() {
                self.push_group(QuoteSubject::Report(no), &rows, table);
            }
        }
    }
}

/// Returns the utterances with a row that meets a query, in four lists, the best first: of each utterance its best row counts.
fn by_rank(rows: &QueryRows, table: &QuoteTable) -> [Vec<u32>; 4] {
    let utterances = &table.utterances;
    let parts = (utterances.len() / UTTERANCES_A_THREAD).clamp(1, available_threads());
    let cut = |part: usize| (utterances.len() * part / parts) as u32;
    let rank = |row: &u32| {
        let place = 2 * usize::from(!rows.starts.has(*row)) + usize::from(!rows.own.has(*row));
        rows.met.has(*row).then_some(place)
    };
    let parts = in_parallel(parts, |part| {
        let mut lists: [Vec<u32>; 4] = Default::default();
        for utterance in cut(part)..cut(part + 1) {
            let best = utterances.rows(utterance).iter().filter_map(rank).min();
            if let Some(list) = best.and_then(|best| lists.get_mut(best)) {
                list.push(utterance);
            }
        }
        lists
    });
    let mut all: [Vec<u32>; 4] = Default::default();
    for part in parts {
        for (list, found) in all.iter_mut().zip(part) {
            list.extend(found);
        }
    }
    all
}

/// Returns the speakers of `rows`, each with the rows; `None` for those without a known speaker.
fn speaker_groups<'a>(rows: &[u32], table: &'a QuoteTable) -> Vec<(Option<&'a str>, Vec<u32>)> {
    let speaker = |row: u32| {
        let row = table.rows.get(row as usize)?;
        table
            .attributions
            .get_index(row.attribution as usize)?
            .speaker
    };
    // Each name is looked at once, however often its bearer is quoted.
    let mut group_of_name: Vec<Option<usize>> = vec![None; table.names.len()];
    let quoted: BTreeSet<u32> = rows.iter().filter_map(|row| speaker(*row)).collect();
    let full_names = full_names(quoted.iter().map(|number| table.name(*number)));
    let mut groups: Vec<(Option<&str>, Vec<u32>)> = vec![(None, Vec::new())];
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut group = |number: u32, groups: &mut Vec<(Option<&'a str>, Vec<u32>)>| {
        let name = table.name(number);
        // "Carney" goes under "Mark Carney" where no other Carney is quoted.
        let name = match full_names.get(&fold::fold(name)) {
            Some(names) if names.len() == 1 => names.first().copied().unwrap_or(name),
            _ => name,
        };
        *by_name.entry(fold::fold(name)).or_insert_with(|| {
            groups.push((Some(name), Vec::new()));
            groups.len() - 1
        })
    };
    for &row in rows {
        let at = match speaker(row) {
            None => 0,
            Some(number) => match group_of_name.get_mut(number as usize) {
                Some(known) => *known.get_or_insert_with(|| group(number, &mut groups)),
                None => 0,
            },
        };
        groups[at].1.push(row);
    }
    groups.retain(|(_, rows)| !rows.is_empty());
    groups
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
    use crate::library::quotes::table::{QuoteRow, ReportRows};

    #[test]
    fn entries_of_several_threads_stand_in_order() {
        let count = 3 * UTTERANCES_A_THREAD as u32 + 5;
        let mut table = QuoteTable::default();
        table.reports.push(Some(ReportRows {
            first: 0,
            count,
            outlet: 0,
        }));
        for start in 0..count {
            table.utterances.push_alone();
            table.rows.push(QuoteRow {
                report: 0,
                start,
                length: 1,
                attribution: 0,
            });
        }
        let rows = || RowSet::all(count as usize);
        let mut rows = QueryRows {
            met: rows(),
            starts: rows(),
            own: RowSet::none(count as usize),
            beside: None,
            fields: HashMap::new(),
        };
        // The last row holds the word itself, the others stand beside it.
        rows.own.insert_all(&[count - 1]);
        let mut results = QuoteResults::default();
        results.add_utterances(&rows, &table);
        let quotes: Vec<u32> = results.versions().map(|at| at.quote as u32).collect();
        let expected: Vec<u32> = [count - 1].into_iter().chain(0..count - 1).collect();
        assert_eq!((quotes, results.shown), (expected, count as usize));
        assert!(results.firsts.iter().copied().eq(0..count));
    }
}
