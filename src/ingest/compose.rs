//! A cleaned text and what is known of it become an [`Article`].

use std::sync::Arc;

use crate::article::{Article, ArticleId, Block, LabelSource, Role};
use crate::text::sanitize::Sanitized;
use crate::text::{Clean, Span, segment};

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
pub(super) fn article(path: Clean, cleaned: Sanitized, mut facts: Facts, kind: Kind) -> Article {
    let Sanitized {
        text,
        origin,
        hidden,
    } = cleaned;
    let before = identity(&facts);
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
        id: ArticleId::of(&(before + &text)),
        path,
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

/// Returns what tells two rows apart that carry the same wire text: their headline and outlet. Nothing for a file, whose
/// facts are part of its text.
fn identity(facts: &Facts) -> String {
    let known = [&facts.headline, &facts.outlet];
    known
        .into_iter()
        .flatten()
        .map(|field| format!("{}\n", field.value))
        .collect()
}

/// Returns what the report is called: its headline, else its dek, else its first sentence, else its file.
fn label(text: &Clean, blocks: &[Block], facts: &Facts, path: &Clean) -> (Clean, LabelSource) {
    if let Some(headline) = &facts.headline {
        return (shortened(&headline.value), LabelSource::Headline);
    }
    let first = |role| {
        blocks
            .iter()
            .find(|block| block.role == role)
            .map(|block| block.span)
    };
    if let Some(dek) = first(Role::Dek) {
        return (shortened(dek.of(text)), LabelSource::Dek);
    }
    if let Some(body) = first(Role::Body) {
        return (
            shortened(first_sentence(body.of(text))),
            LabelSource::FirstSentence,
        );
    }
    (path.clone(), LabelSource::FileName)
}

fn first_sentence(paragraph: &str) -> &str {
    let head = &paragraph[..paragraph.floor_char_boundary(4 * LABEL)];
    segment::sentences(head)
        .first()
        .map_or(head, |span| span.of(head))
}

/// Cuts `words` between two of them where they are longer than a label.
fn shortened(words: &str) -> Clean {
    if words.len() <= LABEL {
        return Clean::line(words);
    }
    let cut = &words[..words.floor_char_boundary(LABEL)];
    let cut = cut.rfind(' ').map_or(cut, |at| &cut[..at]);
    Clean::line(&format!("{cut}…"))
}

/// Counts the words of the story; a dash that stands alone is none.
fn words(text: &str, blocks: &[Block]) -> usize {
    let story = blocks.iter().filter(|block| block.role.is_story());
    story.map(|block| words_in(block.span, text)).sum()
}

fn words_in(span: Span, text: &str) -> usize {
    span.of(text)
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}
