//! Below the rows: every difference in a line, the one in focus chosen.

use ratatui::layout::Rect;

use crate::compare::Comparison;

use super::super::super::app::compare::Comparing;
use super::super::super::theme::Scope;
use super::super::{Canvas, cut};

/// The first difference that the list shows, so that the one in focus is in view.
pub(super) fn list_top(comparing: &Comparing, height: usize) -> usize {
    comparing
        .current
        .map_or(0, |current| (current + 1).saturating_sub(height))
}

pub(super) fn list(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparing: &Comparing,
    comparison: &Comparison,
) {
    if area.is_empty() {
        return;
    }
    let style = canvas.style(Scope::Rule);
    canvas.put(
        area.x,
        area.y,
        area.width,
        &"─".repeat(usize::from(area.width)),
        style,
    );
    let height = usize::from(area.height - 1);
    let top = list_top(comparing, height);
    let (text, chosen) = (canvas.style(Scope::Text), canvas.style(Scope::Selected));
    for (y, (n, difference)) in (area.y + 1..).zip(
        comparison
            .differences
            .iter()
            .enumerate()
            .skip(top)
            .take(height),
    ) {
        let current = comparing.current == Some(n);
        let bar = if current { "▌" } else { " " };
        if current && canvas.cursor.is_none() {
            canvas.cursor = Some((area.x, y));
        }
        canvas.put(area.x, y, 1, bar, chosen);
        let room = area.width.saturating_sub(3);
        let words = cut(&difference.line().replace('\n', " "), room);
        let style = if current { chosen } else { text };
        canvas.put(area.x + 2, y, room, &words, style);
    }
}
