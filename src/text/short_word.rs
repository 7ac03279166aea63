//! Short words as numbers, for tables that each word of each report is looked up in.

/// A word of at most 16 bytes as one number, so that a look-up hashes and compares no letters one by one. Words have no
/// zero bytes, so that the bytes behind a shorter one tell it from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShortWord(u128);

impl ShortWord {
    /// Returns `word` as it is written, unless it is longer.
    pub fn written(word: &str) -> Option<Self> {
        Some(Self(u128::from_le_bytes(letters(word)?)))
    }

    /// Returns `word` with its letters of ASCII in small ones, unless it is longer.
    pub fn small(word: &str) -> Option<Self> {
        let mut letters = letters(word)?;
        letters.make_ascii_lowercase();
        Some(Self(u128::from_le_bytes(letters)))
    }
}

fn letters(word: &str) -> Option<[u8; 16]> {
    let mut letters = [0; 16];
    letters
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    Some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_as_their_letters_are() {
        assert_ne!(ShortWord::written("Said"), ShortWord::written("said"));
        assert_eq!(ShortWord::small("Said"), ShortWord::written("said"));
        assert_ne!(ShortWord::written("sai"), ShortWord::written("said"));
        assert!(ShortWord::written("internationalize").is_some());
        assert!(ShortWord::written("internationalized").is_none());
    }
}
