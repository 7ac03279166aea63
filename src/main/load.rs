//! The reports that a command works on.

use std::path::{Path, PathBuf};

use crossread::article::Article;
use crossread::config::{Config, UserDirs};
use crossread::ingest::{self, ByteCounter, ReadFailure, ReadLimits, ReportSource};
use crossread::library::{Library, LibraryEntry, SavedLibrary};

/// Message when there is nothing to read.
pub(crate) const NOTHING: &str =
    "nothing to read; name a text file or a folder of them, or no path for the bundled reports";

/// Returns how large a file may be.
pub(crate) fn limits(config: &Config) -> ReadLimits {
    ReadLimits {
        bytes: usize::from(config.largest_file) << 20,
    }
}

/// Reads the reports at `paths`, the bundled ones without any; all of them stay open.
pub(crate) fn open_library(paths: &[PathBuf], config: &Config) -> Library {
    let mut library = Library::default();
    if paths.is_empty() {
        let bundled = ingest::bundled().into_iter();
        library.entries.extend(bundled.map(LibraryEntry::new));
        return library;
    }
    let (sources, failures) = ingest::sources(paths);
    library.failures = failures;
    let counter = ByteCounter::default();
    ingest::read_all(&sources, &limits(config), &counter, &mut |one| match one {
        Ok(article) => library.entries.push(LibraryEntry::new(article)),
        Err(failure) => library.failures.push(failure),
    });
    library
}

/// Returns the reports at `paths` from the library that the interface saved of them; `None` where none was saved, or
/// something has changed since.
pub(crate) fn saved_library(paths: &[PathBuf], config: &Config) -> Option<Library> {
    // To look whether something is saved for standard input would be to read it.
    if !config.cache || paths.iter().any(|path| is_stdin(path)) {
        return None;
    }
    let folder = UserDirs::from_env()?.cache;
    let limits = limits(config);
    let first = FirstReports::load(paths, &limits);
    let ids = first.articles.iter().map(|article| article.id);
    let saved = SavedLibrary::locate(&folder, ids, &first.sources, &limits)?.catalogue()?;
    let mut library = Library::default();
    library
        .entries
        .extend(first.articles.into_iter().map(LibraryEntry::new));
    library
        .entries
        .extend(saved.summaries.into_iter().map(LibraryEntry::closed));
    library.failures = first.failures;
    library.failures.extend(saved.failures);
    Some(library)
}

/// Bytes of a file up to which it is read before the first screen; a mebibyte takes 25 ms (82 µs a report of 3.4 KB).
const SMALL_FILE: u64 = 1 << 20;

/// The first reports of some paths, with which the interface opens, and the sources that are still to be read.
#[derive(Default)]
pub(crate) struct FirstReports {
    /// Reports of standard input, or of the first file.
    pub(crate) articles: Vec<Article>,
    /// Sources that follow them, in order.
    pub(crate) sources: Vec<ReportSource>,
    /// Paths and reports that could not be read.
    pub(crate) failures: Vec<ReadFailure>,
}

impl FirstReports {
    /// Reads standard input if it is named, or else small files until one of them holds a report.
    pub(crate) fn load(paths: &[PathBuf], limits: &ReadLimits) -> Self {
        let (mut ordered, files): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.iter().cloned().partition(|path| is_stdin(path));
        ordered.extend(files);
        let (sources, failures) = ingest::sources(&ordered);
        let mut first = Self {
            failures,
            ..Self::default()
        };
        let mut sources = sources.into_iter().peekable();
        // A file is read only while all before it were, so that the reports stay in the order of their paths.
        while let Some(source) = sources.next_if(|source| {
            source.is_stdin()
                || first.articles.is_empty() && source.size().is_some_and(|size| size <= SMALL_FILE)
        }) {
            source.read_each(limits, &mut |read| match read {
                Ok(article) => first.articles.push(article),
                Err(failure) => first.failures.push(failure),
            });
        }
        first.sources = sources.collect();
        first
    }

    /// Whether there is no report and no source that may hold one.
    pub(crate) fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.sources.is_empty()
    }
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}
