//! The quotations of every report: what is typed to find one, and what that leaves.

use crate::annotate::quote::Quote;

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::key::Key;
use super::super::prompt::{Prompt, Typed};
use super::super::scroll::Scroll;
use super::super::worker::{Found, Job, QuoteRef};
use super::act::Distance;
use super::browse::rows_of;
use super::{App, Line, View};

/// How the entries are put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// The same words in several reports are one entry with its versions.
    #[default]
    Utterance,
    /// By who said it.
    Speaker,
    /// By report.
    Report,
}

impl Grouping {
    /// Returns the grouping after this one.
    pub fn next(self) -> Self {
        match self {
            Grouping::Utterance => Grouping::Speaker,
            Grouping::Speaker => Grouping::Report,
            Grouping::Report => Grouping::Utterance,
        }
    }

    /// Returns what it is called on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Grouping::Utterance => "utterance",
            Grouping::Speaker => "speaker",
            Grouping::Report => "report",
        }
    }
}

/// The quotes view.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// What is typed.
    pub query: Prompt,
    /// How the entries are grouped.
    pub grouping: Grouping,
    /// What the worker found for it.
    pub found: Found,
    /// Which entry is selected.
    pub selected: usize,
    /// What part is on the screen, in entries.
    pub scroll: Scroll,
}

impl Quotes {
    /// Moves the selection by `rows`.
    pub fn by(&mut self, rows: isize) {
        self.selected = self
            .selected
            .saturating_add_signed(rows)
            .min(self.found.entries.len().saturating_sub(1));
    }
}

/// Returns the speaker's name, or that it is not known.
pub fn speaker_of(quote: &Quote) -> &str {
    quote
        .speaker
        .as_ref()
        .map_or("speaker unknown", |speaker| speaker.name.as_str())
}

impl App {
    /// Opens the quotes view with the cursor in its search: typing narrows at once.
    pub(super) fn open_quotes(&mut self) -> Vec<Effect> {
        self.overlay = None;
        self.view = View::Quotes;
        self.line = Some(Line::Quotes);
        self.quotes_typed()
    }

    /// Asks for the quotations that match what is typed now.
    pub(super) fn quotes_typed(&mut self) -> Vec<Effect> {
        self.quotes.selected = 0;
        vec![Effect::Compute(Job::Quotes(
            self.quotes.query.text().to_owned(),
            self.quotes.grouping,
        ))]
    }

    pub(super) fn quotes_key(&mut self, key: Key) -> Vec<Effect> {
        if let Some(rows) = rows_of(key) {
            self.quotes.by(rows);
            return Vec::new();
        }
        match self.quotes.query.key(key) {
            Typed::Edited => return self.quotes_typed(),
            Typed::Submitted => {
                self.line = None;
                self.open_quote();
            }
            Typed::Cancelled if self.quotes.query.is_empty() => self.leave_view(),
            Typed::Cancelled => self.line = None,
            Typed::Other if key.code() == crossterm::event::KeyCode::Tab => self.line = None,
            Typed::Kept | Typed::Other => {}
        }
        Vec::new()
    }

    pub(super) fn quotes_action(&mut self, action: Action) -> Vec<Effect> {
        if let Some(distance) = Distance::of(action) {
            let height = self.height() / 4;
            self.quotes.by(distance.lines(height.max(1)));
            return Vec::new();
        }
        match action {
            Action::Open => self.open_quote(),
            Action::Search | Action::NextPane | Action::PreviousPane => {
                self.line = Some(Line::Quotes);
            }
            Action::Copy => return self.copy_selected(),
            Action::Group => {
                self.quotes.grouping = self.quotes.grouping.next();
                let name = self.quotes.grouping.name();
                self.say(format!("grouped by {name}"));
                return self.quotes_typed();
            }
            Action::Clear => {
                self.quotes.query.set("");
                return self.quotes_typed();
            }
            _ => {}
        }
        Vec::new()
    }

    fn selected_quote(&self) -> Option<QuoteRef> {
        let entry = self.quotes.found.entries.get(self.quotes.selected)?;
        entry.versions.first().copied()
    }

    fn open_quote(&mut self) {
        if let Some(at) = self.selected_quote() {
            self.go_to_quote(at.report, at.quote);
        }
    }

    fn copy_selected(&mut self) -> Vec<Effect> {
        match self.selected_quote() {
            Some(at) => self.copy_quote(at.report, at.quote),
            None => Vec::new(),
        }
    }

    pub(super) fn quotes_click(&mut self, at: ratatui::layout::Position) -> Vec<Effect> {
        if let Some(entry) = super::super::view::quotes::entry_at(self, at) {
            self.quotes.selected = entry;
        }
        Vec::new()
    }
}
