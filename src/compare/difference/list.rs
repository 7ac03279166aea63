//! Enumerations with other members: steel, aluminum, autos and copper against steel, aluminum, forestry products and automobiles.
//!
//! A list is three or more members of a few words each between commas, "and" and "or". Members are the same if the lexicon calls them
//! by the same name, or their words have the same stems or nearly so.

use std::collections::BTreeSet;

use super::opposite::{Opposite, span_of};
use super::{Difference, DifferenceKind};
use crate::compare::normalize::{Term, Token, Weight};
use crate::compare::similarity::likeness;
use crate::compare::{Side, Sides, weights};
use crate::text::Span;

/// One member of a list.
struct Member {
    span: Span,
    /// What it is called.
    names: BTreeSet<String>,
}

/// Returns the lists of the two passages that have members in common, but not all.
pub(super) fn find(opposite: &Opposite<'_, '_>) -> Vec<Difference> {
    let lists = Sides::new(lists(opposite, Side::Left), lists(opposite, Side::Right));
    let mut found = Vec::new();
    for left in &lists.left {
        for right in &lists.right {
            found.extend(against(opposite, Sides::new(left, right)));
        }
    }
    found
}

fn against(opposite: &Opposite<'_, '_>, lists: Sides<&Vec<Member>>) -> Option<Difference> {
    let split = |side: Side| -> (Vec<&Member>, Vec<&Member>) {
        let other = lists[side.other()];
        let both = |member: &&Member| other.iter().any(|one| are_same(one, member));
        lists[side].iter().partition(both)
    };
    let (left, right) = (split(Side::Left), split(Side::Right));
    let none = left.1.is_empty() && right.1.is_empty();
    if none || left.0.len().min(right.0.len()) < weights::LIST_COMMON {
        return None;
    }
    let spans = lists.map(|list| Some(Span::new(list.first()?.span.start, list.last()?.span.end)));
    let words = |members: &[&Member], side: Side| {
        let words: Vec<_> = members
            .iter()
            .map(|member| member.span.of(opposite.text(side)))
            .collect();
        words.join(", ")
    };
    let mut found = opposite.difference(DifferenceKind::List, spans);
    found.words = Sides::new(words(&left.1, Side::Left), words(&right.1, Side::Right));
    found.common = shorter(words(&left.0, Side::Left), words(&right.0, Side::Right));
    Some(found)
}

/// Returns the shorter text; which side it is from does not matter to a reader, and must not to the mirror image.
fn shorter(one: String, other: String) -> String {
    if (other.len(), &other) < (one.len(), &one) {
        other
    } else {
        one
    }
}

fn are_same(one: &Member, other: &Member) -> bool {
    let near = |a: &String, b: &String| a == b || likeness(a, b) >= weights::NEAR_MEMBER;
    one.names
        .iter()
        .any(|a| other.names.iter().any(|b| near(a, b)))
}

/// Returns the lists of a passage.
fn lists(opposite: &Opposite<'_, '_>, side: Side) -> Vec<Vec<Member>> {
    let words = opposite.words(side);
    let mut found = Vec::new();
    let mut list: Vec<&[Token]> = Vec::new();
    let mut from = 0;
    for at in 1..=words.len() {
        let gap = gap(opposite, side, at);
        if gap == Gap::None {
            continue;
        }
        let member = words.get(from..at).unwrap_or_default();
        list.push(member);
        from = at + usize::from(gap == Gap::Word);
        if gap == Gap::End {
            found.extend(closed(opposite, side, std::mem::take(&mut list)));
        }
    }
    found
}

/// What stands before word `at`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing that parts members.
    None,
    /// A comma; the next member starts here.
    Comma,
    /// Word `at` itself parts members: "and", "or".
    Word,
    /// The list ends: another mark, or the passage.
    End,
}

fn gap(opposite: &Opposite<'_, '_>, side: Side, at: usize) -> Gap {
    let words = opposite.words(side);
    let (Some(last), Some(next)) = (words.get(at.wrapping_sub(1)), words.get(at)) else {
        return Gap::End;
    };
    let between = Span::new(last.span.end, next.span.start)
        .of(opposite.text(side))
        .trim();
    match between {
        "" | "-" | "." if matches!(opposite.written(side, next).as_str(), "and" | "or") => {
            Gap::Word
        }
        "," if matches!(opposite.written(side, next).as_str(), "and" | "or" | "but") => Gap::Word,
        "" | "-" | "." | "\"" | "“" | "”" => Gap::None,
        "," => Gap::Comma,
        _ => Gap::End,
    }
}

/// Cuts what was read into lists of short members: a longer part ends a list with its first words, and begins one with its last.
fn closed(opposite: &Opposite<'_, '_>, side: Side, parts: Vec<&[Token]>) -> Vec<Vec<Member>> {
    let mut found = Vec::new();
    let mut list: Vec<Member> = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let tail = tail(opposite, side, part);
        if !is_member(opposite, side, part, tail) {
            if !list.is_empty() {
                list.extend(member(opposite, side, head(part)));
            }
            keep(&mut found, &mut list);
        }
        list.extend(member(opposite, side, tail));
    }
    keep(&mut found, &mut list);
    found
}

fn keep(found: &mut Vec<Vec<Member>>, list: &mut Vec<Member>) {
    let list = std::mem::take(list);
    if (weights::LIST_MEMBERS..=weights::LIST_LONGEST).contains(&list.len()) {
        found.push(list);
    }
}

/// Returns the words after the last word of grammar, or after one that leads into a list.
fn tail<'a>(opposite: &Opposite<'_, '_>, side: Side, part: &'a [Token]) -> &'a [Token] {
    let parts =
        |token: &Token| token.weight == Weight::Stop || leads_in(&opposite.written(side, token));
    let from = part.iter().rposition(parts).map_or(0, |at| at + 1);
    &part[from..]
}

fn leads_in(word: &str) -> bool {
    matches!(
        word,
        "include" | "includes" | "included" | "including" | "namely" | "like"
    )
}

/// Returns the words before the first word of grammar.
fn head(part: &[Token]) -> &[Token] {
    let to = part
        .iter()
        .position(|token| token.weight == Weight::Stop)
        .unwrap_or(part.len());
    &part[..to]
}

/// Whether the whole part is one member: its tail, with at most a small word or two before it ("on trade", "other issues").
fn is_member(opposite: &Opposite<'_, '_>, side: Side, part: &[Token], tail: &[Token]) -> bool {
    let lead = &part[..part.len() - tail.len()];
    let small = |token: &Token| SMALL.contains(&opposite.written(side, token).as_str());
    !tail.is_empty()
        && tail.len() <= weights::MEMBER_WORDS
        && lead.len() <= 2
        && lead.iter().all(small)
}

/// Words that may stand before a member.
const SMALL: &[&str] = &[
    "the", "a", "an", "other", "its", "their", "his", "her", "our", "some", "more", "on", "in",
    "for", "of",
];

fn member(opposite: &Opposite<'_, '_>, side: Side, words: &[Token]) -> Option<Member> {
    let words = &words[words.len().saturating_sub(weights::MEMBER_WORDS)..];
    let span = span_of(words)?;
    if matches!(span.of(opposite.text(side)), "et cetera" | "etc" | "others") {
        return None;
    }
    let concepts = opposite.documents[side].concepts_in(span);
    let mut names: BTreeSet<String> = concepts
        .map(|concept| format!("@{}", concept.name))
        .collect();
    let vocabulary = &opposite.tokens.vocabulary;
    let stems: BTreeSet<Term> = words.iter().map(|token| token.term).collect();
    let stems: Vec<&str> = stems.iter().map(|&term| vocabulary.word(term)).collect();
    names.insert(stems.join(" "));
    Some(Member { span, names })
}
