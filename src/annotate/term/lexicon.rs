//! [`Lexicon`]: one or several lexicon files ready to be looked for.
//!
//! Several lexicons stand side by side: categories and terms keep their lexicon, and where two lexicons claim the same words the earlier one has
//! them. A lexicon that extends another stands for it too, so giving both is the same as giving the extension.

use super::assembly::{Lexicon, LexiconPool};
use super::{LexiconTerm, TermCategory, TermHit};
use crate::config::settings_file::SettingsReader;
use crate::config::{SettingsError, SettingsErrors, SettingsFile, default_files};
use crate::text::Span;

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

    /// Reads the lexicons `wanted`, in order of precedence; each may extend the bundled one, another of them or one of `others`.
    ///
    /// # Errors
    /// Returns all mistakes in the lexicons wanted and in those that they extend, by file and line.
    pub fn parse_all(
        wanted: &[SettingsFile],
        others: &[SettingsFile],
    ) -> Result<Self, SettingsErrors> {
        let bundled = [Self::bundled_file()];
        let others = others.iter().chain(&bundled);
        let others = others.filter(|file| !wanted.contains(file));
        let files = wanted.iter().chain(others);
        let readers: Vec<SettingsReader<'_>> = files.map(SettingsReader::parse).collect();
        let pool = LexiconPool::read(&readers, wanted.len());
        pool.note_duplicate_ids();
        let lineages = (0..wanted.len()).filter_map(|file| pool.lineage(file));
        let lineages: Vec<Vec<usize>> = lineages.collect();
        let extended = lineages.iter().flat_map(|files| &files[1..]);
        let extended: Vec<usize> = extended.copied().collect();
        let kept = lineages.iter();
        let kept = kept.filter(|files| !extended.contains(&files[0]));
        let lexicon = pool.lexicon(&kept.collect::<Vec<_>>());
        let takes_part = |file: &usize| *file < wanted.len() || extended.contains(file);
        let taking_part = (0..readers.len()).filter(takes_part);
        let errors = taking_part.flat_map(|file| readers[file].errors());
        SettingsErrors::unless_any(errors.collect(), lexicon)
    }

    /// Returns the mistakes in the lexicons `files`, each read for itself.
    pub fn errors(files: &[SettingsFile]) -> Vec<SettingsError> {
        let bundled = [Self::bundled_file()];
        let all = files.iter().chain(&bundled);
        let readers: Vec<SettingsReader<'_>> = all.map(SettingsReader::parse).collect();
        let pool = LexiconPool::read(&readers, files.len());
        for lineage in (0..files.len()).filter_map(|file| pool.lineage(file)) {
            pool.lexicon(&[&lineage]);
        }
        readers.iter().flat_map(SettingsReader::errors).collect()
    }

    /// Returns the terms in `paragraphs` of `text`, strong and weak, in order and without overlaps.
    ///
    /// The paragraphs are in order too; text outside them is not looked at. Takes time linear in the text.
    pub fn find(&self, text: &str, paragraphs: &[Span]) -> Vec<TermHit> {
        self.finder.find(text, paragraphs)
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
