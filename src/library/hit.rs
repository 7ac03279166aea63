//! Where a report's text answers a query: every place, and the sentence to show of it.

use crate::article::Article;
use crate::filter::{Field, Query, Term};
use crate::text::{Span, segment};

/// Of a longer sentence an excerpt keeps these many bytes before its first word and after: a text need not have full stops.
const BEFORE: usize = 400;
const AFTER: usize = 800;

/// The sentence in which a report answers best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The sentence.
    pub sentence: Span,
    /// The words in it that were asked for, in order, not overlapping.
    pub words: Vec<Span>,
}

/// A sentence without its report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The sentence.
    pub sentence: String,
    /// The words in it that were asked for, as spans of it.
    pub words: Vec<Span>,
}

impl Hit {
    /// Returns the sentence by itself.
    pub fn excerpt(&self, text: &str) -> Excerpt {
        let first = self
            .words
            .first()
            .map_or(self.sentence.start, |word| word.start);
        let start = text.floor_char_boundary(first.saturating_sub(BEFORE));
        let end = text.floor_char_boundary(first + AFTER);
        let kept = Span::new(self.sentence.start.max(start), self.sentence.end.min(end));
        let words = inside(&self.words, kept);
        let words = words.map(|word| Span::new(word.start - kept.start, word.end - kept.start));
        Excerpt {
            words: words.collect(),
            sentence: kept.of(text).to_owned(),
        }
    }
}

/// Whether `query` asks texts for words.
pub fn asks_texts(query: &Query) -> bool {
    asked(query).next().is_some()
}

/// Returns the words that `query` asks texts for, as they may be shown.
pub fn words(query: &Query) -> String {
    let words = asked(query).map(|term| match term.text.contains(' ') {
        true => format!("\"{}\"", term.text),
        false => term.text.clone(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns every place in the text that `query` asks texts for, in order, not overlapping.
pub fn places(text: &str, query: &Query) -> Vec<Span> {
    apart(asked(query).flat_map(|term| term.places_in(text)).collect())
}

/// Returns the sentence that holds most of the words that `query` asks texts for: one of the story if there is one, the
/// first of those.
pub fn hit(article: &Article, query: &Query) -> Option<Hit> {
    let text: &str = &article.text;
    let terms: Vec<Vec<Span>> = asked(query).map(|term| term.places_in(text)).collect();
    let most = terms.iter().filter(|places| !places.is_empty()).count();
    let mut best: Option<((usize, bool), Span)> = None;
    for block in &article.blocks {
        let holds = |span: Span| {
            terms
                .iter()
                .filter(move |places| inside(places, span).next().is_some())
        };
        if holds(block.span).next().is_none() {
            continue;
        }
        for sentence in segment::sentences(block.span.of(text)) {
            let sentence = sentence.shifted(block.span.start);
            let worth = (holds(sentence).count(), block.role.is_story());
            if worth.0 > 0 && best.is_none_or(|(known, _)| known < worth) {
                best = Some((worth, sentence));
            }
        }
        if best.is_some_and(|(worth, _)| worth == (most, true)) {
            break;
        }
    }
    let (_, sentence) = best?;
    let words = terms.iter().flat_map(|places| inside(places, sentence));
    Some(Hit {
        sentence,
        words: apart(words.collect()),
    })
}

/// Returns those of `places`, which are in order, that lie wholly in `span`.
fn inside(places: &[Span], span: Span) -> impl Iterator<Item = Span> {
    let first = places.partition_point(|place| place.start < span.start);
    let after = places.get(first..).unwrap_or_default().iter().copied();
    after.take_while(move |place| place.end <= span.end)
}

fn asked(query: &Query) -> impl Iterator<Item = &Term> {
    let terms = query.terms();
    terms.filter(|term| term.field == Some(Field::Body) && !term.negated)
}

/// Puts places in order and drops those that overlap one before them.
fn apart(mut places: Vec<Span>) -> Vec<Span> {
    places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
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
        let hit = hit(&article, &Query::parse(typed))?;
        let words = |span: &Span| span.of(&article.text).to_owned();
        Some((words(&hit.sentence), hit.words.iter().map(words).collect()))
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
        let excerpt = hit(&article, &query).unwrap().excerpt(&article.text);
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
        let places = places(SMOKE, &query);
        let words: Vec<&str> = places.iter().map(|place| place.of(SMOKE)).collect();
        assert_eq!(
            words,
            ["White smoke", "White", "smoke", "white smoke", "white"]
        );
    }
}
