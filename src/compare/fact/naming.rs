//! Finds things that two reports name so that the names say something else: a nameless person and a named one, another describing word.

use super::FactReports;
use super::finding::{FactFinding, confidence_of};
use super::report::FactSentence;
use super::words::WORDS;
use crate::compare::normalize::{TermId, WordClass};
use crate::compare::{DifferenceKind, DifferenceWeight, Side, Sides};
use crate::text::Span;

/// Sentences less near are not looked at.
const NEAR_LEAST: f32 = 0.3;

/// Returns the things that two reports name differently.
pub(super) fn find(reports: &FactReports<'_, '_>) -> Vec<FactFinding> {
    let all = reports.sides.as_ref().map(|report| {
        let sentences = report.sentences.iter();
        sentences.map(descriptions).collect::<Vec<_>>()
    });
    let mut found = Vec::new();
    for &(at, near) in reports.pairs_from(NEAR_LEAST) {
        for left in &all.left[at.left] {
            for right in &all.right[at.right] {
                found.extend(against(reports, at, near, Sides::new(left, right)));
            }
        }
    }
    found
}

/// A noun with the word right before it, and the name right after it.
#[derive(Clone, Debug)]
struct Description {
    noun: TermId,
    /// The terms of the name.
    name: Vec<TermId>,
    /// Whether an article or a possessive stands before it.
    is_led: bool,
    /// Whether the noun is a small word that ends its phrase.
    is_end: bool,
    /// The place from the describing word to the name.
    span: Span,
    is_quoted: bool,
}

fn descriptions(sentence: &FactSentence<'_>) -> Vec<Description> {
    if sentence.is_in_both {
        return Vec::new();
    }
    (0..sentence.words.len())
        .filter_map(|at| description(sentence, at))
        .collect()
}

fn description(sentence: &FactSentence<'_>, at: usize) -> Option<Description> {
    let noun = sentence
        .words
        .get(at)
        .filter(|word| word.is_content() && !word.is_quoted)?;
    let mut first = at;
    let word = at.checked_sub(1).and_then(|at| sentence.words.get(at));
    let word = word.filter(|word| noun.follows() && word.is_content() && !word.is_quoted);
    if word.is_some() {
        first = at - 1;
    }
    let led = sentence.low_before(first, 1);
    let name = sentence.range(at + 1, at + 4).iter();
    let name = name.take_while(|word| word.follows() && word.is_capital && word.is_content());
    let name: Vec<TermId> = name.map(|word| word.term).collect();
    Some(Description {
        noun: noun.term,
        is_end: !noun.is_capital
            && sentence
                .words
                .get(at + 1)
                .is_none_or(|next| !next.follows() || next.class == WordClass::Stop),
        is_led: WORDS.articles.contains(led) || led.ends_with("'s"),
        span: sentence.span_of(first, at + 1 + name.len()),
        name,
        is_quoted: noun.is_quoted,
    })
}

fn against(
    reports: &FactReports<'_, '_>,
    at: Sides<usize>,
    near: f32,
    both: Sides<&Description>,
) -> Option<FactFinding> {
    if both.left.noun != both.right.noun || both.left.is_quoted || both.right.is_quoted {
        return None;
    }
    let noun = reports.near.rarity(both.left.noun);
    let sure = nameless(reports, near, both)?;
    Some(FactFinding {
        kind: DifferenceKind::Naming,
        at,
        spans: both.map(|one| one.span),
        confidence: confidence_of(sure),
        score: near + noun / 4.0,
        weight: DifferenceWeight::Minor,
        words: None,
        common: String::new(),
    })
}

/// Finds one who is named in one report and nowhere in the other: `a Navy sailor` / `Navy sailor Kris Roe`.
fn nameless(reports: &FactReports<'_, '_>, near: f32, both: Sides<&Description>) -> Option<bool> {
    let side = Side::BOTH
        .into_iter()
        .find(|&side| both[side].is_end && both[side].is_led)?;
    let named = &both[side.other()].name;
    let unknown = named.len() >= 2 && named.iter().all(|&term| !reports.near.uses(side, term));
    unknown.then_some(near >= 0.4)
}

#[cfg(test)]
mod tests {
    use crate::compare::DifferenceKind;
    use crate::compare::fact::tests::told;

    #[test]
    fn a_nameless_sailor_has_a_name_in_the_other_report() {
        let left = "He spoke of a navy sailor who was jailed for photos of a submarine.";
        let right = "He spoke of navy sailor Kris Roe, who was jailed for photos of a submarine.";
        assert_eq!(
            told(DifferenceKind::Naming, left, right),
            ["naming: A navy sailor, B navy sailor Kris Roe"]
        );
    }
}
