//! The places of the parts of the quotes view, and the quotations on the screen.
//!
//! Only what is on the screen is laid out, so that a frame costs the same for ten quotations and for thirty thousand.

use std::collections::BTreeSet;

use ratatui::layout::{Position, Rect};

use crate::library::ReportNo;
use crate::tui::screen::{self, AreaParts};
use crate::tui::shared::Shared;

use super::QuotesView;
use super::block::{BlockSource, COMPARED_VERSIONS, QuoteBlock};

/// Below this height there is no rule under the search.
const RULE_FROM: u16 = 6;
/// Versions that are looked at to fill the screen, where many are of reports that cannot be read any more.
const LOOKED_AT: usize = 1000;

/// The parts of the view.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuotesAreas {
    /// The search and the counts.
    pub(super) prompt: Rect,
    /// The rule under it.
    pub(super) rule: Rect,
    /// The quotations.
    pub(super) list: Rect,
}

/// Returns the parts of the view on `screen`.
pub(super) fn areas(screen: Rect) -> QuotesAreas {
    let mut body = screen::areas(screen).body;
    let rule = u16::from(body.height >= RULE_FROM);
    QuotesAreas {
        prompt: body.take_top(1),
        rule: body.take_top(rule),
        list: body,
    }
}

/// Returns the versions on the screen, each with the line it begins on; the last one may not fit whole.
pub(super) fn blocks<'a>(view: &'a QuotesView, shared: &'a Shared) -> Vec<(u16, QuoteBlock<'a>)> {
    let results = &view.results;
    let list = areas(shared.screen).list;
    let source = BlockSource::new(shared, results, list);
    let mut placed = Vec::new();
    let mut y = list.y;
    let numbers = (view.top..results.shown).take(LOOKED_AT);
    // A report that cannot be read any more has no words to show; those after it have.
    for block in numbers.filter_map(|number| source.block(number)) {
        if y >= list.bottom() {
            break;
        }
        let height = block.height();
        placed.push((y, block));
        y = y.saturating_add(height);
    }
    placed
}

/// Returns the number of the version that is drawn at a place.
pub(super) fn version_at(view: &QuotesView, shared: &Shared, at: Position) -> Option<usize> {
    if !areas(shared.screen).list.contains(at) {
        return None;
    }
    let placed = blocks(view, shared);
    let above = placed.iter().take_while(|(y, _)| *y <= at.y);
    above.last().map(|(_, block)| block.number)
}

/// Returns the version that is to be the first on the screen so that the selected one is seen, and how many are.
pub(super) fn window(view: &QuotesView, shared: &Shared) -> (usize, usize) {
    let results = &view.results;
    let list = areas(shared.screen).list;
    let source = BlockSource::new(shared, results, list);
    let height = |number| {
        let block = source.block(number);
        block.map_or(0, |block| usize::from(block.height()))
    };
    let screen = usize::from(list.height);
    let mut used = height(view.selected);
    // Walks up from the selected version until the screen is full, then down: no block is less than a line.
    let mut fits = |number: &usize| {
        let needed = used + height(*number);
        used = if needed > screen { used } else { needed };
        needed <= screen
    };
    let above = (view.top..view.selected).rev();
    let above = above.take_while(&mut fits).count();
    let below = (view.selected + 1..results.shown).take(LOOKED_AT);
    let below = below.take_while(&mut fits).count();
    (view.selected - above, above + 1 + below)
}

/// Returns the reports of the quotations that may be on the screen, each of which takes a line at least, and of the versions that
/// they are compared with.
pub(super) fn quoted_reports(view: &QuotesView, shared: &Shared) -> Vec<ReportNo> {
    let results = &view.results;
    let lines = usize::from(shared.screen.height);
    let near = view.selected.saturating_sub(lines)..=view.selected + lines;
    let entries = near.clone().filter_map(|number| results.place(number));
    let entries: BTreeSet<usize> = entries.map(|(entry, _)| entry).collect();
    let entries = entries.into_iter().map(|entry| results.versions_of(entry));
    let compared = entries.flat_map(|versions| versions.iter().take(COMPARED_VERSIONS));
    let shown = near.filter_map(|number| results.version(number));
    let quotes = shown.chain(compared);
    let reports: BTreeSet<ReportNo> = quotes.map(|at| at.report).collect();
    reports.into_iter().collect()
}
