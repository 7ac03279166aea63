//! The place of the reader in the list and in a report, and the way back to it.

use crate::filter::Query;
use crate::library::ReportNo;
use crate::text::Span;
use crate::tui::shared::Shared;
use crate::tui::view::UpdateContext;
use crate::tui::view::report_mark::ReportMark;

use super::Browse;
use super::layout::Pane;
use super::reader_pane::ReaderPane;

/// The place of the reader in the list and in the report beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct BrowsePlace {
    /// The pane that has the keys.
    pub focus: Pane,
    /// The filter of the list.
    pub filter: String,
    /// The selected report.
    pub report: Option<ReportNo>,
    zoomed: bool,
    list_top: usize,
    reader: ReaderPlace,
}

/// The place of the reader in a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ReaderPlace {
    /// The first byte on the screen.
    offset: usize,
    focus: Option<ReportMark>,
    passage: Option<Span>,
    /// The words of the search that was typed, and the number of the hit in focus.
    search: Option<(String, usize)>,
}

impl Browse {
    /// Returns the place of the reader.
    pub fn place(&self, shared: &Shared) -> BrowsePlace {
        BrowsePlace {
            focus: self.focus,
            filter: self.list.filter.clone(),
            report: shared.list.current(),
            zoomed: self.zoomed,
            list_top: self.list.scroll.top,
            reader: self.reader.place_in_report(),
        }
    }

    /// Shows a place as it was left.
    pub fn restore(&mut self, place: BrowsePlace, cx: &mut UpdateContext<'_>) {
        (self.focus, self.zoomed) = (place.focus, place.zoomed);
        let is_filtered = self.list.filter == place.filter && self.list.is_filtered(cx.shared);
        if !is_filtered {
            self.list.filter = place.filter;
            // The answer to the filter comes later and brings its own selection.
            let is_waiting = !Query::parse(&self.list.filter).is_empty();
            self.list.wanted = place.report.filter(|_| is_waiting);
            self.list.search(cx);
        }
        self.list.scroll.top = place.list_top;
        if let Some(report) = place.report {
            cx.shared.list.select(report);
            self.returning = Some((report, place.reader));
        }
    }

    /// Goes back to the place in the report that was left, once that report is open.
    pub(super) fn return_to_place(&mut self, shared: &Shared) {
        let Some((report, place)) = self.returning.take() else {
            return;
        };
        if self.reader.report == Some(report) {
            let opened = self.reader.open_report(shared);
            if let Some(text) = opened.map(|report| report.article.text.clone()) {
                self.reader.return_to(place, &text);
            }
        } else if self.list.wanted.is_some() || shared.list.current() == Some(report) {
            self.returning = Some((report, place));
        }
    }
}

impl ReaderPane {
    fn place_in_report(&self) -> ReaderPlace {
        let typed = self.search.as_ref();
        ReaderPlace {
            offset: self.place,
            focus: self.focus,
            passage: self.passage,
            search: typed.map(|search| (search.words.clone(), search.current)),
        }
    }

    fn return_to(&mut self, place: ReaderPlace, text: &str) {
        if let Some((words, current)) = place.search {
            // A search that came from the filter is there again already.
            let is_there = self.search.as_ref().is_some_and(|it| it.words == words);
            if !is_there {
                self.search_for(text, &words);
            }
            if let Some(search) = &mut self.search {
                search.current = current.min(search.hits.len().saturating_sub(1));
            }
        }
        (self.focus, self.passage) = (place.focus, place.passage);
        self.place = place.offset;
        self.scroll_to_place();
    }
}
