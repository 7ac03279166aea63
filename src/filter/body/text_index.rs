//! The texts of all reports, searchable while they still come.
//!
//! Texts gather folded in a tail. A full tail is sealed: its index is built on the shared pool while more texts come, and
//! takes the place of the letters when it is ready. A search asks every part in the state in which it is; what a part
//! answers does not depend on that, but for a phrase an index only says which texts may hold it.
//!
//! At most [`UNFINISHED`] sealed parts are kept as letters. Beyond that whoever pushes builds an index too, so that
//! memory stays bounded however fast texts come.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::{FoldedTexts, WordIndex, WordIndexBuilder};
use crate::parallel::in_parallel;

/// A tail is full at so many bytes. Smaller parts repeat more words (1 % of the text more at half the size) and make a
/// search ask more of them; larger ones keep more letters in memory.
const FULL: usize = 20 << 20;
/// It is full at so many texts, too, however short they are.
pub(super) const MOST_TEXTS: usize = 1 << 16;
/// Sealed parts that wait for their index or are getting it.
const UNFINISHED: usize = 2;
/// A thread is worth starting for so many parts.
const PARTS_A_THREAD: usize = 3;

/// Folded texts or their indexes; clones share them, so that one thread can add while another searches.
#[derive(Clone, Debug, Default)]
pub struct TextIndex {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    parts: Mutex<Parts>,
    /// Told when an index has been built.
    built: Condvar,
}

#[derive(Debug)]
struct Parts {
    sealed: Vec<Sealed>,
    tail: FoldedTexts,
    /// Texts in sealed parts.
    before_tail: usize,
    /// The bytes at which the tail is full.
    full: usize,
}

/// A part that takes no more texts.
#[derive(Clone, Debug)]
enum Sealed {
    Waiting(Arc<FoldedTexts>),
    Building(Arc<FoldedTexts>),
    Indexed(Arc<WordIndex>),
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
        if parts.is_full() {
            parts.seal();
            drop(parts);
            let later = self.clone();
            rayon::spawn(move || {
                later.build_one();
            });
            self.build_until(UNFINISHED);
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
        let mut held = TextHits::default();
        let mut start = 0;
        for (part, (found, sure)) in sealed.iter().zip(ask(&sealed, words)) {
            let into = match sure {
                Sure::Certain => &mut held.certain,
                Sure::Possible => &mut held.possible,
            };
            into.extend(found.iter().map(|text| start + text));
            start += part.len() as u32;
        }
        held.certain.extend(tail.iter().map(|text| first + text));
        held
    }

    /// Returns its size in bytes: of the letters and of the indexes.
    pub fn size(&self) -> (usize, usize) {
        let parts = self.lock();
        let mut size = (parts.tail.size(), 0);
        for part in &parts.sealed {
            match part {
                Sealed::Waiting(bodies) | Sealed::Building(bodies) => size.0 += bodies.size(),
                Sealed::Indexed(index) => size.1 += index.size(),
            }
        }
        size
    }

    /// Waits until every text is in an index, and helps.
    pub fn settle(&self) {
        self.lock().seal();
        self.build_until(0);
    }

    /// Returns the indexes of the sealed parts, in order; [`settle`](TextIndex::settle) first for all of them.
    pub(super) fn indexes(&self) -> Vec<Arc<WordIndex>> {
        let parts = self.lock();
        let index = |part: &Sealed| match part {
            Sealed::Indexed(index) => Some(index.clone()),
            Sealed::Waiting(_) | Sealed::Building(_) => None,
        };
        parts.sealed.iter().map_while(index).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Parts> {
        let parts = self.shared.parts.lock();
        parts.unwrap_or_else(PoisonError::into_inner)
    }

    /// Builds indexes, or waits while others do, until at most `left` are not built.
    fn build_until(&self, left: usize) {
        loop {
            if self.lock().unfinished() <= left {
                return;
            }
            if self.build_one() {
                continue;
            }
            let parts = self.lock();
            if parts.unfinished() > left {
                let woken = self.shared.built.wait(parts);
                drop(woken.unwrap_or_else(PoisonError::into_inner));
            }
        }
    }

    /// Builds the index of the first part that waits for one; whether there was one.
    fn build_one(&self) -> bool {
        let Some((number, bodies)) = self.lock().next_waiting() else {
            return false;
        };
        let index = index(&bodies);
        drop(bodies);
        if let Some(part) = self.lock().sealed.get_mut(number) {
            *part = Sealed::Indexed(Arc::new(index));
        }
        self.shared.built.notify_all();
        true
    }
}

impl FromIterator<WordIndex> for TextIndex {
    fn from_iter<I: IntoIterator<Item = WordIndex>>(indexes: I) -> Self {
        let sealed = indexes
            .into_iter()
            .map(|index| Sealed::Indexed(Arc::new(index)));
        let sealed: Vec<Sealed> = sealed.collect();
        TextIndex::from(Parts {
            before_tail: sealed.iter().map(Sealed::len).sum(),
            sealed,
            ..Parts::default()
        })
    }
}

impl From<Parts> for TextIndex {
    fn from(parts: Parts) -> Self {
        let shared = Shared {
            parts: Mutex::new(parts),
            built: Condvar::new(),
        };
        TextIndex {
            shared: Arc::new(shared),
        }
    }
}

impl Default for Parts {
    fn default() -> Self {
        Parts {
            sealed: Vec::new(),
            tail: FoldedTexts::default(),
            before_tail: 0,
            full: FULL,
        }
    }
}

impl Parts {
    fn is_full(&self) -> bool {
        self.tail.letters.len() >= self.full || self.tail.len() >= MOST_TEXTS
    }

    fn seal(&mut self) {
        if !self.tail.is_empty() {
            let tail = std::mem::take(&mut self.tail);
            self.before_tail += tail.len();
            self.sealed.push(Sealed::Waiting(Arc::new(tail)));
        }
    }

    fn unfinished(&self) -> usize {
        let is_built = |part: &&Sealed| !matches!(part, Sealed::Indexed(_));
        self.sealed.iter().filter(is_built).count()
    }

    fn next_waiting(&mut self) -> Option<(usize, Arc<FoldedTexts>)> {
        for (number, part) in self.sealed.iter_mut().enumerate() {
            if let Sealed::Waiting(bodies) = part {
                let bodies = bodies.clone();
                *part = Sealed::Building(bodies.clone());
                return Some((number, bodies));
            }
        }
        None
    }
}

impl Sealed {
    fn len(&self) -> usize {
        match self {
            Sealed::Waiting(bodies) | Sealed::Building(bodies) => bodies.len(),
            Sealed::Indexed(index) => index.len(),
        }
    }

    fn holding(&self, words: &[&str]) -> (Vec<u32>, Sure) {
        match self {
            Sealed::Waiting(bodies) | Sealed::Building(bodies) => {
                (bodies.holding(words), Sure::Certain)
            }
            Sealed::Indexed(index) if words.iter().all(|word| WordIndex::settles(word)) => {
                (index.holding(words), Sure::Certain)
            }
            Sealed::Indexed(index) => (index.holding(words), Sure::Possible),
        }
    }
}

/// Whether texts hold what was asked for, or may.
#[derive(Clone, Copy, Debug)]
enum Sure {
    Certain,
    Possible,
}

/// Returns the answer of each part; with many parts every core asks its share.
fn ask(parts: &[Sealed], words: &[&str]) -> Vec<(Vec<u32>, Sure)> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(parts.len() / PARTS_A_THREAD).max(1);
    let share = parts.len().div_ceil(threads).max(1);
    let shares: Vec<&[Sealed]> = parts.chunks(share).collect();
    in_parallel(shares.len(), |share| {
        let share = shares.get(share).copied().unwrap_or_default();
        let answers = share.iter().map(|part| part.holding(words));
        answers.collect::<Vec<_>>()
    })
    .concat()
}

fn index(bodies: &FoldedTexts) -> WordIndex {
    let mut builder = WordIndexBuilder::default();
    for letters in bodies.folded() {
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
        let texts = TextIndex::from(Parts {
            full,
            ..Parts::default()
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
        let texts = TextIndex::from(Parts {
            full: 500,
            ..Parts::default()
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
