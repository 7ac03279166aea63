//! Words that news reports use whatever they are about: having them in common tells little.

use super::weights;
use crate::text::lists::{Parts, Table, after, key_of};

const COMMON: &str = include_str!("../../assets/words/common.txt");

/// The percentage of all reports that have a stem.
static PERCENT: Table<4096> = {
    let mut table = Table::empty();
    let mut lines = Parts::of(COMMON.as_bytes(), b"\n");
    while let Some(line) = lines.next() {
        if after(line, b"#").is_none() {
            let mut words = Parts::words(line);
            let percent = number(words.next());
            while let Some(stem) = words.next() {
                table.set(key_of(stem), percent);
            }
        }
    }
    table
};

const fn number(digits: Option<&[u8]>) -> u64 {
    match digits {
        Some([units @ b'1'..=b'9']) => (*units - b'0') as u64,
        Some([tens @ b'1'..=b'9', units @ b'0'..=b'9']) => {
            (*tens - b'0') as u64 * 10 + (*units - b'0') as u64
        }
        _ => panic!("a line begins with a percentage"),
    }
}

/// Returns the part of all reports that have the stem `word`, if it is common.
fn listed(word: &str) -> Option<f32> {
    let percent = PERCENT.get(key_of(word.as_bytes()))?;
    Some(percent as f32 / 100.0)
}

/// Returns the part of all reports that have the stem `word`.
pub(super) fn share(word: &str) -> f32 {
    listed(word).unwrap_or(weights::OTHER_SHARE)
}

/// Returns how much of its weight the stem `word` keeps: all, if it is not common.
pub(super) fn rarity(word: &str) -> f32 {
    let Some(share) = listed(word) else {
        return 1.0;
    };
    let at_large = share.ln() / weights::RARE_SHARE.ln();
    1.0 - weights::COMMON * (1.0 - at_large)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_most_reports_weighs_less_than_a_rare_one() {
        assert!(rarity("said") < rarity("counter"));
        assert!((rarity("vatican") - 1.0).abs() < 1e-6);
        assert!(rarity("aid") < rarity("AID"));
    }
}
