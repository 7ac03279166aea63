//! [`Lexicon`]: one or several lexicon files ready to be looked for.
//!
//! Several lexicons stand side by side: categories and terms keep their lexicon, and where two lexicons claim the same words the earlier one has
//! them. A lexicon that extends another stands for it too, so giving both is the same as giving the extension.

use super::finder::TermFinder;
use super::{LexiconTerm, TermCategory, TermHit};
use crate::config::{SettingsFile, default_files};
use crate::text::Span;

/// Categories, terms and where each may match; made once, used for every text.
#[derive(Clone, Debug)]
pub struct Lexicon {
    pub(super) categories: Vec<TermCategory>,
    pub(super) terms: Vec<LexiconTerm>,
    pub(super) finder: TermFinder,
    /// Hash of the files that it was read from.
    pub(super) fingerprint: u64,
}

impl Lexicon {
    /// Returns the lexicon of trade and tariffs that comes with the program.
    pub fn bundled() -> Self {
        Self::parse_all(&[Self::bundled_file()], &[]).expect("a test reads the bundled lexicon")
    }

    /// Returns the file of the bundled lexicon.
    pub fn bundled_file() -> SettingsFile {
        let files = default_files("lexicons/").next();
        files.expect("the bundled lexicon is among the default files")
    }

    /// Returns a number that differs from that of any other lexicon, as far as what they find may differ.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Returns the terms in `paragraphs` of `text`, strong and weak, in order and without overlaps.
    ///
    /// The paragraphs are in order too; text outside them is not looked at. Takes time linear in the text.
    pub fn find(&self, text: &str, paragraphs: &[Span]) -> Vec<TermHit> {
        self.finder.find(text, paragraphs)
    }

    /// Returns the categories, in the order of the files; their places are their [`CategoryIx`](super::CategoryIx).
    pub fn categories(&self) -> &[TermCategory] {
        &self.categories
    }

    /// Returns the terms; their places are their [`TermIx`](super::TermIx).
    pub fn terms(&self) -> &[LexiconTerm] {
        &self.terms
    }

    /// Returns the kind of a hit of this lexicon.
    pub fn category(&self, hit: &TermHit) -> &TermCategory {
        &self.categories[hit.category.0]
    }

    /// Returns the entry of a hit of this lexicon.
    pub fn term(&self, hit: &TermHit) -> &LexiconTerm {
        &self.terms[hit.term.0]
    }

    /// Returns the name of the thing a hit of this lexicon means: `CUSMA` for `USMCA`; where a term's forms are no names of one
    /// thing, the form as listed.
    pub fn canonical(&self, hit: &TermHit) -> &str {
        let term = self.term(hit);
        let form = term.forms.get(hit.form).map_or("", String::as_str);
        term.canon.as_deref().unwrap_or(form)
    }
}

#[cfg(test)]
mod tests;
