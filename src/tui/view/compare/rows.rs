//! The rows of a comparison laid out at one width: which rows, the lines of their cells, where each begins, and which are in view.

use std::collections::BTreeSet;

use crate::annotate::Annotations;
use crate::article::Article;
use crate::compare::{Comparison, ComparisonRow, Side, Sides};
use crate::text::Span;
use crate::tui::page::wrap_span;
use crate::tui::scroll::Scroll;
use crate::tui::view::report_mark::MarkKind;

use super::layout::{ASIDE_FROM, row_measure};

/// The kinds of rows that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowFilter {
    /// All of them.
    #[default]
    All,
    /// Rows with a pair.
    Shared,
    /// Rows that only one side has.
    Only(Side),
    /// Rows that hold a quotation.
    Quotes,
    /// Rows that hold a difference.
    Differences,
}

impl RowFilter {
    /// Returns the filter after this one, in the order in which a key steps through them.
    pub fn next(self) -> Self {
        match self {
            RowFilter::All => RowFilter::Shared,
            RowFilter::Shared => RowFilter::Only(Side::Left),
            RowFilter::Only(Side::Left) => RowFilter::Only(Side::Right),
            RowFilter::Only(Side::Right) => RowFilter::Quotes,
            RowFilter::Quotes => RowFilter::Differences,
            RowFilter::Differences => RowFilter::All,
        }
    }

    /// Returns its name on the screen.
    pub fn name(self) -> &'static str {
        match self {
            RowFilter::All => "all rows",
            RowFilter::Shared => "shared rows",
            RowFilter::Only(Side::Left) => "rows only in A",
            RowFilter::Only(Side::Right) => "rows only in B",
            RowFilter::Quotes => "rows with quotations",
            RowFilter::Differences => "rows with differences",
        }
    }

    /// Returns the rows that it lets through, in the order of the report on side `order`.
    pub(super) fn apply(
        self,
        comparison: &Comparison,
        order: Side,
        marks: Sides<&Annotations>,
    ) -> Vec<ComparisonRow> {
        let quotes = |row: &ComparisonRow, side: Side| {
            let span = row.passages[side].and_then(|n| comparison.passage_span(side, n));
            span.is_some_and(|span| MarkKind::Quote.is_in(span, marks[side]))
        };
        let differences = comparison.differences.iter();
        let differing: BTreeSet<_> = differences
            .filter_map(|difference| comparison.pair_number(difference.at))
            .collect();
        let mut rows = comparison.rows(order);
        rows.retain(|row| {
            let has = |side: Side| row.passages[side].is_some();
            match self {
                RowFilter::All => true,
                RowFilter::Shared => row.pair.is_some(),
                RowFilter::Only(side) => has(side) && !has(side.other()),
                RowFilter::Quotes => quotes(row, Side::Left) || quotes(row, Side::Right),
                RowFilter::Differences => row.pair.is_some_and(|pair| differing.contains(&pair)),
            }
        });
        rows
    }
}

/// A line of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellLine {
    /// Words of the report.
    Text(Span),
    /// The first words of the partner, which stands in another row.
    Elsewhere {
        /// The partner.
        span: Span,
        /// Whether it stands further down.
        below: bool,
    },
}

/// One row, laid out.
#[derive(Clone, Debug)]
pub struct LaidOutRow {
    /// The passages in it.
    pub row: ComparisonRow,
    /// The lines on each side.
    pub cells: Sides<Vec<CellLine>>,
    /// Its first line, counted from the top of all rows.
    pub top: usize,
    /// Its lines, the blank one below included.
    pub height: usize,
}

/// The rows of a comparison at one width, and the part of them on the screen.
#[derive(Clone, Debug, Default)]
pub struct RowLayout {
    /// Top to bottom.
    pub rows: Vec<LaidOutRow>,
    /// Lines in all.
    pub height: usize,
    /// Columns of each text.
    pub measure: u16,
    /// The part of each side that is on the screen; equal while they scroll together.
    pub scroll: Sides<Scroll>,
    /// Columns of the screen that it was made for; 0 where it has to be made anew.
    pub(super) width: u16,
}

impl RowLayout {
    /// Has the rows laid out anew before the next frame.
    pub(super) fn invalidate(&mut self) {
        self.width = 0;
    }

    /// Lays `rows` out for a screen of `width` columns; the row at the top stays there if it is among them.
    pub(super) fn lay_out(
        &mut self,
        rows: Vec<ComparisonRow>,
        comparison: &Comparison,
        articles: Sides<&Article>,
        width: u16,
    ) {
        let anchor = self.at_top(Side::Left).map(|row| row.row);
        self.width = width;
        self.measure = row_measure(width);
        self.height = 0;
        self.rows.clear();
        for row in rows {
            let cells = cells(row, comparison, articles, self.measure);
            let (left, right) = (cells.left.len(), cells.right.len());
            let lines = match width {
                ASIDE_FROM.. => left.max(right),
                _ => left + right,
            };
            self.rows.push(LaidOutRow {
                row,
                cells,
                top: self.height,
                height: lines + 1,
            });
            self.height += lines + 1;
        }
        let kept = self.rows.iter().find(|row| Some(row.row) == anchor);
        if let Some(top) = kept.map(|row| row.top) {
            self.scroll_both(Scroll { top });
        }
    }

    /// Returns the number of the row that holds `line`, or of the last.
    pub fn row_at(&self, line: usize) -> usize {
        self.rows
            .partition_point(|row| row.top + row.height <= line)
            .min(self.rows.len().saturating_sub(1))
    }

    /// Returns the first line of a row.
    pub(super) fn place_of(&self, row: ComparisonRow) -> Option<usize> {
        let found = self.rows.iter().find(|laid_out| laid_out.row == row);
        found.map(|row| row.top)
    }

    /// Returns the row that holds `line`.
    pub(super) fn with_line(&self, line: usize) -> Option<&LaidOutRow> {
        let row = self.rows.get(self.row_at(line));
        row.filter(|row| line < row.top + row.height)
    }

    /// Returns the row at the top of the screen.
    pub(super) fn at_top(&self, side: Side) -> Option<&LaidOutRow> {
        self.rows.get(self.row_at(self.scroll[side].top))
    }

    /// Returns the first row that shows a pair, or else the one of its left passage.
    pub(super) fn with_pair(&self, pair: usize, comparison: &Comparison) -> Option<&LaidOutRow> {
        let left = comparison.pairs.get(pair)?.at.left;
        let shown = self.rows.iter().find(|row| row.row.pair == Some(pair));
        shown.or_else(|| self.with_passage(Side::Left, left))
    }

    /// Returns the row of a passage.
    pub(super) fn with_passage(&self, side: Side, passage: usize) -> Option<&LaidOutRow> {
        let mut rows = self.rows.iter();
        rows.find(|row| row.row.passages[side] == Some(passage))
    }

    /// Puts `line` at the top of the screen, as far as there are lines below it.
    pub(super) fn scroll_to(&mut self, line: usize, height: usize) {
        let mut scroll = Scroll { top: line };
        scroll.by(0, height, self.height);
        self.scroll_both(scroll);
    }

    /// Brings the row that shows a pair onto the screen, its first line before its last.
    pub(super) fn show_pair(&mut self, pair: usize, comparison: &Comparison, height: usize) {
        let Some(row) = self.with_pair(pair, comparison) else {
            return;
        };
        let last = row.top + row.height.saturating_sub(2);
        let mut scroll = self.scroll.left;
        scroll.show(last, height, self.height);
        scroll.show(row.top, height, self.height);
        self.scroll_both(scroll);
    }

    fn scroll_both(&mut self, scroll: Scroll) {
        self.scroll = Sides::new(scroll, scroll);
    }
}

/// Returns the lines of both cells of a row.
fn cells(
    row: ComparisonRow,
    comparison: &Comparison,
    articles: Sides<&Article>,
    measure: u16,
) -> Sides<Vec<CellLine>> {
    let mut cells = Sides::from_fn(|side| {
        let span = row.passages[side].and_then(|n| comparison.passage_span(side, n));
        let lines = span.map(|span| wrap_span(&articles[side].text, span, measure.into()));
        let lines = lines.into_iter().flatten();
        lines.map(CellLine::Text).collect::<Vec<_>>()
    });
    if let Some((side, line)) = elsewhere(row, comparison) {
        cells[side].push(line);
    }
    cells
}

/// Returns the line that says where the partner of a passage is that stands alone in its row, and its side.
fn elsewhere(row: ComparisonRow, comparison: &Comparison) -> Option<(Side, CellLine)> {
    let pair = comparison.pairs.get(row.pair?)?;
    let mut sides = Side::BOTH.into_iter();
    let side = sides.find(|side| row.passages[*side].is_none())?;
    let span = comparison.passage_span(side, pair.at[side])?;
    let is_right_below = comparison.moved(pair) > 0;
    let below = is_right_below == (side == Side::Right);
    Some((side, CellLine::Elsewhere { span, below }))
}
