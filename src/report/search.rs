//! Finds the reports that a list shows for a query: its words are looked for in label, outlet and date, and in tags.

use crate::filter::{FieldSource, FilterRequest, FuzzyFilter, Query, QueryField, QueryTerm};
use crate::library::{FieldAnswers, ReportNo};

use super::{PrintJob, facts};

/// Returns whether the summaries of the reports tell which of them match `words`, without their texts.
pub fn summaries_answer(words: &str) -> bool {
    let query = Query::parse(words);
    let is_in_summary = |term: &QueryTerm| {
        let source = term.field.map(QueryField::source);
        source.is_none_or(|source| source == FieldSource::Summary)
    };
    !query.is_empty() && query.terms().all(is_in_summary)
}

/// Returns the numbers of the reports that match `words`, best first.
///
/// Where reports hold the words side by side, those that merely hold their letters in order are left out: in a list that was
/// asked for once, with nobody there to type on, they would be noise.
pub fn matching(job: &PrintJob<'_>, words: &str) -> Vec<usize> {
    let query = Query::parse(words);
    let mut filter = FuzzyFilter::default();
    for entry in job.reports {
        let ([label, outlet], tags) = entry.summary.row();
        // "date unknown" is printed, but its letters are not the report's.
        let published = entry.summary.published.map(facts::moment);
        let fields = [label, outlet, published.as_deref().unwrap_or_default()];
        filter.push_with_asides(fields, tags);
    }
    let fields = FieldAnswers::new(job.reports, job.annotator, None, &query);
    let has = |number: u32, term: &QueryTerm| fields.has(ReportNo(number as usize), term);
    let found = filter.rank(&FilterRequest::new(&query).fields(&has));
    let found = found.unwrap_or_default();
    let shown = match found.literal {
        0 => found.ids.len(),
        literal => literal,
    };
    let ids = found.ids.into_iter().take(shown);
    ids.map(|id| id as usize).collect()
}
