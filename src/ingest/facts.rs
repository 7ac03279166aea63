//! Collects the facts of a report: the first statement of a fact wins, and each keeps where it came from.
//!
//! Values are untrusted words, and nothing is made up: an invalid address, an impossible date, an empty name leave the fact
//! unknown.

use crate::article::{Provenance, Published, StatedFact};
use crate::text::{CleanText, Span};

use super::dates;
use super::keys::{FactKind, KeyName};

/// Facts that are known so far.
#[derive(Debug, Default)]
pub(super) struct ReportFacts {
    pub(super) headline: Option<StatedFact<CleanText>>,
    pub(super) dek: Option<CleanText>,
    pub(super) outlet: Option<StatedFact<CleanText>>,
    pub(super) author: Option<StatedFact<CleanText>>,
    pub(super) published: Option<StatedFact<Published>>,
    pub(super) url: Option<StatedFact<CleanText>>,
    pub(super) tags: Vec<CleanText>,
    pub(super) event: Option<CleanText>,
}

/// Words that state a fact, how they were found, and where, if they are part of the text.
#[derive(Debug)]
pub(super) struct FactWords<'a> {
    pub(super) words: &'a str,
    pub(super) provenance: Provenance,
    pub(super) span: Option<Span>,
}

impl<'a> FactWords<'a> {
    /// Returns the words of a row under a key.
    pub(super) fn from_key(name: &'static KeyName, words: &'a str) -> Self {
        Self {
            words,
            provenance: Provenance::Key(name.written.as_str().into()),
            span: None,
        }
    }

    /// Returns the fact with this value.
    pub(super) fn stated<T>(self, value: T) -> StatedFact<T> {
        StatedFact {
            value,
            provenance: self.provenance,
            span: self.span,
        }
    }
}

impl ReportFacts {
    /// Forgets where the facts stand, because the text is not the one that they were found in.
    pub(super) fn forget_places(&mut self) {
        for fact in [
            &mut self.headline,
            &mut self.outlet,
            &mut self.author,
            &mut self.url,
        ] {
            fact.iter_mut().for_each(|fact| fact.span = None);
        }
        self.published.iter_mut().for_each(|fact| fact.span = None);
    }

    /// Notes what `said` states of `fact`, unless it is known already.
    pub(super) fn add_fact(&mut self, fact: FactKind, said: FactWords<'_>) {
        let value = CleanText::one_line(said.words);
        if value.is_empty() {
            return;
        }
        match fact {
            FactKind::Headline if self.headline.is_none() => {
                self.headline = Some(said.stated(value));
            }
            FactKind::Dek if self.dek.is_none() => self.dek = Some(value),
            FactKind::Author => self.add_author(said, &value),
            FactKind::Outlet => self.add_outlet(said, value),
            FactKind::Url if self.url.is_none() && is_address(&value) => {
                self.url = Some(said.stated(value));
            }
            FactKind::Published if self.published.is_none() => {
                self.published = dates::parse_date(&value).map(|published| said.stated(published));
            }
            FactKind::Tags => self.tags.extend(split_tags(&value)),
            FactKind::Event if self.event.is_none() => self.event = Some(value),
            _ => {}
        }
    }

    fn add_author(&mut self, said: FactWords<'_>, value: &str) {
        let mut leads = ["By ", "by ", "BY "].into_iter();
        let name = leads.find_map(|lead| value.strip_prefix(lead));
        let name = name.unwrap_or(value);
        if self.author.is_none() && !is_address(name) {
            self.author = Some(said.stated(CleanText::one_line(name)));
        }
    }

    /// Notes an outlet; one that is given as an address is known by its host.
    fn add_outlet(&mut self, said: FactWords<'_>, value: CleanText) {
        if !is_address(&value) {
            let bare = CleanText::one_line(bare_host(&value));
            self.outlet.get_or_insert_with(|| said.stated(bare));
            return;
        }
        let host = CleanText::one_line(host(&value));
        if self.outlet.is_none() && !host.is_empty() {
            // The text has the address; the host alone has no place in it.
            self.outlet = Some(StatedFact {
                value: host,
                provenance: said.provenance.clone(),
                span: None,
            });
        }
        if self.url.is_none() {
            self.url = Some(said.stated(value));
        }
    }
}

fn is_address(value: &str) -> bool {
    let secure = value.strip_prefix("https://");
    let rest = secure.or(value.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        && !value.contains(char::is_whitespace)
}

fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |parts| parts.1);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// Returns a host without `www.`, and every other name as it is.
fn bare_host(value: &str) -> &str {
    let is_host = value.contains('.') && !value.contains(char::is_whitespace);
    let bare = value.strip_prefix("www.").filter(|_| is_host);
    bare.unwrap_or(value)
}

fn split_tags(value: &str) -> impl Iterator<Item = CleanText> {
    let tags = value.split([',', ';']).map(CleanText::one_line);
    tags.filter(|tag| !tag.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(said: &[(FactKind, &str)]) -> ReportFacts {
        let mut facts = ReportFacts::default();
        for &(fact, words) in said {
            facts.add_fact(
                fact,
                FactWords {
                    words,
                    provenance: Provenance::Layout,
                    span: None,
                },
            );
        }
        facts
    }

    #[test]
    fn the_first_that_states_a_fact_wins_and_empty_words_state_nothing() {
        let facts = facts(&[
            (FactKind::Headline, " "),
            (FactKind::Headline, "Carney calls Trump"),
            (FactKind::Headline, "Other"),
        ]);
        assert_eq!(
            facts.headline.map(|field| field.value),
            Some(CleanText::one_line("Carney calls Trump"))
        );
    }

    #[test]
    fn an_outlet_that_is_an_address_gives_host_and_address() {
        let facts = facts(&[(FactKind::Outlet, "https://www.example.ca/news/1")]);
        assert_eq!(
            facts.outlet.map(|field| field.value.to_string()),
            Some("example.ca".to_owned())
        );
        assert_eq!(
            facts.url.map(|field| field.value.to_string()),
            Some("https://www.example.ca/news/1".to_owned())
        );
    }

    #[test]
    fn what_is_no_address_and_no_day_stays_unknown() {
        let facts = facts(&[
            (FactKind::Url, "42"),
            (FactKind::Url, "javascript:alert(1)"),
            (FactKind::Published, "soon"),
        ]);
        assert!(facts.url.is_none() && facts.published.is_none());
    }

    #[test]
    fn a_byline_loses_its_by() {
        let facts = facts(&[(FactKind::Author, "By Jane Doe")]);
        assert_eq!(
            facts.author.map(|field| field.value.to_string()),
            Some("Jane Doe".to_owned())
        );
    }
}
