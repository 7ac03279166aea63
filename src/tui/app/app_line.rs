//! Lines that are typed whatever the view: commands by name, after `:`, with a list to choose from, and names of files.

use crossterm::event::KeyCode::{BackTab, Tab};
use ratatui::layout::{Position, Rect};

use crate::tui::action::{Action, KeyContext};
use crate::tui::canvas::Canvas;
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::shared::Shared;
use crate::tui::view::{PromptLine, PromptOwner, UpdateContext};
use crate::tui::words::counted;

use super::palette::Palette;

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
    /// The commands on offer.
    palette: Palette,
    /// The commands run before, the last first.
    history: Vec<String>,
}

impl AppLine {
    /// Returns a line for the name of a file.
    pub(super) fn file_name(text: &str) -> Self {
        Self {
            prompt: Prompt::with(text),
            kind: LineKind::FileName,
            palette: Palette::default(),
            history: Vec::new(),
        }
    }

    /// Returns a line for a command that will run in `context`.
    pub(super) fn command(context: KeyContext, history: &[String], shared: &Shared) -> Self {
        let mut line = Self {
            prompt: Prompt::default(),
            kind: LineKind::Command(context),
            palette: Palette::default(),
            history: history.to_vec(),
        };
        line.narrow(shared);
        line
    }

    /// Returns the words that Enter takes: the command chosen from the list, else what is typed, made whole where it is the beginning of
    /// a command.
    pub(super) fn entered(&self) -> &str {
        let typed = self.prompt.text();
        let name = typed.split_whitespace().next().unwrap_or_default();
        let is_whole =
            name.parse::<Action>().is_ok() || name.len() < 2 || name == "wq" || name == "q!";
        match (self.palette.chosen(), self.palette.first()) {
            (Some(chosen), _) => &chosen.command,
            (None, Some(first)) if !is_whole => &first.command,
            _ => typed,
        }
    }

    /// Draws the commands on offer.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>) {
        if let LineKind::Command(context) = self.kind {
            self.palette.draw(canvas, context);
        }
    }

    /// Chooses the command that is drawn at a place; false where none is.
    pub(super) fn choose_at(&mut self, at: Position, screen: Rect) -> bool {
        matches!(self.kind, LineKind::Command(_)) && self.palette.choose_at(at, screen)
    }

    /// Moves the choice among the commands.
    pub(super) fn move_choice(&mut self, rows: isize) {
        self.palette.select(rows);
    }

    fn narrow(&mut self, shared: &Shared) {
        if let LineKind::Command(context) = self.kind {
            let typed = self.prompt.text();
            self.palette.narrow(typed, context, &self.history, shared);
        }
    }

    /// Writes the command that is chosen, or the next one, into the line.
    fn complete(&mut self, by: isize) {
        self.palette.select(by);
        if let Some(chosen) = self.palette.chosen() {
            self.prompt.set(&chosen.command);
        }
    }
}

impl PromptOwner for AppLine {
    fn prompt(&mut self) -> Option<&mut Prompt> {
        Some(&mut self.prompt)
    }

    fn on_prompt(&mut self, event: PromptEvent, cx: &mut UpdateContext<'_>) {
        match event {
            PromptEvent::OtherKey(key) if key.code() == Tab => self.complete(1),
            PromptEvent::OtherKey(key) if key.code() == BackTab => self.complete(-1),
            PromptEvent::Moved(rows) => self.palette.select(rows),
            PromptEvent::Edited => self.narrow(cx.shared),
            _ => {}
        }
    }

    fn prompt_line(&self, _shared: &Shared) -> Option<PromptLine<'_>> {
        let (sign, notes) = match self.kind {
            LineKind::FileName => {
                let notes = ["Enter save   Esc cancel", "Enter save"];
                ("save as ", notes.map(str::to_owned).into())
            }
            LineKind::Command(_) => (":", self.command_notes()),
        };
        Some(PromptLine::Typed {
            sign,
            prompt: &self.prompt,
            notes,
        })
    }
}

impl AppLine {
    fn command_notes(&self) -> Vec<String> {
        let keys = "↑↓ choose   Tab complete   Enter run   Esc cancel";
        match self.palette.count() {
            0 if !self.prompt.is_empty() => vec!["no such command".to_owned()],
            count => vec![
                format!("{}   {keys}", counted(count, "command")),
                keys.to_owned(),
                "Enter run   Esc cancel".to_owned(),
                "Enter run".to_owned(),
            ],
        }
    }
}
