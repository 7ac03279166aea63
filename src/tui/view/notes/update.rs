//! The actions of the notes view, its search, and the line in which a note is changed.

use crate::config::CitationStyle;
use crate::report::cited_note;
use crate::tui::action::NotesAction;
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::shared::Shared;
use crate::tui::view::note_line::{self, NoteLine};
use crate::tui::view::{Navigation, PromptLine, PromptOwner, ReaderTarget, UpdateContext};

use super::NotesView;

impl NotesView {
    pub(super) fn perform(&mut self, action: NotesAction, cx: &mut UpdateContext<'_>) {
        match action {
            NotesAction::Search => self.typing = Some(Prompt::with(&self.search)),
            NotesAction::Export => cx.go(Navigation::Export),
            action => self.perform_on_note(action, cx),
        }
    }

    fn perform_on_note(&mut self, action: NotesAction, cx: &mut UpdateContext<'_>) {
        let Some(listed) = self.current().cloned() else {
            cx.say("no note selected");
            return;
        };
        let (report, note) = (listed.report, listed.note);
        match action {
            NotesAction::Open => cx.go(Navigation::Read(report, ReaderTarget::Span(note.span))),
            NotesAction::Note => self.changing = Some(NoteLine::change(listed.id, &note)),
            NotesAction::Delete => {
                note_line::delete(listed.id, note.span, cx);
                self.gather(cx.shared);
            }
            _ => {
                if let Some(summary) = cx.shared.summary(report) {
                    let style = match action {
                        NotesAction::CopyMarkdown => CitationStyle::Markdown,
                        _ => cx.shared.config.citation,
                    };
                    cx.copy(cited_note(&note, summary, style));
                }
            }
        }
    }
}

impl PromptOwner for NotesView {
    fn prompt(&mut self) -> Option<&mut Prompt> {
        let note = self.changing.as_mut().map(|line| &mut line.prompt);
        note.or(self.typing.as_mut())
    }

    fn on_prompt(&mut self, event: PromptEvent, cx: &mut UpdateContext<'_>) {
        match (event, self.changing.take()) {
            (PromptEvent::Submitted, Some(line)) => {
                line.submit(cx);
                self.gather(cx.shared);
            }
            (PromptEvent::Cancelled, Some(_)) => {}
            (_, Some(line)) => self.changing = Some(line),
            (event, None) => self.on_search(event, cx.shared),
        }
    }

    fn prompt_line(&self, _shared: &Shared) -> Option<PromptLine<'_>> {
        if let Some(line) = &self.changing {
            return Some(line.prompt_line());
        }
        let prompt = self.typing.as_ref()?;
        let (shown, total) = (self.listed.len(), self.total);
        Some(PromptLine::Typed {
            sign: "/",
            prompt,
            notes: vec![
                format!("{shown} of {total}   Enter keep   Esc show all"),
                format!("{shown} of {total}"),
            ],
        })
    }
}

impl NotesView {
    fn on_search(&mut self, event: PromptEvent, shared: &Shared) {
        match event {
            PromptEvent::Edited => {
                let typed = self.typing.as_ref().map(Prompt::text);
                self.search = typed.unwrap_or_default().to_owned();
                self.selected = 0;
            }
            PromptEvent::Submitted => self.typing = None,
            PromptEvent::Cancelled => {
                self.typing = None;
                self.search.clear();
            }
            PromptEvent::Moved(rows) => {
                self.selected = self.selected.saturating_add_signed(rows);
            }
            PromptEvent::OtherKey(_) => {}
        }
        self.gather(shared);
    }
}
