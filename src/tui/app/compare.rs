//! Two reports side by side: which ones, how they are laid out, and where the reader stands in them.

use std::sync::Arc;

use crate::annotate::Annotations;
use crate::article::Article;
use crate::compare::{Comparison, Row, Side, Sides};
use crate::text::{Span, wrap};

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::scroll::Scroll;
use super::act::Distance;
use super::{App, View};

/// From this width on the two columns stand beside each other; below, the partner stands under its passage.
pub const ASIDE_FROM: u16 = 110;
/// Columns between the two texts: a blank, the sign of the pair, how far the partner has moved, a blank.
pub const GUTTER: usize = 9;
/// The widest a column of text gets.
pub const WIDEST: usize = 72;

/// How two reports are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// What corresponds in the same row.
    #[default]
    Rows,
    /// Both texts whole, each in its own order.
    Whole,
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lane {
    /// All of them.
    #[default]
    All,
    /// What both have.
    Shared,
    /// What only one side has.
    Only(Side),
    /// What holds a quotation.
    Quotes,
    /// What holds a difference.
    Differences,
}

impl Lane {
    /// The lanes in the order they are stepped through.
    pub const ALL: [Lane; 6] = [
        Lane::All,
        Lane::Shared,
        Lane::Only(Side::Left),
        Lane::Only(Side::Right),
        Lane::Quotes,
        Lane::Differences,
    ];

    /// Returns the lane after this one.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|lane| *lane == self).unwrap_or(0);
        Self::ALL.get(at + 1).copied().unwrap_or_default()
    }

    /// Returns what it is called on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Lane::All => "all rows",
            Lane::Shared => "shared only",
            Lane::Only(Side::Left) => "only in A",
            Lane::Only(Side::Right) => "only in B",
            Lane::Quotes => "with quotations",
            Lane::Differences => "with differences",
        }
    }
}

/// A line of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellLine {
    /// Words of the report.
    Text(Span),
    /// Who said the quotation above.
    Speaker(String),
}

/// One row, laid out.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// What stands in it.
    pub row: Row,
    /// The lines on each side.
    pub cells: Sides<Vec<CellLine>>,
    /// Its first line, counted from the top of the sheet.
    pub top: usize,
    /// Its lines, the blank one below included.
    pub height: usize,
}

/// How the cells of a row stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placing {
    /// Beside each other.
    #[default]
    Aside,
    /// The right one under the left one.
    Under,
}

/// The rows of a comparison at one width.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Top to bottom.
    pub rows: Vec<SheetRow>,
    /// Lines in all.
    pub height: usize,
    /// Columns of each text.
    pub measure: usize,
    /// How cells stand.
    pub placing: Placing,
    width: u16,
}

impl Sheet {
    /// Returns the row that holds `line`.
    pub fn row_at(&self, line: usize) -> usize {
        self.rows
            .partition_point(|row| row.top + row.height <= line)
            .min(self.rows.len().saturating_sub(1))
    }
}

/// What is needed to lay a comparison out.
#[derive(Clone, Copy, Debug)]
pub struct Both<'a> {
    /// The reports.
    pub articles: Sides<&'a Article>,
    /// Their marks.
    pub annotations: Sides<&'a Annotations>,
}

/// The comparison on the screen.
#[derive(Clone, Debug)]
pub struct Comparing {
    /// The two reports, by number.
    pub reports: Sides<usize>,
    /// What was found; `None` while the worker is at it.
    pub comparison: Option<Arc<Comparison>>,
    /// Rows or whole texts.
    pub mode: Mode,
    /// Whose order the rows follow.
    pub order: Side,
    /// Which rows are shown.
    pub lane: Lane,
    /// The rows laid out.
    pub sheet: Sheet,
    /// What part of each side is on the screen; equal while they scroll together.
    pub scroll: Sides<Scroll>,
    /// Whether the sides scroll together.
    pub together: bool,
    /// The side that moves when they scroll apart.
    pub active: Side,
    /// The difference in focus, by number.
    pub current: Option<usize>,
    /// Whether the list of differences is shown below.
    pub listing: bool,
    /// Whether the strips are shown above.
    pub overview: bool,
}

impl Comparing {
    /// Returns a comparison that waits for the worker.
    pub fn new(reports: Sides<usize>) -> Self {
        Self {
            reports,
            comparison: None,
            mode: Mode::default(),
            order: Side::Left,
            lane: Lane::default(),
            sheet: Sheet::default(),
            scroll: Sides::default(),
            together: true,
            active: Side::Left,
            current: None,
            listing: true,
            overview: true,
        }
    }

    /// Takes the worker's answer.
    pub fn found(&mut self, comparison: Arc<Comparison>) {
        self.comparison = Some(comparison);
        self.sheet = Sheet::default();
        self.current = None;
    }

    /// Lays the rows out for a screen of `width` columns, if that was not done yet.
    pub fn lay_out(&mut self, both: Both<'_>, width: u16) {
        let Some(comparison) = self.comparison.clone() else {
            return;
        };
        if self.sheet.width == width {
            return;
        }
        let anchor = self
            .sheet
            .rows
            .get(self.sheet.row_at(self.scroll.left.top))
            .map(|row| row.row);
        let placing = if width >= ASIDE_FROM {
            Placing::Aside
        } else {
            Placing::Under
        };
        let measure = match placing {
            Placing::Aside => (usize::from(width).saturating_sub(GUTTER + 2) / 2).min(WIDEST),
            Placing::Under => usize::from(width).saturating_sub(9).clamp(1, WIDEST),
        };
        let shown = rows_of(&comparison, self.order, self.lane, both.annotations);
        self.sheet = sheet(shown, &comparison, both, placing, measure);
        self.sheet.width = width;
        if let Some(anchor) = anchor
            && let Some(row) = self.sheet.rows.iter().find(|row| row.row == anchor)
        {
            self.scroll = Sides::new(Scroll { top: row.top }, Scroll { top: row.top });
        }
    }

    /// Makes the next [`lay_out`](Self::lay_out) do its work again.
    pub fn stale(&mut self) {
        self.sheet.width = 0;
    }

    /// Scrolls by `lines`: both sides, or the active one.
    pub fn by(&mut self, lines: isize, height: usize) {
        let total = self.sheet.height;
        if self.together {
            self.scroll.left.by(lines, height, total);
            self.scroll.right = self.scroll.left;
        } else {
            self.scroll[self.active].by(lines, height, total);
        }
    }

    /// Brings the row of the difference in focus onto the screen.
    pub fn show_current(&mut self, height: usize) {
        let Some(comparison) = &self.comparison else {
            return;
        };
        let Some(difference) = self.current.and_then(|n| comparison.differences.get(n)) else {
            return;
        };
        let Some(at) = comparison.pairs.get(difference.pair).map(|pair| pair.at) else {
            return;
        };
        let row = self
            .sheet
            .rows
            .iter()
            .find(|row| row.row.pair == Some(difference.pair))
            .or_else(|| {
                self.sheet
                    .rows
                    .iter()
                    .find(|row| row.row.passages.left == Some(at.left))
            });
        if let Some(row) = row {
            let (line, last, total) = (
                row.top,
                row.top + row.height.saturating_sub(2),
                self.sheet.height,
            );
            let mut scroll = self.scroll.left;
            scroll.show(last, height, total);
            scroll.show(line, height, total);
            self.scroll = Sides::new(scroll, scroll);
        }
    }

    /// Swaps the sides; the worker's answer is mirrored, not made again.
    pub fn swap(&mut self, mirrored: Option<Arc<Comparison>>) {
        self.reports = self.reports.swapped();
        self.order = self.order.other();
        self.comparison = mirrored;
        self.stale();
    }
}

fn rows_of(
    comparison: &Comparison,
    order: Side,
    lane: Lane,
    annotations: Sides<&Annotations>,
) -> Vec<Row> {
    let mut rows = comparison.rows(order);
    rows.retain(|row| match lane {
        Lane::All => true,
        Lane::Shared => row.pair.is_some(),
        Lane::Only(side) => row.passages[side].is_some() && row.passages[side.other()].is_none(),
        Lane::Quotes => Side::BOTH.into_iter().any(|side| {
            let passage = row.passages[side].and_then(|n| comparison.passages[side].get(n));
            passage.is_some_and(|passage| {
                annotations[side]
                    .quotes
                    .iter()
                    .any(|quote| quote.span.overlaps(passage.span))
            })
        }),
        Lane::Differences => comparison
            .differences
            .iter()
            .any(|difference| Some(difference.pair) == row.pair),
    });
    rows
}

fn sheet(
    rows: Vec<Row>,
    comparison: &Comparison,
    both: Both<'_>,
    placing: Placing,
    measure: usize,
) -> Sheet {
    let mut top = 0;
    let mut laid = Vec::with_capacity(rows.len());
    for row in rows {
        let cell = |side: Side| {
            let passage = row.passages[side].and_then(|n| comparison.passages[side].get(n));
            passage.map_or_else(Vec::new, |passage| cell(both, side, passage.span, measure))
        };
        let cells = Sides::new(cell(Side::Left), cell(Side::Right));
        let lines = match placing {
            Placing::Aside => cells.left.len().max(cells.right.len()),
            Placing::Under => cells.left.len() + cells.right.len(),
        };
        laid.push(SheetRow {
            row,
            cells,
            top,
            height: lines + 1,
        });
        top += lines + 1;
    }
    Sheet {
        rows: laid,
        height: top,
        measure,
        placing,
        width: 0,
    }
}

/// The lines of one passage: its words, and who said the quotation in it where that is a whole utterance.
fn cell(both: Both<'_>, side: Side, span: Span, measure: usize) -> Vec<CellLine> {
    let rows = wrap::wrap(
        &span.of(&both.articles[side].text).replace('\n', " "),
        measure,
    );
    rows.into_iter()
        .map(|row| CellLine::Text(row.shifted(span.start)))
        .collect()
}

impl App {
    /// Opens the comparison of the two marked reports, or of the two that there are.
    pub(super) fn open_comparison(&mut self) -> Vec<Effect> {
        let Some(sides) = self.pair() else {
            let mark = self
                .keymap
                .keys_of(super::super::action::Context::List, Action::Mark);
            let mark = mark.first().map_or("mark", String::as_str).to_owned();
            let needed = 2_usize.saturating_sub(self.list.marked.len());
            self.say(format!("mark {needed} more to compare: {mark} in the list"));
            return Vec::new();
        };
        self.compare_reports(sides)
    }

    fn compare_reports(&mut self, sides: Sides<usize>) -> Vec<Effect> {
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
    pub(super) fn compare_height(&self) -> usize {
        usize::from(super::super::view::compare::areas(self).rows.height)
    }

    pub(super) fn compare_action(&mut self, action: Action) -> Vec<Effect> {
        let height = self.compare_height();
        let Some(comparing) = &mut self.comparing else {
            return Vec::new();
        };
        if let Some(distance) = Distance::of(action) {
            comparing.by(distance.lines(height), height);
            return Vec::new();
        }
        match action {
            Action::NextDifference => self.step_difference(1),
            Action::PreviousDifference => self.step_difference(-1),
            Action::Swap => self.swap_sides(),
            Action::LockScroll => {
                comparing.together = !comparing.together;
                if comparing.together {
                    comparing.scroll.right = comparing.scroll.left;
                }
                let words = if comparing.together {
                    "the sides scroll together"
                } else {
                    "the sides scroll apart; Tab changes the side that moves"
                };
                self.say(words);
            }
            Action::NextPane | Action::PreviousPane => comparing.active = comparing.active.other(),
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
            Action::Differences => comparing.listing = !comparing.listing,
            Action::Overview => comparing.overview = !comparing.overview,
            Action::Open => self.open_compared(),
            Action::NextRight => return self.change_right(1),
            Action::PreviousRight => return self.change_right(-1),
            _ => {}
        }
        Vec::new()
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
            Some(current) => super::reader::step(current, by, total),
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

    /// Goes to the passage at the top of the screen, or the one of the difference in focus, in the reader.
    fn open_compared(&mut self) {
        let Some(comparing) = &self.comparing else {
            return;
        };
        let Some(comparison) = &comparing.comparison else {
            return;
        };
        let side = comparing.active;
        let difference = comparing
            .current
            .and_then(|n| comparison.differences.get(n));
        let focused = difference.and_then(|difference| difference.spans[side].first().copied());
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
        let others: Vec<usize> = self
            .list
            .order
            .iter()
            .copied()
            .filter(|&number| number != left)
            .collect();
        let at = others
            .iter()
            .position(|&number| number == right)
            .unwrap_or(0);
        match super::reader::step(at, by, others.len()).and_then(|(n, _)| others.get(n)) {
            Some(&next) if next != right => self.compare_reports(Sides::new(left, next)),
            _ => {
                self.say("there is no other report to put on the right");
                Vec::new()
            }
        }
    }

    pub(super) fn compare_click(&mut self, at: ratatui::layout::Position) -> Vec<Effect> {
        if let Some(difference) = super::super::view::compare::difference_at(self, at) {
            let height = self.compare_height();
            if let Some(comparing) = &mut self.comparing {
                comparing.current = Some(difference);
                comparing.show_current(height);
            }
        }
        Vec::new()
    }
}
