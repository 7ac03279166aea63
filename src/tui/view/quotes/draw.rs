//! Draws the quotes view: the search with the counts, the rule, and the quotations or the reason why there are none.

use ratatui::layout::Rect;

use crate::library::quotes::QuoteResults;
use crate::tui::canvas::{Canvas, columns, cut, tail_start};
use crate::tui::screen::AreaParts;
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
    let list = areas.list;
    let found = view.results.as_ref();
    if let Some(results) = found.filter(|results| !results.entries.is_empty()) {
        for (y, block) in layout::on_screen(view, canvas.shared, results) {
            let is_selected = block.number == view.selected;
            block_writer::draw(canvas, &block, list.below(y - list.y), is_selected);
        }
    } else if !list.is_empty() {
        let words = empty_words(canvas.shared, found);
        canvas.put_cut(list.inset(2, 1), words, Scope::Dim);
        canvas.cursor.get_or_insert((list.x, list.y));
    }
}

fn draw_prompt(view: &QuotesView, canvas: &mut Canvas<'_>, area: Rect) {
    let (y, last) = (area.y, area.right().saturating_sub(1));
    let counts = view.results.as_ref();
    let counts = counts.and_then(|results| counts_words(canvas.shared, results, area.width));
    let left = area.x + LEAST_PROMPT;
    let right = counts.and_then(|counts| canvas.put_right(left, last, y, &counts, Scope::Dim));
    let x = canvas.put(area.x + 1, y, 2, "\" ", Scope::StatusKey);
    let room = right.unwrap_or(area.right()).saturating_sub(x + 1);
    let before = view.query.before_cursor();
    let skipped = tail_start(before, usize::from(room));
    if view.query.is_empty() {
        canvas.put(x, y, room, &cut(HINT, room), Scope::Dim);
    } else {
        let shown = view.query.text().get(skipped..).unwrap_or_default();
        canvas.put(x, y, room, shown, Scope::Prompt);
    }
    if view.is_typing {
        let at = x + columns(before.get(skipped..).unwrap_or_default());
        canvas.cursor = Some((at.min(last), y));
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
    let [reports, all] = [results.reports, shared.total()];
    let searched = match reports < all {
        true => format!(" in {} of {} reports", grouped(reports), grouped(all)),
        false => String::new(),
    };
    let letters = match results.literal || results.shown == 0 {
        true => "",
        false => " · loose matches",
    };
    let grouping = results.grouping.name();
    Some(format!("{counts}{searched}{letters} · by {grouping}"))
}

/// Says why the list is empty.
fn empty_words(shared: &Shared, results: Option<&QuoteResults>) -> &'static str {
    // An answer from before the reports came says nothing of them.
    let is_whole =
        |results: &&QuoteResults| shared.progress.finished && results.reports == shared.total();
    match results.filter(is_whole) {
        Some(results) if results.total == 0 => "no quotations in these reports",
        Some(_) => "no match",
        None => "searching the reports …",
    }
}
