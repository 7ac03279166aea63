//! Drawing of a comparison: the head with the strips, the aligned rows or the full texts, and the list of differences.

mod full_texts;
mod head;
mod rows;

use ratatui::layout::Rect;

use crate::compare::{Comparison, PassageMark, Side, Sides};
use crate::library::ReportNo;
use crate::tui::canvas::Canvas;
use crate::tui::highlight::Layer;
use crate::tui::screen::AreaParts;
use crate::tui::theme::Scope;
use crate::tui::view::compare::layout::ASIDE_FROM;

use super::{CompareMode, CompareView};

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
    let areas = view.areas(canvas.shared.screen);
    let Some(comparison) = &view.comparison else {
        let reports = [reports.left, reports.right];
        canvas.put_waiting(areas.rows.inset(2, 2), &reports, "comparing …");
        return;
    };
    let drawing = ComparisonDrawing {
        view,
        reports,
        comparison,
    };
    drawing.draw_head(canvas, areas.head);
    match view.mode {
        CompareMode::FullTexts => drawing.draw_full_texts(canvas, areas.rows),
        CompareMode::Rows if view.rows.rows.is_empty() => {
            let words = format!("nothing to show: {}", view.filter.name());
            let Rect { x, y, width, .. } = areas.rows;
            canvas.put(x + 2, y, width, &words, Scope::Dim);
        }
        CompareMode::Rows if areas.rows.width >= ASIDE_FROM => {
            drawing.draw_rows_aside(canvas, areas.rows);
        }
        CompareMode::Rows => drawing.draw_rows_under(canvas, areas.rows),
    }
    drawing.draw_list(canvas, areas.list);
    let last = canvas.shared.screen.bottom().saturating_sub(1);
    let first_row = (areas.rows.x, areas.rows.y.min(last));
    canvas.cursor.get_or_insert(first_row);
}

impl ComparisonDrawing<'_> {
    /// Draws every difference in a line, the one in focus selected.
    fn draw_list(&self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.put_rule(area);
        let area = area.below(1);
        let differences = self.comparison.differences.iter().enumerate();
        let shown = differences.skip(self.view.list_top(area.height));
        for (line, (number, difference)) in area.rows().zip(shown) {
            let (mut bar, mut scope) = (" ", Scope::Text);
            if self.view.current == Some(number) {
                (bar, scope) = ("▌", Scope::Selected);
                canvas.cursor.get_or_insert((line.x, line.y));
            }
            canvas.put(line.x, line.y, 1, bar, Scope::Selected);
            let words = difference.line().replace('\n', " ");
            canvas.put_cut(line.inset(2, 1), &words, scope);
        }
    }

    /// Returns the words of a pair that are marked on a side; those that say who speaks with a scope of their own.
    fn word_layer(
        &self,
        canvas: &Canvas<'_>,
        pair: Option<usize>,
        side: Side,
        attribution: Option<Scope>,
    ) -> Layer {
        let marks = pair.and_then(|pair| self.comparison.marks.get(pair));
        let marks = marks.map_or(&[][..], |marks| &marks[side]);
        let words = marks.iter().filter_map(|(span, mark)| {
            let scope = match mark {
                PassageMark::Changed => Scope::DiffChanged,
                PassageMark::Shared => Scope::DiffShared,
                PassageMark::Attribution => attribution?,
            };
            Some((*span, canvas.style(scope)))
        });
        words.collect()
    }
}
