//! What a query asks of a field (`speaker:carney`, `cue:said`, `date:2025-09`), looked up where the field is.
//!
//! What belongs to a report is answered once for each report before the rows are looked at: a body is long, and every quotation
//! of the report would ask for it again.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::annotate::quote::{Kind, Quote};
use crate::filter::{Field, Query, Term};
use crate::library::Report;

use super::{QuoteRef, speaker_of};

/// The rows, and which reports have what the query asks of reports.
pub(super) struct Fields<'a> {
    reports: &'a [Report],
    quotes: &'a [QuoteRef],
    annotator: &'a Annotator,
    of_reports: HashMap<&'a Term, Vec<bool>>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        reports: &'a [Report],
        quotes: &'a [QuoteRef],
        annotator: &'a Annotator,
        query: &'a Query,
    ) -> Self {
        let of_reports = query
            .terms()
            .filter(|term| is_of_report(term.field))
            .map(|term| {
                let reports = reports.par_iter();
                (
                    term,
                    reports
                        .map(|report| report.holds(annotator, term))
                        .collect(),
                )
            })
            .collect();
        Self {
            reports,
            quotes,
            annotator,
            of_reports,
        }
    }

    /// Whether the quotation of this row has `term` in its field, not minding its negation.
    pub(super) fn hold(&self, row: u32, term: &Term) -> bool {
        let Some(at) = self.quotes.get(row as usize) else {
            return false;
        };
        if let Some(reports) = self.of_reports.get(term) {
            return reports.get(at.report).copied().unwrap_or(false);
        }
        let found = at.of(self.reports);
        found.is_some_and(|(report, quote)| match term.field {
            Some(Field::Term) => self.has_term(report, quote, term),
            _ => quote_has(&report.article.text, quote, term),
        })
    }

    /// Whether the quotation itself, or its speaker's name, holds the free words of the query, not only what is known of its report.
    pub(super) fn own(&self, row: u32, query: &Query) -> bool {
        let free = |term: &&Term| term.field.is_none() && !term.negated;
        let mut asked = query
            .groups()
            .iter()
            .filter(|group| group.iter().any(|term| free(&term)));
        let at = self.quotes.get(row as usize);
        let Some((report, quote)) = at.and_then(|at| at.of(self.reports)) else {
            return false;
        };
        asked.all(|group| {
            group.iter().filter(free).any(|term| {
                quote_has_words(&report.article.text, quote, term)
                    || is_said_by(&report.article.text, quote, term)
            })
        })
    }

    /// Whether the row may stand beside one that answers the query: what is asked of fields, and what is excluded, holds for
    /// each version of an utterance; words need stand in one only.
    pub(super) fn allow(&self, row: u32, query: &Query) -> bool {
        let conditions = query.groups().iter().filter(|group| {
            let is_condition = |term: &Term| term.field.is_some() || term.negated;
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

    fn words_have(&self, row: u32, term: &Term) -> bool {
        let at = self.quotes.get(row as usize);
        let found = at.and_then(|at| at.of(self.reports));
        found.is_some_and(|(report, quote)| {
            let fields = super::fields_of(&report.article, quote);
            fields.iter().any(|field| term.is_in(field))
        })
    }

    /// Whether a term of the lexicon stands in the quotation, under the name that is typed or as it is written there.
    fn has_term(&self, report: &Report, quote: &Quote, term: &Term) -> bool {
        let lexicon = self.annotator.lexicon();
        let hits = report.annotated().map_or(&[][..], |marks| &marks.terms);
        let first = hits.partition_point(|hit| hit.span.end <= quote.span.start);
        let inside = hits.get(first..).unwrap_or_default().iter();
        inside
            .take_while(|hit| hit.span.start < quote.span.end)
            .filter(|hit| hit.is_strong())
            .any(|hit| {
                term.is_in(lexicon.canonical(hit))
                    || term.is_in(&lexicon.category(hit).label)
                    || term.is_in(hit.span.of(&report.article.text))
            })
    }
}

/// Whether the part of a quotation that `term` speaks of has it, not minding its negation.
pub(in crate::library) fn quote_has(text: &str, quote: &Quote, term: &Term) -> bool {
    match term.field {
        Some(Field::Speaker) => is_said_by(text, quote, term),
        Some(Field::Cue) => quote.cue.is_some_and(|cue| term.is_in(cue.of(text))),
        Some(Field::Kind) => names_of(quote.kind).iter().any(|name| term.is_in(name)),
        Some(Field::Quote) => quote_has_words(text, quote, term),
        _ => false,
    }
}

/// Whether the speaker's name or the words that stand for it (`the PMO`) have the term.
fn is_said_by(text: &str, quote: &Quote, term: &Term) -> bool {
    let written = quote
        .speaker
        .as_ref()
        .map(|speaker| speaker.mention.of(text));
    term.is_in(speaker_of(quote)) || written.is_some_and(|written| term.is_in(written))
}

fn quote_has_words(text: &str, quote: &Quote, term: &Term) -> bool {
    term.is_in(&quote.span.of(text).replace('\n', " "))
}

/// Returns what a kind of quotation is called, the name in files first, then what the screen says.
pub fn names_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Direct => &["direct"],
        Kind::Mixed => &["mixed", "fragment"],
    }
}

fn is_of_report(field: Option<Field>) -> bool {
    matches!(
        field,
        Some(Field::Headline | Field::Outlet | Field::Date | Field::Body)
    )
}
