//! The actions of a comparison: moving in it, laying it out in another way, and putting another report on the right.

use crate::compare::{Side, Sides};
use crate::library::ReportNo;
use crate::text::Span;
use crate::tui::action::{Action, CompareAction};
use crate::tui::view::report_mark::MarkKind;
use crate::tui::view::{Navigation, ReaderTarget, UpdateContext, step};
use crate::tui::words::counted;

use super::copy::CopyForm;
use super::findings::{Finding, Findings};
use super::focus::StepKind;
use super::{CompareFocus, CompareMode, CompareView, DifferenceList};

impl CompareView {
    /// Performs an action of this view; `None` where it is none.
    pub(super) fn perform(&mut self, action: Action, cx: &mut UpdateContext<'_>) -> Option<()> {
        match CompareAction::from_action(action)? {
            CompareAction::Open => {
                if let Some((report, span)) = self.focused_place(self.row_lines(cx.shared.screen)) {
                    cx.go(Navigation::Read(report, ReaderTarget::Span(span)));
                }
            }
            CompareAction::NextQuote => self.step_to(StepKind::Mark(MarkKind::Quote), 1, cx),
            CompareAction::PreviousQuote => self.step_to(StepKind::Mark(MarkKind::Quote), -1, cx),
            CompareAction::NextTerm => self.step_to(StepKind::Mark(MarkKind::Term), 1, cx),
            CompareAction::PreviousTerm => self.step_to(StepKind::Mark(MarkKind::Term), -1, cx),
            CompareAction::NextStatement => {
                self.step_to(StepKind::Mark(MarkKind::Statement), 1, cx);
            }
            CompareAction::PreviousStatement => {
                self.step_to(StepKind::Mark(MarkKind::Statement), -1, cx);
            }
            CompareAction::Copy => self.copy_focused(CopyForm::Plain, cx),
            CompareAction::CopyMarkdown => self.copy_focused(CopyForm::Markdown, cx),
            CompareAction::NextOnly => self.step_to(StepKind::Only, 1, cx),
            CompareAction::PreviousOnly => self.step_to(StepKind::Only, -1, cx),
            CompareAction::Search => self.open_search(),
            CompareAction::SearchNext => self.step_hit(1, cx),
            CompareAction::SearchPrevious => self.step_hit(-1, cx),
            CompareAction::SharedWords => {
                self.shows_shared = !self.shows_shared;
                cx.say(match self.shows_shared {
                    true => "shared words underlined",
                    false => "shared words plain",
                });
            }
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
        self.focus = None;
        self.rows.invalidate();
        cx.say(match self.list {
            DifferenceList::Sure => "list of differences on (where it fits)".to_owned(),
            DifferenceList::All => format!("{} listed too", counted(unsure, "unsure difference")),
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
                // The focus stays; without one, the reader was at the passage at the top of the rows.
                let focused = self
                    .focus_in_sight(height)
                    .and_then(|_| self.focused_passage());
                let top = self.rows.at_top(side).map(|row| row.row.passages);
                let at_top = top.and_then(|passages| {
                    let on = |side: Side| Some((side, passages[side]?));
                    on(side).or_else(|| on(side.other()))
                });
                self.mode = CompareMode::FullTexts;
                if let Some((side, passage)) = focused.or(at_top) {
                    self.active = side;
                    self.texts.at[side] = passage;
                }
                self.settle(height);
                cx.say("full texts, each in its own order");
            }
            CompareMode::FullTexts => {
                self.mode = CompareMode::Rows;
                let passage = self.texts.at[side];
                let is_focused = self.focused_passage() == Some((side, passage));
                match self.focused_row() {
                    Some(row) if is_focused => self.rows.show_row(row, height),
                    _ => self.show_passage(side, passage, height),
                }
                cx.say("aligned rows");
            }
        }
    }

    /// Goes to the next match of the search, or the previous one.
    fn step_hit(&mut self, by: isize, cx: &mut UpdateContext<'_>) {
        match &self.search {
            Some(_) => self.step_to(StepKind::Hit, by, cx),
            None => cx.say("no previous search; / searches both reports"),
        }
    }

    /// Swaps the sides. The comparison seen from the other side has its differences in another order: the one in focus stays so.
    fn swap(&mut self, cx: &mut UpdateContext<'_>) {
        let Some(sides) = self.reports.map(Sides::swapped) else {
            return;
        };
        // The rows move as with another size of the screen.
        let was_in_sight = self.has_focus_in_sight(cx.shared);
        let swapped = self.list.apply(cx.shared.comparisons.get(sides));
        let focused = self.focused_finding().cloned();
        self.reports = Some(sides);
        self.comparison = swapped;
        self.order = self.order.other();
        self.texts.swap();
        self.search = None;
        self.swap_focus(focused, cx);
        self.linking = self.linking.map(|(side, at)| (side.other(), at));
        self.rows.invalidate();
        if was_in_sight {
            self.bring_focus_back(cx.shared);
        }
    }

    /// Keeps the same thing in focus after the sides were swapped; `finding` is the difference that was.
    fn swap_focus(&mut self, finding: Option<Finding>, cx: &mut UpdateContext<'_>) {
        if let (Some(comparison), Some(reports)) = (&self.comparison, self.open_reports(cx.shared))
        {
            let articles = reports.map(|report| &*report.article);
            self.findings = Findings::new(comparison, articles);
            self.texts.pair_up(comparison);
        }
        self.focus = match self.focus {
            Some(CompareFocus::Finding(_)) => finding.and_then(|finding| {
                let spans = finding.spans.swapped();
                let mut all = self.findings.all.iter();
                let same = all.position(|it| it.kind == finding.kind && it.spans == spans);
                same.map(CompareFocus::Finding)
            }),
            Some(CompareFocus::Passage(side, n)) => Some(CompareFocus::Passage(side.other(), n)),
            Some(CompareFocus::Mark(side, mark)) => Some(CompareFocus::Mark(side.other(), mark)),
            Some(CompareFocus::Hit(_)) | None => None,
        };
    }

    /// Returns the place in focus, or the passage at the top of the screen.
    fn focused_place(&self, height: usize) -> Option<(ReportNo, Span)> {
        let (reports, comparison) = (self.reports?, self.comparison.as_ref()?);
        let is_rows = self.mode == CompareMode::Rows;
        let in_sight = !is_rows || self.focus_in_sight(height).is_some();
        let focused = self.focused_passage().filter(|_| in_sight);
        if let Some((side, passage)) = focused {
            // A difference may have words on one side only.
            let on = |side: Side| Some((reports[side], *self.focused_spans(side).0.first()?));
            let whole = || Some((reports[side], comparison.passage_span(side, passage)?));
            return on(side).or_else(|| on(side.other())).or_else(whole);
        }
        if !is_rows {
            let side = self.active;
            return Some((reports[side], self.texts.focused_span(side, comparison)?));
        }
        let passages = self.rows.at_top(self.active)?.row.passages;
        let on = |side: Side| {
            let span = comparison.passage_span(side, passages[side]?)?;
            Some((reports[side], span))
        };
        // The headlines stand before the first passage.
        let first = || {
            Some((
                reports[self.active],
                comparison.passage_span(self.active, 0)?,
            ))
        };
        on(self.active)
            .or_else(|| on(self.active.other()))
            .or_else(first)
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
