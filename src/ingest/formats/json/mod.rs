//! JSON as dumps and crawlers write it: one object is one report, with keys of many names.
//!
//! A file holds one object, a list of objects, an object with such a list in it, or an object on each line.

mod value;

use std::borrow::Cow;

use crate::article::Article;
use crate::text::{CleanText, sanitize};

use super::super::facts::{FactWords, ReportFacts};
use super::super::failure::{ReadFailure, ReadResult};
use super::super::keys::{self, FactKind, KeyName, KeyStep};
use super::super::{compose, dates};
use super::{BYTE_ORDER_MARK, FileStart, FormatFamily, FormatReader, RowFailure};
use value::{JsonMember, JsonValue, parse, repair_surrogates};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "JSON and JSON Lines",
    endings: &["json", "jsonl", "ndjson"],
    facts: "headline, dek, outlet, author, date, address, subjects, event, under the keys in [assets/ingest/fields.toml](assets/ingest/fields.toml)",
    recognize,
};

const NO_TEXT: &str = "no text under a known key; name it body, text, content or articleBody";
const NO_TEXT_REMEDY: &str = "name its key body, text, content or articleBody";
const HTML_ONLY: &str = "its text is HTML, which is not read yet; save it as plain text under body";
const NO_OBJECT: &str = "a row must be an object like {\"title\": ..., \"body\": ...}";

/// Separates the documents of a row of the data set Multi-News: several reports of one event.
const DOCUMENT_SEPARATOR: &str = "|||||";

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    let content = start.content();
    if start.has_ending(&["jsonl", "ndjson"]) || first_line_is_object(start, content) {
        return Some(Ok(FormatReader::Rows(read_row)));
    }
    let named = start.has_ending(&["json"]);
    if content.starts_with(b"{") || content.starts_with(b"[") {
        let is_read = named || begins_like_json(content);
        return is_read.then_some(Ok(FormatReader::Whole(read_document)));
    }
    named.then_some(Err("not JSON; it must begin with [ or {"))
}

/// Returns whether the first line is a whole object and another line follows.
fn first_line_is_object(start: &FileStart<'_>, content: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', content) else {
        return false;
    };
    // `{"articles":[...]}` with a line end is one document.
    let rest = content.get(end..).unwrap_or_default();
    if start.is_whole && rest.trim_ascii().is_empty() {
        return false;
    }
    let line = content.get(..end).unwrap_or_default().trim_ascii_end();
    line.starts_with(b"{")
        && line.ends_with(b"}")
        && std::str::from_utf8(line).is_ok_and(|line| parse(line).is_ok())
}

/// Returns whether a text without a telling name begins like JSON and not like prose: `{"` or `[{`.
fn begins_like_json(content: &[u8]) -> bool {
    let after = content.get(1..).unwrap_or_default().trim_ascii_start();
    matches!(
        (content.first(), after.first()),
        (Some(b'{'), Some(b'"')) | (Some(b'['), Some(b'{'))
    )
}

/// Reads one JSON value that is all of a file.
fn read_document(name: &CleanText, text: &str) -> Result<Vec<ReadResult>, String> {
    let text = repair_surrogates(text.trim_start_matches(BYTE_ORDER_MARK));
    let rows = rows(parse(&text)?);
    if rows.is_empty() {
        return Err("an empty list; there are no reports in it".to_owned());
    }
    let many = rows.len() > 1;
    let mut read = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let path = if many {
            row_path(name, number)
        } else {
            name.clone()
        };
        match row_articles(&path, row) {
            Ok(articles) => read.extend(articles.into_iter().map(Ok)),
            Err(reason) => read.push(Err(ReadFailure::named(path, None, reason))),
        }
    }
    Ok(read)
}

/// Reads the object on a line.
fn read_row(name: &CleanText, number: usize, line: &str) -> Result<Vec<Article>, RowFailure> {
    let line = repair_surrogates(line.trim_start_matches(BYTE_ORDER_MARK));
    let row = parse(&line).map_err(RowFailure::Bad)?;
    row_articles(&row_path(name, number), row).map_err(|reason| match reason {
        NO_TEXT => RowFailure::NoText(NO_TEXT_REMEDY),
        reason => RowFailure::bad(reason),
    })
}

fn row_path(name: &CleanText, number: usize) -> CleanText {
    CleanText::one_line(&format!("{name}#{number}"))
}

/// Returns the rows of a document: the entries of a list, of the first list of objects in an object, or the value itself.
fn rows(value: JsonValue<'_>) -> Vec<JsonValue<'_>> {
    match value {
        JsonValue::List(rows) => rows,
        JsonValue::Object(mut members) if text_member(&members).is_none() => {
            match members.iter().position(|(_, value)| value.is_rows()) {
                Some(at) => rows(members.swap_remove(at).1),
                None => vec![JsonValue::Object(members)],
            }
        }
        value => vec![value],
    }
}

/// Returns the reports of a row: one, or the documents of a cluster.
fn row_articles(path: &CleanText, row: JsonValue<'_>) -> Result<Vec<Article>, &'static str> {
    let JsonValue::Object(mut members) = row else {
        return Err(NO_OBJECT);
    };
    let text = take_text(&mut members)?;
    if !text.contains(DOCUMENT_SEPARATOR) {
        return Ok(vec![article(path.clone(), &members, text)]);
    }
    let documents = text.split(DOCUMENT_SEPARATOR).map(str::trim);
    let documents = documents.filter(|document| !document.is_empty());
    let articles = (1..).zip(documents).map(|(number, document)| {
        let own = CleanText::one_line(&format!("{path}.{number}"));
        let mut article = article(own, &members, Cow::Borrowed(document));
        article.event.get_or_insert_with(|| path.clone());
        article
    });
    let articles: Vec<Article> = articles.collect();
    if articles.is_empty() {
        return Err(NO_TEXT);
    }
    Ok(articles)
}

/// Takes the text out of a row.
fn take_text<'a>(members: &mut Vec<JsonMember<'a>>) -> Result<Cow<'a, str>, &'static str> {
    if let Some(at) = text_member(members) {
        return Ok(members.swap_remove(at).1.into_words());
    }
    let mut known = members.iter().filter_map(|(key, _)| keys::plain_key(key));
    if known.any(|name| name.fact == FactKind::Html) {
        Err(HTML_ONLY)
    } else {
        Err(NO_TEXT)
    }
}

/// Returns the place of the member that holds the text: of those with words, the one with the best key.
fn text_member(members: &[JsonMember<'_>]) -> Option<usize> {
    let rank = |(at, (key, value)): (usize, &JsonMember<'_>)| {
        let name = keys::plain_key(key).filter(|name| name.fact == FactKind::Body)?;
        value.has_words().then_some((name.rank, at))
    };
    let best = members.iter().enumerate().filter_map(rank).min()?;
    Some(best.1)
}

/// Returns the report with this text and the facts that `members` state.
fn article(path: CleanText, members: &[JsonMember<'_>], text: Cow<'_, str>) -> Article {
    let facts = facts(members);
    let dek = facts.dek.as_deref();
    let text = match dek.filter(|dek| !text.trim_start().starts_with(dek)) {
        // So the dek is read, annotated and compared like that of a file.
        Some(dek) => Cow::Owned(format!("{dek}\n\n{text}")),
        None => text,
    };
    compose::row_article(path, sanitize::sanitize(text), facts)
}

/// Returns the facts that a row states; of several names for one fact, the best one counts.
fn facts(members: &[JsonMember<'_>]) -> ReportFacts {
    let mut stated: Vec<(&'static KeyName, &JsonValue<'_>)> = Vec::new();
    for (key, value) in members {
        let names = keys::names_for_key(key).iter();
        stated.extend(names.filter_map(|name| Some((name, value.at(&name.way)?))));
    }
    stated.sort_by_key(|(name, _)| name.rank);
    let mut facts = ReportFacts::default();
    for (name, value) in stated {
        value.add_to(&mut facts, name);
    }
    facts
}

impl<'a> JsonValue<'a> {
    /// Returns the value at the end of `way`.
    fn at(&self, way: &[KeyStep]) -> Option<&Self> {
        match (way, self) {
            ([], value) => Some(value),
            ([KeyStep::Key(key), rest @ ..], JsonValue::Object(members)) => {
                let is_named = |(name, _): &&JsonMember<'a>| keys::fold_key(name) == *key;
                members.iter().find(is_named)?.1.at(rest)
            }
            ([KeyStep::Entry, rest @ ..], JsonValue::List(entries)) => {
                let mut found = entries.iter().filter_map(|entry| entry.at(rest));
                found.find(|value| value.has_words())
            }
            _ => None,
        }
    }

    fn is_rows(&self) -> bool {
        matches!(self, JsonValue::List(rows) if matches!(rows.first(), Some(JsonValue::Object(_))))
    }

    /// Adds the fact that `name` stands for, as far as this value states it.
    fn add_to(&self, facts: &mut ReportFacts, name: &'static KeyName) {
        let mut add = |words: &str| facts.add_fact(name.fact, FactWords::from_key(name, words));
        match (self, name.fact) {
            (JsonValue::Text(words), _) => add(words),
            (JsonValue::Whole(number), FactKind::Published) => {
                if let (None, Some(moment)) = (&facts.published, dates::unix_moment(*number)) {
                    facts.published = Some(FactWords::from_key(name, "").stated(moment));
                }
            }
            (JsonValue::Whole(number), FactKind::Event) => add(&number.to_string()),
            (JsonValue::List(entries), FactKind::Tags) => {
                for entry in entries {
                    entry.add_to(facts, name);
                }
            }
            (JsonValue::List(entries), FactKind::Author) => {
                let names: Vec<&str> = entries.iter().filter_map(JsonValue::name).collect();
                add(&names.join(", "));
            }
            (JsonValue::List(entries), _) => {
                if let Some(first) = entries.first() {
                    first.add_to(facts, name);
                }
            }
            (JsonValue::Object(_), _) => {
                if let Some(words) = self.name() {
                    add(words);
                }
            }
            _ => {}
        }
    }

    /// Returns the words of a text, or the name of an object that has one.
    fn name(&self) -> Option<&str> {
        match self {
            JsonValue::Text(words) => Some(words.trim()).filter(|words| !words.is_empty()),
            JsonValue::Object(members) => {
                let (_, value) = members.iter().find(|(key, _)| key == "name")?;
                value.as_text()
            }
            _ => None,
        }
    }
}
