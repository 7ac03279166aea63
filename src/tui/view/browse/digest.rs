//! Draws the digest: what the two reports to be compared share and do not, shown in the space below the list.

use ratatui::layout::Rect;

use crate::compare::{Comparison, Difference, Side, Sides};
use crate::library::ReportNo;
use crate::text::Span;
use crate::tui::action::{Action, KeyContext};
use crate::tui::canvas::{Canvas, columns, cut, last_words};
use crate::tui::marks::side_scope;
use crate::tui::screen::AreaParts;
use crate::tui::theme::Scope;

/// Fewest lines and columns of a digest.
const LEAST: (u16, u16) = (6, 20);

/// Draws what the comparison found, as far as there is room.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let shared = canvas.shared;
    let Some(sides) = shared.list_pair() else {
        return;
    };
    let Some(comparison) = shared.comparisons.get(sides) else {
        return;
    };
    if area.height < LEAST.0 || area.width < LEAST.1 {
        return;
    }
    let mut rest = area.inset(4, 1).below(1);
    canvas.put_rule(rest.take_top(1));
    let summary = comparison.summary();
    let found = format!(
        "{} · {} only A · {} only B",
        summary.shared_in_words(),
        summary.only.left,
        summary.only.right
    );
    let y = canvas.put_wrapped(rest, &found, Scope::Focus);
    rest = rest.below(y - rest.y);
    let key = shared.key_in(KeyContext::List, Action::Compare);
    let hint = format!("{key} compares them side by side");
    let y = canvas.put_wrapped(rest, &hint, Scope::Dim) + 1;
    draw_differences(canvas, rest.below(y - rest.y), comparison, sides);
}

fn draw_differences(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparison: &Comparison,
    sides: Sides<ReportNo>,
) {
    let mut rest = area;
    // Kinds about quotations come first: `DifferenceKind` is in that order.
    let mut differences: Vec<&Difference> = comparison.differences.iter().collect();
    differences.sort_by_key(|difference| difference.kind);
    for difference in differences {
        let shown = Side::BOTH
            .into_iter()
            .filter(|side| !difference.spans[*side].is_empty());
        if 1 + shown.clone().count() > usize::from(rest.height) {
            break;
        }
        let line = rest.take_top(1);
        canvas.put(
            line.x,
            line.y,
            line.width,
            difference.kind.name(),
            Scope::Dim,
        );
        for side in shown {
            let line = rest.take_top(1);
            draw_side(canvas, line, sides[side], side, &difference.spans[side]);
        }
    }
}

/// Draws the words of one side of a difference with as many around them as fit on a line.
fn draw_side(canvas: &mut Canvas<'_>, area: Rect, number: ReportNo, side: Side, spans: &[Span]) {
    let (Some(report), Some(first)) = (canvas.shared.report(number), spans.first()) else {
        return;
    };
    let text = &report.article.text;
    let letter = format!("{} ", side.letter());
    let x = canvas.put(area.x, area.y, 2, &letter, side_scope(side));
    let room = area.right().saturating_sub(x);
    let words = cut(&first.of(text).replace('\n', " "), room);
    let beside = room.saturating_sub(columns(&words));
    let before = last_words(&text[..first.start], beside / 2);
    let x = canvas.put(x, area.y, room, &before, Scope::Dim);
    let room = area.right().saturating_sub(x);
    let x = canvas.put(x, area.y, room, &words, Scope::DiffChanged);
    let after = text[first.end..].split('\n').next().unwrap_or_default();
    let rest = area.right().saturating_sub(x);
    // Words that were cut themselves fill the line up to their ellipsis.
    if rest > 1 {
        canvas.put(x, area.y, rest, &cut(after, rest), Scope::Dim);
    }
}
