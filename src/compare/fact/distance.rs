//! Finds other distances in time to the same event: `weeks before the election` / `shortly before the election`.

use super::FactReports;
use super::finding::{FactFinding, confidence_of};
use super::report::{FactSentence, WordGap};
use super::words::WORDS;
use crate::compare::normalize::{TermId, WordClass};
use crate::compare::{DifferenceKind, DifferenceWeight, Side, Sides};
use crate::text::Span;

/// Words after "before" in which its event stands.
const REACH: usize = 8;
/// Words before it that tell the distance.
const DISTANCE_WORDS: usize = 3;
/// Distances of each side that are set against each other.
const MOST: usize = 200;

/// A distance in time to an event.
#[derive(Clone, Debug)]
struct TimeDistance {
    sentence: usize,
    /// `before`, `after`.
    direction: TermId,
    /// The words of the distance, in small letters; empty where none is told.
    words: String,
    event: TermId,
    span: Span,
}

/// Returns the events to which two reports tell other distances.
pub(super) fn find(reports: &FactReports<'_, '_>) -> Vec<FactFinding> {
    let all = reports.sides.as_ref().map(|report| {
        let sentences = report.sentences.iter().enumerate();
        let told = sentences.filter(|(_, sentence)| !sentence.is_in_both);
        let all = told.flat_map(|(number, sentence)| {
            let places = 0..sentence.words.len();
            places.filter_map(move |at| distance(sentence, number, at))
        });
        all.take(MOST).collect::<Vec<_>>()
    });
    let mut found = Vec::new();
    for left in &all.left {
        for right in &all.right {
            let known = |side: Side| {
                let other = if side == Side::Left { right } else { left };
                all[side]
                    .iter()
                    .any(|one| one.event == other.event && one.words == other.words)
            };
            if left.event == right.event
                && left.direction == right.direction
                && !known(Side::Left)
                && !known(Side::Right)
            {
                found.push(finding(reports, Sides::new(left, right)));
            }
        }
    }
    found
}

fn distance(sentence: &FactSentence<'_>, number: usize, at: usize) -> Option<TimeDistance> {
    let word = sentence.words.get(at).filter(|word| !word.is_quoted)?;
    matches!(&*word.low, "before" | "after").then_some(())?;
    let mut first = at;
    while first > 0
        && at - first < DISTANCE_WORDS
        && WORDS.distances.contains(sentence.low(first - 1))
    {
        first -= 1;
    }
    let (event, end) = event(sentence, at + 1)?;
    let words = sentence.range(first, at).iter().map(|word| &*word.low);
    Some(TimeDistance {
        sentence: number,
        direction: word.term,
        words: words.collect::<Vec<_>>().join(" "),
        event,
        span: sentence.span_of(first, end),
    })
}

/// Returns the last word of the name of an event that begins at word `from`, and the place after it.
fn event(sentence: &FactSentence<'_>, from: usize) -> Option<(TermId, usize)> {
    let mut event = None;
    for (at, word) in sentence.words.iter().enumerate().skip(from).take(REACH) {
        let before = sentence.words.get(at.wrapping_sub(1));
        let in_date = word.class == WordClass::Number
            || before.is_some_and(|before| before.class == WordClass::Number);
        let goes_on = word.gap == WordGap::Comma && in_date;
        let leads = event.is_none() && WORDS.articles.contains(&word.low);
        if at > from && !word.follows() && !goes_on || word.class == WordClass::Stop && !leads {
            break;
        }
        if word.is_content() && !word.is_capital && !WORDS.boundaries.contains(&word.low) {
            event = Some((word.term, at + 1));
        }
    }
    event
}

fn finding(reports: &FactReports<'_, '_>, both: Sides<&TimeDistance>) -> FactFinding {
    let at = both.map(|one| one.sentence);
    let near = reports.near.of(at);
    let sure = near >= NEAR && reports.near.rarity(both.left.event) >= 0.2;
    FactFinding {
        kind: DifferenceKind::Time,
        at,
        spans: both.map(|one| one.span),
        confidence: confidence_of(sure),
        score: near,
        weight: DifferenceWeight::Minor,
        words: None,
        common: String::new(),
    }
}

/// Least nearness of two sentences that tell of one event.
const NEAR: f32 = 0.25;

#[cfg(test)]
mod tests {
    use crate::compare::DifferenceKind;
    use crate::compare::fact::tests::told;

    #[test]
    fn another_distance_to_one_event_is_another_time() {
        let left = "Comey told Congress about the laptop shortly before the election.";
        let right = "Comey told Congress about the laptop just days before the election.";
        assert_eq!(
            told(DifferenceKind::Time, left, right),
            ["time: A shortly before the election, B just days before the election"]
        );
    }
}
