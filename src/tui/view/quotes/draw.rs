//! Draws the quotes view: the search with the counts, the rule, and the quotations or the reason why there are none.

use ratatui::layout::Rect;

use crate::library::quotes::QuoteResults;
use crate::tui::canvas::{Canvas, columns, cut, tail_start};
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::words::grouped;

use super::QuotesView;
use super::block_writer;
use super::layout;

/// Below this width the counts are all that is said beside the search.
const DETAILS_FROM: u16 = 60;
/// Columns that the search has before there is room for the counts.
const LEAST_PROMPT: u16 = 14;
/// The words in place of an empty search.
const HINT: &str = "type words, a name, or speaker: outlet: cue: kind: date: term:";

/// Draws the view.
pub(super) fn draw(view: &QuotesView, canvas: &mut Canvas<'_>) {
    let areas = layout::areas(canvas.shared.screen);
    if areas.prompt.is_empty() {
        return;
    }
    draw_prompt(view, canvas, areas.prompt);
    canvas.put_rule(areas.rule);
    match &view.results {
        Some(results) if !results.entries.is_empty() => {
            draw_quotes(view, canvas, results, areas.list);
        }
        results => draw_nothing(canvas, results.as_ref(), areas.list),
    }
}

fn draw_prompt(view: &QuotesView, canvas: &mut Canvas<'_>, area: Rect) {
    let dim = canvas.style(Scope::Dim);
    let counts = view.results.as_ref();
    let counts = counts.and_then(|results| counts_words(canvas.shared, results, area.width));
    let left = area.x + LEAST_PROMPT;
    let right = counts
        .and_then(|counts| {
            let right = area.right().saturating_sub(1);
            canvas.put_right(left, right, area.y, &counts, dim)
        })
        .unwrap_or(area.right());
    let sign = canvas.style(Scope::StatusKey);
    let x = canvas.put(area.x + 1, area.y, 2, "\" ", sign);
    let room = right.saturating_sub(x + 1);
    let before = view.query.before_cursor();
    let skipped = tail_start(before, usize::from(room));
    if view.query.is_empty() {
        canvas.put(x, area.y, room, &cut(HINT, room), dim);
    } else {
        let shown = view.query.text().get(skipped..).unwrap_or_default();
        let style = canvas.style(Scope::Prompt);
        canvas.put(x, area.y, room, shown, style);
    }
    if view.is_typing {
        let at = x + columns(before.get(skipped..).unwrap_or_default());
        canvas.cursor = Some((at.min(area.right().saturating_sub(1)), area.y));
    }
}

/// Returns how many quotations are shown, of how many, and how they are grouped.
fn counts_words(shared: &Shared, results: &QuoteResults, width: u16) -> Option<String> {
    if results.reports == 0 {
        return None;
    }
    let counts = format!("{} of {}", grouped(results.shown), grouped(results.total));
    if width < DETAILS_FROM {
        return Some(counts);
    }
    let all = shared.total();
    let searched = match results.reports < all {
        true => format!(
            " in {} of {} reports",
            grouped(results.reports),
            grouped(all)
        ),
        false => String::new(),
    };
    let letters = match results.literal || results.shown == 0 {
        true => "",
        false => " · scattered letters",
    };
    let grouping = results.grouping.name();
    Some(format!("{counts}{searched}{letters} · by {grouping}"))
}

fn draw_quotes(view: &QuotesView, canvas: &mut Canvas<'_>, results: &QuoteResults, list: Rect) {
    for placed in layout::on_screen(view, canvas.shared, results) {
        let area = Rect {
            y: placed.y,
            height: list.bottom() - placed.y,
            ..list
        };
        let is_selected = placed.number == view.selected;
        block_writer::draw(canvas, &placed.block, area, is_selected);
    }
}

fn draw_nothing(canvas: &mut Canvas<'_>, results: Option<&QuoteResults>, list: Rect) {
    if list.is_empty() {
        return;
    }
    let dim = canvas.style(Scope::Dim);
    let room = list.width.saturating_sub(3);
    let words = cut(empty_words(canvas.shared, results), room);
    canvas.put(list.x + 2, list.y, room, &words, dim);
    canvas.cursor = canvas.cursor.or(Some((list.x, list.y)));
}

/// Says why the list is empty.
fn empty_words(shared: &Shared, results: Option<&QuoteResults>) -> &'static str {
    // An answer from before the reports came says nothing of them.
    let is_whole =
        |results: &&QuoteResults| shared.progress.finished && results.reports == shared.total();
    match results.filter(is_whole) {
        Some(results) if results.total == 0 => "no quotation in these reports",
        Some(_) => "no quotation matches",
        None => "looking through the reports …",
    }
}
