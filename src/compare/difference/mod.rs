//! Finds typed differences between passages that correspond, with exact spans on both sides.
//!
//! Each kind is found by its own rules in its own file, all on the same view of a pair (`PairView`); what no rule finds is left to the
//! marks of the word diff. The same words are reported once, in the pair that is most alike.

mod kind;
mod naming;
mod pair_view;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::normalize::PairWords;
use super::{Document, Pair, Side, Sides, weights};
use crate::text::Span;
use crate::text::word_lists::{self, WordSet};
pub use kind::DifferenceKind;
use pair_view::PairView;

static WORDS: LazyLock<DifferenceWords> =
    LazyLock::new(|| word_lists::parse(include_str!("../../../assets/words/differences.toml")));

/// The lists of words that the rules know; the file says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DifferenceWords {
    offices: WordSet,
}

/// One difference, with the words of both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The kind.
    pub kind: DifferenceKind,
    /// The passages that it stands in; there is a pair of them.
    pub at: Sides<usize>,
    /// The words on each side, exact, in order; empty where that side has nothing.
    pub spans: Sides<Vec<Span>>,
    /// The text for each side: its words, for a list its own members, for a speaker the name; empty where it has nothing.
    pub words: Sides<String>,
    /// Words of both sides that belong to the line (members of a list, words that two speakers said).
    pub common: String,
    /// Main, or true but small.
    pub weight: DifferenceWeight,
    /// The likelihood, from 0 to 1, that it is right, by its rule; a difference below [`weights::LISTED`] is not listed unless asked for.
    pub confidence: f32,
}

/// The weight of a difference.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceWeight {
    /// An analyst would have it in a table of findings.
    #[default]
    Main,
    /// True, but small.
    Minor,
}

impl Difference {
    /// Returns the difference as one line in words.
    pub fn line(&self) -> String {
        let Sides { left, right } = &self.words;
        let told = match self.kind {
            DifferenceKind::QuoteCut | DifferenceKind::QuoteWording
                if left.is_empty() || right.is_empty() =>
            {
                self.only()
            }
            DifferenceKind::QuoteCut => format!("A goes on “{left}”, B “{right}”"),
            DifferenceKind::QuoteWording => format!("A “{left}”, B “{right}”"),
            DifferenceKind::Speaker => format!("A {left}, B {right}: “{}”", self.common),
            DifferenceKind::List => self.members(),
            DifferenceKind::QuoteExtent
            | DifferenceKind::QuoteVsParaphrase
            | DifferenceKind::Number
            | DifferenceKind::Time
            | DifferenceKind::Naming
            | DifferenceKind::Place
            | DifferenceKind::Claim
            | DifferenceKind::Cue => format!("A {left}, B {right}"),
        };
        let unsure = if self.is_sure() { "" } else { "unsure: " };
        format!("{unsure}{}: {told}", self.kind.name())
    }

    /// Returns what only one side has.
    fn only(&self) -> String {
        let side = if self.words.right.is_empty() {
            Side::Left
        } else {
            Side::Right
        };
        format!("only {} has “{}”", side.letter(), self.words[side])
    }

    /// Returns the members that both lists have, and those that one has.
    fn members(&self) -> String {
        let mut parts = vec![format!("both {}", self.common)];
        for side in Side::BOTH {
            if !self.words[side].is_empty() {
                parts.push(format!("only {} {}", side.letter(), self.words[side]));
            }
        }
        parts.join("; ")
    }

    /// Whether it is listed without being asked for.
    pub fn is_sure(&self) -> bool {
        self.confidence >= weights::LISTED
    }

    /// Returns the difference seen from the other side.
    pub(super) fn mirrored(self) -> Self {
        Self {
            at: self.at.swapped(),
            spans: self.spans.swapped(),
            words: self.words.swapped(),
            ..self
        }
    }

    /// Returns the key that differences are sorted by: main before minor, place on the left, place on the right, kind.
    pub(super) fn order(&self) -> (DifferenceWeight, Option<Span>, Option<Span>, DifferenceKind) {
        let first = |spans: &Vec<Span>| spans.first().copied();
        (
            self.weight,
            first(&self.spans.left),
            first(&self.spans.right),
            self.kind,
        )
    }
}

/// Returns the differences inside the `surest` of `pairs`, in no order; the same words are reported once, in the pair
/// that comes first in `surest`.
pub fn find(
    documents: &Sides<Document<'_>>,
    tokens: &PairWords,
    pairs: &[Pair],
    surest: &[usize],
) -> Vec<Difference> {
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for &number in surest {
        let at = pairs[number].at;
        let view = PairView {
            documents,
            tokens,
            at,
        };
        for difference in naming::find(&view) {
            let ends = ends(&difference);
            if ends.iter().all(|end| !told.contains(end)) {
                told.extend(ends);
                found.push(difference);
            }
        }
    }
    found
}

/// Drops what is told, quoted or named otherwise in a passage that the other report has word for word: what both have is no
/// difference.
pub(super) fn drop_verbatim(found: &mut Vec<Difference>, tokens: &PairWords, pairs: &[Pair]) {
    use DifferenceKind::{Naming, QuoteExtent, QuoteVsParaphrase, Speaker};
    let verbatim = verbatim(tokens, pairs);
    let is_verbatim = |one: &Difference| {
        let mut sides = Side::BOTH.into_iter();
        matches!(one.kind, QuoteExtent | QuoteVsParaphrase | Speaker | Naming)
            && sides.any(|side| verbatim[side].contains(&one.at[side]))
    };
    found.retain(|one| !is_verbatim(one));
}

/// Returns the passages that the other report has word for word.
fn verbatim(tokens: &PairWords, pairs: &[Pair]) -> Sides<BTreeSet<usize>> {
    let same = pairs.iter().filter(|pair| tokens.are_identical(pair.at));
    let mut found = Sides::<BTreeSet<usize>>::default();
    for pair in same {
        found.left.insert(pair.at.left);
        found.right.insert(pair.at.right);
    }
    found
}

/// Returns the places of a difference, by which a repeat is known.
fn ends(difference: &Difference) -> Vec<(DifferenceKind, Side, Span)> {
    let ends = Side::BOTH.into_iter().flat_map(|side| {
        let spans = difference.spans[side].iter();
        spans.map(move |&span| (difference.kind, side, span))
    });
    ends.collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::annotate::Annotator;
    use crate::annotate::term::Lexicon;
    use crate::ingest::article_from_text;

    /// Returns the differences of one kind that two reports of one sentence or two have, in words.
    pub(in crate::compare) fn told(kind: DifferenceKind, left: &str, right: &str) -> Vec<String> {
        let annotator = Annotator::new(Lexicon::bundled());
        let texts = Sides::new(left, right);
        let articles = texts.map(|text| article_from_text("a.txt", text));
        let notes = articles.as_ref().map(|article| annotator.annotate(article));
        let documents = Sides::from_fn(|side| {
            Document::new(&articles[side], &notes[side], annotator.lexicon())
        });
        let found = crate::compare::compare(documents).differences;
        let found = found.iter().filter(|difference| difference.kind == kind);
        found.map(Difference::line).collect()
    }
}
