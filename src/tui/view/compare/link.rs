//! Passages that the reader links or unlinks by hand: kept for good, and heeded when the two reports are compared anew.

use crate::compare::{LinkChoice, LinkDecision, Pair, Side, Sides};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::shared::{UndoStep, UndoneChange};
use crate::tui::view::UpdateContext;

use super::{CompareFocus, CompareMode, CompareView};

impl CompareView {
    /// Names the passage in focus, or, where one of the other side was named before, makes it its partner.
    pub(super) fn link(&mut self, cx: &mut UpdateContext<'_>) {
        if self.mode == CompareMode::Rows {
            let mode = cx.key_for(Action::ViewMode);
            cx.say(format!(
                "passages are linked in the full texts: press {mode}"
            ));
            return;
        }
        let side = self.active;
        let here = self.texts.at[side];
        match self.linking.take() {
            Some((first, passage)) if first != side => {
                let mut at = Sides::new(here, here);
                at[first] = passage;
                self.decide(at, LinkDecision::Link, cx);
            }
            _ => {
                self.linking = Some((side, here));
                self.active = side.other();
                let (letter, key) = (self.active.letter(), cx.key_for(Action::Link));
                cx.say(format!(
                    "move to the matching passage in {letter}, press {key}; Esc cancels"
                ));
            }
        }
    }

    /// Unlinks the pair in focus.
    pub(super) fn unlink(&mut self, cx: &mut UpdateContext<'_>) {
        if self.comparison.is_none() {
            return;
        }
        match self.focused_pair(self.row_lines(cx.shared.screen)) {
            Some(pair) => self.decide(pair.at, LinkDecision::Unlink, cx),
            None => cx.say("no linked passages here"),
        }
    }

    /// Returns the pair in focus: that of the difference in sight or of the row at the top, or that of the passage in focus.
    fn focused_pair(&self, height: usize) -> Option<Pair> {
        let comparison = self.comparison.as_ref()?;
        let number = match self.mode {
            CompareMode::FullTexts => self.texts.pair_number(self.active, comparison),
            CompareMode::Rows => match self.focus_in_sight(height) {
                Some(CompareFocus::Finding(_)) => {
                    comparison.pair_number(self.focused_finding()?.at?)
                }
                Some(_) => {
                    let (side, passage) = self.focused_passage()?;
                    self.rows.with_passage(side, passage)?.row.pair
                }
                None => self.rows.at_top(Side::Left)?.row.pair,
            },
        };
        comparison.pairs.get(number?).copied()
    }

    /// Keeps what the reader says of two passages and has the reports compared anew with it.
    fn decide(&self, at: Sides<usize>, decision: LinkDecision, cx: &mut UpdateContext<'_>) {
        let at = self.comparison.as_ref().and_then(|comparison| {
            let spans = Sides::from_fn(|side| comparison.passage_span(side, at[side]));
            spans.try_map(|span| span)
        });
        let ids = self.reports.and_then(|reports| cx.shared.ids(reports));
        let (Some(reports), Some(ids), Some(at)) = (self.reports, ids, at) else {
            return;
        };
        let mut choices = cx.shared.state.choices(ids);
        let before = choices.clone();
        choices.retain(|choice| choice.at != at);
        choices.push(LinkChoice { at, decision });
        cx.shared.state.set_choices(ids, choices);
        let words = match decision {
            LinkDecision::Link => "linked",
            LinkDecision::Unlink => "unlinked",
        };
        cx.shared.undo.push(UndoStep {
            words: words.to_owned(),
            change: UndoneChange::Links(reports, before),
        });
        let undo = cx.key_for(Action::Undo);
        cx.say(format!("{words} (saved; {undo} undoes it)"));
        cx.compare_again(reports);
        cx.emit(Effect::Save);
    }
}
