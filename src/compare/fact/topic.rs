//! Finds inquiries and accusations that two reports say are about something else: `an inquiry into a fall in prices` / `a probe of
//! price fixing`, `charged with murder` / `charged with manslaughter`.

use std::collections::BTreeSet;

use super::FactReports;
use super::finding::{FactFinding, confidence_of};
use super::report::{FactSentence, FactWord};
use super::words::WORDS;
use crate::compare::normalize::{TermId, WordClass};
use crate::compare::{DifferenceKind, DifferenceWeight, Side, Sides};
use crate::text::Span;

/// Words after an inquiry in which its topic stands.
const REACH: usize = 12;
/// Letters by which words of two topics are the same.
const LETTERS: usize = 5;
/// Words that the topics of one inquiry have in common.
const SHARED: usize = 2;
/// Topics of each side that are set against each other.
const MOST: usize = 100;

/// The words that say what an inquiry or an accusation is about.
#[derive(Clone, Debug)]
struct Topic {
    sentence: usize,
    is_accusation: bool,
    /// The beginnings of its words of content.
    words: BTreeSet<String>,
    span: Span,
}

/// Returns the inquiries and accusations whose topics differ.
pub(super) fn find(reports: &FactReports<'_, '_>) -> Vec<FactFinding> {
    let all = Sides::from_fn(|side| topics(reports, side));
    let mut found = Vec::new();
    for left in &all.left {
        for right in &all.right {
            found.extend(against(reports, Sides::new(left, right)));
        }
    }
    found
}

fn topics(reports: &FactReports<'_, '_>, side: Side) -> Vec<Topic> {
    let sentences = reports.sides[side].sentences.iter().enumerate();
    let told = sentences.filter(|(_, sentence)| !sentence.is_in_both);
    let all = told.flat_map(|(number, sentence)| {
        let places = 0..sentence.words.len();
        places.filter_map(move |at| topic(reports, sentence, number, at))
    });
    all.take(MOST).collect()
}

fn topic(
    reports: &FactReports<'_, '_>,
    sentence: &FactSentence<'_>,
    number: usize,
    at: usize,
) -> Option<Topic> {
    let word = sentence.words.get(at).filter(|word| !word.is_quoted)?;
    let next = sentence.low(at + 1);
    let is_accusation = matches!(
        (&*word.low, next),
        ("charged", "with")
            | (
                "accused" | "convicted" | "guilty" | "suspicion" | "suspected",
                "of"
            )
    );
    let leads = matches!(next, "into" | "of" | "over" | "whether");
    (is_accusation || WORDS.inquiries.contains(&word.low) && leads).then_some(())?;
    let first = at + 2;
    let rest = sentence.range(first, first + REACH).iter();
    // An accusation is told in one breath: "murder", not "murder after a shooting".
    let goes_on = |word: &&FactWord<'_>| {
        let joins = matches!(&*word.low, "of" | "the" | "a" | "an" | "and");
        word.follows() && (!is_accusation || joins || word.class != WordClass::Stop)
    };
    let rest = rest.take_while(goes_on);
    let count = rest.clone().count();
    let content = rest.filter(|word| word.is_content());
    let words = content.map(|word| beginning(reports, word.term)).collect();
    Some(Topic {
        sentence: number,
        is_accusation,
        words,
        span: sentence.span_of(at, first + count),
    })
}

fn beginning(reports: &FactReports<'_, '_>, term: TermId) -> String {
    reports
        .tokens
        .vocabulary
        .word(term)
        .chars()
        .take(LETTERS)
        .collect()
}

fn against(reports: &FactReports<'_, '_>, both: Sides<&Topic>) -> Option<FactFinding> {
    let Sides { left, right } = both;
    (left.is_accusation == right.is_accusation).then_some(())?;
    let at = both.map(|topic| topic.sentence);
    let near = reports.near.of(at);
    let shared = left.words.intersection(&right.words).count();
    let differs = left.words.len() > shared && right.words.len() > shared;
    let sure = match left.is_accusation {
        true => shared == 0 && near >= 0.5,
        false => shared >= SHARED,
    };
    differs.then(|| FactFinding {
        kind: match left.is_accusation {
            true => DifferenceKind::Claim,
            false => DifferenceKind::Naming,
        },
        at,
        spans: both.map(|topic| topic.span),
        confidence: confidence_of(sure),
        score: near + shared as f32,
        weight: DifferenceWeight::Main,
        words: None,
        common: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use crate::compare::DifferenceKind;
    use crate::compare::fact::tests::told;

    #[test]
    fn an_inquiry_is_about_more_in_one_report() {
        let left = "The inquiry into price fixing by dairy producers goes on.";
        let right = "A probe into talks on milk between dairy producers continues.";
        assert_eq!(
            told(DifferenceKind::Naming, left, right),
            [
                "naming: A inquiry into price fixing by dairy producers goes on, B probe into talks on milk between dairy producers continues"
            ]
        );
    }

    #[test]
    fn another_accusation_is_another_claim() {
        let left = "Victor Almeida was charged with murder after the bar shooting in Eastport.";
        let right =
            "Victor Almeida was charged with manslaughter after the bar shooting in Eastport.";
        assert_eq!(told(DifferenceKind::Claim, left, right).len(), 1);
    }
}
