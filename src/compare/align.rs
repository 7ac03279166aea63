//! Measures become pairs: thresholds, tiers, and the links that the reader made or cut by hand.

use std::collections::BTreeMap;

use super::links::UtteranceLinks;
use super::normalize::PairWords;
use super::similarity::{self, CandidatePair, SharingPassages};
use super::{
    Difference, Document, LinkChoice, LinkDecision, Pair, PairOrigin, PairTier, Side, Sides,
    weights,
};

/// Returns those of the passages that share words that correspond, ordered by left then right.
pub(super) fn pairs(
    sharing: &SharingPassages<'_>,
    tokens: &PairWords,
    links: &UtteranceLinks,
) -> Vec<Pair> {
    let candidates = similarity::candidates(sharing, links, tokens);
    let best = Sides::from_fn(|side| best(&candidates, side, tokens.passages[side].len()));
    let kept = candidates.iter().filter_map(|candidate| {
        let &CandidatePair { at, similarity } = candidate;
        let rival = best.left[at.left].max(best.right[at.right]);
        // A passage that has a much better partner is not paired with a weak one too.
        (similarity >= weights::OF_BEST * rival).then_some(())?;
        Some(Pair {
            at,
            similarity,
            tier: PairTier::of_similarity(similarity)?,
            origin: PairOrigin::Words,
        })
    });
    kept.collect()
}

fn best(candidates: &[CandidatePair], side: Side, passages: usize) -> Vec<f32> {
    let mut best = vec![0.0_f32; passages];
    for candidate in candidates {
        let place = &mut best[candidate.at[side]];
        *place = place.max(candidate.similarity);
    }
    best
}

/// Returns the number of the pair of two passages, among `pairs` ordered by left then right.
pub fn number(pairs: &[Pair], at: Sides<usize>) -> Option<usize> {
    let found = pairs.binary_search_by_key(&(at.left, at.right), key);
    found.ok()
}

fn key(pair: &Pair) -> (usize, usize) {
    (pair.at.left, pair.at.right)
}

/// Adds the passages of those of `differences` that are listed and whose passages are no pair yet.
pub fn bind(differences: &[Difference], pairs: &mut Vec<Pair>) {
    let mut all: BTreeMap<_, Pair> = pairs.drain(..).map(|pair| (key(&pair), pair)).collect();
    for difference in differences.iter().filter(|difference| difference.is_sure()) {
        let bound = Pair {
            at: difference.at,
            similarity: 0.0,
            tier: PairTier::Related,
            origin: match difference.kind.is_about_quotes() {
                true => PairOrigin::Quote,
                false => PairOrigin::Fact,
            },
        };
        all.entry(key(&bound)).or_insert(bound);
    }
    pairs.extend(all.into_values());
}

/// Adds the pairs that the reader linked, and removes those that the reader unlinked.
pub fn apply(choices: &[LinkChoice], documents: &Sides<Document<'_>>, pairs: &mut Vec<Pair>) {
    let mut decided: BTreeMap<(usize, usize), Pair> =
        pairs.drain(..).map(|pair| (key(&pair), pair)).collect();
    for choice in choices {
        for at in passages_at(choice, documents) {
            let measured = decided.remove(&(at.left, at.right));
            if choice.decision == LinkDecision::Link {
                let linked = Pair {
                    at,
                    similarity: measured.map_or(0.0, |pair| pair.similarity),
                    tier: PairTier::Same,
                    origin: PairOrigin::Reader,
                };
                decided.insert(key(&linked), linked);
            }
        }
    }
    pairs.extend(decided.into_values());
}

fn passages_at(choice: &LinkChoice, documents: &Sides<Document<'_>>) -> Vec<Sides<usize>> {
    let on = |side: Side| {
        let (passages, at) = (&documents[side].passages, choice.at[side]);
        let first = passages.partition_point(|passage| passage.span.end <= at.start);
        let end = passages.partition_point(|passage| passage.span.start < at.end);
        first..end.min(first + weights::CHOSEN)
    };
    on(Side::Left)
        .flat_map(|left| on(Side::Right).map(move |right| Sides::new(left, right)))
        .collect()
}
