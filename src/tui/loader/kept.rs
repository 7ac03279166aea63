//! A library as it was read the last time: its catalogue and the index of its texts, in the cache folder.
//!
//! Both are of the same sources in the same state, or neither is used. Small libraries are read as fast as they are looked up.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cache::{self, CacheFile, SourceStamp};
use crate::filter::body::TextIndex;
use crate::ingest::{ReadLimits, ReportSource};
use crate::library::{Catalogue, ReportSummary};

/// A library with less text than this is not kept.
const LEAST: usize = 8 << 20;
/// The sections of the file.
const SUMMARIES: &str = "summaries";
const TEXTS: &str = "texts";

/// Where a library is kept.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    folder: PathBuf,
    stamp: SourceStamp,
    files: Vec<Arc<Path>>,
}

impl Kept {
    /// Returns where the library of `sources` is kept, after the reports that `first` are there already; `None` where one of
    /// the sources is no file.
    pub(super) fn of(
        folder: &Path,
        first: &[Arc<ReportSummary>],
        sources: &[ReportSource],
        limits: &ReadLimits,
    ) -> Option<Self> {
        let mut kept = Self {
            folder: folder.to_owned(),
            stamp: SourceStamp::default(),
            files: Vec::with_capacity(sources.len()),
        };
        kept.stamp.note(env!("CARGO_PKG_VERSION").as_bytes());
        kept.stamp.note(&limits.bytes.to_le_bytes());
        for summary in first {
            kept.stamp.note(&summary.id.0.to_le_bytes());
        }
        for source in sources {
            let (path, changed) = (source.path()?, source.changed()?);
            // Who may read a file can change though nothing is written to it.
            kept.stamp.note(&source.touched()?.to_le_bytes());
            // The path as it was given is shown, and part of the summaries.
            let mut name = std::path::absolute(path).ok()?.into_os_string();
            name.push("\n");
            name.push(&**path);
            kept.stamp.add(Path::new(&name), source.size()?, changed);
            kept.files.push(Arc::clone(path));
        }
        Some(kept)
    }

    /// Returns what was kept of the sources as they are now.
    pub(super) fn open(&self) -> Option<(Catalogue, TextIndex)> {
        let section = |name| CacheFile::open(&self.folder, &self.stamp)?.section(name);
        let summaries = || Catalogue::decode(&section(SUMMARIES)?, &self.files);
        let texts = || TextIndex::decode(&section(TEXTS)?);
        let (catalogue, texts) = rayon::join(summaries, texts);
        catalogue.zip(texts)
    }

    /// Keeps a library for the next time; what cannot be kept is read again then.
    pub(super) fn save(&self, catalogue: &Catalogue, texts: &TextIndex) {
        let bytes: usize = catalogue
            .summaries
            .iter()
            .map(|summary| summary.bytes)
            .sum();
        if bytes < LEAST {
            return;
        }
        if let Some(summaries) = catalogue.encode(&self.files) {
            let texts = texts.encode();
            let sections = [(SUMMARIES, summaries.as_slice()), (TEXTS, texts.as_slice())];
            let _ = cache::save(&self.folder, &self.stamp, &sections);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::ingest;

    fn kept(cache: &Path, files: &[std::path::PathBuf]) -> Kept {
        let sources: Vec<ReportSource> = ingest::sources(files).into_iter().flatten().collect();
        Kept::of(cache, &[], &sources, &ReadLimits::default()).unwrap()
    }

    fn catalogue(files: &[std::path::PathBuf]) -> (Catalogue, TextIndex) {
        let (mut catalogue, texts) = (Catalogue::default(), TextIndex::default());
        let sources: Vec<ReportSource> = ingest::sources(files).into_iter().flatten().collect();
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
    fn a_large_library_is_kept_until_anything_about_a_file_changes() {
        let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let files = ["a.jsonl", "b.txt"].map(|name| folder.path().join(name));
        let row = format!(
            "{{\"body\":\"{}\"}}\n",
            "Steel duties stay. ".repeat(1 << 16)
        );
        fs::write(&files[0], row.repeat(8)).unwrap();
        fs::write(&files[1], "No duties on wheat.").unwrap();
        let (read, texts) = catalogue(&files);
        kept(cache.path(), &files).save(&read, &texts);
        let (again, texts) = kept(cache.path(), &files).open().unwrap();
        assert_eq!((again.summaries.len(), texts.len()), (9, 9));
        assert_eq!(texts.holding(&["wheat"]).certain, [8]);
        // Its mode says who may read it; nothing is written.
        fs::set_permissions(&files[1], fs::Permissions::from_mode(0o600)).unwrap();
        assert!(kept(cache.path(), &files).open().is_none());
    }

    #[test]
    fn a_small_library_is_not_kept() {
        let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let files = [folder.path().join("b.txt")];
        fs::write(&files[0], "No duties on wheat.").unwrap();
        let (read, texts) = catalogue(&files);
        kept(cache.path(), &files).save(&read, &texts);
        assert!(fs::read_dir(cache.path()).unwrap().next().is_none());
    }
}
