//! The browse view: the list and the reader, what their keys do, and what the next frame of them needs.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use crate::filter::Query;
use crate::library::{ReportNo, ReportSummary};
use crate::text::Span;

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::event::Event;
use super::super::key::Key;
use super::super::prompt::{Prompt, Typed};
use super::super::view::list::ITEM_HEIGHT;
use super::super::worker::{Annotated, Answer, Filtered, Job};
use super::act::Distance;
use super::opening::AT_ONCE;
use super::panes::{self, Pane};
use super::reader::Focus;
use super::{App, Line, View};

/// Reports below the screen that are read and annotated before a key leads to them.
const AHEAD: usize = 8;
/// Rows on each side of the selected one whose reports are kept open. Both sides together are fewer than the reports that stay
/// open unasked: more would close each other, and be read again for ever.
const NEAR: usize = 24;

impl App {
    pub(super) fn browse_action(&mut self, action: Action) -> Vec<Effect> {
        match (self.focus, action) {
            (_, Action::NextPane | Action::PreviousPane) => self.switch_pane(),
            (_, Action::Zoom) => self.zoomed = !self.zoomed,
            (_, Action::SplitLeft) => {
                self.config.split = self.config.split.saturating_sub(3).max(15);
            }
            (_, Action::SplitRight) => self.config.split = (self.config.split + 3).min(70),
            (_, Action::NextReport) => return self.step_report(1),
            (_, Action::PreviousReport) => return self.step_report(-1),
            (_, Action::Star) => return self.toggle_star(),
            (_, Action::SearchTexts) => return self.search_texts(),
            (Pane::List, _) => return self.list_action(action),
            (Pane::Reader, _) => return self.reader_action(action),
        }
        Vec::new()
    }

    fn switch_pane(&mut self) {
        match self.focus {
            Pane::List => self.read_selected(),
            Pane::Reader => self.focus = Pane::List,
        }
    }

    /// Gives the keys to the reader; the report counts as read from here on.
    pub(super) fn read_selected(&mut self) {
        if let Some(summary) = self.reader.report.and_then(|number| self.summary(number)) {
            let id = summary.id;
            self.state.set_read(id, true);
            self.list.moved = true;
            self.focus = Pane::Reader;
        }
    }

    fn list_action(&mut self, action: Action) -> Vec<Effect> {
        if let Some(distance) = Distance::of(action) {
            let rows = self.list_rows();
            self.list.by(distance.lines(rows));
            return Vec::new();
        }
        match action {
            Action::Open => self.read_selected(),
            Action::Filter => {
                self.list.before_filter = self.list.current();
                self.line = Some(Line::Filter(Prompt::with(&self.list.filter)));
            }
            Action::Mark => {
                if let Some(report) = self.list.current() {
                    self.list.toggle_mark(report);
                    self.list.by(1);
                }
            }
            Action::ClearMarks => self.list.marked.clear(),
            Action::ToggleRead => {
                if let Some(id) = self.selected_id() {
                    let read = self.state.marks(id).read;
                    self.state.set_read(id, !read);
                }
            }
            Action::NextUnread => self.next_unread(),
            // The text stands beside the list; without these, the q of a ]q typed here would end the program.
            Action::NextQuote
            | Action::PreviousQuote
            | Action::NextTerm
            | Action::PreviousTerm
            | Action::NextStatement
            | Action::PreviousStatement => {
                self.read_selected();
                return self.reader_action(action);
            }
            Action::Sort => {
                self.list.sort = self.list.sort.next();
                return self.reorder();
            }
            Action::ReverseSort => {
                self.list.reversed = !self.list.reversed;
                return self.reorder();
            }
            _ => return self.event_action(action),
        }
        Vec::new()
    }

    /// How many reports the list shows in all, counting those that match and are not in their places yet.
    pub fn shown(&self) -> usize {
        let known = self.list.order.len();
        let shown = self.filtered.as_ref().map(|filtered| filtered.shown);
        shown.unwrap_or(known).max(known)
    }

    /// Whole reports that the list shows at once.
    pub(super) fn list_rows(&self) -> usize {
        (usize::from(self.panes().list.height) / ITEM_HEIGHT).max(1)
    }

    fn selected_id(&self) -> Option<crate::article::ArticleId> {
        self.list
            .current()
            .and_then(|number| self.summary(number))
            .map(|summary| summary.id)
    }

    fn next_unread(&mut self) {
        let from = self.list.selected;
        let total = self.list.order.len();
        let unread = (1..=total)
            .map(|step| (from + step) % total.max(1))
            .find(|&row| {
                let summary = self.list.order.get(row).and_then(|&n| self.summary(n));
                summary.is_some_and(|summary| !self.state.marks(summary.id).read)
            });
        match unread {
            Some(row) => {
                self.list.selected = row;
                self.list.moved = true;
            }
            None => self.say("every report here is read"),
        }
    }

    fn step_report(&mut self, by: isize) -> Vec<Effect> {
        self.list.by(by);
        if self.focus == Pane::Reader
            && let Some(number) = self.list.current()
        {
            self.open_now(number);
            self.open_selected();
            self.read_selected();
        }
        Vec::new()
    }

    fn toggle_star(&mut self) -> Vec<Effect> {
        if let Some(id) = self.selected_id() {
            let starred = self.state.marks(id).starred;
            self.state.set_starred(id, !starred);
            self.say(if starred {
                "the star is off"
            } else {
                "starred"
            });
        }
        Vec::new()
    }

    /// Puts the list in order anew: by the filter where one asks for something, else as sorted.
    pub(super) fn reorder(&mut self) -> Vec<Effect> {
        let mut filter = self.list.filter.clone();
        if Query::parse(&filter).is_empty() {
            self.show_all();
            // Nothing typed ends the search that is under way.
            filter.clear();
        }
        vec![Effect::Compute(Job::Filter(filter))]
    }

    /// Whether the list shows all that answers its filter.
    pub(super) fn is_filtered(&self) -> bool {
        let (all, known) = (self.library.entries.len(), self.list.order.len());
        let is_whole = |filtered: &Filtered| {
            filtered.query == self.list.filter
                && filtered.searched >= all
                && filtered.shown <= known
        };
        Query::parse(&self.list.filter).is_empty() || self.filtered.as_ref().is_some_and(is_whole)
    }

    /// Shows what matches, as far as it is known; as sorted, where no word says what is better. The best stays selected, unless
    /// the reader chose another of the same words or is reading it.
    pub(super) fn show_filtered(&mut self, mut filtered: Filtered) {
        let known = self.filtered.as_ref();
        let goes_on = known.is_some_and(|known| known.query == filtered.query);
        let chosen = goes_on && (self.list.selected > 0 || self.focus == Pane::Reader);
        if self.filtered.is_none() && self.events.sections.is_empty() {
            self.list.know_order(self.library.entries.len());
        }
        self.events.sections.clear();
        let mut reports = std::mem::take(&mut filtered.reports);
        if !Query::parse(&filtered.query).ranks() {
            reports = self.list.as_sorted(&self.library.entries, &reports);
        }
        self.list.show(reports);
        if !chosen {
            self.list.selected = 0;
        }
        self.list.moved = true;
        self.filtered = Some(filtered);
    }

    pub(super) fn filter_key(&mut self, key: Key) -> Vec<Effect> {
        if let Some(rows) = rows_of(key) {
            self.list.by(rows);
            self.list.before_filter = None;
            return Vec::new();
        }
        let Some(Line::Filter(prompt)) = &mut self.line else {
            return Vec::new();
        };
        match prompt.key(key) {
            Typed::Edited => self.filter_typed(),
            Typed::Submitted => {
                self.line = None;
                self.list.before_filter = None;
                Vec::new()
            }
            Typed::Cancelled => {
                self.line = None;
                self.clear_filter()
            }
            Typed::Kept | Typed::Other => Vec::new(),
        }
    }

    pub(super) fn filter_typed(&mut self) -> Vec<Effect> {
        let Some(Line::Filter(prompt)) = &self.line else {
            return Vec::new();
        };
        let asked_nothing = Query::parse(&self.list.filter).is_empty();
        self.list.filter = prompt.text().to_owned();
        if asked_nothing && Query::parse(&self.list.filter).is_empty() {
            return Vec::new();
        }
        self.reorder()
    }

    fn clear_filter(&mut self) -> Vec<Effect> {
        self.list.filter.clear();
        let effects = self.reorder();
        if let Some(report) = self.list.before_filter.take() {
            self.list.select(report);
        }
        effects
    }

    pub(super) fn browse_back(&mut self) -> Vec<Effect> {
        match self.focus {
            Pane::Reader if self.reader.search.is_some() => self.reader.search = None,
            Pane::Reader if self.reader.focus.is_some() => self.reader.focus = None,
            Pane::Reader => {
                self.zoomed = false;
                self.focus = Pane::List;
            }
            Pane::List if !self.list.filter.is_empty() => return self.clear_filter(),
            Pane::List => {
                let quit = self.keymap.keys_of(self.context(), Action::Quit);
                self.say(format!(
                    "{} leaves crossread",
                    quit.first().map_or(":quit", String::as_str)
                ));
            }
        }
        Vec::new()
    }

    /// Opens a report at a quotation, from another view.
    pub(super) fn go_to_quote(&mut self, report: usize, quote: usize) {
        self.open_now(report);
        let Some(span) = self
            .annotations(report)
            .and_then(|marks| marks.quotes.get(quote))
            .map(|quote| quote.span)
        else {
            return;
        };
        self.go_to(report, span);
        self.reader.focus = Some(Focus::Quote(quote));
    }

    /// Opens a report at a place, from another view.
    pub(super) fn go_to(&mut self, report: usize, span: Span) {
        if !self.list.order.contains(&report) {
            self.list.filter.clear();
            self.show_all();
        }
        self.view = View::Browse;
        self.line = None;
        self.list.select(report);
        self.open_now(report);
        self.focus = Pane::Reader;
        self.open_selected();
        self.keep_from_filter();
        self.read_selected();
        let height = self.height();
        self.reader.show(span, height);
        self.keep_place();
    }

    pub(super) fn keep_place(&mut self) {
        let place = self.reader.place();
        if let Some(id) = self
            .reader
            .report
            .and_then(|number| self.summary(number))
            .map(|summary| summary.id)
        {
            self.state.set_place(id, place);
        }
    }

    /// Opens the selected report in the reader, where it was left.
    pub(super) fn open_selected(&mut self) {
        let Some(number) = self.list.current() else {
            self.reader = super::Reader::default();
            return;
        };
        if self.reader.report == Some(number) {
            return;
        }
        let width = self.text_width();
        let Some(report) = self.library.report(ReportNo(number)) else {
            self.reader = super::Reader::default();
            return;
        };
        let place = self.state.marks(report.article.id).place;
        self.reader.open(number, report, place, width);
    }

    /// Columns of the reader's text at the present size.
    pub fn text_width(&self) -> usize {
        let panes = self.panes();
        // While the list has a narrow screen, the reader is laid out for the screen it will get.
        let area = if panes.reader.is_empty() {
            Rect { ..panes.body }
        } else {
            panes.reader
        };
        usize::from(panes::column(area, self.config.measure).width)
    }

    /// Lays out what the next frame of the browse view shows, and asks for the marks it lacks.
    pub(super) fn prepare_browse(&mut self) -> Vec<Effect> {
        let rows = self.list_rows();
        self.prepare_list();
        if self.view == View::Browse {
            self.open_selected();
            self.follow_filter();
        }
        let width = self.text_width();
        let height = usize::from(self.panes().reader.height);
        if let Some(number) = self.reader.report
            && let Some(report) = self.library.report(ReportNo(number))
        {
            self.reader.lay_out(report, width);
            self.reader
                .scroll
                .by(0, height, self.reader.page.lines.len());
            if report.article.text.len() <= AT_ONCE {
                report.annotations(&self.annotator);
            }
            if let Some((summary, marks)) = self
                .library
                .summary(ReportNo(number))
                .zip(report.annotated())
            {
                summary.note(marks);
                self.reader.count(marks);
            }
        }
        // Sentences first: they are what was asked for, and marks take longer.
        let mut effects = self.ask_for_hits();
        effects.extend(self.ask_for_marks(rows));
        effects
    }

    /// Asks for the marks of the reports on the screen and of the next ones, which are read for it: a step to one of them then
    /// needs neither.
    fn ask_for_marks(&mut self, rows: usize) -> Vec<Effect> {
        let order = self.list.order.iter().skip(self.list.scroll.top);
        let seen = order.take(rows + 1 + AHEAD).copied();
        let uncounted = |number: &usize| {
            self.summary(*number)
                .and_then(ReportSummary::quotes)
                .is_none()
        };
        let seen = seen.chain(self.reader.report).filter(uncounted);
        let closed = self.near().filter(|&number| self.report(number).is_none());
        let wanted: Vec<usize> = seen.chain(closed).collect();
        let wanted: Vec<usize> = wanted
            .into_iter()
            .filter(|&number| self.asked.insert(number))
            .collect();
        if wanted.is_empty() {
            Vec::new()
        } else {
            vec![Effect::Compute(Job::Annotate(wanted))]
        }
    }

    /// Returns the reports that a step or two may lead to: those on the screen and of the next ones that are near the selected.
    fn near(&self) -> impl Iterator<Item = usize> {
        let first = self.list.scroll.top;
        let end = first + self.list_rows() + 1 + AHEAD;
        let first = first.max(self.list.selected.saturating_sub(NEAR));
        let end = end.min(self.list.selected + NEAR + 1).max(first);
        let order = self.list.order.iter();
        order.skip(first).take(end - first).copied()
    }

    /// Takes what the worker read, as far as it is near; it may be asked for again once it is closed.
    pub(super) fn annotated(&mut self, annotated: Annotated) {
        let near: Vec<usize> = self.near().collect();
        for (number, report) in annotated.read {
            self.asked.remove(&number);
            if near.contains(&number) || self.reader.report == Some(number) {
                self.library.put(ReportNo(number), Ok(report));
            }
        }
    }

    /// Whether anything on the screen may look other after `event`: reports that are read ahead change nothing.
    pub fn shows(&self, event: &Event) -> bool {
        let Event::Answer(answer) = event else {
            return true;
        };
        let Answer::Annotated(annotated) = &**answer else {
            return true;
        };
        let order = self.list.order.iter().skip(self.list.scroll.top);
        let mut seen = order.take(self.list_rows() + 1).chain(&self.reader.report);
        seen.any(|number| annotated.counted.contains(number))
    }
}

/// Rows to move while a line is being typed: the arrows and their control letters do not edit.
pub(super) fn rows_of(key: Key) -> Option<isize> {
    let control = key
        .modifiers()
        .contains(crossterm::event::KeyModifiers::CONTROL);
    match key.code() {
        KeyCode::Down => Some(1),
        KeyCode::Up => Some(-1),
        KeyCode::Char('n') if control => Some(1),
        KeyCode::Char('p') if control => Some(-1),
        KeyCode::PageDown => Some(10),
        KeyCode::PageUp => Some(-10),
        _ => None,
    }
}
