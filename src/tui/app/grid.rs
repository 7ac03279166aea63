//! The coverage grid: which reports are its columns, which claims its rows, and where the reader stands in it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::layout::Position;

use crate::compare::coverage::{Claim, Coverage, CoverageCell, MOST, ReportPairChoices};
use crate::compare::{Passage, Sides};
use crate::text::Span;

use super::super::action::{Action, Context};
use super::super::effect::Effect;
use super::super::scroll::Scroll;
use super::super::view::grid as view;
use super::super::worker::Job;
use super::act::Distance;
use super::{App, View};

/// One line of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridLine {
    /// How many reports tell the claims below.
    Heading(usize),
    /// A claim, by its number among the rows.
    Row(usize),
    /// Nothing: the room above a heading.
    Gap,
}

/// The grid on the screen.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// The reports that are its columns, by number.
    pub reports: Vec<usize>,
    /// Who has what; `None` while the worker is at it.
    pub coverage: Option<Arc<Coverage>>,
    /// Columns that the reader hid.
    pub hidden: BTreeSet<usize>,
    /// The claims that the shown columns tell, by number, most told first.
    pub rows: Vec<usize>,
    /// The rows with the headings between them.
    pub lines: Vec<GridLine>,
    /// The row in focus.
    pub row: usize,
    /// The column in focus.
    pub column: usize,
    /// What lines are on the screen.
    pub scroll: Scroll,
    /// What columns are on the screen, as places among those shown.
    pub across: Scroll,
}

impl Grid {
    /// Returns the columns that are not hidden.
    pub fn columns(&self) -> Vec<usize> {
        (0..self.reports.len())
            .filter(|column| !self.hidden.contains(column))
            .collect()
    }

    /// Takes the worker's answer; the reader stays at the row where the answer replaces another.
    fn found(&mut self, coverage: Arc<Coverage>) {
        self.coverage = Some(coverage);
        self.arrange();
    }

    /// Returns the claim in a row.
    pub fn claim(&self, row: usize) -> Option<&Claim> {
        self.coverage.as_ref()?.claims.get(*self.rows.get(row)?)
    }

    /// Returns how many of the columns shown tell a claim.
    fn told(&self, claim: &Claim) -> usize {
        let cells = claim.cells.iter().enumerate();
        cells
            .filter(|(column, cell)| cell.how.covers() && !self.hidden.contains(column))
            .count()
    }

    /// Puts the rows in order for the columns that are shown; what only hidden ones tell is left out.
    fn arrange(&mut self) {
        let Some(coverage) = self.coverage.clone() else {
            return;
        };
        let focused = self.rows.get(self.row).copied();
        let told: Vec<usize> = coverage.claims.iter().map(|c| self.told(c)).collect();
        self.rows = (0..told.len()).filter(|&claim| told[claim] > 0).collect();
        self.rows.sort_by_key(|&claim| Reverse(told[claim]));
        self.lines.clear();
        let mut above = None;
        for (row, &claim) in self.rows.iter().enumerate() {
            if above.is_some_and(|above| above != told[claim]) {
                self.lines.push(GridLine::Gap);
            }
            if above.replace(told[claim]) != Some(told[claim]) {
                self.lines.push(GridLine::Heading(told[claim]));
            }
            self.lines.push(GridLine::Row(row));
        }
        let kept = focused.and_then(|claim| self.rows.iter().position(|&other| other == claim));
        self.row = kept.unwrap_or(0);
    }

    /// Returns the cell in focus.
    pub fn cell(&self) -> Option<&CoverageCell> {
        self.claim(self.row)?.cells.get(self.column)
    }

    /// Returns the passages that a cell stands for.
    pub fn passages(&self, column: usize, cell: &CoverageCell) -> Vec<Passage> {
        let own = self
            .coverage
            .as_ref()
            .and_then(|found| found.passages.get(column));
        let all = cell.passages.iter();
        all.filter_map(|&n| own?.get(n)).copied().collect()
    }

    /// Returns the line that shows a row.
    fn line_of(&self, row: usize) -> usize {
        let wanted = GridLine::Row(row);
        self.lines
            .iter()
            .position(|line| *line == wanted)
            .unwrap_or(0)
    }

    /// Moves by rows.
    fn by(&mut self, rows: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.row = self.row.saturating_add_signed(rows).min(last);
    }

    /// Moves by columns, past those that are hidden; whether there was one to move to.
    fn across(&mut self, by: isize) -> bool {
        let columns = self.columns();
        let at = columns.iter().position(|&column| column == self.column);
        let to = at.unwrap_or(0).checked_add_signed(by);
        match to.and_then(|to| columns.get(to)) {
            Some(&column) => {
                self.column = column;
                true
            }
            None => false,
        }
    }

    /// Brings the cell in focus onto a screen with room for so many lines and columns.
    fn show_focus(&mut self, height: usize, columns: usize) {
        let line = self.line_of(self.row);
        let total = self.lines.len();
        // The heading over the first row of its kind comes with it.
        let heading = line
            .checked_sub(1)
            .filter(|&above| matches!(self.lines.get(above), Some(GridLine::Heading(_))));
        if height > 1 {
            self.scroll.show(heading.unwrap_or(line), height, total);
        }
        self.scroll.show(line, height, total);
        let shown = self.columns();
        let at = shown.iter().position(|&column| column == self.column);
        self.across.show(at.unwrap_or(0), columns, shown.len());
    }
}

impl App {
    /// Opens the grid of the marked reports, or of the event of the selected one, or of all that are listed.
    pub(super) fn open_grid(&mut self) -> Vec<Effect> {
        let reports = self.grid_reports();
        if reports.len() < 2 {
            self.say("a grid needs two reports or more");
            return Vec::new();
        }
        if reports.len() > MOST {
            let mark = self.key_in(Context::List, Action::Mark);
            self.say(format!(
                "{} reports are too many for a grid: mark up to {MOST} of them with {mark}",
                reports.len()
            ));
            return Vec::new();
        }
        self.overlay = None;
        self.view = View::Grid;
        if self.grid.reports != reports {
            let selected = self.list.current();
            let column = reports.iter().position(|&report| Some(report) == selected);
            self.grid = Grid {
                reports,
                column: column.unwrap_or(0),
                ..Grid::default()
            };
        }
        self.ask_coverage()
    }

    fn grid_reports(&self) -> Vec<usize> {
        if self.list.marked.len() > 1 {
            return self.list.marked.clone();
        }
        let event = self.selected_event();
        if event.len() > 1 {
            return event;
        }
        self.list.order.clone()
    }

    fn ask_coverage(&self) -> Vec<Effect> {
        let reports = &self.grid.reports;
        let decided = (0..reports.len())
            .flat_map(|left| (left + 1..reports.len()).map(move |right| Sides::new(left, right)))
            .filter_map(|at| {
                let choices = self
                    .state
                    .choices(self.ids(at.map(|column| reports[column]))?);
                (!choices.is_empty()).then_some((at, choices))
            });
        let decided: Vec<ReportPairChoices> = decided.collect();
        vec![Effect::Compute(Job::Coverage(reports.clone(), decided))]
    }

    pub(super) fn covered(&mut self, reports: &[usize], coverage: Arc<Coverage>) {
        if self.grid.reports == reports {
            self.grid.found(coverage);
        }
    }

    /// Brings the cell in focus onto the screen before it is drawn.
    pub(super) fn prepare_grid(&mut self) {
        let layout = view::layout(self);
        let (height, columns) = (usize::from(layout.rows.height), layout.fits);
        self.grid.show_focus(height, columns);
    }

    pub(super) fn grid_action(&mut self, action: Action) -> Vec<Effect> {
        if let Some(distance) = Distance::of(action) {
            let height = usize::from(view::layout(self).rows.height);
            self.grid.by(distance.lines(height));
            return Vec::new();
        }
        match action {
            Action::Left | Action::PreviousPane | Action::PreviousReport => self.move_across(-1),
            Action::Right | Action::NextPane | Action::NextReport => self.move_across(1),
            Action::HideColumn => self.hide_column(),
            Action::ShowColumns => self.show_columns(),
            Action::Open => self.open_cell(),
            Action::Export => self.open_export(),
            _ => self.idle(action),
        }
        Vec::new()
    }

    fn move_across(&mut self, by: isize) {
        if !self.grid.across(by) {
            self.say(if by > 0 {
                "that is the last column"
            } else {
                "that is the first column"
            });
        }
    }

    fn hide_column(&mut self) {
        if self.grid.columns().len() < 3 {
            self.say("two columns are the least");
            return;
        }
        let hidden = self.grid.column;
        if !self.grid.across(1) {
            self.grid.across(-1);
        }
        self.grid.hidden.insert(hidden);
        self.grid.arrange();
        let name = self.column_name(hidden);
        let all = self.key_for(Action::ShowColumns);
        self.say(format!("{name} is hidden; {all} shows all columns"));
    }

    fn show_columns(&mut self) {
        if self.grid.hidden.is_empty() {
            self.say("no column is hidden");
        }
        self.grid.hidden.clear();
        self.grid.arrange();
    }

    /// Opens the report in focus where it has the claim in focus.
    fn open_cell(&mut self) {
        let place = self.grid.cell().and_then(|cell| {
            let first: Span = self.grid.passages(self.grid.column, cell).first()?.span;
            Some((*self.grid.reports.get(self.grid.column)?, first))
        });
        match place {
            Some((report, span)) => self.go_to(report, span),
            None => {
                let name = self.column_name(self.grid.column);
                self.say(format!("{name} does not tell this"));
            }
        }
    }

    /// Compares the report in focus with the first that has the claim in focus, or else with the first.
    pub(super) fn compare_column(&mut self) -> Vec<Effect> {
        let (columns, focused) = (self.grid.columns(), self.grid.column);
        let claim = self.grid.claim(self.grid.row);
        let tells = |column: &usize| {
            let cell = claim.and_then(|claim| claim.cells.get(*column));
            cell.is_some_and(|cell| cell.how.covers())
        };
        let mut others = columns.iter().copied().filter(|&column| column != focused);
        let other = others.clone().find(tells).or_else(|| others.next());
        let report = |column: usize| self.grid.reports.get(column).copied();
        let (Some(focused), Some(other)) = (report(focused), other.and_then(report)) else {
            return Vec::new();
        };
        self.returns_to = View::Grid;
        self.compare_reports(Sides::new(other, focused))
    }

    pub(super) fn grid_click(&mut self, at: Position) {
        if let Some((row, column)) = view::cell_at(self, at) {
            self.grid.row = row.unwrap_or(self.grid.row);
            self.grid.column = column.unwrap_or(self.grid.column);
        }
    }

    /// Returns what a column is called: its outlet, or else a letter.
    pub fn column_name(&self, column: usize) -> String {
        let summary = self.grid.reports.get(column).and_then(|&n| self.summary(n));
        let outlet = summary.and_then(|summary| summary.outlet.as_ref());
        outlet.map_or_else(|| letter(column), ToString::to_string)
    }
}

/// Returns the letter of a column.
pub fn letter(column: usize) -> String {
    let letter = u8::try_from(column % 26).map_or('A', |n| char::from(b'A' + n));
    letter.to_string()
}
