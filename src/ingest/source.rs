//! Lists the sources that paths lead to: files, folders walked to the bottom in the order of their names, `-` for stdin.
//!
//! Nothing is opened here but folders. Hidden files are skipped, links are followed but never in a circle, and a device, a pipe
//! or a socket is a failure, since reading it could wait for ever.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::beside;
use super::failure::{ReadFailure, explain, shown};
use super::input::why_not_a_file;
use super::skipped::{self, SkippedFiles};
use crate::text::CleanText;

/// Folders inside folders that are walked; deeper ones are no collection of reports but a mistake, or meant to exhaust us.
const MAX_DEPTH: usize = 64;
/// Said of a folder without a file that could hold a report.
const NO_REPORTS: &str = "no reports in this folder; name a folder with reports";

/// A file or standard input, opened when it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportSource {
    /// The path of the file; none for standard input.
    pub(crate) path: Option<Arc<Path>>,
    /// Its name, fit to be shown.
    pub(crate) name: CleanText,
    /// Bytes, where known before reading.
    pub(crate) size: Option<u64>,
    /// Time of the last change to its content, when it was found.
    pub(crate) changed: Option<SystemTime>,
    /// Time of the last change to anything about it, its owner and its mode too, in nanoseconds.
    pub(crate) touched: Option<i128>,
}

impl ReportSource {
    /// Returns the source of the file at `path`.
    pub fn file(path: PathBuf) -> Self {
        let facts = fs::metadata(&path).ok();
        Self {
            name: shown(&path),
            path: Some(path.into()),
            size: facts.as_ref().map(fs::Metadata::len),
            touched: facts.as_ref().map(touched),
            changed: facts.and_then(|facts| facts.modified().ok()),
        }
    }

    /// Returns standard input as a source.
    pub fn stdin() -> Self {
        Self {
            name: CleanText::one_line("stdin"),
            path: None,
            size: None,
            changed: None,
            touched: None,
        }
    }

    /// Whether it is standard input.
    pub fn is_stdin(&self) -> bool {
        self.path.is_none()
    }

    /// Returns its bytes, where known before reading.
    pub fn size(&self) -> Option<u64> {
        self.size
    }
}

fn touched(facts: &fs::Metadata) -> i128 {
    i128::from(facts.ctime()) * 1_000_000_000 + i128::from(facts.ctime_nsec())
}

/// Returns the sources that `paths` lead to, in order: files, folders walked to the bottom, `-` for standard input; and what
/// cannot be read.
pub fn sources(paths: &[PathBuf]) -> (Vec<ReportSource>, Vec<ReadFailure>) {
    let mut found = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Ok(ReportSource::stdin()));
            continue;
        }
        match fs::metadata(path) {
            Err(error) => found.push(Err(ReadFailure::new(path, &explain(&error)))),
            Ok(facts) if facts.is_dir() => walk(path, &mut found),
            Ok(facts) => found.push(match why_not_a_file(facts.file_type()) {
                Some(reason) => Err(ReadFailure::new(path, reason)),
                None => Ok(ReportSource::file(path.clone())),
            }),
        }
    }
    let (sources, failures): (Vec<_>, Vec<_>) = found.into_iter().partition(Result::is_ok);
    let failures = failures.into_iter().filter_map(Result::err);
    (sources.into_iter().flatten().collect(), failures.collect())
}

/// Adds what is in `folder`, in the order of the names.
fn walk(folder: &Path, found: &mut Vec<Result<ReportSource, ReadFailure>>) {
    let before = found.len();
    let entries = WalkDir::new(folder)
        .follow_links(true)
        .max_depth(MAX_DEPTH)
        // The order of the folder differs between file systems; numbers of reports should not.
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_passed_over(entry));
    let mut skipped = SkippedFiles::default();
    for entry in entries {
        match entry {
            Ok(entry) => found.extend(entry_source(&entry, &mut skipped)),
            Err(error) => found.push(Err(walk_failure(folder, &error))),
        }
    }
    match (found.len() == before, skipped.said()) {
        (true, None) => {
            found.push(Err(ReadFailure::new(folder, NO_REPORTS)));
        }
        (true, Some(said)) => {
            let reason = format!("no reports in this folder, only {said}");
            found.push(Err(ReadFailure::new(folder, &reason)));
        }
        (false, Some(said)) => found.push(Err(ReadFailure::new(folder, &said).left_out())),
        (false, None) => {}
    }
}

/// Returns whether a file is left behind by a program or lists the files beside it, or a folder holds the pictures and styles
/// of a page beside it.
fn is_passed_over(entry: &DirEntry) -> bool {
    skipped::is_left_behind(entry.file_name())
        || entry.file_type().is_dir() && skipped::is_page_folder(entry.path(), Path::is_file)
        || entry.file_type().is_file() && beside::is_list(entry.path())
}

/// Returns the source that an entry of a folder is, or why it cannot be read; nothing for a folder that is walked and for a
/// file of a kind that holds no reports.
fn entry_source(
    entry: &DirEntry,
    skipped: &mut SkippedFiles,
) -> Option<Result<ReportSource, ReadFailure>> {
    let path = entry.path();
    if entry.file_type().is_dir() {
        // An empty folder at the limit hides nothing.
        let too_deep = entry.depth() == MAX_DEPTH && !is_empty(path);
        let reason =
            format!("more than {MAX_DEPTH} folders deep; name this folder itself to read it");
        return too_deep.then(|| Err(ReadFailure::new(path, &reason)));
    }
    if let Some(reason) = why_not_a_file(entry.file_type()) {
        return Some(Err(ReadFailure::new(path, reason)));
    }
    skipped
        .is_read(path)
        .then(|| Ok(ReportSource::file(path.to_owned())))
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// Returns the failure of an entry that the walk could not follow.
fn walk_failure(folder: &Path, error: &walkdir::Error) -> ReadFailure {
    let path = error.path().unwrap_or(folder);
    if error.loop_ancestor().is_some() {
        let reason = "a link to a folder that it is in; not followed, remove it";
        return ReadFailure::new(path, reason);
    }
    let reason = error.io_error().map_or_else(|| error.to_string(), explain);
    ReadFailure::new(path, &reason)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// Returns the names of the sources of `paths`, then what cannot be read, without the name of `folder`.
    fn found(paths: &[PathBuf], folder: &Path) -> Vec<String> {
        let prefix = format!("{}/", folder.display());
        let (sources, failures) = sources(paths);
        let names = sources.iter().map(|source| source.name.to_string());
        let failures = failures.iter().map(ToString::to_string);
        let all = names.chain(failures);
        all.map(|one| one.replace(&prefix, "")).collect()
    }

    #[test]
    fn a_folder_is_walked_in_the_order_of_its_names_and_hidden_files_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("sub/.git")).unwrap();
        for name in [
            "b.txt",
            "a.md",
            ".hidden.txt",
            "sub/c.JSONL",
            "sub/.git/x.txt",
            "photo.png",
            "notes",
        ] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let mut found = found(&[folder.path().to_owned()], folder.path());
        let left_out = found.pop().unwrap();
        assert!(left_out.ends_with(": 1 unsupported file: 1 .png"));
        assert_eq!(found, ["a.md", "b.txt", "notes", "sub/c.JSONL"]);
    }

    #[test]
    fn what_cannot_be_read_is_said_in_one_line_and_the_rest_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("empty")).unwrap();
        fs::create_dir(path("round")).unwrap();
        fs::write(path("a.txt"), "x").unwrap();
        symlink(".", path("round/self")).unwrap();
        symlink("self", path("self")).unwrap();
        symlink("/dev/zero", path("zero.txt")).unwrap();
        let paths = ["missing", "empty", "round", "self", "zero.txt", "a.txt"].map(path);
        let found = found(&paths, folder.path());
        assert_eq!(found[0], "a.txt");
        assert!(found[1].contains("there is no such file"), "{found:?}");
        assert!(found[2].contains("no reports in this folder"), "{found:?}");
        assert!(
            found[3].starts_with("round/self: a link to a folder that it is in"),
            "{found:?}"
        );
        assert!(found[4].contains("leads back to itself"), "{found:?}");
        assert!(found[5].contains("a device, not a file"), "{found:?}");
    }

    #[test]
    fn folders_too_deep_are_said() {
        let folder = tempfile::tempdir().unwrap();
        let mut deep = folder.path().to_owned();
        for _ in 0..MAX_DEPTH + 2 {
            deep.push("d");
        }
        fs::create_dir_all(&deep).unwrap();
        let found = found(&[folder.path().to_owned()], folder.path());
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("64 folders deep"), "{found:?}");
    }
}
