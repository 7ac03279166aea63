//! Makes plain paragraphs of Markdown: links, emphasis, pictures and marks go, words stay.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::super::super::entities;

/// A paragraph, an entry of a list, or a heading.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct MarkdownBlock {
    pub(super) kind: MarkdownKind,
    /// Whether it is quoted.
    pub(super) is_quoted: bool,
    /// Its words, a line end where the source has one.
    pub(super) words: String,
    /// The address of its first link.
    pub(super) link: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum MarkdownKind {
    #[default]
    Paragraph,
    Entry,
    /// A heading of this level, from 1.
    Heading(u8),
}

/// Returns the paragraphs of `text`.
pub(super) fn blocks(text: &str) -> Vec<MarkdownBlock> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS;
    let mut walk = BlockWalk::default();
    for event in Parser::new_ext(text, options) {
        walk.take(event);
    }
    walk.end_block();
    walk.found
}

#[derive(Default)]
struct BlockWalk {
    found: Vec<MarkdownBlock>,
    block: MarkdownBlock,
    /// Quotes, pictures and lists that are open.
    quotes: usize,
    pictures: usize,
    entries: usize,
}

impl BlockWalk {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(words) | Event::Code(words) => self.push(&words),
            Event::SoftBreak | Event::HardBreak => self.push("\n"),
            Event::Html(html) => self.push(&html),
            // `<br>` parts words; other tags stand between letters.
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.push("\n"),
            _ => {}
        }
    }

    fn push(&mut self, words: &str) {
        if self.pictures == 0 {
            self.block.words.push_str(words);
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Image { .. } => self.pictures += 1,
            Tag::Link { dest_url, .. } if self.block.link.is_none() => {
                self.block.link = Some(dest_url.into_string());
            }
            Tag::Heading { level, .. } => {
                self.end_block();
                self.block.kind = MarkdownKind::Heading(level as u8);
            }
            Tag::BlockQuote(_) => {
                self.end_block();
                self.quotes += 1;
            }
            Tag::Item => {
                self.end_block();
                self.entries += 1;
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Table(_) | Tag::TableRow => {
                self.end_block();
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => {
                self.end_block();
                self.entries = self.entries.saturating_sub(1);
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.block.words);
                self.block.words = without_comments(&html);
                self.end_block();
            }
            TagEnd::TableCell => self.push(" "),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableRow => {
                self.end_block();
            }
            _ => {}
        }
    }

    fn end_block(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        if block.words.trim().is_empty() {
            return;
        }
        if block.kind == MarkdownKind::Paragraph && self.entries > 0 {
            block.kind = MarkdownKind::Entry;
        }
        block.is_quoted = self.quotes > 0;
        self.found.push(block);
    }
}

/// Returns the words of a piece of HTML between paragraphs.
fn without_comments(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = after.split_once("-->").map_or("", |parts| parts.1);
    }
    kept.push_str(rest);
    // Tags without an end tag are taken off too: all of this is HTML.
    entities::plain(&(kept + "</>")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        let text = "# *Ferries* stay\n\n![a](b.jpg)\n\nThe [minister](https://x.example) said **no** to [[Port|the port]].\n\n> Quoted &amp; kept.\n\n- One\n- Two\n\n<div align=\"center\"><img src=\"x\"></div>\n\n<!-- hidden -->\n";
        let said: Vec<_> = blocks(text)
            .into_iter()
            .map(|block| (block.kind, block.words))
            .collect();
        let expected = [
            (MarkdownKind::Heading(1), "Ferries stay"),
            (MarkdownKind::Paragraph, "The minister said no to the port."),
            (MarkdownKind::Paragraph, "Quoted & kept."),
            (MarkdownKind::Entry, "One"),
            (MarkdownKind::Entry, "Two"),
        ];
        assert_eq!(said, expected.map(|(kind, words)| (kind, words.to_owned())));
    }
}
