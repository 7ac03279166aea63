//! The search in the grid: it looks through all passages of all columns and goes to the rows that hold the words.

use std::collections::BTreeSet;

use crate::text::{Span, find};
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::shared::Shared;
use crate::tui::view::{PromptLine, PromptOwner, UpdateContext};
use crate::tui::words::not_found;

use super::CoverageView;

impl CoverageView {
    /// Opens the search line.
    pub(super) fn open_search(&mut self) {
        self.typing = Some(Prompt::with(&self.search));
        self.searched_from = self.row;
    }

    fn look_for(&mut self, words: &str, shared: &Shared) {
        words.clone_into(&mut self.search);
        self.matching = self.matching_claims(words, shared);
        self.row = self.searched_from;
        let is_here = self
            .rows
            .get(self.row)
            .is_some_and(|claim| self.matching.contains(claim));
        if !is_here {
            self.step_match(1);
        }
    }

    /// Returns the claims of which a passage holds the words.
    fn matching_claims(&self, words: &str, shared: &Shared) -> BTreeSet<usize> {
        let Some(coverage) = self.coverage.as_ref().filter(|_| !words.is_empty()) else {
            return BTreeSet::new();
        };
        let hits: Vec<Vec<Span>> = (0..self.reports.len())
            .map(|column| {
                let report = self.report(shared, column);
                report.map_or_else(Vec::new, |report| {
                    find::find_all(&report.article.text, words)
                })
            })
            .collect();
        let claims = coverage.claims.iter().enumerate();
        let holding = claims.filter(|(_, claim)| {
            claim
                .cells
                .iter()
                .zip(&hits)
                .enumerate()
                .any(|(column, (cell, hits))| {
                    let passages = self.passages(column, cell);
                    passages
                        .iter()
                        .any(|passage| hits.iter().any(|hit| hit.overlaps(passage.span)))
                })
        });
        holding.map(|(number, _)| number).collect()
    }

    /// Goes to the next row that matches, or the previous one; returns whether an end was passed, `None` where there is none.
    pub(super) fn step_match(&mut self, by: isize) -> Option<bool> {
        let rows = self.rows.iter().enumerate();
        let matching = rows.filter(|(_, claim)| self.matching.contains(claim));
        let matching: Vec<usize> = matching.map(|(row, _)| row).collect();
        let here = self.row;
        let found = match by > 0 {
            true => matching.iter().find(|row| **row > here),
            false => matching.iter().rev().find(|row| **row < here),
        };
        let ends = if by > 0 {
            matching.first()
        } else {
            matching.last()
        };
        self.row = *found.or(ends)?;
        Some(found.is_none())
    }

    /// Goes to the next match, or the previous one, and says where there is none.
    pub(super) fn go_to_match(&mut self, by: isize, cx: &mut UpdateContext<'_>) {
        if self.search.is_empty() {
            cx.say("no previous search; / searches all reports");
            return;
        }
        match self.step_match(by) {
            None => cx.say(not_found(&self.search, "in none of the rows")),
            Some(true) if by > 0 => cx.say("search wrapped to the top"),
            Some(true) => cx.say("search wrapped to the end"),
            Some(false) => {}
        }
    }
}

impl PromptOwner for CoverageView {
    fn prompt(&mut self) -> Option<&mut Prompt> {
        self.typing.as_mut()
    }

    fn on_prompt(&mut self, event: PromptEvent, cx: &mut UpdateContext<'_>) {
        let typed = self.typing.as_ref();
        let words = typed.map_or(String::new(), |prompt| prompt.text().to_owned());
        match event {
            PromptEvent::Edited => self.look_for(&words, cx.shared),
            PromptEvent::Submitted => {
                self.typing = None;
                if !words.is_empty() && self.matching.is_empty() {
                    cx.say(not_found(&words, "in none of the rows"));
                }
            }
            PromptEvent::Cancelled => {
                self.typing = None;
                self.forget_search();
                self.row = self.searched_from;
            }
            _ => {}
        }
    }

    fn prompt_line(&self, _shared: &Shared) -> Option<PromptLine<'_>> {
        let prompt = self.typing.as_ref()?;
        let rows = self
            .rows
            .iter()
            .filter(|claim| self.matching.contains(claim));
        let notes = match (prompt.is_empty(), rows.count()) {
            (true, _) => Vec::new(),
            (false, 1) => vec!["1 row".to_owned()],
            (false, rows) => vec![format!("{rows} rows")],
        };
        Some(PromptLine::Typed {
            sign: "/",
            prompt,
            notes,
        })
    }
}

impl CoverageView {
    /// Forgets the search; returns whether there was one.
    pub(super) fn forget_search(&mut self) -> bool {
        self.matching.clear();
        let had_words = !self.search.is_empty();
        self.search.clear();
        had_words
    }
}
