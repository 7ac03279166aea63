//! Draws the list: each report with its facts, or with the sentence in which it answers the filter.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::article::LabelSource;
use crate::library::hit::Excerpt;
use crate::library::{ReportNo, ReportSummary};
use crate::text::{Span, wrap};
use crate::tui::canvas::{Canvas, ThemeStyle, columns, cut, last_words};
use crate::tui::marks::mark_sign;
use crate::tui::matches::MatchedRow;
use crate::tui::screen::AreaParts;
use crate::tui::theme::Scope;

use super::card::{self, INDENT};
use super::layout::{Pane, PlacedReport};
use super::{Browse, digest, section_heading};

/// Draws the list into `area`.
pub(super) fn draw(canvas: &mut Canvas<'_>, browse: &Browse, area: Rect) {
    let shared = canvas.shared;
    if area.is_empty() {
        return;
    }
    if shared.list.order.is_empty() {
        let words = browse.list.empty_words(shared);
        canvas.put_wrapped(area.inset(1, 0), &words, Scope::Dim);
        return;
    }
    let mut rest = area;
    for placed in browse.list.placed(shared) {
        rest = area.below(placed.y.min(usize::from(area.height)) as u16);
        draw_heading(canvas, placed, &mut rest);
        let gap = browse.list.room.gap();
        let lines = u16::try_from(placed.lines - gap).unwrap_or(u16::MAX);
        let item = rest.take_top(lines);
        let below = rest.take_top(gap as u16);
        draw_scattered(canvas, browse, below, placed.row);
        if !item.is_empty() {
            draw_item(canvas, browse, item, placed.row);
        }
    }
    digest::draw(canvas, rest);
}

/// Draws the heading over a report that begins a section, on the first line of `rest`.
fn draw_heading(canvas: &mut Canvas<'_>, placed: PlacedReport, rest: &mut Rect) {
    let sections = &canvas.shared.events.sections;
    if let Some(section) = placed.section.and_then(|number| sections.get(number)) {
        let line = rest.take_top(1).inset(1, 1);
        let words = section_heading::words(section, line.width);
        let end = canvas.put_cut(line, &words, Scope::Dim) + 1;
        // The rule tells the heading from the facts above it.
        canvas.put_rule(line.inset(end.saturating_sub(line.x), 0));
    }
}

/// Draws, on the line under the last exact match, how many loose matches follow.
fn draw_scattered(canvas: &mut Canvas<'_>, browse: &Browse, area: Rect, row: usize) {
    let Some(results) = &browse.list.results else {
        return;
    };
    let scattered = results.shown - results.literal;
    if row + 1 == results.literal && scattered > 0 {
        let line = area.inset(INDENT.0, INDENT.1);
        let words = format!("── loose matches: {scattered} ");
        let dashes = "─".repeat(usize::from(line.width.saturating_sub(columns(&words))));
        canvas.put_cut(line, &(words + &dashes), Scope::Dim);
    }
}

fn draw_item(canvas: &mut Canvas<'_>, browse: &Browse, area: Rect, row: usize) {
    let shared = canvas.shared;
    let number = shared.list.order.get(row).copied();
    let Some((number, summary)) = number.and_then(|n| Some((n, shared.summary(n)?))) else {
        return;
    };
    let mut style = canvas.style(match summary.label_source {
        LabelSource::Headline => Scope::Text,
        _ => Scope::Derived,
    });
    if row == shared.list.selected {
        style = style.patch(canvas.style(Scope::Selected));
        draw_selection(canvas, browse, area, style);
    }
    draw_signs(canvas, area, number, summary);
    let matched = MatchedRow::new(&browse.list.filter, summary);
    let mut rest = area.inset(INDENT.0, INDENT.1);
    draw_facts(canvas, rest.take_top(1), summary, &matched);
    let lines = browse.list.room.headline_lines(summary);
    let label = rest.take_top(u16::try_from(lines).unwrap_or(u16::MAX));
    put_matched(canvas, label, &summary.label, &matched.label, style);
    if let Some(excerpt) = browse.list.hits.get(number) {
        draw_excerpt(canvas, rest, excerpt);
    }
}

/// Draws the bar that marks the selected report without colour; it is thin where the keys are elsewhere.
fn draw_selection(canvas: &mut Canvas<'_>, browse: &Browse, area: Rect, style: Style) {
    let focused = browse.focus == Pane::List;
    let bar = if focused { "▌" } else { "▏" };
    for y in area.top()..area.bottom() {
        canvas.put(area.x, y, 1, bar, style);
    }
    if focused {
        canvas.cursor = Some((area.x, area.y));
    }
}

/// Draws the sentence that answers the filter, from a point where the first word asked for is seen with some words before it.
fn draw_excerpt(canvas: &mut Canvas<'_>, area: Rect, excerpt: &Excerpt) {
    let words: &str = &excerpt.sentence;
    let room = area.width.saturating_mul(area.height);
    let mut start = 0;
    if let Some(first) = excerpt.words.first().filter(|_| columns(words) > room) {
        let before = &words[..first.start];
        let room = room.saturating_sub(columns(first.of(words))) / 2;
        if columns(before) > room {
            start = before.len() - last_words(before, room).len();
        }
    }
    let sign = if start > 0 { "… " } else { "" };
    let shown = format!("{sign}{}", &words[start..]);
    let lit = excerpt.words.iter().map(|word| {
        let by = |at: usize| at + sign.len() - start;
        Span::new(by(word.start), by(word.end))
    });
    put_matched(canvas, area, &shown, &lit.collect::<Vec<_>>(), Scope::Meta);
}

/// Draws the outlet and the other facts, with the letters of the outlet that match the filter; a tag that matches alone is named instead
/// of the lengths.
fn draw_facts(canvas: &mut Canvas<'_>, area: Rect, summary: &ReportSummary, matched: &MatchedRow) {
    let tag = matched.tag.as_ref().map(|tag| format!("tag {tag}"));
    let line = card::fact_line(summary, tag, area.width);
    let scope = match summary.outlet {
        Some(_) => Scope::Outlet,
        None => Scope::Meta,
    };
    let x = canvas.put(area.x, area.y, area.width, &line.outlet, scope);
    canvas.put(
        x,
        area.y,
        area.right().saturating_sub(x),
        &line.rest,
        Scope::Meta,
    );
    if summary.outlet.is_some() {
        let all = Span::new(0, line.outlet.len());
        restyle_matched(canvas, area, &line.outlet, all, &matched.outlet);
    }
}

/// Draws the signs before the label: unread, the letter in the comparison, and the star, below the letter where there is one.
fn draw_signs(canvas: &mut Canvas<'_>, area: Rect, number: ReportNo, summary: &ReportSummary) {
    let shared = canvas.shared;
    let marks = shared.state.marks(summary.id);
    let unread = if marks.read { " " } else { "•" };
    canvas.put(area.x + 1, area.y, 1, unread, Scope::Unread);
    let mut below = area.y;
    if let Some((mark, scope)) = mark_sign(shared, number) {
        canvas.put(area.x + 2, area.y, 1, &mark, scope);
        below += 1;
    }
    if marks.starred && below < area.bottom() {
        canvas.put(area.x + 2, below, 1, "★", Scope::Star);
    }
}

/// Writes words on as many lines as there are, with the letters that match the filter; returns how many lines were needed.
fn put_matched(
    canvas: &mut Canvas<'_>,
    area: Rect,
    words: &str,
    matched: &[Span],
    style: impl ThemeStyle,
) -> u16 {
    let style = style.style_in(&canvas.shared.theme);
    let mut rows = wrap::wrap(words, usize::from(area.width).max(1));
    let lines = usize::from(area.height);
    let cut_short = rows.len() > lines;
    rows.truncate(lines);
    for (number, row) in rows.iter().enumerate() {
        let line = area.below(number as u16);
        let mut shown = row.of(words).to_owned();
        if cut_short && number + 1 == lines {
            shown = cut(&format!("{} …", shown.trim_end()), area.width);
        }
        canvas.put(line.x, line.y, line.width, &shown, style);
        restyle_matched(canvas, line, words, *row, matched);
    }
    rows.len() as u16
}

/// Restyles the matched letters of the `row` of `words` that stands on the first line of `area`.
fn restyle_matched(canvas: &mut Canvas<'_>, area: Rect, words: &str, row: Span, matched: &[Span]) {
    let lit = canvas.style(Scope::Match);
    for hit in matched.iter().filter(|hit| row.overlaps(**hit)) {
        // Words side by side may stand on two rows, and a name may be cut.
        let part = Span::new(hit.start.max(row.start), hit.end.min(row.end));
        if words.get(row.start..part.start).is_none() || words.get(part.start..part.end).is_none() {
            continue;
        }
        let before = Span::new(row.start, part.start).of(words);
        let x = area.x + columns(before);
        let width = columns(part.of(words));
        if x + width <= area.right() {
            canvas.restyle(Rect::new(x, area.y, width, 1), lit);
        }
    }
}
