//! Both reports whole, each in its own order, the partner of the passage in focus on the same line of the screen.

use ratatui::layout::Rect;

use crate::article::BlockRole;
use crate::compare::{Side, Sides};
use crate::text::Span;
use crate::tui::canvas::Canvas;
use crate::tui::highlight::Layer;
use crate::tui::marks::{side_scope, tier_sign};
use crate::tui::page::PageLine;
use crate::tui::theme::Scope;
use crate::tui::view::compare::layout::{GUTTER, NARROW, column_starts};

use super::ComparisonDrawing;

impl ComparisonDrawing<'_> {
    /// Draws both texts; where there is no room for two, the one that moves.
    pub(super) fn draw_full_texts(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let width = self.view.texts.pages.left.width as u16;
        if area.width >= NARROW {
            let starts = column_starts(area, width);
            for side in Side::BOTH {
                let x = starts[side];
                self.draw_text(canvas, Rect { x, width, ..area }, side);
            }
            self.draw_gutter(canvas, area, starts);
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
        let layers = self.text_layers(canvas, side);
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
                }
            }
        }
    }

    /// Returns the marks of a text: passages without partner are quiet; in the pair in focus the words that differ are marked.
    fn text_layers(&self, canvas: &Canvas<'_>, side: Side) -> [Layer; 3] {
        let shown = self.shown_in_text(side, canvas.shared.screen.height.into());
        let alone = shown.filter(|&number| self.comparison.pairs_of(side, number).is_empty());
        let alone = alone.filter_map(|number| self.comparison.passage_span(side, number));
        let texts = &self.view.texts;
        let pair = texts.pair_number(self.view.active, self.comparison);
        [
            canvas.layer(alone, Scope::Only),
            canvas.layer(self.lit_span(side), Scope::Focus),
            self.word_layer(canvas, pair, side, None),
        ]
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

    /// Draws beside the passage in focus how sure its pair is, and which side moves.
    fn draw_gutter(&self, canvas: &mut Canvas<'_>, area: Rect, starts: Sides<u16>) {
        let side = self.view.active;
        let Some(y) = self.focused_line(area) else {
            return;
        };
        let left = starts.right.saturating_sub(GUTTER);
        let (pointer, x) = match side {
            Side::Left => ("◂", left + 1),
            Side::Right => ("▸", left + GUTTER - 2),
        };
        canvas.put(x, y, 1, pointer, side_scope(side));
        match self.view.texts.pair(side, self.comparison) {
            Some(pair) => {
                let (sign, scope) = tier_sign(pair.tier);
                canvas.put(left + GUTTER / 2, y, 1, sign, scope);
            }
            None => {
                canvas.put(left + 2, y, 5, "only", Scope::Gutter);
            }
        }
        canvas.cursor.get_or_insert((starts[side], y));
    }
}
