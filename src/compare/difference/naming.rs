//! Finds other names for the same thing: a short form against its long name, two names that the lexicon holds to be one, two offices.

use std::collections::BTreeSet;

use super::pair_view::{PairView, span_of};
use super::{Difference, DifferenceKind, WORDS};
use crate::compare::normalize::{self, NormalWord, TermId, content};
use crate::compare::vectors::words_in;
use crate::compare::{Concept, Side, Sides, weights};
use crate::text::Span;

/// Returns the things that the two passages call by other names.
pub(super) fn find(view: &PairView<'_, '_>) -> Vec<Difference> {
    let mut found: Vec<Difference> = offices(view).into_iter().collect();
    found.extend(long_names(view));
    found.extend(concepts(view));
    found
}

/// Finds the one office on each side that the other side does not speak of: `the clerk of the Privy Council`.
fn offices(view: &PairView<'_, '_>) -> Option<Difference> {
    let titles = Sides::from_fn(|side| titles(view, side));
    if titles.left.is_empty() || titles.right.is_empty() {
        return None;
    }
    let found = Sides::from_fn(|side| {
        let other = view.content(side.other());
        let alone =
            |words: &&[NormalWord]| content(words).all(|token| !other.contains(&token.term));
        let mut alone = titles[side].iter().copied().filter(alone);
        (alone.next(), alone.next())
    });
    let ((Some(left), None), (Some(right), None)) = (found.left, found.right) else {
        return None;
    };
    let left = span_of(named(view, Side::Left, left))?;
    let right = span_of(named(view, Side::Right, right))?;
    Some(view.between(DifferenceKind::Naming, left, right))
}

/// Bytes of `the`.
const LONGEST_ARTICLE: usize = 3;

/// Returns phrases like `the clerk of the Privy Council`, from the article to the last word of what the office is of.
fn titles<'a>(view: &PairView<'a, '_>, side: Side) -> Vec<&'a [NormalWord]> {
    let words = view.words(side);
    let written = |at: usize| {
        let written = words.get(at).map(|token| view.written(side, token));
        written.unwrap_or_default()
    };
    let mut found = Vec::new();
    for at in 1..words.len() {
        if words[at - 1].span.len() > LONGEST_ARTICLE {
            continue;
        }
        let is_title = matches!(&*written(at - 1), "the" | "a" | "an")
            && matches!(&*written(at + 1), "of" | "for" | "to")
            && WORDS.offices.contains(&written(at));
        if !is_title {
            continue;
        }
        let from = at + 2 + usize::from(written(at + 2) == "the");
        let of = words.get(from..).unwrap_or_default();
        let of = of.iter().enumerate().take_while(|(n, token)| {
            token.is_content() && (*n == 0 || joined(view, side, from + n))
        });
        let end = from + of.count().min(weights::NAME_WORDS);
        if end > from {
            found.push(&words[at - 1..end]);
        }
    }
    found
}

/// Whether only a blank or a hyphen stands before word `at`.
fn joined(view: &PairView<'_, '_>, side: Side, at: usize) -> bool {
    let words = view.words(side);
    let (Some(last), Some(next)) = (at.checked_sub(1).and_then(|n| words.get(n)), words.get(at))
    else {
        return false;
    };
    let between = Span::new(last.span.end, next.span.start).of(view.text(side));
    between == "-" || between.trim().is_empty()
}

/// Takes in the name that follows an office after a comma: `the head of the public service, Michael Sabia`.
fn named<'a>(view: &PairView<'a, '_>, side: Side, office: &'a [NormalWord]) -> &'a [NormalWord] {
    let words = view.words(side);
    let Some(start) = words.iter().position(|token| Some(token) == office.first()) else {
        return office;
    };
    let end = start + office.len();
    let text = view.text(side);
    let both = office.last().zip(words.get(end));
    let comma =
        both.is_some_and(|(last, next)| Span::new(last.span.end, next.span.start).of(text) == ", ");
    let rest = words.get(end..).unwrap_or_default().iter().enumerate();
    let name = rest.take_while(|(n, token)| {
        token.span.of(text).starts_with(char::is_uppercase)
            && (*n == 0 || joined(view, side, end + n))
    });
    let name = name.count();
    if comma && (2..=3).contains(&name) {
        &words[start..end + name]
    } else {
        office
    }
}

/// Finds a short form on one side whose long name the other side has in its words: CUSMA, `free trade pact with the U.S. and Mexico`.
fn long_names(view: &PairView<'_, '_>) -> Vec<Difference> {
    let mut found = Vec::new();
    if view.tokens.long_names.is_empty() {
        return found;
    }
    for side in Side::BOTH {
        let other = view.content(side.other());
        let short_forms = view.words(side).iter().filter_map(|token| {
            let long = view.tokens.long_names.get(&token.term)?;
            (!other.contains(&token.term)).then_some((token, long))
        });
        for (token, long) in short_forms {
            let mut spans = Sides::default();
            spans[side] = Some(token.span);
            spans[side.other()] = described(view, side.other(), long);
            if spans[side.other()].is_some() {
                found.push(view.difference(DifferenceKind::Naming, spans));
            }
        }
    }
    found
}

/// Returns the place that has most of the words of a long name close together.
fn described(view: &PairView<'_, '_>, side: Side, long: &[TermId]) -> Option<Span> {
    let long: BTreeSet<TermId> = long.iter().copied().collect();
    let least = 2.max(long.len().div_ceil(2));
    let mut had = view.words(side).to_vec();
    had.retain(|token| long.contains(&token.term));
    let span = span_of(&had)?;
    let words: BTreeSet<TermId> = normalize::terms(&had).collect();
    let between = words_in(view.words(side), span).len();
    (words.len() >= least && between <= weights::DESCRIBED_WORDS).then_some(span)
}

/// Finds names that the lexicon holds to be one, but that have no word in common: `USMCA`, `the new NAFTA`.
fn concepts(view: &PairView<'_, '_>) -> Vec<Difference> {
    let within = |side: Side| view.documents[side].concepts_in(view.passage(side));
    let mut sides = Side::BOTH.into_iter();
    if sides.any(|side| within(side).next().is_none()) {
        return Vec::new();
    }
    let terms = |side: Side, concept: &Concept| -> BTreeSet<TermId> {
        let words = view.words(side);
        normalize::terms(&words[words_in(words, concept.span)]).collect()
    };
    let is_name = |side: Side, concept: &Concept| {
        let mut letters = concept.span.of(view.text(side)).chars();
        letters.by_ref().any(char::is_uppercase) && letters.any(char::is_uppercase)
    };
    let forms = Sides::from_fn(|side| -> Vec<BTreeSet<TermId>> {
        within(side).map(|concept| terms(side, concept)).collect()
    });
    let lacks = |side: Side, form: &BTreeSet<TermId>| {
        let mut other = forms[side].iter();
        other.all(|other| other.is_disjoint(form))
    };
    // Concepts of which the other side has not even a word.
    let alone = |side: Side| -> Vec<&Concept> {
        let concepts = within(side).zip(&forms[side]);
        let alone = concepts.filter(|(_, form)| lacks(side.other(), form));
        alone.map(|(concept, _)| concept).collect()
    };
    let alone = Sides::from_fn(alone);
    let mut found = Vec::new();
    for left in &alone.left {
        for right in alone.right.iter().filter(|right| right.name == left.name) {
            if is_name(Side::Left, left) || is_name(Side::Right, right) {
                found.push(view.between(DifferenceKind::Naming, left.span, right.span));
            }
        }
    }
    found
}
