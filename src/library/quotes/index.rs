//! Every quotation as queries ask about it: its words, who said them and how, without the report that it is from.
//!
//! A query asks thousands of quotations at each key, and most of their reports are closed. So their words are kept here, all
//! in one string, with what else a field may name; names and terms that come again and again are kept once.

use std::collections::HashMap;
use std::hash::Hash;

use rayon::prelude::*;

use crate::annotate::quote::{Kind, Quote};
use crate::annotate::term::{Lexicon, TermHit};
use crate::annotate::{Annotations, Annotator};
use crate::article::LabelSource;
use crate::filter::{QueryField, QueryTerm};
use crate::ingest::ReadFailure;
use crate::library::{LibraryEntry, Report, ReportNo, ReportSummary};
use crate::text::Span;

use super::utterance::{self, Spoken};
use super::{QuoteRef, UNATTRIBUTED, kind_names};

/// Reports that are annotated side by side before what they say is put down.
const BATCH: usize = 256;

/// All quotations of some reports, and the terms of each report.
#[derive(Debug, Default)]
pub(super) struct QuoteIndex {
    pub(super) rows: Vec<Row>,
    pub(super) spoken: Vec<Spoken>,
    letters: String,
    names: Once<Box<str>>,
    terms: Once<Mention>,
    /// For each report the numbers of its terms, in order.
    of_reports: Vec<Box<[u32]>>,
    /// The first report that could not be read any more.
    lost: Option<(ReportNo, ReadFailure)>,
}

/// A quotation.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) at: QuoteRef,
    /// The words of the quotation, those that stand for its speaker and the reporting words, one after the other.
    start: usize,
    words: u32,
    mention: u32,
    cue: u32,
    /// The speaker's name, plus one; 0 where it is not known.
    name: u32,
    kind: Kind,
    /// Terms inside it.
    terms: Box<[u32]>,
}

/// A term of the lexicon as a text writes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Mention {
    /// A hit, at no place.
    hit: TermHit,
    written: Box<str>,
}

/// What a report says, read from it while it was open.
#[derive(Default)]
struct Said {
    rows: Vec<Quoted>,
    spoken: Vec<Spoken>,
    terms: Vec<(Span, TermHit, Box<str>)>,
}

struct Quoted {
    span: Span,
    words: String,
    mention: String,
    cue: String,
    name: Option<Box<str>>,
    kind: Kind,
}

impl QuoteIndex {
    /// Returns how many reports were gathered from.
    pub(super) fn reports(&self) -> usize {
        self.of_reports.len()
    }

    /// Takes in what the next reports of `entries` say, a batch of them; `taken` is told each row. Returns whether there were
    /// any. One that cannot be read says nothing, and the first such is kept.
    pub(super) fn index_batch(
        &mut self,
        entries: &[LibraryEntry],
        annotator: &Annotator,
        mut taken: impl FnMut([&str; 4]),
    ) -> bool {
        let first = self.reports();
        let last = entries.len().min(first + BATCH);
        let batch = entries.get(first..last).unwrap_or_default();
        let said: Vec<Result<Said, ReadFailure>> = batch
            .par_iter()
            .enumerate()
            .map(|(nth, entry)| said(first + nth, entry, annotator))
            .collect();
        for (entry, said) in batch.iter().zip(said) {
            let said = said.unwrap_or_else(|failure| {
                let number = ReportNo(self.reports());
                self.lost.get_or_insert((number, failure));
                Said::default()
            });
            self.take(&entry.summary, said, &mut taken);
        }
        !batch.is_empty()
    }

    /// Returns the first report that could not be read any more since this was asked last.
    pub(super) fn take_lost(&mut self) -> Option<(ReportNo, ReadFailure)> {
        self.lost.take()
    }

    fn take(&mut self, summary: &ReportSummary, said: Said, taken: &mut impl FnMut([&str; 4])) {
        let report = self.of_reports.len();
        let mut of_report = Vec::with_capacity(said.terms.len());
        let mut spans = Vec::with_capacity(said.terms.len());
        for (span, hit, written) in said.terms {
            let number = self.terms.number(Mention { hit, written });
            of_report.push(number);
            spans.push((span, number));
        }
        for (quote, quoted) in said.rows.into_iter().enumerate() {
            let name = quoted.name.as_deref().unwrap_or(UNATTRIBUTED);
            taken([&quoted.words, name, outlet(summary), label(summary)]);
            let inside = spans.partition_point(|(span, _)| span.end <= quoted.span.start);
            let inside = spans.get(inside..).unwrap_or_default().iter();
            let inside = inside.take_while(|(span, _)| span.start < quoted.span.end);
            let start = self.letters.len();
            for words in [&quoted.words, &quoted.mention, &quoted.cue] {
                self.letters.push_str(words);
            }
            self.rows.push(Row {
                at: QuoteRef {
                    report: ReportNo(report),
                    quote,
                },
                start,
                words: quoted.words.len() as u32,
                mention: quoted.mention.len() as u32,
                cue: quoted.cue.len() as u32,
                name: quoted.name.map_or(0, |name| self.names.number(name) + 1),
                kind: quoted.kind,
                terms: inside.map(|(_, number)| *number).collect(),
            });
        }
        of_report.sort_unstable();
        of_report.dedup();
        self.of_reports.push(of_report.into());
        self.spoken.extend(said.spoken);
    }

    /// Returns the speaker's name, if it is known.
    pub(super) fn name(&self, row: &Row) -> Option<&str> {
        let number = row.name.checked_sub(1)?;
        self.names.all.get(number as usize).map(|name| &**name)
    }

    fn words(&self, row: &Row) -> &str {
        self.part(row.start, row.words)
    }

    fn part(&self, start: usize, length: u32) -> &str {
        self.letters
            .get(start..start + length as usize)
            .unwrap_or_default()
    }

    /// Whether the part of a quotation that `term` speaks of has it, not minding its negation.
    pub(super) fn has(&self, row: &Row, term: &QueryTerm, terms: &[bool]) -> bool {
        match term.field {
            Some(QueryField::Speaker) => self.is_said_by(row, term),
            Some(QueryField::Cue) => {
                let start = row.start + (row.words + row.mention) as usize;
                row.cue > 0 && term.is_in(self.part(start, row.cue))
            }
            Some(QueryField::Kind) => kind_names(row.kind).iter().any(|name| term.is_in(name)),
            Some(QueryField::Quote) => term.is_in(self.words(row)),
            Some(QueryField::Term) => self.any(&row.terms, terms, true),
            _ => false,
        }
    }

    /// Whether the quotation itself, or its speaker's name, holds `term`.
    pub(super) fn own(&self, row: &Row, term: &QueryTerm) -> bool {
        term.is_in(self.words(row)) || self.is_said_by(row, term)
    }

    /// Whether what is displayed of a row holds `term`.
    pub(super) fn shown(&self, row: &Row, summary: &ReportSummary, term: &QueryTerm) -> bool {
        let name = self.name(row).unwrap_or(UNATTRIBUTED);
        let shown = [self.words(row), name, outlet(summary), label(summary)];
        shown.iter().any(|words| term.is_in(words))
    }

    /// Whether the speaker's name or the words that stand for it (`the PMO`) have the term.
    fn is_said_by(&self, row: &Row, term: &QueryTerm) -> bool {
        let mention = self.part(row.start + row.words as usize, row.mention);
        term.is_in(self.name(row).unwrap_or(UNATTRIBUTED)) || term.is_in(mention)
    }

    /// Returns for each term of the lexicon that was found whether `term` names it: as it is written, by its name or, where
    /// a quotation is asked, by its category.
    pub(super) fn terms_like(
        &self,
        term: &QueryTerm,
        lexicon: &Lexicon,
        by_category: bool,
    ) -> Vec<bool> {
        let is_like = |mention: &Mention| {
            term.is_in(&mention.written)
                || term.is_in(lexicon.canonical(&mention.hit))
                || (by_category && term.is_in(&lexicon.category(&mention.hit).label))
        };
        self.terms.all.iter().map(is_like).collect()
    }

    fn any(&self, numbers: &[u32], terms: &[bool], strong: bool) -> bool {
        numbers.iter().any(|&number| {
            let number = number as usize;
            let counts = !strong
                || self
                    .terms
                    .all
                    .get(number)
                    .is_some_and(|term| term.hit.is_strong());
            counts && terms.get(number).copied().unwrap_or(false)
        })
    }

    /// Returns which of the reports have `term` in the field that it names, or in any of their quotations.
    pub(super) fn reports_with(&self, term: &QueryTerm, lexicon: &Lexicon) -> Vec<bool> {
        if term.field == Some(QueryField::Term) {
            let terms = self.terms_like(term, lexicon, false);
            let reports = self.of_reports.par_iter();
            return reports.map(|own| self.any(own, &terms, false)).collect();
        }
        let mut reports = vec![false; self.reports()];
        let found: Vec<ReportNo> = self
            .rows
            .par_iter()
            .filter(|row| self.has(row, term, &[]))
            .map(|row| row.at.report)
            .collect();
        for report in found {
            if let Some(report) = reports.get_mut(report.0) {
                *report = true;
            }
        }
        reports
    }
}

/// Returns what is displayed of the outlet.
fn outlet(summary: &ReportSummary) -> &str {
    summary.outlet.as_deref().unwrap_or_default()
}

/// Returns the label of the report unless that is only its first sentence, which says nothing of the others.
fn label(summary: &ReportSummary) -> &str {
    match summary.label_source {
        LabelSource::FirstSentence => "",
        _ => &summary.label,
    }
}

fn said(number: usize, entry: &LibraryEntry, annotator: &Annotator) -> Result<Said, ReadFailure> {
    let report = entry.open()?;
    let marks = report.annotations(annotator);
    entry.summary.note(marks);
    let text: &str = &report.article.text;
    Ok(Said {
        rows: quoted(&report, marks),
        spoken: utterance::spoken(number, &report, &marks.quotes),
        terms: marks
            .terms
            .iter()
            .map(|hit| {
                let nowhere = TermHit {
                    span: Span::default(),
                    ..*hit
                };
                (hit.span, nowhere, hit.span.of(text).into())
            })
            .collect(),
    })
}

fn quoted(report: &Report, marks: &Annotations) -> Vec<Quoted> {
    let text: &str = &report.article.text;
    let of = |span: Option<Span>| span.map_or(String::new(), |span| span.of(text).to_owned());
    let one = |quote: &Quote| Quoted {
        span: quote.span,
        // A line end inside a quotation is a blank on the screen, and to whoever types two words of it.
        words: quote.span.of(text).replace('\n', " "),
        mention: of(quote.speaker.as_ref().map(|speaker| speaker.mention)),
        cue: of(quote.cue),
        name: quote.speaker.as_ref().map(|speaker| (*speaker.name).into()),
        kind: quote.kind,
    };
    marks.quotes.iter().map(one).collect()
}

/// Values that are kept once and have a number.
#[derive(Debug)]
struct Once<T> {
    all: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Once<T> {
    fn number(&mut self, value: T) -> u32 {
        if let Some(&number) = self.numbers.get(&value) {
            return number;
        }
        let number = self.all.len() as u32;
        self.all.push(value.clone());
        self.numbers.insert(value, number);
        number
    }
}
