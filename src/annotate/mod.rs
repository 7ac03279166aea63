//! Marks that stand off the text: quotations with their speakers, statements, terms.
//!
//! An [`Annotator`] is made once and used for every report; it reads the story only (dek and body), never captions or credits.

use std::sync::{Arc, LazyLock, OnceLock};

use crate::article::Article;
use crate::text::Span;

pub mod quote;
pub mod term;
pub mod time;

use quote::{Quote, Statement};
use term::{Lexicon, TermHit};

/// Version of the rules that find marks: raised with each change of what they find, so that marks saved before are found anew.
const RULES: u64 = 2;

/// The marks of one report, each list in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotations {
    /// Quotations.
    pub quotes: Vec<Quote>,
    /// Reported speech without marks.
    pub statements: Vec<Statement>,
    /// Terms of the lexicon, strong and weak; they do not overlap.
    pub terms: Vec<TermHit>,
}

static BUNDLED: LazyLock<Arc<Lexicon>> = LazyLock::new(|| Arc::new(Lexicon::bundled()));

/// Finds the marks of a report.
#[derive(Clone, Debug, Default)]
pub struct Annotator {
    lexicon: OnceLock<Arc<Lexicon>>,
}

impl Annotator {
    /// Makes an annotator that looks for the terms of `lexicon`.
    pub fn new(lexicon: Lexicon) -> Self {
        Self {
            lexicon: OnceLock::from(Arc::new(lexicon)),
        }
    }

    /// Makes an annotator that looks for the terms of the bundled lexicon, which is parsed when it is first used.
    pub fn bundled() -> Self {
        Self::default()
    }

    /// Reads the word lists and the lexicon that annotating needs. The first report waits for them otherwise, so a program can have
    /// this done on other threads while it starts.
    pub fn prepare(&self) {
        rayon::join(quote::read_lists, || self.lexicon());
    }

    /// Returns the lexicon, which has the category and canonical name of a [`TermHit`].
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        self.lexicon.get_or_init(|| Arc::clone(&BUNDLED))
    }

    /// Returns a number that changes with the rules and the lexicon, and so with what is found.
    pub fn fingerprint(&self) -> u64 {
        self.lexicon().fingerprint() ^ RULES.rotate_left(32)
    }

    /// Returns the marks of `article`, as places in its text.
    pub fn annotate(&self, article: &Article) -> Annotations {
        let paragraphs: Vec<Span> = article.story().collect();
        let quote::QuoteFindings {
            quotes, statements, ..
        } = quote::find_quotes(&article.text, &paragraphs);
        Annotations {
            quotes,
            statements,
            terms: self.lexicon().find(&article.text, &paragraphs),
        }
    }
}
