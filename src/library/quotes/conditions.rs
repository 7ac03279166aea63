//! Decides for each quotation whether it meets the conditions of a query, and whether it may be shown as another version of one
//! that does.

use std::collections::HashMap;

use crate::annotate::Annotator;
use crate::filter::body::TextIndex;
use crate::filter::{FieldSource, Query, QueryField, QueryTerm};
use crate::library::{FieldAnswers, LibraryEntry};

use super::index::{QuoteIndex, any_named};

/// The conditions of a query, asked of rows of the index of quotations.
pub(super) struct QuoteConditions<'a> {
    entries: &'a [LibraryEntry],
    index: &'a QuoteIndex,
    reports: FieldAnswers<'a>,
    /// For each term with the field `term:`, whether it names each term of the lexicon.
    lexicon_terms: HashMap<&'a QueryTerm, Vec<bool>>,
}

impl<'a> QuoteConditions<'a> {
    pub(super) fn new(
        entries: &'a [LibraryEntry],
        index: &'a QuoteIndex,
        annotator: &'a Annotator,
        texts: Option<&TextIndex>,
        query: &'a Query,
    ) -> Self {
        let terms = query.terms();
        let lexicon_terms = terms.filter(|term| term.field == Some(QueryField::Term));
        let named = |term| (term, index.named_in_quotes(term, annotator.lexicon()));
        Self {
            entries,
            index,
            reports: FieldAnswers::new(entries, annotator, texts, query),
            lexicon_terms: lexicon_terms.map(named).collect(),
        }
    }

    /// Whether the quotation of this row holds `term` in its field or, without a field, in the displayed words. Ignores its
    /// negation.
    pub(super) fn has(&self, row: u32, term: &QueryTerm) -> bool {
        let Some(quote) = self.index.quote(row) else {
            return false;
        };
        match term.field.map(QueryField::source) {
            None => self.entries.get(quote.at.report.0).is_some_and(|entry| {
                let fields = self.index.fields(quote);
                let columns = fields.columns(&entry.summary);
                columns.iter().any(|words| term.is_in(words))
            }),
            Some(FieldSource::Summary | FieldSource::Text) => {
                self.reports.has(quote.at.report, term)
            }
            Some(FieldSource::Terms) => {
                let named = self.lexicon_terms.get(term);
                named.is_some_and(|named| any_named(&quote.terms, named))
            }
            Some(FieldSource::Quotes) => self.index.fields(quote).has(term),
        }
    }

    /// Whether the words of the query without a field stand in the quotation or its speaker's name, not only in the headline or the
    /// outlet of the report.
    pub(super) fn words_are_own(&self, row: u32, query: &Query) -> bool {
        let Some(quote) = self.index.quote(row) else {
            return false;
        };
        let fields = self.index.fields(quote);
        let is_own = |term: &QueryTerm| term.is_in(&fields.words) || fields.is_said_by(term);
        let is_free = |term: &&QueryTerm| term.field.is_none() && !term.negated;
        query.groups().iter().all(|group| {
            let mut free = group.iter().filter(is_free).peekable();
            free.peek().is_none() || free.any(is_own)
        })
    }

    /// Whether the row may be shown as another version of one that answers the query. Conditions on fields and exclusions must hold
    /// for every version of an utterance, while its free words need to stand in one version only.
    pub(super) fn may_stand_beside(&self, row: u32, query: &Query) -> bool {
        let is_condition = |term: &QueryTerm| term.field.is_some() || term.negated;
        let groups = query.groups().iter();
        let mut conditions = groups.filter(|group| group.iter().all(is_condition));
        conditions.all(|group| {
            let mut terms = group.iter();
            terms.any(|term| self.has(row, term) != term.negated)
        })
    }
}
