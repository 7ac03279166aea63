//! Measures become pairs: similarity, thresholds, tiers, and what the reader decided by hand.

use std::collections::BTreeMap;

use super::normalize::PairWords;
use super::similarity::{self, Candidate, Measures};
use super::{Document, LinkChoice, LinkDecision, Pair, PairOrigin, PairTier, Side, Sides, weights};

/// Returns the pairs of passages that correspond, ordered by left then right.
pub fn pairs(documents: &Sides<Document<'_>>, tokens: &PairWords) -> Vec<Pair> {
    let candidates = similarity::candidates(documents, tokens);
    let best = Side::BOTH.map(|side| best(&candidates, side, documents[side].passages.len()));
    let best = Sides::new(&best[0], &best[1]);
    let kept = candidates.iter().filter_map(|candidate| {
        let similarity = similarity_of(&candidate.measures);
        let rival = Side::BOTH.map(|side| best[side][candidate.at[side]]);
        let least = weights::OF_BEST * rival[0].max(rival[1]);
        (similarity >= least).then_some(())?;
        Some(Pair {
            at: candidate.at,
            similarity,
            tier: tier(similarity)?,
            origin: PairOrigin::Words,
        })
    });
    kept.collect()
}

/// Returns how sure it is that passages of that similarity say the same, if they are a pair at all.
pub fn tier(similarity: f32) -> Option<PairTier> {
    match similarity {
        s if s >= weights::SAME => Some(PairTier::Same),
        s if s >= weights::LIKELY => Some(PairTier::Likely),
        s if s >= weights::RELATED => Some(PairTier::Related),
        _ => None,
    }
}

/// Returns how likely it is, from 0 to 1, that a careful reader would pair two passages with these measures.
pub fn similarity_of(measures: &Measures) -> f32 {
    if measures.identical {
        return 1.0;
    }
    let odds = weights::ODDS;
    let sum = odds.none
        + odds.words * measures.words
        + odds.grams * measures.grams
        + odds.run * measures.run
        + odds.contained * measures.contained
        + odds.evidence * measures.evidence
        + odds.quote * measures.quote
        + odds.quoted_by_both * measures.quoted_by_both
        + odds.lead * measures.lead
        + odds.before * measures.before
        + odds.after * measures.after;
    1.0 / (1.0 + (-sum).exp())
}

fn best(candidates: &[Candidate], side: Side, passages: usize) -> Vec<f32> {
    let mut best = vec![0.0_f32; passages];
    for candidate in candidates {
        let place = &mut best[candidate.at[side]];
        *place = place.max(similarity_of(&candidate.measures));
    }
    best
}

/// Adds the pairs that the reader linked, and takes out those unlinked.
pub fn apply(choices: &[LinkChoice], documents: &Sides<Document<'_>>, pairs: &mut Vec<Pair>) {
    let key = |pair: &Pair| (pair.at.left, pair.at.right);
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
