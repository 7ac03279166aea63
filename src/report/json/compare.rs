//! A comparison as JSON: the passages of both, the pairs with the words marked in them, the rows, and every difference.

use std::io::{self, Write};

use serde::Serialize;

use super::place::{Places, Words};
use super::report;
use crate::compare::{
    Comparison, ComparisonRow, DifferenceKind, PairOrigin, PairTier, PassageMark, Side, Sides,
};
use crate::report::comparison::ComparedReports;
use crate::text::Span;

#[derive(Serialize)]
struct Found {
    differ: bool,
    summary: Counts,
    passages: Both<Vec<Passage>>,
    pairs: Vec<Pair>,
    rows: Vec<Opposite>,
    differences: Vec<Difference>,
}

/// A thing for each report: `a` is the first of `reports`, `b` the second.
#[derive(Serialize)]
struct Both<T> {
    a: T,
    b: T,
}

#[derive(Serialize)]
struct Counts {
    shared: usize,
    only_a: usize,
    only_b: usize,
    quotes_differ: usize,
    differences: usize,
}

#[derive(Serialize)]
struct Passage {
    #[serde(flatten)]
    words: Words,
    paragraph: usize,
}

#[derive(Serialize)]
struct Pair {
    #[serde(flatten)]
    at: Both<usize>,
    similarity: f32,
    tier: PairTier,
    origin: PairOrigin,
    marks: Both<Vec<Marked>>,
}

#[derive(Serialize)]
struct Marked {
    mark: PassageMark,
    #[serde(flatten)]
    words: Words,
}

#[derive(Serialize)]
struct Opposite {
    #[serde(flatten)]
    at: Both<Option<usize>>,
    pair: Option<usize>,
}

#[derive(Serialize)]
struct Difference {
    kind: DifferenceKind,
    pair: usize,
    #[serde(flatten)]
    words: Both<Vec<Words>>,
    line: String,
}

/// Writes the comparison; the left report is number 0, the right one number 1.
pub(crate) fn compare(compared: &ComparedReports<'_>, out: &mut dyn Write) -> io::Result<()> {
    let places = compared.reports.map(|report| Places::new(&report.article));
    let found = found(compared, &places);
    let headers = [(0, Side::Left), (1, Side::Right)].map(|(number, side)| {
        let marks = compared.reports[side].annotated().cloned();
        report::header(number, compared.article(side), &marks.unwrap_or_default())
    });
    super::write("compare", headers.into(), compared.failures, found, out)
}

fn found(compared: &ComparedReports<'_>, places: &Sides<Places<'_>>) -> Found {
    let Comparison {
        passages,
        pairs,
        differences,
        marks,
        ..
    } = compared.comparison;
    let summary = compared.comparison.summary();
    Found {
        differ: compared.differ(),
        summary: Counts {
            shared: summary.shared,
            only_a: summary.only.left,
            only_b: summary.only.right,
            quotes_differ: summary.quotes_differ,
            differences: summary.differences,
        },
        passages: both(|side| {
            passages[side]
                .iter()
                .map(|passage| Passage {
                    words: places[side].words(passage.span),
                    paragraph: passage.paragraph,
                })
                .collect()
        }),
        pairs: pairs
            .iter()
            .zip(marks)
            .map(|(pair, marks)| Pair {
                at: both(|side| pair.at[side]),
                similarity: pair.similarity,
                tier: pair.tier,
                origin: pair.origin,
                marks: both(|side| marked(&marks[side], &places[side])),
            })
            .collect(),
        rows: compared.rows().into_iter().map(Opposite::from).collect(),
        differences: differences
            .iter()
            .map(|difference| Difference {
                kind: difference.kind,
                pair: difference.pair,
                words: both(|side| {
                    let spans = difference.spans[side].iter();
                    spans.map(|span| places[side].words(*span)).collect()
                }),
                line: difference.line(),
            })
            .collect(),
    }
}

fn both<T>(of: impl Fn(Side) -> T) -> Both<T> {
    Both {
        a: of(Side::Left),
        b: of(Side::Right),
    }
}

fn marked(marks: &[(Span, PassageMark)], places: &Places<'_>) -> Vec<Marked> {
    marks
        .iter()
        .map(|(span, mark)| Marked {
            mark: *mark,
            words: places.words(*span),
        })
        .collect()
}

impl From<ComparisonRow> for Opposite {
    fn from(row: ComparisonRow) -> Self {
        Self {
            at: both(|side| row.passages[side]),
            pair: row.pair,
        }
    }
}
