//! Names of months and weekdays, as news writes them; the lists are those of `assets/words/calendar.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::word_lists;

static NAMES: LazyLock<CalendarNames> =
    LazyLock::new(|| word_lists::parse(include_str!("../../assets/words/calendar.toml")));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarNames {
    /// A month a line, the English name first.
    months: String,
    weekdays: String,
}

/// Returns the number of the month that `word`, folded, names in English, French, German or Spanish.
pub fn month(word: &str) -> Option<u32> {
    let months = || NAMES.months.lines();
    let named = |names: &str| names.split(' ').any(|name| name == word);
    english_month(word).or_else(|| number(months().position(named)))
}

/// Returns the number of the month that `word`, in small letters, names in English, in full or short.
pub fn english_month(word: &str) -> Option<u32> {
    if word == "sept" {
        return Some(9);
    }
    let named = |names: &str| {
        let name = names.split(' ').next().unwrap_or_default();
        name == word || (word.len() == 3 && name.starts_with(word))
    };
    number(NAMES.months.lines().position(named))
}

/// Returns the number of the weekday, Monday being 0, that `word`, in small letters, names in full or short.
pub fn weekday(word: &str) -> Option<u32> {
    let mut names = NAMES.weekdays.split(' ');
    let place = names.position(|name| {
        word.len() >= 3 && name.starts_with(word) && (word.len() <= 5 || word.len() == name.len())
    });
    place.and_then(|place| u32::try_from(place).ok())
}

fn number(place: Option<usize>) -> Option<u32> {
    u32::try_from(place? + 1).ok()
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
    }
}
