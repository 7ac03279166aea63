//! Moving a report out of its event or into another, by hand.

use crate::library::ReportNo;
use crate::state::EventMove;
use crate::tui::effect::Effect;
use crate::tui::shared::Shared;
use crate::tui::view::UpdateContext;

use super::list_pane::ListPane;

impl ListPane {
    /// Takes the selected report out of its event, for good.
    pub fn move_out(&mut self, cx: &mut UpdateContext<'_>) {
        let Some(report) = cx.shared.list.current() else {
            return;
        };
        if cx.shared.events.event_of(report).len() < 2 {
            cx.say("this report is in no event");
            return;
        }
        let words = "moved out of its event (saved)";
        self.keep_move(report, EventMove::Out, words, cx);
    }

    /// Puts the selected report into the event of the report marked last, or into the one above.
    pub fn move_in(&mut self, cx: &mut UpdateContext<'_>) {
        let shared = &*cx.shared;
        let Some(report) = shared.list.current() else {
            return;
        };
        let own = shared.events.event_of(report);
        let marked = shared.list.marked.last();
        let marked = marked.filter(|marked| !own.contains(marked));
        let above = || shared.events.event_above(shared.list.selected)?.first();
        let Some(&target) = marked.or_else(above) else {
            cx.say("no event above; mark a report of that event first");
            return;
        };
        let id = |number: &ReportNo| shared.summary(*number).map(|summary| summary.id);
        // A report that was not moved itself stays where it is, so that the move holds whatever becomes of the others.
        let mut event = shared.events.event_of(target).iter().filter_map(id);
        let settled = event.find(|&id| shared.state.event_move(id).is_none());
        if let Some(other) = settled.or_else(|| id(&target)) {
            let words = match event_name(shared, target) {
                Some(name) => format!("moved into \"{name}\" (saved)"),
                None => "moved into that event (saved)".to_owned(),
            };
            self.keep_move(report, EventMove::Into(other), &words, cx);
        }
    }

    fn keep_move(
        &mut self,
        report: ReportNo,
        to: EventMove,
        words: &str,
        cx: &mut UpdateContext<'_>,
    ) {
        let shared = &mut *cx.shared;
        if shared.events.found.is_none() {
            cx.say("the reports are not grouped into events");
            return;
        }
        if let Some(id) = shared.summary(report).map(|summary| summary.id) {
            shared.state.set_event_move(id, Some(to));
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

/// Returns the first name in the heading of the event of `report`, if it was on the screen: names are found there.
fn event_name(shared: &Shared, report: ReportNo) -> Option<&str> {
    let event = shared.events.event_of(report);
    let group = shared.events.groups.iter().position(|group| group == event);
    let mut sections = shared.events.sections.iter();
    let section = sections.find(|section| section.group == group)?;
    let first = section.title.as_ref()?.names.first();
    first.map(String::as_str)
}
