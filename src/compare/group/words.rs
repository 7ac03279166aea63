//! Counts the words of reports, each word by a number: the texts are not needed again.

use chrono::{Datelike as _, NaiveDate};
use foldhash::fast::FixedState;
use foldhash::{HashMap, HashMapExt as _};
use std::hash::{BuildHasher as _, Hasher as _};

use super::EventReport;
use crate::compare::normalize::{TermId, Vocabulary, WordClass, normalize};
use crate::compare::weights;
use crate::text::tokens;

/// Words as written whose stems are remembered: those of some ten thousand reports. More are stemmed again.
const REMEMBERED: usize = 1 << 18;

/// The counted words of a report, 5 bytes for each different word.
#[derive(Clone, Debug, Default)]
pub(super) struct CountedWords {
    /// Days since the birth of Christ, the day of publication.
    pub(super) day: Option<i32>,
    /// A hash of headline, text and day: the same whatever the order of loading.
    pub(super) key: u64,
    /// The stems that say something, rising.
    pub(super) terms: Box<[TermId]>,
    /// For each stem, how often it is used, those of the headline counting more; at most 255.
    pub(super) counts: Box<[u8]>,
}

impl CountedWords {
    /// Returns the terms with their counts.
    pub(super) fn counted(&self) -> impl Iterator<Item = (TermId, u8)> + '_ {
        self.terms.iter().copied().zip(self.counts.iter().copied())
    }

    /// Returns how often `term` is used.
    pub(super) fn count(&self, term: TermId) -> Option<u8> {
        let at = self.terms.binary_search(&term).ok()?;
        self.counts.get(at).copied()
    }
}

/// Counts the words of one report after the other; the numbers of words are those of all reports.
#[derive(Clone, Debug, Default)]
pub(super) struct WordCounter {
    pub(super) vocabulary: Vocabulary,
    /// The stems of words as they are written; none for a word of grammar.
    written: HashMap<Box<str>, Option<TermId>>,
    /// The number of times that the report being read uses each term.
    times: Vec<u8>,
}

impl WordCounter {
    /// Returns the counted words of a report.
    pub(super) fn count(&mut self, report: &EventReport<'_>) -> CountedWords {
        let mut used: Vec<TermId> = Vec::new();
        for (text, worth) in [(report.headline, weights::HEADLINE), (report.text, 1)] {
            for word in tokens::words(text) {
                used.extend(self.use_word(word.of(text), worth));
            }
        }
        used.sort_unstable();
        let mut take = |term: TermId| {
            let times = self.times.get_mut(term as usize);
            times.map_or(0, std::mem::take)
        };
        let counts: Box<[u8]> = used.iter().map(|&term| take(term)).collect();
        CountedWords {
            day: report.published.map(|day| day.num_days_from_ce()),
            key: key(report),
            counts,
            terms: used.into(),
        }
    }

    /// Counts a word; returns its term where the report did not use it before.
    fn use_word(&mut self, word: &str, worth: u8) -> Option<TermId> {
        let term = self.term(word)?;
        if self.times.len() <= term as usize {
            self.times.resize(self.vocabulary.len(), 0);
        }
        let times = self.times.get_mut(term as usize)?;
        let before = std::mem::replace(times, times.saturating_add(worth));
        (before == 0).then_some(term)
    }

    /// Forgets the words as they are written, which only save work.
    pub(super) fn forget_written(&mut self) {
        self.written = HashMap::new();
    }

    fn term(&mut self, word: &str) -> Option<TermId> {
        if let Some(&known) = self.written.get(word) {
            return known;
        }
        let (stem, class) = normalize(word);
        let term = (class != WordClass::Stop).then(|| self.vocabulary.term(&stem));
        if self.written.len() >= REMEMBERED {
            self.written.clear();
        }
        self.written.insert(word.into(), term);
        term
    }
}

fn key(report: &EventReport<'_>) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    hasher.write(report.headline.as_bytes());
    hasher.write_u8(0xff);
    hasher.write(report.text.as_bytes());
    let day = |day: NaiveDate| day.num_days_from_ce();
    hasher.write_i32(report.published.map_or(i32::MIN, day));
    hasher.finish()
}
