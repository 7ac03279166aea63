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

pub use check::{ConcordanceLine, LexiconCheck, TermCount, check_lexicon};
pub use lexicon::Lexicon;

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

/// A colour that a category asks for; a theme decides what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TermColor {
    Red,
    Blue,
    Yellow,
    Magenta,
    Cyan,
    Green,
}

impl TermColor {
    /// All of them; a category that names none takes the next one.
    pub const ALL: [TermColor; 6] = [
        TermColor::Red,
        TermColor::Blue,
        TermColor::Yellow,
        TermColor::Magenta,
        TermColor::Cyan,
        TermColor::Green,
    ];

    /// Returns the name that a lexicon writes.
    pub fn name(self) -> &'static str {
        match self {
            TermColor::Red => "red",
            TermColor::Blue => "blue",
            TermColor::Yellow => "yellow",
            TermColor::Magenta => "magenta",
            TermColor::Cyan => "cyan",
            TermColor::Green => "green",
        }
    }
}

/// A category of terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermCategory {
    /// Its id, `measure`.
    pub id: String,
    /// Its name on the screen, `Measures`.
    pub label: String,
    /// The colour that it asks for.
    pub color: TermColor,
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
