//! Whether a text as it came can hold the words of a query, told before anything is read from it.
//!
//! A row of the [`FoldedRows`](super::FoldedRows) is made of a report's own words and of a few others (a month's name, what is said of
//! an unknown outlet). So a report whose text does not have a word of the query cannot have it in its row either, but for
//! those others. Words are compared by runs of ASCII letters and figures, because marks and blanks around them may change on
//! the way; a text with escapes or hidden characters is never judged, because they may become letters, or part some.
//!
//! Of letters that are merely in order it says less: only whether all are there.

use memchr::memmem::Finder;

use super::query::{Query, QueryTerm};
use crate::text::fold;
use crate::text::sanitize::is_clean;

/// A query that texts are held against.
#[derive(Clone, Debug)]
pub struct Sieve {
    /// Of each group that can be judged, a run of letters for each of its terms.
    groups: Vec<Vec<Finder<'static>>>,
    /// Letters and figures that no row can be without.
    letters: Vec<u8>,
    folded: Vec<u8>,
}

impl Sieve {
    /// Returns the sieve of `query`; the words of `others` may stand in a row of the arena though no report has them.
    pub fn new(query: &Query, others: &str) -> Self {
        let others = fold::fold(others);
        let group = |terms: &Vec<QueryTerm>| {
            let runs = terms.iter().map(|term| run(term, &others));
            let finder = |run: Option<&str>| Some(Finder::new(run?).into_owned());
            runs.map(finder).collect()
        };
        let mut letters: Vec<u8> = query
            .groups()
            .iter()
            .filter_map(|terms| match terms.as_slice() {
                [term] if is_wanted(term) => Some(term.text.bytes()),
                _ => None,
            })
            .flatten()
            .filter(|&byte| byte.is_ascii_alphabetic() && !others.contains(char::from(byte)))
            .collect();
        letters.sort_unstable();
        letters.dedup();
        Self {
            groups: query.groups().iter().filter_map(group).collect(),
            letters,
            folded: Vec::new(),
        }
    }

    /// Whether a row made of words of `text` may hold the query side by side.
    pub fn keeps(&mut self, text: &str) -> bool {
        self.fold(text);
        let has = |group: &Vec<Finder<'_>>| {
            let mut runs = group.iter();
            runs.any(|run| run.find(&self.folded).is_some())
        };
        self.groups.iter().all(has) || !stands_for_itself(text)
    }

    /// Whether there are letters that [`Sieve::keeps_scattered`] asks for.
    pub fn asks_for_letters(&self) -> bool {
        !self.letters.is_empty()
    }

    /// Whether such a row may hold it at all.
    pub fn keeps_scattered(&mut self, text: &str) -> bool {
        self.fold(text);
        let has = |&letter: &u8| memchr::memchr(letter, &self.folded).is_some();
        self.letters.iter().all(has) || !stands_for_itself(text)
    }

    fn fold(&mut self, text: &str) {
        self.folded.clear();
        fold_into(&mut self.folded, text);
    }
}

/// Whether a row must have the letters of `term`.
fn is_wanted(term: &QueryTerm) -> bool {
    !term.negated && term.field.is_none()
}

/// Returns the letters and figures of `term` that a report must have itself; the most there are side by side.
fn run<'t>(term: &'t QueryTerm, others: &str) -> Option<&'t str> {
    if !is_wanted(term) {
        return None;
    }
    let runs = term.text.split(|c: char| !c.is_ascii_alphanumeric());
    let own = |run: &&str| run.contains(|c: char| c.is_ascii_alphabetic()) && !others.contains(run);
    runs.filter(own).max_by_key(|run| run.len())
}

/// Adds `text` to `folded`, a byte for each letter; those outside ASCII, which no run has, are all one.
fn fold_into(folded: &mut Vec<u8>, text: &str) {
    let lower = |byte: &u8| byte.to_ascii_lowercase();
    if is_ascii(text) {
        return folded.extend(text.as_bytes().iter().map(lower));
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let (plain, after) = rest.split_at(at);
        folded.extend(plain.as_bytes().iter().map(lower));
        let mut chars = after.chars();
        let c = chars.next().map(fold::fold_char).filter(char::is_ascii);
        folded.push(c.map_or(0x80, |c| c as u8));
        rest = chars.as_str();
    }
    folded.extend(rest.as_bytes().iter().map(lower));
}

/// Whether the words that are read from `text` stand in it as they are.
fn stands_for_itself(text: &str) -> bool {
    memchr::memchr(b'\\', text.as_bytes()).is_none() && is_clean(text)
}

/// Looks at all bytes, so that it can look at many at a time: rows are short.
fn is_ascii(text: &str) -> bool {
    text.bytes().fold(0, |all, byte| all | byte) < 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps(typed: &str, text: &str) -> bool {
        Sieve::new(&Query::parse(typed), "date unknown Sep rows.jsonl").keeps(text)
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

    #[test]
    fn a_text_without_one_of_the_letters_cannot_hold_them_in_order() {
        let keeps = |text: &str| Sieve::new(&Query::parse("zrcn x"), "rows").keeps_scattered(text);
        assert!(keeps("Zirconium tax") && !keeps("Zirconium") && !keeps("Calcium tax"));
        assert!(keeps("Forçé nine tax, zloty") && keeps("\\u007airconium"));
    }
}
