//! Finds one who is named in one report and nameless in the other, by his age: `a 61-year-old man` / `John Roe, 61`.

use super::FactReports;
use super::finding::FactFinding;
use super::quantity::{Quantity, QuantityUnit};
use super::report::FactSentence;
use crate::compare::normalize::TermId;
use crate::compare::{DifferenceKind, DifferenceWeight, Side, Sides, weights};
use crate::text::Span;

/// Most words of a name.
const NAME_WORDS: usize = 3;

/// One whose age a report tells.
#[derive(Clone, Debug)]
struct Aged {
    sentence: usize,
    number: super::number::FactNumber,
    /// The terms of the name; empty where none is told.
    name: Vec<TermId>,
    span: Span,
}

/// Returns those of one age whom one report names and the other does not.
pub(super) fn find(
    reports: &FactReports<'_, '_>,
    quantities: &Sides<Vec<Quantity>>,
) -> Vec<FactFinding> {
    let all = Sides::from_fn(|side| {
        let aged = quantities[side]
            .iter()
            .filter(|one| one.unit == QuantityUnit::Age);
        aged.filter_map(|one| aged_one(reports, side, one))
            .collect::<Vec<_>>()
    });
    let mut found = Vec::new();
    for left in &all.left {
        for right in &all.right {
            let both = Sides::new(left, right);
            let others = |side: Side| {
                all[side]
                    .iter()
                    .filter(|one| one.number == left.number)
                    .count()
            };
            if left.number == right.number && others(Side::Left) == 1 && others(Side::Right) == 1 {
                found.extend(against(reports, both));
            }
        }
    }
    found
}

fn aged_one(reports: &FactReports<'_, '_>, side: Side, age: &Quantity) -> Option<Aged> {
    let sentence = reports.sides[side]
        .sentence(age.sentence)
        .filter(|one| !one.is_in_both)?;
    let (first, end) = age.core;
    // After "61-year-old" stands the noun or the name, before ", 61," the name.
    let is_old = sentence.low(end) == "year";
    let (name, words) = if is_old {
        let from = end + 2;
        let count = names(sentence, from, from + NAME_WORDS);
        ((from, from + count), (first, from + count.max(1)))
    } else {
        let from = (1..=NAME_WORDS)
            .take_while(|back| is_name(sentence, first, *back))
            .last()?;
        ((first - from, first), (first - from, end))
    };
    Some(Aged {
        sentence: age.sentence,
        number: age.number,
        name: sentence
            .range(name.0, name.1)
            .iter()
            .map(|word| word.term)
            .collect(),
        span: sentence.span_of(words.0, words.1.min(sentence.words.len())),
    })
}

/// Returns how many of the words from `first` on are of a name.
fn names(sentence: &FactSentence<'_>, first: usize, end: usize) -> usize {
    let words = sentence.range(first, end).iter();
    words
        .take_while(|word| word.is_capital && word.follows())
        .count()
}

/// Whether the word `back` places before `at` is of the name right before it.
fn is_name(sentence: &FactSentence<'_>, at: usize, back: usize) -> bool {
    let word = at.checked_sub(back).and_then(|at| sentence.words.get(at));
    let next = at
        .checked_sub(back - 1)
        .and_then(|at| sentence.words.get(at));
    let joined = back == 1 || next.is_some_and(|next| next.follows());
    joined && word.is_some_and(|word| word.is_capital && word.is_content())
}

fn against(reports: &FactReports<'_, '_>, both: Sides<&Aged>) -> Option<FactFinding> {
    let side = Side::BOTH
        .into_iter()
        .find(|&side| both[side].name.is_empty())?;
    let name = &both[side.other()].name;
    let unknown = !name.is_empty() && name.iter().all(|&term| !reports.near.uses(side, term));
    let at = both.map(|one| one.sentence);
    unknown.then(|| FactFinding {
        kind: DifferenceKind::Naming,
        at,
        spans: both.map(|one| one.span),
        confidence: weights::FACT_SURE,
        score: reports.near.of(at),
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
    fn a_man_without_a_name_is_named_in_the_other_report() {
        let left = "A 34-year-old man was arrested after the bar shooting.";
        let right = "Police arrested Victor Almeida, 34, after a chase.";
        assert_eq!(
            told(DifferenceKind::Naming, left, right),
            ["naming: A 34-year-old man, B Victor Almeida, 34"]
        );
    }

    #[test]
    fn two_of_one_age_are_not_told_apart() {
        let left = "A 34-year-old man and a 34-year-old woman were arrested.";
        let right = "Police arrested Victor Almeida, 34, after a chase.";
        assert_eq!(told(DifferenceKind::Naming, left, right), [""; 0]);
    }
}
