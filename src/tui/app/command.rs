//! Commands by name, typed after `:`, with completion.

use super::super::action::{Action, Context};
use super::super::effect::Effect;
use super::super::key::Key;
use super::super::prompt::Typed;
use super::{App, Line};

/// Which of the names that fit is taken when Tab is pressed again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// What was typed before the first Tab.
    stem: Option<String>,
    at: usize,
}

/// Returns the actions that work in `context` and whose name begins with, or else holds, `stem`.
pub fn candidates(context: Context, stem: &str) -> Vec<Action> {
    let fits = |action: &&Action| action.fits(context);
    let begins = |action: &&Action| action.name().starts_with(stem);
    let holds = |action: &&Action| action.name().contains(stem) && !action.name().starts_with(stem);
    let all = Action::ALL.iter();
    all.clone()
        .filter(fits)
        .filter(begins)
        .chain(all.filter(fits).filter(holds))
        .copied()
        .collect()
}

impl App {
    /// Returns the context in which the command being typed will run.
    pub fn command_context(&self) -> Context {
        let mut under = self.context();
        if under == Context::Prompt {
            under = match (self.view, self.focus) {
                (super::View::Compare, _) => Context::Compare,
                (super::View::Quotes, _) => Context::Quotes,
                (super::View::Grid, _) => Context::Grid,
                (_, super::Pane::List) => Context::List,
                (_, super::Pane::Reader) => Context::Reader,
            };
        }
        under
    }

    pub(super) fn command_key(&mut self, key: Key) -> Vec<Effect> {
        use crossterm::event::KeyCode::{BackTab, Tab};
        let context = self.command_context();
        let Some(Line::Command(prompt, completion)) = &mut self.line else {
            return Vec::new();
        };
        if matches!(key.code(), Tab | BackTab) {
            let stem = completion
                .stem
                .get_or_insert_with(|| prompt.text().to_owned())
                .clone();
            let names = candidates(context, &stem);
            let count = names.len().max(1);
            if let Some(action) = names.get(completion.at % count) {
                prompt.set(action.name());
            }
            completion.at = if key.code() == Tab {
                completion.at + 1
            } else {
                completion.at + count - 1
            } % count;
            return Vec::new();
        }
        match prompt.key(key) {
            Typed::Submitted => {
                let name = prompt.text().to_owned();
                self.line = None;
                self.run_command(&name)
            }
            Typed::Cancelled => {
                self.line = None;
                Vec::new()
            }
            Typed::Edited => {
                *completion = Completion::default();
                Vec::new()
            }
            Typed::Kept | Typed::Other => Vec::new(),
        }
    }
}
