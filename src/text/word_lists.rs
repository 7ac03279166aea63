//! Lists of words in `assets/`, parsed once when they are first needed.
//!
//! A file of lists is TOML in which each list is one string of words between blanks and line ends, so that a person can extend
//! it without knowing TOML. A file is parsed into a struct of [`WordSet`]s, or into a map of strings where lists are cut otherwise.

use foldhash::{HashSet, HashSetExt as _};
use serde::Deserialize;

/// Parses a file of lists that is a part of the program. Lists that are read as `&str` hold no escapes and no `\r`, so that they
/// can be borrowed.
///
/// # Panics
/// Panics if the file is not what `T` asks for, which a test of each list would show.
pub fn parse<T: Deserialize<'static>>(file: &'static str) -> T {
    toml::from_str(file).expect("the lists of words that come with the program are well formed")
}

/// Returns `word` as lists have it: small letters, straight apostrophes.
pub fn listed_form(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.to_lowercase().replace('’', "'")
}

/// A set of words in small letters.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
pub struct WordSet(HashSet<Box<str>>);

impl WordSet {
    /// Whether `word`, in small letters, is in the set.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

impl From<String> for WordSet {
    fn from(words: String) -> Self {
        let mut set = HashSet::new();
        set.extend(words.split_whitespace().map(Box::from));
        Self(set)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_cut_at_blanks_and_line_ends() {
        #[derive(Deserialize)]
        struct Seas {
            north: WordSet,
        }
        let seas: Seas = parse("north = \"\"\"\nwave crab\n  o'reilly\n\"\"\"\n");
        assert!(
            ["wave", "crab", "o'reilly"]
                .iter()
                .all(|word| seas.north.contains(word))
        );
        assert!(!seas.north.contains(""));
        assert_eq!(listed_form("O’Reilly"), "o'reilly");
    }
}
