//! What the mouse does, where it is listened to: the wheel, a click, the line between the panes.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::text::Span;

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::view::list::ITEM_HEIGHT;
use super::panes::Pane;
use super::reader::Focus;
use super::{App, View};

impl App {
    pub(super) fn mouse(&mut self, mouse: MouseEvent) -> Vec<Effect> {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollDown => self.wheel(at, 3),
            MouseEventKind::ScrollUp => self.wheel(at, -3),
            MouseEventKind::Down(MouseButton::Left) => self.click(at),
            MouseEventKind::Drag(MouseButton::Left) if self.dragging => {
                let width = u32::from(self.screen.width.max(1));
                self.config.split = (u32::from(at.x) * 100 / width).clamp(15, 70) as u16;
                Vec::new()
            }
            MouseEventKind::Up(_) => {
                self.dragging = false;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn wheel(&mut self, at: Position, lines: isize) -> Vec<Effect> {
        let action = if lines > 0 { Action::Down } else { Action::Up };
        if self.overlay.is_some() || self.view != View::Browse {
            return (0..3).flat_map(|_| self.act(action)).collect();
        }
        let panes = self.panes();
        if panes.list.contains(at) {
            self.list.by(lines.signum());
        } else if panes.reader.contains(at) {
            self.reader.by(lines, usize::from(panes.reader.height));
            self.keep_place();
        }
        Vec::new()
    }

    fn click(&mut self, at: Position) -> Vec<Effect> {
        let panes = self.panes();
        match self.view {
            _ if self.overlay.is_some() => {}
            View::Browse if panes.divider.contains(at) => self.dragging = true,
            View::Browse if panes.list.contains(at) => {
                let line = usize::from(at.y - panes.list.y);
                let placed = self.placed();
                let row = placed.iter().rev().find(|placed| placed.y <= line);
                let row = row.filter(|placed| line < placed.y + ITEM_HEIGHT + 1);
                if let Some(row) = row.map(|placed| placed.row) {
                    self.list.selected = row;
                    self.list.moved = true;
                    self.focus = Pane::List;
                }
            }
            View::Browse if panes.reader.contains(at) => {
                self.read_selected();
                self.focus_at(at);
            }
            View::Browse => {}
            View::Compare => return self.compare_click(at),
            View::Quotes => return self.quotes_click(at),
            View::Grid => self.grid_click(at),
        }
        Vec::new()
    }

    /// Puts the quotation or term under the mouse in focus.
    fn focus_at(&mut self, at: Position) {
        let Some(offset) = super::super::view::reader::offset_at(self, at) else {
            return;
        };
        let Some(marks) = self
            .reader
            .report
            .and_then(|n| self.report(n))
            .and_then(|report| report.annotated())
        else {
            return;
        };
        let here = Span::new(offset, offset + 1);
        let term = marks
            .terms
            .iter()
            .position(|hit| hit.is_strong() && hit.span.overlaps(here))
            .map(Focus::Term);
        let quote = marks
            .quotes
            .iter()
            .position(|quote| quote.span.overlaps(here))
            .map(Focus::Quote);
        self.reader.focus = term.or(quote);
    }
}
