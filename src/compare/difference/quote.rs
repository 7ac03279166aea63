//! Quotations that both reports have, and how each quotes them.

use super::{Difference, DifferenceKind};
use crate::annotate::quote::Quote;
use crate::compare::diff;
use crate::compare::normalize::{Token, Tokens, Weight};
use crate::compare::{Document, Pair, Side, Sides, weights};
use crate::text::Span;

/// Returns how the quotations of the two passages of `pair` differ.
pub(super) fn find(
    documents: &Sides<Document<'_>>,
    tokens: &Tokens,
    number: usize,
    pair: &Pair,
) -> Vec<Difference> {
    let mut found = Vec::new();
    for left in quotes(documents, tokens, Side::Left, pair) {
        for right in quotes(documents, tokens, Side::Right, pair) {
            let both = Sides::new(&left, &right);
            found.extend(reworded(documents, number, both));
        }
    }
    found
}

/// A quotation's words inside one passage.
struct Quoted<'a> {
    #[expect(dead_code, reason = "the speaker is compared next")]
    quote: &'a Quote,
    words: Vec<Token>,
}

fn quotes<'a>(
    documents: &Sides<Document<'a>>,
    tokens: &Tokens,
    side: Side,
    pair: &Pair,
) -> Vec<Quoted<'a>> {
    let number = pair.at[side];
    let document = &documents[side];
    let Some((passage, words)) = document
        .passages
        .get(number)
        .zip(tokens.passages[side].get(number))
    else {
        return Vec::new();
    };
    document
        .quotes_in(passage.span)
        .map(|quote| Quoted {
            quote,
            words: words
                .iter()
                .filter(|token| quote.span.contains(token.span))
                .copied()
                .collect(),
        })
        .collect()
}

/// Finds other words, and more words at the end, in quotations that are the same for the most part.
fn reworded(
    documents: &Sides<Document<'_>>,
    pair: usize,
    quotes: Sides<&Quoted<'_>>,
) -> Vec<Difference> {
    let words = quotes.map(|quote| quote.words.as_slice());
    let matches = diff::matches(words.left, words.right);
    let content = |side: Side| {
        words[side]
            .iter()
            .filter(|t| t.weight != Weight::Stop)
            .count()
    };
    let same = matches
        .iter()
        .filter(|at| words.left[at.left].weight != Weight::Stop)
        .count();
    let least = content(Side::Left).min(content(Side::Right));
    if same < weights::QUOTE_WORDS || (same as f32) < weights::QUOTE_PART * least as f32 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = Sides::new(0, 0);
    let end = words.map(<[Token]>::len);
    for to in matches.iter().copied().chain([end]) {
        let gap = Sides::new(from.left..to.left, from.right..to.right);
        let kind = if gap.left.is_empty() == gap.right.is_empty() {
            DifferenceKind::QuoteWording
        } else {
            DifferenceKind::QuoteCut
        };
        let spans = Sides::new(Side::Left, Side::Right)
            .map(|side| span_of(words[side].get(gap[side].clone()).unwrap_or_default()));
        if spans.left.is_some() || spans.right.is_some() {
            found.push(Difference {
                kind,
                pair,
                words: Sides::new(Side::Left, Side::Right).map(|side| {
                    let text = documents[side].text;
                    spans[side].map_or(String::new(), |span| span.of(text).to_owned())
                }),
                spans: spans.map(|span| span.into_iter().collect()),
                common: String::new(),
            });
        }
        from = Sides::new(to.left + 1, to.right + 1);
    }
    found
}

fn span_of(words: &[Token]) -> Option<Span> {
    let (first, last) = (words.first()?, words.last()?);
    Some(Span::new(first.span.start, last.span.end))
}
