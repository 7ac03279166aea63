//! Words that news reports use whatever they are about: having them in common tells little.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use super::weights;

const COMMON: &str = include_str!("../../assets/words/common.txt");

/// Stems with the part of all reports that have them.
static SHARES: LazyLock<HashMap<&str, f32>> = LazyLock::new(|| {
    let lines = COMMON.lines().filter(|line| !line.starts_with('#'));
    let mut shares = HashMap::with_capacity(COMMON.len() / BYTES_A_STEM);
    shares.extend(lines.flat_map(|line| {
        let mut words = line.split(' ');
        let percent: f32 = words.next().and_then(|p| p.parse().ok()).unwrap_or(1.0);
        words.map(move |word| (word, percent / 100.0))
    }));
    shares
});

/// Less than a stem of the list takes on average, with the blank after it, so that the map never grows.
const BYTES_A_STEM: usize = 6;

/// Reads the list.
pub(super) fn make_ready() {
    LazyLock::force(&SHARES);
}

/// Returns the part of all reports that have the stem `word`.
pub(super) fn share(word: &str) -> f32 {
    SHARES.get(word).copied().unwrap_or(weights::OTHER_SHARE)
}

/// Returns how much of its weight the stem `word` keeps: all, if it is not common.
pub(super) fn rarity(word: &str) -> f32 {
    let share = SHARES.get(word).copied().unwrap_or(weights::RARE_SHARE);
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
    }
}
