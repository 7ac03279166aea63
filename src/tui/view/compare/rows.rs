//! The aligned rows: two columns with a gutter between, or the partner under its passage.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::compare::{Comparison, ComparisonRow, PairTier, PassageMark, Side, Sides};
use crate::text::{CleanText, Span};

use super::super::super::app::compare::{CellLine, Comparing, GUTTER, NARROW, SheetRow};
use super::super::super::highlight::{Layer, pieces};
use super::super::super::theme::Scope;
use super::super::{Canvas, columns, cut};
use super::side_scope;

/// Returns the columns left of the text where the partner stands under its passage.
fn lane(width: u16) -> u16 {
    if width < NARROW { 3 } else { 8 }
}

/// Where the two columns begin.
pub(super) fn places(area: Rect, measure: usize) -> Sides<u16> {
    let used = 2 * measure + GUTTER;
    let left = area.x + (area.width.saturating_sub(used as u16)) / 2;
    Sides::new(left, left + (measure + GUTTER) as u16)
}

pub(super) fn aside(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparing: &Comparing,
    comparison: &Comparison,
) {
    let places = places(area, comparing.sheet.measure);
    for side in Side::BOTH {
        for y in 0..area.height {
            let line = comparing.scroll[side].top + usize::from(y);
            let Some(row) = row_with(comparing, line) else {
                break;
            };
            let at = line - row.top;
            if let Some(cell) = row.cells[side].get(at) {
                let place = Position::new(places[side], area.y + y);
                cell_line(canvas, place, cell, comparing, comparison, row.row, side);
            }
            if side == Side::Left && at == 0 && comparing.together {
                let gutter = Rect {
                    x: places.right - GUTTER as u16,
                    y: area.y + y,
                    width: GUTTER as u16,
                    height: 1,
                };
                gutter_sign(canvas, gutter, comparison, row.row);
            }
        }
    }
}

fn row_with(comparing: &Comparing, line: usize) -> Option<&SheetRow> {
    comparing
        .sheet
        .rows
        .get(comparing.sheet.row_at(line))
        .filter(|row| line < row.top + row.height)
}

pub(super) fn under(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparing: &Comparing,
    comparison: &Comparison,
) {
    for y in 0..area.height {
        let line = comparing.scroll.left.top + usize::from(y);
        let Some(row) = row_with(comparing, line) else {
            break;
        };
        let at = line - row.top;
        let first = row.cells.left.len();
        let (side, at) = if at < first {
            (Side::Left, at)
        } else {
            (Side::Right, at - first)
        };
        let Some(cell) = row.cells[side].get(at) else {
            continue;
        };
        if at == 0 {
            lane_sign(
                canvas,
                Rect {
                    y: area.y + y,
                    height: 1,
                    ..area
                },
                comparison,
                row.row,
                side,
            );
        }
        cell_line(
            canvas,
            Position::new(area.x + lane(area.width), area.y + y),
            cell,
            comparing,
            comparison,
            row.row,
            side,
        );
    }
}

fn cell_line(
    canvas: &mut Canvas<'_>,
    at: Position,
    cell: &CellLine,
    comparing: &Comparing,
    comparison: &Comparison,
    row: ComparisonRow,
    side: Side,
) {
    let right = at.x + comparing.sheet.measure as u16;
    match cell {
        CellLine::Elsewhere { span, below } => {
            let Some(report) = canvas.app.report(comparing.reports[side]) else {
                return;
            };
            let arrow = if *below { "↓" } else { "↑" };
            let words = span.of(&report.article.text).replace('\n', " ");
            let style = canvas.style(Scope::Gutter);
            let words = cut(&format!("{arrow} {words}"), right - at.x);
            canvas.put(at.x, at.y, right - at.x, &words, style);
        }
        CellLine::Text(span) => {
            let Some(report) = canvas.app.report(comparing.reports[side]) else {
                return;
            };
            let text: &CleanText = &report.article.text;
            let base = canvas.style(if row.pair.is_some() {
                Scope::Text
            } else {
                Scope::Only
            });
            let layers = layers(canvas, comparing, comparison, row, side);
            let cut: Vec<(&str, Style)> = pieces(*span, base, &layers)
                .into_iter()
                .map(|(piece, style)| (piece.of(text), style))
                .collect();
            canvas.put_pieces(at.x, at.y, right, cut);
        }
    }
}

fn layers(
    canvas: &Canvas<'_>,
    comparing: &Comparing,
    comparison: &Comparison,
    row: ComparisonRow,
    side: Side,
) -> [Layer; 2] {
    let marks = row
        .pair
        .and_then(|pair| comparison.marks.get(pair))
        .map(|marks| &marks[side]);
    let words = marks.map(|marks| {
        let dressed = marks.iter().map(|(span, mark)| {
            let scope = match mark {
                PassageMark::Changed => Scope::DiffChanged,
                PassageMark::Shared => Scope::DiffShared,
                PassageMark::Attribution => Scope::Dim,
            };
            (*span, canvas.style(scope))
        });
        dressed.collect()
    });
    let current = comparing
        .current
        .and_then(|n| comparison.differences.get(n));
    let focus = current.map(|difference| {
        let mut spans: Vec<Span> = difference.spans[side].clone();
        spans.sort_unstable();
        spans
            .into_iter()
            .map(|span| (span, canvas.style(Scope::DiffFocus)))
            .collect()
    });
    [words.unwrap_or_default(), focus.unwrap_or_default()]
}

pub(super) fn tier_sign(tier: PairTier) -> (&'static str, Scope) {
    let scope = match tier {
        PairTier::Same => Scope::GutterSame,
        PairTier::Likely => Scope::GutterLikely,
        PairTier::Related => Scope::GutterRelated,
    };
    (tier.sign(), scope)
}

/// Between the columns: how sure the pair is, and how far its right half stands from where its left half does.
fn gutter_sign(canvas: &mut Canvas<'_>, area: Rect, comparison: &Comparison, row: ComparisonRow) {
    let quiet = canvas.style(Scope::Gutter);
    match row.pair.and_then(|pair| comparison.pairs.get(pair)) {
        Some(pair) => {
            let (sign, scope) = tier_sign(pair.tier);
            let style = canvas.style(scope);
            let moved = moved(comparison.moved(pair));
            let words = columns(sign)
                + if moved.is_empty() {
                    0
                } else {
                    columns(&moved) + 1
                };
            let x = area.x + area.width.saturating_sub(words) / 2;
            let x = canvas.put(x, area.y, area.right() - x, sign, style);
            canvas.put(
                x + 1,
                area.y,
                area.right().saturating_sub(x + 1),
                &moved,
                quiet,
            );
        }
        None => {
            let side = if row.passages.left.is_some() {
                Side::Left
            } else {
                Side::Right
            };
            let style = canvas.style(side_scope(side));
            let x = canvas.put(area.x + 1, area.y, 2, &format!("{} ", side.letter()), style);
            canvas.put(x, area.y, 4, "only", quiet);
        }
    }
}

/// How many paragraphs further down, or up, the right half of a pair stands in its report.
fn moved(paragraphs: isize) -> String {
    match paragraphs {
        0 => String::new(),
        1.. => format!("↓{paragraphs}"),
        _ => format!("↑{}", paragraphs.unsigned_abs()),
    }
}

/// Left of a passage where the partner stands under it: the letter, and at the partner the sign of the pair.
fn lane_sign(
    canvas: &mut Canvas<'_>,
    at: Rect,
    comparison: &Comparison,
    row: ComparisonRow,
    side: Side,
) {
    let letter = canvas.style(side_scope(side));
    let quiet = canvas.style(Scope::Gutter);
    let narrow = at.width < NARROW;
    let pair = row.pair.and_then(|pair| comparison.pairs.get(pair));
    let x = if narrow { at.x } else { at.x + 1 };
    match pair {
        Some(pair) if side == Side::Right => {
            let (sign, scope) = tier_sign(pair.tier);
            let style = canvas.style(scope);
            let (sign_at, letter_at) = if narrow { (x, x + 1) } else { (x + 2, x + 4) };
            canvas.put(sign_at, at.y, 1, sign, style);
            canvas.put(letter_at, at.y, 1, &side.letter().to_string(), letter);
        }
        Some(_) => {
            canvas.put(x, at.y, 1, &side.letter().to_string(), letter);
        }
        None => {
            let x = canvas.put(x, at.y, 1, &side.letter().to_string(), letter);
            let alone = if narrow { "×" } else { " only" };
            canvas.put(x, at.y, 5, alone, quiet);
        }
    }
}
