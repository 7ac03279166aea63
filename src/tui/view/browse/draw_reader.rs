//! Draws the text of one report with its marks.

use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::annotate::Annotations;
use crate::annotate::quote::Speaker;
use crate::article::BlockRole;
use crate::config::MarkLayers;
use crate::state::PassageNote;
use crate::text::Span;
use crate::tui::canvas::{Canvas, columns};
use crate::tui::highlight::{Layer, in_window};
use crate::tui::page::{PageLine, text_span};
use crate::tui::screen::{TextColumn, text_column};
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::view::report_mark;
use crate::tui::words::voice;

use super::Browse;
use super::layout::Pane;
use super::reader_pane::ReaderPane;
use super::selection::SentenceSelection;

/// Draws the open report into `area`.
pub(super) fn draw(canvas: &mut Canvas<'_>, browse: &Browse, area: Rect) {
    let (shared, reader) = (canvas.shared, &browse.reader);
    if area.is_empty() {
        return;
    }
    let Some(report) = reader.open_report(shared) else {
        draw_closed(canvas, area);
        return;
    };
    let column = text_column(area, shared.config.measure);
    let top = reader.scroll.top;
    let lines = reader.page.lines.iter().skip(top);
    let lines: Vec<&PageLine> = lines.take(usize::from(area.height)).collect();
    let text = &report.article.text;
    let window = text_span(lines.iter().copied());
    let marks = report.annotated();
    let layers = marks.map(|marks| layers(canvas, reader, marks, window));
    let mut layers = layers.unwrap_or_default();
    let selected = reader.selection.map(SentenceSelection::span);
    layers.push(canvas.layer(selected, Scope::Selection));
    let notes = reader.notes(shared);
    for (y, line) in (area.y..).zip(&lines) {
        let from = Position::new(area.x, y);
        draw_line(canvas, line, text, column, from, &layers);
        draw_passage_bar(canvas, reader, line, column, from);
        draw_note_sign(canvas, notes, line, column, from);
    }
    if let Some(marks) = marks {
        draw_speakers(canvas, &lines, marks, column, area);
    }
    if canvas.cursor.is_none() && browse.focus == Pane::Reader {
        let focused = focused_span(reader);
        canvas.cursor = Some(cursor(focused, &lines, text, column, area));
    }
}

/// Says of a report whose text is not there that it is being read, or why it cannot be.
fn draw_closed(canvas: &mut Canvas<'_>, area: Rect) {
    let shared = canvas.shared;
    if let Some(number) = shared.list.current() {
        let TextColumn { x, width, .. } = text_column(area, shared.config.measure);
        canvas.put_waiting(Rect { x, width, ..area }, &[number], "reading …");
    }
}

fn draw_line(
    canvas: &mut Canvas<'_>,
    line: &PageLine,
    text: &str,
    column: TextColumn,
    from: Position,
    layers: &[Layer],
) {
    let y = from.y;
    match line {
        PageLine::Blank => {}
        PageLine::Made(words, scope) => {
            canvas.put(column.x, y, column.width, words, *scope);
        }
        PageLine::Text { span, role } => {
            let layers = if role.is_story() { layers } else { &[] };
            let x = column.x;
            if matches!(role, BlockRole::Caption | BlockRole::Credit) && x > from.x {
                canvas.put(x.saturating_sub(2).max(from.x), y, 1, "▏", Scope::Rule);
            }
            let row = Rect::new(x, y, column.width, 1);
            canvas.put_marked(row, text, *span, scope_of(*role), layers);
        }
    }
}

/// Draws a bar beside the passage at which another view opened the report.
fn draw_passage_bar(
    canvas: &mut Canvas<'_>,
    reader: &ReaderPane,
    line: &PageLine,
    column: TextColumn,
    from: Position,
) {
    let is_in =
        |passage: Span| matches!(line, PageLine::Text { span, .. } if span.overlaps(passage));
    if reader.passage.is_some_and(is_in) && column.x > from.x {
        let x = column.x.saturating_sub(2).max(from.x);
        canvas.put(x, from.y, 1, "▌", Scope::Selected);
    }
}

/// Draws a sign before the line on which a passage with a note begins.
fn draw_note_sign(
    canvas: &mut Canvas<'_>,
    notes: &[PassageNote],
    line: &PageLine,
    column: TextColumn,
    from: Position,
) {
    let PageLine::Text { span, .. } = line else {
        return;
    };
    let first = notes.partition_point(|note| note.span.start < span.start);
    let begins = notes
        .get(first)
        .is_some_and(|note| note.span.start < span.end);
    if begins && column.x > from.x {
        canvas.put(column.x - 1, from.y, 1, report_mark::NOTE_SIGN, Scope::Note);
    }
}

fn scope_of(role: BlockRole) -> Scope {
    match role {
        BlockRole::Headline | BlockRole::Heading => Scope::Headline,
        BlockRole::Dek => Scope::Dek,
        BlockRole::Byline | BlockRole::Matter | BlockRole::Dateline | BlockRole::Boilerplate => {
            Scope::Meta
        }
        BlockRole::Caption | BlockRole::Credit => Scope::Caption,
        BlockRole::Body => Scope::Text,
    }
}

/// Returns the marks of `window`, one layer a kind, from the faintest to the one on top.
fn layers(
    canvas: &Canvas<'_>,
    reader: &ReaderPane,
    marks: &Annotations,
    window: Span,
) -> Vec<Layer> {
    let mut layers = report_mark::layers(canvas, marks, window);
    layers.push(canvas.layer(reader.passage, Scope::Passage));
    let focus = reader
        .focus
        .map(|mark| (mark.span, mark.kind.focus_scope()));
    layers.push(canvas.scoped_layer(focus));
    if let Some(search) = &reader.search {
        let current = search.hit();
        let scope = |hit| match Some(hit) == current {
            true => Scope::SearchCurrent,
            false => Scope::Search,
        };
        let hits = in_window(&search.hits, window, |hit| *hit);
        layers.push(canvas.scoped_layer(hits.map(|&hit| (hit, scope(hit)))));
    }
    layers
}

/// Names who speaks in the margin, on the first line of each quotation and statement, where there is room; once a paragraph.
fn draw_speakers(
    canvas: &mut Canvas<'_>,
    lines: &[&PageLine],
    marks: &Annotations,
    column: TextColumn,
    area: Rect,
) {
    let Some(x) = column.margin else { return };
    let room = area.right().saturating_sub(x + 1);
    let mut last = None;
    for (y, line) in (area.y..).zip(lines) {
        let PageLine::Text { span, role } = line else {
            last = None;
            continue;
        };
        let speaking =
            speaking(marks, *span, canvas.shared.config.layers).filter(|_| role.is_story());
        let Some((speaker, scope)) = speaking else {
            continue;
        };
        let name = voice(speaker, room);
        if last.as_ref() != Some(&name) {
            canvas.put(x, y, room, &name, scope);
            last = Some(name);
        }
    }
}

/// Returns the speaker who begins to speak on `row`, and the scope of the name: in a quotation, else in a statement of somebody known.
fn speaking(
    marks: &Annotations,
    row: Span,
    layers: MarkLayers,
) -> Option<(Option<&Speaker>, Scope)> {
    let begins = |span: Span| row.start <= span.start;
    let quote = in_window(&marks.quotes, row, |quote| quote.span)
        .find(|quote| begins(quote.span) && layers.quotes);
    let statement = in_window(&marks.statements, row, |statement| statement.span)
        .filter(|statement| begins(statement.span) && layers.statements)
        .find_map(|statement| statement.speaker.as_ref());
    match (quote, statement) {
        (Some(quote), _) => Some((quote.speaker.as_ref(), Scope::Speaker)),
        (None, Some(speaker)) => Some((Some(speaker), Scope::Statement)),
        (None, None) => None,
    }
}

/// Returns the words in focus: the mark, or else the hit of the search.
fn focused_span(reader: &ReaderPane) -> Option<Span> {
    let hit = || reader.search.as_ref()?.hit();
    let selected = reader.selection.map(SentenceSelection::head);
    let focus = reader.focus.map(|mark| mark.span);
    selected.or(focus).or_else(hit).or(reader.passage)
}

/// Returns the place of the terminal's cursor: the words in focus, or the top of the text.
fn cursor(
    focused: Option<Span>,
    lines: &[&PageLine],
    text: &str,
    column: TextColumn,
    area: Rect,
) -> (u16, u16) {
    let on = focused.and_then(|focused| {
        (area.y..).zip(lines).find_map(|(y, line)| match line {
            PageLine::Text { span, .. }
                if span.start <= focused.start && focused.start < span.end =>
            {
                let before = Span::new(span.start, focused.start).of(text);
                Some((column.x + columns(before), y))
            }
            _ => None,
        })
    });
    on.unwrap_or((column.x, area.y))
}

/// Returns the byte of the text under a place on the screen.
pub(super) fn offset_at(browse: &Browse, shared: &Shared, at: Position) -> Option<usize> {
    let area = browse.panes(shared).reader;
    let column = text_column(area, shared.config.measure);
    let line = browse.reader.scroll.top + usize::from(at.y.checked_sub(area.y)?);
    let PageLine::Text { span, .. } = browse.reader.page.lines.get(line)? else {
        return None;
    };
    let report = browse.reader.open_report(shared)?;
    let mut left = usize::from(at.x.checked_sub(column.x)?);
    for (offset, grapheme) in span.of(&report.article.text).grapheme_indices(true) {
        match left.checked_sub(grapheme.width()) {
            Some(rest) => left = rest,
            None => return Some(span.start + offset),
        }
    }
    None
}
