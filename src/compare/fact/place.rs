//! Finds places that two reports give differently for the same: "crashed near Fairview" / "crashed near Springfield".

use super::FactReports;
use super::finding::{FactFinding, confidence_of};
use super::report::{FactSentence, WordGap};
use super::words::WORDS;
use crate::compare::normalize::TermId;
use crate::compare::{DifferenceKind, DifferenceWeight, Side, Sides};
use crate::text::{Span, calendar};

/// Sentences less near are not looked at.
const NEAR_LEAST: f32 = 0.5;
/// Most words of the name of a place.
const NAME_WORDS: usize = 4;
/// Words before a place in which what happened there stands.
const REACH: usize = 4;

/// A place after a preposition.
#[derive(Clone, Debug)]
struct ToldPlace {
    preposition: TermId,
    /// The terms of the name.
    name: Vec<TermId>,
    /// The words of content before it.
    before: Vec<TermId>,
    span: Span,
}

/// Returns the places that two reports put differently.
pub(super) fn find(reports: &FactReports<'_, '_>) -> Vec<FactFinding> {
    let all = reports.sides.as_ref().map(|report| {
        let sentences = report.sentences.iter();
        sentences.map(places).collect::<Vec<_>>()
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

/// Returns the places of a sentence outside its quotations.
fn places(sentence: &FactSentence<'_>) -> Vec<ToldPlace> {
    if sentence.is_in_both {
        return Vec::new();
    }
    let at = 1..sentence.words.len();
    at.filter_map(|at| place(sentence, at)).collect()
}

fn place(sentence: &FactSentence<'_>, at: usize) -> Option<ToldPlace> {
    let preposition = sentence.words.get(at)?;
    WORDS.places.contains(&preposition.low).then_some(())?;
    let first = at + 1 + usize::from(sentence.low(at + 1) == "the");
    let names = sentence.range(first, first + NAME_WORDS).iter().enumerate();
    let name = names.take_while(|(n, word)| {
        let joined = *n == 0 || word.follows();
        joined && word.is_capital && word.is_content() && !word.is_quoted && !is_date(&word.low)
    });
    let name: Vec<TermId> = name.map(|(_, word)| word.term).collect();
    let end = first + name.len();
    // "in Mr. Roe's office": what is somebody's is no place.
    let last = sentence.words.get(end.checked_sub(1)?)?;
    let owns = last.span.len() > last.low.len();
    (!name.is_empty() && !owns).then_some(())?;
    let before = sentence.range(at.saturating_sub(REACH), at).iter().rev();
    let before = before.take_while(|word| word.gap != WordGap::Mark);
    let before = before.filter(|word| word.is_content() && !word.is_capital);
    Some(ToldPlace {
        preposition: preposition.term,
        before: before.map(|word| word.term).collect(),
        span: sentence.span_of(at, end),
        name,
    })
}

fn is_date(low: &str) -> bool {
    calendar::english_month(low).is_some() || calendar::weekday(low).is_some()
}

fn against(
    reports: &FactReports<'_, '_>,
    at: Sides<usize>,
    near: f32,
    both: Sides<&ToldPlace>,
) -> Option<FactFinding> {
    let known = Side::BOTH.into_iter().any(|side| {
        let mut name = both[side.other()].name.iter();
        name.any(|&term| reports.near.uses(side, term))
    });
    if known || both.left.preposition != both.right.preposition {
        return None;
    }
    let shared = both
        .left
        .before
        .iter()
        .filter(|term| both.right.before.contains(term));
    let shared: f32 = shared.map(|&term| reports.near.rarity(term)).sum();
    let sure = near >= 0.6 && shared >= 0.5;
    Some(FactFinding {
        kind: DifferenceKind::Place,
        at,
        spans: both.map(|place| place.span),
        confidence: confidence_of(sure),
        score: near + shared / 4.0,
        weight: DifferenceWeight::Main,
        words: None,
        common: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use crate::compare::DifferenceKind;
    use crate::compare::fact::tests::told;

    fn places(left: &str, right: &str) -> Vec<String> {
        told(DifferenceKind::Place, left, right)
    }

    #[test]
    fn the_same_crash_is_elsewhere() {
        let left = "A small plane crashed near Fairview after its engine failed.";
        let right = "A small plane crashed near Springfield after its engine failed.";
        assert_eq!(
            places(left, right),
            ["place: A near Fairview, B near Springfield"]
        );
    }

    #[test]
    fn a_place_that_both_reports_name_is_no_difference() {
        let left = "A small plane crashed near Fairview after its engine failed.";
        let right = "A small plane crashed near Springfield after its engine failed.\n\nIt had left Fairview at noon.";
        assert_eq!(places(left, right), [""; 0]);
    }
}
