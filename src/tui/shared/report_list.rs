//! The list of reports: which it shows, in which order, and which are selected and marked.

use std::cmp::Ordering;

use crate::config::SortKey;
use crate::library::{LibraryEntry, ReportNo, ReportSummary};
use crate::text::fold;
use crate::tui::scroll::moved;

/// The list of reports.
#[derive(Clone, Debug, Default)]
pub struct ReportList {
    /// Report numbers as shown, top to bottom.
    pub order: Vec<ReportNo>,
    /// The selected row.
    pub selected: usize,
    /// The fact that it is sorted by.
    pub sort: SortKey,
    /// Whether the order is reversed.
    pub reversed: bool,
    /// Reports marked for comparison, in the order of marking.
    pub marked: Vec<ReportNo>,
    /// Whether the reader chose the selected report.
    pub moved: bool,
    /// All reports as they were last sorted, and how: with each letter of a filter other ones are picked out of them.
    last_sorted: Option<(SortKey, bool, Vec<ReportNo>)>,
}

impl ReportList {
    /// Returns an empty list that will be sorted like this.
    pub fn new(sort: SortKey, reversed: bool) -> Self {
        Self {
            sort,
            reversed,
            ..Self::default()
        }
    }

    /// Returns the number of the selected report.
    pub fn current(&self) -> Option<ReportNo> {
        self.order.get(self.selected).copied()
    }

    /// Shows `order`, keeping the selected report selected where it is still shown; the top stays selected while the reader
    /// has not moved, whatever streams in above it.
    pub fn show(&mut self, order: Vec<ReportNo>) {
        let current = self.current().filter(|_| self.moved);
        self.order = order;
        let kept = current.and_then(|report| self.order.iter().position(|&shown| shown == report));
        self.selected = kept.unwrap_or(0);
    }

    /// Selects `report` if it is shown.
    pub fn select(&mut self, report: ReportNo) {
        if let Some(row) = self.order.iter().position(|&shown| shown == report) {
            self.select_row(row);
        }
    }

    /// Selects a row.
    pub fn select_row(&mut self, row: usize) {
        self.selected = row;
        self.moved = true;
    }

    /// Moves the selection by `rows`.
    pub fn move_by(&mut self, rows: isize) {
        self.select_row(moved(self.selected, rows, self.order.len()));
    }

    /// Marks a report for comparison, or takes the mark away.
    pub fn toggle_mark(&mut self, report: ReportNo) {
        match self.marked.iter().position(|&marked| marked == report) {
            Some(at) => {
                self.marked.remove(at);
            }
            None => self.marked.push(report),
        }
    }

    /// Returns all reports in the chosen order; equal ones stay in the order they were read.
    pub fn sorted(&self, reports: &[LibraryEntry]) -> Vec<ReportNo> {
        let mut order: Vec<ReportNo> = (0..reports.len()).map(ReportNo).collect();
        order.sort_by(|&a, &b| self.compare(reports, a, b));
        order
    }

    /// Remembers the order of the list, which shows all `reports` as sorted, before some of them are shown.
    pub fn keep_order(&mut self, reports: usize) {
        if self.order.len() == reports {
            self.last_sorted = Some((self.sort, self.reversed, self.order.clone()));
        }
    }

    /// Returns `some` of the reports in the chosen order. All are sorted once for it: with each key typed it is other ones.
    pub fn pick_sorted(&mut self, reports: &[LibraryEntry], some: &[ReportNo]) -> Vec<ReportNo> {
        let all = match self.last_sorted.take() {
            Some((sort, reversed, all))
                if (sort, reversed, all.len()) == (self.sort, self.reversed, reports.len()) =>
            {
                all
            }
            _ => self.sorted(reports),
        };
        let mut is_in = vec![false; reports.len()];
        for &report in some {
            if let Some(is_in) = is_in.get_mut(report.0) {
                *is_in = true;
            }
        }
        let wanted = |report: &ReportNo| is_in.get(report.0).copied().unwrap_or_default();
        let sorted = all.iter().copied().filter(wanted).collect();
        self.last_sorted = Some((self.sort, self.reversed, all));
        sorted
    }

    /// Puts the reports from number `from` on into their places in the list, which shows all others as sorted.
    pub fn insert_sorted(&mut self, reports: &[LibraryEntry], from: usize) {
        let mut order = self.order.clone();
        order.extend((from..reports.len()).map(ReportNo));
        // The old part is one run already, so that the standard library's sort merges the new reports into it.
        order.sort_by(|&a, &b| self.compare(reports, a, b));
        self.show(order);
    }

    fn compare(&self, reports: &[LibraryEntry], a: ReportNo, b: ReportNo) -> Ordering {
        let (Some(a), Some(b)) = (reports.get(a.0), reports.get(b.0)) else {
            return Ordering::Equal;
        };
        let ordering = compare(self.sort, &a.summary, &b.summary);
        if self.reversed {
            ordering.reverse()
        } else {
            ordering
        }
    }
}

/// Newest first, longest first, names from A; what is unknown comes last.
fn compare(sort: SortKey, a: &ReportSummary, b: &ReportSummary) -> Ordering {
    match sort {
        SortKey::Date => b.published.cmp(&a.published),
        SortKey::Outlet => {
            let [a, b] = [&a.outlet, &b.outlet].map(|it| it.as_deref().map(folded));
            match (a, b) {
                (Some(a), Some(b)) => a.cmp(b),
                (a, b) => a.is_none().cmp(&b.is_none()),
            }
        }
        SortKey::Headline => folded(&a.label).cmp(folded(&b.label)),
        SortKey::Length => b.words.cmp(&a.words),
    }
}

/// The letters of a name as they are sorted: case and accents do not count.
fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().map(fold::fold_char)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;

    fn report(date: &str, outlet: &str) -> LibraryEntry {
        let text = format!(
            "Date: {date}\nOutlet: {outlet}\n\nThe tariffs on steel stay, the minister said on Monday."
        );
        LibraryEntry::new(ingest::article_from_text("a.txt", &text))
    }

    #[test]
    fn what_streams_in_is_merged_into_its_place() {
        let reports: Vec<LibraryEntry> = ["2025-09-03", "2025-09-01", "2025-09-05", "2025-09-02"]
            .map(|date| report(date, "The Gazette"))
            .into();
        let mut list = ReportList::default();
        list.show(list.sorted(&reports[..2]));
        list.insert_sorted(&reports, 2);
        assert_eq!(list.order, list.sorted(&reports));
        assert_eq!(list.order, [2, 0, 3, 1].map(ReportNo));
    }

    #[test]
    fn an_unknown_outlet_comes_last_either_way_round_of_case() {
        let reports = [
            report("2025-09-03", "the Star"),
            report("2025-09-03", "The Gazette"),
        ];
        let list = ReportList::new(SortKey::Outlet, false);
        assert_eq!(list.sorted(&reports), [1, 0].map(ReportNo));
    }
}
