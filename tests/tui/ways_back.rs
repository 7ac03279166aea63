//! The way back: from each view to the one that it was opened from, and over all places visited.

use crossread::tui::view::ViewKind;
use crossread::tui::view::browse::Pane;

use crate::harness::{EVERY_SIZE, frames};
use crate::stage::Stage;

/// Views with something in focus, from which Enter opens a report.
const OPENERS: [(&str, &str); 6] = [
    ("c ]c ]c", "back to comparison"),
    ("c v j j", "back to comparison"),
    ("c f f ]c", "back to comparison"),
    ("C j j l", "back to grid"),
    ("\" w h i t e Tab j", "back to quotes"),
    ("\" Tab o j", "back to quotes"),
];

#[test]
fn a_report_opened_from_a_view_leads_back_to_the_same_place_in_it() {
    for (keys, words) in OPENERS {
        for back in ["h", "Esc", "q", "^o"] {
            let mut view = Stage::bundled(120, 40).keys(keys);
            let before = view.frame();
            let mut report = view.keys("Enter");
            assert_eq!(report.app.views.browse.focus, Pane::Reader, "{keys}");
            report.says(words);
            let mut stage = report.keys(back);
            assert!(!stage.ended(), "{keys} Enter {back}");
            assert_eq!(stage.frame(), before, "{keys} Enter {back}");
        }
    }
}

#[test]
fn each_view_leads_back_the_way_one_came() {
    let stage = Stage::bundled(120, 40).keys("C j Enter c ]c Enter");
    let kinds = [
        (ViewKind::Compare, Pane::Reader),
        (ViewKind::Browse, Pane::Reader),
        (ViewKind::Coverage, Pane::Reader),
        (ViewKind::Browse, Pane::List),
    ];
    let mut stage = stage;
    for (number, (kind, pane)) in kinds.into_iter().enumerate() {
        stage = stage.keys("q");
        assert_eq!(stage.app.current(), kind, "step {number}");
        if kind == ViewKind::Browse {
            assert_eq!(stage.app.views.browse.focus, pane, "step {number}");
        }
        assert!(!stage.ended());
    }
    assert!(stage.keys("q").ended());
}

#[test]
fn a_view_that_is_opened_again_is_gone_back_to() {
    let stage = Stage::bundled(120, 40).keys("c ]c Enter c Enter c q");
    assert_eq!(stage.app.current(), ViewKind::Browse);
    assert_eq!(stage.app.views.browse.focus, Pane::List);
    assert!(stage.keys("q").ended());
}

#[test]
fn older_and_newer_places_go_over_all_that_was_visited() {
    let mut stage = Stage::bundled(120, 40).keys("C j j");
    let grid = stage.frame();
    let mut stage = stage.keys("c ]c");
    let compared = stage.frame();
    let mut stage = stage.keys("Enter");
    let report = stage.frame();
    let mut stage = stage.keys("^o");
    assert_eq!(stage.frame(), compared);
    let mut stage = stage.keys("^o");
    assert_eq!(stage.frame(), grid);
    let mut stage = stage.keys("Alt-i");
    assert_eq!(stage.frame(), compared);
    let mut stage = stage.keys("Alt-Right");
    assert_eq!(stage.frame(), report);
    let mut stage = stage.keys("Alt-i");
    stage.says("no newer place");
    let mut stage = stage.keys("^o ^o ^o ^o");
    stage.says("no older place");
    assert!(stage.keys("q").ended());
}

#[test]
fn a_filter_and_a_selection_are_there_again() {
    let mut list = Stage::bundled(120, 40)
        .keys("/")
        .typed("white")
        .keys("Enter");
    // The report counts as read by then.
    let before = list.text().replace('•', " ");
    let mut stage = list.keys("c ]c Enter q q");
    assert_eq!(stage.app.current(), ViewKind::Browse);
    assert_eq!(stage.text().replace('•', " "), before);
}

#[test]
fn the_passage_that_another_view_opened_is_marked() {
    frames("opened-passage", EVERY_SIZE, |stage| {
        stage.keys("c ]c ]c Enter")
    });
}

/// Keys that lead from view to view, each with the keys that lead back.
const WALK: [(&str, &str); 11] = [
    ("Enter", "q"),
    ("c", "q"),
    ("c ]c ]c Enter", "h"),
    ("c ]o Enter", "Esc"),
    ("c v j Enter", "q"),
    ("C", "q"),
    ("C j l Enter", "h"),
    ("C j l c", "q"),
    ("\" Tab", "q"),
    ("\" Tab j j Enter", "h"),
    ("F t r a d e Enter Enter", "h"),
];

/// Returns the view, its first and its last row.
fn recorded(stage: &mut Stage) -> String {
    let text = stage.text();
    let (first, last) = (text.lines().next(), text.lines().last());
    format!(
        "  {:?}\n  {}\n  {}\n",
        stage.app.current(),
        first.unwrap_or_default(),
        last.unwrap_or_default()
    )
}

#[test]
fn a_walk_through_every_view_and_back() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for (width, height) in [(80, 24), (120, 40), (200, 50), (40, 10)] {
        let mut record = String::new();
        for (keys, back) in WALK {
            let (into, open) = keys.rsplit_once(' ').unwrap_or(("", keys));
            let list = Stage::bundled(width, height);
            let mut from = if into.is_empty() {
                list
            } else {
                list.keys(into)
            };
            let before = from.text().replace('•', " ");
            let mut there = from.keys(open);
            record += &format!("{keys}\n{}", recorded(&mut there));
            let mut again = there.keys(back);
            record += &format!("{back}\n{}\n", recorded(&mut again));
            assert!(!again.ended(), "{keys} {back} at {width}x{height}");
            // Tab is the last key of one of them: that view was opened by the key before.
            if open != "Tab" {
                let after = again.text().replace('•', " ");
                assert_eq!(after, before, "{keys} {back} at {width}x{height}");
            }
        }
        insta::assert_snapshot!(format!("walk-{width}x{height}"), record);
    }
}

#[test]
fn the_way_back_is_the_same_in_every_theme() {
    for theme in ["light", "mono"] {
        for (keys, back) in WALK {
            let mut dark = Stage::bundled(80, 24).keys(keys).keys(back);
            let mut other = Stage::bundled(80, 24).theme(theme).keys(keys).keys(back);
            assert_eq!(other.text(), dark.text(), "{theme}: {keys} {back}");
        }
    }
}
