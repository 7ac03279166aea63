//! Counts in words and figures: `two`, `twenty-five`, `a couple of`, `2 1/2`, `several`.

use super::TimeReader;
use crate::annotate::time::value::{TimeAmount, TimeUnit, YearSeason};

const SMALL: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
    sixteen seventeen eighteen nineteen";
const TENS: &str = "twenty thirty forty fifty sixty seventy eighty ninety";

impl TimeReader<'_> {
    /// Takes a number below a hundred in words.
    pub(super) fn spelled_number(&mut self) -> Option<u32> {
        if let Some(small) = self.take_place(SMALL) {
            return Some(small);
        }
        let tens = (self.take_place(TENS)? + 2) * 10;
        let unit = self.attempt(|reader| {
            reader.skip("-");
            reader
                .take_place(SMALL)
                .filter(|unit| (1..10).contains(unit))
        });
        Some(tens + unit.unwrap_or(0))
    }

    /// Takes the count of a unit, up to the unit.
    pub(super) fn amount(&mut self) -> Option<TimeAmount> {
        if self.take("a few|a number of|several|few|many").is_some() {
            return Some(TimeAmount::Unknown);
        }
        let whole = self
            .figures()
            .or_else(|| self.attempt(Self::spelled_number))
            .or_else(|| self.attempt(Self::article_number))?;
        let hundreds = self.take("hundred").map_or(1, |_| 100);
        if self.take("1 / 2|and a half|½").is_some() {
            return Some(TimeAmount::Half(whole * hundreds));
        }
        // `two to three years` is two years.
        self.attempt(|reader| {
            reader.take("to|or|-|–")?;
            reader.figures().or_else(|| reader.spelled_number())
        });
        Some(TimeAmount::Whole(whole * hundreds))
    }

    /// `a`, `an`, `a couple of`, `a dozen`; the article only before a unit, for `a two-week trip` is two weeks.
    fn article_number(&mut self) -> Option<u32> {
        self.take("a|an")?;
        match self.take("couple of|dozen|full") {
            Some("couple of") => return Some(2),
            Some("dozen") => return Some(12),
            Some(_) => return Some(1),
            None => {}
        }
        let begins_unit = self.word() == "hundred" || TimeUnit::named(self.word()).is_some();
        begins_unit.then_some(1)
    }

    /// Takes a number of at most three figures.
    fn figures(&mut self) -> Option<u32> {
        let is_part = matches!(self.word_before(1), "," | "." | "$" | "£" | "€" | ":" | "/");
        if is_part && self.tokens.touches(self.at) {
            return None;
        }
        self.attempt(|reader| reader.take_number(1..=3, 0..=999))
    }

    /// Takes a unit, singular or plural.
    pub(super) fn unit(&mut self) -> Option<TimeUnit> {
        let unit = TimeUnit::named(self.word())?;
        self.at += 1;
        Some(unit)
    }

    /// Takes `first` to `fourth`, in words or figures.
    pub(super) fn ordinal(&mut self) -> Option<u32> {
        if let Some(place) = self.take_place("first second third fourth") {
            return Some(place + 1);
        }
        self.attempt(|reader| {
            let number = reader.figures().filter(|number| (1..=4).contains(number))?;
            reader.take("st|nd|rd|th").map(|_| number)
        })
    }

    /// Takes a season.
    pub(super) fn season_name(&mut self) -> Option<YearSeason> {
        Some(match self.take("spring|summer|fall|autumn|winter")? {
            "spring" => YearSeason::Spring,
            "summer" => YearSeason::Summer,
            "winter" => YearSeason::Winter,
            _ => YearSeason::Fall,
        })
    }

    /// Takes a year in words: `nineteen ninety-seven`, `two thousand`.
    pub(super) fn spelled_year(&mut self) -> Option<i32> {
        if self.take("two thousand").is_some() {
            let rest = self.attempt(|reader| {
                reader.take("and");
                reader.spelled_number()
            });
            return Some(2000 + rest.unwrap_or(0).cast_signed());
        }
        let century = match self.take("nineteen|twenty")? {
            "nineteen" => 1900,
            _ => 2000,
        };
        let rest = self.spelled_number().filter(|rest| *rest >= 10)?;
        Some(century + rest.cast_signed())
    }
}
