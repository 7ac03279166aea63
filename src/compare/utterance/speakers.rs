//! Compares the speakers of two quotations by the words of their names.

use std::collections::BTreeSet;

use super::words::{ReportWords, WordForms};
use crate::annotate::quote::{self, Speaker};
use crate::compare::normalize::{self, WordClass};
use crate::compare::{Side, Sides};
use crate::text::tokens;

/// Sentences before and after a quotation in which a name may be its speaker, whatever the analysis says.
const NEAR_SENTENCES: usize = 2;

/// The words of a name, without articles and titles: the numbers of their forms, each once.
#[derive(Default)]
pub(super) struct SpeakerName(Vec<u32>);

impl SpeakerName {
    fn new(speaker: &Speaker, forms: &mut WordForms<'_>) -> Self {
        let content = content_of_name(speaker);
        let mut words: Vec<u32> = content.map(|word| forms.of(word)).collect();
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    pub(super) fn has(&self, form: u32) -> bool {
        self.0.contains(&form)
    }

    /// Whether it has more than a surname.
    pub(super) fn is_full(&self) -> bool {
        self.0.len() > 1
    }

    pub(super) fn shares_word(&self, other: &Self) -> bool {
        self.0.iter().any(|&form| other.has(form))
    }
}

/// The speaker of a quotation, as far as there is one.
#[derive(Default)]
struct QuoteSpeaker {
    name: SpeakerName,
    /// Whether the analysis is sure of it.
    is_sure: bool,
    is_named: bool,
    is_several: bool,
}

impl QuoteSpeaker {
    fn new(speaker: &Speaker, forms: &mut WordForms<'_>) -> Self {
        Self {
            name: SpeakerName::new(speaker, forms),
            is_sure: speaker.sure,
            is_named: is_named(speaker),
            is_several: is_several(speaker),
        }
    }
}

/// The names of all who speak; none where nobody is named.
pub(super) struct SpeakerNames {
    of_quotes: Sides<Vec<QuoteSpeaker>>,
    of_statements: Sides<Vec<Option<SpeakerName>>>,
    /// The forms of `he` and `she`.
    pronouns: [u32; 2],
}

impl SpeakerNames {
    pub(super) fn new(reports: &Sides<ReportWords<'_>>, forms: &mut WordForms<'_>) -> Self {
        let of_quotes = reports.as_ref().map(|report| {
            let quotes = report.quotes.iter().map(|part| match part.speaker {
                Some(speaker) => QuoteSpeaker::new(speaker, forms),
                None => QuoteSpeaker::default(),
            });
            quotes.collect()
        });
        let of_statements = reports.as_ref().map(|report| {
            let statements = report.statements.iter().map(|told| {
                let speaker = told.speaker.as_ref().filter(|one| is_named(one))?;
                Some(SpeakerName::new(speaker, forms))
            });
            statements.collect()
        });
        Self {
            of_quotes,
            of_statements,
            pronouns: ["he", "she"].map(|word| forms.of(word)),
        }
    }

    /// Returns the words of the name of the speaker of a statement of `side`, if it has one with a name.
    pub(super) fn of_statement(&self, side: Side, number: usize) -> Option<&SpeakerName> {
        self.of_statements[side].get(number)?.as_ref()
    }

    pub(super) fn is_pronoun(&self, form: u32) -> bool {
        self.pronouns.contains(&form)
    }

    /// Returns the words of the name of whoever is quoted at word `at`.
    pub(super) fn at(
        &self,
        reports: &Sides<ReportWords<'_>>,
        side: Side,
        at: usize,
    ) -> Option<&SpeakerName> {
        Some(&self.speaker(reports, side, at)?.name)
    }

    fn speaker(
        &self,
        reports: &Sides<ReportWords<'_>>,
        side: Side,
        at: usize,
    ) -> Option<&QuoteSpeaker> {
        let quote = reports[side].words.get(at)?.quote?;
        self.of_quotes[side].get(quote)
    }

    /// Whether the speakers quoted at a word of each side are named and their names share no word, each as good as certain.
    pub(super) fn are_others(&self, reports: &Sides<ReportWords<'_>>, at: Sides<usize>) -> bool {
        let speaker = |side: Side| self.speaker(reports, side, at[side]);
        let (Some(one), Some(other)) = (speaker(Side::Left), speaker(Side::Right)) else {
            return false;
        };
        let is_one_of_many = one.is_named && other.is_several || one.is_several && other.is_named;
        one.is_sure
            && other.is_sure
            && (is_one_of_many || one.is_named && other.is_named)
            && !one.name.shares_word(&other.name)
    }

    /// Whether the speakers quoted at a word of each side have a word of their names in common.
    pub(super) fn are_one(&self, reports: &Sides<ReportWords<'_>>, at: Sides<usize>) -> bool {
        let left = self.at(reports, Side::Left, at.left);
        let both = left.zip(self.at(reports, Side::Right, at.right));
        both.is_some_and(|(left, right)| left.shares_word(right))
    }
}

/// Returns the words of a speaker's name, without articles and titles, as written.
fn content_of_name(speaker: &Speaker) -> impl Iterator<Item = &str> {
    let words = tokens::words(&speaker.name).map(|word| word.of(&speaker.name));
    words.filter(|word| normalize::normalize(word).1 != WordClass::Stop)
}

/// Returns the forms of these words.
fn words_of_name(speaker: &Speaker) -> BTreeSet<String> {
    let content = content_of_name(speaker);
    content
        .map(|word| normalize::form(word).into_owned())
        .collect()
}

/// Whether the speaker is named, and not described: `a former aide`, `officials`, `they`.
fn is_named(speaker: &Speaker) -> bool {
    let first = speaker.name.split_whitespace().next().unwrap_or_default();
    let is_description = normalize::normalize(first).1 == WordClass::Stop;
    !is_description && first.starts_with(|c: char| !c.is_lowercase())
}

/// Whether the speaker is several people without names: `aides`, `critics of the plan`.
fn is_several(speaker: &Speaker) -> bool {
    let head = speaker
        .name
        .split_whitespace()
        .next_back()
        .unwrap_or_default();
    let is_plural = head.ends_with('s') && !head.ends_with("ss") || head == "people";
    is_plural && speaker.name.starts_with(char::is_lowercase) && !speaker.name.contains("'s")
}

/// Whether two full names of one surname are those of two people: `Dick Cheney`, `Mary Cheney`.
pub(super) fn are_namesakes(one: &Speaker, other: &Speaker) -> bool {
    let full = |speaker: &Speaker| {
        let words: Vec<String> = speaker
            .name
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let (last, before) = words.split_last()?;
        let first = before.iter().find(|word| quote::is_first_name(word))?;
        Some((first.clone(), last.clone()))
    };
    match (full(one), full(other)) {
        (Some((first, last)), Some((other_first, other_last))) => {
            last == other_last && first != other_first
        }
        _ => false,
    }
}

/// Whether the name of the speaker `of` stands near word `at` outside marks.
pub(super) fn is_named_near(report: &ReportWords<'_>, at: usize, of: &Speaker) -> bool {
    let Some(passage) = report.words.get(at).map(|word| word.passage) else {
        return false;
    };
    let name = words_of_name(of);
    let around = passage.saturating_sub(NEAR_SENTENCES)..=passage + NEAR_SENTENCES;
    let passages = around.filter_map(|number| report.passages.get(number));
    let mut words = passages
        .flat_map(Clone::clone)
        .filter(|&at| report.words[at].quote.is_none());
    words.any(|at| name.contains(&*normalize::form(report.written(at))))
}
