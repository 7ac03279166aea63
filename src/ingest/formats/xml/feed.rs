//! Feeds: RSS in all its versions and Atom, as files. An entry is a report; its teaser is an excerpt.
//!
//! The feed's name is the outlet of an entry that leads to the feed's own site; collections (Google's) name it by entry or not
//! at all.

use crate::article::{BlockRole, Provenance, TextExtent};
use crate::text::CleanText;

use super::super::super::draft::ReportDraft;
use super::super::super::excerpt;
use super::super::super::failure::ReadResult;
use super::super::super::keys::FactKind;
use super::tree::{self, Element};
use super::{ReadEntry, decoded, entities, html};

/// Elements that hold the whole text, the best first.
const TEXTS: [&str; 2] = ["content:encoded", "content"];
/// Elements that hold a text, or more often its first words.
const TEASERS: [&str; 3] = ["description", "summary", "media:description"];
/// Marks between the name of a site and that of its section.
const NAME_MARKS: [&str; 6] = [" | ", " > ", " » ", " - ", " – ", " : "];

/// Reads a feed.
pub(super) fn read(name: &CleanText, bytes: &[u8]) -> Result<Vec<ReadResult>, String> {
    let text = decoded(bytes)?;
    let document = tree::parse(&text);
    let mut found = document.descendants("item");
    found.extend(document.descendants("entry"));
    if found.is_empty() {
        return Err("a feed without entries; no reports in it".to_owned());
    }
    let feed = Feed::of(&document);
    let read = found.iter().map(|entry| ReadEntry {
        draft: feed.report(entry),
        source: entry.inner_html(),
    });
    super::reports(name, read.collect())
}

/// Statements of a feed about itself.
#[derive(Debug, Default)]
struct Feed {
    title: Option<String>,
    host: Option<String>,
}

impl Feed {
    fn of(document: &Element) -> Self {
        let channel = document.descendants("channel").into_iter().next();
        let channel = channel.or_else(|| document.descendants("feed").into_iter().next());
        let Some(channel) = channel else {
            return Self::default();
        };
        let host = link(channel).and_then(|link| host(&link));
        let title = channel.child_text("title");
        let is_alert = |title: &&String| title.starts_with("Google ");
        let title = title.filter(|title| !is_alert(&title));
        Self {
            title: title.map(|title| site_name(&entities::plain(&title), host.as_deref())),
            host,
        }
    }

    /// Returns the report that an entry is.
    fn report(&self, entry: &Element) -> Result<ReportDraft, String> {
        let mut draft = ReportDraft::default();
        self.state_facts(&mut draft, entry);
        let text = TEXTS.into_iter().find_map(|name| words(entry.child(name)?));
        if let Some(text) = text {
            add_text(&mut draft, &text)?;
        } else if let Some(text) = TEASERS
            .into_iter()
            .find_map(|name| words(entry.child(name)?))
        {
            let is_whole = add_text(&mut draft, &text)?.is_long();
            if !is_whole {
                draft.extent = TextExtent::Excerpt;
            }
        }
        Ok(draft)
    }

    fn state_facts(&self, draft: &mut ReportDraft, entry: &Element) {
        let mut state = |fact, words: &str, name: &'static str| {
            draft.state(fact, words, Provenance::Markup(name.into()));
        };
        let address = link(entry);
        state(
            FactKind::Url,
            address.as_deref().unwrap_or_default(),
            "link",
        );
        for (name, fact) in [
            ("pubDate", FactKind::Published),
            ("published", FactKind::Published),
            ("dc:date", FactKind::Published),
            ("issued", FactKind::Published),
        ] {
            state(
                fact,
                entry.child_text(name).unwrap_or_default().trim(),
                name,
            );
        }
        state(FactKind::Author, &authors(entry), "author");
        for tag in entry
            .children()
            .filter(|child| child.local_name() == "category")
        {
            let words = tag
                .attribute("term")
                .map_or_else(|| tag.text(), str::to_owned);
            state(FactKind::Tags, &words, "category");
        }
        let source = entry
            .child("source")
            .map(|source| source.child_text("title").unwrap_or_else(|| source.text()));
        let outlet = source.filter(|source| !source.trim().is_empty());
        let own = self
            .title
            .clone()
            .filter(|_| self.is_of_site(address.as_deref()));
        if let Some(outlet) = outlet.or(own) {
            let site = entities::plain(outlet.trim());
            state(FactKind::Outlet, &site, "title");
        }
        let title = entry.child("title").map(plain_words).unwrap_or_default();
        let site = draft
            .facts
            .outlet
            .as_ref()
            .map(|outlet| outlet.value.to_string());
        let bare = html::without_site(&title, site.as_deref(), address.as_deref());
        draft.state(FactKind::Headline, bare, Provenance::Markup("title".into()));
    }

    /// Returns whether an address is one of the feed's own site.
    fn is_of_site(&self, address: Option<&str>) -> bool {
        match (&self.host, address.and_then(host)) {
            (Some(own), Some(host)) => domain(own) == domain(&host) || own.starts_with("feeds."),
            _ => true,
        }
    }
}

/// The amount of text that an entry has.
struct TextAmount {
    paragraphs: usize,
    words: usize,
}

impl TextAmount {
    /// Returns whether this is more than a teaser.
    fn is_long(&self) -> bool {
        const PARAGRAPHS: usize = 3;
        const WORDS: usize = 80;
        self.paragraphs >= PARAGRAPHS && self.words >= WORDS
    }
}

/// Adds a text, in HTML or not; one that goes on elsewhere is an excerpt.
fn add_text(draft: &mut ReportDraft, text: &str) -> Result<TextAmount, String> {
    let mut amount = TextAmount {
        paragraphs: 0,
        words: 0,
    };
    let paragraphs = if html::is_fragment(text) {
        let paragraphs = html::fragment(text)?.into_iter();
        paragraphs.map(|one| (one.role, one.words)).collect()
    } else {
        let text = entities::plain(text);
        let lines = text.split("\n\n").map(str::to_owned);
        lines
            .map(|words| (BlockRole::Body, words))
            .collect::<Vec<_>>()
    };
    for (role, words) in paragraphs {
        let (kept, is_cut) = excerpt::without_more(&words);
        if is_cut {
            draft.extent = TextExtent::Excerpt;
        }
        if role == BlockRole::Body && !kept.trim().is_empty() {
            amount.paragraphs += 1;
            amount.words += kept.split_whitespace().count();
        }
        let is_credit = kept.starts_with("The post ") && kept.contains(" appeared first on ");
        let role = if is_credit {
            BlockRole::Boilerplate
        } else {
            role
        };
        draft.push(Some(role), kept);
    }
    Ok(amount)
}

/// Returns the text of an element, as HTML where it holds elements.
fn words(element: &Element) -> Option<String> {
    let text = match element.children().next() {
        Some(_) => element.inner_html(),
        None => element.text(),
    };
    // Some feeds escape their HTML twice.
    let text = match text.contains("&lt;p&gt;") {
        true => entities::decoded(&text).into_owned(),
        false => text,
    };
    (!text.trim().is_empty()).then_some(text)
}

fn plain_words(element: &Element) -> String {
    let text = element.text();
    entities::plain(text.trim()).into_owned()
}

/// Returns the address that an entry leads to; of Google's links the one behind them.
fn link(entry: &Element) -> Option<String> {
    let original = entry.child_text("feedburner:origLink");
    let mut links = entry.children().filter(|child| child.name == "link");
    let linked = links.find_map(|link| match link.attribute("href") {
        Some(href) => {
            let is_own = matches!(link.attribute("rel"), None | Some("alternate"));
            is_own.then(|| href.to_owned())
        }
        None => Some(link.text()).filter(|text| !text.trim().is_empty()),
    });
    let guid = entry.child("guid");
    let guid = guid.filter(|guid| guid.attribute("isPermaLink") != Some("false"));
    let guid = guid
        .map(Element::text)
        .filter(|guid| guid.starts_with("http"));
    let link = original.or(linked).or(guid)?;
    Some(behind_google(link.trim()))
}

/// Returns the address in `https://www.google.com/url?...&url=...`.
fn behind_google(link: &str) -> String {
    let query = link.split_once("google.com/url?").map(|parts| parts.1);
    let mut parts = query.into_iter().flat_map(|query| query.split('&'));
    let inner = parts.find_map(|part| part.strip_prefix("url=").or(part.strip_prefix("q=")));
    inner.map_or_else(|| link.to_owned(), unescaped)
}

/// Returns an address without `%3A` and the like.
fn unescaped(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns the names of an entry's authors: `dc:creator`, `name`, or the words in brackets behind a mail address.
fn authors(entry: &Element) -> String {
    let is_author = |child: &&Element| matches!(child.name.as_str(), "dc:creator" | "author");
    let mut names: Vec<String> = Vec::new();
    for author in entry.children().filter(is_author) {
        let words = author.child_text("name").unwrap_or_else(|| author.text());
        let words = words.trim();
        let name = match (words.split_once('('), words.contains('@')) {
            (Some((_, name)), true) => name.trim_end_matches(')').trim(),
            (None, true) => continue,
            _ => words,
        };
        let name = entities::plain(name).into_owned();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn host(address: &str) -> Option<String> {
    let host = address.trim().split('/').nth(2)?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_lowercase())
}

/// Returns the last two parts of a host, three where the second last is short: `bbc.co.uk`.
fn domain(host: &str) -> String {
    let parts: Vec<&str> = host.rsplit('.').collect();
    let count = match parts.as_slice() {
        [_, second, ..] if second.len() <= 3 => 3,
        _ => 2,
    };
    let kept: Vec<&str> = parts.into_iter().take(count).collect();
    kept.join(".")
}

/// Returns the name of the site in `CBC | Top Stories` or `World - The Post`, the part that its host has too.
fn site_name(title: &str, host: Option<&str>) -> String {
    let title = title.trim();
    let host: String = host.unwrap_or_default().replace(['.', '-'], "");
    let parts = NAME_MARKS.into_iter().find(|mark| title.contains(mark));
    let parts: Vec<&str> = parts.map_or_else(Vec::new, |mark| title.split(mark).collect());
    let names_host = |part: &&&str| {
        let letters = part.chars().filter(|c| c.is_alphanumeric());
        let bare: String = letters.flat_map(char::to_lowercase).collect();
        let bare = bare.strip_prefix("the").unwrap_or(&bare);
        bare.len() > 2 && host.contains(bare)
    };
    let named = parts.iter().find(names_host);
    named.map_or(title, |part| part.trim()).to_owned()
}
