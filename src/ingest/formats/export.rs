//! Parts that the exports of archives share, whatever kind of file they come in: their text is lines, and each knows its own.
//!
//! A line ends with a line end or, inside of a paragraph, with a vertical tab.

use crate::article::{Article, ArticleId};
use crate::text::{CleanText, Span, sanitize};

use super::super::compose;
use super::{factiva, nexis};

/// Returns the places of the articles of an export in `text`, or of all of it where it is none.
pub(super) fn split_any(text: &str) -> Vec<Span> {
    let exports = [nexis::split, factiva::split];
    let parts = exports
        .into_iter()
        .find_map(|split| Some(split(text)).filter(|parts| !parts.is_empty()));
    parts.unwrap_or_else(|| vec![Span::new(0, text.len())])
}

/// Returns the report that a part is: an article of an export, or a text by itself. `source` is what it was taken from.
pub(super) fn read_any(name: &CleanText, text: &str, source: &[u8]) -> Result<Article, String> {
    if nexis::is_article(text) {
        nexis::read(name, text, source)
    } else if factiva::is_article(text) {
        factiva::read(name, text, source)
    } else if nexis::is_list(text) {
        Err("a list of documents without their texts; open the documents".to_owned())
    } else {
        plain(name, text, source)
    }
}

fn plain(name: &CleanText, text: &str, source: &[u8]) -> Result<Article, String> {
    let paragraphs = text.split('\n').map(|line| line.replace('\u{b}', " "));
    let text = paragraphs.collect::<Vec<_>>().join("\n\n");
    if text.trim().is_empty() {
        return Err("empty; nothing to read in it".to_owned());
    }
    let article = compose::text_article(name.clone(), sanitize::sanitize(text));
    let id = ArticleId::for_bytes(source);
    Ok(Article { id, ..article })
}
