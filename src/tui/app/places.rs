//! The way back: the places through which the reader came to the view on the screen, and all places visited before and after.
//!
//! Both are needed. Leaving a view goes to the place that it was opened from; the keys for older and newer places go through all
//! places in the order of the visits, as in vim.

use crate::tui::view::{Place, ViewKind, Views};

/// Places that are kept at most: more than anybody remembers.
const MOST_VISITS: usize = 100;

/// A visited place, and the way by which the reader came to it.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// The place.
    pub(super) place: Place,
    /// The places through which the reader came, the first one first.
    trail: Vec<Place>,
}

/// The view on the screen and the ways out of it.
#[derive(Debug)]
pub(super) struct Places {
    /// The view on the screen.
    pub(super) current: ViewKind,
    /// The places through which the reader came to it, the first one first; empty where the program started.
    trail: Vec<Place>,
    /// Places visited before this one, the last one last.
    older: Vec<Visit>,
    /// Places that the reader went back from, the next one last.
    newer: Vec<Visit>,
    /// Whether this update goes through the visits, which makes no new one.
    is_walking: bool,
}

impl Places {
    pub(super) fn new() -> Self {
        Self {
            current: ViewKind::Browse,
            trail: Vec::new(),
            older: Vec::new(),
            newer: Vec::new(),
            is_walking: false,
        }
    }

    /// Returns the place that leaving the view goes back to.
    pub(super) fn back(&self) -> Option<&Place> {
        self.trail.last()
    }

    /// Takes the place that leaving goes back to.
    pub(super) fn take_back(&mut self) -> Option<Place> {
        self.trail.pop()
    }

    /// Shows another view; leaving it goes back to `from`.
    pub(super) fn open(&mut self, kind: ViewKind, from: Place) {
        self.trail.push(from);
        self.current = kind;
    }

    /// Returns the visit that `place` is now.
    pub(super) fn visit(&self, place: Place) -> Visit {
        let trail = self.trail.clone();
        Visit { place, trail }
    }

    /// Keeps `before`, the visit that an update began with, if the update led elsewhere, `here`.
    pub(super) fn arrive(&mut self, before: Visit, here: &Place) {
        if std::mem::take(&mut self.is_walking) || before.place.is_same_view(here) {
            return;
        }
        let opens_report = before.place.is_list() && here.kind() == ViewKind::Browse;
        if opens_report {
            self.trail.push(before.place.clone());
        }
        // A view that one came through is gone back to: nobody wants to leave it twice.
        // A report is not: each view opens it at another passage.
        let is_report = here.kind() == ViewKind::Browse && !here.is_list();
        let known = self.trail.iter().position(|place| place.is_same_view(here));
        if let Some(known) = known.filter(|_| !is_report) {
            self.trail.truncate(known);
        }
        self.newer.clear();
        self.older.push(before);
        if self.older.len() > MOST_VISITS {
            self.older.remove(0);
        }
    }

    /// Goes back (-1) or forward (1) over the visits from `here`; returns the place to show.
    pub(super) fn walk(&mut self, by: isize, here: Place) -> Option<Place> {
        let here = self.visit(here);
        let (from, to) = match by > 0 {
            true => (&mut self.newer, &mut self.older),
            false => (&mut self.older, &mut self.newer),
        };
        let visit = from.pop()?;
        to.push(here);
        self.trail = visit.trail;
        self.is_walking = true;
        Some(visit.place)
    }
}

impl super::App {
    /// Returns the place of the reader now.
    pub(super) fn place(&self) -> Place {
        self.views.place(self.current(), &self.shared)
    }

    /// Shows a place as it was left.
    pub(super) fn show_place(&mut self, place: Place) {
        self.overlay = None;
        self.places.current = place.kind();
        self.with_context(|views, _, cx| views.restore(place, cx));
    }

    /// Goes back to the place that the view was opened from; false where the program started with it.
    pub(super) fn leave_view(&mut self) -> bool {
        let Some(place) = self.places.take_back() else {
            return false;
        };
        // The list moves along with the report beside it, and stays there.
        if self.current() == ViewKind::Browse && place.is_list() && self.shows_list_of(&place) {
            self.views.browse.leave_reader();
        } else {
            self.show_place(place);
        }
        true
    }

    fn shows_list_of(&self, place: &Place) -> bool {
        matches!(place, Place::Browse(list) if list.filter == self.views.browse.list.filter)
    }

    /// Goes to the place visited before this one (-1), or to the one that the reader went back from (1).
    pub(super) fn walk(&mut self, by: isize) {
        let here = self.place();
        match self.places.walk(by, here) {
            Some(place) => self.show_place(place),
            None if by > 0 => self.say("no newer place"),
            None => self.say("no older place"),
        }
    }
}

impl Views {
    /// Returns the place of the reader in a view.
    fn place(&self, kind: ViewKind, shared: &crate::tui::shared::Shared) -> Place {
        match kind {
            ViewKind::Browse => Place::Browse(self.browse.place(shared)),
            ViewKind::Compare => Place::Compare(self.compare.place()),
            ViewKind::Quotes => Place::Quotes(self.quotes.place()),
            ViewKind::Coverage => Place::Coverage(self.coverage.place()),
            ViewKind::Notes => Place::Notes(self.notes.place()),
        }
    }

    /// Shows a place as it was left.
    fn restore(&mut self, place: Place, cx: &mut crate::tui::view::UpdateContext<'_>) {
        match place {
            Place::Browse(place) => self.browse.restore(place, cx),
            Place::Compare(place) => self.compare.restore(place, cx),
            Place::Quotes(place) => self.quotes.restore(place, cx),
            Place::Coverage(place) => self.coverage.restore(place, cx),
            Place::Notes(place) => self.notes.restore(place, cx),
        }
    }
}
