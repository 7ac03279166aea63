//! Joins pairs of passages into groups of passages that tell one thing.
//!
//! The surest pairs come first. Groups never grow along a chain: what is brought together must be paired for the most part, and all of it
//! where the pair is only *related* or where a report would get a second passage.

use std::collections::{BTreeMap, HashMap};

use crate::compare::{PairOrigin, PairTier};

/// A passage: the number of its report, and its own number.
pub(super) type PassageId = (usize, usize);

/// A pair of passages of two reports.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClaimLink {
    pub(super) ends: [PassageId; 2],
    pub(super) similarity: f32,
    pub(super) tier: PairTier,
    pub(super) origin: PairOrigin,
}

/// Passages that tell one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PassageGroup {
    /// Its passages by report, in order.
    pub(super) own: BTreeMap<usize, Vec<usize>>,
    /// For reports that have none here, the passage elsewhere that is paired best with one of these.
    pub(super) elsewhere: BTreeMap<usize, usize>,
    /// Reports whose passages are paired more surely than *related*.
    pub(super) sure: Vec<usize>,
}

/// Returns the groups of all passages of reports with that many passages.
pub(super) fn groups(lengths: &[usize], links: &[ClaimLink]) -> Vec<PassageGroup> {
    let mut links = links.to_vec();
    links.sort_by(|a, b| {
        (a.origin == PairOrigin::Words)
            .cmp(&(b.origin == PairOrigin::Words))
            .then(b.similarity.total_cmp(&a.similarity))
            .then(a.ends.cmp(&b.ends))
    });
    let mut forming = GroupBuilder::new(lengths, &links);
    for link in &links {
        forming.join(link);
    }
    forming.finish(&links)
}

struct GroupBuilder {
    /// The group of each passage, by number.
    of: HashMap<PassageId, usize>,
    members: Vec<Vec<PassageId>>,
    linked: HashMap<[PassageId; 2], PairTier>,
}

impl GroupBuilder {
    fn new(lengths: &[usize], links: &[ClaimLink]) -> Self {
        let reports = lengths.iter().enumerate();
        let all =
            reports.flat_map(|(report, &length)| (0..length).map(move |passage| (report, passage)));
        let members: Vec<Vec<PassageId>> = all.map(|at| vec![at]).collect();
        let numbered = members.iter().enumerate();
        let of = numbered.flat_map(|(n, group)| group.iter().map(move |&at| (at, n)));
        let both = |link: &ClaimLink| {
            let [a, b] = link.ends;
            [([a, b], link.tier), ([b, a], link.tier)]
        };
        Self {
            of: of.collect(),
            linked: links.iter().flat_map(both).collect(),
            members,
        }
    }

    fn join(&mut self, link: &ClaimLink) {
        let [Some(&a), Some(&b)] = link.ends.map(|end| self.of.get(&end)) else {
            return;
        };
        if a == b || !self.may_join(a, b, link) {
            return;
        }
        let moved = std::mem::take(&mut self.members[b]);
        for at in &moved {
            self.of.insert(*at, a);
        }
        self.members[a].extend(moved);
    }

    fn may_join(&self, a: usize, b: usize, link: &ClaimLink) -> bool {
        if link.origin == PairOrigin::Reader {
            return true;
        }
        let (mut pairs, mut linked, mut meets_itself) = (0, 0, false);
        for one in &self.members[a] {
            for other in &self.members[b] {
                if one.0 == other.0 {
                    meets_itself = true;
                } else {
                    pairs += 1;
                    linked += usize::from(self.linked.contains_key(&[*one, *other]));
                }
            }
        }
        let all = linked == pairs;
        match link.tier {
            PairTier::Related => all && !meets_itself,
            PairTier::Same | PairTier::Likely if meets_itself => all,
            PairTier::Same | PairTier::Likely => 2 * linked >= pairs,
        }
    }

    fn finish(&self, links: &[ClaimLink]) -> Vec<PassageGroup> {
        let mut groups = vec![PassageGroup::default(); self.members.len()];
        for (group, members) in groups.iter_mut().zip(&self.members) {
            for &(report, passage) in members {
                group.own.entry(report).or_default().push(passage);
            }
            group.own.values_mut().for_each(|own| own.sort_unstable());
        }
        for link in links {
            let [a, b] = link.ends;
            for (here, there) in [(a, b), (b, a)] {
                let Some(&n) = self.of.get(&here) else {
                    continue;
                };
                if self.of.get(&there) == Some(&n) {
                    if link.tier != PairTier::Related && !groups[n].sure.contains(&here.0) {
                        groups[n].sure.push(here.0);
                    }
                } else if !groups[n].own.contains_key(&there.0) {
                    // The links come best first.
                    groups[n].elsewhere.entry(there.0).or_insert(there.1);
                }
            }
        }
        groups.retain(|group| !group.own.is_empty());
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(a: PassageId, b: PassageId, similarity: f32) -> ClaimLink {
        let tier = match similarity {
            s if s >= 0.75 => PairTier::Same,
            s if s >= 0.5 => PairTier::Likely,
            _ => PairTier::Related,
        };
        ClaimLink {
            ends: [a, b],
            similarity,
            tier,
            origin: PairOrigin::Words,
        }
    }

    fn owned(groups: &[PassageGroup]) -> Vec<Vec<PassageId>> {
        groups
            .iter()
            .map(|group| {
                let own = group.own.iter();
                own.flat_map(|(&report, own)| own.iter().map(move |&n| (report, n)))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn a_related_pair_does_not_bring_a_third_report_in() {
        let links = [link((0, 0), (1, 0), 0.8), link((1, 0), (2, 0), 0.45)];
        let groups = groups(&[1, 1, 1], &links);
        assert_eq!(owned(&groups), [vec![(0, 0), (1, 0)], vec![(2, 0)]]);
        assert_eq!(groups[0].elsewhere.get(&2), Some(&0));
        assert_eq!(groups[1].elsewhere.get(&1), Some(&0));
        assert_eq!(groups[1].elsewhere.get(&0), None);
    }

    #[test]
    fn a_chain_of_likely_pairs_is_cut() {
        let links = [
            link((0, 0), (1, 0), 0.8),
            link((1, 0), (2, 0), 0.7),
            link((2, 0), (3, 0), 0.6),
        ];
        let groups = groups(&[1, 1, 1, 1], &links);
        assert_eq!(owned(&groups), [vec![(0, 0), (1, 0), (2, 0)], vec![(3, 0)]]);
    }

    #[test]
    fn two_sentences_that_tell_what_one_does_share_its_row() {
        let links = [link((0, 0), (1, 0), 0.8), link((0, 0), (1, 1), 0.6)];
        let groups = groups(&[1, 2], &links);
        assert_eq!(owned(&groups), [vec![(0, 0), (1, 0), (1, 1)]]);
    }

    #[test]
    fn what_the_reader_linked_stands_together() {
        let by_hand = ClaimLink {
            origin: PairOrigin::Reader,
            ..link((0, 0), (2, 0), 0.0)
        };
        let groups = groups(&[1, 1, 1], &[link((0, 0), (1, 0), 0.8), by_hand]);
        assert_eq!(groups.len(), 1);
    }
}
