//! The grammar of expressions: at each word every rule is tried, and the longest expression wins.
//!
//! Rules for days and dates are here, rules for longer stretches in [`stretch`]. A rule that does not fit leaves the reader
//! where it was.

mod day;
mod number;
mod stretch;

use chrono::{Datelike, NaiveDate};

use crate::text::Span;
use crate::text::calendar;

use super::tense::{self, Tense};
use super::tokens::Tokens;
use super::when::TimeValue;

/// What a rule found: the meaning, or that it hangs on a day that is not known.
type Sense = Option<TimeValue>;

/// A place in a paragraph that is read from front to back.
pub(super) struct Reader<'a> {
    tokens: &'a Tokens,
    at: usize,
    today: Option<NaiveDate>,
    /// The quarter that was spoken of last: "a year earlier" in a report of earnings is the same quarter.
    quarter: Option<(i32, u32)>,
}

impl<'a> Reader<'a> {
    const RULES: [fn(&mut Self) -> Option<Sense>; 17] = [
        Self::whole_date,
        Self::iso_date,
        Self::week_of,
        Self::clock,
        Self::near_day,
        Self::weekday,
        Self::quarter_of,
        Self::year_ago,
        Self::period,
        Self::season,
        Self::month_of,
        Self::year_alone,
        Self::decade,
        Self::century,
        Self::ago,
        Self::length,
        Self::phrase,
    ];

    pub(super) fn new(
        tokens: &'a Tokens,
        today: Option<NaiveDate>,
        quarter: Option<(i32, u32)>,
    ) -> Self {
        Self {
            tokens,
            at: 0,
            today,
            quarter,
        }
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    pub(super) fn quarter(&self) -> Option<(i32, u32)> {
        self.quarter
    }

    /// Reads the longest expression that begins here.
    pub(super) fn expression(&mut self) -> Option<(Span, Sense)> {
        let start = self.at;
        let mut best: Option<(usize, Sense)> = None;
        for rule in Self::RULES {
            self.at = start;
            if let Some(sense) = rule(self)
                && best.is_none_or(|best| best.0 < self.at)
            {
                best = Some((self.at, sense));
            }
        }
        self.at = start;
        let (end, sense) = best?;
        self.at = end;
        if let Some(TimeValue::Quarter(year, quarter)) = sense {
            self.quarter = Some((year, quarter));
        }
        let span = Span::new(self.tokens.span(start).start, self.tokens.span(end - 1).end);
        Some((span, sense))
    }

    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = before;
        }
        found
    }

    fn word(&self) -> &'a str {
        self.tokens.word(self.at)
    }

    fn before(&self, back: usize) -> &'a str {
        self.at
            .checked_sub(back)
            .map_or("", |at| self.tokens.word(at))
    }

    /// Takes one of `words`.
    fn take(&mut self, words: &[&'static str]) -> Option<&'static str> {
        let word = self.word();
        let found = words.iter().find(|known| **known == word)?;
        self.at += 1;
        Some(found)
    }

    /// Takes the words of `phrase` one after another.
    fn take_all(&mut self, phrase: &str) -> Option<()> {
        self.attempt(|reader| {
            for word in phrase.split(' ') {
                if reader.word() != word {
                    return None;
                }
                reader.at += 1;
            }
            Some(())
        })
    }

    /// Takes a mark, if it is there.
    fn skip(&mut self, marks: &[&'static str]) {
        while self.take(marks).is_some() {}
    }

    /// Takes a month that is written with a capital, with its full stop.
    fn month(&mut self) -> Option<u32> {
        let month =
            calendar::english_month(self.word()).filter(|_| self.tokens.is_capital(self.at))?;
        let short = self.word().len() <= 4 && !matches!(self.word(), "may" | "june" | "july");
        self.at += 1;
        if short {
            self.take(&["."]);
        }
        Some(month)
    }

    /// Takes a year in four figures.
    fn year(&mut self) -> Option<i32> {
        let word = self.word();
        let year = word
            .parse()
            .ok()
            .filter(|year| word.len() == 4 && (1500..2100).contains(year))?;
        self.at += 1;
        Some(year)
    }

    /// Takes words that narrow a stretch: `late`, `the end of`, `earlier`.
    fn modifier(&mut self) {
        let part = |reader: &mut Self| {
            reader.take(&["the"]);
            reader.take(&["end", "beginning", "middle", "start"])?;
            reader.take(&["of"])
        };
        if self.attempt(part).is_some() {
            return;
        }
        let narrow = |reader: &mut Self| {
            reader.take(&["early", "late", "earlier", "later", "mid", "sometime"])?;
            reader.skip(&["-", "in", "on"]);
            Some(())
        };
        self.attempt(narrow);
    }

    fn tense(&self, from: usize) -> Tense {
        tense::around(self.tokens, from, self.at)
    }

    /// Returns what `of` makes of the day of publication.
    fn today(&self, of: impl FnOnce(NaiveDate) -> Option<TimeValue>) -> Sense {
        self.today.and_then(of)
    }

    /// Returns the year of publication, `later` years on.
    fn this_year(&self, later: i32) -> Sense {
        self.today(|today| Some(TimeValue::Year(today.year() + later)))
    }
}

/// Returns the quarter of `day`.
fn quarter_of(day: NaiveDate) -> (i32, u32) {
    (day.year(), day.month0() / 3 + 1)
}

/// Returns the month `later` months on.
fn month_later(year: i32, month: u32, later: i32) -> (i32, u32) {
    let months = year
        .saturating_mul(12)
        .saturating_add_unsigned(month.saturating_sub(1))
        .saturating_add(later);
    (
        months.div_euclid(12),
        u32::try_from(months.rem_euclid(12)).unwrap_or_default() + 1,
    )
}

/// Returns the quarter `later` quarters on.
fn quarter_later((year, quarter): (i32, u32), later: i32) -> TimeValue {
    let quarters = year
        .saturating_mul(4)
        .saturating_add_unsigned(quarter.saturating_sub(1))
        .saturating_add(later);
    TimeValue::Quarter(
        quarters.div_euclid(4),
        u32::try_from(quarters.rem_euclid(4)).unwrap_or_default() + 1,
    )
}
