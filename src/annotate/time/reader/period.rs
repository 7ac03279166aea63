//! Longer than a day: weeks, months, quarters, seasons, years, lengths, and words like `recently`.

use chrono::Datelike;

use super::day::days_later;
use super::{TimeReader, parts_later, quarter_of};
use crate::annotate::time::tense::Tense;
use crate::annotate::time::tokens::has_word;
use crate::annotate::time::value::{TimeAmount, TimeUnit, TimeValue};

/// Words before a month that show that it is one: `May` and `March` are other words too.
const BEFORE_MONTH: &str =
    "in since by until through from of during for to and ended ending last this next late early";

/// Words for what is counted after a number that looks like a year.
const COUNTED: &str = "% pounds people miles feet shares troops tons tonnes points dollars men women workers jobs votes \
    homes employees students percent per metres meters km";

/// Years from which a number alone is rather a count of something.
const LAST_YEAR_ALONE: i32 = 2049;

/// Months ahead in which a month without a year may still be to come, when the tense does not say so.
const MONTHS_AHEAD: u32 = 3;

impl TimeReader<'_> {
    /// `the third quarter of 2024`, `third-quarter`, `this year's first half`, `the 1988 quarter`, `the latest quarter`.
    pub(super) fn quarter_of_year(&mut self) -> Option<TimeValue> {
        let start = self.at;
        self.take("the|its|their|his|her");
        let before = self.attempt(Self::year_of_quarter);
        self.skip("fiscal|-");
        let ordinal = match self.ordinal() {
            Some(ordinal) => ordinal,
            None if self.take("last half").is_some() => {
                self.at -= 1;
                2
            }
            None => return self.quarter_spoken_of(before, start),
        };
        self.skip("fiscal|-");
        let is_half = self.take("quarter|half")? == "half";
        let after = self.attempt(|reader| {
            reader.take("of")?;
            reader.year_of_quarter()
        });
        if is_half {
            let year = before.or(after).unwrap_or_else(|| self.this_year());
            return Some(TimeValue::Half(year, ordinal.min(2)));
        }
        let year = before.or(after).unwrap_or_else(|| {
            let (year, current) = quarter_of(self.today());
            // Reports of earnings speak of quarters that are over.
            let is_over = ordinal > current + 1 && self.tense_from(start) != Tense::Future;
            year - i32::from(is_over)
        });
        Some(TimeValue::Quarter(year, ordinal))
    }

    /// `1988`, `this year's`, `last year`, `year-ago`: the year of a quarter.
    fn year_of_quarter(&mut self) -> Option<i32> {
        if let Some(year) = self.take_year() {
            return Some(year);
        }
        if self.take("year - ago|year - earlier").is_some() {
            return Some(self.this_year() - 1);
        }
        self.take("the");
        let later = match self.take("this|last|next|current|previous") {
            Some("last" | "previous") => -1,
            Some("next") => 1,
            _ => 0,
        };
        self.take("fiscal");
        self.take("year")?;
        self.skip("'|’|s");
        Some(self.this_year() + later)
    }

    /// `the quarter`, `the latest quarter`, `the year-ago quarter`, `the 1988 quarter`: the one spoken of, or the current one.
    fn quarter_spoken_of(&mut self, year: Option<i32>, start: usize) -> Option<TimeValue> {
        let is_latest = self.take("latest|same|comparable").is_some();
        let is_definite = is_latest || year.is_some() || self.word_before(1) == "the";
        let is_quarter = self.take("quarter|period")? == "quarter";
        if !is_definite || !(is_quarter || year.is_some()) || self.at <= start + 1 {
            return None;
        }
        if self.word() == "of" {
            return None;
        }
        let spoken = self.quarter;
        let (spoken_year, quarter) = spoken.unwrap_or_else(|| quarter_of(self.today()));
        Some(TimeValue::Quarter(year.unwrap_or(spoken_year), quarter))
    }

    /// `a year earlier`, `a year ago`, `year-ago`: the same quarter, where quarters are spoken of.
    pub(super) fn year_ago(&mut self) -> Option<TimeValue> {
        self.take("a|the");
        self.take("year")?;
        self.skip("-");
        self.take("ago|earlier")?;
        Some(match self.quarter {
            Some((year, quarter)) => TimeValue::Quarter(year - 1, quarter),
            None => TimeValue::Year(self.this_year() - 1),
        })
    }

    /// `last week`, `earlier this month`, `the past year`, `next fall`, `the weekend`.
    pub(super) fn period(&mut self) -> Option<TimeValue> {
        self.skip_modifier();
        let is_definite = self.take("the").is_some();
        let which = self.take("last|past|this|next|previous|coming|current|following|same|latest");
        let later = match which {
            Some("last" | "past" | "previous") => -1,
            Some("next" | "coming" | "following") => 1,
            None if is_definite && matches!(self.word(), "weekend" | "week") => 0,
            None => return None,
            Some(_) => 0,
        };
        self.skip("fiscal|calendar");
        if self.take("weekend").is_some() {
            return self.weekend(later, which.is_some());
        }
        if let Some(season) = self.season_name() {
            let year = self.published.map(|day| day.year() + later);
            return Some(TimeValue::Season(year, season));
        }
        let is_plural = self.word().ends_with('s');
        let unit = self.unit()?;
        if is_plural || (unit == TimeUnit::Day && later == 0) {
            return None;
        }
        if which.is_none() && matches!(self.word(), "of" | "before" | "after") {
            return None;
        }
        // `the past year` is a length, `the last century` is the nineteenth or twentieth.
        let is_length = is_definite && matches!(which, Some("past" | "last" | "next"));
        if is_length && unit != TimeUnit::Century {
            return Some(TimeValue::Length(TimeAmount::Whole(1), unit));
        }
        self.period_later(unit, later)
    }

    fn weekend(&mut self, later: i32, is_named: bool) -> Option<TimeValue> {
        let today = self.today();
        // On a Monday "the weekend" is the one that was.
        let is_over = !is_named && today.weekday().num_days_from_monday() < 2;
        let later = i64::from(later) - i64::from(is_over);
        let week = days_later(today, 7 * later)?.iso_week();
        Some(TimeValue::Weekend(week.year(), week.week()))
    }

    /// Returns the week, month, quarter or year `later` from the one of publication.
    fn period_later(&mut self, unit: TimeUnit, later: i32) -> Option<TimeValue> {
        let today = self.today();
        let year = today.year();
        Some(match unit {
            TimeUnit::Day => TimeValue::Day(days_later(today, i64::from(later))?),
            TimeUnit::Week => TimeValue::week_of(days_later(today, 7 * i64::from(later))?),
            TimeUnit::Month => {
                let (year, month) = parts_later(year, today.month(), 12, later);
                TimeValue::Month(year, month)
            }
            TimeUnit::Quarter => {
                let (year, quarter) = parts_later(year, quarter_of(today).1, 4, later);
                TimeValue::Quarter(year, quarter)
            }
            TimeUnit::Year => TimeValue::Year(year + later),
            TimeUnit::Decade => TimeValue::Decade(year.div_euclid(10) + later),
            TimeUnit::Century => TimeValue::Century(year.div_euclid(100) + later),
            TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => TimeValue::Day(today),
        })
    }

    /// `in the summer`, `the summer of 2024`, `this fall`.
    pub(super) fn season(&mut self) -> Option<TimeValue> {
        let is_led = has_word("in over during since by upcoming", self.word_before(1));
        self.take("the");
        self.skip_modifier();
        let season = self.season_name()?;
        if self.word() == "of" && self.tokens.word(self.at + 1).len() != 4 {
            return None;
        }
        let year = self.attempt(|reader| {
            reader.take("of");
            reader.take_year()
        });
        let this_year = self.published.map(|day| day.year());
        (year.is_some() || is_led).then(|| TimeValue::Season(year.or(this_year), season))
    }

    /// `August 1988`, `last April`, `late November`, `in May`.
    pub(super) fn month(&mut self) -> Option<TimeValue> {
        let start = self.at;
        self.skip_modifier();
        self.take("of");
        let which = self.take("last|this|next|past");
        let is_led = self.at > start || has_word(BEFORE_MONTH, self.word_before(1));
        let is_plain = !matches!(self.word(), "may" | "march" | "august") && self.word().len() > 3;
        let month = self.take_month()?;
        if !is_led && !is_plain && self.word().len() != 4 {
            return None;
        }
        let year = self.attempt(|reader| {
            reader.skip(",|of");
            reader.take_year().or_else(|| reader.spelled_year())
        });
        if let Some(year) = year {
            return Some(TimeValue::Month(year, month));
        }
        // A name: `April Jones`, `Jan Kavan`.
        let is_short = self.word_before(1).len() <= 3 && self.word_before(1) != "may";
        let is_name =
            (!is_led || is_short) && self.tokens.is_capital(self.at) && self.word().len() > 1;
        let is_counted = self.word().starts_with(|c: char| c.is_ascii_digit());
        if is_name || is_counted || !(is_led || is_plain) {
            return None;
        }
        let tense = self.tense_from(start);
        let today = self.today();
        let later = years_to_month(today.month(), month, which, tense);
        Some(TimeValue::Month(today.year() + later, month))
    }

    /// `1990`, `fiscal 1988`, `the end of 2026`, `nineteen ninety-seven`.
    pub(super) fn year_alone(&mut self) -> Option<TimeValue> {
        self.skip_modifier();
        self.take("the");
        self.skip("fiscal|calendar");
        self.take("year");
        let is_part = has_word("$ £ € , . : # / -", self.word_before(1));
        let is_prefixed = has_word("mid post pre", self.word_before(2));
        if is_part && self.tokens.touches(self.at) && !is_prefixed {
            return None;
        }
        if let Some(year) = self.attempt(Self::spelled_year) {
            return Some(TimeValue::Year(year));
        }
        let year = self.take_year().filter(|year| *year <= LAST_YEAR_ALONE)?;
        let goes_on = self.tokens.touches(self.at)
            && (self.word().starts_with(char::is_alphabetic)
                || (has_word(", . - / ' ’", self.word()) && self.tokens.touches(self.at + 1)));
        (!goes_on && !has_word(COUNTED, self.word())).then_some(TimeValue::Year(year))
    }

    /// `the 1980s`, `early '90s`, `the nineties`.
    pub(super) fn decade(&mut self) -> Option<TimeValue> {
        self.take("the");
        self.skip_modifier();
        if let Some(decade) = self.spelled_decade() {
            return Some(TimeValue::Decade(decade));
        }
        let is_short = self.take("'|’|‘").is_some() || self.word_before(1) == "the";
        let decade = match self.take_number(4..=4, 1500..=2099) {
            Some(year) => year,
            None => 1900 + self.take_number(2..=2, 20..=90).filter(|_| is_short)?,
        };
        self.take("'|’");
        let is_plural = self.tokens.touches(self.at) && self.take("s").is_some();
        (is_plural && decade % 10 == 0).then_some(TimeValue::Decade(decade / 10))
    }

    fn spelled_decade(&mut self) -> Option<i32> {
        let is_led = has_word("the early late mid -", self.word_before(1));
        let names = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties";
        let place = names.split('|').position(|name| name == self.word())?;
        self.at += 1;
        let place = i32::try_from(place).ok()?;
        is_led.then_some(192 + place)
    }

    /// `the 20th century`.
    pub(super) fn century(&mut self) -> Option<TimeValue> {
        self.take("the");
        self.skip_modifier();
        let number = self.take_number(1..=2, 1..=30)?;
        self.take("st|nd|rd|th")?;
        self.skip("-");
        self.take("century")?;
        Some(TimeValue::Century(number - 1))
    }

    /// `two weeks ago`, `several years earlier`, `a month from now`.
    pub(super) fn ago(&mut self) -> Option<TimeValue> {
        self.skip_about();
        let amount = self.amount()?;
        let unit = self.unit()?;
        let is_past = matches!(self.take("ago|earlier|hence|from now")?, "ago" | "earlier");
        let TimeAmount::Whole(count) = amount else {
            return Some(if is_past {
                TimeValue::Past
            } else {
                TimeValue::Future
            });
        };
        let later = if is_past {
            -count.cast_signed()
        } else {
            count.cast_signed()
        };
        match unit {
            TimeUnit::Decade => Some(TimeValue::Year(self.this_year() + 10 * later)),
            unit => self.period_later(unit, later),
        }
    }

    /// Takes `about`, `more than`, `at least`.
    fn skip_about(&mut self) {
        self.take("more than|less than|at least|up to|as many as|at most|about|nearly|almost|over|around|just|some|only|roughly|within");
    }

    /// `five years`, `a four-day trip`, `the past two months`, `the first nine months`, `for years`, `every day`, `daily`.
    pub(super) fn length(&mut self) -> Option<TimeValue> {
        if let Some(unit) = self.attempt(Self::repeated) {
            return Some(TimeValue::Every(unit));
        }
        self.skip_about();
        self.take("the");
        self.take("last|past|next|first|final|previous|another|latest|coming");
        // `four flights a week` says how often, not how long.
        if self.word_before(1).ends_with('s') && matches!(self.word(), "a" | "an") {
            return None;
        }
        let Some(amount) = self.amount() else {
            return self.unknown_length();
        };
        self.skip("-|more|additional|trading|full|straight|consecutive");
        let is_plural = self.word().ends_with('s');
        let unit = self.unit()?;
        let is_half = self.take("and a half").is_some();
        // `a second group`, `three-quarters of`, `44-year-old`, `700 seats a week`.
        let is_part = unit == TimeUnit::Quarter
            && (!is_plural || self.word() == "of" || self.word_before(2) == "-");
        let is_ordinal = unit == TimeUnit::Second && !is_plural;
        let is_name = is_plural && self.tokens.is_capital(self.at - 1);
        if is_part || is_ordinal || is_name || self.take("old|- old").is_some() {
            return None;
        }
        Some(match amount {
            TimeAmount::Whole(count) if is_half => TimeValue::Length(TimeAmount::Half(count), unit),
            amount => TimeValue::Length(amount, unit),
        })
    }

    /// `every day`, `each year`, `daily`, `annually`.
    fn repeated(&mut self) -> Option<TimeUnit> {
        if self.take("every|each").is_some() {
            self.take("other");
            let is_plural = self.word().ends_with('s');
            return self.unit().filter(|_| !is_plural);
        }
        Some(match self.take("daily|weekly|monthly|annually|yearly")? {
            "daily" => TimeUnit::Day,
            "weekly" => TimeUnit::Week,
            "monthly" => TimeUnit::Month,
            _ => TimeUnit::Year,
        })
    }

    /// `weeks`, `decades-long`; not the hours and minutes of other phrases.
    fn unknown_length(&mut self) -> Option<TimeValue> {
        use TimeUnit::{Hour, Minute, Quarter, Second};
        let is_plural = self.word().ends_with('s');
        let unit = self.unit()?;
        let is_counted = self.word_before(2) == "of"
            && has_word("hundreds thousands dozens matter", self.word_before(3));
        let is_other = matches!(unit, Second | Minute | Hour | Quarter) || self.word() == "old";
        (is_plural && !is_counted && !is_other)
            .then_some(TimeValue::Length(TimeAmount::Unknown, unit))
    }

    /// Words that point to no place on the calendar.
    pub(super) fn phrase(&mut self) -> Option<TimeValue> {
        let present =
            "right now|now|currently|at present|presently|nowadays|at the moment|these days";
        if self.take(present).is_some() {
            return Some(TimeValue::Present);
        }
        let past = "recently|lately|recent years|recent months|recent weeks|recent days";
        if self.take(past).is_some() {
            return Some(TimeValue::Past);
        }
        if self.take("in the past").is_some() {
            // `in the past two months` is a length.
            let is_length = self.amount().is_some() || self.unit().is_some();
            return (!is_length).then_some(TimeValue::Past);
        }
        if self.take("the near future").is_some() {
            return Some(TimeValue::Future);
        }
        self.take("the");
        let year_end = |reader: &mut Self| {
            reader.take("year")?;
            reader.skip("-|'|’|s");
            reader.take("end")
        };
        if self.attempt(year_end).is_some() {
            return Some(TimeValue::Year(self.this_year()));
        }
        self.skip("fiscal");
        self.take("year ended")?;
        self.at -= 1;
        Some(TimeValue::Length(TimeAmount::Whole(1), TimeUnit::Year))
    }
}

/// Returns the years from this one to the year of a month that stands without one.
fn years_to_month(now: u32, month: u32, which: Option<&str>, tense: Tense) -> i32 {
    match which {
        Some("last" | "past") if month >= now => -1,
        Some("next") if month <= now => 1,
        Some(_) => 0,
        None if month < now => i32::from(tense == Tense::Future),
        // A month to come this year, unless it is far and the words speak of what was.
        None if month > now + MONTHS_AHEAD && tense != Tense::Future => -1,
        None => 0,
    }
}
