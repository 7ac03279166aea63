//! The summary of a report: all that lists, filters and headings show of it without its text.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::annotate::Annotations;
use crate::article::{
    Article, ArticleId, LabelSource, Published, SourcePlace, StatedFact, TextExtent,
};
use crate::filter::{QueryField, QueryTerm};
use crate::text::CleanText;

/// The facts of a report that stay in memory while its text is closed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportSummary {
    /// Its identity.
    pub id: ArticleId,
    /// The path that it was read from, fit to be shown.
    pub path: CleanText,
    /// The place from which it can be read again.
    pub place: Option<SourcePlace>,
    /// Its name in a list.
    pub label: CleanText,
    /// The source of the label.
    pub label_source: LabelSource,
    /// Its publisher.
    pub outlet: Option<CleanText>,
    /// Its author.
    pub author: Option<CleanText>,
    /// The time of publication.
    pub published: Option<Published>,
    /// Its subjects, as the source gives them.
    pub tags: Vec<CleanText>,
    /// The event that the source says it belongs to.
    pub event: Option<CleanText>,
    /// The share of it that its source holds.
    pub extent: TextExtent,
    /// Words of its story.
    pub words: usize,
    /// Bytes of its text.
    pub bytes: usize,
    /// Quotations in it, once they were looked for.
    #[serde(skip)]
    quotes: OnceLock<usize>,
}

impl ReportSummary {
    /// Returns the summary of `article`.
    pub fn new(article: &Article) -> Self {
        let value =
            |field: &Option<StatedFact<CleanText>>| field.as_ref().map(|field| field.value.clone());
        Self {
            id: article.id,
            path: article.path.clone(),
            place: article.place.clone(),
            label: article.label.clone(),
            label_source: article.label_source,
            outlet: value(&article.outlet),
            author: value(&article.author),
            published: article.published.as_ref().map(|field| field.value),
            tags: article.tags.clone(),
            event: article.event.clone(),
            extent: article.extent,
            words: article.words,
            bytes: article.text.len(),
            quotes: OnceLock::new(),
        }
    }

    /// Returns the fields in which words of a query without a field are sought: the label and the outlet, and aside the tags.
    pub fn row(&self) -> ([&str; 2], Vec<&str>) {
        let outlet = self.outlet.as_deref().unwrap_or_default();
        let tags = self.tags.iter().map(|tag| &**tag);
        ([&self.label, outlet], tags.collect())
    }

    /// Returns the day of publication.
    pub fn date(&self) -> Option<NaiveDate> {
        self.published.map(|published| published.date)
    }

    /// Returns the label, unless it is only the first sentence: that says nothing of the quotations further on.
    pub fn headline(&self) -> &str {
        match self.label_source {
            LabelSource::FirstSentence => "",
            _ => &self.label,
        }
    }

    /// Returns how many quotations the report has, if they were looked for.
    pub fn quotes(&self) -> Option<usize> {
        self.quotes.get().copied()
    }

    /// Notes the number of quotations among `annotations`.
    pub fn note(&self, annotations: &Annotations) {
        self.note_quotes(annotations.quotes.len());
    }

    /// Notes the number of quotations.
    pub fn note_quotes(&self, count: usize) {
        self.quotes.get_or_init(|| count);
    }

    /// Returns whether the field of `term` holds it; `None` for a field of the text. Ignores its negation.
    pub fn has(&self, term: &QueryTerm) -> Option<bool> {
        let has = |words: &Option<CleanText>| words.as_ref().is_some_and(|words| term.is_in(words));
        match term.field? {
            QueryField::Headline => Some(term.is_in(&self.label)),
            QueryField::Outlet => Some(has(&self.outlet)),
            QueryField::Date => {
                let date = self.date().map(|date| date.to_string());
                Some(date.is_some_and(|date| date.starts_with(&term.text)))
            }
            _ => None,
        }
    }
}
