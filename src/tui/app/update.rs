//! Dispatches keys, pastes and the mouse: to the line being typed, else through the keymap to an action. Performs the actions that
//! mean the same in every view.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::tui::action::{
    Action, GlobalAction, KeyContext, MoveAction, OverlayAction, PromptAction,
};
use crate::tui::canvas::cut;
use crate::tui::effect::Effect;
use crate::tui::key::{self, Key};
use crate::tui::keymap::ResolvedKeys;
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::view::overlay::{HelpPage, Overlay, OverlayContent};
use crate::tui::view::{PromptOwner, ScrollDistance, UpdateContext, View, ViewKind};

use super::App;
use super::app_line::{AppLine, LineKind};
use super::status_line;

/// Columns of the name of a report in what is said of it.
const NAME: u16 = 32;
/// Lines that one notch of the wheel scrolls.
const NOTCH: isize = 3;

impl App {
    pub(super) fn on_key(&mut self, key: Key) {
        self.message = None;
        self.pressed = None;
        if self.key_context() == KeyContext::Prompt {
            self.type_key(key);
            return;
        }
        if self.typed.is_empty() && self.take_digit(key) {
            return;
        }
        self.typed.push(key);
        match self.shared.keymap.resolve(self.key_context(), &self.typed) {
            ResolvedKeys::Action(action) => {
                self.typed.clear();
                self.may_follow.clear();
                self.act_counted(action);
            }
            ResolvedKeys::Partial(next) => self.may_follow = next,
            ResolvedKeys::None => self.say_unknown_key(),
        }
    }

    fn say_unknown_key(&mut self) {
        let keys = key::write_keys(&self.typed);
        let began = self.typed.len() > 1;
        self.count = None;
        self.typed.clear();
        self.may_follow.clear();
        // Esc in the middle of a sequence gives the sequence up; that needs no words.
        if !(began && keys.ends_with("Esc")) {
            let help = self.shared.key_in(self.key_context(), Action::Help);
            self.say(format!("{keys} does nothing here; {help} shows the keys"));
        }
    }

    fn type_key(&mut self, key: Key) {
        // Keys that type no text may be bound while a line is typed, as ^y copies in the quotes view.
        if key.text().is_none()
            && let ResolvedKeys::Action(action) =
                self.shared.keymap.resolve(KeyContext::Prompt, &[key])
        {
            if action == Action::ForceQuit {
                self.in_prompt(|_| Some(PromptEvent::Cancelled));
                return;
            }
            if action == Action::Help {
                self.open_prompt_help();
                return;
            }
            let types_in_view = self.line.is_none() && self.overlay.is_none();
            let is_bound = PromptAction::from_action(action).is_some();
            if is_bound && types_in_view && self.current() == ViewKind::Quotes {
                self.offer(action, |view, cx| view.act(action, cx));
                return;
            }
        }
        self.in_prompt(|prompt| prompt.apply(key));
    }

    pub(super) fn on_paste(&mut self, text: &str) {
        self.in_prompt(|prompt| {
            prompt.paste(text);
            Some(PromptEvent::Edited)
        });
    }

    /// Changes the line that is being typed, and lets its owner react.
    fn in_prompt(&mut self, change: impl FnOnce(&mut Prompt) -> Option<PromptEvent>) {
        let kind = self.current();
        let mut line = self.line.take();
        let event = self.with_context(|views, overlay, cx| {
            let owner: &mut dyn PromptOwner = match (&mut line, overlay) {
                (Some(line), _) => line,
                (None, Some(overlay)) => overlay,
                (None, None) => views.get_mut(kind),
            };
            let event = owner.prompt().and_then(change);
            if let Some(event) = event {
                owner.on_prompt(event, cx);
            }
            event
        });
        match (line, event) {
            (Some(line), Some(PromptEvent::Submitted)) => match line.kind {
                LineKind::Command(_) => self.run_command(line.entered()),
                LineKind::FileName => self.export(line.entered()),
            },
            (_, Some(PromptEvent::Cancelled)) => {}
            (line, _) => self.line = line.or(self.line.take()),
        }
    }

    pub(super) fn on_mouse(&mut self, mouse: MouseEvent) {
        let at = Position::new(mouse.column, mouse.row);
        if self.line.is_some() {
            self.point_at_command(mouse.kind, at);
            return;
        }
        let update = |view: &mut dyn View, cx: &mut UpdateContext<'_>| match mouse.kind {
            MouseEventKind::ScrollDown => view.turn_wheel(at, NOTCH, cx),
            MouseEventKind::ScrollUp => view.turn_wheel(at, -NOTCH, cx),
            MouseEventKind::Down(MouseButton::Left) => view.press(at, cx),
            MouseEventKind::Drag(MouseButton::Left) => view.drag(Some(at), cx),
            MouseEventKind::Up(_) => view.drag(None, cx),
            _ => {}
        };
        if mouse.kind == MouseEventKind::Down(MouseButton::Left) {
            self.message = None;
            if let Some(action) = status_line::action_at(self, at) {
                self.pressed = None;
                self.act(action);
                return;
            }
        }
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) if self.overlay.is_none() => {
                self.in_view(update);
                self.open_pressed(at);
            }
            _ if self.overlay.is_none() => self.in_view(update),
            MouseEventKind::Down(MouseButton::Left) => {
                self.with_context(|_, overlay, cx| {
                    if let Some(overlay) = overlay {
                        overlay.press(at, cx);
                    }
                });
            }
            MouseEventKind::ScrollDown => self.scroll(ScrollDistance::Lines(NOTCH)),
            MouseEventKind::ScrollUp => self.scroll(ScrollDistance::Lines(-NOTCH)),
            _ => {}
        }
    }

    /// Runs the command that was pressed in the list over the line being typed, or moves the choice among them.
    fn point_at_command(&mut self, kind: MouseEventKind, at: Position) {
        let screen = self.shared.screen;
        let Some(line) = &mut self.line else { return };
        match kind {
            MouseEventKind::ScrollDown => line.move_choice(1),
            MouseEventKind::ScrollUp => line.move_choice(-1),
            MouseEventKind::Down(MouseButton::Left) if line.choose_at(at, screen) => {
                self.in_prompt(|_| Some(PromptEvent::Submitted));
            }
            _ => {}
        }
    }

    /// Opens what was pressed, at the second press in a row at one place.
    fn open_pressed(&mut self, at: Position) {
        let is_second = self.pressed.replace(at) == Some(at);
        if is_second && Action::Open.fits(self.view_context()) {
            self.pressed = None;
            self.act(Action::Open);
        }
    }

    pub(super) fn scroll(&mut self, distance: ScrollDistance) {
        let kind = self.current();
        self.with_context(|views, overlay, cx| match overlay {
            Some(overlay) => overlay.scroll(distance, cx),
            None => views.get_mut(kind).scroll(distance, cx),
        });
    }

    /// Performs the action that a key or a command asks for.
    pub(super) fn act(&mut self, action: Action) {
        if let Some(action) = GlobalAction::from_action(action) {
            self.act_globally(action);
        } else if let Some(action) = MoveAction::from_action(action) {
            self.scroll(ScrollDistance::of(action));
        } else if self.overlay.is_none() {
            self.offer(action, |view, cx| view.act(action, cx));
        } else {
            self.act_in_overlay(action);
        }
    }

    fn act_in_overlay(&mut self, action: Action) {
        self.with_context(
            |_, overlay, cx| match (overlay, OverlayAction::from_action(action)) {
                (Some(overlay), Some(action)) => overlay.act(action, cx),
                _ => cx.say_idle(action),
            },
        );
    }

    fn act_globally(&mut self, action: GlobalAction) {
        let layers = &mut self.shared.config.layers;
        match action {
            GlobalAction::Quit if self.overlay.is_some() => self.overlay = None,
            GlobalAction::Quit if self.places.back().is_some() => {
                self.leave_view();
            }
            GlobalAction::Quit | GlobalAction::ForceQuit => {
                self.effects.extend([Effect::Save, Effect::Quit]);
            }
            GlobalAction::Help => {
                let page = HelpPage::new(self.key_context());
                self.toggle_overlay(OverlayContent::Help(page));
            }
            GlobalAction::Legend => {
                let view = self.current();
                self.toggle_overlay(OverlayContent::Legend(view));
            }
            GlobalAction::Failures => self.toggle_overlay(OverlayContent::Failures),
            GlobalAction::Command => {
                let context = self.view_context();
                self.line = Some(AppLine::command(context, &self.commands, &self.shared));
            }
            GlobalAction::Back => self.go_back(),
            GlobalAction::Undo => self.undo(),
            GlobalAction::OlderPlace => self.walk(-1),
            GlobalAction::NewerPlace => self.walk(1),
            GlobalAction::NextPane => {
                self.offer(Action::NextPane, |view, cx| view.step_pane(1, cx));
            }
            GlobalAction::PreviousPane => {
                self.offer(Action::PreviousPane, |view, cx| view.step_pane(-1, cx));
            }
            GlobalAction::NextReport => {
                self.offer(Action::NextReport, |view, cx| view.step_report(1, cx));
            }
            GlobalAction::PreviousReport => {
                self.offer(Action::PreviousReport, |view, cx| view.step_report(-1, cx));
            }
            GlobalAction::Compare => self.compare(),
            GlobalAction::Quotes => self.open_quotes(),
            GlobalAction::Grid => self.open_coverage(),
            GlobalAction::Notes => self.open_notes(),
            GlobalAction::LayerQuotes => {
                self.message = Some(toggle("quotations", &mut layers.quotes));
            }
            GlobalAction::LayerTerms => self.message = Some(toggle("terms", &mut layers.terms)),
            GlobalAction::LayerStatements => {
                self.message = Some(toggle("statements", &mut layers.statements));
            }
            GlobalAction::Theme => {
                let words = self.shared.switch_theme();
                self.say(words);
            }
            GlobalAction::Mouse => self.toggle_mouse(),
            GlobalAction::Redraw => self.effects.push(Effect::Redraw),
            GlobalAction::Suspend => self.effects.extend([Effect::Save, Effect::Suspend]),
        }
    }

    /// Reacts to Esc: closes what is on top, forgets a search or a filter, goes back; it never ends the program.
    fn go_back(&mut self) {
        if self.overlay.take().is_some() {
            return;
        }
        let is_done = self.in_view(|view, cx| view.back(cx));
        if !is_done {
            self.leave_view();
        }
    }

    /// Lets the view do something of its own, or says that `action` does nothing here.
    fn offer(
        &mut self,
        action: Action,
        update: impl FnOnce(&mut dyn View, &mut UpdateContext<'_>) -> bool,
    ) {
        let is_open = self.overlay.is_some();
        self.in_view(|view, cx| {
            if is_open || !update(view, cx) {
                cx.say_idle(action);
            }
        });
    }

    /// Lays reports side by side: those that the view has in focus, else the two marked last, else the selected one and another, and says
    /// which the other is.
    fn compare(&mut self) {
        let is_view_open = self.overlay.is_none();
        if is_view_open && self.in_view(|view, cx| view.compare(cx)) {
            return;
        }
        let Some((sides, choice)) = self.shared.chosen_pair() else {
            self.say("there is only one report; open two or more to compare");
            return;
        };
        self.open_comparison(sides);
        let right = self.shared.summary(sides.right);
        if let Some((what, right)) = choice.words().zip(right) {
            let name = right.outlet.as_deref().unwrap_or(&right.label);
            let name = cut(name, NAME);
            let pick = self.shared.key_in(KeyContext::Compare, Action::Pick);
            self.say(format!("B is {name}, {what}; {pick} chooses another"));
        }
    }

    fn open_quotes(&mut self) {
        let is_open = self.current() == ViewKind::Quotes;
        self.open_view(ViewKind::Quotes);
        if is_open {
            self.in_view(|view, cx| view.on_enter(cx));
        }
    }

    fn open_notes(&mut self) {
        if self.current() == ViewKind::Notes && self.overlay.is_none() {
            self.in_view(|_, cx| cx.say_idle(Action::Notes));
        } else {
            self.open_view(ViewKind::Notes);
        }
    }

    fn open_coverage(&mut self) {
        if self.current() == ViewKind::Coverage && self.overlay.is_none() {
            self.in_view(|_, cx| cx.say_idle(Action::Grid));
        } else if self.with_context(|views, _, cx| views.coverage.open(cx)) {
            self.open_view(ViewKind::Coverage);
            self.say_what_is_covered();
        }
    }

    /// Says which reports the grid shows, where there are others.
    fn say_what_is_covered(&mut self) {
        let covered = &self.views.coverage.reports;
        let (count, total) = (covered.len(), self.shared.total());
        let Some(first) = covered.first().filter(|_| count < total) else {
            return;
        };
        let shared = &self.shared;
        let which = match shared.events.name(*first) {
            _ if shared.list.marked.len() > 1 => "the marked reports".to_owned(),
            _ if shared.events.event_of(*first).len() < 2 => "the reports listed".to_owned(),
            Some(name) => format!("the event \"{name}\""),
            None => "the event of the selected report".to_owned(),
        };
        self.say(format!("{which}: {count} of {total} reports"));
    }

    pub(super) fn toggle_overlay(&mut self, content: OverlayContent) {
        let overlay = Overlay::new(content);
        let is_open = self.overlay.as_ref();
        let is_open = is_open.is_some_and(|open| open.is_same_kind(&overlay));
        self.overlay = (!is_open).then_some(overlay);
    }

    fn toggle_mouse(&mut self) {
        let on = !self.shared.config.mouse;
        self.shared.config.mouse = on;
        self.say(if on { "mouse on" } else { "mouse off" });
        self.effects.push(Effect::Mouse(on));
    }
}

/// Shows the marks of a layer, or hides them; returns the words that say so.
fn toggle(name: &str, shown: &mut bool) -> String {
    *shown = !*shown;
    let words = if *shown { "on" } else { "off" };
    format!("highlight {name}: {words}")
}
