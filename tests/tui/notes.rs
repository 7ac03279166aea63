//! Notes on passages: selecting, writing, listing, changing, and the way back.

use crossread::filter::body::TextIndex;
use crossread::state::ReaderState;
use crossread::tui::effect::Effect;
use crossread::tui::view::ViewKind;

use crate::harness::{EVERY_SIZE, TWO_SIZES, frames};
use crate::stage::Stage;

/// Selects two sentences of the open report and writes a note on them.
fn with_note(stage: Stage) -> Stage {
    stage
        .keys("Enter ]q V j a")
        .typed("compare with what the other outlet has")
        .keys("Enter")
}

/// Writes another note, on a quotation of the same report.
fn with_notes(stage: Stage) -> Stage {
    with_note(stage)
        .keys("]q ]q ]q ]q a")
        .typed("who else was there?")
        .keys("Enter")
}

#[test]
fn selected_sentences_are_marked() {
    frames("selected", EVERY_SIZE, |stage| stage.keys("Enter ]q V j"));
}

#[test]
fn a_passage_with_a_note_has_a_sign_and_its_note_below() {
    frames("noted", EVERY_SIZE, with_note);
}

#[test]
fn notes_are_listed_with_their_passages() {
    frames("notes", EVERY_SIZE, |stage| with_notes(stage).keys("A"));
}

#[test]
fn without_a_note_the_list_says_how_one_is_written() {
    frames("notes-none", TWO_SIZES, |stage| stage.keys("A"));
}

#[test]
fn selected_sentences_are_copied_with_their_source() {
    let stage = Stage::bundled(120, 40).keys("Enter V j y");
    let copied = stage.copied().expect("words");
    let begins = "Prime Minister Mark Carney says he spoke";
    assert!(copied.starts_with(begins), "{copied}");
    assert!(copied.contains(" — outlet unknown"), "{copied}");
}

#[test]
fn keys_move_the_end_of_a_selection_and_escape_ends_it() {
    let mut stage = Stage::bundled(120, 40).keys("Enter V j j k");
    stage.says("2 sentences selected");
    let mut stage = stage.keys("Esc");
    assert!(!stage.text().contains("selected"));
    let mut stage = stage.keys("a");
    stage.says("a writes the note");
}

#[test]
fn a_note_can_be_changed_deleted_and_had_back() {
    let mut stage = with_note(Stage::bundled(120, 40)).keys("A a").typed(" too");
    stage.says("note: compare with what the other outlet has too");
    let mut stage = stage.keys("Enter d");
    stage.says("note deleted; u undoes it");
    assert!(stage.text().contains("no notes on these reports"));
    let mut stage = stage.keys("u");
    assert!(stage.text().contains("the other outlet has too"));
    let mut stage = stage.keys("u u");
    assert!(stage.text().contains("no notes on these reports"));
}

#[test]
fn keys_step_through_the_notes_of_a_report() {
    let mut stage = with_notes(Stage::bundled(120, 40)).keys("]n");
    stage.says("back at the first note");
    let mut stage = stage.keys("]n");
    stage.says("note: who else was there?");
    let mut stage = stage.keys("[n");
    stage.says("note: compare with what");
}

#[test]
fn notes_are_searched_as_words_are_typed() {
    let mut stage = with_notes(Stage::bundled(120, 40))
        .keys("A /")
        .typed("WHO ELSE");
    assert!(!stage.text().contains("who else"), "a capital counts");
    let mut stage = stage.keys("^u").typed("who else");
    assert!(stage.text().contains("who else"));
    assert!(!stage.text().contains("compare with what the other"));
    let mut stage = stage.keys("Enter Esc");
    assert!(stage.text().contains("compare with what the other"));
}

#[test]
fn a_note_leads_to_its_passage_and_back() {
    let mut stage = with_notes(Stage::bundled(120, 40)).keys("h A j");
    let before = stage.frame();
    let mut stage = stage.keys("Enter");
    assert_eq!(stage.app.current(), ViewKind::Browse);
    stage.says("note: who else was there?");
    let mut stage = stage.keys("h");
    assert_eq!(stage.frame(), before);
    assert_eq!(stage.keys("q").app.current(), ViewKind::Browse);
}

#[test]
fn a_note_is_there_in_the_next_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let (state, _) = ReaderState::load(folder.path());
    let run = |state| {
        let empty = Stage::remembering(120, 40, TextIndex::default(), state);
        empty.with(Stage::bundled_reports())
    };
    let mut stage = with_note(run(state));
    let changes = stage.app.shared.state.take_changes().expect("a note");
    changes.write(1).expect("a folder that can be written");
    let (state, _) = ReaderState::load(folder.path());
    let mut stage = run(state).keys("A");
    assert!(stage.text().contains("compare with what the other"));
}

#[test]
fn notes_are_exported_with_their_passages() {
    let stage = with_notes(Stage::bundled(120, 40)).keys("A e Enter");
    let written = stage.effects.iter().find_map(|effect| match effect {
        Effect::Write { path, contents, .. } => Some((path.clone(), contents.clone())),
        _ => None,
    });
    let (path, contents) = written.expect("a file");
    assert_eq!(path.to_str(), Some("notes.md"));
    assert!(
        contents.contains("\n> Prime Minister Mark Carney says"),
        "{contents}"
    );
    assert!(contents.contains("who else was there?"), "{contents}");
}
