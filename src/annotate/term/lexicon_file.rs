//! A lexicon file (schema 1) to [`LexiconFile`], with every mistake in it noted.
//!
//! The meaning of a name is not known here; `assembly` looks names up.

use std::collections::HashMap;

use super::inflection::Inflections;
use super::tokens::{self, TokenizedForm};
use super::{TermColor, TermTier};
use crate::config::settings_file::{LocatedText, SettingsTable};

/// Treatment of upper and lower case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LetterCase {
    /// No difference.
    #[default]
    Ignored,
    /// Compared letter by letter.
    Exact,
    /// A capital only where a sentence begins; elsewhere it is a name.
    LowerOrStart,
}

/// Distance from a hit within which its `need` must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NeedScope {
    /// The sentence.
    #[default]
    Sentence,
    /// This many paragraphs either side; 0 is the paragraph itself.
    Near(usize),
    /// Anywhere.
    Article,
}

/// The terms and categories of which one must stand near a hit.
#[derive(Clone, Debug)]
pub(super) struct TermNeed<T> {
    pub(super) any: Vec<T>,
    pub(super) scope: NeedScope,
}

/// A need as it is written: ids of terms, and of categories with a `@`.
pub(super) type WrittenNeed<'r> = TermNeed<LocatedText<'r>>;

/// Keys of the words that veto a hit; `*` is any token.
pub(super) type Veto = Vec<String>;

/// A `[[category]]` table.
#[derive(Clone, Debug)]
pub(super) struct CategoryDef<'r> {
    pub(super) id: LocatedText<'r>,
    pub(super) label: &'r str,
    pub(super) color: TermColor,
    pub(super) need: Option<WrittenNeed<'r>>,
}

/// A `[[term]]` table.
#[derive(Clone, Debug)]
pub(super) struct TermDef<'r> {
    pub(super) id: LocatedText<'r>,
    pub(super) category: LocatedText<'r>,
    pub(super) canon: Option<&'r str>,
    pub(super) forms: Vec<TokenizedForm<'r>>,
    pub(super) inflections: Inflections,
    pub(super) case: LetterCase,
    pub(super) tier: TermTier,
    pub(super) need: Option<WrittenNeed<'r>>,
    pub(super) not_before: Vec<Veto>,
    pub(super) not_after: Vec<Veto>,
}

/// A lexicon file, every word of it read and none looked up.
#[derive(Clone, Debug)]
pub(super) struct LexiconFile<'r> {
    pub(super) id: LocatedText<'r>,
    pub(super) extends: Option<LocatedText<'r>>,
    pub(super) disable: Vec<LocatedText<'r>>,
    pub(super) categories: Vec<CategoryDef<'r>>,
    pub(super) terms: Vec<TermDef<'r>>,
}

const FILE_KEYS: &[&str] = &[
    "schema", "id", "name", "lang", "version", "extends", "disable", "category", "term",
];
const CATEGORY_KEYS: &[&str] = &["id", "label", "color", "need", "scope"];
const TERM_KEYS: &[&str] = &[
    "id",
    "cat",
    "sub",
    "canon",
    "forms",
    "inflect",
    "case",
    "tier",
    "need",
    "scope",
    "not_before",
    "not_after",
];
const CASES: &[(&str, LetterCase)] = &[
    ("any", LetterCase::Ignored),
    ("exact", LetterCase::Exact),
    ("lower-or-start", LetterCase::LowerOrStart),
];
const TIERS: &[(&str, TermTier)] = &[("strong", TermTier::Strong), ("weak", TermTier::Weak)];
/// A verb has the inflections of a noun too, so `nv` is the same as `v`.
const INFLECTIONS: &[(&str, Inflections)] = &[
    ("", Inflections::None),
    ("n", Inflections::Noun),
    ("v", Inflections::Verb),
    ("nv", Inflections::Verb),
];

impl<'r> LexiconFile<'r> {
    /// Reads the lexicon in `file`.
    pub(super) fn read(file: SettingsTable<'r>) -> Self {
        file.check_names("key of a lexicon", FILE_KEYS);
        check_schema(file);
        let categories = file.tables("category").into_iter().enumerate();
        let categories = categories.map(|(number, table)| read_category(table, number));
        let terms = file.tables("term").into_iter().map(read_term);
        let lexicon = Self {
            id: required_text(file, "a lexicon", "id"),
            extends: file.text("extends"),
            disable: file.texts("disable"),
            categories: categories.collect(),
            terms: terms.collect(),
        };
        note_duplicates("category", lexicon.categories.iter().map(|one| one.id));
        note_duplicates("term", lexicon.terms.iter().map(|one| one.id));
        lexicon
    }

    /// Whether it changes another lexicon of its own id.
    pub(super) fn extends_itself(&self) -> bool {
        self.extends.is_some_and(|base| base.text == self.id.text)
    }
}

fn check_schema(file: SettingsTable<'_>) {
    match file.get("schema") {
        None => file.note("a lexicon needs schema = 1 at its top"),
        Some(value) if value.as_number() == Some(1) => {}
        Some(value) => value.note("unknown schema; this program reads schema = 1"),
    }
    if let Some(lang) = file.text("lang").filter(|lang| lang.text != "en") {
        lang.note(format!(
            "lang {:?} is not supported; inflections are English, write lang = \"en\"",
            lang.text
        ));
    }
    // For people who read the file; nothing depends on them.
    for key in ["name", "version"] {
        file.text(key);
    }
}

fn note_duplicates<'r>(kind: &str, ids: impl Iterator<Item = LocatedText<'r>>) {
    let mut first: HashMap<&str, LocatedText<'_>> = HashMap::new();
    for id in ids.filter(|id| !id.text.is_empty()) {
        // Counting lines takes a pass over the file, so it waits for a mistake.
        if let Some(earlier) = first.insert(id.text, id) {
            id.note(format!(
                "duplicate {kind} id {:?}; it is taken on line {}",
                id.text,
                earlier.line()
            ));
        }
    }
}

fn read_category(table: SettingsTable<'_>, number: usize) -> CategoryDef<'_> {
    table.check_names("key of a category", CATEGORY_KEYS);
    let id = required_text(table, "a category", "id");
    let named = TermColor::ALL.map(|color| (color.name(), color));
    let color = table.choice("color", &named);
    CategoryDef {
        id,
        label: table.text("label").unwrap_or(id).text,
        color: color.unwrap_or(TermColor::ALL[number % TermColor::ALL.len()]),
        need: read_need(table, "category"),
    }
}

fn read_term(table: SettingsTable<'_>) -> TermDef<'_> {
    table.check_names("key of a term", TERM_KEYS);
    table.text("sub");
    TermDef {
        id: required_text(table, "a term", "id"),
        category: required_text(table, "a term", "cat"),
        canon: table.text("canon").map(|canon| canon.text),
        forms: read_forms(table),
        inflections: table.choice("inflect", INFLECTIONS).unwrap_or_default(),
        case: table.choice("case", CASES).unwrap_or_default(),
        tier: table.choice("tier", TIERS).unwrap_or_default(),
        need: read_need(table, "term"),
        not_before: read_vetoes(table, "not_before"),
        not_after: read_vetoes(table, "not_after"),
    }
}

/// Returns the text of a key that must be there; `kind` is what messages call the table.
fn required_text<'r>(table: SettingsTable<'r>, kind: &str, key: &str) -> LocatedText<'r> {
    if table.get(key).is_none() {
        table.note(format!("{kind} needs {key} = \"...\""));
    }
    table.text(key).unwrap_or_else(|| table.missing_text())
}

/// Returns what messages call a table of this `kind`: `term "tariff"`, or `a term` without an id.
fn table_name(table: SettingsTable<'_>, kind: &str) -> String {
    match table.text("id") {
        Some(id) => format!("{kind} {:?}", id.text),
        None => format!("a {kind}"),
    }
}

fn read_forms<'r>(table: SettingsTable<'r>) -> Vec<TokenizedForm<'r>> {
    let written = table.texts("forms");
    if written.is_empty() {
        let name = table_name(table, "term");
        match table.get("forms") {
            None => table.note(format!("{name} needs forms")),
            Some(value) => value.note(format!("{name} has no forms; list at least one")),
        }
    }
    let tokenized = |form: LocatedText<'r>| {
        let tokenized = TokenizedForm::parse(form.text);
        if tokenized.is_none() {
            form.note(format!(
                "form {:?} can never be found; it needs words, and no comma or bracket between them",
                form.text
            ));
        }
        tokenized
    };
    written.into_iter().filter_map(tokenized).collect()
}

fn read_vetoes(table: SettingsTable<'_>, key: &str) -> Vec<Veto> {
    let mut vetoes = Vec::new();
    for written in table.texts(key) {
        let words = written.text.split_whitespace();
        let veto: Veto = words.flat_map(veto_tokens).collect();
        if veto.is_empty() {
            let name = table_name(table, "term");
            written.note(format!(
                "{key} of {name} holds no word in {:?}",
                written.text
            ));
        } else {
            vetoes.push(veto);
        }
    }
    vetoes
}

fn veto_tokens(word: &str) -> Vec<String> {
    match word {
        "*" => vec![word.to_owned()],
        _ => tokens::keys(word),
    }
}

fn read_need<'r>(table: SettingsTable<'r>, kind: &str) -> Option<WrittenNeed<'r>> {
    let scope = table.text("scope");
    let Some(value) = table.get("need") else {
        if let Some(scope) = scope {
            let name = table_name(table, kind);
            scope.note(format!("scope of {name} does nothing without a need"));
        }
        return None;
    };
    let any = value.texts();
    if any.is_empty() {
        let name = table_name(table, kind);
        value.note(format!(
            "need of {name} is empty; name a term id or a \"@category\""
        ));
    }
    let scope = scope.map_or_else(NeedScope::default, read_scope);
    Some(TermNeed { any, scope })
}

fn read_scope(scope: LocatedText<'_>) -> NeedScope {
    let near = scope.text.strip_prefix("near:");
    match (scope.text, near.map(str::parse)) {
        ("sentence", _) => NeedScope::Sentence,
        ("paragraph", _) => NeedScope::Near(0),
        ("article", _) => NeedScope::Article,
        (_, Some(Ok(paragraphs))) => NeedScope::Near(paragraphs),
        (other, _) => {
            scope.note(format!(
                "unknown scope {other:?}; write \"sentence\", \"paragraph\", \"near:N\" or \"article\""
            ));
            NeedScope::default()
        }
    }
}
