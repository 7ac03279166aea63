//! The letters on the screen that match a query, as spans of the words they stand in.

use crate::filter::{MatchHighlighter, Query};
use crate::library::ReportSummary;
use crate::text::Span;

/// The letters of a report's row that match the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchedRow {
    /// Letters of its label.
    pub label: Vec<Span>,
    /// Letters of its outlet.
    pub outlet: Vec<Span>,
    /// The tag that holds a word which neither does.
    pub tag: Option<String>,
}

impl MatchedRow {
    /// Finds what of a report's row matches a filter as typed.
    pub fn new(filter: &str, summary: &ReportSummary) -> Self {
        if filter.is_empty() {
            return Self::default();
        }
        let query = Query::parse(filter);
        let (fields, tags) = summary.row();
        let (letters, tag) =
            HIGHLIGHTER.with(|highlighter| highlighter.positions(&fields, &tags, &query));
        let fields = fields.iter().zip(letters);
        let mut spans = fields.map(|(field, letters)| spans_of(field, letters));
        Self {
            label: spans.next().unwrap_or_default(),
            outlet: spans.next().unwrap_or_default(),
            tag: tag.and_then(|tag| Some(tags.get(tag)?.to_string())),
        }
    }
}

thread_local! {
    // The matcher keeps its memory from call to call; a frame asks it for each visible row.
    static HIGHLIGHTER: MatchHighlighter = MatchHighlighter::default();
}

/// Returns the letters of each of a row's `fields` that match `query`.
pub fn matched_letters(query: &Query, fields: &[&str]) -> Vec<Vec<Span>> {
    let letters = HIGHLIGHTER.with(|highlighter| highlighter.positions(fields, &[], query).0);
    let fields = fields.iter().zip(letters);
    fields
        .map(|(field, letters)| spans_of(field, letters))
        .collect()
}

/// Returns the spans of the letters with these numbers, which are in order.
fn spans_of(text: &str, letters: Vec<usize>) -> Vec<Span> {
    let mut letters = letters.into_iter().peekable();
    let mut spans = Vec::new();
    for (number, (at, c)) in text.char_indices().enumerate() {
        if letters.next_if_eq(&number).is_some() {
            spans.push(Span::new(at, at + c.len_utf8()));
        }
    }
    spans
}
