//! The first line: what is loaded, what is shown of it, in which order.

use crate::compare::Side;

use super::super::app::{App, View};
use super::super::theme::Scope;
use super::{Canvas, columns, compare, counted, cut, grid};

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
    let what = what(canvas.app);
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

fn what(app: &App) -> String {
    let total = app.library.all.len();
    let all = counted(total, "report");
    let mut what = match &app.filtered {
        Some(filtered) if filtered.searched < total => {
            let (shown, searched) = (filtered.shown, filtered.searched);
            format!(" · {shown} so far, {searched} of {all} searched")
        }
        Some(filtered) if filtered.literal == 0 && filtered.shown > 0 => {
            let shown = filtered.shown;
            format!(" · no report holds the words; {shown} hold the letters")
        }
        Some(filtered) => format!(" · {} of {all}", filtered.shown),
        None if app.in_sections() => {
            format!(" · {all}, {} events", app.events.count())
        }
        None => format!(" · {all}"),
    };
    if !app.progress.finished && app.progress.total > 0 {
        what += &format!(", reading {} of {}", app.progress.done, app.progress.total);
    }
    match app.library.failures.len() {
        0 => {}
        failed => what += &format!(" · {failed} could not be read: !"),
    }
    match app.view {
        View::Compare => what += " · compare",
        View::Quotes => what += " · quotes",
        View::Grid => what += &grid::title(app),
        View::Browse => {}
    }
    what
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
