//! Runs of words by which quotations that may be the same utterance find each other.

use super::quote_words::{HashedQuote, HashedWord};

/// Runs of words that are looked up for one quotation. Chosen by eye: a bound on the work for very long quotations.
const RUNS: usize = 64;
/// Words of a run.
const RUN: usize = 3;

/// Returns the hashes of the runs of a quotation, sorted.
pub(super) fn long_runs(one: &HashedQuote<'_>) -> Vec<u64> {
    let windows = one.words.windows(RUN);
    let windows = windows.filter(|run| run.iter().any(HashedWord::is_content));
    let mut runs: Vec<u64> = windows.map(|run| hash_run(run, 0)).take(RUNS).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Returns the hash by which a quotation of one or two words is sought: together with its speaker, since by themselves they would
/// stand in too many quotations.
pub(super) fn fragment(one: &HashedQuote<'_>) -> Option<u64> {
    let speaker = one.facts.speaker?;
    matches!(one.words.len(), 1 | 2).then(|| hash_run(one.words, u64::from(speaker) + 1))
}

/// Returns the hashes of one and two words in a quotation, as those are sought.
pub(super) fn fragments_in<'a>(one: &HashedQuote<'a>) -> impl Iterator<Item = u64> + use<'a> {
    let speaker = one.facts.speaker.map(|speaker| u64::from(speaker) + 1);
    let words = one.words;
    speaker.into_iter().flat_map(move |speaker| {
        [1, 2].into_iter().flat_map(move |length| {
            let windows = words.windows(length);
            let windows = windows.filter(|run| run.iter().any(HashedWord::is_content));
            windows
                .take(2 * RUNS)
                .map(move |run| hash_run(run, speaker))
        })
    })
}

/// Returns the hash of all words of a quotation.
pub(super) fn whole(one: &HashedQuote<'_>, with: u64) -> u64 {
    hash_run(one.words, with)
}

fn hash_run(run: &[HashedWord], with: u64) -> u64 {
    // Cheaper than xxh3 for three words; the multiplier is 2^64 divided by the golden ratio, as in Fibonacci hashing.
    run.iter().fold(with, |hash, word| {
        (hash.rotate_left(23) ^ u64::from(word.0)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}

/// Tells which hashes came more than once, and sometimes one that did not.
///
/// Most runs of words stand in one quotation only, and nothing need be kept of those.
#[derive(Debug)]
pub(super) struct RepeatFilter {
    once: Vec<u64>,
    again: Vec<u64>,
}

impl RepeatFilter {
    /// Returns a filter for so many hashes: eight bits each, so that one in nine is taken for a repeated one.
    pub(super) fn new(hashes: usize) -> Self {
        let words = (hashes / 8).next_power_of_two().max(1);
        Self {
            once: vec![0; words],
            again: vec![0; words],
        }
    }

    /// Notes a hash.
    pub(super) fn add(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        if self.once[word] & bit != 0 {
            self.again[word] |= bit;
        }
        self.once[word] |= bit;
    }

    /// Whether the hash came more than once, or shares its bit with another that came.
    pub(super) fn is_repeated(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.again[word] & bit != 0
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        // The low bits of a product are the weakest, so the high ones choose.
        let at = hash >> 20;
        ((at >> 6) as usize & (self.once.len() - 1), 1 << (at & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_twice_is_repeated_and_most_of_the_rest_is_not() {
        let hash = |number: u64| number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut filter = RepeatFilter::new(2000);
        (0..1000).for_each(|number| filter.add(hash(number)));
        (0..100).for_each(|number| filter.add(hash(number)));
        assert!((0..100).all(|number| filter.is_repeated(hash(number))));
        let mistaken = (100..1000).filter(|number| filter.is_repeated(hash(*number)));
        assert!(mistaken.count() < 150);
    }
}
