//! The lists of words that facts are found by; the file says what each is for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};
use serde::Deserialize;

use crate::text::word_lists::{self, WordSet};

pub(super) static WORDS: LazyLock<FactWordLists> =
    LazyLock::new(|| word_lists::parse(include_str!("../../../assets/words/facts.toml")));

/// The lists of `facts.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactWordLists {
    pub(super) lengths: WordSet,
    pub(super) currencies: WordSet,
    pub(super) before_nouns: WordSet,
    pub(super) boundaries: WordSet,
    pub(super) no_counts: WordSet,
    pub(super) past: WordSet,
    pub(super) inquiries: WordSet,
    pub(super) distances: WordSet,
    pub(super) before_members: WordSet,
    pub(super) auxiliaries: WordSet,
    pub(super) list_leads: WordSet,
    pub(super) judging: WordSet,
    pub(super) neutral: WordSet,
    pub(super) places: WordSet,
    pub(super) articles: WordSet,
    pub(super) before_years: WordSet,
    pub(super) sayings: WordSet,
    pub(super) plans: WordSet,
    pub(super) hedges: WordGroups,
    pub(super) claims: WordGroups,
    pub(super) vague: WordGroups,
    pub(super) things: WordGroups,
    pub(super) deeds: WordGroups,
    pub(super) ordinals: HashMap<String, u32>,
    pub(super) scales: HashMap<String, f64>,
}

/// Words in groups, each with a name.
#[derive(Deserialize)]
#[serde(from = "BTreeMap<String, String>")]
pub(super) struct WordGroups {
    names: HashMap<Box<str>, Vec<Box<str>>>,
    /// The first words of entries of more than one.
    first: HashSet<Box<str>>,
}

impl WordGroups {
    /// Returns the name of the first group that has the word; words of one entry are joined by hyphens.
    pub(super) fn of(&self, word: &str) -> Option<&str> {
        self.all(word).next()
    }

    /// Returns the names of all groups that have the word, in the order of the alphabet.
    pub(super) fn all(&self, word: &str) -> impl Iterator<Item = &str> {
        let names = self.names.get(word).into_iter().flatten();
        names.map(|name| &**name)
    }

    /// Whether an entry of more than one word begins with `word`.
    pub(super) fn goes_on(&self, word: &str) -> bool {
        self.first.contains(word)
    }
}

impl From<BTreeMap<String, String>> for WordGroups {
    fn from(groups: BTreeMap<String, String>) -> Self {
        let mut names = HashMap::<Box<str>, Vec<Box<str>>>::default();
        let mut first = HashSet::default();
        for (name, words) in &groups {
            for word in words.split_whitespace() {
                names
                    .entry(Box::from(word))
                    .or_default()
                    .push(Box::from(name.as_str()));
                // Words have hyphens of their own.
                let hyphens = word.match_indices('-');
                first.extend(hyphens.map(|(at, _)| Box::from(&word[..at])));
            }
        }
        Self { names, first }
    }
}
