//! The state file: sections of entries, each entry a JSON object, kept as it is written until it is changed.
//!
//! Several instances may be open. A save takes the lock, reads the file anew, lays its own changes over single fields, and puts
//! the new file in the place of the old at once; so nobody reads half a file and nobody's marks are lost. What this version does
//! not understand stays in the file.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// The version that this program writes; a file of a later one is read and left alone.
const VERSION: u64 = 1;

/// Entries of a section; beyond that the ones that were changed longest ago go.
const MOST: usize = 200_000;

/// What is larger was not written by this program (200,000 entries are some 20 MB).
const LARGEST: u64 = 256 << 20;

/// How often the lock is tried, and the time between; a save takes some milliseconds.
const TRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(20);

/// Read marks, stars and places by report; choices by pair of reports; moves by report.
pub(super) const REPORTS: &str = "reports";
pub(super) const LINKS: &str = "links";
pub(super) const EVENTS: &str = "events";
const SECTIONS: [&str; 3] = [REPORTS, LINKS, EVENTS];

/// Names to raw JSON.
pub(super) type Raw = BTreeMap<String, Box<RawValue>>;

/// Fields that were changed, by section and entry.
pub(super) type Changes = BTreeMap<(&'static str, String), Map<String, Value>>;

/// What became of reading the file.
pub(super) enum Found {
    /// There is none, or there was none to read.
    Nothing,
    /// Its sections.
    Sections(Raw),
    /// It was damaged, and is now called this.
    SetAside(PathBuf),
}

/// Reads the state file of `folder`; one that cannot be understood is set aside.
pub(super) fn read(folder: &Path) -> io::Result<Found> {
    let path = path(folder);
    let text = match text(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return set_aside(&path),
        Err(error) => return Err(error),
    };
    match serde_json::from_str(&text) {
        Ok(sections) if is_sound(&sections) => Ok(Found::Sections(sections)),
        _ => set_aside(&path),
    }
}

/// Whether the sections that are written here hold entries.
fn is_sound(sections: &Raw) -> bool {
    let known = SECTIONS.iter().filter_map(|name| sections.get(*name));
    known
        .into_iter()
        .all(|entries| entries.get().starts_with('{'))
}

/// Whether the file was written by a later version of this program, whose entries may mean something else.
pub(super) fn is_newer(sections: &Raw) -> bool {
    let version = sections.get("version").map(|version| version.get());
    version.is_some_and(|version| version.parse().is_ok_and(|version: u64| version > VERSION))
}

/// Returns the entries of `section`.
pub(super) fn entries(sections: &Raw, section: &str) -> Raw {
    let entries = sections.get(section);
    let entries = entries.and_then(|entries| serde_json::from_str(entries.get()).ok());
    entries.unwrap_or_default()
}

/// Lays `changes` over the file of `folder`; `now` (seconds since 1970) is when they were made.
///
/// # Errors
/// The folder cannot be written, another instance holds the lock for seconds, or the file is a later version's.
pub(super) fn write(folder: &Path, changes: &Changes, now: i64) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let _lock = lock(folder)?;
    let mut sections = match read(folder)? {
        Found::Sections(sections) => sections,
        Found::Nothing | Found::SetAside(_) => Raw::new(),
    };
    if is_newer(&sections) {
        return Err(io::Error::other("a later version of crossread keeps them"));
    }
    lay_over(&mut sections, changes, now)?;
    replace(&path(folder), &serde_json::to_vec(&sections)?)
}

fn path(folder: &Path) -> PathBuf {
    folder.join("state.json")
}

fn text(path: &Path) -> io::Result<String> {
    let found = fs::metadata(path)?;
    match found.is_file() && found.len() <= LARGEST {
        true => fs::read_to_string(path),
        false => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// Gives the file the first free name of ten, the last of them even if it is taken.
fn set_aside(path: &Path) -> io::Result<Found> {
    let name = |number: usize| path.with_extension(format!("json.damaged-{number}"));
    let free = (1..10).map(name).find(|name| !name.exists());
    let aside = free.unwrap_or_else(|| name(10));
    match fs::rename(path, &aside) {
        Ok(()) => Ok(Found::SetAside(aside)),
        // Another instance was faster.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) => Err(error),
    }
}

/// Waits for the lock, which goes when the file is dropped; a file system without locks goes without.
fn lock(folder: &Path) -> io::Result<File> {
    let mut options = File::options();
    let file = options.read(true).write(true).create(true).truncate(false);
    let file = file.open(folder.join("state.lock"))?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(file);
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::Error::other("another crossread is writing them"))
}

fn lay_over(sections: &mut Raw, changes: &Changes, now: i64) -> io::Result<()> {
    sections.insert(
        "version".to_owned(),
        serde_json::value::to_raw_value(&VERSION)?,
    );
    let mut changed: BTreeMap<&str, Raw> = BTreeMap::new();
    for ((section, name), fields) in changes {
        let entries = changed
            .entry(section)
            .or_insert_with(|| entries(sections, section));
        let old = entries.get(name).map_or("{}", |entry| entry.get());
        let mut entry: Map<String, Value> = serde_json::from_str(old).unwrap_or_default();
        entry.extend(fields.clone());
        entry.insert("changed".to_owned(), now.into());
        entries.insert(name.clone(), serde_json::value::to_raw_value(&entry)?);
    }
    for (section, mut entries) in changed {
        drop_oldest(&mut entries, MOST);
        sections.insert(
            section.to_owned(),
            serde_json::value::to_raw_value(&entries)?,
        );
    }
    Ok(())
}

/// Drops what was changed longest ago until `most` are left; what has a star goes last.
fn drop_oldest(entries: &mut Raw, most: usize) {
    let over = entries.len().saturating_sub(most);
    if over == 0 {
        return;
    }
    let mut ages: Vec<(bool, i64, String)> = entries
        .iter()
        .map(|(name, entry)| {
            let entry: Value = serde_json::from_str(entry.get()).unwrap_or_default();
            let field = |name| entry.get(name);
            let starred = field("starred")
                .and_then(Value::as_bool)
                .unwrap_or_default();
            let changed = field("changed").and_then(Value::as_i64).unwrap_or_default();
            (starred, changed, name.clone())
        })
        .collect();
    ages.sort_unstable();
    for (_, _, name) in ages.iter().take(over) {
        entries.remove(name);
    }
}

/// Puts a file with `bytes` in the place of `path` at once; where that is a link, in the place of what it leads to.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&target)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> Raw {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_oldest_entries_go_first_and_the_starred_last() {
        let mut entries =
            raw(r#"{"a":{"changed":1,"starred":true},"b":{"changed":2},"c":{"changed":3},"d":{}}"#);
        drop_oldest(&mut entries, 2);
        assert_eq!(entries.keys().collect::<Vec<_>>(), ["a", "c"]);
    }

    #[test]
    fn a_change_leaves_the_other_fields_entries_and_sections_as_they_are() {
        let mut sections =
            raw(r#"{"reports":{"x":{"new":[1, 2],"read":false},"y":3},"later":{"z":1.50}}"#);
        let fields = Map::from_iter([("read".to_owned(), Value::Bool(true))]);
        lay_over(
            &mut sections,
            &Changes::from([(("reports", "x".to_owned()), fields)]),
            7,
        )
        .unwrap();
        assert_eq!(
            serde_json::to_string(&sections).unwrap(),
            r#"{"later":{"z":1.50},"reports":{"x":{"new":[1,2],"read":true,"changed":7},"y":3},"version":1}"#
        );
    }
}
