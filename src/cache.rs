//! Saves what can be computed again in a file of the cache folder: named sections of bytes that belong to some source files.
//!
//! The file is named for the paths of the sources, and says inside in which state of them (size, time of change) it was made.
//! Its head, with a checksum, lists the sections with their lengths and checksums, so that one is read without the others. A
//! file of another state, of another version or damaged in any place counts as none: the caller computes its content again and
//! saves over it. It is written beside the old one and moved into place, so that two programs cannot mix their halves.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Version of the layout of the head and of all sections; a file of another one is not read.
const VERSION: u32 = 5;
/// Files that stay in the folder, two for each library; those that were saved longest ago go first.
const MOST_FILES: usize = 32;
/// Most bytes of a head; a longer one is damaged, and to read it could fill the memory.
const LONGEST_HEAD: u64 = 1 << 16;

/// The state of some source files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceStamp {
    /// Hash of the paths.
    paths: u128,
    /// Hash of paths, sizes and times.
    state: u128,
    /// Ending of the file's name; `cache` without one.
    ending: Option<&'static str>,
}

impl SourceStamp {
    /// Adds a file, in the order in which the files are read.
    pub fn add_file(&mut self, path: &Path, size: u64, changed: SystemTime) {
        let path = path.as_os_str().as_encoded_bytes();
        let since = changed.duration_since(UNIX_EPOCH).unwrap_or_default();
        self.paths = chained_hash(self.paths, path);
        self.add_setting(path);
        self.add_setting(&size.to_le_bytes());
        self.add_setting(&since.as_nanos().to_le_bytes());
    }

    /// Adds something else that the content depends on, such as a setting.
    pub fn add_setting(&mut self, what: &[u8]) {
        self.state = chained_hash(self.state, what);
    }

    /// Returns the stamp of another file for the same paths, which does not depend on their state but on `version`.
    pub fn beside(&self, ending: &'static str, version: &[u8]) -> Self {
        Self {
            state: chained_hash(0, version),
            ending: Some(ending),
            ..*self
        }
    }

    fn file(&self, folder: &Path) -> PathBuf {
        let ending = self.ending.unwrap_or("cache");
        folder.join(format!("{:032x}.{ending}", self.paths))
    }
}

/// Returns a hash of all before and `next`.
fn chained_hash(before: u128, next: &[u8]) -> u128 {
    xxh3_128(&[&before.to_le_bytes(), next].concat())
}

/// The beginning of a file: the version, the state of the sources, and the sections.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct CacheHead {
    version: u32,
    state: u128,
    sections: Vec<CacheSection>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct CacheSection {
    name: String,
    length: u64,
    checksum: u64,
}

/// A cache file, opened; stays readable when another program saves over it.
#[derive(Debug)]
pub struct CacheFile {
    file: File,
    /// First byte of the first section.
    start: u64,
    sections: Vec<CacheSection>,
}

impl CacheFile {
    /// Opens what was saved in `folder` for the sources of `stamp` as they are; `None` if there is nothing to rely on.
    pub fn open(folder: &Path, stamp: &SourceStamp) -> Option<CacheFile> {
        let path = stamp.file(folder);
        // To open a pipe would wait for somebody to write to it.
        let found = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let mut file = File::open(path).ok()?;
        let mut words = [0; 16];
        file.read_exact(&mut words).ok()?;
        let (length, checksum) = words.split_at(8);
        let length = u64::from_le_bytes(length.try_into().ok()?);
        if length > LONGEST_HEAD {
            return None;
        }
        let head = read_exactly(&mut file, length)?;
        if xxh3_64(&head) != u64::from_le_bytes(checksum.try_into().ok()?) {
            return None;
        }
        let head: CacheHead = postcard::from_bytes(&head).ok()?;
        let start = words.len() as u64 + length;
        let lengths = head.sections.iter().map(|section| section.length);
        let end = lengths.fold(start, u64::saturating_add);
        let is_sound = head.version == VERSION && head.state == stamp.state && end == found.len();
        is_sound.then_some(CacheFile {
            file,
            start,
            sections: head.sections,
        })
    }

    /// Returns the bytes of a section; `None` if there is none of this name, or its bytes are not those that were saved.
    pub fn section(&mut self, name: &str) -> Option<Vec<u8>> {
        let at = self.sections.iter().position(|it| it.name == name)?;
        let (before, rest) = self.sections.split_at(at);
        let section = rest.first()?;
        let start = self.start + before.iter().map(|it| it.length).sum::<u64>();
        self.file.seek(SeekFrom::Start(start)).ok()?;
        let bytes = read_exactly(&mut self.file, section.length)?;
        (xxh3_64(&bytes) == section.checksum).then_some(bytes)
    }
}

/// Reads so many bytes, or none. No more are asked for than the file has: lengths were compared with it.
fn read_exactly(file: &mut File, length: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length).ok()?);
    let read = file.take(length).read_to_end(&mut bytes).ok()?;
    (read as u64 == length).then_some(bytes)
}

/// Saves `sections` in `folder`, which is made if it is not there, over what was saved for the same paths.
///
/// Only the user can read the file: it may tell what was read.
///
/// # Errors
/// The folder cannot be made or written to.
pub fn save(folder: &Path, stamp: &SourceStamp, sections: &[(&str, &[u8])]) -> io::Result<()> {
    make_private(folder)?;
    let head = CacheHead {
        version: VERSION,
        state: stamp.state,
        sections: sections.iter().map(describe).collect(),
    };
    let head = postcard::to_allocvec(&head).map_err(io::Error::other)?;
    // A temporary file is readable by its owner only, and stays so when it is renamed.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&(head.len() as u64).to_le_bytes())?;
    file.write_all(&xxh3_64(&head).to_le_bytes())?;
    file.write_all(&head)?;
    for (_, bytes) in sections {
        file.write_all(bytes)?;
    }
    file.persist(stamp.file(folder))?;
    delete_oldest(folder);
    Ok(())
}

fn describe((name, bytes): &(&str, &[u8])) -> CacheSection {
    CacheSection {
        name: (*name).to_owned(),
        length: bytes.len() as u64,
        checksum: xxh3_64(bytes),
    }
}

/// Deletes all but the newest files, among them halves that another program left; what cannot be deleted stays.
fn delete_oldest(folder: &Path) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let saved = |file: &fs::DirEntry| file.metadata().and_then(|facts| facts.modified()).ok();
    let mut files: Vec<_> = files
        .filter_map(|file| Some((saved(&file)?, file.path())))
        .collect();
    files.sort();
    for (_, path) in files.iter().rev().skip(MOST_FILES) {
        let _ = fs::remove_file(path);
    }
}

/// Makes the folder, readable by the user only; one that is there stays as it is.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const SECTIONS: [(&str, &[u8]); 3] = [
        ("summaries", b"White smoke over Rome"),
        ("none", b""),
        ("texts", b"\x00\x01\xFF"),
    ];

    #[test]
    fn what_was_saved_longest_ago_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let half = File::create(folder.path().join(".half")).unwrap();
        half.set_modified(UNIX_EPOCH).unwrap();
        for size in 0..=MOST_FILES as u64 {
            let mut stamp = SourceStamp::default();
            stamp.add_file(Path::new(&format!("{size}.txt")), size, UNIX_EPOCH);
            save(folder.path(), &stamp, &SECTIONS).unwrap();
            let file = File::options().append(true).open(stamp.file(folder.path()));
            let long_ago = UNIX_EPOCH + Duration::from_secs(size);
            file.unwrap().set_modified(long_ago).unwrap();
        }
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, MOST_FILES);
        assert!(!folder.path().join(".half").exists());
    }

    fn stamp(size: u64) -> SourceStamp {
        let mut stamp = SourceStamp::default();
        let changed = UNIX_EPOCH + Duration::from_secs(1_756_000_000);
        stamp.add_file(Path::new("reports/one.txt"), size, changed);
        stamp
    }

    fn read(folder: &Path, stamp: &SourceStamp) -> Vec<Option<Vec<u8>>> {
        let mut saved = CacheFile::open(folder, stamp);
        let mut section = |name| saved.as_mut()?.section(name);
        SECTIONS.iter().map(|(name, _)| section(name)).collect()
    }

    fn whole() -> Vec<Option<Vec<u8>>> {
        let sections = SECTIONS.iter();
        sections.map(|(_, bytes)| Some(bytes.to_vec())).collect()
    }

    #[test]
    fn what_is_saved_is_loaded_and_changed_sources_ask_for_it_anew() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("crossread/cache");
        assert!(CacheFile::open(&inside, &stamp(10)).is_none());
        save(&inside, &stamp(10), &SECTIONS).unwrap();
        assert_eq!(read(&inside, &stamp(10)), whole());
        assert!(CacheFile::open(&inside, &stamp(11)).is_none());
        save(&inside, &stamp(11), &SECTIONS).unwrap();
        assert_eq!(read(&inside, &stamp(11)), whole());
        assert_eq!(fs::read_dir(&inside).unwrap().count(), 1);
    }

    #[test]
    fn another_setting_asks_for_it_anew() {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), &stamp(10), &SECTIONS).unwrap();
        let mut other = stamp(10);
        other.add_setting(b"tariff.toml");
        assert!(CacheFile::open(folder.path(), &other).is_none());
    }

    #[test]
    fn no_damaged_byte_is_believed() {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), &stamp(10), &SECTIONS).unwrap();
        let path = stamp(10).file(folder.path());
        let good = fs::read(&path).unwrap();
        for cut in 0..good.len() {
            fs::write(&path, &good[..cut]).unwrap();
            assert!(
                CacheFile::open(folder.path(), &stamp(10)).is_none(),
                "{cut}"
            );
        }
        for place in 0..good.len() {
            let mut damaged = good.clone();
            damaged[place] ^= 0x10;
            fs::write(&path, &damaged).unwrap();
            let read = read(folder.path(), &stamp(10));
            assert_ne!(read, whole(), "damaged at {place}");
            let as_saved = |(read, whole): (&Option<_>, _)| read.is_none() || read == whole;
            assert!(read.iter().zip(&whole()).all(as_saved));
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_the_user_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("cache");
        save(&inside, &stamp(10), &SECTIONS).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&inside), 0o700);
        assert_eq!(mode(&stamp(10).file(&inside)), 0o600);
    }
}
