//! Finds the utterances of two reports that may be one: they share two words in a row, or a word that is (nearly) all of a quotation.

use foldhash::{HashMap, HashMapExt as _};

use super::words::ReportWords;
use crate::compare::grouped::Grouped;
use crate::compare::normalize::TermId;
use crate::compare::{Sides, weights};

/// Returns the utterances that share two words in a row, or a word that is (nearly) all of a quotation of one of them; ordered by
/// left then right.
pub(super) fn utterances(reports: &Sides<ReportWords<'_>>) -> Vec<Sides<usize>> {
    let Sides { left, right } = reports;
    let neighbours = KeyHolders::new(right, neighbours);
    let all = KeyHolders::new(right, content);
    let short = KeyHolders::new(right, short);
    let mut found = Vec::new();
    let mut others: Vec<u32> = Vec::new();
    for (number, words) in left.utterances.iter().enumerate() {
        others.clear();
        let mut add = |holders: &KeyHolders, keys: KeysOf| {
            keys(left, words, &mut |key| others.extend(holders.of(key)));
        };
        add(&neighbours, self::neighbours);
        add(&all, self::short);
        add(&short, self::content);
        others.sort_unstable();
        others.dedup();
        let pairs = others
            .iter()
            .map(|&other| Sides::new(number, other as usize));
        found.extend(pairs);
    }
    found
}

/// Two words in a row, or one.
type WordKey = [TermId; 2];

/// Gives the keys of the words of an utterance, some of them more than once.
type KeysOf = fn(&ReportWords<'_>, &[usize], &mut dyn FnMut(WordKey));

/// Gives the pairs of neighbours of which one says something.
fn neighbours(report: &ReportWords<'_>, words: &[usize], give: &mut dyn FnMut(WordKey)) {
    for pair in words.windows(2) {
        let [one, next] = [0, 1].map(|n| &report.words[pair[n]]);
        if one.is_content || next.is_content {
            give([one.term, next.term]);
        }
    }
}

/// Gives the words that say something.
fn content(report: &ReportWords<'_>, words: &[usize], give: &mut dyn FnMut(WordKey)) {
    let words = words.iter().map(|&at| &report.words[at]);
    for word in words.filter(|word| word.is_content) {
        give([word.term, TermId::MAX]);
    }
}

/// Gives the words that say something in a quotation of a word or two.
fn short(report: &ReportWords<'_>, words: &[usize], give: &mut dyn FnMut(WordKey)) {
    for &at in words {
        let word = &report.words[at];
        if word.is_content && report.quoted_around(at).len() < weights::VERY_SHORT {
            give([word.term, TermId::MAX]);
        }
    }
}

/// The utterances of the right report that have each key.
struct KeyHolders {
    numbers: HashMap<WordKey, usize>,
    holders: Grouped<u32>,
}

impl KeyHolders {
    fn new(report: &ReportWords<'_>, keys: KeysOf) -> Self {
        let mut numbers: HashMap<WordKey, usize> = HashMap::new();
        // The last utterance that had each key.
        let mut last: Vec<u32> = Vec::new();
        let mut all: Vec<(usize, u32)> = Vec::new();
        for (utterance, words) in (0..).zip(&report.utterances) {
            keys(report, words, &mut |key| {
                let number = *numbers.entry(key).or_insert(last.len());
                if number == last.len() {
                    last.push(u32::MAX);
                }
                if last[number] != utterance {
                    last[number] = utterance;
                    all.push((number, utterance));
                }
            });
        }
        Self {
            holders: Grouped::new(last.len(), all.into_iter()),
            numbers,
        }
    }

    /// Returns the holders of a key; none where they are very many, since what very many say tells nothing of two of them.
    fn of(&self, key: WordKey) -> &[u32] {
        let Some(&number) = self.numbers.get(&key) else {
            return &[];
        };
        let holders = self.holders.of(number);
        match holders.len() <= weights::UTTERANCE_HOLDERS {
            true => holders,
            false => &[],
        }
    }
}
