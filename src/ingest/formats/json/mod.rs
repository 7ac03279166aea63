//! JSON as services, dumps and crawlers write it: one object is one report, with keys of many names.
//!
//! A file holds one object, a list of objects, such a list inside of objects, or an object on each line. A text in HTML goes
//! through the HTML reader; a summary, or a text that says that it goes on elsewhere, is an excerpt.

mod facts;
mod own;
mod rows;
mod story;
mod value;

use std::borrow::Cow;

use crate::article::{Article, ArticleId, BlockRole, Provenance, StatedFact, TextExtent};
use crate::text::{CleanText, sanitize};

use super::super::draft::ReportDraft;
use super::super::facts::ReportFacts;
use super::super::failure::{ReadFailure, ReadResult};
use super::super::{compose, entities, excerpt};
use super::{BYTE_ORDER_MARK, FileStart, FormatFamily, FormatReader, RowFailure, html};
use story::RowText;
use value::{JsonMember, JsonValue, parse, repair_surrogates};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "JSON and JSON Lines",
    endings: &["json", "jsonl", "ndjson"],
    facts: "headline, dek, outlet, author, date, address, subjects, event, under the keys in [assets/ingest/fields.toml](assets/ingest/fields.toml)",
    recognize,
};

const NO_TEXT_REMEDY: &str = "name its key body, text, content or articleBody";
const NO_OBJECT: &str = "a row must be an object like {\"title\": ..., \"body\": ...}";

/// Separates the documents of a row of the data set Multi-News: several reports of one event.
const DOCUMENT_SEPARATORS: [&str; 2] = ["|||||", "story_separator_special_tag"];

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
    let document = parse(&text)?;
    if let Some(read) = own::read(name, &document) {
        return read;
    }
    let feed = feed_title(&document);
    let rows = rows::rows(document);
    if rows.is_empty() {
        return Err("an empty list; no reports in it".to_owned());
    }
    let count = rows.len();
    let mut read = Vec::new();
    let mut without_text = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let path = if count > 1 {
            row_path(name, number)
        } else {
            name.clone()
        };
        match row_articles(&path, row) {
            Ok(articles) => {
                let articles = articles.into_iter();
                read.extend(articles.map(|article| Ok(from_feed(article, feed.as_ref()))));
            }
            Err(RowFailure::NoText(_)) => without_text.push(path),
            Err(RowFailure::Bad(reason)) => read.push(Err(ReadFailure::named(path, None, &reason))),
        }
    }
    if without_text.len() == count {
        return Err(match count {
            1 => format!("no text; {NO_TEXT_REMEDY}"),
            _ => format!("none of its {count} rows has a text; {NO_TEXT_REMEDY}"),
        });
    }
    read.extend(rows_without_text(&without_text));
    Ok(read)
}

/// Says once which rows of a file have no text.
fn rows_without_text(paths: &[CleanText]) -> Option<ReadResult> {
    let first = paths.first()?;
    let reason = match paths.len() {
        1 => format!("no text; {NO_TEXT_REMEDY}"),
        count => format!("no text, as in {} other rows; {NO_TEXT_REMEDY}", count - 1),
    };
    Some(Err(ReadFailure::named(first.clone(), None, &reason)))
}

/// Returns the name of a JSON Feed, which is the outlet of its entries.
fn feed_title(document: &JsonValue<'_>) -> Option<CleanText> {
    let version = document.member("version")?.as_text()?;
    let title = document.member("title")?.as_text()?;
    let title = CleanText::one_line(&entities::plain(title));
    (version.contains("jsonfeed.org/") && !title.is_empty()).then_some(title)
}

fn from_feed(mut article: Article, feed: Option<&CleanText>) -> Article {
    if let (None, Some(title)) = (&article.outlet, feed) {
        article.outlet = Some(StatedFact {
            value: title.clone(),
            provenance: Provenance::Key("title".into()),
            span: None,
        });
    }
    article
}

/// Reads the object on a line.
fn read_row(name: &CleanText, number: usize, line: &str) -> Result<Vec<Article>, RowFailure> {
    let line = repair_surrogates(line.trim_start_matches(BYTE_ORDER_MARK));
    let row = parse(&line).map_err(RowFailure::Bad)?;
    row_articles(&row_path(name, number), row)
}

fn row_path(name: &CleanText, number: usize) -> CleanText {
    CleanText::one_line(&format!("{name}#{number}"))
}

/// Returns the reports of a row: one, or the documents of a cluster.
fn row_articles(path: &CleanText, row: JsonValue<'_>) -> Result<Vec<Article>, RowFailure> {
    let JsonValue::Object(members) = row else {
        return Err(RowFailure::bad(NO_OBJECT));
    };
    let mut members = rows::flat(members);
    let text = story::take_text(&mut members).ok_or(RowFailure::NoText(NO_TEXT_REMEDY))?;
    let is_cluster = |separator: &&str| text.words.contains(separator);
    let Some(separator) = DOCUMENT_SEPARATORS.into_iter().find(|one| is_cluster(one)) else {
        return Ok(vec![article(path.clone(), &members, text)?]);
    };
    let documents = text.words.split(separator).map(str::trim);
    let documents = documents.filter(|document| !document.is_empty());
    let articles = (1..).zip(documents).map(|(number, document)| {
        let own = CleanText::one_line(&format!("{path}.{number}"));
        let text = RowText {
            words: Cow::Borrowed(document),
            ..text
        };
        let mut article = article(own, &members, text)?;
        article.event.get_or_insert_with(|| path.clone());
        Ok(article)
    });
    let articles: Vec<Article> = articles.collect::<Result<_, RowFailure>>()?;
    if articles.is_empty() {
        return Err(RowFailure::NoText(NO_TEXT_REMEDY));
    }
    Ok(articles)
}

/// Returns the report with this text and the facts that `members` state.
fn article(
    path: CleanText,
    members: &[JsonMember<'_>],
    text: RowText<'_>,
) -> Result<Article, RowFailure> {
    let facts = facts::facts(members);
    if text.is_page {
        return page_article(&path, facts, &text.words);
    }
    if html::is_fragment(&text.words) {
        return html_article(&path, facts, &text);
    }
    let words = entities::plain(&text.words);
    let (words, extent) = match excerpt::without_cut_mark(&words) {
        Some(words) => (Cow::Borrowed(words), TextExtent::Excerpt),
        None => (words, text.extent),
    };
    let dek = facts.dek.as_deref();
    let words = match dek.filter(|dek| !words.trim_start().starts_with(dek)) {
        // So the dek is read, annotated and compared like that of a file.
        Some(dek) => Cow::Owned(format!("{dek}\n\n{words}")),
        None => words,
    };
    let article = compose::row_article(path, sanitize::sanitize(words), facts);
    Ok(Article { extent, ..article })
}

/// Returns the report whose text is HTML.
fn html_article(
    path: &CleanText,
    facts: ReportFacts,
    text: &RowText<'_>,
) -> Result<Article, RowFailure> {
    let paragraphs = html::fragment(&text.words).map_err(RowFailure::Bad)?;
    let source = identity(&facts, &text.words);
    let dek = facts.dek.clone();
    let mut draft = ReportDraft::with_facts(facts, text.extent);
    if let Some(dek) = dek {
        draft.push(Some(BlockRole::Dek), &dek);
    }
    for paragraph in paragraphs {
        let words = &*paragraph.words;
        match excerpt::without_cut_mark(words) {
            Some(words) => {
                draft.extent = TextExtent::Excerpt;
                draft.push(Some(paragraph.role), words);
            }
            None => draft.push(Some(paragraph.role), words),
        }
    }
    if draft.is_empty() {
        return Err(RowFailure::NoText(NO_TEXT_REMEDY));
    }
    Ok(draft.article(path, source.as_bytes()))
}

/// Returns the report of a row that holds a whole page; what the row states counts before what the page states.
fn page_article(path: &CleanText, facts: ReportFacts, page: &str) -> Result<Article, RowFailure> {
    let source = identity(&facts, page);
    let address = facts.url.as_ref().map(|url| url.value.to_string());
    let article = html::page(path, page, address.as_deref(), page.as_bytes());
    let article = article.map_err(RowFailure::Bad)?;
    Ok(Article {
        id: ArticleId::for_bytes(source.as_bytes()),
        headline: facts.headline.or(article.headline),
        outlet: facts.outlet.or(article.outlet),
        author: facts.author.or(article.author),
        published: facts.published.or(article.published),
        url: facts.url.or(article.url),
        event: facts.event.or(article.event),
        ..article
    })
}

/// Returns what tells a row from others: two outlets carry the same wire text.
fn identity(facts: &ReportFacts, words: &str) -> String {
    let known = [&facts.headline, &facts.outlet].into_iter().flatten();
    let known = known.map(|field| field.value.as_str());
    known.chain([words]).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
