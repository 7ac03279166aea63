//! Help, the legend, and what could not be read.

use std::path::Path;

use crossread::ingest::ReadFailure;
use crossread::tui::action::{Action, KeyContext};
use crossread::tui::event::Event;

use crate::harness::{EVERY_SIZE, TWO_SIZES, frames};
use crate::stage::Stage;

fn failed(stage: Stage) -> Stage {
    stage.event(Event::Failed(vec![
        ReadFailure::new(
            Path::new("old/scan.pdf"),
            "is no text; export it as text first",
        ),
        ReadFailure::new(Path::new("wire\u{1b}[31m.txt"), "is empty"),
    ]))
}

#[test]
fn the_keys_of_the_list() {
    frames("help", EVERY_SIZE, |stage| stage.keys("?"));
}

#[test]
fn the_keys_of_the_comparison_narrowed() {
    frames("help-typed", TWO_SIZES, |stage| {
        stage.keys("c ? /").typed("differ")
    });
}

#[test]
fn what_the_colours_mean() {
    frames("legend", EVERY_SIZE, |stage| stage.keys("L"));
}

#[test]
fn the_facts_of_a_report_with_the_places_that_state_them() {
    frames("facts", EVERY_SIZE, |stage| stage.keys("i"));
}

#[test]
fn what_could_not_be_read() {
    frames("failures", EVERY_SIZE, |stage| failed(stage).keys("!"));
}

#[test]
fn the_title_says_that_something_could_not_be_read() {
    let mut stage = failed(Stage::bundled(120, 40));
    let title = stage.text().lines().next().unwrap_or_default().to_owned();
    assert!(title.contains("2 could not be read (!)"), "{title}");
}

#[test]
fn help_names_every_action_that_has_a_key_here() {
    let mut stage = Stage::bundled(120, 200).keys("?");
    let text = stage.text();
    for action in Action::ALL {
        let keys = stage.app.shared.keymap.keys_of(KeyContext::List, *action);
        if !keys.is_empty() {
            assert!(text.contains(&format!(":{}", action.name())), "{action:?}");
        }
    }
}

#[test]
fn help_scrolls_to_its_end() {
    let mut stage = Stage::bundled(80, 24).keys("? G");
    assert!(
        stage.text().contains("suspend (fg returns)"),
        "{}",
        stage.text()
    );
}

#[test]
fn the_key_that_opens_help_closes_it() {
    let before = Stage::bundled(80, 24).text();
    for keys in [
        "? ?",
        "? q",
        "? Esc",
        "F1 F1",
        "L L",
        "L q",
        "! !",
        "? / Esc Esc",
    ] {
        assert_eq!(Stage::bundled(80, 24).keys(keys).text(), before, "{keys}");
    }
}
