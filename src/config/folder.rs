//! The files of the config folder, as they are read: regular ones of a sensible size, in UTF-8.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::settings_file::{SettingsError, SettingsFile};

/// Largest settings file in bytes; they are written by hand, so a larger one is something else.
const LARGEST_FILE: u64 = 4 << 20;

/// Returns the paths of the TOML files in the folder `kind` of the config folder, seen from there and sorted.
pub(super) fn toml_files(config: &Path, kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(config.join(kind));
    let mut paths: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(Path::new(kind).join(entry.ok()?.file_name())))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    paths
}

/// Reads the settings file at `path`, which messages call `name`; `None` where there is none.
///
/// # Errors
/// Returns why it cannot be read.
pub fn read_file(path: &Path, name: &str) -> Result<Option<SettingsFile>, SettingsError> {
    match read_text(path) {
        Ok(text) => Ok(Some(SettingsFile::new(name, &text))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let reason = error.to_string();
            // The number of a system error says nothing to whoever wrote the file.
            let reason = reason.split(" (os error").next().unwrap_or_default();
            let message = format!("cannot be read: {reason}");
            Err(SettingsFile::new(name, "").error(message))
        }
    }
}

/// Reads a regular file (a pipe would never end) of a size that somebody may have written by hand.
fn read_text(path: &Path) -> io::Result<String> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    if metadata.len() > LARGEST_FILE {
        return Err(io::Error::other("larger than 4 MiB"));
    }
    fs::read_to_string(path)
}
