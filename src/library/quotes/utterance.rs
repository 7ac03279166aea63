//! Which quotations are the same utterance: the same words in several reports, reworded or cut as reporters do.
//!
//! The longest quotation of an utterance stands for it, and every other must match that one itself, so that weak likenesses
//! never chain. Candidates share a run of three words; then the longest common subsequence decides, as part of the shorter
//! quotation. A fragment of few words ("good") proves nothing alone: it must stand whole in the other, said by the same speaker,
//! in a report that has a longer utterance or a sentence in common with the other's. Linear in the quotations, but for candidates,
//! of which each quotation has a fixed number at most.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use crate::annotate::quote::Quote;
use crate::compare::diff;
use crate::compare::normalize::{self, NormalWord, WordClass};
use crate::library::Report;
use crate::text::{Span, fold, tokens};

/// Words of content from which a quotation speaks for itself, whoever said it.
const TELLING: u32 = 5;
/// Words of content under which it is a fragment.
const FRAGMENT: u32 = 3;
/// Part of the shorter quotation's content that the longer must have, in order.
const SHARED: f32 = 0.7;
/// Words of content, beside those of the fragment, that the sentences around two fragments must share.
const AROUND: usize = 3;
/// Days between two reports in which a fragment may be one utterance.
const DAYS: i64 = 7;
/// Runs of words of one quotation that are looked up, and quotations that are kept for one run: the first ones are as good as any.
const RUNS: usize = 64;
const KEPT: usize = 48;
/// Quotations that are put together before it is asked whether somebody still waits.
const PATIENCE: usize = 2048;
/// Candidates that are compared word by word.
const TRIED: usize = 8;

/// A quotation as its words are matched.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    words: Box<[Word]>,
    /// A bit for each of those that say something, several to a bit: what it lacks of another's is lacking for certain.
    bits: u64,
    /// How many of them say something.
    content: u32,
    report: u32,
    /// Who, by the last word of the name.
    speaker: Option<u64>,
    published: Option<NaiveDate>,
    /// What else the sentences around it say, in order.
    around: Box<[Word]>,
}

/// A word as it is matched: a hash of it, and what it counts for in the lowest two bits. A million quotations have many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Word(u32);

impl Word {
    fn new(normal: &str, weight: WordClass) -> Self {
        // A hash instead of a number from a common vocabulary, so that reports can be read side by side.
        let hash = (xxh3_64(normal.as_bytes()) as u32) << 2;
        Self(hash | weight as u32)
    }

    fn is_content(&self) -> bool {
        self.0 & 3 != WordClass::Stop as u32
    }

    /// Returns the word as words are compared; where it stands is not known any more.
    fn token(&self) -> NormalWord {
        let weight = [WordClass::Stop, WordClass::Content, WordClass::Number]
            .into_iter()
            .find(|weight| *weight as u32 == self.0 & 3);
        NormalWord {
            span: Span::default(),
            term: self.0,
            weight: weight.unwrap_or(WordClass::Stop),
        }
    }
}

/// Returns the quotations of `report` as their words are matched.
pub(super) fn spoken(number: usize, report: &Report, quotes: &[Quote]) -> Vec<Spoken> {
    let article = &report.article;
    let published = article.published.as_ref().map(|field| field.value.date);
    quotes
        .iter()
        .map(|quote| {
            let words = words(&article.text, quote.span);
            let content = words.iter().filter(|word| word.is_content()).count() as u32;
            let around = match content {
                0..TELLING => beside(
                    &article.text,
                    super::surrounding_sentences(article, quote.span),
                    &words,
                ),
                _ => Vec::new(),
            };
            let speaker = quote.speaker.as_ref();
            let telling = words.iter().filter(|word| word.is_content());
            Spoken {
                bits: telling.fold(0, |bits, word| bits | 1 << (word.0 >> 26)),
                content,
                speaker: speaker.map(|speaker| xxh3_64(last_word(&speaker.name).as_bytes())),
                report: number as u32,
                published,
                around: around.into(),
                words: words.into(),
            }
        })
        .collect()
}

/// Returns the last word of a name, folded: `Mark Carney` and `Carney` are one speaker.
pub(super) fn last_word(name: &str) -> String {
    let last = tokens::words(name).last().unwrap_or_default();
    fold::fold(last.of(name))
}

fn words(text: &str, span: Span) -> Vec<Word> {
    let within = span.of(text);
    tokens::words(within)
        .map(|word| {
            let (normal, weight) = normalize::normalize(word.of(within));
            Word::new(&normal, weight)
        })
        .collect()
}

fn beside(text: &str, around: Span, own: &[Word]) -> Vec<Word> {
    let own: HashSet<&Word> = own.iter().collect();
    let mut beside = words(text, around);
    beside.retain(|word| word.is_content() && !own.contains(word));
    beside.sort_unstable();
    beside.dedup();
    beside
}

/// Quotations as they are put together, the longest first; what takes long is gone on with where it was left.
#[derive(Debug, Default)]
pub(super) struct Utterances {
    /// For each quotation the one that stands for its utterance.
    of: Vec<u32>,
    /// The quotations that were not put to others yet, the next one last.
    left: Vec<u32>,
    /// For each run of words the standing quotations that have it.
    runs: HashMap<u64, Vec<u32>>,
    /// For each report the telling utterances that it has.
    telling: HashMap<u32, HashSet<u32>>,
}

impl Utterances {
    /// Returns for each of `spoken` the number of its utterance; `None` if it `is_gone` that anybody waits for it.
    ///
    /// What was found out before is forgotten where quotations were added.
    pub(super) fn of(&mut self, spoken: &[Spoken], is_gone: impl Fn() -> bool) -> Option<&[u32]> {
        if self.of.len() != spoken.len() {
            *self = Self::new(spoken);
        }
        while let Some(at) = self.left.pop() {
            self.take(spoken, at as usize);
            if self.left.len().is_multiple_of(PATIENCE) && is_gone() {
                return None;
            }
        }
        self.runs = HashMap::new();
        self.telling = HashMap::new();
        Some(&self.of)
    }

    fn new(spoken: &[Spoken]) -> Self {
        let mut left: Vec<u32> = (0..).take(spoken.len()).collect();
        let size = |at: &u32| {
            let one = spoken.get(*at as usize);
            one.map(|one| (one.content, one.words.len()))
        };
        left.sort_by_key(|at| (size(at), Reverse(*at)));
        Self {
            of: (0..).take(spoken.len()).collect(),
            left,
            ..Self::default()
        }
    }

    /// Finds the utterance of a quotation, or lets it stand for a new one; longer ones were taken before.
    fn take(&mut self, spoken: &[Spoken], at: usize) {
        let Some(one) = spoken.get(at) else {
            return;
        };
        let number = self.standing(spoken, one).unwrap_or(at as u32);
        if let Some(of) = self.of.get_mut(at) {
            *of = number;
        }
        if number as usize == at {
            for run in runs(one) {
                let kept = self.runs.entry(run).or_default();
                if kept.len() < KEPT {
                    kept.push(number);
                }
            }
        }
        if one.content >= TELLING {
            self.telling.entry(one.report).or_default().insert(number);
        }
    }

    /// Returns the quotation that stands for the utterance of `one`, the likest where there are several.
    fn standing(&self, spoken: &[Spoken], one: &Spoken) -> Option<u32> {
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for run in asked(one) {
            for candidate in self.runs.get(&run).into_iter().flatten() {
                *shared.entry(*candidate).or_default() += 1;
            }
        }
        let mut candidates: Vec<(Reverse<usize>, u32)> = shared
            .into_iter()
            .map(|(at, runs)| (Reverse(runs), at))
            .collect();
        candidates.sort_unstable();
        let same = |at: &u32| {
            let other = spoken.get(*at as usize);
            other.is_some_and(|other| self.is_same(one, other))
        };
        let candidates = candidates.iter().map(|(_, at)| *at);
        candidates.take(TRIED).find(same)
    }

    /// Whether `one` has the words of `other`, which is no shorter.
    fn is_same(&self, one: &Spoken, other: &Spoken) -> bool {
        let same_speaker = one.speaker.is_some() && one.speaker == other.speaker;
        if one.content < FRAGMENT {
            return same_speaker && stands_whole(one, other) && self.are_near(one, other);
        }
        if one.content < TELLING && !same_speaker {
            return false;
        }
        has_same_terms(one, other) || shares_enough(one, other)
    }

    /// Whether two reports, or two sentences of them, are about the same thing.
    fn are_near(&self, one: &Spoken, other: &Spoken) -> bool {
        if one.report == other.report {
            return true;
        }
        if let (Some(a), Some(b)) = (one.published, other.published)
            && (a - b).num_days().abs() > DAYS
        {
            return false;
        }
        let telling = |of: &Spoken| self.telling.get(&of.report);
        let in_common = match (telling(one), telling(other)) {
            (Some(a), Some(b)) => !a.is_disjoint(b),
            _ => false,
        };
        in_common || {
            let beside = &other.around;
            let words = other.words.iter().filter(|word| word.is_content());
            let words: HashSet<&Word> = words.collect();
            let has = |word: &&Word| beside.binary_search(word).is_ok() || words.contains(word);
            one.around.iter().filter(has).count() >= AROUND
        }
    }
}

/// Returns the runs of words that a quotation is found by.
fn runs(one: &Spoken) -> Vec<u64> {
    let mut runs = long_runs(one);
    for length in [1, 2] {
        let windows = one
            .words
            .windows(length)
            .filter(|run| run.iter().any(Word::is_content));
        runs.extend(windows.map(|run| fragment(one, run)).take(2 * RUNS));
    }
    runs
}

/// Returns the runs of words that a quotation is looked for by: a fragment's as a whole, with its speaker.
fn asked(one: &Spoken) -> Vec<u64> {
    match one.words.len() {
        0 => Vec::new(),
        1 | 2 => vec![fragment(one, &one.words)],
        _ => long_runs(one),
    }
}

fn long_runs(one: &Spoken) -> Vec<u64> {
    let windows = one
        .words
        .windows(3)
        .filter(|run| run.iter().any(Word::is_content));
    let mut runs: Vec<u64> = windows.map(|run| hash(run, 0)).take(RUNS).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

fn fragment(one: &Spoken, run: &[Word]) -> u64 {
    hash(run, one.speaker.unwrap_or(1))
}

fn hash(run: &[Word], with: u64) -> u64 {
    run.iter().fold(with, |hash, word| {
        (hash.rotate_left(23) ^ u64::from(word.0)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}

fn has_same_terms(one: &Spoken, other: &Spoken) -> bool {
    one.words == other.words
}

/// Whether the words of `one` stand in `other` side by side.
fn stands_whole(one: &Spoken, other: &Spoken) -> bool {
    let same = |run: &[Word]| *run == *one.words;
    one.content > 0 && other.words.windows(one.words.len()).any(same)
}

fn shares_enough(one: &Spoken, other: &Spoken) -> bool {
    let lacking = (one.bits & !other.bits).count_ones();
    if (one.content.saturating_sub(lacking) as f32) < SHARED * one.content as f32 {
        return false;
    }
    let tokens = |of: &Spoken| of.words.iter().map(Word::token).collect::<Vec<_>>();
    let matches = diff::matches(&tokens(one), &tokens(other));
    let content = matches
        .iter()
        .filter(|at| one.words.get(at.left).is_some_and(Word::is_content));
    let shared = content.count() as u32;
    let (Some(first), Some(last)) = (matches.first(), matches.last()) else {
        return false;
    };
    let width = last.right + 1 - first.right;
    shared >= FRAGMENT
        && shared as f32 >= SHARED * one.content as f32
        && width <= 2 * one.words.len() + 4
}
