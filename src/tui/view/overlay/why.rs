//! Why a report is grouped with the others of its event: the words that they share.

use std::cmp::Reverse;

use crate::library::ReportNo;
use crate::library::event::SharedWords;
use crate::tui::canvas::{columns, cut};
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::words::facts;

use super::{PageLine, column_line, line};

/// Words that are given as reasons for one of them.
const SHARED_WORDS: usize = 8;
/// Columns of a word that is given as a reason.
const WORD: u16 = 20;
/// Columns of a word's percentage.
const PERCENT: u16 = 6;
/// Columns of the longest bar beside a word.
const BAR: u16 = 30;

/// Why a report is grouped with the others of its event.
#[derive(Debug)]
pub struct EventReasons {
    report: ReportNo,
    /// Whether it is the only one of its event.
    is_alone: bool,
    /// The others, or, for one that is alone, the nearest; the most similar first.
    others: Vec<(ReportNo, SharedWords)>,
}

impl EventReasons {
    /// Returns the reasons of a report.
    pub fn new(
        report: ReportNo,
        mut others: Vec<(ReportNo, SharedWords)>,
        shared: &Shared,
    ) -> Self {
        others.sort_by_key(|(_, why)| Reverse(percent(why.likeness, 1.0)));
        Self {
            report,
            is_alone: shared.events.event_of(report).len() < 2,
            others,
        }
    }

    /// Returns the lines of the page.
    pub(super) fn lines(&self, shared: &Shared, width: u16) -> Vec<PageLine> {
        let words = match self.is_alone {
            true => "not grouped with others; the closest report:",
            false => "grouped with these because they share:",
        };
        let mut lines = vec![
            line(cut(label(shared, self.report), width), Scope::Headline),
            line(cut(words, width), Scope::Dim),
        ];
        for (other, why) in &self.others {
            lines.push(Vec::new());
            lines.extend(report_lines(*other, why, shared, width));
        }
        lines
    }
}

/// Returns how similar another report is, and the words that both have, each with its part of the similarity.
fn report_lines(report: ReportNo, why: &SharedWords, shared: &Shared, width: u16) -> Vec<PageLine> {
    let alike = format!("{}% similar  ", percent(why.likeness, 1.0));
    let label = cut(label(shared, report), width.saturating_sub(columns(&alike)));
    let facts = shared.summary(report).map_or_else(String::new, facts);
    let words = why.words.iter().take(SHARED_WORDS);
    let words = words.map(|(word, weight)| (word, percent(*weight, why.likeness)));
    let most = words.clone().fold(1, |most, (_, part)| part.max(most));
    let longest = BAR.min(width.saturating_sub(WORD + PERCENT));
    let word_lines = words.map(|(word, part)| {
        let bar = usize::from(longest) * usize::from(part) / usize::from(most);
        let mut line = column_line(&cut(word, WORD - 1), Scope::Text, WORD);
        line.push((format!("{part:>3}%  "), Scope::Dim));
        line.push(("▬".repeat(bar), Scope::StripLikely));
        line
    });
    let mut lines = vec![
        vec![(alike, Scope::Focus), (label, Scope::Text)],
        line(cut(&facts, width), Scope::Meta),
    ];
    lines.extend(word_lines);
    lines
}

fn label(shared: &Shared, report: ReportNo) -> &str {
    shared.summary(report).map_or("", |summary| &*summary.label)
}

fn percent(part: f32, whole: f32) -> u16 {
    let percent = 100.0 * part / whole.max(f32::MIN_POSITIVE);
    percent.round().clamp(0.0, 100.0) as u16
}
