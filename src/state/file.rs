//! Reads and writes the state file: sections of entries, each entry a JSON object that stays as it is written until it changes.
//!
//! Several instances may be open. A save takes the lock, reads the file again, changes single fields, and moves the new file into
//! the place of the old one; so nobody reads half a file and nobody's marks are lost. Entries and fields that this version does
//! not know stay in the file.

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

/// Most entries of a section; beyond that those that were changed longest ago are dropped.
const MOST_ENTRIES: usize = 200_000;

/// Most bytes of the file; 200,000 entries are some 20 MB, so a larger one was not written by this program.
const LARGEST: u64 = 256 << 20;

/// Attempts to take the lock, and the time between them: two seconds, while a save takes some milliseconds.
const LOCK_ATTEMPTS: usize = 100;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// Start of the names of files that are being written.
const HALF: &str = ".crossread-state-";

/// Read marks, stars and places by report; choices by pair of reports; moves by report; notes by report and passage.
pub(super) const REPORTS: &str = "reports";
pub(super) const LINKS: &str = "links";
pub(super) const EVENTS: &str = "events";
pub(super) const NOTES: &str = "notes";
const SECTIONS: [&str; 4] = [REPORTS, LINKS, EVENTS, NOTES];

/// Raw JSON by name.
pub(super) type RawEntries = BTreeMap<String, Box<RawValue>>;

/// Changed fields, by section and entry.
pub(super) type FieldChanges = BTreeMap<(&'static str, String), Map<String, Value>>;

/// Returns the sections of the state file of `folder`, none where there is no file. One that cannot be understood is renamed, and
/// its new path is returned.
pub(super) fn read_state(folder: &Path) -> io::Result<(RawEntries, Option<PathBuf>)> {
    let path = file_path(folder);
    let text = match read_text(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Default::default()),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return set_aside(&path),
        Err(error) => return Err(error),
    };
    match serde_json::from_str(&text) {
        Ok(sections) if is_sound(&sections) => Ok((sections, None)),
        _ => set_aside(&path),
    }
}

/// Whether the sections that are written here hold entries.
fn is_sound(sections: &RawEntries) -> bool {
    let known = SECTIONS.iter().filter_map(|name| sections.get(*name));
    known
        .into_iter()
        .all(|entries| entries.get().starts_with('{'))
}

/// Whether the file was written by a later version of this program, whose entries may mean something else.
pub(super) fn is_newer(sections: &RawEntries) -> bool {
    let version = sections.get("version").map(|version| version.get());
    version.is_some_and(|version| version.parse().is_ok_and(|version: u64| version > VERSION))
}

/// Returns the entries of `section`.
pub(super) fn entries(sections: &RawEntries, section: &str) -> RawEntries {
    let entries = sections.get(section);
    let entries = entries.and_then(|entries| serde_json::from_str(entries.get()).ok());
    entries.unwrap_or_default()
}

/// Writes `changes` over the file of `folder`; `now` (seconds since 1970) is when they were made.
///
/// # Errors
/// The folder cannot be written, another instance holds the lock for seconds, or the file is a later version's.
pub(super) fn write_changes(folder: &Path, changes: &FieldChanges, now: i64) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let _lock = wait_for_lock(folder)?;
    // Read again under the lock: another instance may have saved since this one started.
    let (mut sections, _) = read_state(folder)?;
    if is_newer(&sections) {
        return Err(io::Error::other(
            "they belong to a later version of crossread",
        ));
    }
    apply_changes(&mut sections, changes, now)?;
    replace_file(&file_path(folder), &serde_json::to_vec(&sections)?)
}

fn file_path(folder: &Path) -> PathBuf {
    folder.join("state.json")
}

fn read_text(path: &Path) -> io::Result<String> {
    let found = fs::metadata(path)?;
    if found.is_file() && found.len() <= LARGEST {
        fs::read_to_string(path)
    } else {
        Err(io::ErrorKind::InvalidData.into())
    }
}

/// Renames the file to the first free name of ten; the last of them even if it is taken.
fn set_aside(path: &Path) -> io::Result<(RawEntries, Option<PathBuf>)> {
    let name = |number: usize| path.with_extension(format!("json.damaged-{number}"));
    let free = (1..10).map(name).find(|name| !name.exists());
    let aside = free.unwrap_or_else(|| name(10));
    match fs::rename(path, &aside) {
        Ok(()) => Ok((RawEntries::new(), Some(aside))),
        // Another instance has renamed it in the meantime.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Default::default()),
        Err(error) => Err(error),
    }
}

/// Waits for the lock, which is released when the file is dropped; on a file system without locks there is none.
fn wait_for_lock(folder: &Path) -> io::Result<File> {
    let mut options = File::options();
    let file = options.read(true).write(true).create(true).truncate(false);
    let file = file.open(folder.join("state.lock"))?;
    for _ in 0..LOCK_ATTEMPTS {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => thread::sleep(LOCK_PAUSE),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(file);
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::Error::other("another crossread is writing the file"))
}

fn apply_changes(sections: &mut RawEntries, changes: &FieldChanges, now: i64) -> io::Result<()> {
    sections.insert(
        "version".to_owned(),
        serde_json::value::to_raw_value(&VERSION)?,
    );
    let mut changed: BTreeMap<&str, RawEntries> = BTreeMap::new();
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
        drop_oldest(&mut entries, MOST_ENTRIES);
        sections.insert(
            section.to_owned(),
            serde_json::value::to_raw_value(&entries)?,
        );
    }
    Ok(())
}

/// Drops the entries that were changed longest ago until `most` are left; those with a star last.
fn drop_oldest(entries: &mut RawEntries, most: usize) {
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
    // `false` comes first: an entry with a star is dropped only when no other is left.
    ages.sort_unstable();
    for (_, _, name) in ages.iter().take(over) {
        entries.remove(name);
    }
}

/// Moves a file with `bytes` into the place of `path`; where that is a link, of the file that it leads to.
///
/// Called under the lock, so that a file half written there is one that a program left when it was killed.
fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().unwrap_or(Path::new("."));
    delete_halves(folder);
    let mut file = tempfile::Builder::new().prefix(HALF).tempfile_in(folder)?;
    file.write_all(bytes)?;
    // Without this a power cut could leave an empty file under the new name.
    file.as_file().sync_all()?;
    file.persist(&target)?;
    // And without this the old file; some file systems cannot do it.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Deletes files that were left half written; what cannot be deleted stays.
fn delete_halves(folder: &Path) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_half = |file: &fs::DirEntry| {
        file.file_name()
            .as_encoded_bytes()
            .starts_with(HALF.as_bytes())
    };
    for half in files.filter(is_half) {
        let _ = fs::remove_file(half.path());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> RawEntries {
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
    fn a_half_that_a_killed_program_left_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".crossread-state-Ab12"), "{").unwrap();
        replace_file(&file_path(folder.path()), b"{}").unwrap();
        let names = fs::read_dir(folder.path()).unwrap();
        let names: Vec<_> = names.map(|file| file.unwrap().file_name()).collect();
        assert_eq!(names, ["state.json"]);
    }

    #[test]
    fn a_change_leaves_the_other_fields_entries_and_sections_as_they_are() {
        let mut sections =
            raw(r#"{"reports":{"x":{"new":[1, 2],"read":false},"y":3},"later":{"z":1.50}}"#);
        let fields = Map::from_iter([("read".to_owned(), Value::Bool(true))]);
        apply_changes(
            &mut sections,
            &FieldChanges::from([(("reports", "x".to_owned()), fields)]),
            7,
        )
        .unwrap();
        assert_eq!(
            serde_json::to_string(&sections).unwrap(),
            r#"{"later":{"z":1.50},"reports":{"x":{"new":[1,2],"read":true,"changed":7},"y":3},"version":1}"#
        );
    }
}
