//! Places in the text as it came, counted both ways.

use serde::Serialize;

use crate::article::Article;
use crate::text::{ScalarPlaces, Span};

/// A place: in Unicode scalar values, and in bytes of UTF-8.
#[derive(Clone, Copy, Serialize)]
pub(super) struct TextPlace {
    start: usize,
    end: usize,
    start_byte: usize,
    end_byte: usize,
}

/// Words with their place.
#[derive(Clone, Serialize)]
pub(super) struct PlacedWords {
    text: String,
    #[serde(flatten)]
    place: TextPlace,
}

/// Counts places of one report; made once for it.
pub(super) struct TextPlaces<'a> {
    pub(super) article: &'a Article,
    scalars: ScalarPlaces<'a>,
}

impl<'a> TextPlaces<'a> {
    pub(super) fn new(article: &'a Article) -> Self {
        Self {
            article,
            scalars: ScalarPlaces::new(&article.text, &article.origin),
        }
    }

    /// Returns the place of `span` of the cleaned text in the text as it came.
    pub(super) fn place(&self, span: Span) -> TextPlace {
        let bytes = self.article.origin.span(span);
        let scalars = self.scalars.span(span);
        TextPlace {
            start: scalars.start,
            end: scalars.end,
            start_byte: bytes.start,
            end_byte: bytes.end,
        }
    }

    /// Returns the words of `span` with their place.
    pub(super) fn words(&self, span: Span) -> PlacedWords {
        PlacedWords {
            text: span.of(&self.article.text).to_owned(),
            place: self.place(span),
        }
    }
}
