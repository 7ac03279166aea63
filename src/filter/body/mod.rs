//! Searches the texts of reports at every key that is typed.
//!
//! [`FoldedTexts`] keeps a folded copy of every text and searches it with memmem: it answers from the first key on, while a
//! [`WordIndex`] is built in the background. Both find a word's letters anywhere, in the middle of a word too, so the answer does
//! not change when the index is ready. [`TextIndex`] combines the two and is what the program uses. Accents are folded away: a
//! term that keeps them is checked with [`QueryTerm::is_in`](crate::filter::QueryTerm::is_in) in the texts that are found here.

mod answers;
mod encode;
mod text_index;
mod word_index;

use memchr::memmem::Finder;

use crate::parallel::{available_threads, in_parallel};
use crate::text::fold;

pub use text_index::{TextHits, TextIndex};
pub use word_index::{WordIndex, WordIndexBuilder};

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
        let parts = (self.letters.len() / BYTES_A_THREAD).clamp(1, available_threads());
        let cut = |part| self.len() * part / parts;
        in_parallel(parts, |part| {
            self.part_holding(cut(part)..cut(part + 1), first, others)
        })
        .concat()
    }

    /// Returns the numbers of the texts that hold `word` at the start of a word, in order.
    pub fn beginning(&self, word: &str) -> Vec<u32> {
        let mut texts = self.holding(&[word]);
        let word = fold::fold(word);
        let finder = Finder::new(&word);
        let begins = |letters: &str| {
            let mut hits = finder.find_iter(letters.as_bytes());
            hits.any(|at| starts_word(letters, at))
        };
        texts.retain(|&text| {
            let text = text as usize;
            let letters = self.ends.get(text).map(|&end| self.start(text)..end);
            let letters = letters.and_then(|letters| self.letters.get(letters));
            letters.is_some_and(begins)
        });
        texts
    }

    /// Returns the numbers of `texts` that hold every word.
    ///
    /// Searches for `first` in all letters at once instead of in each text, so that memmem passes over the texts without it.
    fn part_holding(
        &self,
        texts: std::ops::Range<usize>,
        first: &Finder,
        others: &[Finder],
    ) -> Vec<u32> {
        let mut found = Vec::new();
        let Some(last) = texts.end.checked_sub(1).filter(|_| !texts.is_empty()) else {
            return found;
        };
        let letters = self.letters.as_bytes();
        let (mut text, mut at, end) = (texts.start, self.start(texts.start), self.ends[last]);
        while let Some(hit) = letters.get(at..end).and_then(|rest| first.find(rest)) {
            text += self.ends[text..].partition_point(|&end| end <= at + hit);
            let (start, next) = (self.start(text), self.ends[text]);
            // The letters began in one text and end in the next.
            if at + hit + first.needle().len() > next {
                at = at + hit + 1;
                continue;
            }
            if others
                .iter()
                .all(|word| word.find(&letters[start..next]).is_some())
            {
                found.push(text as u32);
            }
            at = next;
        }
        found
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
        assert_eq!(bodies.beginning("tariff"), [0, 2]);
        assert_eq!(bodies.beginning("TARIFF"), [0, 2]);
    }

    #[test]
    fn no_word_is_made_of_the_end_of_one_text_and_the_start_of_the_next() {
        assert_eq!(
            bodies(&["white smo", "smoke", "", "ke smoke"]).holding(&["smoke"]),
            [1, 3]
        );
    }
}
