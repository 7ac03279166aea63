//! The list: which reports it shows, in which order, and which one is selected.

use std::cmp::Ordering;

use crate::article::Article;
use crate::config::Sort;
use crate::library::Report;

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
    pub sort: Sort,
    /// Whether the order is turned round.
    pub reversed: bool,
    /// The filter as typed; empty shows every report.
    pub filter: String,
    /// Reports marked for comparison, in the order of marking.
    pub marked: Vec<usize>,
}

impl List {
    /// Returns the number of the selected report.
    pub fn current(&self) -> Option<usize> {
        self.order.get(self.selected).copied()
    }

    /// Shows `order`, keeping the selected report selected where it is still shown.
    pub fn show(&mut self, order: Vec<usize>) {
        let current = self.current();
        self.order = order;
        let kept = current.and_then(|report| self.order.iter().position(|&shown| shown == report));
        self.selected = kept.unwrap_or(0);
    }

    /// Selects `report` if it is shown.
    pub fn select(&mut self, report: usize) {
        if let Some(row) = self.order.iter().position(|&shown| shown == report) {
            self.selected = row;
        }
    }

    /// Moves the selection by `rows`.
    pub fn by(&mut self, rows: isize) {
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
    pub fn sorted(&self, reports: &[Report]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..reports.len()).collect();
        order.sort_by(|&a, &b| {
            let ordering = match (reports.get(a), reports.get(b)) {
                (Some(a), Some(b)) => compare(self.sort, &a.article, &b.article),
                _ => Ordering::Equal,
            };
            if self.reversed {
                ordering.reverse()
            } else {
                ordering
            }
        });
        order
    }
}

/// Newest first, longest first, names from A; what is unknown comes last.
fn compare(sort: Sort, a: &Article, b: &Article) -> Ordering {
    match sort {
        Sort::Date => known_first(published(a), published(b), |a, b| b.cmp(a)),
        Sort::Outlet => known_first(outlet(a), outlet(b), Ord::cmp),
        Sort::Headline => a.label.to_lowercase().cmp(&b.label.to_lowercase()),
        Sort::Length => b.words.cmp(&a.words),
    }
}

fn published(article: &Article) -> Option<crate::article::Published> {
    article.published.as_ref().map(|field| field.value)
}

fn outlet(article: &Article) -> Option<String> {
    article
        .outlet
        .as_ref()
        .map(|field| field.value.to_lowercase())
}

fn known_first<T>(a: Option<T>, b: Option<T>, both: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => both(&a, &b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
