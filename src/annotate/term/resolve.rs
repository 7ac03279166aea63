//! A lexicon file to a [`Vocabulary`]: what it extends taken in, what it disables left out, every name looked up.
//!
//! A name means something inside one lexicon only, so two lexicons may both have a term `review`; a [`Key`] tells them apart.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::TermCategory;
use super::schema::{CategoryTable, File, Need, Scope, TermTable};
use super::table::{Located, Problem, did_you_mean};

/// The full name of a category or a term: the lexicon that brought it in, and its id there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) lexicon: String,
    pub(super) id: String,
}

/// What a `need` may name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Anchor<T, C> {
    Term(T),
    Category(C),
}

/// A need with its names looked up; one of them is enough.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Gate<T, C> {
    pub(super) any: Vec<Anchor<T, C>>,
    pub(super) scope: Scope,
}

/// A gate as a vocabulary knows it.
pub(super) type KeyGate = Gate<Key, Key>;

#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub(super) key: Key,
    pub(super) category: TermCategory,
    pub(super) need: Option<KeyGate>,
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: Key,
    pub(super) category: Key,
    pub(super) need: Option<KeyGate>,
    pub(super) table: TermTable,
}

/// A lexicon with what it extends, complete in itself.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    pub(super) id: String,
    pub(super) name: String,
    /// Ids of the lexicons that it takes in, and so stands for.
    pub(super) extends: Vec<String>,
    pub(super) kinds: Vec<Kind>,
    pub(super) entries: Vec<Entry>,
    /// Terms of what it extends that it does without.
    pub(super) disabled: HashSet<Key>,
}

/// Looks up every name of `file`, which extends `base`; what is wrong goes to `problems`.
pub(super) fn resolve(
    file: File,
    base: Option<&Vocabulary>,
    problems: &mut Vec<Problem>,
) -> Vocabulary {
    let mut resolver = Resolver {
        names: Names::of(&file, base),
        path: file.path.clone(),
        problems,
    };
    resolver.unique(file.categories.iter().map(|table| &table.id), "category");
    resolver.unique(file.terms.iter().map(|table| &table.id), "term");
    let disabled = resolver.disabled(&file.disable, base);
    let mut vocabulary = Vocabulary {
        extends: base.map_or_else(Vec::new, |base| {
            base.extends
                .iter()
                .cloned()
                .chain([base.id.clone()])
                .collect()
        }),
        kinds: base.map_or_else(Vec::new, |base| base.kinds.clone()),
        entries: Vec::new(),
        disabled,
        name: file.name,
        id: file.id.word,
    };
    for table in file.categories {
        let kind = resolver.kind(table, &vocabulary.id);
        put_kind(&mut vocabulary.kinds, kind);
    }
    let own = file.terms.into_iter().map(|table| resolver.entry(table));
    vocabulary.entries = own.collect();
    vocabulary.take_entries_of(base);
    vocabulary
}

impl Vocabulary {
    /// Takes the terms of `base` in after its own, so that its own win a tie.
    fn take_entries_of(&mut self, base: Option<&Vocabulary>) {
        let Some(base) = base else { return };
        let own: HashSet<Key> = self.entries.iter().map(|entry| entry.key.clone()).collect();
        let taken = base
            .entries
            .iter()
            .filter(|entry| !own.contains(&entry.key) && !self.disabled.contains(&entry.key));
        let taken: Vec<Entry> = taken.cloned().collect();
        self.entries.extend(taken);
        self.disabled.extend(base.disabled.iter().cloned());
    }
}

/// Puts `kind` in the place of the one that it redefines, else last.
fn put_kind(kinds: &mut Vec<Kind>, kind: Kind) {
    match kinds.iter_mut().find(|known| known.key == kind.key) {
        Some(known) => *known = kind,
        None => kinds.push(kind),
    }
}

/// What each id of one lexicon stands for.
struct Names {
    lexicon: String,
    categories: HashMap<String, Key>,
    terms: HashMap<String, Key>,
}

impl Names {
    /// Ids of `file` and of what it extends; a redefined id keeps standing for what `base` calls so.
    fn of(file: &File, base: Option<&Vocabulary>) -> Self {
        let mut names = Self {
            lexicon: file.id.word.clone(),
            categories: HashMap::new(),
            terms: HashMap::new(),
        };
        for key in base
            .iter()
            .flat_map(|base| &base.kinds)
            .map(|kind| &kind.key)
        {
            names.categories.insert(key.id.clone(), key.clone());
        }
        for key in base
            .iter()
            .flat_map(|base| &base.entries)
            .map(|entry| &entry.key)
        {
            names.terms.insert(key.id.clone(), key.clone());
        }
        for table in &file.categories {
            let key = names.own(&table.id.word);
            names.categories.entry(table.id.word.clone()).or_insert(key);
        }
        for table in &file.terms {
            let key = names.own(&table.id.word);
            names.terms.entry(table.id.word.clone()).or_insert(key);
        }
        names
    }

    fn own(&self, id: &str) -> Key {
        Key {
            lexicon: self.lexicon.clone(),
            id: id.to_owned(),
        }
    }

    /// Returns every name as a `need` writes it.
    fn written(&self) -> Vec<String> {
        let categories = self.categories.keys().map(|id| format!("@{id}"));
        categories.chain(self.terms.keys().cloned()).collect()
    }
}

struct Resolver<'a> {
    names: Names,
    path: String,
    problems: &'a mut Vec<Problem>,
}

impl Resolver<'_> {
    fn unique<'t>(&mut self, ids: impl Iterator<Item = &'t Located>, what: &str) {
        let mut first: HashMap<&str, usize> = HashMap::new();
        for id in ids.filter(|id| !id.word.is_empty()) {
            if let Some(line) = first.get(id.word.as_str()) {
                self.problem(
                    id,
                    format!(
                        "duplicate {what} id {:?}; it is taken on line {line}",
                        id.word
                    ),
                );
            } else {
                first.insert(&id.word, id.line);
            }
        }
    }

    fn disabled(&mut self, disable: &[Located], base: Option<&Vocabulary>) -> HashSet<Key> {
        let mut disabled = HashSet::new();
        for id in disable {
            match base.and_then(|base| base.entries.iter().find(|entry| entry.key.id == id.word)) {
                Some(entry) => {
                    disabled.insert(entry.key.clone());
                }
                None => self.nothing_to_disable(id, base),
            }
        }
        disabled
    }

    fn nothing_to_disable(&mut self, id: &Located, base: Option<&Vocabulary>) {
        let message = match base {
            None => "disable does nothing without extends".to_owned(),
            Some(base) => {
                let known = base.entries.iter().map(|entry| entry.key.id.as_str());
                format!(
                    "nothing to disable: {:?} has no term {:?}{}",
                    base.id,
                    id.word,
                    did_you_mean(&id.word, known)
                )
            }
        };
        self.problem(id, message);
    }

    fn kind(&mut self, table: CategoryTable, lexicon: &str) -> Kind {
        Kind {
            key: self
                .category(&table.id)
                .unwrap_or_else(|| self.names.own(&table.id.word)),
            need: table.need.map(|need| self.gate(need)),
            category: TermCategory {
                id: table.id.word,
                label: table.label,
                color: table.color,
                lexicon: lexicon.to_owned(),
            },
        }
    }

    fn entry(&mut self, mut table: TermTable) -> Entry {
        let known = self.names.terms.get(&table.id.word).cloned();
        Entry {
            key: known.unwrap_or_else(|| self.names.own(&table.id.word)),
            category: self
                .category(&table.category)
                .unwrap_or_else(|| self.names.own("")),
            need: table.need.take().map(|need| self.gate(need)),
            table,
        }
    }

    fn category(&mut self, id: &Located) -> Option<Key> {
        let found = self.names.categories.get(&id.word).cloned();
        if found.is_none() && !id.word.is_empty() {
            let known = self.names.categories.keys().map(String::as_str);
            let message = format!(
                "unknown category {:?}{}",
                id.word,
                did_you_mean(&id.word, known)
            );
            self.problem(id, message);
        }
        found
    }

    fn gate(&mut self, need: Need) -> KeyGate {
        Gate {
            any: need
                .any
                .iter()
                .filter_map(|name| self.anchor(name))
                .collect(),
            scope: need.scope,
        }
    }

    fn anchor(&mut self, name: &Located) -> Option<Anchor<Key, Key>> {
        let found = match name.word.strip_prefix('@') {
            Some(id) => self.names.categories.get(id).cloned().map(Anchor::Category),
            None => self.names.terms.get(&name.word).cloned().map(Anchor::Term),
        };
        if found.is_none() {
            let known = self.names.written();
            let hint = did_you_mean(&name.word, known.iter().map(String::as_str));
            self.problem(
                name,
                format!(
                    "need names {:?}, which is no term id and no \"@category\"{hint}",
                    name.word
                ),
            );
        }
        found
    }

    fn problem(&mut self, at: &Located, message: String) {
        self.problems.push(Problem {
            file: self.path.clone(),
            line: at.line,
            message,
        });
    }
}
