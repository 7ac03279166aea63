//! Makes an [`Article`] of a cleaned text and what is known of it.

use std::sync::Arc;

use crate::article::{
    Article, ArticleId, BlockRole, LabelSource, Photo, StatedFact, TextBlock, TextExtent,
};
use crate::text::sanitize::Sanitized;
use crate::text::tokens::{ByteClass, byte_class, char_at};
use crate::text::{CleanText, Span, sentences};

use super::facts::ReportFacts;
use super::front_matter::FrontMatter;
use super::layout::ArticleLayout;
use super::paragraphs;

/// Longest label in bytes; some four lines of the list.
const LONGEST_LABEL: usize = 400;

/// Returns the report that a text file is; facts may stand before its story.
pub(super) fn text_article(path: CleanText, cleaned: Sanitized) -> Article {
    let mut facts = ReportFacts::default();
    let front = FrontMatter::find(&cleaned.text, &mut facts);
    article(path, cleaned, facts, front)
}

/// Returns the report that the text of a row is, of which the row states `facts`.
pub(super) fn row_article(path: CleanText, cleaned: Sanitized, facts: ReportFacts) -> Article {
    let id = row_id(&cleaned.text, &facts);
    let article = article(path, cleaned, facts, FrontMatter::default());
    Article { id, ..article }
}

fn article(
    path: CleanText,
    cleaned: Sanitized,
    mut facts: ReportFacts,
    front: FrontMatter,
) -> Article {
    let paragraphs = paragraphs::split_paragraphs(&cleaned.text, front.end);
    let text = cleaned.text.joined(paragraphs.iter().copied());
    let mut layout = ArticleLayout::new(&text, &mut facts, front);
    layout.assign_roles(&paragraphs);
    let (blocks, photos) = (layout.blocks, layout.photos);
    let cleaned = Sanitized { text, ..cleaned };
    laid_out(path, cleaned, facts, (blocks, photos))
}

/// Returns the report of these paragraphs, of which a format states roles and `facts`.
pub(super) fn stated_article(
    path: CleanText,
    cleaned: Sanitized,
    mut facts: ReportFacts,
    (paragraphs, roles): (&[Span], &[Option<BlockRole>]),
) -> Article {
    let mut layout = ArticleLayout::new(&cleaned.text, &mut facts, FrontMatter::default());
    layout.assign_stated_roles(paragraphs, roles);
    let (blocks, photos) = (layout.blocks, layout.photos);
    laid_out(path, cleaned, facts, (blocks, photos))
}

fn laid_out(
    path: CleanText,
    cleaned: Sanitized,
    facts: ReportFacts,
    (mut blocks, photos): (Vec<TextBlock>, Vec<Photo>),
) -> Article {
    blocks.shrink_to_fit();
    let text = cleaned.text;
    let (label, label_source) = label(&text, &blocks, &facts, &path);
    Article {
        id: ArticleId::for_text(&text),
        path,
        place: None,
        words: count_story_words(&text, &blocks),
        text: Arc::new(text),
        origin: cleaned.origin,
        blocks,
        headline: facts.headline,
        outlet: facts.outlet,
        author: facts.author,
        published: facts.published,
        url: facts.url,
        tags: facts.tags,
        event: facts.event,
        photos,
        extent: TextExtent::Whole,
        label,
        label_source,
        hidden: cleaned.hidden,
    }
}

/// Returns a report with the headline that something outside of its text states, and is called so.
pub(super) fn with_headline(article: Article, headline: StatedFact<CleanText>) -> Article {
    Article {
        label: shortened(&headline.value),
        label_source: LabelSource::Headline,
        headline: Some(headline),
        ..article
    }
}

/// Returns the id of a row: a hash of its text, headline and outlet, since two outlets carry the same wire text. A file has
/// such facts in its text.
fn row_id(text: &str, facts: &ReportFacts) -> ArticleId {
    let id = ArticleId::for_text(text);
    let known = [&facts.headline, &facts.outlet].into_iter().flatten();
    let known: Vec<&str> = known.map(|field| field.value.as_str()).collect();
    if known.is_empty() {
        return id;
    }
    ArticleId::for_text(&format!("{}\n{id}", known.join("\n")))
}

/// Returns the name of the report in lists: its headline, else its dek, else its first sentence, else its file.
fn label(
    text: &CleanText,
    blocks: &[TextBlock],
    facts: &ReportFacts,
    path: &CleanText,
) -> (CleanText, LabelSource) {
    if let Some(headline) = &facts.headline {
        return (shortened(&headline.value), LabelSource::Headline);
    }
    let first = |role| Some(blocks.iter().find(|block| block.role == role)?.span);
    if let Some(dek) = first(BlockRole::Dek) {
        return (shortened(dek.of(text)), LabelSource::Dek);
    }
    if let Some(body) = first(BlockRole::Body) {
        let sentence = first_sentence(body.of(text));
        return (shortened(sentence), LabelSource::FirstSentence);
    }
    (path.clone(), LabelSource::FileName)
}

fn first_sentence(paragraph: &str) -> &str {
    // Sentences need not be found in all of a paragraph that may have megabytes.
    let head = &paragraph[..paragraph.floor_char_boundary(4 * LONGEST_LABEL)];
    let sentences = sentences::sentences(head);
    sentences.first().map_or(head, |span| span.of(head))
}

/// Cuts `words` between two of them where they are longer than a label.
fn shortened(words: &str) -> CleanText {
    if words.len() <= LONGEST_LABEL {
        return CleanText::one_line(words);
    }
    let cut = &words[..words.floor_char_boundary(LONGEST_LABEL)];
    let cut = cut.rfind(' ').map_or(cut, |at| &cut[..at]);
    CleanText::one_line(&format!("{cut}…"))
}

fn count_story_words(text: &str, blocks: &[TextBlock]) -> usize {
    let story = blocks.iter().filter(|block| block.role.is_story());
    story.map(|block| count_words(block.span.of(text))).sum()
}

/// Counts the words of a paragraph; a dash that stands alone is none.
fn count_words(paragraph: &str) -> usize {
    // One pass: with `split_whitespace` a quarter of the time of reading was spent in this file (perf, 10,000 reports).
    let (mut words, mut in_word) = (0, false);
    let mut at = 0;
    while let Some(&byte) = paragraph.as_bytes().get(at) {
        let (is_blank, is_letter, length) = match byte_class(byte) {
            ByteClass::Wide => match char_at(paragraph, at) {
                Some(c) => (c.is_whitespace(), c.is_alphanumeric(), c.len_utf8()),
                None => break,
            },
            class => (class == ByteClass::Blank, class == ByteClass::Letter, 1),
        };
        words += usize::from(is_blank && in_word);
        in_word = !is_blank && (in_word || is_letter);
        at += length;
    }
    words + usize::from(in_word)
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
            assert_eq!(count_words(paragraph), count, "{paragraph}");
        }
    }

    #[test]
    fn a_label_is_cut_between_words() {
        let label = shortened(&"tariff ".repeat(100));
        assert!(label.len() <= LONGEST_LABEL + 3 && label.ends_with("tariff…"));
    }
}
