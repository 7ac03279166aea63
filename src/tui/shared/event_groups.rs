//! Events: the reports grouped by what they tell, and the sections that the list shows of them.
//!
//! A worker groups once all is read; the reader's moves are applied here. A filter shows a flat list, and so do reports that are all
//! of one event, or each of its own.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::article::ArticleId;
use crate::library::event::{EventGrouping, ReportMove};
use crate::library::{LibraryEntry, ReportNo};
use crate::state::{EventMove, ReaderState};

/// Minimum number of reports that are grouped: fewer can be taken in at a glance.
pub const FEWEST_REPORTS: usize = 3;

/// Reports of the list that stand under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The row of the first.
    pub first: usize,
    /// The event; none for the reports that are each alone in theirs.
    pub group: Option<usize>,
    /// Number of reports.
    pub reports: usize,
    /// The words of the heading, once it was on the screen.
    pub title: Option<SectionTitle>,
}

/// The words of an event's heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionTitle {
    /// The first and the last day of its reports.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Names that its reports share.
    pub names: Vec<String>,
}

/// The events that the reports are of.
#[derive(Clone, Debug, Default)]
pub struct EventGroups {
    /// The worker's answer.
    pub found: Option<Arc<EventGrouping>>,
    /// The reports of each event.
    pub groups: Vec<Vec<ReportNo>>,
    /// The event of each report.
    event_numbers: Vec<usize>,
    /// The sections of the list; none where it is flat.
    pub sections: Vec<Section>,
    /// Whether a worker was asked for the events of these reports.
    pub asked: bool,
}

impl EventGroups {
    /// Returns the reports of the event of `report`, itself among them.
    pub fn event_of(&self, report: ReportNo) -> &[ReportNo] {
        let group = self.event_numbers.get(report.0);
        let group = group.and_then(|&group| self.groups.get(group));
        group.map_or(&[], Vec::as_slice)
    }

    /// Returns the first name in the heading of the event of `report`, if it was on the screen: names are found there.
    pub fn name(&self, report: ReportNo) -> Option<&str> {
        let event = self.event_of(report);
        let group = self.groups.iter().position(|group| group == event)?;
        let mut sections = self.sections.iter();
        let section = sections.find(|section| section.group == Some(group))?;
        let first = section.title.as_ref()?.names.first();
        first.map(String::as_str)
    }

    /// Returns the section that begins at `row`.
    pub fn section_at(&self, row: usize) -> Option<usize> {
        let first = |section: &Section| section.first;
        self.sections.binary_search_by_key(&row, first).ok()
    }

    /// Returns the event in the section above the one that holds `row`.
    pub fn event_above(&self, row: usize) -> Option<&[ReportNo]> {
        let after = self
            .sections
            .partition_point(|section| section.first <= row);
        let group = self.sections.get(after.checked_sub(2)?)?.group?;
        self.groups.get(group).map(Vec::as_slice)
    }

    /// Returns `order` event by event, the event of its first report first and single reports last, and keeps the sections.
    pub fn arrange(&mut self, order: Vec<ReportNo>) -> Vec<ReportNo> {
        self.sections.clear();
        let together = self.groups.iter().any(|group| group.len() > 1);
        if !together || self.groups.len() < 2 || order.len() != self.event_numbers.len() {
            return order;
        }
        let is_shared = |&group: &usize| self.groups.get(group).is_some_and(|all| all.len() > 1);
        let mut rows: IndexMap<Option<usize>, Vec<ReportNo>> = IndexMap::new();
        for report in order {
            let group = self.event_numbers.get(report.0).copied();
            rows.entry(group.filter(is_shared))
                .or_default()
                .push(report);
        }
        let alone = rows.shift_remove_entry(&None);
        let mut arranged = Vec::with_capacity(self.event_numbers.len());
        for (group, reports) in rows.into_iter().chain(alone) {
            self.sections.push(Section {
                first: arranged.len(),
                group,
                reports: reports.len(),
                title: None,
            });
            arranged.extend(reports);
        }
        arranged
    }

    /// Puts the names of events into their headings.
    pub fn name_sections(&mut self, named: Vec<(Vec<ReportNo>, Vec<String>)>) {
        for (group, names) in named {
            let is_named = |section: &&mut Section| {
                section.group.and_then(|number| self.groups.get(number)) == Some(&group)
            };
            let title = self.sections.iter_mut().find(is_named);
            if let Some(title) = title.and_then(|section| section.title.as_mut()) {
                title.names = names;
            }
        }
    }

    /// Groups the reports anew as the worker found them and the reader moved them; false where nothing was found yet.
    pub fn regroup(&mut self, entries: &[LibraryEntry], state: &ReaderState) -> bool {
        let Some(found) = self.found.clone() else {
            return false;
        };
        // Made for the first report that was moved into an event; most readers move none.
        let numbers: OnceCell<HashMap<ArticleId, ReportNo>> = OnceCell::new();
        let number = |id: ArticleId| {
            let numbers = numbers.get_or_init(|| {
                let ids = entries.iter().map(|entry| entry.summary.id);
                ids.zip((0..).map(ReportNo)).collect()
            });
            numbers.get(&id).copied()
        };
        self.groups = found.groups(|moved| {
            let id = entries.get(moved.0)?.summary.id;
            match state.event_move(id)? {
                EventMove::Out => Some(ReportMove::Out),
                EventMove::Into(other) => number(other).map(ReportMove::Into),
            }
        });
        self.event_numbers = vec![0; entries.len()];
        for (number, group) in self.groups.iter().enumerate() {
            for report in group {
                if let Some(event) = self.event_numbers.get_mut(report.0) {
                    *event = number;
                }
            }
        }
        true
    }
}
