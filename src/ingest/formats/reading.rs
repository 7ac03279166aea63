//! Helpers that tests of formats share: bytes are read as a file of some name, and reports are told in a line each.

use crate::article::{Article, StatedFact};
use crate::ingest::input::ReadLimits;
use crate::ingest::{ReadResult, ReportSource};
use crate::text::CleanText;

/// Reads `bytes` as a file of this name.
pub(super) fn read_bytes(name: &str, bytes: &[u8]) -> Vec<ReadResult> {
    let source = ReportSource::file(name.into());
    let (limits, mut read) = (ReadLimits { bytes: 1 << 20 }, Vec::new());
    let content = source.content(&limits);
    if let Err(reason) = content.read(Box::new(bytes), &mut |one| read.push(one)) {
        read.push(Err(source.failure(None, &reason)));
    }
    read
}

/// Returns headline, outlet, author and day of each report, or what was said instead of it.
pub(super) fn facts(read: &[ReadResult]) -> Vec<String> {
    let line = |one: &ReadResult| match one {
        Ok(article) => {
            let day = article.published.as_ref();
            let day = day.map_or("?".to_owned(), |day| day.value.date.to_string());
            let [headline, outlet, author] =
                [&article.headline, &article.outlet, &article.author].map(known);
            format!("{headline} | {outlet} | {author} | {day}")
        }
        Err(failure) => failure.to_string(),
    };
    read.iter().map(line).collect()
}

fn known(field: &Option<StatedFact<CleanText>>) -> String {
    let value = field.as_ref().map(|field| field.value.to_string());
    value.unwrap_or_else(|| "?".to_owned())
}

/// Returns the story of each report, a line a paragraph.
pub(super) fn stories(read: &[ReadResult]) -> Vec<String> {
    read.iter().flatten().map(story).collect()
}

/// Returns the story of a report, a line a paragraph.
pub(super) fn story(article: &Article) -> String {
    let paragraphs = article.story().map(|span| span.of(&article.text));
    paragraphs.collect::<Vec<_>>().join("\n")
}
