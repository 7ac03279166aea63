//! The actions of a comparison: moving in it, laying it out in another way, and putting another report on the right.

use ratatui::layout::{Position, Rect};

use crate::annotate::Annotations;
use crate::annotate::term::TermHit;
use crate::compare::{Difference, Side, Sides};
use crate::library::ReportNo;
use crate::text::Span;
use crate::tui::action::{Action, CompareAction};
use crate::tui::highlight::in_window;
use crate::tui::shared::Shared;
use crate::tui::view::{Navigation, ReaderTarget, ScrollDistance, UpdateContext, View, step};

use super::{CompareMode, CompareView, OtherSide};

/// The kind of mark that a key steps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MarkKind {
    Quote,
    Term,
    Statement,
}

impl MarkKind {
    /// Whether there is a mark of this kind inside `span`.
    fn is_in(self, marks: &Annotations, span: Span) -> bool {
        match self {
            MarkKind::Quote => in_window(&marks.quotes, span, |quote| quote.span)
                .next()
                .is_some(),
            MarkKind::Term => in_window(&marks.terms, span, |hit| hit.span).any(TermHit::is_strong),
            MarkKind::Statement => in_window(&marks.statements, span, |statement| statement.span)
                .next()
                .is_some(),
        }
    }
}

impl CompareView {
    /// Performs an action of this view.
    pub(super) fn perform(&mut self, action: CompareAction, cx: &mut UpdateContext<'_>) {
        match action {
            CompareAction::Open => self.open_report(cx),
            CompareAction::NextQuote => self.step_mark(1, MarkKind::Quote, cx),
            CompareAction::PreviousQuote => self.step_mark(-1, MarkKind::Quote, cx),
            CompareAction::NextTerm => self.step_mark(1, MarkKind::Term, cx),
            CompareAction::PreviousTerm => self.step_mark(-1, MarkKind::Term, cx),
            CompareAction::NextStatement => self.step_mark(1, MarkKind::Statement, cx),
            CompareAction::PreviousStatement => self.step_mark(-1, MarkKind::Statement, cx),
            CompareAction::Copy => cx.say_idle(Action::Copy),
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
            CompareAction::Order => self.change_order(cx),
            CompareAction::Lanes => self.change_filter(cx),
            CompareAction::Differences => self.toggle_list(cx),
            CompareAction::Overview => self.strips_shown = !self.strips_shown,
            CompareAction::Link => self.link(cx),
            CompareAction::Unlink => self.unlink(cx),
            CompareAction::Export => cx.go(Navigation::Export),
        }
    }

    /// Scrolls on a screen with `height` lines for the rows.
    pub(super) fn scroll_by(&mut self, distance: ScrollDistance, height: usize) {
        let (side, lines) = (self.active, distance.lines(height));
        match (self.mode, &self.comparison) {
            (CompareMode::FullTexts, Some(comparison)) => {
                match distance {
                    ScrollDistance::Lines(n) => self.texts.step(n, side, comparison),
                    _ => self.texts.step_lines(lines, side, comparison),
                }
                self.settle(height);
            }
            _ => {
                let moving = if self.scroll_locked { Side::Left } else { side };
                self.rows.scroll[moving].by(lines, height, self.rows.height);
                if self.scroll_locked {
                    self.rows.scroll.right = self.rows.scroll.left;
                }
            }
        }
    }

    /// Brings the passage in focus of the full texts onto the screen.
    fn settle(&mut self, height: usize) {
        let other = match self.scroll_locked && self.linking.is_none() {
            true => OtherSide::Follows,
            false => OtherSide::Stays,
        };
        if let Some(comparison) = &self.comparison {
            self.texts.settle(self.active, other, comparison, height);
        }
    }

    /// Brings the difference in focus onto the screen.
    pub(super) fn show_difference(&mut self, height: usize) {
        let (Some(comparison), Some(difference)) = (&self.comparison, self.focused_difference())
        else {
            return;
        };
        let number = difference.pair;
        let Some(at) = comparison.pairs.get(number).map(|pair| pair.at) else {
            return;
        };
        match self.mode {
            CompareMode::Rows => self.rows.show_pair(number, comparison, height),
            CompareMode::FullTexts => self.show_passage(self.active, at[self.active], height),
        }
    }

    /// Brings a passage onto the screen, in either mode.
    fn show_passage(&mut self, side: Side, passage: usize, height: usize) {
        if self.mode == CompareMode::FullTexts {
            self.active = side;
            self.texts.at[side] = passage;
            self.settle(height);
        }
        if let Some(top) = self.rows.of_passage(side, passage).map(|row| row.top) {
            self.rows.scroll_to(top, height);
        }
    }

    /// Goes to what was clicked on: a line of the list of differences, or a box of a strip.
    pub(super) fn press(&mut self, at: Position, screen: Rect) {
        let height = self.row_lines(screen);
        if let Some(difference) = self.difference_at(at, screen) {
            self.current = Some(difference);
            self.show_difference(height);
        } else if let Some((side, passage)) = self.passage_at(at, screen) {
            self.show_passage(side, passage, height);
        }
    }

    fn lock_scroll(&mut self, cx: &mut UpdateContext<'_>) {
        self.scroll_locked = !self.scroll_locked;
        if self.scroll_locked {
            self.rows.scroll.right = self.rows.scroll.left;
            self.settle(self.row_lines(cx.shared.screen));
        }
        cx.say(match self.scroll_locked {
            true => "the sides scroll together",
            false => "the sides scroll apart; Tab changes the side that moves",
        });
    }

    /// Makes the other side the one that moves and is read.
    pub(super) fn switch_side(&mut self, cx: &mut UpdateContext<'_>) {
        self.active = self.active.other();
        let letter = self.active.letter();
        cx.say(match self.mode == CompareMode::Rows && self.scroll_locked {
            true => format!("{letter} is the side that is opened and read"),
            false => format!("{letter} moves now"),
        });
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
                cx.say("both reports whole, each in its own order");
            }
            CompareMode::FullTexts => {
                self.mode = CompareMode::Rows;
                self.show_passage(side, self.texts.at[side], height);
                cx.say("what corresponds stands in the same row");
            }
        }
    }

    fn change_order(&mut self, cx: &mut UpdateContext<'_>) {
        self.order = self.order.other();
        self.rows.invalidate();
        let letter = self.order.letter();
        cx.say(format!("rows follow the order of {letter}"));
    }

    fn change_filter(&mut self, cx: &mut UpdateContext<'_>) {
        self.filter = self.filter.next();
        self.rows.invalidate();
        self.rows.scroll = Sides::default();
        cx.say(format!("showing {}", self.filter.name()));
    }

    fn toggle_list(&mut self, cx: &mut UpdateContext<'_>) {
        self.list_shown = !self.list_shown;
        cx.say(match self.list_shown {
            true => "differences are listed where there is room",
            false => "differences are no longer listed",
        });
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
            cx.say("no difference was found inside what both have");
            return;
        };
        self.current = Some(number);
        self.show_difference(self.row_lines(cx.shared.screen));
        if wrapped {
            cx.say(match by > 0 {
                true => "went on from the first",
                false => "went on from the last",
            });
        }
    }

    /// Goes to the next row, or the next passage of a full text, that holds a mark of this kind.
    fn step_mark(&mut self, by: isize, kind: MarkKind, cx: &mut UpdateContext<'_>) {
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
            let (at, _) = step(from, by * isize::try_from(distance).ok()?, total)?;
            self.has_mark(at, kind, cx.shared).then_some(at)
        });
        match (self.mode, found) {
            (CompareMode::FullTexts, Some(passage)) => self.show_passage(side, passage, height),
            (CompareMode::Rows, Some(row)) => {
                let top = self.rows.rows.get(row).map_or(0, |row| row.top);
                self.rows.scroll_to(top, height);
            }
            (_, None) => cx.say("no passage here holds one"),
        }
    }

    /// Whether a row, or a passage of the full text of the active side, holds a mark of this kind.
    fn has_mark(&self, at: usize, kind: MarkKind, shared: &Shared) -> bool {
        let holds = |side: Side, passage: usize| {
            let passage = self.comparison.as_ref()?.passages[side].get(passage)?;
            let marks = shared.report(self.reports?[side])?.annotated()?;
            Some(kind.is_in(marks, passage.span))
        };
        match self.mode {
            CompareMode::FullTexts => holds(self.active, at) == Some(true),
            CompareMode::Rows => self.rows.rows.get(at).is_some_and(|row| {
                let passages = row.row.passages;
                let mut sides = Side::BOTH.into_iter();
                sides.any(|side| passages[side].and_then(|at| holds(side, at)) == Some(true))
            }),
        }
    }

    /// Swaps the sides. The comparison seen from the other side has its differences in another order: the one in focus stays so.
    fn swap(&mut self, cx: &mut UpdateContext<'_>) {
        let Some(sides) = self.reports.map(Sides::swapped) else {
            return;
        };
        // The rows move as with another size of the screen.
        let was_in_sight = self.before_resize(cx.shared);
        let swapped = cx.shared.comparisons.get(sides).cloned();
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
            self.after_resize(cx);
        }
    }

    /// Opens a report in the reader at the passage in focus.
    fn open_report(&self, cx: &mut UpdateContext<'_>) {
        if let Some((report, span)) = self.focused_place(self.row_lines(cx.shared.screen)) {
            cx.go(Navigation::Read(report, ReaderTarget::Span(span)));
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
        let passage = comparison.passages[side].get(passages[side]?)?;
        Some((reports[side], passage.span))
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
            _ => cx.say("there is no other report to put on the right"),
        }
    }
}
