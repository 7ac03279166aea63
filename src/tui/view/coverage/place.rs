//! The place of the reader in the grid, and the way back to it.

use std::collections::BTreeSet;

use crate::library::ReportNo;
use crate::tui::view::UpdateContext;

use super::{CoverageView, GridFilter};

/// The place of the reader in the grid.
#[derive(Clone, Debug, PartialEq)]
pub struct CoveragePlace {
    /// The reports that are its columns.
    pub reports: Vec<ReportNo>,
    hidden: BTreeSet<usize>,
    /// The number of the claim in focus.
    claim: Option<usize>,
    column: usize,
    top: usize,
    filter: GridFilter,
    search: String,
}

impl CoverageView {
    /// Returns the place of the reader.
    pub fn place(&self) -> CoveragePlace {
        CoveragePlace {
            reports: self.reports.clone(),
            hidden: self.hidden.clone(),
            claim: self.rows.get(self.row).copied(),
            column: self.column,
            top: self.scroll.top,
            filter: self.filter,
            search: self.search.clone(),
        }
    }

    /// Shows a place as it was left.
    pub fn restore(&mut self, place: CoveragePlace, cx: &mut UpdateContext<'_>) {
        if self.reports != place.reports {
            *self = Self {
                reports: place.reports,
                ..Self::default()
            };
        }
        (self.hidden, self.column) = (place.hidden, place.column);
        (self.filter, self.search) = (place.filter, place.search);
        self.wanted = place.claim;
        self.arrange();
        self.scroll.top = place.top;
        self.ask_for_coverage(cx);
    }
}
