//! A large library saved in the cache folder when it was read, so that it opens at once the next time: its catalogue and the
//! index of its texts.
//!
//! Both belong to the same files in the same state. Small libraries are not saved: reading them is as fast as opening the saved
//! ones.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::annotate::Annotator;
use crate::article::ArticleId;
use crate::cache::{self, CacheFile, SourceStamp};
use crate::filter::body::TextIndex;
use crate::ingest::{ReadLimits, ReportSource};

use super::Catalogue;

/// Bytes of text from which a library is saved, and its quotations too; 8 MiB are read in a tenth of a second (measured: 44 µs a report of 3.4 KB).
pub const SMALLEST: usize = 8 << 20;
/// Names of the sections of the file.
const CATALOGUE: &str = "catalogue";
const TEXTS: &str = "texts";

/// Ending of the file with the index of quotations.
const QUOTES: &str = "quotes";

/// A place in the cache folder for the library of some sources as they are now.
#[derive(Clone, Debug)]
pub struct SavedLibrary {
    folder: PathBuf,
    stamp: SourceStamp,
    files: Vec<Arc<Path>>,
}

impl SavedLibrary {
    /// Returns the place in `folder` for the library of `sources`, which follow the reports `first`; `None` where one of the
    /// sources is not a file.
    pub fn locate(
        folder: &Path,
        first: impl IntoIterator<Item = ArticleId>,
        sources: &[ReportSource],
        limits: &ReadLimits,
    ) -> Option<Self> {
        let mut saved = Self {
            folder: folder.to_owned(),
            stamp: SourceStamp::default(),
            files: Vec::with_capacity(sources.len()),
        };
        saved
            .stamp
            .add_setting(env!("CARGO_PKG_VERSION").as_bytes());
        saved.stamp.add_setting(&limits.bytes.to_le_bytes());
        for id in first {
            saved.stamp.add_setting(&id.0.to_le_bytes());
        }
        for source in sources {
            let (path, changed) = (source.path.as_ref()?, source.changed?);
            // Permissions can change although nothing is written to the file.
            saved.stamp.add_setting(&source.touched?.to_le_bytes());
            // The path as it was given is shown, so it is part of the catalogue.
            let mut name = std::path::absolute(path).ok()?.into_os_string();
            name.push("\n");
            name.push(&**path);
            saved
                .stamp
                .add_file(Path::new(&name), source.size?, changed);
            saved.files.push(Arc::clone(path));
        }
        Some(saved)
    }

    /// Reads the catalogue; `None` if none was saved of the sources as they are now.
    pub fn catalogue(&self) -> Option<Catalogue> {
        Catalogue::decode(&self.section(CATALOGUE)?, &self.files)
    }

    /// Reads the catalogue and the index of texts; `None` unless both were saved of the sources as they are now.
    pub fn open(&self) -> Option<(Catalogue, TextIndex)> {
        let texts = || TextIndex::decode(self.section(TEXTS)?);
        let (catalogue, texts) = rayon::join(|| self.catalogue(), texts);
        catalogue.zip(texts)
    }

    fn section(&self, name: &str) -> Option<Vec<u8>> {
        CacheFile::open(&self.folder, &self.stamp)?.section(name)
    }

    /// Returns the place for what `annotator` finds in the same files, in whatever state they are.
    pub fn quotes(&self, annotator: &Annotator) -> SavedQuotes {
        let mut version = env!("CARGO_PKG_VERSION").as_bytes().to_vec();
        version.extend(annotator.fingerprint().to_le_bytes());
        SavedQuotes {
            folder: self.folder.clone(),
            stamp: self.stamp.beside(QUOTES, &version),
        }
    }

    /// Saves a library for the next time, unless it is small. What cannot be saved is read again then.
    pub fn save(&self, catalogue: &Catalogue, texts: &TextIndex) {
        let bytes: usize = catalogue
            .summaries
            .iter()
            .map(|summary| summary.bytes)
            .sum();
        if bytes < SMALLEST {
            return;
        }
        if let Some(summaries) = catalogue.encode(&self.files) {
            let texts = texts.encode();
            let sections = [(CATALOGUE, summaries.as_slice()), (TEXTS, texts.as_slice())];
            // The cache is no part of the work: a full disk must not disturb the reader.
            let _ = cache::save(&self.folder, &self.stamp, &sections);
        }
    }
}

/// A place in the cache folder for the index of quotations of a library, whichever of its files changed since.
#[derive(Clone, Debug)]
pub struct SavedQuotes {
    folder: PathBuf,
    stamp: SourceStamp,
}

impl SavedQuotes {
    /// Whether something is saved that may be taken over.
    pub fn exists(&self) -> bool {
        CacheFile::open(&self.folder, &self.stamp).is_some()
    }

    /// Reads a section; `None` if there is none, or it is damaged.
    pub fn section(&self, name: &str) -> Option<Vec<u8>> {
        CacheFile::open(&self.folder, &self.stamp)?.section(name)
    }

    /// Saves sections over those that were saved before, if they can be.
    pub fn save(&self, sections: &[(&str, Vec<u8>)]) {
        let sections: Vec<(&str, &[u8])> = sections
            .iter()
            .map(|(name, bytes)| (*name, bytes.as_slice()))
            .collect();
        // As little a part of the work as the rest of the cache.
        let _ = cache::save(&self.folder, &self.stamp, &sections);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::ingest;
    use crate::library::ReportSummary;

    fn saved(cache: &Path, files: &[PathBuf]) -> SavedLibrary {
        let (sources, _) = ingest::sources(files);
        SavedLibrary::locate(cache, [], &sources, &ReadLimits::default()).unwrap()
    }

    fn catalogue(files: &[PathBuf]) -> (Catalogue, TextIndex) {
        let (mut catalogue, texts) = (Catalogue::default(), TextIndex::default());
        let (sources, _) = ingest::sources(files);
        let meter = ingest::ByteCounter::default();
        ingest::read_all(
            &sources,
            &ReadLimits::default(),
            &meter,
            &mut |read| match read {
                Ok(article) => {
                    texts.push(&article.text);
                    catalogue
                        .summaries
                        .push(Arc::new(ReportSummary::new(&article)));
                }
                Err(failure) => catalogue.failures.push(failure),
            },
        );
        (catalogue, texts)
    }

    #[test]
    fn a_large_library_is_saved_until_anything_about_a_file_changes() {
        let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let files = ["a.jsonl", "b.txt"].map(|name| folder.path().join(name));
        let row = format!(
            "{{\"body\":\"{}\"}}\n",
            "Steel duties stay. ".repeat(1 << 16)
        );
        fs::write(&files[0], row.repeat(8)).unwrap();
        fs::write(&files[1], "No duties on wheat.").unwrap();
        let (read, texts) = catalogue(&files);
        saved(cache.path(), &files).save(&read, &texts);
        let (again, texts) = saved(cache.path(), &files).open().unwrap();
        assert_eq!((again.summaries.len(), texts.count()), (9, 9));
        assert_eq!(texts.holding(&["wheat"]).certain, [8]);
        // Its mode says who may read it; nothing is written.
        fs::set_permissions(&files[1], fs::Permissions::from_mode(0o600)).unwrap();
        assert!(saved(cache.path(), &files).open().is_none());
    }

    #[test]
    fn a_small_library_is_not_saved() {
        let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let files = [folder.path().join("b.txt")];
        fs::write(&files[0], "No duties on wheat.").unwrap();
        let (read, texts) = catalogue(&files);
        saved(cache.path(), &files).save(&read, &texts);
        assert!(fs::read_dir(cache.path()).unwrap().next().is_none());
    }
}
