//! The quotations of all reports: what is typed, what it leaves, and the words around each.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::annotate::quote::Quote;
use crate::filter::Query;
use crate::library::Report;
use crate::text::{Clean, Span, wrap};

use super::super::app::quotes::speaker_of;
use super::super::app::{App, Line, panes};
use super::super::highlight::{Layer, pieces};
use super::super::theme::Scope;
use super::super::worker::{Entry, QuoteRef};
use super::{Canvas, columns, cut};

/// Where the speaker's name stands beside the words, from this width on.
const ASIDE_FROM: u16 = 70;
const NAME: u16 = 20;
/// Lines that one version of a quotation may take.
const LINES: usize = 4;

/// Draws the quotes view.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let body = panes::frame(canvas.app.screen).body;
    if body.is_empty() {
        return;
    }
    let head = Rect { height: 1, ..body };
    prompt(canvas, head);
    let rows = Rect {
        y: body.y + 2.min(body.height),
        height: body.height.saturating_sub(2),
        ..body
    };
    if body.height > 1 {
        let rule = canvas.style(Scope::Rule);
        canvas.put(
            body.x,
            body.y + 1,
            body.width,
            &"─".repeat(usize::from(body.width)),
            rule,
        );
    }
    entries(canvas, rows);
}

fn prompt(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let found = &app.quotes.found;
    let counted = format!(
        "{} of {} · by {}",
        found.shown,
        found.total,
        app.quotes.grouping.name()
    );
    let dim = canvas.style(Scope::Dim);
    let sign = canvas.style(Scope::StatusKey);
    let style = canvas.style(Scope::Prompt);
    let right = canvas
        .put_right(
            area.x + 24,
            area.right().saturating_sub(1),
            area.y,
            &counted,
            dim,
        )
        .unwrap_or(area.right());
    let x = canvas.put(area.x + 1, area.y, 2, "\" ", sign);
    let room = right.saturating_sub(x + 1);
    if app.quotes.query.is_empty() {
        let hint = cut("type words, a speaker, an outlet", room);
        canvas.put(x, area.y, room, &hint, dim);
    } else {
        canvas.put(x, area.y, room, app.quotes.query.text(), style);
    }
    if app.line == Some(Line::Quotes) {
        let at = x + columns(app.quotes.query.before_cursor());
        canvas.cursor = Some((at.min(area.right().saturating_sub(1)), area.y));
    }
}

/// The entries that fit, the selected one among them: (entry, first line).
fn shown(app: &App, area: Rect) -> Vec<(usize, u16)> {
    let height = |n: usize| {
        app.quotes
            .found
            .entries
            .get(n)
            .map_or(0, |entry| entry_height(app, entry, area.width))
    };
    // Walk up from the selected entry until the screen is full, so that it is always in view.
    let mut first = app.quotes.selected;
    let mut used = height(first);
    while first > 0 && used + height(first - 1) <= usize::from(area.height) {
        first -= 1;
        used += height(first);
    }
    let mut places = Vec::new();
    let mut y = area.y;
    for n in first..app.quotes.found.entries.len() {
        if y >= area.bottom() {
            break;
        }
        places.push((n, y));
        y = y.saturating_add(u16::try_from(height(n)).unwrap_or(u16::MAX));
    }
    places
}

fn entries(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    if app.quotes.found.entries.is_empty() {
        let words = if app.quotes.query.is_empty() {
            "no quotation in these reports"
        } else {
            "no quotation matches"
        };
        let dim = canvas.style(Scope::Dim);
        canvas.put(area.x + 2, area.y, area.width, words, dim);
        return;
    }
    let query = Query::parse(app.quotes.query.text());
    for (n, y) in shown(app, area) {
        let Some(entry) = app.quotes.found.entries.get(n) else {
            continue;
        };
        draw_entry(
            canvas,
            Rect {
                y,
                height: area.bottom() - y,
                ..area
            },
            entry,
            n == app.quotes.selected,
            &query,
        );
    }
}

fn text_area(area: Rect) -> Rect {
    let left = if area.width >= ASIDE_FROM {
        NAME + 3
    } else {
        3
    };
    Rect {
        x: area.x + left,
        width: area.width.saturating_sub(left + 2).min(96),
        ..area
    }
}

fn draw_entry(canvas: &mut Canvas<'_>, area: Rect, entry: &Entry, selected: bool, query: &Query) {
    let app = canvas.app;
    let mut y = area.y;
    if let Some(heading) = &entry.heading {
        let style = canvas.style(Scope::Headline);
        canvas.put(
            area.x + 2,
            y,
            area.width.saturating_sub(3),
            &cut(heading, area.width.saturating_sub(3)),
            style,
        );
        y += 1;
    }
    let first = y;
    for (n, version) in entry.versions.iter().enumerate() {
        if y < area.bottom() {
            let rest = Rect {
                y,
                height: area.bottom() - y,
                ..area
            };
            y += draw_version(canvas, rest, *version, n == 0, query);
        }
    }
    if selected {
        let style = canvas.style(Scope::Selected);
        for y in first..y.min(area.bottom()) {
            canvas.put(area.x, y, 1, "▌", style);
        }
        if canvas.cursor.is_none() && app.overlay.is_none() {
            canvas.cursor = Some((area.x, first.min(area.bottom() - 1)));
        }
    }
}

fn draw_version(
    canvas: &mut Canvas<'_>,
    area: Rect,
    at: QuoteRef,
    first: bool,
    query: &Query,
) -> u16 {
    let app = canvas.app;
    let Some((report, quote)) = resolve(app, at) else {
        return 0;
    };
    let text = text_area(area);
    let speaker = canvas.style(Scope::Speaker);
    let name = speaker_of(quote);
    let mut y = area.y;
    if area.width < ASIDE_FROM {
        canvas.put(text.x, y, text.width, &cut(name, text.width), speaker);
        y += 1;
    } else if first {
        canvas.put(area.x + 2, y, NAME, &cut(name, NAME), speaker);
    }
    let around = around(report, quote);
    let words = &report.article.text;
    let layers = [
        quote_layer(canvas, quote),
        match_layer(canvas, words, quote.span, query),
    ];
    let base = canvas.style(Scope::Dim);
    for row in rows(words, around, text.width) {
        if y < area.bottom() {
            let cut: Vec<(&str, Style)> = pieces(row, base, &layers)
                .into_iter()
                .map(|(piece, style)| (piece.of(words), style))
                .collect();
            canvas.put_pieces(text.x, y, text.right(), cut);
            y += 1;
        }
    }
    if y < area.bottom() {
        let facts = source(app, report, quote);
        canvas.put(text.x, y, text.width, &cut(&facts, text.width), base);
        y += 1;
    }
    y - area.y
}

fn resolve(app: &App, at: QuoteRef) -> Option<(&Report, &Quote)> {
    let report = app.report(at.report)?;
    Some((report, report.annotated()?.quotes.get(at.quote)?))
}

fn source(app: &App, report: &Report, quote: &Quote) -> String {
    let article = &report.article;
    let outlet = article
        .outlet
        .as_ref()
        .map_or("outlet unknown", |field| &*field.value);
    let cue = quote
        .cue
        .map(|cue| format!("{} · ", cue.of(&article.text)))
        .unwrap_or_default();
    let marked = app.list.marked.iter().position(|&number| {
        app.report(number)
            .is_some_and(|r| r.article.id == article.id)
    });
    let letter = marked
        .filter(|at| *at < 2)
        .map(|at| if at == 0 { "A · " } else { "B · " })
        .unwrap_or_default();
    format!("{letter}{cue}{outlet} · {}", article.label)
}

/// The sentence or two around a quotation: enough of its paragraph to be read, the quotation in it.
fn around(report: &Report, quote: &Quote) -> Span {
    let paragraph = report
        .article
        .story()
        .find(|paragraph| paragraph.contains(quote.span))
        .unwrap_or(quote.span);
    let text = &report.article.text;
    let inside = paragraph.of(text);
    let sentences = crate::text::segment::sentences(inside)
        .into_iter()
        .map(|span| span.shifted(paragraph.start));
    sentences
        .filter(|sentence| sentence.overlaps(quote.span))
        .fold(quote.span, |all, sentence| {
            Span::new(all.start.min(sentence.start), all.end.max(sentence.end))
        })
}

fn rows(text: &Clean, around: Span, width: u16) -> Vec<Span> {
    let words = around.of(text).replace('\n', " ");
    let mut rows: Vec<Span> = wrap::wrap(&words, usize::from(width).max(1))
        .into_iter()
        .map(|row| row.shifted(around.start))
        .collect();
    rows.truncate(LINES);
    rows
}

fn quote_layer(canvas: &Canvas<'_>, quote: &Quote) -> Layer {
    vec![(quote.span, canvas.style(Scope::Quote))]
}

/// The words of the query where they stand in the quotation.
fn match_layer(canvas: &Canvas<'_>, text: &Clean, within: Span, query: &Query) -> Layer {
    let style = canvas.style(Scope::Match);
    let places = super::super::app::matched(query, within.of(text));
    places
        .into_iter()
        .map(|span| (span.shifted(within.start), style))
        .collect()
}

fn entry_height(app: &App, entry: &Entry, width: u16) -> usize {
    let text = text_area(Rect::new(0, 0, width, 1)).width;
    let versions = entry
        .versions
        .iter()
        .map(|version| match resolve(app, *version) {
            Some((report, quote)) => {
                let name = usize::from(width < ASIDE_FROM);
                rows(&report.article.text, around(report, quote), text).len() + 1 + name
            }
            None => 0,
        });
    versions.sum::<usize>() + 1 + usize::from(entry.heading.is_some())
}

/// Returns the entry drawn at this place.
pub fn entry_at(app: &App, at: Position) -> Option<usize> {
    let body = panes::frame(app.screen).body;
    let rows = Rect {
        y: body.y + 2.min(body.height),
        height: body.height.saturating_sub(2),
        ..body
    };
    shown(app, rows)
        .into_iter()
        .rev()
        .find(|(_, y)| *y <= at.y)
        .map(|(n, _)| n)
}
