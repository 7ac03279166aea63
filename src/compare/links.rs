//! Counts the words that passages have in the same utterances: what an utterance explains is not paired crosswise.

use foldhash::{HashMap, HashMapExt as _};

use super::Sides;

/// Words that two passages have in the same utterance.
#[derive(Default)]
pub(super) struct UtteranceLinks {
    /// The number of words that two passages have laid beside each other, by the passages.
    pairs: HashMap<(usize, usize), usize>,
    /// The number of words of each passage that are laid beside any.
    linked: Sides<Vec<usize>>,
}

impl UtteranceLinks {
    /// Counts `pairs`, the passages of each two words that are laid beside each other; there are so many `passages`.
    pub(super) fn new(passages: Sides<usize>, pairs: impl Iterator<Item = Sides<usize>>) -> Self {
        let mut links = Self {
            pairs: HashMap::new(),
            linked: passages.map(|passages| vec![0; passages]),
        };
        for at in pairs {
            *links.pairs.entry((at.left, at.right)).or_default() += 1;
            links.linked.left[at.left] += 1;
            links.linked.right[at.right] += 1;
        }
        links
    }

    /// Returns how many words of utterances two passages have in common, and how many of either one has in common with others.
    pub(super) fn of(&self, at: Sides<usize>) -> (usize, Sides<usize>) {
        let both = self.pairs.get(&(at.left, at.right));
        let both = both.copied().unwrap_or(0);
        let all = Sides::from_fn(|side| self.linked[side].get(at[side]).copied().unwrap_or(0));
        (both, all.map(|all| all.saturating_sub(both)))
    }
}
