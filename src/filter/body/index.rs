//! Which texts hold which words.
//!
//! A word is a run of letters and digits, folded. All words stand one after the other in one string, so that a part of
//! one is found by memmem there instead of in the texts; for each there is a list of the texts that hold it: the steps
//! from number to number, seven bits a byte, or a bit for each text where more than one text in eight holds the word.

use memchr::memmem::Finder;
use xxhash_rust::xxh3::xxh3_64;

use super::{fold_into, folded};

/// Stands after every word in the string of words; no word holds it.
const END: char = '\n';
/// Of so many texts a word must be in one, for a bit a text to be shorter than a byte a step.
const DENSE: usize = 8;

/// The words of texts, with the texts that hold each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    pub(super) texts: u32,
    /// The words, each followed by [`END`].
    pub(super) words: String,
    /// Where each word ends in `words`.
    pub(super) word_ends: Vec<u32>,
    /// The lists, side by side.
    pub(super) lists: Vec<u8>,
    /// Where each word's list ends in `lists`.
    pub(super) list_ends: Vec<u32>,
}

impl Index {
    /// Returns the numbers of the texts that hold every one of `words`, in order.
    ///
    /// Exact for words of letters and digits; for a phrase the texts that may hold it, see [`Index::settles`].
    pub fn holding(&self, words: &[&str]) -> Vec<u32> {
        let mut found = Set::all(self.texts);
        for word in folded(words) {
            for part in parts(&word) {
                found.keep(&self.holding_part(part));
            }
        }
        found.numbers()
    }

    /// Whether [`Index::holding`] answers for `word` without a look at the texts.
    pub fn settles(word: &str) -> bool {
        word.chars().all(char::is_alphanumeric)
    }

    /// Returns how many texts it knows.
    pub fn len(&self) -> usize {
        self.texts as usize
    }

    /// Whether it knows no text.
    pub fn is_empty(&self) -> bool {
        self.texts == 0
    }

    /// Returns its size in bytes.
    pub fn size(&self) -> usize {
        self.words.len() + self.lists.len() + 4 * (self.word_ends.len() + self.list_ends.len())
    }

    /// Returns the texts with a word that holds `part`, a run of letters and digits with [`END`] where the run must end.
    fn holding_part(&self, part: Part) -> Set {
        let mut texts = Set::none(self.texts);
        let finder = Finder::new(part.letters);
        let mut at = 0;
        while let Some(hit) = self
            .words
            .as_bytes()
            .get(at..)
            .and_then(|rest| finder.find(rest))
        {
            let word = self
                .word_ends
                .partition_point(|&end| (end as usize) < at + hit);
            let Some(&end) = self.word_ends.get(word) else {
                break;
            };
            if self.is_held(word, part, at + hit) {
                self.add_list(word, &mut texts);
                at = end as usize + 1;
            } else {
                at += hit + 1;
            }
        }
        texts
    }

    fn is_held(&self, word: usize, part: Part, at: usize) -> bool {
        let start = word
            .checked_sub(1)
            .and_then(|before| self.word_ends.get(before))
            .map_or(0, |&end| end as usize + 1);
        let end = self.word_ends.get(word).map_or(0, |&end| end as usize);
        (!part.begins || at == start) && (!part.ends || at + part.letters.len() == end)
    }

    fn add_list(&self, word: usize, texts: &mut Set) {
        let start = word
            .checked_sub(1)
            .and_then(|before| self.list_ends.get(before))
            .map_or(0, |&end| end as usize);
        let end = self.list_ends.get(word).map_or(0, |&end| end as usize);
        match self.lists.get(start..end).and_then(<[u8]>::split_first) {
            Some((&BITS, bits)) => texts.add_bits(bits),
            Some((_, steps)) => texts.add_steps(steps),
            None => {}
        }
    }
}

/// A list's first byte: bits or steps.
const BITS: u8 = 1;
const STEPS: u8 = 0;

/// A run of letters and digits that a phrase is made of.
#[derive(Clone, Copy, Debug)]
struct Part<'a> {
    letters: &'a str,
    /// Whether a word must begin with it, because something stands before it in the phrase.
    begins: bool,
    /// Whether a word must end with it.
    ends: bool,
}

fn parts(phrase: &str) -> impl Iterator<Item = Part<'_>> {
    runs(phrase).map(|(start, letters)| Part {
        letters,
        begins: start > 0,
        ends: start + letters.len() < phrase.len(),
    })
}

/// Returns the runs of letters and digits in `text`, with where they start.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(char::is_alphanumeric)?;
        let run = text.get(start..)?;
        let length = run
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(run.len());
        at = start + length;
        Some((start, run.get(..length)?))
    })
}

/// A set of texts, a bit each.
#[derive(Clone, Debug)]
struct Set {
    bits: Vec<u8>,
    count: u32,
}

impl Set {
    fn none(count: u32) -> Self {
        Set {
            bits: vec![0; (count as usize).div_ceil(8)],
            count,
        }
    }

    fn all(count: u32) -> Self {
        Set {
            bits: vec![u8::MAX; (count as usize).div_ceil(8)],
            count,
        }
    }

    fn keep(&mut self, other: &Set) {
        for (mine, other) in self.bits.iter_mut().zip(&other.bits) {
            *mine &= other;
        }
    }

    fn add_bits(&mut self, bits: &[u8]) {
        for (mine, other) in self.bits.iter_mut().zip(bits) {
            *mine |= other;
        }
    }

    fn add_steps(&mut self, steps: &[u8]) {
        let (mut text, mut step, mut shift) = (0u32, 0u32, 0);
        for &byte in steps {
            step |= u32::from(byte & 0x7F).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if byte < 0x80 {
                text = text.saturating_add(step);
                self.add(text.saturating_sub(1));
                (step, shift) = (0, 0);
            }
        }
    }

    fn add(&mut self, text: u32) {
        if let Some(bits) = self.bits.get_mut(text as usize / 8) {
            *bits |= 1 << (text % 8);
        }
    }

    fn numbers(&self) -> Vec<u32> {
        let mut numbers = Vec::new();
        for (place, &bits) in (0u32..).zip(&self.bits) {
            let mut left = bits;
            while left != 0 {
                numbers.push(place * 8 + left.trailing_zeros());
                left &= left - 1;
            }
        }
        numbers.retain(|&number| number < self.count);
        numbers
    }
}

/// Makes an [`Index`], text by text.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    texts: u32,
    words: String,
    word_ends: Vec<u32>,
    postings: Vec<Posting>,
    /// Numbers of words plus one by the hash of their letters; zero is free. A power of two long.
    slots: Vec<u32>,
    letters: String,
}

/// A word's list while it grows.
#[derive(Clone, Debug, Default)]
struct Posting {
    steps: Vec<u8>,
    count: u32,
    /// The last text, counted from one.
    last: u32,
}

impl Builder {
    /// Adds a text; numbers follow the order of the calls.
    pub fn push(&mut self, text: &str) {
        let mut letters = std::mem::take(&mut self.letters);
        letters.clear();
        fold_into(text, &mut letters);
        self.push_folded(&letters);
        self.letters = letters;
    }

    /// Adds a text that is folded already.
    pub(super) fn push_folded(&mut self, letters: &str) {
        self.texts += 1;
        for (_, word) in runs(letters) {
            let number = self.number(word);
            if let Some(posting) = self.postings.get_mut(number) {
                posting.note(self.texts);
            }
        }
    }

    /// Returns the index of the texts that were added.
    pub fn finish(self) -> Index {
        let mut lists = Vec::new();
        let mut list_ends = Vec::with_capacity(self.postings.len());
        for posting in &self.postings {
            posting.write(self.texts, &mut lists);
            list_ends.push(lists.len() as u32);
        }
        Index {
            texts: self.texts,
            words: self.words,
            word_ends: self.word_ends,
            lists,
            list_ends,
        }
    }

    /// Returns the word's number, a new one if it was not seen before.
    fn number(&mut self, word: &str) -> usize {
        if self.slots.len() < 2 * (self.word_ends.len() + 1) {
            self.grow();
        }
        let slot = self.slot(word);
        match self.slots[slot].checked_sub(1) {
            Some(number) => number as usize,
            None => {
                self.words.push_str(word);
                self.word_ends.push(self.words.len() as u32);
                self.words.push(END);
                self.postings.push(Posting::default());
                self.slots[slot] = self.word_ends.len() as u32;
                self.word_ends.len() - 1
            }
        }
    }

    /// Returns the slot that holds the word, or the free one where it belongs.
    fn slot(&self, word: &str) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = xxh3_64(word.as_bytes()) as usize & last;
        while let Some(number) = self.slots[slot].checked_sub(1) {
            if self.word(number as usize) == word {
                break;
            }
            slot = (slot + 1) & last;
        }
        slot
    }

    fn word(&self, number: usize) -> &str {
        let start = number
            .checked_sub(1)
            .map_or(0, |before| self.word_ends[before] as usize + 1);
        &self.words[start..self.word_ends[number] as usize]
    }

    fn grow(&mut self) {
        self.slots = vec![
            0;
            (4 * (self.word_ends.len() + 1))
                .next_power_of_two()
                .max(1 << 10)
        ];
        for number in 0..self.word_ends.len() {
            let slot = self.slot(self.word(number));
            self.slots[slot] = number as u32 + 1;
        }
    }
}

impl Posting {
    /// Notes that the word stands in `text`, counted from one; however often.
    fn note(&mut self, text: u32) {
        if self.last == text {
            return;
        }
        let mut step = text - self.last;
        while step >= 0x80 {
            self.steps.push(step as u8 | 0x80);
            step >>= 7;
        }
        self.steps.push(step as u8);
        self.last = text;
        self.count += 1;
    }

    fn write(&self, texts: u32, lists: &mut Vec<u8>) {
        if (self.count as usize) < texts as usize / DENSE {
            lists.push(STEPS);
            lists.extend_from_slice(&self.steps);
        } else {
            let mut set = Set::none(texts);
            set.add_steps(&self.steps);
            lists.push(BITS);
            lists.extend_from_slice(&set.bits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Bodies;
    use super::*;

    const TEXTS: [&str; 4] = [
        "Steel tariffs in Québec, steel duties",
        "“White smoke” over tariffs",
        "",
        "A white-smoke signal; the U.S. waits",
    ];

    fn index(texts: &[&str]) -> Index {
        let mut builder = Builder::default();
        for text in texts {
            builder.push(text);
        }
        builder.finish()
    }

    #[test]
    fn a_part_of_a_word_is_found_as_in_the_texts_themselves() {
        let index = index(&TEXTS);
        assert_eq!(index.holding(&["tariff"]), [0, 1]);
        assert_eq!(index.holding(&["ariff", "queb"]), [0]);
        assert!(index.holding(&["zinc"]).is_empty());
        assert_eq!(index.holding(&[]), [0, 1, 2, 3]);
    }

    #[test]
    fn a_phrase_gives_every_text_that_may_hold_it() {
        let index = index(&TEXTS);
        assert_eq!(index.holding(&["white smoke"]), [1, 3]);
        assert_eq!(index.holding(&["hite smo"]), [1, 3]);
        assert_eq!(index.holding(&["u.s."]), [3]);
        assert!(Index::settles("smoke") && !Index::settles("white smoke"));
    }

    #[test]
    fn long_lists_of_common_and_rare_words_are_whole() {
        let texts: Vec<String> = (0..5000u32)
            .map(|text| {
                format!(
                    "the {} n{text} {}",
                    if text % 700 == 3 { "rare" } else { "" },
                    text.is_multiple_of(3)
                )
            })
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let index = index(&texts);
        let mut bodies = Bodies::default();
        for text in &texts {
            bodies.push(text);
        }
        for word in ["the", "rare", "n4999", "true", "e", "n1", "99"] {
            assert_eq!(index.holding(&[word]), bodies.holding(&[word]), "{word}");
        }
    }
}
