//! Areas of the panes, and the reports of the list that are on the screen. Drawing, scrolling and the mouse all use these.

use ratatui::layout::{Position, Rect};

use crate::config::Config;
use crate::tui::screen::{self, TextColumn};
use crate::tui::shared::Shared;

use super::card::CardRoom;

/// Below this width the list and the reader take turns.
pub const TWO_PANES_FROM: u16 = 80;
/// Columns of the list: the fewest and the most.
const LIST_WIDTH: (u16, u16) = (20, 60);
/// The fewest columns that the list leaves to the reader.
const READER_WIDTH: u16 = 24;
/// The share of the list in percent: the least and the most.
const SPLIT: (u16, u16) = (15, 70);
/// Steps in which the split is moved, in percent.
const SPLIT_STEP: u16 = 3;

/// A pane of the browse view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The list.
    #[default]
    List,
    /// The text.
    Reader,
}

/// The parts of the body; a part that is not there is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BrowsePanes {
    /// The list of reports.
    pub list: Rect,
    /// The column between list and reader.
    pub divider: Rect,
    /// The text.
    pub reader: Rect,
}

/// Divides `body`. `split` is the list's share in percent; one pane has it all where the screen is narrow or `zoomed`.
pub fn panes(body: Rect, split: u16, zoomed: bool, focus: Pane) -> BrowsePanes {
    let mut panes = BrowsePanes::default();
    if zoomed || body.width < TWO_PANES_FROM {
        match focus {
            Pane::List => panes.list = body,
            Pane::Reader => panes.reader = body,
        }
        return panes;
    }
    let share = u32::from(body.width) * u32::from(split) / 100;
    let share = share.clamp(LIST_WIDTH.0.into(), LIST_WIDTH.1.into()) as u16;
    let list = share.min(body.width.saturating_sub(READER_WIDTH));
    let part = |x: u16, width: u16| Rect {
        x: body.x + x,
        width,
        ..body
    };
    BrowsePanes {
        list: part(0, list),
        divider: part(list, 1),
        reader: part(list + 1, body.width - list - 1),
    }
}

/// Moves the line between the panes by a step, to the right where `by` is positive.
pub fn move_split(config: &mut Config, by: i16) {
    let split = config
        .split
        .saturating_add_signed(by * SPLIT_STEP.cast_signed());
    config.split = split.clamp(SPLIT.0, SPLIT.1);
}

/// Moves the line between the panes to a column of the screen.
pub fn drag_split(config: &mut Config, column: u16, screen: Rect) {
    let percent = u32::from(column) * 100 / u32::from(screen.width.max(1));
    config.split = percent.clamp(SPLIT.0.into(), SPLIT.1.into()) as u16;
}

/// Returns the reader's column of text. While the list has a narrow screen, it is that of the screen the reader will get.
pub fn reader_column(panes: BrowsePanes, shared: &Shared) -> TextColumn {
    let area = match panes.reader.is_empty() {
        true => screen::areas(shared.screen).body,
        false => panes.reader,
    };
    screen::text_column(area, shared.config.measure)
}

/// A report of the list on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedReport {
    /// Its row.
    pub row: usize,
    /// Lines from the top of the list to it, or to the heading over it.
    pub y: usize,
    /// Lines of its card, with the blank one after it.
    pub lines: usize,
    /// The section that begins with it.
    pub section: Option<usize>,
}

/// Returns the reports from row `top` on that the list shows.
pub fn placed_reports(shared: &Shared, top: usize, room: CardRoom) -> Vec<PlacedReport> {
    let mut y = 0;
    let mut placed = Vec::new();
    for row in top..shared.list.order.len() {
        if y >= usize::from(room.height) {
            break;
        }
        let (lines, section) = (card_lines(shared, row, room), shared.events.section_at(row));
        placed.push(PlacedReport {
            row,
            y,
            lines,
            section,
        });
        y += lines + usize::from(section.is_some());
    }
    placed
}

/// Returns the row of the list that is drawn at `at`.
pub fn row_at(placed: &[PlacedReport], area: Rect, at: Position) -> Option<usize> {
    let line = usize::from(at.y.checked_sub(area.y)?);
    let placed = placed.iter().rev().find(|placed| placed.y <= line)?;
    let heading = usize::from(placed.section.is_some());
    (line < placed.y + heading + placed.lines).then_some(placed.row)
}

/// Returns the lines of the card in a row of the list.
fn card_lines(shared: &Shared, row: usize, room: CardRoom) -> usize {
    let number = shared.list.order.get(row);
    let summary = number.and_then(|&number| shared.summary(number));
    summary.map_or(room.fewest_lines(), |summary| room.lines(summary))
}

/// Returns the first row to show, from `top` as far as possible, so that the selected report is on the screen and no room is left empty.
pub fn top_row(shared: &Shared, top: usize, room: CardRoom) -> usize {
    let (selected, total) = (shared.list.selected, shared.list.order.len());
    let fewest = room.fewest_lines();
    let height = usize::from(room.height).max(fewest);
    let lines = |row: usize| {
        card_lines(shared, row, room) + usize::from(shared.events.section_at(row).is_some())
    };
    let mut top = top
        .min(selected)
        .max(selected.saturating_sub(height / fewest));
    // The blank line after the last card may lie below the screen.
    let height = height + room.gap();
    let mut needed: usize = (top..=selected).map(lines).sum();
    while needed > height && top < selected {
        needed -= lines(top);
        top += 1;
    }
    if total.saturating_sub(top) * fewest < height {
        let mut used: usize = (top..total).map(lines).sum();
        while top > 0 && used + lines(top - 1) <= height {
            top -= 1;
            used += lines(top);
        }
    }
    top
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_screen_shows_one_pane() {
        let body = Rect::new(0, 1, 40, 8);
        let panes = panes(body, 30, false, Pane::Reader);
        assert_eq!((panes.list, panes.reader), (Rect::default(), body));
    }

    #[test]
    fn the_parts_never_leave_the_screen() {
        for (width, height) in [(0, 0), (1, 1), (12, 4), (80, 24), (200, 50), (500, 3)] {
            let screen = Rect::new(0, 0, width, height);
            let areas = screen::areas(screen);
            let mut parts = vec![areas.title, areas.rule, areas.body, areas.status];
            for focus in [Pane::List, Pane::Reader] {
                let panes = panes(areas.body, 35, false, focus);
                parts.extend([panes.list, panes.divider, panes.reader]);
            }
            for part in parts {
                let fits = part.is_empty() || screen.union(part) == screen;
                assert!(fits, "{width}x{height} {part:?}");
            }
        }
    }
}
