//! Two reports laid side by side: what they share, what only one has, and how each puts the same thing.

pub mod side;

pub use side::{Side, Sides};

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// How surely two passages correspond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// The same claim.
    Same,
    /// Likely the same claim.
    Likely,
    /// Something in common.
    Related,
}

/// A sentence that takes part in the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where, in the article's text.
    pub span: Span,
    /// Number of its story paragraph, from 0.
    pub paragraph: usize,
}

/// Two passages that correspond; a passage may stand in several pairs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// Passage numbers.
    pub at: Sides<usize>,
    /// From 0 to 1.
    pub similarity: f32,
    /// How sure.
    pub tier: Tier,
}

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
    /// Other words in passages that correspond, of no kind above.
    Wording,
}

/// One difference, with the words of both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// What kind.
    pub kind: DifferenceKind,
    /// The pair that it was found in, by number.
    pub pair: usize,
    /// The words on each side, exact; empty where that side has nothing.
    pub spans: Sides<Vec<Span>>,
    /// One line in words.
    pub line: String,
}

/// Words of a passage that differ from, or are shared with, its partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Other words here than in the partner.
    Changed,
    /// The same words in both, where the passages share too little to be diffed.
    Shared,
}

/// One row of the side-by-side view: passages that stand opposite each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Passage numbers; `None` is a gap.
    pub passages: Sides<Option<usize>>,
    /// The pair that binds them, by number.
    pub pair: Option<usize>,
}

/// What the comparison found, in numbers of passages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Pairs of passages opposite each other.
    pub shared: usize,
    /// Passages without a partner.
    pub only: Sides<usize>,
    /// Quotations that both have and quote differently.
    pub quotes_differ: usize,
}

/// Two reports compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The passages of each report, in its order.
    pub passages: Sides<Vec<Passage>>,
    /// What corresponds, many to many, ordered by left then right.
    pub pairs: Vec<Pair>,
    /// How it differs, in the order of the left report.
    pub differences: Vec<Difference>,
    /// For each pair, the words to mark on each side, in order and not overlapping.
    pub marks: Vec<Sides<Vec<(Span, Mark)>>>,
}
