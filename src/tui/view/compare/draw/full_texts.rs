//! Both reports whole, each in its own order, the partner of the passage in focus on the same line of the screen.

use ratatui::layout::Rect;

use crate::article::BlockRole;
use crate::compare::{PairRelation, Side};
use crate::text::Span;
use crate::tui::canvas::{self, Canvas, cut};
use crate::tui::highlight::Layer;
use crate::tui::marks::side_scope;
use crate::tui::page::PageLine;
use crate::tui::theme::Scope;
use crate::tui::view::compare::layout::{BAR, NARROW, TextColumns};
use crate::tui::view::compare::rows::GutterLine;

use super::ComparisonDrawing;
use super::rows::gutter_words;

impl ComparisonDrawing<'_> {
    /// Draws both texts; where there is no room for two, the one that moves.
    pub(super) fn draw_full_texts(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let width = self.view.texts.pages.left.width as u16;
        if area.width >= NARROW {
            let columns = TextColumns::new(area);
            for side in Side::BOTH {
                let x = columns.starts[side];
                self.draw_text(canvas, Rect { x, width, ..area }, side);
            }
            self.draw_pointer(canvas, area, columns);
            return;
        }
        let (side, x) = (self.view.active, area.x + 2);
        self.draw_text(canvas, Rect { x, width, ..area }, side);
        if let Some(y) = self.focused_line(area) {
            canvas.put(area.x, y, 1, &side.letter().to_string(), side_scope(side));
        }
    }

    /// Returns the line of the screen on which the passage in focus begins.
    fn focused_line(&self, area: Rect) -> Option<u16> {
        let (texts, side) = (&self.view.texts, self.view.active);
        let focused = texts.focused_span(side, self.comparison)?;
        let row = (0..area.height).find(|row| match texts.line(side, *row) {
            Some(PageLine::Text { span, .. }) => span.overlaps(focused),
            _ => false,
        })?;
        Some(area.y + row)
    }

    fn draw_text(&self, canvas: &mut Canvas<'_>, area: Rect, side: Side) {
        let Some(report) = canvas.shared.report(self.reports[side]) else {
            return;
        };
        let window = self.view.texts.shown_span(side, area.height.into());
        let layers = self.text_layers(canvas, side, window);
        for (line, row) in area.rows().zip(0..) {
            match self.view.texts.line(side, row) {
                None | Some(PageLine::Blank) => {}
                Some(PageLine::Made(words, _)) => {
                    canvas.put(line.x, line.y, line.width, words, Scope::Meta);
                }
                Some(PageLine::Text { span, role }) => {
                    let (scope, layers): (_, &[Layer]) = match role {
                        BlockRole::Headline => (Scope::Headline, &[]),
                        role if role.is_story() => (Scope::Text, &layers),
                        _ => (Scope::Caption, &[]),
                    };
                    canvas.put_marked(line, &report.article.text, *span, scope, layers);
                    if role.is_story() && self.is_alone(side, *span) {
                        let x = line.x.saturating_sub(BAR);
                        canvas.put(x, line.y, 1, "┃", side_scope(side));
                    }
                }
            }
        }
    }

    /// Returns the marks of a text, the pair in focus in bold under them.
    fn text_layers(&self, canvas: &Canvas<'_>, side: Side, window: Span) -> Vec<Layer> {
        let mut layers = vec![canvas.layer(self.lit_span(side), Scope::Focus)];
        layers.extend(self.layers(canvas, side, window));
        layers
    }

    /// Whether the words of a line that stand in passages are all in passages that the other report does not have.
    fn is_alone(&self, side: Side, line: Span) -> bool {
        let passages = &self.comparison.passages[side];
        let first = passages.partition_point(|passage| passage.span.end <= line.start);
        let end = passages.partition_point(|passage| passage.span.start < line.end);
        let mut shown = first..end;
        first < end && shown.all(|number| self.comparison.pairs_of(side, number).is_empty())
    }

    /// Returns the passage in focus on the side that moves; on the other its partner, or the passage that waits for one.
    fn lit_span(&self, side: Side) -> Option<Span> {
        let (view, comparison) = (self.view, self.comparison);
        let passage = match view.linking {
            _ if side == view.active => view.texts.at[side],
            Some((waiting, passage)) if waiting == side => passage,
            _ => view.texts.pair(view.active, comparison)?.at[side],
        };
        comparison.passage_span(side, passage)
    }

    /// Draws beside the passage in focus which side moves, and what kind of pair it is.
    fn draw_pointer(&self, canvas: &mut Canvas<'_>, area: Rect, columns: TextColumns) {
        let side = self.view.active;
        let Some(y) = self.focused_line(area) else {
            return;
        };
        let (pointer, x) = match side {
            Side::Left => ("◂", columns.gutter),
            Side::Right => ("▸", columns.gutter + columns.gutter_width - 1),
        };
        canvas.put(x, y, 1, pointer, side_scope(side));
        let width = columns.gutter_width.saturating_sub(2);
        let lines = gutter_words(self.pair_line(side), width);
        for (y, (words, scope)) in (y..area.bottom()).zip(lines) {
            let words = cut(&words, width);
            let blanks = width.saturating_sub(canvas::columns(&words)) / 2;
            canvas.put(columns.gutter + 1 + blanks, y, width, &words, scope);
        }
        canvas.cursor.get_or_insert((columns.starts[side], y));
    }

    /// Returns the kind of the first difference of the pair in focus, or else the relation of the pair.
    fn pair_line(&self, side: Side) -> GutterLine {
        let texts = &self.view.texts;
        let Some(number) = texts.pair_number(side, self.comparison) else {
            return GutterLine::Only(side);
        };
        let at = texts
            .pair(side, self.comparison)
            .map(|pair| pair.at.map(Some));
        let found = at
            .map(|at| self.view.findings.of_row(at))
            .unwrap_or_default();
        let first = found
            .first()
            .and_then(|&number| self.view.findings.all.get(number));
        match first {
            Some(finding) => GutterLine::Kind(finding.kind),
            None => GutterLine::Relation(PairRelation::of(self.comparison, number)),
        }
    }
}
