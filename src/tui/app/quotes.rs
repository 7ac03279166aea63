//! The quotations of every report: what is typed to find one, what that leaves, and which of them is selected.
//!
//! What answers the query is worked out by the worker; until it has answered, the answer to the query before stays on the screen.

use crate::library::quotes::{QuoteGrouping, QuoteRef, QuoteResults};

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::key::Key;
use super::super::prompt::{Prompt, Typed};
use super::super::view;
use super::super::worker::Job;
use super::act::Distance;
use super::browse::rows_of;
use super::{App, Line, View};

/// The quotes view.
#[derive(Clone, Debug)]
pub struct Quotes {
    /// What is typed.
    pub query: Prompt,
    /// How the entries are put together.
    pub grouping: QuoteGrouping,
    /// What the worker found; `None` until it has answered once.
    pub found: Option<QuoteResults>,
    /// Which version is selected, counted through all entries.
    pub selected: usize,
    /// The first version on the screen.
    pub top: usize,
    /// Whether the selection was moved by hand: then it stays with its quotation, else with the best answer.
    moved: bool,
    /// How many versions the screen holds.
    height: usize,
}

impl Default for Quotes {
    fn default() -> Self {
        Self {
            query: Prompt::default(),
            grouping: QuoteGrouping::default(),
            found: None,
            selected: 0,
            top: 0,
            moved: false,
            height: 1,
        }
    }
}

impl Quotes {
    /// Returns the selected quotation.
    pub fn current(&self) -> Option<QuoteRef> {
        self.found.as_ref()?.version(self.selected)
    }

    /// Takes an answer; a quotation that was chosen by hand stays selected where it is still there.
    pub fn show(&mut self, found: QuoteResults) {
        let chosen = self.current().filter(|_| self.moved);
        let kept = chosen.and_then(|at| found.versions().position(|version| version == at));
        self.moved = kept.is_some();
        self.selected = kept.unwrap_or(0);
        self.found = Some(found);
    }

    /// Moves the selection by `versions`.
    fn by(&mut self, versions: isize) {
        let shown = self.found.as_ref().map_or(0, |found| found.shown);
        self.select(
            self.selected
                .saturating_add_signed(versions)
                .min(shown.saturating_sub(1)),
        );
    }

    /// Moves the selection by whole entries.
    fn by_entries(&mut self, entries: isize) {
        let Some(found) = &self.found else { return };
        let Some((entry, _)) = found.place(self.selected) else {
            return;
        };
        let wanted = entry
            .saturating_add_signed(entries)
            .min(found.entries.len().saturating_sub(1));
        if let Some(first) = found.first_of(wanted) {
            self.select(first);
        }
    }

    fn select(&mut self, version: usize) {
        self.selected = version;
        self.moved = true;
    }
}

impl App {
    /// Opens the quotes view with the cursor in its search: typing narrows at once.
    pub(super) fn open_quotes(&mut self) {
        self.overlay = None;
        self.view = View::Quotes;
        self.line = Some(Line::Quotes);
    }

    /// Asks for the quotations that match what is typed now.
    pub(super) fn ask_for_quotes(&self) -> Vec<Effect> {
        vec![Effect::Compute(Job::Quotes(
            self.quotes.query.text().to_owned(),
            self.quotes.grouping,
        ))]
    }

    /// Takes the answer, if it is the one to what was asked last.
    pub(super) fn quotes_found(&mut self, found: QuoteResults) {
        let quotes = &mut self.quotes;
        if found.query == quotes.query.text() && found.grouping == quotes.grouping {
            quotes.show(found);
        }
    }

    pub(super) fn quotes_key(&mut self, key: Key) -> Vec<Effect> {
        if let Some(rows) = rows_of(key) {
            self.quotes.by(rows);
            return Vec::new();
        }
        match self.quotes.query.key(key) {
            Typed::Edited => return self.ask_for_quotes(),
            Typed::Submitted => self.open_quote(),
            Typed::Cancelled if self.quotes.query.is_empty() => self.leave_view(),
            Typed::Cancelled => self.line = None,
            Typed::Other if key.code() == crossterm::event::KeyCode::Tab => self.line = None,
            Typed::Kept | Typed::Other => {}
        }
        Vec::new()
    }

    pub(super) fn quotes_action(&mut self, action: Action) -> Vec<Effect> {
        if let Some(distance) = Distance::of(action) {
            self.quotes.by(distance.lines(self.quotes.height));
            return Vec::new();
        }
        match action {
            Action::Open => self.open_quote(),
            Action::Search | Action::NextPane | Action::PreviousPane => {
                self.line = Some(Line::Quotes);
            }
            Action::SearchNext => self.quotes.by_entries(1),
            Action::SearchPrevious => self.quotes.by_entries(-1),
            Action::Copy => return self.copy_selected(),
            Action::Mark => self.mark_selected(),
            Action::Group => {
                self.quotes.grouping = self.quotes.grouping.next();
                self.quotes.moved = true;
                return self.ask_for_quotes();
            }
            Action::Clear if self.quotes.query.is_empty() => self.say("nothing is typed"),
            Action::Clear => {
                self.quotes.query.set("");
                return self.ask_for_quotes();
            }
            Action::Export => self.open_export(),
            _ => self.idle(action),
        }
        Vec::new()
    }

    fn open_quote(&mut self) {
        match self.quotes.current() {
            Some(at) => self.go_to_quote(at.report.0, at.quote),
            None => self.say("no quotation is selected"),
        }
    }

    fn copy_selected(&mut self) -> Vec<Effect> {
        let at = self.quotes.current();
        at.map_or_else(Vec::new, |at| self.copy_quote(at.report.0, at.quote))
    }

    /// Marks the report of the selected quotation for comparison, or takes the mark away.
    fn mark_selected(&mut self) {
        let Some(at) = self.quotes.current() else {
            return;
        };
        self.list.toggle_mark(at.report.0);
        let marked = self.list.marked.contains(&at.report.0);
        let label = self
            .summary(at.report.0)
            .map(|summary| summary.label.clone());
        let label = label.unwrap_or_default();
        let compare = self.key_for(Action::Compare);
        self.say(match (marked, self.list.marked.len()) {
            (true, 2..) => format!("marked, {compare} compares the two: {label}"),
            (true, _) => format!("marked for comparison: {label}"),
            (false, _) => format!("no longer marked: {label}"),
        });
    }

    pub(super) fn quotes_click(&mut self, at: ratatui::layout::Position) -> Vec<Effect> {
        if let Some(version) = view::quotes::version_at(self, at) {
            self.quotes.select(version);
        }
        Vec::new()
    }

    /// Scrolls so that the selected quotation is on the screen.
    pub(super) fn lay_out_quotes(&mut self) {
        self.mark_quoted();
        let (top, height) = view::quotes::window(self);
        self.quotes.top = top;
        self.quotes.height = height.max(1);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annotate::Annotator;
    use crate::annotate::term::Lexicon;
    use crate::ingest;
    use crate::library::LibraryEntry;
    use crate::library::quotes::QuoteSearch;

    fn reports() -> Vec<LibraryEntry> {
        ingest::bundled()
            .into_iter()
            .map(LibraryEntry::new)
            .collect()
    }

    fn quote_search() -> QuoteSearch {
        QuoteSearch::new(Arc::new(Annotator::new(Lexicon::bundled())))
    }

    #[test]
    fn what_was_chosen_stays_selected_while_typing_narrows() {
        let (reports, mut quote_search) = (reports(), quote_search());
        let mut quotes = Quotes::default();
        quotes.show(quote_search.find(&reports, "", QuoteGrouping::Utterance));
        let smoke = quote_search.find(&reports, "smoke", QuoteGrouping::Utterance);
        let wanted = smoke.version(1).unwrap();
        while quotes.current() != Some(wanted) {
            quotes.by(1);
        }
        quotes.show(smoke);
        assert_eq!((quotes.selected, quotes.current()), (1, Some(wanted)));
        quotes.show(quote_search.find(&reports, "groundwork", QuoteGrouping::Utterance));
        assert_eq!(
            quotes.selected, 0,
            "what is gone leaves the best answer selected"
        );
    }

    #[test]
    fn without_a_choice_the_best_answer_is_selected() {
        let (reports, mut quote_search) = (reports(), quote_search());
        let mut quotes = Quotes::default();
        quotes.show(quote_search.find(&reports, "", QuoteGrouping::Utterance));
        let before = quotes.current();
        quotes.show(quote_search.find(&reports, "groundwork", QuoteGrouping::Utterance));
        assert_eq!(quotes.selected, 0);
        assert_ne!(quotes.current(), before);
    }

    #[test]
    fn steps_go_by_version_or_by_utterance() {
        let (reports, mut quote_search) = (reports(), quote_search());
        let mut quotes = Quotes::default();
        quotes.show(quote_search.find(
            &reports,
            "quote:smoke | quote:\"at length\"",
            QuoteGrouping::Utterance,
        ));
        quotes.by_entries(1);
        assert_eq!(
            quotes.selected, 4,
            "after the four versions of \"at length\""
        );
        quotes.by(-1);
        assert_eq!(quotes.selected, 3);
        quotes.by_entries(-1);
        assert_eq!(quotes.selected, 0);
        quotes.by(isize::MAX / 2);
        assert_eq!(quotes.selected, 5);
    }
}
