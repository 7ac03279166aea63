//! Terms of a lexicon: how they are written, and where they are allowed to match.
//!
//! A lexicon is a TOML file; the header of `assets/lexicons/tariff.toml` states the rules. `lexicon_file` reads a file, `assembly` looks its
//! names up, `tokens` and `inflection` tell which words are the same, `finder` goes over a text, [`check_lexicon`] judges a lexicon by texts.
//! Nothing here knows trade or tariffs: a lexicon for another beat is another file.

mod address;
mod assembly;
mod check;
mod finder;
mod inflection;
mod lexicon;
mod lexicon_file;
mod paragraph;
#[cfg(test)]
mod tests;
mod tokens;

use serde::Serialize;

use crate::text::Span;

pub use assembly::Lexicon;
pub use check::{ConcordanceLine, LexiconCheck, TermCount, check_lexicon};

/// Number of a category in its [`Lexicon`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryIx(pub usize);

/// Number of a term in its [`Lexicon`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermIx(pub usize);

/// Sureness that a word is meant as a term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermTier {
    /// Counted, and shown by default.
    #[default]
    Strong,
    /// A word with many other uses: shown on request only, never counted.
    Weak,
}

/// The names of the colours that a category may ask for; one that asks for none takes the next one. A theme decides what they
/// look like.
pub const TERM_COLORS: [&str; 6] = ["red", "blue", "yellow", "magenta", "cyan", "green"];

/// A category of terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermCategory {
    /// Its id, `measure`.
    pub id: String,
    /// Its name on the screen, `Measures`.
    pub label: String,
    /// The one of [`TERM_COLORS`] that it asks for.
    pub color: &'static str,
    /// Id of the lexicon that defines it.
    pub lexicon: String,
}

/// An entry of a lexicon: forms that mean the same, or belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconTerm {
    /// Its id, `cusma`.
    pub id: String,
    /// Its category.
    pub category: CategoryIx,
    /// The name that all its forms stand for, `CUSMA`, where they are names of one thing.
    pub canon: Option<String>,
    /// Forms as listed, without inflections.
    pub forms: Vec<String>,
    /// Sureness of its hits.
    pub tier: TermTier,
}

/// A term found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TermHit {
    /// Its place, without a possessive `'s`.
    pub span: Span,
    /// Its category.
    pub category: CategoryIx,
    /// Its entry.
    pub term: TermIx,
    /// Number of the entry's form that was found.
    pub form: usize,
    /// Its sureness.
    pub tier: TermTier,
}

impl TermHit {
    /// Whether it is counted and shown by default.
    pub fn is_strong(&self) -> bool {
        self.tier == TermTier::Strong
    }
}
