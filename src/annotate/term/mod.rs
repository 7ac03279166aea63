//! Terms of a lexicon: what they are, how they are written, and where they are allowed to match.
//!
//! A lexicon is a TOML file; the header of `assets/lexicons/tariff.toml` states the rules. `schema` reads a file, `resolve` looks its names up,
//! `tokens` and `forms` say what is the same word, `find` goes over a text, [`check_lexicon`] judges a lexicon by texts. Nothing here knows trade or
//! tariffs: a lexicon for another beat is another file.

mod address;
mod check;
mod find;
mod forms;
mod lexicon;
mod paragraph;
mod resolve;
mod schema;
mod table;
#[cfg(test)]
mod tests;
mod tokens;

use serde::{Deserialize, Serialize};

use crate::text::Span;

pub use check::{CheckedText, ConcordanceLine, LexiconCheck, TermCount, check_lexicon};
pub use lexicon::{Lexicon, LexiconError, Source};
pub use table::Problem;

/// Number of a category in its [`Lexicon`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CategoryIx(pub usize);

/// Number of a term in its [`Lexicon`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TermIx(pub usize);

/// How sure it is that a term is meant.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum TermTier {
    /// Counted, and shown by default.
    #[default]
    Strong,
    /// A word with many other uses: shown on request only, never counted.
    Weak,
}

/// A colour that a category asks for; a theme decides what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermColor {
    /// Red.
    Red,
    /// Blue.
    Blue,
    /// Yellow.
    Yellow,
    /// Magenta.
    Magenta,
    /// Cyan.
    Cyan,
    /// Green.
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

    fn named() -> [(&'static str, TermColor); 6] {
        TermColor::ALL.map(|color| (color.name(), color))
    }
}

/// A kind of terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermCategory {
    /// Its id, `measure`.
    pub id: String,
    /// What it is called on the screen, `Measures`.
    pub label: String,
    /// The colour that it asks for.
    pub color: TermColor,
    /// Id of the lexicon that defines it.
    pub lexicon: String,
}

/// An entry of a lexicon: forms that mean the same, or belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconTerm {
    /// Its id, `cusma`.
    pub id: String,
    /// Its kind.
    pub category: CategoryIx,
    /// A finer kind, `retaliation`.
    pub sub: Option<String>,
    /// What all its forms stand for, `CUSMA`, where they are names of one thing.
    pub canon: Option<String>,
    /// The forms as listed, without inflections.
    pub forms: Vec<String>,
    /// How sure a match is.
    pub tier: TermTier,
}

/// A term found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TermHit {
    /// Where, without a possessive `'s`.
    pub span: Span,
    /// Its kind.
    pub category: CategoryIx,
    /// Which entry.
    pub term: TermIx,
    /// Which of the entry's forms.
    pub form: usize,
    /// How sure it is.
    pub tier: TermTier,
}

impl TermHit {
    /// Whether it is counted and shown by default.
    pub fn is_strong(&self) -> bool {
        self.tier == TermTier::Strong
    }
}
