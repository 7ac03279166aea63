//! What the keys of the reader do: scrolling, searching, stepping from mark to mark, copying.

use crate::report::citation;
use crate::text::{CleanText, Span};

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::key::Key;
use super::super::prompt::{Prompt, Typed};
use super::act::Distance;
use super::panes::Pane;
use super::reader::{Focus, span_of, step_mark};
use super::{App, Line};

/// A report longer than this is searched when Enter is pressed, not at each letter.
pub(super) const SEARCH_AS_TYPED: usize = 4 * 1024 * 1024;

impl App {
    pub(super) fn reader_action(&mut self, action: Action) -> Vec<Effect> {
        let height = self.height();
        if let Some(distance) = Distance::of(action) {
            self.reader.by(distance.lines(height), height);
            self.keep_place();
            return Vec::new();
        }
        match action {
            Action::Close => {
                self.focus = Pane::List;
                self.zoomed = false;
            }
            Action::Search => {
                let search = self.reader.search.as_ref();
                let typed = search.filter(|search| !search.across);
                let words = typed.map(|search| search.words.clone());
                self.line = Some(Line::Search(Prompt::with(&words.unwrap_or_default())));
                self.reader.begin_search();
            }
            Action::SearchNext => self.step_search(1),
            Action::SearchPrevious => self.step_search(-1),
            Action::NextQuote => self.step_focus(1, Focus::Quote),
            Action::PreviousQuote => self.step_focus(-1, Focus::Quote),
            Action::NextTerm => self.step_focus(1, Focus::Term),
            Action::PreviousTerm => self.step_focus(-1, Focus::Term),
            Action::NextStatement => self.step_focus(1, Focus::Statement),
            Action::PreviousStatement => self.step_focus(-1, Focus::Statement),
            Action::Wider => self.set_measure(self.config.measure + 4),
            Action::Narrower => self.set_measure(self.config.measure.saturating_sub(4)),
            Action::Copy => return self.copy_focused(),
            _ => self.idle(action),
        }
        Vec::new()
    }

    fn set_measure(&mut self, columns: u16) {
        self.config.measure = columns.clamp(20, 120);
        self.say(format!("lines of at most {} columns", self.config.measure));
    }

    fn step_search(&mut self, by: isize) {
        let search = self.reader.search.as_ref();
        if search.is_some_and(|search| search.leaves(by)) && self.step_to_report_with_hits(by) {
            return;
        }
        let height = self.height();
        match self.reader.step_search(by) {
            Some((hit, wrapped)) => {
                self.reader.show(hit, height);
                if wrapped {
                    self.say(if by > 0 {
                        "search went on from the top"
                    } else {
                        "search went on from the end"
                    });
                }
            }
            None => {
                let words = match &self.reader.search {
                    Some(search) => format!("\"{}\" is not in this report", search.words),
                    None => "nothing is searched for; / searches".to_owned(),
                };
                self.say(words);
            }
        }
    }

    /// Steps to another mark of the kind that `wrap` makes.
    fn step_focus(&mut self, by: isize, wrap: fn(usize) -> Focus) {
        let Some(annotations) = self
            .reader
            .report
            .and_then(|number| self.report(number))
            .and_then(|r| r.annotated())
        else {
            return;
        };
        let kind = wrap(0);
        let spans: Vec<Span> = match kind {
            Focus::Quote(_) => annotations.quotes.iter().map(|quote| quote.span).collect(),
            Focus::Statement(_) => annotations
                .statements
                .iter()
                .map(|statement| statement.span)
                .collect(),
            Focus::Term(_) => annotations
                .terms
                .iter()
                .filter(|hit| hit.is_strong())
                .map(|hit| hit.span)
                .collect(),
        };
        let focused = match (self.reader.focus, kind) {
            (Some(Focus::Quote(n)), Focus::Quote(_))
            | (Some(Focus::Statement(n)), Focus::Statement(_)) => Some(n),
            (Some(Focus::Term(n)), Focus::Term(_)) => annotations
                .terms
                .get(n)
                .and_then(|hit| spans.iter().position(|span| *span == hit.span)),
            _ => None,
        };
        let here = self.reader.here(annotations);
        let stepped = step_mark(&spans, focused, here, by);
        let Some((n, wrapped)) = stepped else {
            let name = match kind {
                Focus::Quote(_) => "quotation",
                Focus::Statement(_) => "statement",
                Focus::Term(_) => "term",
            };
            self.say(format!("no {name} in this report"));
            return;
        };
        let span = spans.get(n).copied().unwrap_or_default();
        let n = match kind {
            Focus::Term(_) => annotations
                .terms
                .iter()
                .position(|hit| hit.span == span)
                .unwrap_or(n),
            _ => n,
        };
        self.reader.focus = Some(wrap(n));
        let height = self.height();
        self.reader.show(span, height);
        self.keep_place();
        if wrapped {
            self.say(if by > 0 {
                "went on from the top"
            } else {
                "went on from the end"
            });
        }
    }

    pub(super) fn search_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(Line::Search(prompt)) = &mut self.line else {
            return Vec::new();
        };
        match prompt.key(key) {
            Typed::Edited => self.search_typed(),
            Typed::Submitted => {
                let words = prompt.text().to_owned();
                self.line = None;
                self.search_for(&words);
                let hits = self
                    .reader
                    .search
                    .as_ref()
                    .map_or(0, |search| search.hits.len());
                if hits == 0 && !words.is_empty() {
                    self.say(format!("\"{words}\" is not in this report"));
                }
            }
            Typed::Cancelled => {
                self.line = None;
                self.reader.give_search_up();
            }
            Typed::Kept | Typed::Other => {}
        }
        Vec::new()
    }

    pub(super) fn search_typed(&mut self) {
        let Some(Line::Search(prompt)) = &self.line else {
            return;
        };
        let words = prompt.text().to_owned();
        let length = self
            .reader
            .report
            .and_then(|n| self.report(n))
            .map_or(0, |report| report.article.text.len());
        if length <= SEARCH_AS_TYPED {
            self.search_for(&words);
        }
    }

    fn search_for(&mut self, words: &str) {
        let height = self.height();
        let Some(article) = self
            .reader
            .report
            .and_then(|n| self.report(n))
            .map(|report| report.article.clone())
        else {
            return;
        };
        self.reader.search(&article.text, words);
        if let Some(hit) = self
            .reader
            .search
            .as_ref()
            .and_then(|search| search.hits.get(search.current))
            .copied()
        {
            self.reader.show(hit, height);
        }
    }

    fn copy_focused(&mut self) -> Vec<Effect> {
        let Some(number) = self.reader.report else {
            return Vec::new();
        };
        match self.reader.focus {
            Some(Focus::Quote(quote)) => self.copy_quote(number, quote),
            Some(focus) => {
                let words = self.report(number).and_then(|report| {
                    let span = span_of(focus, report.annotated()?)?;
                    Some(CleanText::one_line(span.of(&report.article.text)))
                });
                words.map_or_else(Vec::new, |words| self.copy(words))
            }
            None => {
                let next = self.keymap.keys_of(self.context(), Action::NextQuote);
                let next = next.first().map_or("next-quote", String::as_str).to_owned();
                self.say(format!("no quotation is in focus; {next} goes to one"));
                Vec::new()
            }
        }
    }

    /// Copies a quotation as a citation.
    pub(super) fn copy_quote(&mut self, report: usize, quote: usize) -> Vec<Effect> {
        let cited = self.report(report).and_then(|report| {
            let quote = report.annotated()?.quotes.get(quote)?;
            Some(citation(&report.article, quote, self.config.citation))
        });
        cited.map_or_else(Vec::new, |words| self.copy(words))
    }
}
