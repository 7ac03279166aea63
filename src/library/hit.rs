//! Where a report's text answers a query: every place, and the sentence to show of it.

use crate::article::Article;
use crate::filter::{Query, QueryField, QueryTerm};
use crate::text::{Span, sentences};

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

/// The places in a text of the words that a query asks texts for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Those of each word.
    words: Vec<Vec<Span>>,
}

impl Places {
    /// Looks for the words in `text`.
    pub fn of(text: &str, query: &Query) -> Self {
        Self {
            words: asked(query).map(|term| term.places_in(text)).collect(),
        }
    }

    /// Returns all places, in order, not overlapping.
    pub fn all(&self) -> Vec<Span> {
        apart(self.words.concat())
    }

    /// Returns the sentence of `article`, whose text it is, that holds most of the words: one of the story if there is one,
    /// the first of those.
    pub fn best(&self, article: &Article) -> Option<Hit> {
        let text: &str = &article.text;
        let most = self.words.iter().filter(|places| !places.is_empty());
        let most = most.count();
        let mut best: Option<((usize, bool), Span)> = None;
        for block in &article.blocks {
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
        let (_, sentence) = best?;
        let words = self.words.iter();
        let words = words.flat_map(|places| inside(places, sentence));
        Some(Hit {
            sentence,
            words: apart(words.collect()),
        })
    }

    /// Returns how many of the words stand in `span`.
    fn words_in(&self, span: Span) -> usize {
        let stands = |places: &&Vec<Span>| inside(places, span).next().is_some();
        self.words.iter().filter(stands).count()
    }
}

/// Returns those of `places`, which are in order, that lie wholly in `span`.
fn inside(places: &[Span], span: Span) -> impl Iterator<Item = Span> {
    let first = places.partition_point(|place| place.start < span.start);
    let after = places.get(first..).unwrap_or_default().iter().copied();
    after.take_while(move |place| place.end <= span.end)
}

fn asked(query: &Query) -> impl Iterator<Item = &QueryTerm> {
    let terms = query.terms();
    terms.filter(|term| term.field == Some(QueryField::Body) && !term.negated)
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
        let places = Places::of(&article.text, &Query::parse(typed));
        let hit = places.best(&article)?;
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
        let hit = Places::of(&article.text, &query).best(&article).unwrap();
        let excerpt = hit.excerpt(&article.text);
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
        let places = Places::of(SMOKE, &query).all();
        let words: Vec<&str> = places.iter().map(|place| place.of(SMOKE)).collect();
        assert_eq!(
            words,
            ["White smoke", "White", "smoke", "white smoke", "white"]
        );
    }
}
