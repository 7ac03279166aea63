//! Searches the texts of reports at every key that is typed.
//!
//! [`FoldedTexts`] keeps a folded copy of every text and searches it with memmem: it answers from the first key on, while a
//! [`WordIndex`] is built in the background. Both find a word's letters anywhere, in the middle of a word too, so the answer does
//! not change when the index is ready. [`TextIndex`] combines the two and is what the program uses. Accents are folded away: a
//! term that keeps them is checked with [`QueryTerm::is_in`](crate::filter::QueryTerm::is_in) in the texts that are found here.

mod answers;
mod encode;
mod number_set;
mod text_index;
mod word_hits;
mod word_index;

use std::ops::Range;

use memchr::memmem::Finder;

use crate::parallel::{available_threads, in_parallel};
use crate::text::fold;

pub use number_set::NumberSet;
pub use text_index::{TextHits, TextIndex};
pub use word_hits::WordHits;
pub use word_index::{WordIndex, WordIndexBuilder};
pub(crate) use word_index::{number, push_number};

/// Bytes of text for which starting a thread is worth while. Chosen by eye: memmem passes them in about a millisecond.
const BYTES_A_THREAD: usize = 4 << 20;

/// Folded texts, numbered in the order they came.
#[derive(Clone, Debug, Default)]
pub struct FoldedTexts {
    letters: String,
    ends: Vec<usize>,
}

impl FoldedTexts {
    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        fold::fold_into(text, &mut self.letters);
        self.ends.push(self.letters.len());
    }

    /// Returns the number of texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the texts, folded, in order.
    pub fn folded(&self) -> impl Iterator<Item = &str> {
        let text = |text| self.letters.get(self.start(text)..self.ends[text]);
        (0..self.len()).filter_map(text)
    }

    /// Returns the numbers of the texts that hold every one of `words`, in order.
    pub fn holding(&self, words: &[&str]) -> Vec<u32> {
        let words = folded(words);
        let finders: Vec<Finder> = words.iter().map(Finder::new).collect();
        let Some((first, others)) = finders.split_first() else {
            return (0..self.len() as u32).collect();
        };
        self.in_parts(|texts| {
            let mut found = Vec::new();
            self.find_first(texts, first, |text, letters, _| {
                if others
                    .iter()
                    .all(|word| word.find(letters.as_bytes()).is_some())
                {
                    found.push(text);
                }
            });
            found
        })
    }

    /// Returns the texts that hold `word`, and those with a word that begins with it.
    pub fn find(&self, word: &str) -> WordHits {
        let mut hits = WordHits::none(self.len());
        for (text, begins) in self.with_word(word) {
            hits.held.insert(text);
            if begins {
                hits.starts.insert(text);
            }
        }
        hits
    }

    /// Returns the numbers of the texts that hold `word`, in order, each with whether a word begins with it.
    pub fn with_word(&self, word: &str) -> Vec<(u32, bool)> {
        let word = fold::fold(word);
        if word.is_empty() {
            return (0..self.len() as u32).map(|text| (text, true)).collect();
        }
        let finder = Finder::new(&word);
        let begins = |letters: &str, at| {
            let hits = finder.find_iter(letters.as_bytes().get(at..).unwrap_or_default());
            hits.map(|hit| at + hit).any(|at| starts_word(letters, at))
        };
        self.in_parts(|texts| {
            let mut found = Vec::new();
            self.find_first(texts, &finder, |text, letters, at| {
                found.push((text, begins(letters, at)));
            });
            found
        })
    }

    /// Returns what `search` finds in ranges of the texts, which several threads search where there are many letters.
    fn in_parts<T: Send>(&self, search: impl Fn(Range<usize>) -> Vec<T> + Sync) -> Vec<T> {
        let parts = (self.letters.len() / BYTES_A_THREAD).clamp(1, available_threads());
        let cut = |part| self.len() * part / parts;
        let found = in_parallel(parts, |part| search(cut(part)..cut(part + 1)));
        found.into_iter().flatten().collect()
    }

    /// Calls `note` for each of `texts` that holds the letters of `finder`, with its number, its letters and the first place there.
    ///
    /// Searches all letters at once instead of those of each text, so that memmem passes over the texts without them.
    fn find_first(
        &self,
        texts: Range<usize>,
        finder: &Finder,
        mut note: impl FnMut(u32, &str, usize),
    ) {
        let Some(last) = texts.end.checked_sub(1).filter(|_| !texts.is_empty()) else {
            return;
        };
        let letters = self.letters.as_bytes();
        let (mut text, mut at, end) = (texts.start, self.start(texts.start), self.ends[last]);
        while let Some(hit) = letters.get(at..end).and_then(|rest| finder.find(rest)) {
            text = self.text_at(text, at + hit);
            let (start, next) = (self.start(text), self.ends[text]);
            // The letters began in one text and end in the next.
            if at + hit + finder.needle().len() > next {
                at = at + hit + 1;
                continue;
            }
            let whole = self.letters.get(start..next).unwrap_or_default();
            note(text as u32, whole, at + hit - start);
            at = next;
        }
    }

    /// Returns the text that the letter at `place` is of: `text` or one after it, usually a near one.
    fn text_at(&self, text: usize, place: usize) -> usize {
        let is_before = |end: &usize| *end <= place;
        let ends = &self.ends[text..];
        let mut reach = 1;
        while ends.get(reach - 1).is_some_and(is_before) {
            reach *= 2;
        }
        text + ends[..reach.min(ends.len())].partition_point(is_before)
    }

    fn start(&self, text: usize) -> usize {
        text.checked_sub(1).map_or(0, |before| self.ends[before])
    }
}

/// Whether a word of `text` starts at `at`: no letter or digit stands before it.
pub fn starts_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    !before.is_some_and(char::is_alphanumeric)
}

/// Returns the words folded, without empty ones, the longest first: long words tend to be rare and rule out most texts.
fn folded(words: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = words
        .iter()
        .map(|word| fold::fold(word))
        .filter(|word| !word.is_empty())
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(texts: &[&str]) -> FoldedTexts {
        let mut bodies = FoldedTexts::default();
        for text in texts {
            bodies.push(text);
        }
        bodies
    }

    #[test]
    fn a_text_is_found_if_it_holds_every_word_anywhere() {
        let bodies = bodies(&[
            "Steel tariffs in Québec",
            "Tariffs on iron",
            "Counter-tariffs on STEEL",
        ]);
        assert_eq!(bodies.holding(&["steel", "Tariff"]), [0, 2]);
        assert_eq!(bodies.holding(&["quebec"]), [0]);
        assert_eq!(bodies.holding(&["riffs on"]), [1, 2]);
        assert_eq!(bodies.holding(&[]), [0, 1, 2]);
    }

    #[test]
    fn words_are_found_by_their_start() {
        let bodies = bodies(&["Steel, tariff-free", "pretariff", "Pretariff (tariffs)"]);
        for word in ["tariff", "TARIFF"] {
            let hits = bodies.find(word);
            assert!(hits.starts.iter().eq([0, 2]) && hits.held.len() == 3);
        }
    }

    #[test]
    fn no_word_is_made_of_the_end_of_one_text_and_the_start_of_the_next() {
        assert_eq!(
            bodies(&["white smo", "smoke", "", "ke smoke"]).holding(&["smoke"]),
            [1, 3]
        );
    }
}
