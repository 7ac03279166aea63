//! What an expression of time means, and how TIMEX3 writes it.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// What an expression of time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A day.
    Day(NaiveDate),
    /// A part of a day.
    DayPart(NaiveDate, Part),
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
    Length(Amount, Unit),
    /// Again and again, at this interval.
    Every(Unit),
    /// A weekday, Monday being 1, of every week or of one that is not told.
    Weekday(u32, Option<Part>),
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Part {
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
pub enum Unit {
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
pub enum Amount {
    /// So many.
    Whole(u32),
    /// So many and a half.
    Half(u32),
    /// Some.
    Unknown,
}

impl When {
    /// Returns the week that holds `day`.
    pub(super) fn week_of(day: NaiveDate) -> Self {
        let week = day.iso_week();
        When::Week(week.year(), week.week())
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            When::Day(day) => write!(f, "{day}"),
            When::DayPart(day, part) => write!(f, "{day}T{}", part.code()),
            When::Clock(day, hour, minute) => write!(f, "{day}T{hour:02}:{minute:02}"),
            When::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            When::Weekend(year, week) => write!(f, "{year:04}-W{week:02}-WE"),
            When::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            When::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            When::Half(year, half) => write!(f, "{year:04}-H{half}"),
            When::Season(Some(year), season) => write!(f, "{year:04}-{}", season.code()),
            When::Season(None, season) => write!(f, "XXXX-{}", season.code()),
            When::Year(year) => write!(f, "{year:04}"),
            When::Decade(decade) => write!(f, "{decade:03}X"),
            When::Century(century) => write!(f, "{century:02}"),
            When::Present => f.write_str("PRESENT_REF"),
            When::Past => f.write_str("PAST_REF"),
            When::Future => f.write_str("FUTURE_REF"),
            When::Length(amount, unit) => unit.length(f, amount),
            When::Every(unit) => unit.length(f, Amount::Whole(1)),
            When::Weekday(day, part) => {
                write!(f, "XXXX-WXX-{day}")?;
                part.map_or(Ok(()), |part| write!(f, "T{}", part.code()))
            }
        }
    }
}

impl Part {
    fn code(self) -> &'static str {
        match self {
            Part::Morning => "MO",
            Part::Midday => "12:00",
            Part::Afternoon => "AF",
            Part::Evening => "EV",
            Part::Night => "NI",
            Part::Midnight => "24:00",
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

impl Unit {
    /// Letter, and whether it stands behind the `T` of times of day.
    fn code(self) -> (&'static str, bool) {
        match self {
            Unit::Second => ("S", true),
            Unit::Minute => ("M", true),
            Unit::Hour => ("H", true),
            Unit::Day => ("D", false),
            Unit::Week => ("W", false),
            Unit::Month | Unit::Quarter => ("M", false),
            Unit::Year | Unit::Decade | Unit::Century => ("Y", false),
        }
    }

    /// The unit below, and how many of it make a half of this one.
    fn half(self) -> Option<(Unit, u32)> {
        match self {
            Unit::Minute => Some((Unit::Second, 30)),
            Unit::Hour => Some((Unit::Minute, 30)),
            Unit::Day => Some((Unit::Hour, 12)),
            Unit::Year => Some((Unit::Month, 6)),
            _ => None,
        }
    }

    /// How many of the unit that it is counted in.
    fn times(self) -> u32 {
        match self {
            Unit::Quarter => 3,
            Unit::Decade => 10,
            Unit::Century => 100,
            _ => 1,
        }
    }

    fn length(self, f: &mut fmt::Formatter<'_>, amount: Amount) -> fmt::Result {
        let (letter, of_day) = self.code();
        f.write_str(if of_day { "PT" } else { "P" })?;
        match amount {
            Amount::Unknown => write!(f, "X{letter}"),
            Amount::Whole(count) => write!(f, "{}{letter}", count.saturating_mul(self.times())),
            Amount::Half(count) => {
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
