//! Whether a text as it came can hold the words of a query, told before anything is read from it.
//!
//! A row of the [`Arena`](super::Arena) is made of a report's own words and of a few others (a month's name, what is said of
//! an unknown outlet). So a report whose text does not have a word of the query cannot have it in its row either, but for
//! those others. Words are compared by runs of ASCII letters and figures, because marks and blanks around them may change on
//! the way; a text with escapes or hidden characters is never judged, because they may become letters, or part some.
//!
//! Says nothing of letters that are merely in order.

use memchr::memmem::Finder;

use super::query::{Query, Term};
use crate::text::fold;
use crate::text::sanitize::is_clean;

/// A query that texts are held against.
#[derive(Clone, Debug)]
pub struct Sieve {
    /// Of each group that can be judged, a run of letters for each of its terms.
    groups: Vec<Vec<Finder<'static>>>,
    folded: Vec<u8>,
}

impl Sieve {
    /// Returns the sieve of `query`; the words of `others` may stand in a row of the arena though no report has them.
    pub fn new(query: &Query, others: &str) -> Self {
        let others = fold::fold(others);
        let group = |terms: &Vec<Term>| {
            let runs = terms.iter().map(|term| run(term, &others));
            let finder = |run: Option<&str>| Some(Finder::new(run?).into_owned());
            runs.map(finder).collect()
        };
        Self {
            groups: query.groups().iter().filter_map(group).collect(),
            folded: Vec::new(),
        }
    }

    /// Whether it keeps every text.
    pub fn is_open(&self) -> bool {
        self.groups.is_empty()
    }

    /// Whether a row made of words of `text`, which is UTF-8, may hold the query side by side.
    pub fn keeps(&mut self, text: &[u8]) -> bool {
        self.folded.clear();
        fold_into(&mut self.folded, text);
        let has = |group: &Vec<Finder<'_>>| {
            let mut runs = group.iter();
            runs.any(|run| run.find(&self.folded).is_some())
        };
        self.groups.iter().all(has) || !stands_for_itself(text)
    }
}

/// Returns the letters and figures of `term` that a report must have itself; the most there are side by side.
fn run<'t>(term: &'t Term, others: &str) -> Option<&'t str> {
    if term.negated || term.field.is_some() {
        return None;
    }
    let runs = term.text.split(|c: char| !c.is_ascii_alphanumeric());
    let own = |run: &&str| run.contains(|c: char| c.is_ascii_alphabetic()) && !others.contains(run);
    runs.filter(own).max_by_key(|run| run.len())
}

/// Adds `text` to `folded`, a byte for each letter; those outside ASCII, which no run has, are all one.
fn fold_into(folded: &mut Vec<u8>, text: &[u8]) {
    let lower = |plain: &[u8], folded: &mut Vec<u8>| {
        folded.extend(plain.iter().map(u8::to_ascii_lowercase));
    };
    let Some(mut rest) = accented(text) else {
        return lower(text, folded);
    };
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let (plain, after) = rest.split_at(at);
        lower(plain.as_bytes(), folded);
        let mut chars = after.chars();
        let folded_char = chars.next().map(fold::fold_char);
        folded.push(
            folded_char
                .and_then(|c| u8::try_from(c).ok())
                .unwrap_or(0x80)
                .min(0x80),
        );
        rest = chars.as_str();
    }
    lower(rest.as_bytes(), folded);
}

/// Returns `text` if it has letters outside ASCII.
fn accented(text: &[u8]) -> Option<&str> {
    // no early end, as below
    let is_ascii = text.iter().fold(0, |all, &byte| all | byte) < 0x80;
    if is_ascii {
        None
    } else {
        std::str::from_utf8(text).ok()
    }
}

/// Whether the words that are read from `text` stand in it as they are.
fn stands_for_itself(text: &[u8]) -> bool {
    let odd = |byte: u8| {
        let is_blank = byte.wrapping_sub(b'\t') < 5;
        let is_sign = byte.wrapping_sub(b' ') <= b'~' - b' ';
        !(is_blank | is_sign) | (byte == b'\\')
    };
    // all bytes are looked at, so that the compiler can look at many at a time
    if !text.iter().fold(false, |found, &byte| found | odd(byte)) {
        return true;
    }
    let is_text = std::str::from_utf8(text).is_ok_and(is_clean);
    is_text && memchr::memchr(b'\\', text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps(typed: &str, text: &str) -> bool {
        Sieve::new(&Query::parse(typed), "date unknown Sep rows.jsonl").keeps(text.as_bytes())
    }

    #[test]
    fn a_text_without_one_of_the_words_goes() {
        assert!(keeps("steel", "{\"title\": \"STEEL duties\"}"));
        assert!(!keeps("steel", "{\"title\": \"Iron duties\"}"));
        assert!(!keeps("steel iron", "{\"title\": \"Iron duties\"}"));
        assert!(keeps("steel | iron", "{\"title\": \"Iron duties\"}"));
    }

    #[test]
    fn marks_and_blanks_may_change_between_the_text_and_the_row() {
        assert!(keeps("\"white smoke\"", "{\"title\": \"White  smoke\"}"));
        assert!(keeps("quebec's", "{\"title\": \"Québec’s vote\"}"));
        assert!(!keeps("quebec's", "{\"title\": \"Ontario’s vote\"}"));
    }

    #[test]
    fn words_that_no_report_need_have_are_not_asked_for() {
        for typed in [
            "unknown",
            "sep",
            "2025",
            "!steel",
            "rows",
            "headline:steel",
            "|",
            "é",
        ] {
            assert!(keeps(typed, "{\"title\": \"Iron duties\"}"), "{typed}");
        }
        assert!(!keeps("steel 2025", "{\"title\": \"Iron duties\"}"));
        assert!(!keeps("sept", "{\"title\": \"Iron duties\"}"));
    }

    #[test]
    fn a_text_that_may_read_otherwise_than_it_is_written_stays() {
        for text in ["\\u0073teel", "st\u{200b}eel", "st\u{7f}eel"] {
            assert!(keeps("steel", text), "{text:?}");
        }
    }
}
