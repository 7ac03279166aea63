//! Typed differences: how two passages that correspond put the same thing, with exact spans on both sides.
//!
//! Each kind is found by its own rules in its own file; what no rule finds is left to the marks of the word diff.

mod quote;

use serde::{Deserialize, Serialize};

use super::normalize::Tokens;
use super::{Document, Pair, Sides};
use crate::text::Span;

/// What kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceKind {
    /// The same quotation in other words (type, kind).
    QuoteWording,
    /// One goes on where the other stops.
    QuoteCut,
    /// More words inside the marks on one side ("good", "good conversation").
    QuoteExtent,
    /// Quoted on one side, told on the other.
    QuoteVsParaphrase,
    /// The same words, another speaker.
    Speaker,
    /// Other numbers.
    Number,
    /// Other times, or more precise ones.
    Time,
    /// An enumeration with other members.
    List,
    /// Another name for the same thing.
    Naming,
}

impl DifferenceKind {
    /// Whether it is about words in quotation marks.
    pub fn is_about_quotes(self) -> bool {
        use DifferenceKind::{QuoteCut, QuoteExtent, QuoteVsParaphrase, QuoteWording, Speaker};
        matches!(
            self,
            QuoteWording | QuoteCut | QuoteExtent | QuoteVsParaphrase | Speaker
        )
    }
}

/// One difference, with the words of both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// What kind.
    pub kind: DifferenceKind,
    /// The pair that it was found in, by number.
    pub pair: usize,
    /// The words on each side, exact, in order; empty where that side has nothing.
    pub spans: Sides<Vec<Span>>,
    /// What to say of each side: its words, for a list its own members, for a speaker the name; empty where it has nothing.
    pub words: Sides<String>,
    /// What both have, where it is part of the message (members of a list, words that two speakers said).
    pub common: String,
}

impl Difference {
    /// Returns the difference as one line in words.
    pub fn line(&self) -> String {
        let Sides { left, right } = &self.words;
        match self.kind {
            DifferenceKind::QuoteWording => format!("quote reworded: A “{left}”, B “{right}”"),
            DifferenceKind::QuoteCut if right.is_empty() => format!("A goes on: “{left}”"),
            DifferenceKind::QuoteCut => format!("B goes on: “{right}”"),
            DifferenceKind::QuoteExtent => format!("quoted: A “{left}”, B “{right}”"),
            DifferenceKind::QuoteVsParaphrase => {
                format!("quote and paraphrase: A {left}, B {right}")
            }
            DifferenceKind::Speaker => format!("speaker of “{}”: A {left}, B {right}", self.common),
            DifferenceKind::Number => format!("number: A {left}, B {right}"),
            DifferenceKind::Time => format!("time: A {left}, B {right}"),
            DifferenceKind::List => self.list_line(),
            DifferenceKind::Naming => format!("naming: A {left}, B {right}"),
        }
    }

    fn list_line(&self) -> String {
        let mut parts = vec![format!("both {}", self.common)];
        for (letter, words) in [('A', &self.words.left), ('B', &self.words.right)] {
            if !words.is_empty() {
                parts.push(format!("only {letter} {words}"));
            }
        }
        format!("list: {}", parts.join("; "))
    }

    /// Returns the difference seen from the other side, where pair `n` has become pair `place[n]`.
    pub(super) fn mirrored(self, place: &[usize]) -> Self {
        Self {
            pair: place.get(self.pair).copied().unwrap_or(self.pair),
            spans: self.spans.swapped(),
            words: self.words.swapped(),
            ..self
        }
    }

    /// Returns what differences are sorted by: pair, place on the left, place on the right, kind.
    pub(super) fn order(&self) -> (usize, Option<Span>, Option<Span>, DifferenceKind) {
        let first = |spans: &Vec<Span>| spans.first().copied();
        (
            self.pair,
            first(&self.spans.left),
            first(&self.spans.right),
            self.kind,
        )
    }
}

/// Returns the differences inside `pairs`, in the order of the pairs.
pub fn find(documents: &Sides<Document<'_>>, tokens: &Tokens, pairs: &[Pair]) -> Vec<Difference> {
    let mut found = Vec::new();
    for (number, pair) in pairs.iter().enumerate() {
        found.extend(quote::find(documents, tokens, number, pair));
    }
    found.sort_by_key(Difference::order);
    found
}
