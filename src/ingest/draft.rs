//! Collects what a format states of a report, facts and paragraphs with their roles, and makes an [`Article`] of it.
//!
//! The text of such a report is that of its paragraphs with a blank line between two; places point into it.

use crate::article::{Article, ArticleId, BlockRole, Provenance, TextExtent};
use crate::text::{CleanText, Span, sanitize};

use super::compose;
use super::facts::{FactWords, ReportFacts};
use super::keys::FactKind;

/// A report that is being read.
#[derive(Debug, Default)]
pub(super) struct ReportDraft {
    pub(super) facts: ReportFacts,
    pub(super) extent: TextExtent,
    paragraphs: Vec<DraftParagraph>,
}

/// A paragraph, and its role where the format states it.
#[derive(Debug)]
struct DraftParagraph {
    words: CleanText,
    role: Option<BlockRole>,
}

impl ReportDraft {
    /// Begins a report of which `facts` are known.
    pub(super) fn with_facts(facts: ReportFacts, extent: TextExtent) -> Self {
        Self {
            facts,
            extent,
            paragraphs: Vec::new(),
        }
    }

    /// Adds a paragraph; without a role its words decide, as in plain text. Lines are joined, and blank ones are left out.
    pub(super) fn push(&mut self, role: Option<BlockRole>, words: &str) {
        let words = CleanText::one_line(words);
        if !words.is_empty() {
            self.paragraphs.push(DraftParagraph { words, role });
        }
    }

    /// Adds a paragraph of the story, unless its words are those of a photo line or of a leftover of the page.
    pub(super) fn push_body(&mut self, words: &str) {
        self.push(Some(BlockRole::Body), words);
    }

    /// Adds a fact, unless it is known already.
    pub(super) fn state(&mut self, fact: FactKind, words: &str, provenance: Provenance) {
        let said = FactWords {
            words,
            provenance,
            span: None,
        };
        self.facts.add_fact(fact, said);
    }

    /// Returns whether there is no story.
    pub(super) fn is_empty(&self) -> bool {
        let is_story =
            |paragraph: &DraftParagraph| paragraph.role.is_none_or(|role| role == BlockRole::Body);
        !self.paragraphs.iter().any(is_story)
    }

    /// Returns the report that was read from `source`, whose bytes are its identity.
    pub(super) fn article(self, name: &CleanText, source: &[u8]) -> Article {
        let mut text = String::new();
        let mut spans = Vec::with_capacity(self.paragraphs.len());
        for paragraph in &self.paragraphs {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            spans.push(Span::new(text.len(), text.len() + paragraph.words.len()));
            text.push_str(&paragraph.words);
        }
        // Clean paragraphs are clean together, so that no place moves.
        let cleaned = sanitize::sanitize(text);
        let roles: Vec<_> = self
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.role)
            .collect();
        let article = compose::stated_article(name.clone(), cleaned, self.facts, (&spans, &roles));
        Article {
            id: ArticleId::for_bytes(source),
            extent: self.extent,
            ..article
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_roles_stand_and_the_others_are_found() {
        let mut draft = ReportDraft::default();
        draft.state(FactKind::Headline, "Ferries stay", Provenance::Layout);
        draft.push(
            Some(BlockRole::Caption),
            "A ferry at the terminal on Aug. 7, 2025.",
        );
        draft.push_body("PORT ANSON — The fares stay.\nAll of them.");
        draft.push(Some(BlockRole::Heading), "What it costs");
        draft.push_body("Photo: The Canadian Press");
        draft.push_body(" ");
        draft.push_body("About $38 million.");
        let article = draft.article(&CleanText::one_line("a.html"), b"<html>");
        let roles: Vec<_> = article
            .blocks
            .iter()
            .map(|block| (block.role, block.span.of(&article.text)))
            .collect();
        assert_eq!(
            roles,
            [
                (
                    BlockRole::Caption,
                    "A ferry at the terminal on Aug. 7, 2025."
                ),
                (BlockRole::Dateline, "PORT ANSON —"),
                (BlockRole::Body, "The fares stay. All of them."),
                (BlockRole::Heading, "What it costs"),
                (BlockRole::Matter, "Photo:"),
                (BlockRole::Credit, "The Canadian Press"),
                (BlockRole::Body, "About $38 million."),
            ]
        );
        assert!(article.published.is_none());
        assert_eq!(article.photos.len(), 2);
    }

    #[test]
    fn the_identity_is_that_of_the_source_and_not_of_what_was_read() {
        let read = |words: &str, source: &[u8]| {
            let mut draft = ReportDraft::default();
            draft.push_body(words);
            draft.article(&CleanText::one_line("a"), source).id
        };
        assert_eq!(read("The fares stay", b"1"), read("The fares stay.", b"1"));
        assert_ne!(read("The fares stay.", b"1"), read("The fares stay.", b"2"));
    }
}
