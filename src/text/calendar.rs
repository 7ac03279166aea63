//! Names of months and weekdays, as news writes them.

/// Months by number, English first; folded.
const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "januar", "enero"],
    &["february", "fevrier", "februar", "febrero"],
    &["march", "mars", "marz", "marzo"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "juin", "juni", "junio"],
    &["july", "juillet", "juli", "julio"],
    &["august", "aout", "agosto"],
    &["september", "septembre", "septiembre"],
    &["october", "octobre", "oktober", "octubre"],
    &["november", "novembre", "noviembre"],
    &["december", "decembre", "dezember", "diciembre"],
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Returns the number of the month that `word`, folded, names in English, French, German or Spanish.
pub fn month(word: &str) -> Option<u32> {
    english_month(word).or_else(|| number(MONTHS.iter().position(|names| names.contains(&word))))
}

/// Returns the number of the month that `word`, in small letters, names in English, in full or short.
pub fn english_month(word: &str) -> Option<u32> {
    let named = |names: &&[&str]| {
        names
            .first()
            .is_some_and(|name| *name == word || (word.len() == 3 && name.starts_with(word)))
    };
    if word == "sept" {
        Some(9)
    } else {
        number(MONTHS.iter().position(named))
    }
}

/// Returns the number of the weekday, Monday being 0, that `word`, in small letters, names in full or short.
pub fn weekday(word: &str) -> Option<u32> {
    let place = WEEKDAYS.iter().position(|name| {
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
            ["january", "sept", "sep", "mai", "aout", "ma"].map(month),
            [Some(1), Some(9), Some(9), Some(5), Some(8), None]
        );
        assert_eq!(
            ["monday", "thurs", "fri", "mo", "wednes"].map(weekday),
            [Some(0), Some(3), Some(4), None, None]
        );
        assert_eq!(english_month("mai"), None);
    }
}
