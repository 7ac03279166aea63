//! Finds the reports that are alike: those near in time that share words, through lists of the reports that have each word.
//!
//! Reports are taken in the order of their days, so that a list holds no more than the days of the window. The rarest words are looked up
//! first and only so many of them, which bounds the work where thousands of reports tell of one thing. A copy of a report of the same day
//! is counted with it and not compared again: a wire story costs as much as its versions differ.

use std::collections::VecDeque;

use super::rarity::TermRarity;
use super::words::CountedWords;
use crate::compare::normalize::TermId;
use crate::compare::weights;

/// Parts of one that the part of a word in the weight of a report is counted in.
const WORD_PARTS: f64 = (1 << 15) as f64;

/// The likeness of reports that may be of one event, numbered in the order of their days.
#[derive(Clone, Debug, Default)]
pub(super) struct Likeness {
    /// An earlier and a later report and how alike they are.
    pub(super) pairs: Vec<(u32, u32, f32)>,
    /// For each report the one that it is a copy of, if it is.
    pub(super) copy_of: Vec<Option<u32>>,
}

impl Likeness {
    /// Finds the likeness of `reports`, which are sorted by day, those without a day first.
    pub(super) fn find(reports: &[&CountedWords], rarity: &TermRarity, window: u32) -> Self {
        let mut search = LikenessSearch::new(reports, rarity, window);
        let mut found = Self::default();
        for number in 0..u32::try_from(reports.len()).unwrap_or(u32::MAX) {
            search.load(number);
            let alike = search.alike(number);
            let copied = search.copied(number, &alike);
            if copied.is_none() {
                let pairs = alike.into_iter();
                let pairs = pairs.map(|(other, likeness)| (other, number, likeness));
                found
                    .pairs
                    .extend(pairs.filter(|(.., likeness)| *likeness > 0.0));
                search.enlist(number);
            }
            found.copy_of.push(copied);
        }
        found
    }
}

/// Returns the days between two reports, if both have a day.
fn days_between(one: &CountedWords, other: &CountedWords) -> Option<u32> {
    Some(one.day?.abs_diff(other.day?))
}

/// Returns the factor for the likeness of two reports over the days between them; 0 outside the window.
fn nearness(days: u32, window: u32) -> f32 {
    if days > window {
        0.0
    } else {
        (1.0 - weights::PER_DAY * days as f32).max(0.0)
    }
}

/// A report that has a word.
#[derive(Clone, Copy, Debug)]
struct WordHolder {
    number: u32,
    /// The part of the word in its weight, in [`WORD_PARTS`].
    part: u32,
}

/// The reports met so far that have a word.
#[derive(Clone, Debug, Default)]
struct WordHolders {
    undated: Vec<WordHolder>,
    /// By day; those before the window are dropped when the word is looked up.
    dated: VecDeque<WordHolder>,
}

struct LikenessSearch<'a> {
    reports: &'a [&'a CountedWords],
    rarity: &'a TermRarity,
    window: u32,
    lengths: Vec<f64>,
    holders: Vec<WordHolders>,
    /// The weight of each word of the report that is loaded, times its rarity.
    loaded: Vec<u64>,
    /// For each term of that report, in order, its part in the weight of the report.
    parts: Vec<u32>,
    loaded_number: Option<u32>,
    /// For each report, the product of its words with those of the loaded one, as far as they were looked up.
    shared: Vec<u32>,
    touched: Vec<u32>,
}

impl<'a> LikenessSearch<'a> {
    fn new(reports: &'a [&'a CountedWords], rarity: &'a TermRarity, window: u32) -> Self {
        let terms = rarity.holders.len();
        Self {
            reports,
            rarity,
            window,
            lengths: reports.iter().map(|report| rarity.length(report)).collect(),
            holders: vec![WordHolders::default(); terms],
            loaded: vec![0; terms],
            parts: Vec::new(),
            loaded_number: None,
            shared: vec![0; reports.len()],
            touched: Vec::new(),
        }
    }

    fn report(&self, number: u32) -> Option<&'a CountedWords> {
        self.reports.get(number as usize).copied()
    }

    /// Makes the words of a report those that others are compared with.
    fn load(&mut self, number: u32) {
        let before = self.loaded_number.replace(number);
        let before = before.and_then(|number| self.report(number));
        for term in before.into_iter().flat_map(CountedWords::terms) {
            self.set_loaded(term, 0);
        }
        self.parts.clear();
        let length = self.length(number);
        let counted = self.report(number).into_iter();
        for (term, count) in counted.flat_map(CountedWords::counted) {
            let weight = self.rarity.weight(term, count);
            self.set_loaded(term, weight * self.rarity.rarity(term));
            // At least the smallest part, so that no word is lost.
            let part = weight as f64 / length * WORD_PARTS;
            self.parts.push(part.max(1.0) as u32);
        }
    }

    fn set_loaded(&mut self, term: TermId, weight: u64) {
        if let Some(place) = self.loaded.get_mut(term as usize) {
            *place = weight;
        }
    }

    /// Returns the earlier reports that are like the loaded one, those that share most if they are very many, each with its likeness.
    fn alike(&mut self, number: u32) -> Vec<(u32, f32)> {
        let Some(report) = self.report(number) else {
            return Vec::new();
        };
        for (term, part) in self.looked_up(report) {
            self.look_up(term, part);
        }
        let shared = &mut self.shared;
        let touched = self.touched.drain(..);
        let touched = touched
            .filter_map(|other| Some((other, std::mem::take(shared.get_mut(other as usize)?))));
        let least = (weights::EVENT_PROMISING * WORD_PARTS * WORD_PARTS) as u32;
        let mut found: Vec<(u32, u32)> = touched.filter(|&(_, sum)| sum >= least).collect();
        if found.len() > weights::EVENT_PARTNERS {
            found.select_nth_unstable_by_key(weights::EVENT_PARTNERS, |&(other, sum)| {
                (std::cmp::Reverse(sum), other)
            });
            found.truncate(weights::EVENT_PARTNERS);
        }
        found.sort_unstable();
        let found = found.into_iter();
        found
            .map(|(other, _)| (other, self.likeness(number, other)))
            .collect()
    }

    /// Returns the words of a report that are looked up, each with its part in it, the rarest first: words that as many reports have are looked up all or none.
    fn looked_up(&mut self, report: &CountedWords) -> Vec<(TermId, u32)> {
        let mut terms: Vec<(u32, usize, (TermId, u32))> = Vec::with_capacity(report.len);
        for (place, term) in report.terms().enumerate() {
            let part = self.parts.get(place).copied().unwrap_or(1);
            let all = self.rarity.holders(term);
            // A word that no other report has leads to none.
            if all > 1 {
                let within = self.within_window(report, term);
                terms.push((all, within, (term, part)));
            }
        }
        let needed: usize = terms.iter().map(|(_, within, _)| within).sum();
        if needed > weights::EVENT_VISITS {
            terms.sort_unstable();
            let mut rest = weights::EVENT_VISITS;
            let fitting = terms.chunk_by(|one, next| one.0 == next.0);
            let fitting = fitting.take_while(|class| {
                let needed = class.iter().map(|(_, within, _)| within).sum();
                let left = rest.checked_sub(needed);
                rest = left.unwrap_or(0);
                left.is_some()
            });
            let fitting = fitting.map(<[_]>::len).sum();
            terms.truncate(fitting);
        }
        terms.into_iter().map(|(.., term)| term).collect()
    }

    /// Drops the reports before the window of `report` from the list of a word; returns the number of those that are left.
    fn within_window(&mut self, report: &CountedWords, term: TermId) -> usize {
        let Some(holders) = self.holders.get_mut(term as usize) else {
            return 0;
        };
        let is_before = |holder: &WordHolder| {
            let other = self.reports.get(holder.number as usize);
            let days = other.and_then(|other| days_between(report, other));
            days.is_some_and(|days| days > self.window)
        };
        while holders.dated.front().is_some_and(is_before) {
            holders.dated.pop_front();
        }
        holders.undated.len() + holders.dated.len()
    }

    fn length(&self, number: u32) -> f64 {
        self.lengths.get(number as usize).copied().unwrap_or(1.0)
    }

    fn look_up(&mut self, term: TermId, part: u32) {
        let Some(holders) = self.holders.get(term as usize) else {
            return;
        };
        for other in holders.undated.iter().chain(&holders.dated) {
            if let Some(shared) = self.shared.get_mut(other.number as usize) {
                if *shared == 0 {
                    self.touched.push(other.number);
                }
                *shared = shared.saturating_add(part * other.part);
            }
        }
    }

    /// Returns the likeness of the loaded report, which is `number`, to another one.
    fn likeness(&self, number: u32, other: u32) -> f32 {
        let (Some(one), Some(report)) = (self.report(number), self.report(other)) else {
            return 0.0;
        };
        let sum = self.rarity.product(&self.loaded, report);
        let cosine = sum as f64 / (self.length(number) * self.length(other));
        let days = days_between(one, report);
        let near = days.map_or(1.0, |days| nearness(days, self.window));
        near * cosine as f32
    }

    /// Returns the report of the same day that the loaded one is a copy of: the most alike, of equals the first.
    fn copied(&self, number: u32, alike: &[(u32, f32)]) -> Option<u32> {
        let day = |number: u32| self.report(number).map(|report| report.day);
        let mut best: Option<(u32, f32)> = None;
        for &(other, likeness) in alike {
            let is_copy = likeness >= weights::EVENT_COPY && day(other) == day(number);
            if is_copy && best.is_none_or(|(_, most)| likeness > most) {
                best = Some((other, likeness));
            }
        }
        best.map(|(other, _)| other)
    }

    /// Puts a report into the lists of its words.
    fn enlist(&mut self, number: u32) {
        let Some(report) = self.report(number) else {
            return;
        };
        for (term, &part) in report.terms().zip(&self.parts) {
            let is_shared = self.rarity.holders(term) > 1;
            let holder = WordHolder { number, part };
            if let Some(holders) = self.holders.get_mut(term as usize).filter(|_| is_shared) {
                match report.day {
                    None => holders.undated.push(holder),
                    Some(_) => holders.dated.push_back(holder),
                }
            }
        }
    }
}
