//! Finds what a page says about itself: for machines (JSON-LD, meta elements, its address) and for people (headings, dates).

use dom_query::{Document, NodeRef};
use serde_json::Value;

use crate::article::Provenance;

use super::super::super::dates;
use super::super::super::draft::ReportDraft;
use super::super::super::keys::FactKind;
use super::super::super::lines;
use super::paragraphs::HtmlParagraph;
use super::title;

/// Statements of the head of a page and of its JSON-LD.
pub(super) struct PageFacts {
    meta: Vec<(String, String)>,
    article: Option<Value>,
    /// The words of the `title` element.
    title: String,
    headings: Vec<String>,
    canonical: Option<String>,
    /// The address in the comment that a browser wrote when it saved the page.
    saved_from: Option<String>,
    times: Vec<String>,
    byline: Option<String>,
}

/// Names of meta elements with the day of publication, the surest first.
const DAYS: [&str; 24] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "article_date_original",
    "published-date",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "pubdate",
    "originalpublicationdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "displaydate",
    "date",
    "ptime",
    "release_date",
];
/// Names of meta elements with the outlet.
const OUTLETS: [&str; 4] = [
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
];
/// Names of meta elements with the author.
const AUTHORS: [&str; 8] = [
    "author",
    "article:author",
    "byl",
    "byline",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
];
/// Elements with the author's name.
const BYLINES: &str = "[rel=author], [itemprop=author] [itemprop=name], [itemprop=author], .byline, .author-name, .byline-name, .article-author, .byline__name";
/// Most bytes of a byline; a longer one is a text about the author.
const LONGEST_BYLINE: usize = 120;
/// Paragraphs below the headline in which a byline and a line with the date are sought.
const NEAR: usize = 8;
/// Letters below the headline in which another date is sought.
const DATE_REGION: usize = 500;

impl PageFacts {
    /// Collects what `page`, parsed as `document`, states; `address` is known where it was saved with its address.
    pub(super) fn collect(page: &str, document: &Document, address: Option<&str>) -> Self {
        let each = |selector: &str| document.select(selector).nodes().to_vec();
        let content = |node: NodeRef<'_>| {
            let name = ["property", "name", "itemprop"]
                .into_iter()
                .find_map(|key| node.attr(key))?;
            let value = node.attr("content")?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        };
        let times = each("time").into_iter().map(|node| {
            let said = node
                .attr("datetime")
                .filter(|value| !value.trim().is_empty());
            said.map_or_else(
                || node.text().trim().to_owned(),
                |value| value.trim().to_owned(),
            )
        });
        let first = |selector: &str| each(selector).into_iter().next();
        Self {
            meta: each("meta").into_iter().filter_map(content).collect(),
            article: json_ld(document),
            title: first("head title, title").map_or(String::new(), |node| one_line(&node.text())),
            headings: each("h1")
                .iter()
                .map(|node| one_line(&node.text()))
                .collect(),
            canonical: first("link[rel=canonical]")
                .and_then(|node| Some(node.attr("href")?.to_string())),
            saved_from: address.map(str::to_owned).or_else(|| saved_from(page)),
            times: times.collect(),
            byline: each(BYLINES)
                .iter()
                .map(|node| one_line(&node.text()))
                .find(|line| is_byline(line)),
        }
    }

    fn meta(&self, name: &str) -> Option<&str> {
        let found = self
            .meta
            .iter()
            .find(|(known, value)| known == name && !value.is_empty());
        found.map(|(_, value)| &**value)
    }

    fn stated(&self, way: &[&str]) -> Option<&str> {
        let mut value = self.article.as_ref()?;
        for key in way {
            value = match value {
                Value::Array(entries) => entries.first()?.get(key)?,
                value => value.get(key)?,
            };
        }
        value
            .as_str()
            .map(str::trim)
            .filter(|words| !words.is_empty())
    }

    /// Returns the address of the page.
    pub(super) fn address(&self) -> Option<(&str, &'static str)> {
        let is_address =
            |address: &&str| address.starts_with("http://") || address.starts_with("https://");
        let entity = self
            .stated(&["mainEntityOfPage"])
            .or(self.stated(&["mainEntityOfPage", "@id"]));
        let known = [
            (self.saved_from.as_deref(), "saved from"),
            (self.canonical.as_deref(), "canonical"),
            (self.meta("og:url"), "og:url"),
            (self.stated(&["url"]), "json-ld"),
            (entity, "json-ld"),
        ];
        let mut known = known
            .into_iter()
            .filter_map(|(address, key)| Some((address?.trim(), key)));
        known.find(|(address, _)| is_address(address))
    }

    /// Returns the headline.
    pub(super) fn headline(&self) -> Option<(String, &'static str)> {
        let site = self.outlet().map(|(name, _)| name);
        let title = title::without_site(&self.title, site, self.address().map(|known| known.0));
        let social = self.meta("og:title").or(self.meta("twitter:title"));
        let social = social
            .map(|words| title::without_site(words, site, self.address().map(|known| known.0)));
        let named = self.stated(&["headline"]).map(title::decoded);
        let candidates: Vec<&str> = [social, Some(title), named.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        let heading = self
            .headings
            .iter()
            .find(|heading| title::is_heading_of(heading, &candidates));
        let found = heading.map(|words| (words.clone(), "h1"));
        let found = found.or_else(|| Some((social?.to_owned(), "og:title")));
        let found = found.or_else(|| Some((named.clone()?, "json-ld")));
        let found = found.or_else(|| (!title.is_empty()).then(|| (title.to_owned(), "title")));
        found.or_else(|| {
            Some((
                self.headings
                    .iter()
                    .find(|words| !words.is_empty())?
                    .clone(),
                "h1",
            ))
        })
    }

    /// Returns the outlet.
    pub(super) fn outlet(&self) -> Option<(&str, &'static str)> {
        let named = OUTLETS
            .into_iter()
            .find_map(|name| Some((self.meta(name)?, name)));
        let published = || Some((self.stated(&["publisher", "name"])?, "json-ld"));
        // The name of a program is less sure than who published the article.
        match named {
            Some((name, "og:site_name")) => Some((name, "og:site_name")),
            named => published().or(named),
        }
    }

    fn author(&self) -> Option<(String, &'static str)> {
        let named = self
            .article
            .as_ref()
            .and_then(|article| article.get("author"));
        if let Some(names) = named.map(names).filter(|names| !names.is_empty()) {
            return Some((names.join(", "), "json-ld"));
        }
        let is_name = |words: &&str| is_byline(words) && !words.starts_with("http");
        let meta = AUTHORS.into_iter().find_map(|name| {
            let mut values = self.meta.iter().filter(|(known, _)| known == name);
            values
                .find_map(|(_, value)| Some(&**value).filter(is_name))
                .map(|value| (value.to_owned(), name))
        });
        meta.or_else(|| Some((self.byline.clone()?, "byline")))
    }

    /// States the day of publication by the surest of what there is; `below` is what people see below the headline.
    fn state_day(&self, draft: &mut ReportDraft, below: &[HtmlParagraph]) {
        let mut state = |words: &str, key: &'static str| {
            if draft.facts.published.is_none() {
                draft.state(FactKind::Published, words, Provenance::Markup(key.into()));
            }
        };
        for way in [&["datePublished"][..], &["dateCreated"]] {
            state(self.stated(way).unwrap_or_default(), "json-ld");
        }
        for name in DAYS {
            state(self.meta(name).unwrap_or_default(), name);
        }
        let address = self
            .address()
            .and_then(|(address, _)| day_in_address(address));
        state(&address.unwrap_or_default(), "address");
        for time in &self.times {
            state(time, "time");
        }
        let line = below
            .iter()
            .take(NEAR)
            .find_map(|one| lines::date_line(&one.words));
        let line = line
            .filter(|line| !line.updated)
            .map(|line| line.published.date);
        let day = line.or_else(|| dates::first_date(&start_of(below)));
        if let Some(day) = day {
            state(&day.to_string(), "text");
        }
    }

    /// States all that is known; `below` is what people see below the headline.
    pub(super) fn state(&self, draft: &mut ReportDraft, below: &[HtmlParagraph]) {
        let mut state = |fact, found: Option<(&str, &'static str)>| {
            if let Some((words, key)) = found {
                draft.state(fact, &title::decoded(words), Provenance::Markup(key.into()));
            }
        };
        let (headline, author) = (self.headline(), self.author());
        let headline = headline.as_ref().map(|(words, key)| (&**words, *key));
        state(FactKind::Headline, headline);
        state(FactKind::Outlet, self.outlet());
        state(
            FactKind::Author,
            author.as_ref().map(|(words, key)| (&**words, *key)),
        );
        state(FactKind::Url, self.address());
        for name in ["news_keywords", "keywords", "parsely-tags"] {
            if draft.facts.tags.is_empty() {
                let words = self.meta(name).unwrap_or_default();
                draft.state(FactKind::Tags, words, Provenance::Markup(name.into()));
            }
        }
        let near = below.iter().take(NEAR);
        let byline = near
            .clone()
            .find_map(|one| Some(lines::byline(&one.words)?.of(&one.words)));
        draft.state(
            FactKind::Author,
            byline.unwrap_or_default(),
            Provenance::Markup("text".into()),
        );
        self.state_day(draft, below);
    }

    /// Returns what the page says of itself in a sentence.
    pub(super) fn summary(&self) -> Option<&str> {
        self.meta("og:description")
            .or(self.meta("description"))
            .or(self.meta("twitter:description"))
    }
}

/// Returns the first words of some paragraphs.
fn start_of(paragraphs: &[HtmlParagraph]) -> String {
    let mut start = String::new();
    for paragraph in paragraphs {
        start.push_str(&paragraph.words);
        start.push('\n');
        if start.len() > DATE_REGION {
            break;
        }
    }
    start.truncate(start.floor_char_boundary(DATE_REGION));
    start
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_byline(line: &str) -> bool {
    !line.is_empty() && line.len() <= LONGEST_BYLINE && line.contains(char::is_alphabetic)
}

/// Returns the names of a person, an organisation or a list of them.
fn names(value: &Value) -> Vec<&str> {
    match value {
        Value::String(name) => vec![name.trim()],
        Value::Object(person) => person.get("name").map(names).unwrap_or_default(),
        Value::Array(persons) => persons.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
    .into_iter()
    .filter(|name| !name.is_empty() && !name.starts_with("http"))
    .collect()
}

/// Returns the first object of JSON-LD that is an article.
fn json_ld(document: &Document) -> Option<Value> {
    let selected = document.select("script[type=\"application/ld+json\"]");
    let mut scripts = selected.nodes().iter();
    scripts.find_map(|script| {
        let text = script.text();
        let text = text
            .trim()
            .trim_start_matches("<![CDATA[")
            .trim_end_matches("]]>");
        article_in(serde_json::from_str(text).ok()?, 0)
    })
}

/// Returns the article in a value of JSON-LD: itself, or one in its lists and its graph.
fn article_in(value: Value, depth: usize) -> Option<Value> {
    match value {
        Value::Array(entries) if depth < 4 => entries
            .into_iter()
            .find_map(|entry| article_in(entry, depth + 1)),
        Value::Object(mut object) => {
            let kind = object
                .get("@type")
                .map(Value::to_string)
                .unwrap_or_default();
            if ["Article", "BlogPosting", "Report", "Review"]
                .into_iter()
                .any(|known| kind.contains(known))
            {
                return Some(Value::Object(object));
            }
            let inner = ["@graph", "mainEntity", "mainEntityOfPage"]
                .into_iter()
                .find_map(|key| object.remove(key));
            article_in(inner?, depth + 1)
        }
        _ => None,
    }
}

/// Returns the address that a browser wrote into a comment at the top: SingleFile's `url:`, `saved from url=(0055)https://...`.
fn saved_from(page: &str) -> Option<String> {
    let head = page.get(..page.floor_char_boundary(4096))?;
    let single = || {
        let (_, rest) = head.split_once("Page saved with SingleFile")?;
        rest.split_once("url:")
    };
    let saved = || head.split_once("saved from url=(")?.1.split_once(')');
    let (_, rest) = single().or_else(saved)?;
    let address = rest.split_whitespace().next()?;
    address.starts_with("http").then(|| address.to_owned())
}

/// Returns the day in an address: `/2025/09/03/`, `/2025-09-03/`.
fn day_in_address(address: &str) -> Option<String> {
    let parts: Vec<&str> = address.split(['/', '-', '_', '.']).collect();
    let day = parts.windows(3).find_map(|parts| {
        let [year, month, day] = parts else {
            return None;
        };
        let is_number = |part: &str, least: usize| {
            (least..=least.max(2)).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        (year.len() == 4
            && is_number(year, 4)
            && is_number(month, 1)
            && is_number(day, 1)
            && year.starts_with(['1', '2']))
        .then(|| format!("{year}-{month}-{day}"))
    });
    day.filter(|day| dates::parse_date(day).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_page_tells_its_day() {
        for (address, day) in [
            (
                "https://x.example/news/2025/09/03/ferry",
                Some("2025-09-03"),
            ),
            ("https://x.example/2025/9/3/ferry", Some("2025-9-3")),
            (
                "https://x.example/ferry-2025-09-03.html",
                Some("2025-09-03"),
            ),
            ("https://x.example/2025/99/03/ferry", None),
            ("https://x.example/2025/09/ferry", None),
            ("https://x.example/a/1.7654321", None),
        ] {
            assert_eq!(day_in_address(address).as_deref(), day, "{address}");
        }
    }

    #[test]
    fn browsers_write_where_a_page_was_saved() {
        let single = "<html><!--\n Page saved with SingleFile \n url: https://x.example/a?b=1 \n saved date: Wed";
        assert_eq!(
            saved_from(single).as_deref(),
            Some("https://x.example/a?b=1")
        );
        let chrome = "<!DOCTYPE html>\n<!-- saved from url=(0055)https://x.example/a -->\n";
        assert_eq!(saved_from(chrome).as_deref(), Some("https://x.example/a"));
        assert_eq!(
            saved_from("<!-- saved from url=(0014)about:internet -->"),
            None
        );
    }
}
