//! The mouse: wheel, click, and drag of the line between the panes.

use crossread::compare::Side;
use crossread::tui::effect::Effect;
use crossread::tui::view::browse::layout::Pane;
use crossread::tui::view::compare::CompareFocus;
use crossterm::event::MouseButton::Left;
use crossterm::event::MouseEventKind::{Down, Drag, Moved, ScrollDown, ScrollUp, Up};

use crate::stage::Stage;

fn divider(stage: &Stage) -> u16 {
    stage.app.views.browse.panes(&stage.app.shared).divider.x
}

#[test]
fn the_wheel_scrolls_what_it_is_over() {
    let stage = Stage::bundled(100, 12);
    let (list, reader) = (
        stage.app.views.browse.panes(&stage.app.shared).list,
        stage.app.views.browse.panes(&stage.app.shared).reader,
    );
    let stage = stage.mouse(ScrollDown, reader.x + 3, reader.y + 3);
    assert_eq!(stage.app.views.browse.reader.scroll.top, 3);
    assert_eq!(stage.app.shared.list.selected, 0);
    let stage = stage.mouse(ScrollUp, reader.x + 3, reader.y + 3);
    assert_eq!(stage.app.views.browse.reader.scroll.top, 0);
    let stage = stage.mouse(ScrollDown, list.x + 3, list.y + 1);
    assert_eq!(stage.app.shared.list.selected, 1);
}

#[test]
fn a_click_selects_a_report_and_one_in_the_text_reads_it() {
    let stage = Stage::bundled(100, 24);
    let (list, reader) = (
        stage.app.views.browse.panes(&stage.app.shared).list,
        stage.app.views.browse.panes(&stage.app.shared).reader,
    );
    let second = list.y + 4;
    let stage = stage.mouse(Down(Left), list.x + 5, second);
    assert_eq!(
        (stage.app.shared.list.selected, stage.app.views.browse.focus),
        (1, Pane::List)
    );
    let stage = stage.mouse(Down(Left), reader.x + 5, reader.y + 2);
    assert_eq!(stage.app.views.browse.focus, Pane::Reader);
}

#[test]
fn a_click_on_a_quotation_puts_it_in_focus() {
    let mut stage = Stage::bundled(120, 40);
    let text = stage.text();
    let (y, row) = text
        .lines()
        .enumerate()
        .find(|(_, row)| row.contains("white smoke"))
        .expect("the sentence is on the screen");
    let before = row.split("white smoke").next().unwrap_or_default();
    let (x, y) = (before.chars().count(), y);
    let mut stage = stage.mouse(
        Down(Left),
        u16::try_from(x).unwrap(),
        u16::try_from(y).unwrap(),
    );
    stage.says("quote ");
}

#[test]
fn the_line_between_the_panes_is_dragged_and_let_go() {
    let stage = Stage::bundled(120, 40);
    let x = divider(&stage);
    let stage = stage.mouse(Drag(Left), x + 10, 10);
    assert_eq!(divider(&stage), x, "nothing was taken hold of");
    let stage = stage.mouse(Down(Left), x, 10).mouse(Drag(Left), x + 10, 10);
    assert!(divider(&stage).abs_diff(x + 10) <= 2, "{}", divider(&stage));
    let moved = divider(&stage);
    let stage = stage
        .mouse(Up(Left), x + 10, 10)
        .mouse(Drag(Left), x - 10, 10);
    assert_eq!(divider(&stage), moved);
}

#[test]
fn the_mouse_outside_of_everything_does_nothing() {
    let mut stage = Stage::bundled(80, 24);
    let before = stage.frame();
    let stage = stage
        .mouse(Down(Left), 500, 500)
        .mouse(ScrollDown, u16::MAX, u16::MAX);
    let mut stage = stage.mouse(Moved, 3, 3);
    assert_eq!(stage.frame(), before);
}

#[test]
fn a_click_on_a_quotation_in_the_quotes_view_selects_it() {
    let mut stage = Stage::bundled(120, 40).keys("\"");
    let text = stage.text();
    let y = text
        .lines()
        .position(|row| row.contains("white smoke"))
        .expect("on the screen");
    let stage = stage.mouse(Down(Left), 40, u16::try_from(y).unwrap());
    assert!(stage.app.views.quotes.selected > 0);
}

#[test]
fn the_mouse_is_listened_to_when_asked() {
    let stage = Stage::bundled(80, 24)
        .keys(":")
        .typed("mouse")
        .keys("Enter");
    assert!(
        matches!(stage.effects.last(), Some(Effect::Mouse(true))),
        "{:?}",
        stage.effects
    );
}

/// Returns the place of words on the screen.
fn place_of(stage: &mut Stage, words: &str) -> (u16, u16) {
    let text = stage.text();
    let found = text.lines().enumerate().find_map(|(y, row)| {
        let before = row.split(words).next().filter(|before| *before != row)?;
        Some((before.chars().count(), y))
    });
    let (x, y) = found.unwrap_or_else(|| panic!("{words:?} is not in:\n{text}"));
    let column = |at: usize| u16::try_from(at).expect("it is on the screen");
    (column(x), column(y))
}

#[test]
fn a_second_click_opens_what_the_first_one_chose() {
    let stage = Stage::bundled(100, 24);
    let list = stage.app.views.browse.panes(&stage.app.shared).list;
    let stage = stage.mouse(Down(Left), list.x + 5, list.y + 4);
    assert_eq!(stage.app.views.browse.focus, Pane::List);
    let stage = stage.mouse(Up(Left), list.x + 5, list.y + 4);
    let stage = stage.mouse(Down(Left), list.x + 5, list.y + 4);
    assert_eq!(stage.app.views.browse.focus, Pane::Reader);
}

#[test]
fn differences_strips_and_passages_of_a_comparison_are_clicked_on() {
    for size in [(120, 40), (200, 50)] {
        let mut stage = Stage::bundled(size.0, size.1).keys("c");
        let (x, y) = place_of(&mut stage, "copper");
        let mut stage = stage.mouse(Down(Left), x, y);
        stage.says("difference 8/11");
        let strips = place_of(&mut stage, "▇ ▒");
        let stage = stage.mouse(Down(Left), strips.0 + 2, strips.1);
        assert_eq!(
            stage.app.views.compare.focus,
            Some(CompareFocus::Passage(Side::Left, 1))
        );
    }
    let mut stage = Stage::bundled(120, 40).keys("c");
    let (x, y) = place_of(&mut stage, "Asked when");
    let stage = stage.mouse(Down(Left), x, y).mouse(Down(Left), x, y);
    assert_eq!(stage.app.views.browse.focus, Pane::Reader);
    assert!(stage.app.views.browse.reader.passage.is_some());
}

#[test]
fn the_keys_of_the_last_line_are_clicked_on() {
    let mut stage = Stage::bundled(120, 40);
    let (x, y) = place_of(&mut stage, "c compare   ");
    let mut stage = stage.mouse(Down(Left), x + 4, y);
    let (x, y) = place_of(&mut stage, "q back to list");
    let stage = stage.mouse(Down(Left), x, y);
    let mut stage = stage;
    let (x, y) = place_of(&mut stage, "? help");
    let mut stage = stage.mouse(Down(Left), x, y);
    assert!(stage.text().contains("Everywhere"), "{}", stage.text());
}

#[test]
fn a_command_is_run_by_a_click_in_the_list_of_commands() {
    let mut stage = Stage::bundled(100, 24).keys(":").typed("sort");
    let text = stage.text();
    let row = text.lines().position(|row| row.contains(":reverse-sort"));
    let row = u16::try_from(row.expect("an offer")).expect("a row");
    let stage = stage.mouse(ScrollDown, 5, row);
    let stage = stage.mouse(Down(Left), 5, row);
    assert!(stage.app.shared.list.reversed);
}

#[test]
fn the_wheel_over_the_differences_goes_from_one_to_the_next() {
    let mut stage = Stage::bundled(120, 40).keys("c ]c");
    stage.says("difference 1/");
    let row = 33;
    let mut stage = stage.mouse(ScrollDown, 30, row);
    stage.says("difference 2/");
    let mut stage = stage.mouse(ScrollUp, 30, row);
    stage.says("difference 1/");
}

#[test]
fn numbers_before_a_step_in_a_comparison_repeat_it() {
    let mut stage = Stage::bundled(120, 40).keys("c 3 ]c");
    stage.says("difference 3/");
    let mut stage = stage.keys("2 [c");
    stage.says("difference 1/");
}

#[test]
fn the_right_report_is_picked_by_a_click() {
    let mut stage = Stage::bundled(100, 24).keys("c R");
    let text = stage.text();
    let row = text
        .lines()
        .position(|row| row.contains("Canada is making"));
    let row = u16::try_from(row.expect("a report to pick")).expect("a row");
    let mut stage = stage.mouse(Down(Left), 10, row);
    assert!(!stage.text().contains("B: "));
    assert!(stage.text().contains("compare"));
}
