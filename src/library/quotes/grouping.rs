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
use super::runs::{self, RunLists};

/// Content words below which a quotation is a fragment. Chosen by eye.
const FRAGMENT: u32 = 3;
/// Part of the shorter quotation's content words that the longer one must have, in order. Chosen by eye.
const SHARED_PART: f32 = 0.7;
/// Content words, besides the fragment's own, that must stand in the sentences around both quotations. Chosen by eye.
const SHARED_NEARBY: usize = 3;
/// Most days between two reports whose fragments may be one utterance. Chosen by eye: a week's news.
const MOST_DAYS: i64 = 7;
/// Quotations that are kept for a word or two that are quoted by themselves. Chosen by eye: a bound on the work for common ones.
const QUOTES_A_FRAGMENT: usize = 48;
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
    let firsts = (0..fragments as u32).filter(|place| grouper.representing(*place) == *place);
    grouper.note_fragments(firsts.collect::<Vec<u32>>());
    grouper.group_blocks(fragments, grouper.order.len());
    grouper.utterances()
}

/// Returns for each quotation the first one of the very same words; itself where there is none before, and where the same words
/// alone do not make an utterance.
pub(super) fn same_words(quotes: &QuoteWords) -> Vec<u32> {
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
    /// For each quotation the first of the very same words.
    same: Vec<u32>,
    /// One quotation of each wording, the longest first.
    order: Vec<u32>,
    /// For each of them the place in `order` of the one that represents its utterance.
    found: Vec<u32>,
    /// The bits of their words.
    bits: Vec<u64>,
    runs: RunLists,
    /// Words of one or two that are quoted by themselves, with their speaker: the places in `order` of the representing quotations
    /// that have them.
    fragments: HashMap<u64, Vec<u32>, RandomState>,
    /// Reports with their utterances of distinctive words, sorted.
    stories: Vec<(u32, u32)>,
}

/// The utterance that a quotation was found to belong to.
enum FoundUtterance {
    /// The place of the quotation that represents it.
    Known(u32),
    /// That of one of these places, which were compared side by side with it, the likeliest first.
    Among(Vec<u32>),
}

impl<'a> UtteranceGrouper<'a> {
    fn new(quotes: &'a QuoteWords, same: Vec<u32>, order: Vec<u32>) -> Self {
        let facts = order
            .iter()
            .filter_map(|at| quotes.facts().get(*at as usize));
        let fragments = order.iter().filter_map(|at| {
            let fragment = runs::fragment(&quotes.get(*at)?)?;
            Some((fragment, Vec::new()))
        });
        Self {
            runs: RunLists::new(quotes, &order),
            bits: facts.map(|facts| facts.bits).collect(),
            fragments: fragments.collect(),
            found: (0..order.len() as u32).collect(),
            quotes,
            same,
            order,
            stories: Vec::new(),
        }
    }

    /// Groups the quotations at these places of the order.
    fn group_blocks(&mut self, from: usize, to: usize) {
        let (mut start, mut size) = (from, FIRST_BLOCK);
        while start < to {
            let end = to.min(start + size);
            let places = start as u32..end as u32;
            let found: Vec<FoundUtterance> = places
                .clone()
                .into_par_iter()
                .map(|place| self.find_utterance(place, start as u32))
                .collect();
            for (place, found) in places.zip(found) {
                let utterance = match found {
                    FoundUtterance::Known(utterance) => Some(utterance),
                    FoundUtterance::Among(others) => self.choose(place, start as u32, &others),
                };
                match utterance {
                    Some(utterance) => self.found[place as usize] = utterance,
                    None if self.is_fragment(place) => self.note_fragments([place]),
                    None => {}
                }
            }
            (start, size) = (end, LAST_BLOCK.min(size * 2));
        }
    }

    fn quote(&self, place: u32) -> Option<HashedQuote<'a>> {
        self.quotes.get(*self.order.get(place as usize)?)
    }

    fn is_fragment(&self, place: u32) -> bool {
        let quote = self.quote(place);
        quote.is_some_and(|quote| quote.facts.content < FRAGMENT)
    }

    /// Returns the place of the quotation that represents the utterance of the one at `place`.
    fn representing(&self, place: u32) -> u32 {
        self.found.get(place as usize).copied().unwrap_or(place)
    }

    /// Finds the utterance of the quotation at `place`: the first that matches of those that share most runs of words with it.
    ///
    /// The utterances of the quotations from `start` on are not known yet.
    fn find_utterance(&self, place: u32, start: u32) -> FoundUtterance {
        let Some(one) = self.quote(place) else {
            return FoundUtterance::Among(Vec::new());
        };
        let mut shared = self.neighbours(&one, place);
        for other in &mut shared {
            *other = self.representing(*other);
        }
        shared.sort_unstable();
        let mut candidates: Vec<(Reverse<usize>, u32)> = shared
            .chunk_by(|one, next| one == next)
            .filter_map(|runs| Some((Reverse(runs.len()), *runs.first()?)))
            .collect();
        candidates.sort_unstable();
        let is_same = |at: &u32| self.quote(*at).is_some_and(|it| self.is_same(&one, &it));
        let candidates = candidates.iter().map(|(_, at)| *at);
        let candidates = candidates.filter(|at| self.may_share_enough(&one, *at));
        let (known, open): (Vec<u32>, Vec<u32>) = candidates.partition(|at| *at < start);
        match known.into_iter().take(CANDIDATES).find(is_same) {
            Some(utterance) => FoundUtterance::Known(utterance),
            None => {
                let among = open.into_iter().take(CANDIDATES).filter(is_same);
                FoundUtterance::Among(among.collect())
            }
        }
    }

    /// Whether the quotation at `place` may have enough words of `one`: the bits rule most out, before their words are looked at.
    fn may_share_enough(&self, one: &HashedQuote<'_>, place: u32) -> bool {
        let bits = self.bits.get(place as usize).copied();
        let lacking = (one.facts.bits & !bits.unwrap_or_default()).count_ones();
        is_enough(one.facts.content.saturating_sub(lacking), one)
    }

    /// Returns the places before `place` of quotations that share words with `one`, each as often as it shares a run of them.
    fn neighbours(&self, one: &HashedQuote<'_>, place: u32) -> Vec<u32> {
        match one.words.len() {
            0..=2 => {
                let lists = runs::fragment(one).and_then(|run| self.fragments.get(&run));
                let before = lists.into_iter().flatten().copied();
                before.take_while(|other| *other < place).collect()
            }
            _ => self.runs.neighbours(one, place),
        }
    }

    /// Returns the utterance of the quotation at `place` among those of `others`, which match it, or of a fragment from `start` on.
    fn choose(&self, place: u32, start: u32, others: &[u32]) -> Option<u32> {
        let one = self.quote(place)?;
        let mut others = others.iter().copied();
        let found = others.find_map(|other| {
            let utterance = self.representing(other);
            let is_same = utterance == other || self.is_same(&one, &self.quote(utterance)?);
            is_same.then_some(utterance)
        });
        let run = runs::fragment(&one).filter(|_| found.is_none());
        let since = run.and_then(|run| self.fragments.get(&run)).into_iter();
        let since = since.flatten().copied().filter(|other| *other >= start);
        found.or_else(|| {
            let is_same = |at: &u32| self.quote(*at).is_some_and(|it| self.is_same(&one, &it));
            since.take(CANDIDATES).find(is_same)
        })
    }

    /// Notes in which of these quotations, which represent their utterances, words stand that are quoted by themselves.
    fn note_fragments(&mut self, places: impl IntoParallelIterator<Item = u32>) {
        let found = places.into_par_iter().flat_map_iter(|place| {
            let runs = self.quote(place).into_iter();
            let runs = runs.flat_map(|quote| runs::fragments_in(&quote));
            let runs = runs.filter(|run| self.fragments.contains_key(run));
            runs.map(move |run| (run, place))
        });
        let found: Vec<(u64, u32)> = found.collect();
        for (run, place) in found {
            let list = self.fragments.entry(run).or_default();
            if list.len() < QUOTES_A_FRAGMENT && list.last() != Some(&place) {
                list.push(place);
            }
        }
    }

    /// Notes which reports have which utterances of distinctive words.
    fn note_stories(&mut self) {
        let found = self.utterances();
        let facts = self.quotes.facts().iter().zip(found);
        let distinctive = facts.filter(|(facts, _)| facts.content >= DISTINCTIVE);
        self.stories = distinctive
            .map(|(facts, utterance)| (facts.report, utterance))
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

    /// Returns for each quotation the number of the one that represents its utterance.
    fn utterances(&self) -> Vec<u32> {
        let mut found = self.same.clone();
        for (&at, &utterance) in self.order.iter().zip(&self.found) {
            found[at as usize] = self.order[utterance as usize];
        }
        let same = self.same.iter();
        same.map(|&same| found[same as usize]).collect()
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
        let [own, others] = [one, other].map(|quote| self.quotes.around(quote));
        let is_nearby =
            |word: &&HashedWord| others.binary_search(word).is_ok() || words.contains(word);
        own.iter().filter(is_nearby).count() >= SHARED_NEARBY
    }
}

/// Whether the words of `one` stand in `other` side by side.
fn stands_whole(one: &HashedQuote<'_>, other: &HashedQuote<'_>) -> bool {
    let same = |run: &[HashedWord]| *run == *one.words;
    one.facts.content > 0 && other.words.windows(one.words.len()).any(same)
}

/// Whether `other` has most content words of `one`, in order and not far apart.
fn shares_enough(one: &HashedQuote<'_>, other: &HashedQuote<'_>) -> bool {
    // Rules most out that only share a phrase, sooner than the order of the words could be compared.
    let in_common = content(one.words).filter(|word| other.words.contains(word));
    if !is_enough(in_common.count() as u32, one) {
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
        && is_enough(shared, one)
        && width <= WIDTH_FACTOR * one.words.len() + WIDTH_MARGIN
}

/// Whether so many content words of `one` are most of them.
fn is_enough(content: u32, one: &HashedQuote<'_>) -> bool {
    content as f32 >= SHARED_PART * one.facts.content as f32
}
