//! The meaning of an expression of time, and how TIMEX3 writes it.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// The meaning of an expression of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeValue {
    /// A day.
    Day(NaiveDate),
    /// A part of a day.
    DayPart(NaiveDate, DayPart),
    /// Hour and minute of a day.
    Clock(NaiveDate, u32, u32),
    /// An ISO week by its year and number.
    Week(i32, u32),
    /// The end of that week.
    Weekend(i32, u32),
    /// A month of a year.
    Month(i32, u32),
    /// A quarter of a year.
    Quarter(i32, u32),
    /// A half of a year.
    Half(i32, u32),
    /// A season of a year, or of one that is not told.
    Season(Option<i32>, Season),
    /// A year.
    Year(i32),
    /// Ten years, by the year without its last figure.
    Decade(i32),
    /// A hundred years, by the year without its last two figures.
    Century(i32),
    /// Now.
    Present,
    /// Some time ago.
    Past,
    /// Some time to come.
    Future,
    /// A length of time.
    Length(TimeAmount, TimeUnit),
    /// Again and again, at this interval.
    Every(TimeUnit),
    /// A weekday, Monday being 1, of every week or of one that is not told.
    Weekday(u32, Option<DayPart>),
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DayPart {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// A season.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A count of units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeAmount {
    /// A whole number.
    Whole(u32),
    /// A whole number and a half.
    Half(u32),
    /// Some, a few, many.
    Unknown,
}

impl TimeValue {
    /// Returns the week that holds `day`.
    pub(super) fn week_of(day: NaiveDate) -> Self {
        let week = day.iso_week();
        TimeValue::Week(week.year(), week.week())
    }
}

impl fmt::Display for TimeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            TimeValue::Day(day) => write!(f, "{day}"),
            TimeValue::DayPart(day, part) => write!(f, "{day}T{}", part.code()),
            TimeValue::Clock(day, hour, minute) => write!(f, "{day}T{hour:02}:{minute:02}"),
            TimeValue::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            TimeValue::Weekend(year, week) => write!(f, "{year:04}-W{week:02}-WE"),
            TimeValue::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            TimeValue::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            TimeValue::Half(year, half) => write!(f, "{year:04}-H{half}"),
            TimeValue::Season(Some(year), season) => write!(f, "{year:04}-{}", season.code()),
            TimeValue::Season(None, season) => write!(f, "XXXX-{}", season.code()),
            TimeValue::Year(year) => write!(f, "{year:04}"),
            TimeValue::Decade(decade) => write!(f, "{decade:03}X"),
            TimeValue::Century(century) => write!(f, "{century:02}"),
            TimeValue::Present => f.write_str("PRESENT_REF"),
            TimeValue::Past => f.write_str("PAST_REF"),
            TimeValue::Future => f.write_str("FUTURE_REF"),
            TimeValue::Length(amount, unit) => write_length(f, amount, unit),
            TimeValue::Every(unit) => write_length(f, TimeAmount::Whole(1), unit),
            TimeValue::Weekday(day, None) => write!(f, "XXXX-WXX-{day}"),
            TimeValue::Weekday(day, Some(part)) => write!(f, "XXXX-WXX-{day}T{}", part.code()),
        }
    }
}

impl DayPart {
    fn code(self) -> &'static str {
        match self {
            DayPart::Morning => "MO",
            DayPart::Afternoon => "AF",
            DayPart::Evening => "EV",
            DayPart::Night => "NI",
        }
    }
}

impl Season {
    fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Fall => "FA",
            Season::Winter => "WI",
        }
    }
}

impl TimeUnit {
    /// Returns the letter of the unit that this one is counted in, and how many of those it has.
    fn code(self) -> (char, u32) {
        match self {
            TimeUnit::Second => ('S', 1),
            TimeUnit::Minute => ('M', 1),
            TimeUnit::Hour => ('H', 1),
            TimeUnit::Day => ('D', 1),
            TimeUnit::Week => ('W', 1),
            TimeUnit::Month => ('M', 1),
            TimeUnit::Quarter => ('M', 3),
            TimeUnit::Year => ('Y', 1),
            TimeUnit::Decade => ('Y', 10),
            TimeUnit::Century => ('Y', 100),
        }
    }

    /// Whether its letter stands behind the `T` of times of day: a minute and a month have the same one.
    fn is_within_a_day(self) -> bool {
        matches!(self, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour)
    }

    /// Returns a half of it as TIMEX3 writes that, in the unit below.
    fn half(self) -> &'static str {
        match self {
            TimeUnit::Minute => "30S",
            TimeUnit::Hour => "30M",
            TimeUnit::Day => "T12H",
            TimeUnit::Year => "6M",
            TimeUnit::Decade => "5Y",
            TimeUnit::Century => "50Y",
            _ => "",
        }
    }
}

fn write_length(f: &mut fmt::Formatter<'_>, amount: TimeAmount, unit: TimeUnit) -> fmt::Result {
    let (letter, count) = unit.code();
    f.write_str(if unit.is_within_a_day() { "PT" } else { "P" })?;
    match amount {
        TimeAmount::Unknown => write!(f, "X{letter}"),
        TimeAmount::Whole(whole) => write!(f, "{}{letter}", whole.saturating_mul(count)),
        TimeAmount::Half(whole) => {
            write!(f, "{}{letter}{}", whole.saturating_mul(count), unit.half())
        }
    }
}
