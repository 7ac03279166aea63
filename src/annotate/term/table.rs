//! TOML tables read by hand: strings, lists and choices, and every mistake with its line.
//!
//! The tree of the TOML crate is walked with its places, because a derived reader stops at the first mistake.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One thing that is wrong in a lexicon file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// A word with the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Located {
    pub(super) word: String,
    pub(super) line: usize,
}

/// Reads tables, and notes what is wrong in them.
pub(super) struct Reader<'a> {
    line_ends: Vec<usize>,
    path: &'a str,
    problems: &'a mut Vec<Problem>,
}

/// A table with the place where it begins and what it is called in messages.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub(super) entries: &'a DeTable<'a>,
    pub(super) at: usize,
    pub(super) what: &'static str,
}

impl<'a> Table<'a> {
    /// Returns the value at `key`.
    pub(super) fn get(self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.entries.get(key)
    }
}

impl<'a> Reader<'a> {
    /// Makes the reader of `source`, which messages call `path`.
    pub(super) fn new(source: &str, path: &'a str, problems: &'a mut Vec<Problem>) -> Self {
        Self {
            line_ends: memchr::memchr_iter(b'\n', source.as_bytes()).collect(),
            path,
            problems,
        }
    }

    /// Returns what messages call the file.
    pub(super) fn path(&self) -> &'a str {
        self.path
    }

    pub(super) fn known_keys(&mut self, table: Table<'_>, known: &[&str]) {
        for key in table.entries.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let message = format!(
                    "unknown key {name:?} in {}{}",
                    table.what,
                    did_you_mean(name, known.iter().copied())
                );
                self.problem(key.span().start, message);
            }
        }
    }

    pub(super) fn required(&mut self, table: Table<'_>, key: &str) -> Located {
        if table.get(key).is_none() {
            self.problem(table.at, format!("{} needs {key} = \"...\"", named(table)));
        }
        self.text(table, key).unwrap_or_else(|| Located {
            word: String::new(),
            line: self.line(table.at),
        })
    }

    pub(super) fn text(&mut self, table: Table<'_>, key: &str) -> Option<Located> {
        self.word(table.get(key)?, format_args!("{key}"))
    }

    fn word(&mut self, value: &Spanned<DeValue<'_>>, key: fmt::Arguments<'_>) -> Option<Located> {
        let at = value.span().start;
        match value.get_ref().as_str() {
            Some(word) => Some(Located {
                word: word.to_owned(),
                line: self.line(at),
            }),
            None => {
                self.problem(
                    at,
                    format!("{key} must be a string, not {}", article(value.get_ref())),
                );
                None
            }
        }
    }

    pub(super) fn words(&mut self, table: Table<'_>, key: &str) -> Vec<Located> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.problem(
                value.span().start,
                format!(
                    "{key} must be a list of strings, not {}",
                    article(value.get_ref())
                ),
            );
            return Vec::new();
        };
        list.iter()
            .filter_map(|item| self.word(item, format_args!("each of {key}")))
            .collect()
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        table: Table<'_>,
        key: &str,
        known: &[(&str, T)],
    ) -> Option<T> {
        let chosen = self.text(table, key)?;
        let found = known.iter().find(|(name, _)| *name == chosen.word);
        if found.is_none() {
            let names: Vec<_> = known.iter().map(|(name, _)| format!("{name:?}")).collect();
            self.problem_on(
                chosen.line,
                format!(
                    "unknown {key} {:?}; it is one of {}",
                    chosen.word,
                    names.join(", ")
                ),
            );
        }
        found.map(|&(_, value)| value)
    }

    pub(super) fn tables<'t>(
        &mut self,
        file: Table<'t>,
        key: &str,
        what: &'static str,
    ) -> Vec<Table<'t>> {
        let Some(value) = file.get(key) else {
            return Vec::new();
        };
        let items = value
            .get_ref()
            .as_array()
            .map(|list| list.iter().collect::<Vec<_>>());
        let mut tables = Vec::new();
        for item in items.unwrap_or_else(|| vec![value]) {
            let at = item.span().start;
            match item
                .get_ref()
                .as_table()
                .filter(|_| value.get_ref().is_array())
            {
                Some(entries) => tables.push(Table { entries, at, what }),
                None => self.problem(at, format!("{what} is written [[{key}]]")),
            }
        }
        tables
    }

    pub(super) fn problem(&mut self, at: usize, message: String) {
        let line = self.line(at);
        self.problem_on(line, message);
    }

    pub(super) fn problem_on(&mut self, line: usize, message: String) {
        self.problems.push(Problem {
            file: self.path.to_owned(),
            line,
            message,
        });
    }

    pub(super) fn line(&self, at: usize) -> usize {
        self.line_ends.partition_point(|&end| end < at) + 1
    }
}

/// Returns `; did you mean "..."?` if one of `known` is near enough to `word`.
pub(super) fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    known
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .min()
        .filter(|&(distance, name)| distance <= name.chars().count().max(3) / 3)
        .map_or_else(String::new, |(_, name)| format!("; did you mean {name:?}?"))
}

/// Returns what a message calls the table: `term "tariff"` if it has an id.
pub(super) fn named(table: Table<'_>) -> String {
    match table.get("id").and_then(|id| id.get_ref().as_str()) {
        Some(id) => format!("{} {id:?}", table.what.trim_start_matches("a ")),
        None => table.what.to_owned(),
    }
}

fn article(value: &DeValue<'_>) -> String {
    let name = value.type_str();
    let article = if name.starts_with(['a', 'i']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {name}")
}
