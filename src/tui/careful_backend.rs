//! Draws letters that terminals count differently so that nothing of them is left on the screen and nothing beside them moves.
//!
//! A flag, an Indic vowel sign or an emoji with a modifier takes one column, two or four, as the terminal (and tmux within it) sees it,
//! which no program can ask. So the cursor is placed anew after each of them, the cells under one are blanked first, and a row that
//! holds one, or held one in the frame before, is drawn whole.

use std::collections::BTreeSet;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr;

/// Whether terminals may count other columns for `symbol`, one letter with its marks, than ratatui does.
pub(super) fn is_uncertain(symbol: &str) -> bool {
    if symbol.len() == 1 {
        return false;
    }
    let mut letters = symbol.chars();
    let Some(first) = letters.next() else {
        return false;
    };
    // Accents over Latin, Greek and Cyrillic letters take no column anywhere.
    let is_accent = |letter: char| matches!(letter, '\u{300}'..='\u{36f}');
    // Emoji, some of which are as wide as a letter; signs of Indic scripts that stand beside their letter.
    let is_in_doubt = matches!(first, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{900}'..='\u{dff}');
    is_in_doubt || !letters.all(is_accent)
}

/// Marks the cells of every row that holds an uncertain letter now, or held one in `before`, to be drawn whatever they held;
/// returns the rows that do now.
pub(super) fn force_rows(frame: &mut Buffer, before: &BTreeSet<u16>) -> BTreeSet<u16> {
    let area = frame.area;
    let width = usize::from(area.width).max(1);
    let mut now = BTreeSet::new();
    for (y, row) in (area.y..).zip(frame.content.chunks_mut(width)) {
        let holds = row.iter().any(|cell| is_uncertain(cell.symbol()));
        if holds {
            now.insert(y);
        }
        if holds || before.contains(&y) {
            for cell in row {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
    }
    now
}

/// ratatui's backend, but for letters of uncertain width.
pub(super) struct CarefulBackend<W: Write>(CrosstermBackend<W>);

impl<W: Write> CarefulBackend<W> {
    /// Returns a backend that writes to `writer`.
    pub(super) fn new(writer: W) -> Self {
        Self(CrosstermBackend::new(writer))
    }

    /// Draws one uncertain letter over blanks of its width.
    fn draw_uncertain(&mut self, x: u16, y: u16, cell: &Cell) -> io::Result<()> {
        let mut blank = cell.clone();
        blank.set_symbol(" ");
        let width = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
        let blanks = (x..x.saturating_add(width)).map(|x| (x, y, &blank));
        self.0.draw(blanks)?;
        // Every call begins by placing the cursor.
        self.0.draw(std::iter::once((x, y, cell)))
    }
}

impl<W: Write> Write for CarefulBackend<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.0)
    }
}

impl<W: Write> Backend for CarefulBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut run = Vec::new();
        for (x, y, cell) in content {
            if is_uncertain(cell.symbol()) {
                self.0.draw(run.drain(..))?;
                self.draw_uncertain(x, y, cell)?;
            } else {
                run.push((x, y, cell));
            }
        }
        self.0.draw(run.into_iter())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.0.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    /// A terminal that counts columns in its own way, letter by letter: a flag is four columns, an Indic sign none.
    struct OtherTerminal {
        cells: Vec<char>,
        width: usize,
        at: usize,
    }

    impl OtherTerminal {
        fn new(width: usize, height: usize) -> Self {
            Self {
                cells: vec![' '; width * height],
                width,
                at: 0,
            }
        }

        fn columns(letter: char) -> usize {
            match letter {
                '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f000}'..='\u{1faff}' => 2,
                '\u{93e}'..='\u{94d}' | '\u{fe0f}' | '\u{200d}' => 0,
                _ => 1,
            }
        }

        fn read(&mut self, bytes: &[u8]) {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let mut letters = text.chars();
            while let Some(letter) = letters.next() {
                if letter != '\u{1b}' {
                    for column in 0..Self::columns(letter) {
                        let shown = if column == 0 { letter } else { ' ' };
                        self.cells[self.at + column] = shown;
                    }
                    self.at += Self::columns(letter);
                    continue;
                }
                let sequence: String = letters
                    .by_ref()
                    .skip(1)
                    .take_while(|letter| !letter.is_ascii_alphabetic())
                    .collect();
                if let Some((row, column)) = sequence.split_once(';')
                    && let (Ok(row), Ok(column)) = (row.parse::<usize>(), column.parse::<usize>())
                {
                    self.at = (row - 1) * self.width + column - 1;
                }
            }
        }

        fn row(&self, y: usize) -> String {
            self.cells[y * self.width..][..self.width].iter().collect()
        }
    }

    /// Draws texts one after the other into the same rows, and returns the rows that the other terminal shows in the end.
    fn shown(frames: &[&str]) -> String {
        let area = Rect::new(0, 0, 24, 1);
        let mut terminal = OtherTerminal::new(40, 1);
        let (mut previous, mut rows) = (Buffer::empty(area), BTreeSet::new());
        for text in frames {
            let mut next = Buffer::empty(area);
            next.set_string(0, 0, text, Style::new());
            rows = force_rows(&mut next, &rows);
            let mut bytes = Vec::new();
            let updates = previous.diff(&next);
            let mut backend = CarefulBackend::new(&mut bytes);
            backend.draw(updates.into_iter()).unwrap();
            terminal.read(&bytes);
            previous = next;
        }
        terminal.row(0)[..].trim_end().to_owned()
    }

    #[test]
    fn nothing_is_left_of_a_letter_that_the_terminal_counts_otherwise() {
        for headline in [
            "🇨🇦 Ottawa weighs duties",
            "भारत में किसानों की बात",
            "👍🏽 Vote on steel",
            "☎ Call ❤ the mayor",
        ] {
            assert_eq!(
                shown(&[headline, "Ferry stops"]),
                "Ferry stops",
                "{headline}"
            );
        }
    }

    #[test]
    fn what_stands_beside_such_a_letter_does_not_move() {
        let shown = shown(&["कि ferry"]);
        assert!(shown.ends_with("ferry"), "{shown}");
        let at = shown.chars().position(|letter| letter == 'f');
        assert_eq!(at, Some("कि ".width()));
    }

    #[test]
    fn plain_and_accented_letters_are_certain() {
        for letter in ["a", "é", "e\u{301}", "한", "“", "…", "▌", "ж"] {
            assert!(!is_uncertain(letter), "{letter}");
        }
        for letter in ["🇨🇦", "कि", "👍🏽", "☎"] {
            assert!(is_uncertain(letter), "{letter}");
        }
    }
}
