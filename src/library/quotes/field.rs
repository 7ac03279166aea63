//! What a query asks of a field (`speaker:carney`, `cue:said`, `date:2025-09`), looked up where the field is.
//!
//! What belongs to a report is answered once for each report before the rows are looked at: a body is long, and every quotation
//! of the report would ask for it again. So is which terms of the lexicon are meant.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::annotate::quote::{Quote, QuoteKind};
use crate::filter::body::{BodyAnswers, BodyMatch, TextIndex};
use crate::filter::{Query, QueryField, QueryTerm};
use crate::library::LibraryEntry;

use super::index::QuoteIndex;
use super::speaker_name;

/// The rows, and which reports have what the query asks of reports.
pub(super) struct Fields<'a> {
    entries: &'a [LibraryEntry],
    index: &'a QuoteIndex,
    of_reports: HashMap<&'a QueryTerm, Vec<bool>>,
    of_terms: HashMap<&'a QueryTerm, Vec<bool>>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        entries: &'a [LibraryEntry],
        index: &'a QuoteIndex,
        annotator: &'a Annotator,
        texts: Option<&TextIndex>,
        query: &'a Query,
    ) -> Self {
        let answers = texts.map(|texts| BodyAnswers::new(texts, query));
        let asked = |of: fn(Option<QueryField>) -> bool| query.terms().filter(move |t| of(t.field));
        let like = |term| index.terms_like(term, annotator.lexicon(), true);
        Self {
            entries,
            index,
            of_reports: asked(is_of_report)
                .map(|term| (term, with(entries, answers.as_ref(), term)))
                .collect(),
            of_terms: asked(|field| field == Some(QueryField::Term))
                .map(|term| (term, like(term)))
                .collect(),
        }
    }

    /// Whether the quotation of this row has `term` in its field, not minding its negation.
    pub(super) fn hold(&self, row: u32, term: &QueryTerm) -> bool {
        let Some(row) = self.index.rows.get(row as usize) else {
            return false;
        };
        if let Some(reports) = self.of_reports.get(term) {
            return reports.get(row.at.report.0).copied().unwrap_or(false);
        }
        let terms = self.of_terms.get(term).map_or(&[][..], Vec::as_slice);
        self.index.has(row, term, terms)
    }

    /// Whether the quotation itself, or its speaker's name, holds the free words of the query, not only what is known of its report.
    pub(super) fn own(&self, row: u32, query: &Query) -> bool {
        let free = |term: &&QueryTerm| term.field.is_none() && !term.negated;
        let mut asked = query
            .groups()
            .iter()
            .filter(|group| group.iter().any(|term| free(&term)));
        let Some(row) = self.index.rows.get(row as usize) else {
            return false;
        };
        asked.all(|group| {
            let mut free = group.iter().filter(free);
            free.any(|term| self.index.own(row, term))
        })
    }

    /// Whether the row may stand beside one that answers the query: what is asked of fields, and what is excluded, holds for
    /// each version of an utterance; words need stand in one only.
    pub(super) fn allow(&self, row: u32, query: &Query) -> bool {
        let conditions = query.groups().iter().filter(|group| {
            let is_condition = |term: &QueryTerm| term.field.is_some() || term.negated;
            group.iter().all(is_condition)
        });
        conditions.into_iter().all(|group| {
            group.iter().any(|term| {
                let there = match term.field {
                    Some(_) => self.hold(row, term),
                    None => self.words_have(row, term),
                };
                there != term.negated
            })
        })
    }

    fn words_have(&self, row: u32, term: &QueryTerm) -> bool {
        let row = self.index.rows.get(row as usize);
        let entry = row.and_then(|row| self.entries.get(row.at.report.0));
        let both = row.zip(entry);
        both.is_some_and(|(row, entry)| self.index.shown(row, &entry.summary, term))
    }
}

/// Returns which of the reports have `term` on their summary or in their text; a text is read only where `answers` leave it open.
fn with(
    entries: &[LibraryEntry],
    answers: Option<&BodyAnswers<'_>>,
    term: &QueryTerm,
) -> Vec<bool> {
    let in_text = |number: usize, entry: &LibraryEntry| {
        let told = answers.map_or(Some(BodyMatch::Perhaps), |all| all.of(number as u32, term));
        match told {
            Some(BodyMatch::Yes) => true,
            Some(BodyMatch::No) | None => false,
            Some(BodyMatch::Perhaps) => {
                let report = entry.open();
                report.is_ok_and(|report| term.is_in(&report.article.text))
            }
        }
    };
    let entries = entries.par_iter().enumerate();
    entries
        .map(|(number, one)| match one.summary.holds(term) {
            Some(holds) => holds,
            None => in_text(number, one),
        })
        .collect()
}

/// Whether the part of a quotation that `term` speaks of has it, not minding its negation.
pub(in crate::library) fn quote_has(text: &str, quote: &Quote, term: &QueryTerm) -> bool {
    match term.field {
        Some(QueryField::Speaker) => {
            let speaker = quote.speaker.as_ref();
            term.is_in(speaker_name(quote))
                || speaker.is_some_and(|speaker| term.is_in(speaker.mention.of(text)))
        }
        Some(QueryField::Cue) => quote.cue.is_some_and(|cue| term.is_in(cue.of(text))),
        Some(QueryField::Kind) => kind_names(quote.kind).iter().any(|name| term.is_in(name)),
        Some(QueryField::Quote) => term.is_in(&quote.span.of(text).replace('\n', " ")),
        _ => false,
    }
}

/// Returns what a kind of quotation is called, the name in files first, then what the screen says.
pub fn kind_names(kind: QuoteKind) -> &'static [&'static str] {
    match kind {
        QuoteKind::Direct => &["direct"],
        QuoteKind::Mixed => &["mixed", "fragment"],
    }
}

fn is_of_report(field: Option<QueryField>) -> bool {
    matches!(
        field,
        Some(QueryField::Headline | QueryField::Outlet | QueryField::Date | QueryField::Body)
    )
}
