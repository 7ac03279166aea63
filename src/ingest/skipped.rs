//! Tells the files of a folder or a zip that are not read: those that programs leave beside reports are passed over, the others are
//! counted by their endings and said in one line.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::text::count::counted;

use super::formats;

/// Endings that are named; the files of the others are counted together.
const NAMED: usize = 6;
/// Endings that browsers add to the name of a page for the folder of its pictures and styles.
const PAGE_FOLDERS: [&str; 6] = [
    "_files",
    ".files",
    "_file",
    "-Dateien",
    "_fichiers",
    "_archivos",
];

/// Files that are not read, counted by their endings.
#[derive(Debug, Default)]
pub(super) struct SkippedFiles {
    by_ending: BTreeMap<String, usize>,
}

impl SkippedFiles {
    /// Returns whether the file is read; one of another kind is counted.
    pub(super) fn is_read(&mut self, path: &Path) -> bool {
        if path.file_name().is_some_and(is_left_behind) {
            return false;
        }
        let is_read = formats::is_read_in_folders(path);
        if !is_read {
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            *self.by_ending.entry(ending.to_lowercase()).or_default() += 1;
        }
        is_read
    }

    /// Returns a line that says how many files of which kinds are not read; none where all are.
    pub(super) fn said(&self) -> Option<String> {
        let total: usize = self.by_ending.values().sum();
        let mut kinds: Vec<(&str, usize)> = self
            .by_ending
            .iter()
            .map(|(ending, &count)| (&**ending, count))
            .collect();
        kinds.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let named: usize = kinds.iter().take(NAMED).map(|kind| kind.1).sum();
        let mut parts: Vec<String> = kinds
            .iter()
            .take(NAMED)
            .map(|(ending, count)| format!("{count} .{ending}"))
            .collect();
        if total > named {
            parts.push(counted(total - named, "other"));
        }
        (total > 0).then(|| {
            format!(
                "{}: {}",
                counted(total, "unsupported file"),
                parts.join(", ")
            )
        })
    }
}

/// Returns whether a program left a file or folder of this name behind: hidden ones, the locks of Word (`~$x.docx`) and
/// LibreOffice (`.~lock.x#`), the other halves of files that macOS puts into a zip.
pub(super) fn is_left_behind(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.starts_with(b"~$") || name == b"__MACOSX"
}

/// Returns whether the path leads into the folder of pictures and styles that a browser saved beside a page; `exists` tells
/// whether the page is there.
pub(super) fn is_beside_page(path: &Path, exists: impl Fn(&Path) -> bool) -> bool {
    path.ancestors()
        .skip(1)
        .any(|folder| is_page_folder(folder, &exists))
}

/// Returns whether the folder holds the pictures and styles of a page beside it.
pub(super) fn is_page_folder(folder: &Path, exists: impl Fn(&Path) -> bool) -> bool {
    let Some(name) = folder.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let mut endings = PAGE_FOLDERS.iter();
    let Some(page) = endings.find_map(|ending| name.strip_suffix(ending)) else {
        return false;
    };
    let pages = ["html", "htm", "xhtml", "HTML", "HTM"];
    let beside = |ending: &str| -> PathBuf { folder.with_file_name(format!("{page}.{ending}")) };
    pages.iter().any(|ending| exists(&beside(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_that_are_not_read_are_counted_by_their_endings() {
        let mut skipped = SkippedFiles::default();
        for name in [
            "a.txt",
            "a.png",
            "b.PNG",
            "c.css",
            "~$d.txt",
            ".~lock.d.txt#",
            "notes",
        ] {
            skipped.is_read(Path::new(name));
        }
        assert_eq!(
            skipped.said().as_deref(),
            Some("3 unsupported files: 2 .png, 1 .css")
        );
        assert_eq!(SkippedFiles::default().said(), None);
    }

    #[test]
    fn the_folder_beside_a_saved_page_holds_no_reports() {
        let exists = |page: &Path| page == Path::new("clips/Ferry fares.html");
        for (path, is_beside) in [
            ("clips/Ferry fares_files/ad.html", true),
            ("clips/Ferry fares-Dateien/x/ad.html", true),
            ("clips/other_files/a.html", false),
            ("clips/a.html", false),
        ] {
            assert_eq!(is_beside_page(Path::new(path), exists), is_beside, "{path}");
        }
    }

    #[test]
    fn what_programs_leave_behind_is_passed_over() {
        for name in [
            "~$essay.docx",
            ".~lock.essay.docx#",
            "__MACOSX/._a.txt",
            "a/.DS_Store",
        ] {
            assert!(Path::new(name).iter().any(is_left_behind), "{name}");
        }
        assert!(!Path::new("clips/a.txt").iter().any(is_left_behind));
    }
}
