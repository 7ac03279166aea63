//! Finds times where the two sides are not equally precise or disagree: days with parts of the day, years, words for sooner and later.
//!
//! Another day in a corresponding passage mostly belongs to something else ("said Wednesday that he had called on Monday"), so times are
//! set against each other only where the words around them are the same, or one is the other said more precisely.

use std::cell::OnceCell;

use chrono::NaiveDate;

use super::pair_view::PairView;
use super::{Difference, DifferenceKind};
use crate::annotate::time::{TimeHit, TimeValue, find_times};
use crate::compare::similarity::words_in;
use crate::compare::{Document, Side, Sides, weights};
use crate::text::Span;

/// Scale on which two times can be compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TimeScale {
    Day,
    Year,
    Later,
    Earlier,
}

/// A time that a passage tells.
#[derive(Clone)]
pub(super) struct ToldTime<'d> {
    scale: TimeScale,
    /// Number of its first word in the passage.
    first: usize,
    span: Span,
    words: &'d str,
    /// Its meaning; `None` for words that name no time ("upcoming").
    value: Option<TimeValue>,
}

/// Returns the times that the two passages put differently.
pub(super) fn find<'d>(view: &PairView<'_, 'd>, known: &PassageTimes<'d>) -> Vec<Difference> {
    let times = Sides::from_fn(|side| passage_times(view, known, side));
    let alone = Sides::from_fn(|side: Side| {
        let others = &times[side.other()];
        let is_alone = |time: &&ToldTime<'_>| !others.iter().any(|other| is_same(time, other));
        times[side].iter().filter(is_alone).collect::<Vec<_>>()
    });
    let mut found = Vec::new();
    for left in alone.left {
        for right in alone.right.iter().filter(|right| right.scale == left.scale) {
            let same_day = day_of(left).is_some() && day_of(left) == day_of(right);
            let words = Sides::new(left.first, right.first);
            if same_day || view.same_surroundings(words, weights::TIME_REACH) {
                found.push(view.between(DifferenceKind::Time, left.span, right.span));
            }
        }
    }
    found
}

/// Whether both say the same time, or neither names one.
fn is_same(one: &ToldTime<'_>, other: &ToldTime<'_>) -> bool {
    // The tense around "Saturday night" is not always understood: the same words mean the same night.
    one.scale == other.scale && (one.value == other.value || one.words == other.words)
}

fn day_of(time: &ToldTime<'_>) -> Option<NaiveDate> {
    match time.value? {
        TimeValue::Day(day) | TimeValue::DayPart(day, _) | TimeValue::Clock(day, ..) => Some(day),
        _ => None,
    }
}

/// The times of every passage, once they are looked for.
pub(super) type PassageTimes<'d> = Sides<Vec<OnceCell<Vec<ToldTime<'d>>>>>;

/// Returns a place for the times of every passage.
pub(super) fn unread_times<'d>(documents: &Sides<Document<'d>>) -> PassageTimes<'d> {
    documents
        .as_ref()
        .map(|document| vec![OnceCell::new(); document.passages.len()])
}

/// Returns the times that the passage of a side tells; they are looked for once, as a passage may stand in many pairs.
fn passage_times<'a, 'd>(
    view: &PairView<'_, 'd>,
    known: &'a PassageTimes<'d>,
    side: Side,
) -> &'a [ToldTime<'d>] {
    let cell = known[side].get(view.at[side]);
    cell.map_or(&[], |cell| cell.get_or_init(|| told_times(view, side)))
}

fn told_times<'d>(view: &PairView<'_, 'd>, side: Side) -> Vec<ToldTime<'d>> {
    let published = view.documents.as_ref().map(|document| document.published);
    // A day that is not known is the same for both sides, as all that counts is whether they agree.
    let other = published[side.other()].unwrap_or_default();
    let day = published[side].unwrap_or(other);
    let hits = find_times(view.text(side), &[view.passage(side)], Some(day));
    let named = hits.iter().filter_map(|hit| named_time(view, side, hit));
    let mut found: Vec<ToldTime<'_>> = named.collect();
    for (first, token) in view.words(side).iter().enumerate() {
        let scale = match &*view.written(side, token) {
            "upcoming" | "coming" | "forthcoming" | "soon" | "shortly" => TimeScale::Later,
            "recent" | "recently" => TimeScale::Earlier,
            _ => continue,
        };
        if !found.iter().any(|time| time.span.contains(token.span)) {
            found.push(ToldTime {
                scale,
                first,
                span: token.span,
                words: token.span.of(view.text(side)),
                value: None,
            });
        }
    }
    found
}

/// Returns the time of an expression, if it is one that two sides can be compared by.
fn named_time<'d>(view: &PairView<'_, 'd>, side: Side, hit: &TimeHit) -> Option<ToldTime<'d>> {
    let words = view.words(side);
    let within = words_in(words, hit.span);
    let first = within.start;
    let has = |wanted: &str| {
        let mut within = words.get(within.clone()).unwrap_or_default().iter();
        within.any(|word| view.written(side, word) == wanted)
    };
    let scale = match hit.value? {
        TimeValue::Day(_) | TimeValue::DayPart(..) | TimeValue::Clock(..) => TimeScale::Day,
        TimeValue::Length(..) | TimeValue::Every(_) => return None,
        _ if has("last") => TimeScale::Earlier,
        _ if has("next") || has("this") => TimeScale::Later,
        TimeValue::Year(_) => {
            let before = words.get(first.checked_sub(1)?)?;
            let leads = ["in", "since", "by", "until"];
            let is_named = leads.contains(&&*view.written(side, before));
            is_named.then_some(TimeScale::Year)?
        }
        _ => return None,
    };
    Some(ToldTime {
        scale,
        first,
        span: hit.span,
        words: hit.span.of(view.text(side)),
        value: hit.value,
    })
}
