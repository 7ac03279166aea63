//! What the two reports to be compared have in common and not, said unasked in the room that the list leaves.

use ratatui::layout::Rect;

use crate::compare::{Difference, Side};
use crate::text::Span;

use super::super::{Canvas, columns, compare, cut};
use super::tail;
use crate::tui::action::{Action, Context};
use crate::tui::theme::Scope;

/// Draws what the comparison found, as far as there is room.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let Some(sides) = app.pair() else { return };
    let Some(comparison) = app.comparisons.get(&sides) else {
        return;
    };
    if area.height < 6 || area.width < 20 {
        return;
    }
    let rule = canvas.style(Scope::Rule);
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
    canvas.put(
        text.x,
        y,
        text.width,
        &"─".repeat(usize::from(text.width)),
        rule,
    );
    y += 1;
    let summary = comparison.summary();
    let found = format!(
        "{} shared · {} only A · {} only B",
        summary.shared, summary.only.left, summary.only.right
    );
    let (strong, dim) = (canvas.style(Scope::Focus), canvas.style(Scope::Dim));
    y = canvas.put_wrapped(below(y), &found, strong);
    let hint = format!(
        "{} lays them side by side",
        app.key_in(Context::List, Action::Compare)
    );
    y = canvas.put_wrapped(below(y), &hint, dim) + 1;
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
        canvas.put(text.x, y, text.width, difference.kind.name(), dim);
        y += 1;
        for side in shown {
            in_context(
                canvas,
                Rect {
                    y,
                    height: 1,
                    ..text
                },
                sides[side],
                side,
                &difference.spans[side],
            );
            y += 1;
        }
    }
}

/// The words of one side of a difference with as many around them as fit on a line.
fn in_context(canvas: &mut Canvas<'_>, area: Rect, number: usize, side: Side, spans: &[Span]) {
    let (Some(report), Some(first)) = (canvas.app.report(number), spans.first()) else {
        return;
    };
    let text = &report.article.text;
    let letter = canvas.style(compare::side_scope(side));
    let x = canvas.put(area.x, area.y, 2, &format!("{} ", side.letter()), letter);
    let room = area.right().saturating_sub(x);
    let words = cut(&first.of(text).replace('\n', " "), room);
    let before = tail(
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
