//! Lexicon files with those that they extend to one [`Lexicon`]: what is disabled left out, every name looked up.
//!
//! A name means something inside one lexicon and those it extends only, so two lexicons may both have a term `review`; a
//! [`QualifiedId`] tells them apart.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};

use super::finder::{NeedTarget, TermFinder, TermRules};
use super::lexicon::Lexicon;
use super::lexicon_file::{CategoryDef, LexiconFile, TermDef, TermNeed, WrittenNeed};
use super::{CategoryIx, LexiconTerm, TermCategory, TermIx, TermTier};
use xxhash_rust::xxh3::xxh3_64;

use crate::config::settings_file::{LocatedText, SettingsReader, follow_extends};
use crate::config::{SettingsError, SettingsErrors, SettingsFile};

impl Lexicon {
    /// Reads the lexicons `wanted`, in order of precedence; each may extend the bundled one, another of them or one of `others`.
    ///
    /// # Errors
    /// Returns all mistakes in the lexicons wanted and in those that they extend, by file and line.
    pub fn parse_all(
        wanted: &[SettingsFile],
        others: &[SettingsFile],
    ) -> Result<Self, SettingsErrors> {
        let bundled = [Self::bundled_file()];
        let others = others.iter().chain(&bundled);
        let others = others.filter(|file| !wanted.contains(file));
        let files = wanted.iter().chain(others.clone());
        let readers: Vec<SettingsReader<'_>> = files.map(SettingsReader::parse).collect();
        let pool = LexiconPool::read(&readers, wanted.len());
        pool.note_duplicate_ids();
        let lineages = (0..wanted.len()).filter_map(|file| pool.lineage(file));
        let lineages: Vec<Vec<usize>> = lineages.collect();
        let extended = lineages.iter().flat_map(|files| &files[1..]);
        let extended: Vec<usize> = extended.copied().collect();
        let kept = lineages.iter();
        let kept = kept.filter(|files| !extended.contains(&files[0]));
        let mut lexicon = pool.lexicon(&kept.collect::<Vec<_>>());
        let texts = wanted.iter().chain(others).map(|file| &*file.text);
        lexicon.fingerprint = xxh3_64(texts.collect::<Vec<_>>().join("\0").as_bytes());
        let takes_part = |file: &usize| *file < wanted.len() || extended.contains(file);
        let taking_part = (0..readers.len()).filter(takes_part);
        let errors = taking_part.flat_map(|file| readers[file].errors());
        SettingsErrors::unless_any(errors.collect(), lexicon)
    }

    /// Returns the mistakes in the lexicons `files`, each read for itself.
    pub fn errors(files: &[SettingsFile]) -> Vec<SettingsError> {
        let bundled = [Self::bundled_file()];
        let all = files.iter().chain(&bundled);
        let readers: Vec<SettingsReader<'_>> = all.map(SettingsReader::parse).collect();
        let pool = LexiconPool::read(&readers, files.len());
        for lineage in (0..files.len()).filter_map(|file| pool.lineage(file)) {
            pool.lexicon(&[&lineage]);
        }
        readers.iter().flat_map(SettingsReader::errors).collect()
    }
}

/// The lexicons asked for, and those that they may extend.
struct LexiconPool<'r> {
    files: Vec<LexiconFile<'r>>,
    /// Number of those asked for; they stand first.
    wanted: usize,
}

impl<'r> LexiconPool<'r> {
    /// Reads all files, of which the first `wanted` ones are asked for.
    fn read(readers: &'r [SettingsReader<'r>], wanted: usize) -> Self {
        let roots = readers.iter().map(SettingsReader::root);
        let files = roots.map(LexiconFile::read).collect();
        Self { files, wanted }
    }

    /// Returns the number of file `first`, that of the one it extends, and so on; `None`, with the mistake noted, where one
    /// is missing.
    fn lineage(&self, first: usize) -> Option<Vec<usize>> {
        let ids: Vec<&str> = self.files.iter().map(|file| file.id.text).collect();
        // One that extends its own id stands for the other, wherever the two are given.
        let find = |id: &str, taken: &[usize]| {
            let free = (0..ids.len()).filter(|file| ids[*file] == id && !taken.contains(file));
            free.min_by_key(|file| (*file >= self.wanted, !self.files[*file].extends_itself()))
        };
        follow_extends(
            first,
            |file| self.files[file].extends,
            find,
            "lexicon",
            &ids,
        )
    }

    /// Notes the ids that two of the lexicons asked for have, unless one of them extends the other.
    fn note_duplicate_ids(&self) {
        let mut taken = HashSet::new();
        let wanted = self.files.iter().take(self.wanted);
        for file in wanted.filter(|file| !file.id.text.is_empty() && !file.extends_itself()) {
            if !taken.insert(file.id.text) {
                file.id.note(format!(
                    "duplicate lexicon id {:?}; another lexicon has it",
                    file.id.text
                ));
            }
        }
    }

    /// Returns the terms of the lexicons with these `lineages`, which are in order of precedence.
    fn lexicon(&self, lineages: &[&Vec<usize>]) -> Lexicon {
        let chain = |lineage: &&Vec<usize>| LexiconChain::new(&self.files, lineage);
        let chains: Vec<_> = lineages.iter().map(chain).collect();
        let numbers = Numbers::new(&chains);
        let categories = numbers.categories.values().map(|one| TermCategory {
            id: one.def.id.text.to_owned(),
            label: one.def.label.to_owned(),
            color: one.def.color,
            lexicon: one.lexicon.to_owned(),
        });
        let mut lexicon = Lexicon {
            categories: categories.collect(),
            terms: Vec::new(),
            finder: TermFinder::default(),
            fingerprint: 0,
        };
        for chain in &chains {
            chain.note_unknown_needs(&numbers);
            for def in chain.term_defs() {
                let number = numbers.term(chain.terms[def.id.text]);
                let rules = chain.rules(def, &numbers);
                // Terms come in the order of their numbers; one that comes again was disabled, redefined or taken before.
                let is_next = number == Some(TermIx(lexicon.terms.len()));
                if let Some(rules) = rules.filter(|_| is_next) {
                    lexicon.terms.push(to_term(def, rules.category));
                    lexicon.finder.add(&def.forms, rules);
                }
            }
        }
        lexicon
    }
}

fn to_term(def: &TermDef<'_>, category: CategoryIx) -> LexiconTerm {
    let forms = def.forms.iter().map(|form| form.text().to_owned());
    LexiconTerm {
        id: def.id.text.to_owned(),
        category,
        canon: def.canon.map(str::to_owned),
        forms: forms.collect(),
        tier: def.tier,
    }
}

/// Full name of a category or a term: the number of the file that brought it in, and its id there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct QualifiedId<'r> {
    file: usize,
    id: &'r str,
}

/// A category as a chain has it.
#[derive(Clone, Copy)]
struct ChainCategory<'p, 'r> {
    full: QualifiedId<'r>,
    def: &'p CategoryDef<'r>,
    /// Id of the lexicon that defines it.
    lexicon: &'r str,
}

/// A lexicon with those that it extends, and the names that they share.
struct LexiconChain<'p, 'r> {
    /// The lexicon, then the one that it extends, and so on.
    files: Vec<&'p LexiconFile<'r>>,
    /// Categories by id, the last file's first; a redefined one stays in its place.
    categories: IndexMap<&'r str, ChainCategory<'p, 'r>>,
    /// A redefined id keeps standing for the term that it redefines.
    terms: HashMap<&'r str, QualifiedId<'r>>,
}

impl<'p, 'r> LexiconChain<'p, 'r> {
    fn new(files: &'p [LexiconFile<'r>], lineage: &[usize]) -> Self {
        let mut chain = Self {
            files: lineage.iter().map(|number| &files[*number]).collect(),
            categories: IndexMap::new(),
            terms: HashMap::new(),
        };
        for &file in lineage.iter().rev() {
            let lexicon = &files[file];
            for def in &lexicon.categories {
                let id = def.id.text;
                let known = chain.categories.get(id).map(|category| category.full);
                let category = ChainCategory {
                    full: known.unwrap_or(QualifiedId { file, id }),
                    def,
                    lexicon: lexicon.id.text,
                };
                chain.categories.insert(id, category);
            }
            for def in &lexicon.terms {
                let id = def.id.text;
                chain.terms.entry(id).or_insert(QualifiedId { file, id });
            }
        }
        chain
    }

    /// Returns the terms of all its files; its own come first, so that they win a tie.
    fn term_defs(&self) -> impl Iterator<Item = &'p TermDef<'r>> {
        self.files.iter().flat_map(|file| &file.terms)
    }

    /// Returns the terms that one of its files does without.
    fn disabled(&self) -> Vec<QualifiedId<'r>> {
        let mut disabled = Vec::new();
        for (place, file) in self.files.iter().enumerate() {
            let base = self.files[place + 1..].iter();
            let base = base.flat_map(|file| &file.terms);
            let base: HashSet<&str> = base.map(|def| def.id.text).collect();
            for id in &file.disable {
                match self.terms.get(id.text) {
                    _ if file.extends.is_none() => id.note("disable does nothing without extends"),
                    Some(full) if base.contains(id.text) => disabled.push(*full),
                    _ => id.note_unknown("term to disable", base.iter().copied()),
                }
            }
        }
        disabled
    }

    /// Returns the rules of `def`; `None`, with the mistake noted, where its category is unknown.
    fn rules(&self, def: &TermDef<'r>, numbers: &Numbers<'_, 'r>) -> Option<TermRules> {
        let Some(category) = self.categories.get(def.category.text) else {
            if !def.category.text.is_empty() {
                let known = self.categories.keys().copied();
                def.category.note_unknown("category", known);
            }
            return None;
        };
        // A weak term is shown on request, so it stands without the need of its category.
        let of_category = category.def.need.as_ref();
        let of_category = of_category.filter(|_| def.tier == TermTier::Strong);
        let need = def.need.as_ref().or(of_category);
        Some(TermRules {
            category: numbers.category(category.full)?,
            tier: def.tier,
            inflections: def.inflections,
            case: def.case,
            need: need.map(|need| self.need(need, numbers)),
            not_before: def.not_before.clone(),
            not_after: def.not_after.clone(),
        })
    }

    /// Returns the need by numbers; a disabled term meets none.
    fn need(&self, need: &WrittenNeed<'r>, numbers: &Numbers<'_, 'r>) -> TermNeed<NeedTarget> {
        let targets = need.any.iter();
        let targets = targets.filter_map(|name| self.target(*name, numbers));
        TermNeed {
            any: targets.collect(),
            scope: need.scope,
        }
    }

    fn target(&self, name: LocatedText<'r>, numbers: &Numbers<'_, 'r>) -> Option<NeedTarget> {
        let category = name.text.strip_prefix('@');
        if let Some(category) = category.and_then(|id| self.categories.get(id)) {
            return numbers.category(category.full).map(NeedTarget::Category);
        }
        if let Some(term) = self.terms.get(name.text) {
            return numbers.term(*term).map(NeedTarget::Term);
        }
        let known = self.categories.keys().map(|id| format!("@{id}"));
        let known: Vec<String> = known.collect();
        let known = known.iter().map(String::as_str);
        name.note_unknown("term or @category", known.chain(self.terms.keys().copied()));
        None
    }

    /// Notes the unknown names in the needs of categories, which may have no term yet.
    fn note_unknown_needs(&self, numbers: &Numbers<'_, 'r>) {
        let needs = self.categories.values();
        for need in needs.filter_map(|category| category.def.need.as_ref()) {
            self.need(need, numbers);
        }
    }
}

/// The numbers of the categories and terms of several chains; those that two chains took from a third are there once.
struct Numbers<'p, 'r> {
    categories: IndexMap<QualifiedId<'r>, ChainCategory<'p, 'r>>,
    terms: IndexSet<QualifiedId<'r>>,
}

impl<'p, 'r> Numbers<'p, 'r> {
    fn new(chains: &[LexiconChain<'p, 'r>]) -> Self {
        let mut numbers = Self {
            categories: IndexMap::new(),
            terms: IndexSet::new(),
        };
        for category in chains.iter().flat_map(|chain| chain.categories.values()) {
            numbers.categories.entry(category.full).or_insert(*category);
        }
        let disabled: HashSet<QualifiedId<'_>> =
            chains.iter().flat_map(LexiconChain::disabled).collect();
        for chain in chains {
            for def in chain.term_defs() {
                let full = chain.terms[def.id.text];
                if !disabled.contains(&full) {
                    numbers.terms.insert(full);
                }
            }
        }
        numbers
    }

    fn category(&self, full: QualifiedId<'r>) -> Option<CategoryIx> {
        self.categories.get_index_of(&full).map(CategoryIx)
    }

    fn term(&self, full: QualifiedId<'r>) -> Option<TermIx> {
        self.terms.get_index_of(&full).map(TermIx)
    }
}
