//! What can be worked out anew, kept in a file from one start to the next: named sections of bytes, for files as they are.
//!
//! The file is named for the paths of the sources and says inside in which state of them (size, time of change) it was
//! made. Its head, with a sum over itself, says where each section stands and what its sum is; so one section is read
//! without the others. What is of another state, of another version or damaged in any place is as good as none: the
//! caller works it out anew and saves over it. A file is written beside and moved into place, so two programs cannot mix
//! their halves. What the bytes of a section mean is nothing to this room.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// The first bytes of every file; the number changes with the layout, of the head or of any section.
const MAGIC: &[u8; 16] = b"crossread cache1";
/// Files that are kept; those that were saved longest ago go first.
const KEPT: usize = 16;
/// Of a longer head nothing was written by this program.
const LONGEST_HEAD: u64 = 1 << 16;

/// Of which sources something was made, and in what state they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceStamp {
    /// A sum over the paths.
    paths: u128,
    /// A sum over paths, sizes and times.
    state: u128,
}

impl SourceStamp {
    /// Adds a file, in the order in which the files are read.
    pub fn add(&mut self, path: &Path, size: u64, changed: SystemTime) {
        let path = path.as_os_str().as_encoded_bytes();
        let since = changed.duration_since(UNIX_EPOCH).unwrap_or_default();
        self.paths = sum(self.paths, path);
        self.note(path);
        self.note(&size.to_le_bytes());
        self.note(&since.as_nanos().to_le_bytes());
    }

    /// Adds something else that what is kept depends on, such as a setting.
    pub fn note(&mut self, what: &[u8]) {
        self.state = sum(self.state, what);
    }

    fn file(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{:032x}.cache", self.paths))
    }
}

/// Returns a sum of all before and `next`.
fn sum(before: u128, next: &[u8]) -> u128 {
    xxh3_128(&[&before.to_le_bytes(), next].concat())
}

/// A cache file, opened; stays readable when another program saves over it.
#[derive(Debug)]
pub struct CacheFile {
    file: File,
    sections: Vec<Section>,
}

/// Where a section stands.
#[derive(Clone, Debug)]
struct Section {
    name: String,
    start: u64,
    length: u64,
    sum: u64,
}

impl CacheFile {
    /// Opens what was saved in `folder` for the sources of `stamp` as they are; `None` if there is nothing to rely on.
    pub fn open(folder: &Path, stamp: &SourceStamp) -> Option<CacheFile> {
        let path = stamp.file(folder);
        // To open a pipe would wait for somebody to write to it.
        let found = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let mut file = File::open(path).ok()?;
        let mut length = [0; 8];
        file.read_exact(&mut length).ok()?;
        let length = u64::from_le_bytes(length);
        if length > LONGEST_HEAD {
            return None;
        }
        let head = bytes(&mut file, length)?;
        let sections = sections(&head, stamp, 8 + length)?;
        let end = sections.last().map_or(8 + length, |last| last.end());
        (end == found.len()).then_some(CacheFile { file, sections })
    }

    /// Returns the bytes of a section; `None` if there is none of this name, or they are not those that were saved.
    pub fn section(&mut self, name: &str) -> Option<Vec<u8>> {
        let section = self.sections.iter().find(|section| section.name == name)?;
        self.file.seek(SeekFrom::Start(section.start)).ok()?;
        let bytes = bytes(&mut self.file, section.length)?;
        (xxh3_64(&bytes) == section.sum).then_some(bytes)
    }
}

impl Section {
    fn end(&self) -> u64 {
        self.start.saturating_add(self.length)
    }
}

/// Reads so many bytes, or none; asks for no more memory than the file has bytes.
fn bytes(file: &mut File, length: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = file.take(length).read_to_end(&mut bytes).ok()?;
    (read as u64 == length).then_some(bytes)
}

/// Reads the head; the first section stands at `start`.
fn sections(head: &[u8], stamp: &SourceStamp, start: u64) -> Option<Vec<Section>> {
    let (said, sum) = head.split_last_chunk::<8>()?;
    if xxh3_64(said) != u64::from_le_bytes(*sum) {
        return None;
    }
    let mut rest = said
        .strip_prefix(MAGIC)?
        .strip_prefix(&stamp.state.to_le_bytes())?;
    let mut sections: Vec<Section> = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_at_checked(usize::from(*rest.first()?) + 1)?;
        let (length, after) = after.split_first_chunk::<8>()?;
        let (sum, after) = after.split_first_chunk::<8>()?;
        sections.push(Section {
            name: std::str::from_utf8(name.get(1..)?).ok()?.to_owned(),
            start: sections.last().map_or(start, Section::end),
            length: u64::from_le_bytes(*length),
            sum: u64::from_le_bytes(*sum),
        });
        rest = after;
    }
    Some(sections)
}

/// Saves `sections` in `folder`, which is made if it is not there, over what was saved for the same paths.
///
/// Only the user can read the file: it may tell what was read.
///
/// # Errors
/// The folder cannot be made or written to.
pub fn save(folder: &Path, stamp: &SourceStamp, sections: &[(&str, &[u8])]) -> io::Result<()> {
    make(folder)?;
    let head = head(stamp, sections);
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&(head.len() as u64).to_le_bytes())?;
    file.write_all(&head)?;
    for (_, bytes) in sections {
        file.write_all(bytes)?;
    }
    file.persist(stamp.file(folder))?;
    clear(folder);
    Ok(())
}

/// Deletes what was saved long ago, halves that a program left among it; what cannot be deleted stays.
fn clear(folder: &Path) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let saved = |file: &fs::DirEntry| file.metadata().and_then(|facts| facts.modified()).ok();
    let mut files: Vec<_> = files
        .filter_map(|file| Some((saved(&file)?, file.path())))
        .collect();
    files.sort();
    for (_, path) in files.iter().rev().skip(KEPT) {
        let _ = fs::remove_file(path);
    }
}

/// Makes the folder for the user alone; one that is there stays as it is.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

fn head(stamp: &SourceStamp, sections: &[(&str, &[u8])]) -> Vec<u8> {
    let mut head = MAGIC.to_vec();
    head.extend_from_slice(&stamp.state.to_le_bytes());
    for (name, bytes) in sections {
        head.push(name.len() as u8);
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        head.extend_from_slice(&xxh3_64(bytes).to_le_bytes());
    }
    head.extend_from_slice(&xxh3_64(&head).to_le_bytes());
    head
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
        for size in 0..=KEPT as u64 {
            let mut stamp = SourceStamp::default();
            stamp.add(Path::new(&format!("{size}.txt")), size, UNIX_EPOCH);
            save(folder.path(), &stamp, &SECTIONS).unwrap();
            let file = File::options().append(true).open(stamp.file(folder.path()));
            let long_ago = UNIX_EPOCH + Duration::from_secs(size);
            file.unwrap().set_modified(long_ago).unwrap();
        }
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, KEPT);
        assert!(!folder.path().join(".half").exists());
    }

    fn stamp(size: u64) -> SourceStamp {
        let mut stamp = SourceStamp::default();
        let changed = UNIX_EPOCH + Duration::from_secs(1_756_000_000);
        stamp.add(Path::new("reports/one.txt"), size, changed);
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
        other.note(b"tariff.toml");
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
