//! Lines that are typed whatever the view: commands by name, after `:`, with completion, and names of files.

use crossterm::event::KeyCode::{BackTab, Tab};

use crate::tui::action::{Action, KeyContext};
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::shared::Shared;
use crate::tui::view::{PromptLine, PromptOwner, UpdateContext};

/// Names that are shown beside the line.
const SHOWN_NAMES: usize = 6;

/// A line that is being typed whatever the view: it goes before the prompts of views and overlays.
#[derive(Debug)]
pub(super) struct AppLine {
    prompt: Prompt,
    /// The context in which a command will run; none where the line is the name of a file.
    pub(super) context: Option<KeyContext>,
    /// The words before the first Tab, and the number of the name that Tab takes next.
    completion: Option<(String, usize)>,
}

impl AppLine {
    /// Returns a line for a command of `context`, or else for the name of a file, that holds `text`.
    pub(super) fn new(context: Option<KeyContext>, text: &str) -> Self {
        Self {
            prompt: Prompt::with(text),
            context,
            completion: None,
        }
    }

    /// Returns the words typed so far.
    pub(super) fn text(&self) -> &str {
        self.prompt.text()
    }

    fn complete(&mut self, is_back: bool) {
        let (stem, at) = self
            .completion
            .take()
            .unwrap_or_else(|| (self.prompt.text().to_owned(), 0));
        let names = self.candidates(&stem);
        let count = names.len().max(1);
        if let Some(action) = names.get(at % count) {
            self.prompt.set(action.name());
        }
        let next = at + if is_back { count - 1 } else { 1 };
        self.completion = Some((stem, next % count));
    }

    /// Returns the actions that work in the line's context and whose name begins with, or else holds, `stem`.
    fn candidates(&self, stem: &str) -> Vec<Action> {
        let fits = |action: &Action| self.context.is_some_and(|context| action.fits(context));
        let fitting = Action::ALL.iter().copied().filter(fits);
        let holding = fitting.filter(|action| action.name().contains(stem));
        let (mut begin, hold): (Vec<Action>, Vec<Action>) =
            holding.partition(|action| action.name().starts_with(stem));
        begin.extend(hold);
        begin
    }
}

impl PromptOwner for AppLine {
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
        let notes = match (self.context, self.text().parse::<Action>()) {
            (None, _) => vec!["Enter save".to_owned(), "Esc cancel".to_owned()],
            (_, Ok(action)) => vec![action.doc().to_owned()],
            (_, Err(_)) => {
                let names = self.candidates(self.text()).into_iter().take(SHOWN_NAMES);
                let named = names.map(|action| format!("{} ({})", action.name(), action.doc()));
                vec![named.collect::<Vec<_>>().join("  ")]
            }
        };
        Some(PromptLine::Typed {
            sign: if self.context.is_some() {
                ":"
            } else {
                "save as "
            },
            prompt: &self.prompt,
            notes,
        })
    }
}
