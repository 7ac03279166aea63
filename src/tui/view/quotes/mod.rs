//! Every quotation of every report as one list that narrows while one types.
//!
//! A worker finds the quotations; until it has answered, the answer to the search before stays on the screen.

mod block;
mod draw;
mod layout;
mod place;
mod update;

use std::path::PathBuf;

use ratatui::layout::Position;

use crate::library::ReportNo;
use crate::library::quotes::{QuoteGrouping, QuoteRef, QuoteResults};
use crate::report::{self, OutputFormat};
use crate::tui::action::{Action, KeyContext, QuotesAction};
use crate::tui::canvas::Canvas;
use crate::tui::prompt::Prompt;
use crate::tui::shared::{AT_ONCE, Shared};
use crate::tui::words::quote_words;
use crate::tui::worker::job::{Answer, ExportJob};

use super::{ExportOffer, Navigation, ScrollDistance, UpdateContext, View};
use block::BlockSpace;
pub use place::QuotesPlace;

/// The quotes view.
#[derive(Debug, Default)]
pub struct QuotesView {
    /// The search as typed.
    pub query: Prompt,
    /// Whether the search is being typed.
    pub is_typing: bool,
    /// Grouping of the quotations.
    pub grouping: QuoteGrouping,
    /// The worker's last answer; empty until there is one.
    pub results: QuoteResults,
    /// Number of the selected version, counted through all entries.
    pub selected: usize,
    /// Number of the first version on the screen.
    pub top: usize,
    /// Whether the reader moved the selection: then it stays with its quotation, else with the best answer.
    was_moved: bool,
    /// The quotation to select once the search is answered: the reader went back to it.
    wanted: Option<QuoteRef>,
    /// Versions that the screen holds.
    height: usize,
}

impl QuotesView {
    /// Returns the selected quotation.
    pub fn current(&self) -> Option<QuoteRef> {
        self.results.version(self.selected)
    }
}

impl View for QuotesView {
    fn key_context(&self) -> KeyContext {
        KeyContext::Quotes
    }

    fn scroll(&mut self, distance: ScrollDistance, _cx: &mut UpdateContext<'_>) {
        self.move_by(distance.lines(self.height));
    }

    fn act(&mut self, action: Action, cx: &mut UpdateContext<'_>) -> bool {
        let action = QuotesAction::from_action(action);
        action.map(|action| self.perform(action, cx)).is_some()
    }

    fn step_pane(&mut self, _by: isize, _cx: &mut UpdateContext<'_>) -> bool {
        self.is_typing = true;
        true
    }

    /// Compares the two reports whose letters are shown.
    fn compare(&mut self, cx: &mut UpdateContext<'_>) -> bool {
        let pair = cx.shared.pair();
        if let Some(sides) = pair {
            cx.go(Navigation::Compare(sides));
        }
        pair.is_some()
    }

    fn back(&mut self, cx: &mut UpdateContext<'_>) -> bool {
        let had_words = !self.query.is_empty();
        if had_words {
            self.clear_query(cx);
        }
        had_words
    }

    fn turn_wheel(&mut self, _at: Position, versions: isize, _cx: &mut UpdateContext<'_>) {
        self.move_by(versions);
    }

    fn press(&mut self, at: Position, cx: &mut UpdateContext<'_>) {
        if let Some(version) = layout::version_at(self, cx.shared, at) {
            self.select(version);
        }
    }

    /// Puts the cursor into the search, so that typing narrows at once. What another view looked for meanwhile ended this one's
    /// search, so it is asked for again.
    fn on_enter(&mut self, cx: &mut UpdateContext<'_>) {
        self.is_typing = true;
        self.search_again(cx);
    }

    fn take_answer(&mut self, answer: Answer, _cx: &mut UpdateContext<'_>) -> Option<Answer> {
        let Answer::Quotes(results) = answer else {
            return Some(answer);
        };
        if results.query == self.query.text() && results.grouping == self.grouping {
            self.show_results(*results);
        }
        None
    }

    fn needed_reports(&self, shared: &Shared) -> Vec<ReportNo> {
        layout::quoted_reports(self, shared)
    }

    fn prepare(&mut self, cx: &mut UpdateContext<'_>) {
        let shared = &*cx.shared;
        for number in layout::quoted_reports(self, shared) {
            let report = shared.report(number);
            // A longer one comes with its marks from the worker that reads it.
            if report.is_some_and(|report| report.article.text.len() <= AT_ONCE) {
                shared.annotations(number);
            }
        }
        (self.top, self.height) = layout::window(self, shared);
    }

    fn title(&self, _shared: &Shared) -> String {
        " · quotes".to_owned()
    }

    fn position(&self, _shared: &Shared) -> Option<String> {
        let shown = self.results.shown;
        (shown > 0).then(|| format!("{}/{shown}", self.selected + 1))
    }

    fn status(&self, shared: &Shared) -> Option<String> {
        if BlockSpace::new(layout::areas(shared.screen).list).has_facts {
            return None;
        }
        let (report, quote) = self.current()?.resolve(&shared.library.entries)?;
        Some(quote_words(report, quote))
    }

    fn hints(&self) -> Vec<(Action, &'static str)> {
        vec![
            (Action::Open, "open"),
            (Action::Copy, "copy citation"),
            (Action::Group, "group"),
            (Action::Search, "search"),
            (Action::Mark, "mark"),
            (Action::Export, "export"),
            (Action::Quit, "back"),
        ]
    }

    fn export_offer(&self) -> Option<ExportOffer> {
        Some(ExportOffer {
            name: "quotes.md",
            formats: &report::QUOTES,
        })
    }

    fn export(&mut self, path: PathBuf, format: OutputFormat, cx: &mut UpdateContext<'_>) {
        cx.say(format!("writing {} …", path.display()));
        cx.compute(Box::new(ExportJob {
            path,
            format,
            options: cx.shared.print_options(),
            reports: cx.shared.library.entries.clone(),
            failures: cx.shared.library.failures.clone(),
            quotes: self.results.versions().collect(),
        }));
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        draw::draw(self, canvas);
    }
}

#[cfg(test)]
mod tests;
