//! A settings file in TOML to its values, with every mistake in it and the line of each.
//!
//! config.toml, keys.toml, themes and lexicons are all read here. serde stops at the first mistake, so the tree of the `toml`
//! crate is walked instead: a value that is wrong is noted and left out, and reading goes on. Names from a file are shown
//! escaped and cut, because they may hold anything that TOML can write.

use std::cell::RefCell;
use std::fmt;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::text::CleanText;

/// A settings file as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFile {
    /// Name of the file in messages, with the folder that tells its kind: `themes/paper.toml`.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl SettingsFile {
    /// Returns a file called `name`, which is made fit to be shown.
    pub fn new(name: &str, text: &str) -> Self {
        Self {
            name: CleanText::one_line(name).to_string(),
            text: text.to_owned(),
        }
    }

    /// Returns the name without folder and ending: `paper` of `themes/paper.toml`.
    pub fn stem(&self) -> &str {
        let (_, file) = self.name.rsplit_once('/').unwrap_or(("", &self.name));
        file.strip_suffix(".toml").unwrap_or(file)
    }

    /// Returns a mistake of the file as a whole.
    pub fn error(&self, message: impl Into<String>) -> SettingsError {
        SettingsError {
            file: self.name.clone(),
            line: None,
            message: message.into(),
        }
    }
}

/// One mistake in a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// Name of the file.
    pub file: String,
    /// Line, counted from 1; none where the file as a whole is meant.
    pub line: Option<usize>,
    /// The mistake, and what to do about it.
    pub message: String,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

/// All mistakes of one or several settings files; at least one. Displayed a line each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct SettingsErrors(pub Vec<SettingsError>);

impl SettingsErrors {
    /// Returns `value` if there are no `errors`.
    ///
    /// # Errors
    /// Returns the errors if there are any.
    pub fn unless_any<T>(errors: Vec<SettingsError>, value: T) -> Result<T, Self> {
        if errors.is_empty() {
            Ok(value)
        } else {
            Err(Self(errors))
        }
    }
}

/// A settings file that is being read, and the mistakes found so far.
#[derive(Debug)]
pub struct SettingsReader<'f> {
    file: &'f SettingsFile,
    document: Spanned<DeTable<'f>>,
    /// Byte and message of each mistake.
    errors: RefCell<Vec<(usize, String)>>,
}

impl<'f> SettingsReader<'f> {
    /// Parses the TOML of `file`; what is broken is noted, and the rest can be read.
    pub fn parse(file: &'f SettingsFile) -> Self {
        let (document, broken) = DeTable::parse_recoverable(&file.text);
        let reader = Self {
            file,
            document,
            errors: RefCell::default(),
        };
        for error in broken {
            let at = error.span().map_or(0, |span| span.start);
            let message = CleanText::one_line(&error.message().replace('\n', ", "));
            reader.note(at, message.to_string());
        }
        reader
    }

    /// Returns the table of the whole file.
    pub fn root(&self) -> SettingsTable<'_> {
        SettingsTable {
            reader: self,
            entries: self.document.get_ref(),
            at: 0,
        }
    }

    /// Returns the mistakes found so far in the order of the file, each once.
    pub fn errors(&self) -> Vec<SettingsError> {
        let mut errors = self.errors.borrow().clone();
        errors.sort_by_key(|(at, _)| *at);
        errors.dedup();
        errors
            .into_iter()
            .map(|(at, message)| SettingsError {
                line: Some(self.line(at)),
                ..self.file.error(message)
            })
            .collect()
    }

    fn note(&self, at: usize, message: impl Into<String>) {
        self.errors.borrow_mut().push((at, message.into()));
    }

    fn line(&self, at: usize) -> usize {
        let before = self.file.text.as_bytes().get(..at).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

/// A table of a settings file.
#[derive(Clone, Copy, Debug)]
pub struct SettingsTable<'r> {
    reader: &'r SettingsReader<'r>,
    entries: &'r DeTable<'r>,
    at: usize,
}

impl<'r> SettingsTable<'r> {
    /// Returns the value of `key`.
    pub fn get(self, key: &str) -> Option<SettingsValue<'r>> {
        let (key, value) = self.entries.get_key_value(key)?;
        Some(self.value(key.get_ref(), value))
    }

    /// Returns names and values in the order of the file; the TOML parser has them in the order of the alphabet.
    pub fn entries(self) -> Vec<(LocatedText<'r>, SettingsValue<'r>)> {
        let entries = self.entries.iter().map(|(name, value)| {
            let located = LocatedText {
                reader: self.reader,
                text: name.get_ref(),
                at: name.span().start,
            };
            (located, self.value(name.get_ref(), value))
        });
        let mut entries: Vec<_> = entries.collect();
        entries.sort_by_key(|(name, _)| name.at);
        entries
    }

    fn value(self, key: &'r str, value: &'r Spanned<DeValue<'r>>) -> SettingsValue<'r> {
        SettingsValue {
            reader: self.reader,
            key,
            is_item: false,
            value: value.get_ref(),
            at: value.span().start,
        }
    }

    /// Notes each name that is not `known`; `kind` is what messages call a name of this table.
    pub fn check_names(self, kind: &str, known: &[&str]) {
        for (name, _) in self.entries() {
            if !known.contains(&name.text) {
                name.note_unknown(kind, known.iter().copied());
            }
        }
    }

    /// Returns the string at `key`.
    pub fn text(self, key: &str) -> Option<LocatedText<'r>> {
        self.get(key)?.text()
    }

    /// Returns the list of strings at `key`; empty without one.
    pub fn texts(self, key: &str) -> Vec<LocatedText<'r>> {
        self.get(key).map_or_else(Vec::new, SettingsValue::texts)
    }

    /// Returns the value that the string at `key` names in `known`.
    pub fn choice<T: Copy>(self, key: &str, known: &[(&str, T)]) -> Option<T> {
        self.get(key)?.choice(key, known)
    }

    /// Returns the tables written `[[key]]`.
    pub fn tables(self, key: &str) -> Vec<SettingsTable<'r>> {
        let value = self.get(key);
        let items = value.map_or_else(Vec::new, SettingsValue::one_or_more);
        let table = |item: SettingsValue<'r>| {
            let table = item.as_table().filter(|_| item.is_item);
            if table.is_none() {
                item.note(format!("{key:?} is a list of tables; write [[{key}]]"));
            }
            table
        };
        items.into_iter().filter_map(table).collect()
    }

    /// Notes a mistake of the table as a whole.
    pub fn note(self, message: impl Into<String>) {
        self.reader.note(self.at, message);
    }

    /// Returns an empty text at the beginning of the table, for a name that is missing.
    pub fn missing_text(self) -> LocatedText<'r> {
        LocatedText {
            reader: self.reader,
            text: "",
            at: self.at,
        }
    }
}

/// A value of a settings file.
#[derive(Clone, Copy, Debug)]
pub struct SettingsValue<'r> {
    reader: &'r SettingsReader<'r>,
    key: &'r str,
    /// Whether it is one of the list at `key`.
    is_item: bool,
    value: &'r DeValue<'r>,
    at: usize,
}

impl<'r> SettingsValue<'r> {
    /// Returns the string; nothing is noted where it is none.
    pub fn as_text(self) -> Option<LocatedText<'r>> {
        Some(LocatedText {
            reader: self.reader,
            text: self.value.as_str()?,
            at: self.at,
        })
    }

    /// Returns the string.
    pub fn text(self) -> Option<LocatedText<'r>> {
        self.noting_type(self.as_text(), "a string")
    }

    /// Returns the items of the list.
    pub fn list(self) -> Vec<SettingsValue<'r>> {
        let items = self.noting_type(self.value.as_array(), "a list");
        let item = |item: &'r Spanned<DeValue<'r>>| SettingsValue {
            is_item: true,
            value: item.get_ref(),
            at: item.span().start,
            ..self
        };
        items.into_iter().flatten().map(item).collect()
    }

    /// Returns the items of the list, or the value itself where it is none.
    pub fn one_or_more(self) -> Vec<SettingsValue<'r>> {
        match self.value {
            DeValue::Array(_) => self.list(),
            _ => vec![self],
        }
    }

    /// Returns the list of strings.
    pub fn texts(self) -> Vec<LocatedText<'r>> {
        let items = self.list().into_iter();
        items.filter_map(SettingsValue::text).collect()
    }

    /// Returns whether it is true or false.
    pub fn flag(self) -> Option<bool> {
        self.noting_type(self.value.as_bool(), "true or false")
    }

    /// Returns the whole number; nothing is noted where it is none.
    pub fn as_number(self) -> Option<u16> {
        let written = self.value.as_integer()?;
        u16::from_str_radix(written.as_str(), written.radix()).ok()
    }

    /// Returns the whole number, which must be in `range`.
    pub fn number(self, range: RangeInclusive<u16>) -> Option<u16> {
        let (from, to) = (range.start(), range.end());
        let wanted = format!("a whole number from {from} to {to}");
        let written = self.noting_type(self.value.as_integer(), &wanted)?;
        let number = self.as_number().filter(|number| range.contains(number));
        if number.is_none() {
            let given = shortened(written.as_str());
            let message = format!("{} is {given}; it may be from {from} to {to}", self.key);
            self.note(message);
        }
        number
    }

    /// Returns the value that the string names in `known`; `kind` is what messages call such a name.
    pub fn choice<T: Copy>(self, kind: &str, known: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        let found = known.iter().find(|(name, _)| *name == text.text);
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            let mut message = unknown_name(kind, text.text, names.iter().copied());
            if !message.ends_with('?') {
                let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
                message += &format!("; it is one of {}", names.join(", "));
            }
            self.note(message);
        }
        found.map(|(_, value)| *value)
    }

    /// Returns the table; nothing is noted where it is none.
    pub fn as_table(self) -> Option<SettingsTable<'r>> {
        Some(SettingsTable {
            reader: self.reader,
            entries: self.value.as_table()?,
            at: self.at,
        })
    }

    /// Returns the table.
    pub fn table(self) -> Option<SettingsTable<'r>> {
        if !self.value.is_table() {
            self.note(format!("{:?} is a table; write [{}]", self.key, self.key));
        }
        self.as_table()
    }

    /// Notes a mistake at the value.
    pub fn note(self, message: impl Into<String>) {
        self.reader.note(self.at, message);
    }

    /// Returns `found`; notes where there is nothing that the value must be `wanted`.
    fn noting_type<T>(self, found: Option<T>, wanted: &str) -> Option<T> {
        if found.is_none() {
            let each = if self.is_item { "each of " } else { "" };
            let kind = self.value.type_str();
            let article = if kind.starts_with(['a', 'i']) {
                "an"
            } else {
                "a"
            };
            let message = format!("{each}{} must be {wanted}, not {article} {kind}", self.key);
            self.note(message);
        }
        found
    }
}

/// A name or a string of a settings file.
#[derive(Clone, Copy, Debug)]
pub struct LocatedText<'r> {
    reader: &'r SettingsReader<'r>,
    /// The characters.
    pub text: &'r str,
    at: usize,
}

impl LocatedText<'_> {
    /// Returns the line, counted from 1.
    pub fn line(self) -> usize {
        self.reader.line(self.at)
    }

    /// Notes a mistake at the text.
    pub fn note(self, message: impl Into<String>) {
        self.reader.note(self.at, message);
    }

    /// Notes that no `kind` of thing has this name, with the nearest of the `known` names.
    pub fn note_unknown<'k>(self, kind: &str, known: impl IntoIterator<Item = &'k str>) {
        self.note(unknown_name(kind, self.text, known));
    }
}

/// Returns `first`, the file that it extends, and so on to the last.
///
/// A file may extend its own name, which then means the next file of that name, because each file is taken once; a circle
/// ends in a mistake. `find` returns the file of a name that is not among those taken. Returns `None`, with the mistake
/// noted, where one is missing.
pub fn follow_extends<'r, 'k>(
    first: usize,
    extends: impl Fn(usize) -> Option<LocatedText<'r>>,
    find: impl Fn(&str, &[usize]) -> Option<usize>,
    kind: &str,
    known: &[&'k str],
) -> Option<Vec<usize>> {
    let mut taken = vec![first];
    let mut last = first;
    while let Some(base) = extends(last) {
        let Some(found) = find(base.text, &taken) else {
            if known.contains(&base.text) {
                base.note(format!(
                    "{kind} {:?} extends itself; leave out one \"extends\"",
                    base.text
                ));
            } else {
                base.note_unknown(kind, known.iter().copied());
            }
            return None;
        };
        taken.push(found);
        last = found;
    }
    Some(taken)
}

/// Returns the one of the `known` names that `given` is probably a slip of.
///
/// As rustc does, a third of the letters may be wrong; case does not count.
pub fn nearest_name<'k>(given: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let given = shortened(given).to_lowercase();
    let letters = given.chars().count();
    // A name of which no letter is right is no slip: "x" for "".
    let most = (letters.max(3) / 3).min(letters.saturating_sub(1));
    known
        .into_iter()
        .map(|name| {
            let distance = strsim::damerau_levenshtein(&given, &name.to_lowercase());
            (distance, name)
        })
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, name)| name)
}

/// Says that no `kind` of thing is called `given`, and which of the `known` names was probably meant.
pub fn unknown_name<'k>(
    kind: &str,
    given: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> String {
    let shown = shortened(given);
    match nearest_name(given, known) {
        Some(name) => format!("unknown {kind} {shown:?}; did you mean {name:?}?"),
        None => format!("unknown {kind} {shown:?}"),
    }
}

/// Returns the first sixty characters; a longer name is not worth showing, and comparing two takes their lengths multiplied.
fn shortened(name: &str) -> &str {
    let end = name.char_indices().nth(60).map(|(end, _)| end);
    name.get(..end.unwrap_or(name.len())).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_has_file_line_and_message() {
        let file = SettingsFile::new("keys.toml", "[list]\nopen = 'x'\n");
        let reader = SettingsReader::parse(&file);
        let list = reader.root().get("list").and_then(SettingsValue::table);
        list.unwrap().get("open").unwrap().note("no");
        assert_eq!(reader.errors()[0].to_string(), "keys.toml:2: no");
        assert_eq!(file.stem(), "keys");
    }

    #[test]
    fn a_value_of_another_kind_is_noted_with_what_is_wanted() {
        let file = SettingsFile::new("x.toml", "a = 1\nb = 'x'\nc = 300\nd = ['x', 1]\ne = 2\n");
        let reader = SettingsReader::parse(&file);
        let get = |key| reader.root().get(key).unwrap();
        assert_eq!(get("a").flag(), None);
        assert_eq!(get("a").flag(), None, "it is said once");
        assert_eq!(get("b").number(1..=9), None);
        assert_eq!(get("c").number(1..=9), None);
        assert_eq!(get("d").texts().len(), 1);
        assert!(get("e").table().is_none());
        let said: Vec<_> = reader.errors().iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "x.toml:1: a must be true or false, not an integer",
                "x.toml:2: b must be a whole number from 1 to 9, not a string",
                "x.toml:3: c is 300; it may be from 1 to 9",
                "x.toml:4: each of d must be a string, not an integer",
                "x.toml:5: \"e\" is a table; write [e]",
            ]
        );
    }

    #[test]
    fn the_nearest_is_given_only_where_it_is_near() {
        let names = ["next", "quotes", "compare"];
        assert_eq!(nearest_name("nxt", names), Some("next"));
        assert_eq!(nearest_name("Quote", names), Some("quotes"));
        assert_eq!(nearest_name("zzz", names), None);
    }

    #[test]
    fn names_from_a_file_cannot_reach_the_terminal_raw() {
        let said = unknown_name("key", "\u{1b}[31m\u{202e}", []);
        assert!(said.chars().all(|c| (' '..='~').contains(&c)), "{said}");
    }

    #[test]
    fn a_name_without_end_is_cut() {
        let name = "é".repeat(1 << 20);
        assert_eq!(nearest_name(&name, ["quotes"]), None);
        assert!(unknown_name("key", &name, []).len() < 200);
    }
}
