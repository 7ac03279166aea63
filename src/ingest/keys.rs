//! Tells which fact of a report a key states: the names in `assets/ingest/fields.toml`, compared without case and joints.
//!
//! Front matter and header lines ask for a plain key; JSON rows also for keys of objects inside them (`publisher.name`).

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::word_lists;

/// A fact that a key can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum FactKind {
    Headline,
    Dek,
    Summary,
    Body,
    Html,
    Published,
    OtherDay,
    Author,
    Outlet,
    Url,
    Language,
    Section,
    Tags,
    Event,
}

/// A name of a fact: its rank in the list of names, best first, and the way from the first key to the value.
#[derive(Debug)]
pub(super) struct KeyName {
    pub(super) fact: FactKind,
    pub(super) rank: usize,
    /// The name as it is written in the table.
    pub(super) written: String,
    pub(super) way: Vec<KeyStep>,
}

/// One step from a JSON value into it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum KeyStep {
    /// Into the object's value of this key, in its bare form.
    Key(String),
    /// Into the first entry that has what is asked for.
    Entry,
}

/// Returns the names that begin with `key`, best first.
pub(super) fn names_for_key(key: &str) -> &'static [KeyName] {
    static TABLE: LazyLock<HashMap<String, Vec<KeyName>>> =
        LazyLock::new(|| table(include_str!("../../assets/ingest/fields.toml")));
    TABLE.get(&*fold_key(key)).map_or(&[], Vec::as_slice)
}

/// Returns the fact that the plain key `key` states, with its name in the table.
pub(super) fn plain_key(key: &str) -> Option<&'static KeyName> {
    names_for_key(key).iter().find(|name| name.way.is_empty())
}

/// Returns the fact that a column with the heading `heading` states.
pub(super) fn column(heading: &str) -> Option<&'static KeyName> {
    static TABLE: LazyLock<HashMap<String, Vec<KeyName>>> =
        LazyLock::new(|| table(include_str!("../../assets/ingest/columns.toml")));
    let named = TABLE
        .get(&*fold_key(heading))
        .and_then(|names| names.first());
    named.or_else(|| plain_key(heading))
}

/// Returns `key` in small letters and without joints, as the table has it; most keys are written so.
pub(super) fn fold_key(key: &str) -> Cow<'_, str> {
    let is_bare = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if key.bytes().all(is_bare) {
        return Cow::Borrowed(key);
    }
    let letters = key.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

/// The names of each fact, best first.
type Lists = BTreeMap<FactKind, Vec<String>>;

fn table(lists: &'static str) -> HashMap<String, Vec<KeyName>> {
    let lists: Lists = word_lists::parse(lists);
    let mut table: HashMap<String, Vec<KeyName>> = HashMap::new();
    for (fact, names) in lists {
        for (rank, written) in names.into_iter().enumerate() {
            let mut steps = steps(&written);
            if let KeyStep::Key(first) = steps.remove(0) {
                table.entry(first).or_default().push(KeyName {
                    fact,
                    rank,
                    written,
                    way: steps,
                });
            }
        }
    }
    for names in table.values_mut() {
        names.sort_by_key(|name| (name.rank, name.fact));
    }
    table
}

fn steps(written: &str) -> Vec<KeyStep> {
    let mut steps = Vec::new();
    for part in written.split('.') {
        let key = part.trim_end_matches("[]");
        steps.push(KeyStep::Key(fold_key(key).into_owned()));
        if key.len() < part.len() {
            steps.push(KeyStep::Entry);
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_however_it_is_joined() {
        for key in [
            "datePublished",
            "date_published",
            "DATE-PUBLISHED",
            "Date Published",
        ] {
            assert_eq!(
                plain_key(key).map(|name| name.fact),
                Some(FactKind::Published),
                "{key}"
            );
        }
        assert_eq!(plain_key("Photo").map(|name| name.fact), None);
    }

    #[test]
    fn a_way_into_a_row_is_known_by_its_first_key() {
        let [plain, inner] = names_for_key("publisher") else {
            panic!("two names")
        };
        assert_eq!(
            (inner.fact, inner.way.as_slice()),
            (FactKind::Outlet, [].as_slice())
        );
        assert_eq!(plain.way, [KeyStep::Key("name".to_owned())]);
    }
}
