//! Finds the text of a row: of several the best one, in HTML or plain, else a summary, which is an excerpt of the report.

use std::borrow::Cow;

use crate::article::TextExtent;

use super::super::super::keys::{self, FactKind, KeyName};
use super::value::{JsonMember, JsonValue};

/// Words that services write where they give no text away.
const PLACEHOLDERS: [&str; 3] = [
    "ONLY AVAILABLE IN PAID PLANS",
    "ONLY AVAILABLE IN PROFESSIONAL AND CORPORATE PLANS",
    "[Removed]",
];

/// The text of a row, as the row has it.
pub(super) struct RowText<'a> {
    pub(super) words: Cow<'a, str>,
    pub(super) extent: TextExtent,
    /// Whether it is a whole page with all that stands around the report.
    pub(super) is_page: bool,
}

/// Returns the text of a row.
pub(super) fn take_text<'a>(members: &mut Vec<JsonMember<'a>>) -> Option<RowText<'a>> {
    let (fact, found) = [FactKind::Body, FactKind::Html, FactKind::Summary]
        .into_iter()
        .find_map(|fact| Some((fact, best(members, fact)?)))?;
    let words = if found.name.way.is_empty() && fact == FactKind::Body {
        members.swap_remove(found.at).1.into_words()
    } else {
        let value = &members.get(found.at)?.1;
        Cow::Owned(value.at(&found.name.way)?.words().join("\n\n"))
    };
    Some(RowText {
        words,
        extent: match fact {
            FactKind::Summary => TextExtent::Excerpt,
            _ => TextExtent::Whole,
        },
        is_page: fact == FactKind::Html,
    })
}

/// Returns whether a row has a text, in it or in an object of it.
pub(super) fn has_text(members: &[JsonMember<'_>]) -> bool {
    let mut values = members.iter().map(|(_, value)| value);
    has_own_text(members)
        || values.any(|value| match value {
            JsonValue::Object(members) => has_own_text(members),
            _ => false,
        })
}

/// Returns whether one of the members is the text of a report.
pub(super) fn has_own_text(members: &[JsonMember<'_>]) -> bool {
    [FactKind::Body, FactKind::Html]
        .into_iter()
        .any(|fact| candidates(members, fact).next().is_some())
}

/// Returns whether one of the members is a summary.
pub(super) fn has_summary(members: &[JsonMember<'_>]) -> bool {
    candidates(members, FactKind::Summary).next().is_some()
}

/// A member that holds a text.
#[derive(Clone, Copy)]
struct Candidate {
    name: &'static KeyName,
    at: usize,
    /// Whether it keeps its paragraphs apart.
    has_paragraphs: bool,
}

/// Returns the text with the best name. One without paragraphs yields to one with them: services also give the words of the
/// HTML in one line.
fn best(members: &[JsonMember<'_>], fact: FactKind) -> Option<Candidate> {
    let mut found: Vec<Candidate> = candidates(members, fact).collect();
    found.sort_by_key(|one| one.name.rank);
    let first = *found.first()?;
    let mut others = found.iter();
    let better = others.find(|one| one.has_paragraphs).copied();
    Some(better.filter(|_| !first.has_paragraphs).unwrap_or(first))
}

fn candidates(members: &[JsonMember<'_>], fact: FactKind) -> impl Iterator<Item = Candidate> {
    members
        .iter()
        .enumerate()
        .flat_map(move |(at, (key, value))| {
            let names = keys::names_for_key(key).iter();
            names.filter_map(move |name| {
                if name.fact != fact {
                    return None;
                }
                let value = value.at(&name.way)?;
                let is_text = value.has_words() && !is_placeholder(value);
                is_text.then(|| Candidate {
                    name,
                    at,
                    has_paragraphs: has_paragraphs(value),
                })
            })
        })
}

fn is_placeholder(value: &JsonValue<'_>) -> bool {
    let words = value.as_text().unwrap_or_default();
    PLACEHOLDERS.contains(&words.trim())
}

fn has_paragraphs(value: &JsonValue<'_>) -> bool {
    match value.as_text() {
        Some(words) => words.contains('\n') || words.contains("</p>") || words.contains("<br"),
        None => true,
    }
}
