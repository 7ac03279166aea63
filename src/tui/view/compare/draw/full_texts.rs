//! Both reports whole, each in its own order, the partner of the passage in focus on the same line of the screen.

use ratatui::layout::Rect;

use crate::article::BlockRole;
use crate::compare::{PassageMark, Side, Sides};
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
        let measure = self.view.texts.pages.left.width as u16;
        if area.width >= NARROW {
            let starts = column_starts(area, measure);
            for side in Side::BOTH {
                let place = Rect::new(starts[side], area.y, measure, area.height);
                self.draw_text(canvas, place, side);
            }
            self.draw_gutter(canvas, area, starts);
            return;
        }
        let side = self.view.active;
        let place = Rect::new(area.x + 2, area.y, measure, area.height);
        self.draw_text(canvas, place, side);
        if let Some(row) = self.focused_row(area) {
            let (letter, style) = (side.letter().to_string(), canvas.style(side_scope(side)));
            canvas.put(area.x, area.y + row, 1, &letter, style);
        }
    }

    /// Returns the line of the screen on which the passage in focus begins.
    fn focused_row(&self, area: Rect) -> Option<u16> {
        let (texts, side) = (&self.view.texts, self.view.active);
        let focused = texts.focused_span(side, self.comparison)?;
        (0..area.height).find(|row| match texts.line(side, *row) {
            Some(PageLine::Text { span, .. }) => span.overlaps(focused),
            _ => false,
        })
    }

    fn draw_text(&self, canvas: &mut Canvas<'_>, area: Rect, side: Side) {
        let Some(report) = canvas.shared.report(self.reports[side]) else {
            return;
        };
        let text = &report.article.text;
        let layers = self.text_layers(canvas, side);
        for row in 0..area.height {
            let place = Rect::new(area.x, area.y + row, area.width, 1);
            match self.view.texts.line(side, row) {
                None | Some(PageLine::Blank) => {}
                Some(PageLine::Made(words, _)) => {
                    let style = canvas.style(Scope::Meta);
                    canvas.put(place.x, place.y, place.width, words, style);
                }
                Some(PageLine::Text { span, role }) => {
                    let (scope, layers): (_, &[Layer]) = match role {
                        BlockRole::Headline => (Scope::Headline, &[]),
                        role if role.is_story() => (Scope::Text, &layers),
                        _ => (Scope::Caption, &[]),
                    };
                    canvas.put_marked(place, text, *span, scope, layers);
                }
            }
        }
    }

    /// Returns the marks of a text: passages without partner are quiet; in the pair in focus the words that differ are marked.
    fn text_layers(&self, canvas: &Canvas<'_>, side: Side) -> [Layer; 3] {
        let (quiet, lit) = (canvas.style(Scope::Only), canvas.style(Scope::Focus));
        let shown = self.shown_in_text(side, canvas.shared.screen.height.into());
        let passages = self.comparison.passages[side].iter().enumerate();
        let alone = passages
            .skip(shown.start)
            .take(shown.len())
            .filter(|(number, _)| self.comparison.pairs_of(side, *number).is_empty())
            .map(|(_, passage)| (passage.span, quiet))
            .collect();
        let here = self.lit_span(side).map(|span| (span, lit));
        let here = here.into_iter().collect();
        let texts = &self.view.texts;
        let pair = texts.pair_number(self.view.active, self.comparison);
        let marks = pair.and_then(|pair| self.comparison.marks.get(pair));
        let marks = marks.map_or(&[][..], |marks| marks[side].as_slice());
        let words = marks.iter().filter_map(|(span, mark)| {
            let scope = match mark {
                PassageMark::Changed => Scope::DiffChanged,
                PassageMark::Shared => Scope::DiffShared,
                PassageMark::Attribution => return None,
            };
            Some((*span, canvas.style(scope)))
        });
        [alone, here, words.collect()]
    }

    /// Returns the passage in focus on the side that moves; on the other its partner, or the passage that waits for one.
    fn lit_span(&self, side: Side) -> Option<Span> {
        let (view, comparison) = (self.view, self.comparison);
        if side == view.active {
            return view.texts.focused_span(side, comparison);
        }
        let passage = match view.linking {
            Some((waiting, passage)) if waiting == side => passage,
            _ => view.texts.pair(view.active, comparison)?.at[side],
        };
        let passage = comparison.passages[side].get(passage);
        passage.map(|passage| passage.span)
    }

    /// Draws beside the passage in focus how sure its pair is, and which side moves.
    fn draw_gutter(&self, canvas: &mut Canvas<'_>, area: Rect, starts: Sides<u16>) {
        let side = self.view.active;
        let Some(row) = self.focused_row(area) else {
            return;
        };
        let (y, left) = (area.y + row, starts.right.saturating_sub(GUTTER));
        let (pointer, pointer_at) = match side {
            Side::Left => ("◂", left + 1),
            Side::Right => ("▸", left + GUTTER - 2),
        };
        let style = canvas.style(side_scope(side));
        canvas.put(pointer_at, y, 1, pointer, style);
        match self.view.texts.pair(side, self.comparison) {
            Some(pair) => {
                let (sign, scope) = tier_sign(pair.tier);
                canvas.put(left + GUTTER / 2, y, 1, sign, canvas.style(scope));
            }
            None => {
                canvas.put(left + 2, y, 5, "only", canvas.style(Scope::Gutter));
            }
        }
        canvas.cursor.get_or_insert((starts[side], y));
    }
}
