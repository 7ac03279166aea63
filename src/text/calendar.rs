//! Names of months and weekdays, as news writes them; the lists are those of `assets/words/calendar.toml`.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use super::word_lists;

static NAMES: LazyLock<CalendarNames> = LazyLock::new(CalendarNames::read);

/// The numbers of months and weekdays by every name that they have.
#[derive(Default)]
struct CalendarNames {
    english_months: HashMap<&'static str, u32>,
    months: HashMap<&'static str, u32>,
    weekdays: HashMap<&'static str, u32>,
    foreign_weekdays: HashSet<&'static str>,
}

impl CalendarNames {
    fn read() -> Self {
        let mut names = Self::default();
        let lists: HashMap<&str, &str> =
            word_lists::parse(include_str!("../../assets/words/calendar.toml"));
        // A month a line, the English name first.
        for (line, month) in lists["months"].lines().zip(1..) {
            let name = line.split(' ').next().unwrap_or_default();
            names.english_months.insert(name, month);
            names
                .english_months
                .extend(name.get(..3).map(|short| (short, month)));
            for name in line.split(' ') {
                names.months.entry(name).or_insert(month);
            }
        }
        names.english_months.insert("sept", 9);
        for (name, weekday) in lists["weekdays"].split(' ').zip(0..) {
            let short = (3..=5).filter_map(|len| name.get(..len));
            names
                .weekdays
                .extend(short.chain([name]).map(|name| (name, weekday)));
        }
        let foreign = lists["foreign_weekdays"].split_whitespace();
        names.foreign_weekdays.extend(foreign);
        names
    }
}

/// Returns whether `word`, folded, is a weekday in full in a language other than English.
pub fn is_foreign_weekday(word: &str) -> bool {
    NAMES.foreign_weekdays.contains(word)
}

/// Returns the number of the month that `word`, folded, names in one of the languages of the list.
pub fn month(word: &str) -> Option<u32> {
    english_month(word).or_else(|| NAMES.months.get(word).copied())
}

/// Returns the number of the month that `word`, in small letters, names in English, in full or short.
pub fn english_month(word: &str) -> Option<u32> {
    NAMES.english_months.get(word).copied()
}

/// Returns the number of the weekday, Monday being 0, that `word`, in small letters, names in full or short.
pub fn weekday(word: &str) -> Option<u32> {
    NAMES.weekdays.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_weekdays_are_known_in_full_and_short() {
        assert_eq!(
            ["january", "sept", "sep", "mai", "aout", "ma", ""].map(month),
            [Some(1), Some(9), Some(9), Some(5), Some(8), None, None]
        );
        assert_eq!(
            ["monday", "thurs", "fri", "mo", "wednes"].map(weekday),
            [Some(0), Some(3), Some(4), None, None]
        );
        assert_eq!(english_month("mai"), None);
        assert!(is_foreign_weekday("mercredi") && !is_foreign_weekday("monday"));
    }
}
