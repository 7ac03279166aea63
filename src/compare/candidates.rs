//! Finds the passages of two reports that share words: through the words, not by trying every passage with every other.
//!
//! On reports of usual length nothing is left out. On very long ones each passage of the left report has its part of the work: rare words
//! are looked up first, of words that very many passages have only those near the same place, and only the most alike are kept. Passages
//! of the same words are found by their words in order, so that they are never missed.

use foldhash::{HashMap, HashMapExt as _};

use super::grouped::Grouped;
use super::normalize::{NormalWord, TermId, terms};
use super::{Sides, weights};
use crate::parallel;

/// A sparse vector of unit length, sorted by key.
pub(super) type SparseVector = Vec<(u32, f32)>;

/// The passages of the right report that share words with each of the left one, by number, with the cosine of their words.
pub(super) struct CandidateSearch {
    rows: Vec<SparseVector>,
    right: usize,
}

impl CandidateSearch {
    /// Finds what the `vectors` of the two reports share.
    pub(super) fn find(vectors: Sides<&[SparseVector]>, identical: &IdenticalPassages) -> Self {
        let holders = holders(vectors.right);
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
        let right = u32::try_from(right?).ok()?;
        let found = row.binary_search_by_key(&right, |&(number, _)| number);
        Some(row[found.ok()?].1)
    }

    /// Returns the pairs that are among the most alike of either passage, ordered by left then right: the rest costs time and cannot
    /// become a pair.
    pub(super) fn promising(&self) -> Vec<(Sides<usize>, f32)> {
        let passages = self.rows.len() + self.right;
        let most = share(weights::MEASURED, passages, weights::LEAST_PARTNERS);
        let most = most.min(weights::PROMISING);
        let mut is_kept: Vec<Vec<bool>> = Vec::with_capacity(self.rows.len());
        let mut of_right: Vec<Vec<PromisingCell>> = vec![Vec::new(); self.right];
        let mut cells: Vec<PromisingCell> = Vec::new();
        for (left, row) in self.rows.iter().enumerate() {
            let mut kept = vec![false; row.len()];
            cells.clear();
            for (place, &(right, cosine)) in (0..).zip(row) {
                if cosine >= weights::PROMISING_COSINE {
                    let number = right as usize;
                    cells.push((number, cosine, place));
                    of_right[number].push((left, cosine, place));
                }
            }
            keep_best(&mut cells, most, scaled(left, self.rows.len(), self.right));
            for &(_, _, place) in &cells {
                kept[place] = true;
            }
            is_kept.push(kept);
        }
        for (right, mut cells) in of_right.into_iter().enumerate() {
            keep_best(&mut cells, most, scaled(right, self.right, self.rows.len()));
            for (left, _, place) in cells {
                is_kept[left][place] = true;
            }
        }
        let rows = self.rows.iter().zip(is_kept).enumerate();
        let kept = rows.flat_map(|(left, (row, is_kept))| {
            let kept = row.iter().zip(is_kept).filter(|(_, is_kept)| *is_kept);
            kept.map(move |(&(right, cosine), _)| (Sides::new(left, right as usize), cosine))
        });
        kept.collect()
    }
}

/// A passage with its cosine to another one, and the place of the two in the row of the left one.
type PromisingCell = (usize, f32, usize);

/// Returns the share of `all` for each of `passages`, but at least `least`.
pub(super) fn share(all: usize, passages: usize, least: usize) -> usize {
    (all / passages.max(1)).max(least)
}

/// Returns the place among `to` that is as far down as `number` is among `from`.
fn scaled(number: usize, from: usize, to: usize) -> usize {
    number.saturating_mul(to) / from.max(1)
}

/// Keeps the `most` highest of `row`; of equals those nearest to `place`, so that a text beside itself meets itself.
fn keep_best<T: Rated>(row: &mut Vec<T>, most: usize, place: usize) {
    if row.len() > most {
        row.select_nth_unstable_by(most, |a, b| {
            let near = |one: &T| (one.number().abs_diff(place), one.number());
            let by_cosine = b.cosine().total_cmp(&a.cosine());
            by_cosine.then_with(|| near(a).cmp(&near(b)))
        });
        row.truncate(most);
    }
}

/// A passage, by its number, with its cosine.
trait Rated {
    fn number(&self) -> usize;
    fn cosine(&self) -> f32;
}

impl Rated for PromisingCell {
    fn number(&self) -> usize {
        self.0
    }

    fn cosine(&self) -> f32 {
        self.1
    }
}

impl Rated for (u32, f32) {
    fn number(&self) -> usize {
        self.0 as usize
    }

    fn cosine(&self) -> f32 {
        self.1
    }
}

/// The passages of the right report that have each key, with its weight there.
type Holders = Grouped<(u32, f32)>;

fn holders(right: &[SparseVector]) -> Holders {
    let last_keys = right.iter().filter_map(|vector| vector.last());
    let keys = last_keys.map(|&(key, _)| key as usize + 1).max();
    let all = (0..).zip(right).flat_map(|(number, vector)| {
        let keys = vector.iter();
        keys.map(move |&(key, weight)| (key as usize, (number, weight)))
    });
    Grouped::new(keys.unwrap_or(0), all)
}

/// A search for the passages that share words with one passage, repeated for each passage of the left report.
struct PassageSearch<'a> {
    vectors: Sides<&'a [SparseVector]>,
    holders: &'a Holders,
    /// Most holders that one passage may look up.
    visits: usize,
    /// Most passages that may be found for one.
    most: usize,
    sums: Vec<f32>,
    touched: Vec<u32>,
    /// The passages found for the last one.
    found: SparseVector,
    /// The passage of the left report, where it is multiplied with many.
    loaded: DenseVector,
}

impl<'a> PassageSearch<'a> {
    fn new(vectors: Sides<&'a [SparseVector]>, holders: &'a Holders) -> Self {
        let left = vectors.left.len();
        let kept = match left > weights::FALLING {
            true => weights::SHARING / left * weights::FALLING,
            false => weights::SHARING,
        };
        Self {
            vectors,
            holders,
            visits: share(weights::VISITS, left, weights::LEAST_VISITS),
            most: share(kept, left, weights::PROMISING),
            sums: vec![0.0; vectors.right.len()],
            touched: Vec::new(),
            found: SparseVector::new(),
            loaded: DenseVector::default(),
        }
    }

    fn row(&mut self, left: usize, alike: &[u32]) -> SparseVector {
        let vectors = self.vectors;
        let vector = &vectors.left[left];
        let needed = vector
            .iter()
            .map(|&(key, _)| self.holders.of(key as usize).len());
        let needed = needed.sum::<usize>();
        let all = needed <= self.visits;
        let place = scaled(left, vectors.left.len(), vectors.right.len());
        let mut row = std::mem::take(&mut self.found);
        row.clear();
        match all {
            true if needed > vectors.right.len() => self.all_sums(vector, alike, &mut row),
            _ => self.sums(vector, alike, place, all, &mut row),
        }
        if !all {
            self.loaded.load(left, vectors.left);
        }
        keep_best(&mut row, self.most, place);
        for (right, sum) in &mut row {
            // The sum is too small unless all words were looked up; a sum of 1 or more comes from identical passages.
            let cosine = if all || *sum >= 1.0 {
                *sum
            } else {
                self.loaded.dot(&vectors.right[*right as usize])
            };
            *sum = cosine.min(1.0);
        }
        row.retain(|&(_, cosine)| cosine >= weights::LEAST_COSINE);
        row.sort_unstable_by_key(|&(right, _)| right);
        // Most of what was found goes: a copy takes no more memory than what is left.
        let kept = row.as_slice().to_vec();
        self.found = row;
        kept
    }

    /// Adds what passages have of all words, where nearly every passage has some.
    fn all_sums(&mut self, vector: &SparseVector, alike: &[u32], row: &mut SparseVector) {
        for &(key, weight) in vector {
            for &(right, other) in self.holders.of(key as usize) {
                self.sums[right as usize] += weight * other;
            }
        }
        for &right in alike {
            self.sums[right as usize] += 1.0;
        }
        let sums = (0..).zip(self.sums.iter_mut().map(std::mem::take));
        row.extend(sums.filter(|&(_, sum)| sum >= weights::LEAST_COSINE));
    }

    /// Adds what passages have of the words: of all, or of the rarest as far as the visits go.
    fn sums(
        &mut self,
        vector: &SparseVector,
        alike: &[u32],
        place: usize,
        all: bool,
        row: &mut SparseVector,
    ) {
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
        let sums = touched.map(|right| (right, std::mem::take(&mut sums[right as usize])));
        row.extend(sums);
    }

    /// Looks the rarest words up, as far as the visits go.
    fn visit_rare(&mut self, vector: &SparseVector, place: usize) {
        let mut keys = vector.clone();
        keys.sort_by_key(|&(key, _)| self.holders.of(key as usize).len());
        let mut rest = self.visits;
        for (key, weight) in keys {
            rest -= self.visit(key, weight, place, rest);
        }
    }

    /// Adds what passages have of a word, of at most `most` that stand nearest to `place`; returns how many they were.
    fn visit(&mut self, key: u32, weight: f32, place: usize, most: usize) -> usize {
        let holders = self.holders.of(key as usize);
        let near = nearest(holders, most, |&(right, _)| (right as usize) < place);
        for &(right, other) in near {
            self.add(right, weight * other);
        }
        near.len()
    }

    fn add(&mut self, right: u32, part: f32) {
        let sum = &mut self.sums[right as usize];
        if *sum == 0.0 {
            self.touched.push(right);
        }
        *sum += part;
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

    /// Returns the weight at a place.
    pub(super) fn at(&self, key: usize) -> f32 {
        self.weights.get(key).copied().unwrap_or(0.0)
    }

    /// Returns the dot product.
    pub(super) fn dot(&self, other: &SparseVector) -> f32 {
        let of = |key: u32| self.weights.get(key as usize).copied().unwrap_or(0.0);
        other.iter().map(|&(key, weight)| of(key) * weight).sum()
    }
}

/// The passages of the same words in the same order.
pub(super) struct IdenticalPassages {
    groups: Vec<IdenticalGroup>,
    /// For each passage of the left report its group, and how many of the group stand before it.
    places: Vec<(usize, usize)>,
    /// For each passage of the right report its group, if the left one has its words.
    right: Vec<Option<usize>>,
}

#[derive(Default)]
struct IdenticalGroup {
    left: usize,
    right: Vec<u32>,
}

impl IdenticalPassages {
    /// Finds them among the passages of two reports, given as their words in order.
    pub(super) fn new(words: &Sides<Vec<Vec<NormalWord>>>) -> Self {
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
        let mut found: Vec<TermId> = Vec::new();
        let right = (0..).zip(&words.right).map(|(right, tokens)| {
            found.clear();
            found.extend(terms(tokens));
            let number = numbers.get(&found).copied();
            if let Some(number) = number {
                groups[number].right.push(right);
            }
            number
        });
        let right = right.collect();
        Self {
            groups,
            places,
            right,
        }
    }

    /// Whether two passages have the same words in the same order.
    pub(super) fn are_identical(&self, at: Sides<usize>) -> bool {
        let left = self.places.get(at.left).map(|&(number, _)| number);
        left.is_some() && self.right.get(at.right).copied().flatten() == left
    }

    /// Returns the passages of the right report that have the words of passage `left`; of very many those in the same place among them.
    fn identical_to(&self, left: usize) -> &[u32] {
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
