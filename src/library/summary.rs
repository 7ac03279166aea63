//! What is known of a report without its text.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::annotate::Annotations;
use crate::article::{Article, ArticleId, LabelSource, Published, SourcePlace, StatedFact};
use crate::filter::{QueryField, QueryTerm};
use crate::text::CleanText;

/// What is known of a report without its text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportSummary {
    /// Its identity.
    pub id: ArticleId,
    /// Where it was read from, fit to be shown.
    pub path: CleanText,
    /// Where it can be read again.
    #[serde(skip)]
    pub place: Option<SourcePlace>,
    /// What to call it in a list.
    pub label: CleanText,
    /// What the label was taken from.
    pub label_source: LabelSource,
    /// Who published it.
    pub outlet: Option<CleanText>,
    /// Who wrote it.
    pub author: Option<CleanText>,
    /// When it was published.
    pub published: Option<Published>,
    /// Its subjects, as the source gives them.
    pub tags: Vec<CleanText>,
    /// The event that the source says it belongs to.
    pub event: Option<CleanText>,
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
            words: article.words,
            bytes: article.text.len(),
            quotes: OnceLock::new(),
        }
    }

    /// Returns what the free words of a query are looked for in: the label and the outlet, and aside the tags.
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

    /// Notes what was found in the report.
    pub fn note(&self, annotations: &Annotations) {
        self.quotes.get_or_init(|| annotations.quotes.len());
    }

    /// Returns whether the field that `term` names has it, not minding its negation; `None` for a field of the text.
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
