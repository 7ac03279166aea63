//! The first line: what is loaded, what is shown of it, in which order.

use crate::article::ArticleId;
use crate::compare::Side;

use super::super::app::{App, View};
use super::super::theme::Scope;
use super::{Canvas, columns, compare, cut, grid};

/// Draws the title and the line under it.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let panes = canvas.app.panes();
    if panes.title.is_empty() {
        return;
    }
    let (y, left, right) = (panes.title.y, panes.title.x, panes.title.right());
    let dim = canvas.style(Scope::Title);
    let name = canvas.style(Scope::Focus);
    let facts = facts(canvas.app);
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
    let what = cut(&what(canvas.app), facts_at.saturating_sub(x + 1));
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
    let total = app.library.reports.len();
    let noun = if total == 1 { "report" } else { "reports" };
    let mut what = match &app.filtered {
        Some(filtered) if filtered.literal == 0 && !filtered.reports.is_empty() => {
            format!(
                " · no report holds the words; {} hold the letters",
                filtered.reports.len()
            )
        }
        Some(filtered) => format!(" · {} of {total} {noun}", filtered.reports.len()),
        None if app.in_sections() => {
            format!(" · {total} {noun}, {} events", app.events.count())
        }
        None => format!(" · {total} {noun}"),
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

fn facts(app: &App) -> String {
    if app.view != View::Browse {
        return String::new();
    }
    let arrow = if app.list.reversed { "↑" } else { "↓" };
    let sort = format!("sort {} {arrow}", app.list.sort.name());
    let counts = app
        .reader
        .counts
        .map(|(quotes, terms)| format!("{quotes} quotes   {terms} terms   "));
    counts.unwrap_or_default() + &sort
}

/// Returns the signs before a report in the list: unread, marked for comparison (with its letter), starred.
pub(super) fn signs(app: &App, number: usize, id: ArticleId) -> [(String, Scope); 2] {
    let unread = if app.state.marks(id).read {
        (" ".to_owned(), Scope::Unread)
    } else {
        ("•".to_owned(), Scope::Unread)
    };
    let starred = app.state.marks(id).starred;
    let second = match side_of(app, number) {
        Some(side) => (side.letter().to_string(), compare::side_scope(side)),
        None if app.list.marked.contains(&number) => ("+".to_owned(), Scope::Mark),
        None if starred => ("★".to_owned(), Scope::Star),
        None => (" ".to_owned(), Scope::Mark),
    };
    [unread, second]
}

/// Returns the side that a report would stand on if the comparison were opened now.
pub(super) fn side_of(app: &App, number: usize) -> Option<Side> {
    if let [only] = app.list.marked.as_slice() {
        return (*only == number).then_some(Side::Left);
    }
    let sides = app.pair()?;
    Side::BOTH.into_iter().find(|side| sides[*side] == number)
}
