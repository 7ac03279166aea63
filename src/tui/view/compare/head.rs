//! Above the rows: the two reports, what was found, and each report as a strip with a box for each passage.

use std::collections::BTreeSet;

use ratatui::layout::{Position, Rect};

use crate::compare::{Comparison, PairTier, Side, Sides};
use crate::report::facts;

use super::super::super::app::compare::{Comparing, Mode, Placing};
use super::super::super::app::{App, page};
use super::super::super::theme::Scope;
use super::super::{Canvas, columns, cut};
use super::rows::places;
use super::{areas, side_scope, whole};

pub(super) fn head(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparing: &Comparing,
    comparison: &Comparison,
) {
    let found = found_words(comparison);
    match area.height {
        0 => {}
        1 => {
            let style = canvas.style(Scope::Focus);
            canvas.put(
                area.x + 1,
                area.y,
                area.width.saturating_sub(1),
                &cut(&found, area.width.saturating_sub(1)),
                style,
            );
        }
        _ if comparing.sheet.placing == Placing::Aside => {
            head_aside(canvas, area, comparing, comparison, &found);
        }
        _ => head_under(canvas, area, comparing, comparison, &found),
    }
}

fn found_words(comparison: &Comparison) -> String {
    let summary = comparison.summary();
    let quotes = match summary.quotes_differ {
        0 => String::new(),
        1 => " · 1 quote differs".to_owned(),
        n => format!(" · {n} quotes differ"),
    };
    format!(
        "{} shared · {} only A · {} only B{quotes}",
        summary.shared, summary.only.left, summary.only.right
    )
}

fn head_aside(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparing: &Comparing,
    comparison: &Comparison,
    found: &str,
) {
    let places = places(area, comparing.sheet.measure);
    let row = Rect {
        width: comparing.sheet.measure as u16,
        height: 1,
        ..area
    };
    for side in Side::BOTH {
        title(
            canvas,
            Rect {
                x: places[side],
                ..row
            },
            comparing,
            side,
        );
    }
    let style = canvas.style(Scope::Focus);
    let x = centred(area, found);
    canvas.put(x, area.y + 1, columns(found), found, style);
    draw_strips(canvas, comparing, comparison);
    rule(canvas, area);
}

fn head_under(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparing: &Comparing,
    comparison: &Comparison,
    found: &str,
) {
    let strips = strips(canvas.app).unwrap_or_default();
    for (y, side) in (area.y..).zip(Side::BOTH) {
        let width = area.width.saturating_sub(strips[side].width + 3);
        title(
            canvas,
            Rect {
                x: area.x + 1,
                y,
                width,
                height: 1,
            },
            comparing,
            side,
        );
    }
    let style = canvas.style(Scope::Focus);
    canvas.put(
        area.x + 1,
        area.y + 2,
        area.width.saturating_sub(1),
        &cut(found, area.width.saturating_sub(1)),
        style,
    );
    draw_strips(canvas, comparing, comparison);
    rule(canvas, area);
}

fn draw_strips(canvas: &mut Canvas<'_>, comparing: &Comparing, comparison: &Comparison) {
    if let Some(strips) = strips(canvas.app) {
        for side in Side::BOTH {
            strip(canvas, strips[side], comparing, comparison, side);
        }
    }
}

fn centred(area: Rect, words: &str) -> u16 {
    area.x + area.width.saturating_sub(columns(words)) / 2
}

/// Returns where the two strips stand: beside what was found, or each at the end of its title's line.
fn strips(app: &App) -> Option<Sides<Rect>> {
    let comparing = app
        .comparing
        .as_ref()
        .filter(|comparing| comparing.overview)?;
    let comparison = comparing.comparison.as_ref()?;
    let area = areas(app).head;
    if area.height < 2 {
        return None;
    }
    let cells = |side: Side| u16::try_from(comparison.passages[side].len()).unwrap_or(u16::MAX);
    if comparing.sheet.placing == Placing::Under {
        let room = |side: Side| cells(side).min(area.width / 3);
        let at = |side: Side, y: u16| {
            let width = room(side);
            Rect {
                x: area.right().saturating_sub(width + 1),
                y,
                width,
                height: 1,
            }
        };
        return Some(Sides::new(
            at(Side::Left, area.y),
            at(Side::Right, area.y + 1),
        ));
    }
    let found = found_words(comparison);
    let places = places(area, comparing.sheet.measure);
    let middle = centred(area, &found);
    let y = area.y + 1;
    let room = middle.saturating_sub(places.left + 2);
    // Two columns a passage where there is room: boxes that a hand can click on.
    let width = |side: Side| {
        if cells(side) <= room / 2 {
            cells(side) * 2
        } else {
            cells(side).min(room)
        }
    };
    let end = places.right + comparing.sheet.measure as u16;
    Some(Sides::new(
        Rect {
            x: places.left,
            y,
            width: width(Side::Left),
            height: 1,
        },
        Rect {
            x: end.saturating_sub(width(Side::Right)),
            y,
            width: width(Side::Right),
            height: 1,
        },
    ))
}

/// Returns the passage whose box in a strip is at this place.
pub(super) fn passage_at(app: &App, at: Position) -> Option<(Side, usize)> {
    let strips = strips(app)?;
    let side = Side::BOTH
        .into_iter()
        .find(|side| strips[*side].contains(at))?;
    let total = app.comparing.as_ref()?.comparison.as_ref()?.passages[side].len();
    let column = usize::from(at.x - strips[side].x);
    Some((
        side,
        column * total / usize::from(strips[side].width).max(1),
    ))
}

fn rule(canvas: &mut Canvas<'_>, area: Rect) {
    let style = canvas.style(Scope::Rule);
    canvas.put(
        area.x,
        area.bottom() - 1,
        area.width,
        &"─".repeat(usize::from(area.width)),
        style,
    );
}

fn title(canvas: &mut Canvas<'_>, area: Rect, comparing: &Comparing, side: Side) {
    let Some(summary) = canvas.app.summary(comparing.reports[side]) else {
        return;
    };
    let outlet = summary.outlet.as_deref().unwrap_or(facts::OUTLET_UNKNOWN);
    let facts = format!("{outlet} · {}", page::date(summary.published));
    let (letter, label, dim) = (
        canvas.style(side_scope(side)),
        canvas.style(Scope::Headline),
        canvas.style(Scope::Dim),
    );
    let active = if comparing.together || comparing.active != side {
        " "
    } else {
        "▸"
    };
    let x = canvas.put(
        area.x,
        area.y,
        area.width,
        &format!("{}{active} ", side.letter()),
        letter,
    );
    let facts_at = canvas
        .put_right(x + 16, area.right(), area.y, &facts, dim)
        .unwrap_or(area.right() + 2);
    let room = facts_at.saturating_sub(x + 2);
    canvas.put(x, area.y, room, &cut(&summary.label, room), label);
}

/// One cell a passage (or several, where the report has more passages than there is room), shaded by how surely the other
/// report has it; where it differs it is marked, where it is on the screen it is underlined.
fn strip(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparing: &Comparing,
    comparison: &Comparison,
    side: Side,
) {
    let total = comparison.passages[side].len();
    if area.is_empty() || total == 0 {
        return;
    }
    let wide = usize::from(area.width) >= 2 * total;
    let cells = if wide {
        total
    } else {
        usize::from(area.width).min(total)
    };
    // The last cell that begins at the passage or before it.
    let cell_of = |passage: usize| ((passage + 1) * cells - 1) / total;
    let seen = on_screen(canvas.app, comparing, comparison, side).into_iter();
    let seen: BTreeSet<usize> = seen.map(cell_of).collect();
    for cell in 0..cells {
        let passages = cell * total / cells..(cell + 1) * total / cells;
        let found = comparison.range_summary(side, passages);
        let (sign, scope) = match found.tier {
            _ if found.differs => ("◆", Scope::DiffChanged),
            Some(PairTier::Same) => ("■", Scope::StripSame),
            Some(PairTier::Likely) => ("▪", Scope::StripLikely),
            Some(PairTier::Related) => ("▫", Scope::StripRelated),
            None => ("·", Scope::StripOnly),
        };
        let mut style = canvas.style(scope);
        if seen.contains(&cell) {
            // What is on the screen is underlined; what it is keeps its own colour.
            style = canvas.style(Scope::StripHere).patch(style);
        }
        let x = area.x + (if wide { 2 * cell } else { cell }) as u16;
        canvas.put(x, area.y, 1, sign, style);
    }
}

/// The passages of a side that are in view.
fn on_screen(app: &App, comparing: &Comparing, comparison: &Comparison, side: Side) -> Vec<usize> {
    let height = usize::from(areas(app).rows.height);
    if comparing.mode == Mode::Whole {
        let shown = whole::shown(comparing, side, height);
        let passages = &comparison.passages[side];
        let first = passages.partition_point(|passage| passage.span.end <= shown.start);
        let end = passages.partition_point(|passage| passage.span.start < shown.end);
        return (first..end).collect();
    }
    let top = comparing.scroll[side].top;
    let first = comparing.sheet.row_at(top);
    let rows = comparing
        .sheet
        .rows
        .iter()
        .skip(first)
        .take_while(|row| row.top < top + height);
    rows.filter_map(|row| row.row.passages[side]).collect()
}
