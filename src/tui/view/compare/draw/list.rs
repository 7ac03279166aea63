//! Below the rows: every difference in a line, the one in focus selected.

use ratatui::layout::Rect;

use crate::tui::canvas::{Canvas, cut};
use crate::tui::theme::Scope;

use super::ComparisonDrawing;

impl ComparisonDrawing<'_> {
    pub(super) fn draw_list(&self, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        canvas.put_rule(area);
        let height = usize::from(area.height - 1);
        let top = self.view.list_top(height);
        let (text, selected) = (canvas.style(Scope::Text), canvas.style(Scope::Selected));
        let differences = self.comparison.differences.iter().enumerate();
        for (y, (number, difference)) in (area.y + 1..).zip(differences.skip(top).take(height)) {
            let is_current = self.view.current == Some(number);
            if is_current {
                canvas.cursor.get_or_insert((area.x, y));
            }
            let bar = if is_current { "▌" } else { " " };
            canvas.put(area.x, y, 1, bar, selected);
            let room = area.width.saturating_sub(3);
            let words = cut(&difference.line().replace('\n', " "), room);
            let style = if is_current { selected } else { text };
            canvas.put(area.x + 2, y, room, &words, style);
        }
    }
}
