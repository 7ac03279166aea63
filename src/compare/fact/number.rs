//! Reads numbers: in figures, in words, compound words, fractions, results, ordinals, and counts that give no number.

use super::report::{FactSentence, WordGap};
use super::words::WORDS;
use crate::compare::normalize::WordClass;

/// A number as a report gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FactNumber {
    /// In thousandths.
    Exact(u64),
    /// A part of a whole, in hundred-thousandths.
    Part(u64),
    /// A range or a result, the greater first.
    Score(u64, u64),
    /// A place in a row.
    Ordinal(u64),
    /// A count without a number, by its name: `hundreds`.
    Vague(&'static str),
}

impl FactNumber {
    pub(super) fn is_exact(self) -> bool {
        matches!(self, FactNumber::Exact(_))
    }

    /// Returns a plain number as the part that it is in percent.
    pub(super) fn in_percent(self) -> Self {
        match self {
            FactNumber::Exact(value) => FactNumber::Part(value),
            other => other,
        }
    }
}

/// Greatest number that is read; more is a serial number.
const GREATEST: f64 = 1e15;

/// Returns the number that begins at word `at`, and the place after it.
pub(super) fn read(
    sentence: &FactSentence<'_>,
    at: usize,
    text: &str,
) -> Option<(FactNumber, usize)> {
    let word = sentence.words.get(at)?;
    if let Some(found) = ordinal(sentence, at) {
        return Some(found);
    }
    if let Some(found) = fraction(sentence, at) {
        return Some(found);
    }
    if let Some(name) = WORDS.vague.of(&word.low) {
        return vague(sentence, at, name);
    }
    let (value, end) = cardinal(sentence, at)?;
    if let Some(found) = chance(sentence, value, end) {
        return Some(found);
    }
    if let Some(found) = score(sentence, value, end, text) {
        return Some(found);
    }
    Some((FactNumber::Exact(thousandths(value)?), end))
}

fn thousandths(value: f64) -> Option<u64> {
    (value < GREATEST).then_some((value * 1e3).round() as u64)
}

/// Reads `25`, `twenty-five`, `a dozen`, `two and a half million`, `3.5bn`, `one hundred and twenty`.
fn cardinal(sentence: &FactSentence<'_>, at: usize) -> Option<(f64, usize)> {
    let (mut value, mut end) = match small(sentence, at) {
        Some(found) => found,
        // "a hundred", "a million"
        None if matches!(sentence.low(at), "a" | "an") && scale(sentence, at + 1).is_some() => {
            (1.0, at + 1)
        }
        None if scale(sentence, at).is_some() && sentence.low(at).len() > 2 => (1.0, at),
        None => return None,
    };
    if sentence.low(end) == "and" && sentence.low(end + 1) == "a" && sentence.low(end + 2) == "half"
    {
        (value, end) = (value + 0.5, end + 3);
    }
    while let Some(by) = scale(sentence, end) {
        (value, end) = (value * by, end + 1);
        let rest = end + usize::from(sentence.low(end) == "and");
        let below = small(sentence, rest).filter(|(more, _)| *more < by && by < 1e3);
        // "a hundred and twenty", but not "three million and two people": only hundreds are told so.
        if let Some((more, after)) = below
            && is_spelled(sentence, rest)
        {
            (value, end) = (value + more, after);
        }
    }
    Some((value, end))
}

fn is_spelled(sentence: &FactSentence<'_>, at: usize) -> bool {
    let word = sentence.words.get(at);
    word.is_some_and(|word| word.follows() && !word.low.starts_with(|c: char| c.is_ascii_digit()))
}

fn scale(sentence: &FactSentence<'_>, at: usize) -> Option<f64> {
    let word = sentence.words.get(at)?;
    word.follows().then_some(())?;
    WORDS.scales.get(&*word.low).copied()
}

/// Reads figures, or a number below a hundred in words.
fn small(sentence: &FactSentence<'_>, at: usize) -> Option<(f64, usize)> {
    let word = sentence.words.get(at)?;
    if word.low.starts_with(|c: char| c.is_ascii_digit()) {
        return Some((figures(&word.low)?, at + 1));
    }
    let value = spelled(&word.low)?;
    let next = sentence.words.get(at + 1);
    let unit = next
        .filter(|next| next.follows())
        .and_then(|next| spelled(&next.low));
    match unit {
        Some(unit) if value >= 20.0 && unit < 10.0 => Some((value + unit, at + 2)),
        _ => Some((value, at + 1)),
    }
}

/// Reads `3,000.5`, and `3.5bn` with its scale.
fn figures(low: &str) -> Option<f64> {
    let plain: String = low.chars().filter(|&c| c != ',').collect();
    let end = plain.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (digits, suffix) = plain.split_at(end.unwrap_or(plain.len()));
    let scale = match suffix {
        "" => 1.0,
        suffix => *WORDS.scales.get(suffix)?,
    };
    digits.parse::<f64>().ok().map(|value| value * scale)
}

/// Returns the value of a number word below a hundred.
fn spelled(low: &str) -> Option<f64> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let unit = UNITS.iter().position(|&word| word == low);
    let ten = || {
        TENS.iter()
            .position(|&word| word == low)
            .map(|at| (at + 2) * 10)
    };
    unit.or_else(ten).map(|value| value as f64)
}

/// Reads `third`, `21st`, `twenty-first`.
fn ordinal(sentence: &FactSentence<'_>, at: usize) -> Option<(FactNumber, usize)> {
    let word = sentence.words.get(at)?;
    let low = &*word.low;
    let of = |low: &str| WORDS.ordinals.get(low).map(|&value| u64::from(value));
    if let Some(digits) = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| low.strip_suffix(end))
    {
        let value = digits.parse().ok();
        if let Some(value) = value {
            return Some((FactNumber::Ordinal(value), at + 1));
        }
    }
    if let Some(value) = of(low) {
        return Some((FactNumber::Ordinal(value), at + 1));
    }
    let tens = spelled(low).filter(|tens| *tens >= 20.0)?;
    let next = sentence
        .words
        .get(at + 1)
        .filter(|next| next.gap == WordGap::Hyphen)?;
    Some((FactNumber::Ordinal(tens as u64 + of(&next.low)?), at + 2))
}

/// Reads `half`, `two-thirds`, `a quarter of`.
fn fraction(sentence: &FactSentence<'_>, at: usize) -> Option<(FactNumber, usize)> {
    let low = sentence.low(at);
    let part = |over: f64, under: f64| FactNumber::Part((over / under * 1e5).round() as u64);
    if low == "half"
        && matches!(
            sentence.low(at + 1),
            "of" | "the" | "its" | "their" | "his" | "her" | "all"
        )
    {
        return Some((part(1.0, 2.0), at + 1));
    }
    let (over, rest) = match low {
        "a" | "an" | "one" => (1.0, at + 1),
        _ => (spelled(low)?, at + 1),
    };
    let word = sentence.words.get(rest).filter(|word| word.follows())?;
    let under = denominator(&word.low)?;
    let is_told = low != "a" && low != "an" && over < under || sentence.low(rest + 1) == "of";
    is_told.then_some((part(over, under), rest + 1))
}

/// Returns the number under the line of a fraction.
fn denominator(low: &str) -> Option<f64> {
    if matches!(low, "half" | "halves") {
        return Some(2.0);
    }
    let single = low.strip_suffix('s').unwrap_or(low);
    if single == "quarter" {
        return Some(4.0);
    }
    let value = WORDS.ordinals.get(single).filter(|value| **value > 2)?;
    Some(f64::from(*value))
}

/// Reads `1 in 3`, `one-in-three`.
fn chance(sentence: &FactSentence<'_>, over: f64, end: usize) -> Option<(FactNumber, usize)> {
    let word = sentence.words.get(end).filter(|word| word.follows())?;
    (word.low == "in").then_some(())?;
    let (under, after) = small(sentence, end + 1)?;
    let next = sentence.low(after);
    let is_part = over < under && under <= 100.0 && over >= 1.0 && !WORDS.lengths.contains(next);
    is_part.then(|| (FactNumber::Part((over / under * 1e5).round() as u64), after))
}

/// Reads `3-1`, `134 to 63`.
fn score(
    sentence: &FactSentence<'_>,
    one: f64,
    end: usize,
    text: &str,
) -> Option<(FactNumber, usize)> {
    let next = sentence.words.get(end)?;
    let dash = next.gap == WordGap::Hyphen || {
        let last = sentence.words.get(end.checked_sub(1)?)?;
        matches!(text.get(last.span.end..next.span.start)?, "–" | "—")
    };
    let at = if dash && next.class == WordClass::Number {
        end
    } else if next.low == "to" && next.gap == WordGap::Blank {
        end + 1
    } else {
        return None;
    };
    let word = sentence.words.get(at)?;
    let is_figures = |at: usize| sentence.low(at).starts_with(|c: char| c.is_ascii_digit());
    (is_figures(at) && is_figures(end.checked_sub(1)?)).then_some(())?;
    let other = figures(&word.low)?;
    let (one, other) = (thousandths(one)?, thousandths(other)?);
    Some((FactNumber::Score(one.max(other), one.min(other)), at + 1))
}

/// Reads `hundreds of`, `a handful of`, `several`.
fn vague(
    sentence: &FactSentence<'_>,
    at: usize,
    name: &'static str,
) -> Option<(FactNumber, usize)> {
    let next = sentence.words.get(at + 1)?;
    next.follows().then_some(())?;
    if next.low == "of" && WORDS.vague.of(sentence.low(at + 2)).is_some() {
        // "hundreds of thousands"
        return None;
    }
    Some((FactNumber::Vague(name), at + 1))
}
