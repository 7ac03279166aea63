//! Puts the passages of both reports in aligned rows.
//!
//! Every passage of both reports stands in exactly one row. Opposite each other stand the most similar pairs, one to one; a passage whose
//! partner already stands in another row has a row of its own that names the pair; the rest keep their place near their neighbours.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Comparison, Side, Sides};

/// One row of the side-by-side view: passages that stand opposite each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparisonRow {
    /// Passage numbers; `None` is a gap.
    pub passages: Sides<Option<usize>>,
    /// The number of the pair that binds them; beside a gap, the best pair of the passage, whose partner stands in another row.
    pub pair: Option<usize>,
}

impl Comparison {
    /// Returns all passages in rows, in the order of the report on side `order`.
    pub fn rows(&self, order: Side) -> Vec<ComparisonRow> {
        let bound = bound_pairs(self);
        let guests = self.guests(order, &bound);
        let host = |number: Option<usize>, rows: &mut Vec<ComparisonRow>| {
            for &guest in guests.get(&number).into_iter().flatten() {
                rows.push(self.alone(order.other(), guest));
            }
        };
        let mut rows = Vec::with_capacity(self.passages[order].len());
        host(None, &mut rows);
        for number in 0..self.passages[order].len() {
            rows.push(match bound.get(&(order, number)) {
                Some(&pair) => ComparisonRow {
                    passages: self.pairs[pair].at.map(Some),
                    pair: Some(pair),
                },
                None => self.alone(order, number),
            });
            host(Some(number), &mut rows);
        }
        rows
    }

    fn alone(&self, side: Side, number: usize) -> ComparisonRow {
        let mut passages = Sides::new(None, None);
        passages[side] = Some(number);
        ComparisonRow {
            passages,
            pair: self.pairs_of(side, number).first().copied(),
        }
    }

    /// Returns the passages of the other side that stand in no bound row, by the passage of `order` that they come after.
    fn guests(
        &self,
        order: Side,
        bound: &BTreeMap<(Side, usize), usize>,
    ) -> BTreeMap<Option<usize>, Vec<usize>> {
        let other = order.other();
        let mut guests: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        let mut after = None;
        for number in 0..self.passages[other].len() {
            if let Some(&pair) = bound.get(&(other, number)) {
                after = Some(self.pairs[pair].at[order]);
                continue;
            }
            let best = self.pairs_of(other, number).first().copied();
            let place = best.map(|pair| self.pairs[pair].at[order]).or(after);
            guests.entry(place).or_default().push(number);
        }
        guests
    }
}

/// Returns the pair that binds each passage to the one opposite it: most similar pairs first, one to one.
pub(super) fn bound_pairs(comparison: &Comparison) -> BTreeMap<(Side, usize), usize> {
    let mut best: Vec<usize> = (0..comparison.pairs.len()).collect();
    best.sort_by(|&a, &b| {
        let (a, b) = (&comparison.pairs[a], &comparison.pairs[b]);
        let order = |pair: &super::Pair| {
            let Sides { left, right } = pair.at;
            (left.abs_diff(right), Reverse(left.min(right)))
        };
        (a.origin == super::PairOrigin::Words)
            .cmp(&(b.origin == super::PairOrigin::Words))
            .then(b.similarity.total_cmp(&a.similarity))
            .then(order(a).cmp(&order(b)))
    });
    let mut bound = BTreeMap::new();
    for pair in best {
        let at = comparison.pairs[pair].at;
        let ends = Side::BOTH.map(|side| (side, at[side]));
        if ends.iter().all(|end| !bound.contains_key(end)) {
            bound.extend(ends.map(|end| (end, pair)));
        }
    }
    bound
}
