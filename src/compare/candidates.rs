//! Finds the passages of two reports that share words: through the words, not by trying every passage with every other.
//!
//! On reports of usual length nothing is left out. On very long ones each passage of the left report has its part of the work: rare words
//! are looked up first, of words that very many passages have only those near the same place, and only the most alike are kept. Passages
//! of the same words are found by their words in order, so that they are never missed.

use std::collections::HashMap;

use super::normalize::{NormalWord, TermId, terms};
use super::{Sides, weights};
use crate::parallel;

/// A sparse vector of unit length, sorted by key.
pub(super) type SparseVector = Vec<(u32, f32)>;

/// The passages of the right report that share words with each of the left one, by number, with the cosine of their words.
pub(super) struct CandidateSearch {
    rows: Vec<Vec<(usize, f32)>>,
    right: usize,
}

impl CandidateSearch {
    /// Finds what the `vectors` of the two reports share; `words` are the passages' words in order.
    pub(super) fn find(
        vectors: Sides<&[SparseVector]>,
        words: &Sides<Vec<Vec<NormalWord>>>,
    ) -> Self {
        let holders = holders(vectors.right);
        let identical = IdenticalPassages::new(words);
        let left: Vec<usize> = (0..vectors.left.len()).collect();
        let rows = parallel::in_chunks(&left, weights::SIDE_BY_SIDE, |part| {
            let mut search = PassageSearch::new(vectors, &holders);
            let rows = part.iter();
            rows.map(|&left| search.row(left, identical.identical_to(left)))
                .collect()
        });
        Self {
            rows,
            right: vectors.right.len(),
        }
    }

    /// Returns the cosine of two passages: none, if they share nothing or do not exist.
    pub(super) fn cosine(&self, left: Option<usize>, right: Option<usize>) -> Option<f32> {
        let row = self.rows.get(left?)?;
        let found = row.binary_search_by_key(&right?, |&(number, _)| number);
        Some(row[found.ok()?].1)
    }

    /// Returns the pairs that are among the most alike of either passage, ordered by left then right: the rest costs time and cannot
    /// become a pair.
    pub(super) fn promising(&self) -> Vec<(Sides<usize>, f32)> {
        let passages = self.rows.len() + self.right;
        let most = share(weights::MEASURED, passages, weights::LEAST_PARTNERS);
        let most = most.min(weights::PROMISING);
        let mut of_right: Vec<Vec<(usize, f32)>> = vec![Vec::new(); self.right];
        let mut kept: Vec<(usize, usize, f32)> = Vec::new();
        for (left, row) in self.rows.iter().enumerate() {
            let mut row = row.clone();
            row.retain(|(_, cosine)| *cosine >= weights::PROMISING_COSINE);
            for &(right, cosine) in &row {
                of_right[right].push((left, cosine));
            }
            let best = best(row, most, scaled(left, self.rows.len(), self.right));
            kept.extend(best.map(|(right, cosine)| (left, right, cosine)));
        }
        for (right, row) in of_right.into_iter().enumerate() {
            let place = scaled(right, self.right, self.rows.len());
            kept.extend(best(row, most, place).map(|(left, cosine)| (left, right, cosine)));
        }
        kept.sort_unstable_by_key(|&(left, right, _)| (left, right));
        kept.dedup_by_key(|&mut (left, right, _)| (left, right));
        let kept = kept.into_iter();
        kept.map(|(left, right, cosine)| (Sides::new(left, right), cosine))
            .collect()
    }
}

/// Returns the share of `all` for each of `passages`, but at least `least`.
pub(super) fn share(all: usize, passages: usize, least: usize) -> usize {
    (all / passages.max(1)).max(least)
}

/// Returns the place among `to` that is as far down as `number` is among `from`.
fn scaled(number: usize, from: usize, to: usize) -> usize {
    number.saturating_mul(to) / from.max(1)
}

/// Returns the `most` highest of `row`; of equals those nearest to `place`, so that a text beside itself meets itself.
fn best(
    mut row: Vec<(usize, f32)>,
    most: usize,
    place: usize,
) -> impl Iterator<Item = (usize, f32)> {
    if row.len() > most {
        row.select_nth_unstable_by(most, |a, b| {
            let near = |number: usize| (number.abs_diff(place), number);
            b.1.total_cmp(&a.1).then(near(a.0).cmp(&near(b.0)))
        });
        row.truncate(most);
    }
    row.into_iter()
}

/// The passages of the right report that have a key, with its weight there.
type Holders = Vec<(u32, f32)>;

/// Returns the passages of the right report that have each key.
fn holders(right: &[SparseVector]) -> Vec<Holders> {
    let mut holders: Vec<Holders> = Vec::new();
    for (number, vector) in (0..).zip(right) {
        for &(key, weight) in vector {
            let key = key as usize;
            if holders.len() <= key {
                holders.resize(key + 1, Vec::new());
            }
            holders[key].push((number, weight));
        }
    }
    holders
}

/// A search for the passages that share words with one passage, repeated for each passage of the left report.
struct PassageSearch<'a> {
    vectors: Sides<&'a [SparseVector]>,
    holders: &'a [Holders],
    /// Most holders that one passage may look up.
    visits: usize,
    /// Most passages that may be found for one.
    most: usize,
    sums: Vec<f32>,
    touched: Vec<usize>,
    /// The passage of the left report, where it is multiplied with many.
    loaded: DenseVector,
}

impl<'a> PassageSearch<'a> {
    fn new(vectors: Sides<&'a [SparseVector]>, holders: &'a [Holders]) -> Self {
        let left = vectors.left.len();
        Self {
            vectors,
            holders,
            visits: share(weights::VISITS, left, weights::LEAST_VISITS),
            most: share(weights::SHARING, left, weights::PROMISING),
            sums: vec![0.0; vectors.right.len()],
            touched: Vec::new(),
            loaded: DenseVector::default(),
        }
    }

    fn row(&mut self, left: usize, alike: &[usize]) -> Vec<(usize, f32)> {
        let vectors = self.vectors;
        let vector = &vectors.left[left];
        let needed = vector.iter().map(|&(key, _)| self.holders_of(key).len());
        let needed = needed.sum::<usize>();
        let all = needed <= self.visits;
        let place = scaled(left, vectors.left.len(), vectors.right.len());
        let row = match all {
            true if needed > vectors.right.len() => self.all_sums(vector, alike),
            _ => self.sums(vector, alike, place, all),
        };
        if !all {
            self.loaded.load(left, vectors.left);
        }
        // The sum is too small unless all words were looked up; a sum of 1 or more comes from identical passages.
        let exact = |(right, sum): (usize, f32)| {
            let cosine = if all || sum >= 1.0 {
                sum
            } else {
                self.loaded.dot(&vectors.right[right])
            };
            (right, cosine.min(1.0))
        };
        let mut row: Vec<_> = best(row, self.most, place).map(exact).collect();
        row.retain(|&(_, cosine)| cosine >= weights::LEAST_COSINE);
        row.sort_unstable_by_key(|&(right, _)| right);
        row
    }

    /// Returns what passages have of all words, where nearly every passage has some.
    fn all_sums(&mut self, vector: &SparseVector, alike: &[usize]) -> Vec<(usize, f32)> {
        for &(key, weight) in vector {
            let holders = self.holders.get(key as usize).into_iter().flatten();
            for &(right, other) in holders {
                self.sums[right as usize] += weight * other;
            }
        }
        for &right in alike {
            self.sums[right] += 1.0;
        }
        let sums = self.sums.iter_mut().map(std::mem::take).enumerate();
        sums.filter(|&(_, sum)| sum >= weights::LEAST_COSINE)
            .collect()
    }

    /// Returns what passages have of the words: of all, or of the rarest as far as the visits go.
    fn sums(
        &mut self,
        vector: &SparseVector,
        alike: &[usize],
        place: usize,
        all: bool,
    ) -> Vec<(usize, f32)> {
        if all {
            for &(key, weight) in vector {
                self.visit(key, weight, place, usize::MAX);
            }
        } else {
            self.visit_rare(vector, place);
        }
        for &right in alike {
            self.add(right, 1.0);
        }
        let sums = &mut self.sums;
        let touched = self.touched.drain(..);
        let sums = touched.map(|right| (right, std::mem::take(&mut sums[right])));
        sums.collect()
    }

    /// Looks the rarest words up, as far as the visits go.
    fn visit_rare(&mut self, vector: &SparseVector, place: usize) {
        let mut keys = vector.clone();
        keys.sort_by_key(|&(key, _)| self.holders_of(key).len());
        let mut rest = self.visits;
        for (key, weight) in keys {
            rest -= self.visit(key, weight, place, rest);
        }
    }

    /// Adds what passages have of a word, of at most `most` that stand nearest to `place`; returns how many they were.
    fn visit(&mut self, key: u32, weight: f32, place: usize, most: usize) -> usize {
        let holders = self.holders_of(key);
        let near = nearest(holders, most, |&(right, _)| (right as usize) < place);
        for &(right, other) in near {
            self.add(right as usize, weight * other);
        }
        near.len()
    }

    fn add(&mut self, right: usize, part: f32) {
        if self.sums[right] == 0.0 {
            self.touched.push(right);
        }
        self.sums[right] += part;
    }

    fn holders_of(&self, key: u32) -> &'a [(u32, f32)] {
        self.holders.get(key as usize).map_or(&[], Vec::as_slice)
    }
}

/// Returns at most `most` of `sorted` around the first for which `before` does not hold.
fn nearest<T>(sorted: &[T], most: usize, before: impl Fn(&T) -> bool) -> &[T] {
    if sorted.len() <= most {
        return sorted;
    }
    let middle = sorted.partition_point(before);
    let from = middle.saturating_sub(most / 2).min(sorted.len() - most);
    &sorted[from..from + most]
}

/// One vector with a place for every key, so that it is multiplied with many sparse ones without a search.
#[derive(Default)]
pub(super) struct DenseVector {
    number: Option<usize>,
    weights: Vec<f32>,
}

impl DenseVector {
    /// Loads vector `number` of `vectors`, which are the same in every call.
    pub(super) fn load(&mut self, number: usize, vectors: &[SparseVector]) {
        if self.number == Some(number) {
            return;
        }
        if let Some(before) = self.number.replace(number) {
            for &(key, _) in &vectors[before] {
                self.weights[key as usize] = 0.0;
            }
        }
        for &(key, weight) in &vectors[number] {
            let key = key as usize;
            if self.weights.len() <= key {
                self.weights.resize(key + 1, 0.0);
            }
            self.weights[key] = weight;
        }
    }

    /// Returns the dot product.
    pub(super) fn dot(&self, other: &SparseVector) -> f32 {
        let of = |key: u32| self.weights.get(key as usize).copied().unwrap_or(0.0);
        other.iter().map(|&(key, weight)| of(key) * weight).sum()
    }
}

/// The passages of the same words in the same order.
struct IdenticalPassages {
    groups: Vec<IdenticalGroup>,
    /// For each passage of the left report its group, and how many of the group stand before it.
    places: Vec<(usize, usize)>,
}

#[derive(Default)]
struct IdenticalGroup {
    left: usize,
    right: Vec<usize>,
}

impl IdenticalPassages {
    fn new(words: &Sides<Vec<Vec<NormalWord>>>) -> Self {
        let mut numbers: HashMap<Vec<TermId>, usize> = HashMap::new();
        let mut groups: Vec<IdenticalGroup> = Vec::new();
        let mut places = Vec::with_capacity(words.left.len());
        for tokens in &words.left {
            let terms = terms(tokens).collect();
            let number = *numbers.entry(terms).or_insert(groups.len());
            if number == groups.len() {
                groups.push(IdenticalGroup::default());
            }
            places.push((number, groups[number].left));
            groups[number].left += 1;
        }
        for (right, tokens) in words.right.iter().enumerate() {
            if let Some(&number) = numbers.get(&terms(tokens).collect::<Vec<_>>()) {
                groups[number].right.push(right);
            }
        }
        Self { groups, places }
    }

    /// Returns the passages of the right report that have the words of passage `left`; of very many those in the same place among them.
    fn identical_to(&self, left: usize) -> &[usize] {
        let (number, before) = self.places[left];
        let group = &self.groups[number];
        let middle = scaled(before, group.left, group.right.len());
        let middle = group.right.get(middle).copied().unwrap_or(0);
        nearest(&group.right, weights::IDENTICAL, |&right| right < middle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors(passages: usize, keys: impl Fn(usize) -> Vec<u32>) -> Vec<SparseVector> {
        let vector = |passage| {
            let keys = keys(passage);
            let weight = 1.0 / (keys.len() as f32).sqrt();
            keys.into_iter().map(|key| (key, weight)).collect()
        };
        (0..passages).map(vector).collect()
    }

    fn found(left: &[SparseVector], right: &[SparseVector]) -> CandidateSearch {
        let vectors = Sides::new(left, right);
        let holders = holders(right);
        let mut search = PassageSearch::new(vectors, &holders);
        let rows = (0..left.len()).map(|n| search.row(n, &[])).collect();
        CandidateSearch {
            rows,
            right: right.len(),
        }
    }

    #[test]
    fn words_that_all_passages_have_do_not_cost_the_square_of_their_number() {
        let one = vectors(50_000, |passage| vec![0, 1, 2, 3 + passage as u32]);
        let found = found(&one, &one);
        assert!(found.rows.iter().all(|row| row.len() <= weights::PROMISING));
        let itself = |n: usize| found.cosine(Some(n), Some(n));
        assert!((0..50_000).all(|n| itself(n).is_some_and(|cosine| cosine > 0.99)));
        let promising = found.promising();
        assert!(promising.len() <= 2 * weights::LEAST_PARTNERS * 50_000);
        assert!(promising.is_sorted_by_key(|(at, _)| (at.left, at.right)));
    }

    #[test]
    fn few_passages_are_all_found() {
        let one = vectors(300, |passage| vec![0, 1 + passage as u32 % 7]);
        let found = found(&one, &one);
        assert!(found.rows.iter().all(|row| row.len() == 300));
    }
}
