//! Draws the coverage grid: the names over the columns, the headings, and a line for each claim.
//!
//! Under it stand the words of the claim in focus: all those of the report in focus, then how the others have it.

use ratatui::layout::Rect;

use crate::compare::coverage::{Claim, CoverageCell, CoverageKind};
use crate::library::Report;
use crate::text::Span;
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::highlight::Layer;
use crate::tui::marks::coverage_sign;
use crate::tui::page::wrap_span;
use crate::tui::screen::AreaParts;
use crate::tui::theme::Scope;
use crate::tui::words::date;

use super::layout::{self, CellDetail, CoverageAreas};
use super::{CoverageView, GridLine};

/// From this width on a claim names its speaker.
const SPEAKER_FROM: u16 = 44;
/// Columns of a speaker's name at most.
const SPEAKER: u16 = 14;
/// From this width on the names stand beside the words.
const NAMES_BESIDE_FROM: u16 = 70;
/// Columns of the names there.
const NAME: u16 = 22;
/// Columns of the words at most.
const WIDEST: usize = 92;
/// Lines of a report that is not in focus at most.
const FEW_LINES: usize = 3;

/// Draws the view.
pub(super) fn draw(view: &CoverageView, canvas: &mut Canvas<'_>) {
    let areas = layout::areas(view, canvas.shared.screen);
    if view.coverage.is_none() {
        let words = format!("comparing {} reports …", view.reports.len());
        let area = areas.head.union(areas.rows).inset(1, 1);
        canvas.put_waiting(area, &view.reports, &words);
        return;
    }
    let grid = GridDrawing { view, areas };
    grid.draw_head(canvas);
    let lines = view.lines.iter().skip(view.scroll.top);
    for (area, line) in grid.areas.rows.rows().zip(lines) {
        match line {
            GridLine::Heading(covering) => grid.draw_heading(canvas, area, *covering),
            GridLine::Gap => {}
            GridLine::Row(row) => grid.draw_row(canvas, area, *row),
        }
    }
    draw_passages(view, canvas, grid.areas.below);
}

/// A grid that is there to be drawn.
struct GridDrawing<'a> {
    view: &'a CoverageView,
    areas: CoverageAreas,
}

impl GridDrawing<'_> {
    fn draw_head(&self, canvas: &mut Canvas<'_>) {
        let (head, claim) = (self.areas.head, self.areas.widths.claim);
        let (shown, all) = (self.areas.columns.len(), self.view.columns().len());
        if shown < all && !head.is_empty() {
            let from = self.view.across.top;
            let words = format!("{}–{} of {all} reports", from + 1, from + shown);
            canvas.put(head.x + 1, head.y, claim, &cut(&words, claim), Scope::Dim);
        }
        let room = self.areas.widths.cell_words();
        let plain = canvas.style(Scope::GridHeader);
        let focused = plain.patch(canvas.style(Scope::Focus));
        for &(number, x) in &self.areas.columns {
            let is_focused = number == self.view.column;
            let style = if is_focused { focused } else { plain };
            let (name, date) = self.column_words(canvas, number, room);
            if head.height > 0 {
                canvas.put(x, head.y, room, &name, style);
            }
            if head.height > 1 {
                canvas.put(x, head.y + 1, room, &date, Scope::Dim);
            }
        }
    }

    /// Returns the name of a column and the date of its report, shortened to `room`: of the date the year goes first.
    fn column_words(&self, canvas: &Canvas<'_>, column: usize, room: u16) -> (String, String) {
        let name = self.view.full_column_name(canvas.shared, column);
        let name = match name.strip_prefix("The ") {
            Some(short) if columns(&name) > room => short,
            _ => &name,
        };
        let summary = self.view.summary(canvas.shared, column);
        let published = summary.and_then(|summary| summary.published);
        let mut day = date(published);
        if let Some(published) = published.filter(|_| columns(&day) > room) {
            day = published.date.format("%-d %b").to_string();
        }
        (cut(name, room), cut(&day, room))
    }

    fn draw_heading(&self, canvas: &mut Canvas<'_>, area: Rect, covering: usize) {
        let all = self.view.columns().len();
        let words = match covering {
            1 => "in one report only".to_owned(),
            _ if covering == all && all == 2 => "in both reports".to_owned(),
            _ if covering == all => format!("in all {all} reports"),
            _ => format!("in {covering} of {all} reports"),
        };
        canvas.put_cut(area.inset(1, 1), &words, Scope::Dim);
    }

    fn draw_row(&self, canvas: &mut Canvas<'_>, area: Rect, row: usize) {
        let Some(claim) = self.view.claim(row) else {
            return;
        };
        let is_here = row == self.view.row;
        if is_here {
            canvas.put(area.x, area.y, 1, "▌", Scope::Selected);
        }
        self.draw_claim(canvas, area, claim, is_here);
        let width = self.areas.widths.cell_words();
        for (number, x) in &self.areas.columns {
            let Some(cell) = claim.cells.get(*number) else {
                continue;
            };
            let (sign, scope) = coverage_sign(cell.how);
            let mut style = canvas.style(scope);
            if is_here && *number == self.view.column {
                style = style.patch(canvas.style(Scope::GridFocus));
                let blanks = " ".repeat(usize::from(width));
                canvas.put(*x, area.y, width, &blanks, style);
                canvas.cursor = Some((*x, area.y));
            }
            let words = self.cell_words(*number, cell, sign);
            canvas.put(*x, area.y, width, &words, style);
        }
    }

    /// Draws the words of a claim, and who said them where there is room.
    fn draw_claim(&self, canvas: &mut Canvas<'_>, area: Rect, claim: &Claim, is_here: bool) {
        let lead = &claim.lead;
        let Some(report) = self.view.report(canvas.shared, lead.report) else {
            return;
        };
        let words = lead.span.of(&report.article.text).replace('\n', " ");
        let mut style = canvas.style(match lead.quoted {
            true => Scope::Quote,
            false => Scope::Text,
        });
        if is_here {
            style = style.patch(canvas.style(Scope::Selected));
        }
        let x = area.x + 1;
        let mut room = self.areas.widths.claim.saturating_sub(2);
        let speaker = lead.speaker.as_deref();
        let surname = speaker.and_then(|name| name.split_whitespace().next_back());
        if let Some(surname) = surname.filter(|_| lead.quoted && room >= SPEAKER_FROM) {
            let surname = cut(surname, SPEAKER);
            canvas.put_right(x, x + room, area.y, &surname, Scope::Speaker);
            room = room.saturating_sub(columns(&surname) + 2);
        }
        canvas.put(x, area.y, room, &cut(&words, room), style);
    }

    fn cell_words(&self, column: usize, cell: &CoverageCell, sign: &str) -> String {
        let place = self.view.paragraph(column, cell);
        let place = place.map_or(String::new(), |at| format!("P{at}"));
        match (self.areas.widths.detail, cell.how) {
            (_, CoverageKind::Absent) => sign.to_owned(),
            (CellDetail::Words, kind) => format!("{sign} {:<11} {place}", kind.name()),
            (CellDetail::ShortWords, CoverageKind::Paraphrased) => format!("paraphr. {place}"),
            (CellDetail::ShortWords, kind) => format!("{:<8} {place}", kind.name()),
            (CellDetail::Signs, _) => format!("{sign} {place}"),
        }
    }
}

/// Draws the words of the row in focus into `area`, under a rule.
fn draw_passages(view: &CoverageView, canvas: &mut Canvas<'_>, area: Rect) {
    canvas.put_rule(area);
    let mut area = area.below(1);
    for column in columns_in_order(view) {
        if let Some(cell) = view.focused_row_cell(column).filter(|_| !area.is_empty()) {
            let passages = CellPassages { view, column, cell };
            area = area.below(passages.draw(canvas, area));
        }
    }
}

/// Returns the column in focus, then the others that have something of the claim, those that cover it first.
fn columns_in_order(view: &CoverageView) -> Vec<usize> {
    let mut others = view.columns();
    others.retain(|&column| {
        let cell = view.focused_row_cell(column).map(|cell| cell.how);
        column != view.column && cell.is_some_and(|how| how != CoverageKind::Absent)
    });
    others.sort_by_key(|&column| !view.covers_focus(column));
    others.insert(0, view.column);
    others
}

/// The passages of a cell in the row in focus.
struct CellPassages<'a> {
    view: &'a CoverageView,
    column: usize,
    cell: &'a CoverageCell,
}

impl CellPassages<'_> {
    /// Draws them with the name of their column; returns the lines that they take.
    fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) -> u16 {
        let (sign, scope) = coverage_sign(self.cell.how);
        let mut words = format!("{sign} {}", self.cell.how.name());
        if let Some(place) = self.view.paragraph(self.column, self.cell) {
            words += &format!(" P{place}");
        }
        let room = area.width.saturating_sub(2);
        if area.width >= NAMES_BESIDE_FROM {
            self.draw_name(canvas, area, NAME);
            if area.height > 1 {
                canvas.put(area.x + 1, area.y + 1, NAME, &words, scope);
            }
            // The name and how the report has it are two lines.
            let lines = self.draw_words(canvas, area.inset(NAME + 2, 1));
            return lines.max(2);
        }
        let name_room = room.saturating_sub(columns(&words) + 2);
        let x = self.draw_name(canvas, area, name_room) + 2;
        let room = (area.x + 1 + room).saturating_sub(x);
        canvas.put(x, area.y, room, &words, scope);
        self.draw_words(canvas, area.inset(1, 1).below(1)) + 1
    }

    /// Draws the name of the column; returns the screen column after it.
    fn draw_name(&self, canvas: &mut Canvas<'_>, area: Rect, room: u16) -> u16 {
        let scope = match self.column == self.view.column {
            true => Scope::Focus,
            false => Scope::GridHeader,
        };
        let name = self.view.full_column_name(canvas.shared, self.column);
        canvas.put(area.x + 1, area.y, room, &cut(&name, room), scope)
    }

    /// Draws the words of the passages; returns the lines that they take.
    fn draw_words(&self, canvas: &mut Canvas<'_>, area: Rect) -> u16 {
        if self.cell.how == CoverageKind::Absent {
            canvas.put(area.x, area.y, area.width, "not mentioned", Scope::Dim);
            return 1;
        }
        let Some(report) = self.view.report(canvas.shared, self.column) else {
            return 0;
        };
        let text: &str = &report.article.text;
        let measure = usize::from(area.width).clamp(1, WIDEST);
        let passages = self.view.passages(self.column, self.cell).into_iter();
        let rows: Vec<Span> = passages
            .flat_map(|passage| wrap_span(text, passage.span, measure))
            .collect();
        let is_focused = self.column == self.view.column;
        let most = if is_focused { usize::MAX } else { FEW_LINES };
        let shown = most.min(area.height.into());
        let layers = self.layers(canvas, report);
        let base = match self.cell.how.covers() {
            true => Scope::Text,
            false => Scope::Dim,
        };
        for ((line, row), left) in area.rows().zip(&rows).zip((0..shown).rev()) {
            let end = canvas.put_marked(line, text, *row, base, &layers);
            if left == 0 && rows.len() > shown {
                let x = end.min(area.right().saturating_sub(1));
                canvas.put(x, line.y, 1, "…", base);
            }
        }
        u16::try_from(rows.len().min(most)).unwrap_or(u16::MAX)
    }

    fn layers(&self, canvas: &Canvas<'_>, report: &Report) -> [Layer; 2] {
        let marks = report.annotated().into_iter();
        let quotes = marks.flat_map(|marks| &marks.quotes);
        [
            canvas.layer(quotes.map(|quote| quote.span), Scope::Quote),
            canvas.layer(self.cell.differs.iter().copied(), Scope::DiffChanged),
        ]
    }
}
