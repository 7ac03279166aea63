//! Other names for the same thing: a short form against its long name, two names that the lexicon holds to be one, two offices.

use std::collections::BTreeSet;

use super::opposite::{Opposite, span_of};
use super::{Difference, DifferenceKind};
use crate::compare::normalize::{Term, Token, Weight};
use crate::compare::similarity::words_in;
use crate::compare::{Concept, Side, Sides, weights};
use crate::text::Span;

/// Words that head the name of an office.
const OFFICES: &[&str] = &[
    "adviser",
    "advisor",
    "aide",
    "ambassador",
    "attorney",
    "boss",
    "captain",
    "chair",
    "chairman",
    "chairwoman",
    "chief",
    "clerk",
    "coach",
    "commander",
    "commissioner",
    "counsel",
    "deputy",
    "director",
    "envoy",
    "governor",
    "head",
    "judge",
    "justice",
    "lawyer",
    "leader",
    "mayor",
    "minister",
    "negotiator",
    "officer",
    "official",
    "president",
    "prosecutor",
    "representative",
    "secretary",
    "senator",
    "sheriff",
    "speaker",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "treasurer",
];

/// Returns what the two passages call by other names.
pub(super) fn find(opposite: &Opposite<'_, '_>) -> Vec<Difference> {
    let mut found: Vec<Difference> = offices(opposite).into_iter().collect();
    found.extend(long_names(opposite));
    found.extend(concepts(opposite));
    found
}

/// Finds the one office on each side that the other side does not speak of: `the clerk of the Privy Council`.
fn offices(opposite: &Opposite<'_, '_>) -> Option<Difference> {
    let titles = Sides::new(Side::Left, Side::Right).map(|side| titles(opposite, side));
    if titles.left.is_empty() || titles.right.is_empty() {
        return None;
    }
    let found = Sides::new(Side::Left, Side::Right).map(|side| {
        let other = opposite.content(side.other());
        let alone = |words: &&[Token]| {
            let content = words.iter().filter(|token| token.weight != Weight::Stop);
            content.clone().all(|token| !other.contains(&token.term))
        };
        let mut alone = titles[side].iter().copied().filter(alone);
        (alone.next(), alone.next())
    });
    let (Some(left), None) = found.left else {
        return None;
    };
    let (Some(right), None) = found.right else {
        return None;
    };
    let spans = Sides::new(
        span_of(named(opposite, Side::Left, left)),
        span_of(named(opposite, Side::Right, right)),
    );
    Some(opposite.difference(DifferenceKind::Naming, spans))
}

/// Returns phrases like `the clerk of the Privy Council`, from the article to the last word of what the office is of.
fn titles<'a>(opposite: &Opposite<'a, '_>, side: Side) -> Vec<&'a [Token]> {
    let words = opposite.words(side);
    let written = |at: usize| {
        let token = words.get(at);
        token
            .map(|token| opposite.written(side, token))
            .unwrap_or_default()
    };
    let mut found = Vec::new();
    for at in 1..words.len() {
        let is_title = matches!(&*written(at - 1), "the" | "a" | "an")
            && matches!(&*written(at + 1), "of" | "for" | "to")
            && OFFICES.contains(&&*written(at));
        if !is_title {
            continue;
        }
        let from = at + 2 + usize::from(written(at + 2) == "the");
        let of = words.get(from..).unwrap_or_default();
        let of = of.iter().enumerate().take_while(|(n, token)| {
            token.weight != Weight::Stop && (*n == 0 || joined(opposite, side, from + n))
        });
        let end = from + of.count().min(weights::NAME_WORDS);
        if end > from {
            found.push(&words[at - 1..end]);
        }
    }
    found
}

/// Whether only a blank or a hyphen stands before word `at`.
fn joined(opposite: &Opposite<'_, '_>, side: Side, at: usize) -> bool {
    let words = opposite.words(side);
    let (Some(last), Some(next)) = (at.checked_sub(1).and_then(|n| words.get(n)), words.get(at))
    else {
        return false;
    };
    let between = Span::new(last.span.end, next.span.start).of(opposite.text(side));
    between == "-" || between.trim().is_empty()
}

/// Takes in the name that follows an office after a comma: `the head of the public service, Michael Sabia`.
fn named<'a>(opposite: &Opposite<'a, '_>, side: Side, office: &'a [Token]) -> &'a [Token] {
    let words = opposite.words(side);
    let Some(start) = words.iter().position(|token| Some(token) == office.first()) else {
        return office;
    };
    let end = start + office.len();
    let text = opposite.text(side);
    let comma = words.get(end).is_some_and(|next| {
        office
            .last()
            .is_some_and(|last| Span::new(last.span.end, next.span.start).of(text) == ", ")
    });
    let rest = words.get(end..).unwrap_or_default().iter().enumerate();
    let name = rest.take_while(|(n, token)| {
        token.span.of(text).starts_with(char::is_uppercase)
            && (*n == 0 || joined(opposite, side, end + n))
    });
    let name = name.count();
    if comma && (2..=3).contains(&name) {
        &words[start..end + name]
    } else {
        office
    }
}

/// Finds a short form on one side whose long name the other side has in its words: CUSMA, `free trade pact with the U.S. and Mexico`.
fn long_names(opposite: &Opposite<'_, '_>) -> Vec<Difference> {
    let mut found = Vec::new();
    for side in Side::BOTH {
        let other = opposite.content(side.other());
        let short_forms = opposite.words(side).iter().filter_map(|token| {
            let long = opposite.tokens.long_names.get(&token.term)?;
            (!other.contains(&token.term)).then_some((token, long))
        });
        for (token, long) in short_forms {
            let mut spans = Sides::new(None, None);
            spans[side] = Some(token.span);
            spans[side.other()] = described(opposite, side.other(), long);
            if spans[side.other()].is_some() {
                found.push(opposite.difference(DifferenceKind::Naming, spans));
            }
        }
    }
    found
}

/// Returns the place that has most of the words of a long name close together.
fn described(opposite: &Opposite<'_, '_>, side: Side, long: &[Term]) -> Option<Span> {
    let long: BTreeSet<Term> = long.iter().copied().collect();
    let least = 2.max(long.len().div_ceil(2));
    let had: Vec<&Token> = opposite
        .words(side)
        .iter()
        .filter(|token| long.contains(&token.term))
        .collect();
    let (first, last) = (had.first()?, had.last()?);
    let words: BTreeSet<Term> = had.iter().map(|token| token.term).collect();
    let span = Span::new(first.span.start, last.span.end);
    let between = opposite
        .words(side)
        .iter()
        .filter(|token| span.contains(token.span))
        .count();
    (words.len() >= least && between <= weights::DESCRIBED_WORDS).then_some(span)
}

/// Finds names that the lexicon holds to be one, but that have no word in common: `USMCA`, `the new NAFTA`.
fn concepts(opposite: &Opposite<'_, '_>) -> Vec<Difference> {
    let within = |side: Side| opposite.documents[side].concepts_in(opposite.passage(side));
    let terms = |side: Side, concept: &Concept| -> BTreeSet<Term> {
        let words = opposite.words(side);
        let words = words.get(words_in(words, concept.span)).unwrap_or_default();
        words.iter().map(|token| token.term).collect()
    };
    let is_name = |side: Side, concept: &Concept| {
        concept
            .span
            .of(opposite.text(side))
            .chars()
            .filter(|c| c.is_uppercase())
            .count()
            > 1
    };
    let forms = Sides::new(Side::Left, Side::Right).map(|side| -> Vec<BTreeSet<Term>> {
        within(side).map(|concept| terms(side, concept)).collect()
    });
    let lacks = |side: Side, form: &BTreeSet<Term>| {
        let mut other = forms[side].iter();
        other.all(|other| other.is_disjoint(form))
    };
    // Those of whose words the other side has none.
    let alone = |side: Side| -> Vec<&Concept> {
        let concepts = within(side).zip(&forms[side]);
        let alone = concepts.filter(|(_, form)| lacks(side.other(), form));
        alone.map(|(concept, _)| concept).collect()
    };
    let alone = Sides::new(alone(Side::Left), alone(Side::Right));
    let mut found = Vec::new();
    for left in &alone.left {
        for right in alone.right.iter().filter(|right| right.name == left.name) {
            if is_name(Side::Left, left) || is_name(Side::Right, right) {
                let spans = Sides::new(Some(left.span), Some(right.span));
                found.push(opposite.difference(DifferenceKind::Naming, spans));
            }
        }
    }
    found
}
