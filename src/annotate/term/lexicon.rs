//! [`Lexicon`]: one or several lexicon files ready to be looked for.
//!
//! Several lexicons stand side by side: categories and terms keep their lexicon, and where two lexicons claim the same words the earlier one has
//! them. A lexicon that extends another stands for it too, so giving both is the same as giving the extension.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::find::{Finder, Rules};
use super::resolve::{Anchor, Entry, Gate, Key, KeyGate, Vocabulary, resolve};
use super::schema::{self, File};
use super::table::{Problem, did_you_mean};
use super::{CategoryIx, LexiconTerm, TermCategory, TermHit, TermIx, TermTier};
use crate::compiled;
use crate::text::Span;

/// The lexicon that comes with the program.
const BUNDLED: &str = include_str!("../../../assets/lexicons/tariff.toml");
/// What it is once it is read.
const COMPILED: &[u8] = include_bytes!("../../../assets/compiled/tariff.bin");

/// A lexicon file that was read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its path, for messages.
    pub path: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// What is wrong with lexicon files, all of it; one line each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct LexiconError {
    /// In the order of the files and their lines, at least one.
    pub problems: Vec<Problem>,
}

/// Categories, terms and where each may match; made once, used for every text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lexicon {
    /// Id and name of each of its lexicons.
    names: Vec<(String, String)>,
    categories: Vec<TermCategory>,
    terms: Vec<LexiconTerm>,
    finder: Finder,
    /// What it was made of; none of the bundled lexicon, which comes made.
    #[serde(skip)]
    vocabularies: Option<Vec<Vocabulary>>,
}

impl Lexicon {
    /// Returns the lexicon of trade and tariffs that comes with the program.
    pub fn bundled() -> Self {
        compiled::read(COMPILED)
    }

    /// Returns the source of the bundled lexicon, to be shown or copied by a person who writes another.
    pub fn bundled_source() -> &'static str {
        BUNDLED
    }

    /// Reads one lexicon; it may extend the bundled one. `path` is what messages call it.
    pub fn parse(text: &str, path: &str) -> Result<Self, LexiconError> {
        Self::parse_all(&[Source { path, text }])
    }

    /// Reads several lexicons, in order of precedence; each may extend the bundled one or another of them.
    pub fn parse_all(sources: &[Source<'_>]) -> Result<Self, LexiconError> {
        let mut problems = Vec::new();
        let files = sources
            .iter()
            .map(|source| schema::read(source.text, source.path, &mut problems));
        let files: Vec<File> = files.collect();
        let vocabularies = resolve_all(files, &mut problems);
        if problems.is_empty() {
            return Ok(Self::of(vocabularies));
        }
        let order = |problem: &Problem| {
            sources
                .iter()
                .position(|source| source.path == problem.file)
        };
        problems.sort_by_key(|problem| (order(problem), problem.line));
        Err(LexiconError { problems })
    }

    /// Returns `lexicons` as one, in order of precedence.
    pub fn merged(lexicons: Vec<Lexicon>) -> Self {
        Self::of(
            lexicons
                .into_iter()
                .flat_map(|lexicon| {
                    lexicon
                        .vocabularies
                        .unwrap_or_else(|| vec![bundled_vocabulary()])
                })
                .collect(),
        )
    }

    /// Returns the terms in `paragraphs` of `text`, strong and weak, in order and without overlaps.
    ///
    /// The paragraphs are in order too; what is not in one is not looked at. Takes time linear in the text.
    pub fn find(&self, text: &str, paragraphs: &[Span]) -> Vec<TermHit> {
        let found = self.finder.find(text, paragraphs);
        let hits = found.into_iter().filter_map(|(span, term, form)| {
            let entry = self.terms.get(term.0)?;
            Some(TermHit {
                span,
                category: entry.category,
                term,
                form,
                tier: entry.tier,
            })
        });
        hits.collect()
    }

    /// Returns the categories, in the order of the files; their places are their [`CategoryIx`].
    pub fn categories(&self) -> &[TermCategory] {
        &self.categories
    }

    /// Returns the terms; their places are their [`TermIx`].
    pub fn terms(&self) -> &[LexiconTerm] {
        &self.terms
    }

    /// Returns the id and the name of each lexicon in it.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names
            .iter()
            .map(|(id, name)| (id.as_str(), name.as_str()))
    }

    /// Returns the kind of a hit of this lexicon.
    pub fn category(&self, hit: &TermHit) -> &TermCategory {
        &self.categories[hit.category.0]
    }

    /// Returns the entry of a hit of this lexicon.
    pub fn term(&self, hit: &TermHit) -> &LexiconTerm {
        &self.terms[hit.term.0]
    }

    /// Returns what a hit of this lexicon stands for: `CUSMA` for `USMCA`; where a term's forms are no names of one thing, the form as listed.
    pub fn canonical(&self, hit: &TermHit) -> &str {
        let term = self.term(hit);
        let form = term.forms.get(hit.form).map_or("", String::as_str);
        term.canon.as_deref().unwrap_or(form)
    }

    fn of(vocabularies: Vec<Vocabulary>) -> Self {
        let kept = without_extended(vocabularies);
        let mut assembly = Assembly::default();
        assembly.number(&kept);
        let rules = assembly.rules(&kept);
        let names = kept.iter().map(|one| (one.id.clone(), one.name.clone()));
        Self {
            names: names.collect(),
            finder: Finder::new(&assembly.terms, rules),
            categories: assembly.categories,
            terms: assembly.terms,
            vocabularies: Some(kept),
        }
    }
}

fn bundled_vocabulary() -> Vocabulary {
    let mut problems = Vec::new();
    let file = schema::read(BUNDLED, "tariff.toml", &mut problems);
    let vocabulary = resolve(file, None, &mut problems);
    debug_assert!(problems.is_empty(), "{problems:?}");
    vocabulary
}

/// Resolves `files`, each after the one that it extends; returns them in the order given.
fn resolve_all(files: Vec<File>, problems: &mut Vec<Problem>) -> Vec<Vocabulary> {
    problems.extend(same_ids(&files));
    let mut known = vec![bundled_vocabulary()];
    let mut numbers = Vec::new();
    let mut waiting: Vec<(usize, File)> = files.into_iter().enumerate().collect();
    while let Some(next) = (0..waiting.len()).find(|&at| is_ready(at, &waiting, &known)) {
        let (number, file) = waiting.remove(next);
        let base = file
            .extends
            .as_ref()
            .and_then(|extends| latest(&extends.word, &known))
            .cloned();
        known.push(resolve(file, base.as_ref(), problems));
        numbers.push(number);
    }
    problems.extend(
        waiting
            .iter()
            .map(|(_, file)| no_base(file, &known, &waiting)),
    );
    let mut done: Vec<_> = numbers.into_iter().zip(known.into_iter().skip(1)).collect();
    done.sort_by_key(|&(number, _)| number);
    done.into_iter().map(|(_, vocabulary)| vocabulary).collect()
}

/// Whether what the file at `at` extends is known, and no other file that waits will stand for it.
fn is_ready(at: usize, waiting: &[(usize, File)], known: &[Vocabulary]) -> bool {
    let Some(base) = waiting[at].1.extends.as_ref().map(|extends| &extends.word) else {
        return true;
    };
    let mut others = waiting.iter().enumerate().filter(|&(other, _)| other != at);
    latest(base, known).is_some() && !others.any(|(_, (_, file))| file.id.word == *base)
}

/// Returns the one called `id` that was resolved last.
fn latest<'a>(id: &str, known: &'a [Vocabulary]) -> Option<&'a Vocabulary> {
    known.iter().rfind(|vocabulary| vocabulary.id == id)
}

fn no_base(file: &File, known: &[Vocabulary], waiting: &[(usize, File)]) -> Problem {
    let (word, line) = file
        .extends
        .as_ref()
        .map_or(("", 1), |extends| (extends.word.as_str(), extends.line));
    let message = if waiting.iter().any(|(_, other)| other.id.word == word) {
        format!("extends {word:?}, which in turn extends nothing that is known")
    } else {
        let hint = did_you_mean(word, known.iter().map(|vocabulary| vocabulary.id.as_str()));
        format!("extends unknown lexicon {word:?}{hint}")
    };
    Problem {
        file: file.path.clone(),
        line,
        message,
    }
}

/// Returns the files with an id that an earlier one has; one that extends its own id means to stand for the other.
fn same_ids(files: &[File]) -> Vec<Problem> {
    let extends_itself = |file: &File| {
        file.extends
            .as_ref()
            .is_some_and(|base| base.word == file.id.word)
    };
    let mut owners: HashMap<&str, &str> = HashMap::new();
    let mut problems = Vec::new();
    for file in files
        .iter()
        .filter(|file| !file.id.word.is_empty() && !extends_itself(file))
    {
        if let Some(owner) = owners.insert(&file.id.word, &file.path) {
            problems.push(Problem {
                file: file.path.clone(),
                line: file.id.line,
                message: format!(
                    "duplicate lexicon id {:?}; it is taken by {owner}",
                    file.id.word
                ),
            });
        }
    }
    problems
}

/// Leaves out each vocabulary that another one extends, or that is there twice.
fn without_extended(vocabularies: Vec<Vocabulary>) -> Vec<Vocabulary> {
    let mut seen = HashSet::new();
    let mut once = vocabularies;
    once.retain(|one| seen.insert((one.id.clone(), one.extends.clone())));
    let is_extended = |at: usize| {
        let mut others = once.iter().enumerate().filter(|&(other, _)| other != at);
        others.any(|(_, other)| other.extends.contains(&once[at].id))
    };
    let extended: Vec<bool> = (0..once.len()).map(is_extended).collect();
    let kept = once
        .into_iter()
        .zip(extended)
        .filter(|(_, extended)| !extended);
    kept.map(|(one, _)| one).collect()
}

/// Keys to numbers, over several vocabularies.
#[derive(Default)]
struct Assembly {
    categories: Vec<TermCategory>,
    terms: Vec<LexiconTerm>,
    category_numbers: HashMap<Key, CategoryIx>,
    term_numbers: HashMap<Key, TermIx>,
}

impl Assembly {
    /// Numbers what the vocabularies hold; what two of them took from a third is there once.
    fn number(&mut self, vocabularies: &[Vocabulary]) {
        for kind in vocabularies.iter().flat_map(|one| &one.kinds) {
            if !self.category_numbers.contains_key(&kind.key) {
                self.category_numbers
                    .insert(kind.key.clone(), CategoryIx(self.categories.len()));
                self.categories.push(kind.category.clone());
            }
        }
        let disabled: HashSet<&Key> = vocabularies.iter().flat_map(|one| &one.disabled).collect();
        for entry in vocabularies.iter().flat_map(|one| &one.entries) {
            if !disabled.contains(&entry.key) && !self.term_numbers.contains_key(&entry.key) {
                self.add(entry);
            }
        }
    }

    fn add(&mut self, entry: &Entry) {
        let Some(&category) = self.category_numbers.get(&entry.category) else {
            return;
        };
        self.term_numbers
            .insert(entry.key.clone(), TermIx(self.terms.len()));
        self.terms.push(LexiconTerm {
            id: entry.key.id.clone(),
            category,
            sub: entry.table.sub.clone(),
            canon: entry.table.canon.clone(),
            forms: entry.table.forms.clone(),
            tier: entry.table.tier,
        });
    }

    /// Returns the rules of each numbered term, in order.
    fn rules(&self, vocabularies: &[Vocabulary]) -> Vec<Rules> {
        let mut rules: Vec<Rules> = Vec::with_capacity(self.terms.len());
        for vocabulary in vocabularies {
            for entry in &vocabulary.entries {
                if self.term_numbers.get(&entry.key) == Some(&TermIx(rules.len())) {
                    rules.push(self.rules_of(entry, vocabulary));
                }
            }
        }
        rules
    }

    fn rules_of(&self, entry: &Entry, vocabulary: &Vocabulary) -> Rules {
        let kind = vocabulary
            .kinds
            .iter()
            .find(|kind| kind.key == entry.category);
        let of_kind = kind
            .and_then(|kind| kind.need.as_ref())
            .filter(|_| entry.table.tier == TermTier::Strong);
        Rules {
            inflect: entry.table.inflect,
            case: entry.table.case,
            gate: entry
                .need
                .as_ref()
                .or(of_kind)
                .map(|gate| self.numbered(gate)),
            not_before: entry.table.not_before.clone(),
            not_after: entry.table.not_after.clone(),
        }
    }

    /// Returns the gate by numbers; a disabled term opens none.
    fn numbered(&self, gate: &KeyGate) -> Gate<TermIx, CategoryIx> {
        let any = gate.any.iter().filter_map(|anchor| match anchor {
            Anchor::Term(key) => self.term_numbers.get(key).map(|&term| Anchor::Term(term)),
            Anchor::Category(key) => self
                .category_numbers
                .get(key)
                .map(|&category| Anchor::Category(category)),
        });
        Gate {
            any: any.collect(),
            scope: gate.scope,
        }
    }
}

#[cfg(test)]
mod tests;
