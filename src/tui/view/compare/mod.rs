//! Two reports side by side: a header with what was found, the strips, the aligned rows, and the list of differences.

mod head;
mod list;
mod rows;
mod whole;

use ratatui::layout::{Position, Rect};

use crate::compare::{Side, Sides};

use super::super::app::compare::{ASIDE_FROM, Mode, Placing};
use super::super::app::{App, panes};
use super::super::theme::Scope;
use super::Canvas;
use list::list_top;

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
        let area = Rect {
            x: areas.rows.x + 2,
            width: areas.rows.width.saturating_sub(4),
            ..areas.rows
        };
        let Sides { left, right } = comparing.reports;
        canvas.waiting(area, &[left, right], "comparing …");
        return;
    };
    head::head(canvas, areas.head, comparing, comparison);
    match (comparing.mode, comparing.sheet.placing) {
        (Mode::Whole, _) => whole::draw(canvas, areas.rows, comparing, comparison),
        (Mode::Rows, Placing::Aside) => rows::aside(canvas, areas.rows, comparing, comparison),
        (Mode::Rows, Placing::Under) => rows::under(canvas, areas.rows, comparing, comparison),
    }
    if comparing.mode == Mode::Rows && comparing.sheet.rows.is_empty() {
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
    list::list(canvas, areas.list, comparing, comparison);
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

/// Returns the passage whose box in one of the strips is at this place.
pub fn passage_at(app: &App, at: Position) -> Option<(Side, usize)> {
    head::passage_at(app, at)
}
