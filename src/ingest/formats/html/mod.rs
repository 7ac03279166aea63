//! Web pages: saved by a browser, by SingleFile, or by a program; and pieces of HTML in other formats.
//!
//! dom_smoothie, a Readability, finds the element with the article. Its paragraphs are taken from there with their roles, and
//! what stands around a story (dek, byline, date, captions) is told apart from it.

mod facts;
mod lighten;
mod paragraphs;
mod title;

use std::borrow::Cow;

use dom_query::Document;
use dom_smoothie::{CandidateSelectMode, Config, Readability};
use encoding_rs::{Encoding, UTF_8};

use crate::article::{Article, BlockRole};
use crate::text::CleanText;

use super::super::draft::ReportDraft;
use super::super::failure::ReadResult;
use super::super::{decode, lines};
use super::{FileStart, FormatFamily, FormatReader};
use facts::PageFacts;
pub(in crate::ingest) use paragraphs::HtmlParagraph;
pub(super) use paragraphs::paragraphs;
pub(in crate::ingest) use title::without_site;

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "web pages, saved",
    endings: &["html", "htm", "xhtml", "shtml"],
    facts: "headline, dek, outlet, author, date, address, subjects, captions",
    recognize,
};

/// Tags that a page or a piece of one begins with.
const OPENINGS: [&[u8]; 6] = [
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<!-- saved from",
    b"<meta",
];
/// Tags that a piece of a page begins with.
const PIECES: [&[u8]; 9] = [
    b"<p>",
    b"<p ",
    b"<div",
    b"<article",
    b"<section",
    b"<main",
    b"<h1",
    b"<title",
    b"<table",
];
/// Bytes in which a page says its encoding.
const ENCODING_REGION: usize = 2048;
/// Paragraphs before the story in which bylines and dates are sought.
const LONGEST_HEAD: usize = 8;
/// Share of a paragraph's letters, in per cent, from which links make it a list of links.
const LINKED: usize = 70;

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    is_page(start).then_some(Ok(FormatReader::Bytes(read_page)))
}

/// Returns whether the file is a page or a piece of one.
pub(super) fn is_page(start: &FileStart<'_>) -> bool {
    start.has_ending(FAMILY.endings)
        || start.begins_with(&OPENINGS)
        || is_xhtml(start)
        || start.begins_with(&PIECES) && memchr::memmem::find(start.bytes, b"</").is_some()
}

/// Returns whether the content is XML whose first element is a page, or a comment that a page follows.
fn is_xhtml(start: &FileStart<'_>) -> bool {
    let head = start.content();
    let head = head.get(..1024).unwrap_or(head).to_ascii_lowercase();
    (start.begins_with(&[b"<?xml", b"<!--"]))
        && (memchr::memmem::find(&head, b"<html").is_some()
            || memchr::memmem::find(&head, b"<!doctype html").is_some())
}

fn read_page(name: &CleanText, bytes: &[u8]) -> Result<Vec<ReadResult>, String> {
    let html = decoded(bytes)?;
    Ok(vec![Ok(page(name, &html, None, bytes)?)])
}

/// Returns the text of a page in the encoding that it says.
pub(super) fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    // A page that says that it is UTF-8 and is not was converted by a program that did not read it.
    if std::str::from_utf8(bytes).is_err()
        && Encoding::for_bom(bytes).is_none()
        && let Some(encoding) = said_encoding(bytes).filter(|encoding| *encoding != UTF_8)
    {
        return Ok(encoding.decode_without_bom_handling(bytes).0);
    }
    decode::text(bytes).map_err(str::to_owned)
}

/// Returns the encoding that a `charset=` near the top names.
fn said_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes
        .get(..ENCODING_REGION)
        .unwrap_or(bytes)
        .to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + b"charset=".len();
    let label = head.get(at..)?.trim_ascii_start();
    let label = label
        .strip_prefix(b"\"")
        .or(label.strip_prefix(b"'"))
        .unwrap_or(label);
    let ends = |byte: &u8| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte));
    let end = label.iter().position(ends).unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?)
}

/// Returns the report that a page is; `address` is its own where it was saved beside the page, `source` what it was read from.
pub(super) fn page(
    name: &CleanText,
    html: &str,
    address: Option<&str>,
    source: &[u8],
) -> Result<Article, String> {
    let document = parsed(html)?;
    let facts = PageFacts::collect(html, &document, address);
    let mut draft = ReportDraft::default();
    let headline = facts.headline().map(|(words, _)| words);
    let seen = document.body().map(|body| paragraphs(&body));
    facts.state(
        &mut draft,
        below_headline(seen.as_deref().unwrap_or_default(), headline.as_deref()),
    );
    let story = story(document)?;
    add_story(&mut draft, story, &facts);
    if draft.is_empty() {
        return Err(
            "a page without an article in it; save the page of the article itself".to_owned(),
        );
    }
    Ok(draft.article(name, source))
}

/// Returns a page, parsed, without what is no text of it.
pub(super) fn parsed(html: &str) -> Result<Document, String> {
    Ok(Document::from(lighten::lighten(html)?))
}

/// Returns the paragraphs that people see below the headline of a page.
fn below_headline<'a>(seen: &'a [HtmlParagraph], headline: Option<&str>) -> &'a [HtmlParagraph] {
    let is_headline = |one: &HtmlParagraph| headline.is_some_and(|headline| one.words == headline);
    let at = seen.iter().position(is_headline).map_or(0, |at| at + 1);
    seen.get(at..).unwrap_or_default()
}

/// Returns the paragraphs of the element that holds the article.
fn story(document: Document) -> Result<Vec<HtmlParagraph>, String> {
    let config = Config {
        // It reads JSON-LD with a reader that is not made for untrusted input; ours is.
        disable_json_ld: true,
        keep_classes: true,
        candidate_select_mode: CandidateSelectMode::Readability,
        ..Config::default()
    };
    let readability = Readability::with_document(document, None, Some(config));
    let mut readability =
        readability.map_err(|error| format!("not a page: {error}; save its text"))?;
    let article = readability.parse();
    let article = article
        .map_err(|_| "a page without an article in it; save the page of the article itself")?;
    Ok(paragraphs(&Document::fragment(article.content).root()))
}

/// Returns the paragraphs of a piece of HTML that is a text in another format.
pub(in crate::ingest) fn fragment(html: &str) -> Result<Vec<HtmlParagraph>, String> {
    let document = Document::fragment(lighten::lighten(html)?);
    Ok(paragraphs(&document.root()))
}

/// Returns the text of a piece of HTML, a blank line between two paragraphs; captions are left out.
pub(in crate::ingest) fn fragment_text(html: &str) -> Result<String, String> {
    let paragraphs = fragment(html)?.into_iter();
    let is_text = |role| matches!(role, BlockRole::Body | BlockRole::Heading);
    let text = paragraphs
        .filter(|one| is_text(one.role))
        .map(|one| one.words);
    Ok(text.collect::<Vec<_>>().join("\n\n"))
}

/// Returns whether a text in another format is HTML: it has end tags or line breaks as HTML writes them.
pub(in crate::ingest) fn is_fragment(text: &str) -> bool {
    let text = text.trim_start();
    let has = |tag: &str| memchr::memmem::find(text.as_bytes(), tag.as_bytes()).is_some();
    // Most texts have no `<` at all, which is told at once.
    text.contains('<')
        && ["</p>", "<br>", "<br/>", "<br />", "</div>"]
            .into_iter()
            .any(has)
}

/// Adds the paragraphs of a story, each in its role.
fn add_story(draft: &mut ReportDraft, story: Vec<HtmlParagraph>, facts: &PageFacts) {
    let head_end = head_end(&story);
    for (at, paragraph) in story.iter().enumerate() {
        let role = role(draft, paragraph, at < head_end, facts);
        draft.push(Some(role), &paragraph.words);
    }
}

/// Returns how many paragraphs stand before the story: up to the last byline or date near the top.
fn head_end(story: &[HtmlParagraph]) -> usize {
    let is_head = |paragraph: &HtmlParagraph| {
        paragraph.role == BlockRole::Byline
            || lines::byline(&paragraph.words).is_some()
            || lines::date_line(&paragraph.words).is_some()
    };
    let head = story.iter().take(LONGEST_HEAD);
    head.clone().rposition(is_head).map_or(0, |last| last + 1)
}

fn role(
    draft: &ReportDraft,
    paragraph: &HtmlParagraph,
    in_head: bool,
    facts: &PageFacts,
) -> BlockRole {
    let words = &*paragraph.words;
    let is_headline = draft
        .facts
        .headline
        .as_ref()
        .is_some_and(|known| *known.value == *words);
    match paragraph.role {
        _ if is_headline => BlockRole::Headline,
        BlockRole::Body if lines::is_boilerplate(words) => BlockRole::Boilerplate,
        BlockRole::Body
            if paragraph.linked > LINKED && (paragraph.is_entry || !ends_sentence(words)) =>
        {
            BlockRole::Boilerplate
        }
        BlockRole::Body if in_head && lines::byline(words).is_some() => BlockRole::Byline,
        BlockRole::Body if in_head && lines::date_line(words).is_some() => BlockRole::Matter,
        BlockRole::Body
            if in_head
                && draft.is_empty()
                && facts.summary().is_some_and(|summary| summary == words) =>
        {
            BlockRole::Dek
        }
        role => role,
    }
}

fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(['"', '”', '’', '\'', ')', '»'])
        .ends_with(['.', '!', '?', '…', ':'])
}

#[cfg(test)]
mod tests;
