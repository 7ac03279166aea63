//! The text of one report with its marks.

use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::annotate::Annotations;
use crate::annotate::quote::{QuoteKind, Speaker};
use crate::article::BlockRole;
use crate::config::MarkLayers;
use crate::text::Span;

use super::super::app::App;
use super::super::app::page::{Line, Made};
use super::super::app::panes::{self, Column, Pane};
use super::super::app::reader::{Focus, Search, span_of};
use super::super::highlight::{Layer, in_window, pieces};
use super::super::theme::{Scope, Theme};
use super::Canvas;

/// Draws the open report into `area`.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    if area.is_empty() {
        return;
    }
    let Some(report) = app.reader.report.and_then(|number| app.report(number)) else {
        closed(canvas, area);
        return;
    };
    let column = panes::column(area, app.config.measure);
    let top = app.reader.scroll.top;
    let lines: Vec<&Line> = app
        .reader
        .page
        .lines
        .iter()
        .skip(top)
        .take(usize::from(area.height))
        .collect();
    let text = &report.article.text;
    let window = window_of(&lines);
    let layers = report
        .annotated()
        .map(|marks| layers(app, marks, window))
        .unwrap_or_default();
    for (y, line) in (area.y..).zip(&lines) {
        let from = Position::new(area.x, y);
        draw_line(canvas, line, text, column, from, &layers);
    }
    if let Some(marks) = report.annotated() {
        speakers(canvas, &lines, marks, column, area);
    }
    if canvas.cursor.is_none() && app.focus == Pane::Reader && app.overlay.is_none() {
        canvas.cursor = Some(cursor(app, &lines, text, column, area));
    }
}

/// Says of a report whose text is not there that it is being read, or why it cannot be.
fn closed(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let Some(number) = app.list.current() else {
        return;
    };
    let Column { x, width, .. } = panes::column(area, app.config.measure);
    canvas.waiting(Rect { x, width, ..area }, &[number], "reading …");
}

/// All text between the first and the last line shown; a page whose dek was set first is not in the text's order.
fn window_of(lines: &[&Line]) -> Span {
    let spans = lines.iter().filter_map(|line| match line {
        Line::Text { span, .. } => Some(*span),
        _ => None,
    });
    spans
        .reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)))
        .unwrap_or_default()
}

fn draw_line(
    canvas: &mut Canvas<'_>,
    line: &Line,
    text: &str,
    column: Column,
    from: Position,
    layers: &[Layer],
) {
    let (right, y) = (column.x + column.width, from.y);
    match line {
        Line::Blank => {}
        Line::Made(words, kind) => {
            let style = canvas.style(match kind {
                Made::Headline => Scope::Headline,
                Made::Meta | Made::Photo => Scope::Meta,
            });
            canvas.put(column.x, y, column.width, words, style);
        }
        Line::Text { span, role } => {
            let style = canvas.style(scope_of(*role));
            let layers = if role.is_story() { layers } else { &[] };
            let mut x = column.x;
            if matches!(role, BlockRole::Caption | BlockRole::Credit) && x > from.x {
                let rule = canvas.style(Scope::Rule);
                canvas.put(x.saturating_sub(2).max(from.x), y, 1, "▏", rule);
            }
            for (piece, style) in pieces(*span, style, layers) {
                x = canvas.put_pieces(x, y, right, [(piece.of(text), style)]);
            }
        }
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

/// The marks of `window`, one layer a kind, from the faintest to what is on top.
pub(super) fn layers(app: &App, marks: &Annotations, window: Span) -> Vec<Layer> {
    let theme = &app.theme;
    let shown = app.layers();
    let mut layers = Vec::new();
    if shown.statements {
        layers.push(
            in_window(&marks.statements, window, |statement| statement.span)
                .map(|statement| (statement.span, theme.get(Scope::Statement)))
                .collect(),
        );
    }
    if shown.quotes {
        layers.push(
            in_window(&marks.quotes, window, |quote| quote.span)
                .map(|quote| {
                    let scope = if quote.kind == QuoteKind::Mixed {
                        Scope::QuoteMixed
                    } else {
                        Scope::Quote
                    };
                    (quote.span, theme.get(scope))
                })
                .collect(),
        );
    }
    if shown.terms {
        layers.push(terms(app, marks, window, theme));
    }
    layers.push(focus_layer(app, marks));
    if let Some(search) = &app.reader.search {
        layers.push(hits(search, window, theme));
    }
    layers
}

fn terms(app: &App, marks: &Annotations, window: Span, theme: &Theme) -> Layer {
    let lexicon = app.annotator.lexicon();
    in_window(&marks.terms, window, |hit| hit.span)
        .filter(|hit| hit.is_strong())
        .map(|hit| {
            (
                hit.span,
                theme.get(Scope::term(lexicon.category(hit).color.name())),
            )
        })
        .collect()
}

fn focus_layer(app: &App, marks: &Annotations) -> Layer {
    let Some(focus) = app.reader.focus else {
        return Vec::new();
    };
    let scope = match focus {
        Focus::Quote(_) => Scope::QuoteFocus,
        Focus::Statement(_) => Scope::StatementFocus,
        Focus::Term(_) => Scope::TermFocus,
    };
    span_of(focus, marks)
        .map(|span| (span, app.theme.get(scope)))
        .into_iter()
        .collect()
}

fn hits(search: &Search, window: Span, theme: &Theme) -> Layer {
    let current = search.hits.get(search.current);
    in_window(&search.hits, window, |hit| *hit)
        .map(|hit| {
            let scope = if Some(hit) == current {
                Scope::SearchCurrent
            } else {
                Scope::Search
            };
            (*hit, theme.get(scope))
        })
        .collect()
}

/// Names who speaks in the margin, on the first line of each quotation and statement, where there is room; once a paragraph.
fn speakers(
    canvas: &mut Canvas<'_>,
    lines: &[&Line],
    marks: &Annotations,
    column: Column,
    area: Rect,
) {
    let Some(x) = column.margin else { return };
    let room = area.right().saturating_sub(x + 1);
    let mut last = None;
    for (y, line) in (area.y..).zip(lines) {
        let Line::Text { span, role } = line else {
            last = None;
            continue;
        };
        let voice = speaking(marks, *span, canvas.app.layers()).filter(|_| role.is_story());
        let Some((speaker, scope)) = voice else {
            continue;
        };
        let name = super::voice(speaker, room);
        let style = canvas.style(scope);
        if last.as_ref() != Some(&name) {
            canvas.put(x, y, room, &name, style);
            last = Some(name);
        }
    }
}

/// Returns who begins to speak on `row`, and how lightly it is said: in a quotation, else in a statement of somebody known.
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

fn cursor(app: &App, lines: &[&Line], text: &str, column: Column, area: Rect) -> (u16, u16) {
    let marks = app
        .reader
        .report
        .and_then(|number| app.report(number))
        .and_then(|report| report.annotated());
    let focused = match (&app.reader.search, app.reader.focus, marks) {
        (_, Some(focus), Some(marks)) => span_of(focus, marks),
        (Some(search), ..) => search.hits.get(search.current).copied(),
        _ => None,
    };
    let on = focused.and_then(|focused| {
        (area.y..).zip(lines).find_map(|(y, line)| match line {
            Line::Text { span, .. } if span.start <= focused.start && focused.start < span.end => {
                let before = Span::new(span.start, focused.start).of(text);
                Some((column.x + super::columns(before), y))
            }
            _ => None,
        })
    });
    on.unwrap_or((column.x, area.y))
}

/// Returns the byte of the text under a place on the screen.
pub fn offset_at(app: &App, at: Position) -> Option<usize> {
    let area = app.panes().reader;
    let column = panes::column(area, app.config.measure);
    let line = app.reader.scroll.top + usize::from(at.y.checked_sub(area.y)?);
    let Line::Text { span, .. } = app.reader.page.lines.get(line)? else {
        return None;
    };
    let report = app.reader.report.and_then(|number| app.report(number))?;
    let mut left = usize::from(at.x.checked_sub(column.x)?);
    for (offset, grapheme) in span.of(&report.article.text).grapheme_indices(true) {
        match left.checked_sub(grapheme.width()) {
            Some(rest) => left = rest,
            None => return Some(span.start + offset),
        }
    }
    None
}
