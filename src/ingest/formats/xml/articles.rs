//! XML with whole articles: trafilatura's `<doc>`, TEI, and NITF of news agencies.

use crate::article::{BlockRole, Provenance};
use crate::text::CleanText;

use super::super::super::draft::ReportDraft;
use super::super::super::failure::ReadResult;
use super::super::super::keys::FactKind;
use super::tree::{self, Content, Element};
use super::{ReadEntry, decoded};

/// Attributes of a `<doc>` and the facts that they state.
const DOC_FACTS: [(&str, FactKind); 11] = [
    ("title", FactKind::Headline),
    ("author", FactKind::Author),
    ("date", FactKind::Published),
    ("sitename", FactKind::Outlet),
    ("source-hostname", FactKind::Outlet),
    ("source", FactKind::Url),
    ("url", FactKind::Url),
    ("hostname", FactKind::Outlet),
    ("publisher", FactKind::Outlet),
    ("categories", FactKind::Tags),
    ("tags", FactKind::Tags),
];

/// Elements of a paragraph's size, and the roles of their words.
const BLOCKS: [(&str, BlockRole); 9] = [
    ("p", BlockRole::Body),
    ("ab", BlockRole::Body),
    ("item", BlockRole::Body),
    ("li", BlockRole::Body),
    ("quote", BlockRole::Body),
    ("head", BlockRole::Heading),
    ("hl2", BlockRole::Heading),
    ("caption", BlockRole::Caption),
    ("media-caption", BlockRole::Caption),
];

/// Reads the articles of a file.
pub(super) fn read(name: &CleanText, bytes: &[u8]) -> Result<Vec<ReadResult>, String> {
    let text = decoded(bytes)?;
    let document = tree::parse(&text);
    let kinds = [
        ("doc", doc as fn(&Element) -> ReportDraft),
        ("TEI", tei),
        ("nitf", nitf),
    ];
    let found = kinds.into_iter().flat_map(|(name, read)| {
        let articles = document.descendants(name).into_iter();
        articles.map(move |article| ReadEntry {
            draft: Ok(read(article)),
            source: format!("{:?}{}", article.attributes, article.inner_html()),
        })
    });
    let found: Vec<ReadEntry> = found.collect();
    if found.is_empty() {
        return Err("no articles in it; nothing to read".to_owned());
    }
    super::reports(name, found)
}

fn state(draft: &mut ReportDraft, fact: FactKind, words: Option<&str>, name: &'static str) {
    let words = words.unwrap_or_default();
    draft.state(fact, words.trim(), Provenance::Markup(name.into()));
}

/// Reads what trafilatura extracts; other programs write a `<doc>` with nothing but text in it.
fn doc(article: &Element) -> ReportDraft {
    let mut draft = ReportDraft::default();
    for (name, fact) in DOC_FACTS {
        state(&mut draft, fact, article.attribute(name), name);
    }
    let story = article.child("main").unwrap_or(article);
    add_blocks(&mut draft, story);
    if draft.is_empty() {
        let text = story.text();
        text.split('\n').for_each(|line| draft.push_body(line));
    }
    draft
}

fn tei(article: &Element) -> ReportDraft {
    let mut draft = ReportDraft::default();
    let head = article.child("teiHeader");
    let words = |name: &str| {
        let mut found = head
            .map(|head| head.descendants(name))
            .unwrap_or_default()
            .into_iter();
        found.find_map(|element| Some(element.text()).filter(|text| !text.trim().is_empty()))
    };
    state(
        &mut draft,
        FactKind::Headline,
        words("title").as_deref(),
        "title",
    );
    state(
        &mut draft,
        FactKind::Author,
        words("author").as_deref(),
        "author",
    );
    state(
        &mut draft,
        FactKind::Outlet,
        words("publisher").as_deref(),
        "publisher",
    );
    state(
        &mut draft,
        FactKind::Published,
        words("date").as_deref(),
        "date",
    );
    let address = head.and_then(|head| head.descendants("ptr").into_iter().next());
    let address = address.and_then(|pointer| pointer.attribute("target"));
    state(&mut draft, FactKind::Url, address, "ptr");
    if let Some(body) = article
        .child("text")
        .map(|text| text.child("body").unwrap_or(text))
    {
        add_blocks(&mut draft, body);
    }
    draft
}

fn nitf(article: &Element) -> ReportDraft {
    let mut draft = ReportDraft::default();
    let first = |name: &str| article.descendants(name).into_iter().next();
    let words = |name: &str| first(name).map(|found| found.text());
    state(
        &mut draft,
        FactKind::Headline,
        words("hl1").as_deref(),
        "hl1",
    );
    state(
        &mut draft,
        FactKind::Headline,
        words("title").as_deref(),
        "title",
    );
    state(
        &mut draft,
        FactKind::Author,
        words("byline").as_deref(),
        "byline",
    );
    let publication = first("pubdata");
    let of = |name| publication.and_then(|found| found.attribute(name));
    state(
        &mut draft,
        FactKind::Published,
        of("date.publication"),
        "date.publication",
    );
    state(&mut draft, FactKind::Outlet, of("name"), "pubdata");
    state(&mut draft, FactKind::Url, of("ex-ref"), "ex-ref");
    let issued = first("date.issue").and_then(|found| found.attribute("norm"));
    state(&mut draft, FactKind::Published, issued, "date.issue");
    for dek in article
        .descendants("hedline")
        .iter()
        .filter_map(|head| head.child_text("hl2"))
    {
        draft.push(Some(BlockRole::Dek), &dek);
    }
    if let Some(body) = first("body.content") {
        // The first paragraphs may stand there twice, by themselves and in the full text.
        let mut blocks = body.children().filter(|block| block.name == "block");
        let full = blocks.find(|block| block.attribute("class") == Some("full_text"));
        add_blocks(&mut draft, full.unwrap_or(body));
    }
    draft
}

/// Adds the paragraphs inside of `element`.
fn add_blocks(draft: &mut ReportDraft, element: &Element) {
    for child in element.children() {
        let block = BLOCKS.iter().find(|block| block.0 == child.local_name());
        match block {
            Some((_, role)) if !holds_blocks(child) => draft.push(Some(*role), &child.text()),
            _ if child.local_name() == "comments" => {}
            _ => add_blocks(draft, child),
        }
    }
}

/// Returns whether a quote or an entry of a list is made of paragraphs.
fn holds_blocks(element: &Element) -> bool {
    element.content.iter().any(|content| match content {
        Content::Element(inner) => BLOCKS.iter().any(|block| block.0 == inner.local_name()),
        Content::Text(_) => false,
    })
}
