//! Two reports side by side.

use std::sync::Arc;

use crossread::compare::{Comparison, PairOrigin, Side, Sides};
use crossread::ingest::article_from_text;
use crossread::library::LibraryEntry;
use crossread::tui::event::Event;
use crossread::tui::view::compare::{CellLine, CompareView};
use ratatui::style::Modifier;

use crate::harness::{EVERY_SIZE, TWO_SIZES, frames};
use crate::stage::Stage;

/// Two reports of invented outlets, with headlines: the same words, the same matter, a reworded quotation, one passage for each alone.
const OUTLETS: [&str; 2] = [
    "title: Ferry stays in port as crew walks out\noutlet: Harbour Gazette\ndate: 2026-05-05\n\nThe ferry to Vessel Bay stayed in port on Monday after 40 of its crew walked out.\n\n\"We will not sail on a ship that leaks,\" said Ana Ruiz, who speaks for the crew.\n\nThe line carries 900 people a day.\n\nShops on the island ran out of bread by noon.",
    "title: Ferry stays in port after crew walks out\noutlet: Island Courier\ndate: 2026-05-04\n\nThe ferry to Vessel Bay stayed in port on Monday after 60 of its crew walked out.\n\n\"We will not sail on a boat that leaks,\" said Ana Ruiz, who speaks for the crew.\n\nThe owner of the line promised new pumps for the summer.\n\nThe line carries 900 people a day.",
];

fn outlets(width: u16, height: u16) -> Stage {
    with_outlets(Stage::empty(width, height))
}

fn with_outlets(stage: Stage) -> Stage {
    let reports = OUTLETS.map(|text| LibraryEntry::new(article_from_text("a.txt", text)));
    stage.with(reports.to_vec())
}

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
        let current = view(stage).current().expect("a focus");
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
        assert!(view(stage).focus_in_sight(height).is_some());
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
    let before = view(&stage).current();
    let mut stage = stage.keys("Enter");
    assert!(
        stage.text().contains("that’s the type of"),
        "{}",
        stage.text()
    );
    let stage = stage.keys("c");
    assert_eq!(
        view(&stage).current(),
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

#[test]
fn the_rows_say_what_is_shared_what_differs_and_what_only_one_has() {
    let stage = || outlets(120, 40).keys("c");
    let text = stage().text();
    for words in [
        "A Harbour Gazette",
        "B Island Courier",
        "headline",
        "reworded",
        "number",
        "only A",
        "only B",
        "3 shared · 1 only A",
        "3 shared · 1 only B",
    ] {
        assert!(text.contains(words), "{words} is not in:\n{text}");
    }
    frames("compare-outlets", EVERY_SIZE, |stage| {
        let (width, height, theme) = stage.look();
        outlets(width, height).theme(&theme).keys("c")
    });
}

#[test]
fn the_words_of_a_difference_are_said_where_there_is_no_room_for_the_list() {
    let mut stage = outlets(60, 12).keys("c").until("]c", "reworded");
    stage.says("A “ship” B “boat”");
}

#[test]
fn keys_step_through_what_only_one_report_has_and_name_it() {
    let mut stage = outlets(120, 40).keys("c ]o");
    stage.says("only ");
    let first = view(&stage).focus;
    let stage = stage.keys("]o");
    assert_ne!(view(&stage).focus, first);
    let mut stage = stage.keys("]o");
    stage.says("back at the first passage only in one report");
    assert_eq!(view(&stage).focus, first);
    let stage = stage.keys("[o ]o");
    assert_eq!(view(&stage).focus, first);
}

#[test]
fn quotations_and_terms_of_both_sides_are_stepped_through_and_named() {
    let mut stage = outlets(120, 40).keys("c ]q");
    stage.says("A · quote 1/1 · Ana Ruiz");
    let mut stage = stage.keys("]q");
    stage.says("B · quote 1/1 · Ana Ruiz");
    let mut stage = Stage::bundled(120, 40).keys("c ]t");
    stage.says("term 1/");
}

#[test]
fn words_are_looked_for_in_both_reports() {
    let mut stage = outlets(120, 40).keys("c /").typed("line");
    stage.says("1 in A, 2 in B");
    let mut stage = stage.keys("Enter");
    stage.says("/line · ");
    let sides = |stage: Stage| {
        let mut last = stage;
        let mut said = Vec::new();
        for _ in 0..3 {
            said.push(last.last_row());
            last = last.keys("n");
        }
        said
    };
    let said = sides(stage);
    assert!(said.iter().any(|row| row.contains("in A")), "{said:?}");
    assert!(said.iter().any(|row| row.contains("in B")), "{said:?}");
    let stage = outlets(120, 40).keys("c /").typed("zeppelin");
    let mut stage = stage.keys("Enter");
    stage.says("\"zeppelin\" is in neither report");
    let stage = stage.keys("Esc q");
    assert!(!stage.ended());
}

#[test]
fn what_is_in_focus_is_copied_with_both_outlets() {
    let stage = outlets(120, 40).keys("c").until("]c", "reworded");
    let stage = stage.keys("y");
    assert_eq!(
        stage.copied(),
        Some(
            "quote reworded:\n“ship” — Harbour Gazette, 5 May 2026\n“boat” — Island Courier, 4 May 2026"
        )
    );
    let stage = stage.keys("Y");
    let copied = stage.copied().expect("Markdown").to_owned();
    assert!(copied.starts_with("**quote reworded**"), "{copied}");
    assert!(copied.contains("> — Island Courier"), "{copied}");
    let stage = outlets(120, 40).keys("c ]o y");
    let copied = stage.copied().expect("a passage");
    assert!(copied.contains(" — ") && !copied.contains('\n'), "{copied}");
    let stage = outlets(120, 40).keys("c ]q y");
    let copied = stage.copied().expect("a citation");
    assert!(copied.contains("Ana Ruiz, Harbour Gazette"), "{copied}");
}

#[test]
fn a_link_and_an_unlink_are_undone() {
    let stage = outlets(120, 40).keys("c");
    let before = comparison(&stage).pairs.clone();
    let mut stage = stage.keys("]c d");
    stage.says("unlinked (saved; u undoes it)");
    assert_ne!(comparison(&stage).pairs, before);
    let mut stage = stage.keys("u");
    stage.says("undone: unlinked");
    assert_eq!(comparison(&stage).pairs, before);
    let mut stage = stage.keys("u");
    stage.says("nothing to undo");
}

#[test]
fn the_row_filter_is_named_in_the_head() {
    for (keys, words) in [("f", "shared rows"), ("f f", "rows only in A")] {
        let mut stage = outlets(120, 40).keys("c").keys(keys).keys("j");
        let text = stage.text();
        assert!(text.contains(&format!("showing {words}")), "{text}");
    }
}

#[test]
fn full_texts_keep_the_focus_and_the_pairs_of_the_rows() {
    let stage = Stage::bundled(120, 40).keys("c");
    let rows = view(&stage).rows.rows.clone();
    for row in rows.iter().filter(|row| row.row.passages.left.is_some()) {
        let (left, right) = (row.row.passages.left, row.row.passages.right);
        let mut stage = Stage::bundled(120, 40).keys("c v");
        let at = left.expect("it was asked for");
        stage.app.views.compare.texts.at.left = at;
        let texts = &view(&stage).texts;
        let pair = texts.pair(Side::Left, comparison(&stage));
        if let Some(right) = right {
            assert_eq!(pair.map(|pair| pair.at), Some(Sides::new(at, right)));
        }
    }
    let stage = Stage::bundled(120, 40).keys("c ]c ]c ]c ]c ]c");
    let focus = view(&stage).focus;
    let stage = stage.keys("v");
    assert_eq!(view(&stage).focus, focus);
    let stage = stage.keys("v");
    assert_eq!(view(&stage).focus, focus);
}

#[test]
fn a_row_that_points_elsewhere_points_in_the_right_direction() {
    for keys in ["c", "c o", "c x"] {
        let stage = Stage::bundled(200, 50).keys(keys);
        let rows = &view(&stage).rows.rows;
        for (number, row) in rows.iter().enumerate() {
            let cells = row.cells.left.iter().chain(&row.cells.right);
            for cell in cells {
                if let CellLine::Elsewhere {
                    rows: Some(by),
                    span,
                } = cell
                {
                    let there = number.checked_add_signed(*by).and_then(|at| rows.get(at));
                    let there = there.expect("the row is there");
                    let spans = Side::BOTH.map(|side| {
                        let passage = there.row.passages[side]?;
                        comparison(&stage).passage_span(side, passage)
                    });
                    assert!(spans.contains(&Some(*span)), "{keys} {number}");
                }
            }
        }
    }
}
