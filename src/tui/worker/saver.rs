//! The saver: writes what the reader did to the state file, within a second of it, so that a crash or a `kill -9` loses no more.
//!
//! Changes that come one after the other are written together. What cannot be written stays here and is tried again, with the
//! changes that come meanwhile and then ever more seldom, until it is written or the program ends.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::state::StateChanges;
use crate::text::CleanText;

use super::Reply;
use super::job::Answer;

/// Time from a change until it is written with those that came meanwhile: scrolling changes the place many times a second.
const PAUSE: Duration = Duration::from_millis(400);
/// Time until changes that could not be written are tried again, at first and at most.
const FIRST_RETRY: Duration = Duration::from_secs(2);
const LAST_RETRY: Duration = Duration::from_secs(120);

/// The way to the thread that saves. Dropping it writes what is left.
#[derive(Debug)]
pub struct Saver {
    orders: Option<Sender<SaveOrder>>,
    thread: Option<JoinHandle<Option<CleanText>>>,
}

/// Something that the thread is told.
enum SaveOrder {
    /// Write these changes soon.
    Changes(StateChanges),
    /// Write all changes now; the sender is dropped when that is done.
    Now(Sender<()>),
}

impl Saver {
    /// Starts the thread; `now` tells the time in seconds since 1970.
    ///
    /// # Errors
    /// Fails if the system gives no thread.
    pub fn spawn(reply: Reply, now: fn() -> i64) -> io::Result<Self> {
        let (orders, queue) = channel();
        let unsaved = UnsavedChanges {
            reply,
            now,
            changes: None,
            due: None,
            retry: FIRST_RETRY,
            failure: None,
        };
        let save = move || unsaved.save_all(&queue);
        Ok(Self {
            orders: Some(orders),
            thread: Some(thread::Builder::new().name("saver".into()).spawn(save)?),
        })
    }

    /// Has changes written soon.
    pub fn add(&self, changes: StateChanges) {
        self.send(SaveOrder::Changes(changes));
    }

    /// Has the changes that were added written at once, and does not wait for it.
    pub fn save_soon(&self) {
        self.send(SaveOrder::Now(channel().0));
    }

    /// Writes all changes that were added, or tries to, before it returns.
    pub fn save_now(&self) {
        let (done, wait) = channel();
        self.send(SaveOrder::Now(done));
        let _ = wait.recv();
    }

    fn send(&self, order: SaveOrder) {
        if let Some(orders) = &self.orders {
            let _ = orders.send(order);
        }
    }

    /// Writes what is left, ends the thread, and returns why changes could not be written.
    pub fn end(mut self) -> Option<CleanText> {
        self.finish()
    }

    fn finish(&mut self) -> Option<CleanText> {
        drop(self.orders.take());
        self.thread.take()?.join().ok()?
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        self.finish();
    }
}

/// Changes that are not written yet.
struct UnsavedChanges {
    reply: Reply,
    now: fn() -> i64,
    changes: Option<StateChanges>,
    /// The time when they are to be written.
    due: Option<Instant>,
    /// Time until the next attempt, should one fail.
    retry: Duration,
    /// The reason why the last attempt failed.
    failure: Option<CleanText>,
}

impl UnsavedChanges {
    /// Writes what is ordered until nobody can order any more; returns why the last attempt failed.
    fn save_all(mut self, orders: &Receiver<SaveOrder>) -> Option<CleanText> {
        loop {
            match self.next(orders) {
                Ok(SaveOrder::Changes(changes)) => self.add(changes),
                Ok(SaveOrder::Now(_done)) => self.write(),
                Err(RecvTimeoutError::Timeout) => self.write(),
                Err(RecvTimeoutError::Disconnected) => {
                    self.write();
                    return self.failure;
                }
            }
        }
    }

    /// Waits for an order, or until changes are due; while all is written it waits without a clock.
    fn next(&self, orders: &Receiver<SaveOrder>) -> Result<SaveOrder, RecvTimeoutError> {
        match self.due {
            Some(due) => orders.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => orders.recv().map_err(RecvTimeoutError::from),
        }
    }

    fn add(&mut self, changes: StateChanges) {
        match &mut self.changes {
            Some(known) => known.add(changes),
            None => self.changes = Some(changes),
        }
        let soon = Instant::now() + PAUSE;
        self.due = Some(self.due.map_or(soon, |due| due.min(soon)));
    }

    fn write(&mut self) {
        let Some(changes) = &self.changes else { return };
        match changes.write((self.now)()) {
            Ok(()) => {
                (self.changes, self.due, self.retry) = (None, None, FIRST_RETRY);
                if self.failure.take().is_some() {
                    self.reply.send(Answer::SavedAgain);
                }
            }
            Err(failure) => {
                self.due = Some(Instant::now() + self.retry);
                self.retry = (self.retry * 2).min(LAST_RETRY);
                // The same again would cover up what was said since.
                if self.failure.as_ref() != Some(&failure) {
                    self.reply.send(Answer::NotSaved(failure.clone()));
                }
                self.failure = Some(failure);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::article::ArticleId;
    use crate::state::ReaderState;

    const REPORT: ArticleId = ArticleId(0xca);

    fn starred(folder: &Path) -> bool {
        ReaderState::load(folder).0.marks(REPORT).starred
    }

    fn star(folder: &Path) -> StateChanges {
        let (mut state, _) = ReaderState::load(folder);
        state.set_starred(REPORT, true);
        state.take_changes().unwrap()
    }

    fn saver() -> (Saver, Receiver<Answer>) {
        let (sender, answers) = channel();
        let reply = Reply::new(move |answer| drop(sender.send(answer)));
        (Saver::spawn(reply, || 1).unwrap(), answers)
    }

    #[test]
    fn changes_are_written_while_the_program_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let (saver, _) = saver();
        saver.add(star(folder.path()));
        while !starred(folder.path()) {
            thread::yield_now();
        }
        assert_eq!(saver.end(), None);
    }

    #[test]
    fn what_is_left_is_written_when_the_program_ends_or_panics() {
        let folder = tempfile::tempdir().unwrap();
        let (saver, _) = saver();
        saver.add(star(folder.path()));
        drop(saver);
        assert!(starred(folder.path()));
    }

    #[test]
    fn what_cannot_be_written_is_said_once_and_written_when_it_can_be() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("crossread");
        fs::write(&place, "a file where the folder should be").unwrap();
        let (saver, answers) = saver();
        saver.add(star(&place));
        saver.save_now();
        saver.save_now();
        let said = answers.try_iter().collect::<Vec<_>>();
        let [Answer::NotSaved(why)] = said.as_slice() else {
            panic!("{said:?}");
        };
        assert!(why.contains("are not saved in"), "{why}");
        fs::remove_file(&place).unwrap();
        saver.save_now();
        assert!(matches!(answers.try_recv(), Ok(Answer::SavedAgain)));
        assert!(starred(&place));
        assert_eq!(saver.end(), None);
    }

    #[test]
    fn why_nothing_was_saved_is_told_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("crossread");
        fs::write(&place, "a file where the folder should be").unwrap();
        let (saver, _) = saver();
        saver.add(star(&place));
        assert!(saver.end().is_some());
    }
}
