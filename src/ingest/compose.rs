//! A cleaned text and what is known of it become an [`Article`].

use std::sync::Arc;

use crate::article::{Article, ArticleId, BlockRole, LabelSource, TextBlock};
use crate::text::sanitize::Sanitized;
use crate::text::{CleanText, sentences};

use super::facts::Facts;
use super::layout::Layout;
use super::matter::{self, Matter};
use super::paragraphs;

/// Longest label in bytes.
const LABEL: usize = 400;

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file of its own, which may begin with facts.
    File,
    /// The text of a row, whose facts stand in the row.
    Row,
}

/// Reads `cleaned`, adding what it states itself to `facts`.
pub(super) fn article(
    path: CleanText,
    cleaned: Sanitized,
    mut facts: Facts,
    kind: Kind,
) -> Article {
    let Sanitized {
        text,
        origin,
        hidden,
    } = cleaned;
    let given = (kind == Kind::Row).then(|| identity(&text, &facts));
    let matter = match kind {
        Kind::File => matter::read(&text, &mut facts),
        Kind::Row => Matter::default(),
    };
    let paragraphs = paragraphs::split(&text, matter.end);
    let text = text.joined(paragraphs.iter().copied());
    let mut layout = Layout::new(&text, &mut facts, matter.blocks, matter.glued);
    layout.read(&paragraphs);
    let (mut blocks, photos) = (layout.blocks, layout.photos);
    blocks.shrink_to_fit();
    let (label, label_source) = label(&text, &blocks, &facts, &path);
    Article {
        id: given.unwrap_or_else(|| ArticleId::for_text(&text)),
        path,
        place: None,
        words: words(&text, &blocks),
        text: Arc::new(text),
        origin,
        blocks,
        headline: facts.headline,
        outlet: facts.outlet,
        author: facts.author,
        published: facts.published,
        url: facts.url,
        tags: facts.tags,
        event: facts.event,
        photos,
        label,
        label_source,
        hidden,
    }
}

/// Returns the id of `text`; of a row also by its headline and outlet, since two outlets carry the same wire text. A file
/// has such facts in its text.
fn identity(text: &str, facts: &Facts) -> ArticleId {
    let id = ArticleId::for_text(text);
    let known = [&facts.headline, &facts.outlet].into_iter().flatten();
    let known: Vec<&str> = known.map(|field| field.value.as_str()).collect();
    if known.is_empty() {
        id
    } else {
        ArticleId::for_text(&format!("{}\n{id}", known.join("\n")))
    }
}

/// Returns what the report is called: its headline, else its dek, else its first sentence, else its file.
fn label(
    text: &CleanText,
    blocks: &[TextBlock],
    facts: &Facts,
    path: &CleanText,
) -> (CleanText, LabelSource) {
    if let Some(headline) = &facts.headline {
        return (titled(headline.value.clone()), LabelSource::Headline);
    }
    let first = |role| {
        blocks
            .iter()
            .find(|block| block.role == role)
            .map(|block| block.span)
    };
    if let Some(dek) = first(BlockRole::Dek) {
        return (shortened(dek.of(text)), LabelSource::Dek);
    }
    if let Some(body) = first(BlockRole::Body) {
        return (
            shortened(first_sentence(body.of(text))),
            LabelSource::FirstSentence,
        );
    }
    (path.clone(), LabelSource::FileName)
}

fn first_sentence(paragraph: &str) -> &str {
    let head = &paragraph[..paragraph.floor_char_boundary(4 * LABEL)];
    sentences::sentences(head)
        .first()
        .map_or(head, |span| span.of(head))
}

/// Returns what a report with this headline is called.
fn titled(headline: CleanText) -> CleanText {
    if headline.len() <= LABEL {
        return headline;
    }
    shortened(&headline)
}

/// Cuts `words` between two of them where they are longer than a label.
fn shortened(words: &str) -> CleanText {
    if words.len() <= LABEL {
        return CleanText::one_line(words);
    }
    let cut = &words[..words.floor_char_boundary(LABEL)];
    let cut = cut.rfind(' ').map_or(cut, |at| &cut[..at]);
    CleanText::one_line(&format!("{cut}…"))
}

/// Counts the words of the story.
fn words(text: &str, blocks: &[TextBlock]) -> usize {
    let story = blocks.iter().filter(|block| block.role.is_story());
    story.map(|block| words_in(block.span.of(text))).sum()
}

/// Counts the words of a paragraph; a dash that stands alone is none. Reads ASCII by bytes: it runs over every report.
fn words_in(paragraph: &str) -> usize {
    let bytes = paragraph.as_bytes();
    let (mut count, mut in_word, mut at) = (0, false, 0);
    while let Some(&byte) = bytes.get(at) {
        let (blank, letter) = if byte.is_ascii() {
            at += 1;
            (byte == b' ', byte.is_ascii_alphanumeric())
        } else {
            let Some(c) = paragraph[at..].chars().next() else {
                break;
            };
            at += c.len_utf8();
            (c.is_whitespace(), c.is_alphanumeric())
        };
        count += usize::from(blank && in_word);
        in_word = !blank && (in_word || letter);
    }
    count + usize::from(in_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_blanks_part_and_letters_make() {
        for (paragraph, count) in [
            ("", 0),
            ("Canada’s team — in\u{a0}Ottawa — said: “oui.”", 6),
            (" - a ", 1),
            ("U.S. 1,000 東京", 3),
        ] {
            assert_eq!(words_in(paragraph), count, "{paragraph}");
        }
    }

    #[test]
    fn a_label_is_cut_between_words() {
        let label = shortened(&"tariff ".repeat(100));
        assert!(label.len() <= LABEL + 3 && label.ends_with("tariff…"));
    }
}
