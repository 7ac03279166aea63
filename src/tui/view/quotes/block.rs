//! One version of an utterance, laid out: who says it, the words with the sentence around them, and what matches the search.
//!
//! A long quotation is cut to a few rows, from where the search matches. What differs between the versions of one utterance is marked
//! against the longest of them; a fragment of it marks nothing there, since all the rest of the sentence would be "different".

use ratatui::layout::Rect;

use crate::annotate::quote::Quote;
use crate::compare::{Sides, diff};
use crate::filter::{Query, QueryField};
use crate::library::quotes::{
    QuoteGrouping, QuoteHeading, QuoteRef, QuoteResults, QuoteVersions, surrounding_sentences,
};
use crate::library::{QuoteFields, Report, ReportSummary};
use crate::text::{Span, find};
use crate::tui::matches::matched_letters;
use crate::tui::page::wrap_span;
use crate::tui::shared::Shared;
use crate::tui::words::voice;

/// From this width on the speaker's name stands beside the words.
const NAME_BESIDE_FROM: u16 = 70;
/// Below this height there is room for the words only.
const FACTS_FROM: u16 = 12;
/// Below this height names have no line of their own.
const NAMES_FROM: u16 = 4;
/// Columns of the name beside the words.
pub(super) const NAME: u16 = 20;
/// Columns from the beginning of the name to that of the words: the name, a blank, the letter of the report, a blank.
const ASIDE: u16 = NAME + 3;
/// Columns of the words at most.
const MEASURE: u16 = 96;
/// Rows of one version at most, where there is room for the facts.
const ROWS: usize = 4;
/// Rows of one version at most, where there is none.
const FEW_ROWS: usize = 2;
/// Bytes of the sentence that are shown on each side of a quotation.
const AROUND: usize = 160;
/// Bytes of a quotation that are looked at.
const LONGEST: usize = 16 * 1024;
/// Versions of one utterance among which the longest is looked for. A wire story has hundreds, too many for each frame.
pub(super) const COMPARED_VERSIONS: usize = 16;
/// Versions that the longest is compared with.
const COMPARED_WITH_LONGEST: usize = 8;

/// The space that a block is laid out for.
#[derive(Clone, Copy, Debug)]
pub(super) struct BlockSpace {
    width: u16,
    /// Whether the name stands beside the words.
    pub(super) name_beside: bool,
    /// Whether there are lines for the facts and between the entries.
    pub(super) has_facts: bool,
    /// Whether there are lines for names.
    has_names: bool,
}

impl BlockSpace {
    /// Returns the space of a block in `list`.
    pub(super) fn new(list: Rect) -> Self {
        Self {
            width: list.width,
            name_beside: list.width >= NAME_BESIDE_FROM,
            has_facts: list.height >= FACTS_FROM,
            has_names: list.height >= NAMES_FROM,
        }
    }
}

/// The answer that blocks are made of, and the space for each.
pub(super) struct BlockSource<'a> {
    shared: &'a Shared,
    results: &'a QuoteResults,
    query: Query,
    space: BlockSpace,
}

impl<'a> BlockSource<'a> {
    /// Returns the source of blocks in `list`.
    pub(super) fn new(shared: &'a Shared, results: &'a QuoteResults, list: Rect) -> Self {
        Self {
            shared,
            results,
            query: Query::parse(&results.query),
            space: BlockSpace::new(list),
        }
    }

    /// Lays version `number` out; `None` where there is none, or its report is closed: one that cannot be read any more is.
    pub(super) fn block(&self, number: usize) -> Option<QuoteBlock<'a>> {
        let (entry, version) = self.results.place(number)?;
        let versions = self.results.versions_of(entry);
        let at = versions.get(version)?;
        let (report, quote) = at.resolve(&self.shared.library.entries)?;
        let summary = self.shared.summary(at.report)?;
        let mut block = QuoteBlock {
            number,
            at,
            summary,
            report,
            quote,
            grouping: self.results.grouping,
            entry_heading: self.results.heading(entry),
            versions,
            version,
            is_named: false,
            rows: Vec::new(),
            is_cut_before: false,
            is_cut_after: false,
            matches: QuoteMatches::new(&self.query, summary, report, quote),
            space: self.space,
        };
        block.is_named = block.needs_name(self.shared);
        block.lay_out();
        Some(block)
    }
}

/// One version, laid out.
pub(super) struct QuoteBlock<'a> {
    /// Its number, counted through all entries.
    pub(super) number: usize,
    pub(super) at: QuoteRef,
    pub(super) summary: &'a ReportSummary,
    pub(super) report: &'a Report,
    pub(super) quote: &'a Quote,
    pub(super) grouping: QuoteGrouping,
    /// The heading of the group that its entry begins.
    entry_heading: Option<&'a QuoteHeading>,
    /// All versions of its utterance.
    versions: QuoteVersions<'a>,
    /// Its number among them.
    version: usize,
    /// Whether it says who speaks: not where that is said above it.
    pub(super) is_named: bool,
    pub(super) rows: Vec<Span>,
    /// Whether words before the first row are left out.
    pub(super) is_cut_before: bool,
    /// Whether words after the last row are left out.
    pub(super) is_cut_after: bool,
    pub(super) matches: QuoteMatches,
    pub(super) space: BlockSpace,
}

impl<'a> QuoteBlock<'a> {
    /// Returns the heading over it: the first version of an entry may have one.
    pub(super) fn heading(&self) -> Option<&'a QuoteHeading> {
        self.entry_heading.filter(|_| self.version == 0)
    }

    /// Returns the lines that it takes.
    pub(super) fn height(&self) -> u16 {
        let name = u16::from(self.is_named && !self.space.name_beside);
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX).max(1);
        let is_last = self.version + 1 == self.versions.count();
        // A blank line stands between the entries where there is room for the facts.
        let facts = match self.space.has_facts {
            true => 1 + u16::from(is_last),
            false => 0,
        };
        u16::from(self.heading().is_some()) + name + rows + facts
    }

    /// Returns the columns from the left edge to the words.
    pub(super) fn text_x(&self) -> u16 {
        2 + if self.space.name_beside { ASIDE } else { 0 }
    }

    /// Returns the columns of the words.
    pub(super) fn text_width(&self) -> u16 {
        let taken = self.text_x() + 2;
        self.space.width.saturating_sub(taken).min(MEASURE)
    }

    /// Whether neither the version above nor the heading says who speaks.
    fn needs_name(&self, shared: &Shared) -> bool {
        // Without a column of its own the letter of the report stands with the name.
        if !self.space.name_beside && (self.versions.count() > 1 || !self.space.has_names) {
            return self.space.has_names;
        }
        let name = |quote: &Quote| voice(quote.speaker.as_ref(), u16::MAX);
        let above = self.version.checked_sub(1);
        let above = above.and_then(|above| self.versions.get(above));
        let above = above.and_then(|above| above.resolve(&shared.library.entries));
        let is_said = above.is_some_and(|(_, quote)| name(quote) == name(self.quote));
        !is_said && self.grouping != QuoteGrouping::Speaker
    }

    fn lay_out(&mut self) {
        let (shown, sentences) = self.shown_words();
        let width = usize::from(self.text_width()).max(1);
        let rows = wrap_span(&self.report.article.text, shown, width);
        let has_room = self.space.has_facts;
        let most = if has_room { ROWS } else { FEW_ROWS };
        let wanted = self.matches.words.first().unwrap_or(&self.quote.span);
        let row = rows.partition_point(|row| row.end <= wanted.start);
        // A match in the first rows needs no skipping; one further down stands in the middle of those shown.
        let skipped = match row < most {
            true => 0,
            false => (row + 1).saturating_sub(most / 2),
        };
        let skipped = skipped.min(rows.len().saturating_sub(most));
        self.is_cut_before = shown.start > sentences.start || skipped > 0;
        self.is_cut_after = shown.end < sentences.end || rows.len() > skipped + most;
        self.rows = rows.into_iter().skip(skipped).take(most).collect();
    }

    /// Returns the words that are shown, the quotation in its sentence, and the whole sentences.
    fn shown_words(&self) -> (Span, Span) {
        let text: &str = &self.report.article.text;
        let span = self.quote.span;
        let sentences = surrounding_sentences(&self.report.article, span);
        let mut shown = sentences;
        if sentences.start + AROUND < span.start {
            let from = text.ceil_char_boundary(span.start - AROUND);
            let blank = Span::new(from, span.start).of(text).find(' ');
            shown.start = blank.map_or(span.start, |at| from + at + 1);
        }
        let longest = (span.end + AROUND).min(span.start + LONGEST);
        if sentences.end > longest {
            let to = text.floor_char_boundary(longest);
            let blank = Span::new(span.start, to).of(text).rfind(' ');
            shown.end = blank.map_or(to, |at| span.start + at);
        }
        (shown, sentences)
    }

    /// Returns the words of this version that differ from the others'.
    pub(super) fn differing_words(&self, shared: &Shared) -> Vec<Span> {
        let length = |at: QuoteRef| {
            let quote = at.resolve(&shared.library.entries);
            quote.map_or(0, |(_, quote)| quote.span.len())
        };
        let versions = self.versions.iter();
        let compared = || versions.clone().take(COMPARED_VERSIONS);
        let Some(longest) = compared().max_by_key(|at| (length(*at), *at)) else {
            return Vec::new();
        };
        if longest != self.at {
            return self.words_not_in(shared, longest);
        }
        let others = compared().filter(|at| *at != self.at);
        let whole = others.filter(|at| 2 * length(*at) > self.quote.span.len());
        let whole = whole.take(COMPARED_WITH_LONGEST);
        let spans = whole.flat_map(|at| self.words_not_in(shared, at));
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_unstable();
        spans.dedup_by(|span, before| {
            let overlaps = span.start < before.end;
            before.end = before.end.max(if overlaps { span.end } else { 0 });
            overlaps
        });
        spans
    }

    /// Returns the words of this version that `other` does not have.
    fn words_not_in(&self, shared: &Shared, other: QuoteRef) -> Vec<Span> {
        let Some((report, quote)) = other.resolve(&shared.library.entries) else {
            return Vec::new();
        };
        let beginning = |span: Span| Span::new(span.start, span.end.min(span.start + LONGEST));
        let differing = diff::wording(
            Sides::new(&*self.report.article.text, &*report.article.text),
            Sides::new(beginning(self.quote.span), beginning(quote.span)),
        );
        differing.left
    }
}

/// The letters of a quotation that match the search: of its words as places in the text, else in what is shown of it.
#[derive(Debug, Default)]
pub(super) struct QuoteMatches {
    pub(super) words: Vec<Span>,
    pub(super) speaker: Vec<Span>,
    pub(super) outlet: Vec<Span>,
    pub(super) label: Vec<Span>,
}

impl QuoteMatches {
    fn new(query: &Query, summary: &ReportSummary, report: &Report, quote: &Quote) -> Self {
        let fields = QuoteFields::new(&report.article.text, quote);
        let mut columns = fields.columns(summary);
        columns[0] = &columns[0][..columns[0].floor_char_boundary(LONGEST)];
        let mut found = matched_letters(query, &columns);
        for term in query.terms().filter(|term| !term.negated) {
            let column = match term.field {
                Some(QueryField::Quote) => 0,
                Some(QueryField::Speaker) => 1,
                Some(QueryField::Outlet) => 2,
                Some(QueryField::Headline) => 3,
                _ => continue,
            };
            if let (Some(spans), Some(words)) = (found.get_mut(column), columns.get(column)) {
                spans.extend(find::find_all(words, &term.text));
                spans.sort_unstable();
                spans.dedup();
            }
        }
        let mut found = found.into_iter();
        let [words, speaker, outlet, label] =
            std::array::from_fn(|_| found.next().unwrap_or_default());
        let words = words.into_iter();
        Self {
            words: words.map(|span| span.shifted(quote.span.start)).collect(),
            speaker,
            outlet,
            label,
        }
    }
}
