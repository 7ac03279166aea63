//! The places of the parts of the coverage grid, the same for drawing, scrolling and the mouse.
//!
//! Cells say whole words where there is room, short ones where there is less, signs where there is little; then the columns scroll.

use ratatui::layout::{Position, Rect};

use crate::tui::screen::{self, AreaParts};

use super::{CoverageView, GridLine};

/// Columns of a claim at most.
const WIDEST_CLAIM: u16 = 72;
/// Columns of a cell at most, for the names over the columns.
const WIDEST_CELL: u16 = 24;

/// Amount of words in a cell.
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
#[derive(Clone, Debug)]
pub(super) struct CoverageAreas {
    /// The names over the columns.
    pub(super) head: Rect,
    /// The rows.
    pub(super) rows: Rect,
    /// The words of the cell in focus; empty where there is no room.
    pub(super) below: Rect,
    /// The columns of claims and cells.
    pub(super) widths: GridWidths,
    /// The columns of cells on the screen: the number of each among the reports, and its first column on the screen.
    pub(super) columns: Vec<(usize, u16)>,
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
    /// Amount of words in a cell.
    pub(super) detail: CellDetail,
}

impl GridWidths {
    /// Returns the columns of claims and cells for `count` reports.
    fn new(width: u16, count: usize) -> Self {
        let room = width.saturating_sub(2);
        let wanted = u16::try_from(count).unwrap_or(u16::MAX).max(1);
        let has_room = |detail: &CellDetail| {
            let (cell, least) = detail.widths();
            cell.saturating_mul(wanted).saturating_add(least) <= room
        };
        let details = [CellDetail::Words, CellDetail::ShortWords, CellDetail::Signs];
        let detail = details.into_iter().find(has_room);
        // If the signs of all reports do not fit, as many as fit are shown, at least one.
        let detail = detail.unwrap_or(CellDetail::Signs);
        let (cell, least) = detail.widths();
        let cell = cell.min(room);
        let fits = (room.saturating_sub(least) / cell.max(1)).clamp(1, wanted);
        let claim = (room - fits * cell).min(WIDEST_CLAIM);
        Self {
            claim,
            cell: ((room - claim) / fits).clamp(cell, WIDEST_CELL.max(cell)),
            fits: usize::from(fits),
            detail,
        }
    }

    /// Returns the columns of a cell without the blanks after it.
    pub(super) fn cell_words(&self) -> u16 {
        let gap = if self.detail == CellDetail::Words {
            2
        } else {
            1
        };
        self.cell.saturating_sub(gap)
    }
}

/// Returns the parts of the grid on `screen`.
pub(super) fn areas(view: &CoverageView, screen: Rect) -> CoverageAreas {
    let mut body = screen::areas(screen).body;
    let head = match body.height {
        0..3 => 0,
        3..12 => 1,
        12..24 => 2,
        _ => 3,
    };
    let below = match body.height {
        0..7 => 0,
        height => (height * 2 / 5).clamp(3, 18),
    };
    let columns = view.columns();
    let widths = GridWidths::new(body.width, columns.len());
    let shown = columns.into_iter().skip(view.across.top).take(widths.fits);
    let first = body.x + 1 + widths.claim;
    let x = (0..).map(|place: u16| first + place * widths.cell);
    CoverageAreas {
        columns: shown.zip(x).collect(),
        head: body.take_top(head),
        rows: body.take_top(body.height.saturating_sub(below)),
        below: body,
        widths,
    }
}

impl CoverageView {
    /// Puts the focus on the row and the column at a place on the screen; a name over a column is a place in that column.
    pub(super) fn focus_at(&mut self, at: Position, screen: Rect) {
        let areas = areas(self, screen);
        let row = at.y.saturating_sub(areas.rows.y);
        match self.lines.get(self.scroll.top + usize::from(row)) {
            _ if areas.head.contains(at) => {}
            Some(GridLine::Row(row)) if areas.rows.contains(at) => self.row = *row,
            _ => return,
        }
        let mut columns = areas.columns.iter();
        let width = areas.widths.cell;
        let column = columns.find(|(_, x)| (*x..*x + width).contains(&at.x));
        self.column = column.map_or(self.column, |(number, _)| *number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_say_as_much_as_the_screen_has_room_for() {
        let detail = |width, count| GridWidths::new(width, count).detail;
        assert_eq!(detail(120, 3), CellDetail::Words);
        assert_eq!(detail(80, 3), CellDetail::ShortWords);
        assert_eq!(detail(120, 8), CellDetail::Signs);
        assert_eq!(detail(40, 3), CellDetail::Signs);
    }

    #[test]
    fn claims_and_cells_never_leave_the_screen() {
        for width in 0..300 {
            for count in 1..30 {
                let widths = GridWidths::new(width, count);
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
