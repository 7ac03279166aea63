//! Holds every quotation with all that fields of a query may ask of it: its words, speaker, reporting words and terms.
//!
//! Every key that is typed asks thousands of quotations, and most of their reports are closed, so nothing is read from reports
//! then. Names and terms that recur are kept once.

use indexmap::IndexSet;
use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::annotate::quote::QuoteKind;
use crate::annotate::term::{Lexicon, TermHit};
use crate::filter::{QueryField, QueryTerm};
use crate::ingest::ReadFailure;
use crate::library::fields::names_hit;
use crate::library::{LibraryEntry, QuoteFields, Report, ReportNo, ReportSummary};
use crate::text::Span;

use super::QuoteRef;
use super::utterance::{self, HashedQuote};

/// Reports that are annotated in parallel before their quotations are added. Chosen by eye: about 50 ms at .2 ms a report.
const BATCH: usize = 256;

/// All quotations of some reports, and the terms of each report.
#[derive(Debug, Default)]
pub(super) struct QuoteIndex {
    pub(super) quotes: Vec<IndexedQuote>,
    pub(super) quote_words: Vec<HashedQuote>,
    /// Names of speakers, their mentions, and reporting words.
    names: IndexSet<Box<str>>,
    terms: IndexSet<WrittenTerm>,
    /// For each report the numbers of its terms, in order.
    report_terms: Vec<Box<[u32]>>,
    /// The first report that could not be read since this was last taken.
    pub(super) lost: Option<(ReportNo, ReadFailure)>,
}

/// A quotation; its names and terms are numbers of the index.
#[derive(Debug)]
pub(super) struct IndexedQuote {
    pub(super) at: QuoteRef,
    words: Box<str>,
    speaker: Option<u32>,
    mention: u32,
    cue: u32,
    kind: QuoteKind,
    /// Terms inside it.
    pub(super) terms: Box<[u32]>,
}

/// A term of the lexicon as a text writes it.
#[derive(Debug, PartialEq, Eq, Hash)]
struct WrittenTerm {
    /// A hit with an empty span.
    hit: TermHit,
    written: Box<str>,
}

impl QuoteIndex {
    /// Returns the number of reports that were added.
    pub(super) fn reports(&self) -> usize {
        self.report_terms.len()
    }

    /// Adds the next batch of `entries`, and hands the displayed words of each quotation to `add_row`.
    ///
    /// Returns whether there were any. A report that cannot be read counts as one without quotations.
    pub(super) fn add_batch(
        &mut self,
        entries: &[LibraryEntry],
        annotator: &Annotator,
        mut add_row: impl FnMut([&str; 4]),
    ) -> bool {
        let first = self.reports();
        let last = entries.len().min(first + BATCH);
        let batch = entries.get(first..last).unwrap_or_default();
        let read: Vec<Result<_, ReadFailure>> = batch
            .par_iter()
            .enumerate()
            .map(|(nth, entry)| {
                let report = entry.open_annotated(annotator)?;
                let quotes = &report.annotations(annotator).quotes;
                let words = utterance::quote_words(ReportNo(first + nth), &report, quotes);
                Ok((report, words))
            })
            .collect();
        for (entry, read) in batch.iter().zip(read) {
            match read {
                Ok((report, words)) => {
                    self.add(&report, annotator, &entry.summary, &mut add_row);
                    self.quote_words.extend(words);
                }
                Err(failure) => {
                    let no = ReportNo(self.reports());
                    self.lost.get_or_insert((no, failure));
                    // Left empty, so that the numbers of the reports after it stay right.
                    self.report_terms.push(Box::default());
                }
            }
        }
        !batch.is_empty()
    }

    fn add(
        &mut self,
        report: &Report,
        annotator: &Annotator,
        summary: &ReportSummary,
        add_row: &mut impl FnMut([&str; 4]),
    ) {
        let no = ReportNo(self.reports());
        let text: &str = &report.article.text;
        let annotations = report.annotations(annotator);
        let terms: Vec<(Span, u32)> = annotations
            .terms
            .iter()
            .map(|hit| (hit.span, self.term_number(hit, text)))
            .collect();
        for (number, quote) in annotations.quotes.iter().enumerate() {
            let fields = QuoteFields::new(text, quote);
            add_row(fields.columns(summary));
            // Terms are in the order of the text and never overlap.
            let inside = terms.partition_point(|(span, _)| span.end <= quote.span.start);
            let inside = terms.get(inside..).unwrap_or_default().iter();
            let inside = inside.take_while(|(span, _)| span.start < quote.span.end);
            let mut number_of = |name: &str| self.names.insert_full(name.into()).0 as u32;
            self.quotes.push(IndexedQuote {
                at: QuoteRef {
                    report: no,
                    quote: number,
                },
                words: (&*fields.words).into(),
                speaker: fields.speaker.map(&mut number_of),
                mention: number_of(fields.mention),
                cue: number_of(fields.cue),
                kind: fields.kind,
                terms: inside.map(|(_, number)| *number).collect(),
            });
        }
        let mut numbers: Vec<u32> = terms.into_iter().map(|(_, number)| number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        self.report_terms.push(numbers.into());
    }

    fn term_number(&mut self, hit: &TermHit, text: &str) -> u32 {
        let written = hit.span.of(text).into();
        let hit = TermHit {
            span: Span::default(),
            ..*hit
        };
        self.terms.insert_full(WrittenTerm { hit, written }).0 as u32
    }

    /// Returns the quotation of a row.
    pub(super) fn quote(&self, row: u32) -> Option<&IndexedQuote> {
        self.quotes.get(row as usize)
    }

    /// Returns the parts of a quotation that a query can ask for.
    pub(super) fn fields<'a>(&'a self, quote: &'a IndexedQuote) -> QuoteFields<'a> {
        QuoteFields {
            words: (&*quote.words).into(),
            speaker: quote.speaker.map(|number| self.name(number)),
            mention: self.name(quote.mention),
            cue: self.name(quote.cue),
            kind: quote.kind,
        }
    }

    fn name(&self, number: u32) -> &str {
        self.names
            .get_index(number as usize)
            .map_or("", |name| name)
    }

    /// Returns for each term of the index whether it answers `query_term` in a list of quotations: there strong terms count only,
    /// and their category names them too.
    pub(super) fn named_in_quotes(&self, query_term: &QueryTerm, lexicon: &Lexicon) -> Vec<bool> {
        self.named(query_term, lexicon, |hit, is_named| {
            hit.is_strong() && (is_named || query_term.is_in(&lexicon.category(hit).label))
        })
    }

    fn named(
        &self,
        query_term: &QueryTerm,
        lexicon: &Lexicon,
        counts: impl Fn(&TermHit, bool) -> bool,
    ) -> Vec<bool> {
        let terms = self.terms.iter();
        terms
            .map(|term| {
                let is_named = names_hit(query_term, &term.written, &term.hit, lexicon);
                counts(&term.hit, is_named)
            })
            .collect()
    }

    /// Returns for each report whether it, or one of its quotations, has `term` in the field that it names.
    pub(super) fn reports_with(&self, term: &QueryTerm, lexicon: &Lexicon) -> Vec<bool> {
        if term.field == Some(QueryField::Term) {
            let named = self.named(term, lexicon, |_, is_named| is_named);
            let reports = self.report_terms.par_iter();
            return reports.map(|own| any_named(own, &named)).collect();
        }
        let quotes = self.quotes.par_iter();
        let found: Vec<ReportNo> = quotes
            .filter(|quote| self.fields(quote).has(term))
            .map(|quote| quote.at.report)
            .collect();
        let mut reports = vec![false; self.reports()];
        for no in found {
            if let Some(report) = reports.get_mut(no.0) {
                *report = true;
            }
        }
        reports
    }
}

/// Whether one of `terms` is `named`, which tells that for each term of the index.
pub(super) fn any_named(terms: &[u32], named: &[bool]) -> bool {
    let mut terms = terms.iter();
    terms.any(|&number| named.get(number as usize).copied().unwrap_or(false))
}
