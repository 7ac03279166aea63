//! Keeps the thread that reads keys from reading while another program has the terminal.
//!
//! A thread that waits for a key cannot be stopped, and would take keys from an editor. So after a key that may open one, it reads on
//! only when that key was dealt with, and the editor closed.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::event::Event;
use super::key::Key;

/// The gate; clones share it.
#[derive(Clone, Debug)]
pub(super) struct InputGate {
    closing: Arc<Vec<Key>>,
    state: Arc<(Mutex<bool>, Condvar)>,
}

impl InputGate {
    /// Returns an open gate that these keys close.
    pub(super) fn new(closing: Vec<Key>) -> Self {
        Self {
            closing: Arc::new(closing),
            state: Arc::default(),
        }
    }

    /// Whether `event` is one of the keys that close the gate.
    pub(super) fn is_closed_by(&self, event: &Event) -> bool {
        matches!(event, Event::Key(key) if self.closing.contains(key))
    }

    /// Closes the gate if `event` is one of its keys; returns whether it did.
    pub(super) fn close_for(&self, event: &Event) -> bool {
        let closes = self.is_closed_by(event);
        if closes {
            self.set(true);
        }
        closes
    }

    /// Waits until the gate is open.
    pub(super) fn wait(&self) {
        let (closed, opened) = &*self.state;
        let held = closed.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = opened.wait_while(held, |closed| *closed);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    /// Opens the gate; called when the key that closed it was dealt with.
    pub(super) fn open(&self) {
        self.set(false);
    }

    fn set(&self, is_closed: bool) {
        let (closed, opened) = &*self.state;
        *closed.lock().unwrap_or_else(PoisonError::into_inner) = is_closed;
        opened.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    #[test]
    fn a_key_of_its_own_holds_the_reader_until_it_was_dealt_with() {
        let key = |letter| Event::Key(Key::new(KeyCode::Char(letter), KeyModifiers::NONE));
        let gate = InputGate::new(vec![Key::new(KeyCode::Char('o'), KeyModifiers::NONE)]);
        assert!(!gate.close_for(&key('j')));
        gate.wait();
        assert!(gate.close_for(&key('o')));
        let reader = thread::spawn({
            let gate = gate.clone();
            move || gate.wait()
        });
        gate.open();
        reader.join().unwrap();
    }
}
