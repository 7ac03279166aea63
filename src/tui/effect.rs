//! What an update asks the outside world for; [`run`](super::run) performs it, tests look at it.

use std::path::PathBuf;

use crate::text::CleanText;

use super::worker::Job;

/// One thing to do outside the application's state.
#[derive(Debug)]
pub enum Effect {
    /// Give the worker something to do.
    Compute(Job),
    /// Put words on the clipboard.
    Copy(CleanText),
    /// Keep what the reader did.
    Save,
    /// Write a file of results.
    Write {
        /// Where; an existing file is not overwritten.
        path: PathBuf,
        /// What.
        contents: String,
        /// How many reports it lacks because they cannot be read any more.
        without: usize,
    },
    /// Stop until the shell continues the program.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Switch mouse reports.
    Mouse(bool),
    /// End.
    Quit,
}
