//! The thing in focus of a comparison, the steps from one to the next, and the words that name it.

use crate::compare::{Comparison, Side, Sides};
use crate::library::ReportNo;
use crate::text::Span;
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::view::report_mark::{self, MarkKind, ReportMark};
use crate::tui::view::{UpdateContext, step};

use super::findings::{Finding, FindingKind};
use super::{CompareMode, CompareView};

/// The thing in focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareFocus {
    /// A difference, by its number in the list.
    Finding(usize),
    /// A passage, by side and number.
    Passage(Side, usize),
    /// A quotation, a statement or a term of a side.
    Mark(Side, ReportMark),
    /// A match of the search, by its number.
    Hit(usize),
}

/// The things that keys step through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepKind {
    /// Passages that one report alone has.
    Only,
    /// Marks of a kind.
    Mark(MarkKind),
    /// Matches of the search.
    Hit,
}

impl StepKind {
    fn name(self) -> &'static str {
        match self {
            StepKind::Only => "passage only in one report",
            StepKind::Mark(kind) => kind.name(),
            StepKind::Hit => "match",
        }
    }
}

/// A place in the order in which keys step: the row (or the side, in the full texts), then the side, then the place in its text.
type StepPlace = (usize, Side, usize);

impl CompareView {
    /// Returns the number of the difference in focus.
    pub fn current(&self) -> Option<usize> {
        match self.focus? {
            CompareFocus::Finding(number) => Some(number),
            _ => None,
        }
    }

    /// Returns the difference in focus.
    pub(super) fn focused_finding(&self) -> Option<&Finding> {
        self.findings.all.get(self.current()?)
    }

    /// Returns the passage in focus, on the side that counts: for a difference, the active one.
    pub(super) fn focused_passage(&self) -> Option<(Side, usize)> {
        match self.focus? {
            CompareFocus::Finding(_) => {
                let at = self.focused_finding()?.at?;
                Some((self.active, at[self.active]))
            }
            CompareFocus::Passage(side, passage) => Some((side, passage)),
            CompareFocus::Mark(side, mark) => Some((side, self.passage_with(side, mark.span)?)),
            CompareFocus::Hit(number) => {
                let (side, span) = self.search.as_ref()?.hits.get(number).copied()?;
                Some((side, self.passage_with(side, span)?))
            }
        }
    }

    /// Returns the number of the row of the thing in focus.
    pub(super) fn focused_row(&self) -> Option<usize> {
        if let Some(finding) = self.focused_finding() {
            return match finding.at {
                Some(at) => self.rows.number_of_pair(at),
                None => (!self.rows.rows.is_empty()).then_some(0),
            };
        }
        let (side, passage) = self.focused_passage()?;
        self.rows.number_of(side, passage)
    }

    /// Returns the thing in focus, while its row is on a screen with `height` lines for the rows.
    pub fn focus_in_sight(&self, height: usize) -> Option<CompareFocus> {
        let row = self.rows.rows.get(self.focused_row()?)?;
        let top = self.rows.scroll[self.active].top;
        let is_seen = row.top + row.height > top + 1 && row.top < top + height;
        self.focus.filter(|_| is_seen)
    }

    /// Returns the words of a side that are in focus, with the scope that marks them; those of headlines are not among them.
    pub(super) fn focused_spans(&self, side: Side) -> (Vec<Span>, Scope) {
        match self.focus {
            Some(CompareFocus::Finding(_)) => {
                let finding = self
                    .focused_finding()
                    .filter(|finding| finding.at.is_some());
                let mut spans = finding.map_or_else(Vec::new, |it| it.spans[side].clone());
                spans.sort_unstable();
                (spans, Scope::DiffFocus)
            }
            Some(CompareFocus::Passage(on, passage)) if on == side => {
                let comparison = self.comparison.as_ref();
                let span = comparison.and_then(|it| it.passage_span(side, passage));
                (span.into_iter().collect(), Scope::Passage)
            }
            Some(CompareFocus::Mark(on, mark)) if on == side => {
                (vec![mark.span], mark.kind.focus_scope())
            }
            Some(CompareFocus::Hit(number)) => {
                let hits = self.search.as_ref().map_or(&[][..], |search| &search.hits);
                let hit = hits.get(number).filter(|(on, _)| *on == side);
                (
                    hit.map(|(_, span)| *span).into_iter().collect(),
                    Scope::SearchCurrent,
                )
            }
            _ => (Vec::new(), Scope::Text),
        }
    }

    /// Returns the passage of a side in which the first byte of `span` stands.
    pub(super) fn passage_with(&self, side: Side, span: Span) -> Option<usize> {
        passage_with(self.comparison.as_ref()?, side, span)
    }

    /// Brings the thing in focus onto the screen, in either mode.
    pub(super) fn show_focus(&mut self, height: usize) {
        match self.mode {
            CompareMode::Rows => {
                if let Some(row) = self.focused_row() {
                    self.rows.show_row(row, height);
                }
            }
            CompareMode::FullTexts => {
                if let Some((side, passage)) = self.focused_passage() {
                    self.show_passage(side, passage, height);
                }
            }
        }
    }

    /// Goes to the next difference of the list, or the previous one.
    pub(super) fn step_difference(&mut self, by: isize, cx: &mut UpdateContext<'_>) {
        let total = self.findings.all.len();
        let stepped = match self.current() {
            Some(current) => step(current, by, total),
            None if total == 0 => None,
            None => Some((if by > 0 { 0 } else { total - 1 }, false)),
        };
        let Some((number, wrapped)) = stepped else {
            cx.say("no differences found");
            return;
        };
        self.focus = Some(CompareFocus::Finding(number));
        self.show_focus(self.row_lines(cx.shared.screen));
        if wrapped {
            say_wrapped("difference", by, cx);
        }
    }

    /// Goes to the next thing of a kind on either side, or the previous one; in full texts, on the side that moves.
    pub(super) fn step_to(&mut self, kind: StepKind, by: isize, cx: &mut UpdateContext<'_>) {
        let targets = self.targets(kind, cx.shared);
        let height = self.row_lines(cx.shared.screen);
        let focused = self.focus_in_sight(height);
        let focused = focused.and_then(|focus| self.step_place(focus));
        let at = match focused {
            Some(here) if by > 0 => targets.partition_point(|(place, _)| *place <= here),
            Some(here) => targets.partition_point(|(place, _)| *place < here),
            None => targets.partition_point(|(place, _)| *place < self.top_place()),
        };
        let next = if by > 0 { Some(at) } else { at.checked_sub(1) };
        let found = next.and_then(|next| targets.get(next));
        let is_wrapped = found.is_none();
        let ends = if by > 0 {
            targets.first()
        } else {
            targets.last()
        };
        let Some(&(_, focus)) = found.or(ends) else {
            cx.say(format!("no {} here", kind.name()));
            return;
        };
        self.focus = Some(focus);
        if let Some((side, _)) = self.focused_passage() {
            self.active = if self.mode == CompareMode::FullTexts {
                side
            } else {
                self.active
            };
        }
        self.show_focus(height);
        if is_wrapped {
            say_wrapped(kind.name(), by, cx);
        }
    }

    /// Returns the things of a kind in the order of the rows, or of the text that moves.
    fn targets(&self, kind: StepKind, shared: &Shared) -> Vec<(StepPlace, CompareFocus)> {
        let mut found = Vec::new();
        let focuses = Side::BOTH
            .into_iter()
            .flat_map(|side| self.things(kind, side, shared));
        for focus in focuses {
            found.extend(self.step_place(focus).map(|place| (place, focus)));
        }
        found.sort_by_key(|(place, _)| *place);
        found
    }

    fn things(&self, kind: StepKind, side: Side, shared: &Shared) -> Vec<CompareFocus> {
        let Some(comparison) = &self.comparison else {
            return Vec::new();
        };
        match kind {
            StepKind::Only => {
                let passages = 0..comparison.passages[side].len();
                let alone = passages.filter(|&n| comparison.pairs_of(side, n).is_empty());
                alone.map(|n| CompareFocus::Passage(side, n)).collect()
            }
            StepKind::Mark(kind) => {
                let report = self.reports.and_then(|sides| shared.report(sides[side]));
                let marks = report.and_then(|report| report.annotated());
                let marks = marks.map_or_else(Vec::new, |marks| kind.all(marks));
                marks
                    .into_iter()
                    .map(|mark| CompareFocus::Mark(side, mark))
                    .collect()
            }
            StepKind::Hit => {
                let hits = self.search.as_ref().map_or(&[][..], |search| &search.hits);
                let own = hits.iter().enumerate().filter(|(_, (on, _))| *on == side);
                own.map(|(number, _)| CompareFocus::Hit(number)).collect()
            }
        }
    }

    /// Returns the place of a thing in the order of steps; `None` where it is not among the rows shown.
    fn step_place(&self, focus: CompareFocus) -> Option<StepPlace> {
        let comparison = self.comparison.as_ref()?;
        let (side, offset) = match focus {
            CompareFocus::Finding(number) => {
                let finding = self.findings.all.get(number)?;
                let row = finding.at.and_then(|at| self.rows.number_of_pair(at))?;
                let first = finding.spans[self.active]
                    .first()
                    .map_or(0, |span| span.start);
                return Some(match self.mode {
                    CompareMode::Rows => (row, Side::Left, 0),
                    CompareMode::FullTexts => (0, self.active, first),
                });
            }
            CompareFocus::Passage(side, n) => (side, comparison.passage_span(side, n)?.start),
            CompareFocus::Mark(side, mark) => (side, mark.span.start),
            CompareFocus::Hit(number) => {
                let (side, span) = self.search.as_ref()?.hits.get(number).copied()?;
                (side, span.start)
            }
        };
        let passage = passage_with(comparison, side, Span::new(offset, offset + 1))?;
        match self.mode {
            CompareMode::Rows => Some((self.rows.number_of(side, passage)?, side, offset)),
            CompareMode::FullTexts => {
                let is_meant = side == self.active || matches!(focus, CompareFocus::Hit(_));
                is_meant.then_some((0, side, offset))
            }
        }
    }

    /// Returns the place from which steps begin where nothing is in focus.
    pub(super) fn top_place(&self) -> StepPlace {
        match self.mode {
            CompareMode::Rows => (self.rows.row_at(self.rows.scroll.left.top), Side::Left, 0),
            CompareMode::FullTexts => {
                let comparison = self.comparison.as_ref();
                let span = comparison.and_then(|it| self.texts.focused_span(self.active, it));
                (0, self.active, span.map_or(0, |span| span.start))
            }
        }
    }

    /// Puts the first match at the place where the search began, or after it, in focus.
    pub(super) fn focus_first_hit(&mut self, from: StepPlace, shared: &Shared) {
        let targets = self.targets(StepKind::Hit, shared);
        let at = targets.partition_point(|(place, _)| *place < from);
        let found = targets.get(at).or(targets.first()).map(|(_, focus)| *focus);
        self.focus = found;
        self.show_focus(self.row_lines(shared.screen));
    }

    /// Returns what is in focus, in words.
    pub(super) fn focus_words(&self, shared: &Shared) -> Option<String> {
        let comparison = self.comparison.as_ref()?;
        match self.focus? {
            CompareFocus::Finding(number) => {
                let finding = self.findings.all.get(number)?;
                let place = format!("{}/{}", number + 1, self.findings.all.len());
                // The words stand in the list, where there is room for one.
                let is_listed = !self.areas(shared.screen).list.is_empty();
                Some(match is_listed {
                    true => format!("difference {place} · {}", finding.kind.name()),
                    false => format!("{place} {}", finding_words(finding)),
                })
            }
            CompareFocus::Passage(side, passage) => {
                let paragraphs = |side: Side, n: usize| {
                    let paragraph = comparison.passages[side].get(n)?.paragraph + 1;
                    Some(format!("{} paragraph {paragraph}", side.letter()))
                };
                let here = paragraphs(side, passage)?;
                let pair = comparison.pairs_of(side, passage).first();
                let Some(pair) = pair.and_then(|&pair| comparison.pairs.get(pair)) else {
                    return Some(format!("only {here}"));
                };
                let there = paragraphs(side.other(), pair.at[side.other()])?;
                Some(format!("{here}, {there}"))
            }
            CompareFocus::Mark(side, mark) => {
                let report: ReportNo = self.reports?[side];
                let words = report_mark::words(shared, report, mark)?;
                Some(format!("{} · {words}", side.letter()))
            }
            CompareFocus::Hit(number) => {
                let search = self.search.as_ref()?;
                let (side, _) = search.hits.get(number)?;
                let (place, total) = (number + 1, search.hits.len());
                let letter = side.letter();
                Some(format!(
                    "/{} · {place} of {total} · in {letter}",
                    search.words
                ))
            }
        }
    }
}

/// Returns a difference in one line: its kind, then the words of both sides.
pub(super) fn finding_words(finding: &Finding) -> String {
    let unsure = if finding.is_unsure { "unsure " } else { "" };
    let common = match finding.common.as_str() {
        "" => String::new(),
        common if finding.kind == FindingKind::Typed(crate::compare::DifferenceKind::List) => {
            format!("both {common}; ")
        }
        common => format!("“{common}”: "),
    };
    let [left, right] = Side::BOTH.map(|side| finding.side_words(side));
    let kind = finding.kind.short_name();
    format!("{unsure}{kind} {common}A {left} B {right}")
}

fn passage_with(comparison: &Comparison, side: Side, span: Span) -> Option<usize> {
    let passages = &comparison.passages[side];
    let at = passages.partition_point(|passage| passage.span.end <= span.start);
    let passage = passages.get(at)?;
    passage.span.overlaps(span).then_some(at)
}

fn say_wrapped(name: &str, by: isize, cx: &mut UpdateContext<'_>) {
    cx.say(match by > 0 {
        true => format!("back at the first {name}"),
        false => format!("back at the last {name}"),
    });
}

/// Returns `at` with the passage of `side` alone.
pub(super) fn only(side: Side, passage: usize) -> Sides<Option<usize>> {
    let mut passages = Sides::default();
    passages[side] = Some(passage);
    passages
}
