//! The aligned rows: two columns with the kinds of their differences between, or the partner under its passage.

use ratatui::layout::Rect;

use crate::compare::{PairRelation, Side};
use crate::text::Span;
use crate::text::count::counted;
use crate::tui::canvas::{Canvas, columns};
use crate::tui::highlight::Layer;
use crate::tui::marks::side_scope;
use crate::tui::theme::Scope;
use crate::tui::view::compare::layout::{BAR, NARROW, TextColumns, row_margin};
use crate::tui::view::compare::rows::GutterLine;
use crate::tui::view::compare::{CellLine, CompareFocus, LaidOutRow};

use super::ComparisonDrawing;

/// Columns of the words beside a text whose partner stands under it.
const UNDER_WORDS: u16 = 11;
/// The sign of a row with a difference, where there is no room for its kind.
const DIFFERS: &str = "◆";

impl ComparisonDrawing<'_> {
    pub(super) fn draw_rows_aside(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let texts = TextColumns::new(area);
        for side in Side::BOTH {
            let place = Rect {
                x: texts.starts[side],
                width: texts.measure,
                ..area
            };
            for (row, from) in self.visible_rows(side, area) {
                let lines = 0..row.cells[side].len();
                self.draw_cell(
                    canvas,
                    place,
                    (row, side),
                    lines.map(|line| (line, from + line.cast_signed())),
                );
                if side == Side::Left && !self.view.scrolls_apart {
                    let (x, width) = (texts.gutter, texts.gutter_width);
                    self.draw_gutter(canvas, Rect { x, width, ..area }, row, from);
                }
            }
        }
    }

    pub(super) fn draw_rows_under(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let margin = row_margin(area.width);
        let place = Rect {
            x: area.x + margin,
            width: self.view.rows.measure,
            ..area
        };
        for (row, from) in self.visible_rows(Side::Left, area) {
            let first = row.cells.left.len();
            for side in Side::BOTH {
                let above = if side == Side::Left { 0 } else { first };
                let lines = 0..row.cells[side].len();
                let lines = lines.map(|line| (line, from + (above + line).cast_signed()));
                self.draw_cell(canvas, place, (row, side), lines);
                if !row.cells[side].is_empty() {
                    let letter = side.letter().to_string();
                    let at = from + above.cast_signed();
                    put_line(canvas, area, at, &letter, side_scope(side));
                }
            }
            self.draw_margin(canvas, area, row, from);
        }
    }

    /// Returns the rows of a side on the screen, each with its first line counted from the top of `area`.
    fn visible_rows(&self, side: Side, area: Rect) -> impl Iterator<Item = (&LaidOutRow, isize)> {
        let rows = &self.view.rows;
        let top = rows.scroll[side].top;
        let end = top + usize::from(area.height);
        let shown = rows.rows.iter().skip(rows.row_at(top));
        let shown = shown.take_while(move |row| row.top < end);
        shown.map(move |row| (row, row.top.cast_signed() - top.cast_signed()))
    }

    /// Draws the lines of a cell, each at its line of `area`.
    fn draw_cell(
        &self,
        canvas: &mut Canvas<'_>,
        area: Rect,
        (row, side): (&LaidOutRow, Side),
        lines: impl Iterator<Item = (usize, isize)>,
    ) {
        let Some(report) = canvas.shared.report(self.reports[side]) else {
            return;
        };
        let passage = row.row.passages[side];
        let window = passage.and_then(|n| self.comparison.passage_span(side, n));
        let layers = match window {
            Some(window) => self.layers(canvas, side, window),
            None => self.headline_layers(canvas, side),
        };
        let bar = self.bar(row, side);
        for (line, at) in lines {
            let Some(place) = line_of(area, at) else {
                continue;
            };
            if let Some((sign, scope)) = bar {
                canvas.put(place.x.saturating_sub(BAR), place.y, 1, sign, scope);
            }
            match row.cells[side].get(line) {
                Some(CellLine::Text(span)) => {
                    let text = &report.article.text;
                    canvas.put_marked(place, text, *span, Scope::Text, &layers);
                    self.put_cursor(canvas, place, side, *span);
                }
                Some(CellLine::Headline(span)) => {
                    if let Some(headline) = &report.article.headline {
                        let text = &headline.value;
                        canvas.put_marked(place, text, *span, Scope::Headline, &layers);
                    }
                }
                Some(CellLine::Elsewhere { span, rows }) => {
                    let words = span.of(&report.article.text).replace('\n', " ");
                    let words = format!("{}: {words}", elsewhere_words(*rows));
                    canvas.put_cut(place, &words, Scope::Dim);
                }
                None => {}
            }
        }
    }

    /// Puts the terminal's cursor on the first word in focus.
    fn put_cursor(&self, canvas: &mut Canvas<'_>, place: Rect, side: Side, line: Span) {
        let (spans, _) = self.view.focused_spans(side);
        let Some(first) = spans.first().filter(|first| line.overlaps(**first)) else {
            return;
        };
        if let Some(report) = canvas.shared.report(self.reports[side]) {
            let before = Span::new(line.start, first.start.max(line.start));
            let x = place.x + columns(before.of(&report.article.text));
            canvas.cursor.get_or_insert((x, place.y));
        }
    }

    /// Returns the bar before a cell: of what is in focus, or of what only one report has.
    fn bar(&self, row: &LaidOutRow, side: Side) -> Option<(&'static str, Scope)> {
        let focused = match self.view.focus {
            Some(CompareFocus::Passage(on, passage)) => {
                on == side && row.row.passages[side] == Some(passage)
            }
            _ => false,
        };
        match row.only() {
            _ if focused => Some(("▌", Scope::Selected)),
            Some(only) if only == side => Some(("┃", side_scope(side))),
            _ => None,
        }
    }

    /// Returns the words of a headline that differ from the other's.
    fn headline_layers(&self, canvas: &Canvas<'_>, side: Side) -> Vec<Layer> {
        let Some((number, finding)) = self.view.findings.headline() else {
            return Vec::new();
        };
        let scope = match self.view.current() == Some(number) {
            true => Scope::DiffFocus,
            false => Scope::DiffChanged,
        };
        vec![canvas.layer(finding.spans[side].iter().copied(), scope)]
    }

    /// Draws between the columns what kind of row it is.
    fn draw_gutter(&self, canvas: &mut Canvas<'_>, area: Rect, row: &LaidOutRow, from: isize) {
        let mut at = from;
        for line in &row.gutter {
            for (words, scope) in gutter_words(*line, area.width) {
                let blanks = area.width.saturating_sub(columns(&words)) / 2;
                let area = Rect {
                    x: area.x + blanks,
                    width: area.width - blanks,
                    ..area
                };
                put_line(canvas, area, at, &words, scope);
                at += 1;
            }
        }
    }

    /// Draws the same left of a row whose partner stands under its passage.
    fn draw_margin(&self, canvas: &mut Canvas<'_>, area: Rect, row: &LaidOutRow, from: isize) {
        let first = row.cells.left.len();
        let second = if row.cells.right.is_empty() {
            row.height
        } else {
            first
        };
        if area.width < NARROW {
            let (sign, scope) = narrow_sign(row);
            let at = if first > 0 && !row.cells.right.is_empty() {
                first
            } else {
                0
            };
            let area = Rect {
                x: area.x + 1,
                ..area
            };
            put_line(canvas, area, from + at.cast_signed(), sign, scope);
            return;
        }
        // The letters of the sides stand on the first line of each cell.
        let free = (1..row.height.saturating_sub(1)).filter(|line| *line != second);
        let words = row
            .gutter
            .iter()
            .flat_map(|line| gutter_words(*line, UNDER_WORDS));
        let words: Vec<(String, Scope)> = words.collect();
        if let [(only, scope)] = words.as_slice()
            && row.only().is_some()
        {
            put_line(canvas, area, from, only, *scope);
            return;
        }
        for ((words, scope), line) in words.iter().zip(free) {
            put_line(canvas, area, from + line.cast_signed(), words, *scope);
        }
    }
}

/// Returns a line of `area`, counted from its top; `None` where it is not on the screen.
fn line_of(area: Rect, at: isize) -> Option<Rect> {
    let line = u16::try_from(at).ok().filter(|line| *line < area.height)?;
    Some(Rect {
        y: area.y + line,
        height: 1,
        ..area
    })
}

fn put_line(canvas: &mut Canvas<'_>, area: Rect, at: isize, words: &str, scope: Scope) {
    if let Some(place) = line_of(area, at) {
        canvas.put_cut(place, words, scope);
    }
}

/// Returns the words of a line of the gutter, in as many lines as `width` needs.
pub(super) fn gutter_words(line: GutterLine, width: u16) -> Vec<(String, Scope)> {
    match line {
        GutterLine::Kind(kind) => {
            let name = kind.short_name();
            if columns(name) <= width {
                return vec![(name.to_owned(), Scope::GutterKind)];
            }
            let at = name.find(['|', ' ']).unwrap_or(name.len());
            let (first, second) = name.split_at(at);
            let lines = [first, second.trim_start()];
            lines
                .map(|words| (words.to_owned(), Scope::GutterKind))
                .into()
        }
        GutterLine::Relation(relation) => {
            let (sign, scope) = relation_sign(relation);
            vec![(sign.to_owned(), scope)]
        }
        GutterLine::Only(side) => vec![(format!("only {}", side.letter()), side_scope(side))],
        GutterLine::Headlines => vec![("headline".to_owned(), Scope::Gutter)],
    }
}

/// Returns the sign of two passages between which no difference is named.
fn relation_sign(relation: PairRelation) -> (&'static str, Scope) {
    let scope = match relation {
        PairRelation::SameWords => Scope::GutterSame,
        PairRelation::SameMatter => Scope::GutterLikely,
        PairRelation::Touches => Scope::GutterRelated,
    };
    (relation.sign(), scope)
}

/// Returns the one sign of a row that a narrow screen has room for.
fn narrow_sign(row: &LaidOutRow) -> (&'static str, Scope) {
    match row.gutter.first() {
        Some(GutterLine::Kind(_)) => (DIFFERS, Scope::DiffChanged),
        Some(GutterLine::Relation(relation)) => relation_sign(*relation),
        _ => ("", Scope::Gutter),
    }
}

/// Returns where the partner of a passage stands.
fn elsewhere_words(rows: Option<isize>) -> String {
    match rows {
        Some(rows @ 1..) => format!("↓ {} down", counted(rows.unsigned_abs(), "row")),
        Some(rows) => format!("↑ {} up", counted(rows.unsigned_abs(), "row")),
        None => "in a row that is not shown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::DifferenceKind;
    use crate::tui::view::compare::FindingKind;

    #[test]
    fn every_kind_fits_the_gutter_or_breaks_into_two_lines_that_do() {
        let kinds = [
            DifferenceKind::QuoteVsParaphrase,
            DifferenceKind::QuoteWording,
            DifferenceKind::Cue,
        ];
        for kind in kinds {
            let kind = GutterLine::Kind(FindingKind::Typed(kind));
            for width in [8, 11] {
                let words = gutter_words(kind, width);
                assert!(
                    words.iter().all(|(words, _)| columns(words) <= width),
                    "{words:?}"
                );
            }
        }
    }
}
