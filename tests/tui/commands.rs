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
fn a_command_is_found_by_what_it_does_and_run_from_the_list() {
    let mut stage = Stage::bundled(120, 40).keys(":").typed("legend");
    assert!(stage.text().contains("legend: marks and colours"));
    stage = stage.keys("^u").typed("switch");
    assert!(stage.text().contains("▌") && stage.text().contains(":theme"));
    stage.keys("Enter").says("theme: ");
    let mut stage = Stage::bundled(120, 40)
        .keys(":")
        .typed("so")
        .keys("Down Down Enter");
    assert!(
        stage.text().contains("sort date ↑"),
        "the second is reverse-sort"
    );
}

#[test]
fn commands_take_arguments() {
    let run = |words: &str| five(120, 40).keys(":").typed(words).keys("Enter");
    let mut stage = run("sort outlet");
    assert!(stage.text().contains("sort outlet"));
    stage.says("sorted by outlet");
    run("sort size").says("unknown order \"size\"; there are date, outlet, headline, length");
    run("theme light").says("theme: light");
    run("theme pink").says("unknown theme \"pink\"");
    let order = five(120, 40).app.shared.list.order;
    let sides = run("compare 2 5")
        .app
        .views
        .compare
        .reports
        .expect("a comparison");
    assert_eq!((sides.left, sides.right), (order[1], order[4]));
    run("compare 2 9").says("the list has 1 to 5");
    run("filter quebec").says("/quebec");
    run("swap 2").says("works only in: compare");
    run("legend 2").says("takes no arguments");
}

#[test]
fn the_arguments_of_a_command_are_listed_and_those_run_before_come_first() {
    let mut stage = Stage::bundled(120, 40).keys(":").typed("sort h");
    assert!(stage.text().contains(":sort headline"), "{}", stage.text());
    stage = stage.keys("Tab Enter :");
    let text = stage.text();
    let first = text.lines().find(|line| line.contains(":sort headline"));
    assert!(
        first.is_some_and(|line| line.contains("recent: ")),
        "{text}"
    );
    assert!(stage.keys("Down Enter").text().contains("sort headline"));
}

#[test]
fn a_name_that_cannot_be_written_stays_open_to_be_mended() {
    let mut stage = five(120, 24)
        .keys("c e")
        .keys("^u")
        .typed("x.exe")
        .keys("Enter");
    stage.says("save as x.exe");
    stage.says("not saved: the name must end in");
    let mut stage = stage.keys("Backspace");
    assert!(!stage.last_row().contains("not saved"));
    stage
        .app
        .ask_name_again("a-2.md", "a.md exists and was not overwritten");
    stage.says("save as a-2.md");
    stage.says("a.md exists and was not overwritten");
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
    says(160, "s next statement   r put the next report on the right");
    says(134, "s next statement   r next-right-report");
    says(40, "c next difference   o next-only");
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

#[test]
fn f1_opens_help_in_every_prompt_and_the_line_comes_back() {
    for (keys, sign) in [
        ("/ a b", "/ab"),
        (": s o", ":so"),
        ("c e", "save as "),
        ("c R a", "B: a"),
        ("Enter / a", "/a"),
    ] {
        let stage = five(120, 40).keys(keys);
        let mut stage = stage.keys("F1");
        let text = stage.text();
        assert!(
            text.contains("While typing") && text.contains("outlet:cbc"),
            "{keys}: {text}"
        );
        for close in ["Esc", "q", "F1"] {
            let mut stage = five(120, 40).keys(keys).keys("F1").keys(close);
            stage.says(sign);
        }
    }
    frames("help-prompt", TWO_SIZES, |stage| stage.keys("/ F1"));
}

#[test]
fn a_number_before_a_key_says_how_often() {
    let selected = |keys: &str| five(120, 40).keys(keys).app.shared.list.selected;
    assert_eq!(selected("3 j"), 3);
    assert_eq!(selected("G 2 k"), 2);
    assert_eq!(selected("4 G"), 3);
    assert_eq!(selected("2 Esc j"), 1, "Esc forgets it");
    assert_eq!(selected("1 0 j"), 4);
    five(120, 40).keys("1 2").says("12 …");
    let mut stage = Stage::bundled(120, 40).keys("Enter 3 ]q");
    stage.says("quote 3/9");
}

#[test]
fn a_wide_line_is_filled_with_keys() {
    let mut stage = Stage::bundled(200, 50);
    for words in [
        "C coverage",
        "F search texts",
        ": commands",
        "L legend",
        "? help",
    ] {
        stage.says(words);
    }
}
