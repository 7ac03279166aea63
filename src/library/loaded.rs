//! Reports in memory, each with its annotations made when they are first asked for.

use std::sync::{Arc, OnceLock};

use crate::annotate::{Annotations, Annotator};
use crate::article::Article;
use crate::compare::Document;
use crate::filter::{FieldSource, QueryField, QueryTerm};

use super::ReportSummary;
use super::fields::{QuoteFields, names_hit};

/// One loaded report; cheap to clone and to send to a worker.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its text and the facts of its source.
    pub article: Arc<Article>,
    annotations: Arc<OnceLock<Annotations>>,
}

impl Report {
    /// Returns a report without annotations.
    pub fn new(article: Article) -> Self {
        Self {
            article: Arc::new(article),
            annotations: Arc::default(),
        }
    }

    /// Returns its annotations, making them on the first call.
    pub fn annotations(&self, annotator: &Annotator) -> &Annotations {
        self.annotations
            .get_or_init(|| annotator.annotate(&self.article))
    }

    /// Returns its annotations if they were made.
    pub fn annotated(&self) -> Option<&Annotations> {
        self.annotations.get()
    }

    /// Returns the report as a comparison takes it.
    pub fn document(&self, annotator: &Annotator) -> Document<'_> {
        Document::new(
            &self.article,
            self.annotations(annotator),
            annotator.lexicon(),
        )
    }

    /// Whether the field of `term` holds it. Ignores its negation.
    pub fn has(&self, annotator: &Annotator, term: &QueryTerm) -> bool {
        let text: &str = &self.article.text;
        match term.field.map_or(FieldSource::Text, QueryField::source) {
            FieldSource::Summary => ReportSummary::new(&self.article).has(term) == Some(true),
            FieldSource::Text => term.is_in(text),
            FieldSource::Terms => {
                let mut hits = self.annotations(annotator).terms.iter();
                hits.any(|hit| names_hit(term, hit.span.of(text), hit, annotator.lexicon()))
            }
            FieldSource::Quotes => {
                let mut quotes = self.annotations(annotator).quotes.iter();
                quotes.any(|quote| QuoteFields::new(text, quote).has(term))
            }
        }
    }
}
