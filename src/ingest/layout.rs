//! Paragraphs get their roles: what stands before the story, the story, and what the page left between.
//!
//! The head is read first: photo lines, a headline, a dek, a byline and a date line may stand there in any order, and end
//! at the first paragraph that is none of them. From there on paragraphs are the story unless their words say otherwise.

use crate::article::{BlockRole, Photo, Provenance, StatedFact, TextBlock};
use crate::text::{CleanText, Span, sentences};

use super::credit;
use super::dateline;
use super::dates;
use super::facts::{Facts, Said};
use super::keys::Fact;
use super::lines;

/// Paragraphs that may stand before the story.
const HEAD: usize = 12;

/// A text that is being laid out.
pub(super) struct Layout<'a> {
    text: &'a str,
    facts: &'a mut Facts,
    /// Whether the first paragraph follows facts that are glued to it.
    glued: bool,
    /// Paragraphs that are neither headline nor story yet.
    in_head: bool,
    pub(super) blocks: Vec<TextBlock>,
    pub(super) photos: Vec<Photo>,
}

impl<'a> Layout<'a> {
    /// Begins behind the facts that `blocks` hold already.
    pub(super) fn new(
        text: &'a str,
        facts: &'a mut Facts,
        blocks: Vec<TextBlock>,
        glued: bool,
    ) -> Self {
        Self {
            text,
            facts,
            glued,
            in_head: true,
            blocks,
            photos: Vec::new(),
        }
    }

    /// Gives `paragraphs` their roles.
    pub(super) fn read(&mut self, paragraphs: &[Span]) {
        self.blocks.reserve_exact(paragraphs.len());
        for (at, &paragraph) in paragraphs.iter().enumerate() {
            if self.photo(paragraph) || self.furniture(paragraph) {
                continue;
            }
            let rest = paragraphs.get(at + 1..).unwrap_or_default();
            if at >= HEAD || !self.in_head || !self.head(paragraph, rest) {
                self.story(paragraph, rest);
            }
            self.glued = false;
        }
    }

    fn push(&mut self, span: Span, role: BlockRole) {
        if !span.is_empty() {
            self.blocks.push(TextBlock { span, role });
        }
    }

    /// Pushes what stands in `paragraph` before, between and after `parts` as matter, and the parts by their roles.
    fn push_parts(&mut self, paragraph: Span, parts: &[(Span, BlockRole)]) {
        let mut at = paragraph.start;
        for &(span, role) in parts {
            self.push(
                Span::new(at, span.start).trimmed(self.text),
                BlockRole::Matter,
            );
            self.push(span, role);
            at = span.end;
        }
        self.push(
            Span::new(at, paragraph.end).trimmed(self.text),
            BlockRole::Matter,
        );
    }

    fn photo(&mut self, paragraph: Span) -> bool {
        let Some(line) = credit::read(paragraph.of(self.text)) else {
            return false;
        };
        let place = |span: Option<Span>| span.map(|span| span.shifted(paragraph.start));
        let (credit, caption) = (place(line.credit), place(line.caption));
        let mut parts = Vec::new();
        parts.extend(credit.map(|span| (span, BlockRole::Credit)));
        parts.extend(caption.map(|span| (span, BlockRole::Caption)));
        parts.sort_by_key(|part| part.0.start);
        self.push_parts(paragraph, &parts);
        let date = caption.and_then(|span| dates::first_in(span.of(self.text)));
        self.photos.push(Photo {
            credit,
            caption,
            date,
        });
        true
    }

    /// What the page left behind, anywhere.
    fn furniture(&mut self, paragraph: Span) -> bool {
        let words = paragraph.of(self.text);
        if let Some((published, span)) = lines::sign_off(words) {
            let field = StatedFact {
                value: published,
                provenance: Provenance::Layout,
                span: Some(span.shifted(paragraph.start)),
            };
            self.facts.published.get_or_insert(field);
            self.push(paragraph, BlockRole::Boilerplate);
            return true;
        }
        if lines::is_boilerplate(words) {
            self.push(paragraph, BlockRole::Boilerplate);
            return true;
        }
        false
    }

    /// What may stand before the story; false at the first paragraph of the story.
    fn head(&mut self, paragraph: Span, rest: &[Span]) -> bool {
        self.heading_line(paragraph)
            || self.date_line(paragraph)
            || self.byline(paragraph)
            || self.known_words(paragraph)
            || self.masthead(paragraph, rest)
            || self.headline(paragraph, rest)
            || self.dek(paragraph, rest)
            || self.loose_line(paragraph, rest)
    }

    fn said(&self, span: Span, provenance: Provenance) -> Said<'a> {
        Said {
            words: span.of(self.text),
            provenance,
            span: Some(span),
        }
    }

    /// A Markdown heading: the headline if there is none, else a heading.
    fn heading_line(&mut self, paragraph: Span) -> bool {
        let Some((_, words)) = lines::markdown_heading(paragraph.of(self.text)) else {
            return false;
        };
        let words = words.shifted(paragraph.start);
        if self.facts.headline.is_none() {
            self.facts
                .state(Fact::Headline, self.said(words, Provenance::Layout));
        }
        let role = if self.is_headline(words) {
            BlockRole::Headline
        } else {
            BlockRole::Heading
        };
        self.push_parts(paragraph, &[(words, role)]);
        true
    }

    fn is_headline(&self, span: Span) -> bool {
        let known = self.facts.headline.as_ref();
        known.is_some_and(|known| *known.value == *CleanText::one_line(span.of(self.text)))
    }

    fn date_line(&mut self, paragraph: Span) -> bool {
        let Some(line) = lines::date_line(paragraph.of(self.text)) else {
            return false;
        };
        if !line.updated {
            let span = Some(line.span.shifted(paragraph.start));
            let field = StatedFact {
                value: line.published,
                provenance: Provenance::Layout,
                span,
            };
            self.facts.published.get_or_insert(field);
        }
        self.push(paragraph, BlockRole::Matter);
        true
    }

    fn byline(&mut self, paragraph: Span) -> bool {
        let Some(name) = lines::byline(paragraph.of(self.text)) else {
            return false;
        };
        self.facts.state(
            Fact::Author,
            self.said(name.shifted(paragraph.start), Provenance::Layout),
        );
        self.push(paragraph, BlockRole::Byline);
        true
    }

    /// The headline or the dek once more, when a key has stated it already.
    fn known_words(&mut self, paragraph: Span) -> bool {
        let words = paragraph.of(self.text);
        if self.is_headline(paragraph) {
            self.push(paragraph, BlockRole::Headline);
        } else if self.facts.dek.as_ref().is_some_and(|dek| **dek == *words) {
            self.push(paragraph, BlockRole::Dek);
        } else {
            return false;
        }
        true
    }

    /// The name of a paper or an agency, or a place in capitals, on a line of its own.
    fn masthead(&mut self, paragraph: Span, rest: &[Span]) -> bool {
        let words = paragraph.of(self.text);
        if rest.is_empty() {
            return false;
        }
        if credit::is_agency(words) {
            self.facts
                .state(Fact::Outlet, self.said(paragraph, Provenance::Layout));
            self.push(paragraph, BlockRole::Matter);
            return true;
        }
        let place = dateline::is_place_line(words);
        if place {
            self.push(paragraph, BlockRole::Dateline);
        }
        place
    }

    /// A line below the headline that is no sentence.
    fn loose_line(&mut self, paragraph: Span, rest: &[Span]) -> bool {
        let loose = self.facts.headline.is_some()
            && !rest.is_empty()
            && lines::is_heading(paragraph.of(self.text));
        if loose {
            self.push(paragraph, BlockRole::Heading);
        }
        loose
    }

    /// A short line without a full stop that stands first, before prose.
    fn headline(&mut self, paragraph: Span, rest: &[Span]) -> bool {
        let words = paragraph.of(self.text);
        if self.facts.headline.is_some()
            || rest.is_empty()
            || !lines::is_headline(words)
            || dateline::read(words).is_some()
        {
            return false;
        }
        self.facts
            .state(Fact::Headline, self.said(paragraph, Provenance::Layout));
        self.push(paragraph, BlockRole::Headline);
        true
    }

    /// One sentence before the story: glued to the facts of a dump, or between headline and byline.
    fn dek(&mut self, paragraph: Span, rest: &[Span]) -> bool {
        let words = paragraph.of(self.text);
        let byline_follows = self.facts.headline.is_some()
            && rest.iter().take(2).any(|next| {
                let next = next.of(self.text);
                lines::byline(next).is_some() || lines::date_line(next).is_some()
            });
        if rest.is_empty()
            || self.blocks.iter().any(|block| block.role == BlockRole::Dek)
            || !(self.glued || byline_follows)
        {
            return false;
        }
        if words.len() > 600
            || dateline::read(words).is_some()
            || sentences::sentences(words).len() != 1
        {
            return false;
        }
        self.push(paragraph, BlockRole::Dek);
        true
    }

    fn story(&mut self, paragraph: Span, rest: &[Span]) {
        let words = paragraph.of(self.text);
        if self.in_head {
            self.in_head = false;
            self.lede(paragraph);
        } else if let Some((_, heading)) = lines::markdown_heading(words) {
            self.push_parts(
                paragraph,
                &[(heading.shifted(paragraph.start), BlockRole::Heading)],
            );
        } else if lines::is_heading(words)
            && rest
                .first()
                .is_some_and(|next| next.len() > 2 * words.len() && next.len() > 80)
        {
            self.push(paragraph, BlockRole::Heading);
        } else {
            self.push(paragraph, BlockRole::Body);
        }
    }

    /// The first paragraph of the story, which a dateline may begin.
    fn lede(&mut self, paragraph: Span) {
        let Some(line) = dateline::read(paragraph.of(self.text)) else {
            self.push(paragraph, BlockRole::Body);
            return;
        };
        let dateline = line.span.shifted(paragraph.start);
        if let Some(agency) = line.agency {
            self.facts.state(
                Fact::Outlet,
                self.said(agency.shifted(paragraph.start), Provenance::Dateline),
            );
        }
        if let Some((value, span)) = line.published {
            let field = StatedFact {
                value,
                provenance: Provenance::Dateline,
                span: Some(span.shifted(paragraph.start)),
            };
            self.facts.published.get_or_insert(field);
        }
        self.push(dateline, BlockRole::Dateline);
        self.push(
            Span::new(dateline.end, paragraph.end).trimmed(self.text),
            BlockRole::Body,
        );
    }
}
