//! Reads dates of publication as news writes them.
//!
//! `2025-09-03T10:15:00-04:00`, `Wed, 03 Sep 2025 14:15:00 GMT`, `Sept. 3, 2025 10:15 a.m. ET`, `3 septembre 2025`.
//! Nothing is guessed: `09/03/2025` is a date only where one of the two cannot be a month, a month without a day is none,
//! and a zone that does not say its offset (`ET`) gives none. Knows the months of eight languages.

use chrono::{DateTime, NaiveDate, NaiveTime};

use crate::article::Published;
use crate::text::calendar;
use crate::text::fold::fold;

/// A count from here on is one of milliseconds: as seconds it would mean the year 5138.
const LEAST_MILLISECONDS: u64 = 100_000_000_000;
/// A count below, less than a year after 1970, is a year or the number of a row and no date of publication.
const SECONDS_OF_A_YEAR: i64 = 365 * 24 * 60 * 60;

/// Years in which a report can have been published: from the first newspapers on.
const YEARS: std::ops::RangeInclusive<i32> = 1600..=2200;

/// Reads `text` as a date, with nothing but punctuation after it.
pub(super) fn parse_date(text: &str) -> Option<Published> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return compact(text);
    }
    if let Some(moment) = compact_moment(text) {
        return Some(moment);
    }
    let (published, len) = date_prefix(text)?;
    let rest = text.get(len..)?;
    (!rest.contains(char::is_alphanumeric)).then_some(published)
}

/// Returns the date that `text` begins with, and how many bytes it takes.
pub(super) fn date_prefix(text: &str) -> Option<(Published, usize)> {
    let mut cursor = DateCursor { text, at: 0 };
    let published = cursor.moment()?;
    Some((published, cursor.at))
}

/// Returns the first date in `text` that names day, month and year.
pub(super) fn first_date(text: &str) -> Option<NaiveDate> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric()
            && !before.is_alphanumeric()
            && let Some((published, _)) = date_prefix(&text[at..])
        {
            return Some(published.date);
        }
        before = c;
    }
    None
}

/// Returns the moment that a count of seconds or milliseconds since 1970 stands for.
pub(super) fn unix_moment(count: i64) -> Option<Published> {
    let seconds = if count.unsigned_abs() >= LEAST_MILLISECONDS {
        count / 1000
    } else {
        count
    };
    let moment = DateTime::from_timestamp(seconds, 0)?.naive_utc();
    (seconds > SECONDS_OF_A_YEAR).then_some(Published {
        date: moment.date(),
        time: Some(moment.time()),
        offset: Some(0),
    })
}

/// Reads `20250903T141500Z`, `20250903141500`, and seconds or milliseconds since 1970.
fn compact_moment(text: &str) -> Option<Published> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (day, rest) = text.split_at_checked(8)?;
    let clock = match digits {
        8 => rest.strip_prefix('T')?,
        14 if digits == text.len() => rest,
        10 | 13 if digits == text.len() => return unix_moment(text.parse().ok()?),
        _ => return None,
    };
    let (clock, zone) = clock.split_at_checked(6)?;
    compact(day)?;
    let parts = [0..2, 2..4, 4..6].map(|part| clock.get(part).unwrap_or_default());
    let [year, month, number] = [0..4, 4..6, 6..8].map(|part| day.get(part).unwrap_or_default());
    let spelled = format!("{year}-{month}-{number}T{}{zone}", parts.join(":"));
    let (moment, length) = date_prefix(&spelled)?;
    (length == spelled.len() && moment.time.is_some()).then_some(moment)
}

fn compact(digits: &str) -> Option<Published> {
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    Some(Published {
        date: day(number(0, 4)?, number(4, 6)?, number(6, 8)?)?,
        time: None,
        offset: None,
    })
}

fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok();
    NaiveDate::from_ymd_opt(year.filter(|year| YEARS.contains(year))?, month, day)
}

/// Reads a text from front to back; an attempt that fails leaves it where it was.
struct DateCursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> DateCursor<'a> {
    /// Reads a time before the date, the date with its weekday, a time after it.
    fn moment(&mut self) -> Option<Published> {
        let early = self.attempt(Self::clock_before);
        self.attempt(Self::weekday);
        let (date, inner) = self.date()?;
        let clock = early.or(inner).or_else(|| {
            self.attempt(|cursor| {
                cursor.skip_to_clock();
                // `March 22, 2010 Monday 10:36 EST`
                cursor.attempt(Self::weekday);
                cursor.clock()
            })
        });
        // `2025-09-03abc` is a file or a number of something, and no date.
        let goes_on = |c: char| c.is_alphanumeric() || c == '_';
        (!self.rest().starts_with(goes_on)).then_some(Published {
            date,
            time: clock.map(|clock| clock.0),
            offset: clock.and_then(|clock| clock.1),
        })
    }

    fn date(&mut self) -> Option<(NaiveDate, Option<Clock>)> {
        let in_order = self
            .attempt(Self::figures)
            .or_else(|| self.attempt(Self::east_asian));
        let date = in_order.or_else(|| self.attempt(Self::day_first));
        let date = date.map(|date| (date, None));
        date.or_else(|| self.attempt(Self::month_first))
    }

    /// `2025-09-03`, `2025/9/3`, `03.09.2025`, `13/09/2025`.
    fn figures(&mut self) -> Option<NaiveDate> {
        let (first, digits) = self.number(4)?;
        let mark = self.one_of(&['-', '/', '.'])?;
        let (second, _) = self.number(2)?;
        self.one_of(&[mark])?;
        if digits == 4 {
            let (third, _) = self.number(2)?;
            return day(first, second, third);
        }
        let year = self.figures_of(4)?;
        if mark == '.' {
            return day(year, second, first); // written so only where the day comes first
        }
        match (day(year, second, first), day(year, first, second)) {
            (Some(one), Some(other)) if one != other => None,
            (one, other) => one.or(other),
        }
    }

    /// `2025 年 9 月 3 日`, `2025년 9월 3일`.
    fn east_asian(&mut self) -> Option<NaiveDate> {
        let mut part = |marks: &[char]| {
            let (number, _) = self.number(4)?;
            self.skip(&[' ']);
            self.one_of(marks)?;
            self.skip(&[' ']);
            Some(number)
        };
        let (year, month) = (part(&['年', '년'])?, part(&['月', '월'])?);
        day(year, month, part(&['日', '일'])?)
    }

    /// `3 September 2025`, `3rd of Sept., 2025`, `03-Sep-2025`, `3 de septiembre de 2025`.
    fn day_first(&mut self) -> Option<NaiveDate> {
        let number = self.day_of_month()?;
        self.skip(&[' ', '-', '.']);
        self.skip_filler();
        let month = self.month()?;
        self.skip(&[' ', '-', '.', ',']);
        self.skip_filler();
        day(self.figures_of(4)?, month, number)
    }

    /// `Sept. 3, 2025`, `September 3rd 2025`, `Sep 03 14:15:00 +0000 2025`.
    fn month_first(&mut self) -> Option<(NaiveDate, Option<Clock>)> {
        let month = self.month()?;
        self.skip(&[' ', '-', '.']);
        let number = self.day_of_month()?;
        self.skip(&[' ', '-', ',']);
        let clock = self.attempt(Self::clock_before);
        Some((day(self.figures_of(4)?, month, number)?, clock))
    }

    fn day_of_month(&mut self) -> Option<u32> {
        let (number, _) = self.number(2)?;
        self.attempt(|cursor| {
            let word = cursor.word();
            let mut suffixes = ["st", "nd", "rd", "th", "er"].iter();
            suffixes.find(|suffix| word.eq_ignore_ascii_case(suffix))
        });
        Some(number)
    }

    fn weekday(&mut self) -> Option<()> {
        let word = fold(self.word());
        let is_weekday = calendar::weekday(&word).is_some() || calendar::is_foreign_weekday(&word);
        is_weekday.then_some(())?;
        self.skip(&['.', ',', ' ']);
        // `onsdag den 3. maj`, `mercredi le 3 mai`
        self.attempt(|cursor| matches!(cursor.word(), "den" | "le" | "il" | "el").then_some(()));
        self.skip(&[' ']);
        Some(())
    }

    fn month(&mut self) -> Option<u32> {
        let month = calendar::month(&fold(self.word()))?;
        self.skip(&['.']);
        Some(month)
    }

    /// Skips `of`, `de`, `del` between the parts of a date.
    fn skip_filler(&mut self) {
        self.attempt(|cursor| {
            let word = cursor.word();
            cursor.skip(&[' ']);
            matches!(word, "of" | "de" | "del" | "do").then_some(())
        });
    }

    /// Skips the words between a date and its time.
    fn skip_to_clock(&mut self) {
        if self.one_of(&['T', 't']).is_some() {
            return;
        }
        self.skip_gap();
        self.attempt(|cursor| matches!(cursor.word(), "at" | "à" | "um").then_some(()));
        self.skip_gap();
    }

    /// Reads a time before something else.
    fn clock_before(&mut self) -> Option<Clock> {
        let clock = self.clock()?;
        self.skip_gap();
        Some(clock)
    }

    /// Reads `10:15`, `10:15:00.000`, `10:15 a.m.`, `10 PM`, with a zone.
    fn clock(&mut self) -> Option<Clock> {
        let (hour, _) = self.number(2)?;
        let mut two_after = |marks: &[char]| {
            self.attempt(|cursor| {
                cursor.one_of(marks)?;
                cursor.figures_of(2)
            })
        };
        let minute = two_after(&[':', 'h']);
        let second = minute.and_then(|_| two_after(&[':']));
        if second.is_some() {
            self.attempt(|cursor| {
                cursor.one_of(&['.', ','])?;
                cursor.digits().map(|_| ())
            });
        }
        let half = self.attempt(Self::half_day);
        // A number alone is no time: `Sept. 3, 2025 | 3 min read`.
        if minute.is_none() && half.is_none() {
            return None;
        }
        let hour = match half {
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
            None => hour,
        };
        let (minute, second) = (minute.unwrap_or_default(), second.unwrap_or_default());
        let time = NaiveTime::from_hms_opt(hour, minute, second)?;
        let offset = self.attempt(Self::zone).flatten();
        Some((time, offset))
    }

    /// Reads `a.m.` or `PM` and returns whether it is the afternoon.
    fn half_day(&mut self) -> Option<bool> {
        self.skip_gap();
        let letter = self.one_of(&['a', 'A', 'p', 'P'])?;
        self.one_of(&['.']);
        self.one_of(&['m', 'M'])?;
        self.one_of(&['.']);
        (!self.rest().starts_with(char::is_alphanumeric))
            .then_some(letter.eq_ignore_ascii_case(&'p'))
    }

    /// Reads `Z`, `GMT`, `EST`, `+02:00`; returns `Some(None)` for a zone whose offset depends on the season.
    fn zone(&mut self) -> Option<Option<i32>> {
        self.skip_gap();
        self.one_of(&['(']);
        if let Some(sign) = self.one_of(&['+', '-', '−']) {
            let minutes = self.offset_figures()?;
            return Some(Some(if sign == '+' { minutes } else { -minutes }));
        }
        let name = self.word();
        let is_named = |zone: &&str| zone.eq_ignore_ascii_case(name);
        let known = match ZONES.iter().find(|(zone, _)| is_named(zone)) {
            Some((_, minutes)) => Some(*minutes),
            None => VAGUE_ZONES.into_iter().find(is_named).map(|_| None)?,
        };
        self.one_of(&[')']);
        if known == Some(0) {
            // `UTC+2`
            return Some(self.attempt(Self::zone).unwrap_or(known));
        }
        Some(known)
    }

    fn offset_figures(&mut self) -> Option<i32> {
        let (hours, digits) = self.number(4)?;
        let minutes = |cursor: &mut Self| {
            cursor.one_of(&[':'])?;
            Some(cursor.number(2)?.0)
        };
        let (hours, minutes) = match digits {
            3 | 4 => (hours / 100, hours % 100),
            _ => (hours, self.attempt(minutes).unwrap_or_default()),
        };
        let offset = i32::try_from(hours * 60 + minutes).ok();
        offset.filter(|_| hours <= 14 && minutes < 60)
    }

    /// Skips blanks, commas and dashes between parts.
    fn skip_gap(&mut self) {
        self.skip(&[' ', ',', '\u{a0}', '\u{202f}', '|', '–', '—', '·', '•', '@']);
    }

    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = before;
        }
        found
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, marks: &[char]) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(marks).len();
    }

    fn one_of(&mut self, marks: &[char]) -> Option<char> {
        let c = self.rest().chars().next().filter(|c| marks.contains(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphabetic());
        let len = end.unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    fn digits(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.at += len;
        (len > 0).then(|| &rest[..len])
    }

    /// Reads a number of at most `most` digits; returns it with the number of its digits.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        self.attempt(|cursor| {
            let digits = cursor.digits().filter(|digits| digits.len() <= most)?;
            Some((digits.parse().ok()?, digits.len()))
        })
    }

    /// Reads a number of exactly `count` digits.
    fn figures_of(&mut self, count: usize) -> Option<u32> {
        let (number, digits) = self.number(count)?;
        (digits == count).then_some(number)
    }
}

/// A time of day, and minutes from UTC where they are known.
type Clock = (NaiveTime, Option<i32>);

/// Zones in minutes from UTC.
const ZONES: [(&str, i32); 16] = [
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("CET", 60),
    ("CEST", 120),
    ("AEST", 600),
    ("AEDT", 660),
    ("BST", 60),
];

/// Zones whose offset depends on the season, or on the country.
const VAGUE_ZONES: [&str; 8] = ["ET", "CT", "MT", "PT", "AT", "NT", "IST", "Eastern"];

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> String {
        match parse_date(text) {
            None => "none".to_owned(),
            Some(Published { date, time, offset }) => {
                let time = time.map_or(String::new(), |time| {
                    format!(" {}", time.format("%H:%M:%S"))
                });
                let offset = offset.map_or(String::new(), |offset| format!(" {offset:+}"));
                format!("{date}{time}{offset}")
            }
        }
    }

    #[test]
    fn the_shapes_of_feeds_and_dumps_are_read() {
        assert_eq!(at("2025-09-03"), "2025-09-03");
        assert_eq!(at("2025-9-3"), "2025-09-03");
        assert_eq!(at("20250903"), "2025-09-03");
        assert_eq!(at("20250903T141500Z"), "2025-09-03 14:15:00 +0");
        assert_eq!(at("20151014T043001+0100"), "2015-10-14 04:30:01 +60");
        assert_eq!(at("20250903141500"), "2025-09-03 14:15:00");
        assert_eq!(at("1756908900"), "2025-09-03 14:15:00 +0");
        assert_eq!(at("1756908900000"), "2025-09-03 14:15:00 +0");
        assert_eq!(at("2025-09-03T10:15:00Z"), "2025-09-03 10:15:00 +0");
        assert_eq!(
            at("2025-09-03T10:15:00.123-04:00"),
            "2025-09-03 10:15:00 -240"
        );
        assert_eq!(at("2025-09-03 10:15:00+00:00"), "2025-09-03 10:15:00 +0");
        assert_eq!(
            at("Wed, 03 Sep 2025 14:15:00 GMT"),
            "2025-09-03 14:15:00 +0"
        );
        assert_eq!(
            at("Wed, 3 Sep 2025 14:15:00 +0200"),
            "2025-09-03 14:15:00 +120"
        );
        assert_eq!(
            at("Wed Sep 03 14:15:00 +0000 2025"),
            "2025-09-03 14:15:00 +0"
        );
    }

    #[test]
    fn the_shapes_of_pages_are_read() {
        assert_eq!(at("Sept. 3, 2025"), "2025-09-03");
        assert_eq!(at("September 3rd, 2025"), "2025-09-03");
        assert_eq!(at("3 September 2025"), "2025-09-03");
        assert_eq!(at("3rd of September, 2025"), "2025-09-03");
        assert_eq!(
            at("Wednesday, September 3, 2025 at 10:15 a.m. ET"),
            "2025-09-03 10:15:00"
        );
        assert_eq!(at("Sep 3, 2025, 4:05 PM EDT"), "2025-09-03 16:05:00 -240");
        assert_eq!(
            at("7:40 PM ET, Wed September 3, 2025"),
            "2025-09-03 19:40:00"
        );
        assert_eq!(at("3 septembre 2025"), "2025-09-03");
        assert_eq!(at("3 de septiembre de 2025"), "2025-09-03");
        assert_eq!(at("3. März 2025"), "2025-03-03");
        assert_eq!(at("mercredi 3 septembre 2025"), "2025-09-03");
        assert_eq!(at("2025 年 9 月 3 日 17:04"), "2025-09-03 17:04:00");
        assert_eq!(at("2025년 9월 3일"), "2025-09-03");
        assert_eq!(at("Mittwoch, 3. September 2025"), "2025-09-03");
        assert_eq!(at("woensdag 3 mei 2025"), "2025-05-03");
        assert_eq!(at("onsdag den 3. maj 2025"), "2025-05-03");
        assert_eq!(at("mercoledì 3 settembre 2025"), "2025-09-03");
        assert_eq!(
            at("March 22, 2010 Monday 10:36 EST"),
            "2010-03-22 10:36:00 -300"
        );
        assert_eq!(at("March 22, 2010, 10:36 EST"), "2010-03-22 10:36:00 -300");
    }

    #[test]
    fn a_slashed_date_is_read_only_when_it_can_mean_one_day() {
        assert_eq!(at("09/03/2025"), "none");
        assert_eq!(at("09/23/2025"), "2025-09-23");
        assert_eq!(at("23/09/2025"), "2025-09-23");
        assert_eq!(at("09/09/2025"), "2025-09-09");
        assert_eq!(at("03.09.2025"), "2025-09-03");
        assert_eq!(at("2025/09/03"), "2025-09-03");
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "9999-99-99",
            "0000-00-00",
            "2025-02-30",
            "-5000-01-01",
            "292277026596-12-04",
            "2025-13-01",
            "1e9",
            "2025-09-03T25:61:61+99:99",
            "٢٠٢٥-٠٩-٠٣",
            "September 2025",
            "2025",
            "Monday",
            "Sept. 3",
            "may 3",
            "Aug. 7 20255",
            "2025-09-03abc",
            "2025-09-03 said Carney",
        ] {
            assert_eq!(at(text), "none", "{text}");
        }
    }

    #[test]
    fn the_first_whole_date_in_a_caption_is_found() {
        let caption = "Mark Carney delivers remarks in Ottawa on Thursday, Aug. 7, 2025.";
        assert_eq!(first_date(caption), NaiveDate::from_ymd_opt(2025, 8, 7));
        assert_eq!(first_date("Carney on Thursday, Aug. 7."), None);
    }

    #[test]
    fn seconds_and_milliseconds_count_from_1970() {
        assert_eq!(
            unix_moment(1_756_908_900).map(|p| p.date),
            NaiveDate::from_ymd_opt(2025, 9, 3)
        );
        assert_eq!(
            unix_moment(1_756_908_900_000).map(|p| p.date),
            NaiveDate::from_ymd_opt(2025, 9, 3)
        );
        assert_eq!(unix_moment(2025), None);
        assert_eq!(unix_moment(i64::MIN), None);
    }
}
