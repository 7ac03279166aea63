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

/// Returns `text` cut to `width` columns, with an ellipsis where something was cut.
pub fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1);
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme_columns(grapheme);
        if used > room {
            break;
        }
        kept.push_str(grapheme);
    }
    if width > 0 {
        kept.truncate(kept.trim_end().len());
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_of_its_own_takes_no_column_and_a_wide_letter_two() {
        let widths = ["steel", "cafe\u{301}", "한국", "‘at’"];
        assert_eq!(widths.map(columns), [5, 4, 4, 4]);
    }

    #[test]
    fn words_are_cut_between_letters() {
        assert_eq!(cut("cafe\u{301} noir", 6), "cafe\u{301}…");
        assert_eq!(cut("steel", 5), "steel");
        assert_eq!(cut("한국어", 4), "한…");
        assert_eq!(cut("steel", 0), "");
    }
}
