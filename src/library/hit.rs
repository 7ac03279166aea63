//! Finds the places in a report's text that answer a query, and the sentence to show of it in the list.

use std::cmp::Reverse;

use crate::article::Article;
use crate::filter::{Query, QueryField, QueryTerm};
use crate::text::{Span, sentences};

/// Bytes of a sentence that an excerpt keeps before the first word that was asked for, and from there on: a text without full
/// stops is one sentence. Chosen by eye, more than a row of the list shows.
const BEFORE: usize = 400;
const AFTER: usize = 800;

/// The sentence of a report that answers a query best, without the rest of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The sentence.
    pub sentence: String,
    /// The words in it that were asked for, as spans of it, in order and not overlapping.
    pub words: Vec<Span>,
}

/// Whether `query` asks texts for words.
pub fn asks_texts(query: &Query) -> bool {
    asked_terms(query).next().is_some()
}

/// Returns the words that `query` asks texts for, as they are shown to the reader.
pub fn asked_words(query: &Query) -> String {
    let words = asked_terms(query).map(|term| match term.text.contains(' ') {
        true => format!("\"{}\"", term.text),
        false => term.text.clone(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The places in a text of the words that a query asks texts for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordPlaces {
    /// The places of each word, in order.
    by_word: Vec<Vec<Span>>,
}

impl WordPlaces {
    /// Looks for the words in `text`.
    pub fn find(text: &str, query: &Query) -> Self {
        Self {
            by_word: asked_terms(query)
                .map(|term| term.places_in(text))
                .collect(),
        }
    }

    /// Returns all places, in order, not overlapping.
    pub fn all(&self) -> Vec<Span> {
        without_overlaps(self.by_word.concat())
    }

    /// Returns the best sentence of `article`, whose text was searched.
    pub fn excerpt(&self, article: &Article) -> Option<Excerpt> {
        let text: &str = &article.text;
        let sentence = self.best_sentence(article)?;
        let first = self.in_span(sentence).first()?.start;
        let start = text.floor_char_boundary(first.saturating_sub(BEFORE));
        let end = text.floor_char_boundary(first + AFTER);
        let kept = Span::new(sentence.start.max(start), sentence.end.min(end));
        let words = self.in_span(kept).into_iter();
        Some(Excerpt {
            sentence: kept.of(text).to_owned(),
            words: words
                .map(|word| Span::new(word.start - kept.start, word.end - kept.start))
                .collect(),
        })
    }

    /// Returns the first place in the best sentence of `article`, whose text was searched.
    pub fn best_place(&self, article: &Article) -> Option<Span> {
        let sentence = self.best_sentence(article)?;
        self.in_span(sentence).first().copied()
    }

    /// Returns the sentence that holds most of the words, the first of the story's before one of the headline.
    fn best_sentence(&self, article: &Article) -> Option<Span> {
        let text: &str = &article.text;
        let found = self.by_word.iter().filter(|places| !places.is_empty());
        let most = found.count();
        let mut best: Option<((usize, bool), Span)> = None;
        for block in &article.blocks {
            // Only blocks with a word are cut into sentences: that costs more than the search.
            if self.words_in(block.span) == 0 {
                continue;
            }
            for sentence in sentences::sentences(block.span.of(text)) {
                let sentence = sentence.shifted(block.span.start);
                let worth = (self.words_in(sentence), block.role.is_story());
                if worth.0 > 0 && best.is_none_or(|(known, _)| known < worth) {
                    best = Some((worth, sentence));
                }
            }
            if best.is_some_and(|(worth, _)| worth == (most, true)) {
                break;
            }
        }
        best.map(|(_, sentence)| sentence)
    }

    /// Returns the number of the words that stand in `span`.
    fn words_in(&self, span: Span) -> usize {
        let stands = |places: &&Vec<Span>| inside(places, span).next().is_some();
        self.by_word.iter().filter(stands).count()
    }

    /// Returns the places in `span`, in order, not overlapping.
    fn in_span(&self, span: Span) -> Vec<Span> {
        let places = self.by_word.iter().flat_map(|places| inside(places, span));
        without_overlaps(places.collect())
    }
}

/// Returns the `places`, which are in order, that lie wholly in `span`.
fn inside(places: &[Span], span: Span) -> impl Iterator<Item = Span> {
    let first = places.partition_point(|place| place.start < span.start);
    let after = places.get(first..).unwrap_or_default().iter().copied();
    after.take_while(move |place| place.end <= span.end)
}

fn asked_terms(query: &Query) -> impl Iterator<Item = &QueryTerm> {
    let terms = query.terms();
    terms.filter(|term| term.field == Some(QueryField::Body) && !term.negated)
}

/// Puts places in order and drops each that overlaps one before it.
fn without_overlaps(mut places: Vec<Span>) -> Vec<Span> {
    // The longest first where several start together, so that "white smoke" is kept and not "white".
    places.sort_by_key(|place| (place.start, Reverse(place.end)));
    let mut end = 0;
    places.retain(|place| {
        let is_apart = place.start >= end;
        end = end.max(place.end);
        is_apart
    });
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;

    const SMOKE: &str = "White smoke over Rome\n\nThe White House was told. Mr. Parolin saw smoke, black \
        first. Then white smoke rose at 6 p.m. over Rome. It was white.\n";

    fn shown(typed: &str) -> Option<(String, Vec<String>)> {
        let article = ingest::article_from_text("smoke.txt", SMOKE);
        let places = WordPlaces::find(&article.text, &Query::parse(typed));
        let excerpt = places.excerpt(&article)?;
        let words = excerpt.words.iter();
        let words = words.map(|word| word.of(&excerpt.sentence).to_owned());
        Some((excerpt.sentence.clone(), words.collect()))
    }

    #[test]
    fn the_sentence_with_most_of_the_words_is_shown_and_the_story_comes_before_the_headline() {
        let sentence = "Then white smoke rose at 6 p.m. over Rome.";
        let both = ["white", "smoke"].map(str::to_owned).to_vec();
        assert_eq!(shown("body: white smoke"), Some((sentence.into(), both)));
        let (first, words) = shown("body:white").unwrap();
        assert_eq!(first, "The White House was told.");
        assert_eq!(words, ["White"]);
        let (phrase, words) = shown("body:\"white smoke\" outlet:ap").unwrap();
        assert_eq!((phrase.as_str(), words.len()), (sentence, 1));
    }

    #[test]
    fn what_is_not_asked_of_texts_has_no_sentence() {
        assert_eq!(shown("smoke !body:white"), None);
        assert_eq!(shown("body:grey"), None);
        assert!(!asks_texts(&Query::parse("smoke !body:white")));
        assert!(asks_texts(&Query::parse("body: smoke")));
    }

    #[test]
    fn an_excerpt_is_short_however_long_the_sentence_is() {
        let text = format!(
            "{}white smoke{}",
            "é so ".repeat(9000),
            " é on".repeat(9000)
        );
        let article = ingest::article_from_text("smoke.txt", &text);
        let query = Query::parse("body: \"white smoke\" on");
        let places = WordPlaces::find(&article.text, &query);
        let excerpt = places.excerpt(&article).unwrap();
        assert!(excerpt.sentence.len() <= BEFORE + AFTER);
        let words: Vec<&str> = excerpt
            .words
            .iter()
            .map(|word| word.of(&excerpt.sentence))
            .collect();
        assert_eq!(words[..2], ["white smoke", "on"]);
    }

    #[test]
    fn every_place_counts_once() {
        let query = Query::parse("body: white \"white smoke\" smoke");
        let places = WordPlaces::find(SMOKE, &query).all();
        let words: Vec<&str> = places.iter().map(|place| place.of(SMOKE)).collect();
        assert_eq!(
            words,
            ["White smoke", "White", "smoke", "white smoke", "white"]
        );
    }
}
