//! A quotation with its source, ready to be pasted: words, speaker, outlet, headline, date.
//!
//! What the report does not state is said to be unknown where a reader would look for it (speaker, outlet, date), and left out
//! where its absence misleads nobody (author, address). A label that was derived is never passed off as a headline.

use crate::annotate::quote::Quote;
use crate::article::{Article, LabelSource};
use crate::config::Citation;
use crate::report::facts;
use crate::report::markdown;

/// Returns `quote` of `article`, cited.
pub fn citation(article: &Article, quote: &Quote, style: Citation) -> String {
    let words = quote.span.of(&article.text);
    match style {
        Citation::Plain => format!("{words} \u{2014} {}", source(article, quote, str::to_owned)),
        Citation::Markdown => format!(
            "> {}\n>\n> \u{2014} {}",
            markdown::escaped(words),
            source(article, quote, markdown::escaped)
        ),
        Citation::Bibtex => bibtex(article, quote, words),
    }
}

fn source(article: &Article, quote: &Quote, written: impl Fn(&str) -> String) -> String {
    let mut parts = vec![
        written(&speaker(quote)),
        written(&facts::outlet(article)),
        headline(article).map_or_else(
            || "no headline".to_owned(),
            |words| format!("\u{201c}{}\u{201d}", written(words)),
        ),
        facts::published(article),
    ];
    parts.extend(article.url.as_ref().map(|url| format!("<{}>", url.value)));
    parts.join(", ")
}

fn speaker(quote: &Quote) -> String {
    quote.speaker.as_ref().map_or_else(
        || "speaker unknown".to_owned(),
        |speaker| speaker.name.clone(),
    )
}

fn headline(article: &Article) -> Option<&str> {
    (article.label_source == LabelSource::Headline).then_some(&article.label)
}

/// The key is taken from the report's identity, so that it stays the same when the file moves.
fn bibtex(article: &Article, quote: &Quote, words: &str) -> String {
    let id = article.id.to_string();
    let published = article.published.as_ref().map(|field| field.value.date);
    let fields = [
        ("title", headline(article).map(str::to_owned)),
        (
            "author",
            article.author.as_ref().map(|field| field.value.to_string()),
        ),
        (
            "publisher",
            article.outlet.as_ref().map(|field| field.value.to_string()),
        ),
        (
            "date",
            published.map(|date| date.format("%Y-%m-%d").to_string()),
        ),
        (
            "url",
            article.url.as_ref().map(|field| field.value.to_string()),
        ),
        ("note", Some(format!("{}: {words}", speaker(quote)))),
    ];
    let lines: String = fields
        .iter()
        .filter_map(|(key, value)| value.as_ref().map(|value| (key, value)))
        .map(|(key, value)| format!("  {key} = {{{}}},\n", tex(value)))
        .collect();
    format!(
        "@misc{{crossread-{},\n{lines}}}",
        id.get(..8).unwrap_or(&id)
    )
}

fn tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' | '}' | '$' | '&' | '%' | '#' | '_' => escaped.extend(['\\', letter]),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '\n' => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}
