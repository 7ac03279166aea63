//! The mouse: wheel, click, and drag of the line between the panes.

use crossread::tui::effect::Effect;
use crossread::tui::view::browse::layout::Pane;
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
