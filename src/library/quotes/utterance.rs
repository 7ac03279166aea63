//! Groups quotations that are the same utterance: the same words in several reports, reworded or cut as reporters do.
//!
//! The longest quotation of an utterance represents it, and each other one must match the longest itself, so that weak
//! similarities never chain. Candidates share a run of three words; then the longest common subsequence decides, measured
//! against the shorter quotation. A fragment of a few words ("good") is no evidence by itself: it must stand whole in the longer
//! quotation, have the same speaker, and come from a report that shares a longer utterance, or words nearby, with the other
//! report. The time grows linearly with the quotations, because each one is compared with a fixed number of candidates.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use crate::annotate::quote::Quote;
use crate::article::Article;
use crate::compare::diff;
use crate::compare::normalize::{self, NormalWord, WordClass};
use crate::library::{Report, ReportNo};
use crate::text::{Span, fold, tokens};

/// Content words from which a quotation is recognised whoever its speaker is. Chosen by eye.
const DISTINCTIVE: u32 = 5;
/// Content words below which a quotation is a fragment. Chosen by eye.
const FRAGMENT: u32 = 3;
/// Part of the shorter quotation's content words that the longer one must have, in order. Chosen by eye.
const SHARED_PART: f32 = 0.7;
/// Content words, besides the fragment's own, that must stand in the sentences around both quotations. Chosen by eye.
const SHARED_NEARBY: usize = 3;
/// Most days between two reports whose fragments may be one utterance. Chosen by eye: a week's news.
const MOST_DAYS: i64 = 7;
/// Runs of words that are looked up for one quotation. Chosen by eye: a bound on the work for very long quotations.
const RUNS: usize = 64;
/// Quotations that are kept for one run of words. Chosen by eye: a bound on the work for common phrases.
const QUOTES_A_RUN: usize = 48;
/// Most words of the longer quotation in which the shared ones may lie: so many times those of the shorter one, and a few more.
/// Chosen by eye.
const WIDTH_FACTOR: usize = 2;
const WIDTH_MARGIN: usize = 4;
/// Candidates that are compared word by word. Chosen by eye.
const CANDIDATES: usize = 8;
/// Quotations that are grouped between two questions whether the answer is still wanted. Chosen by eye.
const BLOCK: usize = 2048;

/// A quotation as the words and facts that decide its utterance.
#[derive(Clone, Debug)]
pub(super) struct HashedQuote {
    words: Box<[HashedWord]>,
    /// One of 64 bits for each content word. Words may share a bit, so a bit that another quotation lacks proves that it lacks the
    /// word, and a bit that it has proves nothing.
    bits: u64,
    /// Number of content words.
    content: u32,
    report: u32,
    /// Hash of the last word of the speaker's name.
    speaker: Option<u64>,
    published: Option<NaiveDate>,
    /// Other content words of the sentences around a short quotation, sorted; empty for a distinctive one.
    around: Box<[HashedWord]>,
}

/// A word in four bytes, because a million quotations have many: a hash, and the word's class in the lowest two bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct HashedWord(u32);

impl HashedWord {
    fn new(normal: &str, weight: WordClass) -> Self {
        // A hash instead of a number from a common vocabulary, so that reports can be read side by side.
        let hash = (xxh3_64(normal.as_bytes()) as u32) << 2;
        Self(hash | weight as u32)
    }

    fn is_content(&self) -> bool {
        self.0 & 3 != WordClass::Stop as u32
    }

    /// Returns the word as [`diff::matches`] takes it, without its place in the text, which that does not look at.
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

/// Returns the words of each of `quotes`, the quotations of `report`.
pub(super) fn quote_words(no: ReportNo, report: &Report, quotes: &[Quote]) -> Vec<HashedQuote> {
    let article = &report.article;
    let published = article.published.as_ref().map(|field| field.value.date);
    quotes
        .iter()
        .map(|quote| {
            let words = hash_words(&article.text, quote.span);
            let content = content(&words).count() as u32;
            let around = match content {
                0..DISTINCTIVE => words_around(article, quote.span, &words),
                _ => Vec::new(),
            };
            let speaker = quote.speaker.as_ref();
            HashedQuote {
                // The highest six bits of the hash choose one of 64.
                bits: self::content(&words).fold(0, |bits, word| bits | 1 << (word.0 >> 26)),
                content,
                speaker: speaker.map(|speaker| xxh3_64(last_word(&speaker.name).as_bytes())),
                report: no.0 as u32,
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

fn content(words: &[HashedWord]) -> impl Iterator<Item = &HashedWord> {
    words.iter().filter(|word| word.is_content())
}

fn hash_words(text: &str, span: Span) -> Vec<HashedWord> {
    let within = span.of(text);
    tokens::words(within)
        .map(|word| {
            let (normal, weight) = normalize::normalize(word.of(within));
            HashedWord::new(&normal, weight)
        })
        .collect()
}

fn words_around(article: &Article, quote: Span, own: &[HashedWord]) -> Vec<HashedWord> {
    let own: HashSet<&HashedWord> = own.iter().collect();
    let sentences = super::surrounding_sentences(article, quote);
    let mut around = hash_words(&article.text, sentences);
    around.retain(|word| word.is_content() && !own.contains(word));
    around.sort_unstable();
    around.dedup();
    around
}

/// Groups quotations by utterance, the longest first; goes on where it stopped when the answer was no longer wanted.
#[derive(Debug, Default)]
pub(super) struct UtteranceGroups {
    /// For each quotation the number of the one that represents its utterance.
    utterances: Vec<u32>,
    /// The quotations that are not grouped yet, the next one last.
    left: Vec<u32>,
    /// For each run of words the representing quotations that have it.
    runs: HashMap<u64, Vec<u32>>,
    /// For each report its utterances with a distinctive quotation.
    distinctive: HashMap<u32, HashSet<u32>>,
}

impl UtteranceGroups {
    /// Returns for each of `quotes` the number of its utterance; `None` if the answer is no longer wanted.
    ///
    /// Starts anew where quotations were added: a longer one may represent an utterance now.
    pub(super) fn group(
        &mut self,
        quotes: &[HashedQuote],
        cancelled: impl Fn() -> bool,
    ) -> Option<&[u32]> {
        if self.utterances.len() != quotes.len() {
            *self = Self::new(quotes);
        }
        while let Some(at) = self.left.pop() {
            self.group_quote(quotes, at);
            if self.left.len().is_multiple_of(BLOCK) && cancelled() {
                return None;
            }
        }
        // Only the answer is kept: the runs of a million quotations fill hundreds of megabytes.
        self.runs = HashMap::new();
        self.distinctive = HashMap::new();
        Some(&self.utterances)
    }

    fn new(quotes: &[HashedQuote]) -> Self {
        let utterances: Vec<u32> = (0..).take(quotes.len()).collect();
        let mut left = utterances.clone();
        let size = |at: &u32| {
            let quote = quotes.get(*at as usize);
            quote.map(|quote| (quote.content, quote.words.len()))
        };
        // The last is grouped first: the longest, and of equally long ones the first of the list.
        left.sort_by_key(|at| (size(at), Reverse(*at)));
        Self {
            utterances,
            left,
            ..Self::default()
        }
    }

    /// Finds the utterance of a quotation, or makes it represent a new one; all longer ones are grouped already.
    fn group_quote(&mut self, quotes: &[HashedQuote], at: u32) {
        let Some(quote) = quotes.get(at as usize) else {
            return;
        };
        let found = self.find_utterance(quotes, quote);
        let number = found.unwrap_or(at);
        if let Some(utterance) = self.utterances.get_mut(at as usize) {
            *utterance = number;
        }
        if found.is_none() {
            for run in own_runs(quote) {
                let kept = self.runs.entry(run).or_default();
                if kept.len() < QUOTES_A_RUN {
                    kept.push(number);
                }
            }
        }
        if quote.content >= DISTINCTIVE {
            let utterances = self.distinctive.entry(quote.report).or_default();
            utterances.insert(number);
        }
    }

    /// Returns the number of the utterance of `one`, the first that matches of those that share most runs of words with it.
    fn find_utterance(&self, quotes: &[HashedQuote], one: &HashedQuote) -> Option<u32> {
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for run in sought_runs(one) {
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
            let other = quotes.get(*at as usize);
            other.is_some_and(|other| self.is_same(one, other))
        };
        let candidates = candidates.iter().map(|(_, at)| *at);
        candidates.take(CANDIDATES).find(same)
    }

    /// Whether `one` and `other`, which is no shorter, are the same utterance.
    fn is_same(&self, one: &HashedQuote, other: &HashedQuote) -> bool {
        let same_speaker = one.speaker.is_some() && one.speaker == other.speaker;
        if one.content < FRAGMENT {
            return same_speaker && stands_whole(one, other) && self.is_same_story(one, other);
        }
        if one.content < DISTINCTIVE && !same_speaker {
            return false;
        }
        one.words == other.words || shares_enough(one, other)
    }

    /// Whether the reports of two quotations, or the sentences around them, tell the same.
    fn is_same_story(&self, one: &HashedQuote, other: &HashedQuote) -> bool {
        if one.report == other.report {
            return true;
        }
        if let (Some(a), Some(b)) = (one.published, other.published)
            && (a - b).num_days().abs() > MOST_DAYS
        {
            return false;
        }
        let reports = [one.report, other.report].map(|report| self.distinctive.get(&report));
        if let [Some(a), Some(b)] = reports
            && !a.is_disjoint(b)
        {
            return true;
        }
        // The words of the longer quotation count as well: one report may quote a sentence that the other retells.
        let words: HashSet<&HashedWord> = content(&other.words).collect();
        let is_nearby =
            |word: &&HashedWord| other.around.binary_search(word).is_ok() || words.contains(word);
        one.around.iter().filter(is_nearby).count() >= SHARED_NEARBY
    }
}

/// Returns the hashes of the runs of words by which a quotation is found.
fn own_runs(one: &HashedQuote) -> Vec<u64> {
    let mut runs = long_runs(one);
    for length in [1, 2] {
        let windows = one
            .words
            .windows(length)
            .filter(|run| run.iter().any(HashedWord::is_content));
        runs.extend(windows.map(|run| hash_fragment(one, run)).take(2 * RUNS));
    }
    runs
}

/// Returns the hashes of the runs of words by which others are sought for a quotation. One or two words are sought together with
/// their speaker: by themselves they would stand in too many quotations.
fn sought_runs(one: &HashedQuote) -> Vec<u64> {
    match one.words.len() {
        0 => Vec::new(),
        1 | 2 => vec![hash_fragment(one, &one.words)],
        _ => long_runs(one),
    }
}

fn long_runs(one: &HashedQuote) -> Vec<u64> {
    let windows = one
        .words
        .windows(3)
        .filter(|run| run.iter().any(HashedWord::is_content));
    let mut runs: Vec<u64> = windows.map(|run| hash_run(run, 0)).take(RUNS).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

fn hash_fragment(one: &HashedQuote, run: &[HashedWord]) -> u64 {
    hash_run(run, one.speaker.unwrap_or(1))
}

fn hash_run(run: &[HashedWord], with: u64) -> u64 {
    // Cheaper than xxh3 for three words; the multiplier is 2^64 divided by the golden ratio, as in Fibonacci hashing.
    run.iter().fold(with, |hash, word| {
        (hash.rotate_left(23) ^ u64::from(word.0)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}

/// Whether the words of `one` stand in `other` side by side.
fn stands_whole(one: &HashedQuote, other: &HashedQuote) -> bool {
    let same = |run: &[HashedWord]| *run == *one.words;
    one.content > 0 && other.words.windows(one.words.len()).any(same)
}

/// Whether `other` has most content words of `one`, in order and not far apart.
fn shares_enough(one: &HashedQuote, other: &HashedQuote) -> bool {
    // The bits rule most candidates out, sooner than the words could be compared.
    let lacking = (one.bits & !other.bits).count_ones();
    if (one.content.saturating_sub(lacking) as f32) < SHARED_PART * one.content as f32 {
        return false;
    }
    let tokens = |quote: &HashedQuote| {
        quote
            .words
            .iter()
            .map(HashedWord::token)
            .collect::<Vec<_>>()
    };
    let matches = diff::matches(&tokens(one), &tokens(other));
    let content = matches
        .iter()
        .filter(|at| one.words.get(at.left).is_some_and(HashedWord::is_content));
    let shared = content.count() as u32;
    let (Some(first), Some(last)) = (matches.first(), matches.last()) else {
        return false;
    };
    // Words scattered over a long quotation are in common by chance.
    let width = last.right + 1 - first.right;
    shared >= FRAGMENT
        && shared as f32 >= SHARED_PART * one.content as f32
        && width <= WIDTH_FACTOR * one.words.len() + WIDTH_MARGIN
}
