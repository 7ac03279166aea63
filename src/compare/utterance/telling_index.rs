//! Looks up what is asked of the passages that may tell what the other report quotes: once for each passage, not for each quotation.

use std::cell::OnceCell;

use super::alignment::Rarity;
use super::words::ReportWords;
use crate::annotate::quote;
use crate::compare::normalize::{PairWords, TermId};
use crate::compare::weights;
use crate::text::Span;

/// The number of the first letters of each term, by which words that begin alike are found; numbers are in the order of the letters.
pub(super) struct Beginnings(Vec<u32>);

impl Beginnings {
    pub(super) fn new(tokens: &PairWords) -> Self {
        let vocabulary = &tokens.vocabulary;
        let terms = (0..vocabulary.len()).map(|term| u32::try_from(term).unwrap_or(u32::MAX));
        let beginning = |term: TermId| {
            let word = vocabulary.word(term).as_bytes();
            word.get(..weights::BEGINNING).unwrap_or(word)
        };
        let beginnings: Vec<&[u8]> = terms.map(beginning).collect();
        let mut sorted = beginnings.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let number = |beginning: &&[u8]| {
            let place = sorted.binary_search(beginning).unwrap_or_default();
            u32::try_from(place).unwrap_or(u32::MAX)
        };
        Self(beginnings.iter().map(number).collect())
    }

    pub(super) fn number(&self, term: TermId) -> u32 {
        self.0.get(term as usize).copied().unwrap_or_default()
    }
}

/// A content word outside marks.
#[derive(Clone, Copy)]
pub(super) struct PlainWord {
    /// The number of the word in the report.
    pub(super) at: u32,
    /// The number of its beginning.
    pub(super) beginning: u32,
}

/// An index of the words by which passages of a report may tell what the other quotes.
pub(super) struct TellingIndex<'a, 'd> {
    report: &'a ReportWords<'d>,
    /// The content words outside marks, passage after passage.
    plain: Vec<PlainWord>,
    /// The place in `plain` of the first one of each passage, and the one after the last of all.
    starts: Vec<usize>,
    /// The weight of these words.
    weights: Vec<f32>,
    /// The passages that have each beginning of a word outside marks.
    holders: Vec<Vec<u32>>,
    /// The numbers of the statements that each passage has a part of, and of some beside it, in their order.
    statements: Vec<Vec<usize>>,
    /// The first reporting word of each passage, once it was asked for.
    cues: Vec<OnceCell<Option<usize>>>,
}

impl<'a, 'd> TellingIndex<'a, 'd> {
    pub(super) fn new(
        report: &'a ReportWords<'d>,
        beginnings: &Beginnings,
        rarity: &Rarity,
    ) -> Self {
        let mut plain: Vec<PlainWord> = Vec::with_capacity(report.words.len());
        let mut starts = Vec::with_capacity(report.passages.len() + 1);
        let mut weights = Vec::with_capacity(report.passages.len());
        let mut holders: Vec<Vec<u32>> = vec![Vec::new(); beginnings.0.len()];
        for (passage, words) in (0..).zip(&report.passages) {
            let first = plain.len();
            starts.push(first);
            for at in words.clone() {
                let word = &report.words[at];
                if word.quote.is_some() || !word.is_content {
                    continue;
                }
                let beginning = beginnings.number(word.term);
                let holders = &mut holders[beginning as usize];
                if holders.last() != Some(&passage) {
                    holders.push(passage);
                }
                plain.push(PlainWord {
                    at: u32::try_from(at).unwrap_or(u32::MAX),
                    beginning,
                });
            }
            let words = plain[first..].iter();
            weights.push(words.map(|word| rarity.of(report, word.at as usize)).sum());
        }
        starts.push(plain.len());
        Self {
            report,
            plain,
            starts,
            weights,
            holders,
            statements: statements_by_passage(report),
            cues: vec![OnceCell::new(); report.passages.len()],
        }
    }

    pub(super) fn passages(&self) -> usize {
        self.weights.len()
    }

    /// Returns the content words outside marks of a passage.
    pub(super) fn plain(&self, passage: usize) -> &[PlainWord] {
        let start = self.starts.get(passage).copied().unwrap_or_default();
        let end = self.starts.get(passage + 1).copied().unwrap_or_default();
        self.plain.get(start..end).unwrap_or_default()
    }

    /// Returns the weight of these words.
    pub(super) fn weight(&self, passage: usize) -> f32 {
        self.weights.get(passage).copied().unwrap_or_default()
    }

    /// Whether a passage has a reporting word or a part of a statement.
    pub(super) fn may_report(&self, passage: usize) -> bool {
        let statements = self.statements.get(passage);
        statements.is_some_and(|statements| !statements.is_empty()) || self.cue(passage).is_some()
    }

    /// Returns the passages that have a word with that beginning outside marks; none if it is a common one.
    pub(super) fn holders(&self, beginning: u32) -> &[u32] {
        let holders = self.holders.get(beginning as usize);
        let holders = holders.map_or(&[][..], Vec::as_slice);
        match holders.len() <= weights::TOLD_HOLDERS {
            true => holders,
            false => &[],
        }
    }

    /// Returns the numbers of the statements of a passage that overlap `span`.
    pub(super) fn statements(&self, passage: usize, span: Span) -> impl Iterator<Item = usize> {
        let numbers = self.statements.get(passage).into_iter().flatten().copied();
        numbers.filter(move |&number| {
            let told = self.report.statements.get(number);
            told.is_some_and(|told| told.span.overlaps(span))
        })
    }

    /// Returns the forms of the words of a passage, but for those that the reporter put in.
    pub(super) fn forms(&self, passage: usize) -> impl Iterator<Item = u32> {
        let words = self.report.passages.get(passage).cloned();
        let words = words.unwrap_or_default();
        words
            .filter(|&at| !self.report.is_inserted(at))
            .map(|at| self.report.words[at].form)
    }

    /// Returns the first reporting word outside marks of a passage.
    pub(super) fn cue(&self, passage: usize) -> Option<usize> {
        let report = self.report;
        let is_cue = |at: &usize| {
            report.words[*at].quote.is_none() && quote::is_reporting_word(report.written(*at))
        };
        let first = || report.passages.get(passage)?.clone().find(is_cue);
        *self.cues.get(passage)?.get_or_init(first)
    }
}

/// Returns, for each passage, the numbers of the statements that overlap it or stand right beside it, in their order.
fn statements_by_passage(report: &ReportWords<'_>) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); report.passages.len()];
    let words = &report.words;
    let passage = |at: usize| {
        let word = words.get(at).or(words.last());
        word.map_or(0, |word| word.passage)
    };
    for (number, statement) in report.statements.iter().enumerate() {
        let first = words.partition_point(|word| word.span.end <= statement.span.start);
        let end = words.partition_point(|word| word.span.start < statement.span.end);
        let passages = passage(first.saturating_sub(1))..=passage(end);
        for passage in found.get_mut(passages).into_iter().flatten() {
            passage.push(number);
        }
    }
    found
}
