//! Finds times that two reports give differently for the same: another day or hour, a more precise one, another distance to an event.

use chrono::{Datelike, NaiveDate};

use super::FactReports;
use super::finding::{FactFinding, confidence_of};
use super::report::{FactReport, FactSentence, WordGap};
use super::words::WORDS;
use crate::annotate::time::{TimeHit, TimeValue};
use crate::compare::normalize::TermId;
use crate::compare::{DifferenceKind, DifferenceWeight, Side, Sides};
use crate::text::Span;

/// Sentences less near are not looked at.
const NEAR_LEAST: f32 = 0.25;
/// Words around a time, on each side, among which some must be the same.
const REACH: usize = 5;

/// A time that a report tells.
#[derive(Clone, Debug)]
struct ToldTime<'d> {
    span: Span,
    /// Numbers of its first word in the sentence and of the one after its last.
    words: (usize, usize),
    written: &'d str,
    /// Its meaning; `None` for words that name no time ("upcoming").
    value: Option<TimeValue>,
    /// True if it only says that something is to come, or is over: "next year", "upcoming".
    direction: Option<TimeDirection>,
    is_quoted: bool,
}

impl<'d> ToldTime<'d> {
    /// Returns the hour of a day, where the hour follows the day: `Sept. 3 at 9 a.m.`
    fn joined(&self, next: &Self, sentence: &FactSentence<'d>, text: &'d str) -> Option<Self> {
        let between = sentence.range(self.words.1, next.words.0);
        let follows = between.len() <= 1 && between.iter().all(|word| word.low == "at");
        let value = match (self.value?, next.value?) {
            (TimeValue::Day(day), TimeValue::Clock(_, hour, minute)) if follows => {
                TimeValue::Clock(day, hour, minute)
            }
            _ => return None,
        };
        let span = Span::new(self.span.start, next.span.end);
        Some(Self {
            span,
            words: (self.words.0, next.words.1),
            written: span.of(text),
            value: Some(value),
            ..self.clone()
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TimeDirection {
    Later,
    Earlier,
}

/// The way in which two times differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TimeRelation {
    /// One is the other, said more precisely.
    Finer,
    /// Another time on the same scale.
    Other,
    /// Other words for sooner or later.
    Words,
}

/// Returns the times that two reports put differently.
pub(super) fn find(reports: &FactReports<'_, '_>) -> Vec<FactFinding> {
    let all = Sides::from_fn(|side| told_times(&reports.sides[side]));
    let mut found = Vec::new();
    for &(at, near) in reports.pairs_from(NEAR_LEAST) {
        let sentence = |side: Side| reports.sides[side].sentence(at[side]);
        let (Some(left), Some(right)) = (sentence(Side::Left), sentence(Side::Right)) else {
            continue;
        };
        if left.is_in_both || right.is_in_both {
            continue;
        }
        let sentences = Sides::new(left, right);
        for one in &all.left[at.left] {
            for other in &all.right[at.right] {
                let both = Sides::new(one, other);
                found.extend(against(reports, &all, (at, near), sentences, both));
            }
        }
    }
    found
}

/// The times of each sentence of a report.
type SentenceTimes<'d> = Vec<Vec<ToldTime<'d>>>;

fn told_times<'d>(report: &FactReport<'d>) -> SentenceTimes<'d> {
    let sentences = report.sentences.iter();
    sentences
        .map(|sentence| sentence_times(report, sentence))
        .collect()
}

fn sentence_times<'d>(report: &FactReport<'d>, sentence: &FactSentence<'d>) -> Vec<ToldTime<'d>> {
    let hits = report.times_in(sentence.span).iter();
    let told = hits.filter_map(|hit| told_time(report, sentence, hit));
    let mut found = Vec::<ToldTime<'d>>::new();
    for time in told {
        match found
            .last()
            .and_then(|last| last.joined(&time, sentence, report.text))
        {
            Some(whole) => {
                found.pop();
                found.push(whole);
            }
            None => found.push(time),
        }
    }
    for (at, word) in sentence.words.iter().enumerate() {
        let direction = match &*word.low {
            "upcoming" | "coming" | "forthcoming" | "soon" | "shortly" => TimeDirection::Later,
            "recent" | "recently" => TimeDirection::Earlier,
            _ => continue,
        };
        if !found.iter().any(|time| time.span.contains(word.span)) {
            found.push(ToldTime {
                span: word.span,
                words: (at, at + 1),
                written: word.span.of(report.text),
                value: None,
                direction: Some(direction),
                is_quoted: word.is_quoted,
            });
        }
    }
    found
}

fn told_time<'d>(
    report: &FactReport<'d>,
    sentence: &FactSentence<'d>,
    hit: &TimeHit,
) -> Option<ToldTime<'d>> {
    let value = hit.value?;
    let is_relative = has_word(
        hit.span.of(report.text),
        &["ago", "earlier", "later", "before"],
    );
    let is_open = is_relative
        || matches!(
            value,
            TimeValue::Length(..)
                | TimeValue::Every(_)
                | TimeValue::Present
                | TimeValue::Past
                | TimeValue::Future
        );
    let first = sentence
        .words
        .partition_point(|word| word.span.end <= hit.span.start);
    let end = sentence
        .words
        .partition_point(|word| word.span.start < hit.span.end);
    let words = sentence.range(first, end);
    let has = |low: &str| words.iter().any(|word| word.low == low);
    let is_day = day(value).is_some();
    let direction = match () {
        () if is_day => None,
        () if has("last") => Some(TimeDirection::Earlier),
        () if has("next") || has("this") => Some(TimeDirection::Later),
        () => None,
    };
    // "the 2016 election" names an election.
    let leads =
        WORDS.before_years.contains(sentence.low_before(first, 1)) && sentence.low(first) != "the";
    let names = matches!(value, TimeValue::Year(_)) && !leads;
    (!is_open && (!names || direction.is_some())).then(|| ToldTime {
        span: hit.span,
        words: (first, end),
        written: hit.span.of(report.text),
        value: Some(value),
        direction,
        is_quoted: words.first().is_some_and(|word| word.is_quoted),
    })
}

fn has_word(written: &str, words: &[&str]) -> bool {
    written.split_whitespace().any(|word| words.contains(&word))
}

/// Whether all words of one expression are in the other: the tense around them was understood otherwise, not the time.
fn is_part(one: &str, other: &str) -> bool {
    one.split_whitespace().all(|word| has_word(other, &[word]))
}

fn against(
    reports: &FactReports<'_, '_>,
    all: &Sides<SentenceTimes<'_>>,
    (at, near): (Sides<usize>, f32),
    sentences: Sides<&FactSentence<'_>>,
    both: Sides<&ToldTime<'_>>,
) -> Option<FactFinding> {
    let is_wording = both.left.is_quoted && both.right.is_quoted;
    // The tense around "Saturday night" is not always understood: the same words mean the same night.
    let same = both.left.written == both.right.written;
    if is_wording || same {
        return None;
    }
    let relation = relation(both)?;
    let known = Side::BOTH
        .into_iter()
        .any(|side| knows(&all[side], at[side], relation, both[side.other()]));
    (!known).then_some(())?;
    let around = around(reports, sentences, both);
    let said = Side::BOTH
        .into_iter()
        .all(|side| is_said(sentences[side], both[side]));
    Some(FactFinding {
        kind: DifferenceKind::Time,
        at,
        spans: both.map(|time| time.span),
        confidence: confidence(
            relation,
            near,
            around,
            said,
            both_clocks(both.left, both.right),
        ),
        score: near + around / 4.0,
        weight: weight(relation),
        words: None,
        common: String::new(),
    })
}

fn relation(both: Sides<&ToldTime<'_>>) -> Option<TimeRelation> {
    if both.left.direction.is_some()
        && both.left.direction == both.right.direction
        && both.left.value != both.right.value
    {
        return Some(TimeRelation::Words);
    }
    let (one, other) = (both.left.value?, both.right.value?);
    if one == other {
        return None;
    }
    let is_open = both.left.direction.is_some() || both.right.direction.is_some();
    let written = both.map(|time| time.written);
    let is_part = is_part(written.left, written.right) || is_part(written.right, written.left);
    if !is_open && (is_part || holds(one, other) || holds(other, one)) {
        return Some(TimeRelation::Finer);
    }
    let alike = match (one, other) {
        (TimeValue::Clock(day, ..), TimeValue::Clock(of, ..)) => day == of,
        _ => {
            std::mem::discriminant(&one) == std::mem::discriminant(&other)
                || day(one).is_some() && day(other).is_some()
        }
    };
    let clocks = matches!((one, other), (TimeValue::Clock(..), TimeValue::Clock(..)));
    (alike || clocks).then_some(TimeRelation::Other)
}

/// Whether `one` is a longer time that has `other` in it.
fn holds(one: TimeValue, other: TimeValue) -> bool {
    let Some(within) = day(other) else {
        return match (one, other) {
            (
                TimeValue::Year(year),
                TimeValue::Month(of, _)
                | TimeValue::Quarter(of, _)
                | TimeValue::Season(Some(of), _),
            ) => year == of,
            _ => false,
        };
    };
    match one {
        TimeValue::Day(day) => day == within && !matches!(other, TimeValue::Day(_)),
        TimeValue::DayPart(day, _) => day == within && matches!(other, TimeValue::Clock(..)),
        TimeValue::Month(year, month) => (year, month) == (within.year(), within.month()),
        TimeValue::Year(year) => year == within.year(),
        _ => false,
    }
}

fn day(value: TimeValue) -> Option<NaiveDate> {
    match value {
        TimeValue::Day(day) | TimeValue::DayPart(day, _) | TimeValue::Clock(day, ..) => Some(day),
        _ => None,
    }
}

/// Whether the report has the other's time too: in the same sentence where one is only more precise, else anywhere.
fn knows(
    times: &SentenceTimes<'_>,
    number: usize,
    relation: TimeRelation,
    other: &ToldTime<'_>,
) -> bool {
    let is_it = |time: &ToldTime<'_>| {
        let days = time.value.and_then(day).zip(other.value.and_then(day));
        let same_day =
            relation == TimeRelation::Other && days.is_some_and(|(one, other)| one == other);
        time.value.is_some() && time.value == other.value || same_day && !both_clocks(time, other)
    };
    let here = times.get(number).into_iter().flatten();
    match relation {
        TimeRelation::Other => times.iter().flatten().any(is_it),
        // A clock time that the report tells nearby, perhaps another, is set against the clock time.
        _ if is_clock(other) => around_clock(times, number),
        _ => here.into_iter().any(is_it),
    }
}

fn both_clocks(one: &ToldTime<'_>, other: &ToldTime<'_>) -> bool {
    is_clock(one) && is_clock(other)
}

fn is_clock(time: &ToldTime<'_>) -> bool {
    matches!(time.value, Some(TimeValue::Clock(..)))
}

/// Whether a sentence or one beside it tells a time of the clock.
fn around_clock(times: &SentenceTimes<'_>, number: usize) -> bool {
    let end = times.len().min(number + 2);
    let near = times
        .get(number.saturating_sub(1).min(end)..end)
        .unwrap_or_default();
    near.iter().flatten().any(is_clock)
}

/// Returns the rarity of the words around both times, in units of a word of one sentence.
fn around(
    reports: &FactReports<'_, '_>,
    sentences: Sides<&FactSentence<'_>>,
    both: Sides<&ToldTime<'_>>,
) -> f32 {
    let terms = Sides::from_fn(|side| {
        let (first, end) = both[side].words;
        let before = sentences[side]
            .range(first.saturating_sub(REACH), first)
            .iter();
        let after = sentences[side].range(end, end + REACH).iter();
        let after = after.take_while(|word| word.gap != WordGap::Mark);
        let content = before.chain(after).filter(|word| word.is_content());
        content.map(|word| word.term).collect::<Vec<TermId>>()
    });
    let mut shared = terms.left;
    shared.retain(|term| terms.right.contains(term));
    shared.sort_unstable();
    shared.dedup();
    shared
        .into_iter()
        .map(|term| reports.near.rarity(term))
        .sum()
}

/// Whether the time is that of saying something: "said Monday".
fn is_said(sentence: &FactSentence<'_>, time: &ToldTime<'_>) -> bool {
    let first = time.words.0;
    (1..=2).any(|back| WORDS.sayings.contains(sentence.low_before(first, back)))
        || WORDS.sayings.contains(sentence.low(time.words.1))
}

fn confidence(relation: TimeRelation, near: f32, around: f32, said: bool, clocks: bool) -> f32 {
    let sure = match relation {
        TimeRelation::Finer => near >= 0.5 && around >= 0.2 || near >= 0.8,
        TimeRelation::Other if said => near >= 0.9,
        TimeRelation::Other if clocks => near >= 0.5 && around >= 0.3,
        TimeRelation::Other => near >= 0.6 && around >= 0.5,
        TimeRelation::Words => near >= 0.35 && around >= 0.2,
    };
    confidence_of(sure)
}

fn weight(relation: TimeRelation) -> DifferenceWeight {
    match relation {
        TimeRelation::Other => DifferenceWeight::Main,
        _ => DifferenceWeight::Minor,
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::DifferenceKind;
    use crate::compare::fact::tests::told;

    fn times(left: &str, right: &str) -> Vec<String> {
        told(DifferenceKind::Time, left, right)
    }

    #[test]
    fn another_day_and_another_hour_are_other_times() {
        let left = "The steel duty starts on Sept. 3 at 9 a.m., the ministry said.";
        let right = "The steel duty starts on 4 September at 9 p.m., the ministry said.";
        assert_eq!(times(left, right).len(), 1);
    }

    #[test]
    fn one_day_written_in_two_ways_is_no_difference() {
        let left = "The steel duty starts on Sept. 3, 2025, the ministry said.";
        let right = "The steel duty starts on 3 September 2025, the ministry said.";
        assert_eq!(times(left, right), [""; 0]);
    }

    #[test]
    fn a_part_of_the_day_is_more_precise() {
        let left = "The minister called the Marlow port on Monday about the strike.";
        let right = "The minister called the Marlow port on Monday evening about the strike.";
        assert_eq!(times(left, right), ["time: A Monday, B Monday evening"]);
    }

    #[test]
    fn another_year_is_another_time() {
        let left = "Solis has led the dockers union in Marlow since 2002.";
        let right = "Solis has led the dockers union in Marlow since 2003.";
        assert_eq!(times(left, right), ["time: A 2002, B 2003"]);
    }

    #[test]
    fn a_year_in_a_name_is_no_time() {
        let left = "Solis lost the 2016 election in Marlow to Holt.";
        let right = "Solis lost the 2017 election in Marlow to Holt.";
        assert_eq!(times(left, right), [""; 0]);
    }
}
