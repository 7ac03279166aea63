//! The aligned rows: two columns with a gutter between, or the partner under its passage.

use ratatui::layout::Rect;

use crate::compare::{ComparisonRow, PassageMark, Side};
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::highlight::Layer;
use crate::tui::marks::{side_scope, tier_sign};
use crate::tui::theme::Scope;
use crate::tui::view::compare::layout::{GUTTER, NARROW, column_starts, sign_width};
use crate::tui::view::compare::{CellLine, LaidOutRow};

use super::ComparisonDrawing;

impl ComparisonDrawing<'_> {
    pub(super) fn draw_rows_aside(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let (rows, measure) = (&self.view.rows, self.view.rows.measure);
        let starts = column_starts(area, measure);
        for side in Side::BOTH {
            for y in 0..area.height {
                let line = rows.scroll[side].top + usize::from(y);
                let Some(row) = rows.with_line(line) else {
                    break;
                };
                let (y, at) = (area.y + y, line - row.top);
                let place = Rect::new(starts[side], y, measure, 1);
                self.draw_cell_line(canvas, place, row, (side, at));
                if side == Side::Left && at == 0 && self.view.scroll_locked {
                    let gutter = Rect::new(starts.right - GUTTER, y, GUTTER, 1);
                    self.draw_gutter_sign(canvas, gutter, row.row);
                }
            }
        }
    }

    pub(super) fn draw_rows_under(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let rows = &self.view.rows;
        for y in 0..area.height {
            let line = rows.scroll.left.top + usize::from(y);
            let Some(row) = rows.with_line(line) else {
                break;
            };
            let (at, first) = (line - row.top, row.cells.left.len());
            let (side, at) = match at < first {
                true => (Side::Left, at),
                false => (Side::Right, at - first),
            };
            let y = area.y + y;
            if at == 0 && !row.cells[side].is_empty() {
                let line = Rect::new(area.x, y, area.width, 1);
                self.draw_row_sign(canvas, line, row.row, side);
            }
            let place = Rect::new(area.x + sign_width(area.width), y, rows.measure, 1);
            self.draw_cell_line(canvas, place, row, (side, at));
        }
    }

    /// Draws a line of a cell, by side and number; the blank line below a row has none.
    fn draw_cell_line(
        &self,
        canvas: &mut Canvas<'_>,
        place: Rect,
        row: &LaidOutRow,
        (side, at): (Side, usize),
    ) {
        let Some(report) = canvas.shared.report(self.reports[side]) else {
            return;
        };
        let text = &report.article.text;
        match row.cells[side].get(at) {
            Some(CellLine::Elsewhere { span, below }) => {
                let arrow = if *below { "↓" } else { "↑" };
                let words = format!("{arrow} {}", span.of(text).replace('\n', " "));
                let (words, style) = (cut(&words, place.width), canvas.style(Scope::Gutter));
                canvas.put(place.x, place.y, place.width, &words, style);
            }
            Some(CellLine::Text(span)) => {
                let base = match row.row.pair {
                    Some(_) => canvas.style(Scope::Text),
                    None => canvas.style(Scope::Only),
                };
                let layers = self.row_layers(canvas, row.row, side);
                canvas.put_marked(place, text, *span, base, &layers);
            }
            None => {}
        }
    }

    /// Returns the marks of a row: the words that differ from the partner's, and the difference in focus.
    fn row_layers(&self, canvas: &Canvas<'_>, row: ComparisonRow, side: Side) -> [Layer; 2] {
        let marks = row.pair.and_then(|pair| self.comparison.marks.get(pair));
        let words = marks.map_or_else(Layer::new, |marks| {
            let words = marks[side].iter().map(|(span, mark)| {
                let scope = match mark {
                    PassageMark::Changed => Scope::DiffChanged,
                    PassageMark::Shared => Scope::DiffShared,
                    PassageMark::Attribution => Scope::Dim,
                };
                (*span, canvas.style(scope))
            });
            words.collect()
        });
        let focus = self.view.focused_difference();
        let focus = focus.map_or_else(Layer::new, |difference| {
            let mut spans = difference.spans[side].clone();
            spans.sort_unstable();
            let style = canvas.style(Scope::DiffFocus);
            spans.into_iter().map(|span| (span, style)).collect()
        });
        [words, focus]
    }

    /// Draws between the columns how sure the pair is, and how far its right half stands from where its left half does.
    fn draw_gutter_sign(&self, canvas: &mut Canvas<'_>, area: Rect, row: ComparisonRow) {
        let quiet = canvas.style(Scope::Gutter);
        let Some(pair) = row.pair.and_then(|pair| self.comparison.pairs.get(pair)) else {
            let side = match row.passages.left {
                Some(_) => Side::Left,
                None => Side::Right,
            };
            let (letter, style) = (
                format!("{} ", side.letter()),
                canvas.style(side_scope(side)),
            );
            let x = canvas.put(area.x + 1, area.y, 2, &letter, style);
            canvas.put(x, area.y, 4, "only", quiet);
            return;
        };
        let (sign, scope) = tier_sign(pair.tier);
        let (moved, used) = match self.comparison.moved(pair) {
            0 => (String::new(), 1),
            paragraphs => {
                let arrow = if paragraphs > 0 { "↓" } else { "↑" };
                let moved = format!("{arrow}{}", paragraphs.unsigned_abs());
                let used = 2 + columns(&moved);
                (moved, used)
            }
        };
        let x = area.x + area.width.saturating_sub(used) / 2;
        let x = canvas.put(x, area.y, 1, sign, canvas.style(scope)) + 1;
        canvas.put(x, area.y, area.right().saturating_sub(x), &moved, quiet);
    }

    /// Draws, left of a passage where the partner stands under it, the letter, and at the partner the sign of the pair.
    fn draw_row_sign(&self, canvas: &mut Canvas<'_>, at: Rect, row: ComparisonRow, side: Side) {
        let (letter, style) = (side.letter().to_string(), canvas.style(side_scope(side)));
        let is_narrow = at.width < NARROW;
        let x = at.x + u16::from(!is_narrow);
        match row.pair.and_then(|pair| self.comparison.pairs.get(pair)) {
            Some(pair) if side == Side::Right => {
                let (sign, scope) = tier_sign(pair.tier);
                let (before, between) = if is_narrow { (0, 1) } else { (2, 2) };
                let x = x + before;
                canvas.put(x, at.y, 1, sign, canvas.style(scope));
                canvas.put(x + between, at.y, 1, &letter, style);
            }
            Some(_) => {
                canvas.put(x, at.y, 1, &letter, style);
            }
            None => {
                let x = canvas.put(x, at.y, 1, &letter, style);
                let alone = if is_narrow { "×" } else { " only" };
                canvas.put(x, at.y, 5, alone, canvas.style(Scope::Gutter));
            }
        }
    }
}
