//! The aligned rows: two columns with a gutter between, or the partner under its passage.

use ratatui::layout::Rect;

use crate::compare::{ComparisonRow, Side};
use crate::tui::canvas::{Canvas, columns};
use crate::tui::marks::{side_scope, tier_sign};
use crate::tui::theme::Scope;
use crate::tui::view::compare::layout::{GUTTER, NARROW, column_starts};
use crate::tui::view::compare::{CellLine, LaidOutRow};

use super::ComparisonDrawing;

impl ComparisonDrawing<'_> {
    pub(super) fn draw_rows_aside(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let rows = &self.view.rows;
        let (width, starts) = (rows.measure, column_starts(area, rows.measure));
        for side in Side::BOTH {
            for (line, at) in area.rows().zip(rows.scroll[side].top..) {
                let Some(row) = rows.with_line(at) else {
                    break;
                };
                let (x, at) = (starts[side], at - row.top);
                self.draw_cell_line(canvas, Rect { x, width, ..line }, row, (side, at));
                if side == Side::Left && at == 0 && !self.view.scrolls_apart {
                    let (x, width) = (starts.right - GUTTER, GUTTER);
                    self.draw_gutter_sign(canvas, Rect { x, width, ..line }, row.row);
                }
            }
        }
    }

    pub(super) fn draw_rows_under(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let (rows, width) = (&self.view.rows, self.view.rows.measure);
        // The signs stand left of the passages.
        let x = area.x + if area.width < NARROW { 3 } else { 8 };
        for (line, at) in area.rows().zip(rows.scroll.left.top..) {
            let Some(row) = rows.with_line(at) else {
                break;
            };
            let (at, first) = (at - row.top, row.cells.left.len());
            let (side, at) = match at < first {
                true => (Side::Left, at),
                false => (Side::Right, at - first),
            };
            if at == 0 && !row.cells[side].is_empty() {
                self.draw_row_sign(canvas, line, row.row, side);
            }
            self.draw_cell_line(canvas, Rect { x, width, ..line }, row, (side, at));
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
                canvas.put_cut(place, &words, Scope::Gutter);
            }
            Some(CellLine::Text(span)) => {
                let base = match row.row.pair {
                    Some(_) => Scope::Text,
                    None => Scope::Only,
                };
                // The words that differ from the partner's, and over them the difference in focus.
                let words = self.word_layer(canvas, row.row.pair, side, Some(Scope::Dim));
                let focused = self.view.focused_difference();
                let mut focused = focused.map_or_else(Vec::new, |it| it.spans[side].clone());
                focused.sort_unstable();
                let layers = [words, canvas.layer(focused, Scope::DiffFocus)];
                canvas.put_marked(place, text, *span, base, &layers);
            }
            None => {}
        }
    }

    /// Draws between the columns how sure the pair is, and how far its right half stands from where its left half does.
    fn draw_gutter_sign(&self, canvas: &mut Canvas<'_>, area: Rect, row: ComparisonRow) {
        let Some(pair) = row.pair.and_then(|pair| self.comparison.pairs.get(pair)) else {
            let side = match row.passages.left {
                Some(_) => Side::Left,
                None => Side::Right,
            };
            let letter = format!("{} ", side.letter());
            let x = canvas.put(area.x + 1, area.y, 2, &letter, side_scope(side));
            canvas.put(x, area.y, 4, "only", Scope::Gutter);
            return;
        };
        let (sign, scope) = tier_sign(pair.tier);
        let moved = match self.comparison.moved(pair) {
            0 => String::new(),
            paragraphs @ 1.. => format!("↓{paragraphs}"),
            paragraphs => format!("↑{}", paragraphs.unsigned_abs()),
        };
        let used = match columns(&moved) {
            0 => 1,
            columns => 2 + columns,
        };
        let x = area.x + area.width.saturating_sub(used) / 2;
        let x = canvas.put(x, area.y, 1, sign, scope) + 1;
        let room = area.right().saturating_sub(x);
        canvas.put(x, area.y, room, &moved, Scope::Gutter);
    }

    /// Draws, left of a passage where the partner stands under it, the letter, and at the partner the sign of the pair.
    fn draw_row_sign(&self, canvas: &mut Canvas<'_>, at: Rect, row: ComparisonRow, side: Side) {
        let (letter, scope) = (side.letter().to_string(), side_scope(side));
        let is_narrow = at.width < NARROW;
        let x = at.x + u16::from(!is_narrow);
        match row.pair.and_then(|pair| self.comparison.pairs.get(pair)) {
            Some(pair) if side == Side::Right => {
                let (sign, tier_scope) = tier_sign(pair.tier);
                let (before, between) = if is_narrow { (0, 1) } else { (2, 2) };
                canvas.put(x + before, at.y, 1, sign, tier_scope);
                canvas.put(x + before + between, at.y, 1, &letter, scope);
            }
            Some(_) => {
                canvas.put(x, at.y, 1, &letter, scope);
            }
            None => {
                let x = canvas.put(x, at.y, 1, &letter, scope);
                let alone = if is_narrow { "×" } else { " only" };
                canvas.put(x, at.y, 5, alone, Scope::Gutter);
            }
        }
    }
}
