//! The head: the two reports, outlet first, the counts of their passages, and each report as a strip.

use std::collections::BTreeSet;

use ratatui::layout::Rect;

use crate::compare::{Comparison, RangeSummary, Side};
use crate::library::ReportSummary;
use crate::report::facts::with_extent;
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::marks::side_scope;
use crate::tui::screen::AreaParts;
use crate::tui::theme::Scope;
use crate::tui::view::compare::layout::{ASIDE_FROM, BAR, TextColumns, counts};
use crate::tui::view::compare::{CompareAreas, RowFilter};
use crate::tui::words::{counted, date};

use super::ComparisonDrawing;

/// Signs of a strip's cell: none of its passages, some, most, all are in the other report too.
const HEIGHTS: [&str; 4] = ["▁", "▃", "▅", "▇"];

/// Sign of the cell of a passage with a difference.
const DIFFERS: &str = "▒";

impl ComparisonDrawing<'_> {
    /// Draws the two reports, their counts and strips, and a rule that says what was found and what is shown.
    pub(super) fn draw_head(&self, canvas: &mut Canvas<'_>, areas: CompareAreas) {
        let area = areas.head;
        let [left, right] = Side::BOTH.map(|side| counts(self.comparison, side));
        if area.height < 2 {
            let words = Side::BOTH.map(|side| short_counts(self.comparison, side));
            let words = format!("{} · {} shared", words[0], words[1]);
            canvas.put_cut(area.inset(1, 0), &words, Scope::Focus);
            return;
        }
        if area.width >= ASIDE_FROM {
            let texts = TextColumns::new(areas.rows);
            for side in Side::BOTH {
                let (x, width) = (texts.starts[side] - BAR, texts.measure + BAR);
                self.draw_title(canvas, Rect { x, width, ..area }, side);
                let end = texts.starts[side] + texts.measure;
                let counts = counts(self.comparison, side);
                canvas.put_right(x, end, area.y + 1, &counts, Scope::Dim);
            }
        } else {
            let strips = self.view.strips(canvas.shared.screen).unwrap_or_default();
            let taken = strips.left.width.max(strips.right.width);
            for (lines, side) in (0..).zip(Side::BOTH) {
                self.draw_title(canvas, area.below(lines).inset(0, taken + 2), side);
            }
            let words = format!("{left}   {right}");
            canvas.put_cut(area.below(2).inset(1, 0), &words, Scope::Dim);
        }
        for side in Side::BOTH {
            self.draw_strip(canvas, side);
        }
        self.draw_rule(canvas, area.below(area.height - 1));
    }

    /// Draws the letter of a side, then the outlet, then the title, then what else is known, as far as there is room.
    fn draw_title(&self, canvas: &mut Canvas<'_>, area: Rect, side: Side) {
        let Some(summary) = canvas.shared.summary(self.reports[side]) else {
            return;
        };
        let moves_alone = self.view.scrolls_apart && self.view.active == side;
        let pointer = if moves_alone { "▸" } else { " " };
        let letter = format!("{}{pointer}", side.letter());
        let x = canvas.put(area.x, area.y, area.width, &letter, side_scope(side));
        let room = area.right().saturating_sub(x);
        let (name, rest) = title(summary);
        let x = canvas.put(x, area.y, room, &cut(&name, room), Scope::Headline);
        let room = area.right().saturating_sub(x + 3);
        let fitting = rest.into_iter().find(|words| columns(words) <= room);
        if let Some(words) = fitting.filter(|words| !words.is_empty()) {
            canvas.put(x, area.y, room + 3, &format!(" · {words}"), Scope::Dim);
        }
    }

    /// Draws what was found and which rows are shown, and at the right what the strips say.
    fn draw_rule(&self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.put_rule(area);
        let mut words = format!(" {} ", counted(self.view.findings.all.len(), "difference"));
        if self.view.filter != RowFilter::All {
            words += &format!("· showing {} ", self.view.filter.name());
        }
        let x = canvas.put(
            area.x + 2,
            area.y,
            area.width.saturating_sub(2),
            &words,
            Scope::Focus,
        );
        if self.view.strip_scale(canvas.shared.screen).is_none() {
            return;
        }
        let legend = [
            (" ▇", Scope::StripSame),
            (" shared  ", Scope::Dim),
            ("▁", Scope::StripOnly),
            (" not  ", Scope::Dim),
            (DIFFERS, Scope::DiffChanged),
            (" differs  ", Scope::Dim),
            ("▅▃", Scope::StripSame),
            (" in part  ", Scope::Dim),
            ("▇", Scope::StripHere),
            (" on screen ", Scope::Dim),
        ];
        let mut parts = &legend[..];
        let width = |parts: &[(&str, Scope)]| -> u16 {
            parts.iter().map(|(words, _)| columns(words)).sum()
        };
        let room = area.right().saturating_sub(x + 4);
        while width(parts) > room && !parts.is_empty() {
            parts = &parts[..parts.len() - 2];
        }
        let mut x = area.right().saturating_sub(width(parts) + 2);
        for (words, scope) in parts {
            x = canvas.put(x, area.y, room, words, *scope);
        }
    }

    /// Draws a cell a passage (or several, where the report has more passages than there is room), as high as the part of them that
    /// the other report has; where it differs it is marked, where it is on the screen it is underlined.
    fn draw_strip(&self, canvas: &mut Canvas<'_>, side: Side) {
        let screen = canvas.shared.screen;
        let (Some(strips), Some(scale)) = (self.view.strips(screen), self.view.strip_scale(screen))
        else {
            return;
        };
        let total = self.comparison.passages[side].len();
        let cells = scale.cells(total);
        // The last cell that begins at the passage or before it.
        let cell_of = |passage: usize| ((passage + 1) * cells).saturating_sub(1) / total.max(1);
        let shown = self.shown_passages(side, screen);
        let shown: BTreeSet<usize> = shown.into_iter().map(cell_of).collect();
        for cell in 0..cells {
            let passages = cell * total / cells..(cell + 1) * total / cells;
            let linked = passages
                .clone()
                .filter(|&n| !self.comparison.pairs_of(side, n).is_empty());
            let is_single = passages.len() == 1;
            let height = height(linked.count(), passages.len());
            let summary = self.comparison.range_summary(side, passages);
            // Without colour the sign alone says that a passage differs.
            let sign = if summary.differs && is_single {
                DIFFERS
            } else {
                height
            };
            let scope = match summary {
                RangeSummary { differs: true, .. } => Scope::DiffChanged,
                RangeSummary { tier: Some(_), .. } => Scope::StripSame,
                _ => Scope::StripOnly,
            };
            let mut style = canvas.style(scope);
            if shown.contains(&cell) {
                // Only the underline says that it is on the screen.
                style = canvas.style(Scope::StripHere).patch(style);
            }
            let x = strips[side].x + (cell * scale.cell_width()) as u16;
            canvas.put(x, strips[side].y, 1, sign, style);
        }
    }
}

/// Returns how many of a side's passages the other report has, where there is little room.
fn short_counts(comparison: &Comparison, side: Side) -> String {
    let summary = comparison.summary();
    let (both, only) = (summary.both[side], summary.only[side]);
    format!("{} {both} of {}", side.letter(), both + only)
}

/// Returns the sign of a cell in which so many of its passages are linked.
fn height(linked: usize, passages: usize) -> &'static str {
    match linked {
        0 => HEIGHTS[0],
        _ if linked >= passages => HEIGHTS[3],
        _ if 2 * linked < passages => HEIGHTS[1],
        _ => HEIGHTS[2],
    }
}

/// Returns the name of a report, its outlet or else its title, and ways to word what else is known, the longest first.
fn title(summary: &ReportSummary) -> (String, Vec<String>) {
    let length = with_extent(counted(summary.words, "word"), summary.extent);
    let day = summary.published.map(|published| date(Some(published)));
    let day_and_length = match &day {
        Some(day) => format!("{day} · {length}"),
        None => length,
    };
    let rest = vec![day_and_length, day.unwrap_or_default()];
    match &summary.outlet {
        Some(outlet) => (outlet.to_string(), rest),
        None => (summary.label.to_string(), rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_as_high_as_the_part_of_it_that_is_linked() {
        let heights = [(0, 7), (1, 7), (4, 7), (7, 7), (1, 1)].map(|(some, all)| height(some, all));
        assert_eq!(heights, ["▁", "▃", "▅", "▇", "▇"]);
    }
}
