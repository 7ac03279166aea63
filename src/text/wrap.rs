//! First-fit wrapping of a text into rows, as byte ranges.
//!
//! Measures grapheme by grapheme the way ratatui draws, because the width of a line is not the sum of its characters'.
//! Blanks and line ends that a row ends with belong to no row. A word wider than a row is cut between graphemes; a
//! grapheme wider than a row stands alone on one. Linear in the text however long its lines are: ratatui's own wrapping
//! took 642 ms a frame at 2 MB.

use unicode_segmentation::UnicodeSegmentation;

use super::Span;
use super::grapheme::{columns, grapheme_columns};

/// Returns the rows of `text` at `width` columns; a line end in the text ends the row, and an empty line is an empty row.
pub fn wrap(text: &str, width: usize) -> Vec<Span> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        OpenRow::new(text, start, width.max(1)).fill(line, &mut rows);
        start += line.len() + 1;
    }
    rows
}

/// The row that is being filled.
struct OpenRow<'a> {
    text: &'a str,
    width: usize,
    start: usize,
    /// End of its last word.
    end: usize,
    /// Columns up to where the next word would begin.
    used: usize,
}

impl<'a> OpenRow<'a> {
    fn new(text: &'a str, start: usize, width: usize) -> Self {
        Self {
            text,
            width,
            start,
            end: start,
            used: 0,
        }
    }

    /// Puts the words of `line`, which begins with the row, on rows.
    fn fill(mut self, line: &str, rows: &mut Vec<Span>) {
        let mut at = self.start;
        for piece in line.split_inclusive(' ') {
            let word = piece.trim_end_matches(' ');
            self.add_word(Span::new(at, at + word.len()), rows);
            self.used += piece.len() - word.len();
            at += piece.len();
        }
        rows.push(Span::new(self.start, self.end));
    }

    /// Puts a word on the row, or on a new one where it does not fit.
    fn add_word(&mut self, word: Span, rows: &mut Vec<Span>) {
        if word.is_empty() {
            return;
        }
        let wide = columns(word.of(self.text));
        if self.used + wide > self.width && self.used > 0 {
            if !Span::new(self.start, self.end).is_empty() {
                rows.push(Span::new(self.start, self.end));
            }
            self.start = word.start;
            self.used = 0;
        }
        if wide <= self.width {
            self.end = word.end;
            self.used += wide;
        } else {
            self.cut_word(word, rows);
        }
    }

    /// Puts a word that is wider than a row on several, the first of which it begins.
    fn cut_word(&mut self, word: Span, rows: &mut Vec<Span>) {
        self.start = word.start;
        for (at, grapheme) in word.of(self.text).grapheme_indices(true) {
            let wide = grapheme_columns(grapheme);
            if self.used + wide > self.width && self.used > 0 {
                rows.push(Span::new(self.start, word.start + at));
                self.start = word.start + at;
                self.used = 0;
            }
            self.used += wide;
        }
        self.end = word.end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str, width: usize) -> Vec<&str> {
        wrap(text, width)
            .into_iter()
            .map(|row| row.of(text))
            .collect()
    }

    #[test]
    fn words_go_on_the_first_row_that_has_room() {
        assert_eq!(
            rows("Don’t expect immediate white smoke", 14),
            ["Don’t expect", "immediate", "white smoke"]
        );
        assert_eq!(rows("white smoke", 11), ["white smoke"]);
    }

    #[test]
    fn a_line_end_ends_the_row_and_an_empty_line_is_a_row() {
        assert_eq!(rows("a\n\nb c\n", 9), ["a", "", "b c", ""]);
        assert_eq!(rows("", 9), [""]);
    }

    #[test]
    fn a_word_wider_than_the_row_is_cut_between_graphemes() {
        assert_eq!(
            rows("a counter-tariffs b", 6),
            ["a", "counte", "r-tari", "ffs b"]
        );
        assert_eq!(rows("首相は火曜", 5), ["首相", "は火", "曜"]);
        assert_eq!(rows("首相", 1), ["首", "相"]);
    }

    #[test]
    fn blanks_at_a_break_belong_to_no_row() {
        assert_eq!(rows("steel   aluminum", 9), ["steel", "aluminum"]);
        assert_eq!(rows("  steel", 9), ["  steel"]);
        assert_eq!(rows("         steel", 5), ["steel"]);
    }

    #[test]
    fn a_line_of_megabytes_takes_no_more_than_its_share() {
        let text = "tariff ".repeat(300_000) + &"x".repeat(2_000_000);
        assert_eq!(
            wrap(&text, 76).len(),
            300_000usize.div_ceil(11) + 2_000_000usize.div_ceil(76)
        );
    }

    fn wrapped() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "Carney ",
            "said",
            " ",
            "  ",
            "\n",
            "首相",
            "e\u{301}",
            "👍🏽",
            "🇨🇦",
            "ﾞ",
            "قال",
            "-",
            "—",
            "counter-tariffs",
            "क\u{94d}षि",
        ]);
        prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn rows_hold_every_word_in_order_and_fit(text in wrapped(), width in 1usize..30) {
            let rows = wrap(&text, width);
            let kept: String = rows.iter().map(|row| row.of(&text)).collect();
            let bare = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(bare(&kept), bare(&text));
            for pair in rows.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start);
            }
            for row in rows {
                let words = row.of(&text);
                prop_assert!(columns(words) <= width || words.graphemes(true).count() == 1);
                prop_assert!(!words.contains('\n'));
            }
        }
    }
}
