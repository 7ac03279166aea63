//! The state that every view knows: the reports, the list and its marks, the settings, and what the workers found for all.

mod comparisons;
pub mod event_groups;
pub mod report_list;
mod undo;

use std::collections::HashSet;
use std::sync::Arc;

use ratatui::layout::Rect;

use crate::annotate::{Annotations, Annotator};
use crate::article::ArticleId;
use crate::compare::Sides;
use crate::config::Config;
use crate::library::{Library, Report, ReportNo, ReportSummary};
use crate::report::PrintOptions;
use crate::state::ReaderState;

use super::action::{Action, KeyContext};
use super::event::Progress;
use super::keymap::Keymap;
use super::theme::{ColorDepth, Theme, Themes};
pub use comparisons::Comparisons;
use event_groups::EventGroups;
use report_list::ReportList;
pub use undo::{UndoStep, UndoneChange};

/// A report shorter than this, in bytes, is read and annotated at once; a longer one by the worker, so that no key waits for it.
pub const AT_ONCE: usize = 512 * 1024;

/// The way in which the right report of a comparison was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RightChoice {
    /// By the reader, or because there are only two.
    Known,
    /// It is the selected report, and the left one is marked.
    Selected,
    /// It stands next to the left one in the same event.
    SameEvent,
    /// It is the report most similar to the left one.
    Closest,
    /// It stands next to the left one in the list.
    NextInList,
}

impl RightChoice {
    /// Returns what the right report is; `None` where the reader knows.
    pub fn words(self) -> Option<&'static str> {
        match self {
            RightChoice::Known => None,
            RightChoice::Selected => Some("the selected report; A is the marked one"),
            RightChoice::SameEvent => Some("the next report of its event"),
            RightChoice::Closest => Some("the most similar report"),
            RightChoice::NextInList => Some("the next report in the list"),
        }
    }
}

/// The state that every view knows.
#[derive(Debug)]
pub struct Shared {
    /// The reports.
    pub library: Library,
    /// Makes their marks.
    pub annotator: Arc<Annotator>,
    /// The settings as they are now.
    pub config: Config,
    /// The keys.
    pub keymap: Keymap,
    /// The themes to choose from.
    pub themes: Themes,
    /// The colours that the terminal has.
    pub depth: ColorDepth,
    /// The theme in use.
    pub theme: Theme,
    /// Read marks, places and decisions of the reader, of this time and before.
    pub state: ReaderState,
    /// The screen.
    pub screen: Rect,
    /// Progress of reading.
    pub progress: Progress,
    /// The list of reports: its order, and the reports selected and marked in it.
    pub list: ReportList,
    /// The events that the reports are of.
    pub events: EventGroups,
    /// Comparisons made so far.
    pub comparisons: Comparisons,
    /// Decisions that can be taken back, the last one last.
    pub undo: Vec<UndoStep>,
    /// Long reports that a worker was asked to read.
    pub(super) being_read: HashSet<ReportNo>,
}

impl Shared {
    /// Returns the report of this number, if it is open: those on the screen are, unless they cannot be read any more.
    pub fn report(&self, number: ReportNo) -> Option<&Report> {
        self.library.report(number)
    }

    /// Returns what is known of a report without its text.
    pub fn summary(&self, number: ReportNo) -> Option<&ReportSummary> {
        self.library.summary(number)
    }

    /// Returns how files are written from here.
    pub fn print_options(&self) -> PrintOptions {
        PrintOptions {
            measure: self.config.measure.into(),
            columns: None,
            painted: false,
        }
    }

    /// Returns how many reports there are.
    pub fn total(&self) -> usize {
        self.library.entries.len()
    }

    /// Returns the marks of an open report, made now if they were not made yet.
    pub fn annotations(&self, number: ReportNo) -> Option<&Annotations> {
        let report = self.report(number)?;
        Some(report.annotations(&self.annotator))
    }

    /// Returns the two reports that are compared wherever one is: the two marked last, or the only two there are.
    pub fn pair(&self) -> Option<Sides<ReportNo>> {
        match (self.list.marked.as_slice(), self.total()) {
            ([.., a, b], _) => Some(Sides::new(*a, *b)),
            (_, 2) => match self.list.order.as_slice() {
                [a, b, ..] => Some(Sides::new(*a, *b)),
                _ => Some(Sides::new(ReportNo(0), ReportNo(1))),
            },
            _ => None,
        }
    }

    /// Returns the two reports that are compared from the list: of only two the left one is the one marked, else the one selected.
    pub fn list_pair(&self) -> Option<Sides<ReportNo>> {
        let left = match (self.list.marked.as_slice(), self.total()) {
            ([only], 2) => *only,
            ([], 2) => self.list.current()?,
            _ => return self.pair(),
        };
        Some(Sides::new(left, ReportNo(usize::from(left.0 == 0))))
    }

    /// Returns the two reports to compare and how the right one was chosen; `None` where there is only one report. The left one is
    /// the selected report, or the one that is marked.
    pub fn chosen_pair(&self) -> Option<(Sides<ReportNo>, RightChoice)> {
        if let Some(pair) = self.list_pair() {
            return Some((pair, RightChoice::Known));
        }
        let selected = self.list.current()?;
        let marked = self.list.marked.first().copied();
        if let Some(marked) = marked.filter(|&marked| marked != selected) {
            return Some((Sides::new(marked, selected), RightChoice::Selected));
        }
        if let Some(pair) = self.event_pair() {
            return Some((pair, RightChoice::SameEvent));
        }
        let found = self.events.found.as_ref();
        if let Some(nearest) = found.and_then(|found| found.nearest(selected)) {
            return Some((Sides::new(selected, nearest), RightChoice::Closest));
        }
        let at = self.list.selected;
        let near = self.list.order.get(at + 1).copied();
        let near = near.or_else(|| self.list.order.get(at.checked_sub(1)?).copied());
        let other = || ReportNo(usize::from(selected.0 == 0));
        let right = near.unwrap_or_else(other);
        (self.total() > 1).then(|| (Sides::new(selected, right), RightChoice::NextInList))
    }

    /// Returns the identities of two reports.
    pub fn ids(&self, sides: Sides<ReportNo>) -> Option<Sides<ArticleId>> {
        sides.try_map(|number| Some(self.summary(number)?.id))
    }

    /// Returns the first key of an action in a context; where it has none, the command that does the same.
    pub fn key_in(&self, context: KeyContext, action: Action) -> String {
        let keys = self.keymap.keys_of(context, action);
        let first = keys.into_iter().next();
        first.unwrap_or_else(|| format!(":{}", action.name()))
    }

    /// Returns the selected report and the next of its event, or the one before where it is the last.
    pub fn event_pair(&self) -> Option<Sides<ReportNo>> {
        let selected = self.list.current()?;
        let event = self.selected_event();
        let at = event.iter().position(|&report| report == selected)?;
        let before = || at.checked_sub(1).and_then(|at| event.get(at));
        let other = event.get(at + 1).or_else(before)?;
        Some(Sides::new(selected, *other))
    }

    /// Returns the reports of the event of the selected report as the list has them.
    pub fn selected_event(&self) -> Vec<ReportNo> {
        let selected = self.list.current();
        selected.map_or_else(Vec::new, |selected| {
            self.in_list_order(self.events.event_of(selected))
        })
    }

    /// Returns the other reports, those of the event of `report` first.
    pub fn event_first(&self, report: ReportNo) -> Vec<ReportNo> {
        let mut event = self.in_list_order(self.events.event_of(report));
        let near: HashSet<ReportNo> = event.iter().copied().collect();
        let rest = self.list.order.iter().copied();
        event.extend(rest.filter(|other| !near.contains(other)));
        event.retain(|&other| other != report);
        event
    }

    fn in_list_order(&self, reports: &[ReportNo]) -> Vec<ReportNo> {
        let wanted: HashSet<ReportNo> = reports.iter().copied().collect();
        let order = self.list.order.iter().copied();
        order.filter(|report| wanted.contains(report)).collect()
    }

    /// Lists every report, in sections where there are events.
    pub fn list_all(&mut self) {
        let order = self.list.sorted(&self.library.entries);
        let order = self.events.arrange(order);
        self.list.show(order);
    }

    /// Switches to the next theme, and returns the words that say so.
    pub fn switch_theme(&mut self) -> String {
        let names = self.themes.names();
        let at = names.iter().position(|name| *name == self.theme.name);
        let next = names[at.map_or(0, |at| at + 1) % names.len()].to_owned();
        self.set_theme(&next)
    }

    /// Switches to the theme called `name`, and returns the words that say so, or what is wrong.
    pub fn set_theme(&mut self, name: &str) -> String {
        if !self.themes.names().contains(&name) {
            let names = self.themes.names().join(", ");
            return format!("unknown theme \"{name}\"; there are {names}");
        }
        match self.themes.theme(name, self.depth) {
            Ok(theme) => {
                self.theme = theme;
                format!("theme: {name}")
            }
            Err(errors) => errors
                .0
                .first()
                .map_or_else(String::new, ToString::to_string),
        }
    }
}
