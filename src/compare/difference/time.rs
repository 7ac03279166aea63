//! Times: days with parts of the day, dates, years, and words for sooner and later, where the two sides are not equally precise or disagree.
//!
//! Another day in a corresponding passage mostly belongs to something else ("said Wednesday that he had called on Monday"), so times are
//! set against each other only where the words around them are the same, or one is the other said more precisely.

use std::borrow::Cow;

use super::pair_view::{PairView, span_of};
use super::{Difference, DifferenceKind};
use crate::compare::normalize::WordClass;
use crate::compare::{Side, Sides, weights};
use crate::text::Span;

const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const NEAR_DAYS: &[&str] = &["today", "yesterday", "tomorrow", "tonight", "overnight"];
const PARTS: &[&str] = &["morning", "afternoon", "evening", "night", "noon"];
const MONTHS: &[&str] = &[
    "january",
    "jan",
    "february",
    "feb",
    "march",
    "mar",
    "april",
    "apr",
    "may",
    "june",
    "july",
    "august",
    "aug",
    "september",
    "sept",
    "october",
    "oct",
    "november",
    "nov",
    "december",
    "dec",
];
const SPANS: &[&str] = &[
    "week", "weekend", "month", "year", "quarter", "decade", "summer", "spring", "fall", "autumn",
    "winter",
];
const LATER: &[&str] = &["upcoming", "coming", "forthcoming", "soon", "shortly"];
const EARLIER: &[&str] = &["recent", "recently"];

/// What a time is set against.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scale {
    Day,
    Year,
    Later,
    Earlier,
}

/// Words that say when.
struct When {
    scale: Scale,
    /// Number of the first word in the passage.
    first: usize,
    span: Span,
    /// The day, the year, or the words; `None` for words that name no time ("upcoming").
    key: Option<String>,
    /// The part of the day.
    part: Option<String>,
}

/// Returns the times that the two passages put differently.
pub(super) fn find(view: &PairView<'_, '_>) -> Vec<Difference> {
    let times = Sides::new(times(view, Side::Left), times(view, Side::Right));
    let alone = Sides::new(Side::Left, Side::Right).map(|side| {
        let others = &times[side.other()];
        let alone = times[side].iter().filter(|time| !told_alike(time, others));
        alone.collect::<Vec<_>>()
    });
    let mut found = Vec::new();
    for left in alone.left {
        let right = alone.right.iter();
        for right in right.filter(|right| right.scale == left.scale) {
            let same_day = left.scale == Scale::Day && left.key == right.key;
            let words = Sides::new(left.first, right.first);
            if same_day || view.same_surroundings(words, weights::TIME_REACH) {
                let spans = Sides::new(Some(left.span), Some(right.span));
                found.push(view.difference(DifferenceKind::Time, spans));
            }
        }
    }
    found
}

/// Whether one of `others` says the same time, or both name none.
fn told_alike(one: &When, others: &[When]) -> bool {
    let mut others = others.iter().filter(|other| other.scale == one.scale);
    others.any(|other| other.key == one.key && other.part == one.part)
}

fn times(view: &PairView<'_, '_>, side: Side) -> Vec<When> {
    let words: Vec<Cow<str>> = view
        .words(side)
        .iter()
        .map(|token| view.written(side, token))
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((scale, length, key, part)) = time_at(view, side, &words, at) else {
            at += 1;
            continue;
        };
        let tokens = view.words(side).get(at..at + length).unwrap_or_default();
        found.extend(span_of(tokens).map(|span| When {
            scale,
            first: at,
            span,
            key,
            part,
        }));
        at += length;
    }
    found
}

type Found = (Scale, usize, Option<String>, Option<String>);

fn time_at(view: &PairView<'_, '_>, side: Side, words: &[Cow<str>], at: usize) -> Option<Found> {
    let word = |n: usize| words.get(at + n).map_or("", |word| &**word);
    let part = |n: usize| PARTS.contains(&word(n)).then(|| word(n).to_owned());
    let first = word(0);
    let key = || Some(first.to_owned());
    let day = first.strip_suffix("'s").unwrap_or(first);
    if DAYS.contains(&day) || NEAR_DAYS.contains(&day) {
        let length = 1 + usize::from(part(1).is_some());
        return Some((Scale::Day, length, Some(day.to_owned()), part(1)));
    }
    if MONTHS.contains(&first) && is_day_of_month(word(1)) {
        let date = format!("{} {}", &first[..3], word(1));
        return Some((Scale::Day, 2, Some(date), None));
    }
    if SPANS.contains(&word(1)) && matches!(first, "next" | "last" | "this") {
        let scale = if first == "last" {
            Scale::Earlier
        } else {
            Scale::Later
        };
        return Some((scale, 2, Some(format!("{first} {}", word(1))), None));
    }
    if LATER.contains(&first) {
        return Some((Scale::Later, 1, None, None));
    }
    if EARLIER.contains(&first) {
        return Some((Scale::Earlier, 1, None, None));
    }
    let token = view.words(side).get(at)?;
    let is_year = token.weight == WordClass::Number && is_year(first);
    let after = at.checked_sub(1).and_then(|before| words.get(before));
    (is_year && after.is_some_and(|word| matches!(&**word, "in" | "since" | "by" | "until")))
        .then(|| (Scale::Year, 1, key(), None))
}

fn is_day_of_month(word: &str) -> bool {
    word.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
}

fn is_year(word: &str) -> bool {
    word.parse::<u32>()
        .is_ok_and(|year| (1800..2100).contains(&year))
}
