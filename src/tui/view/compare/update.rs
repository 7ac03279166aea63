//! The actions of a comparison: moving in it, laying it out in another way, and putting another report on the right.

use crate::compare::{Difference, Side, Sides};
use crate::library::ReportNo;
use crate::text::Span;
use crate::tui::action::{Action, CompareAction};
use crate::tui::shared::Shared;
use crate::tui::view::report_mark::MarkKind;
use crate::tui::view::{Navigation, ReaderTarget, UpdateContext, step};

use super::{CompareMode, CompareView, DifferenceList};

impl CompareView {
    /// Performs an action of this view; `None` where it is none.
    pub(super) fn perform(&mut self, action: Action, cx: &mut UpdateContext<'_>) -> Option<()> {
        match CompareAction::from_action(action)? {
            CompareAction::Open => {
                if let Some((report, span)) = self.focused_place(self.row_lines(cx.shared.screen)) {
                    cx.go(Navigation::Read(report, ReaderTarget::Span(span)));
                }
            }
            CompareAction::NextQuote => self.step_mark(MarkKind::Quote, 1, cx),
            CompareAction::PreviousQuote => self.step_mark(MarkKind::Quote, -1, cx),
            CompareAction::NextTerm => self.step_mark(MarkKind::Term, 1, cx),
            CompareAction::PreviousTerm => self.step_mark(MarkKind::Term, -1, cx),
            CompareAction::NextStatement => self.step_mark(MarkKind::Statement, 1, cx),
            CompareAction::PreviousStatement => self.step_mark(MarkKind::Statement, -1, cx),
            CompareAction::Copy => cx.say_idle(action),
            CompareAction::NextDifference => self.step_difference(1, cx),
            CompareAction::PreviousDifference => self.step_difference(-1, cx),
            CompareAction::NextRight => self.change_right(1, cx),
            CompareAction::PreviousRight => self.change_right(-1, cx),
            CompareAction::Pick => {
                if let Some(reports) = self.reports {
                    cx.go(Navigation::PickRight(reports));
                }
            }
            CompareAction::Swap => self.swap(cx),
            CompareAction::LockScroll => self.lock_scroll(cx),
            CompareAction::ViewMode => self.change_mode(cx),
            CompareAction::Order => {
                self.order = self.order.other();
                self.rows.invalidate();
                let letter = self.order.letter();
                cx.say(format!("rows in the order of {letter}"));
            }
            CompareAction::Lanes => {
                self.filter = self.filter.next();
                self.rows.invalidate();
                self.rows.scroll = Sides::default();
                cx.say(format!("showing {}", self.filter.name()));
            }
            CompareAction::Differences => self.change_list(cx),
            CompareAction::Overview => self.strips_hidden = !self.strips_hidden,
            CompareAction::Link => self.link(cx),
            CompareAction::Unlink => self.unlink(cx),
            CompareAction::Export => cx.go(Navigation::Export),
        }
        Some(())
    }

    /// Brings the passage in focus of the full texts onto the screen, and its partner beside it if the other side follows.
    pub(super) fn settle(&mut self, height: usize) {
        if let Some(comparison) = &self.comparison {
            self.texts.settle(self.active, comparison, height);
            if !self.scrolls_apart && self.linking.is_none() {
                self.texts.bring_partner(self.active, comparison);
            }
        }
    }

    /// Brings the difference in focus onto the screen.
    pub(super) fn show_difference(&mut self, height: usize) {
        let at = self.focused_difference().map(|difference| difference.at);
        let (Some(comparison), Some(at)) = (&self.comparison, at) else {
            return;
        };
        match comparison.pair_number(at) {
            Some(number) if self.mode == CompareMode::Rows => {
                self.rows.show_pair(number, comparison, height);
            }
            _ => self.show_passage(self.active, at[self.active], height),
        }
    }

    /// Brings a passage onto the screen, in either mode.
    pub(super) fn show_passage(&mut self, side: Side, passage: usize, height: usize) {
        if self.mode == CompareMode::FullTexts {
            self.active = side;
            self.texts.at[side] = passage;
            self.settle(height);
        }
        if let Some(top) = self.rows.with_passage(side, passage).map(|row| row.top) {
            self.rows.scroll_to(top, height);
        }
    }

    /// Lists the unsure differences too, then none, then the sure ones.
    fn change_list(&mut self, cx: &mut UpdateContext<'_>) {
        let shown = self
            .reports
            .and_then(|sides| cx.shared.comparisons.get(sides));
        let unsure = shown.map_or(0, |comparison| comparison.unsure.len());
        self.list = match self.list {
            DifferenceList::Sure if unsure > 0 => DifferenceList::All,
            DifferenceList::Sure | DifferenceList::All => DifferenceList::Hidden,
            DifferenceList::Hidden => DifferenceList::Sure,
        };
        self.comparison = self.list.apply(shown);
        self.current = None;
        self.rows.invalidate();
        cx.say(match self.list {
            DifferenceList::Sure => "list of differences on (where it fits)".to_owned(),
            DifferenceList::All => format!("{unsure} unsure differences listed too"),
            DifferenceList::Hidden => "list of differences off".to_owned(),
        });
    }

    fn lock_scroll(&mut self, cx: &mut UpdateContext<'_>) {
        self.scrolls_apart = !self.scrolls_apart;
        if self.scrolls_apart {
            cx.say("sides scroll separately; Tab switches sides");
            return;
        }
        self.rows.scroll.right = self.rows.scroll.left;
        self.settle(self.row_lines(cx.shared.screen));
        cx.say("sides scroll together");
    }

    fn change_mode(&mut self, cx: &mut UpdateContext<'_>) {
        if self.comparison.is_none() {
            return;
        }
        let (side, height) = (self.active, self.row_lines(cx.shared.screen));
        match self.mode {
            CompareMode::Rows => {
                self.mode = CompareMode::FullTexts;
                // The passage at the top of the rows is where the reader was.
                let top = self.rows.at_top(side);
                if let Some(passage) = top.and_then(|row| row.row.passages[side]) {
                    self.texts.at[side] = passage;
                }
                self.settle(height);
                cx.say("full texts, each in its own order");
            }
            CompareMode::FullTexts => {
                self.mode = CompareMode::Rows;
                self.show_passage(side, self.texts.at[side], height);
                cx.say("aligned rows");
            }
        }
    }

    fn step_difference(&mut self, by: isize, cx: &mut UpdateContext<'_>) {
        let found = self.comparison.as_ref();
        let total = found.map_or(0, |comparison| comparison.differences.len());
        let stepped = match self.current {
            Some(current) => step(current, by, total),
            None if total == 0 => None,
            None => Some((if by > 0 { 0 } else { total - 1 }, false)),
        };
        let Some((number, wrapped)) = stepped else {
            cx.say("no differences found");
            return;
        };
        self.current = Some(number);
        self.show_difference(self.row_lines(cx.shared.screen));
        if wrapped {
            cx.say(match by > 0 {
                true => "back at the first difference",
                false => "back at the last difference",
            });
        }
    }

    /// Goes to the next row, or the next passage of a full text, that holds a mark.
    fn step_mark(&mut self, kind: MarkKind, by: isize, cx: &mut UpdateContext<'_>) {
        let Some(comparison) = &self.comparison else {
            return;
        };
        let (side, height) = (self.active, self.row_lines(cx.shared.screen));
        let (from, total) = match self.mode {
            CompareMode::FullTexts => (self.texts.at[side], comparison.passages[side].len()),
            CompareMode::Rows => {
                let top = self.rows.scroll.left.top;
                (self.rows.row_at(top), self.rows.rows.len())
            }
        };
        let found = (1..=total).find_map(|distance| {
            let (at, _) = step(from, by * distance.cast_signed(), total)?;
            self.has_mark(at, kind, cx.shared).then_some(at)
        });
        match (self.mode, found) {
            (CompareMode::FullTexts, Some(passage)) => self.show_passage(side, passage, height),
            (CompareMode::Rows, Some(row)) => {
                let top = self.rows.rows.get(row).map_or(0, |row| row.top);
                self.rows.scroll_to(top, height);
            }
            (_, None) => cx.say("no such mark here"),
        }
    }

    /// Whether a row, or a passage of the full text of the active side, holds a mark.
    fn has_mark(&self, at: usize, kind: MarkKind, shared: &Shared) -> bool {
        let mut passages = Sides::default();
        match self.mode {
            CompareMode::FullTexts => passages[self.active] = Some(at),
            CompareMode::Rows => {
                let row = self.rows.rows.get(at);
                passages = row.map_or(passages, |row| row.row.passages);
            }
        }
        let holds = |side: Side| {
            let comparison = self.comparison.as_ref()?;
            let span = comparison.passage_span(side, passages[side]?)?;
            let marks = shared.report(self.reports?[side])?.annotated()?;
            Some(kind.is_in(span, marks))
        };
        holds(Side::Left) == Some(true) || holds(Side::Right) == Some(true)
    }

    /// Swaps the sides. The comparison seen from the other side has its differences in another order: the one in focus stays so.
    fn swap(&mut self, cx: &mut UpdateContext<'_>) {
        let Some(sides) = self.reports.map(Sides::swapped) else {
            return;
        };
        // The rows move as with another size of the screen.
        let was_in_sight = self.has_focus_in_sight(cx.shared);
        let swapped = self.list.apply(cx.shared.comparisons.get(sides));
        self.current = self.focused_difference().and_then(|focused| {
            let spans = focused.spans.clone().swapped();
            let is_same = |other: &Difference| other.kind == focused.kind && other.spans == spans;
            swapped.as_ref()?.differences.iter().position(is_same)
        });
        self.reports = Some(sides);
        self.comparison = swapped;
        self.order = self.order.other();
        self.texts.swap();
        self.linking = self.linking.map(|(side, at)| (side.other(), at));
        self.rows.invalidate();
        if was_in_sight {
            self.bring_focus_back(cx.shared);
        }
    }

    /// Returns the place in focus: that of the difference in sight, or the passage at the top of the screen.
    fn focused_place(&self, height: usize) -> Option<(ReportNo, Span)> {
        let (reports, comparison) = (self.reports?, self.comparison.as_ref()?);
        let side = self.active;
        let focused = match self.mode {
            CompareMode::FullTexts => self.texts.focused_span(side, comparison),
            CompareMode::Rows => self
                .difference_in_sight(height)
                .and_then(|difference| difference.spans[side].first().copied()),
        };
        if let Some(span) = focused {
            return Some((reports[side], span));
        }
        let passages = self.rows.at_top(side)?.row.passages;
        let side = match passages[side] {
            Some(_) => side,
            None => side.other(),
        };
        let span = comparison.passage_span(side, passages[side]?)?;
        Some((reports[side], span))
    }

    fn change_right(&mut self, by: isize, cx: &mut UpdateContext<'_>) {
        let Some(Sides { left, right }) = self.reports else {
            return;
        };
        let others = cx.shared.event_first(left);
        let at = others.iter().position(|&report| report == right);
        let next = step(at.unwrap_or(0), by, others.len()).and_then(|(at, _)| others.get(at));
        match next {
            Some(&next) if next != right => self.open(Sides::new(left, next), cx),
            _ => cx.say("no other report to put on the right"),
        }
    }
}
