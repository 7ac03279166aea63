//! Failures to read: where, what is wrong and what to do, in one line each.

use std::fmt;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::system_error;
use crate::text::CleanText;

/// A report, or why it could not be read.
pub type ReadResult = Result<Article, ReadFailure>;

/// Takes reports and failures, in order.
pub type ReportSink<'a> = dyn FnMut(ReadResult) + 'a;

/// A path, a file or a row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadFailure {
    /// The file or folder, fit to be shown.
    pub path: CleanText,
    /// The line in it, counted from 1, where one line is meant.
    pub line: Option<usize>,
    /// The problem and its remedy.
    pub reason: CleanText,
    /// The severity: something is wrong, or only left out.
    pub kind: FailureKind,
}

/// The weight of a failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// Something could not be read that was meant to be.
    #[default]
    Failed,
    /// Files that hold no reports were left out; the command has not failed.
    LeftOut,
}

impl ReadFailure {
    /// Makes the failure of `path`, whose name is untrusted, for `reason`.
    pub fn new(path: &Path, reason: &str) -> Self {
        Self::named(shown(path), None, reason)
    }

    pub(super) fn named(path: CleanText, line: Option<usize>, reason: &str) -> Self {
        Self {
            path,
            line,
            reason: CleanText::one_line(reason),
            kind: FailureKind::Failed,
        }
    }

    /// Returns the same as a word on what was left out.
    pub(super) fn left_out(self) -> Self {
        Self {
            kind: FailureKind::LeftOut,
            ..self
        }
    }
}

impl fmt::Display for ReadFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.reason),
            None => write!(f, "{}: {}", self.path, self.reason),
        }
    }
}

impl std::error::Error for ReadFailure {}

/// Returns `path` fit to be shown.
pub(super) fn shown(path: &Path) -> CleanText {
    let name = CleanText::one_line(&path.to_string_lossy());
    if name.is_empty() {
        CleanText::one_line("(no name)")
    } else {
        name
    }
}

/// Returns what an error of the system means, with what to do.
pub(super) fn explain(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    // ELOOP has no stable kind: FilesystemLoop is nightly only.
    let is_loop = error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error());
    let reason = match error.kind() {
        Kind::NotFound => "there is no such file or folder; check the name",
        Kind::PermissionDenied => "no permission to read it; change its mode or ask its owner",
        Kind::InvalidFilename => "the name is too long for a path; check it",
        Kind::NotADirectory => "a part of this path is a file, not a folder; check the name",
        _ if is_loop => "a symbolic link that leads back to itself; remove it or name its target",
        _ => {
            let message = system_error::describe(error);
            return format!("cannot be read: {message}; check the file");
        }
    };
    reason.to_owned()
}
