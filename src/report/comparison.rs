//! The parts of a comparison that every format writes: rows with their signs, names of passages, marked words.

use crate::article::Article;
use crate::compare::{
    Comparison, ComparisonRow, Difference, Pair, PairRelation, PassageMark, Side, Sides,
};
use crate::ingest::ReadFailure;
use crate::library::Report;
use crate::report::pieces::{MarkedPiece, pieces};
use crate::text::Span;
use crate::text::count::counted;

/// Two reports with what was found between them.
#[derive(Clone, Copy, Debug)]
pub struct ComparedReports<'a> {
    /// The reports.
    pub reports: Sides<&'a Report>,
    /// The comparison.
    pub comparison: &'a Comparison,
    /// Files that could not be read.
    pub failures: &'a [ReadFailure],
}

/// The relation of a row's passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowRelation {
    /// Opposite each other.
    Opposite(PairRelation),
    /// The partner stands in another row.
    Elsewhere(PairRelation),
    /// There is no partner.
    Only(Side),
}

impl RowRelation {
    /// Returns the sign that is readable without colour.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            RowRelation::Opposite(relation) | RowRelation::Elsewhere(relation) => relation.sign(),
            RowRelation::Only(_) => "",
        }
    }

    /// Returns it in words.
    pub(crate) fn words(self) -> String {
        match self {
            RowRelation::Opposite(relation) => relation.meaning().to_owned(),
            RowRelation::Elsewhere(relation) => {
                format!("{}, in another row", relation.meaning())
            }
            RowRelation::Only(side) => format!("only {}", side.letter()),
        }
    }
}

impl<'a> ComparedReports<'a> {
    /// Returns the article of `side`.
    pub(crate) fn article(&self, side: Side) -> &'a Article {
        &self.reports[side].article
    }

    /// Returns the rows in the order of A.
    pub(crate) fn rows(&self) -> Vec<ComparisonRow> {
        self.comparison.rows(Side::Left)
    }

    /// Returns the counts of the comparison in one line.
    pub(crate) fn headline(&self) -> String {
        let found = self.comparison.summary();
        format!(
            "{} \u{b7} {} only in A \u{b7} {} only in B \u{b7} {}",
            found.shared_in_words(),
            found.only.left,
            found.only.right,
            quotations_differ(found.quotes_differ),
        )
    }

    /// Whether a careful reader finds any difference.
    pub fn differ(&self) -> bool {
        self.comparison.differ()
    }

    /// Returns the pair that binds `row`.
    pub(crate) fn pair(&self, row: ComparisonRow) -> Option<&'a Pair> {
        self.comparison.pairs.get(row.pair?)
    }

    /// Returns the relation of the passages of `row`.
    pub(crate) fn relation(&self, row: ComparisonRow) -> RowRelation {
        let relation = row.pair.map(|pair| PairRelation::of(self.comparison, pair));
        match (row.passages.left, row.passages.right, relation) {
            (Some(_), Some(_), relation) => {
                RowRelation::Opposite(relation.unwrap_or(PairRelation::Touches))
            }
            (_, _, Some(relation)) => RowRelation::Elsewhere(relation),
            (None, _, None) => RowRelation::Only(Side::Right),
            (_, None, None) => RowRelation::Only(Side::Left),
        }
    }

    /// Returns the passages of the pair that binds `row`, or those that stand in it.
    pub(crate) fn ends(&self, row: ComparisonRow) -> Sides<Option<usize>> {
        self.pair(row)
            .map_or(row.passages, |pair| pair.at.map(Some))
    }

    /// Returns the relation of the passages of `row` in writing: `A6 = B4`, `A5 only`, `A9 ~ (B4)` where B4 stands in another row.
    pub(crate) fn sign(&self, row: ComparisonRow) -> String {
        let relation = self.relation(row);
        let ends = self.ends(row);
        let [left, right] = Side::BOTH.map(|side| match (ends[side], row.passages[side]) {
            (Some(number), Some(_)) => name(side, number),
            (Some(number), None) => format!("({})", name(side, number)),
            (None, _) => String::new(),
        });
        match relation {
            RowRelation::Only(_) => format!("{left}{right} only"),
            _ => format!("{left} {} {right}", relation.sign()),
        }
    }

    /// Returns the place of the passage of `row` on `side`.
    pub(crate) fn passage(&self, row: ComparisonRow, side: Side) -> Option<Span> {
        let passage = self.comparison.passages[side].get(row.passages[side]?)?;
        Some(passage.span)
    }

    /// Returns passage `number` of `side` in pieces, marked as seen from its partner in `pair`.
    pub(crate) fn pieces(
        &self,
        side: Side,
        number: usize,
        pair: Option<usize>,
    ) -> Vec<MarkedPiece<'a>> {
        let Some(passage) = self.comparison.passages[side].get(number) else {
            return Vec::new();
        };
        let marks = pair.and_then(|pair| self.comparison.marks.get(pair));
        let marks: &[_] = marks.map_or(&[], |marks| &marks[side]);
        pieces(&self.article(side).text, passage.span, marks)
    }

    /// Returns the passages that a difference stands in: `A7 B4`.
    pub(crate) fn at(&self, difference: &Difference) -> String {
        let [left, right] = Side::BOTH.map(|side| name(side, difference.at[side]));
        format!("{left} {right}")
    }

    /// Returns the words that a difference is about on `side`, joined where there are several.
    pub(crate) fn words(&self, difference: &Difference, side: Side) -> String {
        let text: &str = &self.article(side).text;
        let words = difference.spans[side].iter().map(|span| span.of(text));
        words.collect::<Vec<_>>().join(" \u{2026} ")
    }
}

/// Returns how many quotations differ, in words.
fn quotations_differ(count: usize) -> String {
    let verb = if count == 1 { "differs" } else { "differ" };
    format!("{} {verb}", counted(count, "quotation"))
}

/// Returns the name of a passage: `A3` is the third one of the left report.
pub(crate) fn name(side: Side, number: usize) -> String {
    format!("{}{}", side.letter(), number + 1)
}

/// Returns `words` with `mark` written around them, for where there is neither colour nor type.
pub(crate) fn bracketed(side: Side, mark: Option<PassageMark>, words: &str) -> String {
    match (mark, side) {
        (Some(PassageMark::Changed), Side::Left) => format!("[-{words}-]"),
        (Some(PassageMark::Changed), Side::Right) => format!("{{+{words}+}}"),
        (Some(PassageMark::Shared), _) => format!("<{words}>"),
        _ => words.to_owned(),
    }
}

/// Returns each sign of a row with its meaning.
pub(crate) fn signs() -> [String; 3] {
    PairRelation::ALL.map(|relation| format!("{} {}", relation.sign(), relation.meaning()))
}

/// Returns the meaning of the signs and marks, which are written out unless they are `painted`.
pub(crate) fn legend(painted: bool) -> String {
    let signs = signs().join(", ");
    let marks = match painted {
        true => "coloured words differ: blue in A, green in B",
        false => "[-words of A-] {+words of B+} differ, <words> are in both",
    };
    format!("{signs}; {marks}")
}
