//! Takes back the last decision of the reader: a link between passages, a note, or a report moved between events.

use crate::tui::effect::Effect;
use crate::tui::shared::{UndoStep, UndoneChange};

use super::App;

impl App {
    /// Takes back the last decision, and says which.
    pub(super) fn undo(&mut self) {
        let Some(UndoStep { words, change }) = self.shared.undo.pop() else {
            self.say("nothing to undo");
            return;
        };
        match change {
            UndoneChange::Links(reports, before) => {
                if let Some(ids) = self.shared.ids(reports) {
                    self.shared.state.set_choices(ids, before);
                }
                self.with_context(|_, _, cx| cx.compare_again(reports));
            }
            UndoneChange::EventMove(report, before) => {
                if let Some(id) = self.shared.summary(report).map(|summary| summary.id) {
                    self.shared.state.set_event_move(id, before);
                }
                self.with_context(|views, _, cx| views.browse.list.regroup(cx));
            }
            UndoneChange::Note(report, span, before) => {
                let state = &mut self.shared.state;
                match before {
                    Some(note) => state.set_note(report, note),
                    None => drop(state.delete_note(report, span)),
                }
                self.with_context(|views, _, cx| views.notes.gather(cx.shared));
            }
        }
        self.say(format!("undone: {words}"));
        self.effects.push(Effect::Save);
    }
}
