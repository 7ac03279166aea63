//! Longer than a day: weeks, months, quarters, seasons, years, lengths, and words like `recently`.

use chrono::Datelike;

use super::day::shifted;
use super::{Reader, Sense, month_later, quarter_later, quarter_of};
use crate::annotate::time::tense::Tense;
use crate::annotate::time::when::{TimeAmount, TimeUnit, TimeValue};

/// Words before a month that show that it is one: `May` and `March` are other words too.
const BEFORE_MONTH: &[&str] = &[
    "in", "since", "by", "until", "through", "from", "of", "during", "for", "to", "and", "ended",
    "ending", "last", "this", "next", "late", "early",
];

/// What is counted after a number that looks like a year.
const COUNTED: &[&str] = &[
    "%",
    "pounds",
    "people",
    "miles",
    "feet",
    "shares",
    "troops",
    "tons",
    "tonnes",
    "points",
    "dollars",
    "men",
    "women",
    "workers",
    "jobs",
    "votes",
    "homes",
    "employees",
    "students",
    "percent",
    "per",
    "metres",
    "meters",
    "km",
];

impl Reader<'_> {
    /// `the third quarter of 2024`, `third-quarter`, `this year's first half`, `the 1988 quarter`, `the latest quarter`.
    pub(super) fn quarter_of(&mut self) -> Option<Sense> {
        let start = self.at;
        self.take(&["the", "its", "their", "his", "her"]);
        let before = self.attempt(Self::year_of_quarter);
        self.skip(&["fiscal", "-"]);
        let ordinal = match self.ordinal() {
            Some(ordinal) => ordinal,
            None if self.take_all("last half").is_some() => {
                self.at -= 1;
                2
            }
            None => return self.quarter_spoken_of(before, start),
        };
        self.skip(&["-", "fiscal"]);
        let half = self.take(&["quarter", "half"])? == "half";
        let after = self.attempt(|reader| {
            reader.take(&["of"])?;
            reader.year_of_quarter()
        });
        let year = match before.or(after) {
            Some(year) => year,
            None => self.today.map(|today| {
                let ahead = !half
                    && ordinal > quarter_of(today).1 + 1
                    && self.tense(start) != Tense::Future;
                today.year() - i32::from(ahead)
            }),
        };
        Some(year.map(|year| {
            if half {
                TimeValue::Half(year, ordinal.min(2))
            } else {
                TimeValue::Quarter(year, ordinal)
            }
        }))
    }

    /// `1988`, `this year's`, `last year`, `year-ago`: the year of a quarter.
    fn year_of_quarter(&mut self) -> Option<Option<i32>> {
        if let Some(year) = self.year() {
            return Some(Some(year));
        }
        if self.take_all("year - ago").is_some() || self.take_all("year - earlier").is_some() {
            return Some(self.today.map(|today| today.year() - 1));
        }
        self.take(&["the"]);
        let later = match self.take(&["this", "last", "next", "current", "previous", "year"])? {
            "last" | "previous" => -1,
            "next" => 1,
            "year" => {
                self.at -= 1;
                0
            }
            _ => 0,
        };
        self.take(&["fiscal"]);
        self.take(&["year"])?;
        self.skip(&["'", "’", "s"]);
        Some(self.today.map(|today| today.year() + later))
    }

    /// `the quarter`, `the latest quarter`, `the year-ago quarter`, `the 1988 quarter`: the one spoken of, or the current one.
    fn quarter_spoken_of(&mut self, year: Option<Option<i32>>, start: usize) -> Option<Sense> {
        let latest = self.take(&["latest", "same", "comparable"]).is_some();
        let definite = latest || year.is_some() || self.before(1) == "the";
        self.take(&["quarter", "period"]).filter(|what| {
            definite && (*what == "quarter" || year.is_some()) && self.at > start + 1
        })?;
        if self.word() == "of" {
            return None;
        }
        let spoken = self.quarter.or_else(|| self.today.map(quarter_of));
        Some(match year {
            Some(year) => year.and_then(|year| Some(TimeValue::Quarter(year, spoken?.1))),
            None => spoken.map(|(year, quarter)| TimeValue::Quarter(year, quarter)),
        })
    }

    /// `a year earlier`, `a year ago`, `year-ago`: the same quarter, where quarters are spoken of.
    pub(super) fn year_ago(&mut self) -> Option<Sense> {
        self.take(&["a", "the"]);
        self.take(&["year"])?;
        self.skip(&["-"]);
        self.take(&["ago", "earlier"])?;
        Some(match self.quarter {
            Some((year, quarter)) => Some(TimeValue::Quarter(year - 1, quarter)),
            None => self.this_year(-1),
        })
    }

    /// `last week`, `earlier this month`, `the past year`, `next fall`, `the weekend`.
    pub(super) fn period(&mut self) -> Option<Sense> {
        self.modifier();
        let the = self.take(&["the"]).is_some();
        let which = self.take(&[
            "last",
            "past",
            "this",
            "next",
            "previous",
            "coming",
            "current",
            "following",
            "same",
            "latest",
        ]);
        let later = match which {
            Some("last" | "past" | "previous") => -1,
            Some("next" | "coming" | "following") => 1,
            None if the && matches!(self.word(), "weekend" | "week") => 0,
            None => return None,
            Some(_) => 0,
        };
        self.skip(&["fiscal", "calendar"]);
        if self.take(&["weekend"]).is_some() {
            return Some(self.weekend(later, which.is_some()));
        }
        if let Some(season) = self.season_name() {
            let year = self.today.map(|today| today.year() + later);
            return Some(Some(TimeValue::Season(year, season)));
        }
        let singular = !self.word().ends_with('s');
        let unit = self
            .unit()
            .filter(|unit| singular && (*unit != TimeUnit::Day || later != 0))?;
        if which.is_none() && matches!(self.word(), "of" | "before" | "after") {
            return None;
        }
        if the && matches!(which, Some("past" | "last" | "next")) && unit != TimeUnit::Century {
            return Some(Some(TimeValue::Length(TimeAmount::Whole(1), unit)));
        }
        Some(self.shifted_period(unit, later))
    }

    fn weekend(&self, later: i32, named: bool) -> Sense {
        self.today(|today| {
            // On a Monday "the weekend" is the one that was.
            let back = !named && today.weekday().num_days_from_monday() < 2;
            let later = i64::from(later) - i64::from(back);
            match TimeValue::week_of(shifted(today, 7 * later)?) {
                TimeValue::Week(year, week) => Some(TimeValue::Weekend(year, week)),
                _ => None,
            }
        })
    }

    /// Returns the week, month, quarter or year `later` from the one of publication.
    fn shifted_period(&self, unit: TimeUnit, later: i32) -> Sense {
        self.today(|today| {
            Some(match unit {
                TimeUnit::Day => TimeValue::Day(shifted(today, i64::from(later))?),
                TimeUnit::Week => TimeValue::week_of(shifted(today, 7 * i64::from(later))?),
                TimeUnit::Month => {
                    let (year, month) = month_later(today.year(), today.month(), later);
                    TimeValue::Month(year, month)
                }
                TimeUnit::Quarter => quarter_later(quarter_of(today), later),
                TimeUnit::Year => TimeValue::Year(today.year().saturating_add(later)),
                TimeUnit::Decade => {
                    TimeValue::Decade(today.year().div_euclid(10).saturating_add(later))
                }
                TimeUnit::Century => {
                    TimeValue::Century(today.year().div_euclid(100).saturating_add(later))
                }
                TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => TimeValue::Day(today),
            })
        })
    }

    /// `in the summer`, `the summer of 2024`, `this fall`.
    pub(super) fn season(&mut self) -> Option<Sense> {
        let led = matches!(
            self.before(1),
            "in" | "over" | "during" | "since" | "by" | "upcoming"
        );
        self.take(&["the"]);
        self.modifier();
        let season = self
            .season_name()
            .filter(|_| self.word() != "of" || self.tokens.word(self.at + 1).len() == 4)?;
        let year = self.attempt(|reader| {
            reader.take(&["of"]);
            reader.year()
        });
        match year {
            Some(year) => Some(Some(TimeValue::Season(Some(year), season))),
            None if led => Some(Some(TimeValue::Season(
                self.today.map(|today| today.year()),
                season,
            ))),
            None => None,
        }
    }

    /// `August 1988`, `last April`, `late November`, `in May`.
    pub(super) fn month_of(&mut self) -> Option<Sense> {
        let start = self.at;
        self.modifier();
        self.take(&["of"]);
        let which = self.attempt(|reader| reader.take(&["last", "this", "next", "past"]));
        let led = self.at > start || BEFORE_MONTH.contains(&self.before(1));
        let plain = !matches!(self.word(), "may" | "march" | "august") && self.word().len() > 3;
        let month = self
            .month()
            .filter(|_| led || plain || self.tokens.word(self.at).len() == 4)?;
        let year = self.attempt(|reader| {
            reader.skip(&[",", "of"]);
            reader.year().or_else(|| reader.spelled_year())
        });
        if let Some(year) = year {
            return Some(Some(TimeValue::Month(year, month)));
        }
        // A name: `April Jones`, `Jan Kavan`.
        let short = self.before(1).len() <= 3 && self.before(1) != "may";
        let named = (!led || short) && self.tokens.is_capital(self.at) && self.word().len() > 1;
        let counted = self.word().starts_with(|c: char| c.is_ascii_digit());
        if named || counted || !(led || plain) {
            return None;
        }
        let tense = self.tense(start);
        Some(self.today(|today| {
            Some(TimeValue::Month(
                year_of_month(today.year(), today.month(), month, which, tense),
                month,
            ))
        }))
    }

    /// `1990`, `fiscal 1988`, `the end of 2026`, `nineteen ninety-seven`.
    pub(super) fn year_alone(&mut self) -> Option<Sense> {
        self.modifier();
        self.take(&["the"]);
        self.skip(&["fiscal", "calendar"]);
        self.take(&["year"]);
        let joined = matches!(
            self.before(1),
            "$" | "£" | "€" | "," | "." | ":" | "#" | "/" | "-"
        ) && self.tokens.touches(self.at);
        if joined && self.before(2) != "mid" && self.before(2) != "post" && self.before(2) != "pre"
        {
            return None;
        }
        if let Some(year) = self.attempt(Self::spelled_year) {
            return Some(Some(TimeValue::Year(year)));
        }
        let year = self.year().filter(|year| *year < 2050)?;
        let grouped = matches!(self.word(), "," | "." | "-" | "/" | "'" | "’")
            && self.tokens.touches(self.at)
            && self.tokens.touches(self.at + 1);
        if grouped
            || COUNTED.contains(&self.word())
            || (self.tokens.touches(self.at) && self.word().starts_with(char::is_alphabetic))
        {
            return None;
        }
        Some(Some(TimeValue::Year(year)))
    }

    /// `the 1980s`, `early '90s`, `the nineties`.
    pub(super) fn decade(&mut self) -> Option<Sense> {
        self.take(&["the"]);
        self.modifier();
        if let Some(decade) = self.spelled_decade() {
            return Some(Some(TimeValue::Decade(decade)));
        }
        let short = self
            .attempt(|reader| reader.take(&["'", "’", "‘"]))
            .is_some();
        let word = self.word();
        let number: i32 = word.parse().ok().filter(|number| number % 10 == 0)?;
        let decade = match word.len() {
            4 if (1500..2100).contains(&number) => number / 10,
            2 if (20..=90).contains(&number) && (short || self.before(1) == "the") => {
                190 + number / 10
            }
            _ => return None,
        };
        self.at += 1;
        self.attempt(|reader| reader.take(&["'", "’"]));
        self.take(&["s"])
            .filter(|_| self.tokens.touches(self.at - 1))?;
        Some(Some(TimeValue::Decade(decade)))
    }

    fn spelled_decade(&mut self) -> Option<i32> {
        const NAMES: [&str; 8] = [
            "twenties",
            "thirties",
            "forties",
            "fifties",
            "sixties",
            "seventies",
            "eighties",
            "nineties",
        ];
        let place = NAMES.iter().position(|name| *name == self.word())?;
        let led = self.at > 0 && matches!(self.before(1), "the" | "early" | "late" | "mid" | "-");
        self.at += 1;
        led.then(|| 192 + i32::try_from(place).unwrap_or_default())
    }

    /// `the 20th century`.
    pub(super) fn century(&mut self) -> Option<Sense> {
        self.take(&["the"]);
        self.modifier();
        let number: i32 = self
            .word()
            .parse()
            .ok()
            .filter(|number| (1..=30).contains(number))?;
        self.at += 1;
        self.take(&["st", "nd", "rd", "th"])?;
        self.skip(&["-"]);
        self.take(&["century"])?;
        Some(Some(TimeValue::Century(number - 1)))
    }

    /// `two weeks ago`, `several years earlier`, `a month from now`.
    pub(super) fn ago(&mut self) -> Option<Sense> {
        self.about();
        let amount = self.amount()?;
        let unit = self.unit()?;
        let back = if self.take(&["ago", "earlier"]).is_some() {
            true
        } else {
            self.take(&["hence"])
                .map(|_| ())
                .or_else(|| self.take_all("from now"))?;
            false
        };
        let TimeAmount::Whole(count) = amount else {
            return Some(Some(if back {
                TimeValue::Past
            } else {
                TimeValue::Future
            }));
        };
        let count = i32::try_from(count).ok()?;
        if unit == TimeUnit::Decade {
            return Some(self.this_year(if back { -10 * count } else { 10 * count }));
        }
        Some(self.shifted_period(unit, if back { -count } else { count }))
    }

    /// `about`, `more than`, `at least`.
    fn about(&mut self) {
        for phrase in [
            "more than",
            "less than",
            "at least",
            "up to",
            "as many as",
            "at most",
        ] {
            if self.take_all(phrase).is_some() {
                return;
            }
        }
        self.take(&[
            "about", "nearly", "almost", "over", "around", "just", "some", "only", "roughly",
            "within",
        ]);
    }

    /// `five years`, `a four-day trip`, `the past two months`, `the first nine months`, `for years`, `every day`, `daily`.
    pub(super) fn length(&mut self) -> Option<Sense> {
        if let Some(sense) = self.attempt(Self::repeated) {
            return Some(sense);
        }
        self.about();
        self.take(&["the"]);
        self.take(&[
            "last", "past", "next", "first", "final", "previous", "another", "latest", "coming",
        ]);
        // `four flights a week` says how often, not how long.
        if self.before(1).ends_with('s') && matches!(self.word(), "a" | "an") {
            return None;
        }
        let Some(amount) = self.amount() else {
            return self.unknown_length();
        };
        self.skip(&[
            "-",
            "more",
            "additional",
            "trading",
            "full",
            "straight",
            "consecutive",
        ]);
        let plural = self.word().ends_with('s');
        let unit = self.unit()?;
        let half = self.take_all("and a half").is_some();
        let parts =
            unit == TimeUnit::Quarter && (!plural || self.word() == "of" || self.before(2) == "-");
        // `a second group`, `three-quarters of`, `44-year-old`, `700 seats a week`.
        let bare = (unit == TimeUnit::Second && !plural)
            || (plural && self.tokens.is_capital(self.at - 1));
        let old =
            self.word() == "old" || (self.word() == "-" && self.tokens.word(self.at + 1) == "old");
        if parts || bare || old {
            return None;
        }
        let amount = match amount {
            TimeAmount::Whole(count) if half => TimeAmount::Half(count),
            amount => amount,
        };
        Some(Some(TimeValue::Length(amount, unit)))
    }

    /// `every day`, `each year`, `daily`, `annually`.
    fn repeated(&mut self) -> Option<Sense> {
        if self.take(&["every", "each"]).is_some() {
            self.take(&["other"]);
            let singular = !self.word().ends_with('s');
            return self
                .unit()
                .filter(|_| singular)
                .map(|unit| Some(TimeValue::Every(unit)));
        }
        let unit = match self.take(&["daily", "weekly", "monthly", "annually", "yearly"])? {
            "daily" => TimeUnit::Day,
            "weekly" => TimeUnit::Week,
            "monthly" => TimeUnit::Month,
            _ => TimeUnit::Year,
        };
        Some(Some(TimeValue::Every(unit)))
    }

    /// `weeks`, `decades-long`; not the hours and minutes of other phrases.
    fn unknown_length(&mut self) -> Option<Sense> {
        let plural = self.word().ends_with('s');
        let unit = self.unit().filter(|unit| {
            plural
                && !matches!(
                    unit,
                    TimeUnit::Second | TimeUnit::Quarter | TimeUnit::Minute | TimeUnit::Hour
                )
        })?;
        let counted = matches!(
            self.before(3),
            "hundreds" | "thousands" | "dozens" | "matter"
        );
        if self.word() == "old" || (counted && self.before(2) == "of") {
            return None;
        }
        Some(Some(TimeValue::Length(TimeAmount::Unknown, unit)))
    }

    /// Words that point to no place on the calendar.
    pub(super) fn phrase(&mut self) -> Option<Sense> {
        const PHRASES: [(&str, TimeValue); 16] = [
            ("right now", TimeValue::Present),
            ("now", TimeValue::Present),
            ("currently", TimeValue::Present),
            ("at present", TimeValue::Present),
            ("presently", TimeValue::Present),
            ("nowadays", TimeValue::Present),
            ("at the moment", TimeValue::Present),
            ("these days", TimeValue::Present),
            ("recently", TimeValue::Past),
            ("lately", TimeValue::Past),
            ("in the past", TimeValue::Past),
            ("recent years", TimeValue::Past),
            ("recent months", TimeValue::Past),
            ("recent weeks", TimeValue::Past),
            ("recent days", TimeValue::Past),
            ("the near future", TimeValue::Future),
        ];
        let found = PHRASES
            .iter()
            .find(|(phrase, _)| self.take_all(phrase).is_some());
        if let Some((phrase, when)) = found {
            // `in the past two months` is a length.
            let goes_on =
                *phrase == "in the past" && (self.amount().is_some() || self.unit().is_some());
            return (!goes_on).then_some(Some(*when));
        }
        self.take(&["the"]);
        let year_end = |reader: &mut Self| {
            reader.take(&["year"])?;
            reader.skip(&["-", "'", "’", "s"]);
            reader.take(&["end"])
        };
        if self.attempt(year_end).is_some() {
            return Some(self.this_year(0));
        }
        self.skip(&["fiscal"]);
        self.take_all("year ended").map(|()| {
            self.at -= 1;
            Some(TimeValue::Length(TimeAmount::Whole(1), TimeUnit::Year))
        })
    }
}

/// Returns the year of a month that stands without one.
fn year_of_month(year: i32, now: u32, month: u32, which: Option<&str>, tense: Tense) -> i32 {
    match which {
        Some("last" | "past") if month >= now => year - 1,
        Some("next") if month <= now => year + 1,
        Some(_) => year,
        None if month < now => year + i32::from(tense == Tense::Future),
        // A month to come this year, unless it is far and the words speak of what was.
        None if month > now + 3 && tense != Tense::Future => year - 1,
        None => year,
    }
}
