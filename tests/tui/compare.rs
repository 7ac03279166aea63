//! Two reports side by side.

use std::sync::Arc;

use crossread::compare::{Comparison, PairOrigin, Side, Sides};
use crossread::ingest::article_from_text;
use crossread::library::LibraryEntry;
use crossread::tui::event::Event;
use crossread::tui::view::compare::CompareView;
use ratatui::style::Modifier;

use crate::harness::{EVERY_SIZE, TWO_SIZES, frames};
use crate::stage::Stage;

fn view(stage: &Stage) -> &CompareView {
    &stage.app.views.compare
}

fn comparison(stage: &Stage) -> &Arc<Comparison> {
    view(stage).comparison.as_ref().expect("it is compared")
}

/// Whether the reader has linked these two passages.
fn is_linked(stage: &Stage, at: Sides<usize>) -> bool {
    let mut pairs = comparison(stage).pairs.iter();
    pairs.any(|pair| pair.at == at && pair.origin == PairOrigin::Reader)
}

#[test]
fn the_comparison() {
    frames("compare", EVERY_SIZE, |stage| stage.keys("c"));
}

#[test]
fn a_difference_in_focus() {
    frames("compare-difference", EVERY_SIZE, |stage| {
        stage.keys("c ]c ]c ]c ]c ]c ]c ]c ]c")
    });
}

#[test]
fn the_comparison_where_the_partner_stands_below() {
    frames("compare", &[(60, 20)], |stage| stage.keys("c"));
}

#[test]
fn both_reports_whole() {
    let sizes = &[(60, 20), (80, 24), (120, 40), (200, 50)];
    frames("compare-whole", sizes, |stage| stage.keys("c v j j"));
}

#[test]
fn the_sides_swapped_and_scrolled_apart() {
    frames("compare-apart", TWO_SIZES, |stage| {
        stage.keys("c x = Tab ^d")
    });
}

#[test]
fn only_the_rows_with_quotations() {
    frames("compare-quotations", TWO_SIZES, |stage| {
        stage.keys("c f f f f")
    });
}

#[test]
fn the_two_versions_of_the_sentence_stand_beside_each_other() {
    let stage = Stage::bundled(120, 40).keys("c");
    let mut stage = stage.until("]c", "quote reworded");
    let text = stage.text();
    let sentence = |row: &&str| row.contains("that’s the type of");
    let row = text.lines().find(sentence).unwrap_or_default();
    assert!(row.contains("that's the kind of"), "{text}");
    let (frame, _) = stage.draw();
    let focused: String = frame
        .content()
        .iter()
        .filter(|cell| cell.modifier.contains(Modifier::REVERSED))
        .map(|cell| cell.symbol())
        .collect();
    assert_eq!(focused, "typekind", "only these are in focus");
}

#[test]
fn stepping_through_the_differences_goes_round_and_says_so() {
    let stage = Stage::bundled(120, 40).keys("c");
    let total = comparison(&stage).differences.len();
    assert!(total > 0);
    let mut stage = (0..total).fold(stage, |stage, _| stage.keys("]c"));
    stage.says(&format!("difference {total}/{total}"));
    let mut stage = stage.keys("]c");
    stage.says("back at the first difference");
    let mut stage = stage.keys("[c");
    stage.says("back at the last difference");
}

#[test]
fn the_difference_in_focus_stays_so_when_the_sides_are_swapped() {
    let focus = |stage: &Stage| {
        let current = view(stage).current.expect("a focus");
        comparison(stage).differences[current].clone()
    };
    for steps in 1..=12 {
        let stage = Stage::bundled(120, 40).keys("c").keys(&"]c ".repeat(steps));
        let before = focus(&stage);
        let after = focus(&stage.keys("x"));
        assert_eq!(after.kind, before.kind);
        assert_eq!(after.spans, before.spans.swapped());
    }
}

#[test]
fn the_difference_in_focus_stays_on_the_screen_when_it_shrinks_or_the_sides_are_swapped() {
    let steps = "c ]c ]c ]c ]c ]c ]c ]c ]c ]c";
    let mut small = Stage::bundled(100, 30)
        .keys(steps)
        .event(Event::Resize(60, 20));
    let mut swapped = Stage::bundled(60, 20).keys(steps).keys("x");
    for stage in [&mut small, &mut swapped] {
        stage.draw();
        let height = view(stage).row_lines(stage.app.shared.screen);
        assert!(view(stage).difference_in_sight(height).is_some());
    }
}

#[test]
fn swapping_twice_is_nothing() {
    let mut stage = Stage::bundled(120, 40).keys("c");
    let before = stage.frame();
    let mut stage = stage.keys("x");
    assert_ne!(stage.frame(), before);
    let mut stage = stage.keys("x");
    assert_eq!(stage.frame(), before);
}

#[test]
fn the_sides_scroll_together_until_they_are_let_go() {
    let tops = |stage: &Stage| {
        let scroll = view(stage).rows.scroll;
        (scroll.left.top, scroll.right.top)
    };
    let stage = Stage::bundled(120, 24).keys("c j j j");
    assert_eq!(tops(&stage), (3, 3));
    let stage = stage.keys("= j j Tab j");
    assert_eq!(tops(&stage), (5, 4));
    assert_eq!(view(&stage).active, Side::Right);
    let (left, right) = tops(&stage.keys("="));
    assert_eq!(left, right);
}

#[test]
fn whole_texts_swapped_stay_themselves() {
    let mut stage = Stage::bundled(120, 40).keys("c v j j x");
    let text = stage.text();
    assert!(text.contains("The Canadian Press"), "{text}");
    assert!(
        text.contains("Prime Minister Mark Carney confirmed"),
        "{text}"
    );
    let stage = stage.keys("x");
    let at = view(&stage).texts.at;
    let unswapped = Stage::bundled(120, 40).keys("c v j j");
    assert_eq!(at, view(&unswapped).texts.at);
}

#[test]
fn whole_texts_scroll_apart_too() {
    let stage = Stage::bundled(120, 24).keys("c v =");
    let before = view(&stage).texts.top.right;
    let stage = stage.keys("^d ^d");
    assert_eq!(view(&stage).texts.top.right, before);
    assert!(view(&stage).texts.top.left > 0);
    let stage = stage.keys("k k =");
    let texts = &view(&stage).texts;
    let pair = texts.pair(Side::Left, comparison(&stage));
    let pair = pair.expect("the passage has a partner");
    assert_eq!(texts.at.right, pair.at.right);
}

#[test]
fn a_passage_waits_in_sight_until_its_partner_is_named() {
    let stage = Stage::bundled(120, 24).keys("c v j j j a");
    let top = view(&stage).texts.top.left;
    let (_, passage) = view(&stage).linking.expect("it waits");
    let mut stage = stage.keys("j j j j");
    assert_eq!(view(&stage).texts.top.left, top);
    stage.says("linking a passage of A to one of B");
    let partner = view(&stage).texts.at.right;
    let stage = stage.keys("a");
    assert!(is_linked(&stage, Sides::new(passage, partner)));
}

#[test]
fn a_link_made_after_the_sides_were_swapped_is_there_when_the_comparison_is_opened_again() {
    let stage = Stage::bundled(120, 24).keys("c x v j j j a j j j j");
    let (_, passage) = view(&stage).linking.expect("it waits");
    let at = Sides::new(passage, view(&stage).texts.at.right);
    let stage = stage.keys("a");
    assert!(is_linked(&stage, at));
    let stage = stage.keys("q c");
    assert!(is_linked(&stage, at.swapped()));
    let stage = stage.keys("x");
    assert!(is_linked(&stage, at));
}

#[test]
fn the_way_back_to_the_rows_keeps_the_place() {
    let stage = Stage::bundled(120, 24).keys("c v ^d ^d ^d v");
    let rows = &view(&stage).rows;
    let row = rows.row_at(rows.scroll.left.top);
    let shown = rows.rows[row].row.passages.left;
    assert_eq!(shown, Some(view(&stage).texts.at.left));
}

#[test]
fn a_difference_out_of_sight_is_not_the_one_that_is_unlinked() {
    let stage = Stage::bundled(120, 24).keys("c ]c");
    let first = comparison(&stage).differences[0].at;
    let stage = stage.keys("^d ^d ^d d");
    let mut pairs = comparison(&stage).pairs.iter();
    assert!(pairs.any(|pair| pair.at == first));
}

#[test]
fn the_row_at_the_top_stays_when_the_terminal_is_resized() {
    let row = |stage: &Stage| {
        let rows = &view(stage).rows;
        rows.row_at(rows.scroll.left.top)
    };
    let stage = Stage::bundled(120, 24).keys("c ^d ^d");
    let before = row(&stage);
    assert!(before > 0);
    let stage = stage.resize(80, 24);
    assert_eq!(row(&stage), before);
    let stage = stage.resize(130, 30);
    assert_eq!(row(&stage), before);
}

#[test]
fn enter_reads_the_passage_of_the_difference_in_the_report() {
    let stage = Stage::bundled(120, 40).keys("c");
    let stage = stage.until("]c", "quote reworded");
    let before = view(&stage).current;
    let mut stage = stage.keys("Enter");
    assert!(
        stage.text().contains("that’s the type of"),
        "{}",
        stage.text()
    );
    let stage = stage.keys("c");
    assert_eq!(
        view(&stage).current,
        before,
        "c comes back to the same difference"
    );
}

#[test]
fn a_screen_without_columns_is_drawn_on_a_terminal_that_has_some() {
    let mut stage = Stage::bundled(120, 40).resize(0, 7).resize_untold(1, 1);
    stage.draw();
    stage.keys("c").draw();
}

#[test]
fn a_third_report_takes_the_right_side() {
    let third = LibraryEntry::new(article_from_text(
        "t.txt",
        "Wheat prices fall\n\nFor a third week.",
    ));
    let mut stage = Stage::bundled(120, 40).with(vec![third]).keys("m m c");
    let right = |stage: &Stage| view(stage).reports.map(|sides| sides.right);
    let before = right(&stage);
    stage.draw();
    let mut stage = stage.keys("]r");
    assert_ne!(right(&stage), before);
    stage.draw();
    let stage = stage.keys("[r");
    assert_eq!(right(&stage), before);
}
