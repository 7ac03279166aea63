//! A filter that asks texts for words (`body: white smoke`): the sentence that each row of the list shows, the search that the
//! reader makes of the words, and the way from the last hit of a report to the first of the next.

use std::collections::{HashMap, HashSet};

use crate::filter::Query;
use crate::library::hit::{self, Excerpt};

use super::super::effect::Effect;
use super::super::prompt::Prompt;
use super::super::view::grouped;
use super::super::view::list::ITEM_HEIGHT;
use super::super::worker::Job;
use super::panes::Pane;
use super::reader::step;
use super::{App, Line, reading::SEARCH_AS_TYPED};

/// What stands before the words that the texts are asked for.
const ASKED: &str = "body: ";

/// So many sentences are kept; whoever comes back to a row further off waits for its sentence again.
const MOST: usize = 2048;

/// The sentences in which reports answer the filter, as far as they were on the screen.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    query: String,
    asked: HashSet<usize>,
    /// Those of the query before stay until newer ones are there, so that rows do not flicker.
    excerpts: HashMap<usize, Excerpt>,
}

impl Hits {
    /// Returns the sentence of a report.
    pub fn of(&self, report: usize) -> Option<&Excerpt> {
        self.excerpts.get(&report)
    }

    /// Takes the worker's sentences, unless something else was typed since.
    pub(super) fn take(&mut self, query: &str, found: Vec<(usize, Option<Excerpt>)>) {
        if query != self.query {
            return;
        }
        for (report, excerpt) in found {
            match excerpt {
                Some(excerpt) => self.excerpts.insert(report, excerpt),
                None => self.excerpts.remove(&report),
            };
        }
    }
}

impl App {
    /// Opens the filter's line where words of the texts can be typed at once. Words that no row holds are looked for in the
    /// texts; those that some do go on narrowing them.
    pub(super) fn search_texts(&mut self) -> Vec<Effect> {
        self.focus = Pane::List;
        self.zoomed = false;
        self.list.before_filter = self.list.current();
        let filter = self.list.filter.trim_end();
        let is_in_vain = self.filtered.as_ref().is_some_and(|it| it.literal == 0);
        let typed = match self.text_query() {
            Some(_) => filter.to_owned(),
            None if filter.is_empty() || is_in_vain => format!("{ASKED}{filter}"),
            None => format!("{filter} {ASKED}"),
        };
        self.line = Some(Line::Filter(Prompt::with(&typed)));
        self.filter_typed()
    }

    /// Returns the filter if it asks texts for words.
    pub fn text_query(&self) -> Option<Query> {
        if self.list.filter.is_empty() {
            return None;
        }
        Some(Query::parse(&self.list.filter)).filter(hit::asks_texts)
    }

    /// Asks for the sentences that the rows on the screen lack.
    pub(super) fn ask_for_hits(&mut self) -> Vec<Effect> {
        if self.text_query().is_none() {
            self.hits = Hits::default();
            return Vec::new();
        }
        if self.hits.query != self.list.filter {
            self.hits.query.clone_from(&self.list.filter);
            self.hits.asked.clear();
        }
        if self.hits.asked.len() > MOST {
            self.hits.asked.clear();
            self.hits.excerpts.clear();
        }
        let rows = usize::from(self.panes().list.height).div_ceil(ITEM_HEIGHT);
        let shown = self.list.order.iter().skip(self.list.scroll.top).take(rows);
        let shown = shown.copied();
        let wanted: Vec<usize> = shown.filter(|&n| self.hits.asked.insert(n)).collect();
        match wanted.is_empty() {
            true => Vec::new(),
            false => vec![Effect::Compute(Job::Hits(self.hits.query.clone(), wanted))],
        }
    }

    /// Makes the words of the filter the reader's search, and stands on the sentence that the list shows; once for each
    /// report and filter, so that the reader may search for something else meanwhile.
    pub(super) fn follow_filter(&mut self) {
        let query = self.text_query();
        let filter = query.as_ref().map(|_| self.list.filter.clone());
        let Some(report) = self.reader.report.and_then(|number| self.report(number)) else {
            return;
        };
        let article = report.article.clone();
        let is_typing = matches!(self.line, Some(Line::Filter(_)));
        if self.reader.follows == filter || (is_typing && article.text.len() > SEARCH_AS_TYPED) {
            return;
        }
        let height = self.height();
        self.reader.follow(&article, filter.zip(query), height);
    }

    /// Leaves the reader's place as it is, though the report was opened under a filter that asks texts.
    pub(super) fn keep_from_filter(&mut self) {
        let filter = self.text_query().map(|_| self.list.filter.clone());
        self.reader.follows = filter;
    }

    /// Goes on to the hits of the next report of the list, or the one before; whether there is another.
    pub(super) fn step_to_report_with_hits(&mut self, by: isize) -> bool {
        let rows = self.list.order.len();
        let Some((row, wrapped)) = step(self.list.selected, by, rows).filter(|_| rows > 1) else {
            return false;
        };
        self.list.selected = row;
        self.list.moved = true;
        if let Some(number) = self.list.current() {
            self.open_now(number);
        }
        self.open_selected();
        self.follow_filter();
        self.read_selected();
        let height = self.height();
        self.reader.stand_on_end(by, height);
        self.keep_place();
        let [report, shown] = [row + 1, self.shown()].map(grouped);
        let place = format!("report {report} of {shown}");
        self.say(match (wrapped, by > 0) {
            (false, _) => place,
            (true, true) => format!("{place}: search went on from the first report"),
            (true, false) => format!("{place}: search went on from the last report"),
        });
        true
    }
}
