//! Why a report is grouped with the others of its event: the words that they share.

use std::cmp::Reverse;

use crate::library::ReportNo;
use crate::library::event::Why;
use crate::tui::canvas::{columns, cut};
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::words::facts;

use super::{PageLine, blanks, line};

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
pub struct Reasons {
    report: ReportNo,
    /// Whether it is the only one of its event.
    is_alone: bool,
    /// The others, or, for one that is alone, the nearest.
    others: Vec<SimilarReport>,
}

/// The words that a report shares with another.
#[derive(Debug)]
struct SimilarReport {
    report: ReportNo,
    /// Similarity in percent.
    percent: u16,
    /// Words of both, with their part of the similarity in percent.
    words: Vec<(String, u16)>,
}

impl Reasons {
    /// Returns the reasons of a report, the most similar of the others first.
    pub fn new(report: ReportNo, reasons: Vec<(ReportNo, Why)>, shared: &Shared) -> Self {
        let others = reasons.into_iter();
        let others = others.map(|(other, why)| SimilarReport::new(other, why));
        let mut others: Vec<SimilarReport> = others.collect();
        others.sort_by_key(|other| Reverse(other.percent));
        Self {
            report,
            is_alone: shared.events.event_of(report).len() < 2,
            others,
        }
    }

    /// Returns the lines of the page.
    pub(super) fn lines(&self, shared: &Shared, width: u16) -> Vec<PageLine> {
        let words = match self.is_alone {
            true => "stands alone; of all others this one is the nearest",
            false => "stands with these reports, for the words that they share",
        };
        let mut lines = vec![
            line(cut(label(shared, self.report), width), Scope::Headline),
            line(cut(words, width), Scope::Dim),
        ];
        for other in &self.others {
            lines.push(Vec::new());
            lines.extend(other.lines(shared, width));
        }
        lines
    }
}

impl SimilarReport {
    fn new(report: ReportNo, why: Why) -> Self {
        let words = why.words.into_iter().take(SHARED_WORDS);
        Self {
            report,
            percent: percent(why.likeness, 1.0),
            words: words
                .map(|(word, weight)| (word, percent(weight, why.likeness)))
                .collect(),
        }
    }

    fn lines(&self, shared: &Shared, width: u16) -> Vec<PageLine> {
        let alike = format!("{} % alike  ", self.percent);
        let room = width.saturating_sub(columns(&alike));
        let facts = shared.summary(self.report).map_or_else(String::new, facts);
        let mut lines = vec![
            vec![
                (alike, Scope::Focus),
                (cut(label(shared, self.report), room), Scope::Text),
            ],
            line(cut(&facts, width), Scope::Meta),
        ];
        let parts = self.words.iter().map(|(_, part)| *part);
        let most = parts.max().unwrap_or(1).max(1);
        let longest = BAR.min(width.saturating_sub(WORD + PERCENT));
        for (word, part) in &self.words {
            let word = cut(word, WORD - 1);
            let pad = blanks(WORD.saturating_sub(columns(&word)));
            let bar = usize::from(longest) * usize::from(*part) / usize::from(most);
            lines.push(vec![
                (word, Scope::Text),
                pad,
                (format!("{part:>3} %  "), Scope::Dim),
                ("▬".repeat(bar), Scope::StripLikely),
            ]);
        }
        lines
    }
}

fn label(shared: &Shared, report: ReportNo) -> &str {
    shared.summary(report).map_or("", |summary| &*summary.label)
}

fn percent(part: f32, whole: f32) -> u16 {
    let percent = 100.0 * part / whole.max(f32::MIN_POSITIVE);
    percent.round().clamp(0.0, 100.0) as u16
}
