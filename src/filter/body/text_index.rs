//! Indexes the texts of all reports, and searches them while more are added.
//!
//! New texts are kept as folded letters in a tail. A full tail is sealed: its index is built on the shared thread pool while more
//! texts are added, and replaces the letters when it is ready. A search asks each part by its index or by its letters. Both give
//! the same answer, except that for a phrase the index only tells which texts may hold it.
//!
//! At most [`UNFINISHED`] sealed parts are kept as letters. Beyond that the thread that adds texts builds an index too, so that
//! memory stays bounded however fast texts are added.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::{FoldedTexts, NumberSet, WordHits, WordIndex, WordIndexBuilder};
use crate::parallel::in_chunks;

/// Bytes at which a tail is full. Smaller parts repeat more words (measured: 1 % of the text more at half the size) and make a
/// search ask more of them; larger ones keep more letters in memory.
pub(super) const FULL: usize = 20 << 20;
/// Texts at which a tail is full however short they are: the sets of a search need a bit for each. Chosen by eye.
pub(super) const MOST_TEXTS: usize = 1 << 16;
/// Most sealed parts without an index: one being built, and one that waits. Chosen by eye.
const UNFINISHED: usize = 2;
/// Parts for which starting a thread is worth while. Chosen by eye.
const PARTS_A_THREAD: usize = 3;

/// Folded texts or their indexes; clones share them, so that one thread can add while another searches.
#[derive(Clone, Debug)]
pub struct TextIndex {
    parts: Arc<Mutex<TextParts>>,
}

#[derive(Debug)]
struct TextParts {
    sealed: Vec<Arc<SealedPart>>,
    tail: FoldedTexts,
    /// The number of the first text in the tail.
    tail_start: usize,
    /// Bytes at which the tail is full; less than [`FULL`] in tests.
    full: usize,
}

/// A part to which no more texts are added.
#[derive(Debug)]
pub(super) struct SealedPart {
    texts: usize,
    /// The folded texts, until the index is built.
    letters: Mutex<Option<Arc<FoldedTexts>>>,
    index: OnceLock<WordIndex>,
}

/// Numbers of the texts that answer a search, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextHits {
    /// Texts that hold the words.
    pub certain: Vec<u32>,
    /// Texts that hold the words of a phrase, perhaps not side by side.
    pub possible: Vec<u32>,
}

impl Default for TextIndex {
    fn default() -> Self {
        Self::new(Vec::new(), FULL)
    }
}

impl TextIndex {
    /// Returns the texts of `indexes`, one after the other, with a tail that is full at `full` bytes.
    pub(super) fn new(indexes: Vec<WordIndex>, full: usize) -> Self {
        let part = |index: WordIndex| SealedPart {
            texts: index.texts as usize,
            letters: Mutex::default(),
            index: OnceLock::from(index),
        };
        let sealed: Vec<_> = indexes.into_iter().map(part).map(Arc::new).collect();
        Self {
            parts: Arc::new(Mutex::new(TextParts {
                tail_start: sealed.iter().map(|part| part.texts).sum(),
                sealed,
                tail: FoldedTexts::default(),
                full,
            })),
        }
    }

    /// Adds a text; texts are numbered in the order of the calls.
    pub fn push(&self, text: &str) {
        let mut parts = self.lock();
        parts.tail.push(text);
        if parts.tail.letters.len() < parts.full && parts.tail.len() < MOST_TEXTS {
            return;
        }
        parts.seal();
        let unfinished = parts.unfinished();
        // Searches need not wait while an index is built.
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

    /// Replaces all texts by those of `other`.
    pub fn replace(&self, other: TextIndex) {
        std::mem::swap(&mut *self.lock(), &mut *other.lock());
    }

    /// Returns the number of texts.
    pub fn count(&self) -> usize {
        let parts = self.lock();
        parts.tail_start + parts.tail.len()
    }

    /// Returns the texts that hold every one of `words`, folded as [`fold`](crate::text::fold::fold) folds.
    pub fn holding(&self, words: &[&str]) -> TextHits {
        let (sealed, first, tail) = {
            let parts = self.lock();
            let tail = parts.tail.holding(words);
            (parts.sealed.clone(), parts.tail_start as u32, tail)
        };
        let mut hits = TextHits::default();
        let mut start = 0;
        let in_parts = search_parts(&sealed, |part| part.holding(words));
        for (part, found) in sealed.iter().zip(in_parts) {
            let certain = found.certain.iter().map(|text| start + text);
            hits.certain.extend(certain);
            let possible = found.possible.iter().map(|text| start + text);
            hits.possible.extend(possible);
            start += part.texts as u32;
        }
        hits.certain.extend(tail.iter().map(|text| first + text));
        hits
    }

    /// Returns the first `count` texts that hold `word`, and those that may hold it, if it is a phrase: of these it is not known
    /// whether a word of theirs begins with it.
    pub fn find(&self, word: &str, count: usize) -> (WordHits, Option<NumberSet>) {
        let (sealed, tail_start, tail) = {
            let parts = self.lock();
            (
                parts.sealed.clone(),
                parts.tail_start,
                parts.tail.find(word),
            )
        };
        let mut found = WordHits::none(count);
        let mut possible = None;
        let mut start = 0;
        let in_parts = search_parts(&sealed, |part| part.find(word));
        for (part, (hits, is_certain)) in sealed.iter().zip(in_parts) {
            if is_certain {
                found.add_moved(&hits, start);
            } else if !hits.held.is_empty() {
                possible
                    .get_or_insert_with(|| NumberSet::none(count))
                    .add_moved(&hits.held, start);
            }
            start += part.texts;
        }
        found.add_moved(&tail, tail_start);
        (found, possible)
    }

    /// Seals the tail, and returns all parts in order.
    pub(super) fn seal(&self) -> Vec<Arc<SealedPart>> {
        let mut parts = self.lock();
        parts.seal();
        parts.sealed.clone()
    }

    fn lock(&self) -> MutexGuard<'_, TextParts> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TextParts {
    fn seal(&mut self) {
        if !self.tail.is_empty() {
            let tail = std::mem::take(&mut self.tail);
            self.tail_start += tail.len();
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
    /// Returns the letters, until the index is built.
    fn letters(&self) -> Option<Arc<FoldedTexts>> {
        let letters = self.letters.lock();
        letters.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the index; builds it here unless another thread does.
    pub(super) fn index(&self) -> &WordIndex {
        let build = || {
            let letters = self.letters();
            letters.map_or_else(WordIndex::default, |letters| index_of(&letters))
        };
        let index = self.index.get_or_init(build);
        // Only after the index is there, see `holding`.
        *self.letters.lock().unwrap_or_else(PoisonError::into_inner) = None;
        index
    }

    fn holding(&self, words: &[&str]) -> TextHits {
        let mut hits = TextHits::default();
        // The letters are dropped only after the index was built, so without them the index is there and needs no waiting.
        if let Some(letters) = self.letters() {
            hits.certain = letters.holding(words);
        } else if words.iter().all(|word| WordIndex::settles(word)) {
            hits.certain = self.index().holding(words);
        } else {
            hits.possible = self.index().holding(words);
        }
        hits
    }

    /// Returns the texts that hold `word`, and whether that is certain.
    fn find(&self, word: &str) -> (WordHits, bool) {
        match self.letters() {
            Some(letters) => (letters.find(word), true),
            None => (self.index().find(&[word]), WordIndex::settles(word)),
        }
    }
}

/// Returns the answer of each part; where there are many, every thread searches a share of them.
fn search_parts<T: Send>(
    parts: &[Arc<SealedPart>],
    search: impl Fn(&SealedPart) -> T + Sync,
) -> Vec<T> {
    in_chunks(parts, PARTS_A_THREAD, |parts| {
        parts.iter().map(|part| search(part)).collect()
    })
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

    /// Returns the bytes that are kept as letters.
    fn letters(texts: &TextIndex) -> usize {
        let parts = texts.lock();
        let sealed = parts.sealed.iter().filter_map(|part| part.letters());
        parts.tail.letters.len() + sealed.map(|part| part.letters.len()).sum::<usize>()
    }

    #[test]
    fn texts_are_found_whether_they_are_sealed_or_not() {
        let texts = texts(&["Steel tariffs in Québec", "White smoke over Rome"]);
        texts.encode();
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
        assert_eq!(texts.count(), 3);
    }

    #[test]
    fn words_are_found_by_their_start_in_letters_and_in_an_index() {
        let texts = texts(&["Steel tariffs", "pretariff"]);
        texts.encode();
        texts.push("pretariff");
        texts.push("Tariffs");
        for word in ["tariff", "TARIFF"] {
            let (hits, possible) = texts.find(word, 4);
            assert!(hits.starts.iter().eq([0, 3]) && possible.is_none());
            assert_eq!(hits.held.len(), 4);
        }
    }

    #[test]
    fn a_phrase_is_certain_in_letters_and_possible_in_an_index() {
        let texts = texts(&["White smoke over Rome", "smoke, white as snow"]);
        assert_eq!(texts.holding(&["white smoke"]).certain, [0]);
        texts.encode();
        texts.push("no white smoke");
        let held = texts.holding(&["white smoke"]);
        assert_eq!((held.certain, held.possible), (vec![2], vec![0, 1]));
        let (hits, possible) = texts.find("white smoke", 3);
        assert!(hits.held.iter().eq([2]) && hits.starts.iter().eq([2]));
        assert!(possible.is_some_and(|possible| possible.iter().eq([0, 1])));
    }

    #[test]
    fn full_tails_become_indexes_while_more_come_and_little_is_kept_as_letters() {
        let text = "white smoke over Rome and steel tariffs in Québec ".repeat(40);
        let full = 10 * text.len();
        let texts = TextIndex::new(Vec::new(), full);
        for number in 0..200 {
            texts.push(&format!("{text}number{number}"));
            assert!(letters(&texts) <= (UNFINISHED + 1) * (full + 2 * text.len()));
        }
        let last = texts.count() as u32 - 1;
        assert_eq!(texts.holding(&[&format!("number{last}")]).certain, [last]);
        assert_eq!(texts.holding(&["quebec"]).certain.len(), texts.count());
        texts.encode();
        assert_eq!(letters(&texts), 0);
        assert_eq!(texts.holding(&["umber77"]).certain, [77]);
    }

    #[test]
    fn a_search_while_texts_come_finds_all_that_came_before() {
        let texts = TextIndex::new(Vec::new(), 500);
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
