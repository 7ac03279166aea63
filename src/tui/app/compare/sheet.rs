//! The rows of a comparison laid out at one width: which rows, the lines of their cells, and where each begins.

use crate::annotate::Annotations;
use crate::compare::{Comparison, ComparisonRow, Side, Sides};
use crate::text::{Span, wrap};

use super::super::super::highlight::in_window;
use super::{Both, Lane};

/// A line of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellLine {
    /// Words of the report.
    Text(Span),
    /// Where the partner is, when it stands in another row: its first words.
    Elsewhere {
        /// The partner.
        span: Span,
        /// Whether it stands further down.
        below: bool,
    },
}

/// One row, laid out.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// What stands in it.
    pub row: ComparisonRow,
    /// The lines on each side.
    pub cells: Sides<Vec<CellLine>>,
    /// Its first line, counted from the top of the sheet.
    pub top: usize,
    /// Its lines, the blank one below included.
    pub height: usize,
}

/// How the cells of a row stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placing {
    /// Beside each other.
    #[default]
    Aside,
    /// The right one under the left one.
    Under,
}

/// The rows of a comparison at one width.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Top to bottom.
    pub rows: Vec<SheetRow>,
    /// Lines in all.
    pub height: usize,
    /// Columns of each text.
    pub measure: usize,
    /// How cells stand.
    pub placing: Placing,
    /// Columns of the screen that it was made for.
    pub(super) width: u16,
}

impl Sheet {
    /// Returns the row that holds `line`.
    pub fn row_at(&self, line: usize) -> usize {
        self.rows
            .partition_point(|row| row.top + row.height <= line)
            .min(self.rows.len().saturating_sub(1))
    }
}

pub(super) fn rows_of(
    comparison: &Comparison,
    order: Side,
    lane: Lane,
    annotations: Sides<&Annotations>,
) -> Vec<ComparisonRow> {
    let mut rows = comparison.rows(order);
    rows.retain(|row| match lane {
        Lane::All => true,
        Lane::Shared => row.pair.is_some(),
        Lane::Only(side) => row.passages[side].is_some() && row.passages[side.other()].is_none(),
        Lane::Quotes => Side::BOTH.into_iter().any(|side| {
            let passage = row.passages[side].and_then(|n| comparison.passages[side].get(n));
            let quotes = &annotations[side].quotes;
            passage.is_some_and(|passage| {
                let mut inside = in_window(quotes, passage.span, |quote| quote.span);
                inside.next().is_some()
            })
        }),
        // They stand in the order of the pairs.
        Lane::Differences => row.pair.is_some_and(|pair| {
            let differences = &comparison.differences;
            differences
                .binary_search_by_key(&pair, |difference| difference.pair)
                .is_ok()
        }),
    });
    rows
}

pub(super) fn sheet(
    rows: Vec<ComparisonRow>,
    comparison: &Comparison,
    both: Both<'_>,
    placing: Placing,
    measure: usize,
) -> Sheet {
    let mut top = 0;
    let mut laid = Vec::with_capacity(rows.len());
    for row in rows {
        let cell = |side: Side| {
            let passage = row.passages[side].and_then(|n| comparison.passages[side].get(n));
            passage.map_or_else(Vec::new, |passage| cell(both, side, passage.span, measure))
        };
        let mut cells = Sides::new(cell(Side::Left), cell(Side::Right));
        if let Some((side, line)) = elsewhere(row, comparison) {
            cells[side].push(line);
        }
        let lines = match placing {
            Placing::Aside => cells.left.len().max(cells.right.len()),
            Placing::Under => cells.left.len() + cells.right.len(),
        };
        laid.push(SheetRow {
            row,
            cells,
            top,
            height: lines + 1,
        });
        top += lines + 1;
    }
    Sheet {
        rows: laid,
        height: top,
        measure,
        placing,
        width: 0,
    }
}

/// The lines of one passage.
fn cell(both: Both<'_>, side: Side, span: Span, measure: usize) -> Vec<CellLine> {
    let rows = wrap::wrap(
        &span.of(&both.articles[side].text).replace('\n', " "),
        measure,
    );
    rows.into_iter()
        .map(|row| CellLine::Text(row.shifted(span.start)))
        .collect()
}

/// Says where the partner of a passage is that stands alone in its row.
fn elsewhere(row: ComparisonRow, comparison: &Comparison) -> Option<(Side, CellLine)> {
    let pair = comparison.pairs.get(row.pair?)?;
    let side = Side::BOTH
        .into_iter()
        .find(|side| row.passages[*side].is_none())?;
    let span = comparison.passages[side].get(pair.at[side])?.span;
    let below = comparison.moved(pair) > 0;
    let below = if side == Side::Right { below } else { !below };
    Some((side, CellLine::Elsewhere { span, below }))
}
