//! The first line: what is loaded, what is shown of it, in which order.

use crate::compare::Side;

use super::super::app::{App, View};
use super::super::theme::Scope;
use super::super::worker::Filtered;
use super::{Canvas, columns, compare, counted, cut, grid, grouped};

/// Columns of the first line before what is said of the reports, and after it.
const NAME: u16 = 11;
/// Columns of the first line that neither side has: the margins, the name, and the gap.
const TAKEN: u16 = 13;

/// Draws the title and the line under it.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let panes = canvas.app.panes();
    if panes.title.is_empty() {
        return;
    }
    let (y, left, right) = (panes.title.y, panes.title.x, panes.title.right());
    let dim = canvas.style(Scope::Title);
    let name = canvas.style(Scope::Focus);
    let what = what(canvas.app, right.saturating_sub(left + NAME));
    let room = right.saturating_sub(left + TAKEN + columns(&what));
    let facts = facts(canvas.app, room);
    let facts_at = canvas
        .put_right(left + 24, right.saturating_sub(1), y, &facts, dim)
        .unwrap_or(right);
    let x = canvas.put(
        left + 1,
        y,
        facts_at.saturating_sub(left + 2),
        "crossread",
        name,
    );
    let what = cut(&what, facts_at.saturating_sub(x + 1));
    canvas.put(x, y, columns(&what), &what, dim);
    let rule = canvas.style(Scope::Rule);
    if !panes.rule.is_empty() {
        canvas.put(
            panes.rule.x,
            panes.rule.y,
            panes.rule.width,
            &"─".repeat(usize::from(panes.rule.width)),
            rule,
        );
    }
}

/// Returns what is shown of what, in at most `room` columns while reports are being read.
fn what(app: &App, room: u16) -> String {
    let view = match app.view {
        View::Compare => " · compare".to_owned(),
        View::Quotes => " · quotes".to_owned(),
        View::Grid => grid::title(app),
        View::Browse => String::new(),
    };
    if !app.progress.finished && app.progress.bytes > 0 {
        return reading(app, room.saturating_sub(columns(&view))) + &view;
    }
    let mut what = format!(" · {}", reports(app));
    match app.library.failures.len() {
        0 => {}
        failed => what += &format!(" · {} could not be read: !", grouped(failed)),
    }
    what + &view
}

fn reports(app: &App) -> String {
    let total = app.library.entries.len();
    let all = counted(total, "report");
    if let Some(filtered) = searching(app) {
        let [shown, searched] = [filtered.shown, filtered.searched].map(grouped);
        return format!("{shown} so far, {searched} of {all} searched");
    }
    match &app.filtered {
        Some(filtered) if filtered.literal == 0 && filtered.shown > 0 => format!(
            "no report holds the words; {} hold the letters",
            grouped(filtered.shown)
        ),
        Some(filtered) => format!("{} of {all}", grouped(filtered.shown)),
        None if app.in_sections() => format!("{all}, {} events", app.events.count()),
        None => all,
    }
}

/// Returns what the filter has found so far, if some reports are still to be searched.
pub(super) fn searching(app: &App) -> Option<&Filtered> {
    let total = app.library.entries.len();
    app.filtered.as_ref().filter(|known| known.searched < total)
}

/// Returns how far reading is: reports so far, bytes of how many, how fast, and what failed; with less room less of it.
fn reading(app: &App, room: u16) -> String {
    let total = app.library.entries.len();
    let (long, short) = match &app.filtered {
        Some(filtered) if searching(app).is_some() => {
            (reports(app), format!("{} so far", grouped(filtered.shown)))
        }
        Some(filtered) => {
            let shown = grouped(filtered.shown);
            let short = format!("{shown} of {}", grouped(total));
            (format!("{shown} of {}", counted(total, "report")), short)
        }
        None => (
            format!("reading {}", counted(total, "report")),
            grouped(total),
        ),
    };
    let progress = app.progress;
    let whole = progress.total.filter(|&whole| whole >= progress.bytes);
    let bytes = match whole {
        Some(whole) => format!("{} of {} MB", megabytes(progress.bytes), megabytes(whole)),
        None => format!("{} MB", megabytes(progress.bytes)),
    };
    let percent = whole.map(|whole| format!("{}%", progress.bytes * 100 / whole.max(1)));
    let rate = progress
        .rate
        .map(|rate| format!("{} MB/s", megabytes(rate)));
    let failed = match app.library.failures.len() {
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

/// Returns what is marked in the report and the order of the list, as far as `room` allows: what could not be read goes before.
fn facts(app: &App, room: u16) -> String {
    if app.view != View::Browse {
        return String::new();
    }
    let arrow = if app.list.reversed { "↑" } else { "↓" };
    let sort = format!("sort {} {arrow}", app.list.sort.name());
    let both = app.reader.counts.map(|(quotes, terms)| {
        let [quotes, terms] = [counted(quotes, "quote"), counted(terms, "term")];
        format!("{quotes}   {terms}   {sort}")
    });
    let fitting = both.into_iter().chain([sort]);
    let mut fitting = fitting.filter(|facts| columns(facts) <= room);
    fitting.next().unwrap_or_default()
}

/// Returns the sign of a report that is marked for comparison: its letter, or `+` where more than two are marked.
pub(super) fn mark(app: &App, number: usize) -> Option<(String, Scope)> {
    let more = || app.list.marked.contains(&number);
    match side_of(app, number) {
        Some(side) => Some((side.letter().to_string(), compare::side_scope(side))),
        None => more().then(|| ("+".to_owned(), Scope::Mark)),
    }
}

/// Returns the side that a report would stand on if the comparison were opened now.
pub(super) fn side_of(app: &App, number: usize) -> Option<Side> {
    if let [only] = app.list.marked.as_slice() {
        return (*only == number).then_some(Side::Left);
    }
    let sides = app.pair()?;
    Side::BOTH.into_iter().find(|side| sides[*side] == number)
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
