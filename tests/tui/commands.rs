//! Commands by name, sequences of keys, and keys that mean nothing.

use crossread::tui::action::{Action, KeyContext};

use crate::browse::five;
use crate::harness::{EVERY_SIZE, TWO_SIZES, frames};
use crate::stage::Stage;

#[test]
fn a_command_being_typed() {
    frames("command", EVERY_SIZE, |stage| stage.keys(":").typed("so"));
}

#[test]
fn commands_are_described_only_where_all_of_them_fit() {
    let last_row = |width| Stage::bundled(width, 24).keys(":").typed("so").last_row();
    assert!(last_row(95).ends_with("reverse-sort (reverse the order)"));
    assert!(last_row(94).ends_with(" sort  reverse-sort"));
}

#[test]
fn the_name_of_a_file_being_typed() {
    frames("export", &[(40, 10)], |stage| stage.keys("\" Tab e"));
}

#[test]
fn the_keys_that_end_a_line_are_said_where_there_is_little_room() {
    five(40, 10).keys("c e").says("Enter save");
    five(40, 10).keys("c R").says("Enter compare   Esc cancel");
    five(32, 10).keys("c R").says("Enter compare");
    five(40, 10).keys("/").typed("steel").says("Esc show all");
}

#[test]
fn a_command_completed() {
    frames("command-completed", TWO_SIZES, |stage| {
        stage.keys(":").typed("l").keys("Tab Tab")
    });
}

#[test]
fn a_sequence_partly_typed() {
    frames("sequence", EVERY_SIZE, |stage| stage.keys("Enter ]"));
}

#[test]
fn a_long_description_hides_no_key_that_may_follow() {
    let says = |width, words| Stage::bundled(width, 24).keys("c ]").says(words);
    says(120, "s next statement   r put the next report on the right");
    says(98, "s next statement   r next-right-report");
    says(40, "c next difference   q next-quote");
}

#[test]
fn a_key_that_means_nothing_here_says_so() {
    for keys in ["F9", "Enter ]x", "c m", "^x", "\" Tab z"] {
        let mut stage = Stage::bundled(120, 40).keys(keys);
        stage.says("does nothing here");
    }
}

#[test]
fn esc_gives_a_sequence_up_without_a_word() {
    let mut stage = Stage::bundled(120, 40).keys("Enter ] Esc");
    assert!(stage.app.may_follow.is_empty());
    assert!(
        !stage.last_row().contains("does nothing"),
        "{}",
        stage.last_row()
    );
}

#[test]
fn what_is_said_is_gone_with_the_next_key() {
    let mut stage = Stage::bundled(120, 40).keys("F9 j");
    assert!(!stage.last_row().contains("does nothing"));
}

#[test]
fn a_misspelt_command_is_answered_with_the_nearest() {
    let mut stage = Stage::bundled(120, 40)
        .keys(":")
        .typed("nxt-report")
        .keys("Enter");
    stage.says("did you mean \"next-report\"");
}

#[test]
fn a_command_of_another_view_says_where_it_works() {
    let mut stage = Stage::bundled(120, 40)
        .keys(":")
        .typed("swap")
        .keys("Enter");
    stage.says("\"swap\" works only in: compare");
}

#[test]
fn q_as_in_vi_quits() {
    for command in ["q", "quit", "q!", "wq"] {
        assert!(
            Stage::bundled(80, 24)
                .keys("c :")
                .typed(command)
                .keys("Enter")
                .ended(),
            "{command}"
        );
    }
}

/// Places from which there is a next and a previous of everything.
const PLACES: [&str; 9] = [
    "m",
    "j Enter ]q j j",
    "m m c ]c",
    "C j",
    "m m c v = j j",
    "\" Tab j",
    "? ^d",
    "L j",
    "!",
];

/// Moving about is silent at either end; everything else must be seen, or say why not.
#[test]
fn no_action_is_met_with_silence() {
    let mut silent = Vec::new();
    for place in PLACES {
        let asked = |action: &&Action| !KeyContext::Move.actions().contains(action);
        for action in Action::ALL.iter().filter(asked) {
            let mut stage = five(90, 14).keys(place).keys("^l");
            let context = stage.app.key_context().name();
            let (before, asked) = (stage.frame(), stage.effects.len());
            let mut stage = stage.keys(":").typed(action.name()).keys("Enter");
            if stage.frame() == before && stage.effects.len() == asked {
                silent.push(format!("{} after {place} ({context})", action.name()));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}
