//! Measures what two passages have in common, each measure from 0 to 1.
//!
//! Words weigh by how rare they are in the two reports alone: what both say all the time (the speaker, the country) tells nothing.
//! Pairs are found through the words that they share, so the cost follows what is shared and not the product of the two lengths.

use super::candidates::{CandidateSearch, DenseVector, IdenticalPassages, SparseVector, share};
use super::links::UtteranceLinks;
use super::measures::{PassageMeasures, UtteranceMeasures};
use super::normalize::{NormalWord, PairWords, TermId};
use super::vectors::{self, WeighedQuote};
use super::{Document, Side, Sides, weights};
use crate::parallel;

/// Two passages that have enough words in common to be a pair.
#[derive(Clone, Copy, Debug)]
pub struct CandidatePair {
    /// Passage numbers.
    pub at: Sides<usize>,
    /// Similarity, from 0 to 1.
    pub similarity: f32,
}

/// Words in a row that both passages have.
#[derive(Clone, Copy, Debug, Default)]
struct WordRun {
    words: usize,
    weight: f32,
    /// Whether both have one of its content words in marks.
    quoted: bool,
}

impl WordRun {
    fn longer(self, weight: f32, quoted: bool) -> Self {
        Self {
            words: self.words + 1,
            weight: self.weight + weight,
            quoted: self.quoted || quoted,
        }
    }
}

/// The passages of both reports as vectors.
struct PassageVectors<'a> {
    tokens: &'a PairWords,
    rarity: Vec<f32>,
    words: Sides<Vec<SparseVector>>,
    grams: Sides<Vec<SparseVector>>,
    rarest: f32,
    quoted: Sides<Vec<Vec<WeighedQuote>>>,
    in_marks: Sides<Vec<Vec<bool>>>,
    /// Summed weight of the words of each passage.
    whole: Sides<Vec<f32>>,
}

/// Two passages with what they have in common, but for their utterances and neighbours.
struct MeasuredPair {
    at: Sides<usize>,
    measures: PassageMeasures,
    /// The likeness by these measures; 1 for the same words in the same order.
    likeness: f32,
    is_identical: bool,
}

/// The passages that share words, and what is needed to measure what they have in common.
pub(super) struct SharingPassages<'a> {
    vectors: PassageVectors<'a>,
    sharing: CandidateSearch,
    identical: IdenticalPassages,
}

impl<'a> SharingPassages<'a> {
    pub(super) fn find(documents: &Sides<Document<'_>>, tokens: &'a PairWords) -> Self {
        let vectors = PassageVectors::new(documents, tokens);
        let near = vectors::near_terms(tokens);
        let soft = vectors::softened(&vectors.words.right, &near);
        let words = Sides::new(vectors.words.left.as_slice(), soft.as_slice());
        let identical = IdenticalPassages::new(&tokens.passages);
        Self {
            sharing: CandidateSearch::find(words, &identical),
            vectors,
            identical,
        }
    }

    /// Measures the passages that have enough words in common to be a pair, ordered by left then right.
    fn measured(&self) -> Vec<MeasuredPair> {
        let promising = self.sharing.promising();
        let least = weights::LEAST_RUN_STEPS;
        let steps = share(weights::RUN_STEPS, promising.len(), least);
        parallel::in_chunks(&promising, weights::SIDE_BY_SIDE, |part| {
            let mut loaded = LoadedPassages::new(self.vectors.rarity.len());
            let measured = part.iter().map(|&(at, words)| {
                let beside = self.beside(at, words);
                let is_identical = self.identical.are_identical(at);
                let measures = match is_identical {
                    true => beside,
                    false => self.vectors.measures(at, beside, &mut loaded, steps),
                };
                MeasuredPair {
                    at,
                    likeness: if is_identical {
                        1.0
                    } else {
                        measures.likeness()
                    },
                    measures,
                    is_identical,
                }
            });
            measured.collect()
        })
    }

    /// Returns what two passages and those before and after them have in common.
    fn beside(&self, at: Sides<usize>, words: f32) -> PassageMeasures {
        let Sides { left, right } = at;
        let cosine = |left, right| self.sharing.cosine(left, right).unwrap_or(0.0);
        PassageMeasures {
            words,
            before: cosine(left.checked_sub(1), right.checked_sub(1)),
            after: cosine(left.checked_add(1), right.checked_add(1)),
            ..PassageMeasures::default()
        }
    }
}

/// Returns the pairs with the similarity that they have beside their neighbours and as their utterances bind them.
pub(super) fn candidates(
    sharing: &SharingPassages<'_>,
    links: &UtteranceLinks,
    tokens: &PairWords,
) -> Vec<CandidatePair> {
    let measured = sharing.measured();
    let likeness = likeness_of_rows(&measured, tokens.passages.left.len());
    parallel::in_chunks(&measured, weights::SIDE_BY_SIDE, |part| {
        let mut rows = NeighbourRows::new(&likeness);
        let candidate = |measured: &MeasuredPair| {
            let at = measured.at;
            let words = Sides::from_fn(|side| tokens.words(side, at[side]).len());
            let (diagonal, neighbour) = rows.around(at);
            let measures = PassageMeasures {
                utterances: UtteranceMeasures::new(links, at, words),
                diagonal,
                neighbour,
                ..measured.measures
            };
            let similarity = match measured.is_identical {
                true => 1.0,
                false => measures.similarity(),
            };
            CandidatePair { at, similarity }
        };
        part.iter().map(candidate).collect()
    })
}

/// Returns the likeness of each left passage to right ones; there are so many on the left.
fn likeness_of_rows(measured: &[MeasuredPair], passages: usize) -> Vec<SparseVector> {
    let mut rows = vec![SparseVector::new(); passages];
    for row in measured.chunk_by(|one, next| one.at.left == next.at.left) {
        let right = |pair: &MeasuredPair| u32::try_from(pair.at.right).unwrap_or(u32::MAX);
        let found = row.iter().map(|pair| (right(pair), pair.likeness));
        rows[row[0].at.left] = found.collect();
    }
    rows
}

/// The likeness of a left passage, and of those before and after it, to right ones, found without a search.
struct NeighbourRows<'a> {
    likeness: &'a [SparseVector],
    /// The rows of three passages in a row, by the rest of their numbers divided by 3.
    loaded: [DenseVector; 3],
}

impl<'a> NeighbourRows<'a> {
    fn new(likeness: &'a [SparseVector]) -> Self {
        Self {
            likeness,
            loaded: Default::default(),
        }
    }

    /// Returns the greatest likeness of the passages before or after both, and of one passage to a neighbour of the other.
    fn around(&mut self, at: Sides<usize>) -> (f32, f32) {
        let rows = at.left.saturating_sub(1)..=(at.left + 1).min(self.likeness.len() - 1);
        for row in rows.clone() {
            self.loaded[row % 3].load(row, self.likeness);
        }
        let of = |left: Option<usize>, right: Option<usize>| {
            let row = left.filter(|left| rows.contains(left));
            let row = row.map(|row| &self.loaded[row % 3]);
            row.zip(right).map_or(0.0, |(row, right)| row.at(right))
        };
        let here = at.map(Some);
        let (before, after) = (at.map(|n| n.checked_sub(1)), at.map(|n| n.checked_add(1)));
        let diagonal = of(before.left, before.right).max(of(after.left, after.right));
        let crosswise = of(before.left, here.right).max(of(after.left, here.right));
        let beside = of(here.left, before.right).max(of(here.left, after.right));
        (diagonal, crosswise.max(beside))
    }
}

/// The passages that are measured, with what is found without a search: kept from one pair to the next.
struct LoadedPassages {
    grams: DenseVector,
    left: Option<usize>,
    /// For each term, the last load of a left passage that has it among those of weight.
    in_left: Vec<u32>,
    loads: u32,
    left_places: WordPlaces,
    /// See [`PassageVectors::heaviest_runs`].
    runs: Vec<(usize, WordRun)>,
    /// The terms of weight that both passages have, sorted.
    shared: Vec<TermId>,
    /// For each term, the last pair that shared it.
    in_both: Vec<u32>,
    pairs: u32,
}

impl LoadedPassages {
    fn new(terms: usize) -> Self {
        Self {
            grams: DenseVector::default(),
            left: None,
            in_left: vec![0; terms],
            loads: 0,
            left_places: WordPlaces::new(terms),
            runs: Vec::new(),
            shared: Vec::new(),
            in_both: vec![0; terms],
            pairs: 0,
        }
    }

    /// Finds the terms that two passages share.
    fn load(&mut self, at: Sides<usize>, vectors: &PassageVectors<'_>) {
        let words = &vectors.words;
        if self.left.replace(at.left) != Some(at.left) {
            self.loads += 1;
            for &(term, _) in &words.left[at.left] {
                self.in_left[term as usize] = self.loads;
            }
            self.left_places
                .load(vectors.tokens.words(Side::Left, at.left));
        }
        self.pairs += 1;
        self.shared.clear();
        for &(term, _) in &words.right[at.right] {
            if self.in_left[term as usize] == self.loads {
                self.in_both[term as usize] = self.pairs;
                self.shared.push(term);
            }
        }
    }

    /// Whether both passages have a term of weight.
    fn share(&self, term: TermId) -> bool {
        self.in_both[term as usize] == self.pairs
    }
}

/// The places of each word of one passage.
struct WordPlaces {
    /// For each term, the load that had it, and one more than its last place there.
    last: Vec<(u32, u32)>,
    loads: u32,
    /// For each place, one more than the place before it of the same word; 0 where there is none.
    before: Vec<u32>,
}

impl WordPlaces {
    fn new(terms: usize) -> Self {
        Self {
            last: vec![(0, 0); terms],
            loads: 0,
            before: Vec::new(),
        }
    }

    fn load(&mut self, words: &[NormalWord]) {
        self.loads += 1;
        self.before.clear();
        for (place, word) in (1..).zip(words) {
            let (load, last) = &mut self.last[word.term as usize];
            let before = if *load == self.loads { *last } else { 0 };
            self.before.push(before);
            (*load, *last) = (self.loads, place);
        }
    }

    /// Returns the places of a word, from the last to the first.
    fn of(&self, term: TermId) -> impl Iterator<Item = usize> {
        let (load, last) = self.last[term as usize];
        let last = if load == self.loads { last } else { 0 };
        let place = |after: u32| (after as usize).checked_sub(1);
        std::iter::successors(place(last), move |&at| place(self.before[at]))
    }
}

impl<'a> PassageVectors<'a> {
    fn new(documents: &Sides<Document<'_>>, tokens: &'a PairWords) -> Self {
        let rarity = vectors::rarity(tokens);
        let words = Sides::from_fn(|side| vectors::bags(tokens, side, &rarity));
        let whole = |bag: &SparseVector| bag.iter().map(|&(term, _)| rarity[term as usize]).sum();
        Self {
            whole: words.as_ref().map(|bags| bags.iter().map(whole).collect()),
            grams: vectors::grams(documents, tokens),
            quoted: vectors::quoted(documents, tokens, &rarity),
            in_marks: vectors::in_marks(documents, tokens),
            rarest: rarity.iter().copied().fold(1.0, f32::max),
            tokens,
            rarity,
            words,
        }
    }

    /// Returns the measures of two passages that are not identical; grams and runs are looked for where they can make a pair of them.
    fn measures(
        &self,
        at: Sides<usize>,
        beside: PassageMeasures,
        loaded: &mut LoadedPassages,
        steps: usize,
    ) -> PassageMeasures {
        loaded.load(at, self);
        let shared = loaded.shared.iter();
        let shared: f32 = shared.map(|&term| self.rarity[term as usize]).sum();
        let least = self.whole.left[at.left].min(self.whole.right[at.right]);
        let measures = PassageMeasures {
            contained: shared / least.max(1.0),
            evidence: (shared / (weights::RARE_WORDS * self.rarest)).min(1.0),
            quote: self.quote(at, loaded),
            lead: f32::from(u8::from(at.left == 0 && at.right == 0)),
            ..beside
        };
        // Runs and grams cost most of the time; they are left out where even the best of them would make no pair.
        let hopeless = |measures: PassageMeasures| {
            let at_best = PassageMeasures {
                run: 1.0,
                quoted_by_both: 1.0,
                ..measures
            };
            at_best.is_less_likely(weights::HOPELESS)
        };
        let with_grams = |grams| PassageMeasures { grams, ..measures };
        if hopeless(with_grams(1.0)) {
            return measures;
        }
        loaded.grams.load(at.left, &self.grams.left);
        let measures = with_grams(loaded.grams.dot(&self.grams.right[at.right]));
        if hopeless(measures) {
            return measures;
        }
        let (run, quoted_by_both) = self.heaviest_runs(at, loaded, steps);
        PassageMeasures {
            run: (run / weights::WEIGHTY_RUN).min(1.0),
            quoted_by_both: (quoted_by_both / weights::WEIGHTY_FRAGMENT).min(1.0),
            ..measures
        }
    }

    /// Returns the weights of the heaviest run of two words or more that both passages have, and of the heaviest with a word that both
    /// quote, among the first `steps` places where a word of one meets the same word of the other.
    fn heaviest_runs(
        &self,
        at: Sides<usize>,
        loaded: &mut LoadedPassages,
        steps: usize,
    ) -> (f32, f32) {
        let passages = Sides::from_fn(|side| self.tokens.words(side, at[side]));
        let in_marks = Sides::from_fn(|side| self.in_marks[side][at[side]].as_slice());
        // The runs that end at each left word, with the right word after them.
        let runs = &mut loaded.runs;
        runs.clear();
        runs.resize(passages.left.len(), (0, WordRun::default()));
        let (mut best, mut quoted, mut rest) = (0.0_f32, 0.0_f32, steps);
        for (j, word) in passages.right.iter().enumerate() {
            // From the last to the first, so that the run before each is still that of the right word before.
            for i in loaded.left_places.of(word.term).take(rest) {
                rest -= 1;
                let before = i.checked_sub(1).map(|before| runs[before]);
                let before = before.filter(|(end, _)| *end == j);
                let one = &passages.left[i];
                let both_quote = one.is_content() && in_marks.left[i] && in_marks.right[j];
                let run = before.map_or(WordRun::default(), |(_, run)| run);
                let run = run.longer(self.run_weight(one), both_quote);
                if run.words > 1 {
                    best = best.max(run.weight);
                    quoted = quoted.max(if run.quoted { run.weight } else { 0.0 });
                }
                runs[i] = (j + 1, run);
            }
        }
        (best, quoted)
    }

    fn run_weight(&self, token: &NormalWord) -> f32 {
        if token.is_content() {
            self.rarity[token.term as usize]
        } else {
            weights::RUN_STOP
        }
    }

    /// Returns the greatest part of a quotation of either passage that the other passage has.
    fn quote(&self, at: Sides<usize>, loaded: &LoadedPassages) -> f32 {
        let mut best = 0.0_f32;
        for side in Side::BOTH {
            for quote in &self.quoted[side][at[side]] {
                // Its words are all among those of its passage.
                let had = quote.terms.iter().filter(|&&term| loaded.share(term));
                let had: f32 = had.map(|&term| self.rarity[term as usize]).sum();
                let surety = (had / weights::WEIGHTY_QUOTE).min(1.0);
                best = best.max(had / quote.weight.max(0.1) * surety);
            }
        }
        best
    }
}
