//! Assigns roles to paragraphs: head, story, and leftovers of the page.
//!
//! The head comes first: photo lines, a headline, a dek, a byline and a date line may stand there in any order, and end at the
//! first paragraph that is none of them. From there on paragraphs are the story unless their words say otherwise.

use crate::article::{BlockRole, Photo, Provenance, Published, StatedFact, TextBlock};
use crate::text::{Span, sentences};

use super::credit;
use super::dateline;
use super::dates;
use super::facts::{FactWords, ReportFacts};
use super::front_matter::FrontMatter;
use super::keys::FactKind;
use super::lines;

/// Paragraphs that may stand before the story; pages with more are lists of links.
const LONGEST_HEAD: usize = 12;
/// Most bytes of a dek.
const LONGEST_DEK: usize = 600;
/// Bytes beyond which a paragraph is prose, as long as the longest heading.
const LEAST_PROSE: usize = 80;

/// A text whose paragraphs get their roles.
pub(super) struct ArticleLayout<'a> {
    text: &'a str,
    facts: &'a mut ReportFacts,
    /// Whether the first paragraph follows facts that are glued to it.
    glued: bool,
    /// Whether the story has not begun.
    in_head: bool,
    pub(super) blocks: Vec<TextBlock>,
    pub(super) photos: Vec<Photo>,
}

impl<'a> ArticleLayout<'a> {
    /// Begins after the facts in `front`.
    pub(super) fn new(text: &'a str, facts: &'a mut ReportFacts, front: FrontMatter) -> Self {
        Self {
            text,
            facts,
            glued: front.glued,
            in_head: true,
            blocks: front.blocks,
            photos: Vec::new(),
        }
    }

    /// Assigns roles to all paragraphs after the front matter.
    pub(super) fn assign_roles(&mut self, paragraphs: &[Span]) {
        self.blocks.reserve_exact(paragraphs.len());
        for (at, &paragraph) in paragraphs.iter().enumerate() {
            let rest = paragraphs.get(at + 1..).unwrap_or_default();
            self.find_role(at, paragraph, rest);
        }
    }

    /// Gives all paragraphs the roles that are stated; those without one get theirs by their words.
    pub(super) fn assign_stated_roles(&mut self, paragraphs: &[Span], roles: &[Option<BlockRole>]) {
        self.blocks.reserve_exact(paragraphs.len());
        for (at, (&paragraph, role)) in paragraphs.iter().zip(roles).enumerate() {
            match role {
                None => {
                    let rest = paragraphs.get(at + 1..).unwrap_or_default();
                    self.find_role(at, paragraph, rest);
                }
                Some(BlockRole::Body) => self.take_stated_body(paragraph),
                Some(BlockRole::Caption) => self.take_stated_caption(paragraph),
                Some(role) => self.push(paragraph, *role),
            }
        }
    }

    fn find_role(&mut self, at: usize, paragraph: Span, rest: &[Span]) {
        // Photos and leftovers stand anywhere, so that they do not end the head.
        if self.take_photo_line(paragraph) || self.take_leftover(paragraph) {
            return;
        }
        if at >= LONGEST_HEAD || !self.in_head || !self.take_head_line(paragraph, rest) {
            self.take_story(paragraph, rest);
        }
        self.glued = false;
    }

    fn take_stated_body(&mut self, paragraph: Span) {
        if self.take_photo_line(paragraph) || self.take_leftover(paragraph) {
            return;
        }
        if self.in_head && self.is_headline(paragraph) {
            self.push(paragraph, BlockRole::Headline);
        } else if self.in_head {
            self.in_head = false;
            self.take_lede(paragraph);
        } else {
            self.push(paragraph, BlockRole::Body);
        }
    }

    fn take_stated_caption(&mut self, paragraph: Span) {
        if self.take_photo_line(paragraph) {
            return;
        }
        self.photos.push(Photo {
            credit: None,
            caption: Some(paragraph),
            date: dates::first_date(paragraph.of(self.text)),
        });
        self.push(paragraph, BlockRole::Caption);
    }

    fn push(&mut self, span: Span, role: BlockRole) {
        let span = span.trimmed(self.text);
        if !span.is_empty() {
            self.blocks.push(TextBlock { span, role });
        }
    }

    /// Adds `parts` of `paragraph` with their roles, and what is before, between and after them as matter.
    fn push_parts(&mut self, paragraph: Span, parts: &[(Span, BlockRole)]) {
        let mut at = paragraph.start;
        for &(span, role) in parts {
            self.push(Span::new(at, span.start), BlockRole::Matter);
            self.push(span, role);
            at = span.end;
        }
        self.push(Span::new(at, paragraph.end), BlockRole::Matter);
    }

    /// Adds a fact that words of the text state.
    fn add_fact(&mut self, fact: FactKind, span: Span, provenance: Provenance) {
        let words = FactWords {
            words: span.of(self.text),
            provenance,
            span: Some(span),
        };
        self.facts.add_fact(fact, words);
    }

    /// Adds the time of publication, which is stated at `span`.
    fn add_published(&mut self, value: Published, span: Span, provenance: Provenance) {
        self.facts.published.get_or_insert(StatedFact {
            value,
            provenance,
            span: Some(span),
        });
    }

    fn take_photo_line(&mut self, paragraph: Span) -> bool {
        let Some(line) = credit::photo_line(paragraph.of(self.text)) else {
            return false;
        };
        let place = |span: Option<Span>| span.map(|span| span.shifted(paragraph.start));
        let (credit, caption) = (place(line.credit), place(line.caption));
        let mut parts = Vec::new();
        parts.extend(credit.map(|span| (span, BlockRole::Credit)));
        parts.extend(caption.map(|span| (span, BlockRole::Caption)));
        parts.sort_by_key(|part| part.0.start);
        self.push_parts(paragraph, &parts);
        let date = caption.and_then(|span| dates::first_date(span.of(self.text)));
        self.photos.push(Photo {
            credit,
            caption,
            date,
        });
        true
    }

    /// Takes what the page left between the paragraphs, anywhere.
    fn take_leftover(&mut self, paragraph: Span) -> bool {
        let words = paragraph.of(self.text);
        if let Some((published, span)) = lines::sign_off(words) {
            self.add_published(published, span.shifted(paragraph.start), Provenance::Layout);
        } else if !lines::is_boilerplate(words) {
            return false;
        }
        self.push(paragraph, BlockRole::Boilerplate);
        true
    }

    /// Takes a paragraph that may stand before the story; returns false at the first paragraph of the story.
    ///
    /// The order matters: a date or a byline would pass for a headline, and a headline for a dek.
    fn take_head_line(&mut self, paragraph: Span, rest: &[Span]) -> bool {
        self.take_markdown_heading(paragraph)
            || self.take_date_line(paragraph)
            || self.take_byline(paragraph)
            || self.take_known_words(paragraph)
            || self.take_masthead(paragraph, rest)
            || self.take_headline(paragraph, rest)
            || self.take_dek(paragraph, rest)
            || self.take_loose_line(paragraph, rest)
    }

    /// Takes a Markdown heading: the headline if there is none yet, else a heading.
    fn take_markdown_heading(&mut self, paragraph: Span) -> bool {
        let Some(words) = lines::markdown_heading(paragraph.of(self.text)) else {
            return false;
        };
        let words = words.shifted(paragraph.start);
        if self.facts.headline.is_none() {
            self.add_fact(FactKind::Headline, words, Provenance::Layout);
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
        // Asked of every paragraph: the first other word is enough.
        let words = span.of(self.text).split([' ', '\n']);
        let known = self.facts.headline.as_ref();
        known.is_some_and(|known| {
            words
                .filter(|word| !word.is_empty())
                .eq(known.value.split(' '))
        })
    }

    fn take_date_line(&mut self, paragraph: Span) -> bool {
        let Some(line) = lines::date_line(paragraph.of(self.text)) else {
            return false;
        };
        if !line.updated {
            let span = line.span.shifted(paragraph.start);
            self.add_published(line.published, span, Provenance::Layout);
        }
        self.push(paragraph, BlockRole::Matter);
        true
    }

    fn take_byline(&mut self, paragraph: Span) -> bool {
        let Some(name) = lines::byline(paragraph.of(self.text)) else {
            return false;
        };
        let name = name.shifted(paragraph.start);
        self.add_fact(FactKind::Author, name, Provenance::Layout);
        self.push(paragraph, BlockRole::Byline);
        true
    }

    /// Takes the headline or the dek that a key has stated already.
    fn take_known_words(&mut self, paragraph: Span) -> bool {
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

    /// Takes the name of a paper or an agency, or a place in capitals, on a line of its own.
    fn take_masthead(&mut self, paragraph: Span, rest: &[Span]) -> bool {
        let words = paragraph.of(self.text);
        if rest.is_empty() {
            return false;
        }
        if credit::is_agency(words) {
            self.add_fact(FactKind::Outlet, paragraph, Provenance::Layout);
            self.push(paragraph, BlockRole::Matter);
        } else if dateline::is_place_line(words) {
            self.push(paragraph, BlockRole::Dateline);
        } else {
            return false;
        }
        true
    }

    /// Takes a line below the headline that is no sentence.
    fn take_loose_line(&mut self, paragraph: Span, rest: &[Span]) -> bool {
        let loose = self.facts.headline.is_some()
            && !rest.is_empty()
            && lines::is_heading(paragraph.of(self.text));
        if loose {
            self.push(paragraph, BlockRole::Heading);
        }
        loose
    }

    /// Takes a short line without a full stop that stands first, before prose.
    fn take_headline(&mut self, paragraph: Span, rest: &[Span]) -> bool {
        let words = paragraph.of(self.text);
        if self.facts.headline.is_some()
            || rest.is_empty()
            || !lines::is_headline(words)
            || dateline::dateline(words).is_some()
        {
            return false;
        }
        self.add_fact(FactKind::Headline, paragraph, Provenance::Layout);
        self.push(paragraph, BlockRole::Headline);
        true
    }

    /// Takes one sentence before the story: glued to the facts of a dump, or between headline and byline.
    fn take_dek(&mut self, paragraph: Span, rest: &[Span]) -> bool {
        let words = paragraph.of(self.text);
        let byline_follows = self.facts.headline.is_some()
            && rest.iter().take(2).any(|next| {
                let next = next.of(self.text);
                lines::byline(next).is_some() || lines::date_line(next).is_some()
            });
        let has_dek = self.blocks.iter().any(|block| block.role == BlockRole::Dek);
        if rest.is_empty() || has_dek || !(self.glued || byline_follows) {
            return false;
        }
        // A dek is one sentence; the first paragraph of a story has more most often.
        if words.len() > LONGEST_DEK
            || dateline::dateline(words).is_some()
            || sentences::sentences(words).len() != 1
        {
            return false;
        }
        self.push(paragraph, BlockRole::Dek);
        true
    }

    fn take_story(&mut self, paragraph: Span, rest: &[Span]) {
        let words = paragraph.of(self.text);
        if self.in_head {
            self.in_head = false;
            self.take_lede(paragraph);
        } else if let Some(heading) = lines::markdown_heading(words) {
            let heading = heading.shifted(paragraph.start);
            self.push_parts(paragraph, &[(heading, BlockRole::Heading)]);
        } else {
            // A heading stands over prose: among short lines, as in a list, none is one.
            let is_prose = |next: &Span| next.len() > LEAST_PROSE.max(2 * words.len());
            let is_heading = lines::is_heading(words) && rest.first().is_some_and(is_prose);
            let role = if is_heading {
                BlockRole::Heading
            } else {
                BlockRole::Body
            };
            self.push(paragraph, role);
        }
    }

    /// Takes the first paragraph of the story, which a dateline may begin.
    fn take_lede(&mut self, paragraph: Span) {
        let Some(line) = dateline::dateline(paragraph.of(self.text)) else {
            self.push(paragraph, BlockRole::Body);
            return;
        };
        let dateline = line.span.shifted(paragraph.start);
        if let Some(agency) = line.agency {
            let agency = agency.shifted(paragraph.start);
            self.add_fact(FactKind::Outlet, agency, Provenance::Dateline);
        }
        if let Some((value, span)) = line.published {
            let span = span.shifted(paragraph.start);
            self.add_published(value, span, Provenance::Dateline);
        }
        self.push(dateline, BlockRole::Dateline);
        self.push(Span::new(dateline.end, paragraph.end), BlockRole::Body);
    }
}
