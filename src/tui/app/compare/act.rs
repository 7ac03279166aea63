//! What the keys of a comparison do.

use std::sync::Arc;

use crate::annotate::term::TermHit;
use crate::compare::{Comparison, LinkChoice, LinkDecision, Passage, Side, Sides};

use super::super::super::action::{Action, Context};
use super::super::super::effect::Effect;
use super::super::super::highlight::in_window;
use super::super::super::view;
use super::super::super::worker::Job;
use super::super::act::Distance;
use super::super::reader::step;
use super::super::{App, View};
use super::{Comparing, Mode};

impl App {
    /// Opens the comparison of the two marked reports, or of the two that there are.
    pub(in super::super) fn open_comparison(&mut self) -> Vec<Effect> {
        let Some(sides) = self.pair().or_else(|| self.event_pair()) else {
            let mark = self.keymap.keys_of(Context::List, Action::Mark);
            let mark = mark.first().map_or("mark", String::as_str).to_owned();
            let needed = 2_usize.saturating_sub(self.list.marked.len());
            self.say(format!("mark {needed} more to compare: {mark} in the list"));
            return Vec::new();
        };
        self.compare_reports(sides)
    }

    pub(in super::super) fn compare_reports(&mut self, sides: Sides<usize>) -> Vec<Effect> {
        self.overlay = None;
        self.view = View::Compare;
        if self
            .comparing
            .as_ref()
            .is_some_and(|comparing| comparing.reports == sides)
        {
            return Vec::new();
        }
        let mut comparing = Comparing::new(sides);
        if let Some(comparison) = self.comparisons.get(&sides) {
            comparing.found(comparison.clone());
        }
        self.comparing = Some(comparing);
        self.ask_comparison(sides)
    }

    /// Lines of the comparison that are on the screen at once.
    pub(in super::super) fn compare_height(&self) -> usize {
        usize::from(view::compare::areas(self).rows.height)
    }

    pub(in super::super) fn compare_action(&mut self, action: Action) -> Vec<Effect> {
        if let Some(distance) = Distance::of(action) {
            self.scroll_comparison(distance);
            return Vec::new();
        }
        let Some(comparing) = &mut self.comparing else {
            return Vec::new();
        };
        match action {
            Action::NextDifference => self.step_difference(1),
            Action::PreviousDifference => self.step_difference(-1),
            Action::Swap => self.keeping_focus(Self::swap_sides),
            Action::LockScroll => self.lock_scroll(),
            Action::NextPane | Action::PreviousPane => self.other_side(),
            Action::Order => {
                comparing.order = comparing.order.other();
                comparing.stale();
                let letter = comparing.order.letter();
                self.say(format!("rows follow the order of {letter}"));
            }
            Action::Lanes => {
                comparing.lane = comparing.lane.next();
                comparing.stale();
                comparing.scroll = Sides::default();
                let name = comparing.lane.name();
                self.say(format!("showing {name}"));
            }
            Action::ViewMode => self.next_mode(),
            Action::Differences => {
                comparing.listing = !comparing.listing;
                let words = if comparing.listing {
                    "differences are listed where there is room"
                } else {
                    "differences are no longer listed"
                };
                self.say(words);
            }
            Action::Overview => comparing.overview = !comparing.overview,
            Action::Open => self.open_compared(),
            Action::Export => self.open_export(),
            Action::Pick => self.open_picker(),
            Action::NextRight => return self.change_right(1),
            Action::PreviousRight => return self.change_right(-1),
            Action::NextQuote
            | Action::PreviousQuote
            | Action::NextTerm
            | Action::PreviousTerm
            | Action::NextStatement
            | Action::PreviousStatement => self.step_marked(action),
            Action::Link => return self.link(),
            Action::Unlink => return self.unlink(),
            _ => self.idle(action),
        }
        Vec::new()
    }

    fn scroll_comparison(&mut self, distance: Distance) {
        let height = self.compare_height();
        let Some(comparing) = &mut self.comparing else {
            return;
        };
        match (comparing.mode, comparing.comparison.clone()) {
            (Mode::Whole, Some(comparison)) => {
                let (side, other) = (comparing.active, comparing.other());
                let whole = &mut comparing.whole;
                match distance {
                    Distance::Lines(n) => whole.step(n, side, &comparison),
                    _ => whole.step_lines(distance.lines(height), side, &comparison),
                }
                whole.settle(side, other, &comparison, height);
            }
            _ => comparing.by(distance.lines(height), height),
        }
    }

    fn lock_scroll(&mut self) {
        let height = self.compare_height();
        let Some(comparing) = &mut self.comparing else {
            return;
        };
        comparing.together = !comparing.together;
        if comparing.together {
            comparing.scroll.right = comparing.scroll.left;
            if let Some(comparison) = comparing.comparison.clone() {
                let (side, other) = (comparing.active, comparing.other());
                comparing.whole.settle(side, other, &comparison, height);
            }
        }
        let words = if comparing.together {
            "the sides scroll together"
        } else {
            "the sides scroll apart; Tab changes the side that moves"
        };
        self.say(words);
    }

    fn other_side(&mut self) {
        let Some(comparing) = &mut self.comparing else {
            return;
        };
        comparing.active = comparing.active.other();
        let letter = comparing.active.letter();
        let moves = comparing.mode == Mode::Whole || !comparing.together;
        if moves {
            self.say(format!("{letter} moves now"));
        } else {
            self.say(format!("{letter} is the side that is opened and read"));
        }
    }

    fn next_mode(&mut self) {
        let height = self.compare_height();
        let Some(comparing) = &mut self.comparing else {
            return;
        };
        let Some(comparison) = comparing.comparison.clone() else {
            return;
        };
        let (mode, words) = match comparing.mode {
            Mode::Rows => (Mode::Whole, "both reports whole, each in its own order"),
            Mode::Whole => (Mode::Rows, "what corresponds stands in the same row"),
        };
        comparing.mode = mode;
        let side = comparing.active;
        if mode == Mode::Whole {
            // The text at the top of the rows is where the reader was.
            let row = comparing.sheet.row_at(comparing.scroll[side].top);
            let shown = comparing.sheet.rows.get(row);
            let at = shown.and_then(|row| row.row.passages[side]);
            comparing.whole.at[side] = at.unwrap_or(comparing.whole.at[side]);
            let other = comparing.other();
            comparing.whole.settle(side, other, &comparison, height);
        } else {
            comparing.show_passage(side, comparing.whole.at[side], height);
        }
        self.say(words);
    }

    /// Names a passage, or, where one of the other side was named before, its partner.
    fn link(&mut self) -> Vec<Effect> {
        let Some(comparing) = &mut self.comparing else {
            return Vec::new();
        };
        if comparing.mode == Mode::Rows {
            let mode = self.key_for(Action::ViewMode);
            self.say(format!(
                "{mode} shows both reports whole; passages are linked there"
            ));
            return Vec::new();
        }
        let side = comparing.active;
        let here = comparing.whole.at[side];
        match comparing.linking.take() {
            Some((first, passage)) if first != side => {
                let mut at = Sides::new(passage, here);
                if side == Side::Left {
                    at = at.swapped();
                }
                self.decide(at, LinkDecision::Link)
            }
            _ => {
                comparing.linking = Some((side, here));
                comparing.active = side.other();
                let key = self.key_for(Action::Link);
                let letter = side.other().letter();
                self.say(format!(
                    "go to its partner in {letter} and press {key}; Esc gives up"
                ));
                Vec::new()
            }
        }
    }

    /// Says that the pair that the reader stands on is none.
    fn unlink(&mut self) -> Vec<Effect> {
        let height = self.compare_height();
        let Some(comparing) = &self.comparing else {
            return Vec::new();
        };
        let Some(comparison) = comparing.comparison.clone() else {
            return Vec::new();
        };
        let pair = match comparing.mode {
            Mode::Whole => comparing.whole.pair(comparing.active, &comparison).copied(),
            Mode::Rows => {
                let current = comparing.in_sight(height);
                let top = comparing.sheet.row_at(comparing.scroll.left.top);
                let row = comparing.sheet.rows.get(top).and_then(|row| row.row.pair);
                let pair = current.map(|difference| difference.pair).or(row);
                pair.and_then(|pair| comparison.pairs.get(pair)).copied()
            }
        };
        match pair {
            Some(pair) => self.decide(pair.at, LinkDecision::Unlink),
            None => {
                self.say("nothing is linked here");
                Vec::new()
            }
        }
    }

    /// Keeps what the reader says of two passages and compares anew with it.
    fn decide(&mut self, at: Sides<usize>, decision: LinkDecision) -> Vec<Effect> {
        let Some(comparing) = &self.comparing else {
            return Vec::new();
        };
        let reports = comparing.reports;
        let spans = comparing.comparison.as_ref().and_then(|comparison| {
            let span = |side: Side| {
                let passage: Option<&Passage> = comparison.passages[side].get(at[side]);
                passage.map(|passage| passage.span)
            };
            Some(Sides::new(span(Side::Left)?, span(Side::Right)?))
        });
        let (Some(at), Some(ids)) = (spans, self.ids(reports)) else {
            return Vec::new();
        };
        let mut choices = self.state.choices(ids);
        choices.retain(|choice| choice.at != at);
        choices.push(LinkChoice { at, decision });
        self.state.set_choices(ids, choices.clone());
        self.say(match decision {
            LinkDecision::Link => "linked; kept for the next time",
            LinkDecision::Unlink => "no longer linked; kept for the next time",
        });
        vec![
            Effect::Compute(Job::Compare(reports, choices)),
            Effect::Save,
        ]
    }

    fn step_difference(&mut self, by: isize) {
        let height = self.compare_height();
        let Some(comparing) = &mut self.comparing else {
            return;
        };
        let total = comparing
            .comparison
            .as_ref()
            .map_or(0, |comparison| comparison.differences.len());
        let stepped = match comparing.current {
            Some(current) => step(current, by, total),
            None if total == 0 => None,
            None => Some((if by > 0 { 0 } else { total - 1 }, false)),
        };
        let Some((n, wrapped)) = stepped else {
            self.say("no difference was found inside what both have");
            return;
        };
        comparing.current = Some(n);
        comparing.show_current(height);
        if wrapped {
            self.say(if by > 0 {
                "went on from the first"
            } else {
                "went on from the last"
            });
        }
    }

    /// Lets the rows be laid out anew by `change`; a difference in focus that was on the screen is still there afterwards.
    pub(in super::super) fn keeping_focus(&mut self, change: impl FnOnce(&mut Self)) {
        let height = self.compare_height();
        let seen = self.comparing.as_ref().is_some_and(|comparing| {
            comparing.mode == Mode::Rows && comparing.in_sight(height).is_some()
        });
        change(self);
        if !seen {
            return;
        }
        self.lay_out_comparison();
        let height = self.compare_height();
        if let Some(comparing) = &mut self.comparing {
            comparing.show_current(height);
        }
    }

    fn swap_sides(&mut self) {
        let Some(comparing) = &mut self.comparing else {
            return;
        };
        let mirrored = comparing
            .comparison
            .as_ref()
            .map(|comparison| Arc::new(Comparison::clone(comparison).mirrored()));
        comparing.swap(mirrored.clone());
        let reports = comparing.reports;
        if let Some(mirrored) = mirrored {
            self.comparisons.insert(reports, mirrored);
        }
    }

    /// Goes to the passage in focus in the reader: that of the difference in sight, or the one at the top of the screen.
    fn open_compared(&mut self) {
        let height = self.compare_height();
        let Some(comparing) = &self.comparing else {
            return;
        };
        let Some(comparison) = &comparing.comparison else {
            return;
        };
        let side = comparing.active;
        let focused = match comparing.mode {
            Mode::Whole => comparing.whole.span(side, comparison),
            Mode::Rows => comparing
                .in_sight(height)
                .and_then(|difference| difference.spans[side].first().copied()),
        };
        let row = comparing
            .sheet
            .rows
            .get(comparing.sheet.row_at(comparing.scroll[side].top));
        let shown = row.and_then(|row| {
            let side = if row.row.passages[side].is_some() {
                side
            } else {
                side.other()
            };
            let passage = comparison.passages[side].get(row.row.passages[side]?)?;
            Some((comparing.reports[side], passage.span))
        });
        let target = focused
            .map(|span| (comparing.reports[side], span))
            .or(shown);
        if let Some((report, span)) = target {
            self.go_to(report, span);
        }
    }

    fn change_right(&mut self, by: isize) -> Vec<Effect> {
        let Some(comparing) = &self.comparing else {
            return Vec::new();
        };
        let (left, right) = (comparing.reports.left, comparing.reports.right);
        let others = self.event_first(left);
        let at = others
            .iter()
            .position(|&number| number == right)
            .unwrap_or(0);
        match step(at, by, others.len()).and_then(|(n, _)| others.get(n)) {
            Some(&next) if next != right => self.compare_reports(Sides::new(left, next)),
            _ => {
                self.say("there is no other report to put on the right");
                Vec::new()
            }
        }
    }

    pub(in super::super) fn compare_click(&mut self, at: ratatui::layout::Position) -> Vec<Effect> {
        let height = self.compare_height();
        let difference = view::compare::difference_at(self, at);
        let passage = view::compare::passage_at(self, at);
        if let Some(comparing) = &mut self.comparing {
            if let Some(difference) = difference {
                comparing.current = Some(difference);
                comparing.show_current(height);
            } else if let Some((side, passage)) = passage {
                comparing.show_passage(side, passage, height);
            }
        }
        Vec::new()
    }

    /// Goes to the next row, or the next passage of a whole text, that holds a mark of the kind asked for.
    fn step_marked(&mut self, action: Action) {
        let height = self.compare_height();
        let by = match action {
            Action::NextQuote | Action::NextTerm | Action::NextStatement => 1,
            _ => -1,
        };
        let Some(comparing) = &self.comparing else {
            return;
        };
        let Some(comparison) = &comparing.comparison else {
            return;
        };
        let side = comparing.active;
        let (from, total) = match comparing.mode {
            Mode::Whole => (comparing.whole.at[side], comparison.passages[side].len()),
            Mode::Rows => (
                comparing.sheet.row_at(comparing.scroll.left.top),
                comparing.sheet.rows.len(),
            ),
        };
        let has = |at: usize| match comparing.mode {
            Mode::Whole => self.passage_has(side, at, action),
            Mode::Rows => self.row_has(at, action),
        };
        let found = (1..=total).find_map(|distance| {
            let (at, _) = step(from, by * isize::try_from(distance).ok()?, total)?;
            has(at).then_some(at)
        });
        let Some(comparing) = &mut self.comparing else {
            return;
        };
        match (comparing.mode, found) {
            (Mode::Whole, Some(passage)) => comparing.show_passage(side, passage, height),
            (Mode::Rows, Some(row)) => {
                let top = comparing.sheet.rows.get(row).map_or(0, |row| row.top);
                comparing.go_to_line(top, height);
            }
            (_, None) => self.say("no passage here holds one"),
        }
    }

    fn row_has(&self, row: usize, action: Action) -> bool {
        let rows = self
            .comparing
            .as_ref()
            .map(|comparing| &comparing.sheet.rows);
        let row = rows.and_then(|rows| rows.get(row));
        row.is_some_and(|row| {
            let passages = row.row.passages;
            let mut sides = Side::BOTH.into_iter();
            sides.any(|side| passages[side].is_some_and(|at| self.passage_has(side, at, action)))
        })
    }

    fn passage_has(&self, side: Side, passage: usize, action: Action) -> bool {
        let Some(comparing) = &self.comparing else {
            return false;
        };
        let comparison = comparing.comparison.as_ref();
        let passage = comparison.and_then(|comparison| comparison.passages[side].get(passage));
        let report = self.report(comparing.reports[side]);
        let marks = report.and_then(|report| report.annotated());
        let (Some(passage), Some(marks)) = (passage, marks) else {
            return false;
        };
        let here = passage.span;
        match action {
            Action::NextQuote | Action::PreviousQuote => {
                let mut quotes = in_window(&marks.quotes, here, |quote| quote.span);
                quotes.next().is_some()
            }
            Action::NextTerm | Action::PreviousTerm => {
                in_window(&marks.terms, here, |hit| hit.span).any(TermHit::is_strong)
            }
            _ => {
                let mut told = in_window(&marks.statements, here, |told| told.span);
                told.next().is_some()
            }
        }
    }
}
