//! Sentences selected in the reader, to be copied or noted.

use crate::article::Article;
use crate::text::{Span, sentences};

/// A run of sentences, from the one at which the selection began to the one that the keys move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceSelection {
    anchor: Span,
    head: Span,
}

impl SentenceSelection {
    /// Selects the sentence in which the text at `offset` stands, or the next one; `None` where there is none.
    pub fn new(article: &Article, offset: usize) -> Option<Self> {
        let sentence = sentence_at(article, offset)?;
        Some(Self {
            anchor: sentence,
            head: sentence,
        })
    }

    /// Returns all words that are selected.
    pub fn span(self) -> Span {
        Span::new(
            self.anchor.start.min(self.head.start),
            self.anchor.end.max(self.head.end),
        )
    }

    /// Returns the sentence that the keys move.
    pub fn head(self) -> Span {
        self.head
    }

    /// Moves the end that the keys move by so many sentences, as far as the text goes.
    pub fn move_head(&mut self, article: &Article, by: isize) {
        for _ in 0..by.unsigned_abs() {
            let next = match by > 0 {
                true => sentence_at(article, self.head.end),
                false => sentence_before(article, self.head.start),
            };
            match next {
                Some(next) => self.head = next,
                None => return,
            }
        }
    }

    /// Returns how many sentences are selected.
    pub fn count(self, article: &Article) -> usize {
        let span = self.span();
        let first = first_block(article, span.start);
        let blocks = article.blocks.iter().skip(first);
        let blocks = blocks.take_while(|block| block.span.start < span.end);
        let sentences = blocks
            .filter(|block| block.role.is_story())
            .flat_map(|block| sentences_of(article, block.span));
        sentences
            .filter(|sentence| span.contains(*sentence))
            .count()
    }
}

/// Returns the first block that ends after `offset`.
fn first_block(article: &Article, offset: usize) -> usize {
    article
        .blocks
        .partition_point(|block| block.span.end <= offset)
}

fn sentences_of(article: &Article, block: Span) -> Vec<Span> {
    let sentences = sentences::sentences(block.of(&article.text)).into_iter();
    sentences
        .map(|sentence| sentence.shifted(block.start))
        .collect()
}

/// Returns the first sentence that ends after `offset`.
fn sentence_at(article: &Article, offset: usize) -> Option<Span> {
    let blocks = article.blocks.iter().skip(first_block(article, offset));
    let mut story = blocks.filter(|block| block.role.is_story());
    story.find_map(|block| {
        let mut sentences = sentences_of(article, block.span).into_iter();
        sentences.find(|sentence| sentence.end > offset)
    })
}

/// Returns the last sentence that begins before `offset`.
fn sentence_before(article: &Article, offset: usize) -> Option<Span> {
    let blocks = article.blocks.iter().rev();
    let before = blocks.filter(|block| block.role.is_story() && block.span.start < offset);
    before.into_iter().find_map(|block| {
        let sentences = sentences_of(article, block.span).into_iter();
        sentences.rev().find(|sentence| sentence.start < offset)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::article_from_text;

    const TEXT: &str = "Talks in Oslo\n\nThe port is closed. Nobody said when it opens.\n\n\
        A ferry waits outside. It has food for a week.\n";

    fn words(selection: SentenceSelection, article: &Article) -> &str {
        selection.span().of(&article.text)
    }

    #[test]
    fn a_selection_grows_by_sentences_over_paragraphs_and_shrinks_again() {
        let article = article_from_text("report.txt", TEXT);
        let from = article.text.find("said when").unwrap();
        let mut selection = SentenceSelection::new(&article, from).unwrap();
        assert_eq!(words(selection, &article), "Nobody said when it opens.");
        selection.move_head(&article, 1);
        assert!(words(selection, &article).ends_with("A ferry waits outside."));
        assert_eq!(selection.count(&article), 2);
        selection.move_head(&article, -2);
        assert_eq!(
            words(selection, &article),
            "The port is closed. Nobody said when it opens."
        );
    }

    #[test]
    fn a_selection_ends_where_the_text_does() {
        let article = article_from_text("report.txt", TEXT);
        let mut selection = SentenceSelection::new(&article, 0).unwrap();
        selection.move_head(&article, 99);
        assert!(words(selection, &article).ends_with("a week."));
        assert_eq!(selection.count(&article), 4);
        selection.move_head(&article, -99);
        assert_eq!(selection.count(&article), 1);
        assert_eq!(SentenceSelection::new(&article, article.text.len()), None);
    }
}
