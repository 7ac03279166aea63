//! Words that news reports use whatever their subject: having them in common tells little.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use super::weights;

/// The percentage of all reports that have a stem.
static PERCENT: LazyLock<HashMap<&str, u8>> =
    LazyLock::new(|| percentages(include_str!("../../assets/words/common.txt")));

/// Reads lines of a percentage and the stems that it is true of.
fn percentages(list: &str) -> HashMap<&str, u8> {
    let mut percentages = HashMap::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        if let Some(percent) = words.next().and_then(|digits| digits.parse().ok()) {
            percentages.extend(words.map(|stem| (stem, percent)));
        }
    }
    percentages
}

/// Returns the part of all reports that have the stem `word`, if it is common.
fn listed(word: &str) -> Option<f32> {
    let percent = PERCENT.get(word)?;
    Some(f32::from(*percent) / 100.0)
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
