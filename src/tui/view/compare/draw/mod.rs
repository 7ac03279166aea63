//! Drawing of a comparison: the head with the strips, the aligned rows or the full texts, and the list of differences.

mod full_texts;
mod rows;

use std::collections::BTreeSet;
use std::ops::Range;

use ratatui::layout::Rect;

use crate::compare::{Comparison, PairTier, PassageMark, RangeSummary, Side, Sides};
use crate::library::ReportNo;
use crate::report::facts::with_extent;
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::highlight::Layer;
use crate::tui::marks::side_scope;
use crate::tui::screen::AreaParts;
use crate::tui::theme::Scope;
use crate::tui::view::compare::layout::{ASIDE_FROM, centred, column_starts, counts};
use crate::tui::words;

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
    /// Draws the two reports, the counts, and each report as a strip with a box for each passage.
    fn draw_head(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let counts = counts(self.comparison);
        if area.height < 2 {
            canvas.put_cut(area.inset(1, 0), &counts, Scope::Focus);
            return;
        }
        let strips = self.view.strips(canvas.shared.screen);
        if area.width >= ASIDE_FROM {
            let width = self.view.rows.measure;
            let starts = column_starts(area, width);
            for side in Side::BOTH {
                let x = starts[side];
                self.draw_title(canvas, Rect { x, width, ..area }, side);
            }
            let x = centred(area, &counts);
            canvas.put(x, area.y + 1, columns(&counts), &counts, Scope::Focus);
        } else {
            for (lines, side) in (0..).zip(Side::BOTH) {
                let strip = strips.unwrap_or_default()[side].width;
                let title = area.below(lines).inset(1, strip + 2);
                self.draw_title(canvas, title, side);
            }
            canvas.put_cut(area.below(2).inset(1, 0), &counts, Scope::Focus);
        }
        if let Some(strips) = strips {
            for side in Side::BOTH {
                self.draw_strip(canvas, strips[side], side);
            }
        }
        canvas.put_rule(area.below(area.height - 1));
    }

    fn draw_title(&self, canvas: &mut Canvas<'_>, area: Rect, side: Side) {
        let Some(summary) = canvas.shared.summary(self.reports[side]) else {
            return;
        };
        let date = words::date(summary.published);
        let facts = format!("{} · {date}", words::outlet(summary));
        let facts = with_extent(facts, summary.extent);
        let moves_alone = self.view.scrolls_apart && self.view.active == side;
        let pointer = if moves_alone { "▸" } else { " " };
        let letter = format!("{}{pointer} ", side.letter());
        let (y, right) = (area.y, area.right());
        let x = canvas.put(area.x, y, area.width, &letter, side_scope(side));
        let facts_at = canvas.put_right(x + 16, right, y, &facts, Scope::Dim);
        let room = facts_at.unwrap_or(right + 2).saturating_sub(x + 2);
        canvas.put(x, y, room, &cut(&summary.label, room), Scope::Headline);
    }

    /// Draws one cell a passage (or several, where the report has more passages than there is room), shaded by how surely the other
    /// report has it; where it differs it is marked, where it is on the screen it is underlined.
    fn draw_strip(&self, canvas: &mut Canvas<'_>, area: Rect, side: Side) {
        let total = self.comparison.passages[side].len();
        if area.is_empty() || total == 0 {
            return;
        }
        let is_wide = usize::from(area.width) >= 2 * total;
        let cells = match is_wide {
            true => total,
            false => usize::from(area.width).min(total),
        };
        // The last cell that begins at the passage or before it.
        let cell_of = |passage: usize| ((passage + 1) * cells - 1) / total;
        let shown = self.shown_passages(side, canvas.shared.screen);
        let shown: BTreeSet<usize> = shown.into_iter().map(cell_of).collect();
        for cell in 0..cells {
            let passages = cell * total / cells..(cell + 1) * total / cells;
            let (sign, scope) = cell_sign(self.comparison.range_summary(side, passages));
            let mut style = canvas.style(scope);
            if shown.contains(&cell) {
                // Only the underline says that it is on the screen: the colour says how sure the pair is.
                style = canvas.style(Scope::StripHere).patch(style);
            }
            let x = area.x + (if is_wide { 2 * cell } else { cell }) as u16;
            canvas.put(x, area.y, 1, sign, style);
        }
    }

    /// Returns the passages of a side that are in view.
    fn shown_passages(&self, side: Side, screen: Rect) -> Vec<usize> {
        let height = self.view.row_lines(screen);
        if self.view.mode == CompareMode::FullTexts {
            return self.shown_in_text(side, height).collect();
        }
        let rows = &self.view.rows;
        let top = rows.scroll[side].top;
        let shown = rows.rows.iter().skip(rows.row_at(top));
        let shown = shown.take_while(|row| row.top < top + height);
        shown.filter_map(|row| row.row.passages[side]).collect()
    }

    /// Returns the passages of a side that are in view where its full text is shown with `height` lines.
    fn shown_in_text(&self, side: Side, height: usize) -> Range<usize> {
        let shown = self.view.texts.shown_span(side, height);
        let passages = &self.comparison.passages[side];
        let first = passages.partition_point(|passage| passage.span.end <= shown.start);
        let end = passages.partition_point(|passage| passage.span.start < shown.end);
        first..end.max(first)
    }

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
            Some((*span, scope))
        });
        canvas.scoped_layer(words)
    }
}

fn cell_sign(found: RangeSummary) -> (&'static str, Scope) {
    match found.tier {
        _ if found.differs => ("◆", Scope::DiffChanged),
        Some(PairTier::Same) => ("■", Scope::StripSame),
        Some(PairTier::Likely) => ("▪", Scope::StripLikely),
        Some(PairTier::Related) => ("▫", Scope::StripRelated),
        None => ("·", Scope::StripOnly),
    }
}
