//! The words of a pair laid side by side: what to mark on each side.
//!
//! Passages that share enough are diffed on their normalized words, and what differs is marked; those that share too little have their
//! shared words marked instead, since a diff of them would mark nearly everything. Attribution (`Carney said`) stands apart.

use std::collections::BTreeSet;

use super::normalize::{Term, Token, Tokens, Weight};
use super::{Document, Mark, Pair, Side, Sides, weights};
use crate::text::Span;

/// Pairs of token numbers that are the same word in both passages, rising on both sides.
pub type Matches = Vec<Sides<usize>>;

/// Returns the words to mark in the passages of `pair`.
pub fn diff(
    documents: &Sides<Document<'_>>,
    tokens: &Tokens,
    pair: &Pair,
) -> Sides<Vec<(Span, Mark)>> {
    let apart = Sides::new(Side::Left, Side::Right)
        .map(|side| attribution(&documents[side], pair.at[side]));
    let words = Sides::new(Side::Left, Side::Right).map(|side| {
        let words = tokens.passages[side]
            .get(pair.at[side])
            .into_iter()
            .flatten();
        words
            .filter(|token| !apart[side].iter().any(|span| span.overlaps(token.span)))
            .copied()
            .collect::<Vec<_>>()
    });
    let matches = matches(&words.left, &words.right);
    let marks = if shared_part(&words, &matches) >= weights::DIFFED {
        changed(documents, &words, &matches)
    } else {
        shared(&words)
    };
    Sides::new(Side::Left, Side::Right).map(|side| {
        let mut all = marks[side].clone();
        all.extend(apart[side].iter().map(|&span| (span, Mark::Attribution)));
        all.sort_by_key(|(span, _)| span.start);
        all
    })
}

/// Returns the words that say who speaks, for the passage's quotations: speaker and reporting verb, where they stand together.
fn attribution(document: &Document<'_>, number: usize) -> Vec<Span> {
    let Some(passage) = document.passages.get(number) else {
        return Vec::new();
    };
    let mut found: Vec<Span> = Vec::new();
    for quote in document.quotes_in(passage.span) {
        let spans = [
            quote.cue,
            quote.speaker.as_ref().map(|speaker| speaker.mention),
        ];
        let within = spans
            .into_iter()
            .flatten()
            .filter(|span| passage.span.contains(*span) && !quote.span.overlaps(*span));
        found.extend(within);
    }
    joined(document.text, found)
}

/// Sorts spans and makes one of those with nothing but blanks between them.
fn joined(text: &str, mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last)
                if Span::new(last.end.min(span.start), span.start)
                    .of(text)
                    .trim()
                    .is_empty() =>
            {
                last.end = last.end.max(span.end);
            }
            _ => out.push(span),
        }
    }
    out
}

/// Returns the longest way to pair equal words of both sides in order, where words of content count more than those of grammar.
pub fn matches(left: &[Token], right: &[Token]) -> Matches {
    if left.len().saturating_mul(right.len()) > weights::DIFF_CELLS {
        return Matches::new();
    }
    let width = right.len() + 1;
    let mut best = vec![0_u32; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let both =
                gain(left, right, i, j).map_or(0, |gain| gain + best[(i + 1) * width + j + 1]);
            best[i * width + j] = skip.max(both);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut found = Matches::new();
    while i < left.len() && j < right.len() {
        let here = best[i * width + j];
        let both = gain(left, right, i, j).map(|gain| gain + best[(i + 1) * width + j + 1]);
        if both == Some(here) {
            found.push(Sides::new(i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] == here {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// Returns what pairing two words is worth, if they are equal; a neighbour that is equal too makes it worth more.
fn gain(left: &[Token], right: &[Token], i: usize, j: usize) -> Option<u32> {
    let (one, other) = (left.get(i)?, right.get(j)?);
    if one.term != other.term {
        return None;
    }
    let goes_on = left.get(i + 1).map(|t| t.term) == right.get(j + 1).map(|t| t.term);
    let base = if one.weight == Weight::Stop { 2 } else { 6 };
    Some(base + u32::from(goes_on))
}

/// Returns which part of the shorter side's content has its like on the other side.
fn shared_part(words: &Sides<Vec<Token>>, matches: &Matches) -> f32 {
    let content = |token: &&Token| token.weight != Weight::Stop;
    let least = words.left.iter().filter(content).count();
    let least = least.min(words.right.iter().filter(content).count()).max(1);
    let paired = matches
        .iter()
        .filter(|at| content(&&words.left[at.left]))
        .count();
    paired as f32 / least as f32
}

fn changed(
    documents: &Sides<Document<'_>>,
    words: &Sides<Vec<Token>>,
    matches: &Matches,
) -> Sides<Vec<(Span, Mark)>> {
    Sides::new(Side::Left, Side::Right).map(|side| {
        let same: BTreeSet<usize> = matches.iter().map(|at| at[side]).collect();
        let other = words[side]
            .iter()
            .enumerate()
            .filter(|(at, _)| !same.contains(at));
        let spans = other.map(|(_, token)| token.span).collect();
        let joined = runs(documents[side].text, spans);
        joined
            .into_iter()
            .map(|span| (span, Mark::Changed))
            .collect()
    })
}

/// Makes one span of words with nothing but blanks and marks between them.
pub(super) fn runs(text: &str, spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last)
                if !Span::new(last.end, span.start)
                    .of(text)
                    .contains(char::is_alphanumeric) =>
            {
                last.end = span.end;
            }
            _ => out.push(span),
        }
    }
    out
}

fn shared(words: &Sides<Vec<Token>>) -> Sides<Vec<(Span, Mark)>> {
    let content = |side: Side| -> BTreeSet<Term> {
        let words = words[side]
            .iter()
            .filter(|token| token.weight != Weight::Stop);
        words.map(|token| token.term).collect()
    };
    Sides::new(Side::Left, Side::Right).map(|side| {
        let other = content(side.other());
        let both = words[side]
            .iter()
            .filter(|token| token.weight != Weight::Stop && other.contains(&token.term));
        both.map(|token| (token.span, Mark::Shared)).collect()
    })
}
