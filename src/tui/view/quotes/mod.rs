//! The quotations of all reports: what is typed, what it leaves, and the words around each.
//!
//! Every version of an utterance is a block of a few lines; only the blocks on the screen are laid out, so that a frame costs the
//! same for ten quotations and for thirty thousand.

mod block;

use ratatui::layout::{Position, Rect};

use crate::filter::Query;
use crate::library::quotes::QuoteResults;

use super::super::app::{App, Line, panes};
use super::super::theme::Scope;
use super::status::tail_start;
use super::{Canvas, columns, cut, grouped};
use block::Block;

/// Where the speaker's name stands beside the words, from this width on.
const ASIDE_FROM: u16 = 70;
/// Below this height there is room for the words only.
const FACTS_FROM: u16 = 12;
/// Below this height names have no line of their own.
const NAMES_FROM: u16 = 4;

/// Versions that are looked at to fill the screen, where many are of reports that cannot be read any more.
const LOOKED_AT: usize = 1000;

/// The parts of the view.
#[derive(Clone, Copy, Debug)]
struct Areas {
    prompt: Rect,
    rule: Rect,
    list: Rect,
}

fn areas(app: &App) -> Areas {
    let body = panes::frame(app.screen).body;
    let rule = u16::from(body.height >= 6);
    let head = (1 + rule).min(body.height);
    Areas {
        prompt: Rect {
            height: body.height.min(1),
            ..body
        },
        rule: Rect {
            y: body.y + 1,
            height: rule,
            ..body
        },
        list: Rect {
            y: body.y + head,
            height: body.height - head,
            ..body
        },
    }
}

/// What a block is laid out for.
#[derive(Clone, Copy, Debug)]
struct Room {
    width: u16,
    /// Whether the name stands beside the words.
    aside: bool,
    /// Whether there are lines for the facts and between the entries.
    airy: bool,
    /// Whether there are lines for names at all.
    named: bool,
}

impl Room {
    fn of(list: Rect) -> Self {
        Self {
            width: list.width,
            aside: list.width >= ASIDE_FROM,
            airy: list.height >= FACTS_FROM,
            named: list.height >= NAMES_FROM,
        }
    }
}

/// Whether the list itself tells how a quotation is introduced.
pub(super) fn tells_facts(app: &App) -> bool {
    Room::of(areas(app).list).airy
}

/// Draws the quotes view.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let areas = areas(canvas.app);
    if areas.prompt.is_empty() {
        return;
    }
    prompt(canvas, areas.prompt);
    if !areas.rule.is_empty() {
        let rule = canvas.style(Scope::Rule);
        let line = "─".repeat(usize::from(areas.rule.width));
        canvas.put(areas.rule.x, areas.rule.y, areas.rule.width, &line, rule);
    }
    match &canvas.app.quotes.found {
        Some(found) if !found.entries.is_empty() => blocks(canvas, found, areas.list),
        found => {
            let words = nothing(canvas.app, found.as_ref());
            let dim = canvas.style(Scope::Dim);
            let (x, room) = (areas.list.x + 2, areas.list.width.saturating_sub(3));
            if !areas.list.is_empty() {
                canvas.put(x, areas.list.y, room, &cut(&words, room), dim);
                canvas.cursor = canvas.cursor.or(Some((areas.list.x, areas.list.y)));
            }
        }
    }
}

/// Says why the list is empty.
fn nothing(app: &App, found: Option<&QuoteResults>) -> String {
    let all = app.library.entries.len();
    match found {
        Some(found) if app.progress.finished && found.reports == all => match found.total {
            0 => "no quotation in these reports".to_owned(),
            _ => "no quotation matches".to_owned(),
        },
        // An answer from before the reports came says nothing of them.
        _ => "looking through the reports …".to_owned(),
    }
}

fn prompt(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let (dim, sign, style) = (
        canvas.style(Scope::Dim),
        canvas.style(Scope::StatusKey),
        canvas.style(Scope::Prompt),
    );
    let right = counts(app, area.width)
        .and_then(|counts| {
            let right = area.right().saturating_sub(1);
            canvas.put_right(area.x + 14, right, area.y, &counts, dim)
        })
        .unwrap_or(area.right());
    let x = canvas.put(area.x + 1, area.y, 2, "\" ", sign);
    let room = right.saturating_sub(x + 1);
    let query = &app.quotes.query;
    let skipped = tail_start(query.before_cursor(), usize::from(room));
    if query.is_empty() {
        let hint = "type words, a name, or speaker: outlet: cue: kind: date: term:";
        canvas.put(x, area.y, room, &cut(hint, room), dim);
    } else {
        let shown = query.text().get(skipped..).unwrap_or_default();
        canvas.put(x, area.y, room, shown, style);
    }
    if app.line == Some(Line::Quotes) {
        let before = query.before_cursor().get(skipped..).unwrap_or_default();
        let at = x + columns(before);
        canvas.cursor = Some((at.min(area.right().saturating_sub(1)), area.y));
    }
}

/// Says how many quotations are shown, of how many, and how they are put together.
fn counts(app: &App, width: u16) -> Option<String> {
    let found = app.quotes.found.as_ref().filter(|it| it.reports > 0)?;
    let counts = format!("{} of {}", grouped(found.shown), grouped(found.total));
    if width < 60 {
        return Some(counts);
    }
    let all = app.library.entries.len();
    let counts = match found.reports < all {
        true => format!(
            "{counts} in {} of {} reports",
            grouped(found.reports),
            grouped(all)
        ),
        false => counts,
    };
    let letters = if found.literal || found.shown == 0 {
        ""
    } else {
        " · scattered letters"
    };
    Some(format!("{counts}{letters} · by {}", found.grouping.name()))
}

/// Returns how many versions there are.
fn shown_of(app: &App) -> usize {
    app.quotes.found.as_ref().map_or(0, |found| found.shown)
}

/// The blocks on the screen, each with the number of its version and the line it begins on; the last may not fit whole.
fn on_screen(app: &App, list: Rect) -> Vec<(usize, u16, Block<'_>)> {
    let room = Room::of(list);
    let mut shown = Vec::new();
    let mut y = list.y;
    for number in (app.quotes.top..shown_of(app)).take(LOOKED_AT) {
        if y >= list.bottom() {
            break;
        }
        // A report that cannot be read any more has no words to show; those after it have.
        let Some(block) = Block::of(app, number, room) else {
            continue;
        };
        let height = block.height();
        shown.push((number, y, block));
        y = y.saturating_add(height);
    }
    shown
}

fn blocks(canvas: &mut Canvas<'_>, found: &QuoteResults, list: Rect) {
    let app = canvas.app;
    let query = Query::parse(&found.query);
    for (number, y, block) in on_screen(app, list) {
        let area = Rect {
            y,
            height: list.bottom() - y,
            ..list
        };
        let selected = number == app.quotes.selected;
        block::draw(canvas, &block, area, &query, selected);
    }
}

/// Returns which version is to be the first on the screen so that the selected one is seen, and how many versions are.
pub fn window(app: &App) -> (usize, usize) {
    let list = areas(app).list;
    let room = Room::of(list);
    let heights =
        |number| Block::of(app, number, room).map_or(0, |block| usize::from(block.height()));
    let (selected, screen) = (app.quotes.selected, usize::from(list.height));
    // Walks up from the selected version until the screen is full: no block is less than a line.
    let mut used = heights(selected);
    let mut first = selected;
    while first > 0 && first > app.quotes.top {
        let above = heights(first - 1);
        if used + above > screen {
            break;
        }
        used += above;
        first -= 1;
    }
    let mut shown = selected + 1 - first;
    for number in (selected + 1..shown_of(app)).take(LOOKED_AT) {
        used += heights(number);
        if used > screen {
            break;
        }
        shown += 1;
    }
    (first, shown)
}

/// Returns the number of the version that is drawn at this place.
pub fn version_at(app: &App, at: Position) -> Option<usize> {
    let list = areas(app).list;
    let shown = on_screen(app, list).into_iter();
    let above = shown.take_while(|(_, y, _)| *y <= at.y);
    above
        .last()
        .map(|(number, ..)| number)
        .filter(|_| list.contains(at))
}

#[cfg(test)]
mod tests;
