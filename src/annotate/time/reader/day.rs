//! Days: dates, weekdays, `yesterday`, times of the clock.

use chrono::{Datelike, Days, NaiveDate};

use super::TimeReader;
use crate::annotate::time::tense::Tense;
use crate::annotate::time::tokens::has_word;
use crate::annotate::time::value::{DayPart, TimeValue};
use crate::text::calendar;

/// Words after a number that make it a count, not a day.
const COUNTED: &str = "% percent per million billion points people";

impl TimeReader<'_> {
    /// `Thursday, Aug. 7, 2025`, `Aug. 7`, `7 August 2025`; without a year the nearest.
    pub(super) fn full_date(&mut self) -> Option<TimeValue> {
        // `the year ended March 31` was, however near the next March is.
        let has_ended = self.word_before(1) == "ended";
        self.attempt(|reader| {
            reader.weekday_name()?;
            reader.skip(",|the");
            Some(())
        });
        let date = self.attempt(Self::month_day);
        let (month, day) = date.or_else(|| self.attempt(Self::day_month))?;
        if has_word(COUNTED, self.word()) || self.is_before_figures() {
            return None;
        }
        let year = self.attempt(|reader| {
            reader.skip(",|of");
            reader.take_year()
        });
        if let Some(year) = year {
            return NaiveDate::from_ymd_opt(year, month, day).map(TimeValue::Day);
        }
        let today = self.today();
        let near = nearest_date(today, month, day)?;
        let last = near.with_year(near.year() - 1);
        let last = last.filter(|_| has_ended && near > today);
        Some(TimeValue::Day(last.unwrap_or(near)))
    }

    fn month_day(&mut self) -> Option<(u32, u32)> {
        let month = self.take_month()?;
        Some((month, self.day_of_month()?))
    }

    fn day_month(&mut self) -> Option<(u32, u32)> {
        let day = self.day_of_month()?;
        self.take("of");
        Some((self.take_month()?, day))
    }

    fn day_of_month(&mut self) -> Option<u32> {
        let day = self.take_number(1..=2, 1..=31)?;
        if self.tokens.touches(self.at) {
            self.take("st|nd|rd|th");
        }
        Some(day)
    }

    /// Whether the number that was taken last is an hour or the start of a larger number.
    fn is_before_figures(&self) -> bool {
        matches!(self.word(), ":" | ",")
            && self.tokens.touches(self.at)
            && self.tokens.touches(self.at + 1)
    }

    /// `2025-09-03`, `2025-09-03T10:15`.
    pub(super) fn iso_date(&mut self) -> Option<TimeValue> {
        let year = self.take_year()?;
        self.take("-")?;
        let month = self.take_number(1..=2, 1..=12)?;
        self.take("-")?;
        let day = self.take_number(1..=2, 1..=31)?;
        NaiveDate::from_ymd_opt(year, month, day).map(TimeValue::Day)
    }

    /// `the week of March 6`.
    pub(super) fn week_of_date(&mut self) -> Option<TimeValue> {
        self.take("the week of|week of")?;
        match self.full_date()? {
            TimeValue::Day(day) => Some(TimeValue::week_of(day)),
            _ => None,
        }
    }

    /// `10:35 a.m. Friday`, `5 p.m. EST Nov. 9`, `midnight Friday`, `noon`.
    pub(super) fn clock_time(&mut self) -> Option<TimeValue> {
        let leads = "at by until before after around from since";
        let is_led = has_word(leads, self.word_before(1));
        let figures = self.attempt(Self::clock_figures);
        let (hour, minute) = match figures {
            Some(time) => time,
            None if self.take("midnight").is_some() => (24, 0),
            None => self.take("noon|midday").map(|_| (12, 0))?,
        };
        let on = self.attempt(|reader| {
            reader.take("eastern time|local time|est|edt|et|cst|cdt|mst|mdt|pst|pdt|gmt|utc|bst");
            reader.skip(",|on");
            let date = reader.attempt(Self::full_date);
            date.or_else(|| reader.attempt(Self::weekday))
                .or_else(|| reader.near_day())
        });
        let day = match on {
            Some(TimeValue::Day(day) | TimeValue::DayPart(day, _)) => day,
            // `High Noon` is a film.
            None if figures.is_none() && !is_led => return None,
            _ => self.today(),
        };
        Some(TimeValue::Clock(day, hour, minute))
    }

    fn clock_figures(&mut self) -> Option<(u32, u32)> {
        let hour: u32 = self.take_number(1..=2, 1..=12)?;
        let minute = self.attempt(|reader| {
            reader.take(":")?;
            reader.take_number(1..=2, 0..=59)
        });
        let half = self.take("a . m|p . m|a m|p m|am|pm")?;
        if self.tokens.touches(self.at) {
            self.take(".");
        }
        let noon = if half.starts_with('p') { 12 } else { 0 };
        Some((hour % 12 + noon, minute.unwrap_or(0)))
    }

    /// `yesterday`, `late tomorrow`, `this morning`, `mid-afternoon yesterday`, `tonight`.
    pub(super) fn near_day(&mut self) -> Option<TimeValue> {
        self.skip_modifier();
        let part = self.day_part();
        let (later, night) = match self.take("today|yesterday|tomorrow|tonight|this|last")? {
            "this" => return self.part_of_day(0),
            "last" if self.word() == "night" => return self.part_of_day(-1),
            "last" => return None,
            "yesterday" => (-1, None),
            "tomorrow" => (1, None),
            "tonight" => (0, Some(DayPart::Night)),
            _ => (0, None),
        };
        let part = part.or(night).or_else(|| self.day_part());
        Some(value_of(days_later(self.today(), later)?, part))
    }

    fn part_of_day(&mut self, later: i64) -> Option<TimeValue> {
        self.skip("early|late");
        let part = self.day_part()?;
        Some(value_of(days_later(self.today(), later)?, Some(part)))
    }

    /// Takes a part of a day.
    fn day_part(&mut self) -> Option<DayPart> {
        Some(match self.take("morning|afternoon|evening|night")? {
            "morning" => DayPart::Morning,
            "afternoon" => DayPart::Afternoon,
            "evening" => DayPart::Evening,
            _ => DayPart::Night,
        })
    }

    fn weekday_name(&mut self) -> Option<u32> {
        let day = calendar::weekday(self.word()).filter(|_| self.tokens.is_capital(self.at))?;
        let is_short = self.word().len() <= 5;
        // `Sun` and `Mon` alone are names; a date follows the short ones.
        let next = self.tokens.word(self.at + 1);
        if is_short && calendar::english_month(next).is_none() && !matches!(next, "." | ",") {
            return None;
        }
        self.at += 1;
        if is_short {
            self.take(".");
        }
        Some(day)
    }

    /// `Monday`, `last Friday`, `late Thursday night`, `Tuesday of last week`, `each Thursday`.
    pub(super) fn weekday(&mut self) -> Option<TimeValue> {
        let start = self.at;
        if self.take("each|every").is_some() {
            return Some(TimeValue::Weekday(self.weekday_name()? + 1, None));
        }
        if self.take("early|late|earlier|later").is_some() {
            self.take("on");
        }
        self.take("the");
        let which = self.take("this|last|next|past|previous|following|coming");
        if self.word().len() <= 5 {
            return None;
        }
        let day = self.weekday_name()?;
        let part = self.attempt(|reader| {
            reader.skip("early|late");
            let part = reader.day_part()?;
            reader.take("s");
            Some(part)
        });
        let week = self.take("of last week|last week|of next week|next week");
        if self.published.is_none() {
            return Some(TimeValue::Weekday(day + 1, part));
        }
        let tense = match which {
            None => self.tense_from(start),
            Some(_) => None,
        };
        let day = weekday_near(self.today(), day, week.or(which), tense)?;
        Some(value_of(day, part))
    }
}

fn value_of(day: NaiveDate, part: Option<DayPart>) -> TimeValue {
    part.map_or(TimeValue::Day(day), |part| TimeValue::DayPart(day, part))
}

/// Returns the day `later` days on.
pub(super) fn days_later(day: NaiveDate, later: i64) -> Option<NaiveDate> {
    let days = Days::new(later.unsigned_abs());
    if later < 0 {
        day.checked_sub_days(days)
    } else {
        day.checked_add_days(days)
    }
}

/// Returns the day with this month and number that is nearest to `today`.
fn nearest_date(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    let years = today.year() - 1..=today.year() + 1;
    let days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.min_by_key(|day| (*day - today).num_days().abs())
}

/// Returns the weekday that is meant: by `which` week, else by the tense, else the last one.
fn weekday_near(
    today: NaiveDate,
    weekday: u32,
    which: Option<&str>,
    tense: Option<Tense>,
) -> Option<NaiveDate> {
    let in_week = i64::from(weekday) - i64::from(today.weekday().num_days_from_monday());
    let since = (-in_week).rem_euclid(7);
    let later = match which {
        Some("last week" | "of last week") => in_week - 7,
        Some("next week" | "of next week") => in_week + 7,
        Some("this") => in_week,
        Some("last" | "previous" | "past") if since == 0 => -7,
        Some("last" | "previous" | "past") => -since,
        Some(_) => 7 - since,
        None if since > 0 && tense == Some(Tense::Future) => 7 - since,
        None => -since,
    };
    days_later(today, later)
}
