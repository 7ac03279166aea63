//! Defines the fields of a query that ask for quotations and terms (`speaker:carney`, `cue:said`, `term:tariff`).
//!
//! Together with [`ReportSummary::has`] this is the only definition of each field: open reports, the index of quotations and the
//! command line share it.

use std::borrow::Cow;

use crate::annotate::quote::{Quote, QuoteKind};
use crate::annotate::term::{Lexicon, TermHit};
use crate::filter::{QueryField, QueryTerm};

use super::ReportSummary;

/// The name of an unknown speaker on the screen and in queries.
pub const UNATTRIBUTED: &str = "unattributed";

/// The parts of a quotation that a query can ask for.
#[derive(Clone, Debug)]
pub struct QuoteFields<'a> {
    /// Its words.
    pub words: Cow<'a, str>,
    /// The speaker's name, where it is known.
    pub speaker: Option<&'a str>,
    /// The words that stand for the speaker (`the PMO`), or none.
    pub mention: &'a str,
    /// The reporting words, or none.
    pub cue: &'a str,
    /// Direct or mixed.
    pub kind: QuoteKind,
}

impl<'a> QuoteFields<'a> {
    /// Returns the parts of `quote`, a quotation in `text`.
    pub fn new(text: &'a str, quote: &'a Quote) -> Self {
        let speaker = quote.speaker.as_ref();
        let words = quote.span.of(text);
        Self {
            // The screen shows a line end inside a quotation as a blank, so a phrase typed with a blank must match it.
            words: match words.contains('\n') {
                true => words.replace('\n', " ").into(),
                false => words.into(),
            },
            speaker: speaker.map(|speaker| &*speaker.name),
            mention: speaker.map_or("", |speaker| speaker.mention.of(text)),
            cue: quote.cue.map_or("", |cue| cue.of(text)),
            kind: quote.kind,
        }
    }

    /// Returns the speaker's name, or that it is not known.
    pub fn speaker_name(&self) -> &'a str {
        self.speaker.unwrap_or(UNATTRIBUTED)
    }

    /// Returns the fields in which words of a query without a field are sought, each as it is displayed.
    pub fn columns<'c>(&'c self, summary: &'c ReportSummary) -> [&'c str; 4] {
        let outlet = summary.outlet.as_deref().unwrap_or_default();
        [&self.words, self.speaker_name(), outlet, summary.headline()]
    }

    /// Whether the field of `term` holds it. Ignores its negation.
    pub fn has(&self, term: &QueryTerm) -> bool {
        match term.field {
            Some(QueryField::Speaker) => self.is_said_by(term),
            Some(QueryField::Cue) => term.is_in(self.cue),
            Some(QueryField::Kind) => kind_names(self.kind).iter().any(|name| term.is_in(name)),
            Some(QueryField::Quote) => term.is_in(&self.words),
            _ => false,
        }
    }

    /// Whether the speaker's name, or the words that stand for it, have the term.
    pub fn is_said_by(&self, term: &QueryTerm) -> bool {
        term.is_in(self.speaker_name()) || term.is_in(self.mention)
    }
}

/// Returns the names of a kind of quotation: in JSON output and, where it differs, on the screen.
fn kind_names(kind: QuoteKind) -> &'static [&'static str] {
    match kind {
        QuoteKind::Direct => &["direct"],
        QuoteKind::Mixed => &["mixed", "fragment"],
    }
}

/// Whether `term` names a hit of the lexicon: as it is `written`, or by its canonical name.
pub(super) fn names_hit(term: &QueryTerm, written: &str, hit: &TermHit, lexicon: &Lexicon) -> bool {
    term.is_in(written) || term.is_in(lexicon.canonical(hit))
}
