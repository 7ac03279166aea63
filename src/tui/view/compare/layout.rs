//! Geometry of a comparison: where its parts stand on a screen and how wide the texts are. Drawing, scrolling and the mouse read it.

use ratatui::layout::{Position, Rect};

use crate::compare::{Comparison, Side, Sides};
use crate::tui::canvas::columns;
use crate::tui::page::{NARROWEST, PageLine};
use crate::tui::screen::{self, AreaParts};

use super::{CompareView, DifferenceList};

/// Width from which the two texts stand beside each other; below, the partner stands under its passage.
pub(super) const ASIDE_FROM: u16 = 76;
/// Width from which the list of differences stands beside the rows as a third column.
const APPARATUS_FROM: u16 = 160;
/// Columns of the third column: the fewest and the most.
const APPARATUS: (u16, u16) = (42, 60);
/// Width of the rows from which the gutter has room for the longest kind of difference.
const WIDE_FROM: u16 = 100;
/// Columns before a text: the bar of what only one report has, and a blank.
pub(super) const BAR: u16 = 2;
/// Width below which the signs beside the text take as little room as they can, and one full text is shown at a time.
pub(super) const NARROW: u16 = 60;
/// Columns before a text whose partner stands under it.
const MARGIN: u16 = 14;
/// The same where there is little room: a letter, a sign, a bar, a blank.
const NARROW_MARGIN: u16 = 4;
/// The widest a column of text gets.
const WIDEST: u16 = 72;
/// The narrowest a column of text gets.
const LEAST: u16 = NARROWEST as u16;

/// The parts of the comparison on a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CompareAreas {
    /// The two reports and the numbers of what was found.
    pub head: Rect,
    /// The rows, or the full texts.
    pub rows: Rect,
    /// The list of differences; empty where there is no room.
    pub list: Rect,
    /// Whether the list stands beside the rows, not under them.
    pub is_list_aside: bool,
}

/// The columns of two texts beside each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TextColumns {
    /// Columns of each text.
    pub(super) measure: u16,
    /// The first column of each text.
    pub(super) starts: Sides<u16>,
    /// The first column of the words between them.
    pub(super) gutter: u16,
    /// Columns of those words.
    pub(super) gutter_width: u16,
}

impl TextColumns {
    /// Returns the columns in `area`.
    pub(super) fn new(area: Rect) -> Self {
        let gutter_width = if area.width >= WIDE_FROM { 11 } else { 8 };
        // A bar and a blank before each text, blanks round the gutter and at the right edge.
        let taken = 2 * BAR + gutter_width + 3;
        let measure = (area.width.saturating_sub(taken) / 2).clamp(LEAST, WIDEST);
        let spare = area.width.saturating_sub(taken + 2 * measure);
        let left = area.x + spare / 2 + BAR;
        let gutter = left + measure + 1;
        Self {
            measure,
            starts: Sides::new(left, gutter + gutter_width + 1 + BAR),
            gutter,
            gutter_width,
        }
    }
}

/// The scale of the two strips: one for both, so that they can be held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StripScale {
    /// Columns of each strip at most.
    room: usize,
    /// Passages of the longer report.
    longest: usize,
}

impl StripScale {
    /// Returns the columns of a cell: two where there is room, for a hand to click on.
    pub(super) fn cell_width(self) -> usize {
        if 2 * self.longest <= self.room { 2 } else { 1 }
    }

    /// Returns the cells of a report with so many passages.
    pub(super) fn cells(self, passages: usize) -> usize {
        if self.longest <= self.room {
            return passages;
        }
        (passages * self.room)
            .div_ceil(self.longest.max(1))
            .min(passages)
    }
}

impl CompareView {
    /// Returns where the parts stand on `screen`.
    pub fn areas(&self, screen: Rect) -> CompareAreas {
        let mut body = screen::areas(screen).body;
        let head = match body.height {
            0..=5 => 0,
            6..=9 => 1,
            _ if body.width >= ASIDE_FROM => 3,
            _ => 4,
        };
        let is_list_aside = body.width >= APPARATUS_FROM && self.is_listed();
        let head = body.take_top(head);
        let (rows, list) = if is_list_aside {
            let width = (body.width / 4).clamp(APPARATUS.0, APPARATUS.1);
            let rest = body.width - width;
            (body.inset(0, width), body.inset(rest, 0))
        } else {
            let list = self.list_lines(head.height + body.height);
            let rows = body.take_top(body.height.saturating_sub(list));
            (rows, body)
        };
        CompareAreas {
            head,
            rows,
            list,
            is_list_aside,
        }
    }

    fn is_listed(&self) -> bool {
        self.list != DifferenceList::Hidden && !self.findings.all.is_empty()
    }

    /// Returns the lines that the list takes under the rows, of a body of this height.
    fn list_lines(&self, body: u16) -> u16 {
        let room = match body {
            _ if !self.is_listed() => 0,
            0..=14 => 0,
            15..=29 => 4,
            _ => body / 4,
        };
        room.min(u16::try_from(self.findings.all.len() + 1).unwrap_or(u16::MAX))
    }

    /// Returns the lines of the rows, or of the full texts, on `screen`.
    pub fn row_lines(&self, screen: Rect) -> usize {
        self.areas(screen).rows.height.into()
    }

    /// Returns the scale of the strips: beside the counts, or each at the end of its report's line.
    pub(super) fn strip_scale(&self, screen: Rect) -> Option<StripScale> {
        let comparison = self.comparison.as_ref().filter(|_| !self.strips_hidden)?;
        let areas = self.areas(screen);
        if areas.head.height < 2 {
            return None;
        }
        let room = if areas.head.width < ASIDE_FROM {
            areas.head.width / 3
        } else {
            let counts = Side::BOTH.map(|side| columns(&counts(comparison, side)));
            let most = counts.into_iter().max().unwrap_or(0);
            TextColumns::new(areas.rows)
                .measure
                .saturating_sub(most + 2)
        };
        let passages = comparison.passages.as_ref().map(Vec::len);
        let longest = passages.left.max(passages.right);
        let room = usize::from(room);
        (room > 0 && longest > 0).then_some(StripScale { room, longest })
    }

    /// Returns where the two strips stand.
    pub(super) fn strips(&self, screen: Rect) -> Option<Sides<Rect>> {
        let scale = self.strip_scale(screen)?;
        let comparison = self.comparison.as_ref()?;
        let areas = self.areas(screen);
        let head = areas.head;
        let widths = comparison.passages.as_ref().map(|passages| {
            let cells = scale.cells(passages.len()) * scale.cell_width();
            u16::try_from(cells).unwrap_or(u16::MAX)
        });
        if head.width < ASIDE_FROM {
            let x = head
                .right()
                .saturating_sub(widths.left.max(widths.right) + 1);
            return Some(Sides::new(
                Rect::new(x, head.y, widths.left, 1),
                Rect::new(x, head.y + 1, widths.right, 1),
            ));
        }
        let starts = TextColumns::new(areas.rows).starts;
        Some(Sides::from_fn(|side| {
            Rect::new(starts[side], head.y + 1, widths[side], 1)
        }))
    }

    /// Returns the passage whose cell in one of the strips is at this place.
    pub(super) fn passage_at(&self, at: Position, screen: Rect) -> Option<(Side, usize)> {
        let (strips, scale) = (self.strips(screen)?, self.strip_scale(screen)?);
        let mut sides = Side::BOTH.into_iter();
        let side = sides.find(|side| strips[*side].contains(at))?;
        let total = self.comparison.as_ref()?.passages[side].len();
        let cell = usize::from(at.x - strips[side].x) / scale.cell_width();
        Some((side, cell * total / scale.cells(total).max(1)))
    }

    /// Returns the passage of the full texts at this place.
    pub(super) fn text_passage_at(&self, at: Position, screen: Rect) -> Option<(Side, usize)> {
        let area = self.areas(screen).rows;
        if !area.contains(at) {
            return None;
        }
        let side = match area.width {
            ..NARROW => self.active,
            _ if at.x >= TextColumns::new(area).gutter => Side::Right,
            _ => Side::Left,
        };
        let PageLine::Text { span, .. } = self.texts.line(side, at.y - area.y)? else {
            return None;
        };
        Some((side, self.passage_with(side, *span)?))
    }

    /// Returns the passage of the rows at this place.
    pub(super) fn row_passage_at(&self, at: Position, screen: Rect) -> Option<(Side, usize)> {
        let area = self.areas(screen).rows;
        if !area.contains(at) {
            return None;
        }
        let line = usize::from(at.y - area.y);
        let is_right = area.width >= ASIDE_FROM && at.x >= TextColumns::new(area).gutter;
        let side = if is_right { Side::Right } else { Side::Left };
        let top = self.rows.scroll[side].top;
        let row = self.rows.with_line(top + line)?;
        let is_under = area.width < ASIDE_FROM && top + line >= row.top + row.cells.left.len();
        let side = if is_under { Side::Right } else { side };
        let passages = row.row.passages;
        let found = |side: Side| Some((side, passages[side]?));
        found(side).or_else(|| found(side.other()))
    }
}

/// Returns the counts of a side's passages that stand in the head: they add up to all of them.
pub(super) fn counts(comparison: &Comparison, side: Side) -> String {
    let summary = comparison.summary();
    let letter = side.letter();
    let (both, only) = (summary.both[side], summary.only[side]);
    format!("{both} shared · {only} only {letter}")
}

/// Returns the columns of a passage in its row where the rows have `area`.
pub(super) fn row_measure(area: Rect) -> u16 {
    match area.width {
        ASIDE_FROM.. => TextColumns::new(area).measure,
        width => {
            let room = width.saturating_sub(row_margin(width) + 1);
            room.clamp(LEAST, WIDEST)
        }
    }
}

/// Returns the columns before a text whose partner stands under it.
pub(super) fn row_margin(width: u16) -> u16 {
    if width < NARROW {
        NARROW_MARGIN
    } else {
        MARGIN
    }
}

/// Returns the columns of a full text: beside the other, or alone where there is no room for two.
pub(super) fn text_measure(area: Rect) -> u16 {
    match area.width {
        width @ ..NARROW => width.saturating_sub(3).clamp(LEAST, WIDEST),
        _ => TextColumns::new(area).measure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_texts_never_leave_their_area() {
        for width in ASIDE_FROM..300 {
            let columns = TextColumns::new(Rect::new(0, 0, width, 1));
            assert!(columns.starts.left >= BAR);
            assert!(columns.starts.right + columns.measure < width, "{width}");
            assert!(columns.measure >= 30, "{width}");
        }
    }

    #[test]
    fn both_strips_have_one_scale() {
        let scale = StripScale {
            room: 20,
            longest: 200,
        };
        assert_eq!(
            (scale.cells(200), scale.cells(100), scale.cells(5)),
            (20, 10, 1)
        );
        let scale = StripScale {
            room: 40,
            longest: 15,
        };
        assert_eq!((scale.cells(15), scale.cell_width()), (15, 2));
    }
}
