//! Geometry of a comparison: where its parts stand on a screen and how wide the texts are. Drawing, scrolling and the mouse read it.

use ratatui::layout::{Position, Rect};

use crate::compare::{Comparison, Side, Sides};
use crate::tui::canvas::columns;
use crate::tui::page::NARROWEST;
use crate::tui::screen::{self, AreaParts};

use super::{CompareView, DifferenceList};

/// Width from which the two columns stand beside each other; below, the partner stands under its passage.
pub(super) const ASIDE_FROM: u16 = 110;
/// Columns between the two texts: a blank, the sign of the pair, the paragraphs that the partner has moved, a blank.
pub(super) const GUTTER: u16 = 9;
/// Width below which the signs beside the text take as little room as they can, and one full text is shown at a time.
pub(super) const NARROW: u16 = 60;
/// The widest a column of text gets.
const WIDEST: u16 = 72;
/// The narrowest a column of text gets.
const LEAST: u16 = NARROWEST as u16;

/// The parts of the comparison on a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CompareAreas {
    /// Labels of the two reports and numbers of what was found.
    pub head: Rect,
    /// The rows, or the full texts.
    pub rows: Rect,
    /// The list of differences, the rule above it included; empty where there is no room.
    pub list: Rect,
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
        let list = self.list_lines(body.height);
        CompareAreas {
            head: body.take_top(head),
            rows: body.take_top(body.height - list),
            list: body,
        }
    }

    /// Returns the lines that the list of differences takes of a body of this height.
    fn list_lines(&self, body: u16) -> u16 {
        let found = self
            .comparison
            .as_ref()
            .filter(|_| self.list != DifferenceList::Hidden);
        let differences = found.map_or(0, |comparison| comparison.differences.len());
        let room = match body {
            _ if differences == 0 => 0,
            0..=14 => 0,
            15..=29 => 4,
            _ => body / 4,
        };
        room.min(u16::try_from(differences + 1).unwrap_or(u16::MAX))
    }

    /// Returns the lines of the rows, or of the full texts, on `screen`.
    pub fn row_lines(&self, screen: Rect) -> usize {
        self.areas(screen).rows.height.into()
    }

    /// Returns the first difference in a list of `height` lines, so that the one in focus is in view.
    pub(super) fn list_top(&self, height: u16) -> usize {
        self.current
            .map_or(0, |current| (current + 1).saturating_sub(height.into()))
    }

    /// Returns the difference whose line in the list is at this place.
    pub(super) fn difference_at(&self, at: Position, screen: Rect) -> Option<usize> {
        let list = self.areas(screen).list.below(1);
        let row = at.y.checked_sub(list.y).filter(|row| *row < list.height)?;
        let number = self.list_top(list.height) + usize::from(row);
        let total = self.comparison.as_ref()?.differences.len();
        (number < total).then_some(number)
    }

    /// Returns where the two strips stand: beside the counts, or each at the end of its title's line.
    pub(super) fn strips(&self, screen: Rect) -> Option<Sides<Rect>> {
        let comparison = self.comparison.as_ref().filter(|_| !self.strips_hidden)?;
        let area = self.areas(screen).head;
        if area.height < 2 {
            return None;
        }
        let passages = comparison.passages.as_ref();
        let passages = passages.map(|passages| u16::try_from(passages.len()).unwrap_or(u16::MAX));
        if area.width < ASIDE_FROM {
            let strip = |y: u16, passages: u16| {
                let width = passages.min(area.width / 3);
                Rect::new(area.right().saturating_sub(width + 1), y, width, 1)
            };
            let (left, right) = (passages.left, passages.right);
            return Some(Sides::new(strip(area.y, left), strip(area.y + 1, right)));
        }
        let starts = column_starts(area, self.rows.measure);
        let room = centred(area, &counts(comparison)).saturating_sub(starts.left + 2);
        // Two columns a passage where there is room: boxes that a hand can click on.
        let Sides { left, right } = passages.map(|passages| match passages <= room / 2 {
            true => passages * 2,
            false => passages.min(room),
        });
        let (y, end) = (area.y + 1, starts.right + self.rows.measure);
        Some(Sides::new(
            Rect::new(starts.left, y, left, 1),
            Rect::new(end.saturating_sub(right), y, right, 1),
        ))
    }

    /// Returns the passage whose box in one of the strips is at this place.
    pub(super) fn passage_at(&self, at: Position, screen: Rect) -> Option<(Side, usize)> {
        let strips = self.strips(screen)?;
        let mut sides = Side::BOTH.into_iter();
        let side = sides.find(|side| strips[*side].contains(at))?;
        let total = self.comparison.as_ref()?.passages[side].len();
        let column = usize::from(at.x - strips[side].x);
        Some((side, column * total / usize::from(strips[side].width)))
    }
}

/// Returns the counts that stand in the head.
pub(super) fn counts(comparison: &Comparison) -> String {
    let summary = comparison.summary();
    let quotes = match summary.quotes_differ {
        0 => String::new(),
        1 => " · 1 quote differs".to_owned(),
        n => format!(" · {n} quotes differ"),
    };
    let (shared, only) = (summary.shared_in_words(), summary.only);
    format!(
        "{shared} · {} only A · {} only B{quotes}",
        only.left, only.right
    )
}

/// Returns the column at which `words` begin in the middle of `area`.
pub(super) fn centred(area: Rect, words: &str) -> u16 {
    area.x + area.width.saturating_sub(columns(words)) / 2
}

/// Returns where two texts of `measure` columns begin that stand beside each other.
pub(super) fn column_starts(area: Rect, measure: u16) -> Sides<u16> {
    let left = area.x + area.width.saturating_sub(2 * measure + GUTTER) / 2;
    Sides::new(left, left + measure + GUTTER)
}

/// Returns the columns of a passage in its row on a screen of `width` columns.
pub(super) fn row_measure(width: u16) -> u16 {
    match width {
        ASIDE_FROM.. => half(width).min(WIDEST),
        ..NARROW => width.saturating_sub(4).max(LEAST),
        _ => width.saturating_sub(9).clamp(LEAST, WIDEST),
    }
}

/// Returns the columns of a full text: beside the other, or alone where there is no room for two.
pub(super) fn text_measure(width: u16) -> u16 {
    let room = match width {
        ..NARROW => width.saturating_sub(3),
        _ => half(width),
    };
    room.clamp(LEAST, WIDEST)
}

fn half(width: u16) -> u16 {
    width.saturating_sub(GUTTER + 2) / 2
}
