//! Joins reports to events by average link: the most alike first, while the reports of both are alike enough on average.
//!
//! Two groups can only be joined if two of their reports are alike enough by themselves. So the likeness of reports that no chain of such
//! pairs connects is left out, which is most of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::likeness::Likeness;
use crate::compare::weights;

/// Returns the reports of each event, in order; events by their first report.
pub(super) fn grouped(likeness: &Likeness) -> Vec<Vec<usize>> {
    let copy_of = &likeness.copy_of;
    let mut members: Vec<Vec<usize>> = (0..copy_of.len()).map(|number| vec![number]).collect();
    for (copy, original) in copy_of.iter().enumerate() {
        let original = original.and_then(|original| members.get_mut(original as usize));
        if let Some(original) = original {
            original.push(copy);
            if let Some(own) = members.get_mut(copy) {
                own.clear();
            }
        }
    }
    let connected = connected(likeness);
    EventLinks::new(members, &connected).joined()
}

/// Returns the pairs of reports that a chain of pairs alike enough connects.
fn connected(likeness: &Likeness) -> Vec<(usize, usize, f32)> {
    let mut roots: Vec<usize> = (0..likeness.copy_of.len()).collect();
    for &(one, other, alike) in &likeness.pairs {
        if alike >= weights::ONE_EVENT {
            let (one, other) = (
                root(&mut roots, one as usize),
                root(&mut roots, other as usize),
            );
            roots[one.max(other)] = one.min(other);
        }
    }
    let pairs = likeness.pairs.iter();
    let pairs = pairs.map(|&(one, other, alike)| (one as usize, other as usize, alike));
    pairs
        .filter(|&(one, other, _)| root(&mut roots, one) == root(&mut roots, other))
        .collect()
}

/// Returns the first report that `number` is connected with, and shortens the way there.
fn root(roots: &mut [usize], mut number: usize) -> usize {
    while roots[number] != number {
        roots[number] = roots[roots[number]];
        number = roots[number];
    }
    number
}

/// Groups of reports and how alike they are.
struct EventLinks {
    members: Vec<Vec<usize>>,
    /// For each group, the summed likeness of its reports to those of other groups.
    sums: Vec<BTreeMap<usize, f32>>,
    /// Two groups and how alike they are, ordered by likeness; the earlier groups first where that is equal. The likeness is above 0
    /// and stands as its bits: positive floats sort as their bits do.
    queue: BinaryHeap<(u32, Reverse<(usize, usize)>)>,
}

impl EventLinks {
    fn new(members: Vec<Vec<usize>>, likeness: &[(usize, usize, f32)]) -> Self {
        let mut links = Self {
            sums: vec![BTreeMap::new(); members.len()],
            members,
            queue: BinaryHeap::new(),
        };
        for &(one, other, alike) in likeness {
            let sum = alike * links.pairs(one, other);
            links.sums[one].insert(other, sum);
            links.sums[other].insert(one, sum);
            links.offer(one, other);
        }
        links
    }

    /// Queues two groups if they are alike enough.
    fn offer(&mut self, one: usize, other: usize) {
        let mean = self.mean(one, other);
        if mean >= weights::ONE_EVENT {
            let groups = Reverse((one.min(other), one.max(other)));
            self.queue.push((mean.to_bits(), groups));
        }
    }

    fn mean(&self, one: usize, other: usize) -> f32 {
        let sum = self.sums[one].get(&other).copied().unwrap_or(0.0);
        sum / self.pairs(one, other).max(1.0)
    }

    /// Returns the number of pairs that the reports of two groups make.
    fn pairs(&self, one: usize, other: usize) -> f32 {
        (self.members[one].len() * self.members[other].len()) as f32
    }

    fn joined(mut self) -> Vec<Vec<usize>> {
        while let Some((mean, Reverse((one, other)))) = self.queue.pop() {
            // A link whose groups have grown since has another mean now; it was queued again then.
            if mean == self.mean(one, other).to_bits() {
                self.join(one, other);
            }
        }
        let mut groups = self.members;
        groups.retain(|group| !group.is_empty());
        groups
    }

    fn join(&mut self, one: usize, other: usize) {
        let moved = std::mem::take(&mut self.members[other]);
        self.members[one].extend(moved);
        let sums = std::mem::take(&mut self.sums[other]);
        self.sums[one].remove(&other);
        for (third, sum) in sums.into_iter().filter(|(third, _)| *third != one) {
            self.sums[third].remove(&other);
            *self.sums[one].entry(third).or_default() += sum;
        }
        for (third, sum) in self.sums[one].clone() {
            self.sums[third].insert(one, sum);
            self.offer(one, third);
        }
    }
}
