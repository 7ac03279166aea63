//! Groups reports into events: reports of one thing that happened, of about one day.
//!
//! Reports are alike by the weighted words of their whole text; events grow from the most alike by average link, so that nothing is
//! chained through one report that is a little like two. Only reports that are near in time and share rare words are looked at, which
//! keeps the work near the number of reports. Words weigh by how rare they are among the reports, with news at large as the prior, so
//! that two reports alone can be told apart too.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt as _};

use super::candidates::dot;
use super::common;
use super::normalize::{TermId, Vocabulary, WordClass, WordReader};
use super::similarity::{unit, weight_in};
use super::weights;
use crate::text::tokens;

/// Most days between reports of one event, unless the reader says otherwise.
pub const WINDOW: u32 = 3;

/// A report to group into an event.
#[derive(Clone, Copy, Debug)]
pub struct EventReport<'a> {
    /// Its headline, if any.
    pub headline: &'a str,
    /// Its story.
    pub text: &'a str,
    /// The day of its publication; a report without one may belong to any time.
    pub published: Option<NaiveDate>,
}

/// Reports grouped into events.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// The numbers of the reports of each event, in order; events by their first report.
    pub groups: Vec<Vec<usize>>,
    vocabulary: Vocabulary,
    vectors: Vec<Vec<(TermId, f32)>>,
}

/// A word that two reports share, as it was first written.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedTerm {
    /// The stem.
    pub word: String,
    /// Its part of the likeness of the two, from 0 to 1.
    pub weight: f32,
}

/// Groups `reports` into events; reports more than `window` days apart are of two events.
pub fn events(reports: &[EventReport<'_>], window: u32) -> Events {
    let (counts, vocabulary) = all_counts(reports);
    let holders = holders(&counts, vocabulary.len());
    let rarity = rarity(&holders, reports.len(), &vocabulary);
    let vectors = counts.into_iter().map(|counts| vector(counts, &rarity));
    let vectors: Vec<_> = vectors.collect();
    let near = |one: usize, other: usize| {
        let days = days_between(&reports[one], &reports[other]);
        days.map_or(1.0, |days| nearness(days, window.into()))
    };
    let likeness = likeness(near, &vectors, &holders);
    Events {
        groups: EventLinks::new(reports.len(), &likeness).grouped(),
        vocabulary,
        vectors,
    }
}

impl Events {
    /// Returns how alike two reports are, from 0 to 1, whatever their dates.
    pub fn likeness(&self, one: usize, other: usize) -> f32 {
        self.shared(one, other).iter().map(|term| term.weight).sum()
    }

    /// Returns the words that make two reports alike, the weightiest first.
    pub fn shared(&self, one: usize, other: usize) -> Vec<SharedTerm> {
        let (Some(one), Some(other)) = (self.vectors.get(one), self.vectors.get(other)) else {
            return Vec::new();
        };
        let mut shared: Vec<_> = one
            .iter()
            .filter_map(|&(term, weight)| {
                Some(SharedTerm {
                    word: self.vocabulary.word(term).to_owned(),
                    weight: weight * weight_in(other, term)?,
                })
            })
            .collect();
        shared.sort_by(|a, b| (b.weight.total_cmp(&a.weight)).then_with(|| a.word.cmp(&b.word)));
        shared
    }
}

/// Counts the words of each report. Every word as it is written is kept only as long as that, since those are many.
fn all_counts(reports: &[EventReport<'_>]) -> (Vec<HashMap<TermId, f32>>, Vocabulary) {
    let mut reader = WordReader::default();
    let counts = reports.iter().map(|report| counts(report, &mut reader));
    (counts.collect(), reader.vocabulary)
}

/// Counts the words of a report; those of its headline count more.
fn counts<'a>(report: &EventReport<'a>, reader: &mut WordReader<'a>) -> HashMap<TermId, f32> {
    let mut counts = HashMap::new();
    for (text, worth) in [(report.headline, weights::HEADLINE), (report.text, 1.0)] {
        for word in tokens::words(text) {
            let (term, class) = reader.term_of_written(word.of(text));
            if class != WordClass::Stop {
                *counts.entry(term).or_default() += worth;
            }
        }
    }
    counts
}

fn holders(counts: &[HashMap<TermId, f32>], terms: usize) -> Vec<u32> {
    let mut holders = vec![0; terms];
    for term in counts.iter().flat_map(HashMap::keys) {
        holders[*term as usize] += 1;
    }
    holders
}

/// Returns how rare each word is among the reports and as many more of news at large.
fn rarity(holders: &[u32], reports: usize, vocabulary: &Vocabulary) -> Vec<f32> {
    let all = reports as f32 + weights::AT_LARGE;
    (0..)
        .zip(holders)
        .map(|(term, &count)| {
            let at_large = common::share(vocabulary.word(term)) * weights::AT_LARGE;
            (all / (count as f32 + at_large)).ln().max(0.0)
        })
        .collect()
}

fn vector(counts: HashMap<TermId, f32>, rarity: &[f32]) -> Vec<(TermId, f32)> {
    let mut vector: Vec<(TermId, f32)> = counts
        .into_iter()
        .map(|(term, count)| (term, (1.0 + count.ln()) * rarity[term as usize]))
        .collect();
    vector.sort_unstable_by_key(|&(term, _)| term);
    unit(vector)
}

/// Returns the days between two reports, if both have a date.
fn days_between(one: &EventReport<'_>, other: &EventReport<'_>) -> Option<i64> {
    Some((one.published? - other.published?).num_days().abs())
}

/// Returns the factor for the likeness of two reports over the days between them; 0 outside the window.
fn nearness(days: i64, window: i64) -> f32 {
    if days > window {
        0.0
    } else {
        1.0 - weights::PER_DAY * days as f32
    }
}

/// Returns the likeness of reports that share rare words and are near in time, by the factor that `near` has for two of them.
fn likeness(
    near: impl Fn(usize, usize) -> f32,
    vectors: &[Vec<(TermId, f32)>],
    holders: &[u32],
) -> Vec<(usize, usize, f32)> {
    let most = weights::RARE_HOLDERS.max(u32::try_from(vectors.len()).unwrap_or(u32::MAX) / 20);
    let mut with: HashMap<TermId, Vec<usize>> = HashMap::new();
    let mut found = Vec::new();
    let mut sums: HashMap<usize, f32> = HashMap::new();
    for (number, vector) in vectors.iter().enumerate() {
        sums.clear();
        let rare = vector.iter();
        let rare = rare.filter(|&&(term, _)| holders[term as usize] <= most);
        for &(term, weight) in rare {
            let list = with.entry(term).or_default();
            for &other in list.iter() {
                *sums.entry(other).or_default() += weight;
            }
            list.push(number);
        }
        for (&other, _) in sums.iter().filter(|(_, sum)| **sum >= weights::RARE_SHARED) {
            let factor = near(number, other);
            if factor > 0.0 {
                let alike = factor * dot(vector, &vectors[other]);
                found.push((other, number, alike));
            }
        }
    }
    found
}

/// Groups that are joined, the most alike first, while their reports are alike enough on average.
struct EventLinks {
    members: Vec<Vec<usize>>,
    /// For each group, the summed likeness of its reports to those of other groups.
    sums: Vec<BTreeMap<usize, f32>>,
    /// Two groups and how alike they are, ordered by likeness; the earlier groups first where that is equal. The likeness is above 0
    /// and stands as its bits: positive floats sort as their bits do.
    queue: BinaryHeap<(u32, Reverse<(usize, usize)>)>,
}

impl EventLinks {
    fn new(reports: usize, likeness: &[(usize, usize, f32)]) -> Self {
        let mut links = Self {
            members: (0..reports).map(|number| vec![number]).collect(),
            sums: vec![BTreeMap::new(); reports],
            queue: BinaryHeap::new(),
        };
        for &(one, other, alike) in likeness {
            links.sums[one].insert(other, alike);
            links.sums[other].insert(one, alike);
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
        let pairs = self.members[one].len() * self.members[other].len();
        let sum = self.sums[one].get(&other).copied().unwrap_or(0.0);
        sum / pairs.max(1) as f32
    }

    fn grouped(mut self) -> Vec<Vec<usize>> {
        while let Some((mean, Reverse((one, other)))) = self.queue.pop() {
            // A link whose groups have grown since has another mean now; it was queued again then.
            if mean == self.mean(one, other).to_bits() {
                self.join(one, other);
            }
        }
        let mut groups = self.members;
        groups.retain(|group| !group.is_empty());
        for group in &mut groups {
            group.sort_unstable();
        }
        groups.sort();
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

#[cfg(test)]
mod tests {
    use super::*;

    const REPORTS: [&str; 4] = [
        "Carney spoke with Trump about steel and aluminum tariffs and the clerk of the Privy Council is in Washington.",
        "A storm hit the coast of Florida and left thousands of homes without power, the governor said.",
        "Trump and Carney discussed aluminum and steel tariffs; the Privy Council's clerk travelled to Washington.",
        "Thousands of Florida homes lost power when the storm reached the coast.",
    ];

    fn report(text: &str, day: u32) -> EventReport<'_> {
        EventReport {
            headline: "",
            text,
            published: NaiveDate::from_ymd_opt(2025, 9, day),
        }
    }

    fn groups(days: [u32; 4]) -> Vec<Vec<usize>> {
        let mut days = days.into_iter();
        let reports = REPORTS.map(|text| report(text, days.next().unwrap()));
        events(&reports, 3).groups
    }

    #[test]
    fn reports_of_one_event_are_together() {
        assert_eq!(groups([3, 3, 4, 3]), [vec![0, 2], vec![1, 3]]);
    }

    #[test]
    fn reports_far_apart_in_time_are_not() {
        assert_eq!(groups([3, 3, 20, 3]), [vec![0], vec![1, 3], vec![2]]);
    }

    #[test]
    fn the_words_that_two_reports_share_say_why_they_are_together() {
        let reports = REPORTS.map(|text| report(text, 3));
        let events = events(&reports, 3);
        let why: Vec<_> = events
            .shared(0, 2)
            .into_iter()
            .map(|term| term.word)
            .collect();
        assert!(
            why.contains(&"privi".to_owned()) && why.contains(&"tariff".to_owned()),
            "{why:?}"
        );
        assert!(events.likeness(0, 2) > events.likeness(0, 1));
    }
}
