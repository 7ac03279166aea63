//! JSON rows, as dumps and crawlers write them: one object is one report, with keys of many names.
//!
//! A value borrows from the row where it can, so that a row costs its text once. Half a surrogate pair (`\ud83d` cut in two
//! by a crawler) makes a whole row unreadable to a strict parser: it is read as U+FFFD instead.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::article::{Article, Published};
use crate::text::{CleanText, sanitize};

use super::compose::{self, Kind};
use super::dates;
use super::facts::{Facts, Said};
use super::keys::{self, Fact, Name, Step};

/// A JSON value that borrows from the text it was read from.
#[derive(Debug)]
pub(super) enum Json<'a> {
    /// null, true, false, and numbers that are not whole.
    Nothing,
    Whole(i64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Reads one JSON value.
pub(super) fn parse(text: &str) -> Result<Json<'_>, serde_json::Error> {
    serde_json::from_str(text)
}

/// Returns `text` with half surrogate pairs as U+FFFD, if it holds any.
pub(super) fn whole_surrogates(text: &str) -> Option<String> {
    let unit = |at: usize| {
        let hex = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(hex, 16).ok()
    };
    let (mut mended, mut from, mut at) = (String::new(), 0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('\\')) {
        at += found;
        match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => at += 12,
            Some(0xd800..=0xdfff) => {
                mended.push_str(text.get(from..at)?);
                mended.push_str("\\ufffd");
                at += 6;
                from = at;
            }
            _ => at += 2,
        }
    }
    if from == 0 {
        return None;
    }
    mended.push_str(text.get(from..)?);
    Some(mended)
}

/// Returns the rows of a file: the entries of a list, of the first list of objects in an object, or the value itself.
pub(super) fn rows(value: Json<'_>) -> Vec<Json<'_>> {
    match value {
        Json::List(rows) => rows,
        Json::Object(mut members) if best_body(&members).is_none() => {
            match members.iter().position(|(_, value)| value.is_rows()) {
                Some(at) => rows(members.swap_remove(at).1),
                None => vec![Json::Object(members)],
            }
        }
        value => vec![value],
    }
}

/// Why a row is no report.
const NO_TEXT: &str = "no text under a known key; name it body, text, content or articleBody";
const HTML_ONLY: &str = "its text is HTML, which is not read yet; save it as plain text under body";

/// What mends a value of a row that is no object.
const NO_OBJECT: &str = "a row must be an object like {\"title\": ..., \"body\": ...}";

/// Parts the documents of a multi-document row (multi_news): one event, several reports.
const BARS: &str = "|||||";

/// Returns the reports that `row` holds: one, or the documents of a cluster.
pub(super) fn articles(path: &CleanText, row: Json<'_>) -> Result<Vec<Article>, &'static str> {
    let Json::Object(mut members) = row else {
        return Err(NO_OBJECT);
    };
    let body = take_body(&mut members)?;
    let said = Row { members: &members };
    if !body.contains(BARS) {
        return Ok(vec![said.article(path.clone(), body)]);
    }
    let mut articles = Vec::new();
    for document in body
        .split(BARS)
        .map(str::trim)
        .filter(|document| !document.is_empty())
    {
        let own = CleanText::one_line(&format!("{path}.{}", articles.len() + 1));
        let mut article = said.article(own, Cow::Borrowed(document));
        article.event.get_or_insert_with(|| path.clone());
        articles.push(article);
    }
    if articles.is_empty() {
        Err(NO_TEXT)
    } else {
        Ok(articles)
    }
}

/// Takes the text out of a row, from the best key that holds words.
fn take_body<'a>(
    members: &mut Vec<(Cow<'a, str>, Json<'a>)>,
) -> Result<Cow<'a, str>, &'static str> {
    match best_body(members) {
        Some(at) => Ok(members.swap_remove(at).1.into_words()),
        None if members
            .iter()
            .any(|(key, _)| keys::fact(key).is_some_and(|name| name.fact == Fact::Html)) =>
        {
            Err(HTML_ONLY)
        }
        None => Err(NO_TEXT),
    }
}

/// Returns the place of the best key that holds the words of a report.
fn best_body(members: &[(Cow<'_, str>, Json<'_>)]) -> Option<usize> {
    let has_words = |at: usize| members.get(at).is_some_and(|(_, value)| value.has_words());
    let found = texts(members).filter(|&(at, _)| has_words(at));
    found
        .min_by_key(|&(at, rank)| (rank, at))
        .map(|best| best.0)
}

/// Returns the places of the keys that may hold the words of a report, with how good a key each is, the best being 0.
fn texts(members: &[(Cow<'_, str>, Json<'_>)]) -> impl Iterator<Item = (usize, usize)> {
    members.iter().enumerate().filter_map(|(at, (key, _))| {
        let name = keys::fact(key).filter(|name| name.fact == Fact::Body)?;
        Some((at, name.rank))
    })
}

/// What a row says besides its text.
struct Row<'r, 'a> {
    members: &'r [(Cow<'a, str>, Json<'a>)],
}

impl Row<'_, '_> {
    fn article(&self, path: CleanText, body: Cow<'_, str>) -> Article {
        let facts = self.facts();
        let dek = facts
            .dek
            .as_ref()
            .filter(|dek| !body.trim_start().starts_with(dek.as_str()));
        // The dek of a row is set before its text, so that it is read, annotated and compared like any other.
        let text = match dek {
            Some(dek) => Cow::Owned(format!("{dek}\n\n{body}")),
            None => body,
        };
        compose::article(path, sanitize::sanitize(text), facts, Kind::Row)
    }

    /// Returns the facts that it states.
    fn facts(&self) -> Facts {
        let mut said: Vec<(&'static Name, &Json<'_>)> = Vec::new();
        for (key, value) in self.members {
            let found = keys::names(key)
                .iter()
                .filter_map(|name| Some((name, value.at(&name.way)?)));
            said.extend(found);
        }
        said.sort_by_key(|(name, _)| name.rank);
        let mut facts = Facts::default();
        for (name, value) in said {
            value.state(name, &mut facts);
        }
        facts
    }
}

impl<'a> Json<'a> {
    /// Returns what `way` leads to.
    fn at(&self, way: &[Step]) -> Option<&Self> {
        match (way, self) {
            ([], value) => Some(value),
            ([Step::Key(key), rest @ ..], Json::Object(members)) => {
                let member = members.iter().find(|(name, _)| keys::bare(name) == *key)?;
                member.1.at(rest)
            }
            ([Step::Entry, rest @ ..], Json::List(entries)) => entries
                .iter()
                .find_map(|entry| entry.at(rest).filter(|value| value.has_words())),
            _ => None,
        }
    }

    fn is_rows(&self) -> bool {
        matches!(self, Json::List(rows) if matches!(rows.first(), Some(Json::Object(_))))
    }

    fn has_words(&self) -> bool {
        self.words().any(|words| !words.trim().is_empty())
    }

    /// Returns the text, or each paragraph of a list of them.
    fn words(&self) -> impl Iterator<Item = &str> {
        let entries = match self {
            Json::List(entries) => entries.as_slice(),
            value => std::slice::from_ref(value),
        };
        entries.iter().filter_map(|entry| match entry {
            Json::Text(words) => Some(words.as_ref()),
            _ => None,
        })
    }

    /// Returns the words of a text, or of a list of paragraphs.
    fn into_words(self) -> Cow<'a, str> {
        match self {
            Json::Text(words) => words,
            Json::List(lines) => {
                let lines = lines.into_iter().filter_map(|line| match line {
                    Json::Text(words) => Some(words),
                    _ => None,
                });
                Cow::Owned(lines.collect::<Vec<_>>().join("\n\n"))
            }
            _ => Cow::Borrowed(""),
        }
    }

    /// States what this value says of the fact that `name` stands for.
    fn state(&self, name: &'static Name, facts: &mut Facts) {
        let mut say = |words: &str| facts.state(name.fact, Said::under(name, words));
        match self {
            Json::Text(words) => say(words),
            Json::Whole(number) if name.fact == Fact::Published => {
                let field = |value: Published| Said::under(name, "").field(value);
                if facts.published.is_none() {
                    facts.published = dates::unix(*number).map(field);
                }
            }
            Json::Whole(number) if name.fact == Fact::Event => say(&number.to_string()),
            Json::List(entries) if name.fact == Fact::Tags => {
                entries.iter().for_each(|entry| entry.state(name, facts));
            }
            Json::List(entries) if name.fact == Fact::Author => {
                let names: Vec<&str> = entries.iter().filter_map(Json::name).collect();
                say(&names.join(", "));
            }
            Json::List(entries) => entries
                .iter()
                .take(1)
                .for_each(|entry| entry.state(name, facts)),
            Json::Object(_) => {
                if let Some(words) = self.name() {
                    say(words);
                }
            }
            _ => {}
        }
    }

    /// Returns the words of a text, or the name of an object that has one.
    fn name(&self) -> Option<&str> {
        match self {
            Json::Text(words) => Some(words.trim()).filter(|words| !words.is_empty()),
            Json::Object(members) => {
                members
                    .iter()
                    .find(|(key, _)| key == "name")
                    .and_then(|(_, value)| match value {
                        Json::Text(words) => Some(words.as_ref()),
                        _ => None,
                    })
            }
            _ => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Json::Nothing)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Json::Nothing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Json::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(Json::Nothing, Json::Whole))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            list.push(entry);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = entries.next_key::<Json<'de>>()? {
            let key = key.into_words();
            members.push((key, entries.next_value()?));
        }
        Ok(Json::Object(members))
    }
}
