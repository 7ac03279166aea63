//! Numbers typed before an action (`5j`, `3]q`, `12G`): how often it is done, or the row to go to.

use crossterm::event::KeyCode;

use crate::tui::action::{Action, MoveAction};
use crate::tui::key::Key;
use crate::tui::keymap::ResolvedKeys;
use crate::tui::view::ScrollDistance;

use super::App;

/// Most rows or lines that a number stands for.
const MOST: usize = 1_000_000;
/// Most times that an action other than moving is done.
const MOST_TIMES: usize = 999;

impl App {
    /// Takes a digit as part of a number, unless it is bound; the first is no zero.
    pub(super) fn take_digit(&mut self, key: Key) -> bool {
        let KeyCode::Char(letter) = key.code() else {
            return false;
        };
        let is_bound = self.shared.keymap.resolve(self.key_context(), &[key]) != ResolvedKeys::None;
        let digit = letter
            .to_digit(10)
            .filter(|digit| *digit > 0 || self.count.is_some());
        let Some(digit) = digit.filter(|_| !is_bound && key.text().is_some()) else {
            return false;
        };
        let count = self.count.unwrap_or(0) * 10 + digit as usize;
        self.count = Some(count.min(MOST));
        true
    }

    /// Performs an action as often as the number typed before it says.
    pub(super) fn act_counted(&mut self, action: Action) {
        let Some(count) = self.count.take() else {
            self.act(action);
            return;
        };
        if action == Action::Back {
            return;
        }
        let rows = isize::try_from(count).unwrap_or(isize::MAX);
        match MoveAction::from_action(action).map(ScrollDistance::of) {
            // As in vi and less, a number before either end is the row to go to.
            Some(ScrollDistance::All(_)) => {
                self.scroll(ScrollDistance::All(-1));
                self.scroll(ScrollDistance::Lines(rows - 1));
            }
            Some(ScrollDistance::Lines(n)) => self.scroll(ScrollDistance::Lines(n * rows)),
            Some(ScrollDistance::Halves(n)) => self.scroll(ScrollDistance::Halves(n * rows)),
            Some(ScrollDistance::Pages(n)) => self.scroll(ScrollDistance::Pages(n * rows)),
            None if is_step(action) => (0..count.min(MOST_TIMES)).for_each(|_| self.act(action)),
            None => self.act(action),
        }
    }
}

/// Whether an action goes one step and may be done several times at once; of all others once is all.
fn is_step(action: Action) -> bool {
    let name = action.name();
    name.contains("next-")
        || name.contains("previous-")
        || name.ends_with("-next")
        || name.ends_with("-previous")
        || matches!(
            action,
            Action::Left
                | Action::Right
                | Action::Wider
                | Action::Narrower
                | Action::SplitLeft
                | Action::SplitRight
        )
}
