//! The grammar of expressions: at each word every rule is tried, and the longest expression wins.
//!
//! Rules for days and dates are in [`day`], rules for longer periods in [`period`], counts in [`number`]. A rule that does
//! not fit returns `None` and may leave the reader anywhere; [`TimeReader::attempt`] brings it back.

mod day;
mod number;
mod period;

use std::ops::RangeInclusive;
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};

use crate::text::Span;
use crate::text::calendar;
use crate::text::word_lists::WordSet;

use super::tense::{self, Tense};
use super::tokens::{TimeTokens, may_list};
use super::value::TimeValue;

/// Words and marks that an expression may begin with, beside numbers in figures, months and weekdays.
static BEGINNINGS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::from(String::from(
        "the a an of this last next past previous following coming current same latest comparable each every its their \
         his her fiscal calendar - ' ’ ‘ end beginning middle start early late earlier later mid sometime today \
         yesterday tomorrow tonight noon midnight midday morning afternoon evening night year spring summer fall autumn \
         winter first second third fourth final another zero one two three four five six seven eight nine ten eleven \
         twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy \
         eighty ninety several few many more less at up as about nearly almost over around just some only roughly within \
         seconds minute minutes hour hours day days week weeks month months quarter quarters years decade decades century \
         centuries daily weekly monthly annually yearly twenties thirties forties fifties sixties seventies eighties \
         nineties right now currently presently nowadays these recently lately recent in",
    ))
});

/// Of these, the words and marks that make no expression alone or among themselves: it goes on with a word that begins one,
/// or with one of [`CONTINUATIONS`].
static LEADS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::from(String::from(
        "the a an of its their his her - ' ’ ‘ at up as about nearly almost over around just some only roughly within \
         more less in this",
    ))
});

/// Words and marks of [`LEADS`] after which no more are looked at; an expression begins with four at most, but for hyphens.
const MOST_LEADS: usize = 8;

/// Words with which an expression goes on after one of [`LEADS`] and that begin none.
static CONTINUATIONS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::from(String::from(
        "than to least most number couple dozen full hundred weekend present moment near",
    ))
});

/// A quarter of a year: the year, and a number from 1 to 4.
pub(super) type Quarter = (i32, u32);

/// A place in a paragraph that is read from front to back.
pub(super) struct TimeReader<'a> {
    tokens: &'a TimeTokens<'a>,
    /// The token that is read next.
    at: usize,
    published: Option<NaiveDate>,
    /// Whether the rule that is tried has asked for the day of publication.
    needs_day: bool,
    /// The quarter that was spoken of last: "a year earlier" in a report of earnings is the same quarter.
    quarter: Option<Quarter>,
}

impl<'a> TimeReader<'a> {
    const RULES: [fn(&mut TimeReader<'a>) -> Option<TimeValue>; 17] = [
        Self::full_date,
        Self::iso_date,
        Self::week_of_date,
        Self::clock_time,
        Self::near_day,
        Self::weekday,
        |reader| period::quarter_of_year(reader),
        |reader| period::year_ago(reader),
        |reader| period::period(reader),
        |reader| period::season(reader),
        |reader| period::month(reader),
        |reader| period::year_alone(reader),
        |reader| period::decade(reader),
        |reader| period::century(reader),
        |reader| period::ago(reader),
        |reader| period::length(reader),
        |reader| period::phrase(reader),
    ];

    pub(super) fn new(
        tokens: &'a TimeTokens<'a>,
        published: Option<NaiveDate>,
        quarter: Option<Quarter>,
    ) -> Self {
        Self {
            tokens,
            at: 0,
            published,
            needs_day: false,
            quarter,
        }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    /// Returns the quarter that was spoken of last, for the next paragraph.
    pub(super) fn quarter(&self) -> Option<Quarter> {
        self.quarter
    }

    /// Whether an expression may begin here; most words of a text begin none, and trying every rule at each costs twenty
    /// times as much as this.
    fn may_begin(&self) -> bool {
        let is_lead = |at: usize| LEADS.contains(self.tokens.word(at));
        let leads = (self.at..).take(MOST_LEADS).take_while(|&at| is_lead(at));
        let core = self.at + leads.count();
        self.is_beginning(core) || core > self.at && CONTINUATIONS.contains(self.tokens.word(core))
    }

    fn is_beginning(&self, at: usize) -> bool {
        let word = self.tokens.word(at);
        word.starts_with(|c: char| c.is_ascii_digit())
            || BEGINNINGS.contains(word)
            || (self.tokens.is_capital(at)
                && (calendar::english_month(word).is_some() || calendar::weekday(word).is_some()))
    }

    /// Reads the longest expression that begins here; its value is `None` where it needs a day that is not known.
    pub(super) fn expression(&mut self) -> Option<(Span, Option<TimeValue>)> {
        if !self.may_begin() {
            return None;
        }
        let start = self.at;
        let mut longest = None;
        let mut end = start;
        for rule in Self::RULES {
            self.at = start;
            self.needs_day = false;
            if let Some(value) = rule(self)
                && self.at > end
            {
                end = self.at;
                longest = Some((self.published.is_some() || !self.needs_day).then_some(value));
            }
        }
        self.at = start;
        let value = longest?;
        self.at = end;
        if let Some(TimeValue::Quarter(year, quarter)) = value {
            self.quarter = Some((year, quarter));
        }
        let span = Span::new(self.tokens.span(start).start, self.tokens.span(end - 1).end);
        Some((span, value))
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

    fn word_before(&self, back: usize) -> &'a str {
        let at = self.at.checked_sub(back);
        at.map_or("", |at| self.tokens.word(at))
    }

    /// Takes one of the phrases that `|` parts.
    fn take(&mut self, phrases: &'static str) -> Option<&'static str> {
        if !may_list(phrases, b'|', self.word()) {
            return None;
        }
        phrases.split('|').find(|phrase| {
            let mut words = phrase.split(' ').zip(self.at..);
            let fits = words.all(|(word, at)| self.tokens.word(at) == word);
            self.at += if fits { phrase.split(' ').count() } else { 0 };
            fits
        })
    }

    /// Takes one of `words`, which blanks part; returns its place among them, from 0.
    fn take_place(&mut self, words: &str) -> Option<u32> {
        if !may_list(words, b' ', self.word()) {
            return None;
        }
        let place = words.split(' ').position(|word| word == self.word())?;
        self.at += 1;
        u32::try_from(place).ok()
    }

    /// Takes any number of the words or marks that `|` parts.
    fn skip(&mut self, words: &'static str) {
        while self.take(words).is_some() {}
    }

    /// Takes a number with so many figures and in that range.
    fn take_number<T: FromStr + PartialOrd>(
        &mut self,
        figures: RangeInclusive<usize>,
        range: RangeInclusive<T>,
    ) -> Option<T> {
        let word = self.word();
        let number = word.parse().ok();
        let number = number.filter(|n| range.contains(n) && figures.contains(&word.len()))?;
        self.at += 1;
        Some(number)
    }

    /// Takes a month that is written with a capital, with its full stop.
    fn take_month(&mut self) -> Option<u32> {
        let month =
            calendar::english_month(self.word()).filter(|_| self.tokens.is_capital(self.at))?;
        let is_short = self.word().len() <= 4 && !matches!(self.word(), "may" | "june" | "july");
        self.at += 1;
        if is_short {
            self.take(".");
        }
        Some(month)
    }

    /// Takes a year in four figures.
    fn take_year(&mut self) -> Option<i32> {
        self.take_number(4..=4, 1500..=2099)
    }

    /// Takes words that narrow a period: `late`, `the end of`, `earlier`.
    fn skip_modifier(&mut self) {
        let part = |reader: &mut Self| {
            reader.take("the");
            reader.take("end of|beginning of|middle of|start of")
        };
        if self.attempt(part).is_none()
            && self.take("early|late|earlier|later|mid|sometime").is_some()
        {
            self.skip("-|in|on");
        }
    }

    /// Returns the tense of the words around the tokens from `from` to here.
    fn tense_from(&self, from: usize) -> Option<Tense> {
        tense::tense_around(self.tokens, from, self.at)
    }

    /// Returns the day of publication; where that is not known the value of the rule that asks does not count.
    fn today(&mut self) -> NaiveDate {
        self.needs_day = true;
        self.published.unwrap_or_default()
    }

    /// Returns the year of publication.
    fn this_year(&mut self) -> i32 {
        self.today().year()
    }
}

/// Returns the quarter of `day`.
fn quarter_of(day: NaiveDate) -> Quarter {
    (day.year(), day.month0() / 3 + 1)
}

/// Returns the month or quarter `later` ones on from number `part` of `year`, which has `parts` of them.
fn parts_later(year: i32, part: u32, parts: i32, later: i32) -> (i32, u32) {
    let all = year * parts + part.cast_signed() - 1 + later;
    let part = all.rem_euclid(parts).cast_unsigned() + 1;
    (all.div_euclid(parts), part)
}
