//! Where a key or a paste goes: to the line that is being typed, else by the key table to an action.

use crossterm::event::{KeyCode, KeyModifiers};

use super::super::action::{Action, Context};
use super::super::effect::Effect;
use super::super::key::{self, Key};
use super::super::keymap::ResolvedKeys;
use super::super::prompt::Typed;
use super::super::scroll::Scroll;
use super::command::Completion;
use super::{App, Line, Overlay};

impl App {
    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        self.message = None;
        if self.line.is_some() {
            return self.line_key(key);
        }
        self.typed.push(key);
        match self.keymap.resolve(self.context(), &self.typed) {
            ResolvedKeys::Action(action) => {
                self.typed.clear();
                self.may_follow.clear();
                self.act(action)
            }
            ResolvedKeys::Partial(next) => {
                self.may_follow = next;
                Vec::new()
            }
            ResolvedKeys::None => {
                self.unknown_key();
                Vec::new()
            }
        }
    }

    fn unknown_key(&mut self) {
        let keys = key::text(&self.typed);
        let began = self.typed.len() > 1;
        self.typed.clear();
        self.may_follow.clear();
        let escaped = keys.ends_with("Esc");
        if !(began && escaped) {
            let help = self.keymap.keys_of(self.context(), Action::Help);
            let help = help.first().map_or(":help", String::as_str);
            self.say(format!("{keys} does nothing here; {help} shows the keys"));
        }
    }

    fn line_key(&mut self, key: Key) -> Vec<Effect> {
        // Keys that type no text may be bound while a line is typed, as ^y copies in the quotes view.
        if key.text().is_none()
            && let ResolvedKeys::Action(action) = self.keymap.resolve(Context::Prompt, &[key])
        {
            match action {
                Action::ForceQuit => return self.cancel_line(),
                Action::Copy | Action::Export if self.line == Some(Line::Quotes) => {
                    return self.act(action);
                }
                _ => {}
            }
        }
        match &mut self.line {
            Some(Line::Filter(_)) => self.filter_key(key),
            Some(Line::Search(_)) => self.search_key(key),
            Some(Line::Command(..)) => self.command_key(key),
            Some(Line::Quotes) => self.quotes_key(key),
            Some(Line::Export(_)) => self.export_key(key),
            Some(Line::Help) => self.help_key(key),
            Some(Line::Pick) => self.pick_key(key),
            None => Vec::new(),
        }
    }

    fn cancel_line(&mut self) -> Vec<Effect> {
        self.line_key(Key::new(KeyCode::Esc, KeyModifiers::NONE))
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        match &mut self.line {
            Some(Line::Filter(prompt)) => {
                prompt.paste(text);
                self.filter_typed()
            }
            Some(Line::Search(prompt)) => {
                prompt.paste(text);
                self.search_typed();
                Vec::new()
            }
            Some(Line::Command(prompt, completion)) => {
                prompt.paste(text);
                *completion = Completion::default();
                Vec::new()
            }
            Some(Line::Quotes) => {
                self.quotes.query.paste(text);
                self.ask_for_quotes()
            }
            Some(Line::Export(prompt)) => {
                prompt.paste(text);
                Vec::new()
            }
            Some(Line::Help) => {
                if let Some(Overlay::Help(_, prompt)) = &mut self.overlay {
                    prompt.paste(text);
                }
                Vec::new()
            }
            Some(Line::Pick) => self.pick_paste(text),
            None => Vec::new(),
        }
    }

    fn help_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(Overlay::Help(_, prompt)) = &mut self.overlay else {
            self.line = None;
            return Vec::new();
        };
        self.overlay_scroll = Scroll::default();
        match prompt.key(key) {
            Typed::Cancelled => {
                prompt.set("");
                self.line = None;
            }
            Typed::Submitted => self.line = None,
            Typed::Edited | Typed::Kept | Typed::Other => {}
        }
        Vec::new()
    }
}
