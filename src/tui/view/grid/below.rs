//! Under the grid: the words of the cell in focus, whole, and how the other reports have the same.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::compare::coverage::{CoverageCell, CoverageKind};
use crate::text::{Span, wrap};

use super::super::super::app::App;
use super::super::super::highlight::{Layer, pieces};
use super::super::super::theme::Scope;
use super::super::{Canvas, columns, cut};
use super::{paragraph, sign};

/// From this width on the names stand beside the words.
const ASIDE_FROM: u16 = 70;
/// Columns of the names there.
const NAME: u16 = 22;
/// The widest that the words get.
const WIDEST: usize = 92;
/// Lines that a report takes that is not in focus.
const GLANCE: usize = 3;

/// Draws the words of the row in focus into `area`, under a line.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    if area.is_empty() {
        return;
    }
    let rule = canvas.style(Scope::Rule);
    let line = "─".repeat(usize::from(area.width));
    canvas.put(area.x, area.y, area.width, &line, rule);
    let app = canvas.app;
    let Some(claim) = app.grid.claim(app.grid.row) else {
        return;
    };
    let mut left = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    for column in order(app) {
        if let Some(cell) = claim.cells.get(column) {
            let taken = entry(canvas, left, column, cell);
            left.y += taken.min(left.height);
            left.height = left.height.saturating_sub(taken);
        }
    }
}

/// Returns the columns to speak of: the one in focus, then those that have something of the claim.
fn order(app: &App) -> Vec<usize> {
    let grid = &app.grid;
    let has = |column: &usize| {
        let cell = grid
            .claim(grid.row)
            .and_then(|claim| claim.cells.get(*column));
        cell.is_some_and(|cell| cell.how != CoverageKind::Absent)
    };
    let mut others: Vec<usize> = grid.columns();
    others.retain(|column| *column != grid.column && has(column));
    let told = |column: &usize| {
        let cell = grid
            .claim(grid.row)
            .and_then(|claim| claim.cells.get(*column));
        !cell.is_some_and(|cell| cell.how.covers())
    };
    others.sort_by_key(told);
    others.insert(0, grid.column);
    others
}

/// Draws what one report has of the claim; returns the lines it takes.
fn entry(canvas: &mut Canvas<'_>, area: Rect, column: usize, cell: &CoverageCell) -> u16 {
    let app = canvas.app;
    if area.is_empty() {
        return 0;
    }
    let focused = column == app.grid.column;
    let aside = area.width >= ASIDE_FROM;
    let names = Rect {
        x: area.x + 1,
        width: if aside {
            NAME
        } else {
            area.width.saturating_sub(2)
        },
        ..area
    };
    let indent = if aside { NAME + 2 } else { 1 };
    let mut words = Rect {
        x: area.x + indent,
        width: area.width.saturating_sub(indent + 1),
        ..area
    };
    let named = name(canvas, names, column, cell, aside);
    if !aside {
        words.y += 1;
        words.height = words.height.saturating_sub(1);
    }
    let most = if focused { usize::MAX } else { GLANCE };
    let lines = if cell.how == CoverageKind::Absent {
        let dim = canvas.style(Scope::Dim);
        canvas.put(words.x, words.y, words.width, "nothing of this", dim);
        1
    } else {
        write(canvas, words, column, cell, most)
    };
    if aside { lines.max(named) } else { lines + 1 }
}

/// Writes the name of a column and how it has the claim; returns the lines it takes.
fn name(
    canvas: &mut Canvas<'_>,
    area: Rect,
    column: usize,
    cell: &CoverageCell,
    aside: bool,
) -> u16 {
    let app = canvas.app;
    let focused = column == app.grid.column;
    let title = canvas.style(if focused {
        Scope::Focus
    } else {
        Scope::GridHeader
    });
    let (sign, scope) = sign(cell.how);
    let how = match paragraph(app, column, cell) {
        Some(place) => format!("{sign} {} P{place}", cell.how.name()),
        None => format!("{sign} {}", cell.how.name()),
    };
    let style = canvas.style(scope);
    let room = if aside {
        area.width
    } else {
        area.width.saturating_sub(columns(&how) + 2)
    };
    let name = cut(&super::name(app, column), room);
    let end = canvas.put(area.x, area.y, room, &name, title);
    if !aside {
        canvas.put(
            end + 2,
            area.y,
            area.right().saturating_sub(end + 2),
            &how,
            style,
        );
        return 1;
    }
    if area.height > 1 {
        canvas.put(area.x, area.y + 1, area.width, &how, style);
    }
    2
}

/// Writes the passages of a cell, at most `most` lines of them; returns how many.
fn write(
    canvas: &mut Canvas<'_>,
    area: Rect,
    column: usize,
    cell: &CoverageCell,
    most: usize,
) -> u16 {
    let app = canvas.app;
    let report = app.grid.reports.get(column).and_then(|&n| app.report(n));
    let Some(report) = report else { return 0 };
    let text: &str = &report.article.text;
    let measure = usize::from(area.width).clamp(1, WIDEST);
    let rows: Vec<Span> = app
        .grid
        .passages(column, cell)
        .iter()
        .flat_map(|passage| {
            let words = passage.span.of(text).replace('\n', " ");
            let rows = wrap::wrap(&words, measure);
            rows.into_iter().map(|row| row.shifted(passage.span.start))
        })
        .collect();
    let room = usize::from(area.height).min(most);
    let layers = layers(
        canvas,
        report.annotated().map_or(&[][..], |marks| &marks.quotes),
        cell,
    );
    let base = base(canvas, cell);
    for (y, row) in (area.top()..).zip(rows.iter().take(room)) {
        let pieces = pieces(*row, base, &layers);
        let end = canvas.put_pieces(
            area.x,
            y,
            area.right(),
            pieces.iter().map(|(span, style)| (span.of(text), *style)),
        );
        let last = usize::from(y - area.top()) + 1 == room;
        if last && rows.len() > room {
            canvas.put(end.min(area.right().saturating_sub(1)), y, 1, "…", base);
        }
    }
    rows.len().min(most).min(usize::from(u16::MAX)) as u16
}

fn base(canvas: &Canvas<'_>, cell: &CoverageCell) -> Style {
    canvas.style(if cell.how.covers() {
        Scope::Text
    } else {
        Scope::Dim
    })
}

fn layers(
    canvas: &Canvas<'_>,
    quotes: &[crate::annotate::quote::Quote],
    cell: &CoverageCell,
) -> Vec<Layer> {
    let (voice, changed) = (canvas.style(Scope::Quote), canvas.style(Scope::DiffChanged));
    vec![
        quotes.iter().map(|quote| (quote.span, voice)).collect(),
        cell.differs.iter().map(|&span| (span, changed)).collect(),
    ]
}
