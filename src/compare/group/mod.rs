//! Groups reports into events: reports of one thing that happened, of about one day.
//!
//! Reports are alike by the weighted words of their whole text; events grow from the most alike by average link, so that nothing is
//! chained through one report that is a little like two. Only reports that are near in time and share rare words are looked at, which
//! keeps the work near the number of reports. Words weigh by how rare they are among the reports, with news at large as the prior, so
//! that two reports alone can be told apart too. The answer does not depend on the order in which reports were read.

mod likeness;
mod links;
mod rarity;
mod words;

use std::sync::Arc;

use chrono::NaiveDate;

use self::likeness::Likeness;
use self::rarity::TermRarity;
use self::words::{CountedWords, WordCounter};
use super::normalize::TermId;

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

/// A word that two reports share, as it was first written.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedTerm {
    /// The stem.
    pub word: String,
    /// Its part of the likeness of the two, from 0 to 1.
    pub weight: f32,
}

/// The counted words of one report: all that grouping needs of it.
#[derive(Clone, Debug, Default)]
pub struct CountedReport(Arc<CountedWords>);

/// Reports grouped into events.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// The numbers of the reports of each event, in order; events by their first report.
    pub groups: Vec<Vec<usize>>,
    counter: WordCounter,
    reports: Vec<CountedReport>,
    rarity: TermRarity,
}

/// Counts the words of reports, those that are known already from before.
#[derive(Clone, Debug, Default)]
pub struct EventCounter {
    counter: WordCounter,
}

impl EventCounter {
    /// Continues the count of events that were grouped before; the reports counted then keep their counts.
    pub fn of(events: &Events) -> Self {
        Self {
            counter: events.counter.clone(),
        }
    }

    /// Returns the counted words of a report.
    pub fn count(&mut self, report: &EventReport<'_>) -> CountedReport {
        CountedReport(Arc::new(self.counter.count(report)))
    }

    /// Groups reports that were counted here into events; reports more than `window` days apart are of two events.
    pub fn group(mut self, reports: Vec<CountedReport>, window: u32) -> Events {
        self.counter.forget_written();
        let words = reports.iter().map(|report| &*report.0);
        let rarity = TermRarity::new(words, &self.counter.vocabulary);
        Events {
            groups: groups(&reports, &rarity, window),
            counter: self.counter,
            reports,
            rarity,
        }
    }
}

/// Groups `reports` into events; reports more than `window` days apart are of two events.
pub fn events(reports: &[EventReport<'_>], window: u32) -> Events {
    let mut counter = EventCounter::default();
    let counted = reports.iter().map(|report| counter.count(report)).collect();
    counter.group(counted, window)
}

/// Returns the numbers of the reports of each event.
fn groups(reports: &[CountedReport], rarity: &TermRarity, window: u32) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    // By what they say and not by when they were read; reports that are equal in all can change places.
    order.sort_by_key(|&number| {
        reports
            .get(number)
            .map(|report| (report.0.day, report.0.key))
    });
    let sorted = order.iter().filter_map(|&number| reports.get(number));
    let sorted: Vec<&CountedWords> = sorted.map(|report| &*report.0).collect();
    let mut groups = links::grouped(&Likeness::find(&sorted, rarity, window));
    for group in &mut groups {
        for number in &mut *group {
            *number = order[*number];
        }
        group.sort_unstable();
    }
    groups.sort();
    groups
}

impl Events {
    /// Returns the counted words of report `number`.
    pub fn counted(&self, number: usize) -> Option<&CountedReport> {
        self.reports.get(number)
    }

    /// Returns the report that is most like report `number`, whatever their dates; none where no word is shared.
    pub fn nearest(&self, number: usize) -> Option<usize> {
        let report = &*self.reports.get(number)?.0;
        let mut loaded = vec![0; self.rarity.holders.len()];
        for (term, count) in report.counted() {
            loaded[term as usize] = self.rarity.weight(term, count) * self.rarity.rarity(term);
        }
        let likeness = |other: &CountedReport| {
            let sum = self.rarity.product(&loaded, &other.0);
            sum as f64 / self.rarity.length(&other.0)
        };
        let others = self.reports.iter().enumerate();
        let others = others.filter(|&(other, _)| other != number);
        others
            .map(|(other, report)| (other, likeness(report)))
            .filter(|&(_, likeness)| likeness > 0.0)
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(other, _)| other)
    }

    /// Returns how alike two reports are, from 0 to 1, whatever their dates.
    pub fn likeness(&self, one: usize, other: usize) -> f32 {
        self.shared_weights(one, other).map(|(_, part)| part).sum()
    }

    /// Returns the words that make two reports alike, the weightiest first.
    pub fn shared(&self, one: usize, other: usize) -> Vec<SharedTerm> {
        let shared = self.shared_weights(one, other);
        let shared = shared.map(|(term, weight)| SharedTerm {
            word: self.counter.vocabulary.word(term).to_owned(),
            weight,
        });
        let mut shared: Vec<_> = shared.collect();
        shared.sort_by(|a, b| (b.weight.total_cmp(&a.weight)).then_with(|| a.word.cmp(&b.word)));
        shared
    }

    /// Returns the words that two reports share, each with its part of their likeness.
    fn shared_weights(&self, one: usize, other: usize) -> impl Iterator<Item = (TermId, f32)> {
        let both = self.reports.get(one).zip(self.reports.get(other));
        both.into_iter().flat_map(move |(one, other)| {
            let length = self.rarity.length(&one.0) * self.rarity.length(&other.0);
            one.0
                .shared_with(&other.0)
                .map(move |(term, count, other)| {
                    let weight = |count| self.rarity.weight(term, count) as f64;
                    let part = weight(count) * weight(other) / length;
                    (term, part as f32)
                })
        })
    }
}

#[cfg(test)]
mod tests;
