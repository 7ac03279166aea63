//! The files of the config folder, as they are read: regular ones of a sensible size, in UTF-8.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{SettingsError, SettingsFile};

/// Settings are written by hand; a file beyond this many bytes is something else.
const LARGEST: u64 = 4 << 20;

/// The config folder, and what in it could not be read.
pub(super) struct Folder<'p> {
    path: &'p Path,
    pub(super) errors: Vec<SettingsError>,
}

impl<'p> Folder<'p> {
    pub(super) fn new(path: &'p Path) -> Self {
        Self {
            path,
            errors: Vec::new(),
        }
    }

    /// Returns the file `name`, if there is one.
    pub(super) fn file(&mut self, name: &Path) -> Option<SettingsFile> {
        let shown = name.to_string_lossy();
        match read_file(&self.path.join(name)) {
            Ok(text) => Some(SettingsFile::new(&shown, &text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                let what = format!("cannot be read: {error}");
                self.errors.push(SettingsFile::new(&shown, "").whole(what));
                None
            }
        }
    }

    /// Returns the TOML files of the folder `kind` by their names without the ending, in the order of the alphabet.
    pub(super) fn named(&mut self, kind: &str) -> Vec<(String, SettingsFile)> {
        let entries = fs::read_dir(self.path.join(kind));
        let mut paths: Vec<PathBuf> = entries
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(Path::new(kind).join(entry.ok()?.file_name())))
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
            .collect();
        paths.sort();
        let read = |path: &PathBuf| {
            let name = path.file_stem()?.to_str()?.to_owned();
            Some((name, self.file(path)?))
        };
        paths.iter().filter_map(read).collect()
    }
}

/// Returns what a file of settings says.
///
/// # Errors
/// Returns an error where it is no regular file (a pipe would never end), larger than anything written by hand, or not UTF-8.
pub fn read_file(path: &Path) -> io::Result<String> {
    let found = fs::metadata(path)?;
    if !found.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    if found.len() > LARGEST {
        return Err(io::Error::other("it is larger than 4 MiB"));
    }
    fs::read_to_string(path)
}
