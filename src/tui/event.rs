//! Events for the event loop: keys, terminal changes, and the workers' answers.

use crossterm::event::{Event as TerminalEvent, MouseEvent};

use crate::ingest::ReadFailure;
use crate::library::{LibraryEntry, Report, ReportNo};

use super::key::Key;
use super::worker::job::Answer;

/// One thing that happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed (or repeats).
    Key(Key),
    /// The mouse, where it is on.
    Mouse(MouseEvent),
    /// Text was pasted: untrusted, like all text.
    Paste(String),
    /// The terminal has another size now.
    Resize(u16, u16),
    /// Everything has to be drawn again (after a suspension).
    Redraw,
    /// A signal asks the program to end.
    Terminate(i32),
    /// Keys can no longer be read.
    TerminalLost,
    /// Reports were read.
    Loaded(Vec<LibraryEntry>),
    /// Files could not be read.
    Failed(Vec<ReadFailure>),
    /// Progress of reading.
    Progress(Progress),
    /// Closed reports were read again, as an effect asked.
    Opened(Vec<(ReportNo, Result<Report, ReadFailure>)>),
    /// A worker has an answer.
    Answer(Box<Answer>),
}

/// Progress of reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read.
    pub bytes: u64,
    /// Bytes in all, where that is known.
    pub total: Option<u64>,
    /// Bytes read in a second, once that can be said.
    pub rate: Option<u64>,
    /// Whether that was all.
    pub finished: bool,
}

impl Event {
    /// Whether it comes from loading: the reader did not ask for it and need not see each at once.
    pub(super) fn is_loading(&self) -> bool {
        matches!(
            self,
            Event::Loaded(_) | Event::Failed(_) | Event::Progress(_)
        )
    }

    /// Returns the event that a terminal's stands for; `None` for what does not matter (a key released, focus).
    pub(super) fn from_terminal(event: TerminalEvent) -> Option<Self> {
        match event {
            TerminalEvent::Key(key) => Key::pressed(&key).map(Event::Key),
            TerminalEvent::Mouse(mouse) => Some(Event::Mouse(mouse)),
            TerminalEvent::Paste(text) => Some(Event::Paste(text)),
            TerminalEvent::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
            _ => None,
        }
    }
}
