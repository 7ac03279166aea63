//! The texts that a word or phrase is found in, as sets.

use super::NumberSet;

/// Sets of the texts that answer a search for one word or phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordHits {
    /// Texts that hold it.
    pub held: NumberSet,
    /// Texts with a word that begins with it.
    pub starts: NumberSet,
}

impl WordHits {
    /// Returns none of the first `count` texts.
    pub fn none(count: usize) -> Self {
        let none = NumberSet::none(count);
        Self {
            held: none.clone(),
            starts: none,
        }
    }

    /// Returns all of the first `count` texts.
    pub fn all(count: usize) -> Self {
        let all = NumberSet::all(count);
        Self {
            held: all.clone(),
            starts: all,
        }
    }

    /// Keeps the texts that are in `other` too.
    pub(super) fn keep(&mut self, other: &WordHits) {
        self.held.keep(&other.held);
        self.starts.keep(&other.starts);
    }

    /// Adds the texts of `other`, which begin with text `start`.
    pub(super) fn add_moved(&mut self, other: &WordHits, start: usize) {
        self.held.add_moved(&other.held, start);
        self.starts.add_moved(&other.starts, start);
    }
}
