//! What tells a report from others at a glance.

use crate::article::{Article, Published};
use crate::text::Clean;

/// What a report is called, who published it and when, and its subjects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// What to call it in a list.
    pub label: Clean,
    /// Who published it.
    pub outlet: Option<Clean>,
    /// When.
    pub published: Option<Published>,
    /// Subjects, as the source gives them.
    pub tags: Vec<Clean>,
}

impl From<&Article> for Glance {
    fn from(article: &Article) -> Self {
        Self {
            label: article.label.clone(),
            outlet: article.outlet.as_ref().map(|field| field.value.clone()),
            published: article.published.as_ref().map(|field| field.value),
            tags: article.tags.clone(),
        }
    }
}
