//! A report as the comparison reads it: its text, its sentences, and the marks on them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::annotate::Annotations;
use crate::annotate::quote::{Quote, Statement};
use crate::annotate::term::{Lexicon, TermHit};
use crate::article::Article;
use crate::text::{Span, sentences};

use super::weights;

/// A sentence that takes part in the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The place in the article's text.
    pub span: Span,
    /// Number of its story paragraph, from 0.
    pub paragraph: usize,
}

/// Words that a lexicon knows another name for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// The words.
    pub span: Span,
    /// The name that all forms share (`autos` for "automobiles").
    pub name: String,
}

/// One report to compare; captions, credits and headlines are in no passage and take no part.
#[derive(Clone, Debug, Default)]
pub struct Document<'a> {
    /// The article's text, which all spans are places in.
    pub text: &'a str,
    /// Its sentences, in order.
    pub passages: Vec<Passage>,
    /// Its quotations, in order.
    pub quotes: &'a [Quote],
    /// Its reported speech.
    pub statements: &'a [Statement],
    /// Its terms, by their canonical names.
    pub concepts: Vec<Concept>,
    /// The day of its publication, from which its times count.
    pub published: Option<NaiveDate>,
}

impl<'a> Document<'a> {
    /// Returns the document of an annotated article; `lexicon` is the one that its terms were found with.
    pub fn new(article: &'a Article, annotations: &'a Annotations, lexicon: &Lexicon) -> Self {
        Self {
            quotes: &annotations.quotes,
            statements: &annotations.statements,
            concepts: concepts(&annotations.terms, lexicon),
            published: article.published.as_ref().map(|field| field.value.date),
            ..Self::around_quotes(&article.text, article.story(), &annotations.quotes)
        }
    }

    /// Returns the document of the sentences of `paragraphs`, without annotations.
    pub fn of_paragraphs(text: &'a str, paragraphs: impl IntoIterator<Item = Span>) -> Self {
        Self::around_quotes(text, paragraphs, &[])
    }

    /// Returns the document of the sentences of `paragraphs`, none of which ends inside a short quotation.
    fn around_quotes(
        text: &'a str,
        paragraphs: impl IntoIterator<Item = Span>,
        quotes: &[Quote],
    ) -> Self {
        let paragraphs = paragraphs.into_iter().enumerate();
        let passages = paragraphs.flat_map(|(paragraph, at)| {
            let first = quotes.partition_point(|quote| quote.span.end <= at.start);
            let quotes = quotes.iter().skip(first).map(|quote| quote.span);
            let quotes = quotes.take_while(|quote| quote.start < at.end);
            let whole = quotes.filter(|quote| quote.len() <= weights::UNBROKEN_QUOTE);
            let within = sentences::sentences_around(text, at, whole).into_iter();
            let within = within.flat_map(move |span| cut(text, span));
            within.map(move |span| Passage { span, paragraph })
        });
        Self {
            text,
            passages: passages.collect(),
            ..Self::default()
        }
    }

    /// Returns the quotations that have words inside `span`.
    pub fn quotes_in(&self, span: Span) -> impl Iterator<Item = &'a Quote> {
        let first = (self.quotes).partition_point(|quote| quote.span.end <= span.start);
        let rest = self.quotes.get(first..).unwrap_or_default().iter();
        rest.take_while(move |quote| quote.span.start < span.end)
    }

    /// Returns the reported speech that has words inside `span`.
    pub fn statements_in(&self, span: Span) -> impl Iterator<Item = &'a Statement> {
        let first = (self.statements).partition_point(|told| told.span.end <= span.start);
        let rest = self.statements.get(first..).unwrap_or_default().iter();
        rest.take_while(move |told| told.span.start < span.end)
    }

    /// Returns the concepts that stand wholly inside `span`.
    pub fn concepts_in(&self, span: Span) -> impl Iterator<Item = &Concept> {
        let first = (self.concepts).partition_point(|concept| concept.span.start < span.start);
        let rest = self.concepts.get(first..).unwrap_or_default().iter();
        rest.take_while(move |concept| concept.span.end <= span.end)
    }

    /// Returns the words of `span`.
    pub fn words_of(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}

/// Cuts a sentence of more than [`weights::LONGEST_PASSAGE`] bytes at its blanks, so that no pair of passages is without bounds.
fn cut(text: &str, sentence: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut rest = sentence;
    while rest.len() > weights::LONGEST_PASSAGE {
        let words = rest.of(text);
        let most = words.floor_char_boundary(weights::LONGEST_PASSAGE);
        let blank = words[..most].rfind(char::is_whitespace);
        let end = rest.start + blank.filter(|&at| at > 0).unwrap_or(most);
        parts.push(Span::new(rest.start, end).trimmed(text));
        rest = Span::new(end, rest.end).trimmed(text);
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Returns the canonical names of `terms`.
pub fn concepts(terms: &[TermHit], lexicon: &Lexicon) -> Vec<Concept> {
    let named = terms.iter().map(|hit| Concept {
        span: hit.span,
        name: lexicon.canonical(hit).to_owned(),
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Annotator;
    use crate::ingest::article_from_text;

    #[test]
    fn a_short_quotation_of_two_sentences_stands_in_one_passage() {
        let text = "\"We cannot pay. Nobody can,\" Helen Pryce said. She left.\n";
        let article = article_from_text("report.txt", text);
        let annotator = Annotator::bundled();
        let marks = annotator.annotate(&article);
        let document = Document::new(&article, &marks, annotator.lexicon());
        let passages = document.passages.iter();
        let passages: Vec<&str> = passages.map(|it| it.span.of(&article.text)).collect();
        assert_eq!(
            passages,
            [
                "\"We cannot pay. Nobody can,\" Helen Pryce said.",
                "She left."
            ]
        );
    }

    #[test]
    fn a_sentence_without_end_is_cut_at_blanks() {
        let text = "tariffs on steel, ".repeat(1_000);
        let document = Document::of_paragraphs(&text, [Span::new(0, text.len())]);
        let passages: Vec<&str> = document.passages.iter().map(|p| p.span.of(&text)).collect();
        assert!(
            passages
                .iter()
                .all(|words| words.len() <= weights::LONGEST_PASSAGE)
        );
        assert!(passages.iter().all(|words| !words.ends_with("tarif")));
        assert_eq!(passages.join(" "), text.trim_end());
    }

    #[test]
    fn a_word_without_end_is_cut_between_letters() {
        let text = "é".repeat(3_000);
        let document = Document::of_paragraphs(&text, [Span::new(0, text.len())]);
        let passages = document.passages.iter().map(|p| p.span.of(&text));
        assert_eq!(passages.collect::<String>(), text);
    }
}
