//! Reads the facts that the members of a row state, under keys of many names.

use std::borrow::Cow;

use super::super::super::facts::{FactWords, ReportFacts};
use super::super::super::keys::{self, FactKind, KeyName, KeyStep};
use super::super::super::{dates, entities};
use super::super::html;
use super::value::{JsonMember, JsonValue};

/// The day on which a row was made; it is that of the report only where the row knows no other.
const ROW_MADE: &str = "created_at";
const KEYS_OF_PUBLICATION: [&str; 3] = ["publishedat", "published", "publishedby"];

/// Returns the facts that a row states; of several names for one fact, the best one counts.
pub(super) fn facts(members: &[JsonMember<'_>]) -> ReportFacts {
    let mut stated: Vec<(&'static KeyName, &JsonValue<'_>)> = Vec::new();
    for (key, value) in members {
        let names = keys::names_for_key(key).iter();
        stated.extend(names.filter_map(|name| Some((name, value.at(&name.way)?))));
    }
    stated.sort_by_key(|(name, _)| name.rank);
    // A reading list has `published_at`, empty where it is not known, beside the day on which an article was saved.
    let knows_day = |(key, _): &JsonMember<'_>| {
        let key = keys::fold_key(key);
        KEYS_OF_PUBLICATION.iter().any(|known| *known == key)
    };
    if members.iter().any(knows_day) {
        stated.retain(|(name, _)| name.written != ROW_MADE);
    }
    let mut facts = ReportFacts::default();
    for (name, value) in stated {
        value.add_to(&mut facts, name);
    }
    take_site_off_headline(&mut facts);
    facts
}

/// Takes ` - The Harbour Post` off a headline where that is the outlet's name.
fn take_site_off_headline(facts: &mut ReportFacts) {
    let site = facts.outlet.as_ref().map(|outlet| outlet.value.to_string());
    let address = facts.url.as_ref().map(|url| url.value.to_string());
    if let Some(headline) = &mut facts.headline {
        let bare = html::without_site(&headline.value, site.as_deref(), address.as_deref());
        if bare.len() < headline.value.len() {
            headline.value = crate::text::CleanText::one_line(bare);
        }
    }
}

impl<'a> JsonValue<'a> {
    /// Returns the value at the end of `way`.
    pub(super) fn at(&self, way: &[KeyStep]) -> Option<&Self> {
        match (way, self) {
            ([], value) => Some(value),
            ([KeyStep::Key(key), rest @ ..], JsonValue::Object(members)) => {
                let is_named = |(name, _): &&JsonMember<'a>| keys::fold_key(name) == *key;
                members.iter().find(is_named)?.1.at(rest)
            }
            ([KeyStep::Entry, rest @ ..], JsonValue::List(entries)) => {
                // The rendition in HTML has the paragraphs of a text.
                let in_html = entries.iter().filter(|entry| entry.is_html());
                let mut found = in_html.chain(entries).filter_map(|entry| entry.at(rest));
                found.find(|value| value.has_words())
            }
            _ => None,
        }
    }

    /// Returns whether this is an object that says that it is HTML.
    fn is_html(&self) -> bool {
        let kind = self.member("contenttype").and_then(JsonValue::as_text);
        kind.is_some_and(|kind| kind.contains("html"))
    }

    /// Returns the member of an object with this key, in its bare form.
    pub(super) fn member(&self, key: &str) -> Option<&Self> {
        match self {
            JsonValue::Object(members) => {
                let mut members = members.iter();
                Some(&members.find(|(name, _)| keys::fold_key(name) == key)?.1)
            }
            _ => None,
        }
    }

    /// Adds the fact that `name` stands for, as far as this value states it.
    fn add_to(&self, facts: &mut ReportFacts, name: &'static KeyName) {
        let mut add = |words: &str| facts.add_fact(name.fact, FactWords::from_key(name, words));
        match (self, name.fact) {
            (JsonValue::Text(words), FactKind::Url) => add(words),
            (JsonValue::Text(words), _) => add(&entities::plain(words)),
            (JsonValue::Whole(number), FactKind::Published) => {
                if let (None, Some(moment)) = (&facts.published, dates::unix_moment(*number)) {
                    facts.published = Some(FactWords::from_key(name, "").stated(moment));
                }
            }
            (JsonValue::Whole(number), FactKind::Event) => add(&number.to_string()),
            (JsonValue::List(_) | JsonValue::Object(_), FactKind::Published) => {
                add(&self.date_parts().unwrap_or_default());
            }
            (JsonValue::List(entries), FactKind::Tags) => {
                for entry in entries {
                    add(&entry.tag().unwrap_or_default());
                }
            }
            (JsonValue::List(entries), FactKind::Author) => {
                let names = entries.iter().filter_map(JsonValue::name);
                add(&names.collect::<Vec<_>>().join(", "));
            }
            (JsonValue::List(entries), _) => {
                if let Some(first) = entries.first() {
                    first.add_to(facts, name);
                }
            }
            (JsonValue::Object(_), _) => add(&self.name().unwrap_or_default()),
            _ => {}
        }
    }

    /// Returns the words of a text, or the name of an object that has one, in one piece or in two.
    fn name(&self) -> Option<Cow<'_, str>> {
        let words = |value: &'_ Self| value.as_text().map(str::trim).map(str::to_owned);
        if let JsonValue::Text(words) = self {
            return Some(Cow::Borrowed(words.trim())).filter(|words| !words.is_empty());
        }
        let whole = ["name", "literal", "displayname"].into_iter();
        if let Some(name) = whole.filter_map(|key| self.member(key)).find_map(words) {
            return Some(Cow::Owned(name));
        }
        let part = |keys: [&str; 2]| {
            keys.into_iter()
                .find_map(|key| self.member(key))
                .and_then(words)
        };
        let last = part(["family", "lastname"])?;
        let first = part(["given", "firstname"]).unwrap_or_default();
        Some(Cow::Owned(format!("{first} {last}")))
    }

    /// Returns the words of a subject.
    fn tag(&self) -> Option<Cow<'_, str>> {
        let named = ["value", "label", "term", "name", "title"].into_iter();
        let mut named = named.filter_map(|key| self.member(key)?.as_text());
        named.next().map(Cow::Borrowed).or_else(|| self.name())
    }

    /// Returns the day in `{"date-parts": [[2025, 9, 3]]}`, the form of citations.
    fn date_parts(&self) -> Option<String> {
        let number = |value: &JsonValue<'_>| match value {
            JsonValue::Whole(number) => Some(*number),
            JsonValue::Text(words) => words.trim().parse().ok(),
            _ => None,
        };
        match self {
            JsonValue::Object(_) => self.member("dateparts")?.date_parts(),
            JsonValue::List(parts) => match parts.as_slice() {
                [parts @ JsonValue::List(_), ..] => parts.date_parts(),
                [year, month, day] => {
                    let [year, month, day] = [number(year)?, number(month)?, number(day)?];
                    Some(format!("{year:04}-{month:02}-{day:02}"))
                }
                _ => None,
            },
            _ => None,
        }
    }
}
