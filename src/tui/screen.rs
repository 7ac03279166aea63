//! Where the parts that all views share stand on a screen: the same answer for drawing, scrolling and the mouse.

use ratatui::layout::Rect;

/// Below this height the title is left out.
const TITLE_FROM: u16 = 8;
/// Below this height the rule under the title is left out.
const RULE_FROM: u16 = 12;

/// The parts of the screen; a part that is not there is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScreenAreas {
    /// The first line: the reports that are loaded, and their order.
    pub title: Rect,
    /// The rule under it.
    pub rule: Rect,
    /// All between title and status; the view's own.
    pub body: Rect,
    /// The last line.
    pub status: Rect,
}

/// Returns the parts of `screen`.
pub fn areas(screen: Rect) -> ScreenAreas {
    let title = u16::from(screen.height >= TITLE_FROM);
    let rule = u16::from(screen.height >= RULE_FROM);
    let status = screen.height.min(1);
    let row = |y: u16, height: u16| Rect::new(screen.x, screen.y + y, screen.width, height);
    let body = screen.height.saturating_sub(title + rule + status);
    ScreenAreas {
        title: row(0, title),
        rule: row(title, rule),
        body: row(title + rule, body),
        status: row(screen.height - status, status),
    }
}

/// The column of text inside a pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextColumn {
    /// Its first column on the screen.
    pub x: u16,
    /// Its width.
    pub width: u16,
    /// First column of the margin for speakers; `None` where there is no room for one.
    pub margin: Option<u16>,
}

/// Columns that a speaker's name needs beside the text.
const MARGIN: u16 = 18;
/// A text far from its list is hard to find again: a wide pane is not centred, only eased in by this much.
const MOST_INDENT: u16 = 6;

/// Returns the column of text inside the pane `area`, at most `measure` wide.
pub fn text_column(area: Rect, measure: u16) -> TextColumn {
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
    let x = area.x + pad + indent.min(MOST_INDENT);
    TextColumn {
        x,
        width: width.max(1),
        margin: margin.map(|_| x + width + 2),
    }
}
