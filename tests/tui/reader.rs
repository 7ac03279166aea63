//! One report: its marks in focus, searching it, and keeping the place.

use crossread::tui::view::browse::layout::Pane;

use crate::harness::{EVERY_SIZE, TWO_SIZES, frames};
use crate::stage::Stage;

#[test]
fn a_quotation_in_focus() {
    frames("reader-quote", EVERY_SIZE, |stage| {
        stage.keys("Enter ]q ]q ]q")
    });
}

#[test]
fn a_term_in_focus() {
    frames("reader-term", TWO_SIZES, |stage| {
        stage.keys("Enter ]t ]t ]t")
    });
}

#[test]
fn a_statement_in_focus() {
    frames("reader-statement", TWO_SIZES, |stage| {
        stage.keys("Enter ]s")
    });
}

#[test]
fn hits_of_a_search() {
    frames("reader-search", EVERY_SIZE, |stage| {
        stage.keys("Enter /").typed("trade").keys("Enter n")
    });
}

#[test]
fn the_whole_screen_without_marks() {
    frames("reader-zoomed", TWO_SIZES, |stage| {
        stage.keys("j Enter z Q T Space")
    });
}

/// Returns the words of the row at the top of the text.
fn top_row(stage: &mut Stage) -> String {
    let reader = stage.app.views.browse.panes(&stage.app.shared).reader;
    let text = stage.text();
    let row = text.lines().nth(usize::from(reader.y)).unwrap_or_default();
    let words: String = row.chars().skip(usize::from(reader.x)).collect();
    words.trim().to_owned()
}

#[test]
fn the_place_is_kept_when_the_terminal_is_resized() {
    let mut stage = Stage::bundled(100, 12).keys("Enter j j j j j j j j j j");
    let first = top_row(&mut stage);
    let place = stage.app.views.browse.reader.place;
    assert!(!first.is_empty() && place > 0);
    let mut stage = stage
        .resize(60, 14)
        .resize(12, 4)
        .resize(1, 1)
        .resize(0, 0)
        .resize(200, 9);
    assert_eq!(stage.app.views.browse.reader.place, place);
    stage.draw();
    let mut stage = stage.resize(100, 12);
    assert_eq!(top_row(&mut stage), first);
}

#[test]
fn the_place_is_kept_while_another_report_is_read() {
    let mut stage = Stage::bundled(100, 12).keys("Enter ^d ^d");
    let place = stage.app.views.browse.reader.place;
    let before = stage.text();
    let mut stage = stage.keys("J j K");
    assert_eq!(stage.app.views.browse.reader.place, place);
    assert_eq!(
        stage.text().lines().skip(2).collect::<Vec<_>>().len(),
        before.lines().skip(2).count()
    );
}

#[test]
fn the_focused_mark_stays_in_focus_when_the_text_is_laid_out_anew() {
    let mut stage = Stage::bundled(120, 40).keys("Enter ]q ]q");
    let said = stage.last_row();
    assert!(said.contains("quote 2/9"), "{said}");
    let mut stage = stage.resize(80, 12).resize(120, 40);
    assert_eq!(stage.last_row(), said);
}

#[test]
fn stepping_through_the_quotations_goes_round_and_says_so() {
    let mut stage = (0..9).fold(Stage::bundled(120, 40).keys("Enter"), |stage, _| {
        stage.keys("]q")
    });
    stage.says("quote 9/9");
    let mut stage = stage.keys("]q");
    stage.says("back at the first quotation");
    let mut stage = stage.keys("[q");
    stage.says("back at the last quotation");
    let mut stage = stage.keys("[q");
    stage.says("quote 8/9");
}

#[test]
fn stepping_from_the_list_goes_to_the_text_beside_it() {
    let mut stage = Stage::bundled(120, 40).keys("]q ]q");
    stage.says("quote 2/9");
    assert_eq!(stage.app.views.browse.focus, Pane::Reader);
    assert!(!stage.ended(), "q is no key of its own here");
}

#[test]
fn a_term_in_focus_is_told_with_its_category_and_canonical_form() {
    let mut stage = Stage::bundled(160, 40).keys("Enter");
    let mut said = Vec::new();
    for _ in 0..27 {
        stage = stage.keys("]t");
        said.push(stage.last_row());
    }
    let told = said.iter().any(|row| row.contains("Agreements · CUSMA"));
    assert!(told, "{said:#?}");
}

#[test]
fn a_quotation_in_focus_is_copied_as_a_citation() {
    let stage = Stage::bundled(120, 40).keys("Enter ]q ]q ]q ]q ]q ]q ]q y");
    let copied = stage.copied().expect("something is copied").to_owned();
    for words in ["white smoke", "Mark Carney", "2025"] {
        assert!(copied.contains(words), "{copied}");
    }
    let mut stage = stage;
    stage.says("sent to the terminal's clipboard");
}

#[test]
fn copying_without_a_quotation_in_focus_says_how_to_get_one() {
    let mut stage = Stage::bundled(120, 40).keys("Enter y");
    assert_eq!(stage.copied(), None);
    stage.says("]q");
}

#[test]
fn hits_are_counted_and_stepped_through_round_the_ends() {
    let mut stage = Stage::bundled(120, 40).keys("Enter /").typed("washington");
    let total = stage
        .app
        .views
        .browse
        .reader
        .search
        .as_ref()
        .map_or(0, |search| search.hits.len());
    assert!(total >= 1);
    let said = |n: usize| format!("{n} of {total}");
    stage.says(&said(1));
    let mut stage = stage.keys("Enter");
    for n in 2..=total {
        stage = stage.keys("n");
        stage.says(&said(n));
    }
    stage = stage.keys("n");
    stage.says("search wrapped to the top");
    stage = stage.keys("N");
    stage.says("search wrapped to the end");
}

#[test]
fn a_capital_letter_makes_the_search_strict() {
    let hits = |words: &str| {
        let stage = Stage::bundled(120, 40).keys("Enter /").typed(words);
        stage
            .app
            .views
            .browse
            .reader
            .search
            .map_or(0, |search| search.hits.len())
    };
    assert!(hits("canadian") > 0);
    assert_eq!(hits("canadian"), hits("Canadian"));
    assert!(hits("trade") > hits("Trade"));
}

#[test]
fn straight_quotes_find_curly_ones() {
    let stage = Stage::bundled(120, 40)
        .keys("Enter /")
        .typed("don't expect");
    assert_eq!(
        stage
            .app
            .views
            .browse
            .reader
            .search
            .map_or(0, |search| search.hits.len()),
        1
    );
}

#[test]
fn esc_forgets_the_search_first_and_then_the_focus_and_then_goes_back() {
    let mut stage = Stage::bundled(120, 40).keys("Enter");
    let plain = stage.text();
    let stage = stage.keys("]q g /").typed("trade").keys("Enter");
    assert!(
        stage.app.views.browse.reader.search.is_some()
            && stage.app.views.browse.reader.focus.is_some()
    );
    let stage = stage.keys("Esc");
    assert!(
        stage.app.views.browse.reader.search.is_none()
            && stage.app.views.browse.reader.focus.is_some()
    );
    let mut stage = stage.keys("Esc g");
    assert_eq!(stage.text(), plain);
    let mut stage = stage.keys("Esc");
    let mut list = Stage::bundled(120, 40).keys("U");
    assert_eq!(stage.text(), list.text());
}

#[test]
fn esc_while_searching_goes_back_to_the_place_where_it_began() {
    let mut stage = Stage::bundled(100, 12).keys("Enter j j");
    let before = stage.text();
    let mut stage = stage.keys("/").typed("copper").keys("Esc");
    assert_eq!(stage.text(), before);
}

#[test]
fn what_is_not_there_is_said() {
    let mut stage = Stage::bundled(120, 40)
        .keys("Enter /")
        .typed("volcano")
        .keys("Enter");
    stage.says("\"volcano\" is not in this report");
    let mut stage = stage.keys("n");
    stage.says("\"volcano\" is not in this report");
    let mut stage = stage.keys("Esc n");
    stage.says("no previous search");
}

#[test]
fn the_measure_can_be_set_within_reason() {
    let stage = Stage::bundled(200, 50).keys("Enter + +");
    assert!(stage.app.shared.config.measure > 76);
    let mut stage = (0..60).fold(stage, |stage, _| stage.keys("-"));
    assert_eq!(stage.app.shared.config.measure, 20);
    stage.draw();
    let stage = (0..60).fold(stage, |stage, _| stage.keys("+"));
    assert_eq!(stage.app.shared.config.measure, 120);
}

#[test]
fn layers_can_be_switched_off_and_on() {
    let mut stage = Stage::bundled(120, 40).keys("Enter");
    let before = stage.frame();
    let mut stage = stage.keys("Q T S j k");
    assert_ne!(stage.frame(), before);
    let mut stage = stage.keys("Q T S j k");
    assert_eq!(stage.frame(), before);
}

#[test]
fn the_ends_are_reached_and_the_percentage_tells() {
    let mut stage = Stage::bundled(100, 12).keys("Enter G");
    stage.says("100%");
    let end = stage.app.views.browse.reader.scroll.top;
    let stage = stage.keys("j Space ^d");
    assert_eq!(stage.app.views.browse.reader.scroll.top, end);
    let mut stage = stage.keys("g");
    assert_eq!(stage.app.views.browse.reader.scroll.top, 0);
    stage.draw();
}
