//! Any keys, at any size, with any reports: no panic, and one frame after each.

use crossread::ingest::article_from_text;
use crossread::library::LibraryEntry;
use crossread::tui::action::Action;
use crossread::tui::event::Event;
use crossread::tui::key::Key;
use crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;

use crate::stage::Stage;

/// One thing that a reader, a terminal or a shell may do.
#[derive(Clone, Debug)]
enum Step {
    Keys(&'static str),
    Key(Key),
    Command(Action),
    Resize(u16, u16),
    /// The terminal has this size already, and the interface does not know yet.
    ResizeUntold(u16, u16),
    Mouse(MouseEventKind, u16, u16),
    Paste(String),
    Load(String),
}

fn step() -> impl Strategy<Value = Step> {
    let side = || prop_oneof![Just(0_u16), Just(1), 2..30_u16, 60..200_u16];
    let kinds = [
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::Drag(MouseButton::Left),
        MouseEventKind::Up(MouseButton::Left),
        MouseEventKind::ScrollDown,
        MouseEventKind::ScrollUp,
    ];
    let whole = [
        "]q", "[q", "]t", "[t", "]s", "]c", "[c", "]r", "Enter", "Esc", "G", "^d", "c", "\"",
    ];
    prop_oneof![
        8 => prop::sample::select(whole.to_vec()).prop_map(Step::Keys),
        8 => key().prop_map(Step::Key),
        4 => prop::sample::select(Action::ALL).prop_map(Step::Command),
        2 => (side(), side()).prop_map(|(width, height)| Step::Resize(width, height)),
        1 => (side(), side()).prop_map(|(width, height)| Step::ResizeUntold(width, height)),
        2 => (prop::sample::select(kinds.to_vec()), side(), side())
            .prop_map(|(kind, x, y)| Step::Mouse(kind, x, y)),
        1 => ".{0,12}".prop_map(Step::Paste),
        1 => "(\\PC{0,40}\n{0,2}){0,6}".prop_map(Step::Load),
    ]
}

fn key() -> impl Strategy<Value = Key> {
    let named = [
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::PageDown,
    ];
    let code = prop_oneof![
        6 => prop::char::range(' ', '~').prop_map(KeyCode::Char),
        3 => prop::sample::select(named.to_vec()),
        1 => any::<char>().prop_map(KeyCode::Char),
    ];
    let held = prop_oneof![
        5 => Just(KeyModifiers::NONE),
        1 => Just(KeyModifiers::CONTROL),
        1 => Just(KeyModifiers::ALT),
    ];
    (code, held).prop_map(|(code, held)| Key::new(code, held))
}

fn take(stage: Stage, step: Step) -> Stage {
    match step {
        Step::Keys(keys) => stage.keys(keys),
        Step::Key(key) => stage.event(Event::Key(key)),
        Step::Command(action) => stage.keys("Esc :").typed(action.name()).keys("Enter"),
        Step::Resize(width, height) => stage.resize(width, height),
        Step::ResizeUntold(width, height) => stage.resize_untold(width, height),
        Step::Mouse(kind, column, row) => stage.event(Event::Mouse(MouseEvent {
            kind,
            column,
            row,
            modifiers: KeyModifiers::NONE,
        })),
        Step::Paste(words) => stage.event(Event::Paste(words)),
        Step::Load(text) => {
            stage.with(vec![LibraryEntry::new(article_from_text("any.txt", &text))])
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_key_at_no_size_ends_in_a_panic(
        bundled in any::<bool>(),
        (width, height) in (0..140_u16, 0..50_u16),
        steps in prop::collection::vec(step(), 1..40),
    ) {
        let stage = match bundled {
            true => Stage::bundled(width, height),
            false => Stage::empty(width, height).with(Vec::new()),
        };
        steps.into_iter().fold(stage, |stage, step| {
            let mut stage = take(stage, step);
            stage.draw();
            stage
        });
    }
}
