//! What is read from the two bundled reports, against what a person found in them: every field with its place, and nothing
//! that they do not say.

use crossread::article::{Article, BlockRole, LabelSource, Provenance};
use crossread::text::Span;
use serde_json::{Value, json};

fn gold() -> Value {
    serde_json::from_str(include_str!("../seeds/loader.json")).expect("the gold is JSON")
}

fn report(name: &str) -> Article {
    let found = crossread::ingest::bundled()
        .into_iter()
        .find(|article| article.path.as_str() == name);
    found.expect("the report is bundled")
}

/// Returns the first block of a role.
fn first_block(article: &Article, role: BlockRole) -> Option<Span> {
    let block = article.blocks.iter().find(|block| block.role == role);
    block.map(|block| block.span)
}

fn place(article: &Article, span: Span) -> Value {
    let span = article.origin.span(span);
    json!([span.start, span.end])
}

fn spans(article: &Article, role: BlockRole) -> Vec<Value> {
    let blocks = article.blocks.iter().filter(|block| block.role == role);
    blocks.map(|block| place(article, block.span)).collect()
}

fn published(article: &Article) -> Value {
    article.published.as_ref().map_or(Value::Null, |field| {
        let provenance = match field.provenance {
            Provenance::InlinePrefix => "inline-prefix",
            _ => "other",
        };
        json!({
            "value": field.value.date.to_string(),
            "precision": if field.value.time.is_some() { "minute" } else { "day" },
            "provenance": provenance,
            "span": field.span.map(|span| place(article, span)),
        })
    })
}

fn photos(article: &Article) -> Value {
    let photo = |photo: &crossread::article::Photo| {
        let words = |span: Option<Span>| span.map(|span| span.of(&article.text));
        let span = |span: Option<Span>| span.map(|span| place(article, span));
        json!({
            "credit": words(photo.credit),
            "credit_span": span(photo.credit),
            "caption": words(photo.caption),
            "caption_span": span(photo.caption),
            "caption_date": photo.date.map(|date| date.to_string()),
        })
    };
    article.photos.iter().map(photo).collect()
}

fn read(article: &Article) -> Value {
    let body = spans(article, BlockRole::Body);
    let dek = first_block(article, BlockRole::Dek)
        .map(|span| json!({"span": place(article, span), "text": span.of(&article.text)}));
    json!({
        "title": article.headline.as_ref().map(|field| field.value.as_str()),
        "display_label": {
            "text": article.label.as_str(),
            "derived_from": match article.label_source {
                LabelSource::Headline => "headline",
                LabelSource::Dek => "dek",
                LabelSource::FirstSentence => "first-sentence",
                LabelSource::FileName => "file-name",
            },
        },
        "published": published(article),
        "dek": dek,
        "photos": photos(article),
        "source": article.outlet.as_ref().map(|field| field.value.as_str()),
        "author": article.author.as_ref().map(|field| field.value.as_str()),
        "url": article.url.as_ref().map(|field| field.value.as_str()),
        "dateline": first_block(article, BlockRole::Dateline).map(|span| place(article, span)),
        "paragraphs": body.len(),
        "body_spans": body,
    })
}

#[test]
fn every_field_of_the_bundled_reports_is_found_at_its_place() {
    for (name, wanted) in gold()["files"].as_object().expect("files by name") {
        assert_eq!(&read(&report(name)), wanted, "{name}");
    }
}

#[test]
fn nothing_is_invented() {
    for article in crossread::ingest::bundled() {
        assert!(
            article.headline.is_none()
                && article.outlet.is_none()
                && article.author.is_none()
                && article.url.is_none()
        );
    }
    assert!(report("003_6e31551ea6b11acf.txt").published.is_none());
}

#[test]
fn every_word_of_the_bundled_reports_has_a_role() {
    for article in crossread::ingest::bundled() {
        let words: String = article
            .blocks
            .iter()
            .map(|block| block.span.of(&article.text))
            .collect();
        let bare = |text: &str| text.replace([' ', '\n'], "");
        assert_eq!(bare(&words), bare(&article.text));
    }
}
