//! Encodes the index of quotations as sections of bytes for the cache, and decodes it for a library that may have changed since.
//!
//! Reports are recognised by their ids. What was saved of one that is still there is taken over without reading it; rows of others
//! stay in the tables as lost ones, which no search finds. The cache makes sure that the bytes are unchanged.

use std::collections::HashMap;

use indexmap::IndexSet;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::annotate::term::{CategoryIx, TermHit, TermIx, TermTier};
use crate::article::ArticleId;
use crate::filter::body::TextIndex;
use crate::library::LibraryEntry;
use crate::text::Span;

use super::gather::{ReportCounts, WrittenTerm};
use super::number_lists::NumberLists;
use super::table::{Attribution, LOST, QuoteRow, QuoteTable, ReportRows};
use super::utterance::Utterances;

/// Names of the sections.
const REPORTS: &str = "reports";
const ROWS: &str = "rows";
const NAMES: &str = "names";
const UTTERANCES: &str = "utterances";
const WORDS: &str = "words";
/// The part of the rows of lost reports from which all is gathered anew.
const MOST_LOST: usize = 4;

/// The reports in the order in which they were gathered: their ids, and how many quotations, statements and strong terms each has.
#[derive(Debug, Default, Serialize, Deserialize)]
struct SavedReports {
    ids: Vec<ArticleId>,
    quotes: Vec<u32>,
    statements: Vec<u32>,
    strong_terms: Vec<u32>,
}

/// The rows, a column for each fact: numbers of a kind are short one after the other.
#[derive(Debug, Default, Serialize, Deserialize)]
struct SavedRows {
    /// Bytes from the end of the quotation before in the same report; from the beginning of the text for the first.
    gaps: Vec<i32>,
    lengths: Vec<u32>,
    attributions: Vec<u32>,
    term_counts: Vec<u32>,
    terms: Vec<u32>,
    report_term_counts: Vec<u32>,
    report_terms: Vec<u32>,
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
            (ROWS, bytes_of(&self.saved_rows())),
            (NAMES, bytes_of(&self.saved_names())),
            (UTTERANCES, bytes_of(&self.utterances.of_rows())),
            (WORDS, self.words.encode()),
        ]
    }

    fn saved_reports(&self, entries: &[LibraryEntry]) -> SavedReports {
        let mut saved = SavedReports::default();
        for (place, &report) in self.gathered.iter().enumerate() {
            let entry = entries.get(report as usize);
            // A lost report keeps its rows, and has an id that no report has.
            saved
                .ids
                .push(entry.map_or(ArticleId(0), |entry| entry.summary.id));
            let counts = self.counts.get(place).copied().unwrap_or_default();
            saved.quotes.push(counts.quotes);
            saved.statements.push(counts.statements);
            saved.strong_terms.push(counts.strong_terms);
        }
        saved
    }

    fn saved_rows(&self) -> SavedRows {
        let (term_counts, terms) = self.row_terms.counted();
        let (report_term_counts, report_terms) = self.report_terms.counted();
        let mut saved = SavedRows {
            term_counts,
            terms,
            report_term_counts,
            report_terms,
            ..SavedRows::default()
        };
        let mut rows = self.rows.iter();
        for counts in &self.counts {
            let mut end = 0;
            for row in rows.by_ref().take(counts.quotes as usize) {
                saved.gaps.push(row.start.wrapping_sub(end) as i32);
                saved.lengths.push(row.length);
                saved.attributions.push(row.attribution);
                end = row.start.wrapping_add(row.length);
            }
        }
        saved
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
        let words = || TextIndex::decode(&section(WORDS)?);
        let tables = || {
            let reports: SavedReports = read(&section(REPORTS)?)?;
            let rows: SavedRows = read(&section(ROWS)?)?;
            let names: SavedNames = read(&section(NAMES)?)?;
            let of_row: Vec<u32> = read(&section(UTTERANCES)?)?;
            let mut table = Self::default();
            table.restore_names(names)?;
            table.restore_reports(&reports, &rows, entries)?;
            table.restore_terms(rows)?;
            let sound = of_row.len() == table.rows.len();
            let place = |row: u32| table.place(row);
            table.utterances = Utterances::restored(of_row, place).filter(|_| sound)?;
            Some(table)
        };
        let (words, table) = rayon::join(words, tables);
        let mut table = table?;
        table.words = words?;
        table.grouped = table.rows.len();
        (table.words.count() == table.rows.len()).then_some(table)
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

    /// Restores the rows of all reports; those of reports that are gone are lost ones.
    fn restore_reports(
        &mut self,
        reports: &SavedReports,
        rows: &SavedRows,
        entries: &[LibraryEntry],
    ) -> Option<()> {
        let mut numbers: HashMap<ArticleId, Vec<u32>> = HashMap::new();
        for (number, entry) in entries.iter().enumerate().rev() {
            numbers
                .entry(entry.summary.id)
                .or_default()
                .push(number as u32);
        }
        let facts = rows.gaps.iter().zip(&rows.lengths).zip(&rows.attributions);
        let mut facts = facts.map(|((gap, length), attribution)| (*gap, *length, *attribution));
        self.reports = vec![None; entries.len()];
        let mut lost = 0;
        for (place, (id, &quotes)) in reports.ids.iter().zip(&reports.quotes).enumerate() {
            let number = numbers.get_mut(id).and_then(Vec::pop);
            let entry = number.and_then(|number| entries.get(number as usize));
            lost += entry.map_or(quotes as usize, |_| 0);
            let counts = ReportCounts {
                quotes,
                statements: *reports.statements.get(place)?,
                strong_terms: *reports.strong_terms.get(place)?,
            };
            self.restore_report(number, entry, counts, &mut facts)?;
        }
        let is_whole = facts.next().is_none() && rows.gaps.len() == self.rows.len();
        (is_whole && lost * MOST_LOST <= self.rows.len()).then_some(())
    }

    fn restore_report(
        &mut self,
        number: Option<u32>,
        entry: Option<&LibraryEntry>,
        counts: ReportCounts,
        facts: &mut impl Iterator<Item = (i32, u32, u32)>,
    ) -> Option<()> {
        let report = number.unwrap_or(LOST);
        let first = self.rows.len() as u32;
        let mut end = 0_u32;
        for _ in 0..counts.quotes {
            let (gap, length, attribution) = facts.next()?;
            let start = end.wrapping_add(gap as u32);
            end = start.wrapping_add(length);
            self.attributions.get_index(attribution as usize)?;
            self.rows.push(QuoteRow {
                report,
                start,
                length,
                attribution,
            });
        }
        self.gathered.push(report);
        self.counts.push(counts);
        let summary = entry.map(|entry| &entry.summary);
        self.headlines
            .push(summary.map_or("", |summary| summary.headline()));
        let Some(summary) = summary else {
            self.has_lost_rows |= counts.quotes > 0;
            return Some(());
        };
        summary.note_quotes(counts.quotes as usize);
        let outlet = summary.outlet.as_deref().unwrap_or_default();
        *self.reports.get_mut(report as usize)? = Some(ReportRows {
            first,
            count: counts.quotes,
            outlet: self.outlet_number(outlet),
        });
        Some(())
    }

    fn restore_terms(&mut self, rows: SavedRows) -> Option<()> {
        self.row_terms = NumberLists::of(&rows.term_counts, rows.terms)?;
        self.report_terms = NumberLists::of(&rows.report_term_counts, rows.report_terms)?;
        let is_sound = self.row_terms.len() == self.rows.len()
            && self.report_terms.len() == self.gathered.len();
        is_sound.then_some(())
    }
}

fn bytes_of(saved: &impl Serialize) -> Vec<u8> {
    // Writing to memory cannot fail.
    postcard::to_allocvec(saved).unwrap_or_default()
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
