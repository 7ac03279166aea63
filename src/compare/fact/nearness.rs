//! Measures how far two sentences speak of the same: by their rare words in common, over the smaller sentence.

use super::report::{FactReport, FactSentence};
use crate::compare::grouped::Grouped;
use crate::compare::normalize::{PairWords, TermId};
use crate::compare::{Pair, Side, Sides, align, common, weights};

/// The nearness of the sentences of two reports.
pub(super) struct Nearness<'a> {
    pairs: &'a [Pair],
    rarity: Vec<f32>,
    /// The rarity of a word that one sentence has.
    rarest: f32,
    /// The words of content of each sentence, sorted; those in quotation marks aside where there are others.
    bags: Sides<Vec<TermBag>>,
    /// The same with what is quoted.
    whole: Sides<Vec<TermBag>>,
    /// The terms that each side has at all.
    uses: Sides<Vec<bool>>,
}

/// Sorted terms with their summed rarity.
#[derive(Default)]
struct TermBag {
    terms: Vec<TermId>,
    weight: f32,
}

impl TermBag {
    fn new(mut terms: Vec<TermId>, rarity: &[f32]) -> Self {
        terms.sort_unstable();
        terms.dedup();
        let weight = terms.iter().map(|&term| rarity_of(rarity, term)).sum();
        Self { terms, weight }
    }

    fn has(&self, term: TermId) -> bool {
        self.terms.binary_search(&term).is_ok()
    }
}

fn rarity_of(rarity: &[f32], term: TermId) -> f32 {
    rarity.get(term as usize).copied().unwrap_or_default()
}

impl<'a> Nearness<'a> {
    pub(super) fn new(
        reports: &Sides<FactReport<'_>>,
        tokens: &PairWords,
        pairs: &'a [Pair],
    ) -> Self {
        let (rarity, rarest) = rarity(reports, tokens);
        let bags = |quoted: bool| {
            reports.as_ref().map(|report| {
                let sentences = report.sentences.iter();
                let bags = sentences.map(|sentence| TermBag::new(terms(sentence, quoted), &rarity));
                bags.collect::<Vec<_>>()
            })
        };
        let (unquoted, whole) = (bags(false), bags(true));
        let mut uses = Sides::from_fn(|_| vec![false; rarity.len()]);
        for side in Side::BOTH {
            for &term in whole[side].iter().flat_map(|bag| &bag.terms) {
                if let Some(uses) = uses[side].get_mut(term as usize) {
                    *uses = true;
                }
            }
        }
        Self {
            pairs,
            rarest,
            bags: unquoted,
            whole,
            uses,
            rarity,
        }
    }

    /// Returns the rarity of a term, in units of the rarest.
    pub(super) fn rarity(&self, term: TermId) -> f32 {
        rarity_of(&self.rarity, term) / self.rarest
    }

    /// Whether the report on `side` has the term anywhere.
    pub(super) fn uses(&self, side: Side, term: TermId) -> bool {
        self.uses[side]
            .get(term as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Whether sentence `number` of `side` has the term.
    pub(super) fn has(&self, side: Side, number: usize, term: TermId) -> bool {
        self.whole[side]
            .get(number)
            .is_some_and(|bag| bag.has(term))
    }

    /// Returns how near two sentences are, from 0 to 1: by their own words or by the pair that they are.
    pub(super) fn of(&self, at: Sides<usize>) -> f32 {
        let pair = align::number(self.pairs, at).and_then(|number| self.pairs.get(number));
        let paired = pair.map_or(0.0, |pair| pair.similarity);
        paired.max(self.shared_part(at)).max(self.wide(at))
    }

    /// Returns the part of the smaller of two sentences that the other has.
    pub(super) fn shared_part(&self, at: Sides<usize>) -> f32 {
        let (Some(left), Some(right)) =
            (self.bags.left.get(at.left), self.bags.right.get(at.right))
        else {
            return 0.0;
        };
        let least = left.weight.min(right.weight).max(self.floor());
        let shared = left.terms.iter().filter(|&&term| right.has(term));
        let shared: f32 = shared.map(|&term| rarity_of(&self.rarity, term)).sum();
        shared / least
    }

    /// Returns the part of one sentence that the other one and its neighbours have, the greater of both ways.
    fn wide(&self, at: Sides<usize>) -> f32 {
        let cover = |side: Side| {
            let other = side.other();
            let bag = self.whole[side].get(at[side])?;
            let around = at[other].saturating_sub(1)..=at[other] + 1;
            let has = |term: &&TermId| around.clone().any(|number| self.has(other, number, **term));
            let shared = bag.terms.iter().filter(has);
            let shared: f32 = shared.map(|&term| rarity_of(&self.rarity, term)).sum();
            Some(shared / bag.weight.max(self.floor()))
        };
        let covers = Side::BOTH.map(|side| cover(side).unwrap_or_default());
        weights::FACT_WIDE * covers[0].max(covers[1])
    }

    /// Returns the least weight that a sentence counts with: one of a few words is never near.
    fn floor(&self) -> f32 {
        weights::FACT_FLOOR * self.rarest
    }

    /// Returns the pairs of sentences that share rare words, with how near they are, ordered by left then right.
    pub(super) fn pairs(&self, least: f32) -> Vec<(Sides<usize>, f32)> {
        let mut found: Vec<(usize, usize)> = (self.pairs.iter())
            .map(|pair| (pair.at.left, pair.at.right))
            .collect();
        let holders = Sides::from_fn(|side| self.holders(side));
        let mut rest = weights::FACT_VISITS;
        for term in 0..self.rarity.len() {
            let both = holders.as_ref().map(|holders| holders.of(term));
            let pairs = both.left.len() * both.right.len();
            if pairs <= weights::FACT_HOLDERS && pairs <= rest {
                rest -= pairs;
                let left = both.left.iter();
                found.extend(left.flat_map(|&l| both.right.iter().map(move |&r| (l, r))));
            }
        }
        found.sort_unstable();
        found.dedup();
        let near = found.into_iter().map(|(left, right)| {
            let at = Sides::new(left, right);
            (at, self.of(at))
        });
        near.filter(|(_, near)| *near >= least).collect()
    }

    /// Returns the sentences of `side` that each term stands in.
    fn holders(&self, side: Side) -> Grouped<usize> {
        let sentences = self.whole[side].iter().enumerate();
        let terms = sentences.flat_map(|(number, bag)| {
            let terms = bag.terms.iter();
            terms.map(move |&term| (term as usize, number))
        });
        Grouped::new(self.rarity.len(), terms)
    }
}

fn terms(sentence: &FactSentence<'_>, quoted: bool) -> Vec<TermId> {
    let content = sentence.words.iter().filter(|word| word.is_content());
    let told: Vec<TermId> = content
        .clone()
        .filter(|word| quoted || !word.is_quoted)
        .map(|word| word.term)
        .collect();
    match told.is_empty() {
        true => content.map(|word| word.term).collect(),
        false => told,
    }
}

/// Returns the rarity of each term in the sentences of both reports and in news at large, and that of a rare word in one sentence.
fn rarity(reports: &Sides<FactReport<'_>>, tokens: &PairWords) -> (Vec<f32>, f32) {
    let mut holders = vec![0_u32; tokens.vocabulary.len()];
    let mut last = vec![usize::MAX; holders.len()];
    let all = Side::BOTH
        .into_iter()
        .flat_map(|side| &reports[side].sentences);
    let mut sentences = 0;
    for (number, sentence) in all.enumerate() {
        sentences += 1;
        for word in &sentence.words {
            let term = word.term as usize;
            if let (Some(holders), Some(last)) = (holders.get_mut(term), last.get_mut(term))
                && *last != number
            {
                (*holders, *last) = (*holders + 1, number);
            }
        }
    }
    let among = |count: u32| (1.0 + sentences as f32 / count.max(1) as f32).ln();
    let of =
        |(term, count): (u32, u32)| among(count) * common::rarity(tokens.vocabulary.word(term));
    let rarity = (0..).zip(holders).map(of).collect();
    (rarity, among(1))
}
