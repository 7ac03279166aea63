//! Which fact of a report a key stands for: the names in `assets/ingest/fields.toml`, looked up without case and joints.
//!
//! Front matter and header lines ask for a plain key; JSON rows also for keys of objects inside them (`publisher.name`).

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

/// A fact that a key can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fact {
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

/// A name in the table: the fact, how early it stands in its list, and the way from the first key to the value.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) fact: Fact,
    pub(super) rank: usize,
    /// As it is written in the table.
    pub(super) written: String,
    pub(super) way: Vec<Step>,
}

/// One step from a JSON value into it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Into the object's value of this key, in its bare form.
    Key(String),
    /// Into the first entry that has what is asked for.
    Entry,
}

/// Returns the names that begin with `key`, best first.
pub(super) fn names(key: &str) -> &'static [Name] {
    static TABLE: LazyLock<HashMap<String, Vec<Name>>> = LazyLock::new(table);
    TABLE.get(&*bare(key)).map_or(&[], Vec::as_slice)
}

/// Returns the fact that the plain key `key` states, with its name in the table.
pub(super) fn fact(key: &str) -> Option<&'static Name> {
    names(key).iter().find(|name| name.way.is_empty())
}

/// Returns `key` as the table is asked for it: small letters, no joints. Most keys are written so.
pub(super) fn bare(key: &str) -> Cow<'_, str> {
    let is_bare = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if key.bytes().all(is_bare) {
        return Cow::Borrowed(key);
    }
    key.chars()
        .filter(|c| !matches!(c, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The names of each fact, best first.
type Lists = BTreeMap<Fact, Vec<String>>;

fn table() -> HashMap<String, Vec<Name>> {
    let lists: Lists = toml::from_str(include_str!("../../assets/ingest/fields.toml"))
        .expect("a test reads the bundled list");
    let mut table: HashMap<String, Vec<Name>> = HashMap::new();
    for (fact, names) in lists {
        for (rank, written) in names.into_iter().enumerate() {
            let mut steps = steps(&written);
            if let Step::Key(first) = steps.remove(0) {
                table.entry(first).or_default().push(Name {
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

fn steps(written: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in written.split('.') {
        let key = part.trim_end_matches("[]");
        steps.push(Step::Key(bare(key).into_owned()));
        if key.len() < part.len() {
            steps.push(Step::Entry);
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
                fact(key).map(|name| name.fact),
                Some(Fact::Published),
                "{key}"
            );
        }
        assert_eq!(fact("Photo").map(|name| name.fact), None);
    }

    #[test]
    fn a_way_into_a_row_is_known_by_its_first_key() {
        let [plain, inner] = names("publisher") else {
            panic!("two names")
        };
        assert_eq!(
            (inner.fact, inner.way.as_slice()),
            (Fact::Outlet, [].as_slice())
        );
        assert_eq!(plain.way, [Step::Key("name".to_owned())]);
    }
}
