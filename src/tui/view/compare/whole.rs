//! Both reports whole, each in its own order, the partner of the passage in focus on the same line of the screen.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::article::BlockRole;
use crate::compare::{Comparison, PassageMark, Side, Sides};
use crate::text::{CleanText, Span};

use super::super::super::app::compare::{Comparing, GUTTER, NARROW};
use super::super::super::app::page::Line;
use super::super::super::highlight::{Layer, in_window, pieces};
use super::super::super::theme::Scope;
use super::super::Canvas;
use super::rows::{places, tier_sign};
use super::side_scope;

/// Draws both texts; where there is no room for two, the one that moves.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparing: &Comparing,
    comparison: &Comparison,
) {
    let measure = comparing.whole.pages.left.width as u16;
    if area.width < NARROW {
        let alone = Rect {
            x: area.x + 2,
            width: measure,
            ..area
        };
        column(canvas, alone, comparing, comparison, comparing.active);
        let letter = canvas.style(side_scope(comparing.active));
        if let Some(row) = focused_row(area, comparing, comparison) {
            canvas.put(
                area.x,
                area.y + row,
                1,
                &comparing.active.letter().to_string(),
                letter,
            );
        }
        return;
    }
    let columns = places(area, usize::from(measure));
    for side in Side::BOTH {
        let part = Rect {
            x: columns[side],
            width: measure,
            ..area
        };
        column(canvas, part, comparing, comparison, side);
    }
    gutter(canvas, area, columns, comparing, comparison);
}

/// The line of the screen on which the passage in focus begins.
fn focused_row(area: Rect, comparing: &Comparing, comparison: &Comparison) -> Option<u16> {
    let side = comparing.active;
    let span = comparing.whole.span(side, comparison)?;
    (0..area.height).find(|row| {
        matches!(comparing.whole.line(side, *row), Some(Line::Text { span: line, .. }) if line.overlaps(span))
    })
}

fn column(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparing: &Comparing,
    comparison: &Comparison,
    side: Side,
) {
    let Some(report) = canvas.app.report(comparing.reports[side]) else {
        return;
    };
    let text: &CleanText = &report.article.text;
    let layers = layers(canvas, comparing, comparison, side);
    for row in 0..area.height {
        let Some(line) = comparing.whole.line(side, row) else {
            continue;
        };
        let y = area.y + row;
        match line {
            Line::Blank => {}
            Line::Made(words, _) => {
                let style = canvas.style(Scope::Meta);
                canvas.put(area.x, y, area.width, words, style);
            }
            Line::Text { span, role } => {
                let story = role.is_story();
                let base = canvas.style(if story { Scope::Text } else { Scope::Caption });
                let base = if *role == BlockRole::Headline {
                    canvas.style(Scope::Headline)
                } else {
                    base
                };
                let layers: &[Layer] = if story { &layers } else { &[] };
                let cut: Vec<(&str, Style)> = pieces(*span, base, layers)
                    .into_iter()
                    .map(|(piece, style)| (piece.of(text), style))
                    .collect();
                canvas.put_pieces(area.x, y, area.right(), cut);
            }
        }
    }
}

/// What has no partner is quiet; in the pair in focus the words that differ are marked.
fn layers(
    canvas: &Canvas<'_>,
    comparing: &Comparing,
    comparison: &Comparison,
    side: Side,
) -> [Layer; 3] {
    let whole = &comparing.whole;
    let window = shown(comparing, side, usize::from(canvas.app.screen.height));
    let quiet = canvas.style(Scope::Only);
    let shown = in_window(&comparison.passages[side], window, |passage| passage.span);
    let first =
        comparison.passages[side].partition_point(|passage| passage.span.end <= window.start);
    let alone = shown
        .zip(first..)
        .filter(|(_, number)| comparison.pairs_of(side, *number).is_empty())
        .map(|(passage, _)| (passage.span, quiet))
        .collect();
    let lit = canvas.style(Scope::Focus);
    let here = lit_span(comparing, comparison, side);
    let here = here.map(|span| (span, lit)).into_iter().collect();
    let pair = whole.pair_number(comparing.active, comparison);
    let marks = pair.and_then(|pair| comparison.marks.get(pair));
    let marks = marks.map(|marks| {
        let changed = marks[side]
            .iter()
            .filter(|(_, mark)| *mark != PassageMark::Attribution);
        changed
            .map(|(span, mark)| {
                let scope = if *mark == PassageMark::Changed {
                    Scope::DiffChanged
                } else {
                    Scope::DiffShared
                };
                (*span, canvas.style(scope))
            })
            .collect()
    });
    [alone, here, marks.unwrap_or_default()]
}

/// The passage in focus on the side that moves; on the other its partner, or the passage that waits for one.
fn lit_span(comparing: &Comparing, comparison: &Comparison, side: Side) -> Option<Span> {
    let whole = &comparing.whole;
    if side == comparing.active {
        return whole.span(side, comparison);
    }
    let waits = comparing.linking.filter(|(from, _)| *from == side);
    let pair = || whole.pair(side.other(), comparison);
    let at = match waits {
        Some((_, passage)) => passage,
        None => pair()?.at[side],
    };
    comparison.passages[side]
        .get(at)
        .map(|passage| passage.span)
}

/// All text between the first and the last line shown of a side, on a screen with `height` lines for it.
pub(super) fn shown(comparing: &Comparing, side: Side, height: usize) -> Span {
    let above = usize::try_from(comparing.whole.top[side].saturating_neg()).unwrap_or(0);
    let top = usize::try_from(comparing.whole.top[side]).unwrap_or(0);
    let shown = comparing.whole.pages[side]
        .lines
        .iter()
        .skip(top)
        .take(height.saturating_sub(above));
    let spans = shown.filter_map(|line| match line {
        Line::Text { span, .. } => Some(*span),
        _ => None,
    });
    spans
        .reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)))
        .unwrap_or_default()
}

/// Beside the passage in focus: how sure its pair is, and which side moves.
fn gutter(
    canvas: &mut Canvas<'_>,
    area: Rect,
    columns: Sides<u16>,
    comparing: &Comparing,
    comparison: &Comparison,
) {
    let side = comparing.active;
    let Some(row) = focused_row(area, comparing, comparison) else {
        return;
    };
    let left = columns.right.saturating_sub(GUTTER as u16);
    let letter = canvas.style(side_scope(side));
    let pointer = if side == Side::Left { "◂" } else { "▸" };
    let pointer_x = if side == Side::Left {
        left + 1
    } else {
        left + GUTTER as u16 - 2
    };
    canvas.put(pointer_x, area.y + row, 1, pointer, letter);
    match comparing.whole.pair(side, comparison) {
        Some(pair) => {
            let (sign, scope) = tier_sign(pair.tier);
            let style = canvas.style(scope);
            canvas.put(left + GUTTER as u16 / 2, area.y + row, 1, sign, style);
        }
        None => {
            let quiet = canvas.style(Scope::Gutter);
            canvas.put(left + 2, area.y + row, 5, "only", quiet);
        }
    }
    if canvas.cursor.is_none() {
        canvas.cursor = Some((columns[side], area.y + row));
    }
}
