//! The places of the parts of the coverage grid, the same for drawing, scrolling and the mouse.
//!
//! Cells say whole words where there is room, short ones where there is less, signs where there is little; then the columns scroll.

use ratatui::layout::{Position, Rect};

use crate::tui::screen;

use super::{CoverageView, GridLine};

/// Columns of a claim at most.
const WIDEST_CLAIM: u16 = 72;
/// Columns of a cell at most, for the names over the columns.
const WIDEST_CELL: u16 = 24;

/// How much a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellDetail {
    /// A sign, a word, a paragraph.
    Words,
    /// A short word, a paragraph.
    ShortWords,
    /// A sign, a paragraph.
    Signs,
}

impl CellDetail {
    /// Returns the blanks after a cell.
    fn gap(self) -> u16 {
        match self {
            CellDetail::Words => 2,
            CellDetail::ShortWords | CellDetail::Signs => 1,
        }
    }

    /// Returns the columns that a cell takes, with the blanks after it, and those that a claim should have beside such cells.
    fn widths(self) -> (u16, u16) {
        match self {
            CellDetail::Words => (19, 40),
            CellDetail::ShortWords => (13, 26),
            CellDetail::Signs => (8, 20),
        }
    }
}

/// The parts of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CoverageAreas {
    /// The names over the columns.
    pub(super) head: Rect,
    /// The rows.
    pub(super) rows: Rect,
    /// The words of the cell in focus; empty where there is no room.
    pub(super) below: Rect,
    /// The columns of claims and cells.
    pub(super) widths: GridWidths,
}

/// The columns of claims and cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GridWidths {
    /// Columns of the claims.
    pub(super) claim: u16,
    /// Columns of a cell, with the blanks after it.
    cell: u16,
    /// Cells of a row that the screen holds.
    pub(super) fits: usize,
    /// How much a cell says.
    pub(super) detail: CellDetail,
}

impl GridWidths {
    /// Returns the columns of a cell without the blanks after it.
    pub(super) fn cell_words(&self) -> u16 {
        self.cell.saturating_sub(self.detail.gap())
    }
}

/// Returns the parts of the grid on `screen`.
pub(super) fn areas(view: &CoverageView, screen: Rect) -> CoverageAreas {
    let body = screen::areas(screen).body;
    let head = match body.height {
        0..3 => 0,
        3..16 => 1,
        _ => 2,
    };
    let below = match body.height {
        0..7 => 0,
        height => (height * 2 / 5).clamp(3, 18),
    };
    let rows = body.height.saturating_sub(head + below);
    let part = |y: u16, height: u16| Rect {
        y: body.y + y,
        height,
        ..body
    };
    CoverageAreas {
        head: part(0, head),
        rows: part(head, rows),
        below: part(head + rows, below),
        widths: widths(body.width, view.columns().len()),
    }
}

/// Returns the columns of claims and cells for `count` reports.
fn widths(width: u16, count: usize) -> GridWidths {
    let room = width.saturating_sub(2);
    let wanted = u16::try_from(count).unwrap_or(u16::MAX).max(1);
    for detail in [CellDetail::Words, CellDetail::ShortWords, CellDetail::Signs] {
        let (cell, least) = detail.widths();
        if cell.saturating_mul(wanted).saturating_add(least) <= room {
            let claim = (room - cell * wanted).min(WIDEST_CLAIM);
            let cell = ((room - claim) / wanted).clamp(cell, WIDEST_CELL.max(cell));
            return GridWidths {
                claim,
                cell,
                fits: count,
                detail,
            };
        }
    }
    let (cell, least) = CellDetail::Signs.widths();
    let cell = cell.min(room);
    let fits = (room.saturating_sub(least) / cell.max(1)).clamp(1, wanted);
    GridWidths {
        claim: room.saturating_sub(fits * cell),
        cell,
        fits: usize::from(fits),
        detail: CellDetail::Signs,
    }
}

/// A column of cells on the screen.
pub(super) struct GridColumn {
    /// Its number among the reports.
    pub(super) number: usize,
    /// Its first column on the screen.
    pub(super) x: u16,
}

/// Returns the columns of cells on the screen.
pub(super) fn columns_on_screen(view: &CoverageView, areas: &CoverageAreas) -> Vec<GridColumn> {
    let shown = view.columns().into_iter();
    let shown = shown.skip(view.across.top).take(areas.widths.fits);
    let first = areas.rows.x + 1 + areas.widths.claim;
    let column = |(number, place): (usize, u16)| GridColumn {
        number,
        x: first + place * areas.widths.cell,
    };
    shown.zip(0..).map(column).collect()
}

/// Returns the row and the column at a place on the screen; a name over a column is a place in that column.
pub(super) fn cell_at(
    view: &CoverageView,
    screen: Rect,
    at: Position,
) -> Option<(Option<usize>, Option<usize>)> {
    let areas = areas(view, screen);
    let columns = columns_on_screen(view, &areas);
    let mut columns = columns.iter();
    let is_here = |column: &&GridColumn| {
        let end = column.x + areas.widths.cell;
        (column.x..end).contains(&at.x)
    };
    let column = columns.find(is_here);
    let column = column.map(|column| column.number);
    if areas.head.contains(at) {
        return column.map(|column| (None, Some(column)));
    }
    if !areas.rows.contains(at) {
        return None;
    }
    let line = view.scroll.top + usize::from(at.y - areas.rows.y);
    match view.lines.get(line)? {
        GridLine::Row(row) => Some((Some(*row), column)),
        GridLine::Heading(_) | GridLine::Gap => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_say_as_much_as_the_screen_has_room_for() {
        let detail = |width, count| widths(width, count).detail;
        assert_eq!(detail(120, 3), CellDetail::Words);
        assert_eq!(detail(80, 3), CellDetail::ShortWords);
        assert_eq!(detail(120, 8), CellDetail::Signs);
        assert_eq!(detail(40, 3), CellDetail::Signs);
    }

    #[test]
    fn claims_and_cells_never_leave_the_screen() {
        for width in 0..300 {
            for count in 1..30 {
                let widths = widths(width, count);
                let taken = usize::from(widths.claim) + widths.fits * usize::from(widths.cell);
                assert!(
                    taken <= usize::from(width.saturating_sub(2)),
                    "{width} {count}"
                );
                assert!(widths.fits >= 1 && widths.fits <= count);
            }
        }
    }
}
