//! Both reports whole, each in its own order: moving on one side brings the partner on the other to the same line of the screen.

use crate::compare::{Comparison, Pair, Side, Sides};
use crate::text::Span;

use super::compare::Both;
use super::page::{Line, Page};

/// What the other side does while one side moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// It brings the partner of the passage in focus to the same line of the screen.
    Follows,
    /// It stays: the sides scroll apart, or its passage waits for a partner to be named.
    Stays,
}

/// Two whole texts and where the reader stands in each.
#[derive(Clone, Debug, Default)]
pub struct Whole {
    /// The lines of each.
    pub pages: Sides<Page>,
    /// The passage that the reader stands on, on each side.
    pub at: Sides<usize>,
    /// The first line on the screen of each side; negative where blank lines stand above the text.
    pub top: Sides<isize>,
}

impl Whole {
    /// Lays both texts out at `measure` columns, if that was not done yet; the passages in focus keep their rows of the screen.
    pub fn lay_out(&mut self, both: Both<'_>, comparison: &Comparison, measure: usize) {
        let before = self.pages.left.width;
        if before == measure {
            return;
        }
        let lines = |whole: &Self| Side::BOTH.map(|side| whole.signed_line(side, comparison));
        let old = lines(self);
        self.pages = Sides::new(both.articles.left, both.articles.right)
            .map(|article| Page::of(article, measure));
        if before > 0 {
            for ((side, old), new) in Side::BOTH.into_iter().zip(old).zip(lines(self)) {
                self.top[side] += new - old;
            }
        }
    }

    /// Moves `by` passages on `side`.
    pub fn step(&mut self, by: isize, side: Side, comparison: &Comparison) {
        let last = comparison.passages[side].len().saturating_sub(1);
        self.at[side] = self.at[side].saturating_add_signed(by).min(last);
    }

    /// Moves on `side` by about `lines` lines, in whole passages, at least one.
    pub fn step_lines(&mut self, lines: isize, side: Side, comparison: &Comparison) {
        let by = lines.signum();
        let from = self.line_of(side, self.at[side], comparison);
        loop {
            let before = self.at[side];
            self.at[side] = before
                .saturating_add_signed(by)
                .min(comparison.passages[side].len().saturating_sub(1));
            let moved = self.line_of(side, self.at[side], comparison).abs_diff(from);
            if self.at[side] == before || moved >= lines.unsigned_abs() {
                break;
            }
        }
    }

    /// Shows the passage of `side` that the reader stands on, and its partner beside it if the other side follows.
    pub fn settle(&mut self, side: Side, other: Other, comparison: &Comparison, height: usize) {
        let height = isize::try_from(height).unwrap_or(isize::MAX);
        let line = self.signed_line(side, comparison);
        let lines = isize::try_from(self.pages[side].lines.len()).unwrap_or(isize::MAX);
        let top = self.top[side];
        if line < top + 1 || line + 4 > top + height {
            self.top[side] = line - height / 3;
        }
        self.top[side] = self.top[side].min(lines - height).max(0);
        if other == Other::Stays {
            return;
        }
        let other = side.other();
        if let Some(pair) = self.pair(side, comparison) {
            self.at[other] = pair.at[other];
            let row = line - self.top[side];
            self.top[other] = self.signed_line(other, comparison) - row;
        }
    }

    /// Swaps the sides: each text keeps its lines and its place.
    pub fn swap(&mut self) {
        self.pages = std::mem::take(&mut self.pages).swapped();
        self.at = self.at.swapped();
        self.top = self.top.swapped();
    }

    /// Returns the surest pair of the passage that the reader stands on.
    pub fn pair<'c>(&self, side: Side, comparison: &'c Comparison) -> Option<&'c Pair> {
        comparison.pairs.get(self.pair_number(side, comparison)?)
    }

    /// Returns the number of that pair.
    pub fn pair_number(&self, side: Side, comparison: &Comparison) -> Option<usize> {
        comparison.pairs_of(side, self.at[side]).first().copied()
    }

    /// Returns the words of the passage that the reader stands on.
    pub fn span(&self, side: Side, comparison: &Comparison) -> Option<Span> {
        comparison.passages[side]
            .get(self.at[side])
            .map(|passage| passage.span)
    }

    fn line_of(&self, side: Side, passage: usize, comparison: &Comparison) -> usize {
        let start = comparison.passages[side]
            .get(passage)
            .map_or(0, |passage| passage.span.start);
        self.pages[side].line_at(start)
    }

    fn signed_line(&self, side: Side, comparison: &Comparison) -> isize {
        isize::try_from(self.line_of(side, self.at[side], comparison)).unwrap_or(isize::MAX)
    }

    /// Returns the line of `side` that stands `row` lines below the top of the screen.
    pub fn line(&self, side: Side, row: u16) -> Option<&Line> {
        let at = usize::try_from(self.top[side] + isize::from(row.cast_signed())).ok()?;
        self.pages[side].lines.get(at)
    }
}
