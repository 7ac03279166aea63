//! Holds a row for each quotation: its place in the text, and by number all that fields of a query may ask of it.
//!
//! Every key that is typed asks all rows, and most of their reports are closed, so nothing is read from reports then. The words
//! stay in the texts: an index of words tells which rows hold one. Names, outlets and terms recur, so each is kept once. Rows are
//! in the order in which the reports were gathered, which need not be that of the reports; those of one report stand together.

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::annotate::quote::QuoteKind;
use crate::filter::body::{FoldedTexts, NumberSet, TextIndex};
use crate::ingest::ReadFailure;
use crate::library::{QuoteFields, ReportNo};

use super::gather::{GatheredQuote, GatheredReport, ReportCounts, WrittenTerm};
use super::number_lists::NumberLists;
use super::places::{LOST, RowPlaces};
use super::row_terms::RowTerms;
use super::rows::{QuoteRow, QuoteRows};
use super::utterance::Utterances;

/// All quotations of the reports gathered so far, and the terms of each report.
#[derive(Debug, Default)]
pub(super) struct QuoteTable {
    pub(super) rows: QuoteRows,
    /// For each report by its number where its rows are; `None` until it was gathered.
    pub(super) reports: Vec<Option<ReportRows>>,
    /// The reports in the order in which they were gathered; answers share it.
    pub(super) places: Arc<RowPlaces>,
    /// The numbers of marks of each report, in the same order.
    pub(super) counts: Vec<ReportCounts>,
    /// Whether some rows are of reports that are gone.
    pub(super) has_lost_rows: bool,
    /// The headlines of the reports, in the same order.
    pub(super) headlines: TextIndex,
    /// Terms of each report, in the same order.
    pub(super) report_terms: NumberLists,
    /// Terms inside each quotation.
    pub(super) row_terms: RowTerms,
    pub(super) names: IndexSet<Box<str>>,
    /// The same names, folded, in the same order.
    pub(super) folded_names: FoldedTexts,
    pub(super) outlets: IndexSet<Box<str>>,
    pub(super) attributions: IndexSet<Attribution>,
    pub(super) terms: IndexSet<WrittenTerm>,
    /// The words of each row.
    pub(super) words: TextIndex,
    pub(super) utterances: Utterances,
    /// Rows that were grouped. Of the others only those of the very same words may be together for the time being.
    pub(super) grouped: usize,
    /// The first report that could not be read since this was last taken.
    pub(super) lost: Option<(ReportNo, ReadFailure)>,
}

/// The rows of a report, and the number of its outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReportRows {
    pub(super) first: u32,
    pub(super) count: u32,
    pub(super) outlet: u32,
}

/// The speaker of a quotation and the words that name them; names are numbers of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Attribution {
    pub(super) speaker: Option<u32>,
    pub(super) mention: u32,
    pub(super) cue: u32,
    pub(super) kind: QuoteKind,
}

impl QuoteTable {
    /// Adds a report; one that was added before is passed over.
    pub(super) fn add(&mut self, report: GatheredReport) {
        let at = report.no.0;
        if self.is_gathered(report.no) {
            return;
        }
        if self.reports.len() <= at {
            self.reports.resize(at + 1, None);
        }
        self.reports[at] = Some(ReportRows {
            first: self.rows.len() as u32,
            count: report.quotes.len() as u32,
            outlet: self.outlet_number(&report.outlet),
        });
        let first = self.rows.len() as u32;
        Arc::make_mut(&mut self.places).push(at as u32, first);
        self.counts.push(report.counts);
        self.headlines.push(&report.headline);
        if let Some(failure) = report.lost {
            self.lost.get_or_insert((report.no, failure));
        }
        let terms = report.terms.into_iter();
        let terms: Vec<u32> = terms
            .map(|it| self.terms.insert_full(it).0 as u32)
            .collect();
        for quote in report.quotes {
            let inside = terms.get(quote.terms.clone()).unwrap_or_default();
            self.row_terms.push(self.rows.len() as u32, inside);
            self.add_row(&quote);
        }
        let mut terms = terms;
        terms.sort_unstable();
        terms.dedup();
        self.report_terms.push(terms);
    }

    fn add_row(&mut self, quote: &GatheredQuote) {
        let attribution = Attribution {
            speaker: quote.speaker.as_deref().map(|name| self.name_number(name)),
            mention: self.name_number(&quote.mention),
            cue: self.name_number(&quote.cue),
            kind: quote.kind,
        };
        self.utterances.push_alone();
        self.rows.push(QuoteRow {
            start: u32::try_from(quote.span.start).unwrap_or(u32::MAX),
            length: u32::try_from(quote.span.len()).unwrap_or_default(),
            attribution: self.attributions.insert_full(attribution).0 as u32,
        });
    }

    /// Returns the number of a name, a new one if there is none yet.
    pub(super) fn name_number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.names.get_index_of(name) {
            return number as u32;
        }
        self.folded_names.push(name);
        self.names.insert_full(name.into()).0 as u32
    }

    /// Returns the number of an outlet.
    pub(super) fn outlet_number(&mut self, outlet: &str) -> u32 {
        match self.outlets.get_index_of(outlet) {
            Some(number) => number as u32,
            None => self.outlets.insert_full(outlet.into()).0 as u32,
        }
    }

    /// Returns the reports in the order in which they were gathered.
    pub(super) fn gathered(&self) -> &[u32] {
        self.places.reports()
    }

    /// Returns the number of reports that were gathered and are still there.
    pub(super) fn report_count(&self) -> usize {
        let reports = self.gathered().iter();
        reports.filter(|report| **report != LOST).count()
    }

    /// Returns the number of quotations that are still there.
    pub(super) fn quote_count(&self) -> usize {
        match self.has_lost_rows {
            true => self.rows_there().len(),
            false => self.rows.len(),
        }
    }

    /// Returns the rows whose report is still there.
    pub(super) fn rows_there(&self) -> NumberSet {
        let mut there = NumberSet::none(self.rows.len());
        for (_, rows) in self.rows_by_report() {
            there.insert_range(rows);
        }
        there
    }

    /// Whether the quotations of a report are here.
    pub(super) fn is_gathered(&self, no: ReportNo) -> bool {
        self.reports.get(no.0).is_some_and(Option::is_some)
    }

    /// Returns the rows of all reports, in the order of the reports.
    pub(super) fn rows_by_report(&self) -> impl Iterator<Item = (ReportNo, Range<u32>)> {
        let reports = self.reports.iter().enumerate();
        reports.filter_map(|(no, rows)| Some((ReportNo(no), rows.as_ref()?.rows())))
    }

    /// Returns what orders a row by its place: the number of the report, then the place in it.
    pub(super) fn place(&self, row: u32) -> (u32, u32) {
        let start = self.rows.start(row);
        start.map_or((LOST, u32::MAX), |start| (self.places.of(row).0, start))
    }

    /// Returns the name of a number; none for a number that there is not.
    pub(super) fn name(&self, number: u32) -> &str {
        let name = self.names.get_index(number as usize);
        name.map_or("", |name| name)
    }

    /// Returns the name of the speaker of a row.
    pub(super) fn speaker(&self, row: u32) -> Option<&str> {
        let attribution = self.rows.attribution(row)?;
        let attribution = self.attributions.get_index(attribution as usize)?;
        attribution.speaker.map(|number| self.name(number))
    }

    /// Returns the parts of a quotation that a query can ask for, without its words.
    pub(super) fn attribution_fields(&self, attribution: &Attribution) -> QuoteFields<'_> {
        QuoteFields {
            words: "".into(),
            speaker: attribution.speaker.map(|number| self.name(number)),
            mention: self.name(attribution.mention),
            cue: self.name(attribution.cue),
            kind: attribution.kind,
        }
    }
}

impl ReportRows {
    /// Returns the rows.
    pub(super) fn rows(&self) -> Range<u32> {
        self.first..self.first + self.count
    }
}
