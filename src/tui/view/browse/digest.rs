//! Draws the digest: what the two reports to be compared share and do not, told unasked in the room that the list leaves.

use ratatui::layout::Rect;

use crate::compare::{Comparison, Difference, Side, Sides};
use crate::library::ReportNo;
use crate::text::Span;
use crate::tui::action::{Action, KeyContext};
use crate::tui::canvas::{Canvas, columns, cut, last_words};
use crate::tui::marks::side_scope;
use crate::tui::theme::Scope;

/// Fewest lines and columns of a digest.
const LEAST: (u16, u16) = (6, 20);

/// Draws what the comparison found, as far as there is room.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let shared = canvas.shared;
    let Some(sides) = shared.pair() else { return };
    let Some(comparison) = shared.comparisons.get(sides) else {
        return;
    };
    if area.height < LEAST.0 || area.width < LEAST.1 {
        return;
    }
    let text = Rect {
        x: area.x + 4,
        width: area.width.saturating_sub(5),
        ..area
    };
    let below = |y: u16| Rect {
        y,
        height: area.bottom().saturating_sub(y),
        ..text
    };
    let mut y = area.y + 1;
    canvas.put_rule(below(y));
    y += 1;
    let summary = comparison.summary();
    let found = format!(
        "{} shared · {} only A · {} only B",
        summary.shared, summary.only.left, summary.only.right
    );
    let (strong, dim) = (canvas.style(Scope::Focus), canvas.style(Scope::Dim));
    y = canvas.put_wrapped(below(y), &found, strong);
    let key = shared.key_in(KeyContext::List, Action::Compare);
    let hint = format!("{key} lays them side by side");
    y = canvas.put_wrapped(below(y), &hint, dim) + 1;
    draw_differences(canvas, below(y), comparison, sides);
}

fn draw_differences(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparison: &Comparison,
    sides: Sides<ReportNo>,
) {
    let dim = canvas.style(Scope::Dim);
    let mut y = area.y;
    // How each quotes the same words comes first: kinds are in that order.
    let mut differences: Vec<&Difference> = comparison.differences.iter().collect();
    differences.sort_by_key(|difference| difference.kind);
    for difference in differences {
        let shown = Side::BOTH
            .into_iter()
            .filter(|side| !difference.spans[*side].is_empty());
        if y + 1 + shown.clone().count() as u16 > area.bottom() {
            break;
        }
        canvas.put(area.x, y, area.width, difference.kind.name(), dim);
        y += 1;
        for side in shown {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            draw_side(canvas, line, sides[side], side, &difference.spans[side]);
            y += 1;
        }
    }
}

/// Draws the words of one side of a difference with as many around them as fit on a line.
fn draw_side(canvas: &mut Canvas<'_>, area: Rect, number: ReportNo, side: Side, spans: &[Span]) {
    let (Some(report), Some(first)) = (canvas.shared.report(number), spans.first()) else {
        return;
    };
    let text = &report.article.text;
    let letter = canvas.style(side_scope(side));
    let x = canvas.put(area.x, area.y, 2, &format!("{} ", side.letter()), letter);
    let room = area.right().saturating_sub(x);
    let words = cut(&first.of(text).replace('\n', " "), room);
    let before = last_words(
        &text[..first.start],
        room.saturating_sub(columns(&words)) / 2,
    );
    let (plain, changed) = (canvas.style(Scope::Dim), canvas.style(Scope::DiffChanged));
    let x = canvas.put(x, area.y, room, &before, plain);
    let x = canvas.put(x, area.y, area.right().saturating_sub(x), &words, changed);
    let after = text[first.end..].split('\n').next().unwrap_or_default();
    let rest = area.right().saturating_sub(x);
    // Words that were cut themselves fill the line up to their ellipsis.
    if rest > 1 {
        canvas.put(x, area.y, rest, &cut(after, rest), plain);
    }
}
