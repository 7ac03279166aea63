//! The marks in a report that keys step through.

use crate::annotate::Annotations;
use crate::annotate::term::TermHit;
use crate::text::Span;
use crate::tui::highlight::in_window;

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
