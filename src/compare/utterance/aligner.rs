//! Lays every utterance of one report beside every utterance of the other, and keeps what is the same in both.
//!
//! Words are matched by local alignment (Smith and Waterman), rare words weighing more; what is left of two utterances is aligned again,
//! so that parts in another order are found too. An alignment is dropped if the words of both its sides have a better one.

use super::alignment::{Alignment, Rarity, is_evidence};
use super::sharing;
use super::speakers::SpeakerNames;
use super::words::ReportWords;
use crate::compare::normalize::TermId;
use crate::compare::{Side, Sides, weights};

/// Returns what the utterances of both reports have in common, the surest first.
pub(super) fn alignments(
    reports: &Sides<ReportWords<'_>>,
    rarity: &Rarity,
    names: &SpeakerNames,
) -> Vec<Alignment> {
    let mut found = Vec::new();
    let mut cells = weights::UTTERANCE_CELLS;
    let mut aligner = LocalAligner::new(reports, rarity, names);
    for utterances in sharing::utterances(reports) {
        aligner.load(utterances);
        if !aligner.may_share() {
            continue;
        }
        let Some(rest) = cells.checked_sub(aligner.cells()) else {
            continue;
        };
        cells = rest;
        aligner.align(&mut found);
    }
    one_to_one(reports, names, found)
}

/// Keeps the best alignments; one that has most of its words on both sides in better ones goes.
fn one_to_one(
    reports: &Sides<ReportWords<'_>>,
    names: &SpeakerNames,
    mut found: Vec<Alignment>,
) -> Vec<Alignment> {
    let ranked = found.iter().enumerate().map(|(number, one)| {
        let first = one.first();
        let is_one = names.are_one(reports, first);
        let rank = one.score + if is_one { weights::SAME_SPEAKER } else { 0.0 };
        (rank, (first.left, first.right, number))
    });
    let mut ranked: Vec<(f32, (usize, usize, usize))> = ranked.collect();
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut taken = reports
        .as_ref()
        .map(|report| vec![false; report.words.len()]);
    let mut kept = Vec::new();
    for (_, (_, _, number)) in ranked {
        let one = &mut found[number];
        let is_taken = |side: Side| {
            let had = one.pairs.iter().filter(|at| taken[side][at[side]]);
            had.count() as f32 > weights::TAKEN * one.pairs.len() as f32
        };
        if is_taken(Side::Left) && is_taken(Side::Right) {
            continue;
        }
        for at in &one.pairs {
            taken.left[at.left] = true;
            taken.right[at.right] = true;
        }
        let pairs = std::mem::take(&mut one.pairs);
        kept.push(Alignment { pairs, ..*one });
    }
    kept
}

/// A word of the left utterance, with what it is worth beside another.
#[derive(Clone, Copy)]
struct LeftWord {
    form: u32,
    term: TermId,
    /// The gain beside the same word.
    same: f32,
    /// The gain beside a word of the same stem.
    stem: f32,
    /// Whether the right utterance has its stem.
    is_shared: bool,
}

/// A word of the right utterance.
#[derive(Clone, Copy)]
struct RightWord {
    form: u32,
    term: TermId,
}

/// Aligns words; the tables are kept from one pair of utterances to the next.
pub(super) struct LocalAligner<'a, 'd> {
    reports: &'a Sides<ReportWords<'d>>,
    rarity: &'a Rarity,
    names: &'a SpeakerNames,
    /// For each utterance, whether a quotation in it has only a word or two.
    has_short: Sides<Vec<bool>>,
    /// For each term, the number of the last search that marked it.
    marked: Vec<u32>,
    searches: u32,
    /// The numbers of the loaded utterances.
    utterances: Sides<usize>,
    left: Vec<LeftWord>,
    right: Vec<RightWord>,
    /// Whether each word is in an alignment.
    used: Sides<Vec<bool>>,
    scores: Vec<f32>,
    /// The places of the words of one stem, the last alignment's.
    steps: Vec<Sides<usize>>,
}

/// Returns, for each utterance of a report, whether a quotation in it has only a word or two.
fn has_short(report: &ReportWords<'_>) -> Vec<bool> {
    let is_short = |&at: &usize| report.quoted_around(at).len() < weights::VERY_SHORT;
    let utterances = report.utterances.iter();
    utterances.map(|words| words.iter().any(is_short)).collect()
}

impl<'a, 'd> LocalAligner<'a, 'd> {
    pub(super) fn new(
        reports: &'a Sides<ReportWords<'d>>,
        rarity: &'a Rarity,
        names: &'a SpeakerNames,
    ) -> Self {
        Self {
            reports,
            rarity,
            names,
            has_short: reports.as_ref().map(has_short),
            marked: vec![0; rarity.of_term.len()],
            searches: 0,
            utterances: Sides::new(usize::MAX, usize::MAX),
            left: Vec::new(),
            right: Vec::new(),
            used: Sides::default(),
            scores: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Loads two utterances, to be aligned by the calls that follow.
    pub(super) fn load(&mut self, utterances: Sides<usize>) {
        if self.utterances.left != utterances.left {
            let report = &self.reports.left;
            let words = report.utterances[utterances.left].iter().map(|&at| {
                let word = &report.words[at];
                let same = self.rarity.of(report, at);
                let stem = match word.is_content {
                    true => weights::SAME_STEM * same,
                    false => -weights::OTHER_WORD,
                };
                LeftWord {
                    form: word.form,
                    term: word.term,
                    same,
                    stem,
                    is_shared: false,
                }
            });
            self.left.clear();
            self.left.extend(words);
        }
        let report = &self.reports.right;
        self.right.clear();
        self.searches += 1;
        for &at in &report.utterances[utterances.right] {
            let word = &report.words[at];
            self.marked[word.term as usize] = self.searches;
            self.right.push(RightWord {
                form: word.form,
                term: word.term,
            });
        }
        for word in &mut self.left {
            word.is_shared = self.marked[word.term as usize] == self.searches;
        }
        self.utterances = utterances;
    }

    /// Returns the words left times the words right.
    pub(super) fn cells(&self) -> usize {
        self.left.len().saturating_mul(self.right.len())
    }

    fn has_short(&self) -> bool {
        let has_short = |side: Side| self.has_short[side].get(self.utterances[side]) == Some(&true);
        has_short(Side::Left) || has_short(Side::Right)
    }

    /// Whether the words that both have weigh enough to make one utterance of the two; those of short quotations may be few.
    pub(super) fn may_share(&self) -> bool {
        let shared = self.left.iter().filter(|word| word.is_shared);
        let weight = || shared.map(|word| word.same).sum::<f32>();
        self.has_short() || weight() >= weights::ALIGNED_WHOLE
    }

    /// Whether the words that are in no alignment yet may make one: without short quotations, no evidence has fewer than three words.
    fn may_go_on(&self) -> bool {
        let left = self.left.iter().zip(&self.used.left);
        let rest = left.filter(|(word, used)| word.is_shared && !**used);
        rest.count() >= weights::VERY_SHORT || self.has_short()
    }

    /// Adds the best alignments of the two utterances, none of which shares words with another, as far as they are evidence.
    pub(super) fn align(&mut self, found: &mut Vec<Alignment>) {
        for (side, words) in [
            (Side::Left, self.left.len()),
            (Side::Right, self.right.len()),
        ] {
            self.used[side].clear();
            self.used[side].resize(words, false);
        }
        for _ in 0..weights::ALIGNMENTS {
            if !self.may_go_on() {
                break;
            }
            let Some(score) = self.best() else {
                break;
            };
            let (Some(&first), Some(&last)) = (self.steps.first(), self.steps.last()) else {
                break;
            };
            let utterances = self.utterances;
            let words = Sides::from_fn(|side| &self.reports[side].utterances[utterances[side]]);
            for side in Side::BOTH {
                self.used[side][first[side]..=last[side]].fill(true);
            }
            let steps = self.steps.iter();
            let pairs = steps.map(|at| Sides::from_fn(|side| words[side][at[side]]));
            let alignment = Alignment {
                score,
                pairs: pairs.collect(),
                utterances,
            };
            if !is_evidence(self.reports, self.names, &alignment) {
                break;
            }
            found.push(alignment);
        }
    }

    /// Finds the best alignment of the words that are not used, and returns its score.
    fn best(&mut self) -> Option<f32> {
        let width = self.right.len() + 1;
        self.scores.clear();
        self.scores.resize(width * (self.left.len() + 1), 0.0);
        let (mut best, mut best_at) = (0.0, Sides::new(0, 0));
        for (i, word) in self.left.iter().enumerate() {
            if self.used.left[i] {
                continue;
            }
            let rows = &mut self.scores[i * width..(i + 2) * width];
            let (above, here) = rows.split_at_mut(width);
            let others = self.right.iter().zip(&self.used.right);
            let above = above.windows(2);
            let mut before = 0.0;
            for (j, (((other, &used), above), here)) in
                others.zip(above).zip(&mut here[1..]).enumerate()
            {
                before = match used {
                    true => 0.0,
                    false => reached(above, before, word.beside(other)),
                };
                *here = before;
                if before > best {
                    (best, best_at) = (before, Sides::new(i + 1, j + 1));
                }
            }
        }
        let is_enough = best >= weights::LEAST_ALIGNED;
        if is_enough {
            self.trace(best_at);
        }
        is_enough.then_some(best)
    }

    /// Notes the places of the words of one stem on the way to `from`, which the scores tell.
    fn trace(&mut self, from: Sides<usize>) {
        let width = self.right.len() + 1;
        let Sides {
            left: mut i,
            right: mut j,
        } = from;
        self.steps.clear();
        loop {
            let at = i * width + j;
            let score = self.scores[at];
            if score <= 0.0 {
                break;
            }
            let (word, other) = (&self.left[i - 1], &self.right[j - 1]);
            if score == self.scores[at - width - 1] + word.beside(other) {
                (i, j) = (i - 1, j - 1);
                if word.term == other.term {
                    self.steps.push(Sides::new(i, j));
                }
            } else if score == self.scores[at - width] - weights::ALIGNED_GAP {
                i -= 1;
            } else {
                j -= 1;
            }
        }
        self.steps.reverse();
    }
}

impl LeftWord {
    /// Returns what it is worth to lay the word beside `other`.
    fn beside(&self, other: &RightWord) -> f32 {
        let stem = match self.term == other.term {
            true => self.stem,
            false => -weights::OTHER_WORD,
        };
        match self.form == other.form {
            true => self.same,
            false => stem,
        }
    }
}

/// Returns the greatest score with which a place is reached from those above it and before it, at least 0.
fn reached(above: &[f32], before: f32, gain: f32) -> f32 {
    let greater = |one: f32, other: f32| if other > one { other } else { one };
    let both = greater(0.0, above[0] + gain);
    let left = greater(both, above[1] - weights::ALIGNED_GAP);
    greater(left, before - weights::ALIGNED_GAP)
}
