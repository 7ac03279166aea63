//! Draws the coverage grid: the names over the columns, the headings, and a line for each claim.

use ratatui::layout::Rect;

use crate::compare::coverage::{Claim, CoverageCell, CoverageKind};
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::marks::coverage_sign;
use crate::tui::theme::Scope;
use crate::tui::words::date;

use super::layout::{self, CellDetail, CoverageAreas, GridColumn};
use super::{CoverageView, GridLine, below};

/// From this width on a claim names its speaker.
const SPEAKER_FROM: u16 = 44;
/// Columns of a speaker's name at most.
const SPEAKER: u16 = 14;

/// Draws the view.
pub(super) fn draw(view: &CoverageView, canvas: &mut Canvas<'_>) {
    let areas = layout::areas(view, canvas.shared.screen);
    if view.coverage.is_none() {
        draw_waiting(view, canvas, areas.head.union(areas.rows));
        return;
    }
    let shown = &layout::columns_on_screen(view, &areas);
    let mut painter = GridPainter {
        view,
        canvas,
        areas,
        shown,
    };
    painter.draw();
    below::draw(view, canvas, areas.below);
}

fn draw_waiting(view: &CoverageView, canvas: &mut Canvas<'_>, area: Rect) {
    let area = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let words = format!("laying {} reports over each other …", view.reports.len());
    canvas.put_waiting(area, &view.reports, &words);
}

/// Draws the head and the rows.
struct GridPainter<'c, 'a> {
    view: &'c CoverageView,
    canvas: &'c mut Canvas<'a>,
    areas: CoverageAreas,
    /// The columns of cells on the screen.
    shown: &'c [GridColumn],
}

impl GridPainter<'_, '_> {
    fn draw(&mut self) {
        let (view, rows) = (self.view, self.areas.rows);
        if !self.areas.head.is_empty() {
            self.draw_head();
        }
        let lines = view.lines.iter().skip(view.scroll.top);
        for (y, line) in (rows.top()..rows.bottom()).zip(lines) {
            match line {
                GridLine::Heading(covering) => self.draw_heading(y, *covering),
                GridLine::Gap => {}
                GridLine::Row(row) => self.draw_row(y, *row),
            }
        }
    }

    fn draw_head(&mut self) {
        let (head, claim) = (self.areas.head, self.areas.widths.claim);
        let dim = self.canvas.style(Scope::Dim);
        let all = self.view.columns().len();
        if self.shown.len() < all {
            let from = self.view.across.top;
            let words = format!("{}–{} of {all} reports", from + 1, from + self.shown.len());
            self.canvas
                .put(head.x + 1, head.y, claim, &cut(&words, claim), dim);
        }
        let room = self.areas.widths.cell_words();
        let plain = self.canvas.style(Scope::GridHeader);
        let focused = plain.patch(self.canvas.style(Scope::Focus));
        for column in self.shown {
            let style = match column.number == self.view.column {
                true => focused,
                false => plain,
            };
            let name = self.name_in(column, room);
            self.canvas.put(column.x, head.y, room, &name, style);
            if head.height > 1 {
                let date = self.date_in(column, room);
                self.canvas.put(column.x, head.y + 1, room, &date, dim);
            }
        }
    }

    /// Returns the name of a column, shortened to `room`.
    fn name_in(&self, column: &GridColumn, room: u16) -> String {
        let name = self
            .view
            .full_column_name(self.canvas.shared, column.number);
        match name.strip_prefix("The ") {
            Some(short) if columns(&name) > room => cut(short, room),
            _ => cut(&name, room),
        }
    }

    /// Returns the date of a column's report, shortened to `room`: the year goes first.
    fn date_in(&self, column: &GridColumn, room: u16) -> String {
        let report = self.view.reports.get(column.number);
        let summary = report.and_then(|&number| self.canvas.shared.summary(number));
        let published = summary.and_then(|summary| summary.published);
        let whole = date(published);
        match published {
            Some(published) if columns(&whole) > room => {
                cut(&published.date.format("%-d %b").to_string(), room)
            }
            _ => cut(&whole, room),
        }
    }

    fn draw_heading(&mut self, y: u16, covering: usize) {
        let all = self.view.columns().len();
        let words = match covering {
            1 => "told by one alone".to_owned(),
            _ if covering == all && all == 2 => "told by both".to_owned(),
            _ if covering == all => format!("told by all {all}"),
            _ => format!("told by {covering} of {all}"),
        };
        let style = self.canvas.style(Scope::Dim);
        let rows = self.areas.rows;
        let room = rows.width.saturating_sub(2);
        self.canvas
            .put(rows.x + 1, y, room, &cut(&words, room), style);
    }

    fn draw_row(&mut self, y: u16, row: usize) {
        let view = self.view;
        let Some(claim) = view.claim(row) else {
            return;
        };
        let is_here = row == view.row;
        if is_here {
            let bar = self.canvas.style(Scope::Selected);
            self.canvas.put(self.areas.rows.x, y, 1, "▌", bar);
        }
        self.draw_claim(y, claim, is_here);
        for column in self.shown {
            if let Some(cell) = claim.cells.get(column.number) {
                let is_focused = is_here && column.number == view.column;
                self.draw_cell(column, y, cell, is_focused);
            }
        }
    }

    /// Draws the words of a claim, and who said them where there is room.
    fn draw_claim(&mut self, y: u16, claim: &Claim, is_here: bool) {
        let lead = &claim.lead;
        let (report, shared) = (self.view.reports.get(lead.report), self.canvas.shared);
        let Some(report) = report.and_then(|&number| shared.report(number)) else {
            return;
        };
        let words = lead.span.of(&report.article.text).replace('\n', " ");
        let scope = match lead.quoted {
            true => Scope::Quote,
            false => Scope::Text,
        };
        let mut style = self.canvas.style(scope);
        if is_here {
            style = style.patch(self.canvas.style(Scope::Selected));
        }
        let x = self.areas.rows.x + 1;
        let mut room = self.areas.widths.claim.saturating_sub(2);
        let speaker = lead.speaker.as_deref();
        let surname = speaker.and_then(|name| name.split_whitespace().next_back());
        if let Some(surname) = surname.filter(|_| lead.quoted && room >= SPEAKER_FROM) {
            let surname = cut(surname, SPEAKER);
            let dim = self.canvas.style(Scope::Speaker);
            self.canvas.put_right(x, x + room, y, &surname, dim);
            room = room.saturating_sub(columns(&surname) + 2);
        }
        self.canvas.put(x, y, room, &cut(&words, room), style);
    }

    fn draw_cell(&mut self, column: &GridColumn, y: u16, cell: &CoverageCell, is_focused: bool) {
        let width = self.areas.widths.cell_words();
        let (sign, scope) = coverage_sign(cell.how);
        let mut style = self.canvas.style(scope);
        if is_focused {
            style = style.patch(self.canvas.style(Scope::GridFocus));
            let blanks = " ".repeat(usize::from(width));
            self.canvas.put(column.x, y, width, &blanks, style);
            self.canvas.cursor = Some((column.x, y));
        }
        let place = self.view.paragraph(column.number, cell);
        let place = place.map_or(String::new(), |at| format!("P{at}"));
        let words = match (self.areas.widths.detail, cell.how) {
            (_, CoverageKind::Absent) => sign.to_owned(),
            (CellDetail::Words, kind) => format!("{sign} {:<11} {place}", kind.name()),
            (CellDetail::ShortWords, kind) => format!("{:<8} {place}", short_name(kind)),
            (CellDetail::Signs, _) => format!("{sign} {place}"),
        };
        self.canvas.put(column.x, y, width, &words, style);
    }
}

fn short_name(kind: CoverageKind) -> &'static str {
    match kind {
        CoverageKind::Paraphrased => "paraphr.",
        kind => kind.name(),
    }
}
