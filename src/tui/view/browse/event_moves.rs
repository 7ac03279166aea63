//! Moving a report out of its event or into another, by hand.

use crate::library::ReportNo;
use crate::state::EventMove;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::shared::{UndoStep, UndoneChange};
use crate::tui::view::UpdateContext;

use super::list_pane::{LastMove, ListPane};

impl ListPane {
    /// Takes the selected report out of its event for good, or back to where the last move took it from.
    pub fn move_out(&mut self, cx: &mut UpdateContext<'_>) {
        let Some(report) = cx.shared.list.current() else {
            return;
        };
        if self.undo_move(report, |to| matches!(to, EventMove::Into(_)), cx) {
            return;
        }
        if cx.shared.events.event_of(report).len() < 2 {
            cx.say("this report is in no event");
            return;
        }
        let undo = cx.key_for(Action::MoveIn);
        let words = format!("moved out of its event (saved); {undo} undoes");
        self.keep_move(report, Some(EventMove::Out), &words, cx);
    }

    /// Puts the selected report into the event of the report marked last, else back into the one that it was moved out of, else into
    /// the one above.
    pub fn move_in(&mut self, cx: &mut UpdateContext<'_>) {
        let shared = &*cx.shared;
        let Some(report) = shared.list.current() else {
            return;
        };
        let own = shared.events.event_of(report);
        let marked = shared.list.marked.last();
        let marked = marked.filter(|marked| !own.contains(marked)).copied();
        if marked.is_none() && self.put_back(report, cx) {
            return;
        }
        let shared = &*cx.shared;
        let above = || {
            shared
                .events
                .event_above(shared.list.selected)?
                .first()
                .copied()
        };
        let Some(target) = marked.or_else(above) else {
            cx.say("no event above; mark a report of that event first");
            return;
        };
        let id = |number: &ReportNo| shared.summary(*number).map(|summary| summary.id);
        // A report that was not moved itself stays where it is, so that the move holds whatever becomes of the others.
        let mut event = shared.events.event_of(target).iter().filter_map(id);
        let settled = event.find(|&id| shared.state.event_move(id).is_none());
        if let Some(other) = settled.or_else(|| id(&target)) {
            let undo = cx.key_for(Action::MoveOut);
            let words = match cx.shared.events.name(target) {
                Some(name) => format!("moved into \"{name}\" (saved); {undo} undoes"),
                None => format!("moved into that event (saved); {undo} undoes"),
            };
            self.keep_move(report, Some(EventMove::Into(other)), &words, cx);
        }
    }

    /// Puts a report that was moved out back into its event; false where it was not.
    fn put_back(&mut self, report: ReportNo, cx: &mut UpdateContext<'_>) -> bool {
        let is_out = |to: EventMove| to == EventMove::Out;
        if self.undo_move(report, is_out, cx) {
            return true;
        }
        // A move of an earlier run has no known start: the report goes to where it is found to belong.
        let id = cx.shared.summary(report).map(|summary| summary.id);
        let moved = id.and_then(|id| cx.shared.state.event_move(id));
        let is_moved_out = moved.is_some_and(is_out);
        if is_moved_out {
            self.keep_move(report, None, "put back into its event (saved)", cx);
        }
        is_moved_out
    }

    /// Takes the last move back if it was one of `report` that `is_meant`; false where it was not.
    fn undo_move(
        &mut self,
        report: ReportNo,
        is_meant: impl FnOnce(EventMove) -> bool,
        cx: &mut UpdateContext<'_>,
    ) -> bool {
        let Some(last) = self.last_move.take_if(|last| last.report == report) else {
            return false;
        };
        let id = cx.shared.summary(report).map(|summary| summary.id);
        let now = id.and_then(|id| cx.shared.state.event_move(id));
        let undoes = now.is_some_and(is_meant);
        if undoes {
            self.keep_move(report, last.before, "move undone (saved)", cx);
            self.last_move = None;
        }
        undoes
    }

    fn keep_move(
        &mut self,
        report: ReportNo,
        to: Option<EventMove>,
        words: &str,
        cx: &mut UpdateContext<'_>,
    ) {
        let shared = &mut *cx.shared;
        if shared.events.found.is_none() {
            cx.say("the reports are not grouped into events");
            return;
        }
        if let Some(id) = shared.summary(report).map(|summary| summary.id) {
            let before = shared.state.event_move(id);
            self.last_move = Some(LastMove { report, before });
            shared.state.set_event_move(id, to);
            let words = words.split(" (saved)").next().unwrap_or(words);
            shared.undo.push(UndoStep {
                words: words.to_owned(),
                change: UndoneChange::EventMove(report, before),
            });
        }
        shared.list.moved = true;
        self.regroup(cx);
        cx.say(words);
        cx.emit(Effect::Save);
    }

    /// Applies the reader's moves to the events and shows the list again.
    pub fn regroup(&mut self, cx: &mut UpdateContext<'_>) {
        let shared = &mut *cx.shared;
        if shared
            .events
            .regroup(&shared.library.entries, &shared.state)
            && self.filter.is_empty()
        {
            self.show_all(shared);
        }
    }
}
