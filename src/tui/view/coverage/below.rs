//! Draws the words of the claim in focus under the grid: all those of the report in focus, then how the others have it.

use ratatui::layout::Rect;

use crate::compare::coverage::{CoverageCell, CoverageKind};
use crate::library::Report;
use crate::text::Span;
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::highlight::Layer;
use crate::tui::marks::coverage_sign;
use crate::tui::page::wrap_span;
use crate::tui::screen::AreaParts;
use crate::tui::theme::Scope;

use super::CoverageView;

/// From this width on the names stand beside the words.
const NAMES_BESIDE_FROM: u16 = 70;
/// Columns of the names there.
const NAME: u16 = 22;
/// Columns of the words at most.
const WIDEST: usize = 92;
/// Lines of a report that is not in focus at most.
const FEW_LINES: usize = 3;

/// Draws the words of the row in focus into `area`, under a rule.
pub(super) fn draw(view: &CoverageView, canvas: &mut Canvas<'_>, area: Rect) {
    canvas.put_rule(area);
    let mut area = area.below(1);
    for column in columns_in_order(view) {
        if let Some(cell) = view.focused_row_cell(column).filter(|_| !area.is_empty()) {
            let passages = CellPassages { view, column, cell };
            area = area.below(passages.draw(canvas, area));
        }
    }
}

/// Returns the column in focus, then the others that have something of the claim, those that cover it first.
fn columns_in_order(view: &CoverageView) -> Vec<usize> {
    let mut others = view.columns();
    others.retain(|&column| {
        let cell = view.focused_row_cell(column).map(|cell| cell.how);
        column != view.column && cell.is_some_and(|how| how != CoverageKind::Absent)
    });
    others.sort_by_key(|&column| !view.covers_focus(column));
    others.insert(0, view.column);
    others
}

/// The passages of a cell in the row in focus.
struct CellPassages<'a> {
    view: &'a CoverageView,
    column: usize,
    cell: &'a CoverageCell,
}

impl CellPassages<'_> {
    /// Draws them with the name of their column; returns the lines that they take.
    fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) -> u16 {
        let (sign, scope) = coverage_sign(self.cell.how);
        let mut words = format!("{sign} {}", self.cell.how.name());
        if let Some(place) = self.view.paragraph(self.column, self.cell) {
            words += &format!(" P{place}");
        }
        let room = area.width.saturating_sub(2);
        if area.width >= NAMES_BESIDE_FROM {
            self.draw_name(canvas, area, NAME);
            if area.height > 1 {
                canvas.put(area.x + 1, area.y + 1, NAME, &words, scope);
            }
            // The name and how the report has it are two lines.
            let lines = self.draw_words(canvas, area.inset(NAME + 2, 1));
            return lines.max(2);
        }
        let name_room = room.saturating_sub(columns(&words) + 2);
        let x = self.draw_name(canvas, area, name_room) + 2;
        let room = (area.x + 1 + room).saturating_sub(x);
        canvas.put(x, area.y, room, &words, scope);
        self.draw_words(canvas, area.inset(1, 1).below(1)) + 1
    }

    /// Draws the name of the column; returns the screen column after it.
    fn draw_name(&self, canvas: &mut Canvas<'_>, area: Rect, room: u16) -> u16 {
        let scope = match self.column == self.view.column {
            true => Scope::Focus,
            false => Scope::GridHeader,
        };
        let name = self.view.full_column_name(canvas.shared, self.column);
        canvas.put(area.x + 1, area.y, room, &cut(&name, room), scope)
    }

    /// Draws the words of the passages; returns the lines that they take.
    fn draw_words(&self, canvas: &mut Canvas<'_>, area: Rect) -> u16 {
        if self.cell.how == CoverageKind::Absent {
            canvas.put(area.x, area.y, area.width, "not mentioned", Scope::Dim);
            return 1;
        }
        let Some(report) = self.view.report(canvas.shared, self.column) else {
            return 0;
        };
        let text: &str = &report.article.text;
        let measure = usize::from(area.width).clamp(1, WIDEST);
        let passages = self.view.passages(self.column, self.cell).into_iter();
        let rows: Vec<Span> = passages
            .flat_map(|passage| wrap_span(text, passage.span, measure))
            .collect();
        let is_focused = self.column == self.view.column;
        let most = if is_focused { usize::MAX } else { FEW_LINES };
        let shown = most.min(area.height.into());
        let layers = self.layers(canvas, report);
        let base = match self.cell.how.covers() {
            true => Scope::Text,
            false => Scope::Dim,
        };
        for ((line, row), left) in area.rows().zip(&rows).zip((0..shown).rev()) {
            let end = canvas.put_marked(line, text, *row, base, &layers);
            if left == 0 && rows.len() > shown {
                let x = end.min(area.right().saturating_sub(1));
                canvas.put(x, line.y, 1, "…", base);
            }
        }
        u16::try_from(rows.len().min(most)).unwrap_or(u16::MAX)
    }

    fn layers(&self, canvas: &Canvas<'_>, report: &Report) -> [Layer; 2] {
        let marks = report.annotated().into_iter();
        let quotes = marks.flat_map(|marks| &marks.quotes);
        [
            canvas.layer(quotes.map(|quote| quote.span), Scope::Quote),
            canvas.layer(self.cell.differs.iter().copied(), Scope::DiffChanged),
        ]
    }
}
