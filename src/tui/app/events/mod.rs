//! Events: the reports grouped by what they tell, as sections of the list, and what the reader moves.
//!
//! The worker groups once all is read; what the reader moved is applied here and kept. A filter shows a flat list, and so do reports
//! that are all of one event, or each of its own.

mod pick;
mod why;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::article::ArticleId;
use crate::compare::Sides;
use crate::library::event::{Events, MOST, Moved};
use crate::state::EventMove;

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::view::list::ITEM_HEIGHT;
use super::super::worker::Job;
use super::{App, View};
pub use pick::Picker;
pub use why::{Reason, Reasons};

/// Fewer reports than this are told apart at a glance.
const LEAST: usize = 3;
/// Reports of the list that stand under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The row of the first.
    pub first: usize,
    /// The event; none for the reports that are each alone in theirs.
    pub group: Option<usize>,
    /// How many.
    pub reports: usize,
    /// What the heading says of the event, once it was on the screen.
    pub title: Option<Title>,
}

/// What the heading of an event says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// The first and the last day of its reports.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// What they are about.
    pub names: Vec<String>,
}

/// The events that the reports are of.
#[derive(Clone, Debug, Default)]
pub struct Grouping {
    found: Option<Arc<Events>>,
    /// The reports of each event.
    pub groups: Vec<Vec<usize>>,
    /// The event of each report.
    of: Vec<usize>,
    /// The parts of the list; none where it is flat.
    pub sections: Vec<Section>,
    asked: bool,
}

/// A report of the list on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its row.
    pub row: usize,
    /// Lines from the top of the list to it, or to the heading over it.
    pub y: usize,
    /// The section that begins with it.
    pub section: Option<usize>,
}

impl Grouping {
    /// Returns the reports of the event of `report`, itself among them.
    pub fn event_of(&self, report: usize) -> &[usize] {
        let group = self
            .of
            .get(report)
            .and_then(|&group| self.groups.get(group));
        group.map_or(&[], Vec::as_slice)
    }

    /// Returns how many events there are.
    pub fn count(&self) -> usize {
        self.groups.len()
    }

    /// Returns the section that begins at `row`.
    pub fn section_at(&self, row: usize) -> Option<usize> {
        let found = self
            .sections
            .binary_search_by_key(&row, |section| section.first);
        found.ok()
    }

    /// Returns the section that `row` stands in.
    fn section_of(&self, row: usize) -> Option<usize> {
        let after = self
            .sections
            .partition_point(|section| section.first <= row);
        after.checked_sub(1)
    }

    /// Returns the lines that a row of the list takes, with the heading over it.
    fn lines(&self, row: usize) -> usize {
        ITEM_HEIGHT + usize::from(self.section_at(row).is_some())
    }

    /// Returns `order` event by event, the event of its first report first and single reports last, and keeps the sections.
    pub fn arrange(&mut self, order: Vec<usize>) -> Vec<usize> {
        self.sections.clear();
        let together = self.groups.iter().any(|group| group.len() > 1);
        if !together || self.groups.len() < 2 || order.len() != self.of.len() {
            return order;
        }
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); self.groups.len()];
        let (mut events, mut alone) = (Vec::new(), Vec::new());
        for report in order {
            let group = self.of.get(report).copied().unwrap_or(0);
            if self.groups.get(group).is_some_and(|group| group.len() > 1) {
                if rows[group].is_empty() {
                    events.push(group);
                }
                rows[group].push(report);
            } else {
                alone.push(report);
            }
        }
        let mut arranged = Vec::with_capacity(self.of.len());
        for group in events {
            self.begin(arranged.len(), Some(group), rows[group].len());
            arranged.append(&mut rows[group]);
        }
        if !alone.is_empty() {
            self.begin(arranged.len(), None, alone.len());
            arranged.append(&mut alone);
        }
        arranged
    }

    fn begin(&mut self, first: usize, group: Option<usize>, reports: usize) {
        self.sections.push(Section {
            first,
            group,
            reports,
            title: None,
        });
    }

    fn set(&mut self, groups: Vec<Vec<usize>>, reports: usize) {
        self.of = vec![0; reports];
        for (number, group) in groups.iter().enumerate() {
            for &report in group {
                if let Some(of) = self.of.get_mut(report) {
                    *of = number;
                }
            }
        }
        self.groups = groups;
    }
}

impl App {
    /// Asks for the events when all reports were read.
    pub(super) fn ask_events(&mut self) -> Vec<Effect> {
        let reports = self.library.entries.len();
        if !self.progress.finished || self.events.asked || reports < LEAST {
            return Vec::new();
        }
        self.events.asked = true;
        if reports > MOST {
            self.say(format!(
                "more than {MOST} reports are not grouped into events"
            ));
            return Vec::new();
        }
        vec![Effect::Compute(Job::Events(self.library.entries.clone()))]
    }

    /// Takes the worker's events, unless more reports have come since.
    pub(super) fn grouped(&mut self, reports: usize, found: Arc<Events>) {
        if reports == self.library.entries.len() {
            self.events.found = Some(found);
            self.regroup();
        }
    }

    /// Forgets the events: reports came that they do not know.
    pub(super) fn ungroup(&mut self) {
        self.events = Grouping::default();
    }

    /// Applies what the reader moved and shows the list anew.
    fn regroup(&mut self) {
        let Some(found) = self.events.found.clone() else {
            return;
        };
        let reports = &self.library.entries;
        let numbers: HashMap<ArticleId, usize> = reports
            .iter()
            .enumerate()
            .map(|(number, report)| (report.summary.id, number))
            .collect();
        let groups = found.groups(|number| {
            let id = reports.get(number)?.summary.id;
            match self.state.event_move(id)? {
                EventMove::Out => Some(Moved::Out),
                EventMove::Into(other) => numbers.get(&other).copied().map(Moved::Into),
            }
        });
        self.events.set(groups, reports.len());
        if self.list.filter.is_empty() {
            self.show_all();
        }
    }

    /// Shows every report, in sections where there are events.
    pub(super) fn show_all(&mut self) {
        self.filtered = None;
        let order = self.list.sorted(&self.library.entries);
        let order = self.events.arrange(order);
        self.list.show(order);
    }

    /// Brings the selected report onto the screen, and says what the headings there say.
    pub(super) fn prepare_list(&mut self) {
        let (selected, total) = (self.list.selected, self.list.order.len());
        if self.events.sections.is_empty() {
            let rows = self.list_rows();
            self.list.scroll.show(selected, rows, total);
            return;
        }
        let height = usize::from(self.panes().list.height).max(ITEM_HEIGHT);
        let lines = |row: usize| self.events.lines(row);
        let top = self.list.scroll.top.min(selected);
        let mut top = top.max(selected.saturating_sub(height / ITEM_HEIGHT));
        let mut needed: usize = (top..=selected).map(lines).sum();
        while needed > height && top < selected {
            needed -= lines(top);
            top += 1;
        }
        if total.saturating_sub(top) * ITEM_HEIGHT < height {
            let mut used: usize = (top..total).map(lines).sum();
            while top > 0 && used + lines(top - 1) <= height {
                top -= 1;
                used += lines(top);
            }
        }
        self.list.scroll.top = top;
        self.name_sections();
    }

    fn name_sections(&mut self) {
        let Some(found) = self.events.found.clone() else {
            return;
        };
        for section in self
            .placed()
            .into_iter()
            .filter_map(|placed| placed.section)
        {
            let Some(Section {
                group: Some(group),
                title: None,
                ..
            }) = self.events.sections.get(section)
            else {
                continue;
            };
            let group = self.events.groups.get(*group).cloned().unwrap_or_default();
            let days = group
                .iter()
                .filter_map(|&number| self.summary(number)?.date());
            let title = Title {
                days: days.clone().min().zip(days.max()),
                names: found.names(&self.library.entries, &group),
            };
            if let Some(section) = self.events.sections.get_mut(section) {
                section.title = Some(title);
            }
        }
    }

    /// Returns the reports of the list that are on the screen, as drawn and as clicked on.
    pub fn placed(&self) -> Vec<Placed> {
        let height = usize::from(self.panes().list.height);
        let mut y = 0;
        let rows = self.list.scroll.top..self.list.order.len();
        let mut placed = Vec::new();
        for row in rows {
            if y >= height {
                break;
            }
            let section = self.events.section_at(row);
            placed.push(Placed { row, y, section });
            y += self.events.lines(row);
        }
        placed
    }

    /// Returns the selected report and the next of its event, or the one before where it is the last.
    pub(super) fn event_pair(&self) -> Option<Sides<usize>> {
        let selected = self.list.current()?;
        let event = self.in_list_order(self.events.event_of(selected));
        let at = event.iter().position(|&report| report == selected)?;
        let before = || at.checked_sub(1).and_then(|at| event.get(at));
        let other = event.get(at + 1).or_else(before)?;
        Some(Sides::new(selected, *other))
    }

    /// Returns the other reports, those of the event of `report` first.
    pub(super) fn event_first(&self, report: usize) -> Vec<usize> {
        let mut event = self.in_list_order(self.events.event_of(report));
        let near: HashSet<usize> = event.iter().copied().collect();
        let rest = self.list.order.iter().copied();
        event.extend(rest.filter(|other| !near.contains(other)));
        event.retain(|&other| other != report);
        event
    }

    /// Returns the reports of the event of the selected report as the list has them.
    pub(super) fn selected_event(&self) -> Vec<usize> {
        let selected = self.list.current();
        selected.map_or_else(Vec::new, |selected| {
            self.in_list_order(self.events.event_of(selected))
        })
    }

    fn in_list_order(&self, reports: &[usize]) -> Vec<usize> {
        let wanted: HashSet<usize> = reports.iter().copied().collect();
        let order = self.list.order.iter().copied();
        order.filter(|report| wanted.contains(report)).collect()
    }

    /// Takes the selected report out of its event, for good.
    pub(super) fn move_out(&mut self) -> Vec<Effect> {
        let Some(report) = self.list.current() else {
            return Vec::new();
        };
        if self.events.event_of(report).len() < 2 {
            self.say("it stands alone already");
            return Vec::new();
        }
        self.keep_move(
            report,
            EventMove::Out,
            "taken out of its event; kept for the next time",
        )
    }

    /// Puts the selected report into the event of the report marked last, or into the one above.
    pub(super) fn move_in(&mut self) -> Vec<Effect> {
        let Some(report) = self.list.current() else {
            return Vec::new();
        };
        let own = self.events.event_of(report);
        let marked = self
            .list
            .marked
            .last()
            .filter(|marked| !own.contains(marked));
        let above = || {
            let section = self.events.section_of(self.list.selected)?.checked_sub(1)?;
            let group = self.events.sections.get(section)?.group?;
            self.events.groups.get(group)?.first()
        };
        let Some(&target) = marked.or_else(above) else {
            self.say("there is no event above; mark a report of the one that is meant");
            return Vec::new();
        };
        let event = self.events.event_of(target).iter();
        let id = |number: &usize| self.summary(*number).map(|summary| summary.id);
        // One that was not moved itself stays where it is.
        let settled = event
            .filter_map(id)
            .find(|&id| self.state.event_move(id).is_none());
        match settled.or_else(|| id(&target)) {
            Some(other) => self.keep_move(
                report,
                EventMove::Into(other),
                "put into that event; kept for the next time",
            ),
            None => Vec::new(),
        }
    }

    fn keep_move(&mut self, report: usize, to: EventMove, words: &str) -> Vec<Effect> {
        if self.events.found.is_none() {
            self.say("the reports are not grouped into events");
            return Vec::new();
        }
        if let Some(id) = self.summary(report).map(|summary| summary.id) {
            self.state.set_event_move(id, Some(to));
        }
        self.list.moved = true;
        self.regroup();
        self.say(words);
        vec![Effect::Save]
    }

    /// Does what a key of the list asks for that is about events.
    pub(super) fn event_action(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Why => self.explain(),
            Action::MoveOut => return self.move_out(),
            Action::MoveIn => return self.move_in(),
            _ => self.idle(action),
        }
        Vec::new()
    }

    /// Whether the list stands in sections on the screen.
    pub fn in_sections(&self) -> bool {
        self.view == View::Browse && !self.events.sections.is_empty()
    }
}

#[cfg(test)]
mod tests;
