//! Reads reports and takes out of each what the index of quotations keeps: a step that many threads do side by side.

use crate::annotate::quote::QuoteKind;
use crate::annotate::term::TermHit;
use crate::annotate::{Annotations, Annotator};
use crate::ingest::{ReadFailure, ReportReloader};
use crate::library::{LibraryEntry, QuoteFields, Report, ReportNo};
use crate::text::Span;

use super::quote_words::{QuoteWords, WordHasher};

/// The state of a thread that reads reports, kept from one report to the next.
#[derive(Default)]
pub(super) struct GatherTools {
    pub(super) reloader: ReportReloader,
    pub(super) hasher: WordHasher,
}

/// A report with what the index keeps of it.
#[derive(Debug)]
pub(super) struct GatheredReport {
    pub(super) no: ReportNo,
    pub(super) outlet: Box<str>,
    pub(super) headline: Box<str>,
    pub(super) quotes: Vec<GatheredQuote>,
    /// Terms of the lexicon in it, in order.
    pub(super) terms: Vec<WrittenTerm>,
    pub(super) counts: ReportCounts,
    /// The words of its quotations, hashed.
    pub(super) words: QuoteWords,
    /// The reason why it could not be read; it counts as one without quotations then.
    pub(super) lost: Option<ReadFailure>,
}

/// A quotation with the names around it.
#[derive(Debug)]
pub(super) struct GatheredQuote {
    pub(super) span: Span,
    /// The words as they are displayed.
    pub(super) words: Box<str>,
    pub(super) speaker: Option<Box<str>>,
    pub(super) mention: Box<str>,
    pub(super) cue: Box<str>,
    pub(super) kind: QuoteKind,
    /// Numbers of the terms inside it, among those of the report.
    pub(super) terms: std::ops::Range<usize>,
}

/// A term of the lexicon as a text writes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct WrittenTerm {
    /// A hit with an empty span.
    pub(super) hit: TermHit,
    pub(super) written: Box<str>,
}

/// The numbers of marks of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ReportCounts {
    pub(super) quotes: u32,
    pub(super) statements: u32,
    pub(super) strong_terms: u32,
}

impl GatheredReport {
    /// Reads the report of `entry` and annotates it.
    pub(super) fn read(
        no: ReportNo,
        entry: &LibraryEntry,
        annotator: &Annotator,
        tools: &mut GatherTools,
    ) -> Self {
        let summary = &entry.summary;
        let mut gathered = Self {
            no,
            outlet: summary.outlet.as_deref().unwrap_or_default().into(),
            headline: summary.headline().into(),
            quotes: Vec::new(),
            terms: Vec::new(),
            counts: ReportCounts::default(),
            words: QuoteWords::default(),
            lost: None,
        };
        match entry.open_with(&mut tools.reloader) {
            Ok(report) => match report.annotated() {
                Some(marks) => gathered.take_marks(&report, marks, &mut tools.hasher),
                // Not kept with the report: those of all open reports would take as much memory as their texts.
                None => {
                    let marks = annotator.annotate(&report.article);
                    gathered.take_marks(&report, &marks, &mut tools.hasher);
                }
            },
            Err(failure) => gathered.lost = Some(failure),
        }
        summary.note_quotes(gathered.quotes.len());
        gathered
    }

    fn take_marks(&mut self, report: &Report, marks: &Annotations, hasher: &mut WordHasher) {
        let text: &str = &report.article.text;
        let strong = marks.terms.iter().filter(|hit| hit.is_strong());
        self.counts = ReportCounts {
            quotes: marks.quotes.len() as u32,
            statements: marks.statements.len() as u32,
            strong_terms: strong.count() as u32,
        };
        let quotes = marks.quotes.iter();
        self.words = hasher.quotes(
            self.no,
            &report.article,
            quotes.map(|quote| (quote.span, quote.speaker.as_ref().map(|it| &*it.name))),
        );
        for quote in &marks.quotes {
            let fields = QuoteFields::new(text, quote);
            // Terms are in the order of the text and never overlap.
            let hits = &marks.terms;
            let first = hits.partition_point(|hit| hit.span.end <= quote.span.start);
            let last = hits.partition_point(|hit| hit.span.start < quote.span.end);
            self.quotes.push(GatheredQuote {
                span: quote.span,
                words: (&*fields.words).into(),
                speaker: fields.speaker.map(Into::into),
                mention: fields.mention.into(),
                cue: fields.cue.into(),
                kind: fields.kind,
                terms: first..last.max(first),
            });
        }
        let written = marks.terms.iter().map(|hit| WrittenTerm {
            written: hit.span.of(text).into(),
            hit: TermHit {
                span: Span::default(),
                ..*hit
            },
        });
        self.terms = written.collect();
    }
}
