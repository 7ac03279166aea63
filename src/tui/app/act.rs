//! What each action does: those that mean the same everywhere here, the rest handed to the view that has the keys.

use crate::config::MarkLayers;
use crate::text::CleanText;

use super::super::action::{Action, Context};
use super::super::effect::Effect;
use super::super::prompt::Prompt;
use super::super::scroll::Scroll;
use super::panes::{self, Pane};
use super::{App, Line, Overlay, View};

/// A distance to scroll, before the height of the view is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Distance {
    Lines(isize),
    Halves(isize),
    Pages(isize),
    /// To an end.
    All(isize),
}

impl Distance {
    pub(super) fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::Down => Distance::Lines(1),
            Action::Up => Distance::Lines(-1),
            Action::HalfDown => Distance::Halves(1),
            Action::HalfUp => Distance::Halves(-1),
            Action::PageDown => Distance::Pages(1),
            Action::PageUp => Distance::Pages(-1),
            Action::Top => Distance::All(-1),
            Action::Bottom => Distance::All(1),
            _ => return None,
        })
    }

    /// Returns it in lines, where a screen holds `height` of them. A page keeps one line in view, as less does not but
    /// readers wish it did.
    pub(super) fn lines(self, height: usize) -> isize {
        let height = isize::try_from(height).unwrap_or(isize::MAX);
        match self {
            Distance::Lines(n) => n,
            Distance::Halves(n) => n * (height / 2).max(1),
            Distance::Pages(n) => n * (height - 1).max(1),
            Distance::All(n) => n * (isize::MAX / 2),
        }
    }
}

impl App {
    /// Does what a key or a command asks for.
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Quit if self.overlay.is_some() => self.close_overlay(),
            Action::Quit if self.view != View::Browse => self.leave_view(),
            Action::Quit | Action::ForceQuit => return vec![Effect::Save, Effect::Quit],
            Action::Help => self.toggle_help(),
            Action::Legend => self.toggle_overlay(Overlay::Legend),
            Action::Failures => self.toggle_overlay(Overlay::Failures),
            Action::Command => {
                self.line = Some(Line::Command(Prompt::default(), Default::default()));
            }
            Action::Back => return self.back(),
            Action::Close if self.overlay.is_some() => self.close_overlay(),
            Action::Redraw => return vec![Effect::Redraw],
            Action::Suspend => return vec![Effect::Save, Effect::Suspend],
            Action::Mouse => return self.toggle_mouse(),
            Action::Theme => self.next_theme(),
            Action::LayerQuotes => self.toggle_layer("quotations", |layers| &mut layers.quotes),
            Action::LayerTerms => self.toggle_layer("terms", |layers| &mut layers.terms),
            Action::LayerStatements => {
                self.toggle_layer("statements", |layers| &mut layers.statements);
            }
            Action::Compare if self.view == View::Compare && self.overlay.is_none() => {
                self.idle(action);
            }
            Action::Compare if self.view == View::Grid && self.overlay.is_none() => {
                return self.compare_column();
            }
            Action::Compare => return self.open_comparison(),
            Action::Grid if self.view == View::Grid && self.overlay.is_none() => self.idle(action),
            Action::Grid => return self.open_grid(),
            Action::Quotes => self.open_quotes(),
            _ if self.overlay.is_some() => self.overlay_action(action),
            _ => return self.view_action(action),
        }
        Vec::new()
    }

    fn view_action(&mut self, action: Action) -> Vec<Effect> {
        match self.view {
            View::Browse => self.browse_action(action),
            View::Compare => self.compare_action(action),
            View::Quotes => self.quotes_action(action),
            View::Grid => self.grid_action(action),
        }
    }

    fn close_overlay(&mut self) {
        self.overlay = None;
        self.line = None;
    }

    pub(super) fn leave_view(&mut self) {
        let to = match self.view {
            View::Compare => std::mem::take(&mut self.returns_to),
            _ => View::Browse,
        };
        self.view = to;
        self.line = None;
    }

    /// Esc: closes what is on top, forgets a search or a filter, goes back; it never ends the program.
    fn back(&mut self) -> Vec<Effect> {
        if self.overlay.is_some() {
            self.close_overlay();
            return Vec::new();
        }
        match self.view {
            View::Browse => self.browse_back(),
            View::Quotes if !self.quotes.query.is_empty() => {
                self.quotes.query.set("");
                self.ask_for_quotes()
            }
            View::Compare
                if self
                    .comparing
                    .as_mut()
                    .is_some_and(|c| c.linking.take().is_some()) =>
            {
                self.say("nothing was linked");
                Vec::new()
            }
            View::Quotes | View::Compare | View::Grid => {
                self.leave_view();
                Vec::new()
            }
        }
    }

    fn toggle_help(&mut self) {
        match self.overlay {
            Some(Overlay::Help(..)) => self.close_overlay(),
            _ => {
                let context = self.context();
                self.open_overlay(Overlay::Help(context, Prompt::default()));
            }
        }
    }

    fn toggle_overlay(&mut self, overlay: Overlay) {
        if self.overlay.as_ref() == Some(&overlay) {
            self.close_overlay();
        } else {
            self.open_overlay(overlay);
        }
    }

    pub(super) fn open_overlay(&mut self, overlay: Overlay) {
        self.overlay = Some(overlay);
        self.overlay_scroll = Scroll::default();
    }

    fn overlay_action(&mut self, action: Action) {
        if action == Action::Search && matches!(self.overlay, Some(Overlay::Help(..))) {
            self.line = Some(Line::Help);
        } else if let Some(distance) = Distance::of(action) {
            let height = usize::from(panes::frame(self.screen).body.height);
            let total = super::super::view::overlay_height(self);
            self.overlay_scroll
                .by(distance.lines(height), height, total);
        } else {
            self.idle(action);
        }
    }

    /// Says that an action has nothing to do here; silence would look like a fault.
    pub(super) fn idle(&mut self, action: Action) {
        self.say(format!("\"{}\" has nothing to do here", action.name()));
    }

    fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.config.mouse = !self.config.mouse;
        self.say(if self.config.mouse {
            "the mouse is listened to"
        } else {
            "the mouse is left to the terminal"
        });
        vec![Effect::Mouse(self.config.mouse)]
    }

    fn next_theme(&mut self) {
        let names: Vec<String> = self.themes.names().into_iter().map(str::to_owned).collect();
        let at = names
            .iter()
            .position(|name| name == self.theme.name())
            .unwrap_or(0);
        let Some((next, _)) = super::reader::step(at, 1, names.len()) else {
            return;
        };
        match self.themes.theme(&names[next], self.depth) {
            Ok(theme) => {
                self.theme = theme;
                self.say(format!("theme {}", names[next]));
            }
            Err(errors) => self.say(errors.0.first().map_or(String::new(), ToString::to_string)),
        }
    }

    fn toggle_layer(&mut self, name: &str, layer: impl Fn(&mut MarkLayers) -> &mut bool) {
        let shown = layer(&mut self.config.layers);
        *shown = !*shown;
        let words = if *shown {
            "are marked"
        } else {
            "are no longer marked"
        };
        self.say(format!("{name} {words}"));
    }

    /// Copies `words` and says so.
    pub(super) fn copy(&mut self, words: CleanText) -> Vec<Effect> {
        let start: String = words.chars().take(40).collect();
        let more = if start.len() < words.len() { "…" } else { "" };
        self.say(format!("copied: {start}{more}"));
        vec![Effect::Copy(words)]
    }

    /// Returns how many lines the part that scrolls has.
    pub(super) fn height(&self) -> usize {
        let panes = self.panes();
        usize::from(match (self.view, self.focus) {
            (View::Browse, Pane::Reader) => panes.reader.height,
            (View::Browse, Pane::List) => panes.list.height,
            _ => panes.body.height,
        })
    }

    /// Runs a command typed by name.
    pub(super) fn run_command(&mut self, name: &str) -> Vec<Effect> {
        let name = name.trim();
        match name.parse::<Action>() {
            _ if name.is_empty() => Vec::new(),
            _ if matches!(name, "q" | "quit" | "wq" | "x" | "q!") => {
                vec![Effect::Save, Effect::Quit]
            }
            Ok(action) if action.fits(self.context()) => self.act(action),
            Ok(action) => {
                let places: Vec<&str> = action
                    .contexts()
                    .iter()
                    .map(|context: &Context| context.name())
                    .collect();
                self.say(format!(
                    "\"{}\" works in: {}",
                    action.name(),
                    places.join(", ")
                ));
                Vec::new()
            }
            Err(error) => {
                self.say(error.to_string());
                Vec::new()
            }
        }
    }
}
