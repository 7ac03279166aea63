//! Words that two utterances have in common, and whether they are evidence that both are one.

use super::speakers::SpeakerNames;
use super::words::{ReportWords, WordNumbers};
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
    pub(super) of_term: Vec<f32>,
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
}

/// Whether the words in common make sure that both quote the same.
pub(super) fn is_evidence(
    reports: &Sides<ReportWords<'_>>,
    names: &SpeakerNames,
    found: &Alignment,
) -> bool {
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
        || are_nearly_whole(reports, names, found)
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
fn are_nearly_whole(
    reports: &Sides<ReportWords<'_>>,
    names: &SpeakerNames,
    found: &Alignment,
) -> bool {
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
        && !names.are_others(reports, first)
}
