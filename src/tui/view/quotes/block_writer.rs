//! Draws one version of an utterance, line after line.

use ratatui::layout::Rect;

use crate::annotate::quote::{QuoteKind, SpeakerBasis};
use crate::library::ReportSummary;
use crate::library::UNATTRIBUTED;
use crate::library::quotes::{QuoteGrouping, QuoteHeading, QuoteSubject};
use crate::text::Span;
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::highlight::Layer;
use crate::tui::marks::{side_of, side_scope};
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
    if let Some(heading) = block.heading {
        writer.write_heading(heading);
    }
    let first = writer.area.y;
    writer.write_name();
    writer.write_words();
    if block.space.has_facts {
        writer.write_facts();
    }
    if is_selected {
        writer.mark_selected(first);
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
    fn next_line(&mut self) {
        let used = self.area.height.min(1);
        self.area.y += used;
        self.area.height -= used;
    }

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
        let x = self.area.x + 2;
        let right = self.area.x + self.block.text_x() + self.block.text_width();
        let dim = self.canvas.style(Scope::Dim);
        let left = x + LEAST_HEADING;
        let end = self.canvas.put_right(left, right, self.area.y, &aside, dim);
        let end = end.map_or(right, |end| end.saturating_sub(2));
        let room = end.saturating_sub(x);
        self.write_matched(x, room, &cut(words, room), Scope::Headline, &[]);
        self.next_line();
    }

    /// Writes words with the letters that match marked; returns the column after them.
    fn write_matched(
        &mut self,
        x: u16,
        room: u16,
        words: &str,
        scope: Scope,
        matched: &[Span],
    ) -> u16 {
        if self.area.is_empty() {
            return x;
        }
        let style = self.canvas.style(scope);
        let matched = layer(self.canvas, matched, Scope::Match);
        let room = room.min(self.area.right().saturating_sub(x));
        let row = Rect::new(x, self.area.y, room, 1);
        self.canvas
            .put_marked(row, words, Span::new(0, words.len()), style, &[matched])
    }

    /// Writes who speaks, beside the first row or on a line of its own, and the letter of the report.
    fn write_name(&mut self) {
        let (block, is_beside) = (self.block, self.block.space.name_beside);
        let mut x = self.area.x + 2;
        if is_beside {
            self.write_side(x + NAME + 1);
        } else if block.is_named {
            x = self.write_side(x);
        }
        if !block.is_named {
            return;
        }
        let room = match is_beside {
            true => NAME,
            false => self.area.right().saturating_sub(x + 1),
        };
        let name = voice(block.quote.speaker.as_ref(), room);
        self.write_matched(x, room, &name, Scope::Speaker, &block.matches.speaker);
        if !is_beside {
            self.next_line();
        }
    }

    /// Writes the letter of the side that the report has in a comparison; returns the column for what follows.
    fn write_side(&mut self, x: u16) -> u16 {
        let Some(side) = side_of(self.canvas.shared, self.block.at.report) else {
            return x;
        };
        let letter = side.letter().to_string();
        self.write_matched(x, 1, &letter, side_scope(side), &[]) + 1
    }

    fn write_words(&mut self) {
        let block = self.block;
        let text = &block.report.article.text;
        let scope = match block.quote.kind {
            QuoteKind::Direct => Scope::Quote,
            QuoteKind::Mixed => Scope::QuoteMixed,
        };
        let differing = block.differing_words(self.canvas.shared);
        let layers = [
            layer(self.canvas, &[block.quote.span], scope),
            layer(self.canvas, &differing, Scope::DiffChanged),
            layer(self.canvas, &block.matches.words, Scope::Match),
        ];
        let base = self.canvas.style(Scope::Dim);
        let (x, width) = (self.area.x + block.text_x(), block.text_width());
        let last = block.rows.len().saturating_sub(1);
        for (number, row) in block.rows.iter().enumerate() {
            if self.area.is_empty() {
                return;
            }
            let y = self.area.y;
            if number == 0 && block.is_cut_before {
                self.canvas.put(x - 1, y, 1, "…", base);
            }
            let place = Rect::new(x, y, width + 1, 1);
            let end = self.canvas.put_marked(place, text, *row, base, &layers);
            if number == last && block.is_cut_after {
                self.canvas.put(end, y, 1, "…", base);
            }
            self.next_line();
        }
    }

    /// Writes how the quotation is introduced and where it stands.
    fn write_facts(&mut self) {
        let (block, summary) = (self.block, self.block.summary);
        let cue = block.quote.cue.map(|cue| {
            let text = &block.report.article.text;
            cue.of(text).replace('\n', " ")
        });
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
        self.next_line();
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
                x = self.write_matched(x, right.saturating_sub(x), " · ", Scope::Dim, &[]);
            }
            let room = right.saturating_sub(x);
            let words = cut(words, room);
            let room = room.min(columns(&words));
            x = self.write_matched(x, room, &words, Scope::Dim, matched);
        }
    }

    /// Marks the lines from `first` to the last one drawn as selected.
    fn mark_selected(&mut self, first: u16) {
        let style = self.canvas.style(Scope::Selected);
        let bottom = self.area.y.max(first + 1);
        let bottom = bottom.min(self.area.bottom().max(first + 1));
        for y in first..bottom {
            self.canvas.put(self.area.x, y, 1, "▌", style);
        }
        let cursor = (self.area.x, first);
        self.canvas.cursor.get_or_insert(cursor);
    }
}

/// Returns where and when a report appeared, as far as that is known.
fn source_words(summary: &ReportSummary) -> String {
    let outlet = summary.outlet.as_ref();
    let outlet = outlet.map(|outlet| format!("{outlet} · "));
    let published = summary.published;
    let date = published.map(|_| format!("{} · ", date(published)));
    outlet.unwrap_or_default() + &date.unwrap_or_default()
}

fn layer(canvas: &Canvas<'_>, spans: &[Span], scope: Scope) -> Layer {
    let style = canvas.style(scope);
    spans.iter().map(|span| (*span, style)).collect()
}
