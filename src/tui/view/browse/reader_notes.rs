//! Selecting sentences in the reader, and the notes on its passages.

use crate::report;
use crate::state::PassageNote;
use crate::text::Span;
use crate::tui::action::Action;
use crate::tui::prompt::PromptEvent;
use crate::tui::shared::Shared;
use crate::tui::view::note_line::NoteLine;
use crate::tui::view::{ScrollDistance, UpdateContext, step};
use crate::tui::words::counted;

use super::reader_pane::ReaderPane;
use super::selection::SentenceSelection;

/// Sentences that half a screen and a whole one move the end of a selection.
const HALF: isize = 4;

impl ReaderPane {
    /// Begins to select sentences: at what is in focus, else at the top of the screen. Selecting again ends it.
    pub(super) fn select_sentences(&mut self, cx: &mut UpdateContext<'_>) {
        if self.selection.take().is_some() {
            return;
        }
        let at = self.span_in_focus().map_or(self.place, |span| span.start);
        let report = self.open_report(cx.shared);
        self.selection = report.and_then(|report| SentenceSelection::new(&report.article, at));
        match self.selection {
            // The selection takes its place: one thing is marked at a time.
            Some(_) => self.focus = None,
            None => cx.say("no sentence to select here"),
        }
    }

    /// Moves the end of the selection.
    pub(super) fn extend_selection(&mut self, distance: ScrollDistance, shared: &Shared) {
        let by = match distance {
            ScrollDistance::Lines(by) => by,
            ScrollDistance::Halves(by) => by * HALF,
            ScrollDistance::Pages(by) => by * 2 * HALF,
            all @ ScrollDistance::All(_) => all.lines(0),
        };
        let report = self.open_report(shared);
        let (Some(report), Some(mut selection)) = (report, self.selection) else {
            return;
        };
        selection.move_head(&report.article, by);
        self.selection = Some(selection);
        self.show(selection.head());
    }

    /// Copies the selected sentences with their source, and ends the selection; false where none are selected.
    pub(super) fn copy_selection(&mut self, cx: &mut UpdateContext<'_>) -> bool {
        let Some(selection) = self.selection.take() else {
            return false;
        };
        if let Some(report) = self.open_report(cx.shared) {
            let style = cx.shared.config.citation;
            let cited = report::passage_citation(&report.article, selection.span(), style);
            cx.copy(cited);
        }
        true
    }

    /// Opens the line for a note on what is selected or in focus; without that the sentences are to be selected first.
    pub(super) fn write_note(&mut self, cx: &mut UpdateContext<'_>) {
        let selected = self.selection.map(SentenceSelection::span);
        let Some(span) = selected.or_else(|| self.span_in_focus()) else {
            self.select_sentences(cx);
            if self.selection.is_some() {
                let key = |action| cx.key_for(action);
                let (down, note) = (key(Action::Down), key(Action::Note));
                cx.say(format!(
                    "{down} selects more, {note} writes the note; Esc cancels"
                ));
            }
            return;
        };
        if let Some(report) = self.open_report(cx.shared) {
            let article = &report.article;
            let line = NoteLine::new(article.id, span, &article.text, cx.shared);
            self.noting = Some(line);
        }
    }

    /// Reacts to the line in which a note is written.
    pub(super) fn on_note_prompt(&mut self, event: PromptEvent, cx: &mut UpdateContext<'_>) {
        match event {
            PromptEvent::Submitted => {
                if let Some(selection) = self.selection.take() {
                    self.passage = Some(selection.span());
                }
                if let Some(line) = self.noting.take() {
                    line.submit(cx);
                }
            }
            PromptEvent::Cancelled => self.noting = None,
            _ => {}
        }
    }

    /// Goes to the next note, or the previous one.
    pub(super) fn go_to_note(&mut self, by: isize, cx: &mut UpdateContext<'_>) {
        let notes = self.notes(cx.shared);
        let here = self.span_in_focus();
        let at = here.and_then(|here| notes.iter().position(|note| note.span == here));
        let after = notes.partition_point(|note| {
            let from = here.map_or(self.place, |here| here.start);
            note.span.start < from
        });
        let next = match at {
            Some(at) => step(at, by, notes.len()),
            None if by > 0 && after < notes.len() => Some((after, false)),
            None if by > 0 => (!notes.is_empty()).then_some((0, true)),
            None => step(after, -1, notes.len()),
        };
        let Some((span, wrapped)) =
            next.and_then(|(at, wrapped)| Some((notes.get(at)?.span, wrapped)))
        else {
            let write = cx.key_for(Action::Note);
            cx.say(format!("no notes on this report; {write} writes one"));
            return;
        };
        self.focus = None;
        self.passage = Some(span);
        self.show(span);
        match (wrapped, by > 0) {
            (true, true) => cx.say("back at the first note"),
            (true, false) => cx.say("back at the last note"),
            (false, _) => {}
        }
        self.save_place(cx.shared);
    }

    /// Returns the notes on the open report.
    pub(super) fn notes<'s>(&self, shared: &'s Shared) -> &'s [PassageNote] {
        let report = self.open_report(shared);
        report.map_or(&[], |report| shared.state.notes(report.article.id))
    }

    /// Returns what is said of the selection, or of the note on what is in focus.
    pub(super) fn selection_words(&self, shared: &Shared) -> Option<String> {
        if let (Some(selection), Some(report)) = (self.selection, self.open_report(shared)) {
            let count = counted(selection.count(&report.article), "sentence");
            return Some(format!("{count} selected"));
        }
        let here = self.span_in_focus()?;
        let note = self
            .notes(shared)
            .iter()
            .find(|note| note.span.overlaps(here))?;
        Some(format!("note: {}", note.words))
    }

    /// Returns the mark in focus, or else the passage at which another view opened the report.
    fn span_in_focus(&self) -> Option<Span> {
        let focus = self.focus.map(|mark| mark.span);
        focus.or(self.passage)
    }
}
