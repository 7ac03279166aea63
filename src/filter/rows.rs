//! The rows that are searched, folded and side by side in memory, one byte for one char.
//!
//! A report's fields (headline, outlet ...) stand in one row with [`SEPARATOR`] between them, so that a word of one and a word
//! of another can be asked for together. Fields that say less of a report (its tags) stand aside: at the row's end, with words
//! that count less, and not at all where their letters are scattered. A letter that is not ASCII after folding becomes a byte above
//! 127, which no ASCII term can equal; the few rows that hold one, or an accent, keep their letters beside the others for
//! the terms that need them. So places in a row are char indices of the text as displayed.

use super::score;
use crate::text::fold;

/// Stands between two fields of a row; a hard separator to the scorer, so that a field's first letter begins a word.
pub(super) const SEPARATOR: char = '|';

/// Folded rows, in the order of the list; a row's number is its place in it.
#[derive(Clone, Debug, Default)]
pub(super) struct FoldedRows {
    letters: Vec<u8>,
    bounds: Vec<RowBounds>,
    sets: Vec<LetterSet>,
    /// Rows with letters outside ASCII, in order, folded in case only.
    wide: Vec<(u32, Box<str>)>,
}

/// The ends of the main fields of a row and of the row itself, which starts at the end of the row before; and its first letter.
#[derive(Clone, Copy, Debug, Default)]
struct RowBounds {
    main: u32,
    end: u32,
    /// 0 in an empty row. It is kept here because the first key asks for it in nearly every row, and for no other letter.
    first: u8,
}

impl FoldedRows {
    /// Adds a row of `main` fields, joined by separators, and fields that stand aside, each with a separator before it.
    ///
    /// There is room for four gigabytes; a row that would not fit is kept empty, so that numbers stay in step.
    pub(super) fn push(&mut self, main: &str, asides: &str) {
        let row = self.bounds.len() as u32;
        let start = self.letters.len();
        self.fold(main);
        let mut main_end = self.letters.len();
        self.fold(asides);
        let fits = u32::try_from(self.letters.len()).is_ok();
        if !fits {
            self.letters.truncate(start);
            main_end = start;
        }
        self.bounds.push(RowBounds {
            main: main_end as u32,
            end: self.letters.len() as u32,
            first: self.letters.get(start).copied().unwrap_or_default(),
        });
        let (main_letters, aside_letters) = self.letters[start..].split_at(main_end - start);
        let starts = LetterSet::word_starts(main_letters);
        let set = LetterSet::new(main_letters).with(LetterSet::new(aside_letters));
        self.sets.push(set.with(starts));
        if fits && !(main.is_ascii() && asides.is_ascii()) {
            let both = main.chars().chain(asides.chars());
            let cased: String = both.map(fold::fold_case).collect();
            if !cased.is_ascii() {
                self.wide.push((row, cased.into()));
            }
        }
    }

    fn fold(&mut self, text: &str) {
        match text.is_ascii() {
            true => {
                let letters = text.bytes().map(|byte| byte.to_ascii_lowercase());
                self.letters.extend(letters);
            }
            false => {
                let letters = text.chars().map(|c| byte_of(fold::fold_char(c)));
                self.letters.extend(letters);
            }
        }
    }

    /// Returns the number of rows.
    pub(super) fn len(&self) -> usize {
        self.bounds.len()
    }

    /// Returns the row's letters, a byte each, and the number of those that do not stand aside.
    pub(super) fn row(&self, row: u32) -> (&[u8], usize) {
        let (start, RowBounds { main, end, .. }) = (self.start(row), self.bounds[row as usize]);
        let letters = &self.letters[start as usize..end as usize];
        (letters, (main - start) as usize)
    }

    /// Returns the number of the row's letters that do not stand aside.
    pub(super) fn length(&self, row: u32) -> usize {
        (self.bounds[row as usize].main - self.start(row)) as usize
    }

    fn start(&self, row: u32) -> u32 {
        let before = row.checked_sub(1);
        before.map_or(0, |before| self.bounds[before as usize].end)
    }

    /// Returns the first letter of the row; 0 in an empty one.
    pub(super) fn first(&self, row: u32) -> u8 {
        self.bounds[row as usize].first
    }

    /// Returns the set of letters that the row holds.
    pub(super) fn set(&self, row: u32) -> LetterSet {
        self.sets[row as usize]
    }

    /// Returns the row with its accents, where it has letters outside ASCII.
    pub(super) fn wide(&self, row: u32) -> Option<&str> {
        let at = self.wide.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        Some(&self.wide[at].1)
    }
}

/// Returns the byte for a folded character. A letter outside ASCII becomes `ª`, a letter of Latin-1, and any other sign becomes
/// one that is no letter there: the scorer takes bytes above 127 for Latin-1.
fn byte_of(c: char) -> u8 {
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => byte,
        _ if c.is_alphanumeric() => 0xAA,
        _ => 0x80,
    }
}

/// The letters that a row or a term holds, and those of a-z that begin a word which does not stand aside.
///
/// Exact for a-z, while other characters share bits. A row can hold a term only if its set has every bit of the term's set, which
/// is tested much faster than the letters themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LetterSet(u64);

impl LetterSet {
    const OTHERS: u8 = 26;
    const STARTS: u8 = 38;

    /// Returns the set of these letters.
    pub(super) fn new(letters: &[u8]) -> Self {
        let bit = |byte: u8| match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            _ => 1 << (Self::OTHERS + byte % (Self::STARTS - Self::OTHERS)),
        };
        LetterSet(letters.iter().fold(0, |set, &byte| set | bit(byte)))
    }

    /// Returns the set in which the words of `row` begin.
    fn word_starts(row: &[u8]) -> Self {
        let befores = std::iter::once(&(SEPARATOR as u8)).chain(row);
        let letters = befores.zip(row);
        let starts = letters.filter(|(before, _)| score::bonus_after((**before).into()) > 0);
        let sets = starts.map(|(_, &letter)| LetterSet::starting(letter));
        sets.fold(LetterSet::default(), LetterSet::with)
    }

    /// Returns the set in which a word begins with `letter`; an empty one if that is not of a-z.
    pub(super) fn starting(letter: u8) -> Self {
        match letter {
            b'a'..=b'z' => LetterSet(1 << (Self::STARTS + letter - b'a')),
            _ => LetterSet::default(),
        }
    }

    /// Returns all that is in either.
    pub(super) fn with(self, other: LetterSet) -> Self {
        LetterSet(self.0 | other.0)
    }

    /// Whether all of `other` is here.
    pub(super) fn has(self, other: LetterSet) -> bool {
        self.0 & other.0 == other.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(&str, &str)]) -> FoldedRows {
        let mut folded = FoldedRows::default();
        for (main, asides) in rows {
            folded.push(main, asides);
        }
        folded
    }

    #[test]
    fn a_row_has_a_byte_for_each_char_displayed() {
        let rows = rows(&[("Québec’s “duty”|Süddeutsche Zeitung", ""), ("加拿大|", "")]);
        assert_eq!(rows.row(0).0, b"quebec's \"duty\"|suddeutsche zeitung");
        assert_eq!(rows.row(1).0, [0xAA, 0xAA, 0xAA, b'|']);
        assert_eq!(rows.wide(0), Some("québec's \"duty\"|süddeutsche zeitung"));
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn plain_rows_keep_no_second_copy() {
        let rows = rows(&[("Steel — “tariffs”", "")]);
        assert_eq!(rows.wide(0), None);
        assert_eq!(rows.row(0).0, b"steel - \"tariffs\"");
    }

    #[test]
    fn a_row_holds_the_letters_of_every_term_it_matches() {
        let row = LetterSet::new(b"carney says u.s. deal 51%");
        assert!(row.has(LetterSet::new(b"u.s.")) && row.has(LetterSet::new(b"51%")));
        assert!(!row.has(LetterSet::new(b"fed")));
    }

    #[test]
    fn a_row_knows_the_letters_its_words_begin_with() {
        let row = LetterSet::word_starts(b"(white) counter-tariffs");
        let begins = |letter| row.has(LetterSet::starting(letter));
        assert_eq!(
            [b'w', b'c', b't', b'h'].map(begins),
            [true, true, true, false]
        );
    }

    #[test]
    fn what_stands_aside_is_at_the_end_of_the_row() {
        let rows = rows(&[("Rain", ""), ("Steel|CBC", "|Trade|Québec"), ("Iron", "")]);
        assert_eq!(rows.row(1), (&b"steel|cbc|trade|quebec"[..], 9));
        assert_eq!([0, 1, 2].map(|row| rows.row(row).1), [4, 9, 4]);
        assert!(rows.set(1).has(LetterSet::new(b"quebec")));
        assert!(!rows.set(1).has(LetterSet::starting(b't')));
    }
}
