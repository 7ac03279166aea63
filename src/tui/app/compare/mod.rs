//! Two reports side by side: which ones, how they are laid out, and where the reader stands in them.

mod act;
mod sheet;

use std::sync::Arc;

use crate::annotate::Annotations;
use crate::article::Article;
use crate::compare::{Comparison, Difference, Side, Sides};

use super::super::scroll::Scroll;
use super::page::NARROWEST;
use super::whole::{Other, Whole};
pub use sheet::{CellLine, Placing, Sheet, SheetRow};

/// From this width on the two columns stand beside each other; below, the partner stands under its passage.
pub const ASIDE_FROM: u16 = 110;
/// Columns between the two texts: a blank, the sign of the pair, how far the partner has moved, a blank.
pub const GUTTER: usize = 9;
/// Below this width what stands beside the text takes as little room as it can, and one whole text is shown at a time.
pub const NARROW: u16 = 60;
/// The widest a column of text gets.
pub const WIDEST: usize = 72;

/// How two reports are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// What corresponds in the same row.
    #[default]
    Rows,
    /// Both texts whole, each in its own order.
    Whole,
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lane {
    /// All of them.
    #[default]
    All,
    /// What both have.
    Shared,
    /// What only one side has.
    Only(Side),
    /// What holds a quotation.
    Quotes,
    /// What holds a difference.
    Differences,
}

impl Lane {
    /// The lanes in the order they are stepped through.
    pub const ALL: [Lane; 6] = [
        Lane::All,
        Lane::Shared,
        Lane::Only(Side::Left),
        Lane::Only(Side::Right),
        Lane::Quotes,
        Lane::Differences,
    ];

    /// Returns the lane after this one.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|lane| *lane == self).unwrap_or(0);
        Self::ALL.get(at + 1).copied().unwrap_or_default()
    }

    /// Returns what it is called on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Lane::All => "all rows",
            Lane::Shared => "shared only",
            Lane::Only(Side::Left) => "only in A",
            Lane::Only(Side::Right) => "only in B",
            Lane::Quotes => "with quotations",
            Lane::Differences => "with differences",
        }
    }
}

/// What is needed to lay a comparison out.
#[derive(Clone, Copy, Debug)]
pub struct Both<'a> {
    /// The reports.
    pub articles: Sides<&'a Article>,
    /// Their marks.
    pub annotations: Sides<&'a Annotations>,
}

/// The comparison on the screen.
#[derive(Clone, Debug)]
pub struct Comparing {
    /// The two reports, by number.
    pub reports: Sides<usize>,
    /// What was found; `None` while the worker is at it.
    pub comparison: Option<Arc<Comparison>>,
    /// Rows or whole texts.
    pub mode: Mode,
    /// Whose order the rows follow.
    pub order: Side,
    /// Which rows are shown.
    pub lane: Lane,
    /// The rows laid out.
    pub sheet: Sheet,
    /// What part of each side is on the screen; equal while they scroll together.
    pub scroll: Sides<Scroll>,
    /// Whether the sides scroll together.
    pub together: bool,
    /// The side that moves when they scroll apart.
    pub active: Side,
    /// The difference in focus, by number.
    pub current: Option<usize>,
    /// Whether the list of differences is shown below.
    pub listing: bool,
    /// Whether the strips are shown above.
    pub overview: bool,
    /// Both texts whole, for that mode.
    pub whole: Whole,
    /// The passage that waits for its partner to be named, by side and number.
    pub linking: Option<(Side, usize)>,
}

impl Comparing {
    /// Returns a comparison that waits for the worker.
    pub fn new(reports: Sides<usize>) -> Self {
        Self {
            reports,
            comparison: None,
            mode: Mode::default(),
            order: Side::Left,
            lane: Lane::default(),
            sheet: Sheet::default(),
            scroll: Sides::default(),
            together: true,
            active: Side::Left,
            current: None,
            listing: true,
            overview: true,
            whole: Whole::default(),
            linking: None,
        }
    }

    /// Takes the worker's answer; where the reader stands is kept when the answer replaces another.
    pub fn found(&mut self, comparison: Arc<Comparison>) {
        self.comparison = Some(comparison);
        self.stale();
        self.current = None;
    }

    /// Lays the rows out for a screen of `width` columns, if that was not done yet.
    pub fn lay_out(&mut self, both: Both<'_>, width: u16) {
        let Some(comparison) = self.comparison.clone() else {
            return;
        };
        self.whole.lay_out(both, &comparison, whole_measure(width));
        if self.sheet.width == width {
            return;
        }
        let anchor = self
            .sheet
            .rows
            .get(self.sheet.row_at(self.scroll.left.top))
            .map(|row| row.row);
        let placing = if width >= ASIDE_FROM {
            Placing::Aside
        } else {
            Placing::Under
        };
        let measure = match placing {
            Placing::Aside => (usize::from(width).saturating_sub(GUTTER + 2) / 2).min(WIDEST),
            Placing::Under if width < NARROW => usize::from(width).saturating_sub(4).max(NARROWEST),
            Placing::Under => usize::from(width)
                .saturating_sub(9)
                .clamp(NARROWEST, WIDEST),
        };
        let shown = sheet::rows_of(&comparison, self.order, self.lane, both.annotations);
        self.sheet = sheet::sheet(shown, &comparison, both, placing, measure);
        self.sheet.width = width;
        if let Some(anchor) = anchor
            && let Some(row) = self.sheet.rows.iter().find(|row| row.row == anchor)
        {
            self.scroll = Sides::new(Scroll { top: row.top }, Scroll { top: row.top });
        }
    }

    /// Makes the next [`lay_out`](Self::lay_out) do its work again.
    pub fn stale(&mut self) {
        self.sheet.width = 0;
    }

    /// Scrolls by `lines`: both sides, or the active one.
    pub fn by(&mut self, lines: isize, height: usize) {
        let total = self.sheet.height;
        if self.together {
            self.scroll.left.by(lines, height, total);
            self.scroll.right = self.scroll.left;
        } else {
            self.scroll[self.active].by(lines, height, total);
        }
    }

    /// Brings the row of the difference in focus onto the screen.
    pub fn show_current(&mut self, height: usize) {
        let Some(comparison) = &self.comparison else {
            return;
        };
        let Some(difference) = self.current.and_then(|n| comparison.differences.get(n)) else {
            return;
        };
        let Some(at) = comparison.pairs.get(difference.pair).map(|pair| pair.at) else {
            return;
        };
        if self.mode == Mode::Whole {
            self.show_passage(self.active, at[self.active], height);
            return;
        }
        if let Some(row) = self.row_of(difference.pair) {
            let (line, last, total) = (
                row.top,
                row.top + row.height.saturating_sub(2),
                self.sheet.height,
            );
            let mut scroll = self.scroll.left;
            scroll.show(last, height, total);
            scroll.show(line, height, total);
            self.scroll = Sides::new(scroll, scroll);
        }
    }

    /// Puts line `line` of the rows at the top of the screen, as far as there are lines below it.
    pub fn go_to_line(&mut self, line: usize, height: usize) {
        let mut scroll = Scroll { top: line };
        scroll.by(0, height, self.sheet.height);
        self.scroll = Sides::new(scroll, scroll);
    }

    /// Brings a passage onto the screen, in either way of laying the reports out.
    pub fn show_passage(&mut self, side: Side, passage: usize, height: usize) {
        if let (Mode::Whole, Some(comparison)) = (self.mode, self.comparison.clone()) {
            self.active = side;
            self.whole.at[side] = passage;
            self.whole.settle(side, self.other(), &comparison, height);
        }
        let row = self
            .sheet
            .rows
            .iter()
            .find(|row| row.row.passages[side] == Some(passage));
        if let Some(top) = row.map(|row| row.top) {
            self.go_to_line(top, height);
        }
    }

    /// Returns what the other side does where both reports are shown whole.
    pub fn other(&self) -> Other {
        if self.together && self.linking.is_none() {
            Other::Follows
        } else {
            Other::Stays
        }
    }

    /// Returns the difference in focus, while its row is on the screen.
    pub fn in_sight(&self, height: usize) -> Option<&Difference> {
        let comparison = self.comparison.as_ref()?;
        let difference = comparison.differences.get(self.current?)?;
        let top = self.scroll[self.active].top;
        let row = self.row_of(difference.pair)?;
        let seen = row.top + row.height > top + 1 && row.top < top + height;
        seen.then_some(difference)
    }

    /// Returns the first row that shows a pair.
    fn row_of(&self, pair: usize) -> Option<&SheetRow> {
        let at = self.comparison.as_ref()?.pairs.get(pair)?.at;
        let rows = &self.sheet.rows;
        rows.iter()
            .find(|row| row.row.pair == Some(pair))
            .or_else(|| {
                rows.iter()
                    .find(|row| row.row.passages.left == Some(at.left))
            })
    }

    /// Swaps the sides; the worker's answer is mirrored, not made again, and its differences stand in another order.
    pub fn swap(&mut self, mirrored: Option<Arc<Comparison>>) {
        let focused = self.comparison.as_ref().zip(self.current);
        let focused = focused.and_then(|(comparison, n)| comparison.differences.get(n));
        let same = |difference: &Difference| {
            focused.is_some_and(|focused| {
                difference.kind == focused.kind
                    && difference.spans == focused.spans.clone().swapped()
            })
        };
        let differences = mirrored.iter().flat_map(|mirrored| &mirrored.differences);
        self.current = differences.map(same).position(|same| same);
        self.reports = self.reports.swapped();
        self.order = self.order.other();
        self.whole.swap();
        self.linking = self.linking.map(|(side, at)| (side.other(), at));
        self.comparison = mirrored;
        self.stale();
    }
}

/// Columns of a text that is shown whole: beside the other, or alone where there is no room for two.
fn whole_measure(width: u16) -> usize {
    let room = match width {
        ..NARROW => usize::from(width).saturating_sub(3),
        _ => usize::from(width).saturating_sub(GUTTER + 2) / 2,
    };
    room.clamp(NARROWEST, WIDEST)
}
