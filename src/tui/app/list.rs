//! The list: which reports it shows, in which order, and which one is selected.

use std::cmp::Ordering;

use crate::config::SortKey;
use crate::library::{LibraryEntry, ReportSummary};
use crate::text::fold;

use super::super::scroll::Scroll;

/// The list of reports.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// Report numbers as shown, top to bottom.
    pub order: Vec<usize>,
    /// Which row is selected.
    pub selected: usize,
    /// What part is on the screen, in rows of one report each.
    pub scroll: Scroll,
    /// What it is sorted by.
    pub sort: SortKey,
    /// Whether the order is turned round.
    pub reversed: bool,
    /// The filter as typed; empty shows every report.
    pub filter: String,
    /// Reports marked for comparison, in the order of marking.
    pub marked: Vec<usize>,
    /// Whether the reader chose the selected report.
    pub moved: bool,
    /// The report that was selected when the filter was opened, until another is chosen: Esc goes back to it.
    pub before_filter: Option<usize>,
    /// All reports as they were last sorted, and how.
    pub(super) known: Option<(SortKey, bool, Vec<usize>)>,
}

impl List {
    /// Returns the number of the selected report.
    pub fn current(&self) -> Option<usize> {
        self.order.get(self.selected).copied()
    }

    /// Shows `order`, keeping the selected report selected where it is still shown; the top stays selected while the reader
    /// has not moved, whatever streams in above it.
    pub fn show(&mut self, order: Vec<usize>) {
        let current = self.current().filter(|_| self.moved);
        self.order = order;
        let kept = current.and_then(|report| self.order.iter().position(|&shown| shown == report));
        self.selected = kept.unwrap_or(0);
    }

    /// Selects `report` if it is shown.
    pub fn select(&mut self, report: usize) {
        if let Some(row) = self.order.iter().position(|&shown| shown == report) {
            self.selected = row;
            self.moved = true;
        }
    }

    /// Moves the selection by `rows`.
    pub fn by(&mut self, rows: isize) {
        self.moved = true;
        self.selected = self
            .selected
            .saturating_add_signed(rows)
            .min(self.order.len().saturating_sub(1));
    }

    /// Marks a report for comparison, or takes the mark away.
    pub fn toggle_mark(&mut self, report: usize) {
        match self.marked.iter().position(|&marked| marked == report) {
            Some(at) => {
                self.marked.remove(at);
            }
            None => self.marked.push(report),
        }
    }

    /// Returns all reports in the chosen order; equal ones stay in the order they were read.
    pub fn sorted(&self, reports: &[LibraryEntry]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..reports.len()).collect();
        order.sort_by(|&a, &b| self.compare(reports, a, b));
        order
    }

    /// Remembers the order of the list, which shows all `reports` as sorted, before some of them are shown.
    pub fn know_order(&mut self, reports: usize) {
        if self.order.len() == reports {
            self.known = Some((self.sort, self.reversed, self.order.clone()));
        }
    }

    /// Returns `some` of the reports in the chosen order. All are sorted once for it: with each key typed it is other ones.
    pub fn as_sorted(&mut self, reports: &[LibraryEntry], some: &[usize]) -> Vec<usize> {
        let all = match self.known.take() {
            Some((sort, reversed, all))
                if (sort, reversed, all.len()) == (self.sort, self.reversed, reports.len()) =>
            {
                all
            }
            _ => self.sorted(reports),
        };
        let mut is_in = vec![false; reports.len()];
        for &report in some {
            if let Some(is_in) = is_in.get_mut(report) {
                *is_in = true;
            }
        }
        let wanted = |report: &usize| is_in.get(*report).copied().unwrap_or_default();
        let sorted = all.iter().copied().filter(wanted).collect();
        self.known = Some((self.sort, self.reversed, all));
        sorted
    }

    /// Returns `order`, which is sorted, with the reports from number `from` on in their places: a library that streams in
    /// is merged batch by batch, not sorted anew for each.
    pub fn merged(&self, reports: &[LibraryEntry], order: &[usize], from: usize) -> Vec<usize> {
        let mut new: Vec<usize> = (from..reports.len()).collect();
        new.sort_by(|&a, &b| self.compare(reports, a, b));
        let mut merged = Vec::with_capacity(order.len() + new.len());
        let (mut old, mut new) = (order.iter().peekable(), new.iter().peekable());
        loop {
            let next = match (old.peek(), new.peek()) {
                (Some(&&a), Some(&&b)) if self.compare(reports, a, b).is_le() => old.next(),
                (_, Some(_)) => new.next(),
                (Some(_), None) => old.next(),
                (None, None) => return merged,
            };
            merged.extend(next);
        }
    }

    fn compare(&self, reports: &[LibraryEntry], a: usize, b: usize) -> Ordering {
        let (Some(a), Some(b)) = (reports.get(a), reports.get(b)) else {
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
        SortKey::Date => known_first(a.published, b.published, |a, b| b.cmp(a)),
        SortKey::Outlet => known_first(a.outlet.as_deref(), b.outlet.as_deref(), |a, b| {
            folded(a).cmp(folded(b))
        }),
        SortKey::Headline => folded(&a.label).cmp(folded(&b.label)),
        SortKey::Length => b.words.cmp(&a.words),
    }
}

/// The letters of a name as they are sorted: case and accents do not count.
fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().map(fold::fold_char)
}

fn known_first<T>(a: Option<T>, b: Option<T>, both: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => both(&a, &b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
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
        let list = List::default();
        let merged = list.merged(&reports, &list.sorted(&reports[..2]), 2);
        assert_eq!(merged, list.sorted(&reports));
        assert_eq!(merged, [2, 0, 3, 1]);
    }

    #[test]
    fn an_unknown_outlet_comes_last_either_way_round_of_case() {
        let reports = [
            report("2025-09-03", "the Star"),
            report("2025-09-03", "The Gazette"),
        ];
        let list = List {
            sort: SortKey::Outlet,
            ..List::default()
        };
        assert_eq!(list.sorted(&reports), [1, 0]);
    }
}
