//! Areas of the screen that all views share. Drawing, scrolling and the mouse all use these.

use ratatui::layout::Rect;

/// Below this height the title is left out.
const TITLE_FROM: u16 = 8;
/// Below this height the rule under the title is left out.
const RULE_FROM: u16 = 12;

/// Parts of an area; none of them leaves it.
pub trait AreaParts {
    /// Takes the first `lines` lines off, and returns them.
    fn take_top(&mut self, lines: u16) -> Rect;

    /// Returns all below the first `lines` lines.
    fn below(self, lines: u16) -> Rect;

    /// Returns all but so many columns at the left edge and at the right edge.
    fn inset(self, left: u16, right: u16) -> Rect;
}

impl AreaParts for Rect {
    fn take_top(&mut self, lines: u16) -> Rect {
        let height = lines.min(self.height);
        let top = Rect { height, ..*self };
        *self = self.below(height);
        top
    }

    fn below(self, lines: u16) -> Rect {
        let lines = lines.min(self.height);
        Rect {
            y: self.y + lines,
            height: self.height - lines,
            ..self
        }
    }

    fn inset(self, left: u16, right: u16) -> Rect {
        let left = left.min(self.width);
        Rect {
            x: self.x + left,
            width: (self.width - left).saturating_sub(right),
            ..self
        }
    }
}

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
    let mut rest = screen;
    ScreenAreas {
        title: rest.take_top(title),
        rule: rest.take_top(rule),
        body: rest.take_top(rest.height.saturating_sub(status)),
        status: rest,
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
