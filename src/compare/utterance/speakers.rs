//! Compares the speakers of two quotations by the words of their names.

use std::collections::BTreeSet;

use super::words::{QuotedPart, ReportWords};
use crate::annotate::quote::{self, Speaker};
use crate::compare::normalize::{self, WordClass};
use crate::compare::{Side, Sides};
use crate::text::tokens;

/// Sentences before and after a quotation in which a name may be its speaker, whatever the analysis says.
const NEAR_SENTENCES: usize = 2;

/// The words of the name of whoever is quoted, for each quotation; none where nobody is named.
pub(super) struct SpeakerNames {
    of_quotes: Sides<Vec<BTreeSet<String>>>,
}

impl SpeakerNames {
    pub(super) fn new(reports: &Sides<ReportWords<'_>>) -> Self {
        let name = |part: &QuotedPart<'_>| part.speaker.map(words_of_name).unwrap_or_default();
        let names = |report: &ReportWords<'_>| report.quotes.iter().map(name).collect();
        Self {
            of_quotes: reports.as_ref().map(names),
        }
    }

    /// Returns the words of the name of whoever is quoted at word `at`.
    pub(super) fn at(
        &self,
        reports: &Sides<ReportWords<'_>>,
        side: Side,
        at: usize,
    ) -> Option<&BTreeSet<String>> {
        let quote = reports[side].words.get(at)?.quote?;
        self.of_quotes[side].get(quote)
    }

    /// Whether the speakers quoted at a word of each side have a word of their names in common.
    pub(super) fn are_one(&self, reports: &Sides<ReportWords<'_>>, at: Sides<usize>) -> bool {
        let left = self.at(reports, Side::Left, at.left);
        let both = left.zip(self.at(reports, Side::Right, at.right));
        both.is_some_and(|(left, right)| !left.is_disjoint(right))
    }
}

/// Returns the words of a speaker's name, without articles and titles.
pub(super) fn words_of_name(speaker: &Speaker) -> BTreeSet<String> {
    let words = tokens::words(&speaker.name).map(|word| word.of(&speaker.name));
    let content = words.filter(|word| normalize::normalize(word).1 != WordClass::Stop);
    content
        .map(|word| normalize::form(word).into_owned())
        .collect()
}

/// Whether the speaker is named, and not described: `a former aide`, `officials`, `they`.
pub(super) fn is_named(speaker: &Speaker) -> bool {
    let first = speaker.name.split_whitespace().next().unwrap_or_default();
    let is_description = normalize::normalize(first).1 == WordClass::Stop;
    !is_description && first.starts_with(|c: char| !c.is_lowercase())
}

/// Whether two quotations have named speakers whose names share no word, each as good as certain.
pub(super) fn are_others(one: &QuotedPart<'_>, other: &QuotedPart<'_>) -> bool {
    match (one.speaker, other.speaker) {
        (Some(one), Some(other)) if one.sure && other.sure => {
            let is_one_of_many =
                is_named(one) && is_several(other) || is_several(one) && is_named(other);
            (is_one_of_many || is_named(one) && is_named(other))
                && words_of_name(one).is_disjoint(&words_of_name(other))
        }
        _ => false,
    }
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
