//! Finds words in a text as a reader means them: accents, curly marks and, unless a capital is typed, case do not count, and a
//! line break inside a paragraph is a blank.

use memchr::memmem;

use super::Span;
use super::fold::{fold_case, fold_char};

/// Returns every place of `words` in `text`, in order, not overlapping.
pub fn find_all(text: &str, words: &str) -> Vec<Span> {
    let exact_case = words.chars().any(char::is_uppercase);
    let fold = |c: char| match c {
        '\n' => ' ',
        _ if exact_case => without_accent(c),
        _ => fold_char(c),
    };
    let needle: String = words.chars().map(fold).collect();
    let folded: String = text.chars().map(fold).collect();
    find_folded(text, &folded, &needle)
}

/// Returns every place of `needle`, in order, not overlapping.
///
/// It is looked for in `folded`, which is `text` in other letters, one for each; the places are those in `text`.
pub fn find_folded(text: &str, folded: &str, needle: &str) -> Vec<Span> {
    if needle.is_empty() {
        return Vec::new();
    }
    let hits = memmem::find_iter(folded.as_bytes(), needle.as_bytes());
    if text.is_ascii() && folded.len() == text.len() {
        let place = |at| Span::new(at, at + needle.len());
        return hits.map(place).collect();
    }
    let mut places = FoldedPlaces {
        text: text.char_indices(),
        folded: folded.char_indices(),
    };
    hits.map(|at| {
        let start = places.in_text(at);
        Span::new(start, places.in_text(at + needle.len()))
    })
    .collect()
}

/// Folds accents and marks but keeps the case.
fn without_accent(c: char) -> char {
    let folded = fold_char(c);
    if fold_case(c) == c || !folded.is_alphabetic() {
        folded
    } else {
        folded.to_uppercase().next().unwrap_or(folded)
    }
}

/// Walks a text and its folded copy, which has the same chars in other lengths, side by side.
struct FoldedPlaces<'a> {
    text: std::str::CharIndices<'a>,
    folded: std::str::CharIndices<'a>,
}

impl FoldedPlaces<'_> {
    /// Returns the place in the text of byte `at` of the copy; calls must not go back.
    fn in_text(&mut self, at: usize) -> usize {
        while self.folded.offset() < at {
            self.folded.next();
            self.text.next();
        }
        self.text.offset()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, words: &str) -> Vec<&'a str> {
        find_all(text, words)
            .into_iter()
            .map(|span| span.of(text))
            .collect()
    }

    #[test]
    fn curly_marks_and_accents_do_not_count() {
        assert_eq!(found("“Don’t” and don't", "don't"), ["Don’t", "don't"]);
        assert_eq!(found("Québec, Quebec", "quebec"), ["Québec", "Quebec"]);
    }

    #[test]
    fn a_capital_makes_case_count() {
        assert_eq!(found("Trade and trade", "Trade"), ["Trade"]);
        assert_eq!(found("Trade and trade", "trade"), ["Trade", "trade"]);
        assert_eq!(found("École, école", "École"), ["École"]);
    }

    #[test]
    fn a_hit_may_run_over_a_line_break() {
        assert_eq!(found("white\nsmoke", "white smoke"), ["white\nsmoke"]);
    }

    #[test]
    fn nothing_is_found_for_no_words() {
        assert!(find_all("steel", "").is_empty());
        assert!(find_all("", "steel").is_empty());
    }
}
