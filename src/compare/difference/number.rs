//! Finds numbers of the same unit that are not the same on both sides: money, percentages, and counts of the same thing.
//!
//! A number that either side does not leave alone (dates, years, clock times, numbers that the other side has too) is not set against
//! another: two numbers of a kind are other numbers only where each side has exactly one that the other lacks.

use std::collections::BTreeMap;

use super::pair_view::PairView;
use super::{Difference, DifferenceKind, WORDS};
use crate::compare::normalize::{TermId, WordClass};
use crate::compare::{Side, Sides, weights};
use crate::text::{Span, calendar};

/// The unit of a number: two numbers are compared only in one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum NumberUnit {
    Money(char),
    Percent,
    Things(TermId),
}

/// A number with its unit.
struct CountedNumber {
    unit: NumberUnit,
    /// Whether it counts people at large, whatever they are called.
    is_people: bool,
    /// Thousandths, so that amounts can be compared for equality.
    value: u128,
    /// Number of its first word in the passage.
    first: usize,
    span: Span,
}

/// Returns the amounts that the two passages put differently.
pub(super) fn find(view: &PairView<'_, '_>) -> Vec<Difference> {
    let amounts = Sides::from_fn(|side| amounts(view, side));
    let lone = Sides::from_fn(|side| lone(&amounts[side], &amounts[side.other()]));
    let both = lone.left.iter().filter_map(|(unit, left)| {
        let (left, right) = ((*left)?, (*lone.right.get(unit)?)?);
        let words = Sides::new(left.first, right.first);
        let things = matches!(unit, NumberUnit::Things(_));
        (things || view.same_surroundings(words, weights::NUMBER_REACH))
            .then(|| view.between(DifferenceKind::Number, left.span, right.span))
    });
    both.chain(people(view, &lone)).collect()
}

/// Returns the two counts of people that go by other names on the two sides, where each side has one such and they may be the same.
fn people(view: &PairView<'_, '_>, lone: &Sides<LoneNumbers<'_>>) -> Option<Difference> {
    let only = |side: Side| {
        let mut others = lone[side].iter().filter(|(unit, amount)| {
            let is_people = amount.is_none_or(|amount| amount.is_people);
            is_people && !lone[side.other()].contains_key(unit)
        });
        let (_, amount) = others.next()?;
        others.next().is_none().then_some(*amount)?
    };
    let (left, right) = (only(Side::Left)?, only(Side::Right)?);
    let most = left.value.max(right.value);
    let least = left.value.min(right.value);
    let words = Sides::new(left.first, right.first);
    let same = most <= least.saturating_mul(weights::NEAR_COUNTS)
        && view.same_surroundings(words, weights::NUMBER_REACH);
    same.then(|| view.between(DifferenceKind::Number, left.span, right.span))
}

/// The amounts of a side that the other lacks, by unit; `None` where there are several.
type LoneNumbers<'a> = BTreeMap<NumberUnit, Option<&'a CountedNumber>>;

/// Returns the amounts that the other side lacks by unit; `None` where there are several.
fn lone<'a>(amounts: &'a [CountedNumber], others: &[CountedNumber]) -> LoneNumbers<'a> {
    let mut lone = BTreeMap::new();
    for amount in amounts {
        if !others.iter().any(|other| other.value == amount.value) {
            lone.entry(amount.unit)
                .and_modify(|place| *place = None)
                .or_insert(Some(amount));
        }
    }
    lone
}

fn amounts(view: &PairView<'_, '_>, side: Side) -> Vec<CountedNumber> {
    let places = 0..view.words(side).len();
    places.filter_map(|at| amount_at(view, side, at)).collect()
}

fn amount_at(view: &PairView<'_, '_>, side: Side, at: usize) -> Option<CountedNumber> {
    let words = view.words(side);
    let token = words.get(at)?;
    (token.weight == WordClass::Number).then_some(())?;
    let digits = view.tokens.vocabulary.word(token.term);
    let value = digits.parse::<f64>().ok().filter(|value| *value < 1e15)?;
    let text = view.text(side);
    let money = text[..token.span.start].chars().next_back();
    let money = money.filter(|c| matches!(c, '$' | '€' | '£' | '¥'));
    let written = |n: usize| words.get(n).map(|token| view.written(side, token));
    let scale = written(at + 1).and_then(|word| scale(&word));
    let after = at + 1 + usize::from(scale.is_some());
    let last = words.get(after - 1)?;
    let unit = match (money, written(after).as_deref()) {
        (Some(sign), _) => NumberUnit::Money(sign),
        (None, Some("percent" | "per" | "percentage")) => NumberUnit::Percent,
        (None, _) if text[token.span.end..].starts_with('%') => NumberUnit::Percent,
        (None, _) => NumberUnit::Things(counted(view, side, at, after)?),
    };
    let start = token.span.start - money.map_or(0, char::len_utf8);
    Some(CountedNumber {
        unit,
        is_people: written(after).is_some_and(|word| WORDS.people.contains(&word)),
        value: (value * scale.unwrap_or(1.0) * 1000.0).round() as u128,
        first: at,
        span: Span::new(start, last.span.end),
    })
}

fn scale(word: &str) -> Option<f64> {
    match word {
        "hundred" => Some(1e2),
        "thousand" => Some(1e3),
        "million" => Some(1e6),
        "billion" => Some(1e9),
        "trillion" => Some(1e12),
        _ => None,
    }
}

/// Returns the word that a plain number counts: the next one, when nothing but a blank or a hyphen is between.
fn counted(view: &PairView<'_, '_>, side: Side, at: usize, after: usize) -> Option<TermId> {
    let words = view.words(side);
    let before = at.checked_sub(1).and_then(|n| words.get(n));
    // `Aug. 7 people`: the number is a day.
    let dated =
        before.is_some_and(|word| calendar::english_month(&view.written(side, word)).is_some());
    let (last, next) = (words.get(after.checked_sub(1)?)?, words.get(after)?);
    let between = Span::new(last.span.end, next.span.start).of(view.text(side));
    let joined = between.trim().is_empty() || between == "-";
    (!dated && joined && next.weight == WordClass::Content).then_some(next.term)
}

#[cfg(test)]
mod tests {
    use crate::compare::difference::{DifferenceKind, tests::told};

    #[test]
    fn people_and_residents_are_counted_alike() {
        let left = "About 1,200 people were evacuated from the flooded valley on Friday night.";
        let right = "Some 1,500 residents were evacuated from the flooded valley on Friday night.";
        let found = told(DifferenceKind::Number, left, right);
        assert_eq!(found, ["number: A 1,200, B 1,500"]);
    }

    #[test]
    fn a_few_people_and_many_residents_are_not_the_same() {
        let left =
            "About 12 people drowned in the flooded valley on Friday night after the dam broke.";
        let right =
            "Some 1,500 residents fled the flooded valley on Friday night after the dam broke.";
        let found = told(DifferenceKind::Number, left, right);
        assert_eq!(found, [""; 0]);
    }
}
