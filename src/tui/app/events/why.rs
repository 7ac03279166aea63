//! Why a report stands with the others of its event: the words that they share.

use crate::library::event::MOST;

use super::super::{App, Overlay};
use super::LEAST;

/// Other reports of an event that are spoken of.
const EXPLAINED: usize = 8;
/// Words that are named as a reason.
const REASONS: usize = 8;

/// Why a report stands with the others of its event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    /// The report.
    pub report: usize,
    /// Whether it is the only one of its event.
    pub alone: bool,
    /// The others, or, for one that is alone, the nearest.
    pub others: Vec<Reason>,
}

/// What a report has in common with another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// The other.
    pub report: usize,
    /// How alike they are, in percent.
    pub alike: u16,
    /// Words of both, with their part of the likeness in percent.
    pub words: Vec<(String, u16)>,
}

impl App {
    /// Says why the selected report stands where it does.
    pub(super) fn explain(&mut self) {
        let (Some(report), Some(found)) = (self.list.current(), self.events.found.clone()) else {
            self.say(match self.library.entries.len() {
                0..LEAST => "events are told apart from three reports on".to_owned(),
                n if n > MOST => format!("more than {MOST} reports are not grouped into events"),
                _ => "the reports are not grouped yet".to_owned(),
            });
            return;
        };
        let mut others: Vec<usize> = self.selected_event();
        others.retain(|&other| other != report);
        let alone = others.is_empty();
        if alone {
            others.extend(found.nearest(report));
        }
        others.truncate(EXPLAINED);
        let reason = |&other: &usize| {
            let why = found.why(&self.library.entries, report, other);
            let words = why.words.into_iter().take(REASONS);
            Reason {
                report: other,
                alike: percent(why.likeness, 1.0),
                words: words
                    .map(|(word, weight)| (word, percent(weight, why.likeness)))
                    .collect(),
            }
        };
        let mut others: Vec<Reason> = others.iter().map(reason).collect();
        others.sort_by_key(|reason| std::cmp::Reverse(reason.alike));
        self.open_overlay(Overlay::Why(Reasons {
            report,
            alone,
            others,
        }));
    }
}

fn percent(part: f32, of: f32) -> u16 {
    (100.0 * part / of.max(f32::MIN_POSITIVE))
        .round()
        .clamp(0.0, 100.0) as u16
}
