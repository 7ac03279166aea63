//! The actions of the reader: searching, stepping from mark to mark, copying, setting the line width.

use std::sync::Arc;

use crate::article::Article;
use crate::library::Report;
use crate::text::CleanText;
use crate::tui::action::Action;
use crate::tui::prompt::PromptEvent;
use crate::tui::shared::Shared;
use crate::tui::view::UpdateContext;
use crate::tui::view::report_mark::MarkKind;
use crate::tui::words::not_found;

use super::reader_pane::ReaderPane;

/// A report longer than this, in bytes, is searched when Enter is pressed, not at each letter.
pub(super) const SEARCH_AS_TYPED: usize = 4 * 1024 * 1024;
/// Columns of the text: the fewest and the most that can be set.
const MEASURE: (u16, u16) = (20, 120);

impl ReaderPane {
    /// Returns the open report.
    pub fn open_report<'s>(&self, shared: &'s Shared) -> Option<&'s Report> {
        self.report.and_then(|number| shared.report(number))
    }

    fn article(&self, shared: &Shared) -> Option<Arc<Article>> {
        self.open_report(shared)
            .map(|report| report.article.clone())
    }

    /// Remembers the place in the report for the next time.
    pub fn save_place(&self, shared: &mut Shared) {
        let summary = self.report.and_then(|number| shared.summary(number));
        if let Some(id) = summary.map(|summary| summary.id) {
            shared.state.set_place(id, self.place);
        }
    }

    /// Sets the width of the text, in columns.
    pub fn set_measure(&self, columns: u16, cx: &mut UpdateContext<'_>) {
        let columns = columns.clamp(MEASURE.0, MEASURE.1);
        cx.shared.config.measure = columns;
        cx.say(format!("line width: {columns} columns"));
    }

    /// Goes to the next hit, or the previous one, in this report.
    pub fn go_to_hit(&mut self, by: isize, cx: &mut UpdateContext<'_>) {
        match (self.step_search(by), &self.search) {
            (Some(true), _) if by > 0 => cx.say("search wrapped to the top"),
            (Some(true), _) => cx.say("search wrapped to the end"),
            (Some(false), _) => {}
            (None, Some(search)) => cx.say(not_found(&search.words, "not in this report")),
            (None, None) => cx.say("no previous search; / searches"),
        }
    }

    /// Goes to the next mark of a kind, or the previous one.
    pub fn go_to_mark(&mut self, kind: MarkKind, by: isize, cx: &mut UpdateContext<'_>) {
        let report = self.open_report(cx.shared);
        let Some(annotations) = report.and_then(Report::annotated) else {
            return;
        };
        let name = kind.name();
        match self.step_mark(annotations, kind, by) {
            None => cx.say(format!("no {name}s in this report")),
            Some(true) if by > 0 => cx.say(format!("back at the first {name}")),
            Some(true) => cx.say(format!("back at the last {name}")),
            Some(false) => {}
        }
        self.save_place(cx.shared);
    }

    /// Reacts to the search line.
    pub fn on_prompt(&mut self, event: PromptEvent, cx: &mut UpdateContext<'_>) {
        let typed = self.typing.as_ref().map(|prompt| prompt.text().to_owned());
        let words = typed.unwrap_or_default();
        let article = self.article(cx.shared);
        match (event, article) {
            (PromptEvent::Edited, Some(article)) if article.text.len() <= SEARCH_AS_TYPED => {
                self.search_for(&article.text, &words);
            }
            (PromptEvent::Submitted, article) => {
                self.typing = None;
                if let Some(article) = article {
                    self.search_for(&article.text, &words);
                }
                let found = self.search.as_ref().is_some_and(|it| !it.hits.is_empty());
                if !found && !words.is_empty() {
                    cx.say(not_found(&words, "not in this report"));
                }
            }
            (PromptEvent::Cancelled, _) => {
                self.typing = None;
                self.give_search_up();
            }
            _ => {}
        }
    }

    /// Copies the mark in focus: a quotation as a citation, anything else as its words.
    pub fn copy_focused(&self, cx: &mut UpdateContext<'_>) {
        let Some(number) = self.report else { return };
        match self.focus {
            Some(mark) if mark.kind == MarkKind::Quote => cx.copy_quote(number, mark.number),
            Some(mark) => {
                if let Some(report) = self.open_report(cx.shared) {
                    cx.copy(CleanText::one_line(mark.span.of(&report.article.text)));
                }
            }
            None => {
                let next = cx.key_for(Action::NextQuote);
                cx.say(format!("no quotation selected; {next} goes to the next"));
            }
        }
    }
}
