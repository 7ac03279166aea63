//! Draws one version of an utterance, line after line.

use ratatui::layout::Rect;

use crate::annotate::quote::{QuoteKind, SpeakerBasis};
use crate::library::ReportSummary;
use crate::library::UNATTRIBUTED;
use crate::library::quotes::{QuoteGrouping, QuoteHeading, QuoteSubject};
use crate::text::Span;
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::marks::{side_of, side_scope};
use crate::tui::screen::AreaParts;
use crate::tui::theme::Scope;
use crate::tui::words::{basis, counted, date, outlet, voice};

use super::block::{NAME, QuoteBlock};

/// Columns of a heading's name before there is room for what is said of it.
const LEAST_HEADING: u16 = 16;
/// Columns under which a fact is not begun.
const LEAST_FACT: u16 = 9;

/// Draws a block at the top of `area`, as far as it fits.
pub(super) fn draw(canvas: &mut Canvas<'_>, block: &QuoteBlock<'_>, area: Rect, is_selected: bool) {
    let mut writer = BlockWriter {
        canvas,
        block,
        area,
    };
    if let Some(heading) = block.heading() {
        writer.write_heading(heading);
    }
    let first = writer.area.y;
    writer.write_name();
    writer.write_words();
    if block.space.has_facts {
        writer.write_facts();
    }
    if is_selected {
        for y in first..writer.area.y.max(first + 1) {
            writer.canvas.put(area.x, y, 1, "▌", Scope::Selected);
        }
        writer.canvas.cursor.get_or_insert((area.x, first));
    }
}

/// Draws the lines of a block.
struct BlockWriter<'c, 'a> {
    canvas: &'c mut Canvas<'a>,
    block: &'c QuoteBlock<'c>,
    /// The area below the lines that were drawn.
    area: Rect,
}

impl BlockWriter<'_, '_> {
    /// Writes what the entries below have in common, and how many there are.
    fn write_heading(&mut self, heading: &QuoteHeading) {
        let shared = self.canvas.shared;
        let (words, mut aside) = match &heading.subject {
            QuoteSubject::Speaker(name) => (name.as_deref().unwrap_or(UNATTRIBUTED), String::new()),
            QuoteSubject::Report(number) => match shared.summary(*number) {
                Some(summary) => (&*summary.label, source_words(summary)),
                None => ("", String::new()),
            },
        };
        aside += &counted(heading.count, "quotation");
        let (x, y) = (self.area.x + 2, self.area.y);
        let right = self.area.x + self.block.text_x() + self.block.text_width();
        let left = x + LEAST_HEADING;
        let end = self.canvas.put_right(left, right, y, &aside, Scope::Dim);
        let end = end.map_or(right, |end| end.saturating_sub(2));
        let room = end.saturating_sub(x);
        self.write(x, room, &cut(words, room), Scope::Headline, &[]);
        self.area = self.area.below(1);
    }

    /// Writes words with the letters that match marked; returns the column after them.
    fn write(&mut self, x: u16, room: u16, words: &str, scope: Scope, matched: &[Span]) -> u16 {
        if self.area.is_empty() {
            return x;
        }
        let width = room.min(self.area.right().saturating_sub(x));
        let row = Rect::new(x, self.area.y, width, 1);
        let matched = self.canvas.layer(matched.iter().copied(), Scope::Match);
        let whole = Span::new(0, words.len());
        self.canvas.put_marked(row, words, whole, scope, &[matched])
    }

    /// Writes who speaks, beside the first row or on a line of its own, and the letter of the report.
    fn write_name(&mut self) {
        let (block, is_beside) = (self.block, self.block.space.name_beside);
        let mut x = self.area.x + 2;
        let side = side_of(self.canvas.shared, block.at.report);
        if let Some(side) = side.filter(|_| is_beside || block.is_named) {
            let letter_x = if is_beside { x + NAME + 1 } else { x };
            let letter = side.letter().to_string();
            let end = self.write(letter_x, 1, &letter, side_scope(side), &[]);
            x = if is_beside { x } else { end + 1 };
        }
        if !block.is_named {
            return;
        }
        let room = match is_beside {
            true => NAME,
            false => self.area.right().saturating_sub(x + 1),
        };
        let name = voice(block.quote.speaker.as_ref(), room);
        self.write(x, room, &name, Scope::Speaker, &block.matches.speaker);
        if !is_beside {
            self.area = self.area.below(1);
        }
    }

    fn write_words(&mut self) {
        let (block, canvas) = (self.block, &mut *self.canvas);
        let scope = match block.quote.kind {
            QuoteKind::Direct => Scope::Quote,
            QuoteKind::Mixed => Scope::QuoteMixed,
        };
        let differing = block.differing_words(canvas.shared);
        let layers = [
            canvas.layer([block.quote.span], scope),
            canvas.layer(differing, Scope::DiffChanged),
            canvas.layer(block.matches.words.iter().copied(), Scope::Match),
        ];
        let (x, width) = (self.area.x + block.text_x(), block.text_width() + 1);
        let last = block.rows.len().saturating_sub(1);
        for (line, (number, row)) in self.area.rows().zip(block.rows.iter().enumerate()) {
            if number == 0 && block.is_cut_before {
                canvas.put(x - 1, line.y, 1, "…", Scope::Dim);
            }
            let place = Rect { x, width, ..line };
            let text = &block.report.article.text;
            let end = canvas.put_marked(place, text, *row, Scope::Dim, &layers);
            if number == last && block.is_cut_after {
                canvas.put(end, line.y, 1, "…", Scope::Dim);
            }
        }
        self.area = self.area.below(block.rows.len() as u16);
    }

    /// Writes how the quotation is introduced and where it stands.
    fn write_facts(&mut self) {
        let (block, summary) = (self.block, self.block.summary);
        let text = &block.report.article.text;
        let cue = block.quote.cue.map(|cue| cue.of(text).replace('\n', " "));
        let date = date(summary.published);
        let none: &[Span] = &[];
        let mut parts: Vec<(&str, &[Span])> = Vec::new();
        parts.extend(cue.as_deref().map(|cue| (cue, none)));
        if block.quote.kind == QuoteKind::Mixed {
            parts.push(("fragment", none));
        }
        let speaker = block.quote.speaker.as_ref();
        // How the speaker was found is said only where that leaves room for doubt.
        let doubtful = speaker.filter(|speaker| speaker.basis > SpeakerBasis::Chain);
        parts.extend(doubtful.map(|speaker| (basis(speaker.basis), none)));
        if block.grouping != QuoteGrouping::Report {
            parts.push((outlet(summary), &block.matches.outlet));
            parts.push((&date, none));
            parts.push((&summary.label, &block.matches.label));
        }
        self.write_parts(&parts);
        self.area = self.area.below(1);
    }

    /// Writes parts with dots between them, as many as there is room for.
    fn write_parts(&mut self, parts: &[(&str, &[Span])]) {
        let start = self.area.x + self.block.text_x();
        let right = start + self.block.text_width();
        let mut x = start;
        for (words, matched) in parts {
            if x > start {
                if right.saturating_sub(x) < LEAST_FACT {
                    break;
                }
                x = self.write(x, right.saturating_sub(x), " · ", Scope::Dim, &[]);
            }
            let room = right.saturating_sub(x);
            let words = cut(words, room);
            let room = room.min(columns(&words));
            x = self.write(x, room, &words, Scope::Dim, matched);
        }
    }
}

/// Returns where and when a report appeared, as far as that is known.
fn source_words(summary: &ReportSummary) -> String {
    let outlet = summary.outlet.as_ref().map(ToString::to_string);
    let date = summary.published.map(|_| date(summary.published));
    let known = outlet.into_iter().chain(date);
    known.map(|words| words + " · ").collect()
}
