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
use foldhash::{HashMap, HashMapExt as _};

use crate::text::Span;
use crate::text::calendar;
use crate::text::word_lists::WordSet;

use super::tense::{self, Tense};
use super::tokens::{TimeTokens, may_list};
use super::value::TimeValue;

/// A rule, with what its expressions begin with: most words of a text begin none, and each rule costs a look at many lists.
struct TimeRule {
    read: fn(&mut TimeReader<'_>) -> Option<TimeValue>,
    beginnings: &'static [&'static str],
}

/// Stand for numbers in figures, for months and for weekdays with a capital, among [`TimeRule::beginnings`].
const FIGURES: &str = "0";
const MONTHS: &str = "January";
const WEEKDAYS: &str = "Monday";
const MODIFIERS: &str = "the end beginning middle start early late earlier later mid sometime";
const ABOUT: &str =
    "more less at up as about nearly almost over around just some only roughly within";
const COUNTS: &str = "0 a an several few many zero one two three four five six seven eight nine ten eleven twelve thirteen \
    fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety";
const UNITS: &str = "second seconds minute minutes hour hours day days week weeks month months quarter quarters year years \
    decade decades century centuries";

const RULES: [TimeRule; 17] = [
    rule(|reader| reader.full_date(), &[FIGURES, MONTHS, WEEKDAYS]),
    rule(|reader| reader.iso_date(), &[FIGURES]),
    rule(|reader| reader.week_of_date(), &["the week"]),
    rule(
        |reader| reader.clock_time(),
        &[FIGURES, "noon midnight midday"],
    ),
    rule(
        |reader| reader.near_day(),
        &[
            MODIFIERS,
            "morning afternoon evening night today yesterday tomorrow tonight this last",
        ],
    ),
    rule(
        |reader| reader.weekday(),
        &[
            WEEKDAYS,
            "each every early late earlier later the this last next past previous following coming",
        ],
    ),
    rule(
        period::quarter_of_year,
        &[
            FIGURES,
            "the its their his her this last next current previous fiscal year - first second third fourth",
            "latest same comparable quarter",
        ],
    ),
    rule(period::year_ago, &["a the year"]),
    rule(
        period::period,
        &[
            MODIFIERS,
            "last past this next previous coming current following same latest",
        ],
    ),
    rule(
        period::season,
        &[MODIFIERS, "spring summer fall autumn winter"],
    ),
    rule(
        period::month,
        &[MODIFIERS, MONTHS, "of last this next past"],
    ),
    rule(
        period::year_alone,
        &[
            MODIFIERS,
            FIGURES,
            "fiscal calendar year two nineteen twenty",
        ],
    ),
    rule(
        period::decade,
        &[
            MODIFIERS,
            FIGURES,
            "twenties thirties forties fifties sixties seventies eighties nineties ' ’ ‘",
        ],
    ),
    rule(period::century, &[MODIFIERS, FIGURES]),
    rule(period::ago, &[ABOUT, COUNTS]),
    rule(
        period::length,
        &[
            ABOUT,
            COUNTS,
            UNITS,
            "every each daily weekly monthly annually yearly",
            "the last past next first final previous another latest coming",
        ],
    ),
    rule(
        period::phrase,
        &[
            "right now currently at presently nowadays these recently lately recent in the year fiscal",
        ],
    ),
];

const fn rule(
    read: fn(&mut TimeReader<'_>) -> Option<TimeValue>,
    beginnings: &'static [&'static str],
) -> TimeRule {
    TimeRule { read, beginnings }
}

/// For each word and mark that an expression may begin with, the rules that it may be of: a bit for each.
static BEGINNINGS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut rules = HashMap::new();
    for (number, rule) in RULES.iter().enumerate() {
        let words = rule.beginnings.iter().flat_map(|words| words.split(' '));
        for word in words {
            *rules.entry(word).or_default() |= 1 << number;
        }
    }
    rules
});

/// Words and marks of these that make no expression alone or among themselves: it goes on with a word that begins one,
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

    /// Returns the rules whose expressions may begin here, a bit for each.
    fn rules_here(&self) -> u32 {
        let rules = rules_of(self.tokens, self.at);
        let is_lead = |at: usize| LEADS.contains(self.tokens.word(at));
        if rules == 0 || !is_lead(self.at) {
            return rules;
        }
        let leads = (self.at..).take(MOST_LEADS).take_while(|&at| is_lead(at));
        let core = self.at + leads.count();
        let goes_on = CONTINUATIONS.contains(self.tokens.word(core));
        match goes_on || rules_of(self.tokens, core) != 0 {
            true => rules,
            false => 0,
        }
    }

    /// Reads the longest expression that begins here; its value is `None` where it needs a day that is not known.
    pub(super) fn expression(&mut self) -> Option<(Span, Option<TimeValue>)> {
        let rules = self.rules_here();
        if rules == 0 {
            return None;
        }
        let start = self.at;
        let mut longest = None;
        let mut end = start;
        let may_fit = |number: &usize| rules >> number & 1 == 1;
        for rule in (0..RULES.len()).filter(may_fit) {
            self.at = start;
            self.needs_day = false;
            if let Some(value) = (RULES[rule].read)(self)
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

/// Returns the rules whose expressions may begin with token `at`, a bit for each.
fn rules_of(tokens: &TimeTokens<'_>, at: usize) -> u32 {
    let of = |beginning: &str| BEGINNINGS.get(beginning).copied().unwrap_or_default();
    let word = tokens.word(at);
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return of(FIGURES);
    }
    match of(word) {
        0 if !tokens.is_capital(at) => 0,
        0 if calendar::english_month(word).is_some() => of(MONTHS),
        0 if calendar::weekday(word).is_some() => of(WEEKDAYS),
        rules => rules,
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
