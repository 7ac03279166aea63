//! The facts of a report in words; a fact that is not known is said to be unknown, never guessed.

use crate::annotate::quote::{Quote, QuoteKind};
use crate::article::{Article, LabelSource, Published, StatedFact, TextExtent};
use crate::text::CleanText;
use crate::text::count::counted;

/// Said where a report names no outlet.
pub const OUTLET_UNKNOWN: &str = "outlet unknown";
/// Said where a report has no date.
pub const DATE_UNKNOWN: &str = "date unknown";
/// Said where a report names no author.
pub const AUTHOR_UNKNOWN: &str = "author unknown";
/// Said of a report of which the source holds a part.
pub const EXCERPT: &str = "excerpt";
/// Said where a quotation has no speaker.
pub const SPEAKER_UNKNOWN: &str = "speaker unknown";

/// Returns the outlet, or that it is unknown.
pub fn outlet(article: &Article) -> String {
    words_or(&article.outlet, OUTLET_UNKNOWN)
}

fn words_or(field: &Option<StatedFact<CleanText>>, unknown: &str) -> String {
    let words = field.as_ref().map(|field| field.value.as_str());
    words.unwrap_or(unknown).to_owned()
}

/// Returns the heading of a report's column: its outlet, else its label.
pub fn column(article: &Article) -> &str {
    let outlet = article.outlet.as_ref().map(|field| field.value.as_str());
    outlet.unwrap_or(&article.label)
}

/// Returns the day of publication (`3 Sep 2025`) with the time if it is stated, or that the date is unknown.
pub fn published(article: &Article) -> String {
    let published = article.published.as_ref();
    published.map_or_else(|| DATE_UNKNOWN.to_owned(), |field| moment(field.value))
}

/// Returns the author, or that it is unknown.
pub fn author(article: &Article) -> String {
    words_or(&article.author, AUTHOR_UNKNOWN)
}

/// Returns the speaker of a quotation, or that it is unknown.
pub fn speaker(quote: &Quote) -> &str {
    let speaker = quote.speaker.as_ref();
    speaker.map_or(SPEAKER_UNKNOWN, |speaker| &speaker.name)
}

/// Returns the length of the story, and that it is an excerpt where it is one.
pub fn length(article: &Article) -> String {
    with_extent(counted(article.words, "word"), article.extent)
}

/// Returns `length`, and that it is the length of an excerpt where it is one.
pub fn with_extent(length: String, extent: TextExtent) -> String {
    match extent {
        TextExtent::Whole => length,
        TextExtent::Excerpt => format!("{length}, {EXCERPT}"),
    }
}

/// Returns the origin of the label, when it is not the report's own headline.
pub fn derived(article: &Article) -> Option<&'static str> {
    match article.label_source {
        LabelSource::Headline => None,
        LabelSource::Dek => Some("no headline; its dek"),
        LabelSource::FirstSentence => Some("no headline; its first sentence"),
        LabelSource::FileName => Some("no headline; its file"),
    }
}

/// Returns the label, with its origin when it is not the report's own headline.
pub fn label(article: &Article) -> String {
    let label = &article.label;
    match derived(article) {
        Some(from) => format!("{label} ({from})"),
        None => label.to_string(),
    }
}

/// Returns the name of a kind of quotation for readers.
pub fn kind_words(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Mixed => "fragment",
    }
}

/// Returns the name of a kind of quotation for programs.
pub fn kind(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Mixed => "mixed",
    }
}

/// Returns the day (`3 Sep 2025`), with the time if it is stated.
pub fn moment(published: Published) -> String {
    let day = day(published);
    match published.time {
        Some(time) => format!("{day}, {}", time.format("%H:%M")),
        None => day,
    }
}

/// Returns the day (`3 Sep 2025`).
pub fn day(published: Published) -> String {
    published.date.format("%-d %b %Y").to_string()
}
