//! What is wrong with a settings file: which file, which line, what, and what was probably meant.
//!
//! Shared by config.toml, keys.toml and the themes, so that all of them speak alike. Names from a file are shown escaped or
//! cleaned: they may hold anything TOML can write.

use std::fmt;
use std::ops::Range;

use crate::text::Clean;

/// One thing that is wrong in a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// The file, as it is shown.
    pub file: String,
    /// The line, from 1; none where the file as a whole is meant.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub what: String,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}", self.what)
    }
}

impl std::error::Error for SettingsError {}

/// A settings file as it was read: what it is called and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFile {
    /// The file, as it is shown.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl SettingsFile {
    /// Returns a file called `name` that says `text`; the name is made fit to be shown.
    pub fn new(name: &str, text: &str) -> Self {
        Self {
            name: Clean::line(name).to_string(),
            text: text.to_owned(),
        }
    }

    /// Returns the error `what` at the bytes `at`.
    pub fn error(&self, at: &Range<usize>, what: impl Into<String>) -> SettingsError {
        let before = self.text.as_bytes().get(..at.start).unwrap_or_default();
        SettingsError {
            file: self.name.clone(),
            line: Some(before.iter().filter(|byte| **byte == b'\n').count() + 1),
            what: what.into(),
        }
    }

    /// Returns the error `what` of the file as a whole.
    pub fn whole(&self, what: impl Into<String>) -> SettingsError {
        SettingsError {
            file: self.name.clone(),
            line: None,
            what: what.into(),
        }
    }

    /// Returns what the TOML reader says, as an error of this file in one line.
    pub fn toml_error(&self, error: &toml::de::Error) -> SettingsError {
        let what = Clean::line(&error.message().replace('\n', ", ")).to_string();
        match error.span() {
            Some(span) => self.error(&span, what),
            None => self.whole(what),
        }
    }
}

/// Returns the candidate that `given` is probably a slip of.
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = shown(given).to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::jaro_winkler(&given, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// Says that there is no `kind` called `given`, and what was probably meant.
pub fn unknown(kind: &str, given: &str, suggestion: Option<&str>) -> String {
    let given = shown(given);
    match suggestion {
        Some(name) => format!("unknown {kind} {given:?}; did you mean {name:?}?"),
        None => format!("unknown {kind} {given:?}"),
    }
}

/// Returns as much of a name as is worth showing; comparing names takes their lengths multiplied.
fn shown(name: &str) -> &str {
    let end = name
        .char_indices()
        .nth(60)
        .map_or(name.len(), |(end, _)| end);
    name.get(..end).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_file_line_and_what() {
        let source = SettingsFile::new("keys.toml", "[list]\nopen = 'x'\n");
        let error = source.error(&(7..11), "no");
        assert_eq!(error.to_string(), "keys.toml:2: no");
    }

    #[test]
    fn the_nearest_is_given_only_where_it_is_near() {
        let names = ["next", "quotes", "compare"];
        assert_eq!(nearest("nxt", names), Some("next"));
        assert_eq!(nearest("Quote", names), Some("quotes"));
        assert_eq!(nearest("zzz", names), None);
    }

    #[test]
    fn names_from_a_file_cannot_reach_the_terminal_raw() {
        let said = unknown("key", "\u{1b}[31m\u{202e}", None);
        assert!(said.chars().all(|c| (' '..='~').contains(&c)), "{said}");
    }

    #[test]
    fn a_name_without_end_is_cut() {
        let name = "é".repeat(1 << 20);
        assert_eq!(nearest(&name, ["quotes"]), None);
        assert!(unknown("key", &name, None).len() < 200);
    }
}
