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

/// The counted words of a report, less than two bytes for each different word.
#[derive(Clone, Debug, Default)]
pub(super) struct CountedWords {
    /// Days since the birth of Christ, the day of publication.
    pub(super) day: Option<i32>,
    /// A hash of headline, text and day: the same whatever the order of loading.
    pub(super) key: u64,
    /// The number of different stems.
    pub(super) len: usize,
    /// For each stem that says something, in the order of their numbers: how far its number is from the one before, then how often
    /// it is used where that is not once.
    encoded: Box<[u8]>,
}

impl CountedWords {
    /// Returns the stems with how often each is used, those of the headline counting more; at most 255.
    pub(super) fn counted(&self) -> CountedTerms<'_> {
        CountedTerms {
            rest: self.encoded.iter(),
            last: 0,
        }
    }

    /// Returns the stems, in the order of their numbers.
    pub(super) fn terms(&self) -> impl Iterator<Item = TermId> + '_ {
        self.counted().map(|(term, _)| term)
    }

    /// Returns the stems that another report has as well, with both counts.
    pub(super) fn shared_with(&self, other: &Self) -> impl Iterator<Item = (TermId, u8, u8)> {
        let mut others = other.counted().peekable();
        self.counted().filter_map(move |(term, count)| {
            while others.next_if(|(other, _)| *other < term).is_some() {}
            let (_, other) = others.next_if(|(other, _)| *other == term)?;
            Some((term, count, other))
        })
    }
}

/// Bits of a number that are in one byte.
const BITS_A_BYTE: u32 = 7;
/// The bit of a byte that says that the number goes on in the next one.
const GOES_ON: u8 = 1 << BITS_A_BYTE;

/// Adds a number to `encoded`, the lowest bits first.
fn encode(mut number: u64, encoded: &mut Vec<u8>) {
    while number >= u64::from(GOES_ON) {
        encoded.push(number as u8 | GOES_ON);
        number >>= BITS_A_BYTE;
    }
    encoded.push(number as u8);
}

/// Reads the counted words of a report.
#[derive(Clone, Debug)]
pub(super) struct CountedTerms<'a> {
    rest: std::slice::Iter<'a, u8>,
    last: TermId,
}

impl Iterator for CountedTerms<'_> {
    type Item = (TermId, u8);

    fn next(&mut self) -> Option<(TermId, u8)> {
        let (mut number, mut bits) = (0_u64, 0);
        loop {
            let byte = *self.rest.next()?;
            number |= u64::from(byte & !GOES_ON) << bits;
            if byte & GOES_ON == 0 {
                break;
            }
            bits += BITS_A_BYTE;
        }
        self.last += (number >> 1) as TermId;
        let is_once = number & 1 == 0;
        let count = if is_once { 1 } else { *self.rest.next()? };
        Some((self.last, count))
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
    /// The words of that report, encoded.
    encoded: Vec<u8>,
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
        self.encoded.clear();
        let mut last = 0;
        for &term in &used {
            let times = self.times.get_mut(term as usize);
            let count = times.map_or(1, std::mem::take);
            let gap = u64::from(term - std::mem::replace(&mut last, term));
            encode(gap << 1 | u64::from(count != 1), &mut self.encoded);
            if count != 1 {
                self.encoded.push(count);
            }
        }
        CountedWords {
            day: report.published.map(|day| day.num_days_from_ce()),
            key: key(report),
            len: used.len(),
            encoded: self.encoded.as_slice().into(),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(counter: &mut WordCounter, text: &str) -> CountedWords {
        counter.count(&EventReport {
            headline: "",
            text,
            published: None,
        })
    }

    #[test]
    fn words_are_counted_whatever_their_numbers() {
        let mut counter = WordCounter::default();
        let many: Vec<String> = (0..40_000).map(|number| format!("n{number}x")).collect();
        let all = counted(&mut counter, &many.join(" "));
        assert!(all.counted().eq((0..40_000).map(|term| (term, 1))));
        let few = format!("n0x n39999x {}", "n300x ".repeat(700));
        let few = counted(&mut counter, &few);
        let found: Vec<(TermId, u8)> = few.counted().collect();
        assert_eq!(found, [(0, 1), (300, 255), (39_999, 1)]);
        assert_eq!(few.len, 3);
        let shared: Vec<_> = few.shared_with(&all).collect();
        assert_eq!(shared, [(0, 1, 1), (300, 255, 1), (39_999, 1, 1)]);
        let other = counted(&mut counter, "n299x n300x n301x");
        assert!(other.shared_with(&few).eq([(300, 1, 255)]));
    }
}
