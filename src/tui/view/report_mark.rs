//! The marks in a report: how they look wherever the text is shown, those that keys step through, and the words that name them.

use crate::annotate::Annotations;
use crate::annotate::quote::QuoteKind;
use crate::annotate::term::TermHit;
use crate::library::ReportNo;
use crate::text::Span;
use crate::tui::canvas::Canvas;
use crate::tui::highlight::{Layer, in_window};
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::words::{attribution, quote_words};

/// The sign of a passage that has a note.
pub const NOTE_SIGN: &str = "†";

/// A kind of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Quotations.
    Quote,
    /// Statements.
    Statement,
    /// Terms; weak ones are passed over.
    Term,
}

/// A mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportMark {
    /// Its kind.
    pub kind: MarkKind,
    /// Its number among the marks of its kind in the report's annotations.
    pub number: usize,
    /// Its words.
    pub span: Span,
}

impl MarkKind {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            MarkKind::Quote => "quotation",
            MarkKind::Statement => "statement",
            MarkKind::Term => "term",
        }
    }

    /// Returns the scope of a mark of this kind in focus.
    pub fn focus_scope(self) -> Scope {
        match self {
            MarkKind::Quote => Scope::QuoteFocus,
            MarkKind::Statement => Scope::StatementFocus,
            MarkKind::Term => Scope::TermFocus,
        }
    }

    /// Returns the marks that one can step to, in order.
    pub fn all(self, marks: &Annotations) -> Vec<ReportMark> {
        let kind = self;
        let mark = |(number, span)| ReportMark { kind, number, span };
        let quotes = marks.quotes.iter().map(|quote| quote.span);
        let statements = marks.statements.iter().map(|told| told.span);
        let terms = marks.terms.iter().enumerate();
        let strong = terms.filter(|(_, hit)| hit.is_strong());
        match self {
            MarkKind::Quote => quotes.enumerate().map(mark).collect(),
            MarkKind::Statement => statements.enumerate().map(mark).collect(),
            MarkKind::Term => strong.map(|(n, hit)| mark((n, hit.span))).collect(),
        }
    }

    /// Whether a mark that one can step to stands inside `span`.
    pub fn is_in(self, span: Span, marks: &Annotations) -> bool {
        match self {
            MarkKind::Quote => in_window(&marks.quotes, span, |it| it.span)
                .next()
                .is_some(),
            MarkKind::Statement => {
                let mut told = in_window(&marks.statements, span, |it| it.span);
                told.next().is_some()
            }
            MarkKind::Term => in_window(&marks.terms, span, |it| it.span).any(TermHit::is_strong),
        }
    }
}

/// Returns the marks of `window`, one layer a kind, from the faintest to the one on top.
pub fn layers(canvas: &Canvas<'_>, marks: &Annotations, window: Span) -> Vec<Layer> {
    let shared = canvas.shared;
    let (lexicon, shown) = (shared.annotator.lexicon(), shared.config.layers);
    let mut layers = Vec::new();
    if shown.statements {
        let statements = in_window(&marks.statements, window, |statement| statement.span);
        layers.push(canvas.layer(statements.map(|it| it.span), Scope::Statement));
    }
    if shown.quotes {
        let quotes = in_window(&marks.quotes, window, |quote| quote.span);
        let scope = |kind| match kind {
            QuoteKind::Mixed => Scope::QuoteMixed,
            QuoteKind::Direct => Scope::Quote,
        };
        layers.push(canvas.scoped_layer(quotes.map(|quote| (quote.span, scope(quote.kind)))));
    }
    if shown.terms {
        let terms = in_window(&marks.terms, window, |hit| hit.span);
        let strong = terms.filter(|hit| hit.is_strong());
        let scope = |hit| Scope::term(lexicon.category(hit).color.name());
        layers.push(canvas.scoped_layer(strong.map(|hit| (hit.span, scope(hit)))));
    }
    layers
}

/// Returns the words that name a mark of a report: its kind, its place among those of its kind, and what is known of it.
pub fn words(shared: &Shared, report: ReportNo, mark: ReportMark) -> Option<String> {
    let report = shared.report(report)?;
    let marks = report.annotated()?;
    let (n, all) = (mark.number, mark.kind.all(marks));
    let total = all.len();
    match mark.kind {
        MarkKind::Quote => {
            let words = quote_words(report, marks.quotes.get(n)?);
            Some(format!("quote {}/{total} · {words}", n + 1))
        }
        MarkKind::Statement => {
            let statement = marks.statements.get(n)?;
            let cue = statement.cue.map(|cue| cue.of(&report.article.text));
            let who = attribution(statement.speaker.as_ref(), cue);
            Some(format!("statement {}/{total} · {who}", n + 1))
        }
        MarkKind::Term => {
            let hit = marks.terms.get(n)?;
            let lexicon = shared.annotator.lexicon();
            let at = all.iter().position(|other| *other == mark)?;
            let (label, form) = (&lexicon.category(hit).label, lexicon.canonical(hit));
            Some(format!("term {}/{total} · {label} · {form}", at + 1))
        }
    }
}
