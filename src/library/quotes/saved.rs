//! Encodes the index of quotations as sections of bytes for the cache, and decodes it for a library that may have changed since.
//!
//! Reports are recognised by their ids. What was saved of one that is still there is taken over without reading it; rows of others
//! stay in the tables as lost ones, which no search finds. The cache makes sure that the bytes are unchanged.

use std::collections::HashMap;
use std::slice::Iter;
use std::sync::Arc;

use indexmap::IndexSet;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::annotate::term::{CategoryIx, TermHit, TermIx, TermTier};
use crate::article::ArticleId;
use crate::filter::body::{TextIndex, number, push_number};
use crate::library::LibraryEntry;
use crate::text::Span;

use super::gather::{ReportCounts, WrittenTerm};
use super::number_lists::NumberLists;
use super::places::LOST;
use super::table::{Attribution, QuoteTable, ReportRows};
use super::utterance::Utterances;

/// Names of the sections.
const REPORTS: &str = "reports";
const ROWS: &str = "rows";
const NAMES: &str = "names";
const UTTERANCES: &str = "utterances";
const WORDS: &str = "words";
const HEADLINES: &str = "headlines";
/// The part of the rows of lost reports from which all is gathered anew.
const MOST_LOST: usize = 4;

/// The reports in the order in which they were gathered: their ids, and how many quotations, statements and strong terms each has.
#[derive(Debug, Default, Serialize, Deserialize)]
struct SavedReports {
    ids: Vec<ArticleId>,
    /// Their numbers in the library.
    numbers: Vec<u32>,
    quotes: Vec<u32>,
    statements: Vec<u32>,
    strong_terms: Vec<u32>,
}

/// Names and terms in the order of their numbers.
#[derive(Debug, Default, Serialize, Deserialize)]
struct SavedNames {
    names: Vec<String>,
    attributions: Vec<Attribution>,
    terms: Vec<SavedTerm>,
}

/// The numbers of a term's category, entry and form; whether it is strong, and how it is written.
type SavedTerm = (usize, usize, usize, bool, String);

impl QuoteTable {
    /// Returns the sections of a table whose reports are those of `entries`.
    pub(super) fn encode(&self, entries: &[LibraryEntry]) -> Vec<(&'static str, Vec<u8>)> {
        vec![
            (REPORTS, bytes_of(&self.saved_reports(entries))),
            (ROWS, self.saved_rows()),
            (NAMES, bytes_of(&self.saved_names())),
            (UTTERANCES, self.saved_utterances()),
            (WORDS, self.words.encode()),
            (HEADLINES, self.headlines.encode()),
        ]
    }

    fn saved_reports(&self, entries: &[LibraryEntry]) -> SavedReports {
        let mut saved = SavedReports::default();
        for (place, &report) in self.gathered().iter().enumerate() {
            let entry = entries.get(report as usize);
            // A lost report keeps its rows, and has an id that no report has.
            saved
                .ids
                .push(entry.map_or(ArticleId(0), |entry| entry.summary.id));
            let counts = self.counts.get(place).copied().unwrap_or_default();
            saved.numbers.push(report);
            saved.quotes.push(counts.quotes);
            saved.statements.push(counts.statements);
            saved.strong_terms.push(counts.strong_terms);
        }
        saved
    }

    /// Returns the rows, a column for each fact: numbers of a kind are short one after the other.
    fn saved_rows(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Bytes from the end of the quotation before in the same report; from the beginning of the text for the first.
        let mut gaps = Vec::with_capacity(self.rows.len());
        let mut starts = self.rows.starts.iter().zip(&self.rows.lengths);
        for counts in &self.counts {
            let mut end = 0;
            for (start, length) in starts.by_ref().take(counts.quotes as usize) {
                gaps.push(signed_first(start.wrapping_sub(end)));
                end = start.wrapping_add(*length);
            }
        }
        for column in [
            &gaps,
            &self.rows.lengths,
            &self.rows.attributions,
            &self.row_terms.rows,
            &self.row_terms.terms,
        ] {
            push_column(column.iter().copied(), &mut bytes);
        }
        push_lists(&self.report_terms, &mut bytes);
        bytes
    }

    fn saved_utterances(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let (rows, sorted) = self.utterances.lists();
        push_number(sorted as u32, &mut bytes);
        push_lists(rows, &mut bytes);
        bytes
    }

    fn saved_names(&self) -> SavedNames {
        let term = |term: &WrittenTerm| {
            let hit = &term.hit;
            let written = term.written.to_string();
            (
                hit.category.0,
                hit.term.0,
                hit.form,
                hit.is_strong(),
                written,
            )
        };
        SavedNames {
            names: self.names.iter().map(ToString::to_string).collect(),
            attributions: self.attributions.iter().copied().collect(),
            terms: self.terms.iter().map(term).collect(),
        }
    }

    /// Returns the table that was encoded as the sections that `section` reads, for the reports `entries`; `None` if something is
    /// missing or damaged, or most of it is of reports that are gone.
    pub(super) fn decode(
        section: impl Fn(&str) -> Option<Vec<u8>> + Sync,
        entries: &[LibraryEntry],
    ) -> Option<Self> {
        let words = || {
            let headlines = TextIndex::decode(section(HEADLINES)?)?;
            Some((TextIndex::decode(section(WORDS)?)?, headlines))
        };
        let utterances = || {
            let bytes = section(UTTERANCES)?;
            let mut rest = bytes.iter();
            let sorted = number(&mut rest)? as usize;
            Utterances::restored(take_lists(&mut rest)?, sorted)
        };
        let tables = || {
            let mut table = Self::default();
            table.restore_names(read(&section(NAMES)?)?)?;
            table.restore_rows(&section(ROWS)?)?;
            let is_same = table.restore_reports(&read(&section(REPORTS)?)?, entries)?;
            Some((table, is_same))
        };
        let (words, (utterances, tables)) = rayon::join(words, || rayon::join(utterances, tables));
        let (mut table, is_same) = tables?;
        (table.words, table.headlines) = words?;
        table.utterances = utterances?;
        if !is_same {
            let (rows, places) = (&table.rows, &table.places);
            let place = |row: u32| (places.of(row).0, rows.start(row).unwrap_or(u32::MAX));
            table.utterances.sort_rows(place);
        }
        table.grouped = table.rows.len();
        let counts = [table.words.count(), table.utterances.of_rows().len()];
        let is_whole =
            counts == [table.grouped; 2] && table.headlines.count() == table.gathered().len();
        is_whole.then_some(table)
    }

    fn restore_names(&mut self, saved: SavedNames) -> Option<()> {
        let term = |(category, term, form, is_strong, written): SavedTerm| WrittenTerm {
            hit: TermHit {
                span: Span::default(),
                category: CategoryIx(category),
                term: TermIx(term),
                form,
                tier: match is_strong {
                    true => TermTier::Strong,
                    false => TermTier::Weak,
                },
            },
            written: written.into(),
        };
        let counts = [
            saved.names.len(),
            saved.attributions.len(),
            saved.terms.len(),
        ];
        saved
            .names
            .iter()
            .for_each(|name| self.folded_names.push(name));
        let names = saved.names.into_iter();
        self.names = names.map(String::into_boxed_str).collect::<IndexSet<_>>();
        self.attributions = saved.attributions.into_iter().collect();
        self.terms = saved.terms.into_iter().map(term).collect();
        let found = [self.names.len(), self.attributions.len(), self.terms.len()];
        // If two were the same, one would be lost and all numbers after it would be wrong.
        (found == counts).then_some(())
    }

    /// Restores the rows, whose starts are gaps until their reports are restored, and the terms.
    fn restore_rows(&mut self, bytes: &[u8]) -> Option<()> {
        let mut rest = bytes.iter();
        self.rows.starts = take_column(&mut rest)?;
        self.rows.lengths = take_column(&mut rest)?;
        self.rows.attributions = take_column(&mut rest)?;
        self.row_terms.rows = take_column(&mut rest)?;
        self.row_terms.terms = take_column(&mut rest)?;
        self.report_terms = take_lists(&mut rest)?;
        let count = self.rows.len();
        let known = self.attributions.len();
        let is_sound = [self.rows.lengths.len(), self.rows.attributions.len()] == [count; 2]
            && self
                .rows
                .attributions
                .iter()
                .all(|it| (*it as usize) < known)
            && self.row_terms.rows.len() == self.row_terms.terms.len();
        is_sound.then_some(())
    }

    /// Restores the reports and the starts of their rows; those of reports that are gone are lost ones. Returns whether all reports
    /// have the numbers that they had.
    fn restore_reports(
        &mut self,
        reports: &SavedReports,
        entries: &[LibraryEntry],
    ) -> Option<bool> {
        let numbers = numbers_now(reports, entries);
        let mut starts = std::mem::take(&mut self.rows.starts);
        self.reports = vec![None; entries.len()];
        let (mut first, mut lost) = (0_usize, 0);
        for (place, (&number, &quotes)) in numbers.iter().zip(&reports.quotes).enumerate() {
            let counts = ReportCounts {
                quotes,
                statements: *reports.statements.get(place)?,
                strong_terms: *reports.strong_terms.get(place)?,
            };
            let end = first + quotes as usize;
            let lengths = self.rows.lengths.get(first..end)?;
            let mut before = 0_u32;
            for (start, length) in starts.get_mut(first..end)?.iter_mut().zip(lengths) {
                *start = before.wrapping_add(signed(*start));
                before = start.wrapping_add(*length);
            }
            let entry = entries.get(number as usize);
            lost += entry.map_or(quotes as usize, |_| 0);
            self.restore_report(number, first as u32, entry, counts)?;
            first = end;
        }
        let is_whole = first == starts.len() && self.report_terms.len() == numbers.len();
        self.rows.starts = starts;
        let is_sound = is_whole && lost * MOST_LOST <= first;
        is_sound.then_some(numbers == reports.numbers)
    }

    fn restore_report(
        &mut self,
        number: u32,
        first: u32,
        entry: Option<&LibraryEntry>,
        counts: ReportCounts,
    ) -> Option<()> {
        Arc::make_mut(&mut self.places).push(number, first);
        self.counts.push(counts);
        let Some(summary) = entry.map(|entry| &entry.summary) else {
            self.has_lost_rows |= counts.quotes > 0;
            return Some(());
        };
        summary.note_quotes(counts.quotes as usize);
        let outlet = summary.outlet.as_deref().unwrap_or_default();
        *self.reports.get_mut(number as usize)? = Some(ReportRows {
            first,
            count: counts.quotes,
            outlet: self.outlet_number(outlet),
        });
        Some(())
    }
}

/// Returns the numbers that the reports have among `entries` now; [`LOST`] for those that are gone.
fn numbers_now(reports: &SavedReports, entries: &[LibraryEntry]) -> Vec<u32> {
    let id = |number: &u32| entries.get(*number as usize).map(|entry| entry.summary.id);
    let saved = || reports.numbers.iter().zip(&reports.ids);
    // Mostly nothing has changed, or reports were added after the others.
    if reports.numbers.len() == reports.ids.len() && saved().all(|(no, own)| id(no) == Some(*own)) {
        let mut is_taken = vec![false; entries.len()];
        let mut numbers = reports.numbers.iter();
        if numbers.all(|no| !std::mem::replace(&mut is_taken[*no as usize], true)) {
            return reports.numbers.clone();
        }
    }
    let mut by_id: HashMap<ArticleId, Vec<u32>> = HashMap::new();
    for (number, entry) in entries.iter().enumerate().rev() {
        let numbers = by_id.entry(entry.summary.id).or_default();
        numbers.push(number as u32);
    }
    let ids = reports.ids.iter();
    let numbers = ids.map(|id| by_id.get_mut(id).and_then(Vec::pop).unwrap_or(LOST));
    numbers.collect()
}

/// Returns a difference as a number that is small where the difference is, whichever is its sign.
fn signed_first(difference: u32) -> u32 {
    let difference = difference as i32;
    ((difference << 1) ^ (difference >> 31)) as u32
}

/// Returns the difference that [`signed_first`] made this number of.
fn signed(number: u32) -> u32 {
    (number >> 1) ^ (number & 1).wrapping_neg()
}

fn push_column(numbers: impl ExactSizeIterator<Item = u32>, bytes: &mut Vec<u8>) {
    push_number(numbers.len() as u32, bytes);
    numbers.for_each(|number| push_number(number, bytes));
}

fn take_column(bytes: &mut Iter<'_, u8>) -> Option<Vec<u32>> {
    let count = number(bytes)? as usize;
    // Each number takes a byte at least, so damage cannot ask for more memory than that.
    let mut numbers = Vec::with_capacity(count.min(bytes.len()));
    for _ in 0..count {
        numbers.push(number(bytes)?);
    }
    Some(numbers)
}

fn push_lists(lists: &NumberLists, bytes: &mut Vec<u8>) {
    push_column(lists.lengths(), bytes);
    push_column(lists.numbers().iter().copied(), bytes);
}

fn take_lists(bytes: &mut Iter<'_, u8>) -> Option<NumberLists> {
    NumberLists::of(take_column(bytes)?, take_column(bytes)?)
}

fn bytes_of(saved: &impl Serialize) -> Vec<u8> {
    // Writing to memory cannot fail.
    postcard::to_allocvec(saved).unwrap_or_default()
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_differences_come_back() {
        let mut bytes = Vec::new();
        push_column([0, 127, 128, u32::MAX].into_iter(), &mut bytes);
        let read = |bytes: &[u8]| take_column(&mut bytes.iter());
        assert_eq!(read(&bytes), Some(vec![0, 127, 128, u32::MAX]));
        assert_eq!(read(&bytes[..bytes.len() - 1]), None);
        for difference in [0, 1, -1, 70, i32::MIN, i32::MAX] {
            let difference = difference as u32;
            assert_eq!(signed(signed_first(difference)), difference);
        }
        assert_eq!(signed_first(-1_i32 as u32), 1);
    }
}
