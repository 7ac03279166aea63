//! Draws the coverage grid: the names over the columns, the headings, and a line for each claim.
//!
//! Under it stand the wordings of the claim in focus, each once with the names of all reports that have it.

use ratatui::layout::Rect;

use crate::compare::coverage::{Claim, CoverageCell, CoverageKind};
use crate::text::{Span, wrap};
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::highlight::Layer;
use crate::tui::marks::coverage_sign;
use crate::tui::screen::AreaParts;
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::words::{counted, date};

use super::layout::{self, CellDetail, CoverageAreas};
use super::wordings::ClaimWording;
use super::{CoverageView, GridLine};

/// From this width on a claim names its speaker.
const SPEAKER_FROM: u16 = 44;
/// Columns of a speaker's name at most.
const SPEAKER: u16 = 14;
/// Columns of the words at most.
const WIDEST: usize = 92;

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
    draw_wordings(view, canvas, grid.areas.below);
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
            let (name, day) = self.column_words(canvas, number, room, head.height);
            let lines = name.into_iter().map(|words| (words, style));
            let day = day.map(|words| (words, canvas.style(Scope::Dim)));
            for (line, (words, style)) in head.rows().zip(lines.chain(day)) {
                canvas.put(x, line.y, room, &words, style);
            }
        }
    }

    /// Returns the name of a column in at most two lines, as the head has room for, and the day of its report in the last one: of
    /// the day the year goes first.
    fn column_words(
        &self,
        canvas: &Canvas<'_>,
        column: usize,
        room: u16,
        lines: u16,
    ) -> (Vec<String>, Option<String>) {
        let name = self.view.full_column_name(canvas.shared, column);
        let name = match name.strip_prefix("The ") {
            Some(short) if columns(&name) > room => short,
            _ => &name,
        };
        let rows = name_lines(name, room);
        let is_short = rows.len() < usize::from(lines);
        let rows: Vec<String> = if lines == 1 {
            vec![cut(name, room)]
        } else {
            rows
        };
        let summary = self.view.summary(canvas.shared, column);
        let published = summary.and_then(|summary| summary.published);
        let day = published
            .filter(|_| is_short && lines > 1)
            .map(|published| {
                let day = date(Some(published));
                match columns(&day) > room {
                    true => published.date.format("%-d %b").to_string(),
                    false => day,
                }
            });
        (rows, day.map(|day| cut(&day, room)))
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

/// Breaks a name into two lines at most, between its words where it can.
fn name_lines(name: &str, room: u16) -> Vec<String> {
    if columns(name) <= room {
        return vec![name.to_owned()];
    }
    let breaks = name.match_indices(' ').map(|(at, _)| at);
    let mut fitting = breaks.filter(|&at| columns(&name[..at]) <= room);
    // A first word that is longer than the line is cut.
    let at = fitting.next_back().or(name.find(' ')).unwrap_or(name.len());
    let (first, second) = name.split_at(at);
    let lines = [first, second.trim_start()].map(|words| cut(words, room));
    lines
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect()
}

/// A line of the words below the grid: the names of reports, or a row of their wording.
pub(super) struct WordingLine {
    /// The number of the wording.
    wording: usize,
    /// The row of its words; `None` for the line with the names.
    row: Option<Span>,
}

/// Returns the lines of the wordings in `area`, the rule above them not counted.
pub(super) fn wording_lines(view: &CoverageView, _shared: &Shared, area: Rect) -> Vec<WordingLine> {
    let measure = usize::from(area.width.saturating_sub(4)).clamp(1, WIDEST);
    let mut lines = Vec::new();
    for (wording, it) in view.wordings.iter().enumerate() {
        lines.push(WordingLine { wording, row: None });
        let rows = wrap::wrap(&it.text, measure).into_iter().map(Some);
        lines.extend(rows.map(|row| WordingLine { wording, row }));
    }
    lines
}

/// Draws the wordings of the claim in focus into `area`, under a rule that says how much is out of sight.
fn draw_wordings(view: &CoverageView, canvas: &mut Canvas<'_>, area: Rect) {
    canvas.put_rule(area);
    let lines = wording_lines(view, canvas.shared, area);
    let shown = area.below(1);
    let top = view.wordings_scroll.top;
    let below = lines.len().saturating_sub(top + usize::from(shown.height));
    if (top > 0 || below > 0) && !area.is_empty() {
        let words = match (top, below) {
            (0, below) => format!(" ↓ {} more ", counted(below, "line")),
            (above, 0) => format!(" ↑ {} above ", counted(above, "line")),
            (above, below) => format!(" ↑ {above} ↓ {below} lines "),
        };
        let right = area.right().saturating_sub(2);
        canvas.put_right(area.x + 1, right, area.y, &words, Scope::Dim);
    }
    for (place, line) in shown.rows().zip(lines.iter().skip(top)) {
        let Some(wording) = view.wordings.get(line.wording) else {
            continue;
        };
        match line.row {
            None => draw_names(view, canvas, place, wording),
            Some(row) => draw_wording_row(canvas, place.inset(3, 1), wording, row),
        }
    }
}

/// Draws who has a wording: the name of one report, or the number of several and their names; and how they have it.
fn draw_names(view: &CoverageView, canvas: &mut Canvas<'_>, area: Rect, wording: &ClaimWording) {
    let names = wording.columns.iter();
    let names: Vec<String> = names
        .map(|&column| view.column_name(canvas.shared, column))
        .collect();
    let names = match wording.columns.as_slice() {
        [only] => view.full_column_name(canvas.shared, *only),
        several => format!("{} reports: {}", several.len(), names.join(", ")),
    };
    let scope = match wording.columns.first() == Some(&view.column) {
        true => Scope::Focus,
        false => Scope::GridHeader,
    };
    let how = wording.how.unwrap_or(CoverageKind::Absent);
    let (sign, how_scope) = coverage_sign(how);
    let place = wording.columns.first().and_then(|&column| {
        let cell = view.focused_row_cell(column)?;
        view.paragraph(column, cell)
    });
    let place = place.map_or(String::new(), |at| format!(" P{at}"));
    let how = format!("{sign} {}{place}", how.name());
    let room = area.width.saturating_sub(columns(&how) + 4);
    let x = canvas.put(area.x + 1, area.y, room, &cut(&names, room), scope) + 2;
    let room = area.right().saturating_sub(x);
    canvas.put(x, area.y, room, &how, how_scope);
}

fn draw_wording_row(canvas: &mut Canvas<'_>, area: Rect, wording: &ClaimWording, row: Span) {
    let base = match wording.how {
        Some(how) if how.covers() => Scope::Text,
        _ => Scope::Dim,
    };
    let layers: [Layer; 3] = [
        canvas.layer(wording.quotes.iter().copied(), Scope::Quote),
        canvas.layer(wording.differs.iter().copied(), Scope::DiffChanged),
        canvas.layer(wording.hits.iter().copied(), Scope::Search),
    ];
    canvas.put_marked(area, &wording.text, row, base, &layers);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_outlet_is_read_in_two_lines() {
        assert_eq!(
            name_lines("Hamilton Spectator", 10),
            ["Hamilton", "Spectator"]
        );
        assert_eq!(name_lines("New York Times", 8), ["New York", "Times"]);
        assert_eq!(name_lines("Gazette", 8), ["Gazette"]);
        assert_eq!(
            name_lines("Süddeutsche Zeitung", 8),
            ["Süddeut…", "Zeitung"]
        );
    }
}
