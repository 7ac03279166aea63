//! The own scorer against a fresh `fuzzy_indices`, on every line.

use crossread::filter::score::FuzzyScorer;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::{lines, speed};

/// Prints how many scores differ.
pub(crate) fn run() {
    let matcher = SkimMatcherV2::default();
    let mut scorer = FuzzyScorer::default();
    let (mut compared, mut differ) = (0usize, 0usize);
    for line in lines(100_000, 0) {
        let line = crossread::text::fold::fold(&line);
        let row: Vec<char> = line.chars().collect();
        for query in speed::QUERIES.iter().flat_map(|query| query.split(' ')) {
            let term: Vec<char> = query.chars().collect();
            matcher.fuzzy_indices("a", "a");
            let expected = matcher.fuzzy_indices(&line, query).map(|(score, _)| score);
            compared += usize::from(expected.is_some());
            differ += usize::from(scorer.score(&row, &term).map(i64::from) != expected);
        }
    }
    println!("score: {differ} of {compared} matches differ from a fresh fuzzy_indices");
}
