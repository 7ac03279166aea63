//! Effects: requests of an update to the outside world. The event loop performs them; tests inspect them.

use std::path::PathBuf;

use crate::library::ReportNo;
use crate::text::CleanText;

use super::original::Original;
use super::worker::job::Job;

/// One thing to do outside the application's state.
#[derive(Debug)]
pub enum Effect {
    /// Give a worker something to do.
    Compute(Job),
    /// Read these reports again before the next frame: their text was closed, and they are short.
    Open(Vec<ReportNo>),
    /// Put words on the clipboard.
    Copy(CleanText),
    /// Save read marks, places and decisions now; all changes are saved soon without it.
    Save,
    /// Write a file of results.
    Write {
        /// The file; an existing one is not overwritten.
        path: PathBuf,
        /// Its contents.
        contents: String,
        /// Number of reports left out because they can no longer be read.
        without: usize,
    },
    /// Open the address or the file of a report in another program.
    OpenOriginal(Original),
    /// Stop until the shell continues the program.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// Switch mouse reports on or off.
    Mouse(bool),
    /// End.
    Quit,
}
