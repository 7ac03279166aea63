//! How well a term's letters stand in a row: the score that `SkimMatcherV2::fuzzy_indices` gives on a fresh matrix.
//!
//! The crate fills a matrix of a cell for each letter of the term and of the row; here one row of it is rolled over the
//! term's letters, with the same arithmetic: 16 a letter, 8 more at the start of a word, 7 after punctuation, at least 4
//! more beside the letter before, twice the bonus for a row's first letter, minus 3 for a gap and 1 for each letter in it.
//! Texts are folded, so the crate's camel and case rules never apply.

/// Below every real score; the crate's own value, because it takes part in its sums.
const NEVER: i32 = i16::MIN as i32;
const LETTER: i32 = 16;
const CONSECUTIVE: i32 = 4;
const GAP_START: i32 = -4;
const GAP_LETTER: i32 = -1;
const HEAD: i32 = 8;
const BREAK: i32 = 7;

/// Returns what a letter earns for standing after `before`.
pub(super) fn bonus_after(before: char) -> i32 {
    match before {
        ' ' | '/' | '\\' | '|' | '(' | ')' | '[' | ']' | '{' | '}' | '\0' => HEAD,
        '!'..='\'' | '*'..='.' | ':'..='@' | '^'..='`' | '~' => BREAK,
        _ => 0,
    }
}

/// Room for the sums, kept from row to row.
#[derive(Clone, Debug, Default)]
pub struct Scorer {
    bonus: Vec<i32>,
    matched: Vec<i32>,
    skipped: Vec<i32>,
}

impl Scorer {
    /// Returns the score of `term` in `row`, both folded; `None` if the letters do not stand there in order.
    pub fn score<L: Copy + PartialEq + Into<char>>(
        &mut self,
        row: &[L],
        term: &[L],
    ) -> Option<i32> {
        let Some((&last, _)) = term.split_last() else {
            return Some(0);
        };
        let mut from = 0;
        self.prepare(row);
        for (index, &letter) in term.iter().enumerate() {
            from += row.get(from..)?.iter().position(|&c| c == letter)?;
            self.roll(row, letter, from, index == 0);
            from += 1;
        }
        debug_assert!(row.get(from - 1) == Some(&last));
        self.matched.get(from..)?.iter().copied().max()
    }

    fn prepare<L: Copy + Into<char>>(&mut self, row: &[L]) {
        let before = std::iter::once('\0').chain(row.iter().map(|&c| c.into()));
        self.bonus.clear();
        self.bonus.extend(before.take(row.len()).map(bonus_after));
        if let Some(first) = self.bonus.first_mut() {
            *first *= 2;
        }
        self.matched.clear();
        self.matched.resize(row.len() + 1, NEVER);
        self.skipped.clear();
        self.skipped.resize(row.len() + 1, GAP_LETTER);
    }

    /// Turns the sums of the letters before into those with `letter`, from column `from` on; column `at + 1` is char `at`.
    fn roll<L: Copy + PartialEq>(&mut self, row: &[L], letter: L, from: usize, is_first: bool) {
        let (mut above_matched, mut above_skipped) = if is_first {
            (NEVER, GAP_LETTER)
        } else {
            (self.matched[from], self.skipped[from])
        };
        let (mut left_matched, mut left_skipped) = (NEVER, NEVER);
        for (at, &c) in row.iter().enumerate().skip(from) {
            let bonus = self.bonus[at];
            let matched = if c == letter {
                LETTER + (above_matched + bonus.max(CONSECUTIVE)).max(above_skipped + bonus)
            } else {
                NEVER
            };
            let skipped = (left_matched + GAP_START).max(left_skipped + GAP_LETTER);
            above_matched = std::mem::replace(&mut self.matched[at + 1], matched);
            above_skipped = std::mem::replace(&mut self.skipped[at + 1], skipped);
            (left_matched, left_skipped) = (matched, skipped);
        }
    }
}

#[cfg(test)]
mod tests {
    use fuzzy_matcher::FuzzyMatcher;
    use fuzzy_matcher::skim::SkimMatcherV2;

    use super::*;

    fn own(row: &str, term: &str) -> Option<i64> {
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        let score = Scorer::default().score(&chars(row), &chars(term));
        score.map(i64::from)
    }

    fn of_crate(row: &str, term: &str) -> Option<i64> {
        SkimMatcherV2::default()
            .fuzzy_indices(row, term)
            .map(|(score, _)| score)
    }

    #[test]
    fn headlines_score_as_the_crate_scores_them() {
        let rows = [
            "carney, trump spoke 'at length' on trade|cbc news",
            "u.s. drops many tariffs as deal nears",
            "(trade) war: why steel/aluminum matter",
            "québec — l'état",
            "",
        ];
        for row in rows {
            for term in [
                "", "t", "trade", "cbc", "us", "u.s.", "tt", "ste al", "qéc", "zz", "ws", "aaaa",
            ] {
                assert_eq!(own(row, term), of_crate(row, term), "{term:?} in {row:?}");
            }
        }
    }

    #[test]
    fn a_gap_longer_than_the_crates_floor_still_scores_the_same() {
        let row = format!("a{}b", " ".repeat(40_000));
        assert_eq!(own(&row, "ab"), of_crate(&row, "ab"));
    }
}
