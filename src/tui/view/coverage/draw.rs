//! Draws the coverage grid: the names over the columns, the headings, and a line for each claim.

use ratatui::layout::Rect;

use crate::compare::coverage::{Claim, CoverageCell, CoverageKind};
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::marks::coverage_sign;
use crate::tui::screen::AreaParts;
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
    below::draw(view, canvas, grid.areas.below);
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
        for column in &self.areas.columns {
            let is_focused = column.number == self.view.column;
            let style = if is_focused { focused } else { plain };
            let (name, date) = self.column_words(canvas, column.number, room);
            if head.height > 0 {
                canvas.put(column.x, head.y, room, &name, style);
            }
            if head.height > 1 {
                canvas.put(column.x, head.y + 1, room, &date, Scope::Dim);
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
        for GridColumn { number, x } in &self.areas.columns {
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
