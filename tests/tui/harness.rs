//! What the tests say of a [`Stage`]: its frame as text that can be read in review, and what was said, copied and asked for.
//!
//! A frame is written as its rows, the cursor, and below them the runs of cells that do not look like plain text, row by row.
//! To accept all frames as they are now: `INSTA_UPDATE=always cargo test --test tui`; then read the difference.

use std::path::Path;

use crossread::tui::effect::Effect;
use crossread::tui::event::Event;
use crossterm::event::{KeyModifiers, MouseEvent, MouseEventKind};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Color;

use crate::stage::{self, Stage};

/// Sizes that a view with much on it is drawn at.
pub(crate) const EVERY_SIZE: &[(u16, u16)] = &[(80, 24), (120, 40), (200, 50), (40, 10), (12, 4)];
/// Sizes that the rest is drawn at.
pub(crate) const TWO_SIZES: &[(u16, u16)] = &[(80, 24), (120, 40)];
/// The size that is drawn in every theme.
const DRESSED: (u16, u16) = (120, 40);

/// Compares the frames that `steps` lead to with the accepted ones: in dark at each of `sizes`, and at [`DRESSED`] how light and
/// mono dress them. What is written must not depend on the theme at any size.
pub(crate) fn frames(name: &str, sizes: &[(u16, u16)], steps: impl Fn(Stage) -> Stage) {
    // The published package has no accepted frames.
    if !Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tui/snapshots")).is_dir() {
        return;
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for &(width, height) in sizes {
        let stage = |theme| steps(Stage::bundled(width, height).theme(theme));
        let (frame, cursor) = stage("dark").draw();
        insta::assert_snapshot!(
            format!("{name}-{width}x{height}"),
            written(&frame, cursor) + &runs(&frame)
        );
        for theme in ["light", "mono"] {
            let (other, its_cursor) = stage(theme).draw();
            assert_eq!(written(&other, its_cursor), written(&frame, cursor));
            if (width, height) == DRESSED && sizes == EVERY_SIZE {
                insta::assert_snapshot!(format!("{name}-{theme}"), runs(&other));
            }
        }
    }
}

/// Returns the rows of a frame and where the cursor stands.
fn written(frame: &Buffer, cursor: Option<Position>) -> String {
    let rows = (0..frame.area.height).map(|y| stage::row(frame, y).trim_end().to_owned() + "\n");
    let cursor = cursor.map_or("hidden".to_owned(), |at| format!("{},{}", at.x, at.y));
    rows.collect::<String>() + &format!("--- cursor {cursor}\n")
}

/// Returns the runs of cells that are not plain text: `row: from-to style, ...`.
fn runs(frame: &Buffer) -> String {
    let mut written = String::new();
    for y in 0..frame.area.height {
        let looks: Vec<String> = (0..frame.area.width)
            .map(|x| look(&frame[(x, y)]))
            .collect();
        let mut runs: Vec<String> = Vec::new();
        let mut from = 0;
        for alike in looks.chunk_by(|a, b| a == b) {
            let to = from + alike.len();
            if !alike[0].is_empty() {
                let last = to - 1;
                let columns = match alike.len() {
                    1 => from.to_string(),
                    _ => format!("{from}-{last}"),
                };
                runs.push(format!("{columns} {}", alike[0]));
            }
            from = to;
        }
        if !runs.is_empty() {
            written += &format!("{y}: {}\n", runs.join(", "));
        }
    }
    written
}

/// Returns how a cell is dressed; nothing for plain text.
fn look(cell: &Cell) -> String {
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(cell.fg.to_string());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg));
    }
    words.extend(
        cell.modifier
            .iter_names()
            .map(|(name, _)| name.to_lowercase()),
    );
    words.join(" ")
}

impl Stage {
    /// Returns all that is written.
    pub(crate) fn text(&mut self) -> String {
        let (frame, _) = self.draw();
        (0..frame.area.height)
            .map(|y| stage::row(&frame, y).trim_end().to_owned() + "\n")
            .collect()
    }

    /// Returns the last row, where everything is said.
    pub(crate) fn last_row(&mut self) -> String {
        self.text().lines().last().unwrap_or_default().to_owned()
    }

    /// Sees to it that the last row holds `words`.
    #[track_caller]
    pub(crate) fn says(&mut self, words: &str) {
        let row = self.last_row();
        assert!(row.contains(words), "{words:?} is not in: {row}");
    }

    /// Returns the frame with its styles.
    pub(crate) fn frame(&mut self) -> String {
        let (frame, cursor) = self.draw();
        written(&frame, cursor) + &runs(&frame)
    }

    /// Returns the words that were copied last.
    pub(crate) fn copied(&self) -> Option<&str> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Copy(words) => Some(&**words),
            _ => None,
        })
    }

    /// Whether the interface asked to end.
    pub(crate) fn ended(&self) -> bool {
        self.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Quit))
    }

    /// Does something with the mouse at a cell.
    pub(crate) fn mouse(self, kind: MouseEventKind, column: u16, row: u16) -> Self {
        self.event(Event::Mouse(MouseEvent {
            kind,
            column,
            row,
            modifiers: KeyModifiers::NONE,
        }))
    }

    /// Gives the terminal another size before the interface hears of it.
    pub(crate) fn resize_untold(mut self, width: u16, height: u16) -> Self {
        self.terminal.backend_mut().resize(width, height);
        self
    }
}
