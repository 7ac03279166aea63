//! A lexicon file as it is written (schema 1) to [`File`], with everything that is wrong in it at once.
//!
//! The file is walked by hand over the TOML crate's tree with places, because a derived reader stops at the first mistake. What a name refers
//! to is not known here; see [`resolve`](super::resolve).

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::forms::Inflect;
use super::tokens;
use super::{Color, Tier};

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

/// Whether upper and lower case are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    pub(super) color: Color,
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
    pub(super) tier: Tier,
    pub(super) need: Option<Need>,
    pub(super) not_before: Vec<Veto>,
    pub(super) not_after: Vec<Veto>,
}

/// A lexicon file, every word of it read and none looked up.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// The path, for messages.
    pub(super) path: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) extends: Option<Located>,
    pub(super) disable: Vec<Located>,
    pub(super) categories: Vec<CategoryTable>,
    pub(super) terms: Vec<TermTable>,
}

/// Reads `source`; what is wrong goes to `problems`, and the rest is still returned.
pub(super) fn read(source: &str, path: &str, problems: &mut Vec<Problem>) -> File {
    let (document, errors) = DeTable::parse_recoverable(source);
    let mut reader = Reader {
        line_ends: memchr::memchr_iter(b'\n', source.as_bytes()).collect(),
        path,
        problems,
    };
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.problem(at, error.message().to_owned());
    }
    reader.file(document.get_ref())
}

struct Reader<'a> {
    line_ends: Vec<usize>,
    path: &'a str,
    problems: &'a mut Vec<Problem>,
}

/// A table with the place where it begins and what it is called in messages.
#[derive(Clone, Copy)]
struct Table<'a> {
    entries: &'a DeTable<'a>,
    at: usize,
    what: &'static str,
}

impl<'a> Table<'a> {
    fn get(self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.entries.get(key)
    }
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
const TIERS: &[(&str, Tier)] = &[("strong", Tier::Strong), ("weak", Tier::Weak)];
const ENDINGS: &[(&str, Inflect)] = &[
    (
        "",
        Inflect {
            noun: false,
            verb: false,
        },
    ),
    (
        "n",
        Inflect {
            noun: true,
            verb: false,
        },
    ),
    (
        "v",
        Inflect {
            noun: false,
            verb: true,
        },
    ),
    (
        "nv",
        Inflect {
            noun: true,
            verb: true,
        },
    ),
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
            path: self.path.to_owned(),
            name: self
                .text(table, "name")
                .map_or_else(|| id.word.clone(), |name| name.word),
            extends: self.text(table, "extends"),
            disable: self.words(table, "disable"),
            categories: self.categories(table),
            terms: self.terms(table),
            id: id.word,
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
        let next = Color::ALL[number % Color::ALL.len()];
        CategoryTable {
            label: self
                .text(table, "label")
                .map_or_else(|| id.word.clone(), |label| label.word),
            color: self.choice(table, "color", &Color::named()).unwrap_or(next),
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
            if tokens::Form::of(&form.word).is_none() {
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
        let contexts = self.words(table, key);
        contexts
            .iter()
            .map(|context| {
                context
                    .word
                    .split_whitespace()
                    .flat_map(veto_tokens)
                    .collect()
            })
            .collect()
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

    fn known_keys(&mut self, table: Table<'_>, known: &[&str]) {
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

    fn required(&mut self, table: Table<'_>, key: &str) -> Located {
        if table.get(key).is_none() {
            self.problem(table.at, format!("{} needs {key} = \"...\"", named(table)));
        }
        self.text(table, key).unwrap_or_else(|| Located {
            word: String::new(),
            line: self.line(table.at),
        })
    }

    fn text(&mut self, table: Table<'_>, key: &str) -> Option<Located> {
        self.word(table.get(key)?, key)
    }

    fn word(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<Located> {
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

    fn words(&mut self, table: Table<'_>, key: &str) -> Vec<Located> {
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
            .filter_map(|item| self.word(item, key))
            .collect()
    }

    fn choice<T: Copy>(&mut self, table: Table<'_>, key: &str, known: &[(&str, T)]) -> Option<T> {
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

    fn tables<'t>(&mut self, file: Table<'t>, key: &str, what: &'static str) -> Vec<Table<'t>> {
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

    fn problem(&mut self, at: usize, message: String) {
        let line = self.line(at);
        self.problem_on(line, message);
    }

    fn problem_on(&mut self, line: usize, message: String) {
        self.problems.push(Problem {
            file: self.path.to_owned(),
            line,
            message,
        });
    }

    fn line(&self, at: usize) -> usize {
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
fn named(table: Table<'_>) -> String {
    match table.get("id").and_then(|id| id.get_ref().as_str()) {
        Some(id) => format!("{} {id:?}", table.what.trim_start_matches("a ")),
        None => table.what.to_owned(),
    }
}

fn veto_tokens(word: &str) -> Vec<String> {
    if word == "*" {
        vec![word.to_owned()]
    } else {
        tokens::keys(word)
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
