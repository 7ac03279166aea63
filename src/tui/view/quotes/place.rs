//! The place of the reader among the quotations, and the way back to it.

use crate::library::quotes::{QuoteGrouping, QuoteRef};
use crate::tui::view::UpdateContext;

use super::QuotesView;

/// The place of the reader among the quotations.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotesPlace {
    query: String,
    grouping: QuoteGrouping,
    selected: Option<QuoteRef>,
    top: usize,
}

impl QuotesView {
    /// Returns the place of the reader.
    pub fn place(&self) -> QuotesPlace {
        QuotesPlace {
            query: self.query.text().to_owned(),
            grouping: self.grouping,
            selected: self.current(),
            top: self.top,
        }
    }

    /// Shows a place as it was left; keys move in the list, so that the way further back is one key.
    pub fn restore(&mut self, place: QuotesPlace, cx: &mut UpdateContext<'_>) {
        self.is_typing = false;
        self.query.set(&place.query);
        self.grouping = place.grouping;
        self.top = place.top;
        self.wanted = place.selected;
        // A search of another view meanwhile ended this one's.
        self.search_again(cx);
    }
}
