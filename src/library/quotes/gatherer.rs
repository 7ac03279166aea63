//! Reads and annotates reports, adds their quotations to an index, and groups them by utterance.

use std::sync::Arc;

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::ingest::ReadFailure;
use crate::library::saved::SavedQuotes;
use crate::library::{LibraryEntry, ReportNo};
use crate::parallel::ReusePool;

use super::QuoteIndex;
use super::gather::{GatherTools, GatheredReport};
use super::grouping;
use super::places::LOST;
use super::quote_words::QuoteWords;
use super::table::QuoteTable;
use super::utterance::Utterances;

/// Quotations from which those of the very same words are put together before all are there, and then each time there are so many
/// times more.
const FIRST_GROUPED: usize = 4096;
const GROUPED_AGAIN: usize = 4;

/// Fills an index of quotations.
#[derive(Debug)]
pub struct QuoteGatherer {
    index: QuoteIndex,
    annotator: Arc<Annotator>,
    /// The words of the rows from `words_from` on; those before were taken over from an index that was saved.
    words: QuoteWords,
    words_from: usize,
    /// Quotations from which they are grouped again.
    group_at: usize,
    /// Quotations that are grouped.
    grouped: usize,
}

impl QuoteGatherer {
    /// Reports to gather together: they are annotated side by side. Chosen by eye: about 50 ms at .2 ms a report.
    pub const BATCH: usize = 256;

    /// Returns a gatherer for an empty index.
    pub fn new(index: QuoteIndex, annotator: Arc<Annotator>) -> Self {
        Self {
            index,
            annotator,
            words: QuoteWords::default(),
            words_from: 0,
            group_at: FIRST_GROUPED,
            grouped: 0,
        }
    }

    /// Gathers the quotations of all `entries` and groups them.
    pub fn gather_all(&mut self, entries: &[LibraryEntry]) {
        let numbers: Vec<ReportNo> = (0..entries.len()).map(ReportNo).collect();
        for batch in numbers.chunks(Self::BATCH) {
            self.gather(entries, batch);
        }
        self.group(entries);
    }

    /// Gathers the quotations of the reports of these numbers among `entries`; those that were gathered before are passed over.
    ///
    /// A report that cannot be read counts as one without quotations.
    pub fn gather(&mut self, entries: &[LibraryEntry], batch: &[ReportNo]) {
        let known: Vec<bool> = {
            let table = self.index.read();
            batch.iter().map(|no| table.is_gathered(*no)).collect()
        };
        let tools = ReusePool::<GatherTools>::default();
        let read: Vec<GatheredReport> = batch
            .par_iter()
            .zip(known)
            .filter(|(_, is_known)| !is_known)
            .filter_map(|(&no, _)| {
                let entry = entries.get(no.0)?;
                Some((no, entry))
            })
            .map(|(no, entry)| {
                tools.with(|tools| GatheredReport::read(no, entry, &self.annotator, tools))
            })
            .collect();
        self.add(read);
        if self.words_from == 0 && self.words.len() >= self.group_at {
            self.group_at = self.words.len() * GROUPED_AGAIN;
            // To compare wordings as well would take as long as what comes after; the last time does it.
            self.set_utterances(&grouping::same_words(&self.words));
        }
    }

    fn add(&mut self, reports: Vec<GatheredReport>) {
        // Words first and without the lock: to index them may take a while, and rows that are not there yet are not found.
        let words = self.index.read().words.clone();
        for report in &reports {
            self.words.append(&report.words);
            report
                .quotes
                .iter()
                .for_each(|quote| words.push(&quote.words));
        }
        let mut table = self.index.write();
        reports.into_iter().for_each(|report| table.add(report));
    }

    /// Groups all quotations by utterance, if some are not grouped yet.
    pub fn group(&mut self, entries: &[LibraryEntry]) {
        if self.grouped == self.words_from + self.words.len() {
            return;
        }
        if self.words_from > 0 {
            self.read_words(entries);
        }
        self.set_utterances(&grouping::group(&self.words));
        self.grouped = self.words.len();
        self.group_at = (self.grouped * GROUPED_AGAIN).max(FIRST_GROUPED);
        self.index.write().grouped = self.grouped;
    }

    /// Puts rows together: `first` has for each the one that represents its utterance.
    fn set_utterances(&self, first: &[u32]) {
        let table = self.index.read();
        let utterances = Utterances::new(first, |row| table.place(row));
        drop(table);
        self.index.write().utterances = utterances;
    }

    /// Reads the words of the rows that were taken over: all must be at hand to be grouped again.
    fn read_words(&mut self, entries: &[LibraryEntry]) {
        let table = self.index.read();
        let mut rows = Vec::new();
        let mut first = 0;
        for (place, counts) in table.counts.iter().enumerate() {
            let end = first + counts.quotes as usize;
            if end > self.words_from {
                break;
            }
            rows.push((place, first..end));
            first = end;
        }
        let rows = rows.into_par_iter();
        let tools = ReusePool::<GatherTools>::default();
        let words = rows.map(|(place, rows)| {
            let report = table.gathered().get(place).copied().unwrap_or(LOST);
            let entry = entries.get(report as usize);
            let entry = entry.filter(|_| !rows.is_empty());
            tools.with(|tools| {
                let read = entry.map(|entry| entry.open_with(&mut tools.reloader));
                let Some(Ok(report_read)) = read else {
                    return QuoteWords::without_words(rows.len());
                };
                let quotes = rows.map(|row| {
                    let row = row as u32;
                    (table.rows.span(row), table.speaker(row))
                });
                let no = ReportNo(report as usize);
                tools.hasher.quotes(no, &report_read.article, quotes)
            })
        });
        let words: Vec<QuoteWords> = words.collect();
        let mut all = QuoteWords::default();
        words.iter().for_each(|words| all.append(words));
        all.append(&self.words);
        drop(table);
        (self.words, self.words_from) = (all, 0);
    }

    /// Takes over what was saved of `entries`; returns whether that was anything. Only an empty index is filled so.
    pub fn restore(&mut self, saved: &SavedQuotes, entries: &[LibraryEntry]) -> bool {
        if self.index.reports() > 0 {
            return false;
        }
        let section = |name: &str| saved.section(name);
        let Some(table) = QuoteTable::decode(section, entries) else {
            return false;
        };
        self.words_from = table.rows.len();
        self.grouped = table.rows.len();
        *self.index.write() = table;
        true
    }

    /// Saves the index for the next time; what cannot be saved is gathered again then.
    pub fn save(&self, saved: &SavedQuotes, entries: &[LibraryEntry]) {
        let sections = self.index.read().encode(entries);
        saved.save(&sections);
    }

    /// Returns the first report since the last call that could not be read, with the reason.
    pub fn take_lost(&mut self) -> Option<(ReportNo, ReadFailure)> {
        self.index.write().lost.take()
    }

    /// Returns what finds the marks.
    pub fn annotator(&self) -> &Annotator {
        &self.annotator
    }

    /// Returns the index that it fills.
    pub fn index(&self) -> &QuoteIndex {
        &self.index
    }

    /// Forgets what is needed only to group again, and is read again should more reports come.
    pub fn forget_words(&mut self) {
        self.words_from += self.words.len();
        self.words = QuoteWords::default();
    }
}
