//! A library as it was read the last time: its catalogue and the index of its texts, in the cache folder.
//!
//! Both are of the same sources in the same state, or neither is used. Small libraries are read as fast as they are looked up.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cache::{self, Saved, Stamp};
use crate::filter::body::Texts;
use crate::ingest::{Limits, Source};
use crate::library::{Card, Catalogue};

/// A library with less text than this is not kept.
const LEAST: usize = 8 << 20;
/// The sections of the file.
const CARDS: &str = "cards";
const TEXTS: &str = "texts";

/// Where a library is kept.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    folder: PathBuf,
    stamp: Stamp,
    files: Vec<Arc<Path>>,
}

impl Kept {
    /// Returns where the library of `sources` is kept, after the reports that `first` are there already; `None` where one of
    /// the sources is no file.
    pub(super) fn of(
        folder: &Path,
        first: &[Arc<Card>],
        sources: &[Source],
        limits: &Limits,
    ) -> Option<Self> {
        let mut kept = Self {
            folder: folder.to_owned(),
            stamp: Stamp::default(),
            files: Vec::with_capacity(sources.len()),
        };
        kept.stamp.note(env!("CARGO_PKG_VERSION").as_bytes());
        kept.stamp.note(&limits.bytes.to_le_bytes());
        for card in first {
            kept.stamp.note(&card.id.0.to_le_bytes());
        }
        for source in sources {
            let (path, changed) = (source.path()?, source.changed()?);
            let whole = std::path::absolute(path).ok()?;
            kept.stamp.add(&whole, source.size()?, changed);
            // The name is shown, and part of the cards.
            kept.stamp.note(path.as_os_str().as_encoded_bytes());
            kept.files.push(Arc::clone(path));
        }
        Some(kept)
    }

    /// Returns what was kept of the sources as they are now.
    pub(super) fn open(&self) -> Option<(Catalogue, Texts)> {
        let section = |name| Saved::open(&self.folder, &self.stamp)?.section(name);
        let cards = || Catalogue::decode(&section(CARDS)?, &self.files);
        let texts = || Texts::decode(&section(TEXTS)?);
        let (catalogue, texts) = rayon::join(cards, texts);
        catalogue.zip(texts)
    }

    /// Keeps a library for the next time; what cannot be kept is read again then.
    pub(super) fn save(&self, catalogue: &Catalogue, texts: &Texts) {
        let bytes: usize = catalogue.cards.iter().map(|card| card.bytes).sum();
        if bytes < LEAST {
            return;
        }
        if let Some(cards) = catalogue.encode(&self.files) {
            let texts = texts.encode();
            let sections = [(CARDS, cards.as_slice()), (TEXTS, texts.as_slice())];
            let _ = cache::save(&self.folder, &self.stamp, &sections);
        }
    }
}
