//! The frame being drawn: writes words and styles into its cells, and fits words to the columns there are.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::library::ReportNo;
use crate::text::{Span, grapheme, wrap};

use super::highlight::{Layer, pieces};
use super::prompt::Prompt;
use super::shared::Shared;
use super::theme::{Scope, Theme};

/// The letter A of flags, the first of 26.
const FLAG_A: u32 = 0x1f1e6;

/// The appearance of words: a style, or the scope whose style the theme has.
pub trait ThemeStyle {
    /// Returns the style in `theme`.
    fn style_in(self, theme: &Theme) -> Style;
}

impl ThemeStyle for Style {
    fn style_in(self, _theme: &Theme) -> Style {
        self
    }
}

impl ThemeStyle for Scope {
    fn style_in(self, theme: &Theme) -> Style {
        theme.get(self)
    }
}

/// The frame being drawn, and what every view draws from.
pub struct Canvas<'a> {
    /// State that all views share.
    pub shared: &'a Shared,
    /// The cells.
    pub buffer: &'a mut Buffer,
    /// The place of the terminal's cursor: screen readers and magnifiers follow it.
    pub cursor: Option<(u16, u16)>,
}

impl Canvas<'_> {
    /// Returns the theme's style for `scope`.
    pub fn style(&self, scope: Scope) -> Style {
        self.shared.theme.get(scope)
    }

    /// Writes `text` from (x, y) on, at most `width` columns of it; returns the column after it.
    pub fn put(&mut self, x: u16, y: u16, width: u16, text: &str, style: impl ThemeStyle) -> u16 {
        let style = style.style_in(&self.shared.theme);
        let area = self.buffer.area.intersection(Rect::new(x, y, width, 1));
        if area.is_empty() {
            return x;
        }
        let room = usize::from(area.width);
        // Most text is ASCII, where a byte is a letter: finding the letters of all other text takes twice as long as a frame.
        if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            let text = flags_as_letters(text);
            return self.buffer.set_stringn(area.x, area.y, text, room, style).0;
        }
        let mut x = area.x;
        for letter in text.chars().take(room) {
            self.buffer[(x, area.y)].set_char(letter).set_style(style);
            x += 1;
        }
        x
    }

    /// Writes `text` on the first line of `area`, with an ellipsis where it is cut; returns the column after it.
    pub fn put_cut(&mut self, area: Rect, text: &str, style: impl ThemeStyle) -> u16 {
        if area.is_empty() {
            return area.x;
        }
        self.put(area.x, area.y, area.width, &cut(text, area.width), style)
    }

    /// Writes `words` from the top of `area` on, on as many rows as they take and it has; returns the row after them.
    pub fn put_wrapped(&mut self, area: Rect, words: &str, style: impl ThemeStyle) -> u16 {
        let style = style.style_in(&self.shared.theme);
        let rows = wrap::wrap(words, usize::from(area.width).max(1));
        let mut y = area.y;
        for row in rows.iter().take(usize::from(area.height)) {
            self.put(area.x, y, area.width, row.of(words), style);
            y += 1;
        }
        y
    }

    /// Writes `words` while `reports` are waited for, or the reason why the first of them cannot be read any more.
    pub fn put_waiting(&mut self, area: Rect, reports: &[ReportNo], words: &str) {
        let mut lost = reports.iter().filter_map(|&n| self.shared.library.lost(n));
        let words = lost.next().map_or(words.to_owned(), ToString::to_string);
        self.put_wrapped(area, &words, Scope::Dim);
    }

    /// Writes `text` with its end at column `right`, if it fits after `left`; returns the column where it begins.
    pub fn put_right(
        &mut self,
        left: u16,
        right: u16,
        y: u16,
        text: &str,
        style: impl ThemeStyle,
    ) -> Option<u16> {
        let x = right.checked_sub(columns(text))?;
        (x >= left).then(|| {
            self.put(x, y, right - x, text, style);
            x
        })
    }

    /// Writes the words of `span` on the first line of `area`, with the styles of `layers` over `base`; returns the column after them.
    pub fn put_marked(
        &mut self,
        area: Rect,
        text: &str,
        span: Span,
        base: impl ThemeStyle,
        layers: &[Layer],
    ) -> u16 {
        let base = base.style_in(&self.shared.theme);
        let pieces = pieces(span, base, layers).into_iter();
        pieces.fold(area.x, |x, (piece, style)| {
            let room = area.right().saturating_sub(x);
            // A line break inside a paragraph is a blank on the screen.
            let words = piece.of(text).replace('\n', " ");
            self.put(x, area.y, room, &words, style)
        })
    }

    /// Writes a line being typed on the first line of `area`; returns the columns after it and of its cursor.
    pub fn put_prompt(&mut self, area: Rect, prompt: &Prompt) -> (u16, u16) {
        // The end of a long line is what is being typed, so its beginning goes out of sight.
        let before = prompt.before_cursor();
        let skipped = tail_start(before, usize::from(area.width));
        let shown = prompt.text().get(skipped..).unwrap_or_default();
        let end = self.put(area.x, area.y, area.width, shown, Scope::Prompt);
        let at = area.x + columns(before.get(skipped..).unwrap_or_default());
        (end, at)
    }

    /// Returns marks of one scope over `spans`, which are in order and do not overlap.
    pub fn layer(&self, spans: impl IntoIterator<Item = Span>, scope: Scope) -> Layer {
        self.scoped_layer(spans.into_iter().map(|span| (span, scope)))
    }

    /// Returns marks, each with its scope, which are in order and do not overlap.
    pub fn scoped_layer(&self, marks: impl IntoIterator<Item = (Span, Scope)>) -> Layer {
        let marks = marks.into_iter();
        marks
            .map(|(span, scope)| (span, self.style(scope)))
            .collect()
    }

    /// Draws a rule over the first line of `area`.
    pub fn put_rule(&mut self, area: Rect) {
        self.put_cut(area, &"─".repeat(usize::from(area.width)), Scope::Rule);
    }

    /// Adds `style` to a whole area.
    pub fn restyle(&mut self, area: Rect, style: impl ThemeStyle) {
        let style = style.style_in(&self.shared.theme);
        self.buffer.set_style(area, style);
    }

    /// Empties an area.
    pub fn wipe(&mut self, area: Rect) {
        let area = self.buffer.area.intersection(area);
        for position in area.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
            }
        }
    }
}

/// Returns `text` with each flag as the two letters of its country: terminals draw a flag in two columns or in four, its letters in two.
fn flags_as_letters(text: &str) -> Cow<'_, str> {
    let letter_of = |c: char| (u32::from(c).checked_sub(FLAG_A)).filter(|n| *n < 26);
    if !text.chars().any(|c| letter_of(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|c| match letter_of(c) {
        Some(n) => char::from_u32(u32::from('A') + n).unwrap_or(c),
        None => c,
    });
    Cow::Owned(shown.collect())
}

/// Returns the columns that `text` takes on the screen.
pub fn columns(text: &str) -> u16 {
    u16::try_from(grapheme::columns(text)).unwrap_or(u16::MAX)
}

/// Returns `text` cut to `width` columns, with an ellipsis where something was cut.
pub fn cut(text: &str, width: u16) -> String {
    grapheme::cut(text, usize::from(width))
}

/// Returns the byte where the end of `text` begins that fits into `room` columns.
fn tail_start(text: &str, room: usize) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices().rev() {
        used += grapheme::columns(c.encode_utf8(&mut [0; 4]));
        if used >= room {
            return at + c.len_utf8();
        }
    }
    0
}

/// Returns the last words of the paragraph that `text` ends in, in at most `width` columns.
pub fn last_words(text: &str, width: u16) -> String {
    let paragraph = text.rsplit('\n').next().unwrap_or_default();
    let mut kept = String::new();
    for word in paragraph.split_inclusive(' ').rev() {
        if columns(&kept) + columns(word) > width {
            break;
        }
        kept.insert_str(0, word);
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_flag_is_written_as_letters_of_the_same_width() {
        assert_eq!(flags_as_letters("🇨🇦 Ottawa"), "CA Ottawa");
        assert_eq!(columns("🇨🇦"), 2);
        assert!(matches!(flags_as_letters("café"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn text_takes_the_columns_that_the_terminal_library_gives_it(
            text in r"([a-c \x{a0}]|[\x{301}\x{200d}’é🇨🇦👩\x{ff9e}한]){0,16}",
        ) {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 64, 1));
            let end = buffer.set_stringn(0, 0, &text, 64, Style::new()).0;
            prop_assert_eq!(columns(&text), end);
        }
    }
}
