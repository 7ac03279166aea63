//! Reads the quantities of a report: a number in figures or words, its hedge, its unit, what it counts and what was done to them.

use super::number::{self, FactNumber};
use super::report::{FactReport, FactSentence, WordGap};
use super::words::WORDS;
use crate::annotate::time::TimeValue;
use crate::compare::normalize::{TermId, WordClass};
use crate::text::Span;
use crate::text::calendar;

/// Words of what is counted that are looked at.
const NOUN_WORDS: usize = 3;
/// Words before a number in which the deed stands (`the death toll rose to 12`), and after it (`12 people were killed`).
const DEED_REACH: (usize, usize) = (5, 4);
/// Words before a number in which a toll is told: `the death toll from the storm in the north rose to 12`.
const TOLL_REACH: usize = 12;
/// Words after an ordinal that say what it counts.
const ORDINAL_REACH: usize = 6;

/// One quantity of a report.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    /// Number of its sentence.
    pub(super) sentence: usize,
    pub(super) number: FactNumber,
    pub(super) unit: QuantityUnit,
    /// The sign of its currency, or of a percentage.
    pub(super) sign: Option<char>,
    /// The sense of the words before it: `about`, `above`.
    pub(super) hedge: Option<&'static str>,
    /// The things that it counts, in order; names of groups or stems.
    pub(super) things: Vec<CountedThing>,
    /// The deed that was done to them.
    pub(super) deed: Option<&'static str>,
    /// Numbers of its first word and of the one after its last: with hedge and unit, without what it counts.
    pub(super) core: (usize, usize),
    /// The number of the word after what it counts.
    end: usize,
    /// The same in the text.
    pub(super) span: Span,
    pub(super) is_quoted: bool,
}

/// The unit of a quantity: only quantities of one unit are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuantityUnit {
    Money,
    /// Percentages and fractions.
    Part,
    Things,
    /// The time that something takes.
    Length,
    Age,
    /// A result in figures: `3-1`.
    Score,
    /// A place in a row: the fourth person.
    Ordinal,
}

/// A word for what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CountedThing {
    /// Any of the words of a group.
    Group(&'static str),
    Term(TermId),
}

/// Returns the quantities of a report, in order.
pub(super) fn quantities(report: &FactReport<'_>) -> Vec<Quantity> {
    let mut found = Vec::new();
    for (number, sentence) in report.sentences.iter().enumerate() {
        let mut at = 0;
        while at < sentence.words.len() {
            let read = read_at(report, sentence, at);
            at = read.as_ref().map_or(at + 1, |read| read.end.max(at + 1));
            found.extend(read.map(|read| Quantity {
                sentence: number,
                ..read
            }));
        }
    }
    found
}

fn read_at(report: &FactReport<'_>, sentence: &FactSentence<'_>, at: usize) -> Option<Quantity> {
    let (number, end) = number::read(sentence, at, report.text)?;
    let first = sentence.words.get(at)?;
    if is_time(report, first.span) || is_name(sentence, at, number) {
        return None;
    }
    let (unit, end) = unit(report, sentence, number, at, end)?;
    let (hedge, start) = hedge(sentence, at);
    let (things, noun_end) = match unit {
        QuantityUnit::Score | QuantityUnit::Age => (Vec::new(), end),
        QuantityUnit::Ordinal => ordinal_things(sentence, end),
        QuantityUnit::Length => {
            let unit = end.checked_sub(1).and_then(|at| sentence.words.get(at));
            let (mut counted, noun_end) = things(sentence, end);
            counted.extend(unit.map(|unit| CountedThing::Term(unit.term)));
            (counted, noun_end)
        }
        _ => things(sentence, end),
    };
    if unit == QuantityUnit::Things && things.is_empty() && deed(sentence, at, end).is_none() {
        return None;
    }
    let mut span = sentence.span_of(start, noun_end);
    widen_to_signs(report.text, sentence.words.get(at)?.span, &mut span);
    Some(Quantity {
        sentence: 0,
        number,
        unit,
        sign: sign(report.text, first.span, unit),
        hedge,
        things,
        deed: deed(sentence, at, end),
        core: (
            start,
            if unit == QuantityUnit::Things {
                noun_end
            } else {
                end
            },
        ),
        end: noun_end,
        span,
        is_quoted: first.is_quoted,
    })
}

/// Whether the word is part of a date or of another point in time; lengths of time are quantities.
fn is_time(report: &FactReport<'_>, word: Span) -> bool {
    report.times_in(word).iter().any(|hit| {
        let is_length = matches!(hit.value, Some(TimeValue::Length(..)));
        !is_length && hit.span.contains(word)
    })
}

/// Whether the number is a name (`Flight 370`, `No. 2`), a day or a year.
fn is_name(sentence: &FactSentence<'_>, at: usize, number: FactNumber) -> bool {
    let Some(word) = sentence.words.get(at) else {
        return true;
    };
    let before = at.checked_sub(1).and_then(|at| sentence.words.get(at));
    let is_year = matches!(number, FactNumber::Exact(value) if (1_900_000..2_100_000).contains(&value))
        && word.low.len() == 4
        && !word.low.contains(',');
    let after_name = before.is_some_and(|before| {
        let joined = word.follows();
        let capital = before.is_capital && at > 1 && word.class == WordClass::Number;
        joined
            && (calendar::english_month(&before.low).is_some()
                || WORDS.no_counts.contains(&before.low)
                || capital && before.is_content())
    });
    is_year || after_name && number.is_exact()
}

/// Returns the unit of a number and the end of the words that name it.
fn unit(
    report: &FactReport<'_>,
    sentence: &FactSentence<'_>,
    number: FactNumber,
    at: usize,
    end: usize,
) -> Option<(QuantityUnit, usize)> {
    let last = sentence.words.get(end.checked_sub(1)?)?.span.end;
    let first = sentence.words.get(at)?.span.start;
    let before = report.text.get(..first)?;
    let after = report.text.get(last..)?;
    let next = sentence.words.get(end);
    let low = next.map_or("", |word| &*word.low);
    let found = match number {
        FactNumber::Ordinal(_) => (QuantityUnit::Ordinal, end),
        FactNumber::Score(..) => (QuantityUnit::Score, end),
        FactNumber::Part(_) => (QuantityUnit::Part, end),
        _ if before.ends_with(['$', '€', '£', '¥']) => (QuantityUnit::Money, end),
        _ if WORDS.currencies.contains(low) => (QuantityUnit::Money, end + 1),
        _ if after.starts_with('%') => (QuantityUnit::Part, end),
        _ if matches!(low, "percent" | "pct") => (QuantityUnit::Part, end + 1),
        _ if low == "percentage" => (QuantityUnit::Part, end + 2),
        _ if low == "per" && sentence.low(end + 1) == "cent" => (QuantityUnit::Part, end + 2),
        _ if is_age(sentence, at, end) => (QuantityUnit::Age, end),
        _ if WORDS.lengths.contains(low) => (QuantityUnit::Length, end + 1),
        _ => (QuantityUnit::Things, end),
    };
    Some((found.0, found.1.min(sentence.words.len())))
}

/// Returns the sign of a currency before a number, or that of a percentage.
fn sign(text: &str, number: Span, unit: QuantityUnit) -> Option<char> {
    let before = text.get(..number.start)?.chars().next_back();
    match unit {
        QuantityUnit::Money => before.filter(|sign| matches!(sign, '$' | '€' | '£' | '¥')),
        QuantityUnit::Part => Some('%'),
        _ => None,
    }
}

/// Whether the number is somebody's age: `61-year-old`, `aged 61`, `Ann Roe, 61,`.
fn is_age(sentence: &FactSentence<'_>, at: usize, end: usize) -> bool {
    let old = matches!(sentence.low(end), "year" | "years") && sentence.low(end + 1) == "old";
    let between = |word: usize| {
        let word = sentence.words.get(word);
        word.is_none_or(|word| matches!(word.gap, WordGap::Comma | WordGap::Mark))
    };
    let name = at
        .checked_sub(1)
        .and_then(|before| sentence.words.get(before));
    let beside_name = name.is_some_and(|name| name.is_capital) && between(at) && between(end);
    old || matches!(sentence.low_before(at, 1), "aged" | "age") || beside_name
}

/// Returns the sense of the words before a number and the place where they begin.
fn hedge(sentence: &FactSentence<'_>, at: usize) -> (Option<&'static str>, usize) {
    // "a dozen", "an estimated 40": the article before them belongs to them.
    for count in (1..=3).rev() {
        let Some(start) = at.checked_sub(count) else {
            continue;
        };
        let words = sentence.range(start, at).iter();
        if words.clone().skip(1).any(|word| word.gap == WordGap::Mark) {
            continue;
        }
        let joined = words.map(|word| &*word.low).collect::<Vec<_>>().join("-");
        if let Some(sense) = WORDS.hedges.of(&joined) {
            return (Some(sense), start);
        }
    }
    (None, at)
}

/// Returns what is counted, and the place after it.
fn things(sentence: &FactSentence<'_>, from: usize) -> (Vec<CountedThing>, usize) {
    let mut things = Vec::new();
    let mut end = from;
    for (at, word) in sentence.words.iter().enumerate().skip(from) {
        let leads = things.is_empty() && WORDS.before_nouns.contains(&word.low);
        if !word.follows() || things.len() == NOUN_WORDS {
            break;
        }
        if leads {
            continue;
        }
        if !word.is_content() || WORDS.boundaries.contains(&word.low) {
            break;
        }
        end = at + 1;
        // A deed is no part of the name: "12 people drowned".
        if WORDS.deeds.of(&word.low).is_some() {
            break;
        }
        things.push(thing(&word.low, word.term));
    }
    (things, end)
}

/// Returns the words of content after an ordinal.
fn ordinal_things(sentence: &FactSentence<'_>, from: usize) -> (Vec<CountedThing>, usize) {
    let mut things = Vec::new();
    let mut end = from;
    for (at, word) in sentence
        .words
        .iter()
        .enumerate()
        .skip(from)
        .take(ORDINAL_REACH)
    {
        let parts = matches!(&*word.low, "and" | "or" | "but") && !things.is_empty();
        if matches!(word.gap, WordGap::Mark | WordGap::Comma)
            || parts
            || word.class == WordClass::Number
        {
            break;
        }
        if word.is_content() && !WORDS.lengths.contains(&word.low) {
            things.push(thing(&word.low, word.term));
            end = if things.len() <= NOUN_WORDS {
                at + 1
            } else {
                end
            };
        }
    }
    (things, end)
}

pub(super) fn thing(low: &str, term: TermId) -> CountedThing {
    let group = WORDS.things.of(low);
    group.map_or(CountedThing::Term(term), CountedThing::Group)
}

/// Returns what was done to those who are counted: the nearest such word before the number, else after it.
fn deed(sentence: &FactSentence<'_>, at: usize, end: usize) -> Option<&'static str> {
    let parts = |word: &&super::report::FactWord<'_>| {
        word.class != WordClass::Number && word.low != "and" && word.gap != WordGap::Mark
    };
    let of = |word: &super::report::FactWord<'_>| WORDS.deeds.of(&word.low);
    let after = sentence.range(end, end + DEED_REACH.1).iter();
    let after = after.take_while(parts).find_map(of);
    let before = sentence
        .range(at.saturating_sub(DEED_REACH.0), at)
        .iter()
        .rev();
    let before = before.take_while(|word| word.class != WordClass::Number && word.low != "and");
    let toll = sentence.range(at.saturating_sub(TOLL_REACH), at).iter();
    let toll = toll.filter(|word| word.low == "toll").find_map(of);
    let near = before.clone().take(2).find_map(of);
    near.or(after)
        .or_else(|| before.clone().find_map(of))
        .or(toll)
}

/// Takes the signs that belong to a number into its span: `C$12`, `25%`.
fn widen_to_signs(text: &str, number: Span, span: &mut Span) {
    if span.start == number.start {
        let before = text.get(..number.start).unwrap_or_default();
        let sign = before.strip_suffix(['$', '€', '£', '¥', '−']);
        let start = sign.map_or(before, |rest| {
            rest.trim_end_matches(|c: char| c.is_ascii_uppercase())
        });
        span.start = start.len();
    }
    if text
        .get(span.end..)
        .is_some_and(|rest| rest.starts_with('%'))
    {
        span.end += 1;
    }
}
