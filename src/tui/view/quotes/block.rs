//! One version of an utterance on the screen: who says it, the words with the sentence around them, and where they stand.
//!
//! A long quotation is cut to a few rows, from where the query matches. What differs between the versions of one utterance is marked
//! against the longest of them; a fragment of it marks nothing there, since all the rest of the sentence would be "different".

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::annotate::quote::{Quote, QuoteKind, SpeakerBasis};
use crate::compare::{Side, Sides, diff};
use crate::filter::{Query, QueryField};
use crate::library::quotes::{
    self, QuoteGrouping, QuoteHeading, QuoteRef, QuoteResults, QuoteSubject,
};
use crate::library::{QuoteFields, Report, ReportSummary, UNATTRIBUTED};
use crate::report::facts;
use crate::text::{Span, find, wrap};

use super::super::super::app::opening::VERSIONS;
use super::super::super::app::page;
use super::super::super::app::{App, matched_in};
use super::super::super::highlight::{Layer, pieces};
use super::super::super::theme::Scope;
use super::super::title::side_of;
use super::super::{Canvas, columns, compare, cut, voice};
use super::Room;

/// Columns of the name beside the words.
const NAME: u16 = 20;
/// Columns from the name's to the words' beginning: the name, a blank, the letter of the report, a blank.
const ASIDE: u16 = NAME + 3;
/// The words are set no wider.
const MEASURE: u16 = 96;
/// Rows that one version may take, where there is room for the facts, and where there is not.
const ROWS: usize = 4;
const FEW_ROWS: usize = 2;
/// Columns under which a fact is not begun.
const LEAST_FACT: u16 = 9;
/// Bytes of the sentence that are shown on each side of a quotation.
const AROUND: usize = 160;
/// Bytes of a quotation that are looked at.
const LONGEST: usize = 16 * 1024;
/// Versions of one utterance that the longest is compared with.
const COMPARED: usize = 8;

/// One version, laid out.
pub(super) struct Block<'a> {
    at: QuoteRef,
    summary: &'a ReportSummary,
    report: &'a Report,
    quote: &'a Quote,
    heading: Option<&'a QuoteHeading>,
    /// The versions of its utterance, this one among them.
    versions: &'a [QuoteRef],
    /// Whether it says who speaks: not where that is said above it.
    is_named: bool,
    rows: Vec<Span>,
    /// Whether words before the first row, and after the last one, are left out.
    cut: (bool, bool),
    room: Room,
    is_last: bool,
}

impl<'a> Block<'a> {
    /// Lays version `number` out, if there is one.
    pub(super) fn of(app: &'a App, number: usize, room: Room) -> Option<Self> {
        let found = app.quotes.found.as_ref()?;
        let (entry_number, version) = found.place(number)?;
        let entry = found.entries.get(entry_number)?;
        let at = *entry.versions.get(version)?;
        let (report, quote) = at.resolve(&app.library.entries)?;
        let mut block = Self {
            at,
            summary: app.summary(at.report.0)?,
            report,
            quote,
            heading: entry.heading.as_ref().filter(|_| version == 0),
            versions: &entry.versions,
            is_named: false,
            rows: Vec::new(),
            cut: (false, false),
            room,
            is_last: version + 1 == entry.versions.len(),
        };
        let before = version
            .checked_sub(1)
            .and_then(|before| entry.versions.get(before));
        block.is_named = block.needs_name(app, found, before);
        block.lay_out(&Query::parse(&found.query));
        Some(block)
    }

    /// Returns the lines that it takes.
    pub(super) fn height(&self) -> u16 {
        let name = u16::from(self.is_named && !self.room.aside);
        let air = u16::from(self.room.airy);
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX).max(1);
        u16::from(self.heading.is_some()) + name + rows + air + air * u16::from(self.is_last)
    }

    /// Whether neither the version before nor the heading says who speaks.
    fn needs_name(&self, app: &App, found: &QuoteResults, before: Option<&QuoteRef>) -> bool {
        // Without a column of its own the letter of the report stands with the name.
        if !self.room.aside && (self.versions.len() > 1 || !self.room.named) {
            return self.room.named;
        }
        let name = voice(self.quote.speaker.as_ref(), u16::MAX);
        let same = |quote: &Quote| voice(quote.speaker.as_ref(), u16::MAX) == name;
        let before = before.and_then(|before| before.resolve(&app.library.entries));
        let is_said = before.is_some_and(|(_, quote)| same(quote));
        !is_said && found.grouping != QuoteGrouping::Speaker
    }

    fn lay_out(&mut self, query: &Query) {
        let text: &str = &self.report.article.text;
        let (around, cut_before, cut_after) = self.around();
        let words = around.of(text).replace('\n', " ");
        let width = usize::from(self.text_width()).max(1);
        let rows: Vec<Span> = wrap::wrap(&words, width)
            .into_iter()
            .map(|row| row.shifted(around.start))
            .collect();
        let few = if self.room.airy { ROWS } else { FEW_ROWS };
        let first_match = self.matches(query).words.first().map(|span| span.start);
        let wanted = first_match.unwrap_or(self.quote.span.start);
        let row = rows.partition_point(|row| row.end <= wanted);
        let skipped = if row < few {
            0
        } else {
            (row + 1).saturating_sub(few / 2)
        };
        let skipped = skipped.min(rows.len().saturating_sub(few));
        self.cut = (
            cut_before || skipped > 0,
            cut_after || rows.len() > skipped + few,
        );
        self.rows = rows.into_iter().skip(skipped).take(few).collect();
    }

    /// Returns the words that are shown: the quotation in its sentence, and whether something is left out before and after.
    fn around(&self) -> (Span, bool, bool) {
        let text: &str = &self.report.article.text;
        let span = self.quote.span;
        let whole = quotes::surrounding_sentences(&self.report.article, span);
        let start = match whole.start + AROUND < span.start {
            false => whole.start,
            true => {
                let from = text.ceil_char_boundary(span.start - AROUND);
                let blank = Span::new(from, span.start).of(text).find(' ');
                blank.map_or(span.start, |at| from + at + 1)
            }
        };
        let longest = (span.end + AROUND).min(span.start + LONGEST);
        let end = match whole.end > longest {
            false => whole.end,
            true => {
                let to = text.floor_char_boundary(longest);
                let blank = Span::new(span.start, to).of(text).rfind(' ');
                blank.map_or(to, |at| span.start + at)
            }
        };
        (Span::new(start, end), start > whole.start, end < whole.end)
    }

    fn text_x(&self) -> u16 {
        2 + if self.room.aside { ASIDE } else { 0 }
    }

    fn text_width(&self) -> u16 {
        self.room
            .width
            .saturating_sub(self.text_x() + 2)
            .min(MEASURE)
    }

    /// Returns the letters that match `query`, in the words (as places in the text) and in what is said of them.
    fn matches(&self, query: &Query) -> Matches {
        let article = &self.report.article;
        let quote = QuoteFields::new(&article.text, self.quote);
        let mut fields = quote.columns(self.summary);
        fields[0] = &fields[0][..fields[0].floor_char_boundary(LONGEST)];
        let mut found = matched_in(query, &fields);
        for term in query.terms().filter(|term| !term.negated) {
            let field = match term.field {
                Some(QueryField::Quote) => 0,
                Some(QueryField::Speaker) => 1,
                Some(QueryField::Outlet) => 2,
                Some(QueryField::Headline) => 3,
                _ => continue,
            };
            if let (Some(spans), Some(words)) = (found.get_mut(field), fields.get(field)) {
                spans.extend(find::find_all(words, &term.text));
                spans.sort_unstable();
                spans.dedup();
            }
        }
        let mut found = found.into_iter();
        let mut next = || found.next().unwrap_or_default();
        let start = self.quote.span.start;
        Matches {
            words: next().into_iter().map(|span| span.shifted(start)).collect(),
            speaker: next(),
            outlet: next(),
            label: next(),
        }
    }

    /// Returns the words of this version that differ from the others'.
    fn differing(&self, app: &App) -> Vec<Span> {
        // The versions of a report that went round the world are too many to look at for each frame.
        let looked_at = || self.versions.iter().copied().take(VERSIONS);
        let longest = looked_at().max_by_key(|at| (length(app, *at), *at));
        let Some(longest) = longest else {
            return Vec::new();
        };
        if longest != self.at {
            return self.wording(app, longest);
        }
        let others = looked_at().filter(|at| *at != self.at);
        let telling = others.filter(|at| 2 * length(app, *at) > self.quote.span.len());
        let mut spans: Vec<Span> = telling
            .take(COMPARED)
            .flat_map(|at| self.wording(app, at))
            .collect();
        spans.sort_unstable();
        joined(spans)
    }

    /// Returns the words of this version that `other` does not have.
    fn wording(&self, app: &App, other: QuoteRef) -> Vec<Span> {
        let Some((report, quote)) = other.resolve(&app.library.entries) else {
            return Vec::new();
        };
        let near = |span: Span| Span::new(span.start, span.end.min(span.start + LONGEST));
        diff::wording(
            Sides::new(&*self.report.article.text, &*report.article.text),
            Sides::new(near(self.quote.span), near(quote.span)),
        )[Side::Left]
            .clone()
    }
}

/// Letters that match, as places in the words that are shown.
struct Matches {
    words: Vec<Span>,
    speaker: Vec<Span>,
    outlet: Vec<Span>,
    label: Vec<Span>,
}

fn length(app: &App, at: QuoteRef) -> usize {
    at.resolve(&app.library.entries)
        .map_or(0, |(_, quote)| quote.span.len())
}

/// Makes one span of those that overlap; they are in order.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// Draws a block at the top of `area`, as far as it fits.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    block: &Block<'_>,
    area: Rect,
    query: &Query,
    selected: bool,
) {
    let matches = block.matches(query);
    let mut pen = Pen { canvas, area };
    if let Some(over) = block.heading {
        pen.heading(block, over);
    }
    let first = pen.area.y;
    pen.name(block, &matches);
    pen.words(block, &matches);
    if block.room.airy {
        pen.facts(block, &matches);
    }
    if selected {
        pen.select(first);
    }
}

/// Draws line after line.
struct Pen<'c, 'a> {
    canvas: &'c mut Canvas<'a>,
    /// What is left below the lines that were drawn.
    area: Rect,
}

impl Pen<'_, '_> {
    fn next_line(&mut self) {
        let used = self.area.height.min(1);
        self.area.y += used;
        self.area.height -= used;
    }

    /// Writes what the entries below have in common, and how many there are.
    fn heading(&mut self, block: &Block<'_>, over: &QuoteHeading) {
        let app = self.canvas.app;
        let (words, mut aside) = match &over.subject {
            QuoteSubject::Speaker(name) => (name.as_deref().unwrap_or(UNATTRIBUTED), String::new()),
            QuoteSubject::Report(number) => match app.summary(number.0) {
                Some(summary) => (&*summary.label, facts_of(summary)),
                None => ("", String::new()),
            },
        };
        aside += &match over.count {
            1 => "1 quotation".to_owned(),
            count => format!("{count} quotations"),
        };
        let x = self.area.x + 2;
        let right = self.area.x + block.text_x() + block.text_width();
        let dim = self.canvas.style(Scope::Dim);
        let least = x + 16;
        let end = self
            .canvas
            .put_right(least, right, self.area.y, &aside, dim);
        let room = end
            .map_or(right, |end| end.saturating_sub(2))
            .saturating_sub(x);
        self.painted(x, room, &cut(words, room), Scope::Headline, &[]);
        self.next_line();
    }

    /// Writes words with the letters that match painted; returns the column after them.
    fn painted(&mut self, x: u16, room: u16, words: &str, scope: Scope, matched: &[Span]) -> u16 {
        if self.area.is_empty() {
            return x;
        }
        let layer = vec![layer(self.canvas, matched, Scope::Match)];
        let style = self.canvas.style(scope);
        let words_of = |(span, style): (Span, Style)| (span.of(words), style);
        let cut = pieces(Span::new(0, words.len()), style, &layer);
        let right = x.saturating_add(room).min(self.area.right());
        self.canvas
            .put_pieces(x, self.area.y, right, cut.into_iter().map(words_of))
    }

    /// Writes who speaks, beside the first row or on a line of its own, and the letter of the report.
    fn name(&mut self, block: &Block<'_>, matches: &Matches) {
        let app = self.canvas.app;
        let side = side_of(app, block.at.report.0);
        let mut x = self.area.x + 2;
        let letter = |pen: &mut Self, x| {
            side.map_or(x, |side| {
                let letter = side.letter().to_string();
                pen.painted(x, 1, &letter, compare::side_scope(side), &[]) + 1
            })
        };
        if block.room.aside {
            letter(self, x + NAME + 1);
        } else if block.is_named {
            x = letter(self, x);
        }
        if !block.is_named {
            return;
        }
        let room = if block.room.aside {
            NAME
        } else {
            self.area.right().saturating_sub(x + 1)
        };
        let name = voice(block.quote.speaker.as_ref(), room);
        self.painted(x, room, &name, Scope::Speaker, &matches.speaker);
        if !block.room.aside {
            self.next_line();
        }
    }

    fn words(&mut self, block: &Block<'_>, matches: &Matches) {
        let app = self.canvas.app;
        let text = &block.report.article.text;
        let scope = match block.quote.kind {
            QuoteKind::Direct => Scope::Quote,
            QuoteKind::Mixed => Scope::QuoteMixed,
        };
        let layers = [
            layer(self.canvas, &[block.quote.span], scope),
            layer(self.canvas, &block.differing(app), Scope::DiffChanged),
            layer(self.canvas, &matches.words, Scope::Match),
        ];
        let base = self.canvas.style(Scope::Dim);
        let x = self.area.x + block.text_x();
        let last = block.rows.len().saturating_sub(1);
        for (number, row) in block.rows.iter().enumerate() {
            if self.area.is_empty() {
                return;
            }
            let y = self.area.y;
            if number == 0 && block.cut.0 {
                self.canvas.put(x - 1, y, 1, "…", base);
            }
            let pieces = pieces(*row, base, &layers);
            let pieces = pieces
                .into_iter()
                .map(|(piece, style)| (piece.of(text), style));
            let right = x + block.text_width() + 1;
            let end = self.canvas.put_pieces(x, y, right, pieces);
            if number == last && block.cut.1 {
                self.canvas.put(end, y, 1, "…", base);
            }
            self.next_line();
        }
    }

    /// Writes how it is introduced and where it stands, quietly.
    fn facts(&mut self, block: &Block<'_>, matches: &Matches) {
        let app = self.canvas.app;
        let by_report =
            app.quotes.found.as_ref().map(|found| found.grouping) == Some(QuoteGrouping::Report);
        let (summary, quote) = (block.summary, block.quote);
        let outlet = summary.outlet.as_deref().unwrap_or(facts::OUTLET_UNKNOWN);
        let cue = quote
            .cue
            .map(|cue| cue.of(&block.report.article.text).replace('\n', " "));
        let basis = quote.speaker.as_ref().map(|speaker| speaker.basis);
        let date = page::date(summary.published);
        let none: &[Span] = &[];
        let mut parts: Vec<(&str, &[Span])> = Vec::new();
        parts.extend(cue.as_deref().map(|cue| (cue, none)));
        if quote.kind == QuoteKind::Mixed {
            parts.push(("fragment", none));
        }
        parts.extend(basis.and_then(doubt).map(|doubt| (doubt, none)));
        if !by_report {
            parts.push((outlet, &matches.outlet));
            parts.push((&date, none));
            parts.push((&summary.label, &matches.label));
        }
        let start = self.area.x + block.text_x();
        let right = start + block.text_width();
        let mut x = start;
        for (words, matched) in parts {
            if x > start {
                if right.saturating_sub(x) < LEAST_FACT {
                    break;
                }
                x = self.painted(x, right.saturating_sub(x), " · ", Scope::Dim, &[]);
            }
            let room = right.saturating_sub(x);
            let words = cut(words, room);
            x = self.painted(x, room.min(columns(&words)), &words, Scope::Dim, matched);
        }
        self.next_line();
    }

    /// Marks the lines from `first` on as selected.
    fn select(&mut self, first: u16) {
        let app = self.canvas.app;
        let style = self.canvas.style(Scope::Selected);
        let bottom = self
            .area
            .y
            .max(first + 1)
            .min(self.area.bottom().max(first + 1));
        for y in first..bottom {
            self.canvas.put(self.area.x, y, 1, "▌", style);
        }
        if self.canvas.cursor.is_none() && app.overlay.is_none() {
            self.canvas.cursor = Some((self.area.x, first));
        }
    }
}

/// Returns where and when a report appeared, as far as that is known.
fn facts_of(summary: &ReportSummary) -> String {
    let outlet = summary.outlet.as_ref().map(|outlet| format!("{outlet} · "));
    let published = summary.published;
    let date = published.map(|_| format!("{} · ", page::date(published)));
    outlet.unwrap_or_default() + &date.unwrap_or_default()
}

fn layer(canvas: &Canvas<'_>, spans: &[Span], scope: Scope) -> Layer {
    let style = canvas.style(scope);
    spans.iter().map(|span| (*span, style)).collect()
}

/// Returns how the speaker was found, where that leaves room for doubt.
fn doubt(basis: SpeakerBasis) -> Option<&'static str> {
    (basis > SpeakerBasis::Chain).then(|| super::super::status::basis(basis))
}
