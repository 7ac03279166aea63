//! The loaded reports, each with its annotations made when first asked for.
//!
//! Reports are only ever added, so the number of a report stays good for the life of the library.

use std::sync::{Arc, OnceLock};

use crate::annotate::{Annotations, Annotator};
use crate::article::Article;
use crate::ingest::Failure;

/// One loaded report; cheap to clone and to send to a worker.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was read.
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
}

/// All that was loaded, and what could not be.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The reports in the order they were read.
    pub reports: Vec<Report>,
    /// What failed, with the reason.
    pub failures: Vec<Failure>,
}
