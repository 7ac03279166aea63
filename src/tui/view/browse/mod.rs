//! The browse view: the list of reports beside the report being read.

pub mod card;
mod digest;
mod draw_list;
mod draw_reader;
mod event_moves;
mod hit_excerpts;
pub mod layout;
pub mod list_pane;
mod place;
mod reader_notes;
pub mod reader_pane;
mod reader_update;
mod section_heading;
pub mod selection;
mod status;
mod update;

use ratatui::layout::Position;

use crate::filter::Query;
use crate::library::ReportNo;
use crate::text::Span;
use crate::tui::action::{Action, KeyContext};
use crate::tui::canvas::Canvas;
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::screen;
use crate::tui::shared::{AT_ONCE, Shared};
use crate::tui::theme::Scope;
use crate::tui::worker::job::Answer;

use super::report_mark::{MarkKind, ReportMark};
use super::{
    Navigation, PromptLine, PromptOwner, ReaderTarget, ScrollDistance, UpdateContext, View, step,
};
use layout::BrowsePanes;
pub use layout::Pane;
use list_pane::ListPane;
pub use place::BrowsePlace;
use place::ReaderPlace;
use reader_pane::ReaderPane;
use reader_update::SEARCH_AS_TYPED;

/// The browse view.
#[derive(Debug, Default)]
pub struct Browse {
    /// The list.
    pub list: ListPane,
    /// The report being read.
    pub reader: ReaderPane,
    /// The pane that has the keys.
    pub focus: Pane,
    /// Whether that pane has the whole body.
    pub zoomed: bool,
    /// Whether the line between the panes follows the mouse.
    dragging: bool,
    /// The place to go to in a report, once that is open.
    target: Option<(ReportNo, ReaderTarget)>,
    /// The place to go back to in a report, once that is open.
    returning: Option<(ReportNo, ReaderPlace)>,
}

impl Browse {
    /// Returns where the panes stand.
    pub fn panes(&self, shared: &Shared) -> BrowsePanes {
        let body = screen::areas(shared.screen).body;
        layout::panes(body, shared.config.split, self.zoomed, self.focus)
    }

    /// Opens a report in the reader, from another view.
    pub fn read(&mut self, report: ReportNo, target: ReaderTarget, cx: &mut UpdateContext<'_>) {
        if !cx.shared.list.order.contains(&report) {
            self.list.filter.clear();
            self.list.show_all(cx.shared);
        }
        cx.shared.list.select(report);
        self.focus = Pane::Reader;
        self.target = Some((report, target));
    }

    /// Takes in the reports from number `from` on, which were read just now.
    pub fn add_reports(&mut self, from: usize, cx: &mut UpdateContext<'_>) {
        let shared = &mut *cx.shared;
        let in_sections = !shared.events.sections.is_empty();
        // The events know nothing of the new reports.
        shared.events = Default::default();
        if self.list.filter.is_empty() && in_sections {
            self.list.show_all(shared);
        } else if self.list.filter.is_empty() {
            shared.list.insert_sorted(&shared.library.entries, from);
        }
    }

    /// Whether anything on the screen may look other once these reports are annotated.
    pub fn shows_any(&self, reports: &[ReportNo], shared: &Shared) -> bool {
        let is_read = self.reader.report.is_some_and(|it| reports.contains(&it));
        is_read || self.list.shows_any(reports, shared)
    }

    /// Gives the keys to the reader; the report counts as read from here on.
    fn read_selected(&mut self, shared: &mut Shared) {
        let summary = self.reader.report.and_then(|number| shared.summary(number));
        if let Some(id) = summary.map(|summary| summary.id) {
            shared.state.set_read(id, true);
            shared.list.moved = true;
            self.focus = Pane::Reader;
        }
    }

    /// Opens the selected report in the reader, where it was left, and goes to the place that was asked for.
    fn open_selected(&mut self, shared: &mut Shared) {
        let selected = shared.list.current();
        let Some((number, report)) = selected.and_then(|n| Some((n, shared.report(n)?))) else {
            self.reader.close();
            let is_read = |(wanted, _): &(ReportNo, _)| selected == Some(*wanted);
            self.target = self.target.filter(is_read);
            return;
        };
        if self.reader.report != Some(number) {
            let place = shared.state.marks(report.article.id).place;
            let column = layout::reader_column(self.panes(shared), shared);
            let width = usize::from(column.width);
            self.reader.open(number, report, place, width);
        }
        match self.target.take() {
            Some((wanted, target)) if wanted == number => self.go_to(number, target, shared),
            _ => {}
        }
    }

    fn go_to(&mut self, number: ReportNo, target: ReaderTarget, shared: &mut Shared) {
        match target {
            ReaderTarget::LastPlace => {}
            ReaderTarget::Hit(by) => {
                self.follow_filter(shared);
                self.read_selected(shared);
                self.reader.show_end_hit(by);
                self.reader.save_place(shared);
                return;
            }
            ReaderTarget::Span(span) => {
                self.reader.focus = None;
                self.show_span(span, shared);
            }
            ReaderTarget::Quote(quote) => {
                let marks = shared.annotations(number);
                let quoted = marks.and_then(|marks| marks.quotes.get(quote));
                if let Some(span) = quoted.map(|quote| quote.span) {
                    self.show_span(span, shared);
                    self.reader.focus = Some(ReportMark {
                        kind: MarkKind::Quote,
                        number: quote,
                        span,
                    });
                }
            }
        }
        self.read_selected(shared);
    }

    fn show_span(&mut self, span: Span, shared: &mut Shared) {
        // The filter's own hits must not take the reader away from here.
        self.reader.follows = self.list.text_query().map(|_| self.list.filter.clone());
        self.reader.search = None;
        self.reader.passage = Some(span);
        self.reader.show(span);
        self.reader.save_place(shared);
    }

    /// Makes the words of the filter the reader's search, and shows the sentence that the list shows; once for each report and filter,
    /// so that the reader may search for something else meanwhile.
    fn follow_filter(&mut self, shared: &Shared) {
        let query: Option<Query> = self.list.text_query();
        let filter = query.as_ref().map(|_| self.list.filter.clone());
        let Some(report) = self.reader.open_report(shared) else {
            return;
        };
        let article = report.article.clone();
        let is_long = article.text.len() > SEARCH_AS_TYPED;
        if self.reader.follows != filter && !(self.list.typing.is_some() && is_long) {
            self.reader.follow(&article, filter.zip(query));
        }
    }

    /// Lays out the open report, and annotates it if it is short.
    fn lay_out_reader(&mut self, shared: &mut Shared) {
        let column = layout::reader_column(self.panes(shared), shared);
        let Some(report) = self.reader.open_report(shared) else {
            return;
        };
        self.reader
            .lay_out(&report.article, usize::from(column.width));
        let total = self.reader.page.lines.len();
        self.reader.scroll.by(0, self.reader.height, total);
        if report.article.text.len() <= AT_ONCE {
            report.annotations(&shared.annotator);
        }
        let summary = self.reader.report.and_then(|number| shared.summary(number));
        if let Some((summary, marks)) = summary.zip(report.annotated()) {
            summary.note(marks);
            self.reader.count(marks);
        }
    }
}

impl PromptOwner for Browse {
    fn prompt(&mut self) -> Option<&mut Prompt> {
        let (filter, reader) = (self.list.typing.as_mut(), &mut self.reader);
        let note = reader.noting.as_mut().map(|line| &mut line.prompt);
        filter.or(note).or(reader.typing.as_mut())
    }

    fn on_prompt(&mut self, event: PromptEvent, cx: &mut UpdateContext<'_>) {
        match (&self.list.typing, &self.reader.noting) {
            (Some(_), _) => self.list.on_prompt(event, cx),
            (None, Some(_)) => self.reader.on_note_prompt(event, cx),
            (None, None) => self.reader.on_prompt(event, cx),
        }
    }

    fn prompt_line(&self, shared: &Shared) -> Option<PromptLine<'_>> {
        status::prompt_line(self, shared)
    }
}

impl View for Browse {
    fn key_context(&self) -> KeyContext {
        match self.focus {
            Pane::List => KeyContext::List,
            Pane::Reader => KeyContext::Reader,
        }
    }

    fn scroll(&mut self, distance: ScrollDistance, cx: &mut UpdateContext<'_>) {
        match self.focus {
            Pane::List => self.list.scroll_by(distance, cx.shared),
            Pane::Reader if self.reader.selection.is_some() => {
                self.reader.extend_selection(distance, cx.shared);
            }
            Pane::Reader => {
                let lines = distance.lines(self.reader.height);
                self.reader.scroll_by(lines);
                self.reader.save_place(cx.shared);
            }
        }
    }

    fn act(&mut self, action: Action, cx: &mut UpdateContext<'_>) -> bool {
        match self.focus {
            Pane::List => self.act_in_list(action, cx),
            Pane::Reader => self.act_in_reader(action, cx),
        }
        .is_some()
    }

    fn step_pane(&mut self, _by: isize, cx: &mut UpdateContext<'_>) -> bool {
        match self.focus {
            Pane::List => self.read_selected(cx.shared),
            Pane::Reader => self.focus = Pane::List,
        }
        true
    }

    fn step_report(&mut self, by: isize, cx: &mut UpdateContext<'_>) -> bool {
        cx.shared.list.move_by(by);
        if self.focus == Pane::Reader {
            let selected = cx.shared.list.current();
            self.target = selected.map(|number| (number, ReaderTarget::LastPlace));
        }
        true
    }

    fn back(&mut self, cx: &mut UpdateContext<'_>) -> bool {
        match self.focus {
            Pane::Reader if self.reader.selection.is_some() => self.reader.selection = None,
            Pane::Reader if self.reader.has_own_search() => self.reader.search = None,
            Pane::Reader if self.reader.has_own_focus() => self.reader.focus = None,
            Pane::Reader => cx.go(Navigation::Leave),
            Pane::List if !self.list.filter.is_empty() => self.list.clear_filter(cx),
            Pane::List => {
                let quit = cx.key_for(Action::Quit);
                cx.say(format!("{quit} quits crossread"));
            }
        }
        true
    }

    fn turn_wheel(&mut self, at: Position, lines: isize, cx: &mut UpdateContext<'_>) {
        let panes = self.panes(cx.shared);
        if panes.list.contains(at) {
            cx.shared.list.move_by(lines.signum());
        } else if panes.reader.contains(at) {
            self.reader.scroll_by(lines);
            self.reader.save_place(cx.shared);
        }
    }

    fn press(&mut self, at: Position, cx: &mut UpdateContext<'_>) {
        let (panes, shared) = (self.panes(cx.shared), &mut *cx.shared);
        if panes.divider.contains(at) {
            self.dragging = true;
        } else if panes.list.contains(at) {
            let placed = self.list.placed(shared);
            if let Some(row) = layout::row_at(&placed, panes.list, at) {
                shared.list.select_row(row);
                self.focus = Pane::List;
            }
        } else if panes.reader.contains(at) {
            self.read_selected(shared);
            self.focus_mark_at(at, shared);
        }
    }

    fn drag(&mut self, to: Option<Position>, cx: &mut UpdateContext<'_>) {
        self.dragging &= to.is_some();
        if let Some(to) = to.filter(|_| self.dragging) {
            layout::drag_split(&mut cx.shared.config, to.x, cx.shared.screen);
        }
    }

    fn on_enter(&mut self, cx: &mut UpdateContext<'_>) {
        // The search of another view ended the list's own.
        if !self.list.is_filtered(cx.shared) {
            self.list.search(cx);
        }
    }

    fn take_answer(&mut self, answer: Answer, cx: &mut UpdateContext<'_>) -> Option<Answer> {
        match answer {
            Answer::Filtered(results) if results.query == self.list.filter => {
                let is_reading = self.focus == Pane::Reader;
                self.list.show_results(results, is_reading, cx.shared);
            }
            Answer::Hits(query, found) => self.list.hits.insert(&query, found),
            Answer::Annotated(annotated) => {
                self.list
                    .keep_annotated(annotated, self.reader.report, cx.shared);
            }
            // More reports may have come since.
            Answer::Events(reports, found) if reports == cx.shared.total() => {
                cx.shared.events.found = Some(found);
                self.list.regroup(cx);
            }
            Answer::EventNames(named) => cx.shared.events.name_sections(named),
            other => return Some(other),
        }
        None
    }

    fn needed_reports(&self, shared: &Shared) -> Vec<ReportNo> {
        let mut needed: Vec<ReportNo> = shared.list.current().into_iter().collect();
        needed.extend(self.reader.report);
        if let Some(pair) = shared.list_pair().filter(|_| shared.progress.finished) {
            needed.extend([pair.left, pair.right]);
        }
        needed
    }

    fn prepare(&mut self, cx: &mut UpdateContext<'_>) {
        let panes = self.panes(cx.shared);
        self.reader.height = usize::from(panes.reader.height);
        self.list.lay_out(panes.list, cx.shared);
        self.open_selected(cx.shared);
        self.follow_filter(cx.shared);
        self.return_to_place(cx.shared);
        self.lay_out_reader(cx.shared);
        self.list.ask_for_names(cx);
        // Sentences first: they are what was asked for, and marks take longer.
        self.list.ask_for_hits(cx);
        self.list.ask_for_marks(self.reader.report, cx);
        // The digest is shown unasked, so the pair is compared as soon as it is known.
        if let Some(sides) = cx
            .shared
            .list_pair()
            .filter(|_| cx.shared.progress.finished)
        {
            cx.ask_comparison(sides);
        }
    }

    fn title(&self, _shared: &Shared) -> String {
        String::new()
    }

    fn position(&self, shared: &Shared) -> Option<String> {
        status::position(self, shared)
    }

    fn status(&self, shared: &Shared) -> Option<String> {
        status::focus_words(self, shared)
    }

    fn hints(&self) -> Vec<(Action, &'static str)> {
        status::hints(self)
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let shared = canvas.shared;
        let panes = self.panes(shared);
        draw_list::draw(canvas, self, panes.list);
        if !panes.divider.is_empty() {
            for y in panes.divider.top()..panes.divider.bottom() {
                canvas.put(panes.divider.x, y, 1, "│", Scope::Rule);
            }
            let rule = screen::areas(shared.screen).rule;
            if !rule.is_empty() {
                canvas.put(panes.divider.x, rule.y, 1, "┬", Scope::Rule);
            }
        }
        draw_reader::draw(canvas, self, panes.reader);
    }
}

impl Browse {
    /// Puts the quotation or term under the mouse in focus.
    fn focus_mark_at(&mut self, at: Position, shared: &Shared) {
        let report = self.reader.open_report(shared);
        let marks = report.and_then(|report| report.annotated());
        let offset = draw_reader::offset_at(self, shared, at);
        let (Some(offset), Some(marks)) = (offset, marks) else {
            return;
        };
        let here = Span::new(offset, offset + 1);
        let on = |kind: MarkKind| {
            let mut marks = kind.all(marks).into_iter();
            marks.find(|mark| mark.span.overlaps(here))
        };
        self.reader.focus = on(MarkKind::Term).or_else(|| on(MarkKind::Quote));
    }

    /// Goes back to the list.
    pub fn leave_reader(&mut self) {
        self.zoomed = false;
        (self.reader.passage, self.reader.selection) = (None, None);
        self.focus = Pane::List;
    }

    /// Goes to the next hit, or the previous one; past the last of a report on to the next report of the list.
    fn step_hit(&mut self, by: isize, cx: &mut UpdateContext<'_>) {
        let search = self.reader.search.as_ref();
        let leaves = search.is_some_and(|search| search.leaves(by));
        let rows = cx.shared.list.order.len();
        let next = step(cx.shared.list.selected, by, rows).filter(|_| leaves && rows > 1);
        let Some((row, wrapped)) = next else {
            self.reader.go_to_hit(by, cx);
            return;
        };
        cx.shared.list.select_row(row);
        let selected = cx.shared.list.current();
        self.target = selected.map(|number| (number, ReaderTarget::Hit(by)));
        let words = status::report_place(self, row, cx.shared);
        cx.say(match (wrapped, by > 0) {
            (false, _) => words,
            (true, true) => format!("{words}: search wrapped to the first report"),
            (true, false) => format!("{words}: search wrapped to the last report"),
        });
    }
}
