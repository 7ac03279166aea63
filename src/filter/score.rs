//! Scores a term in a row as `SkimMatcherV2::fuzzy_indices` does on a fresh matrix.
//!
//! The crate fills a matrix of a cell for each letter of the term and of the row, with this arithmetic: 16 a letter, 8
//! more at the start of a word, 7 after punctuation, at least 4 more beside the letter before, twice the bonus for a row's
//! first letter, minus 3 for a gap and 1 for each letter in it. Texts are folded, so its camel and case rules never apply.
//!
//! Here no matrix is kept. A short term goes column by column, a lane of 16 bits for each of its letters: no lane waits
//! for another, so the compiler makes vector code of it. Anything longer goes letter by letter in full width.

/// Below every real score; the crate's own value, because it takes part in its sums.
const NEVER: i16 = i16::MIN;
const LETTER: i16 = 16;
const CONSECUTIVE: i16 = 4;
const HEAD: i8 = 8;
const BREAK: i8 = 7;
/// The costs of the first letter of a gap and of each further one, as in the crate.
const GAP_START: i16 = 4;
const GAP_LETTER: i16 = 1;
/// A row's first letter counts its bonus twice.
const ROW_START: i16 = 2 * HEAD as i16;

/// The most that one letter can earn; and the first letter of a term: at the start of the row, and elsewhere.
pub(super) const MOST: i32 = (LETTER + HEAD as i16) as i32;
pub(super) const FIRST_IN_ROW: i32 = (LETTER + ROW_START - GAP_LETTER) as i32;
pub(super) const FIRST_IN_WORD: i32 = (LETTER + HEAD as i16 - GAP_LETTER) as i32;
/// The most that a letter or digit after the first can earn: beside the one before, or after a gap at the start of a word.
pub(super) const NEXT: i32 = (LETTER + CONSECUTIVE) as i32;

/// Longest part of a row that is scored in lanes: their 16 bits cannot hold the cost of a longer gap.
const LONGEST_WINDOW: usize = 1 << 14;

static BONUS: [i8; 256] = bonuses();

const fn bonuses() -> [i8; 256] {
    let mut bonuses = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        bonuses[byte] = match byte as u8 {
            b' ' | b'/' | b'\\' | b'|' | b'(' | b')' | b'[' | b']' | b'{' | b'}' => HEAD,
            b'!'..=b'\'' | b'*'..=b'.' | b':'..=b'@' | b'^'..=b'`' | b'~' => BREAK,
            _ => 0,
        };
        byte += 1;
    }
    bonuses
}

/// Returns the bonus of a letter that stands after `before`.
pub(super) fn bonus_after(before: char) -> i8 {
    u8::try_from(before).map_or(0, |byte| BONUS[usize::from(byte)])
}

/// Whether the letter after `before` begins a word that earns the most.
pub(super) fn is_head(before: u8) -> bool {
    BONUS[usize::from(before)] == HEAD
}

/// Computes scores; its buffers are kept from row to row.
#[derive(Clone, Debug, Default)]
pub struct FuzzyScorer {
    bonus: Vec<i32>,
    matched: Vec<i32>,
    skipped: Vec<i32>,
}

impl FuzzyScorer {
    /// Returns the score of `term` in `row`, both folded; `None` if the letters do not stand there in order.
    pub fn score<L: Copy + PartialEq + Into<char>>(
        &mut self,
        row: &[L],
        term: &[L],
    ) -> Option<i32> {
        if term.is_empty() {
            return Some(0);
        }
        self.prepare(row);
        let mut from = 0;
        for (index, &letter) in term.iter().enumerate() {
            from += row.get(from..)?.iter().position(|&c| c == letter)?;
            self.roll(row, letter, from, index == 0);
            from += 1;
        }
        self.matched.get(from..)?.iter().copied().max()
    }

    /// Returns the same score for rows of one byte a letter, faster.
    pub fn score_bytes(&mut self, row: &[u8], term: &[u8]) -> Option<i32> {
        let (&first, &last) = (term.first()?, term.last()?);
        let start = memchr::memchr(first, row)?;
        let end = memchr::memrchr(last, row)? + 1;
        let window = row.get(start..end)?;
        if window.len() > LONGEST_WINDOW {
            return self.score(row, term);
        }
        let bonus = match start.checked_sub(1) {
            Some(before) => BONUS[usize::from(row[before])].into(),
            None => ROW_START,
        };
        match term.len() {
            ..9 => lanes::<8>(window, bonus, term),
            9..17 => lanes::<16>(window, bonus, term),
            17..33 => lanes::<32>(window, bonus, term),
            _ => self.score(row, term),
        }
    }

    fn prepare<L: Copy + Into<char>>(&mut self, row: &[L]) {
        let start = std::iter::once(ROW_START.into());
        let rest = row.iter().map(|&c| i32::from(bonus_after(c.into())));
        self.bonus.clear();
        self.bonus.extend(start.chain(rest));
        self.matched.clear();
        self.matched.resize(row.len() + 1, NEVER.into());
        self.skipped.clear();
        self.skipped.resize(row.len() + 1, (-GAP_LETTER).into());
    }

    /// Turns the sums of the letters before into those with `letter`, from column `from` on; column `at + 1` is char `at`.
    fn roll<L: Copy + PartialEq>(&mut self, row: &[L], letter: L, from: usize, is_first: bool) {
        const NEVER: i32 = super::score::NEVER as i32;
        let above = if is_first {
            None
        } else {
            Some((self.matched[from], self.skipped[from]))
        };
        let (mut above_matched, mut above_skipped) = above.unwrap_or((NEVER, (-GAP_LETTER).into()));
        let (mut left_matched, mut left_skipped) = (NEVER, NEVER);
        for (at, &c) in row.iter().enumerate().skip(from) {
            let bonus = self.bonus[at];
            let matched = if c == letter {
                let beside = above_matched + bonus.max(CONSECUTIVE.into());
                i32::from(LETTER) + beside.max(above_skipped + bonus)
            } else {
                NEVER
            };
            let skipped =
                (left_matched - i32::from(GAP_START)).max(left_skipped - i32::from(GAP_LETTER));
            above_matched = std::mem::replace(&mut self.matched[at + 1], matched);
            above_skipped = std::mem::replace(&mut self.skipped[at + 1], skipped);
            (left_matched, left_skipped) = (matched, skipped);
        }
    }
}

/// Scores a term of up to `L` letters in `window`, whose first letter earns `bonus`.
///
/// Lane `i` is the term up to its letter `i`: its sum if that letter is the column's, and its sum if the column is skipped.
fn lanes<const L: usize>(window: &[u8], mut bonus: i16, term: &[u8]) -> Option<i32> {
    let mut letters = [-1i16; L];
    for (lane, &letter) in letters.iter_mut().zip(term) {
        *lane = letter.into();
    }
    let (mut matched, mut skipped, mut best) = ([NEVER; L], [NEVER; L], [NEVER; L]);
    for &c in window {
        let beside = bonus.max(CONSECUTIVE);
        let (before_matched, before_skipped) =
            (shifted(matched, NEVER), shifted(skipped, -GAP_LETTER));
        for i in 0..L {
            let skip = matched[i].saturating_sub(GAP_START);
            skipped[i] = skip.max(skipped[i].saturating_sub(GAP_LETTER));
        }
        for i in 0..L {
            let sum = before_matched[i].saturating_add(beside);
            let sum = sum
                .max(before_skipped[i].saturating_add(bonus))
                .saturating_add(LETTER);
            matched[i] = if letters[i] == i16::from(c) {
                sum
            } else {
                NEVER
            };
            best[i] = best[i].max(matched[i]);
        }
        bonus = BONUS[usize::from(c)].into();
    }
    let score = *best.get(term.len().checked_sub(1)?)?;
    (score > NEVER / 2).then_some(score.into())
}

/// Returns `lanes` moved up by one, with `first` in the lowest.
fn shifted<const L: usize>(lanes: [i16; L], first: i16) -> [i16; L] {
    let mut moved = [first; L];
    moved[1..].copy_from_slice(&lanes[..L - 1]);
    moved
}

#[cfg(test)]
mod tests {
    use fuzzy_matcher::FuzzyMatcher;
    use fuzzy_matcher::skim::SkimMatcherV2;

    use super::*;

    fn own(row: &str, term: &str) -> Option<i64> {
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        let score = FuzzyScorer::default().score(&chars(row), &chars(term));
        if row.is_ascii() && term.is_ascii() && !term.is_empty() {
            assert_eq!(
                FuzzyScorer::default().score_bytes(row.as_bytes(), term.as_bytes()),
                score,
                "{term:?} in {row:?}"
            );
        }
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
