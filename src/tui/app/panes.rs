//! Where everything stands on a screen of a given size; the same answer for what draws and for what scrolls.

use ratatui::layout::Rect;

/// Below this width the list and the reader take turns.
pub const TWO_PANES_FROM: u16 = 80;
/// Below this height the title is left out.
const TITLE_FROM: u16 = 8;
/// Below this height the line under the title is left out.
const RULE_FROM: u16 = 12;

/// The parts of the screen; a part that is not there is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// What is loaded, and how it is sorted.
    pub title: Rect,
    /// The line under it.
    pub rule: Rect,
    /// All between title and status.
    pub body: Rect,
    /// The list of reports.
    pub list: Rect,
    /// The column between list and reader.
    pub divider: Rect,
    /// The text.
    pub reader: Rect,
    /// The last line.
    pub status: Rect,
}

/// Which pane of the browse view has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The list.
    #[default]
    List,
    /// The text.
    Reader,
}

/// Returns the parts of `screen` common to all views; the body is not divided.
pub fn frame(screen: Rect) -> Panes {
    let title = u16::from(screen.height >= TITLE_FROM);
    let rule = u16::from(screen.height >= RULE_FROM);
    let status = screen.height.min(1);
    let row = |y: u16, height: u16| Rect::new(screen.x, screen.y + y, screen.width, height);
    let body = row(
        title + rule,
        screen.height.saturating_sub(title + rule + status),
    );
    Panes {
        title: row(0, title),
        rule: row(title, rule),
        body,
        status: row(screen.height - status, status),
        ..Panes::default()
    }
}

/// Returns the parts of the browse view.
///
/// `split` is the list's share in percent; one pane has the whole body where the screen is narrow or `zoomed`.
pub fn browse(screen: Rect, split: u16, zoomed: bool, focus: Pane) -> Panes {
    let mut panes = frame(screen);
    let body = panes.body;
    if zoomed || screen.width < TWO_PANES_FROM {
        match focus {
            Pane::List => panes.list = body,
            Pane::Reader => panes.reader = body,
        }
        return panes;
    }
    let widest = body.width.saturating_sub(24);
    let list = (u32::from(body.width) * u32::from(split) / 100).clamp(20, 60) as u16;
    let list = list.min(widest);
    panes.list = Rect {
        width: list,
        ..body
    };
    panes.divider = Rect {
        x: body.x + list,
        width: 1,
        ..body
    };
    panes.reader = Rect {
        x: body.x + list + 1,
        width: body.width - list - 1,
        ..body
    };
    panes
}

/// The column of text inside the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its first column on the screen.
    pub x: u16,
    /// Its width.
    pub width: u16,
    /// Where the margin for speakers begins; `None` where there is no room for one.
    pub margin: Option<u16>,
}

/// Columns that a speaker's name needs beside the text.
const MARGIN: u16 = 18;

/// Returns the column of text inside the pane `area`, at most `measure` wide.
pub fn column(area: Rect, measure: u16) -> Column {
    let pad = if area.width >= 44 {
        2
    } else {
        u16::from(area.width >= 24)
    };
    let room = area.width.saturating_sub(2 * pad);
    let width = room.min(measure);
    let spare = room - width;
    let margin = (spare >= MARGIN).then_some(MARGIN);
    let indent = (spare - margin.unwrap_or(0)) / 2;
    // A text far from its list is hard to find again: a wide pane is not centred, only eased in.
    let indent = indent.min(6);
    let x = area.x + pad + indent;
    Column {
        x,
        width: width.max(1),
        margin: margin.map(|_| x + width + 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_screen_shows_one_pane() {
        let panes = browse(Rect::new(0, 0, 40, 10), 30, false, Pane::Reader);
        assert_eq!(panes.list, Rect::default());
        assert_eq!(panes.reader, panes.body);
    }

    #[test]
    fn the_parts_never_leave_the_screen() {
        for (width, height) in [(0, 0), (1, 1), (12, 4), (80, 24), (200, 50), (500, 3)] {
            for focus in [Pane::List, Pane::Reader] {
                let screen = Rect::new(0, 0, width, height);
                let panes = browse(screen, 35, false, focus);
                for part in [
                    panes.title,
                    panes.rule,
                    panes.body,
                    panes.list,
                    panes.divider,
                    panes.reader,
                    panes.status,
                ] {
                    assert!(
                        part.is_empty() || screen.union(part) == screen,
                        "{width}x{height} {part:?}"
                    );
                }
            }
        }
    }
}
