//! Tells characters that a terminal draws from those that it would obey or hide.
//!
//! Measured with ratatui 0.30: C0 and C1 are dropped when drawing, but "[31m" stays readable, bidi controls, zero-width
//! characters and tags ride along raw, and thousands of combining marks fit into one cell. Knows characters only.

use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthChar;

/// The sanitizer's way with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CharAction {
    /// Kept as it is.
    Keep,
    /// Kept while its base does not bear too many.
    Mark,
    /// Kept between letters that it shapes, dropped elsewhere.
    Joiner,
    /// Becomes a line end.
    Newline,
    /// Becomes a blank line.
    Paragraph,
    /// Becomes a blank.
    Blank,
    /// A control that parts words: becomes a blank, and is counted as hidden.
    Separator,
    /// Dropped with the control sequence that it begins.
    Sequence,
    /// Shown as U+FFFD.
    Replace,
    /// Dropped.
    Drop,
}

/// Returns what the sanitizer does with `c`.
pub(super) fn char_action(c: char) -> CharAction {
    match c {
        '\n' | ' '..='~' => CharAction::Keep,
        '\t' => CharAction::Blank,
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => CharAction::Newline,
        '\u{2029}' => CharAction::Paragraph,
        '\u{1c}'..='\u{1f}' => CharAction::Separator,
        '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => CharAction::Sequence,
        '\u{0}'..='\u{9f}' => CharAction::Drop,
        '\u{200c}' | '\u{200d}' => CharAction::Joiner,
        // Punctuation of every English report, asked first because it is common.
        '\u{2010}'..='\u{2027}' => CharAction::Keep,
        _ if is_invisible(c) => CharAction::Drop,
        _ if is_without_meaning(c) => CharAction::Replace,
        _ if is_mark(c) => CharAction::Mark,
        _ => CharAction::Keep,
    }
}

/// Whether `c` is drawn as nothing: zero-width, bidi controls, fillers, selectors, tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether `c` is a noncharacter or of private use.
fn is_without_meaning(c: char) -> bool {
    u32::from(c) & 0xfffe == 0xfffe
        || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Whether `c` joins the cell of the character before it.
fn is_mark(c: char) -> bool {
    is_combining_mark(c)
        || c.width() == Some(0)
        || matches!(c, '\u{ff9e}' | '\u{ff9f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Whether a joiner beside `c` changes its shape: letters and signs of the Arabic and Indic scripts.
pub(super) fn is_shaped_by_joiner(c: char) -> bool {
    matches!(c,
        '\u{620}'..='\u{65f}' | '\u{66e}'..='\u{6d3}' | '\u{6fa}'..='\u{6ff}' | '\u{710}'..='\u{77f}'
        | '\u{8a0}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17b3}'
        | '\u{17b6}'..='\u{17d3}' | '\u{a8e0}'..='\u{a8ff}')
}

/// Bytes that may begin a character that is not simply kept; the others are skipped without being decoded.
pub(super) const SUSPECT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte {
            0x0a => false,
            0x00..=0x1f | 0x7f => true,
            // Latin letters, Greek and Cyrillic (but not its marks), CJK ideographs, Hangul syllables: always kept.
            0xc3..=0xcb | 0xce..=0xd1 | 0xd3..=0xd5 | 0xe4..=0xe9 | 0xeb | 0xec => false,
            0xc2..=0xf4 => true,
            _ => false,
        };
        byte += 1;
    }
    table
};

/// Returns the length in bytes of the control sequence that `text` begins with, what it carries included.
///
/// A control string without an end is only its introducer: words are never lost to a sequence that was left open, and the
/// search for an end stops at the next control character, which keeps it linear.
pub(super) fn sequence_len(text: &str) -> usize {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return 0 };
    let (kind, lead) = match (first, chars.next()) {
        ('\u{1b}', Some(second)) => (second, 1 + second.len_utf8()),
        ('\u{1b}', None) => return 1,
        (_, _) => (escape_letter(first), first.len_utf8()),
    };
    let rest = text.get(lead..).unwrap_or_default();
    match kind {
        '[' if first == '\u{1b}' => lead + csi_len(rest).0,
        // The C1 form is also what a wrong decoding leaves behind: it must look like a sequence to be one.
        '[' => {
            lead + Some(csi_len(rest))
                .filter(|(len, whole)| *len > 1 && *whole)
                .map_or(0, |(len, _)| len)
        }
        ']' | 'P' | 'X' | '^' | '_' | 'k' => lead + string_len(rest),
        ' '..='/' => {
            lead + rest
                .find(|c: char| !(' '..='/').contains(&c))
                .map_or(0, |at| {
                    at + usize::from(rest[at..].starts_with(|c: char| ('0'..='~').contains(&c)))
                })
        }
        '0'..='~' => lead,
        _ => first.len_utf8(),
    }
}

/// Returns the letter that follows ESC in the 7-bit form of the C1 control `c`.
fn escape_letter(c: char) -> char {
    match c {
        '\u{90}' => 'P',
        '\u{98}' => 'X',
        '\u{9b}' => '[',
        '\u{9d}' => ']',
        '\u{9e}' => '^',
        _ => '_',
    }
}

/// Returns the length of parameters, intermediates and final of a CSI sequence, and whether the final was there.
fn csi_len(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    let parameters = bytes
        .iter()
        .take_while(|byte| (0x30..=0x3f).contains(*byte))
        .count();
    let body = parameters
        + bytes[parameters..]
            .iter()
            .take_while(|byte| (0x20..=0x2f).contains(*byte))
            .count();
    let whole = bytes
        .get(body)
        .is_some_and(|byte| (0x40..=0x7e).contains(byte));
    (if whole { body + 1 } else { parameters }, whole)
}

/// Returns the length of a control string's body and its end, or 0 where no end comes before the next control.
fn string_len(text: &str) -> usize {
    let Some((at, stop)) = text.char_indices().find(|(_, c)| c.is_control()) else {
        return 0;
    };
    match stop {
        '\u{7}' => at + 1,
        '\u{9c}' => at + 2,
        '\u{1b}' if text[at + 1..].starts_with('\\') => at + 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_not_suspect_never_begins_a_character_with_another_fate() {
        for c in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            let lead = usize::from(c.encode_utf8(&mut bytes).as_bytes()[0]);
            assert!(SUSPECT[lead] || char_action(c) == CharAction::Keep, "{c:?}");
        }
    }

    #[test]
    fn sequences_are_measured_whole() {
        for whole in [
            "\u{1b}[31m",
            "\u{1b}[38;2;30;30;30m",
            "\u{1b}[?1049h",
            "\u{1b}]0;title\u{7}",
            "\u{1b}]8;;http://x\u{1b}\\",
            "\u{1b}P$q\u{1b}\\",
            "\u{1b}c",
            "\u{1b}(0",
            "\u{1b} F",
            "\u{9b}1;1H",
            "\u{9d}0;x\u{9c}",
            "\u{1b}",
        ] {
            assert_eq!(sequence_len(whole), whole.len(), "{whole:?}");
            if whole.len() > 1 {
                assert_eq!(
                    sequence_len(&format!("{whole} Carney said")),
                    whole.len(),
                    "{whole:?}"
                );
            }
        }
    }

    #[test]
    fn a_control_string_without_an_end_swallows_no_words() {
        assert_eq!(sequence_len("\u{1b}]0; the tariffs\nstay"), 2);
        assert_eq!(sequence_len("\u{9d} he said, and the tariffs stay"), 2);
        assert_eq!(sequence_len("\u{9b}he said"), 2);
    }
}
