//! The rows that are searched, folded and side by side in memory, one byte for one char.
//!
//! A report's fields (headline, outlet, speakers ...) stand in one row with [`SEPARATOR`] between them, so that a word of
//! one and a word of another can be asked for together. A letter that is not ASCII after folding becomes a byte above
//! 127, which no ASCII term can equal; the few rows that hold one, or an accent, keep their letters beside the arena for
//! the terms that need them. So places in a row are char indices of the text as displayed.

use crate::text::fold;

/// Stands between two fields of a row; a hard separator to the scorer, so that a field's first letter begins a word.
pub(super) const SEPARATOR: char = '|';

/// Folded rows, in the order of the list; a row's number is its place in it.
#[derive(Clone, Debug, Default)]
pub struct Arena {
    letters: Vec<u8>,
    ends: Vec<u32>,
    masks: Vec<u64>,
    /// Rows with letters outside ASCII, in order, folded in case only.
    wide: Vec<(u32, Box<str>)>,
}

impl Arena {
    /// Returns an arena of `rows`, each the fields of one report.
    pub fn new<R, F>(rows: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = F>,
        F: AsRef<str>,
    {
        let mut arena = Arena::default();
        for row in rows {
            arena.push(row);
        }
        arena
    }

    /// Adds a row and returns its number.
    ///
    /// The arena holds four gigabytes; a row that would not fit is kept empty, so that numbers stay in step.
    pub fn push<F: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = F>) -> u32 {
        let row = self.len() as u32;
        let start = self.letters.len();
        let mut cased = String::new();
        let mut is_wide = false;
        for (index, field) in fields.into_iter().enumerate() {
            let separator = (index > 0).then_some(SEPARATOR);
            for c in separator.into_iter().chain(field.as_ref().chars()) {
                let kept = fold::fold_case(c);
                is_wide |= !kept.is_ascii();
                cased.push(kept);
                self.letters.push(byte_of(fold::fold_char(c)));
            }
        }
        if u32::try_from(self.letters.len()).is_err() {
            self.letters.truncate(start);
            is_wide = false;
        }
        self.masks.push(mask(&self.letters[start..]));
        self.ends.push(self.letters.len() as u32);
        if is_wide {
            self.wide.push((row, cased.into_boxed_str()));
        }
        row
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

    /// Returns which letters the row holds, as [`mask`] says.
    pub(super) fn mask(&self, row: u32) -> u64 {
        self.masks[row as usize]
    }

    /// Returns the row with its accents, where it has letters outside ASCII.
    pub(super) fn wide(&self, row: u32) -> Option<&str> {
        let at = self.wide.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        Some(&self.wide[at].1)
    }
}

fn byte_of(c: char) -> u8 {
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => byte,
        _ => 0x80,
    }
}

/// Returns a set of the bytes in `letters`: exact for a-z and 0-9, shared bits for the rest, nothing for blanks.
///
/// A row can hold a term only if its set holds the term's.
pub(super) fn mask(letters: &[u8]) -> u64 {
    letters.iter().fold(0, |mask, &byte| mask | bit(byte))
}

fn bit(byte: u8) -> u64 {
    match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        b'0'..=b'9' => 1 << (26 + byte - b'0'),
        b' ' => 0,
        _ => 1 << (36 + byte % 28),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_a_byte_for_each_char_displayed() {
        let arena = Arena::new([["Québec’s “duty”", "Süddeutsche Zeitung"], ["加拿大", ""]]);
        assert_eq!(arena.row(0), b"quebec's \"duty\"|suddeutsche zeitung");
        assert_eq!(arena.row(1), [0x80, 0x80, 0x80, b'|']);
        assert_eq!(arena.wide(0), Some("québec's \"duty\"|süddeutsche zeitung"));
        assert_eq!(arena.len(), 2);
    }

    #[test]
    fn plain_rows_keep_no_second_copy() {
        let arena = Arena::new([["Steel — “tariffs”"]]);
        assert_eq!(arena.wide(0), None);
        assert_eq!(arena.row(0), b"steel - \"tariffs\"");
    }

    #[test]
    fn a_row_holds_the_letters_of_every_term_it_matches() {
        let row = mask(b"carney says u.s. deal");
        assert_eq!(row & mask(b"u.s."), mask(b"u.s."));
        assert_ne!(row & mask(b"fed"), mask(b"fed"));
    }
}
