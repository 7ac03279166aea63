//! The coverage grid: claims and quotations down, reports across, and in each cell how the report has it and in which paragraph.
//!
//! What each report's name and cells take is settled here for drawing, scrolling and the mouse alike: whole words where there is room,
//! short ones where there is less, signs where there is little; then the columns scroll.

mod below;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::compare::coverage::{Claim, CoverageCell, CoverageKind};

use super::super::app::grid::{GridLine, letter};
use super::super::app::{App, page, panes};
use super::super::theme::Scope;
use super::{Canvas, columns, cut};

/// How much a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// A sign, a word, a paragraph.
    Whole,
    /// A short word, a paragraph.
    Short,
    /// A sign, a paragraph.
    Signs,
}

impl Words {
    /// Returns the blanks after a cell.
    fn gap(self) -> u16 {
        match self {
            Words::Whole => 2,
            Words::Short | Words::Signs => 1,
        }
    }

    /// Returns the columns that a cell takes, with the blanks after it, and those that a claim should have beside such cells.
    fn widths(self) -> (u16, u16) {
        match self {
            Words::Whole => (19, 40),
            Words::Short => (13, 26),
            Words::Signs => (8, 20),
        }
    }
}

/// The widest that the words of a claim get.
const WIDEST: u16 = 72;
/// The widest that a cell gets, for the names over the columns.
const WIDEST_CELL: u16 = 24;

/// Where the parts of the grid stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The names over the columns.
    pub head: Rect,
    /// The rows.
    pub rows: Rect,
    /// The words of the cell in focus; empty where there is no room.
    pub below: Rect,
    /// Columns of the claims.
    pub claim: u16,
    /// Columns of a cell, with the blanks after it.
    pub cell: u16,
    /// How many columns of cells are on the screen at once.
    pub fits: usize,
    /// How much a cell says.
    pub words: Words,
}

/// Returns where the parts of the grid stand now.
pub fn layout(app: &App) -> Layout {
    let body = panes::frame(app.screen).body;
    let head = match body.height {
        0..3 => 0,
        3..16 => 1,
        _ => 2,
    };
    let below = match body.height {
        0..7 => 0,
        height => (height * 2 / 5).clamp(3, 18),
    };
    let rows = body.height.saturating_sub(head + below);
    let part = |y: u16, height: u16| Rect {
        y: body.y + y,
        height,
        ..body
    };
    let (claim, cell, fits, words) = across(body.width, app.grid.columns().len());
    Layout {
        head: part(0, head),
        rows: part(head, rows),
        below: part(head + rows, below),
        claim,
        cell,
        fits,
        words,
    }
}

/// Returns columns of the claims and of a cell, how many cells fit, and how much they say, for `count` reports.
fn across(width: u16, count: usize) -> (u16, u16, usize, Words) {
    let room = width.saturating_sub(2);
    let wanted = u16::try_from(count).unwrap_or(u16::MAX).max(1);
    for words in [Words::Whole, Words::Short, Words::Signs] {
        let (cell, least) = words.widths();
        if cell.saturating_mul(wanted).saturating_add(least) <= room {
            let claim = (room - cell * wanted).min(WIDEST);
            let cell = ((room - claim) / wanted).clamp(cell, WIDEST_CELL.max(cell));
            return (claim, cell, count, words);
        }
    }
    let (cell, least) = Words::Signs.widths();
    let cell = cell.min(room);
    let fits = (room.saturating_sub(least) / cell.max(1)).clamp(1, wanted);
    let claim = room.saturating_sub(fits * cell);
    (claim, cell, usize::from(fits), Words::Signs)
}

/// Returns what the title says of the grid.
pub(super) fn title(app: &App) -> String {
    let shown = app.grid.columns().len();
    match app.grid.reports.len() {
        all if all == shown => " · coverage".to_owned(),
        all => format!(" · coverage, {} hidden", all - shown),
    }
}

/// Returns where the reader stands among the rows.
pub(super) fn position(app: &App) -> Option<String> {
    let total = app.grid.rows.len();
    (total > 0).then(|| format!("{}/{total}", app.grid.row + 1))
}

/// Returns what the cell in focus says, in words.
pub(super) fn focus_words(app: &App) -> Option<String> {
    let cell = app.grid.cell()?;
    let name = app.column_name(app.grid.column);
    let place = paragraph(app, app.grid.column, cell);
    Some(match (cell.how, place) {
        (CoverageKind::Absent, _) | (_, None) => format!("{name}: absent"),
        (CoverageKind::Elsewhere, Some(at)) => format!("{name}: see paragraph {at}"),
        (how, Some(at)) => format!("{name}: {}, paragraph {at}", how.name()),
    })
}

/// Returns the number, from 1, of the paragraph that a cell is about.
fn paragraph(app: &App, column: usize, cell: &CoverageCell) -> Option<usize> {
    let coverage = app.grid.coverage.as_ref()?;
    coverage.paragraph(column, cell).map(|at| at + 1)
}

/// Returns the sign of a way to have a claim, and how it is dressed.
pub(super) fn sign(how: CoverageKind) -> (&'static str, Scope) {
    match how {
        CoverageKind::Quoted => ("●", Scope::GridQuoted),
        CoverageKind::Cut => ("◐", Scope::GridCut),
        CoverageKind::Reworded => ("≠", Scope::GridReworded),
        CoverageKind::Paraphrased => ("○", Scope::GridParaphrased),
        CoverageKind::Said => ("▪", Scope::Grid),
        CoverageKind::Related => ("·", Scope::GridAbsent),
        CoverageKind::Elsewhere => ("→", Scope::GridAbsent),
        CoverageKind::Absent => ("–", Scope::GridAbsent),
    }
}

/// Draws the grid.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let layout = layout(canvas.app);
    let app = canvas.app;
    if app.grid.coverage.is_none() {
        let reports = &app.grid.reports;
        let words = format!("laying {} reports over each other …", reports.len());
        let area = layout.head.union(layout.rows);
        let area = Rect {
            x: area.x + 1,
            width: area.width.saturating_sub(2),
            ..area
        };
        canvas.waiting(area, reports, &words);
        return;
    }
    let shown = on_screen(canvas.app, &layout);
    head(canvas, &layout, &shown);
    let grid = &canvas.app.grid;
    let lines = grid.lines.iter().skip(grid.scroll.top);
    let lines: Vec<GridLine> = lines
        .take(usize::from(layout.rows.height))
        .copied()
        .collect();
    for (y, line) in (layout.rows.top()..).zip(lines) {
        match line {
            GridLine::Heading(told) => heading(canvas, &layout, y, told),
            GridLine::Gap => {}
            GridLine::Row(row) => draw_row(canvas, &layout, &shown, y, row),
        }
    }
    below::draw(canvas, layout.below);
}

/// A column of cells that is on the screen.
struct Column {
    number: usize,
    x: u16,
}

fn on_screen(app: &App, layout: &Layout) -> Vec<Column> {
    let shown = app.grid.columns();
    let on_screen = shown.iter().skip(app.grid.across.top).take(layout.fits);
    let first = layout.rows.x + 1 + layout.claim;
    on_screen
        .zip(0_u16..)
        .map(|(&number, place)| Column {
            number,
            x: first + place * layout.cell,
        })
        .collect()
}

fn head(canvas: &mut Canvas<'_>, layout: &Layout, shown: &[Column]) {
    if layout.head.is_empty() {
        return;
    }
    let (y, app) = (layout.head.y, canvas.app);
    let (plain, focused) = (canvas.style(Scope::GridHeader), canvas.style(Scope::Focus));
    let dim = canvas.style(Scope::Dim);
    let all = app.grid.columns().len();
    if shown.len() < all {
        let from = app.grid.across.top;
        let words = format!("{}–{} of {all} reports", from + 1, from + shown.len());
        canvas.put(
            layout.head.x + 1,
            y,
            layout.claim,
            &cut(&words, layout.claim),
            dim,
        );
    }
    for column in shown {
        let room = layout.cell.saturating_sub(layout.words.gap());
        let style = if column.number == app.grid.column {
            plain.patch(focused)
        } else {
            plain
        };
        let report = app.grid.reports.get(column.number);
        let name = name(app, column.number);
        let name = match name.strip_prefix("The ") {
            Some(short) if columns(&name) > room => short,
            _ => &name,
        };
        let name = cut(name, room);
        canvas.put(column.x, y, room, &name, style);
        if layout.head.height > 1 {
            let published = report.and_then(|&n| app.summary(n)?.published);
            let whole = page::date(published);
            let date = match published {
                Some(published) if columns(&whole) > room => {
                    published.date.format("%-d %b").to_string()
                }
                _ => whole,
            };
            canvas.put(column.x, y + 1, room, &cut(&date, room), dim);
        }
    }
}

/// Returns what a column is called; a letter alone tells little, so the headline goes with it.
fn name(app: &App, column: usize) -> String {
    match app.grid.reports.get(column).and_then(|&n| app.summary(n)) {
        Some(summary) if summary.outlet.is_none() => {
            format!("{} {}", letter(column), summary.label)
        }
        _ => app.column_name(column),
    }
}

fn heading(canvas: &mut Canvas<'_>, layout: &Layout, y: u16, told: usize) {
    let all = canvas.app.grid.columns().len();
    let words = match told {
        1 => "told by one alone".to_owned(),
        _ if told == all && all == 2 => "told by both".to_owned(),
        _ if told == all => format!("told by all {all}"),
        _ => format!("told by {told} of {all}"),
    };
    let style = canvas.style(Scope::Dim);
    let room = layout.rows.width.saturating_sub(2);
    canvas.put(layout.rows.x + 1, y, room, &cut(&words, room), style);
}

fn draw_row(canvas: &mut Canvas<'_>, layout: &Layout, shown: &[Column], y: u16, row: usize) {
    let app = canvas.app;
    let Some(claim) = app.grid.claim(row) else {
        return;
    };
    let here = row == app.grid.row;
    if here {
        let bar = canvas.style(Scope::Selected);
        canvas.put(layout.rows.x, y, 1, "▌", bar);
    }
    draw_claim(canvas, layout, y, claim, here);
    for column in shown {
        if let Some(cell) = claim.cells.get(column.number) {
            let focused = here && column.number == app.grid.column;
            draw_cell(canvas, layout, column, y, cell, focused);
        }
    }
}

/// The words of a claim, and who said them where there is room.
fn draw_claim(canvas: &mut Canvas<'_>, layout: &Layout, y: u16, claim: &Claim, here: bool) {
    let app = canvas.app;
    let lead = &claim.lead;
    let report = app
        .grid
        .reports
        .get(lead.report)
        .and_then(|&n| app.report(n));
    let Some(report) = report else { return };
    let words = lead.span.of(&report.article.text).replace('\n', " ");
    let mut style = canvas.style(if lead.quoted {
        Scope::Quote
    } else {
        Scope::Text
    });
    if here {
        style = style.patch(canvas.style(Scope::Selected));
    }
    let (x, mut room) = (layout.rows.x + 1, layout.claim.saturating_sub(2));
    let speaker = lead
        .speaker
        .as_deref()
        .and_then(|name| name.split_whitespace().next_back());
    if let Some(speaker) = speaker.filter(|_| lead.quoted && room >= 44) {
        let dim = canvas.style(Scope::Speaker);
        let speaker = cut(speaker, 14);
        canvas.put_right(x, x + room, y, &speaker, dim);
        room = room.saturating_sub(columns(&speaker) + 2);
    }
    canvas.put(x, y, room, &cut(&words, room), style);
}

fn draw_cell(
    canvas: &mut Canvas<'_>,
    layout: &Layout,
    column: &Column,
    y: u16,
    cell: &CoverageCell,
    focused: bool,
) {
    let (sign, scope) = sign(cell.how);
    let width = layout.cell.saturating_sub(layout.words.gap());
    let mut style: Style = canvas.style(scope);
    if focused {
        style = style.patch(canvas.style(Scope::GridFocus));
        canvas.cursor = Some((column.x, y));
        canvas.put(column.x, y, width, &" ".repeat(usize::from(width)), style);
    }
    let place = paragraph(canvas.app, column.number, cell).map(|at| format!("P{at}"));
    let place = place.unwrap_or_default();
    let words = match (layout.words, cell.how) {
        (_, CoverageKind::Absent) => sign.to_owned(),
        (Words::Whole, how) => format!("{sign} {:<11} {place}", how.name()),
        (Words::Short, how) => format!("{:<8} {place}", short(how)),
        (Words::Signs, _) => format!("{sign} {place}"),
    };
    canvas.put(column.x, y, width, &words, style);
}

fn short(how: CoverageKind) -> &'static str {
    match how {
        CoverageKind::Paraphrased => "paraphr.",
        how => how.name(),
    }
}

/// Returns the row and the column at a place on the screen; a name over a column is a place in that column.
pub fn cell_at(app: &App, at: Position) -> Option<(Option<usize>, Option<usize>)> {
    let layout = layout(app);
    let on_screen = on_screen(app, &layout);
    let column = on_screen
        .iter()
        .find(|column| (column.x..column.x + layout.cell).contains(&at.x))
        .map(|column| column.number);
    if layout.head.contains(at) {
        return column.map(|column| (None, Some(column)));
    }
    if !layout.rows.contains(at) {
        return None;
    }
    let line = app.grid.scroll.top + usize::from(at.y - layout.rows.y);
    match app.grid.lines.get(line)? {
        GridLine::Row(row) => Some((Some(*row), column)),
        GridLine::Heading(_) | GridLine::Gap => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_say_as_much_as_the_screen_has_room_for() {
        let words = |width, count| across(width, count).3;
        assert_eq!(words(120, 3), Words::Whole);
        assert_eq!(words(80, 3), Words::Short);
        assert_eq!(words(120, 8), Words::Signs);
        assert_eq!(words(40, 3), Words::Signs);
    }

    #[test]
    fn claims_and_cells_never_leave_the_screen() {
        for width in 0..300 {
            for count in 1..30 {
                let (claim, cell, fits, _) = across(width, count);
                let taken = usize::from(claim) + fits * usize::from(cell);
                assert!(
                    taken <= usize::from(width.saturating_sub(2)),
                    "{width} {count}"
                );
                assert!(fits >= 1 && fits <= count);
            }
        }
    }
}
