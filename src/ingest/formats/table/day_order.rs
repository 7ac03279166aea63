//! Settles whether `03/09/2025` means March or September by the other dates of the column.

use std::borrow::Cow;
use std::io::Read;

use csv::{ByteRecord, Reader};

/// The order of day and month in a column of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayOrder {
    /// No date tells, or some tell one thing and some the other.
    Unknown,
    DayFirst,
    MonthFirst,
}

impl DayOrder {
    /// Returns the order that the dates of column `at` settle.
    pub(super) fn of_column<R: Read>(mut records: Reader<R>, at: usize) -> Self {
        let (mut days, mut months) = (0, 0);
        let mut record = ByteRecord::new();
        while records.read_byte_record(&mut record).unwrap_or(false) {
            let Some(cell) = record.get(at) else { continue };
            let cell = String::from_utf8_lossy(cell);
            match figures(cell.trim()) {
                Some((first, second, _)) => {
                    days += usize::from(first > 12);
                    months += usize::from(second > 12);
                }
                // Dates of another shape need no order, and nobody mixes the two.
                None if !cell.trim().is_empty() => break,
                None => {}
            }
        }
        match (days > 0, months > 0) {
            (true, false) => DayOrder::DayFirst,
            (false, true) => DayOrder::MonthFirst,
            _ => DayOrder::Unknown,
        }
    }

    /// Returns `words` with the year first, where they begin with a date in figures and the order is known.
    pub(super) fn in_order<'a>(self, words: &'a str) -> Cow<'a, str> {
        let Some((first, second, rest)) = figures(words) else {
            return Cow::Borrowed(words);
        };
        let (day, month) = match self {
            DayOrder::Unknown => return Cow::Borrowed(words),
            DayOrder::DayFirst => (first, second),
            DayOrder::MonthFirst => (second, first),
        };
        let (year, after) = rest.split_at_checked(4).unwrap_or((rest, ""));
        Cow::Owned(format!("{year}-{month:02}-{day:02}{after}"))
    }
}

/// Returns the first two numbers of `3/9/2025 10:15`, and what follows them, the year first.
fn figures(words: &str) -> Option<(u32, u32, &str)> {
    let (first, rest) = words.split_once(['/', '-'])?;
    let (second, rest) = rest.split_once(['/', '-'])?;
    let number = |digits: &str| -> Option<u32> {
        let is_number = (1..=2).contains(&digits.len());
        digits.parse().ok().filter(|_| is_number)
    };
    let year = rest.get(..4)?;
    let is_year = year.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then_some((number(first)?, number(second)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(dates: &str) -> DayOrder {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(dates.as_bytes());
        DayOrder::of_column(reader, 0)
    }

    #[test]
    fn one_day_beyond_the_twelfth_settles_the_column() {
        assert_eq!(order("03/09/2025\n23/09/2025\n"), DayOrder::DayFirst);
        assert_eq!(order("9/3/2025\n9/23/2025 10:15\n"), DayOrder::MonthFirst);
        assert_eq!(order("03/09/2025\n"), DayOrder::Unknown);
        assert_eq!(order("23/09/2025\n09/23/2025\n"), DayOrder::Unknown);
    }

    #[test]
    fn a_date_is_turned_only_where_the_order_is_known() {
        assert_eq!(
            DayOrder::DayFirst.in_order("03/09/2025 10:15"),
            "2025-09-03 10:15"
        );
        assert_eq!(DayOrder::MonthFirst.in_order("9/3/2025"), "2025-09-03");
        assert_eq!(DayOrder::Unknown.in_order("9/3/2025"), "9/3/2025");
        assert_eq!(
            DayOrder::DayFirst.in_order("3 September 2025"),
            "3 September 2025"
        );
    }
}
