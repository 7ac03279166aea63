//! Draws the words of the claim in focus under the grid: all those of the report in focus, then how the others have it.

use ratatui::layout::Rect;

use crate::compare::coverage::{CoverageCell, CoverageKind};
use crate::library::Report;
use crate::text::{Span, wrap};
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::highlight::Layer;
use crate::tui::marks::coverage_sign;
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
    if area.is_empty() {
        return;
    }
    canvas.put_rule(area);
    let mut writer = PassageWriter {
        view,
        canvas,
        area: Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        },
    };
    for column in columns_in_order(view) {
        if let Some(cell) = view.focused_row_cell(column) {
            writer.write_column(column, cell);
        }
    }
}

/// Returns the column in focus, then the others that have something of the claim, those that cover it first.
fn columns_in_order(view: &CoverageView) -> Vec<usize> {
    let has_some = |column: usize| {
        let cell = view.focused_row_cell(column);
        cell.is_some_and(|cell| cell.how != CoverageKind::Absent)
    };
    let mut others = view.columns();
    others.retain(|&column| column != view.column && has_some(column));
    others.sort_by_key(|&column| !view.covers_focus(column));
    others.insert(0, view.column);
    others
}

/// Writes column after column.
struct PassageWriter<'c, 'a> {
    view: &'c CoverageView,
    canvas: &'c mut Canvas<'a>,
    /// The area below what was written.
    area: Rect,
}

impl PassageWriter<'_, '_> {
    /// Writes what a column has of the claim.
    fn write_column(&mut self, column: usize, cell: &CoverageCell) {
        let area = self.area;
        if area.is_empty() {
            return;
        }
        let taken = match area.width >= NAMES_BESIDE_FROM {
            true => {
                self.write_name_beside(column, cell);
                // The name and how the report has it are two lines.
                self.write_passages(column, cell, NAME + 2, 0).max(2)
            }
            false => {
                self.write_name_above(column, cell);
                self.write_passages(column, cell, 1, 1) + 1
            }
        };
        self.area.y += taken.min(area.height);
        self.area.height = area.height.saturating_sub(taken);
    }

    fn write_name_beside(&mut self, column: usize, cell: &CoverageCell) {
        let (x, y) = (self.area.x + 1, self.area.y);
        let (words, scope) = self.coverage_words(column, cell);
        self.write_name(column, NAME);
        if self.area.height > 1 {
            let style = self.canvas.style(scope);
            self.canvas.put(x, y + 1, NAME, &words, style);
        }
    }

    fn write_name_above(&mut self, column: usize, cell: &CoverageCell) {
        let room = self.area.width.saturating_sub(2);
        let right = self.area.x + 1 + room;
        let (words, scope) = self.coverage_words(column, cell);
        let end = self.write_name(column, room.saturating_sub(columns(&words) + 2));
        let style = self.canvas.style(scope);
        let (x, y) = (end + 2, self.area.y);
        self.canvas
            .put(x, y, right.saturating_sub(x), &words, style);
    }

    /// Writes the name of a column; returns the screen column after it.
    fn write_name(&mut self, column: usize, room: u16) -> u16 {
        let scope = match column == self.view.column {
            true => Scope::Focus,
            false => Scope::GridHeader,
        };
        let name = self.view.full_column_name(self.canvas.shared, column);
        let style = self.canvas.style(scope);
        let (x, y) = (self.area.x + 1, self.area.y);
        self.canvas.put(x, y, room, &cut(&name, room), style)
    }

    /// Returns how a column has the claim, in words, and their scope.
    fn coverage_words(&self, column: usize, cell: &CoverageCell) -> (String, Scope) {
        let (sign, scope) = coverage_sign(cell.how);
        let mut words = format!("{sign} {}", cell.how.name());
        if let Some(place) = self.view.paragraph(column, cell) {
            words += &format!(" P{place}");
        }
        (words, scope)
    }

    /// Writes the passages of a cell, so many columns and lines from the corner; returns the lines that they take.
    fn write_passages(&mut self, column: usize, cell: &CoverageCell, x: u16, y: u16) -> u16 {
        let area = Rect {
            x: self.area.x + x,
            y: self.area.y + y,
            width: self.area.width.saturating_sub(x + 1),
            height: self.area.height.saturating_sub(y),
        };
        if cell.how == CoverageKind::Absent {
            let dim = self.canvas.style(Scope::Dim);
            self.canvas
                .put(area.x, area.y, area.width, "nothing of this", dim);
            return 1;
        }
        let (report, shared) = (self.view.reports.get(column), self.canvas.shared);
        let Some(report) = report.and_then(|&number| shared.report(number)) else {
            return 0;
        };
        let most = match column == self.view.column {
            true => usize::MAX,
            false => FEW_LINES,
        };
        let rows = self.rows(column, cell, report, area.width);
        self.write_rows(&rows, most, cell, report, area);
        u16::try_from(rows.len().min(most)).unwrap_or(u16::MAX)
    }

    /// Returns the rows of the passages of a cell.
    fn rows(&self, column: usize, cell: &CoverageCell, report: &Report, width: u16) -> Vec<Span> {
        let measure = usize::from(width).clamp(1, WIDEST);
        let passages = self.view.passages(column, cell).into_iter();
        let rows = passages.flat_map(|passage| {
            let words = passage.span.of(&report.article.text).replace('\n', " ");
            let rows = wrap::wrap(&words, measure).into_iter();
            rows.map(move |row| row.shifted(passage.span.start))
        });
        rows.collect()
    }

    /// Writes as many rows as `area` holds, at most `most`; an ellipsis says that there are more.
    fn write_rows(
        &mut self,
        rows: &[Span],
        most: usize,
        cell: &CoverageCell,
        report: &Report,
        area: Rect,
    ) {
        let text: &str = &report.article.text;
        let layers = self.layers(cell, report);
        let base = self.canvas.style(match cell.how.covers() {
            true => Scope::Text,
            false => Scope::Dim,
        });
        let shown = usize::from(area.height).min(most);
        for ((y, row), left) in (area.y..).zip(rows).zip((0..shown).rev()) {
            let place = Rect {
                y,
                height: 1,
                ..area
            };
            let end = self.canvas.put_marked(place, text, *row, base, &layers);
            if left == 0 && rows.len() > shown {
                let x = end.min(area.right().saturating_sub(1));
                self.canvas.put(x, y, 1, "…", base);
            }
        }
    }

    fn layers(&self, cell: &CoverageCell, report: &Report) -> [Layer; 2] {
        let quotes = report.annotated().into_iter();
        let quotes = quotes.flat_map(|marks| &marks.quotes);
        let voice = self.canvas.style(Scope::Quote);
        let changed = self.canvas.style(Scope::DiffChanged);
        [
            quotes.map(|quote| (quote.span, voice)).collect(),
            cell.differs.iter().map(|&span| (span, changed)).collect(),
        ]
    }
}
