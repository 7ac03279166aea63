//! An index from words to the texts that hold them.
//!
//! A word is a run of letters and digits, folded. All words follow one another in a single string, so that memmem finds a part of
//! a word there instead of in the texts. Each word has a list of its texts: the differences between their numbers, seven bits a
//! byte, or one bit for each text where that is shorter. The places of a word and its list are noted for every eighth word only,
//! and the words after it are passed one by one: half of all words stand in a single text, and eight bytes would be much for them.

use std::ops::{Deref, Range};
use std::slice::Iter;
use std::sync::Arc;

use hashbrown::HashTable;
use memchr::{memchr, memmem::Finder};
use xxhash_rust::xxh3::xxh3_64;

use super::{NumberSet, WordHits, folded};
use crate::text::tokens::{ByteClass, byte_class, char_at};

/// Ends every word in the string of words; no word contains it.
const END: u8 = b'\n';
/// Words in a block. Chosen by eye, between the size of the index and the time to find a list.
const BLOCK: usize = 8;
/// Lists between two questions whether every text is found already, as it soon is for one letter. Chosen by eye.
const LISTS: usize = 64;

/// The words of texts, with the texts that hold each.
#[derive(Clone, Debug, Default)]
pub struct WordIndex {
    pub(super) texts: u32,
    /// Number of texts that hold any word.
    worded: u32,
    /// The words, each followed by [`END`].
    words: SharedBytes,
    /// The lists in the order of the words, each with its length before it.
    lists: SharedBytes,
    /// The places of the first word of each block and of its list.
    blocks: Vec<Block>,
}

/// The places where a word and its list start.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    word: u32,
    list: u32,
}

/// A part of bytes that were read at once, so that they are not copied: an index is most of its file.
#[derive(Clone, Debug, Default)]
struct SharedBytes {
    bytes: Arc<Vec<u8>>,
    span: Range<usize>,
}

impl From<Vec<u8>> for SharedBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            span: 0..bytes.len(),
            bytes: Arc::new(bytes),
        }
    }
}

impl Deref for SharedBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.bytes.get(self.span.clone()).unwrap_or_default()
    }
}

impl WordIndex {
    /// Returns the numbers of the texts that hold every one of `words`, in order.
    ///
    /// For a phrase these are texts that may hold it, unless it consists of letters and digits only, see [`WordIndex::settles`].
    pub fn holding(&self, words: &[&str]) -> Vec<u32> {
        self.find(words).held.iter().collect()
    }

    /// Returns the texts that hold every one of `words`, and those with words that begin with each.
    pub(super) fn find(&self, words: &[&str]) -> WordHits {
        let mut found = WordHits::all(self.texts as usize);
        for word in folded(words) {
            for part in parts(&word) {
                found.keep(&self.find_part(part));
            }
        }
        found
    }

    /// Writes it as bytes.
    pub(super) fn encode(&self, bytes: &mut Vec<u8>) {
        push_number(self.texts, bytes);
        push_number(self.worded, bytes);
        for part in [&self.words, &self.lists] {
            push_number(part.len() as u32, bytes);
            bytes.extend_from_slice(part);
        }
        push_number(self.blocks.len() as u32, bytes);
        for block in &self.blocks {
            push_number(block.word, bytes);
            push_number(block.list, bytes);
        }
    }

    /// Reads one from `bytes` at `at`, and returns the place after it too; `None` if the bytes are damaged.
    pub(super) fn decode(bytes: &Arc<Vec<u8>>, at: usize) -> Option<(Self, usize)> {
        let mut rest = bytes.get(at..)?.iter();
        let (texts, worded) = (number(&mut rest)?, number(&mut rest)?);
        let part = |rest: &mut Iter<'_, u8>| {
            let length = number(rest)? as usize;
            let start = bytes.len() - rest.len();
            *rest = rest.as_slice().get(length..)?.iter();
            Some(SharedBytes {
                bytes: Arc::clone(bytes),
                span: start..start + length,
            })
        };
        let (words, lists) = (part(&mut rest)?, part(&mut rest)?);
        let count = number(&mut rest)? as usize;
        if count > rest.len() {
            return None;
        }
        let mut blocks = Vec::with_capacity(count);
        for _ in 0..count {
            blocks.push(Block {
                word: number(&mut rest)?,
                list: number(&mut rest)?,
            });
        }
        let index = Self {
            texts,
            worded,
            words,
            lists,
            blocks,
        };
        Some((index, bytes.len() - rest.len()))
    }

    /// Whether the answer of [`WordIndex::holding`] for `word` is exact.
    pub fn settles(word: &str) -> bool {
        word.chars().all(char::is_alphanumeric)
    }

    /// Returns the texts with a word that holds `part`, and those with one that begins with it.
    fn find_part(&self, part: Part) -> WordHits {
        let mut texts = WordHits::none(self.texts as usize);
        let words = &*self.words;
        let finder = Finder::new(part.letters);
        let (mut at, mut walk, mut lists) = (0, Walk::default(), 0);
        let mut are_all_held = false;
        while let Some(hit) = words.get(at..).and_then(|rest| finder.find(rest)) {
            let Some(word) = walk.move_to(self, at + hit) else {
                break;
            };
            if !part.is_held(word, at + hit) {
                at += hit + 1;
                continue;
            }
            if at + hit == word.start {
                word.list.add_to(&mut texts.starts);
            } else if !are_all_held {
                word.list.add_to(&mut texts.held);
            }
            lists += 1;
            if lists % LISTS == 0 {
                let is_full = |texts: &NumberSet| texts.len() >= self.worded as usize;
                if is_full(&texts.starts) {
                    break;
                }
                are_all_held |= is_full(&texts.held);
            }
            at = word.end + 1;
        }
        texts.held.add(&texts.starts);
        texts
    }

    /// Returns the list at `start`, and the start of the next one.
    fn list(&self, start: usize) -> Option<(List<'_>, usize)> {
        let mut rest = self.lists.get(start..)?.iter();
        let header = number(&mut rest)?;
        let (bytes, after) = rest.as_slice().split_at_checked((header >> 1) as usize)?;
        let list = match header & 1 {
            0 => List::Steps(bytes),
            _ => List::Bits(bytes),
        };
        Some((list, self.lists.len() - after.len()))
    }
}

/// The numbers of the texts that hold a word, in one of two encodings.
#[derive(Clone, Copy, Debug)]
enum List<'a> {
    Steps(&'a [u8]),
    Bits(&'a [u8]),
}

impl List<'_> {
    fn add_to(self, texts: &mut NumberSet) {
        let mut steps = match self {
            List::Bits(bits) => return texts.insert_bits(bits),
            List::Steps(steps) => steps.iter(),
        };
        let mut text = 0_u32;
        while let Some(step) = number(&mut steps) {
            text = text.saturating_add(step);
            texts.insert(text.saturating_sub(1));
        }
    }
}

/// A word in the string of words, with its list.
#[derive(Clone, Copy, Debug)]
struct Word<'a> {
    start: usize,
    end: usize,
    list: List<'a>,
}

/// A place in the string of words and in the lists, which only moves forwards.
#[derive(Clone, Copy, Debug, Default)]
struct Walk {
    word: usize,
    list: usize,
    /// Blocks that start at or before the word.
    blocks: usize,
}

impl Walk {
    /// Moves to the word at `place` and returns it.
    fn move_to<'a>(&mut self, index: &'a WordIndex, place: usize) -> Option<Word<'a>> {
        self.skip_blocks(index.blocks.get(self.blocks..)?, place);
        loop {
            let start = self.word;
            let end = start + memchr(END, index.words.get(start..)?)?;
            let (list, next) = index.list(self.list)?;
            if place <= end {
                return Some(Word { start, end, list });
            }
            (self.word, self.list) = (end + 1, next);
        }
    }

    /// Moves to the last block that starts at or before `place`. That one is usually near, so it is sought in steps that double
    /// before it is sought by halves.
    fn skip_blocks(&mut self, to_come: &[Block], place: usize) {
        let is_before = |block: &Block| block.word as usize <= place;
        let mut reach = 1;
        while to_come.get(reach - 1).is_some_and(is_before) {
            reach *= 2;
        }
        let near = &to_come[..reach.min(to_come.len())];
        let skipped = near.partition_point(is_before);
        if let Some(block) = skipped.checked_sub(1).and_then(|last| to_come.get(last)) {
            (self.word, self.list) = (block.word as usize, block.list as usize);
            self.blocks += skipped;
        }
    }
}

/// Reads a number: seven bits a byte, the lowest first.
pub(crate) fn number<'a>(bytes: &mut impl Iterator<Item = &'a u8>) -> Option<u32> {
    let &first = bytes.next()?;
    if first < 0x80 {
        return Some(first.into());
    }
    let (mut number, mut shift) = (u32::from(first & 0x7F), 7);
    loop {
        let &byte = bytes.next()?;
        number |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

/// Writes a number as [`number`] reads it.
pub(crate) fn push_number(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// A run of letters and digits that a phrase is made of.
#[derive(Clone, Copy, Debug)]
struct Part<'a> {
    letters: &'a str,
    /// Whether a word must begin with it, because something stands before it in the phrase.
    begins: bool,
    /// Whether a word must end with it.
    ends: bool,
}

impl Part<'_> {
    /// Whether `word` holds it at `place` in the way it must.
    fn is_held(&self, word: Word, place: usize) -> bool {
        (!self.begins || place == word.start)
            && (!self.ends || place + self.letters.len() == word.end)
    }
}

fn parts(phrase: &str) -> impl Iterator<Item = Part<'_>> {
    runs(phrase).map(|(start, letters)| Part {
        letters,
        begins: start > 0,
        ends: start + letters.len() < phrase.len(),
    })
}

/// Returns the runs of letters and digits in `text`, each with its start.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = run_end(text, at, false);
        at = run_end(text, start, true);
        let run = text.get(start..at)?;
        (!run.is_empty()).then_some((start, run))
    })
}

/// Returns the end of the run of letters and digits, or of other characters, that starts at `at`.
fn run_end(text: &str, mut at: usize, alphanumeric: bool) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let (is, length) = match byte_class(byte) {
            ByteClass::Wide => {
                let c = char_at(text, at);
                c.map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8()))
            }
            ByteClass::Letter => (true, 1),
            _ => (false, 1),
        };
        if is != alphanumeric {
            break;
        }
        at += length;
    }
    at
}

/// Makes a [`WordIndex`], text by text.
#[derive(Clone, Debug, Default)]
pub struct WordIndexBuilder {
    texts: u32,
    worded: u32,
    words: String,
    /// The end of each word in `words`.
    word_ends: Vec<u32>,
    postings: Vec<Posting>,
    /// Numbers of words by the hash of their letters; a map of boxed words takes longer to build.
    numbers: HashTable<u32>,
}

/// A word's list while it grows.
#[derive(Clone, Debug, Default)]
struct Posting {
    steps: Vec<u8>,
    /// The last text, counted from one.
    last: u32,
}

impl WordIndexBuilder {
    /// Adds a text that is folded already; texts are numbered in the order of the calls.
    pub fn push_folded(&mut self, letters: &str) {
        self.texts += 1;
        self.worded += u32::from(letters.contains(char::is_alphanumeric));
        for (_, word) in runs(letters) {
            let number = self.number(word);
            if let Some(posting) = self.postings.get_mut(number) {
                posting.note(self.texts);
            }
        }
    }

    /// Returns the index of the texts that were added.
    pub fn finish(self) -> WordIndex {
        let (mut lists, mut blocks) = (Vec::new(), Vec::new());
        for (number, posting) in self.postings.iter().enumerate() {
            if number % BLOCK == 0 {
                blocks.push(Block {
                    word: self.start(number) as u32,
                    list: lists.len() as u32,
                });
            }
            posting.write(self.texts, &mut lists);
        }
        lists.shrink_to_fit();
        let mut words = self.words;
        words.shrink_to_fit();
        WordIndex {
            texts: self.texts,
            worded: self.worded,
            words: words.into_bytes().into(),
            lists: lists.into(),
            blocks,
        }
    }

    /// Returns the word's number, a new one if it was not seen before.
    fn number(&mut self, word: &str) -> usize {
        let hash = xxh3_64(word.as_bytes());
        let is_it = |&number: &u32| self.word(number as usize) == word;
        if let Some(&number) = self.numbers.find(hash, is_it) {
            return number as usize;
        }
        let number = self.word_ends.len();
        self.words.push_str(word);
        self.word_ends.push(self.words.len() as u32);
        self.words.push(END.into());
        self.postings.push(Posting::default());
        // Taken out meanwhile: a table that grows asks for the hashes of the words in it.
        let mut numbers = std::mem::take(&mut self.numbers);
        numbers.insert_unique(hash, number as u32, |&other| {
            xxh3_64(self.word(other as usize).as_bytes())
        });
        self.numbers = numbers;
        number
    }

    fn word(&self, number: usize) -> &str {
        &self.words[self.start(number)..self.word_ends[number] as usize]
    }

    fn start(&self, number: usize) -> usize {
        let before = number.checked_sub(1);
        before.map_or(0, |before| self.word_ends[before] as usize + 1)
    }
}

impl Posting {
    /// Notes that the word stands in `text`, counted from one; a text that was noted last is not noted again.
    fn note(&mut self, text: u32) {
        if self.last == text {
            return;
        }
        push_number(text - self.last, &mut self.steps);
        self.last = text;
    }

    fn write(&self, texts: u32, lists: &mut Vec<u8>) {
        let bits;
        let (bytes, is_bits) = if self.steps.len() <= (texts as usize).div_ceil(8) {
            (&self.steps, 0)
        } else {
            let mut set = NumberSet::none(texts as usize);
            List::Steps(&self.steps).add_to(&mut set);
            bits = set.to_bytes();
            (&bits, 1)
        };
        push_number((bytes.len() as u32) << 1 | is_bits, lists);
        lists.extend_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::super::FoldedTexts;
    use super::*;
    use crate::text::fold::fold;

    const TEXTS: [&str; 4] = [
        "Steel tariffs in Québec, steel duties",
        "“White smoke” over tariffs",
        "",
        "A white-smoke signal; the U.S. waits",
    ];

    fn index(texts: &[&str]) -> WordIndex {
        let mut builder = WordIndexBuilder::default();
        for text in texts {
            builder.push_folded(&fold(text));
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
        assert!(WordIndex::settles("smoke") && !WordIndex::settles("white smoke"));
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
        let mut bodies = FoldedTexts::default();
        for text in &texts {
            bodies.push(text);
        }
        for word in ["the", "rare", "n4999", "true", "e", "n1", "99"] {
            assert_eq!(index.holding(&[word]), bodies.holding(&[word]), "{word}");
        }
    }
}
