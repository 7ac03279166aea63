//! The rows that are searched, folded and side by side in memory, one byte for one char.
//!
//! A report's fields (headline, outlet ...) stand in one row with [`SEPARATOR`] between them, so that a word of one and a word
//! of another can be asked for together. Fields that say less of a report (its tags) stand aside: at the row's end, with words
//! that count less, and not at all where their letters are scattered. A letter that is not ASCII after folding becomes a byte above
//! 127, which no ASCII term can equal; the few rows that hold one, or an accent, keep their letters beside the arena for
//! the terms that need them. So places in a row are char indices of the text as displayed.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use super::score;
use crate::text::fold;

/// Stands between two fields of a row; a hard separator to the scorer, so that a field's first letter begins a word.
pub(super) const SEPARATOR: char = '|';

/// Folded rows, in the order of the list; a row's number is its place in it.
#[derive(Clone, Debug, Default)]
pub struct FoldedRows {
    letters: Vec<u8>,
    ends: Vec<u32>,
    /// How long each row is without what stands aside; not kept beyond the last row that has such fields.
    mains: Vec<u32>,
    sets: Vec<Letters>,
    /// Each row's first letter, as often asked for as the set.
    firsts: Vec<u8>,
    /// Rows with letters outside ASCII, in order, folded in case only.
    wide: Vec<(u32, Box<str>)>,
    identity: Identity,
}

/// What is known of a row beside its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glance {
    pub(super) row: u32,
    pub(super) set: Letters,
    pub(super) first: u8,
    /// Without what stands aside.
    pub(super) length: usize,
}

/// Tells arenas apart, so that what a filter remembers of one is never taken for another's.
#[derive(Debug)]
struct Identity(u64);

impl Default for Identity {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Identity(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl Clone for Identity {
    fn clone(&self) -> Self {
        Identity::default()
    }
}

impl FoldedRows {
    /// Returns an arena of `rows`, each the fields of one report.
    pub fn new<R, F>(rows: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = F>,
        F: AsRef<str>,
    {
        let mut arena = FoldedRows::default();
        for row in rows {
            arena.push(row);
        }
        arena
    }

    /// Adds a row and returns its number.
    ///
    /// The arena holds four gigabytes; a row that would not fit is kept empty, so that numbers stay in step.
    pub fn push<F: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = F>) -> u32 {
        self.push_with_asides(fields, [] as [&str; 0])
    }

    /// Adds a row with fields that stand aside, and returns its number.
    pub fn push_with_asides<F: AsRef<str>, A: AsRef<str>>(
        &mut self,
        fields: impl IntoIterator<Item = F>,
        asides: impl IntoIterator<Item = A>,
    ) -> u32 {
        let row = self.len() as u32;
        let start = self.letters.len();
        let mut wide = None;
        for (index, field) in fields.into_iter().enumerate() {
            if index > 0 {
                self.separate(start, &mut wide);
            }
            self.add(field.as_ref(), start, &mut wide);
        }
        let mut main = self.letters.len() - start;
        for field in asides {
            self.separate(start, &mut wide);
            self.add(field.as_ref(), start, &mut wide);
        }
        if u32::try_from(self.letters.len()).is_err() {
            self.letters.truncate(start);
            (main, wide) = (0, None);
        }
        if self.letters.len() - start > main {
            self.mains.resize(row as usize, u32::MAX);
            self.mains.push(main as u32);
        }
        let (main, asides) = self.letters[start..].split_at(main);
        self.sets.push(Letters::of_row(main, asides));
        self.firsts
            .push(self.letters.get(start).copied().unwrap_or(SEPARATOR as u8));
        self.ends.push(self.letters.len() as u32);
        if let Some(wide) = wide {
            self.wide.push((row, wide.into_boxed_str()));
        }
        row
    }

    fn separate(&mut self, start: usize, wide: &mut Option<String>) {
        self.add(SEPARATOR.encode_utf8(&mut [0; 4]), start, wide);
    }

    /// Adds `text` to the row that begins at `start`, and to its `wide` form, which begins with the first char that needs it.
    fn add(&mut self, text: &str, start: usize, wide: &mut Option<String>) {
        if text.is_ascii() {
            self.letters
                .extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
            if let Some(wide) = wide {
                wide.extend(text.chars().map(fold::fold_case));
            }
            return;
        }
        for c in text.chars() {
            let kept = fold::fold_case(c);
            if wide.is_none() && !kept.is_ascii() {
                *wide = Some(
                    self.letters[start..]
                        .iter()
                        .copied()
                        .map(char::from)
                        .collect(),
                );
            }
            if let Some(wide) = wide {
                wide.push(kept);
            }
            self.letters.push(byte_of(fold::fold_char(c)));
        }
    }

    /// Returns how many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the row's letters, a byte each.
    pub(super) fn row(&self, row: u32) -> &[u8] {
        let row = row as usize;
        let start = match row.checked_sub(1) {
            Some(before) => self.ends[before] as usize,
            None => 0,
        };
        &self.letters[start..self.ends[row] as usize]
    }

    /// Returns how many of the row's letters do not stand aside.
    pub(super) fn main(&self, row: u32) -> usize {
        self.without_asides(row, self.row(row).len())
    }

    fn without_asides(&self, row: u32, length: usize) -> usize {
        let main = self.mains.get(row as usize);
        main.map_or(length, |&main| length.min(main as usize))
    }

    /// Returns which letters the row holds.
    pub(super) fn set(&self, row: u32) -> Letters {
        self.sets[row as usize]
    }

    /// Returns the row's first letter; that of an empty row is the separator.
    pub(super) fn first(&self, row: u32) -> u8 {
        self.firsts[row as usize]
    }

    /// Returns what can be said of each of `rows` without looking at its text.
    pub(super) fn glances(&self, rows: Range<u32>) -> impl Iterator<Item = Glance> {
        let mut start = rows
            .start
            .checked_sub(1)
            .map_or(0, |before| self.ends[before as usize]);
        let places = rows.start as usize..rows.end as usize;
        let sets = self.sets[places.clone()]
            .iter()
            .zip(&self.firsts[places.clone()]);
        let facts = rows.zip(sets).zip(&self.ends[places]);
        facts.map(move |((row, (&set, &first)), &end)| Glance {
            row,
            set,
            first,
            length: self.without_asides(row, (end - std::mem::replace(&mut start, end)) as usize),
        })
    }

    /// Returns a number that no other arena has and that stays while this one grows.
    pub(super) fn identity(&self) -> u64 {
        self.identity.0
    }

    /// Returns the row with its accents, where it has letters outside ASCII.
    pub(super) fn wide(&self, row: u32) -> Option<&str> {
        let at = self.wide.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        Some(&self.wide[at].1)
    }
}

/// A letter outside ASCII stays a letter (`ª` is one in Latin-1, where the bytes above 127 come from), a sign a sign.
fn byte_of(c: char) -> u8 {
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => byte,
        _ if c.is_alphanumeric() => 0xAA,
        _ => 0x80,
    }
}

/// Which letters a row or a term holds, and which of a-z begin a word in it that does not stand aside.
///
/// Exact for a-z; other signs share bits. A row can hold a term only if its set has all that the term's has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters(u64);

/// The bit of each byte: to choose it anew for each letter was half of the cost of adding a row.
static BITS: [u64; 256] = {
    let mut bits = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        bits[byte] = Letters::bit(byte as u8);
        byte += 1;
    }
    bits
};

impl Letters {
    const DIGITS: u8 = 26;
    const OTHERS: u8 = 31;
    const STARTS: u8 = 38;

    /// Returns the letters of a row, and the first letters of the words of its `main` part.
    fn of_row(main: &[u8], asides: &[u8]) -> Self {
        let (mut letters, mut starts) = (Letters::of(asides).0, 0);
        let mut before = SEPARATOR as u8;
        for &byte in main {
            let bit = BITS[usize::from(byte)];
            letters |= bit;
            starts |= bit * u64::from(score::bonus_after(before.into()) > 0);
            before = byte;
        }
        Letters(letters | starts << Self::STARTS)
    }

    /// Returns the set of a term's letters.
    pub(super) fn of(term: &[u8]) -> Self {
        let bit = |&byte: &u8| BITS[usize::from(byte)];
        Letters(term.iter().fold(0, |set, byte| set | bit(byte)))
    }

    /// Returns the set in which `letter`, one of a-z, begins a word.
    pub(super) fn starting(letter: u8) -> Self {
        Letters(1 << (Self::STARTS + (letter.clamp(b'a', b'z') - b'a')))
    }

    /// Returns all that is in either.
    pub(super) fn with(self, other: Letters) -> Self {
        Letters(self.0 | other.0)
    }

    /// Whether all of `other` is here.
    pub(super) fn have(self, other: Letters) -> bool {
        self.0 & other.0 == other.0
    }

    const fn bit(byte: u8) -> u64 {
        match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << (Self::DIGITS + (byte - b'0') / 2),
            b' ' => 0,
            _ => 1 << (Self::OTHERS + byte % 7),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_a_byte_for_each_char_displayed() {
        let arena = FoldedRows::new([["Québec’s “duty”", "Süddeutsche Zeitung"], ["加拿大", ""]]);
        assert_eq!(arena.row(0), b"quebec's \"duty\"|suddeutsche zeitung");
        assert_eq!(arena.row(1), [0xAA, 0xAA, 0xAA, b'|']);
        assert_eq!(arena.wide(0), Some("québec's \"duty\"|süddeutsche zeitung"));
        assert_eq!(arena.len(), 2);
    }

    #[test]
    fn plain_rows_keep_no_second_copy() {
        let arena = FoldedRows::new([["Steel — “tariffs”"]]);
        assert_eq!(arena.wide(0), None);
        assert_eq!(arena.row(0), b"steel - \"tariffs\"");
    }

    #[test]
    fn a_row_holds_the_letters_of_every_term_it_matches() {
        let row = Letters::of(b"carney says u.s. deal 51%");
        assert!(row.have(Letters::of(b"u.s.")) && row.have(Letters::of(b"51%")));
        assert!(!row.have(Letters::of(b"fed")));
    }

    #[test]
    fn a_row_knows_the_letters_its_words_begin_with() {
        let row = Letters::of_row(b"(white) counter-tariffs", b"|zebra");
        for (letter, begins) in [
            (b'w', true),
            (b'c', true),
            (b't', true),
            (b'h', false),
            (b'z', false),
        ] {
            assert_eq!(row.have(Letters::starting(letter)), begins);
        }
    }

    #[test]
    fn what_stands_aside_is_in_the_row_and_begins_no_word() {
        let mut arena = FoldedRows::new([["Rain"]]);
        arena.push_with_asides(["Steel", "CBC"], ["Trade", "Québec"]);
        arena.push(["Iron"]);
        assert_eq!(arena.row(1), b"steel|cbc|trade|quebec");
        assert_eq!([0, 1, 2].map(|row| arena.main(row)), [4, 9, 4]);
        let lengths: Vec<usize> = arena.glances(0..3).map(|glance| glance.length).collect();
        assert_eq!(lengths, [4, 9, 4]);
        let set = arena.set(1);
        assert!(set.have(Letters::of(b"quebec")) && set.have(Letters::starting(b'c')));
        assert!(!set.have(Letters::starting(b't')));
    }

    #[test]
    fn a_grown_arena_is_the_same_one_and_a_copy_is_another() {
        let mut arena = FoldedRows::new([["Steel"]]);
        let copy = arena.clone();
        let identity = arena.identity();
        arena.push(["Iron"]);
        assert_eq!(arena.identity(), identity);
        assert_ne!(copy.identity(), identity);
    }
}
