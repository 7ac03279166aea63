//! `html`: pages, each a file named beside the rows, read as saved pages are.

use std::path::Path;

use crossread::article::{Article, BlockRole};
use crossread::ingest::{ReadLimits, ReportSource};
use serde_json::{Value, json};

/// Returns the text, the headline and the day of the page that each row names by `path`, which starts at `folder`.
pub(crate) fn predict(rows: &[Value], folder: &Path) -> Vec<Value> {
    let page = |row: &Value| {
        let path = folder.join(row["path"].as_str().unwrap_or_default());
        let article = read(&path);
        let text = article.as_ref().map(text);
        let title = article
            .as_ref()
            .and_then(|article| article.headline.as_ref());
        let published = article
            .as_ref()
            .and_then(|article| article.published.as_ref());
        json!({
            "id": row["id"],
            "text": text,
            "title": title.map(|field| field.value.to_string()),
            "published": published.map(|field| field.value.date.to_string()),
        })
    };
    rows.iter().map(page).collect()
}

fn read(path: &Path) -> Option<Article> {
    let mut first = None;
    ReportSource::file(path.to_owned()).read_each(&ReadLimits::default(), &mut |read| {
        if first.is_none() {
            first = read.ok();
        }
    });
    first
}

/// Returns the story and its headings, a blank line between two paragraphs.
fn text(article: &Article) -> String {
    let story = article.blocks.iter().filter(|block| {
        matches!(
            block.role,
            BlockRole::Body | BlockRole::Heading | BlockRole::Dateline
        )
    });
    let paragraphs: Vec<&str> = story.map(|block| block.span.of(&article.text)).collect();
    paragraphs.join("\n\n")
}
