//! Commands by name, typed after `:`, with completion.

use crossterm::event::KeyCode::{BackTab, Tab};

use crate::tui::action::{Action, KeyContext};
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::shared::Shared;
use crate::tui::view::{PromptLine, PromptOwner, UpdateContext};

/// Names that are shown beside the line.
const SHOWN_NAMES: usize = 6;

/// The command that is being typed.
#[derive(Debug)]
pub struct CommandLine {
    prompt: Prompt,
    /// The context in which it will run.
    context: KeyContext,
    /// The words before the first Tab, and the number of the name that Tab takes next.
    completion: Option<(String, usize)>,
}

impl CommandLine {
    /// Returns an empty line for commands of `context`.
    pub fn new(context: KeyContext) -> Self {
        Self {
            prompt: Prompt::default(),
            context,
            completion: None,
        }
    }

    /// Returns the words typed so far.
    pub fn text(&self) -> &str {
        self.prompt.text()
    }

    fn complete(&mut self, is_back: bool) {
        let (stem, at) = self
            .completion
            .take()
            .unwrap_or_else(|| (self.prompt.text().to_owned(), 0));
        let names = candidates(self.context, &stem);
        let count = names.len().max(1);
        if let Some(action) = names.get(at % count) {
            self.prompt.set(action.name());
        }
        let next = at + if is_back { count - 1 } else { 1 };
        self.completion = Some((stem, next % count));
    }
}

impl PromptOwner for CommandLine {
    fn prompt(&mut self) -> Option<&mut Prompt> {
        Some(&mut self.prompt)
    }

    fn on_prompt(&mut self, event: PromptEvent, _cx: &mut UpdateContext<'_>) {
        match event {
            PromptEvent::OtherKey(key) if key.code() == Tab => self.complete(false),
            PromptEvent::OtherKey(key) if key.code() == BackTab => self.complete(true),
            PromptEvent::Edited => self.completion = None,
            _ => {}
        }
    }

    fn prompt_line(&self, _shared: &Shared) -> Option<PromptLine<'_>> {
        let typed = self.prompt.text();
        let doc = typed
            .parse::<Action>()
            .map(|action| action.doc().to_owned());
        let names = || {
            let names = candidates(self.context, typed).into_iter();
            let names: Vec<&str> = names.take(SHOWN_NAMES).map(Action::name).collect();
            names.join("  ")
        };
        Some(PromptLine::Typed {
            sign: ":",
            prompt: &self.prompt,
            aside: doc.unwrap_or_else(|_| names()),
        })
    }
}

/// Returns the actions that work in `context` and whose name begins with, or else holds, `stem`.
fn candidates(context: KeyContext, stem: &str) -> Vec<Action> {
    let fitting = Action::ALL.iter().filter(|action| action.fits(context));
    let holding = fitting.filter(|action| action.name().contains(stem));
    let (mut begin, hold): (Vec<Action>, Vec<Action>) =
        holding.partition(|action| action.name().starts_with(stem));
    begin.extend(hold);
    begin
}
