//! Counts in words and figures: `two`, `twenty-five`, `a couple of`, `2 1/2`, `several`.

use super::Reader;
use crate::annotate::time::when::{Season, TimeAmount, TimeUnit};

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

fn place(words: &[&str], word: &str) -> Option<u32> {
    words
        .iter()
        .position(|known| *known == word)
        .and_then(|place| u32::try_from(place).ok())
}

impl Reader<'_> {
    /// Takes a number below a hundred in words.
    pub(super) fn small_number(&mut self) -> Option<u32> {
        if let Some(ten) = place(&TENS, self.word()) {
            self.at += 1;
            let unit = self.attempt(|reader| {
                reader.skip(&["-"]);
                let unit = place(&SMALL, reader.word()).filter(|unit| (1..10).contains(unit))?;
                reader.at += 1;
                Some(unit)
            });
            return Some((ten + 2) * 10 + unit.unwrap_or(0));
        }
        let small = place(&SMALL, self.word())?;
        self.at += 1;
        Some(small)
    }

    /// Takes how many of a unit there are, up to the unit.
    pub(super) fn amount(&mut self) -> Option<TimeAmount> {
        if let Some(vague) = self.attempt(Self::vague) {
            return Some(vague);
        }
        let whole = self
            .figures()
            .or_else(|| self.attempt(Self::small_number))
            .or_else(|| self.attempt(Self::article_number))?;
        let whole = if self.take(&["hundred"]).is_some() {
            whole * 100
        } else {
            whole
        };
        let half = self
            .take_all("1 / 2")
            .or_else(|| self.take_all("and a half"))
            .or_else(|| self.take(&["½"]).map(|_| ()));
        if half.is_some() {
            return Some(TimeAmount::Half(whole));
        }
        let range = |reader: &mut Self| {
            reader.take(&["to", "or", "-", "–"])?;
            reader.figures().or_else(|| reader.small_number())
        };
        self.attempt(range);
        Some(TimeAmount::Whole(whole))
    }

    /// `several`, `a few`, `many`.
    fn vague(&mut self) -> Option<TimeAmount> {
        if self.take_all("a few").is_some()
            || self.take_all("a number of").is_some()
            || self.take(&["several", "few", "many"]).is_some()
        {
            return Some(TimeAmount::Unknown);
        }
        None
    }

    /// `a`, `an`, `a couple of`, `a dozen`, `half a`; the article only before a unit, for `a two-week trip` is two weeks.
    fn article_number(&mut self) -> Option<u32> {
        self.take(&["a", "an"])?;
        if self.take_all("couple of").is_some() {
            return Some(2);
        }
        if self.take(&["dozen"]).is_some() {
            return Some(12);
        }
        let begins_unit = self.word() == "hundred" || self.word() == "full" || self.peek_unit();
        begins_unit.then(|| {
            self.take(&["full"]);
            1
        })
    }

    /// Takes a number of at most three figures, with its decimals.
    fn figures(&mut self) -> Option<u32> {
        let word = self.word();
        let number = word
            .parse()
            .ok()
            .filter(|_| word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_digit()))?;
        let grouped = matches!(self.before(1), "," | "." | "$" | "£" | "€" | ":" | "/")
            && self.tokens.touches(self.at);
        if grouped {
            return None;
        }
        self.at += 1;
        Some(number)
    }

    fn peek_unit(&mut self) -> bool {
        let at = self.at;
        let found = self.unit().is_some();
        self.at = at;
        found
    }

    /// Takes a unit, singular or plural.
    pub(super) fn unit(&mut self) -> Option<TimeUnit> {
        let word = self.word();
        let unit = match word.strip_suffix('s').unwrap_or(word) {
            "second" => TimeUnit::Second,
            "minute" => TimeUnit::Minute,
            "hour" => TimeUnit::Hour,
            "day" => TimeUnit::Day,
            "week" => TimeUnit::Week,
            "month" => TimeUnit::Month,
            "quarter" => TimeUnit::Quarter,
            "year" => TimeUnit::Year,
            "decade" => TimeUnit::Decade,
            "century" | "centurie" => TimeUnit::Century,
            _ => return None,
        };
        self.at += 1;
        Some(unit)
    }

    /// Takes `first` to `fourth`, in words or figures.
    pub(super) fn ordinal(&mut self) -> Option<u32> {
        if let Some(place) = place(&ORDINALS, self.word()) {
            self.at += 1;
            return Some(place + 1);
        }
        self.attempt(|reader| {
            let number = reader.figures().filter(|number| (1..=4).contains(number))?;
            reader.take(&["st", "nd", "rd", "th"])?;
            Some(number)
        })
    }

    /// Takes a season.
    pub(super) fn season_name(&mut self) -> Option<Season> {
        let season = match self.word() {
            "spring" => Season::Spring,
            "summer" => Season::Summer,
            "fall" | "autumn" => Season::Fall,
            "winter" => Season::Winter,
            _ => return None,
        };
        self.at += 1;
        Some(season)
    }

    /// Takes a year in words: `nineteen ninety-seven`, `two thousand`.
    pub(super) fn spelled_year(&mut self) -> Option<i32> {
        if self.take_all("two thousand").is_some() {
            let rest = self.attempt(|reader| {
                reader.take(&["and"]);
                reader.small_number()
            });
            return i32::try_from(2000 + rest.unwrap_or(0)).ok();
        }
        let century = if self.take(&["nineteen"]).is_some() {
            1900
        } else {
            self.take(&["twenty"]).map(|_| 2000)?
        };
        let rest = self.small_number().filter(|rest| *rest >= 10)?;
        i32::try_from(century + rest).ok()
    }
}
