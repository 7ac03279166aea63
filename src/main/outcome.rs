//! The exit code of the program, and its messages on stderr.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use crossread::cli;
use crossread::ingest::{FailureKind, ReadFailure};
use crossread::text::sanitize::sanitize;

/// The result of a command; the number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It succeeded.
    Done,
    /// Two reports differ, and the exit code was asked to tell.
    Differ,
    /// Something could not be done.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(outcome as u8)
    }
}

impl Outcome {
    /// Returns the outcome of a command that printed its result while `failures` could not be read.
    pub(crate) fn after(self, failures: &[ReadFailure]) -> Self {
        let failed = |failure: &ReadFailure| failure.kind == FailureKind::Failed;
        if !failures.iter().any(failed) {
            self
        } else {
            Outcome::Failed
        }
    }
}

/// Prints `text` on stderr, each line that is not blank after the program's name.
pub(crate) fn say(text: &str) {
    let mut stderr = io::stderr().lock();
    let text = sanitize(text).text;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        // If stderr is closed too, nobody is left to tell.
        _ = writeln!(stderr, "{}: {line}", cli::NAME);
    }
}

/// Prints what could not be read, and which command a path may have been meant to be.
pub(crate) fn say_failures(failures: &[ReadFailure]) {
    for failure in failures {
        let word = Path::new(failure.path.as_str());
        match cli::nearest_command(word).filter(|_| !word.exists()) {
            Some(command) => say(&format!(
                "{failure}; or did you mean `{} {command}`?",
                cli::NAME
            )),
            None => say(&failure.to_string()),
        }
    }
}
