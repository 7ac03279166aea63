//! Both reports whole, each in its own order: moving on one side brings the partner on the other to the same line of the screen.

use ratatui::layout::Rect;

use crate::article::Article;
use crate::compare::{Comparison, Pair, Side, Sides};
use crate::text::Span;
use crate::tui::page::{Page, PageLine, text_span};
use crate::tui::scroll::moved;

use super::layout::text_measure;

/// Two whole texts and the reader's place in each.
#[derive(Clone, Debug, Default)]
pub struct FullTexts {
    /// The lines of each.
    pub pages: Sides<Page>,
    /// The passage in focus on each side.
    pub at: Sides<usize>,
    /// The first line on the screen of each side; negative where blank lines stand above the text.
    pub top: Sides<isize>,
    /// The pair of each passage, the same as in the rows.
    pairs: Sides<Vec<Option<usize>>>,
}

impl FullTexts {
    /// Lays both texts out for `area`, if that was not done yet; the passages in focus keep their rows of the screen.
    pub(super) fn lay_out(
        &mut self,
        articles: Sides<&Article>,
        comparison: &Comparison,
        area: Rect,
    ) {
        let (before, measure) = (self.pages.left.width, usize::from(text_measure(area)));
        if before == measure {
            return;
        }
        let old = Sides::from_fn(|side| self.focused_line(side, comparison));
        self.pages = articles.map(|article| Page::lay_out(article, measure));
        if before > 0 {
            for side in Side::BOTH {
                self.top[side] += self.focused_line(side, comparison) - old[side];
            }
        }
    }

    /// Moves `by` passages on `side`.
    pub(super) fn step(&mut self, by: isize, side: Side, comparison: &Comparison) {
        self.at[side] = moved(self.at[side], by, comparison.passages[side].len());
    }

    /// Moves on `side` by about `lines` lines, in whole passages, at least one.
    pub(super) fn step_lines(&mut self, lines: isize, side: Side, comparison: &Comparison) {
        let from = self.focused_line(side, comparison);
        loop {
            let before = self.at[side];
            self.step(lines.signum(), side, comparison);
            let moved = self.focused_line(side, comparison).abs_diff(from);
            if self.at[side] == before || moved >= lines.unsigned_abs() {
                break;
            }
        }
    }

    /// Brings the passage in focus on `side` onto a screen with `height` lines.
    pub(super) fn settle(&mut self, side: Side, comparison: &Comparison, height: usize) {
        let height = height.cast_signed();
        let line = self.focused_line(side, comparison);
        let lines = self.pages[side].lines.len().cast_signed();
        let top = self.top[side];
        // A line above the passage stays in view, and some of its own.
        if line < top + 1 || line + 4 > top + height {
            self.top[side] = line - height / 3;
        }
        self.top[side] = self.top[side].min(lines - height).max(0);
    }

    /// Brings the partner of the passage in focus on `side` to the same line of the screen.
    pub(super) fn bring_partner(&mut self, side: Side, comparison: &Comparison) {
        if let Some(pair) = self.pair(side, comparison) {
            let row = self.focused_line(side, comparison) - self.top[side];
            let other = side.other();
            self.at[other] = pair.at[other];
            self.top[other] = self.focused_line(other, comparison) - row;
        }
    }

    /// Swaps the sides: each text keeps its lines and its place.
    pub(super) fn swap(&mut self) {
        self.pages = std::mem::take(&mut self.pages).swapped();
        self.at = self.at.swapped();
        self.top = self.top.swapped();
        self.pairs = std::mem::take(&mut self.pairs).swapped();
    }

    /// Returns the pair of the passage in focus, the same as in the rows.
    pub fn pair<'c>(&self, side: Side, comparison: &'c Comparison) -> Option<&'c Pair> {
        comparison.pairs.get(self.pair_number(side, comparison)?)
    }

    /// Returns the number of that pair.
    pub(super) fn pair_number(&self, side: Side, comparison: &Comparison) -> Option<usize> {
        let own = self.pairs[side].get(self.at[side]).copied().flatten();
        own.filter(|&pair| pair < comparison.pairs.len())
    }

    /// Takes the pairs of a comparison as the rows have them.
    pub(super) fn pair_up(&mut self, comparison: &Comparison) {
        self.pairs = comparison
            .passages
            .as_ref()
            .map(|passages| vec![None; passages.len()]);
        for row in comparison.rows(Side::Left) {
            for side in Side::BOTH {
                let passage = row.passages[side];
                if let Some(pair) = passage.and_then(|passage| self.pairs[side].get_mut(passage)) {
                    *pair = row.pair;
                }
            }
        }
    }

    /// Returns the words of the passage in focus.
    pub(super) fn focused_span(&self, side: Side, comparison: &Comparison) -> Option<Span> {
        comparison.passage_span(side, self.at[side])
    }

    /// Returns the line of `side` that stands `row` lines below the top of the screen.
    pub(super) fn line(&self, side: Side, row: u16) -> Option<&PageLine> {
        let at = usize::try_from(self.top[side] + isize::from(row.cast_signed())).ok()?;
        self.pages[side].lines.get(at)
    }

    /// Returns all text between the first and the last line shown of a side, on a screen with `height` lines for it.
    pub(super) fn shown_span(&self, side: Side, height: usize) -> Span {
        let blank = usize::try_from(self.top[side].saturating_neg()).unwrap_or(0);
        let top = usize::try_from(self.top[side]).unwrap_or(0);
        let lines = self.pages[side].lines.iter().skip(top);
        text_span(lines.take(height.saturating_sub(blank)))
    }

    /// Returns the first line of the passage in focus.
    fn focused_line(&self, side: Side, comparison: &Comparison) -> isize {
        let span = self.focused_span(side, comparison).unwrap_or_default();
        self.pages[side].line_at(span.start).cast_signed()
    }
}
