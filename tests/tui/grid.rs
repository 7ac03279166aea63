//! Which report covers what.

use crossread::ingest::article_from_text;
use crossread::library::LibraryEntry;

use crate::harness::{EVERY_SIZE, frames};
use crate::stage::Stage;

#[test]
fn the_grid() {
    frames("grid", EVERY_SIZE, |stage| stage.keys("C j l"));
}

#[test]
fn a_cell_is_read_in_its_report_and_c_comes_back_to_it() {
    let mut grid = Stage::bundled(120, 40).keys("C j l");
    let before = grid.text();
    let mut stage = grid.keys("Enter");
    assert_ne!(stage.text(), before);
    let mut stage = stage.keys("C");
    stage.says("both reports of the list");
    // The message goes with the next key.
    let mut stage = stage.keys("k j");
    assert_eq!(stage.text(), before);
    let stage = stage.keys("q");
    assert!(!stage.ended());
}

/// Reports of one event: three have a sentence in the same words, one in others.
fn ferry(width: u16, height: u16) -> Stage {
    let report = |outlet: &str, ship: &str, own: &str| {
        let text = format!(
            "title: Ferry stays in port\noutlet: {outlet}\ndate: 2026-05-04\n\nThe ferry to Vessel Bay stayed in port on Monday after its crew walked out.\n\n\"We will not sail on a {ship} that leaks,\" said Ana Ruiz, who speaks for the crew.\n\n{own}"
        );
        LibraryEntry::new(article_from_text("a.txt", &text))
    };
    let reports = vec![
        report(
            "The Harbour Gazette",
            "ship",
            "Shops on the island ran out of bread.",
        ),
        report(
            "Island Courier",
            "ship",
            "The line carries 900 people a day.",
        ),
        report(
            "Vessel Bay Times",
            "boat",
            "The owner promised new pumps for the summer.",
        ),
    ];
    Stage::empty(width, height).with(reports)
}

#[test]
fn the_same_wording_of_several_reports_stands_once_with_their_names() {
    let mut stage = ferry(120, 40).keys("C").until("j", "quoted");
    let text = stage.text();
    let quoted = text.matches("that leaks,\"").count();
    assert!(text.contains("2 reports: "), "{text}");
    assert_eq!(quoted, 3, "one in the grid, two wordings below: {text}");
    for words in ["Harbour", "Gazette", "Vessel Bay", "Times"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    frames("grid-outlets", EVERY_SIZE, |stage| {
        let (width, height, theme) = stage.look();
        ferry(width, height).theme(&theme).keys("C j")
    });
}

#[test]
fn the_words_below_the_grid_scroll() {
    let mut stage = ferry(60, 14).keys("C j");
    let before = stage.text();
    let mut stage = stage.keys(") )");
    assert_ne!(stage.text(), before);
    let mut stage = stage.keys("( (");
    assert_eq!(stage.text(), before);
}

#[test]
fn rows_are_searched_in_all_reports_and_filtered() {
    let mut stage = ferry(120, 40).keys("C /").typed("pumps");
    stage.says("1 row");
    let mut stage = stage.keys("Enter");
    assert!(stage.text().contains("The owner promised new pumps"));
    let stage = stage.keys("/ ^u").typed("zeppelin");
    let mut stage = stage.keys("Enter");
    stage.says("\"zeppelin\" is in none of the rows");
    let stage = stage.keys("/ ^u").typed("outlet:none");
    let mut stage = stage.keys("Enter");
    stage.says("is in none of the rows; fields are for the list and the quotations");
    let mut stage = ferry(120, 40).keys("C f");
    stage.says("showing rows in several reports");
    let mut stage = stage.keys("j");
    let text = stage.text();
    assert!(text.contains("showing rows in several reports"), "{text}");
    assert!(!text.contains("in one report only"), "{text}");
}
