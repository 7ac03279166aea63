//! Runs of words by which quotations that may be the same utterance find each other.

use std::ops::Range;

use rayon::prelude::*;

use crate::parallel::available_threads;

use super::quote_words::{HashedQuote, HashedWord, QuoteWords};

/// Runs of words that are looked up for one quotation. Chosen by eye: a bound on the work for very long quotations.
const RUNS: usize = 64;
/// Words of a run.
const RUN: usize = 3;
/// Quotations that are kept for one run. Chosen by eye: a bound on the work for common phrases.
const QUOTES_A_RUN: u8 = 48;
/// Quotations with which one is held against, counted once for each run that they share. Chosen by eye: a hundred share ten runs
/// each with ten others, and more are found only where all runs are common phrases.
const NEIGHBOURS: usize = 128;

/// Returns the hash by which a quotation of one or two words is sought: together with its speaker, since by themselves they would
/// stand in too many quotations.
pub(super) fn fragment(one: &HashedQuote<'_>) -> Option<u64> {
    let speaker = one.facts.speaker?;
    matches!(one.words.len(), 1 | 2).then(|| hash_run(one.words, u64::from(speaker) + 1))
}

/// Returns the hashes of one and two words in a quotation, as those are sought.
pub(super) fn fragments_in<'a>(one: &HashedQuote<'a>) -> impl Iterator<Item = u64> + use<'a> {
    let speaker = one.facts.speaker.map(|speaker| u64::from(speaker) + 1);
    let words = one.words;
    speaker.into_iter().flat_map(move |speaker| {
        [1, 2].into_iter().flat_map(move |length| {
            let windows = words.windows(length);
            let windows = windows.filter(|run| run.iter().any(HashedWord::is_content));
            windows
                .take(2 * RUNS)
                .map(move |run| hash_run(run, speaker))
        })
    })
}

/// Returns the hash of all words of a quotation.
pub(super) fn whole(one: &HashedQuote<'_>, with: u64) -> u64 {
    hash_run(one.words, with)
}

fn hash_run(run: &[HashedWord], with: u64) -> u64 {
    // Cheaper than xxh3 for three words; the multiplier is 2^64 divided by the golden ratio, as in Fibonacci hashing.
    run.iter().fold(with, |hash, word| {
        (hash.rotate_left(23) ^ u64::from(word.0)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}

/// For each run of words the first quotations that have it.
///
/// A run is known by some bits of its hash, so that a few lists have the quotations of two runs. Runs of one quotation only, which
/// most are, have no list.
#[derive(Debug, Default)]
pub(super) struct RunLists {
    /// The number of quotations that have each run, up to the largest of the type.
    counts: Vec<u8>,
    /// The end of the lists of each block of runs.
    block_ends: Vec<u32>,
    places: Vec<u32>,
}

/// Numbers of runs that there are at least.
const FEWEST_NUMBERS: usize = 1 << 12;
/// Runs whose lists stand together, so that one number tells where they are.
const BLOCK: usize = 16;

impl RunLists {
    /// Returns the lists of the quotations of these numbers, by their places among them.
    pub(super) fn new(all: &QuoteWords, order: &[u32]) -> Self {
        let quotes = || order.iter().filter_map(|at| all.get(*at));
        let runs = quotes().map(|quote| quote.words.len().saturating_sub(RUN - 1).min(RUNS));
        // A third of the numbers at least is free, so that few runs share one.
        let size = (runs.sum::<usize>() * 3 / 2).next_power_of_two();
        let mut lists = Self {
            counts: vec![0; size.max(FEWEST_NUMBERS)],
            ..Self::default()
        };
        // Each thread reads all quotations and has the runs of its part, because they lie all over the memory.
        let part = lists.counts.len() / available_threads().next_power_of_two();
        let part = part.max(BLOCK);
        lists.count(all, order, part);
        lists.fill(all, order, part);
        lists
    }

    /// Counts the quotations of each run, so many runs a thread.
    fn count(&mut self, all: &QuoteWords, order: &[u32], part: usize) {
        // In the order of the numbers: their words lie side by side in memory then.
        let mut sorted = order.to_vec();
        sorted.par_sort_unstable();
        let numbers = self.counts.len();
        let parts = self.counts.par_chunks_mut(part).enumerate();
        parts.for_each(|(number, counts)| {
            let own = number * part..number * part + counts.len();
            let mut runs = Vec::new();
            for quote in sorted.iter().filter_map(|at| all.get(*at)) {
                put_runs(&quote, numbers, &own, &mut runs);
                for &run in &runs {
                    let count = &mut counts[run - own.start];
                    *count = count.saturating_add(1);
                }
            }
        });
    }

    fn fill(&mut self, all: &QuoteWords, order: &[u32], part: usize) {
        let mut end = 0;
        for block in self.counts.chunks(BLOCK) {
            end += block.iter().map(|count| length(*count)).sum::<usize>();
            self.block_ends.push(end as u32);
        }
        let mut places = vec![u32::MAX; end];
        let mut parts = Vec::new();
        let mut rest = places.as_mut_slice();
        for first in (0..self.counts.len()).step_by(part) {
            let start = self.span(first).start;
            let end = self.span(first + part - 1).end;
            let (own, others) = rest.split_at_mut(end - start);
            parts.push((first..first + part, start, own));
            rest = others;
        }
        parts.into_par_iter().for_each(|(own, start, places)| {
            let mut runs = Vec::new();
            for (place, at) in (0..).zip(order) {
                let Some(quote) = all.get(*at) else {
                    continue;
                };
                put_runs(&quote, self.counts.len(), &own, &mut runs);
                for &run in &runs {
                    let span = self.span(run);
                    let list = &mut places[span.start - start..span.end - start];
                    let free = list.partition_point(|kept| *kept != u32::MAX);
                    if let Some(free) = list.get_mut(free) {
                        *free = place;
                    }
                }
            }
        });
        self.places = places;
    }

    /// Returns the quotations before `place` that share runs with `one`, which is there, each as often as it shares one; the rarest
    /// runs first, until there are enough.
    pub(super) fn neighbours(&self, one: &HashedQuote<'_>, place: u32) -> Vec<u32> {
        let mut runs = Vec::new();
        put_runs(one, self.counts.len(), &(0..self.counts.len()), &mut runs);
        runs.retain(|&run| self.counts[run] > 1);
        runs.sort_unstable_by_key(|&run| (self.counts[run], run));
        let mut found: Vec<u32> = Vec::new();
        for run in runs {
            let list = self.places.get(self.span(run)).unwrap_or_default();
            found.extend(list.iter().take_while(|other| **other < place));
            if found.len() >= NEIGHBOURS {
                break;
            }
        }
        found
    }

    /// Returns where the list of a run is.
    fn span(&self, run: usize) -> Range<usize> {
        let (block, within) = (run / BLOCK, run % BLOCK);
        let before = block.checked_sub(1).map_or(0, |at| self.block_ends[at]);
        let counts = &self.counts[block * BLOCK..=run];
        let start = counts.iter().take(within).map(|count| length(*count));
        let start = before as usize + start.sum::<usize>();
        start..start + length(self.counts[run])
    }
}

/// Puts the numbers of the runs of a quotation into `runs`, sorted: those of `own`, a part of all `numbers`, which are a power of two.
fn put_runs(one: &HashedQuote<'_>, numbers: usize, own: &Range<usize>, runs: &mut Vec<usize>) {
    let windows = one.words.windows(RUN);
    let windows = windows.filter(|run| run.iter().any(HashedWord::is_content));
    // The low bits of a product are the weakest, so higher ones choose.
    let number = |run| (hash_run(run, 0) >> 32) as usize & (numbers - 1);
    runs.clear();
    let all = windows.map(number).take(RUNS);
    runs.extend(all.filter(|run| own.contains(run)));
    runs.sort_unstable();
    runs.dedup();
}

/// Returns the length of the list of a run that so many quotations have.
fn length(count: u8) -> usize {
    match count {
        0 | 1 => 0,
        more => more.min(QUOTES_A_RUN).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::quote_words::WordHasher;
    use super::*;
    use crate::ingest;
    use crate::library::ReportNo;
    use crate::text::Span;

    fn quotes(texts: &[&str]) -> QuoteWords {
        let mut all = QuoteWords::default();
        for text in texts {
            let article = ingest::article_from_text("a.txt", text);
            let span = Span::new(0, article.text.len());
            let quotes = [(span, None)].into_iter();
            all.append(&WordHasher::default().quotes(ReportNo(0), &article, quotes));
        }
        all
    }

    #[test]
    fn those_that_share_runs_are_neighbours_and_only_those_before() {
        let quotes = quotes(&[
            "Duties on steel stay in place until spring",
            "Rain fell on the quiet valley towns",
            "Duties on steel stay where they are",
            "The minister said duties on steel must go",
        ]);
        let lists = RunLists::new(&quotes, &[0, 1, 2, 3]);
        let of = |at: u32| {
            let mut found = lists.neighbours(&quotes.get(at).unwrap(), at);
            found.sort_unstable();
            found
        };
        assert!(of(0).is_empty());
        assert!(of(1).is_empty());
        assert_eq!(of(2), [0, 0]);
        assert_eq!(of(3), [0, 2]);
    }

    #[test]
    fn a_common_run_keeps_its_first_quotations_only() {
        let texts: Vec<String> = (0..100)
            .map(|number| format!("Duties on steel n{number}"))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let quotes = quotes(&texts);
        let lists = RunLists::new(&quotes, &(0..100).collect::<Vec<_>>());
        let found = lists.neighbours(&quotes.get(99).unwrap(), 99);
        assert_eq!(found, (0..u32::from(QUOTES_A_RUN)).collect::<Vec<_>>());
    }
}
