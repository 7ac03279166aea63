//! A comparison as JSON: the passages of both, the pairs with the words marked in them, the rows, and every difference.

use std::io::{self, Write};

use serde::Serialize;

use super::place::{PlacedWords, TextPlaces};
use super::report;
use crate::compare::{
    Comparison, DifferenceKind, DifferenceWeight, PairOrigin, PairRelation, PairTier, PassageMark,
    Side, Sides,
};
use crate::report::comparison::ComparedReports;
use crate::text::Span;

#[derive(Serialize)]
struct ComparisonJson {
    differ: bool,
    summary: CountsJson,
    passages: BothReports<Vec<PassageJson>>,
    pairs: Vec<PairJson>,
    rows: Vec<RowJson>,
    differences: Vec<DifferenceJson>,
}

/// A thing for each report: `a` is the first of `reports`, `b` the second.
#[derive(Serialize)]
struct BothReports<T> {
    a: T,
    b: T,
}

#[derive(Serialize)]
struct CountsJson {
    shared: usize,
    only_a: usize,
    only_b: usize,
    both_a: usize,
    both_b: usize,
    quotes_differ: usize,
    differences: usize,
}

#[derive(Serialize)]
struct PassageJson {
    #[serde(flatten)]
    words: PlacedWords,
    paragraph: usize,
}

#[derive(Serialize)]
struct PairJson {
    #[serde(flatten)]
    at: BothReports<usize>,
    similarity: f32,
    tier: PairTier,
    relation: PairRelation,
    origin: PairOrigin,
    marks: BothReports<Vec<MarkedWords>>,
}

#[derive(Serialize)]
struct MarkedWords {
    mark: PassageMark,
    #[serde(flatten)]
    words: PlacedWords,
}

#[derive(Serialize)]
struct RowJson {
    #[serde(flatten)]
    at: BothReports<Option<usize>>,
    pair: Option<usize>,
}

#[derive(Serialize)]
struct DifferenceJson {
    kind: DifferenceKind,
    pair: Option<usize>,
    weight: DifferenceWeight,
    confidence: f32,
    #[serde(flatten)]
    words: BothReports<Vec<PlacedWords>>,
    line: String,
}

/// Writes the comparison; the left report is number 0, the right one number 1.
pub(crate) fn compare(compared: &ComparedReports<'_>, out: &mut dyn Write) -> io::Result<()> {
    let places = compared
        .reports
        .map(|report| TextPlaces::new(&report.article));
    let found = found(compared, &places);
    let headers = [(0, Side::Left), (1, Side::Right)].map(|(number, side)| {
        let marks = compared.reports[side].annotated().cloned();
        report::header(number, compared.article(side), &marks.unwrap_or_default())
    });
    super::write("compare", headers.into(), compared.failures, found, out)
}

fn found(compared: &ComparedReports<'_>, places: &Sides<TextPlaces<'_>>) -> ComparisonJson {
    let Comparison {
        passages,
        pairs,
        differences,
        marks,
        ..
    } = compared.comparison;
    let summary = compared.comparison.summary();
    let pairs = pairs.iter().zip(marks).enumerate();
    let pairs = pairs.map(|(number, (pair, marks))| PairJson {
        at: both(|side| pair.at[side]),
        similarity: pair.similarity,
        tier: pair.tier,
        relation: PairRelation::of(compared.comparison, number),
        origin: pair.origin,
        marks: both(|side| marked(&marks[side], &places[side])),
    });
    let rows = compared.rows().into_iter().map(|row| RowJson {
        at: both(|side| row.passages[side]),
        pair: row.pair,
    });
    let differences = differences.iter().map(|difference| DifferenceJson {
        kind: difference.kind,
        pair: compared.comparison.pair_number(difference.at),
        weight: difference.weight,
        confidence: difference.confidence,
        words: both(|side| {
            let spans = difference.spans[side].iter();
            spans.map(|span| places[side].words(*span)).collect()
        }),
        line: difference.line(),
    });
    ComparisonJson {
        differ: compared.differ(),
        summary: CountsJson {
            shared: summary.shared,
            only_a: summary.only.left,
            only_b: summary.only.right,
            both_a: summary.both.left,
            both_b: summary.both.right,
            quotes_differ: summary.quotes_differ,
            differences: summary.differences,
        },
        passages: both(|side| {
            let passages = passages[side].iter().map(|passage| PassageJson {
                words: places[side].words(passage.span),
                paragraph: passage.paragraph,
            });
            passages.collect()
        }),
        pairs: pairs.collect(),
        rows: rows.collect(),
        differences: differences.collect(),
    }
}

fn both<T>(of: impl Fn(Side) -> T) -> BothReports<T> {
    BothReports {
        a: of(Side::Left),
        b: of(Side::Right),
    }
}

fn marked(marks: &[(Span, PassageMark)], places: &TextPlaces<'_>) -> Vec<MarkedWords> {
    let marks = marks.iter().map(|(span, mark)| MarkedWords {
        mark: *mark,
        words: places.words(*span),
    });
    marks.collect()
}
