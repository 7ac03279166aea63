//! Looks up what is asked of the passages that may tell what the other report quotes: once for each passage, not for each quotation.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::alignment::Rarity;
use super::speakers;
use super::words::{ReportWords, WordNumbers};
use crate::annotate::quote;
use crate::compare::normalize::{self, PairWords, TermId};
use crate::compare::weights;
use crate::text::Span;

/// The number of the first letters of each term, by which words that begin alike are found; numbers are in the order of the letters.
pub(super) struct Beginnings(Vec<usize>);

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
        let number = |beginning: &&[u8]| sorted.binary_search(beginning).unwrap_or_default();
        Self(beginnings.iter().map(number).collect())
    }

    pub(super) fn number(&self, term: TermId) -> usize {
        self.0.get(term as usize).copied().unwrap_or_default()
    }
}

/// An index of the words by which passages of a report may tell what the other quotes.
pub(super) struct TellingIndex<'a, 'd> {
    report: &'a ReportWords<'d>,
    /// The content words outside marks of each passage.
    plain: Vec<WordNumbers>,
    /// The weight of these words.
    weights: Vec<f32>,
    /// The passages that have each beginning of a word outside marks.
    holders: Vec<Vec<usize>>,
    /// The numbers of the statements that each passage has a part of, and of some beside it, in their order.
    statements: Vec<Vec<usize>>,
    /// The words of the name of the speaker of each statement, if there is one with a name.
    names: Vec<Option<BTreeSet<String>>>,
    /// The forms of the words of each passage, once they were asked for.
    forms: Vec<OnceCell<BTreeSet<String>>>,
    /// The first reporting word of each passage, once it was asked for.
    cues: Vec<OnceCell<Option<usize>>>,
}

impl<'a, 'd> TellingIndex<'a, 'd> {
    pub(super) fn new(
        report: &'a ReportWords<'d>,
        beginnings: &Beginnings,
        rarity: &Rarity,
    ) -> Self {
        let is_plain =
            |at: &usize| report.words[*at].quote.is_none() && report.words[*at].is_content;
        let passages = report.passages.iter();
        let plain = passages.map(|words| words.clone().filter(is_plain).collect());
        let plain: Vec<WordNumbers> = plain.collect();
        let mut holders = vec![Vec::new(); beginnings.0.len()];
        for (passage, words) in plain.iter().enumerate() {
            for &at in words {
                let holders: &mut Vec<usize> =
                    &mut holders[beginnings.number(report.words[at].term)];
                if holders.last() != Some(&passage) {
                    holders.push(passage);
                }
            }
        }
        let named = report.statements.iter().map(|told| {
            let speaker = told.speaker.as_ref();
            let named = speaker.filter(|one| speakers::is_named(one));
            named.map(speakers::words_of_name)
        });
        let weights = plain.iter().map(|words| rarity.sum(report, words));
        Self {
            report,
            weights: weights.collect(),
            plain,
            holders,
            statements: statements_by_passage(report),
            names: named.collect(),
            forms: vec![OnceCell::new(); report.passages.len()],
            cues: vec![OnceCell::new(); report.passages.len()],
        }
    }

    pub(super) fn passages(&self) -> usize {
        self.plain.len()
    }

    /// Returns the content words outside marks of a passage.
    pub(super) fn plain(&self, passage: usize) -> Option<&WordNumbers> {
        self.plain.get(passage)
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
    pub(super) fn holders(&self, beginning: usize) -> &[usize] {
        let holders = self.holders.get(beginning).map_or(&[][..], Vec::as_slice);
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

    /// Returns the words of the name of the speaker of a statement, if it has one.
    pub(super) fn name(&self, statement: usize) -> Option<&BTreeSet<String>> {
        self.names.get(statement)?.as_ref()
    }

    /// Returns the forms of the words of a passage.
    pub(super) fn forms(&self, passage: usize) -> Option<&BTreeSet<String>> {
        let forms = self.forms.get(passage)?;
        Some(forms.get_or_init(|| {
            let words = self.report.passages.get(passage).cloned();
            let form = |at: usize| normalize::form(self.report.written(at)).into_owned();
            words.into_iter().flatten().map(form).collect()
        }))
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
