//! An index kept from one start to the next.
//!
//! The file is named for the paths of the texts and says inside of which state of them (size, time of change) it was
//! made; a sum over everything stands at its end. One that is of another state, of another version or damaged in any
//! place is as good as none: the caller builds anew and saves over it. It is written beside and moved into place, so two
//! programs cannot mix their halves.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::index::Index;

/// The first bytes of every file; the number changes with the layout.
const MAGIC: &[u8; 16] = b"crossread index1";

/// Which texts an index is of, and in what state.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stamp {
    /// A sum over the paths.
    paths: u128,
    /// A sum over paths, sizes and times.
    state: u128,
}

impl Stamp {
    /// Adds a file, in the order in which its texts are numbered.
    pub fn add(&mut self, path: &Path, size: u64, changed: SystemTime) {
        let path = path.as_os_str().as_encoded_bytes();
        let since = changed.duration_since(UNIX_EPOCH).unwrap_or_default();
        self.paths = sum(self.paths, path);
        self.state = sum(self.state, path);
        self.state = sum(self.state, &size.to_le_bytes());
        self.state = sum(self.state, &since.as_nanos().to_le_bytes());
    }

    fn file(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{:032x}.index", self.paths))
    }
}

/// Returns a sum of all before and `next`.
fn sum(before: u128, next: &[u8]) -> u128 {
    xxh3_128(&[&before.to_le_bytes(), next].concat())
}

/// Returns the index that was saved in `folder` for the texts of `stamp` as they are; `None` if there is none to rely on.
pub fn load(folder: &Path, stamp: &Stamp) -> Option<Index> {
    decode(&fs::read(stamp.file(folder)).ok()?, stamp)
}

/// Saves `index` in `folder`, which is made if it is not there, over an older one of the same paths.
pub fn save(folder: &Path, stamp: &Stamp, index: &Index) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&encode(index, stamp))?;
    file.persist(stamp.file(folder))
        .map_err(|error| error.error)?;
    Ok(())
}

fn encode(index: &Index, stamp: &Stamp) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&stamp.state.to_le_bytes());
    bytes.extend_from_slice(&index.texts.to_le_bytes());
    let numbers = |numbers: &[u32]| {
        numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect::<Vec<u8>>()
    };
    for section in [
        index.words.as_bytes(),
        &numbers(&index.word_ends),
        &index.lists,
        &numbers(&index.list_ends),
    ] {
        bytes.extend_from_slice(&(section.len() as u64).to_le_bytes());
        bytes.extend_from_slice(section);
    }
    bytes.extend_from_slice(&xxh3_64(&bytes).to_le_bytes());
    bytes
}

fn decode(bytes: &[u8], stamp: &Stamp) -> Option<Index> {
    let (said, sum) = bytes.split_last_chunk::<8>()?;
    if xxh3_64(said) != u64::from_le_bytes(*sum) {
        return None;
    }
    let said = said.strip_prefix(MAGIC)?;
    let said = said.strip_prefix(&stamp.state.to_le_bytes())?;
    let (texts, mut rest) = said.split_first_chunk::<4>()?;
    let mut section = || {
        let (length, after) = rest.split_first_chunk::<8>()?;
        let (section, after) =
            after.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        rest = after;
        Some(section)
    };
    Some(Index {
        texts: u32::from_le_bytes(*texts),
        words: String::from_utf8(section()?.to_vec()).ok()?,
        word_ends: numbers(section()?),
        lists: section()?.to_vec(),
        list_ends: numbers(section()?),
    })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers
        .iter()
        .map(|number| u32::from_le_bytes(*number))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::Builder;
    use super::*;

    fn index() -> Index {
        let mut builder = Builder::default();
        builder.push("Steel tariffs in Québec");
        builder.push("White smoke over tariffs");
        builder.finish()
    }

    fn stamp(size: u64) -> Stamp {
        let mut stamp = Stamp::default();
        stamp.add(
            Path::new("reports/one.txt"),
            size,
            UNIX_EPOCH + Duration::from_secs(1_756_000_000),
        );
        stamp
    }

    #[test]
    fn what_is_saved_is_loaded_and_changed_texts_ask_for_a_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("cache");
        assert_eq!(load(&inside, &stamp(10)), None);
        save(&inside, &stamp(10), &index()).unwrap();
        assert_eq!(load(&inside, &stamp(10)), Some(index()));
        assert_eq!(load(&inside, &stamp(11)), None);
        save(&inside, &stamp(11), &index()).unwrap();
        assert_eq!(load(&inside, &stamp(11)), Some(index()));
        assert_eq!(fs::read_dir(&inside).unwrap().count(), 1);
    }

    #[test]
    fn no_damaged_file_is_believed() {
        let whole = encode(&index(), &stamp(10));
        assert_eq!(decode(&whole, &stamp(10)), Some(index()));
        for cut in 0..whole.len() {
            assert_eq!(decode(&whole[..cut], &stamp(10)), None, "cut at {cut}");
        }
        for place in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x10;
            assert_eq!(decode(&damaged, &stamp(10)), None, "damaged at {place}");
        }
    }
}
