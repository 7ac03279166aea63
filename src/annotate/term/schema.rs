//! A lexicon file as it is written (schema 1) to [`File`], with everything that is wrong in it at once.
//!
//! What a name refers to is not known here; see `resolve`.

use serde::{Deserialize, Serialize};
use toml::de::DeTable;

use super::forms::Inflect;
use super::table::{Located, Problem, Reader, Table, named};
use super::tokens;
use super::{TermColor, TermTier};

/// Whether upper and lower case are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Case {
    /// No.
    #[default]
    Ignored,
    /// Letter by letter.
    Exact,
    /// A capital only where a sentence begins; elsewhere it is a name.
    LowerOrStart,
}

/// How far from a hit its `need` may stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Scope {
    /// The sentence.
    #[default]
    Sentence,
    /// This many paragraphs either side; 0 is the paragraph itself.
    Near(usize),
    /// Anywhere.
    Article,
}

/// What must stand near a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Need {
    /// Ids of terms, and categories with a `@`; one of them is enough.
    pub(super) any: Vec<Located>,
    pub(super) scope: Scope,
}

/// Words that veto a hit; `*` is any token.
pub(super) type Veto = Vec<String>;

/// A `[[category]]` table.
#[derive(Clone, Debug)]
pub(super) struct CategoryTable {
    pub(super) id: Located,
    pub(super) label: String,
    pub(super) color: TermColor,
    pub(super) need: Option<Need>,
}

/// A `[[term]]` table.
#[derive(Clone, Debug)]
pub(super) struct TermTable {
    pub(super) id: Located,
    pub(super) category: Located,
    pub(super) sub: Option<String>,
    pub(super) canon: Option<String>,
    pub(super) forms: Vec<String>,
    pub(super) inflect: Inflect,
    pub(super) case: Case,
    pub(super) tier: TermTier,
    pub(super) need: Option<Need>,
    pub(super) not_before: Vec<Veto>,
    pub(super) not_after: Vec<Veto>,
}

/// A lexicon file, every word of it read and none looked up.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// The path, for messages.
    pub(super) path: String,
    pub(super) id: Located,
    pub(super) name: String,
    pub(super) extends: Option<Located>,
    pub(super) disable: Vec<Located>,
    pub(super) categories: Vec<CategoryTable>,
    pub(super) terms: Vec<TermTable>,
}

/// Reads `source`; what is wrong goes to `problems`, and the rest is still returned.
pub(super) fn read(source: &str, path: &str, problems: &mut Vec<Problem>) -> File {
    let (document, errors) = DeTable::parse_recoverable(source);
    let mut reader = Reader::new(source, path, problems);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.problem(at, error.message().to_owned());
    }
    reader.file(document.get_ref())
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
const CASES: &[(&str, Case)] = &[
    ("any", Case::Ignored),
    ("exact", Case::Exact),
    ("lower-or-start", Case::LowerOrStart),
];
const TIERS: &[(&str, TermTier)] = &[("strong", TermTier::Strong), ("weak", TermTier::Weak)];
const ENDINGS: &[(&str, Inflect)] = &[
    ("", Inflect::NONE),
    ("n", Inflect::NOUN),
    ("v", Inflect::VERB),
    ("nv", Inflect::BOTH),
];

impl Reader<'_> {
    fn file(&mut self, entries: &DeTable<'_>) -> File {
        let table = Table {
            entries,
            at: 0,
            what: "a lexicon",
        };
        self.known_keys(table, FILE_KEYS);
        self.schema(table);
        self.text(table, "version");
        let id = self.required(table, "id");
        File {
            path: self.path().to_owned(),
            name: self
                .text(table, "name")
                .map_or_else(|| id.word.clone(), |name| name.word),
            extends: self.text(table, "extends"),
            disable: self.words(table, "disable"),
            categories: self.categories(table),
            terms: self.terms(table),
            id,
        }
    }

    fn schema(&mut self, table: Table<'_>) {
        match table.get("schema") {
            None => self.problem(0, "a lexicon needs schema = 1 at its top".to_owned()),
            Some(value) => {
                let known = value
                    .get_ref()
                    .as_integer()
                    .is_some_and(|number| number.as_str() == "1");
                if !known {
                    self.problem(
                        value.span().start,
                        "unknown schema; this program reads schema = 1".to_owned(),
                    );
                }
            }
        }
        if let Some(lang) = self.text(table, "lang").filter(|lang| lang.word != "en") {
            let at = table.get("lang").map_or(0, |value| value.span().start);
            self.problem(
                at,
                format!(
                    "lang {:?} is not supported; inflections are English, write lang = \"en\"",
                    lang.word
                ),
            );
        }
    }

    fn categories(&mut self, file: Table<'_>) -> Vec<CategoryTable> {
        let tables = self.tables(file, "category", "a category");
        tables
            .into_iter()
            .enumerate()
            .map(|(number, table)| self.category(table, number))
            .collect()
    }

    fn category(&mut self, table: Table<'_>, number: usize) -> CategoryTable {
        self.known_keys(table, CATEGORY_KEYS);
        let id = self.required(table, "id");
        let next = TermColor::ALL[number % TermColor::ALL.len()];
        CategoryTable {
            label: self
                .text(table, "label")
                .map_or_else(|| id.word.clone(), |label| label.word),
            color: self
                .choice(table, "color", &TermColor::named())
                .unwrap_or(next),
            need: self.need(table),
            id,
        }
    }

    fn terms(&mut self, file: Table<'_>) -> Vec<TermTable> {
        let tables = self.tables(file, "term", "a term");
        tables.into_iter().map(|table| self.term(table)).collect()
    }

    fn term(&mut self, table: Table<'_>) -> TermTable {
        self.known_keys(table, TERM_KEYS);
        TermTable {
            id: self.required(table, "id"),
            category: self.required(table, "cat"),
            sub: self.text(table, "sub").map(|sub| sub.word),
            canon: self.text(table, "canon").map(|canon| canon.word),
            forms: self.forms(table),
            inflect: self.choice(table, "inflect", ENDINGS).unwrap_or_default(),
            case: self.choice(table, "case", CASES).unwrap_or_default(),
            tier: self.choice(table, "tier", TIERS).unwrap_or_default(),
            need: self.need(table),
            not_before: self.vetoes(table, "not_before"),
            not_after: self.vetoes(table, "not_after"),
        }
    }

    fn forms(&mut self, table: Table<'_>) -> Vec<String> {
        if table.get("forms").is_none() {
            self.problem(table.at, format!("{} needs forms", named(table)));
            return Vec::new();
        }
        let forms = self.words(table, "forms");
        if forms.is_empty() {
            let at = table
                .get("forms")
                .map_or(table.at, |value| value.span().start);
            self.problem(
                at,
                format!("{} has no forms; list at least one", named(table)),
            );
        }
        for form in &forms {
            if !is_plain(&form.word) && tokens::Form::of(&form.word).is_none() {
                let why = "it needs words, and no comma or bracket between them";
                self.problem_on(
                    form.line,
                    format!("form {:?} can never be found; {why}", form.word),
                );
            }
        }
        forms.into_iter().map(|form| form.word).collect()
    }

    fn vetoes(&mut self, table: Table<'_>, key: &str) -> Vec<Veto> {
        let mut vetoes = Vec::new();
        for context in self.words(table, key) {
            let words: Veto = context
                .word
                .split_whitespace()
                .flat_map(veto_tokens)
                .collect();
            if words.is_empty() {
                self.problem_on(
                    context.line,
                    format!(
                        "{key} of {} holds no word in {:?}",
                        named(table),
                        context.word
                    ),
                );
            } else {
                vetoes.push(words);
            }
        }
        vetoes
    }

    fn need(&mut self, table: Table<'_>) -> Option<Need> {
        let scope = self.scope(table);
        let value = table.get("need")?;
        let any = self.words(table, "need");
        if any.is_empty() {
            self.problem(
                value.span().start,
                format!(
                    "need of {} is empty; name a term id or a \"@category\"",
                    named(table)
                ),
            );
        }
        Some(Need { any, scope })
    }

    fn scope(&mut self, table: Table<'_>) -> Scope {
        let Some(scope) = self.text(table, "scope") else {
            return Scope::default();
        };
        if table.get("need").is_none() {
            self.problem_on(
                scope.line,
                format!("scope of {} does nothing without a need", named(table)),
            );
        }
        match scope.word.as_str() {
            "sentence" => Scope::Sentence,
            "paragraph" => Scope::Near(0),
            "article" => Scope::Article,
            other => match other
                .strip_prefix("near:")
                .and_then(|number| number.parse().ok())
            {
                Some(number) => Scope::Near(number),
                None => {
                    let known = "\"sentence\", \"paragraph\", \"near:N\" or \"article\"";
                    self.problem_on(
                        scope.line,
                        format!("unknown scope {other:?}; write {known}"),
                    );
                    Scope::default()
                }
            },
        }
    }
}

/// Whether `form` is made of letters, digits and blanks, as nearly all are: then it can be found, and is not taken apart to know it.
fn is_plain(form: &str) -> bool {
    let mut letters = form.bytes().filter(|&byte| byte != b' ').peekable();
    letters.peek().is_some() && letters.all(|byte| byte.is_ascii_alphanumeric())
}

fn veto_tokens(word: &str) -> Vec<String> {
    if word == "*" {
        vec![word.to_owned()]
    } else {
        tokens::keys(word)
    }
}
