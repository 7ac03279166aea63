//! Finds the places where a row holds the letters of a term side by side, and rates them.

use std::cmp::Reverse;

use super::query::MatchKind;
use super::rows::SEPARATOR;
use super::score::bonus_after;

/// The quality of a match, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MatchTier {
    /// The letters in order, with others between.
    Scattered,
    /// Side by side, but only in a field that stands aside.
    Aside,
    /// Side by side, but not at the start of a word.
    InsideWord,
    /// The start of a word.
    WordStart,
    /// A whole word, or several.
    WholeWord,
}

/// Returns how good `start..end` of `row` is for a term of `kind`; `None` if that kind may not stand there.
pub(super) fn tier_at<L: Copy + Into<char>>(
    row: &[L],
    start: usize,
    end: usize,
    kind: MatchKind,
) -> Option<MatchTier> {
    let before = start.checked_sub(1).and_then(|at| row.get(at));
    let before = before.map_or(SEPARATOR, |&c| c.into());
    let after = row.get(end).map_or(SEPARATOR, |&c| c.into());
    let (starts, ends) = kind.anchors();
    let is_wanted = (!starts || before == SEPARATOR) && (!ends || after == SEPARATOR);
    let begins_word = bonus_after(before) > 0;
    is_wanted.then(|| match begins_word {
        // A single letter is never a whole word: the reader goes on typing.
        true if end - start > 1 && !after.is_alphanumeric() => MatchTier::WholeWord,
        true => MatchTier::WordStart,
        false => MatchTier::InsideWord,
    })
}

/// Returns the best place of `term` in `row` with its tier; the first of equally good ones.
pub(super) fn best_place<L: Copy + PartialEq + Into<char>>(
    row: &[L],
    term: &[L],
    kind: MatchKind,
) -> Option<(MatchTier, usize)> {
    let windows = row.windows(term.len().max(1)).enumerate();
    windows
        .filter(|(_, window)| *window == term)
        .filter_map(|(start, _)| Some((tier_at(row, start, start + term.len(), kind)?, start)))
        .max_by_key(|&(tier, start)| (tier, Reverse(start)))
}

/// Whether `letters` stand in `row` in order.
pub(super) fn stand_in_order(row: &[u8], letters: &[u8]) -> bool {
    let mut rest = row;
    // With memchr for each letter: this is asked of every row that does not hold the word side by side, which most do not.
    letters.iter().all(|&letter| {
        let found = memchr::memchr(letter, rest);
        rest = found.map_or(&[], |at| &rest[at + 1..]);
        found.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tier(row: &str, term: &str) -> Option<MatchTier> {
        best_place(row.as_bytes(), term.as_bytes(), MatchKind::Fuzzy).map(|(tier, _)| tier)
    }

    #[test]
    fn the_best_place_counts_whichever_comes_first() {
        assert_eq!(
            tier("confederation: the fed cuts", "fed"),
            Some(MatchTier::WholeWord)
        );
        assert_eq!(tier("offed, federal", "fed"), Some(MatchTier::WordStart));
        assert_eq!(tier("offed", "fed"), Some(MatchTier::InsideWord));
        assert_eq!(tier("offered", "fed"), None);
    }

    #[test]
    fn a_field_begins_and_ends_at_the_separator() {
        let row = b"steel deal|cbc".as_slice();
        let stands = |term: &[u8], kind| best_place(row, term, kind).is_some();
        let stands = |term: &str| {
            let kinds = [MatchKind::Prefix, MatchKind::Suffix, MatchKind::Whole];
            kinds.map(|kind| stands(term.as_bytes(), kind))
        };
        assert_eq!(stands("cbc"), [true, true, true]);
        assert_eq!(stands("deal"), [false, true, false]);
    }
}
