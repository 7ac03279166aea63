//! The list of reports: its filter, what the filter found, and the reports that it asks marks and sentences for.

use std::collections::HashSet;

use ratatui::layout::Rect;

use crate::filter::{Query, field_mistake};
use crate::library::hit;
use crate::library::{ReportNo, ReportSummary};
use crate::state::EventMove;
use crate::tui::action::{Action, KeyContext};
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::scroll::Scroll;
use crate::tui::shared::Shared;
use crate::tui::shared::event_groups::SectionTitle;
use crate::tui::view::{ScrollDistance, UpdateContext};
use crate::tui::worker::job::{AnnotateJob, AnnotatedReports, FilterResults, GroupJob, MatchJob};

use super::card::CardRoom;
use super::hit_excerpts::HitExcerpts;
use super::layout::{self, PlacedReport};

/// Prefix of a filter that searches the full texts.
const TEXT_FIELD: &str = "body: ";
/// Reports below the screen that are read and annotated before a key leads to them.
const AHEAD: usize = 8;
/// Rows on each side of the selected one whose reports are kept open. Both sides together are fewer than the reports that stay
/// open unasked: more would close each other, and be read again for ever.
const NEAR: usize = 24;

/// The move made last.
#[derive(Clone, Copy, Debug)]
pub(super) struct LastMove {
    /// The report that was moved.
    pub(super) report: ReportNo,
    /// The place to which the reader had moved the report before.
    pub(super) before: Option<EventMove>,
}

/// The list.
#[derive(Debug, Default)]
pub struct ListPane {
    /// The part on the screen, in rows of one report each.
    pub scroll: Scroll,
    /// The filter as typed; empty shows every report.
    pub filter: String,
    /// The answer to the filter, if there is one.
    pub results: Option<FilterResults>,
    /// The sentences in which reports answer it.
    pub hits: HitExcerpts,
    /// The filter's line, while it is being typed.
    pub typing: Option<Prompt>,
    /// The report that was selected when the filter was opened, until another is chosen: Esc goes back to it.
    before_filter: Option<ReportNo>,
    /// The report to select once the filter is answered: the reader went back to it.
    pub(super) wanted: Option<ReportNo>,
    /// The room that the list has on the screen.
    pub room: CardRoom,
    /// Whole reports that it showed at least when it was last laid out.
    rows: usize,
    /// The last move of a report out of its event or into another, until it is undone.
    pub(super) last_move: Option<LastMove>,
    /// Reports whose marks were asked for.
    asked: HashSet<ReportNo>,
}

impl ListPane {
    /// Whole reports that the list shows at once.
    fn rows(&self) -> usize {
        self.rows.max(1)
    }

    /// Returns how many reports the list shows in all, counting those that match and are not in their places yet.
    pub fn shown(&self, shared: &Shared) -> usize {
        let known = shared.list.order.len();
        let shown = self.results.as_ref().map(|results| results.shown);
        shown.unwrap_or(known).max(known)
    }

    /// Returns the filter's answer so far, if some reports are still to be searched.
    pub fn searching(&self, shared: &Shared) -> Option<&FilterResults> {
        let results = self.results.as_ref();
        results.filter(|results| results.searched < shared.total())
    }

    /// Returns the reports on the screen.
    pub fn placed(&self, shared: &Shared) -> Vec<PlacedReport> {
        layout::placed_reports(shared, self.scroll.top, self.room)
    }

    /// Moves the selection.
    pub fn scroll_by(&mut self, distance: ScrollDistance, shared: &mut Shared) {
        shared.list.move_by(distance.lines(self.rows()));
    }

    /// Opens the filter's line.
    pub fn open_filter(&mut self, shared: &Shared) {
        self.before_filter = shared.list.current();
        self.typing = Some(Prompt::with(&self.filter));
    }

    /// Opens the filter's line where words of the texts can be typed at once. Words that no row holds are looked for in the
    /// texts; those that some do go on narrowing them.
    pub fn open_text_filter(&mut self, cx: &mut UpdateContext<'_>) {
        self.before_filter = cx.shared.list.current();
        let filter = self.filter.trim_end();
        let is_in_vain = self.results.as_ref().is_some_and(|it| it.literal == 0);
        let typed = match self.text_query() {
            Some(_) => filter.to_owned(),
            None if filter.is_empty() || is_in_vain => format!("{TEXT_FIELD}{filter}"),
            None => format!("{filter} {TEXT_FIELD}"),
        };
        self.typing = Some(Prompt::with(&typed));
        self.apply_typed(cx);
    }

    /// Returns the filter if it asks texts for words.
    pub fn text_query(&self) -> Option<Query> {
        if self.filter.is_empty() {
            return None;
        }
        Some(Query::parse(&self.filter)).filter(hit::asks_texts)
    }

    /// Reacts to the filter's line.
    pub fn on_prompt(&mut self, event: PromptEvent, cx: &mut UpdateContext<'_>) {
        match event {
            PromptEvent::Moved(rows) => {
                cx.shared.list.move_by(rows);
                self.before_filter = None;
            }
            PromptEvent::Edited => self.apply_typed(cx),
            PromptEvent::Submitted => {
                self.typing = None;
                self.before_filter = None;
            }
            PromptEvent::Cancelled => {
                self.typing = None;
                self.clear_filter(cx);
            }
            PromptEvent::OtherKey(_) => {}
        }
    }

    fn apply_typed(&mut self, cx: &mut UpdateContext<'_>) {
        self.wanted = None;
        let Some(prompt) = &self.typing else { return };
        let asked_nothing = Query::parse(&self.filter).is_empty();
        prompt.text().clone_into(&mut self.filter);
        if !(asked_nothing && Query::parse(&self.filter).is_empty()) {
            self.search(cx);
        }
    }

    /// Shows every report again, the one selected that was before the filter.
    pub fn clear_filter(&mut self, cx: &mut UpdateContext<'_>) {
        self.filter.clear();
        self.search(cx);
        if let Some(report) = self.before_filter.take() {
            cx.shared.list.select(report);
        }
    }

    /// Orders the list again: by the filter where one asks for something, else as sorted.
    pub fn search(&mut self, cx: &mut UpdateContext<'_>) {
        let mut filter = self.filter.clone();
        if Query::parse(&filter).is_empty() {
            self.show_all(cx.shared);
            // Nothing typed ends the search that is under way.
            filter.clear();
        }
        cx.compute(MatchJob::Filter(filter));
    }

    /// Shows every report, in sections where there are events.
    pub fn show_all(&mut self, shared: &mut Shared) {
        self.results = None;
        shared.list_all();
    }

    /// Whether the list shows all that answers its filter.
    pub fn is_filtered(&self, shared: &Shared) -> bool {
        let is_whole = |results: &FilterResults| {
            results.query == self.filter
                && results.searched >= shared.total()
                && results.shown <= shared.list.order.len()
        };
        Query::parse(&self.filter).is_empty() || self.results.as_ref().is_some_and(is_whole)
    }

    /// Shows the reports that match, as far as they are known; as sorted, where no word says what is better. The best stays selected,
    /// unless the reader chose another of the same words or `is_reading` it.
    pub fn show_results(
        &mut self,
        mut results: FilterResults,
        is_reading: bool,
        shared: &mut Shared,
    ) {
        let known = self.results.as_ref();
        let goes_on = known.is_some_and(|known| known.query == results.query);
        let chosen = goes_on && (shared.list.selected > 0 || is_reading);
        if self.results.is_none() && shared.events.sections.is_empty() {
            shared.list.keep_order(shared.total());
        }
        shared.events.sections.clear();
        let mut reports = std::mem::take(&mut results.reports);
        if !Query::parse(&results.query).ranks() {
            reports = shared.list.pick_sorted(&shared.library.entries, &reports);
        }
        shared.list.show(reports);
        if !chosen {
            shared.list.selected = 0;
        }
        if let Some(wanted) = self.wanted {
            shared.list.select(wanted);
            self.wanted.take_if(|_| results.searched >= shared.total());
        }
        shared.list.moved = true;
        self.results = Some(results);
    }

    /// Selects the next unread report.
    pub fn next_unread(&mut self, cx: &mut UpdateContext<'_>) {
        let shared = &mut *cx.shared;
        let (from, total) = (shared.list.selected, shared.list.order.len());
        let is_unread = |row: &usize| {
            let number = shared.list.order.get(*row);
            let summary = number.and_then(|&number| shared.summary(number));
            summary.is_some_and(|summary| !shared.state.marks(summary.id).read)
        };
        let rows = (1..=total).map(|step| (from + step) % total.max(1));
        match rows.into_iter().find(is_unread) {
            Some(row) => shared.list.select_row(row),
            None => cx.say("no unread reports"),
        }
    }

    /// Brings the selected report onto the list, which stands in `area`.
    pub fn lay_out(&mut self, area: Rect, shared: &Shared) {
        self.room = CardRoom {
            width: area.width,
            height: area.height,
            has_excerpts: self.text_query().is_some(),
        };
        self.scroll.top = layout::top_row(shared, self.scroll.top, self.room);
        let placed = self.placed(shared);
        let bottom = usize::from(area.height) + self.room.gap();
        let is_whole = |placed: &&PlacedReport| {
            placed.y + placed.lines + usize::from(placed.section.is_some()) <= bottom
        };
        self.rows = placed.iter().filter(is_whole).count();
    }

    /// Dates the headings on the screen that have no words yet, and asks for their names.
    pub fn ask_for_names(&self, cx: &mut UpdateContext<'_>) {
        let placed = self.placed(cx.shared).into_iter();
        let mut unnamed = Vec::new();
        for number in placed.filter_map(|placed| placed.section) {
            let shared = &mut *cx.shared;
            let section = shared.events.sections.get(number);
            let group =
                section.and_then(|section| section.group.filter(|_| section.title.is_none()));
            let group = group.and_then(|group| shared.events.groups.get(group).cloned());
            let Some(group) = group else { continue };
            let days = group.iter().filter_map(|&n| shared.summary(n)?.date());
            let title = SectionTitle {
                days: days.clone().min().zip(days.max()),
                names: Vec::new(),
            };
            if let Some(section) = shared.events.sections.get_mut(number) {
                section.title = Some(title);
            }
            unnamed.push(group);
        }
        if !unnamed.is_empty() {
            cx.compute(GroupJob::Names(unnamed));
        }
    }

    /// Asks for the sentences that the rows on the screen lack.
    pub fn ask_for_hits(&mut self, cx: &mut UpdateContext<'_>) {
        if self.text_query().is_none() {
            self.hits = HitExcerpts::default();
            return;
        }
        let rows = usize::from(self.room.height).div_ceil(self.room.fewest_lines());
        let shown = cx.shared.list.order.iter().skip(self.scroll.top).take(rows);
        let shown: Vec<ReportNo> = shown.copied().collect();
        self.hits.ask(&self.filter, shown.into_iter(), cx);
    }

    /// Asks for the marks of the reports on the screen, of the next ones, which are read for it, and of the one being `read`: a step to
    /// one of them then needs neither.
    pub fn ask_for_marks(&mut self, read: Option<ReportNo>, cx: &mut UpdateContext<'_>) {
        let shared = &*cx.shared;
        let order = shared.list.order.iter().skip(self.scroll.top);
        let seen = order.take(self.rows() + 1 + AHEAD).copied().chain(read);
        let quotes = |number: ReportNo| shared.summary(number).and_then(ReportSummary::quotes);
        let uncounted = seen.filter(|&number| quotes(number).is_none());
        let closed = self.near(shared);
        let closed = closed.filter(|&number| shared.report(number).is_none());
        let mut wanted: Vec<ReportNo> = uncounted.chain(closed).collect();
        wanted.retain(|&number| self.asked.insert(number));
        if !wanted.is_empty() {
            cx.compute(AnnotateJob::Reports(wanted));
        }
    }

    /// Returns the reports that a step or two may lead to: those on the screen and of the next ones that are near the selected.
    fn near<'s>(&self, shared: &'s Shared) -> impl Iterator<Item = ReportNo> + use<'s> {
        let selected = shared.list.selected;
        let first = self.scroll.top;
        let end = first + self.rows() + 1 + AHEAD;
        let first = first.max(selected.saturating_sub(NEAR));
        let end = end.min(selected + NEAR + 1).max(first);
        let order = shared.list.order.iter();
        order.skip(first).take(end - first).copied()
    }

    /// Keeps the reports that the worker read, as far as they are near or being `read`; others may be asked for again.
    pub fn keep_annotated(
        &mut self,
        annotated: AnnotatedReports,
        read: Option<ReportNo>,
        shared: &mut Shared,
    ) {
        let near: Vec<ReportNo> = self.near(shared).collect();
        for (number, report) in annotated.read {
            self.asked.remove(&number);
            if near.contains(&number) || read == Some(number) {
                shared.library.put(number, Ok(report));
            }
        }
    }

    /// Whether one of these reports is on the screen.
    pub fn shows_any(&self, reports: &[ReportNo], shared: &Shared) -> bool {
        let order = shared.list.order.iter().skip(self.scroll.top);
        let mut seen = order.take(self.rows() + 1);
        seen.any(|number| reports.contains(number))
    }

    /// Says why the list is empty.
    pub fn empty_words(&self, shared: &Shared) -> String {
        if let Some(mistake) = field_mistake(&self.filter) {
            return mistake;
        }
        let may_ask_texts = self.typing.is_none() && self.text_query().is_none();
        match (self.filter.is_empty(), shared.progress.finished) {
            (false, _) if self.searching(shared).is_some() => "no match so far".to_owned(),
            (false, _) if may_ask_texts => {
                let key = shared.key_in(KeyContext::List, Action::SearchTexts);
                format!("no match; {key} searches the full texts")
            }
            (false, _) => "no match".to_owned(),
            (true, false) => "reading …".to_owned(),
            (true, true) => "no reports".to_owned(),
        }
    }
}
