//! Lines that are typed whatever the view: commands by name, after `:`, with completion, and names of files.

use crossterm::event::KeyCode::{BackTab, Tab};

use crate::tui::action::{Action, KeyContext};
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::shared::Shared;
use crate::tui::view::{PromptLine, PromptOwner, UpdateContext};

/// Names that are shown beside the line.
const SHOWN_NAMES: usize = 6;

/// The kinds of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// A command that will run in this context.
    Command(KeyContext),
    /// The name of a file to write.
    FileName,
}

/// A line that is being typed whatever the view: it goes before the prompts of views and overlays.
#[derive(Debug)]
pub(super) struct AppLine {
    prompt: Prompt,
    /// Its kind.
    pub(super) kind: LineKind,
    /// The words before the first Tab, and the number of the name that Tab takes next.
    completion: Option<(String, usize)>,
}

impl AppLine {
    /// Returns a line of this kind that holds `text`.
    pub(super) fn new(kind: LineKind, text: &str) -> Self {
        Self {
            prompt: Prompt::with(text),
            kind,
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

    /// Returns the actions that work in the context of a command and whose name begins with, or else holds, `stem`.
    fn candidates(&self, stem: &str) -> Vec<Action> {
        let LineKind::Command(context) = self.kind else {
            return Vec::new();
        };
        let all = Action::ALL.iter().copied();
        let fitting = all.filter(|action| action.fits(context));
        let holding = fitting.filter(|action| action.name().contains(stem));
        let (mut begin, hold): (Vec<Action>, Vec<Action>) =
            holding.partition(|action| action.name().starts_with(stem));
        begin.extend(hold);
        begin
    }

    /// Returns the names that a command may still have, with what each does and without.
    fn completions(&self) -> Vec<String> {
        let mut names = self.candidates(self.text());
        names.truncate(SHOWN_NAMES);
        let described = names
            .iter()
            .map(|it| format!("{} ({})", it.name(), it.doc()));
        let described: Vec<String> = described.collect();
        let names: Vec<&str> = names.into_iter().map(Action::name).collect();
        vec![described.join("  "), names.join("  ")]
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
        let (sign, notes) = match self.kind {
            LineKind::FileName => {
                let notes = ["Enter save   Esc cancel", "Enter save"];
                ("save as ", notes.map(str::to_owned).into())
            }
            LineKind::Command(_) => match self.text().parse::<Action>() {
                Ok(action) => (":", vec![action.doc().to_owned()]),
                Err(_) => (":", self.completions()),
            },
        };
        Some(PromptLine::Typed {
            sign,
            prompt: &self.prompt,
            notes,
        })
    }
}
