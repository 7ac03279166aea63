//! The columns that text takes on the screen, grapheme by grapheme: the width of a text is not the sum of its characters'.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns how many columns `text` takes when it is drawn.
pub fn columns(text: &str) -> usize {
    // Most words of news are printable ASCII, where no table of Unicode needs to be asked.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.len();
    }
    text.graphemes(true).map(grapheme_columns).sum()
}

/// Returns how many columns ratatui gives a grapheme: its width, and one for each halfwidth voicing mark.
pub fn grapheme_columns(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        return 1;
    }
    let marks = grapheme
        .chars()
        .filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}'));
    grapheme.width() + marks.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_of_its_own_takes_no_column_and_a_wide_letter_two() {
        let widths = ["steel", "cafe\u{301}", "한국", "‘at’"];
        assert_eq!(widths.map(columns), [5, 4, 4, 4]);
    }
}
