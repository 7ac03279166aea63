//! Draws the first line: the reports that are loaded, how many of them are shown, in which order.

use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::screen;
use crate::tui::theme::Scope;
use crate::tui::view::ViewKind;
use crate::tui::words::grouped;

use super::App;

/// Columns of the first line before the reports, and after them.
const NAME: u16 = 11;
/// Columns of the first line that neither side has: the margins, the name, and the gap.
const TAKEN: u16 = 13;
/// Columns that the facts leave to the reports at least.
const LEAST: u16 = 24;

/// Draws the title and the rule under it.
pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let areas = screen::areas(app.shared.screen);
    if areas.title.is_empty() {
        return;
    }
    let (y, left, right) = (areas.title.y, areas.title.x, areas.title.right());
    let reports = reports(app, right.saturating_sub(left + NAME));
    let room = right.saturating_sub(left + TAKEN + columns(&reports));
    let facts = facts(app, room);
    let facts_at = canvas
        .put_right(
            left + LEAST,
            right.saturating_sub(1),
            y,
            &facts,
            Scope::Title,
        )
        .unwrap_or(right);
    let room = facts_at.saturating_sub(left + 2);
    let x = canvas.put(left + 1, y, room, "crossread", Scope::Focus);
    let reports = cut(&reports, facts_at.saturating_sub(x + 1));
    canvas.put(x, y, columns(&reports), &reports, Scope::Title);
    if !areas.rule.is_empty() {
        canvas.put_rule(areas.rule);
    }
}

/// Returns the reports and the view, in at most `room` columns while reports are being read.
fn reports(app: &App, room: u16) -> String {
    let shared = &app.shared;
    let view = app.views.get(app.current()).title(shared);
    if !shared.progress.finished && shared.progress.bytes > 0 {
        return reading(app, room.saturating_sub(columns(&view))) + &view;
    }
    let is_list = app.current() == ViewKind::Browse;
    let counts = app.views.browse.report_counts(is_list, shared);
    let failed = match shared.library.failures.len() {
        0 => String::new(),
        failed => format!(" · {} could not be read (!)", grouped(failed)),
    };
    format!(" · {counts}{failed}{view}")
}

/// Returns how far reading is: reports so far, bytes of how many, how fast, and what failed; with less room less of it.
fn reading(app: &App, room: u16) -> String {
    let shared = &app.shared;
    let [long, short] = app.views.browse.counts_while_reading(shared);
    let progress = shared.progress;
    let whole = progress.total.filter(|&whole| whole >= progress.bytes);
    let bytes = match whole {
        Some(whole) => format!("{} of {} MB", megabytes(progress.bytes), megabytes(whole)),
        None => format!("{} MB", megabytes(progress.bytes)),
    };
    let percent = whole.map(|whole| format!("{}%", progress.bytes * 100 / whole.max(1)));
    let rate = progress.rate;
    let rate = rate.map(|rate| format!("{} MB/s", megabytes(rate)));
    let failed = match shared.library.failures.len() {
        0 => None,
        failed => Some(format!("{} failed", grouped(failed))),
    };
    let choices = [
        [Some(&long), Some(&bytes), rate.as_ref(), failed.as_ref()],
        [Some(&long), Some(&bytes), None, failed.as_ref()],
        [Some(&short), Some(&bytes), None, failed.as_ref()],
        [Some(&short), percent.as_ref(), None, failed.as_ref()],
        [Some(&short), None, None, failed.as_ref()],
        [Some(&short), None, None, None],
    ];
    let line = |parts: [Option<&String>; 4]| {
        let parts = parts.into_iter().flatten();
        parts.map(|part| format!(" · {part}")).collect::<String>()
    };
    let mut lines = choices.into_iter().map(line);
    lines.find(|line| columns(line) <= room).unwrap_or_default()
}

/// Returns millions of bytes, to one place below ten.
fn megabytes(bytes: u64) -> String {
    const MEGABYTE: u64 = 1_000_000;
    let (whole, tenths) = (bytes / MEGABYTE, bytes % MEGABYTE / (MEGABYTE / 10));
    match whole {
        0..10 => format!("{whole}.{tenths}"),
        _ => grouped(usize::try_from(whole).unwrap_or(usize::MAX)),
    }
}

/// Returns the facts at the right end that fit into `room`: files that could not be read go before.
fn facts(app: &App, room: u16) -> String {
    if app.current() != ViewKind::Browse {
        return String::new();
    }
    let facts = app.views.browse.title_facts(&app.shared).into_iter();
    let mut fitting = facts.filter(|facts| columns(facts) <= room);
    fitting.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_as_exactly_as_matters() {
        let told = [0, 449_999, 9_990_000, 12_400_000, 1_234_000_000].map(megabytes);
        assert_eq!(told, ["0.0", "0.4", "9.9", "12", "1,234"]);
    }
}
