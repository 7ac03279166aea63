//! The actions of the quotes view, its search, and the answers to it.

use crossterm::event::KeyCode;

use crate::library::quotes::QuoteResults;
use crate::tui::action::{Action, KeyContext, QuotesAction};
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::scroll::moved;
use crate::tui::shared::Shared;
use crate::tui::view::{Navigation, PromptLine, PromptOwner, ReaderTarget, UpdateContext};
use crate::tui::worker::job::MatchJob;

use super::QuotesView;

impl QuotesView {
    pub(super) fn perform(&mut self, action: QuotesAction, cx: &mut UpdateContext<'_>) {
        match action {
            QuotesAction::Open => self.open_selected(cx),
            QuotesAction::Mark => self.mark_selected(cx),
            QuotesAction::Search => self.is_typing = true,
            QuotesAction::SearchNext => self.move_by_entries(1),
            QuotesAction::SearchPrevious => self.move_by_entries(-1),
            QuotesAction::Copy => {
                if let Some(at) = self.current() {
                    cx.copy_quote(at.report, at.quote);
                }
            }
            QuotesAction::Group => {
                self.grouping = self.grouping.next();
                self.was_moved = true;
                self.search_again(cx);
            }
            QuotesAction::Clear if self.query.is_empty() => cx.say("the search is empty"),
            QuotesAction::Clear => self.clear_query(cx),
            QuotesAction::Export => cx.go(Navigation::Export),
        }
    }

    /// Asks for the quotations that match the search: it is another one, or reports were added.
    pub fn search_again(&mut self, cx: &mut UpdateContext<'_>) {
        let query = self.query.text().to_owned();
        cx.compute(MatchJob::Quotes(query, self.grouping));
    }

    pub(super) fn clear_query(&mut self, cx: &mut UpdateContext<'_>) {
        self.query.set("");
        self.search_again(cx);
    }

    /// Shows an answer; a quotation that the reader chose stays selected if it is still there.
    pub(super) fn show_results(&mut self, results: QuoteResults) {
        let chosen = self.current().filter(|_| self.was_moved);
        let chosen = self.wanted.take().or(chosen);
        let kept = chosen.and_then(|at| results.number_of(at));
        self.was_moved = kept.is_some();
        self.selected = kept.unwrap_or(0);
        self.results = results;
    }

    /// Moves the selection by versions.
    pub(super) fn move_by(&mut self, versions: isize) {
        self.select(moved(self.selected, versions, self.results.shown));
    }

    /// Moves the selection to the first version of an entry further down, or up.
    pub(super) fn move_by_entries(&mut self, entries: isize) {
        let results = &self.results;
        let first = results
            .place(self.selected)
            .map(|(entry, _)| results.first_version(moved(entry, entries, results.entry_count())));
        if let Some(first) = first {
            self.select(first);
        }
    }

    pub(super) fn select(&mut self, version: usize) {
        self.selected = version;
        self.was_moved = true;
    }

    fn open_selected(&mut self, cx: &mut UpdateContext<'_>) {
        let Some(at) = self.current() else {
            cx.say("no quotation selected");
            return;
        };
        self.is_typing = false;
        cx.go(Navigation::Read(at.report, ReaderTarget::Quote(at.quote)));
    }

    /// Marks the report of the selected quotation for comparison, or unmarks it.
    fn mark_selected(&self, cx: &mut UpdateContext<'_>) {
        let Some(at) = self.current() else { return };
        cx.shared.list.toggle_mark(at.report);
        let marked = &cx.shared.list.marked;
        let label = cx.shared.summary(at.report).map_or("", |one| &*one.label);
        cx.say(match (marked.contains(&at.report), marked.len()) {
            (true, 2..) => {
                let compare = cx.key_for(Action::Compare);
                format!("marked; {compare} compares the two: {label}")
            }
            (true, _) => format!("marked for comparison: {label}"),
            (false, _) => format!("unmarked: {label}"),
        });
    }
}

impl PromptOwner for QuotesView {
    fn prompt(&mut self) -> Option<&mut Prompt> {
        self.is_typing.then_some(&mut self.query)
    }

    fn on_prompt(&mut self, event: PromptEvent, cx: &mut UpdateContext<'_>) {
        match event {
            PromptEvent::Edited => {
                self.wanted = None;
                self.search_again(cx);
            }
            PromptEvent::Moved(versions) => self.move_by(versions),
            PromptEvent::Submitted => self.open_selected(cx),
            PromptEvent::Cancelled => {
                self.is_typing = false;
                if self.query.is_empty() {
                    cx.go(Navigation::Leave);
                }
            }
            PromptEvent::OtherKey(key) if key.code() == KeyCode::Tab => self.is_typing = false,
            PromptEvent::OtherKey(_) => {}
        }
    }

    fn prompt_line(&self, shared: &Shared) -> Option<PromptLine<'_>> {
        let key = |action| shared.key_in(KeyContext::Prompt, action);
        let (copy, export) = (key(Action::Copy), key(Action::Export));
        self.is_typing.then(|| {
            PromptLine::Keys(format!(
                "Enter open   ↑↓ select   {copy} copy   {export} export   Tab list   Esc back"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annotate::Annotator;
    use crate::ingest;
    use crate::library::LibraryEntry;
    use crate::library::quotes::{QuoteGrouping, QuoteSearch};

    fn entries() -> Vec<LibraryEntry> {
        let reports = ingest::bundled().into_iter();
        reports.map(LibraryEntry::new).collect()
    }

    fn search() -> QuoteSearch {
        QuoteSearch::new(Arc::new(Annotator::bundled()))
    }

    #[test]
    fn what_was_chosen_stays_selected_while_typing_narrows() {
        let (entries, mut search) = (entries(), search());
        let mut view = QuotesView::default();
        view.show_results(search.find(&entries, "", QuoteGrouping::Utterance));
        let smoke = search.find(&entries, "smoke", QuoteGrouping::Utterance);
        let wanted = smoke.version(1).unwrap();
        while view.current() != Some(wanted) {
            view.move_by(1);
        }
        view.show_results(smoke);
        assert_eq!((view.selected, view.current()), (1, Some(wanted)));
        view.show_results(search.find(&entries, "groundwork", QuoteGrouping::Utterance));
        assert_eq!(
            view.selected, 0,
            "what is gone leaves the best answer selected"
        );
    }

    #[test]
    fn without_a_choice_the_best_answer_is_selected() {
        let (entries, mut search) = (entries(), search());
        let mut view = QuotesView::default();
        view.show_results(search.find(&entries, "", QuoteGrouping::Utterance));
        let before = view.current();
        view.show_results(search.find(&entries, "groundwork", QuoteGrouping::Utterance));
        assert_eq!(view.selected, 0);
        assert_ne!(view.current(), before);
    }

    #[test]
    fn steps_go_by_version_or_by_utterance() {
        let (entries, mut search) = (entries(), search());
        let mut view = QuotesView::default();
        let typed = "quote:smoke | quote:\"at length\"";
        view.show_results(search.find(&entries, typed, QuoteGrouping::Utterance));
        view.move_by_entries(1);
        assert_eq!(view.selected, 4, "after the four versions of \"at length\"");
        view.move_by(-1);
        assert_eq!(view.selected, 3);
        view.move_by_entries(-1);
        assert_eq!(view.selected, 0);
        view.move_by(isize::MAX / 2);
        assert_eq!(view.selected, 5);
    }
}
