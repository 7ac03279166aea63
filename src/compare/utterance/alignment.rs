//! Lays every utterance of one report beside every utterance of the other, and keeps what is the same in both.
//!
//! Words are matched by local alignment (Smith and Waterman), rare words weighing more; what is left of two utterances is aligned again,
//! so that parts in another order are found too. An alignment is dropped if the words of both its sides have a better one.

use foldhash::{HashMap, HashMapExt as _, HashSet};

use super::speakers::{self, SpeakerNames};
use super::words::{ReportWords, WordNumbers};
use crate::compare::normalize::TermId;
use crate::compare::{Side, Sides, weights};

/// Words that two utterances have in common, in the same order.
#[derive(Clone, Debug)]
pub(super) struct Alignment {
    /// The weight of the words in common, less what stands between them.
    pub(super) score: f32,
    /// The numbers of the words of one stem, rising on both sides.
    pub(super) pairs: Vec<Sides<usize>>,
    /// The numbers of the utterances.
    pub(super) utterances: Sides<usize>,
}

impl Alignment {
    pub(super) fn first(&self) -> Sides<usize> {
        self.pairs.first().copied().unwrap_or_default()
    }

    pub(super) fn last(&self) -> Sides<usize> {
        self.pairs.last().copied().unwrap_or_default()
    }

    /// Returns its words on a side.
    pub(super) fn words(&self, side: Side) -> WordNumbers {
        self.pairs.iter().map(|pair| pair[side]).collect()
    }
}

/// The weight of each stem: 1 for one that is used once or twice in both reports together, less for a frequent one.
pub(super) struct Rarity {
    of_term: Vec<f32>,
}

impl Rarity {
    pub(super) fn new(reports: &Sides<ReportWords<'_>>) -> Self {
        let mut counts: Vec<u32> = Vec::new();
        for word in Side::BOTH.iter().flat_map(|&side| &reports[side].words) {
            let term = word.term as usize;
            if counts.len() <= term {
                counts.resize(term + 1, 0);
            }
            counts[term] += 1;
        }
        let weight = |count: &u32| 1.0 / (1.0 + (f64::from(*count).max(2.0) / 2.0).log2() as f32);
        Self {
            of_term: counts.iter().map(weight).collect(),
        }
    }

    /// Returns the weight of word `at` of a report.
    pub(super) fn of(&self, report: &ReportWords<'_>, at: usize) -> f32 {
        match report.words.get(at) {
            Some(word) if word.is_content => {
                let weight = self.of_term.get(word.term as usize);
                weight.copied().unwrap_or(1.0)
            }
            _ => weights::GRAMMAR_WORD,
        }
    }

    /// Returns the weight of several words.
    pub(super) fn sum(&self, report: &ReportWords<'_>, words: &[usize]) -> f32 {
        words.iter().map(|&at| self.of(report, at)).sum()
    }
}

/// Returns what the utterances of both reports have in common, the surest first.
pub(super) fn alignments(
    reports: &Sides<ReportWords<'_>>,
    rarity: &Rarity,
    names: &SpeakerNames,
) -> Vec<Alignment> {
    let mut found = Vec::new();
    let mut cells = weights::UTTERANCE_CELLS;
    let mut aligner = LocalAligner::new(reports, rarity, names);
    for utterances in candidates(reports) {
        let words = Sides::from_fn(|side| reports[side].utterances[utterances[side]].as_slice());
        if !aligner.may_share(utterances, words) {
            continue;
        }
        let needed = words.left.len().saturating_mul(words.right.len());
        let Some(rest) = cells.checked_sub(needed) else {
            continue;
        };
        cells = rest;
        found.extend(aligner.align(utterances, words));
    }
    one_to_one(reports, names, found)
}

/// Whether the words in common make sure that both quote the same.
fn is_evidence(reports: &Sides<ReportWords<'_>>, names: &SpeakerNames, found: &Alignment) -> bool {
    let is_long =
        found.score >= weights::ALIGNED && longest_run(&found.pairs) >= weights::ALIGNED_RUN;
    let first = found.first();
    let is_one_speaker = names.are_one(reports, first);
    let is_of_one = is_one_speaker
        && found.score >= weights::ALIGNED_OF_ONE
        && longest_run(&found.pairs) >= weights::ALIGNED_RUN_OF_ONE;
    let least = match found.pairs.len() {
        1 if is_one_speaker && have_one_neighbour(reports, first) => {
            weights::ALIGNED_FRAGMENT_OF_ONE
        }
        2 if is_one_speaker => weights::ALIGNED_FRAGMENT_OF_ONE,
        ..=2 => weights::ALIGNED_FRAGMENT,
        _ => weights::ALIGNED_WHOLE,
    };
    is_long
        || is_of_one
        || are_nearly_whole(reports, found)
        || found.score >= least && is_whole_quote(reports, &found.pairs)
}

/// Whether the word before or after, quoted or not, is one that says something and the same on both sides.
fn have_one_neighbour(reports: &Sides<ReportWords<'_>>, at: Sides<usize>) -> bool {
    let content = |side: Side, at: Option<usize>| {
        let word = reports[side].words.get(at?)?;
        word.is_content.then_some(word.term)
    };
    let both = |at: Sides<Option<usize>>| {
        let left = content(Side::Left, at.left);
        left.is_some() && left == content(Side::Right, at.right)
    };
    both(at.map(|at| at.checked_sub(1))) || both(at.map(|at| at.checked_add(1)))
}

/// Returns the utterances that share two words in a row, or a word that is (nearly) all of a quotation of one of them.
fn candidates(reports: &Sides<ReportWords<'_>>) -> Vec<Sides<usize>> {
    let mut found = sharing(reports, KeyWords::All, KeyWords::OfShortQuotes);
    found.extend(sharing(reports, KeyWords::OfShortQuotes, KeyWords::All));
    found.sort_unstable();
    found.dedup();
    let found = found.into_iter();
    found.map(|(left, right)| Sides::new(left, right)).collect()
}

/// Single words that lead from one utterance to another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeyWords {
    All,
    OfShortQuotes,
}

fn sharing(
    reports: &Sides<ReportWords<'_>>,
    of_right: KeyWords,
    of_left: KeyWords,
) -> Vec<(usize, usize)> {
    let mut holders: HashMap<[TermId; 2], Vec<usize>> = HashMap::new();
    for (number, words) in reports.right.utterances.iter().enumerate() {
        for key in keys(&reports.right, words, of_right) {
            holders.entry(key).or_default().push(number);
        }
    }
    // Words that very many say tell nothing of two of them.
    holders.retain(|_, holders| holders.len() <= weights::UTTERANCE_HOLDERS);
    let left = reports.left.utterances.iter().enumerate();
    let found = left.flat_map(|(number, words)| {
        let holders = &holders;
        let keys = keys(&reports.left, words, of_left).into_iter();
        let found = keys.flat_map(move |key| holders.get(&key).into_iter().flatten());
        found.map(move |&other| (number, other))
    });
    let mut found: Vec<(usize, usize)> = found.collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the pairs of neighbours of which one says something, and single words.
fn keys(report: &ReportWords<'_>, words: &[usize], single: KeyWords) -> HashSet<[TermId; 2]> {
    let term = |at: usize| report.words[at].term;
    let is_content = |at: usize| report.words[at].is_content;
    let pairs = words.windows(2);
    let pairs = pairs.filter(|pair| pair.iter().any(|&at| is_content(at)));
    let pairs = pairs.map(|pair| [term(pair[0]), term(pair[1])]);
    let is_key = |&at: &usize| {
        let is_short = || report.quoted_around(at).len() < weights::VERY_SHORT;
        is_content(at) && (single == KeyWords::All || is_short())
    };
    let single = words.iter().copied().filter(is_key);
    pairs
        .chain(single.map(|at| [term(at), TermId::MAX]))
        .collect()
}

fn longest_run(pairs: &[Sides<usize>]) -> usize {
    let follows =
        |one: &Sides<usize>, next: &Sides<usize>| *next == Sides::new(one.left + 1, one.right + 1);
    let runs = pairs.chunk_by(follows);
    runs.map(<[_]>::len).max().unwrap_or(0)
}

/// Whether the words are nearly all of one quotation; of three words or fewer, the very same.
fn is_whole_quote(reports: &Sides<ReportWords<'_>>, pairs: &[Sides<usize>]) -> bool {
    let is_same = |at: &Sides<usize>| {
        let form = |side: Side| reports[side].words.get(at[side]).map(|word| word.form);
        form(Side::Left) == form(Side::Right)
    };
    if pairs.len() <= weights::VERY_SHORT && !pairs.iter().all(is_same) {
        return false;
    }
    let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else {
        return false;
    };
    Side::BOTH.into_iter().any(|side| {
        let report = &reports[side];
        let quote = |at: Sides<usize>| report.words.get(at[side]).and_then(|word| word.quote);
        let whole = report.quoted_around(first[side]).len();
        quote(*first) == quote(*last) && pairs.len() as f32 >= weights::WHOLE_QUOTE * whole as f32
    })
}

/// Whether the words are most of a quotation on both sides, which may be of one speaker.
fn are_nearly_whole(reports: &Sides<ReportWords<'_>>, found: &Alignment) -> bool {
    let first = found.first();
    let longest = Side::BOTH.map(|side| reports[side].quoted_around(first[side]).len());
    let longest = longest.into_iter().max().unwrap_or(0);
    let quotes = Sides::from_fn(|side| reports[side].quote_of(first[side]));
    let (Some(left), Some(right)) = (quotes.left, quotes.right) else {
        return false;
    };
    let says = found
        .pairs
        .iter()
        .any(|at| reports.left.words[at.left].is_content);
    says && found.pairs.len() >= weights::VERY_SHORT
        && found.pairs.len() as f32 >= weights::MOST_OF_QUOTE * longest as f32
        && left.kind == right.kind
        && !speakers::are_others(left, right)
}

/// Keeps the best alignments; one that has most of its words on both sides in better ones goes.
fn one_to_one(
    reports: &Sides<ReportWords<'_>>,
    names: &SpeakerNames,
    found: Vec<Alignment>,
) -> Vec<Alignment> {
    let rank = |one: &Alignment| {
        let is_one = names.are_one(reports, one.first());
        one.score + if is_one { weights::SAME_SPEAKER } else { 0.0 }
    };
    let ranked = found.into_iter().map(|one| (rank(&one), one));
    let mut ranked: Vec<(f32, Alignment)> = ranked.collect();
    ranked.sort_by(|a, b| {
        let place = |one: &Alignment| (one.first().left, one.first().right);
        b.0.total_cmp(&a.0)
            .then_with(|| place(&a.1).cmp(&place(&b.1)))
    });
    let mut found: Vec<Alignment> = ranked.into_iter().map(|(_, one)| one).collect();
    let mut taken: Sides<HashSet<usize>> = Sides::default();
    found.retain(|one| {
        let is_taken = |side: Side| {
            let words = one.words(side);
            let had = words.iter().filter(|at| taken[side].contains(at)).count();
            had as f32 > weights::TAKEN * words.len() as f32
        };
        let is_worse = is_taken(Side::Left) && is_taken(Side::Right);
        if !is_worse {
            taken.left.extend(one.words(Side::Left));
            taken.right.extend(one.words(Side::Right));
        }
        !is_worse
    });
    found
}

/// The step by which the best alignment reaches a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AlignmentStep {
    Start,
    Both,
    Left,
    Right,
}

/// Returns, for each utterance of a report, whether a quotation in it has only a word or two.
fn has_short(report: &ReportWords<'_>) -> Vec<bool> {
    let is_short = |&at: &usize| report.quoted_around(at).len() < weights::VERY_SHORT;
    let utterances = report.utterances.iter();
    utterances.map(|words| words.iter().any(is_short)).collect()
}

/// Aligns words; the table is kept from one pair of utterances to the next.
struct LocalAligner<'a, 'd> {
    reports: &'a Sides<ReportWords<'d>>,
    rarity: &'a Rarity,
    names: &'a SpeakerNames,
    /// For each utterance, whether a quotation in it has only a word or two.
    has_short: Sides<Vec<bool>>,
    /// For each term, the number of the last search that marked it.
    marked: Vec<u32>,
    searches: u32,
    scores: Vec<f32>,
    steps: Vec<AlignmentStep>,
}

impl<'a, 'd> LocalAligner<'a, 'd> {
    fn new(
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
            scores: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Whether the words that both have weigh enough to make one utterance of the two; those of short quotations may be few.
    fn may_share(&mut self, utterances: Sides<usize>, words: Sides<&[usize]>) -> bool {
        let is_short = |side: Side| self.has_short[side].get(utterances[side]) == Some(&true);
        if is_short(Side::Left) || is_short(Side::Right) {
            return true;
        }
        let (left, right) = (&self.reports.left, &self.reports.right);
        self.searches += 1;
        for &at in words.right {
            self.marked[right.words[at].term as usize] = self.searches;
        }
        let is_shared = |at: usize| self.marked[left.words[at].term as usize] == self.searches;
        let shared = words.left.iter().copied().filter(|&at| is_shared(at));
        let shared: f32 = shared.map(|at| self.rarity.of(left, at)).sum();
        shared >= weights::ALIGNED_WHOLE
    }

    /// Returns the best alignments of two utterances, none of which shares words with another, as far as they are evidence.
    fn align(&mut self, utterances: Sides<usize>, words: Sides<&[usize]>) -> Vec<Alignment> {
        let mut used = words.map(|words| vec![false; words.len()]);
        let mut found = Vec::new();
        while found.len() < weights::ALIGNMENTS {
            let Some((score, steps)) = self.best(words, &used) else {
                break;
            };
            let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
                break;
            };
            for side in Side::BOTH {
                used[side][first[side]..=last[side]].fill(true);
            }
            let pairs = steps
                .iter()
                .map(|at| Sides::from_fn(|side| words[side][at[side]]));
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
        found
    }

    /// Returns the best alignment of the words that are not used, in places among them.
    fn best(
        &mut self,
        words: Sides<&[usize]>,
        used: &Sides<Vec<bool>>,
    ) -> Option<(f32, Vec<Sides<usize>>)> {
        let width = words.right.len() + 1;
        let cells = width * (words.left.len() + 1);
        self.scores.clear();
        self.scores.resize(cells, 0.0);
        self.steps.clear();
        self.steps.resize(cells, AlignmentStep::Start);
        let (mut best, mut best_at) = (0.0, Sides::new(0, 0));
        for i in (0..words.left.len()).filter(|&i| !used.left[i]) {
            for j in (0..words.right.len()).filter(|&j| !used.right[j]) {
                let gain = self.gain(words.left[i], words.right[j]);
                let at = (i + 1) * width + j + 1;
                let both = self.scores[at - width - 1] + gain;
                let left = self.scores[at - width] - weights::ALIGNED_GAP;
                let right = self.scores[at - 1] - weights::ALIGNED_GAP;
                let (score, step) = [
                    (both, AlignmentStep::Both),
                    (left, AlignmentStep::Left),
                    (right, AlignmentStep::Right),
                ]
                .into_iter()
                .fold((0.0, AlignmentStep::Start), |best, next| {
                    if next.0 > best.0 { next } else { best }
                });
                self.scores[at] = score;
                self.steps[at] = step;
                if score > best {
                    (best, best_at) = (score, Sides::new(i + 1, j + 1));
                }
            }
        }
        (best >= weights::LEAST_ALIGNED).then(|| (best, self.trace(words, best_at)))
    }

    fn trace(&self, words: Sides<&[usize]>, from: Sides<usize>) -> Vec<Sides<usize>> {
        let width = words.right.len() + 1;
        let Sides {
            left: mut i,
            right: mut j,
        } = from;
        let mut pairs = Vec::new();
        loop {
            match self.steps[i * width + j] {
                AlignmentStep::Start => break,
                AlignmentStep::Left => i -= 1,
                AlignmentStep::Right => j -= 1,
                AlignmentStep::Both => {
                    (i, j) = (i - 1, j - 1);
                    let term = |side: Side, at: usize| self.reports[side].words[at].term;
                    if term(Side::Left, words.left[i]) == term(Side::Right, words.right[j]) {
                        pairs.push(Sides::new(i, j));
                    }
                }
            }
        }
        pairs.reverse();
        pairs
    }

    /// Returns what it is worth to lay one word beside another.
    fn gain(&self, left: usize, right: usize) -> f32 {
        let (one, other) = (
            &self.reports.left.words[left],
            &self.reports.right.words[right],
        );
        let weight = || self.rarity.of(&self.reports.left, left);
        if one.form == other.form {
            weight()
        } else if one.term == other.term && one.is_content {
            weights::SAME_STEM * weight()
        } else {
            -weights::OTHER_WORD
        }
    }
}
