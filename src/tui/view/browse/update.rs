//! The actions of the list and of the reader.

use crate::tui::action::{Action, ListAction, ReaderAction};
use crate::tui::effect::Effect;
use crate::tui::original::{Original, web_address};
use crate::tui::shared::Shared;
use crate::tui::shared::event_groups::FEWEST_REPORTS;
use crate::tui::view::report_mark::MarkKind;
use crate::tui::view::{Navigation, UpdateContext};
use crate::tui::worker::job::GroupJob;

use super::Browse;
use super::layout::{self, Pane};

/// Other reports of an event that are explained.
const EXPLAINED: usize = 8;

impl Browse {
    /// Performs an action of the list; `None` where it is none.
    pub(super) fn act_in_list(&mut self, action: Action, cx: &mut UpdateContext<'_>) -> Option<()> {
        match ListAction::from_action(action)? {
            ListAction::Open => self.read_selected(cx.shared),
            ListAction::Filter => self.list.open_filter(cx.shared),
            ListAction::SearchTexts => self.search_texts(cx),
            ListAction::Mark => mark_selected(cx.shared),
            ListAction::ClearMarks => cx.shared.list.marked.clear(),
            ListAction::Star => toggle_star(cx),
            ListAction::ToggleRead => toggle_read(cx.shared),
            ListAction::NextUnread => self.list.next_unread(cx),
            ListAction::Sort => {
                cx.shared.list.sort = cx.shared.list.sort.next();
                self.list.search(cx);
            }
            ListAction::ReverseSort => {
                cx.shared.list.reversed = !cx.shared.list.reversed;
                self.list.search(cx);
            }
            ListAction::Why => explain(cx),
            ListAction::Facts => show_facts(cx),
            ListAction::OpenOriginal => open_original(cx),
            ListAction::MoveOut => self.list.move_out(cx),
            ListAction::MoveIn => self.list.move_in(cx),
            ListAction::NextQuote => self.step_mark(MarkKind::Quote, 1, cx),
            ListAction::PreviousQuote => self.step_mark(MarkKind::Quote, -1, cx),
            ListAction::NextTerm => self.step_mark(MarkKind::Term, 1, cx),
            ListAction::PreviousTerm => self.step_mark(MarkKind::Term, -1, cx),
            ListAction::NextStatement => self.step_mark(MarkKind::Statement, 1, cx),
            ListAction::PreviousStatement => self.step_mark(MarkKind::Statement, -1, cx),
            ListAction::Zoom => self.zoomed = !self.zoomed,
            ListAction::SplitLeft => layout::move_split(&mut cx.shared.config, -1),
            ListAction::SplitRight => layout::move_split(&mut cx.shared.config, 1),
        }
        Some(())
    }

    /// Performs an action of the reader; `None` where it is none.
    pub(super) fn act_in_reader(
        &mut self,
        action: Action,
        cx: &mut UpdateContext<'_>,
    ) -> Option<()> {
        let measure = cx.shared.config.measure;
        match ReaderAction::from_action(action)? {
            ReaderAction::SearchTexts => self.search_texts(cx),
            ReaderAction::Star => toggle_star(cx),
            ReaderAction::Facts => show_facts(cx),
            ReaderAction::OpenOriginal => open_original(cx),
            ReaderAction::Close => cx.go(Navigation::Leave),
            ReaderAction::Search => self.reader.open_search(),
            ReaderAction::SearchNext => self.step_hit(1, cx),
            ReaderAction::SearchPrevious => self.step_hit(-1, cx),
            ReaderAction::NextQuote => self.step_mark(MarkKind::Quote, 1, cx),
            ReaderAction::PreviousQuote => self.step_mark(MarkKind::Quote, -1, cx),
            ReaderAction::NextTerm => self.step_mark(MarkKind::Term, 1, cx),
            ReaderAction::PreviousTerm => self.step_mark(MarkKind::Term, -1, cx),
            ReaderAction::NextStatement => self.step_mark(MarkKind::Statement, 1, cx),
            ReaderAction::PreviousStatement => self.step_mark(MarkKind::Statement, -1, cx),
            ReaderAction::NextNote => self.reader.go_to_note(1, cx),
            ReaderAction::PreviousNote => self.reader.go_to_note(-1, cx),
            ReaderAction::Select => self.reader.select_sentences(cx),
            ReaderAction::Note => self.reader.write_note(cx),
            ReaderAction::Copy if self.reader.copy_selection(cx) => {}
            ReaderAction::Copy => self.reader.copy_focused(cx),
            ReaderAction::Zoom => self.zoomed = !self.zoomed,
            ReaderAction::SplitLeft => layout::move_split(&mut cx.shared.config, -1),
            ReaderAction::SplitRight => layout::move_split(&mut cx.shared.config, 1),
            ReaderAction::Wider => self.reader.set_measure(measure + 4, cx),
            ReaderAction::Narrower => self.reader.set_measure(measure.saturating_sub(4), cx),
        }
        Some(())
    }

    fn step_mark(&mut self, kind: MarkKind, by: isize, cx: &mut UpdateContext<'_>) {
        // The text stands beside the list; without this, the q of a ]q typed there would end the program.
        if self.focus == Pane::List {
            self.read_selected(cx.shared);
            // The reader of a narrow screen has had no lines so far.
            self.reader.height = usize::from(self.panes(cx.shared).reader.height);
        }
        self.reader.go_to_mark(kind, by, cx);
    }

    fn search_texts(&mut self, cx: &mut UpdateContext<'_>) {
        self.focus = Pane::List;
        self.zoomed = false;
        self.list.open_text_filter(cx);
    }
}

fn mark_selected(shared: &mut Shared) {
    if let Some(report) = shared.list.current() {
        shared.list.toggle_mark(report);
        shared.list.move_by(1);
    }
}

fn toggle_read(shared: &mut Shared) {
    let selected = shared.list.current();
    if let Some(id) = selected.and_then(|n| Some(shared.summary(n)?.id)) {
        let read = shared.state.marks(id).read;
        shared.state.set_read(id, !read);
    }
}

fn toggle_star(cx: &mut UpdateContext<'_>) {
    let shared = &mut *cx.shared;
    let selected = shared.list.current();
    if let Some(id) = selected.and_then(|n| Some(shared.summary(n)?.id)) {
        let starred = shared.state.marks(id).starred;
        shared.state.set_starred(id, !starred);
        cx.say(if starred { "unstarred" } else { "starred" });
    }
}

/// Asks why the selected report is grouped where it is; the answer is shown over the view.
fn explain(cx: &mut UpdateContext<'_>) {
    let shared = &*cx.shared;
    let (Some(report), true) = (shared.list.current(), shared.events.found.is_some()) else {
        let words = match shared.total() {
            0..FEWEST_REPORTS => "events are grouped with three or more reports".to_owned(),
            _ => "the reports are not grouped yet".to_owned(),
        };
        cx.say(words);
        return;
    };
    let mut others = shared.selected_event();
    others.retain(|&other| other != report);
    others.truncate(EXPLAINED);
    cx.compute(GroupJob::Reasons(report, others));
}

fn show_facts(cx: &mut UpdateContext<'_>) {
    if let Some(report) = cx.shared.list.current() {
        cx.go(Navigation::ShowFacts(report));
    }
}

/// Asks for the selected report in another program: at its address if it states one, else in its file.
fn open_original(cx: &mut UpdateContext<'_>) {
    let Some(number) = cx.shared.list.current() else {
        return;
    };
    let article = cx.shared.report(number).map(|report| &report.article);
    let address = article.and_then(|article| web_address(&article.url.as_ref()?.value));
    let place = cx
        .shared
        .summary(number)
        .and_then(|summary| summary.place.as_ref());
    let original = match (address, place) {
        (Some(address), _) => Original::Address(address.clone()),
        (None, Some(place)) => Original::File(place.file.to_path_buf(), place.extent.line),
        (None, None) => {
            cx.say("this report states no address and is in no file");
            return;
        }
    };
    cx.emit(Effect::OpenOriginal(original));
}
