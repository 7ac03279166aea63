//! The coverage grid: claims and quotations down, reports across, and in each cell how the report has it and in which paragraph.

mod draw;
mod layout;
mod place;
mod search;
mod update;
mod wordings;

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Position;

use crate::compare::coverage::{Claim, Coverage, CoverageCell, CoverageKind};
use crate::compare::{Passage, Sides};
use crate::library::{Report, ReportNo, ReportSummary};
use crate::report::{self, CoveredReports, OutputFormat};
use crate::tui::action::{Action, GridAction, KeyContext};
use crate::tui::canvas::Canvas;
use crate::tui::prompt::Prompt;
use crate::tui::scroll::Scroll;
use crate::tui::shared::Shared;
use crate::tui::words::counted;
use crate::tui::worker::job::Answer;

pub use place::CoveragePlace;

use super::{ExportOffer, Navigation, ScrollDistance, UpdateContext, View};
use wordings::ClaimWording;

/// One line of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GridLine {
    /// Says how many reports cover the claims below.
    Heading(usize),
    /// A claim, by its number among the rows.
    Row(usize),
    /// Nothing, above a heading.
    Gap,
}

/// The kinds of rows that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GridFilter {
    /// All of them.
    #[default]
    All,
    /// Claims of several reports.
    Several,
    /// Claims of one report.
    One,
    /// Claims that a report quotes.
    Quoted,
    /// Claims whose quotations differ.
    Differ,
}

impl GridFilter {
    /// Returns the filter after this one, in the order in which a key steps through them.
    fn next(self) -> Self {
        match self {
            GridFilter::All => GridFilter::Several,
            GridFilter::Several => GridFilter::One,
            GridFilter::One => GridFilter::Quoted,
            GridFilter::Quoted => GridFilter::Differ,
            GridFilter::Differ => GridFilter::All,
        }
    }

    /// Returns its name on the screen.
    fn name(self) -> &'static str {
        match self {
            GridFilter::All => "all rows",
            GridFilter::Several => "rows in several reports",
            GridFilter::One => "rows in one report",
            GridFilter::Quoted => "rows with quotations",
            GridFilter::Differ => "rows quoted differently",
        }
    }

    /// Whether it lets a claim through that so many of the shown reports cover.
    fn shows(self, claim: &Claim, covering: usize) -> bool {
        use CoverageKind::{Cut, Paraphrased, Quoted, Reworded};
        let has = |kinds: &[CoverageKind]| claim.cells.iter().any(|cell| kinds.contains(&cell.how));
        match self {
            GridFilter::All => true,
            GridFilter::Several => covering > 1,
            GridFilter::One => covering == 1,
            GridFilter::Quoted => has(&[Quoted, Cut, Reworded]),
            GridFilter::Differ => has(&[Cut, Reworded, Paraphrased]),
        }
    }
}

/// The coverage grid.
#[derive(Debug, Default)]
pub struct CoverageView {
    /// The reports that are its columns.
    pub reports: Vec<ReportNo>,
    /// The worker's answer; `None` until it is there.
    coverage: Option<Arc<Coverage>>,
    /// Columns that the reader hid.
    hidden: BTreeSet<usize>,
    /// The claims that the shown columns cover, by number, those of most columns first.
    rows: Vec<usize>,
    /// The rows with the headings between them.
    lines: Vec<GridLine>,
    /// The row in focus.
    row: usize,
    /// The column in focus.
    column: usize,
    /// The claim to put in focus once the answer is there: the reader went back to it.
    wanted: Option<usize>,
    /// The kinds of rows that are shown.
    filter: GridFilter,
    /// The wordings of the claim in focus.
    wordings: Vec<ClaimWording>,
    /// The lines of the wordings on the screen.
    wordings_scroll: Scroll,
    /// The claim and the column whose wordings they are.
    wordings_of: (Option<usize>, usize),
    /// The words that were searched for; empty without a search.
    search: String,
    /// The claims that hold them.
    matching: BTreeSet<usize>,
    /// The search line, while it is being typed.
    typing: Option<Prompt>,
    /// The row in focus when the search began.
    searched_from: usize,
    /// The lines on the screen.
    scroll: Scroll,
    /// The columns on the screen, as places among those shown.
    across: Scroll,
}

impl CoverageView {
    /// Returns the columns that are not hidden.
    pub fn columns(&self) -> Vec<usize> {
        (0..self.reports.len())
            .filter(|column| !self.hidden.contains(column))
            .collect()
    }

    /// Returns the claim in a row.
    fn claim(&self, row: usize) -> Option<&Claim> {
        self.coverage.as_ref()?.claims.get(*self.rows.get(row)?)
    }

    /// Returns the cell of a column in the row in focus.
    fn focused_row_cell(&self, column: usize) -> Option<&CoverageCell> {
        self.claim(self.row)?.cells.get(column)
    }

    /// Whether a column covers the claim in focus.
    fn covers_focus(&self, column: usize) -> bool {
        let cell = self.focused_row_cell(column);
        cell.is_some_and(|cell| cell.how.covers())
    }

    /// Returns the passages that a cell stands for.
    fn passages(&self, column: usize, cell: &CoverageCell) -> Vec<Passage> {
        let coverage = self.coverage.as_ref();
        let own = coverage.and_then(|coverage| coverage.passages.get(column));
        let numbers = cell.passages.iter();
        numbers.filter_map(|&n| own?.get(n)).copied().collect()
    }

    /// Returns the number, from 1, of the paragraph that a cell is about.
    fn paragraph(&self, column: usize, cell: &CoverageCell) -> Option<usize> {
        let at = self.coverage.as_ref()?.paragraph(column, cell)?;
        Some(at + 1)
    }

    /// Returns the report of a column, if it is open.
    fn report<'s>(&self, shared: &'s Shared, column: usize) -> Option<&'s Report> {
        shared.report(*self.reports.get(column)?)
    }

    /// Returns what is known of the report of a column without its text.
    fn summary<'s>(&self, shared: &'s Shared, column: usize) -> Option<&'s ReportSummary> {
        shared.summary(*self.reports.get(column)?)
    }

    /// Returns the name of a column: its outlet, or else a letter.
    fn column_name(&self, shared: &Shared, column: usize) -> String {
        let summary = self.summary(shared, column);
        let outlet = summary.and_then(|summary| summary.outlet.as_ref());
        let letter = || char::from(b'A' + (column % 26) as u8).to_string();
        outlet.map_or_else(letter, ToString::to_string)
    }

    /// Returns the name of a column; a letter alone tells little, so the headline goes with it.
    fn full_column_name(&self, shared: &Shared, column: usize) -> String {
        let name = self.column_name(shared, column);
        match self.summary(shared, column) {
            Some(summary) if summary.outlet.is_none() => format!("{name} {}", summary.label),
            _ => name,
        }
    }
}

impl View for CoverageView {
    fn key_context(&self) -> KeyContext {
        KeyContext::Grid
    }

    fn scroll(&mut self, distance: ScrollDistance, cx: &mut UpdateContext<'_>) {
        let height = layout::areas(self, cx.shared.screen).rows.height;
        self.move_by(distance.lines(height.into()));
    }

    fn act(&mut self, action: Action, cx: &mut UpdateContext<'_>) -> bool {
        let action = GridAction::from_action(action);
        action.map(|action| self.perform(action, cx)).is_some()
    }

    fn step_pane(&mut self, by: isize, cx: &mut UpdateContext<'_>) -> bool {
        self.move_across(by, cx);
        true
    }

    fn step_report(&mut self, by: isize, cx: &mut UpdateContext<'_>) -> bool {
        self.move_across(by, cx);
        true
    }

    fn compare(&mut self, cx: &mut UpdateContext<'_>) -> bool {
        let mut others = self.columns();
        others.retain(|&column| column != self.column);
        let mut covering = others.iter().filter(|&&column| self.covers_focus(column));
        // The report in focus is laid beside the first that covers the claim, or else beside the first.
        let other = covering.next().or(others.first());
        let report = |column: usize| self.reports.get(column).copied();
        let left = other.and_then(|&other| report(other));
        if let Some((left, right)) = left.zip(report(self.column)) {
            let sides = Sides::new(left, right);
            cx.go(Navigation::Compare(sides));
        }
        true
    }

    fn back(&mut self, _cx: &mut UpdateContext<'_>) -> bool {
        self.forget_search()
    }

    fn turn_wheel(&mut self, at: Position, rows: isize, cx: &mut UpdateContext<'_>) {
        match layout::areas(self, cx.shared.screen).below.contains(at) {
            true => self.scroll_wordings(rows, cx.shared),
            false => self.move_by(rows),
        }
    }

    fn press(&mut self, at: Position, cx: &mut UpdateContext<'_>) {
        self.focus_at(at, cx.shared.screen);
    }

    fn take_answer(&mut self, answer: Answer, _cx: &mut UpdateContext<'_>) -> Option<Answer> {
        let Answer::Covered(reports, coverage) = answer else {
            return Some(answer);
        };
        if reports == self.reports {
            self.coverage = Some(coverage);
            self.arrange();
        }
        None
    }

    fn needed_reports(&self, _shared: &Shared) -> Vec<ReportNo> {
        self.reports.clone()
    }

    fn prepare(&mut self, cx: &mut UpdateContext<'_>) {
        let areas = layout::areas(self, cx.shared.screen);
        let height = usize::from(areas.rows.height);
        let (wanted, total) = (GridLine::Row(self.row), self.lines.len());
        let line = self.lines.iter().position(|line| *line == wanted);
        let line = line.unwrap_or(0);
        let above = line.saturating_sub(1);
        // The heading over the first row of its kind comes with it.
        if height > 1 && matches!(self.lines.get(above), Some(GridLine::Heading(_))) {
            self.scroll.show(above, height, total);
        }
        self.scroll.show(line, height, total);
        let shown = self.columns();
        let at = shown.iter().position(|&column| column == self.column);
        let fits = areas.widths.fits;
        self.across.show(at.unwrap_or(0), fits, shown.len());
        self.wordings = self.claim_wordings(cx.shared);
        let here = (self.rows.get(self.row).copied(), self.column);
        if self.wordings_of != here {
            self.wordings_of = here;
            self.wordings_scroll = Scroll::default();
        }
    }

    fn title(&self, _shared: &Shared) -> String {
        let hidden = match self.hidden.len() {
            0 => String::new(),
            hidden => format!(", {hidden} hidden"),
        };
        let filter = match self.filter {
            GridFilter::All => String::new(),
            filter => format!(" · showing {}", filter.name()),
        };
        format!(
            " · coverage of {}{hidden}{filter}",
            counted(self.reports.len(), "report")
        )
    }

    fn position(&self, _shared: &Shared) -> Option<String> {
        let total = self.rows.len();
        (total > 0).then(|| format!("{}/{total}", self.row + 1))
    }

    fn status(&self, shared: &Shared) -> Option<String> {
        let cell = self.focused_row_cell(self.column)?;
        let name = self.column_name(shared, self.column);
        Some(match (cell.how, self.paragraph(self.column, cell)) {
            (CoverageKind::Absent, _) | (_, None) => format!("{name}: not mentioned"),
            (CoverageKind::Elsewhere, Some(at)) => format!("{name}: see paragraph {at}"),
            (kind, Some(at)) => format!("{name}: {}, paragraph {at}", kind.name()),
        })
    }

    fn hints(&self) -> Vec<(Action, &'static str)> {
        vec![
            (Action::Open, "open"),
            (Action::Right, "column"),
            (Action::Compare, "compare"),
            (Action::Quit, "back"),
            (Action::Search, "search"),
            (Action::Lanes, "rows"),
            (Action::DetailDown, "scroll words"),
            (Action::HideColumn, "hide"),
        ]
    }

    fn export_offer(&self) -> Option<ExportOffer> {
        Some(ExportOffer {
            name: "coverage.csv",
            formats: &[OutputFormat::Csv],
        })
    }

    fn export(&mut self, path: PathBuf, _format: OutputFormat, cx: &mut UpdateContext<'_>) {
        let reports = self.reports.iter().map(|&number| cx.shared.report(number));
        let reports: Option<Vec<&Report>> = reports.collect();
        let mut contents = Vec::new();
        let written = match reports.zip(self.coverage.as_deref()) {
            Some((reports, coverage)) => {
                report::coverage(&CoveredReports { reports, coverage }, &mut contents)
            }
            None => Err(io::Error::other("the grid is not finished yet")),
        };
        cx.write_file(path, written.map(|()| contents));
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        draw::draw(self, canvas);
    }
}
