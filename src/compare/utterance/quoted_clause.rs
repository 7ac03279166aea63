//! Cuts the words of an utterance into sentences and clauses, each of which the other report may tell by itself.

use super::words::{ReportWords, WordNumbers};
use crate::annotate::quote;
use crate::compare::weights;

/// Returns those of `words` that say something.
pub(super) fn content_of(report: &ReportWords<'_>, words: &[usize]) -> WordNumbers {
    words
        .iter()
        .copied()
        .filter(|&at| report.words[at].is_content)
        .collect()
}

/// Returns the words of a fragment and those beside it in the reporter's sentence: what it says, it says with them.
pub(super) fn with_sentence(report: &ReportWords<'_>, fragment: &[usize]) -> WordNumbers {
    let (Some(&first), Some(&last)) = (fragment.first(), fragment.last()) else {
        return WordNumbers::new();
    };
    let reach = first.saturating_sub(weights::FRAGMENT_REACH)..=last + weights::FRAGMENT_REACH;
    let beside = report.passage_around(first).filter(|at| {
        let word = &report.words[*at];
        let is_plain = word.quote.is_none() && word.is_content;
        is_plain && reach.contains(at) && !quote::is_reporting_word(report.written(*at))
    });
    let mut words = content_of(report, fragment);
    words.extend(beside);
    words.sort_unstable();
    words
}

/// A sentence of an utterance, or a clause of a long one.
pub(super) struct QuotedClause {
    /// The first word of the sentence.
    pub(super) sentence: usize,
    pub(super) words: WordNumbers,
    /// Whether it is the whole sentence.
    pub(super) is_whole: bool,
}

/// Words at which a clause begins.
const CLAUSE_WORDS: [&str; 6] = ["and", "but", "that", "which", "because", "so"];

/// Returns the sentences of an utterance, each followed by its clauses where it is long.
pub(super) fn clauses(report: &ReportWords<'_>, utterance: &[usize]) -> Vec<QuotedClause> {
    let mut found = Vec::new();
    let quote = |at: usize| report.words[at].quote;
    let goes_on =
        |one: &usize, next: &usize| !report.ends_sentence(*one) && quote(*one) == quote(*next);
    for sentence in utterance.chunk_by(goes_on) {
        let clause = |words: &[usize], is_whole: bool| QuotedClause {
            sentence: sentence[0],
            words: words.to_vec(),
            is_whole,
        };
        found.push(clause(sentence, true));
        if sentence.len() > weights::SHORT_CLAUSE {
            let parts = parts(report, sentence);
            found.extend(
                parts
                    .into_iter()
                    .filter(|part| part.len() < sentence.len())
                    .map(|part| clause(part, false)),
            );
        }
    }
    found
}

/// Cuts a sentence at marks and at words that begin a clause, into parts of some words.
fn parts<'a>(report: &ReportWords<'_>, sentence: &'a [usize]) -> Vec<&'a [usize]> {
    let mut found = Vec::new();
    let mut from = 0;
    for (n, &at) in sentence.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |before| report.after(before));
        let is_mark = !before.trim_matches([' ', '"', '“', '”']).is_empty();
        let is_word = CLAUSE_WORDS.contains(&&*report.written(at).to_lowercase());
        if n - from >= weights::CLAUSE_LEAST && (is_mark || is_word) {
            found.push(&sentence[from..n]);
            from = n;
        }
    }
    found.push(&sentence[from..]);
    found
}
