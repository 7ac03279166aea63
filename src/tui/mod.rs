//! The terminal interface; the only module that knows ratatui and crossterm.
//!
//! One key: a crossterm event becomes an [`Event`], the [`Keymap`](keymap::Keymap) makes it an [`Action`](action::Action), the view on top of
//! [`App`]'s stack is updated by it and asks for [`Effect`](effect::Effect)s, which the event loop performs before it draws one frame.

pub mod action;
pub mod app;
pub mod canvas;
mod careful_backend;
mod clipboard;
pub mod effect;
pub mod event;
mod event_loop;
pub mod highlight;
mod input_gate;
pub mod key;
pub mod keymap;
pub mod marks;
pub mod matches;
pub mod original;
pub mod page;
pub mod prompt;
pub mod screen;
pub mod scroll;
pub mod shared;
pub mod terminal;
pub mod theme;
pub mod view;
pub mod words;
pub mod worker;

use std::io;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use crate::ingest::ReadFailure;

use crossterm::event::{KeyCode, KeyModifiers};

use action::{Action, KeyContext};
use app::{App, AppOptions};
use clipboard::Clipboard;
use event::Event;
use event_loop::{EventLoop, Workers};
use input_gate::InputGate;
use key::Key;
use keymap::Keymap;
use terminal::Screen;
use worker::loader::Loader;

/// The settings and reports that the interface is opened with.
#[derive(Debug)]
pub struct Session {
    /// The settings.
    pub options: AppOptions,
    /// The reports to be read.
    pub loader: Loader,
    /// Files that could not be read so far.
    pub failures: Vec<ReadFailure>,
    /// Words to say first: a damaged state file, for one.
    pub warning: Option<String>,
}

/// The result of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionEnd {
    /// Number of reports.
    pub reports: usize,
    /// Files that could not be read.
    pub failures: Vec<ReadFailure>,
    /// Words about what could not be saved.
    pub warning: Option<String>,
}

/// Runs the interface until the reader leaves it; the terminal is given back on every way out.
///
/// # Errors
/// Fails if standard output is no terminal, or if the terminal fails while it is drawn on.
pub fn run(session: Session) -> io::Result<SessionEnd> {
    let (events, queue) = channel();
    if !session.failures.is_empty() {
        let _ = events.send(Event::Failed(session.failures));
    }
    let annotator = session.options.annotator.clone();
    let loader = &session.loader;
    let (texts, library) = (loader.texts.clone(), loader.place.clone());
    let workers = Workers::spawn(&annotator, texts, library, &events)?;
    session.loader.spawn(annotator, events.clone())?;
    let (width, height) = crossterm::terminal::size()?;
    let mouse = session.options.config.mouse;
    let opening = opening_keys(&session.options.keymap);
    let mut app = App::new(session.options, width, height);
    if let Some(warning) = session.warning {
        app.say(warning);
    }
    let screen = Screen::take(mouse, app.shared.screen, &events)?;
    let gate = InputGate::new(opening);
    read_keys(events, (width, height), gate.clone())?;
    let event_loop = EventLoop {
        gate,
        clipboard: Clipboard::default(),
        app,
        screen,
        workers,
    };
    event_loop.run(&queue)
}

/// Returns the keys that may open another program: the last one of each sequence that is bound to it, and the one that runs a command.
fn opening_keys(keymap: &Keymap) -> Vec<Key> {
    let written = KeyContext::ALL
        .into_iter()
        .flat_map(|context| keymap.keys_of(context, Action::OpenOriginal));
    let keys = written.filter_map(|keys| key::parse_keys(&keys).ok()?.pop());
    let enter = [KeyCode::Enter, KeyCode::Char('j')];
    let modifiers = [KeyModifiers::NONE, KeyModifiers::CONTROL];
    let runs = enter
        .into_iter()
        .zip(modifiers)
        .map(|(code, held)| Key::new(code, held));
    keys.chain(runs).collect()
}

/// Reads keys on a thread of its own, and other sizes than `size`, which the terminal had when the program began.
/// After a key that may open another program it waits for the `gate`, so that it takes no keys from that program.
fn read_keys(events: Sender<Event>, size: (u16, u16), gate: InputGate) -> io::Result<()> {
    thread::Builder::new().name("keys".into()).spawn(move || {
        // A resize before this point is missed: crossterm listens for it from its first poll on. So the sizes are compared once.
        let _ = crossterm::event::poll(Duration::ZERO);
        if let Ok(now) = crossterm::terminal::size()
            && now != size
        {
            let _ = events.send(Event::Resize(now.0, now.1));
        }
        loop {
            let sent = match crossterm::event::read() {
                Ok(event) => Event::from_terminal(event).is_none_or(|event| {
                    let waits = gate.close_for(&event);
                    let sent = events.send(event).is_ok();
                    if waits && sent {
                        gate.wait();
                    }
                    sent
                }),
                Err(_) => {
                    let _ = events.send(Event::TerminalLost);
                    false
                }
            };
            if !sent {
                return;
            }
        }
    })?;
    Ok(())
}
