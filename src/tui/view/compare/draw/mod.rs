//! Drawing of a comparison: the head with the strips, the aligned rows or the full texts, and the list of differences.

mod full_texts;
mod head;
mod list;
mod rows;

use ratatui::layout::Rect;

use crate::compare::{Comparison, Sides};
use crate::library::ReportNo;
use crate::tui::canvas::Canvas;
use crate::tui::theme::Scope;

use super::{CompareMode, CompareView, Placement};

/// A comparison that is there to be drawn.
struct ComparisonDrawing<'a> {
    view: &'a CompareView,
    reports: Sides<ReportNo>,
    comparison: &'a Comparison,
}

/// Draws the view.
pub(super) fn draw(view: &CompareView, canvas: &mut Canvas<'_>) {
    let Some(reports) = view.reports else {
        return;
    };
    let Some(comparison) = &view.comparison else {
        let rows = view.areas(canvas.shared.screen).rows;
        let width = rows.width.saturating_sub(4);
        let area = Rect::new(rows.x + 2, rows.y, width, rows.height);
        canvas.put_waiting(area, &[reports.left, reports.right], "comparing …");
        return;
    };
    let drawing = ComparisonDrawing {
        view,
        reports,
        comparison,
    };
    drawing.draw(canvas);
}

impl ComparisonDrawing<'_> {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let view = self.view;
        let areas = view.areas(canvas.shared.screen);
        self.draw_head(canvas, areas.head);
        match (view.mode, view.rows.placement) {
            (CompareMode::FullTexts, _) => self.draw_full_texts(canvas, areas.rows),
            (CompareMode::Rows, _) if view.rows.rows.is_empty() => {
                let words = format!("no rows: {}", view.filter.name());
                let (dim, rows) = (canvas.style(Scope::Dim), areas.rows);
                canvas.put(rows.x + 2, rows.y, rows.width, &words, dim);
            }
            (CompareMode::Rows, Placement::Aside) => self.draw_rows_aside(canvas, areas.rows),
            (CompareMode::Rows, Placement::Under) => self.draw_rows_under(canvas, areas.rows),
        }
        self.draw_list(canvas, areas.list);
        let last = canvas.shared.screen.bottom().saturating_sub(1);
        let first_row = (areas.rows.x, areas.rows.y.min(last));
        canvas.cursor.get_or_insert(first_row);
    }
}
