//! Two reports side by side: a header with what was found, the strips, the aligned rows, and the list of differences.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::compare::{Comparison, DifferenceKind, Mark, Row, Side, Sides, Tier};
use crate::text::{Clean, Span};

use super::super::app::compare::{ASIDE_FROM, CellLine, Comparing, GUTTER, Placing, SheetRow};
use super::super::app::{App, page, panes};
use super::super::highlight::{Layer, pieces};
use super::super::theme::Scope;
use super::{Canvas, columns, cut};

/// Columns left of the text where the partner stands under its passage.
const LANE: u16 = 8;

/// Where the parts of the comparison stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// Labels of the two reports and what was found.
    pub head: Rect,
    /// The rows.
    pub rows: Rect,
    /// The list of differences, its heading line included; empty where there is no room.
    pub list: Rect,
}

/// Returns where the parts of the comparison stand on the present screen.
pub fn areas(app: &App) -> Areas {
    let body = panes::frame(app.screen).body;
    let head = match (body.height, body.width >= ASIDE_FROM) {
        (0..=5, _) => 0,
        (6..=9, _) => 1,
        (_, true) => 3,
        (_, false) => 4,
    };
    let listing = app
        .comparing
        .as_ref()
        .is_some_and(|comparing| comparing.listing);
    let found = app
        .comparing
        .as_ref()
        .and_then(|comparing| comparing.comparison.as_ref());
    let differences = found.map_or(0, |comparison| {
        u16::try_from(comparison.differences.len()).unwrap_or(u16::MAX)
    });
    let room = match body.height {
        0..=14 => 0,
        15..=29 => 4,
        _ => body.height / 4,
    };
    let list = if listing && differences > 0 {
        room.min(differences.saturating_add(1))
    } else {
        0
    };
    let part = |y: u16, height: u16| Rect {
        y: body.y + y,
        height,
        ..body
    };
    Areas {
        head: part(0, head),
        rows: part(head, body.height - head - list),
        list: part(body.height - list, list),
    }
}

/// Draws the comparison.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let app = canvas.app;
    let Some(comparing) = &app.comparing else {
        return;
    };
    let areas = areas(app);
    let Some(comparison) = &comparing.comparison else {
        let dim = canvas.style(Scope::Dim);
        canvas.put(
            areas.rows.x + 2,
            areas.rows.y,
            areas.rows.width,
            "comparing …",
            dim,
        );
        return;
    };
    head(canvas, areas.head, comparing, comparison);
    match comparing.sheet.placing {
        Placing::Aside => aside(canvas, areas.rows, comparing, comparison),
        Placing::Under => under(canvas, areas.rows, comparing, comparison),
    }
    if comparing.sheet.rows.is_empty() {
        let dim = canvas.style(Scope::Dim);
        let words = format!("no rows: {}", comparing.lane.name());
        canvas.put(
            areas.rows.x + 2,
            areas.rows.y,
            areas.rows.width,
            &words,
            dim,
        );
    }
    list(canvas, areas.list, comparing, comparison);
    if canvas.cursor.is_none() {
        canvas.cursor = Some((
            areas.rows.x,
            areas.rows.y.min(app.screen.bottom().saturating_sub(1)),
        ));
    }
}

/// Returns the scope of a side's letter.
pub(super) fn side_scope(side: Side) -> Scope {
    match side {
        Side::Left => Scope::SideA,
        Side::Right => Scope::SideB,
    }
}

/// Returns what a kind of difference is called on the screen.
pub(super) fn kind_name(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::QuoteWording => "quote reworded",
        DifferenceKind::QuoteCut => "quote cut short",
        DifferenceKind::QuoteExtent => "quoted more, or less",
        DifferenceKind::QuoteVsParaphrase => "quoted or told",
        DifferenceKind::Speaker => "another speaker",
        DifferenceKind::Number => "number",
        DifferenceKind::Time => "time",
        DifferenceKind::List => "list",
        DifferenceKind::Naming => "naming",
    }
}

fn head(canvas: &mut Canvas<'_>, area: Rect, comparing: &Comparing, comparison: &Comparison) {
    let found = found_words(comparison);
    match area.height {
        0 => {}
        1 => {
            let style = canvas.style(Scope::Focus);
            canvas.put(
                area.x + 1,
                area.y,
                area.width - 1,
                &cut(&found, area.width - 1),
                style,
            );
        }
        _ if comparing.sheet.placing == Placing::Aside => {
            head_aside(canvas, area, comparing, comparison, &found)
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
    let measure = comparing.sheet.measure as u16;
    for side in Side::BOTH {
        title(
            canvas,
            Rect {
                x: places[side],
                y: area.y,
                width: measure,
                height: 1,
            },
            comparing,
            side,
        );
    }
    let style = canvas.style(Scope::Focus);
    let words = columns(found);
    let x = area.x + (area.width.saturating_sub(words)) / 2;
    canvas.put(x, area.y + 1, words, found, style);
    if comparing.overview {
        let left = Rect {
            x: places.left,
            y: area.y + 1,
            width: x.saturating_sub(places.left + 2),
            height: 1,
        };
        let right = Rect {
            x: x + words + 2,
            y: area.y + 1,
            width: (places.right + measure).saturating_sub(x + words + 2),
            height: 1,
        };
        strip(canvas, left, comparing, comparison, Side::Left);
        let cells = (comparison.passages.right.len() as u16).min(right.width);
        let right = Rect {
            x: right.right() - cells,
            width: cells,
            ..right
        };
        strip(canvas, right, comparing, comparison, Side::Right);
    }
    rule(canvas, area);
}

fn head_under(
    canvas: &mut Canvas<'_>,
    area: Rect,
    comparing: &Comparing,
    comparison: &Comparison,
    found: &str,
) {
    for (y, side) in (area.y..).zip(Side::BOTH) {
        let passages = comparison.passages[side].len() as u16;
        let room = if comparing.overview {
            passages.min(area.width / 3)
        } else {
            0
        };
        title(
            canvas,
            Rect {
                x: area.x + 1,
                y,
                width: area.width.saturating_sub(room + 3),
                height: 1,
            },
            comparing,
            side,
        );
        let cells = Rect {
            x: area.right().saturating_sub(room + 1),
            y,
            width: room,
            height: 1,
        };
        strip(canvas, cells, comparing, comparison, side);
    }
    let style = canvas.style(Scope::Focus);
    canvas.put(
        area.x + 1,
        area.y + 2,
        area.width - 1,
        &cut(found, area.width - 1),
        style,
    );
    rule(canvas, area);
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
    let Some(report) = canvas.app.report(comparing.reports[side]) else {
        return;
    };
    let article = &report.article;
    let outlet = article
        .outlet
        .as_ref()
        .map_or("outlet unknown", |field| &*field.value);
    let facts = format!("{outlet} · {}", page::date(article.published.as_ref()));
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
    canvas.put(x, area.y, room, &cut(&article.label, room), label);
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
    let cells = usize::from(area.width).min(total);
    let seen = on_screen(canvas.app, comparing, side);
    for cell in 0..cells {
        let range =
            cell * total / cells..((cell + 1) * total / cells).max(cell * total / cells + 1);
        let tier = range
            .clone()
            .filter_map(|n| best_tier(comparison, side, n))
            .min();
        let differs = range.clone().any(|n| has_difference(comparison, side, n));
        let (sign, scope) = match tier {
            _ if differs => ("◆", Scope::DiffChanged),
            Some(Tier::Same) => ("■", Scope::StripSame),
            Some(Tier::Likely) => ("▪", Scope::StripLikely),
            Some(Tier::Related) => ("▫", Scope::StripRelated),
            None => ("·", Scope::StripOnly),
        };
        let mut style = canvas.style(scope);
        if range.clone().any(|n| seen.contains(&n)) {
            style = style.patch(canvas.style(Scope::StripHere));
        }
        canvas.put(area.x + cell as u16, area.y, 1, sign, style);
    }
}

fn best_tier(comparison: &Comparison, side: Side, passage: usize) -> Option<Tier> {
    comparison
        .pairs
        .iter()
        .filter(|pair| pair.at[side] == passage)
        .map(|pair| pair.tier)
        .min()
}

fn has_difference(comparison: &Comparison, side: Side, passage: usize) -> bool {
    let Some(passage) = comparison.passages[side].get(passage) else {
        return false;
    };
    comparison.differences.iter().any(|difference| {
        difference.spans[side]
            .iter()
            .any(|span| span.overlaps(passage.span))
    })
}

/// The passages of a side whose rows are in view.
fn on_screen(app: &App, comparing: &Comparing, side: Side) -> Vec<usize> {
    let height = usize::from(areas(app).rows.height);
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

/// Where the two columns begin.
fn places(area: Rect, measure: usize) -> Sides<u16> {
    let used = 2 * measure + GUTTER;
    let left = area.x + (area.width.saturating_sub(used as u16)) / 2;
    Sides::new(left, left + (measure + GUTTER) as u16)
}

fn aside(canvas: &mut Canvas<'_>, area: Rect, comparing: &Comparing, comparison: &Comparison) {
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

fn under(canvas: &mut Canvas<'_>, area: Rect, comparing: &Comparing, comparison: &Comparison) {
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
                Position::new(area.x, area.y + y),
                comparison,
                row.row,
                side,
            );
        }
        cell_line(
            canvas,
            Position::new(area.x + LANE, area.y + y),
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
    row: Row,
    side: Side,
) {
    let right = at.x + comparing.sheet.measure as u16;
    match cell {
        CellLine::Speaker(name) => {
            let style = canvas.style(Scope::Speaker);
            canvas.put(at.x, at.y, right - at.x, name, style);
        }
        CellLine::Text(span) => {
            let Some(report) = canvas.app.report(comparing.reports[side]) else {
                return;
            };
            let text: &Clean = &report.article.text;
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
    row: Row,
    side: Side,
) -> [Layer; 2] {
    let marks = row
        .pair
        .and_then(|pair| comparison.marks.get(pair))
        .map(|marks| &marks[side]);
    let words = marks.map(|marks| {
        let dressed = marks.iter().map(|(span, mark)| {
            let scope = match mark {
                Mark::Changed => Scope::DiffChanged,
                Mark::Shared => Scope::DiffShared,
                Mark::Attribution => Scope::Dim,
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

fn tier_sign(tier: Tier) -> (&'static str, Scope) {
    match tier {
        Tier::Same => ("=", Scope::GutterSame),
        Tier::Likely => ("~", Scope::GutterLikely),
        Tier::Related => ("·", Scope::GutterRelated),
    }
}

/// Between the columns: how sure the pair is, and how far its right half stands from where its left half does.
fn gutter_sign(canvas: &mut Canvas<'_>, area: Rect, comparison: &Comparison, row: Row) {
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
fn lane_sign(canvas: &mut Canvas<'_>, at: Position, comparison: &Comparison, row: Row, side: Side) {
    let letter = canvas.style(side_scope(side));
    let quiet = canvas.style(Scope::Gutter);
    match row.pair.and_then(|pair| comparison.pairs.get(pair)) {
        Some(pair) if side == Side::Right => {
            let (sign, scope) = tier_sign(pair.tier);
            let style = canvas.style(scope);
            canvas.put(at.x + 3, at.y, 1, sign, style);
            canvas.put(at.x + 5, at.y, 1, &side.letter().to_string(), letter);
        }
        Some(_) => {
            canvas.put(at.x + 1, at.y, 1, &side.letter().to_string(), letter);
        }
        None => {
            let x = canvas.put(at.x + 1, at.y, 2, &format!("{} ", side.letter()), letter);
            canvas.put(x, at.y, 4, "only", quiet);
        }
    }
}

/// The first difference that the list shows, so that the one in focus is in view.
fn list_top(comparing: &Comparing, height: usize) -> usize {
    comparing
        .current
        .map_or(0, |current| (current + 1).saturating_sub(height))
}

fn list(canvas: &mut Canvas<'_>, area: Rect, comparing: &Comparing, comparison: &Comparison) {
    if area.is_empty() {
        return;
    }
    let style = canvas.style(Scope::Rule);
    canvas.put(
        area.x,
        area.y,
        area.width,
        &"─".repeat(usize::from(area.width)),
        style,
    );
    let height = usize::from(area.height - 1);
    let top = list_top(comparing, height);
    let (dim, text, chosen) = (
        canvas.style(Scope::Dim),
        canvas.style(Scope::Text),
        canvas.style(Scope::Selected),
    );
    for (y, (n, difference)) in (area.y + 1..).zip(
        comparison
            .differences
            .iter()
            .enumerate()
            .skip(top)
            .take(height),
    ) {
        let current = comparing.current == Some(n);
        let bar = if current { "▌" } else { " " };
        canvas.put(area.x, y, 1, bar, chosen);
        let kind = kind_name(difference.kind);
        canvas.put(area.x + 2, y, 22, kind, if current { chosen } else { dim });
        let room = area.width.saturating_sub(25);
        let words = cut(&difference.line().replace('\n', " "), room);
        canvas.put(
            area.x + 24,
            y,
            room,
            &words,
            if current { chosen } else { text },
        );
    }
}

/// Returns the difference whose line in the list is at this place.
pub fn difference_at(app: &App, at: Position) -> Option<usize> {
    let area = areas(app).list;
    let comparing = app.comparing.as_ref()?;
    let row = usize::from(at.y.checked_sub(area.y + 1)?);
    let height = usize::from(area.height.checked_sub(1)?);
    let total = comparing.comparison.as_ref()?.differences.len();
    let n = list_top(comparing, height) + row;
    (row < height && n < total).then_some(n)
}
