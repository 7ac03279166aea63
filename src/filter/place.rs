//! Where a term stands side by side in a row, and how good a place that is.

use super::query::MatchKind;
use super::rows::SEPARATOR;
use super::score::bonus_after;

/// How a row holds a term, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MatchTier {
    /// Its letters in order, with others between.
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
///
/// A single letter is never a whole word: the reader goes on typing, and whether the row has a word that begins with it
/// is known without looking at the row.
pub(super) fn place<L: Copy + Into<char>>(
    row: &[L],
    start: usize,
    end: usize,
    kind: MatchKind,
) -> Option<MatchTier> {
    let before = start
        .checked_sub(1)
        .and_then(|at| row.get(at))
        .map_or(SEPARATOR, |&c| c.into());
    let after = row.get(end).map_or(SEPARATOR, |&c| c.into());
    let at_start = before == SEPARATOR;
    let at_end = after == SEPARATOR;
    let is_wanted = match kind {
        MatchKind::Fuzzy | MatchKind::Exact => true,
        MatchKind::Prefix => at_start,
        MatchKind::Suffix => at_end,
        MatchKind::Whole => at_start && at_end,
    };
    let begins_word = bonus_after(before) > 0;
    is_wanted.then(|| match begins_word {
        true if end - start > 1 && !after.is_alphanumeric() => MatchTier::WholeWord,
        true => MatchTier::WordStart,
        false => MatchTier::InsideWord,
    })
}

/// Returns where `term` stands best in `row` side by side, and how well; the first of equal places.
pub(super) fn best<L: Copy + PartialEq + Into<char>>(
    row: &[L],
    term: &[L],
    kind: MatchKind,
) -> Option<(MatchTier, usize)> {
    let ends = term.len()..=row.len();
    ends.map(|end| (end - term.len(), end))
        .filter(|&(start, end)| row.get(start..end) == Some(term))
        .filter_map(|(start, end)| Some((place(row, start, end, kind)?, start)))
        .max_by_key(|&(tier, start)| (tier, std::cmp::Reverse(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tier(row: &str, term: &str) -> Option<MatchTier> {
        best(row.as_bytes(), term.as_bytes(), MatchKind::Fuzzy).map(|(tier, _)| tier)
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
        let at = |kind| best(b"steel deal|cbc".as_slice(), b"cbc".as_slice(), kind).is_some();
        assert!(at(MatchKind::Prefix) && at(MatchKind::Suffix) && at(MatchKind::Whole));
        let at = |kind| best(b"steel deal|cbc".as_slice(), b"deal".as_slice(), kind).is_some();
        assert!(!at(MatchKind::Prefix) && at(MatchKind::Suffix) && !at(MatchKind::Whole));
    }
}
