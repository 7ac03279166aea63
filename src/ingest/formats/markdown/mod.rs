//! Markdown as clippers and reading lists save it: front matter or a list of facts, the headline, the text.
//!
//! Obsidian's clipper, MarkDownload and Readwise each have sections of their own: `## Metadata` states facts, `## Excerpt` is the
//! page's dek, and `## Highlights` repeats what is in the text; alone it is an excerpt of it.

mod blocks;

use crate::article::{BlockRole, Provenance, TextExtent};
use crate::text::CleanText;

use super::super::dates;
use super::super::draft::ReportDraft;
use super::super::failure::ReadResult;
use super::super::front_matter::FrontMatter;
use super::super::keys::{self, FactKind};
use super::{BYTE_ORDER_MARK, FileStart, FormatFamily, FormatReader, html};
use blocks::{MarkdownBlock, MarkdownKind, blocks};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "Markdown, clipped or written",
    endings: &["md", "markdown"],
    facts: "headline, dek, outlet, author, date, address, subjects: from YAML or TOML front matter, `## Metadata`, the heading",
    recognize,
};

/// Most letters of a fact of one line; what is longer is prose.
const LONGEST_FACT: usize = 120;
/// Ends of a highlight that lead to where it was made.
const HIGHLIGHT_LINKS: [&str; 2] = ["(View Highlight)", "(Location)"];

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    let named = start.has_ending(FAMILY.endings);
    named.then_some(Ok(FormatReader::Whole(read_markdown)))
}

fn read_markdown(name: &CleanText, source: &str) -> Result<Vec<ReadResult>, String> {
    let text = source.trim_start_matches(BYTE_ORDER_MARK);
    let text = text.replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Err("empty; nothing to read in it".to_owned());
    }
    let mut clipping = Clipping::default();
    let front = FrontMatter::find(&text, &mut clipping.draft.facts);
    clipping.draft.facts.forget_places();
    for block in blocks(text.get(front.end..).unwrap_or_default()) {
        clipping.take(&block);
    }
    Ok(vec![Ok(clipping
        .finished()?
        .article(name, source.as_bytes()))])
}

/// The part of a clipping that is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum MarkdownSection {
    #[default]
    Story,
    Facts,
    Dek,
    Highlights,
    /// Notes of the one who clipped it.
    Notes,
}

/// A clipping that is being read.
#[derive(Default)]
struct Clipping {
    draft: ReportDraft,
    section: MarkdownSection,
    /// The level of the section's heading.
    level: u8,
    headline: Option<String>,
    highlights: Vec<String>,
}

impl Clipping {
    fn take(&mut self, block: &MarkdownBlock) {
        match (block.kind, self.section) {
            (MarkdownKind::Heading(level), _) => self.take_heading(level, block),
            (_, MarkdownSection::Facts) => self.take_facts(block),
            (_, MarkdownSection::Dek) => {
                self.draft.push(Some(BlockRole::Dek), &block.words);
                if !block.is_quoted {
                    self.section = MarkdownSection::Story;
                }
            }
            (_, MarkdownSection::Highlights) => self.highlights.push(highlight(&block.words)),
            (_, MarkdownSection::Notes) => {}
            (_, MarkdownSection::Story) => self.take_story(block),
        }
        if self.section == MarkdownSection::Dek && block.kind == MarkdownKind::Paragraph {
            self.section = MarkdownSection::Story;
        }
    }

    fn take_heading(&mut self, level: u8, block: &MarkdownBlock) {
        if let Some(section) = section(block) {
            (self.section, self.level) = (section, level);
            return;
        }
        if self.section != MarkdownSection::Story && level > self.level {
            return;
        }
        self.section = MarkdownSection::Story;
        let is_headline = self.headline.is_none() && self.draft.is_empty();
        if is_headline && (level == 1 || self.draft.facts.headline.is_none()) {
            self.headline = Some(block.words.clone());
        } else {
            self.draft.push(Some(BlockRole::Heading), &block.words);
        }
    }

    fn take_story(&mut self, block: &MarkdownBlock) {
        if self.draft.is_empty() && states_facts(block) {
            self.take_facts(block);
        } else if block.is_quoted || block.kind == MarkdownKind::Entry {
            self.draft.push_body(&block.words);
        } else {
            self.draft.push(None, &block.words);
        }
    }

    /// Adds the facts of `Key: value` lines.
    fn take_facts(&mut self, block: &MarkdownBlock) {
        for line in block.words.lines() {
            let Some((name, value)) = fact(line) else {
                continue;
            };
            let from = Provenance::HeaderLine(name.written.as_str().into());
            self.draft.state(name.fact, value, from.clone());
            if let (FactKind::Outlet, Some(link)) = (name.fact, &block.link) {
                self.draft.state(FactKind::Url, link, from);
            }
        }
    }

    /// Returns the report; without a text, its highlights are an excerpt.
    fn finished(mut self) -> Result<ReportDraft, String> {
        if self.draft.is_empty() {
            self.draft.extent = TextExtent::Excerpt;
            let highlights = self.highlights.iter();
            highlights.for_each(|words| self.draft.push_body(words));
        }
        if self.draft.is_empty() {
            return Err("no text in it, only facts or headings; clip the whole page".to_owned());
        }
        if let Some(headline) = &self.headline {
            self.draft
                .state(FactKind::Headline, headline, Provenance::Layout);
        }
        take_site_off_headline(&mut self.draft);
        Ok(self.draft)
    }
}

/// Returns the section that a heading begins.
fn section(block: &MarkdownBlock) -> Option<MarkdownSection> {
    let words = block.words.trim().trim_end_matches(':').to_lowercase();
    Some(match &*words {
        "metadata" | "properties" => MarkdownSection::Facts,
        "full document" | "full text" | "full article" | "content" => MarkdownSection::Story,
        "excerpt" if block.is_quoted => MarkdownSection::Dek,
        "highlights" | "annotations" => MarkdownSection::Highlights,
        "notes" | "my notes" | "document note" | "summary" => MarkdownSection::Notes,
        words if words.starts_with("new highlights added") => MarkdownSection::Highlights,
        words if words.starts_with("highlights first synced") => MarkdownSection::Highlights,
        _ => return None,
    })
}

/// Returns the words of a highlight without the link to its place.
fn highlight(words: &str) -> String {
    let words = words.trim();
    let bare = HIGHLIGHT_LINKS
        .iter()
        .find_map(|link| words.strip_suffix(link));
    let bare = bare.unwrap_or(words).trim();
    bare.strip_suffix("()").unwrap_or(bare).trim().to_owned()
}

/// Returns key and value of a `Key: value` line whose key is known.
fn fact(line: &str) -> Option<(&'static keys::KeyName, &str)> {
    let (key, value) = line.split_once(':')?;
    let name = keys::plain_key(key.trim())?;
    Some((name, value.trim()))
}

/// Returns whether a paragraph before the story states facts: two known lines or more, or one whose value leaves no doubt.
fn states_facts(block: &MarkdownBlock) -> bool {
    let known: Vec<_> = block.words.lines().filter_map(fact).collect();
    let all = block.words.lines().count();
    match known.as_slice() {
        [] => false,
        [(name, value)] if all == 1 => stands_alone(name.fact, value),
        known => known.len() >= 2 && known.len() * 2 > all,
    }
}

fn stands_alone(fact: FactKind, value: &str) -> bool {
    let is_short = !value.is_empty() && value.len() <= LONGEST_FACT && !value.ends_with('.');
    match fact {
        FactKind::Published | FactKind::OtherDay => dates::parse_date(value).is_some(),
        FactKind::Url => value.starts_with("http"),
        FactKind::Author | FactKind::Outlet | FactKind::Tags => is_short,
        _ => false,
    }
}

/// Takes ` | The Harbour Post` off the headline; that is the outlet, where nothing but an address said so.
fn take_site_off_headline(draft: &mut ReportDraft) {
    let facts = &mut draft.facts;
    let address = facts.url.as_ref().map(|url| url.value.to_string());
    let outlet = facts.outlet.as_ref().map(|outlet| outlet.value.to_string());
    let Some(headline) = &mut facts.headline else {
        return;
    };
    let whole = headline.value.to_string();
    let bare = html::without_site(&whole, outlet.as_deref(), address.as_deref());
    if bare.len() == whole.len() {
        return;
    }
    headline.value = CleanText::one_line(bare);
    let marks = [" | ", " – ", " — ", " - ", " · ", " • ", " :: ", " » "];
    let site = marks
        .into_iter()
        .filter_map(|mark| Some(whole.rsplit_once(mark)?.1));
    let site = site.min_by_key(|site| site.len()).unwrap_or_default();
    let is_host = outlet.is_some_and(|outlet| !outlet.contains(' ') && outlet.contains('.'));
    if is_host {
        facts.outlet = None;
    }
    draft.state(FactKind::Outlet, site, Provenance::Layout);
}

#[cfg(test)]
mod tests {
    use super::super::reading::{facts, read_bytes, stories};
    use crate::article::TextExtent;

    const OBSIDIAN: &str = include_str!("../../../../tests/fixtures/obsidian.md");
    const MARKDOWNLOAD: &str = include_str!("../../../../tests/fixtures/markdownload.md");
    const READWISE: &str = include_str!("../../../../tests/fixtures/readwise.md");

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let read = read_bytes("a.md", text.as_bytes());
        (facts(&read), stories(&read))
    }

    #[test]
    fn clippers_state_their_facts_each_in_its_own_way() {
        for (text, outlet, day) in [
            (OBSIDIAN, "harbourpost.example", "2025-09-03"),
            (MARKDOWNLOAD, "The Harbour Post", "?"),
            (READWISE, "?", "?"),
        ] {
            let (facts, stories) = read(text);
            let headline = "Minister says ferry fares will not rise this year";
            assert_eq!(facts, [format!("{headline} | {outlet} | Jane Doe | {day}")]);
            // The dek counts as a part of the story.
            let paragraphs = if text == MARKDOWNLOAD { 8 } else { 7 };
            assert_eq!(stories[0].split('\n').count(), paragraphs, "{stories:?}");
            assert!(!stories[0].contains(['[', '*', '#']), "{stories:?}");
            assert!(
                stories[0].ends_with("is expected in November."),
                "{stories:?}"
            );
        }
    }

    #[test]
    fn highlights_alone_are_an_excerpt() {
        let text = "# Ferries stay\n\n## Metadata\n- Author: [[Jane Doe]]\n- URL: https://p.example/1\n\n## Highlights\n- “The fares stay.” ([View Highlight](https://r.example/1))\n";
        let read = read_bytes("a.md", text.as_bytes());
        assert_eq!(facts(&read), ["Ferries stay | ? | Jane Doe | ?"]);
        assert_eq!(stories(&read), ["“The fares stay.”"]);
        assert!(
            read[0]
                .as_ref()
                .is_ok_and(|one| one.extent == TextExtent::Excerpt)
        );
    }

    #[test]
    fn front_matter_of_jekyll_and_hugo_is_read() {
        let hugo = "+++\ntitle = \"Ferries stay\"\ndate = 2025-09-03T10:00:00-04:00\nauthor = \"Jane Doe\"\n+++\nThe fares stay.\n";
        assert_eq!(read(hugo).0, ["Ferries stay | ? | Jane Doe | 2025-09-03"]);
        let jekyll = "---\ntitle: >-\n  Ferries\n  stay\ndate: 2025-09-03 10:00:00 -0400 # a guess\nauthor:\n  name: Jane Doe\nsource:\n  name: The Post\n---\nThe fares stay.\n";
        assert_eq!(
            read(jekyll).0,
            ["Ferries stay | The Post | Jane Doe | 2025-09-03"]
        );
    }

    #[test]
    fn lines_before_the_text_state_facts_and_prose_does_not() {
        let text = "# Ferries stay\n\n**Author:** Jane Doe\n**Date:** Sept. 3, 2025\n**Source:** [The Post](https://p.example/1)\n\nThe fares stay.\n\nSource: nobody said.\n";
        let (facts, stories) = read(text);
        assert_eq!(facts, ["Ferries stay | The Post | Jane Doe | 2025-09-03"]);
        assert_eq!(stories, ["The fares stay.\nSource: nobody said."]);
    }

    #[test]
    fn a_cut_off_clipping_gives_what_it_has_and_an_empty_one_nothing() {
        for text in [OBSIDIAN, MARKDOWNLOAD, READWISE] {
            for end in (0..text.len()).step_by(41) {
                let end = text.floor_char_boundary(end);
                assert_eq!(
                    read_bytes("a.md", &text.as_bytes()[..end]).len(),
                    1,
                    "{end}"
                );
            }
        }
        assert!(read_bytes("a.md", b"---\ntitle: x\n---\n")[0].is_err());
    }
}
