//! The place of the reader in a comparison, and the way back to it.

use crate::compare::{ComparisonRow, Side, Sides};
use crate::library::ReportNo;
use crate::tui::view::UpdateContext;

use super::{CompareFocus, CompareMode, CompareSearch, CompareView, DifferenceList, RowFilter};

/// The place of the reader in a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparePlace {
    /// The two reports.
    pub reports: Option<Sides<ReportNo>>,
    mode: CompareMode,
    order: Side,
    filter: RowFilter,
    list: DifferenceList,
    focus: Option<CompareFocus>,
    search: Option<CompareSearch>,
    active: Side,
    scrolls_apart: bool,
    /// The row at the top of the screen.
    row: Option<ComparisonRow>,
    /// Lines of that row above the screen.
    above: usize,
    /// The passages in focus of the full texts, and the first line of each on the screen.
    texts: Sides<(usize, isize)>,
}

impl CompareView {
    /// Returns the place of the reader.
    pub fn place(&self) -> ComparePlace {
        let top = self.rows.scroll.left.top;
        let row = self.rows.at_top(Side::Left);
        let texts = &self.texts;
        ComparePlace {
            reports: self.reports,
            mode: self.mode,
            order: self.order,
            filter: self.filter,
            list: self.list,
            focus: self.focus,
            search: self.search.clone(),
            active: self.active,
            scrolls_apart: self.scrolls_apart,
            row: row.map(|row| row.row),
            above: row.map_or(0, |row| top.saturating_sub(row.top)),
            texts: Sides::from_fn(|side| (texts.at[side], texts.top[side])),
        }
    }

    /// Shows a place as it was left. Where nothing else was compared meanwhile, all of it is still there.
    pub fn restore(&mut self, place: ComparePlace, cx: &mut UpdateContext<'_>) {
        if self.place() == place {
            return;
        }
        if let Some(reports) = place.reports {
            self.open(reports, cx);
        }
        let shown = self
            .reports
            .and_then(|sides| cx.shared.comparisons.get(sides));
        self.list = place.list;
        self.comparison = self.list.apply(shown);
        (self.mode, self.order, self.filter) = (place.mode, place.order, place.filter);
        (self.focus, self.active) = (place.focus, place.active);
        self.search = place.search;
        self.scrolls_apart = place.scrolls_apart;
        self.texts.at = place.texts.map(|(at, _)| at);
        self.rows.invalidate();
        self.lay_out(cx.shared);
        self.texts.top = place.texts.map(|(_, top)| top);
        let top = place.row.and_then(|row| self.rows.place_of(row));
        if let Some(top) = top {
            let height = self.row_lines(cx.shared.screen);
            self.rows.scroll_to(top + place.above, height);
        }
    }
}
