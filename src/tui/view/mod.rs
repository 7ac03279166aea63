//! Drawing: reads the application's state and fills the frame; changes nothing, opens nothing.

pub mod compare;
pub mod events;
pub mod grid;
pub mod list;
pub mod overlay;
pub mod quotes;
pub mod reader;
pub mod status;
pub mod title;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::annotate::quote::{Speaker, SpeakerBasis};
use crate::library::{ReportNo, UNATTRIBUTED};
use crate::text::grapheme::{self, Run};
use crate::text::wrap;

use super::app::{App, View};
use super::theme::Scope;

pub use crate::text::count::{counted, grouped};
pub use overlay::height as overlay_height;

/// Draws the whole screen.
pub fn render(app: &App, frame: &mut Frame<'_>) {
    if frame.area().is_empty() || app.screen.is_empty() {
        return;
    }
    let mut canvas = Canvas {
        app,
        buffer: frame.buffer_mut(),
        cursor: None,
    };
    title::draw(&mut canvas);
    match app.view {
        View::Browse => browse(&mut canvas),
        View::Compare => compare::draw(&mut canvas),
        View::Quotes => quotes::draw(&mut canvas),
        View::Grid => grid::draw(&mut canvas),
    }
    overlay::draw(&mut canvas);
    status::draw(&mut canvas);
    if let Some(at) = canvas.cursor {
        frame.set_cursor_position(at);
    }
}

fn browse(canvas: &mut Canvas<'_>) {
    let panes = canvas.app.panes();
    list::draw(canvas, panes.list);
    if !panes.divider.is_empty() {
        let style = canvas.style(Scope::Rule);
        for y in panes.divider.top()..panes.divider.bottom() {
            canvas.put(panes.divider.x, y, 1, "│", style);
        }
        if !panes.rule.is_empty() {
            canvas.put(panes.divider.x, panes.rule.y, 1, "┬", style);
        }
    }
    reader::draw(canvas, panes.reader);
}

/// The frame being drawn and the state it is drawn from.
pub(super) struct Canvas<'a> {
    pub(super) app: &'a App,
    pub(super) buffer: &'a mut Buffer,
    /// Where the terminal's cursor goes: screen readers and magnifiers follow it.
    pub(super) cursor: Option<(u16, u16)>,
}

impl Canvas<'_> {
    /// Returns how the theme dresses `scope`.
    pub(super) fn style(&self, scope: Scope) -> Style {
        self.app.theme.get(scope)
    }

    /// Writes `text` from (x, y) on, at most `width` columns of it; returns the column after it.
    pub(super) fn put(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area.intersection(Rect::new(x, y, width, 1));
        if area.is_empty() {
            return x;
        }
        put_letters(self.buffer, area, text, style)
    }

    /// Writes `words` from the top of `area` on, on as many rows as they take and it has; returns the row after them.
    pub(super) fn put_wrapped(&mut self, area: Rect, words: &str, style: Style) -> u16 {
        let rows = wrap::wrap(words, usize::from(area.width).max(1));
        let mut y = area.y;
        for row in rows.iter().take(usize::from(area.height)) {
            self.put(area.x, y, area.width, row.of(words), style);
            y += 1;
        }
        y
    }

    /// Says of `reports` that they are waited for, in these `words`, or why the first that is lost cannot be read any more.
    pub(super) fn waiting(&mut self, area: Rect, reports: &[usize], words: &str) {
        let mut lost = reports
            .iter()
            .filter_map(|&n| self.app.library.lost(ReportNo(n)));
        let words = lost.next().map_or(words.to_owned(), ToString::to_string);
        let style = self.style(Scope::Dim);
        self.put_wrapped(area, &words, style);
    }

    /// Writes `text` with its end at column `right`, if it fits after `left`; returns the column where it begins.
    pub(super) fn put_right(
        &mut self,
        left: u16,
        right: u16,
        y: u16,
        text: &str,
        style: Style,
    ) -> Option<u16> {
        let x = right.checked_sub(columns(text))?;
        (x >= left).then(|| {
            self.put(x, y, right - x, text, style);
            x
        })
    }

    /// Writes pieces one after another; returns the column after the last.
    pub(super) fn put_pieces<'t>(
        &mut self,
        x: u16,
        y: u16,
        right: u16,
        pieces: impl IntoIterator<Item = (&'t str, Style)>,
    ) -> u16 {
        pieces.into_iter().fold(x, |x, (text, style)| {
            // A line break inside a paragraph is a blank on the screen.
            if text.contains('\n') {
                self.put(
                    x,
                    y,
                    right.saturating_sub(x),
                    &text.replace('\n', " "),
                    style,
                )
            } else {
                self.put(x, y, right.saturating_sub(x), text, style)
            }
        })
    }

    /// Dresses a whole area.
    pub(super) fn dress(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area, style);
    }

    /// Empties an area.
    pub(super) fn wipe(&mut self, area: Rect) {
        let area = self.buffer.area.intersection(area);
        for position in area.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
            }
        }
    }
}

/// Returns the columns that `text` takes on the screen.
pub(super) fn columns(text: &str) -> u16 {
    u16::try_from(grapheme::columns(text)).unwrap_or(u16::MAX)
}

/// Returns who speaks, cut to `width` columns, with a question mark where the text does not name them with the words.
pub(super) fn voice(speaker: Option<&Speaker>, width: u16) -> String {
    match speaker {
        Some(speaker) if speaker.basis > SpeakerBasis::Chain => {
            cut(&speaker.name, width.saturating_sub(1)) + "?"
        }
        Some(speaker) => cut(&speaker.name, width),
        None => cut(UNATTRIBUTED, width),
    }
}

/// Writes `text` into `area`, a row, as ratatui does; returns the column after it. Letters that take a column each, which nearly
/// all do, are put without looking at the tables of Unicode.
fn put_letters(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let mut x = area.x;
    for run in grapheme::runs(text) {
        let left = area.right() - x;
        if left == 0 {
            break;
        }
        let (after, wide) = match run {
            Run::Plain(run) => {
                let room = Rect {
                    x,
                    width: left,
                    ..area
                };
                (put_plain(buffer, room, run, style), run.len())
            }
            Run::Other(run) => {
                let after = buffer.set_stringn(x, area.y, run, left.into(), style).0;
                (after, grapheme::columns(run))
            }
        };
        x = after;
        if wide > left.into() {
            break;
        }
    }
    x
}

fn put_plain(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let start = buffer.index_of(area.x, area.y);
    let cells = buffer.content[start..].iter_mut();
    let letters = text.chars().take(area.width.into());
    let mut x = area.x;
    for (cell, letter) in cells.zip(letters) {
        cell.set_char(letter).set_style(style);
        x += 1;
    }
    x
}

/// Returns `text` cut to `width` columns, with an ellipsis where something was cut.
pub(super) fn cut(text: &str, width: u16) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let room = usize::from(width.saturating_sub(1));
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in grapheme::graphemes(text) {
        used += grapheme::grapheme_columns(grapheme);
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
    use proptest::prelude::*;
    use ratatui::style::Modifier;

    use super::*;

    proptest! {
        #[test]
        fn letters_are_put_as_the_terminal_library_puts_them(
            text in r"([a-c \x{a0}]|[\x{301}\x{200d}’é🇨🇦👩\x{ff9e}한]){0,16}",
            x in 0..12u16,
            width in 0..12u16,
        ) {
            let area = Rect::new(0, 0, 12, 2);
            let style = Style::new().add_modifier(Modifier::BOLD);
            let (mut ours, mut theirs) = (Buffer::empty(area), Buffer::empty(area));
            let row = area.intersection(Rect::new(x, 1, width, 1));
            let end = theirs.set_stringn(row.x, 1, &text, row.width.into(), style);
            prop_assert_eq!(put_letters(&mut ours, row, &text, style), end.0);
            prop_assert_eq!(ours, theirs);
        }
    }
}
