//! Choosing the right side of a comparison from a list, the reports of the same event first.

use crate::compare::Sides;

use super::super::super::effect::Effect;
use super::super::super::key::Key;
use super::super::super::prompt::{Prompt, Typed};
use super::super::super::worker::{Filtered, Job};
use super::super::browse::rows_of;
use super::super::{App, Line, Overlay};

/// The reports that the right side of a comparison is chosen from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picker {
    /// What is typed.
    pub prompt: Prompt,
    /// The reports that match.
    pub found: Vec<usize>,
    /// Which of them is chosen.
    pub selected: usize,
}

impl App {
    /// Opens the list that the right side of the comparison is chosen from.
    pub(in super::super) fn open_picker(&mut self) {
        let Some(reports) = self.comparing.as_ref().map(|comparing| comparing.reports) else {
            return;
        };
        let found = self.event_first(reports.left);
        let selected = found.iter().position(|&report| report == reports.right);
        self.open_overlay(Overlay::Pick(Picker {
            prompt: Prompt::default(),
            selected: selected.unwrap_or(0),
            found,
        }));
        self.line = Some(Line::Pick);
    }

    pub(in super::super) fn pick_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(Overlay::Pick(picker)) = &mut self.overlay else {
            self.line = None;
            return Vec::new();
        };
        if let Some(rows) = rows_of(key) {
            let last = picker.found.len().saturating_sub(1);
            picker.selected = picker.selected.saturating_add_signed(rows).min(last);
            return Vec::new();
        }
        match picker.prompt.key(key) {
            Typed::Edited => return self.pick_typed(),
            Typed::Submitted => return self.pick(),
            Typed::Cancelled => {
                self.overlay = None;
                self.line = None;
                return self.refilter();
            }
            Typed::Kept | Typed::Other => {}
        }
        Vec::new()
    }

    pub(in super::super) fn pick_paste(&mut self, text: &str) -> Vec<Effect> {
        if let Some(Overlay::Pick(picker)) = &mut self.overlay {
            picker.prompt.paste(text);
        }
        self.pick_typed()
    }

    fn pick_typed(&mut self) -> Vec<Effect> {
        let left = self
            .comparing
            .as_ref()
            .map(|comparing| comparing.reports.left);
        let all = left.map_or_else(Vec::new, |left| self.event_first(left));
        let Some(Overlay::Pick(picker)) = &mut self.overlay else {
            return Vec::new();
        };
        picker.selected = 0;
        if picker.prompt.is_empty() {
            picker.found = all;
        }
        vec![Effect::Compute(Job::Filter(
            picker.prompt.text().to_owned(),
        ))]
    }

    /// Takes the worker's answer to what was typed to choose a report; whether it was one.
    pub(in super::super) fn picked_from(&mut self, filtered: &Filtered) -> bool {
        let left = self
            .comparing
            .as_ref()
            .map(|comparing| comparing.reports.left);
        match &mut self.overlay {
            Some(Overlay::Pick(picker)) if picker.prompt.text() == filtered.query => {
                let chosen = picker.found.get(picker.selected).copied();
                let chosen = chosen.filter(|_| picker.selected > 0);
                picker.found.clone_from(&filtered.reports);
                picker.found.retain(|&report| Some(report) != left);
                let row = picker.found.iter().position(|&row| Some(row) == chosen);
                picker.selected = row.unwrap_or(0);
                true
            }
            _ => false,
        }
    }

    fn pick(&mut self) -> Vec<Effect> {
        self.line = None;
        let Some(Overlay::Pick(picker)) = self.overlay.take() else {
            return Vec::new();
        };
        let left = self
            .comparing
            .as_ref()
            .map(|comparing| comparing.reports.left);
        let mut effects = self.refilter();
        if let (Some(left), Some(&right)) = (left, picker.found.get(picker.selected)) {
            effects.extend(self.compare_reports(Sides::new(left, right)));
        }
        effects
    }

    /// Filters the list anew: what was typed to choose a report ended the search for it.
    fn refilter(&mut self) -> Vec<Effect> {
        match self.list.filter.is_empty() {
            true => Vec::new(),
            false => self.reorder(),
        }
    }
}
