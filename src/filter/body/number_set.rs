//! A set of numbers below a bound, a bit each: the texts or rows that answer a search.

use std::ops::Range;

use crate::parallel::{available_threads, in_parallel};

/// Numbers for which starting a thread is worth while. Chosen by eye: a thread passes them in about a millisecond.
const NUMBERS_A_THREAD: usize = 1 << 17;
/// Numbers in one word of bits.
const BITS: usize = u64::BITS as usize;

/// A set of the first so many numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberSet {
    bits: Vec<u64>,
    bound: usize,
}

impl NumberSet {
    /// Returns a set without any of the first `bound` numbers.
    pub fn none(bound: usize) -> Self {
        let bits = vec![0; bound.div_ceil(BITS)];
        Self { bits, bound }
    }

    /// Returns a set of all of the first `bound` numbers.
    pub fn all(bound: usize) -> Self {
        let mut all = Self {
            bits: vec![u64::MAX; bound.div_ceil(BITS)],
            bound,
        };
        all.cut();
        all
    }

    /// Returns the numbers for which `has` is true; several threads ask it.
    pub fn that(bound: usize, has: impl Fn(u32) -> bool + Sync) -> Self {
        let [set] = Self::those(bound, |number| [has(number)]);
        set
    }

    /// Returns several sets at once: `has` tells for a number in which of them it is.
    pub fn those<const SETS: usize>(
        bound: usize,
        has: impl Fn(u32) -> [bool; SETS] + Sync,
    ) -> [Self; SETS] {
        let words = bound.div_ceil(BITS);
        let parts = (bound / NUMBERS_A_THREAD).clamp(1, available_threads());
        let cut = |part: usize| words * part / parts;
        let parts = in_parallel(parts, |part| {
            let span = cut(part)..cut(part + 1);
            let mut sets: [Vec<u64>; SETS] = std::array::from_fn(|_| Vec::with_capacity(words));
            for first in span.map(|word| word * BITS) {
                let mut bits = [0; SETS];
                for number in first..bound.min(first + BITS) {
                    let has = has(number as u32);
                    for (bits, has) in bits.iter_mut().zip(has) {
                        *bits |= u64::from(has) << (number - first);
                    }
                }
                for (set, bits) in sets.iter_mut().zip(bits) {
                    set.push(bits);
                }
            }
            sets
        });
        let mut parts = parts.into_iter();
        let mut all = parts
            .next()
            .unwrap_or_else(|| std::array::from_fn(|_| Vec::new()));
        for part in parts {
            for (bits, more) in all.iter_mut().zip(part) {
                bits.extend(more);
            }
        }
        all.map(|bits| Self { bits, bound })
    }

    /// Returns the number that all of its numbers are below.
    pub fn bound(&self) -> usize {
        self.bound
    }

    /// Adds a number; one that is too high is passed over.
    pub fn insert(&mut self, number: u32) {
        let number = number as usize;
        if number < self.bound
            && let Some(bits) = self.bits.get_mut(number / BITS)
        {
            *bits |= 1 << (number % BITS);
        }
    }

    /// Adds numbers; those that are too high are passed over.
    pub fn insert_all(&mut self, numbers: impl IntoIterator<Item = u32>) {
        numbers.into_iter().for_each(|number| self.insert(number));
    }

    /// Adds all numbers of a range; those that are too high are passed over.
    pub fn insert_range(&mut self, range: Range<u32>) {
        let (mut at, end) = (range.start as usize, self.bound.min(range.end as usize));
        while at < end {
            let (word, first) = (at / BITS, at % BITS);
            let length = (end - at).min(BITS - first);
            if let Some(bits) = self.bits.get_mut(word) {
                *bits |= (u64::MAX >> (BITS - length)) << first;
            }
            at += length;
        }
    }

    /// Adds the numbers of the bits of `bytes`, the lowest bit of the first byte for the lowest number.
    pub fn insert_bits(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks();
        let mut last = [0; size_of::<u64>()];
        if let Some(last) = last.get_mut(..rest.len()) {
            last.copy_from_slice(rest);
        }
        let words = whole.iter().chain([&last]);
        for (bits, more) in self.bits.iter_mut().zip(words) {
            *bits |= u64::from_le_bytes(*more);
        }
        self.cut();
    }

    /// Returns the bits as bytes, as [`NumberSet::insert_bits`] takes them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let bytes = self.bits.iter().flat_map(|bits| bits.to_le_bytes());
        bytes.take(self.bound.div_ceil(8)).collect()
    }

    /// Adds the numbers of `other`, each increased by `start`; those that are too high are passed over.
    pub fn add_moved(&mut self, other: &NumberSet, start: usize) {
        let (word, shift) = (start / BITS, start % BITS);
        for (place, more) in (word..).zip(&other.bits) {
            if let Some(bits) = self.bits.get_mut(place) {
                *bits |= more << shift;
            }
            let above = more.checked_shr((BITS - shift) as u32).unwrap_or(0);
            if let Some(bits) = self.bits.get_mut(place + 1) {
                *bits |= above;
            }
        }
        self.cut();
    }

    /// Whether `number` is in it.
    pub fn has(&self, number: u32) -> bool {
        let bits = self.bits.get(number as usize / BITS);
        bits.is_some_and(|bits| bits >> (number as usize % BITS) & 1 == 1)
    }

    /// Whether no number is in it.
    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|bits| *bits == 0)
    }

    /// Returns how many numbers are in it.
    pub fn len(&self) -> usize {
        let counts = self.bits.iter().map(|bits| bits.count_ones() as usize);
        counts.sum()
    }

    /// Keeps the numbers that are in `other` too.
    pub fn keep(&mut self, other: &NumberSet) {
        for (own, other) in self.bits.iter_mut().zip(&other.bits) {
            *own &= other;
        }
    }

    /// Removes the numbers of `other`.
    pub fn remove(&mut self, other: &NumberSet) {
        for (own, other) in self.bits.iter_mut().zip(&other.bits) {
            *own &= !other;
        }
    }

    /// Adds the numbers of `other`.
    pub fn add(&mut self, other: &NumberSet) {
        for (own, other) in self.bits.iter_mut().zip(&other.bits) {
            *own |= other;
        }
    }

    /// Adds the numbers that both `one` and `other` have.
    pub fn add_common(&mut self, one: &NumberSet, other: &NumberSet) {
        for ((own, one), other) in self.bits.iter_mut().zip(&one.bits).zip(&other.bits) {
            *own |= one & other;
        }
    }

    /// Returns the set of the numbers below `bound` that `of` has at the places in this set; several threads look.
    pub fn mapped(&self, of: &[u32], bound: usize) -> Self {
        let parts = (self.bound / NUMBERS_A_THREAD).clamp(1, available_threads());
        let cut = |part: usize| self.bits.len() * part / parts;
        let parts = in_parallel(parts, |part| {
            let mut set = Self::none(bound);
            let numbers = self.numbers_in(cut(part)..cut(part + 1));
            set.insert_all(numbers.filter_map(|place| of.get(place as usize).copied()));
            set
        });
        let all = parts.into_iter().reduce(|mut all, part| {
            all.add(&part);
            all
        });
        all.unwrap_or_else(|| Self::none(bound))
    }

    /// Returns the numbers in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.numbers_in(0..self.bits.len())
    }

    /// Returns the numbers in some words of bits, in order.
    fn numbers_in(&self, words: Range<usize>) -> impl Iterator<Item = u32> + '_ {
        let bits = self.bits.get(words.clone()).unwrap_or_default();
        (words.start as u32..).zip(bits).flat_map(|(word, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(word * u64::BITS + bit)
            })
        })
    }

    /// Returns the numbers in order, those that follow one another as one range.
    pub fn ranges(&self) -> impl Iterator<Item = Range<u32>> + '_ {
        let mut at = 0;
        std::iter::from_fn(move || {
            let start = self.next_from(at, 0)?;
            at = self.next_from(start, u64::MAX).unwrap_or(self.bound);
            Some(start as u32..at as u32)
        })
    }

    /// Returns the first number from `at` on that is in the set; with all bits `flipped`, that is not in it.
    fn next_from(&self, at: usize, flipped: u64) -> Option<usize> {
        let mut word = at / BITS;
        let mut bits = (self.bits.get(word)? ^ flipped) & (u64::MAX << (at % BITS));
        while bits == 0 {
            word += 1;
            bits = self.bits.get(word)? ^ flipped;
        }
        let found = word * BITS + bits.trailing_zeros() as usize;
        (found < self.bound).then_some(found)
    }

    /// Clears the bits beyond the last number.
    fn cut(&mut self) {
        let last = self.bound % BITS;
        if let Some(bits) = self.bits.last_mut().filter(|_| last > 0) {
            *bits &= (1 << last) - 1;
        }
    }
}

impl std::ops::Not for &NumberSet {
    type Output = NumberSet;

    fn not(self) -> NumberSet {
        let mut all = NumberSet::all(self.bound);
        all.remove(self);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(set: &NumberSet) -> Vec<u32> {
        set.iter().collect()
    }

    #[test]
    fn sets_hold_the_numbers_that_there_are_and_no_others() {
        let mut set = NumberSet::none(70);
        assert!(set.is_empty());
        set.insert_all([3, 64, 69, 70, 900]);
        assert_eq!((numbers(&set), set.len()), (vec![3, 64, 69], 3));
        assert!(set.has(64) && !set.has(65) && !set.has(70));
        assert_eq!((!&set).iter().count(), 67);
        assert_eq!(NumberSet::all(64).iter().count(), 64);
        set.keep(&NumberSet::that(70, |number| number % 2 == 1));
        assert_eq!(numbers(&set), [3, 69]);
        set.add(&NumberSet::that(70, |number| number < 2));
        assert_eq!(numbers(&set), [0, 1, 3, 69]);
        set.remove(&NumberSet::that(70, |number| number < 3));
        assert_eq!(numbers(&set), [3, 69]);
    }

    #[test]
    fn many_numbers_are_asked_by_several_threads_and_stay_in_order() {
        let bound = 3 * NUMBERS_A_THREAD + 5;
        let [thousands, none] =
            NumberSet::those(bound, |number| [number.is_multiple_of(1000), false]);
        let expected = (0..).step_by(1000);
        let expected = expected.take_while(|number| bound > *number as usize);
        assert!(thousands.iter().eq(expected) && none.is_empty());
    }

    #[test]
    fn a_set_is_mapped_to_the_numbers_at_its_places() {
        let bound = 3 * NUMBERS_A_THREAD;
        let of: Vec<u32> = (0..bound as u32).map(|place| place / 3).collect();
        let places = NumberSet::that(bound, |place| place % 9 < 2);
        let mapped = places.mapped(&of, bound / 3);
        assert_eq!(
            mapped,
            NumberSet::that(bound / 3, |number| number.is_multiple_of(3))
        );
    }

    #[test]
    fn ranges_are_added_and_found() {
        let mut set = NumberSet::none(200);
        for range in [3..5, 60..130, 190..900, 7..7] {
            set.insert_range(range);
        }
        let ranges: Vec<_> = set.ranges().collect();
        assert_eq!(ranges, [3..5, 60..130, 190..200]);
        assert_eq!(NumberSet::all(128).ranges().next(), Some(0..128));
        assert_eq!(NumberSet::none(9).ranges().count(), 0);
    }

    #[test]
    fn bytes_and_other_sets_are_added_where_they_belong() {
        let mut set = NumberSet::none(70);
        set.insert_bits(&[0b101, 0, 0, 0, 0, 0, 0, 0x80, 0b1000_0001]);
        assert_eq!(numbers(&set), [0, 2, 63, 64]);
        assert_eq!(set.to_bytes(), [0b101, 0, 0, 0, 0, 0, 0, 0x80, 1]);
        for start in [0, 1, 63, 64, 65, 150] {
            let mut moved = NumberSet::none(140);
            moved.add_moved(&set, start);
            let expected = [0, 2, 63, 64].map(|number| number + start as u32);
            let expected = expected.into_iter().filter(|number| *number < 140);
            assert!(moved.iter().eq(expected), "{start}");
        }
    }
}
