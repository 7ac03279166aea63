//! Opening the coverage grid, its actions, and the order of its rows.

use std::cmp::Reverse;

use crate::compare::Sides;
use crate::compare::coverage::{Claim, MOST};
use crate::library::ReportNo;
use crate::tui::action::{Action, GridAction, KeyContext};
use crate::tui::scroll::moved;
use crate::tui::shared::Shared;
use crate::tui::view::{Navigation, ReaderTarget, UpdateContext};
use crate::tui::worker::job::CompareJob;

use super::{CoverageView, GridFilter, GridLine, draw, layout};

/// Columns that are never hidden.
const LEAST_COLUMNS: usize = 2;

impl CoverageView {
    /// Lays out the marked reports, or those of the event of the selected one, or all that are listed; false where that cannot be
    /// done, which it says.
    pub fn open(&mut self, cx: &mut UpdateContext<'_>) -> bool {
        let (reports, choice) = chosen_reports(cx.shared);
        if reports.len() < 2 {
            cx.say("the grid needs at least two reports");
            return false;
        }
        if reports.len() > MOST {
            let mark = cx.shared.key_in(KeyContext::List, Action::Mark);
            cx.say(format!(
                "{} reports are too many for the grid; mark up to {MOST} with {mark}",
                reports.len()
            ));
            return false;
        }
        if self.reports != reports {
            let selected = cx.shared.list.current();
            let column = reports.iter().position(|&report| Some(report) == selected);
            *self = Self {
                reports,
                column: column.unwrap_or(0),
                ..Self::default()
            };
        }
        cx.say(choice.words(&self.reports, cx.shared));
        self.ask_for_coverage(cx);
        true
    }

    /// Asks for what the reports cover, also where that is known: the reader may have linked passages since.
    pub(super) fn ask_for_coverage(&self, cx: &mut UpdateContext<'_>) {
        let all = self.reports.len();
        let pairs =
            (0..all).flat_map(|left| (left + 1..all).map(move |right| Sides::new(left, right)));
        let decided = pairs.filter_map(|at| {
            let ids = cx.shared.ids(at.map(|column| self.reports[column]))?;
            let choices = cx.shared.state.choices(ids);
            (!choices.is_empty()).then_some((at, choices))
        });
        let job = CompareJob::Coverage(self.reports.clone(), decided.collect());
        cx.compute(job);
    }

    pub(super) fn perform(&mut self, action: GridAction, cx: &mut UpdateContext<'_>) {
        match action {
            GridAction::Open => self.open_cell(cx),
            GridAction::Export => cx.go(Navigation::Export),
            GridAction::Left => self.move_across(-1, cx),
            GridAction::Right => self.move_across(1, cx),
            GridAction::HideColumn => self.hide_column(cx),
            GridAction::ShowColumns => self.show_columns(cx),
            GridAction::Search => self.open_search(),
            GridAction::SearchNext => self.go_to_match(1, cx),
            GridAction::SearchPrevious => self.go_to_match(-1, cx),
            GridAction::Lanes => self.change_filter(cx),
            GridAction::DetailDown => self.step_wordings(1, cx),
            GridAction::DetailUp => self.step_wordings(-1, cx),
        }
    }

    /// Shows the next kind of rows that there are.
    fn change_filter(&mut self, cx: &mut UpdateContext<'_>) {
        loop {
            self.filter = self.filter.next();
            self.arrange();
            if !self.rows.is_empty() || self.filter == GridFilter::All {
                break;
            }
        }
        cx.say(format!("showing {}", self.filter.name()));
    }

    /// Scrolls the words of the claim in focus, and says where there are no more.
    fn step_wordings(&mut self, by: isize, cx: &mut UpdateContext<'_>) {
        let before = self.wordings_scroll;
        self.scroll_wordings(by, cx.shared);
        if self.wordings_scroll == before {
            cx.say(match by > 0 {
                true => "no more words below",
                false => "no more words above",
            });
        }
    }

    /// Scrolls the words of the claim in focus.
    pub(super) fn scroll_wordings(&mut self, lines: isize, shared: &Shared) {
        let area = layout::areas(self, shared.screen).below;
        let total = draw::wording_lines(self, shared, area).len();
        let height = usize::from(area.height.saturating_sub(1));
        self.wordings_scroll.by(lines, height, total);
    }

    /// Moves by rows.
    pub(super) fn move_by(&mut self, rows: isize) {
        self.row = moved(self.row, rows, self.rows.len());
    }

    /// Moves by columns, and says so where there is none.
    pub(super) fn move_across(&mut self, by: isize, cx: &mut UpdateContext<'_>) {
        if !self.step_column(by) {
            cx.say(match by > 0 {
                true => "last column",
                false => "first column",
            });
        }
    }

    /// Moves by columns, past those that are hidden; returns whether there was one to move to.
    fn step_column(&mut self, by: isize) -> bool {
        let columns = self.columns();
        let at = columns.iter().position(|&column| column == self.column);
        let to = at.unwrap_or(0).checked_add_signed(by);
        let to = to.and_then(|to| columns.get(to));
        self.column = to.copied().unwrap_or(self.column);
        to.is_some()
    }

    fn hide_column(&mut self, cx: &mut UpdateContext<'_>) {
        if self.columns().len() <= LEAST_COLUMNS {
            cx.say("at least two columns must stay");
            return;
        }
        let hidden = self.column;
        if !self.step_column(1) {
            self.step_column(-1);
        }
        self.hidden.insert(hidden);
        self.arrange();
        let name = self.column_name(cx.shared, hidden);
        let all = cx.key_for(Action::ShowColumns);
        cx.say(format!("{name} hidden; {all} shows all columns"));
    }

    fn show_columns(&mut self, cx: &mut UpdateContext<'_>) {
        if self.hidden.is_empty() {
            cx.say("no hidden columns");
        }
        self.hidden.clear();
        self.arrange();
    }

    /// Opens the report in focus at its first passage of the claim in focus.
    fn open_cell(&mut self, cx: &mut UpdateContext<'_>) {
        let cell = self.focused_row_cell(self.column);
        let passages = cell.map(|cell| self.passages(self.column, cell));
        let first = passages.and_then(|passages| Some(passages.first()?.span));
        match self.reports.get(self.column).zip(first) {
            Some((&report, span)) => cx.go(Navigation::Read(report, ReaderTarget::Span(span))),
            None => {
                let name = self.column_name(cx.shared, self.column);
                cx.say(format!("{name} does not mention this"));
            }
        }
    }

    /// Puts the rows in order for the columns that are shown, without what only hidden ones cover. The claim in focus stays there.
    pub(super) fn arrange(&mut self) {
        let Some(coverage) = self.coverage.clone() else {
            return;
        };
        let focused = self.wanted.take().or(self.rows.get(self.row).copied());
        let covering = |claim: &Claim| {
            let cells = claim.cells.iter().enumerate();
            let shown = cells.filter(|(column, _)| !self.hidden.contains(column));
            shown.filter(|(_, cell)| cell.how.covers()).count()
        };
        let counts: Vec<usize> = coverage.claims.iter().map(covering).collect();
        self.rows = (0..counts.len()).collect();
        let filter = self.filter;
        let is_shown = |&claim: &usize| {
            counts[claim] > 0 && filter.shows(&coverage.claims[claim], counts[claim])
        };
        self.rows.retain(is_shown);
        self.rows.sort_by_key(|&claim| Reverse(counts[claim]));
        self.lines.clear();
        let mut above = None;
        for (row, &claim) in self.rows.iter().enumerate() {
            if above != Some(counts[claim]) {
                self.lines.extend(above.map(|_| GridLine::Gap));
                self.lines.push(GridLine::Heading(counts[claim]));
                above = Some(counts[claim]);
            }
            self.lines.push(GridLine::Row(row));
        }
        let kept = focused.and_then(|claim| self.rows.iter().position(|&other| other == claim));
        self.row = kept.unwrap_or(0);
    }
}

/// The reason why the reports are those of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReportChoice {
    Marked,
    Event,
    Listed,
}

impl ReportChoice {
    /// Returns the words that say which reports the grid shows.
    fn words(self, reports: &[ReportNo], shared: &Shared) -> String {
        let count = reports.len();
        let name = reports
            .first()
            .and_then(|&report| shared.events.name(report));
        match (self, name) {
            (ReportChoice::Marked, _) => format!("the {count} marked reports"),
            (ReportChoice::Event, Some(name)) => format!("the {count} reports of \"{name}\""),
            (ReportChoice::Event, None) => format!("the {count} reports of this event"),
            (ReportChoice::Listed, _) if count == 2 => "both reports of the list".to_owned(),
            (ReportChoice::Listed, _) => format!("all {count} reports of the list"),
        }
    }
}

/// Returns the marked reports, or those of the event of the selected one, or all that are listed.
fn chosen_reports(shared: &Shared) -> (Vec<ReportNo>, ReportChoice) {
    if shared.list.marked.len() > 1 {
        return (shared.list.marked.clone(), ReportChoice::Marked);
    }
    match shared.selected_event() {
        event if event.len() > 1 => (event, ReportChoice::Event),
        _ => (shared.list.order.clone(), ReportChoice::Listed),
    }
}
