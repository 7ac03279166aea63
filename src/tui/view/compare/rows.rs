//! The rows of a comparison laid out at one width: which rows, the lines of their cells, where each begins, and which are in view.

use std::collections::HashMap;

use ratatui::layout::Rect;

use crate::annotate::Annotations;
use crate::article::Article;
use crate::compare::{Comparison, ComparisonRow, PairRelation, Side, Sides};
use crate::text::{Span, wrap};
use crate::tui::page::wrap_span;
use crate::tui::scroll::Scroll;
use crate::tui::view::report_mark::MarkKind;

use super::findings::{FindingKind, Findings};
use super::layout::{ASIDE_FROM, row_measure};

/// Lines of the gutter at most.
const MOST_GUTTER_LINES: usize = 3;

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
    fn apply(self, source: &RowSource<'_>) -> Vec<ComparisonRow> {
        let comparison = source.comparison;
        let quotes = |row: &ComparisonRow, side: Side| {
            let span = row.passages[side].and_then(|n| comparison.passage_span(side, n));
            span.is_some_and(|span| MarkKind::Quote.is_in(span, source.marks[side]))
        };
        let mut rows = comparison.rows(source.order);
        rows.retain(|row| {
            let has = |side: Side| row.passages[side].is_some();
            match self {
                RowFilter::All => true,
                RowFilter::Shared => row.pair.is_some(),
                RowFilter::Only(side) => has(side) && row.pair.is_none(),
                RowFilter::Quotes => quotes(row, Side::Left) || quotes(row, Side::Right),
                RowFilter::Differences => !source.findings.of_row(row.passages).is_empty(),
            }
        });
        let has_headline = self == RowFilter::All
            || self == RowFilter::Differences && source.findings.headline().is_some();
        if has_headline
            && source
                .headlines()
                .left
                .or(source.headlines().right)
                .is_some()
        {
            rows.insert(0, HEADLINES);
        }
        rows
    }
}

/// The row of the headlines, which are in no passage.
pub(super) const HEADLINES: ComparisonRow = ComparisonRow {
    passages: Sides {
        left: None,
        right: None,
    },
    pair: None,
};

/// Everything that rows are laid out from.
#[derive(Clone, Copy)]
pub(super) struct RowSource<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) findings: &'a Findings,
    pub(super) articles: Sides<&'a Article>,
    pub(super) marks: Sides<&'a Annotations>,
    pub(super) filter: RowFilter,
    /// The side whose order the rows follow.
    pub(super) order: Side,
}

impl<'a> RowSource<'a> {
    /// Returns the headlines that the reports state.
    fn headlines(&self) -> Sides<Option<&'a str>> {
        self.articles.map(|article| {
            article
                .headline
                .as_ref()
                .map(|stated| &*stated.value as &str)
        })
    }
}

/// A line of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellLine {
    /// Words of the report.
    Text(Span),
    /// Words of its headline.
    Headline(Span),
    /// The first words of the partner, which stands in another row.
    Elsewhere {
        /// The partner.
        span: Span,
        /// The rows from here to it, down where positive; `None` where it is not among those shown.
        rows: Option<isize>,
    },
}

/// A line between the two cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GutterLine {
    /// A kind of difference.
    Kind(FindingKind),
    /// The relation of a pair without a difference.
    Relation(PairRelation),
    /// Only this side has it.
    Only(Side),
    /// The row of the headlines.
    Headlines,
}

/// One row, laid out.
#[derive(Clone, Debug)]
pub struct LaidOutRow {
    /// The passages in it.
    pub row: ComparisonRow,
    /// The lines on each side.
    pub cells: Sides<Vec<CellLine>>,
    /// The lines between them.
    pub(super) gutter: Vec<GutterLine>,
    /// Its first line, counted from the top of all rows.
    pub top: usize,
    /// Its lines, the blank one below included.
    pub height: usize,
}

impl LaidOutRow {
    /// Returns the side that alone has the passage; `None` where there is a partner.
    pub(super) fn only(&self) -> Option<Side> {
        match self.gutter.first() {
            Some(GutterLine::Only(side)) => Some(*side),
            _ => None,
        }
    }
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
    /// The row of each passage.
    places: Sides<HashMap<usize, usize>>,
    /// Columns that the rows were made for; 0 where they have to be made anew.
    pub(super) width: u16,
}

impl RowLayout {
    /// Has the rows laid out anew before the next frame.
    pub(super) fn invalidate(&mut self) {
        self.width = 0;
    }

    /// Lays the rows out for `area`; the row at the top stays there if it is among them.
    pub(super) fn lay_out(&mut self, source: &RowSource<'_>, area: Rect) {
        let anchor = self.at_top(Side::Left).map(|row| row.row);
        self.width = area.width;
        self.measure = row_measure(area);
        self.height = 0;
        self.rows.clear();
        let rows = source.filter.apply(source);
        self.places = places(&rows);
        for (number, row) in rows.into_iter().enumerate() {
            let laid_out = self.laid_out(source, number, row);
            self.height += laid_out.height;
            self.rows.push(laid_out);
        }
        if let Some(top) = anchor.and_then(|row| self.place_of(row)) {
            self.scroll_both(Scroll { top });
        }
    }

    fn laid_out(&self, source: &RowSource<'_>, number: usize, row: ComparisonRow) -> LaidOutRow {
        let elsewhere = self.elsewhere(source.comparison, number, row);
        let cells = cells(row, source, elsewhere, usize::from(self.measure));
        let gutter = gutter(row, source);
        let (left, right) = (cells.left.len(), cells.right.len());
        let lines = match self.width {
            ASIDE_FROM.. => left.max(right).max(gutter.len()),
            _ => left + right,
        };
        LaidOutRow {
            row,
            cells,
            gutter,
            top: self.height,
            height: lines + 1,
        }
    }

    /// Returns where the partner of a passage is that stands alone in its row: the side, the rows to it, and its number.
    fn elsewhere(
        &self,
        comparison: &Comparison,
        number: usize,
        row: ComparisonRow,
    ) -> Option<Partner> {
        let pair = comparison.pairs.get(row.pair?)?;
        let mut sides = Side::BOTH.into_iter();
        let side = sides.find(|side| row.passages[*side].is_none())?;
        let there = self.places[side].get(&pair.at[side]);
        let rows = there.map(|there| there.cast_signed() - number.cast_signed());
        Some(Partner {
            side,
            passage: pair.at[side],
            rows,
        })
    }

    /// Returns the first line of a row.
    pub(super) fn place_of(&self, row: ComparisonRow) -> Option<usize> {
        let found = self.rows.iter().find(|laid_out| laid_out.row == row);
        found.map(|row| row.top)
    }

    /// Returns the number of the row that holds `line`, or of the last.
    pub fn row_at(&self, line: usize) -> usize {
        self.rows
            .partition_point(|row| row.top + row.height <= line)
            .min(self.rows.len().saturating_sub(1))
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

    /// Returns the number of the row of a passage.
    pub(super) fn number_of(&self, side: Side, passage: usize) -> Option<usize> {
        self.places[side].get(&passage).copied()
    }

    /// Returns the number of the row that shows two passages: both, or else the left one, or else the right one.
    pub(super) fn number_of_pair(&self, at: Sides<usize>) -> Option<usize> {
        let left = self.number_of(Side::Left, at.left);
        left.or_else(|| self.number_of(Side::Right, at.right))
    }

    /// Returns the row of a passage.
    pub(super) fn with_passage(&self, side: Side, passage: usize) -> Option<&LaidOutRow> {
        self.rows.get(self.number_of(side, passage)?)
    }

    /// Puts `line` at the top of the screen, as far as there are lines below it.
    pub(super) fn scroll_to(&mut self, line: usize, height: usize) {
        let mut scroll = Scroll { top: line };
        scroll.by(0, height, self.height);
        self.scroll_both(scroll);
    }

    /// Brings a row onto the screen, its first line before its last.
    pub(super) fn show_row(&mut self, number: usize, height: usize) {
        let Some(row) = self.rows.get(number) else {
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

/// The partner of a passage, in another row.
#[derive(Clone, Copy)]
struct Partner {
    side: Side,
    passage: usize,
    rows: Option<isize>,
}

fn places(rows: &[ComparisonRow]) -> Sides<HashMap<usize, usize>> {
    let mut places = Sides::<HashMap<usize, usize>>::default();
    for (number, row) in rows.iter().enumerate() {
        for side in Side::BOTH {
            if let Some(passage) = row.passages[side] {
                places[side].insert(passage, number);
            }
        }
    }
    places
}

/// Returns the lines of both cells of a row.
fn cells(
    row: ComparisonRow,
    source: &RowSource<'_>,
    elsewhere: Option<Partner>,
    measure: usize,
) -> Sides<Vec<CellLine>> {
    if row == HEADLINES {
        return source.headlines().map(|headline| {
            let lines = headline.map(|words| wrap::wrap(words, measure));
            lines
                .into_iter()
                .flatten()
                .map(CellLine::Headline)
                .collect()
        });
    }
    let comparison = source.comparison;
    let mut cells = Sides::from_fn(|side| {
        let span = row.passages[side].and_then(|n| comparison.passage_span(side, n));
        let lines = span.map(|span| wrap_span(&source.articles[side].text, span, measure));
        let lines = lines.into_iter().flatten();
        lines.map(CellLine::Text).collect::<Vec<_>>()
    });
    if let Some(Partner {
        side,
        passage,
        rows,
    }) = elsewhere
        && let Some(span) = comparison.passage_span(side, passage)
    {
        cells[side].push(CellLine::Elsewhere { span, rows });
    }
    cells
}

/// Returns the lines between the cells of a row: the kinds of its differences, or else how alike the two are.
fn gutter(row: ComparisonRow, source: &RowSource<'_>) -> Vec<GutterLine> {
    if row == HEADLINES {
        return vec![GutterLine::Headlines];
    }
    let Some(pair) = row.pair else {
        let side = match row.passages.left {
            Some(_) => Side::Left,
            None => Side::Right,
        };
        return vec![GutterLine::Only(side)];
    };
    let findings = source.findings.of_row(row.passages).into_iter();
    let findings = findings.filter_map(|number| source.findings.all.get(number));
    let mut lines: Vec<GutterLine> = Vec::new();
    for kind in findings.map(|finding| GutterLine::Kind(finding.kind)) {
        if !lines.contains(&kind) {
            lines.push(kind);
        }
    }
    if lines.is_empty() {
        let relation = PairRelation::of(source.comparison, pair);
        lines.push(GutterLine::Relation(relation));
    }
    lines.truncate(MOST_GUTTER_LINES);
    lines
}
