//! The texts of all reports, searchable while they still come.
//!
//! Texts gather folded in a tail. A full tail is sealed: its index is built on the shared pool while more texts come, and
//! takes the place of the letters when it is ready. A search asks every part in the state in which it is; what a part
//! answers does not depend on that, but for a phrase an index only says which texts may hold it.
//!
//! At most [`UNFINISHED`] sealed parts are kept as letters. Beyond that whoever pushes builds an index too, so that
//! memory stays bounded however fast texts come.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::{FoldedTexts, WordIndex, WordIndexBuilder};
use crate::parallel::{available_threads, in_parallel};

/// Bytes at which a tail is full. Smaller parts repeat more words (1 % of the text more at half the size) and make a
/// search ask more of them; larger ones keep more letters in memory.
const FULL: usize = 20 << 20;
/// Texts at which it is full, too, however short they are.
pub(super) const MOST_TEXTS: usize = 1 << 16;
/// Sealed parts that wait for their index or are getting it.
const UNFINISHED: usize = 2;
/// Parts for which starting a thread is worth while.
const PARTS_A_THREAD: usize = 3;

/// Folded texts or their indexes; clones share them, so that one thread can add while another searches.
#[derive(Clone, Debug, Default)]
pub struct TextIndex {
    parts: Arc<Mutex<TextParts>>,
}

#[derive(Debug)]
struct TextParts {
    sealed: Vec<Arc<SealedPart>>,
    tail: FoldedTexts,
    /// Texts in sealed parts.
    before_tail: usize,
    /// The bytes at which the tail is full.
    full: usize,
}

/// A part that takes no more texts.
#[derive(Debug)]
struct SealedPart {
    texts: usize,
    /// Kept until the index is there.
    letters: Mutex<Option<Arc<FoldedTexts>>>,
    index: OnceLock<WordIndex>,
}

/// Texts that hold the words asked for, by number, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextHits {
    /// Texts that hold them.
    pub certain: Vec<u32>,
    /// Texts that may: they hold the words that a phrase is made of.
    pub possible: Vec<u32>,
}

impl TextIndex {
    /// Adds a text; texts are numbered in the order of the calls.
    pub fn push(&self, text: &str) {
        let mut parts = self.lock();
        parts.tail.push(text);
        if !parts.is_full() {
            return;
        }
        parts.seal();
        let unfinished = parts.unfinished();
        drop(parts);
        if let Some(newest) = unfinished.last().cloned() {
            rayon::spawn(move || {
                newest.index();
            });
        }
        for oldest in unfinished.iter().rev().skip(UNFINISHED) {
            oldest.index();
        }
    }

    /// Takes the texts of `other` instead of those that it has.
    pub fn replace(&self, other: TextIndex) {
        let parts = std::mem::take(&mut *other.lock());
        *self.lock() = parts;
    }

    /// Returns how many texts there are.
    pub fn len(&self) -> usize {
        let parts = self.lock();
        parts.before_tail + parts.tail.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the texts that hold every one of `words`, folded as [`fold`](crate::text::fold::fold) folds.
    pub fn holding(&self, words: &[&str]) -> TextHits {
        let (sealed, first, tail) = {
            let parts = self.lock();
            let tail = parts.tail.holding(words);
            (parts.sealed.clone(), parts.before_tail as u32, tail)
        };
        let mut hits = TextHits::default();
        let mut start = 0;
        for (part, (found, certainty)) in sealed.iter().zip(ask(&sealed, words)) {
            let into = match certainty {
                Certainty::Certain => &mut hits.certain,
                Certainty::Possible => &mut hits.possible,
            };
            into.extend(found.iter().map(|text| start + text));
            start += part.texts as u32;
        }
        hits.certain.extend(tail.iter().map(|text| first + text));
        hits
    }

    /// Returns its size in bytes: of the letters and of the indexes.
    pub fn size(&self) -> (usize, usize) {
        let parts = self.lock();
        let mut size = (parts.tail.size(), 0);
        for part in &parts.sealed {
            match part.letters() {
                Some(letters) => size.0 += letters.size(),
                None => size.1 += part.index().size(),
            }
        }
        size
    }

    /// Waits until every text is in an index, and helps.
    pub fn settle(&self) {
        self.for_each_index(|_| ());
    }

    /// Hands the index of each part to `visit`, in order, with those that are not built yet.
    pub(super) fn for_each_index(&self, mut visit: impl FnMut(&WordIndex)) {
        let sealed = {
            let mut parts = self.lock();
            parts.seal();
            parts.sealed.clone()
        };
        for part in sealed {
            visit(part.index());
        }
    }

    fn lock(&self) -> MutexGuard<'_, TextParts> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FromIterator<WordIndex> for TextIndex {
    fn from_iter<I: IntoIterator<Item = WordIndex>>(indexes: I) -> Self {
        let sealed = indexes.into_iter().map(|index| {
            Arc::new(SealedPart {
                texts: index.len(),
                letters: Mutex::default(),
                index: OnceLock::from(index),
            })
        });
        let sealed: Vec<Arc<SealedPart>> = sealed.collect();
        TextIndex::from(TextParts {
            before_tail: sealed.iter().map(|part| part.texts).sum(),
            sealed,
            ..TextParts::default()
        })
    }
}

impl From<TextParts> for TextIndex {
    fn from(parts: TextParts) -> Self {
        TextIndex {
            parts: Arc::new(Mutex::new(parts)),
        }
    }
}

impl Default for TextParts {
    fn default() -> Self {
        TextParts {
            sealed: Vec::new(),
            tail: FoldedTexts::default(),
            before_tail: 0,
            full: FULL,
        }
    }
}

impl TextParts {
    fn is_full(&self) -> bool {
        self.tail.letters.len() >= self.full || self.tail.len() >= MOST_TEXTS
    }

    fn seal(&mut self) {
        if !self.tail.is_empty() {
            let tail = std::mem::take(&mut self.tail);
            self.before_tail += tail.len();
            self.sealed.push(Arc::new(SealedPart {
                texts: tail.len(),
                letters: Mutex::new(Some(Arc::new(tail))),
                index: OnceLock::new(),
            }));
        }
    }

    /// Returns the parts without an index, in order.
    fn unfinished(&self) -> Vec<Arc<SealedPart>> {
        let is_unfinished = |part: &&Arc<SealedPart>| part.index.get().is_none();
        self.sealed.iter().filter(is_unfinished).cloned().collect()
    }
}

impl SealedPart {
    /// Returns the letters, until the index is there.
    fn letters(&self) -> Option<Arc<FoldedTexts>> {
        let letters = self.letters.lock();
        letters.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the index, built here if nobody builds it yet.
    fn index(&self) -> &WordIndex {
        let build = || {
            let letters = self.letters();
            letters.map_or_else(WordIndex::default, |letters| index_of(&letters))
        };
        let index = self.index.get_or_init(build);
        *self.letters.lock().unwrap_or_else(PoisonError::into_inner) = None;
        index
    }

    fn holding(&self, words: &[&str]) -> (Vec<u32>, Certainty) {
        // The letters go only after the index has come, so where they are gone it is there and nothing is waited for.
        if let Some(letters) = self.letters() {
            return (letters.holding(words), Certainty::Certain);
        }
        let certainty = match words.iter().all(|word| WordIndex::settles(word)) {
            true => Certainty::Certain,
            false => Certainty::Possible,
        };
        (self.index().holding(words), certainty)
    }
}

/// Whether texts hold what was asked for, or may.
#[derive(Clone, Copy, Debug)]
enum Certainty {
    Certain,
    Possible,
}

/// Returns the answer of each part; with many parts every core asks its share.
fn ask(parts: &[Arc<SealedPart>], words: &[&str]) -> Vec<(Vec<u32>, Certainty)> {
    let threads = available_threads().min(parts.len() / PARTS_A_THREAD).max(1);
    let share = parts.len().div_ceil(threads).max(1);
    let shares: Vec<&[Arc<SealedPart>]> = parts.chunks(share).collect();
    in_parallel(shares.len(), |share| {
        let share = shares.get(share).copied().unwrap_or_default();
        let answers = share.iter().map(|part| part.holding(words));
        answers.collect::<Vec<_>>()
    })
    .concat()
}

fn index_of(texts: &FoldedTexts) -> WordIndex {
    let mut builder = WordIndexBuilder::default();
    for letters in texts.folded() {
        builder.push_folded(letters);
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[&str]) -> TextIndex {
        let texts = TextIndex::default();
        for text in all {
            texts.push(text);
        }
        texts
    }

    #[test]
    fn texts_are_found_whether_they_are_sealed_or_not() {
        let texts = texts(&["Steel tariffs in Québec", "White smoke over Rome"]);
        texts.settle();
        texts.push("More tariffs, no smoke");
        let certain = |words: &[&str]| {
            let held = texts.holding(words);
            assert!(held.possible.is_empty());
            held.certain
        };
        assert_eq!(certain(&["tariff"]), [0, 2]);
        assert_eq!(certain(&["SMOKE", "over"]), [1]);
        assert_eq!(certain(&["quebec"]), [0]);
        assert_eq!(certain(&[]), [0, 1, 2]);
        assert_eq!(texts.len(), 3);
    }

    #[test]
    fn a_phrase_is_certain_in_letters_and_possible_in_an_index() {
        let texts = texts(&["White smoke over Rome", "smoke, white as snow"]);
        assert_eq!(texts.holding(&["white smoke"]).certain, [0]);
        texts.settle();
        texts.push("no white smoke");
        let held = texts.holding(&["white smoke"]);
        assert_eq!((held.certain, held.possible), (vec![2], vec![0, 1]));
    }

    #[test]
    fn full_tails_become_indexes_while_more_come_and_little_is_kept_as_letters() {
        let text = "white smoke over Rome and steel tariffs in Québec ".repeat(40);
        let full = 10 * text.len();
        let texts = TextIndex::from(TextParts {
            full,
            ..TextParts::default()
        });
        for number in 0..200 {
            texts.push(&format!("{text}number{number}"));
            let (letters, _) = texts.size();
            assert!(letters <= (UNFINISHED + 1) * (full + 2 * text.len()));
        }
        let last = texts.len() as u32 - 1;
        assert_eq!(texts.holding(&[&format!("number{last}")]).certain, [last]);
        assert_eq!(texts.holding(&["quebec"]).certain.len(), texts.len());
        texts.settle();
        assert_eq!(texts.size().0, 0);
        assert_eq!(texts.holding(&["umber77"]).certain, [77]);
    }

    #[test]
    fn a_search_while_texts_come_finds_all_that_came_before() {
        let texts = TextIndex::from(TextParts {
            full: 500,
            ..TextParts::default()
        });
        let pusher = texts.clone();
        let pushing = std::thread::spawn(move || {
            for number in 0..2000 {
                pusher.push(&format!("Steel, report number {number}"));
            }
        });
        let mut before = 0;
        loop {
            let is_over = pushing.is_finished();
            let held = texts.holding(&["steel"]);
            assert!(
                (0..)
                    .zip(&held.certain)
                    .all(|(number, text)| number == *text)
            );
            assert!(held.certain.len() >= before);
            before = held.certain.len();
            if is_over {
                break;
            }
        }
        assert_eq!(texts.holding(&["1999"]).certain, [1999]);
    }
}
