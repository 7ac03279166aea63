//! What an expression of time means, and how TIMEX3 writes it.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// What an expression of time means.
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
    Midday,
    Afternoon,
    Evening,
    Night,
    Midnight,
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

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeAmount {
    /// So many.
    Whole(u32),
    /// So many and a half.
    Half(u32),
    /// Some.
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
            TimeValue::Length(amount, unit) => unit.length(f, amount),
            TimeValue::Every(unit) => unit.length(f, TimeAmount::Whole(1)),
            TimeValue::Weekday(day, part) => {
                write!(f, "XXXX-WXX-{day}")?;
                part.map_or(Ok(()), |part| write!(f, "T{}", part.code()))
            }
        }
    }
}

impl DayPart {
    fn code(self) -> &'static str {
        match self {
            DayPart::Morning => "MO",
            DayPart::Midday => "12:00",
            DayPart::Afternoon => "AF",
            DayPart::Evening => "EV",
            DayPart::Night => "NI",
            DayPart::Midnight => "24:00",
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
    /// Letter, and whether it stands behind the `T` of times of day.
    fn code(self) -> (&'static str, bool) {
        match self {
            TimeUnit::Second => ("S", true),
            TimeUnit::Minute => ("M", true),
            TimeUnit::Hour => ("H", true),
            TimeUnit::Day => ("D", false),
            TimeUnit::Week => ("W", false),
            TimeUnit::Month | TimeUnit::Quarter => ("M", false),
            TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century => ("Y", false),
        }
    }

    /// The unit below, and how many of it make a half of this one.
    fn half(self) -> Option<(TimeUnit, u32)> {
        match self {
            TimeUnit::Minute => Some((TimeUnit::Second, 30)),
            TimeUnit::Hour => Some((TimeUnit::Minute, 30)),
            TimeUnit::Day => Some((TimeUnit::Hour, 12)),
            TimeUnit::Year => Some((TimeUnit::Month, 6)),
            _ => None,
        }
    }

    /// How many of the unit that it is counted in.
    fn times(self) -> u32 {
        match self {
            TimeUnit::Quarter => 3,
            TimeUnit::Decade => 10,
            TimeUnit::Century => 100,
            _ => 1,
        }
    }

    fn length(self, f: &mut fmt::Formatter<'_>, amount: TimeAmount) -> fmt::Result {
        let (letter, of_day) = self.code();
        f.write_str(if of_day { "PT" } else { "P" })?;
        match amount {
            TimeAmount::Unknown => write!(f, "X{letter}"),
            TimeAmount::Whole(count) => write!(f, "{}{letter}", count.saturating_mul(self.times())),
            TimeAmount::Half(count) => {
                if count > 0 {
                    write!(f, "{}{letter}", count.saturating_mul(self.times()))?;
                }
                match self.half() {
                    Some((unit, half)) if unit.code().1 == of_day => {
                        write!(f, "{half}{}", unit.code().0)
                    }
                    Some((unit, half)) => write!(f, "T{half}{}", unit.code().0),
                    None => write!(f, "{}{letter}", self.times() / 2),
                }
            }
        }
    }
}
