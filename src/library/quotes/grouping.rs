//! Groups quotations that are the same utterance: the same words in several reports, reworded or cut as reporters do.
//!
//! The longest quotation of an utterance represents it, and each other one must match the longest itself, so that weak
//! similarities never chain. Candidates share a run of three words; then the longest common subsequence decides, measured
//! against the shorter quotation. A fragment of a few words ("good") is no evidence by itself: it must stand whole in the longer
//! quotation, have the same speaker, and come from a report that shares a longer utterance, or words nearby, with the other
//! report.
//!
//! The cost grows with what is shared. Quotations of the very same words are one at once, runs that stand in one quotation only
//! are passed over, and each quotation is compared with a fixed number of candidates. Blocks of quotations are compared side by
//! side with those that represent an utterance by then; the order is that of the words, so that the order in which reports were
//! read does not matter.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::compare::diff;

use super::quote_words::{DISTINCTIVE, HashedQuote, HashedWord, QuoteWords, content};
use super::runs::{self, RepeatFilter};

/// Content words below which a quotation is a fragment. Chosen by eye.
const FRAGMENT: u32 = 3;
/// Part of the shorter quotation's content words that the longer one must have, in order. Chosen by eye.
const SHARED_PART: f32 = 0.7;
/// Content words, besides the fragment's own, that must stand in the sentences around both quotations. Chosen by eye.
const SHARED_NEARBY: usize = 3;
/// Most days between two reports whose fragments may be one utterance. Chosen by eye: a week's news.
const MOST_DAYS: i64 = 7;
/// Quotations that are kept for one run of words. Chosen by eye: a bound on the work for common phrases.
const QUOTES_A_RUN: usize = 48;
/// Most words of the longer quotation in which the shared ones may lie: so many times those of the shorter one, and a few more.
/// Chosen by eye.
const WIDTH_FACTOR: usize = 2;
const WIDTH_MARGIN: usize = 4;
/// Candidates that are compared word by word. Chosen by eye.
const CANDIDATES: usize = 8;
/// Quotations of the first block and of the largest; each is twice as large as the one before, because the first quotations of all
/// have nothing yet to be compared with.
const FIRST_BLOCK: usize = 256;
const LAST_BLOCK: usize = 1 << 14;

/// Returns for each quotation the number of the one that represents its utterance.
pub(super) fn group(quotes: &QuoteWords) -> Vec<u32> {
    let same = same_words(quotes);
    let mut order: Vec<u32> = (0..quotes.len() as u32)
        .filter(|&at| same[at as usize] == at)
        .collect();
    order.par_sort_by_cached_key(|&at| {
        let quote = quotes.get(at);
        let size = quote.map(|quote| (quote.facts.content, quote.words.len()));
        (Reverse(size), quote.map(|quote| runs::whole(&quote, 0)), at)
    });
    let mut grouper = UtteranceGrouper::new(quotes, same, order);
    let size = |at: &u32| quotes.get(*at).map_or(0, |quote| quote.facts.content);
    let fragments = grouper.order.partition_point(|at| size(at) >= FRAGMENT);
    grouper.group_blocks(0, fragments);
    // Fragments come last: whether their reports tell the same story is known by then.
    grouper.note_stories();
    grouper.group_blocks(fragments, grouper.order.len());
    grouper.finish()
}

/// Returns for each quotation the first one of the very same words; itself where there is none before, and where the same words
/// alone do not make an utterance.
fn same_words(quotes: &QuoteWords) -> Vec<u32> {
    let mut hashes: Vec<(u64, u32)> = (0..quotes.len() as u32)
        .into_par_iter()
        .filter_map(|at| {
            let quote = quotes.get(at)?;
            let speaker = match quote.facts.content {
                0..FRAGMENT => return None,
                FRAGMENT..DISTINCTIVE => u64::from(quote.facts.speaker?) + 1,
                _ => 0,
            };
            Some((runs::whole(&quote, speaker), at))
        })
        .collect();
    hashes.par_sort_unstable();
    let mut same: Vec<u32> = (0..quotes.len() as u32).collect();
    let words = |at: u32| quotes.get(at).map(|quote| quote.words);
    for alike in hashes.chunk_by(|(one, _), (next, _)| one == next) {
        let Some(&(_, first)) = alike.first() else {
            continue;
        };
        for &(_, at) in alike.iter().filter(|(_, at)| words(*at) == words(first)) {
            same[at as usize] = first;
        }
    }
    same
}

/// Groups quotations, the longest first.
struct UtteranceGrouper<'a> {
    quotes: &'a QuoteWords,
    /// For each quotation the number of one that represents it; first of the very same words, then of the utterance.
    found: Vec<u32>,
    /// One quotation of each wording, the longest first.
    order: Vec<u32>,
    /// Runs of words that stand in more than one of them.
    repeated: RepeatFilter,
    /// Words of one or two that are quoted by themselves, with their speaker.
    fragments: HashSet<u64, RandomState>,
    /// For each run of words the places in `order` of the representing quotations that have it.
    runs: HashMap<u64, Vec<u32>, RandomState>,
    /// Reports with their utterances of distinctive words, sorted.
    stories: Vec<(u32, u32)>,
}

impl<'a> UtteranceGrouper<'a> {
    fn new(quotes: &'a QuoteWords, found: Vec<u32>, order: Vec<u32>) -> Self {
        let distinct = || order.iter().filter_map(|at| quotes.get(*at));
        let count = distinct().map(|quote| quote.words.len().saturating_sub(2));
        let mut repeated = RepeatFilter::new(count.sum());
        for quote in distinct() {
            runs::long_runs(&quote)
                .into_iter()
                .for_each(|run| repeated.add(run));
        }
        Self {
            quotes,
            repeated,
            fragments: distinct()
                .filter_map(|quote| runs::fragment(&quote))
                .collect(),
            found,
            order,
            runs: HashMap::default(),
            stories: Vec::new(),
        }
    }

    /// Groups the quotations at these places of the order.
    fn group_blocks(&mut self, from: usize, to: usize) {
        let (mut start, mut size) = (from, FIRST_BLOCK);
        while start < to {
            let end = to.min(start + size);
            let places = start as u32..end as u32;
            let found: Vec<Option<u32>> = places
                .clone()
                .into_par_iter()
                .map(|place| self.find_utterance(place, 0))
                .collect();
            for (place, found) in places.zip(found) {
                // What represents an utterance since this block began is the rest that it may belong to.
                let found = found.or_else(|| self.find_utterance(place, start as u32));
                match found {
                    Some(utterance) => self.note(place, utterance),
                    None => self.represent(place),
                }
            }
            (start, size) = (end, LAST_BLOCK.min(size * 2));
        }
    }

    fn quote(&self, place: u32) -> Option<HashedQuote<'a>> {
        self.quotes.get(*self.order.get(place as usize)?)
    }

    fn note(&mut self, place: u32, utterance: u32) {
        let number = |place: u32| self.order.get(place as usize).copied();
        if let (Some(at), Some(first)) = (number(place), number(utterance)) {
            self.found[at as usize] = first;
        }
    }

    /// Makes a quotation represent an utterance.
    fn represent(&mut self, place: u32) {
        let Some(quote) = self.quote(place) else {
            return;
        };
        let long = runs::long_runs(&quote).into_iter();
        let long = long.filter(|run| self.repeated.is_repeated(*run));
        let short = runs::fragments_in(&quote).filter(|run| self.fragments.contains(run));
        for run in long.chain(short) {
            let kept = self.runs.entry(run).or_default();
            if kept.len() < QUOTES_A_RUN {
                kept.push(place);
            }
        }
    }

    /// Returns the place of the quotation that represents the utterance of the one at `place`: the first that matches of those
    /// that share most runs of words with it, among those from place `from` on.
    fn find_utterance(&self, place: u32, from: u32) -> Option<u32> {
        let one = self.quote(place)?;
        let sought = match one.words.len() {
            0..=2 => runs::fragment(&one).into_iter().collect(),
            _ => runs::long_runs(&one),
        };
        let mut shared: Vec<u32> = Vec::new();
        for kept in sought.iter().filter_map(|run| self.runs.get(run)) {
            // The places of a run rise, and most runs have none from a late one on.
            let start = kept.partition_point(|kept| *kept < from);
            shared.extend(kept.get(start..).unwrap_or_default());
        }
        shared.sort_unstable();
        let mut candidates: Vec<(Reverse<usize>, u32)> = shared
            .chunk_by(|one, next| one == next)
            .filter_map(|runs| Some((Reverse(runs.len()), *runs.first()?)))
            .collect();
        candidates.sort_unstable();
        let same = |at: &u32| {
            let other = self.quote(*at);
            other.is_some_and(|other| self.is_same(&one, &other))
        };
        let candidates = candidates.iter().map(|(_, at)| *at);
        candidates.take(CANDIDATES).find(same)
    }

    /// Notes which reports have which utterances of distinctive words.
    fn note_stories(&mut self) {
        let facts = self.quotes.facts().iter().zip(&self.found);
        let distinctive = facts.filter(|(facts, _)| facts.content >= DISTINCTIVE);
        self.stories = distinctive
            .map(|(facts, &same)| (facts.report, self.found[same as usize]))
            .collect();
        self.stories.par_sort_unstable();
        self.stories.dedup();
    }

    /// Returns the utterances of distinctive words in a report, sorted.
    fn story(&self, report: u32) -> &[(u32, u32)] {
        let start = self.stories.partition_point(|(at, _)| *at < report);
        let end = self.stories.partition_point(|(at, _)| *at <= report);
        self.stories.get(start..end).unwrap_or_default()
    }

    fn finish(self) -> Vec<u32> {
        let found = &self.found;
        found.iter().map(|&same| found[same as usize]).collect()
    }

    /// Whether `one` and `other`, which is no shorter, are the same utterance.
    fn is_same(&self, one: &HashedQuote<'_>, other: &HashedQuote<'_>) -> bool {
        let same_speaker = one.facts.speaker.is_some() && one.facts.speaker == other.facts.speaker;
        if one.facts.content < FRAGMENT {
            return same_speaker && stands_whole(one, other) && self.is_same_story(one, other);
        }
        if one.facts.content < DISTINCTIVE && !same_speaker {
            return false;
        }
        one.words == other.words || shares_enough(one, other)
    }

    /// Whether the reports of two quotations, or the sentences around them, tell the same.
    fn is_same_story(&self, one: &HashedQuote<'_>, other: &HashedQuote<'_>) -> bool {
        if one.facts.report == other.facts.report {
            return true;
        }
        if let (Some(a), Some(b)) = (one.facts.published, other.facts.published)
            && (a - b).num_days().abs() > MOST_DAYS
        {
            return false;
        }
        let [own, others] = [one, other].map(|quote| self.story(quote.facts.report));
        let is_shared = |(_, utterance): &(u32, u32)| {
            let found = others.binary_search_by_key(utterance, |(_, other)| *other);
            found.is_ok()
        };
        if own.iter().any(is_shared) {
            return true;
        }
        // The words of the longer quotation count as well: one report may quote a sentence that the other retells.
        let words: HashSet<&HashedWord> = content(other.words).collect();
        let is_nearby =
            |word: &&HashedWord| other.around.binary_search(word).is_ok() || words.contains(word);
        one.around.iter().filter(is_nearby).count() >= SHARED_NEARBY
    }
}

/// Whether the words of `one` stand in `other` side by side.
fn stands_whole(one: &HashedQuote<'_>, other: &HashedQuote<'_>) -> bool {
    let same = |run: &[HashedWord]| *run == *one.words;
    one.facts.content > 0 && other.words.windows(one.words.len()).any(same)
}

/// Whether `other` has most content words of `one`, in order and not far apart.
fn shares_enough(one: &HashedQuote<'_>, other: &HashedQuote<'_>) -> bool {
    // The bits rule most candidates out, sooner than the words could be compared.
    let lacking = (one.facts.bits & !other.facts.bits).count_ones();
    if (one.facts.content.saturating_sub(lacking) as f32) < SHARED_PART * one.facts.content as f32 {
        return false;
    }
    let tokens = |quote: &HashedQuote<'_>| {
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
        && shared as f32 >= SHARED_PART * one.facts.content as f32
        && width <= WIDTH_FACTOR * one.words.len() + WIDTH_MARGIN
}
