//! Draws the quotes view: the search with the counts, the rule, and the quotations or the reason why there are none.

use ratatui::layout::Rect;

use crate::annotate::quote::QuoteKind;
use crate::filter::field_mistake;
use crate::library::quotes::{QuoteGrouping, QuoteHeading, QuoteResults, QuoteSubject};
use crate::library::{ReportSummary, UNATTRIBUTED};
use crate::text::Span;
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::marks::{side_of, side_scope};
use crate::tui::screen::AreaParts;
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::words::{basis, counted, date, grouped, outlet, voice};

use super::QuotesView;
use super::block::{NAME, QuoteBlock};
use super::layout;

/// Below this width the counts are all that is said beside the search.
const DETAILS_FROM: u16 = 60;
/// Columns that the search has before there is room for the counts.
const LEAST_PROMPT: u16 = 14;
/// The words in place of an empty search.
const HINT: &str = "type words, a name, or speaker: outlet: cue: kind: date: term:";
/// Columns of a heading's name before there is room for what is said of it.
const LEAST_HEADING: u16 = 16;
/// Columns under which a fact is not begun.
const LEAST_FACT: u16 = 9;

/// Draws the view.
pub(super) fn draw(view: &QuotesView, canvas: &mut Canvas<'_>) {
    let areas = layout::areas(canvas.shared.screen);
    if areas.prompt.is_empty() {
        return;
    }
    draw_prompt(view, canvas, areas.prompt);
    canvas.put_rule(areas.rule);
    let list = areas.list;
    if view.results.entry_count() > 0 {
        for (y, block) in layout::blocks(view, canvas.shared) {
            let is_selected = block.number == view.selected;
            draw_block(canvas, &block, list.below(y - list.y), is_selected);
        }
    } else if !list.is_empty() {
        let words = empty_words(canvas.shared, view);
        canvas.put_wrapped(list.inset(2, 1), &words, Scope::Dim);
        canvas.cursor.get_or_insert((list.x, list.y));
    }
}

fn draw_prompt(view: &QuotesView, canvas: &mut Canvas<'_>, area: Rect) {
    let (y, last) = (area.y, area.right().saturating_sub(1));
    let counts = counts_words(canvas.shared, &view.results, area.width);
    let left = area.x + LEAST_PROMPT;
    let right = counts.and_then(|counts| canvas.put_right(left, last, y, &counts, Scope::Dim));
    let x = canvas.put(area.x + 1, y, 2, "\" ", Scope::StatusKey);
    let room = right.unwrap_or(area.right()).saturating_sub(x + 1);
    let (_, at) = canvas.put_prompt(Rect::new(x, y, room, 1), &view.query);
    if view.query.is_empty() {
        canvas.put(x, y, room, &cut(HINT, room), Scope::Dim);
    }
    if view.is_typing {
        canvas.cursor = Some((at.min(last), y));
    }
}

/// Returns how many quotations are shown, of how many, and how they are grouped.
fn counts_words(shared: &Shared, results: &QuoteResults, width: u16) -> Option<String> {
    if results.reports == 0 {
        return None;
    }
    let mut counts = format!("{} of {}", grouped(results.shown), grouped(results.total));
    let [reports, all] = [results.reports, shared.total()];
    if reports < all {
        counts += " so far";
    }
    if width < DETAILS_FROM {
        return Some(counts);
    }
    let searched = match reports < all {
        true => format!(", {}% of the reports read", reports * 100 / all),
        false => String::new(),
    };
    let unsettled = match results.grouped || results.grouping != QuoteGrouping::Utterance {
        true => "",
        false if reports < all => "",
        false => ", still grouping",
    };
    let letters = match results.literal || results.shown == 0 {
        true => "",
        false => " · loose matches",
    };
    let grouping = results.grouping.name();
    Some(format!(
        "{counts}{searched}{unsettled}{letters} · by {grouping}"
    ))
}

/// Says why the list is empty.
fn empty_words(shared: &Shared, view: &QuotesView) -> String {
    if let Some(mistake) = field_mistake(view.query.text()) {
        return mistake;
    }
    // An answer from before the reports came says nothing of them.
    let words = match shared.progress.finished && view.results.reports == shared.total() {
        true if view.results.total == 0 => "no quotations in these reports",
        true => "no match",
        false => "searching the reports …",
    };
    words.to_owned()
}

/// Draws a block at the top of `area`, as far as it fits.
fn draw_block(canvas: &mut Canvas<'_>, block: &QuoteBlock<'_>, area: Rect, is_selected: bool) {
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
        // The basis of a speaker is named only if it is a less certain one.
        let doubtful = speaker.filter(|speaker| !speaker.sure);
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
