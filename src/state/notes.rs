//! Notes that the reader wrote on passages.

use serde::Deserialize;
use serde_json::Value;

use super::file::{NOTES, RawEntries};
use super::{ReaderState, known_entries, parse_id};
use crate::article::ArticleId;
use crate::text::grapheme::cut;
use crate::text::{CleanText, Span};

/// Columns of a passage that are kept with its note; the rest is in the report.
const PASSAGE: usize = 400;

/// A note on a passage of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageNote {
    /// The passage; comes from a file, so it may lie beyond the text.
    pub span: Span,
    /// The first words of the passage, so that a note can be shown without its report.
    pub passage: CleanText,
    /// The words of the reader.
    pub words: CleanText,
}

#[derive(Deserialize)]
struct SavedNote {
    #[serde(default)]
    passage: String,
    /// None once the note was deleted.
    words: Option<String>,
}

impl PassageNote {
    /// Returns a note on the words at `span` of `text`.
    pub fn new(span: Span, text: &str, words: &str) -> Self {
        Self::read(span, span.of(text), words)
    }

    fn read(span: Span, passage: &str, words: &str) -> Self {
        let passage = cut(&CleanText::one_line(passage), PASSAGE);
        Self {
            span,
            passage: CleanText::one_line(&passage),
            words: CleanText::one_line(words),
        }
    }
}

impl ReaderState {
    /// Returns the notes on `report`, in the order of their passages.
    pub fn notes(&self, report: ArticleId) -> &[PassageNote] {
        self.notes.get(&report).map_or(&[], Vec::as_slice)
    }

    /// Returns the note on exactly this passage.
    pub fn note(&self, report: ArticleId, span: Span) -> Option<&PassageNote> {
        self.notes(report).iter().find(|note| note.span == span)
    }

    /// Whether there is no note on any report.
    pub fn has_no_notes(&self) -> bool {
        self.notes.values().all(Vec::is_empty)
    }

    /// Keeps a note on `report` in place of the one on the same passage.
    pub fn set_note(&mut self, report: ArticleId, note: PassageNote) {
        let name = file_name(report, note.span);
        self.change(NOTES, name.clone(), "passage", note.passage.to_string());
        self.change(NOTES, name, "words", note.words.to_string());
        self.keep_note(report, note);
    }

    /// Deletes the note on exactly this passage, and returns it.
    pub fn delete_note(&mut self, report: ArticleId, span: Span) -> Option<PassageNote> {
        let notes = self.notes.get_mut(&report)?;
        let at = notes.iter().position(|note| note.span == span)?;
        let deleted = notes.remove(at);
        // The words go from the file too, not only from the screen.
        let name = file_name(report, span);
        self.change(NOTES, name.clone(), "passage", "");
        self.change(NOTES, name, "words", Value::Null);
        Some(deleted)
    }

    pub(super) fn read_notes(&mut self, sections: &RawEntries) {
        let saved = known_entries(sections, NOTES, parse_name);
        for ((report, span), SavedNote { passage, words }) in saved {
            if let Some(words) = words {
                self.keep_note(report, PassageNote::read(span, &passage, &words));
            }
        }
    }

    fn keep_note(&mut self, report: ArticleId, note: PassageNote) {
        let notes = self.notes.entry(report).or_default();
        match notes.binary_search_by_key(&note.span, |kept| kept.span) {
            Ok(at) => notes[at] = note,
            Err(at) => notes.insert(at, note),
        }
    }
}

fn file_name(report: ArticleId, span: Span) -> String {
    format!("{report}:{}-{}", span.start, span.end)
}

fn parse_name(name: &str) -> Option<(ArticleId, Span)> {
    let (report, place) = name.split_once(':')?;
    let (start, end) = place.split_once('-')?;
    let span = Span::new(start.parse().ok()?, end.parse().ok()?);
    Some((parse_id(report)?, span))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const REPORT: ArticleId = ArticleId(0xca);
    const TEXT: &str = "The port is closed. Nobody said when it opens.";

    fn saved(state: &mut ReaderState) {
        state.take_changes().unwrap().write(1).unwrap();
    }

    fn words(state: &ReaderState) -> Vec<&str> {
        let notes = state.notes(REPORT).iter();
        notes.map(|note| &*note.words as &str).collect()
    }

    #[test]
    fn notes_come_back_in_the_order_of_their_passages() {
        let folder = tempfile::tempdir().unwrap();
        let (mut state, _) = ReaderState::load(folder.path());
        state.set_note(
            REPORT,
            PassageNote::new(Span::new(20, 46), TEXT, "ask the port"),
        );
        state.set_note(
            REPORT,
            PassageNote::new(Span::new(0, 19), TEXT, "since May"),
        );
        state.set_note(
            REPORT,
            PassageNote::new(Span::new(0, 19), TEXT, "since March"),
        );
        saved(&mut state);
        let (state, _) = ReaderState::load(folder.path());
        assert_eq!(words(&state), ["since March", "ask the port"]);
        assert_eq!(&*state.notes(REPORT)[0].passage, "The port is closed.");
        assert!(!state.has_no_notes());
    }

    #[test]
    fn a_deleted_note_is_gone_from_the_file_too() {
        let folder = tempfile::tempdir().unwrap();
        let (mut state, _) = ReaderState::load(folder.path());
        let note = PassageNote::new(Span::new(0, 19), TEXT, "since May");
        state.set_note(REPORT, note.clone());
        saved(&mut state);
        assert_eq!(state.delete_note(REPORT, note.span), Some(note));
        saved(&mut state);
        let (state, _) = ReaderState::load(folder.path());
        assert!(state.has_no_notes());
        let file = fs::read_to_string(folder.path().join("state.json")).unwrap();
        assert!(!file.contains("since May") && !file.contains("port"));
    }

    #[test]
    fn words_of_a_changed_file_are_no_control_sequences() {
        let folder = tempfile::tempdir().unwrap();
        let file = r#"{"notes":{"ca:0-9":{"words":"a\u001b[31mb","passage":"c\nd"},"ca:x":{}}}"#;
        fs::write(folder.path().join("state.json"), file).unwrap();
        let (state, warning) = ReaderState::load(folder.path());
        assert_eq!(warning, None);
        let note = &state.notes(REPORT)[0];
        assert!(!note.words.contains('\u{1b}'));
        assert_eq!(&*note.passage, "c d");
    }
}
