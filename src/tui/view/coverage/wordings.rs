//! The wordings of the claim in focus: what several reports have in the same words stands once, with all their names, and the words
//! in which the wordings differ are known.

use crate::annotate::Annotations;
use crate::compare::coverage::CoverageKind;
use crate::compare::{Passage, Sides, diff};
use crate::text::{Span, find};
use crate::tui::highlight::in_window;
use crate::tui::shared::Shared;

use super::CoverageView;

/// Part of two wordings that may differ while it is told which words do.
const NEARLY_SAME: f32 = 0.5;

/// One wording of a claim, and the reports that have it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ClaimWording {
    /// The columns of the reports, the one in focus first.
    pub(super) columns: Vec<usize>,
    /// The way in which the first of them has the claim.
    pub(super) how: Option<CoverageKind>,
    /// The words: all passages of the claim, one after the other.
    pub(super) text: String,
    /// The quotations in the words.
    pub(super) quotes: Vec<Span>,
    /// The words that the wording it is held against does not have.
    pub(super) differs: Vec<Span>,
    /// Matches of the search.
    pub(super) hits: Vec<Span>,
}

impl CoverageView {
    /// Returns the wordings of the claim in focus, that of the column in focus first.
    pub(super) fn claim_wordings(&self, shared: &Shared) -> Vec<ClaimWording> {
        let mut wordings: Vec<ClaimWording> = Vec::new();
        let mut keys: Vec<String> = Vec::new();
        for column in self.columns_in_order() {
            let Some(wording) = self.wording(column, shared) else {
                continue;
            };
            let key = compared(&wording.text);
            match keys.iter().position(|known| *known == key) {
                Some(at) => wordings[at].columns.push(column),
                None => {
                    keys.push(key);
                    wordings.push(wording);
                }
            }
        }
        mark_differences(&mut wordings);
        for wording in &mut wordings {
            if !self.search.is_empty() {
                wording.hits = find::find_all(&wording.text, &self.search);
            }
        }
        wordings
    }

    /// Returns the words of a column.
    fn wording(&self, column: usize, shared: &Shared) -> Option<ClaimWording> {
        let cell = self.focused_row_cell(column)?;
        let report = self.report(shared, column)?;
        let mut wording = ClaimWording {
            columns: vec![column],
            how: Some(cell.how),
            ..ClaimWording::default()
        };
        for Passage { span, .. } in self.passages(column, cell) {
            if !wording.text.is_empty() {
                wording.text.push(' ');
            }
            let quotes = report
                .annotated()
                .map_or_else(Vec::new, |marks| quotes_in(marks, span));
            let start = wording.text.len();
            wording
                .quotes
                .extend(quotes.iter().map(|quote| quote.shifted(start)));
            wording.text += &span.of(&report.article.text).replace('\n', " ");
        }
        Some(wording)
    }

    /// Returns the column in focus, then the others that have something of the claim, those that cover it first.
    fn columns_in_order(&self) -> Vec<usize> {
        let mut others = self.columns();
        others.retain(|&column| {
            let how = self.focused_row_cell(column).map(|cell| cell.how);
            column != self.column && how.is_some_and(|how| how != CoverageKind::Absent)
        });
        others.sort_by_key(|&column| !self.covers_focus(column));
        others.insert(0, self.column);
        others
    }
}

/// Returns the quotations in a passage, counted from its beginning.
fn quotes_in(marks: &Annotations, passage: Span) -> Vec<Span> {
    let within = in_window(&marks.quotes, passage, |quote| quote.span);
    let within = within.map(|quote| {
        let (start, end) = (
            quote.span.start.max(passage.start),
            quote.span.end.min(passage.end),
        );
        Span::new(start - passage.start, end - passage.start)
    });
    within.collect()
}

/// Returns words as they are held against others: marks of quotation and blanks do not count.
fn compared(words: &str) -> String {
    let plain = words.chars().map(|letter| match letter {
        '“' | '”' | '«' | '»' => '"',
        '‘' | '’' => '\'',
        other => other,
    });
    let plain: String = plain.collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks in each wording the words that the most frequent one does not have, and in that one what the nearest does not have.
fn mark_differences(wordings: &mut [ClaimWording]) {
    let told = wordings.iter().enumerate();
    let told = told.filter(|(_, wording)| !wording.text.is_empty());
    let most = told.rev().max_by_key(|(_, wording)| wording.columns.len());
    let Some(first) = most.map(|(at, _)| at) else {
        return;
    };
    let others = (0..wordings.len()).filter(|&at| at != first);
    let from_first = others.map(|at| differing(&wordings[first].text, &wordings[at].text));
    let from_first: Vec<Vec<Span>> = from_first.filter(|spans| !spans.is_empty()).collect();
    let nearest = from_first.into_iter().min_by_key(|spans| length(spans));
    for at in (0..wordings.len()).filter(|&at| at != first) {
        wordings[at].differs = differing(&wordings[at].text, &wordings[first].text);
    }
    wordings[first].differs = nearest.unwrap_or_default();
}

fn length(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.len()).sum()
}

/// Returns the words of `one` that `other` does not have; none where the two have little in common.
fn differing(one: &str, other: &str) -> Vec<Span> {
    let texts = Sides::new(one, other);
    let spans = diff::wording(texts, texts.map(|text| Span::new(0, text.len())));
    let is_near = length(&spans.left) as f32 <= NEARLY_SAME * one.len() as f32;
    if is_near { spans.left } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(columns: &[usize], text: &str) -> ClaimWording {
        ClaimWording {
            columns: columns.to_vec(),
            text: text.to_owned(),
            ..ClaimWording::default()
        }
    }

    #[test]
    fn each_wording_is_held_against_the_most_frequent_one() {
        let mut wordings = [
            wording(&[0], "We will not sail on a ship that leaks."),
            wording(&[1, 2], "We will not sail on a boat that leaks."),
        ];
        mark_differences(&mut wordings);
        let words = wordings
            .each_ref()
            .map(|it| it.differs.first().map(|span| span.of(&it.text)));
        assert_eq!(words, [Some("ship"), Some("boat")]);
    }

    #[test]
    fn the_marks_of_quotations_make_no_other_wording() {
        assert_eq!(compared("“We  won’t”"), compared("\"We won't\""));
    }
}
