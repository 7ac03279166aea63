//! Days: dates, weekdays, `yesterday`, times of the clock.

use chrono::{Datelike, Days, NaiveDate};

use super::{Reader, Sense};
use crate::annotate::time::tense::Tense;
use crate::annotate::time::when::{DayPart, TimeValue};
use crate::text::calendar;

/// Words after a number that make it a count, not a day.
const COUNTED: &[&str] = &[
    "%", "percent", "per", "million", "billion", "points", "people",
];

impl Reader<'_> {
    /// `Thursday, Aug. 7, 2025`, `Aug. 7`, `7 August 2025`; without a year the nearest.
    pub(super) fn whole_date(&mut self) -> Option<Sense> {
        // `the year ended March 31` was, however near the next March is.
        let ended = self.before(1) == "ended";
        self.attempt(|reader| {
            reader.weekday_name()?;
            reader.skip(&[",", "the"]);
            Some(())
        });
        let (month, day) = self
            .attempt(Self::month_day)
            .or_else(|| self.attempt(Self::day_month))?;
        if COUNTED.contains(&self.word()) || self.clock_follows() {
            return None;
        }
        let year = self.attempt(|reader| {
            reader.skip(&[",", "of"]);
            reader.year()
        });
        match year {
            Some(year) => Some(Some(TimeValue::Day(NaiveDate::from_ymd_opt(
                year, month, day,
            )?))),
            None => Some(self.today(|today| {
                let near = nearest(today, month, day)?;
                let last = near
                    .with_year(near.year() - 1)
                    .filter(|_| ended && near > today);
                Some(TimeValue::Day(last.unwrap_or(near)))
            })),
        }
    }

    fn month_day(&mut self) -> Option<(u32, u32)> {
        let month = self.month()?;
        Some((month, self.day_of_month()?))
    }

    fn day_month(&mut self) -> Option<(u32, u32)> {
        let day = self.day_of_month()?;
        self.take(&["of"]);
        Some((self.month()?, day))
    }

    fn day_of_month(&mut self) -> Option<u32> {
        let word = self.word();
        let day = word
            .parse()
            .ok()
            .filter(|day| word.len() <= 2 && (1..=31).contains(day))?;
        self.at += 1;
        self.attempt(|reader| {
            let touches = reader.tokens.touches(reader.at);
            reader.take(&["st", "nd", "rd", "th"]).filter(|_| touches)
        });
        Some(day)
    }

    /// Whether the number that was taken last is an hour or the start of a larger number.
    fn clock_follows(&self) -> bool {
        matches!(self.word(), ":" | ",")
            && self.tokens.touches(self.at)
            && self.tokens.touches(self.at + 1)
    }

    /// `2025-09-03`, `2025-09-03T10:15`.
    pub(super) fn iso_date(&mut self) -> Option<Sense> {
        let year = self.year()?;
        self.take(&["-"])?;
        let month = self.word().parse().ok()?;
        self.at += 1;
        self.take(&["-"])?;
        let day = self.word().parse().ok()?;
        self.at += 1;
        Some(Some(TimeValue::Day(NaiveDate::from_ymd_opt(
            year, month, day,
        )?)))
    }

    /// `the week of March 6`.
    pub(super) fn week_of(&mut self) -> Option<Sense> {
        self.take(&["the"]);
        self.take_all("week of")?;
        match self.whole_date()? {
            Some(TimeValue::Day(day)) => Some(Some(TimeValue::week_of(day))),
            _ => Some(None),
        }
    }

    /// `10:35 a.m. Friday`, `5 p.m. EST Nov. 9`, `midnight Friday`, `noon`.
    pub(super) fn clock(&mut self) -> Option<Sense> {
        let start = self.at;
        let (hour, minute) = self.attempt(Self::clock_figures).or_else(|| {
            match self.take(&["noon", "midnight", "midday"])? {
                "midnight" => Some((24, 0)),
                _ => Some((12, 0)),
            }
        })?;
        // `High Noon` is a film.
        let named = self.at == start + 1
            && !matches!(
                self.tokens.word(start.wrapping_sub(1)),
                "at" | "by" | "until" | "before" | "after" | "around" | "from" | "since"
            );
        let on = self.attempt(|reader| {
            reader.attempt(Self::zone);
            reader.skip(&[",", "on"]);
            reader
                .attempt(Self::whole_date)
                .or_else(|| reader.attempt(Self::weekday))
                .or_else(|| reader.near_day())
        });
        if named && on.is_none() {
            return None;
        }
        let day = match on {
            Some(Some(TimeValue::Day(day))) => Some(day),
            Some(_) => None,
            None => self.today,
        };
        Some(day.map(|day| TimeValue::Clock(day, hour, minute)))
    }

    fn clock_figures(&mut self) -> Option<(u32, u32)> {
        let word = self.word();
        let hour: u32 = word
            .parse()
            .ok()
            .filter(|hour| word.len() <= 2 && (1..=12).contains(hour))?;
        self.at += 1;
        let minute = self.attempt(|reader| {
            reader.take(&[":"])?;
            let minute = reader.word().parse().ok().filter(|minute| *minute < 60)?;
            reader.at += 1;
            Some(minute)
        });
        let afternoon = match self.take(&["a", "p", "am", "pm"])? {
            half @ ("a" | "p") => {
                self.take_all(". m")
                    .or_else(|| self.take(&["m"]).map(|_| ()))?;
                half == "p"
            }
            half => half == "pm",
        };
        if self.tokens.touches(self.at) {
            self.take(&["."]);
        }
        Some((
            hour % 12 + if afternoon { 12 } else { 0 },
            minute.unwrap_or(0),
        ))
    }

    fn zone(&mut self) -> Option<()> {
        if self.take_all("eastern time").is_some() || self.take_all("local time").is_some() {
            return Some(());
        }
        self.take(&[
            "est", "edt", "et", "cst", "cdt", "mst", "mdt", "pst", "pdt", "gmt", "utc", "bst",
        ])
        .map(|_| ())
    }

    /// `yesterday`, `late tomorrow`, `this morning`, `mid-afternoon yesterday`, `tonight`.
    pub(super) fn near_day(&mut self) -> Option<Sense> {
        let early = self.attempt(|reader| {
            reader.modifier();
            let part = reader.part()?;
            Some(part)
        });
        if early.is_none() {
            self.modifier();
        }
        let (later, night) =
            match self.take(&["today", "yesterday", "tomorrow", "tonight", "this", "last"])? {
                "yesterday" => (-1, false),
                "tomorrow" => (1, false),
                "tonight" => (0, true),
                "this" => return self.part_of_day(0),
                "last" => {
                    return (self.word() == "night")
                        .then(|| self.part_of_day(-1))
                        .flatten();
                }
                _ => (0, false),
            };
        let part = early.or(if night {
            Some(DayPart::Night)
        } else {
            self.attempt(Self::part)
        });
        Some(self.today(|today| Some(on(shifted(today, later)?, part))))
    }

    fn part_of_day(&mut self, later: i64) -> Option<Sense> {
        self.skip(&["early", "late"]);
        let part = self.part()?;
        Some(self.today(|today| Some(on(shifted(today, later)?, Some(part)))))
    }

    /// Takes a part of a day.
    fn part(&mut self) -> Option<DayPart> {
        let part = match self.word() {
            "morning" => DayPart::Morning,
            "afternoon" => DayPart::Afternoon,
            "evening" => DayPart::Evening,
            "night" => DayPart::Night,
            _ => return None,
        };
        self.at += 1;
        Some(part)
    }

    fn weekday_name(&mut self) -> Option<u32> {
        let day = calendar::weekday(self.word()).filter(|_| self.tokens.is_capital(self.at))?;
        let short = self.word().len() <= 5;
        // `Sun` and `Mon` alone are names; a date follows the short ones.
        let dated = short
            && (calendar::english_month(self.tokens.word(self.at + 1)).is_some()
                || matches!(self.tokens.word(self.at + 1), "." | ","));
        if short && !dated {
            return None;
        }
        self.at += 1;
        if short {
            self.take(&["."]);
        }
        Some(day)
    }

    /// `Monday`, `last Friday`, `late Thursday night`, `Tuesday of last week`, `each Thursday`.
    pub(super) fn weekday(&mut self) -> Option<Sense> {
        let start = self.at;
        if self.take(&["each", "every"]).is_some() {
            let day = self.weekday_name()?;
            return Some(Some(TimeValue::Weekday(day + 1, None)));
        }
        if self.take(&["early", "late", "earlier", "later"]).is_some() {
            self.take(&["on"]);
        }
        self.take(&["the"]);
        let which = self.take(&[
            "this",
            "last",
            "next",
            "past",
            "previous",
            "following",
            "coming",
        ]);
        if self.word().len() <= 5 {
            return None;
        }
        let day = self.weekday_name()?;
        let part = self.attempt(|reader| {
            reader.skip(&["early", "late"]);
            let part = reader.part()?;
            reader.take(&["s"]);
            Some(part)
        });
        let week = self.attempt(|reader| {
            reader.take(&["of"]);
            let week = reader.take(&["last", "next"])?;
            reader.take(&["week"])?;
            Some(week)
        });
        let tense = if which.is_none() {
            self.tense(start)
        } else {
            Tense::Unknown
        };
        let Some(today) = self.today else {
            return Some(Some(TimeValue::Weekday(day + 1, part)));
        };
        let which = week
            .map(|week| (week, true))
            .or(which.map(|which| (which, false)));
        Some(weekday_near(today, day, which, tense).map(|day| on(day, part)))
    }
}

fn on(day: NaiveDate, part: Option<DayPart>) -> TimeValue {
    part.map_or(TimeValue::Day(day), |part| TimeValue::DayPart(day, part))
}

/// Returns the day `later` days on.
pub(super) fn shifted(day: NaiveDate, later: i64) -> Option<NaiveDate> {
    let days = Days::new(later.unsigned_abs());
    if later < 0 {
        day.checked_sub_days(days)
    } else {
        day.checked_add_days(days)
    }
}

/// Returns the day with this month and number that is nearest to `today`.
fn nearest(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    let years = [today.year() - 1, today.year(), today.year() + 1];
    let days = years
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.min_by_key(|day| (*day - today).num_days().abs())
}

/// Returns the weekday that is meant: by `which` week, else by the tense, else the last one.
fn weekday_near(
    today: NaiveDate,
    weekday: u32,
    which: Option<(&str, bool)>,
    tense: Tense,
) -> Option<NaiveDate> {
    let since = i64::from((today.weekday().num_days_from_monday() + 7 - weekday) % 7);
    let in_week = i64::from(weekday) - i64::from(today.weekday().num_days_from_monday());
    let later = match which {
        Some(("last", true)) => in_week - 7,
        Some((_, true)) => in_week + 7,
        Some(("this", _)) => in_week,
        Some(("last" | "previous" | "past", _)) => -(if since == 0 { 7 } else { since }),
        Some(_) => 7 - since,
        None if since > 0 && tense == Tense::Future => 7 - since,
        None => -since,
    };
    shifted(today, later)
}
