//! The line in which a note on a passage is written, in the reader and in the list of notes.

use crate::article::ArticleId;
use crate::state::PassageNote;
use crate::text::{CleanText, Span};
use crate::tui::action::{Action, KeyContext};
use crate::tui::effect::Effect;
use crate::tui::prompt::Prompt;
use crate::tui::shared::{Shared, UndoStep, UndoneChange};

use super::{PromptLine, UpdateContext};

/// A note being written.
#[derive(Debug)]
pub(super) struct NoteLine {
    /// The words so far.
    pub(super) prompt: Prompt,
    report: ArticleId,
    span: Span,
    /// The first words of the passage.
    passage: CleanText,
}

impl NoteLine {
    /// Returns the line for a note on the words at `span`, with those of the note that is there.
    pub(super) fn new(report: ArticleId, span: Span, text: &str, shared: &Shared) -> Self {
        match shared.state.note(report, span) {
            Some(note) => Self::change(report, note),
            None => Self::change(report, &PassageNote::new(span, text, "")),
        }
    }

    /// Returns the line that changes a note.
    pub(super) fn change(report: ArticleId, note: &PassageNote) -> Self {
        Self {
            prompt: Prompt::with(&note.words),
            report,
            span: note.span,
            passage: note.passage.clone(),
        }
    }

    /// Returns how the line looks.
    pub(super) fn prompt_line(&self) -> PromptLine<'_> {
        PromptLine::Typed {
            sign: "note: ",
            prompt: &self.prompt,
            notes: ["Enter save   Esc cancel", "Enter save"]
                .map(str::to_owned)
                .into(),
        }
    }

    /// Keeps the note; without a word it is deleted.
    pub(super) fn submit(self, cx: &mut UpdateContext<'_>) {
        let words = self.prompt.text().trim();
        if words.is_empty() {
            delete(self.report, self.span, cx);
            return;
        }
        let before = cx.shared.state.note(self.report, self.span).cloned();
        let note = PassageNote {
            span: self.span,
            passage: self.passage,
            words: CleanText::one_line(words),
        };
        if before.as_ref() == Some(&note) {
            return;
        }
        cx.shared.state.set_note(self.report, note);
        keep(
            "note saved",
            UndoneChange::Note(self.report, self.span, before),
            cx,
        );
    }
}

/// Deletes the note on a passage, if there is one.
pub(super) fn delete(report: ArticleId, span: Span, cx: &mut UpdateContext<'_>) {
    let deleted = cx.shared.state.delete_note(report, span);
    if deleted.is_some() {
        keep(
            "note deleted",
            UndoneChange::Note(report, span, deleted),
            cx,
        );
    }
}

/// Keeps what takes a change of a note back, and says that it was made.
fn keep(words: &str, change: UndoneChange, cx: &mut UpdateContext<'_>) {
    // While the note was typed, the keys were those of the line.
    let undo = cx.shared.key_in(KeyContext::Global, Action::Undo);
    cx.say(format!("{words}; {undo} undoes it"));
    cx.shared.undo.push(UndoStep {
        words: words.to_owned(),
        change,
    });
    cx.emit(Effect::Save);
}
