//! Draws a comparison: head, then aligned rows or full texts, then the list of differences.

mod full_texts;
mod head;
mod list;
mod rows;

use std::ops::Range;

use ratatui::layout::Rect;

use crate::compare::{Comparison, PassageMark, Side, Sides};
use crate::library::ReportNo;
use crate::text::Span;
use crate::tui::canvas::Canvas;
use crate::tui::highlight::{Layer, in_window};
use crate::tui::theme::Scope;
use crate::tui::view::compare::layout::ASIDE_FROM;
use crate::tui::view::report_mark;

use crate::tui::screen::AreaParts;

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
    drawing.draw_head(canvas, areas);
    match view.mode {
        CompareMode::FullTexts => drawing.draw_full_texts(canvas, areas.rows),
        CompareMode::Rows if view.rows.rows.is_empty() => {
            let words = format!("no {}", view.filter.name());
            let Rect { x, y, width, .. } = areas.rows;
            canvas.put(x + 2, y, width, &words, Scope::Dim);
        }
        CompareMode::Rows if areas.rows.width >= ASIDE_FROM => {
            drawing.draw_rows_aside(canvas, areas.rows);
        }
        CompareMode::Rows => drawing.draw_rows_under(canvas, areas.rows),
    }
    drawing.draw_list(canvas, areas);
    let last = canvas.shared.screen.bottom().saturating_sub(1);
    let first_row = (areas.rows.x, areas.rows.y.min(last));
    canvas.cursor.get_or_insert(first_row);
}

impl ComparisonDrawing<'_> {
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

    /// Returns the marks of `window` of a text: those that the reader has too, then the words that differ, then what is in focus.
    fn layers(&self, canvas: &Canvas<'_>, side: Side, window: Span) -> Vec<Layer> {
        let view = self.view;
        let report = canvas.shared.report(self.reports[side]);
        let marks = report.and_then(|report| report.annotated());
        let within = |spans: &[Span], scope: Scope| {
            canvas.layer(in_window(spans, window, |span| *span).copied(), scope)
        };
        // Under the quotations: what one report quotes keeps their look, what the other tells gets its own.
        let mut layers = vec![within(&view.findings.told[side], Scope::DiffTold)];
        layers.extend(
            marks
                .into_iter()
                .flat_map(|marks| report_mark::layers(canvas, marks, window)),
        );
        if view.shows_shared {
            layers.push(canvas.layer(self.shared_words(side, window), Scope::DiffShared));
        }
        layers.push(within(&view.findings.words[side], Scope::DiffChanged));
        let hits = view
            .search
            .as_ref()
            .map_or(&[][..], |search| search.hits_of(side));
        let shown = in_window(hits, window, |(_, span)| *span);
        layers.push(canvas.layer(shown.map(|(_, span)| *span), Scope::Search));
        let (spans, scope) = view.focused_spans(side);
        layers.push(canvas.layer(spans, scope));
        layers
    }

    /// Returns the words of a window that its passages share with their partners.
    fn shared_words(&self, side: Side, window: Span) -> Vec<Span> {
        let passages = &self.comparison.passages[side];
        let first = passages.partition_point(|passage| passage.span.end <= window.start);
        let end = passages.partition_point(|passage| passage.span.start < window.end);
        let shown = (first..end).filter_map(|n| self.comparison.pairs_of(side, n).first());
        let marks = shown.filter_map(|&pair| self.comparison.marks.get(pair));
        let marks = marks.flat_map(|marks| marks[side].iter());
        let shared = marks.filter(|(_, mark)| *mark == PassageMark::Shared);
        shared.map(|(span, _)| *span).collect()
    }
}
