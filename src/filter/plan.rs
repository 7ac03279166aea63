//! A query prepared for many rows: tells for each whether it answers, in which tier, and with which score.
//!
//! The cheap questions come first: the letters that the row holds, then the words side by side, then the letters in order.
//! The score is computed only for rows that can still be among the best, and often need not be computed: a word of letters and
//! digits at the start of a row or of a word has the greatest score that is possible.

use memchr::memmem::Finder;

use super::place::{self, MatchTier};
use super::query::{AccentRule, MatchKind, Query, QueryField, QueryTerm};
use super::rows::{FoldedRows, LetterSet};
use super::score::{self, FuzzyScorer};
use crate::text::fold;

/// Says whether a row has a term in the term's field.
pub(super) type FieldLookup<'a> = &'a (dyn Fn(u32, &QueryTerm) -> bool + Sync);

/// A query against some rows.
pub(super) struct QueryPlan<'a> {
    rows: &'a FoldedRows,
    lookup: FieldLookup<'a>,
    groups: Vec<Vec<PlannedTerm<'a>>>,
    /// Letters that every row that answers must hold.
    needed: LetterSet,
    /// The letter of a query that is a single one of a-z.
    pub(super) only_letter: Option<OnlyLetter>,
    /// The words as they were typed, if each may stand anywhere.
    sequence: Option<WordSequence<'a>>,
    /// The greatest score of any row.
    pub(super) most: i32,
}

impl<'a> QueryPlan<'a> {
    pub(super) fn new(rows: &'a FoldedRows, query: &'a Query, lookup: FieldLookup<'a>) -> Self {
        let groups = query.groups().iter();
        let groups = groups.map(|group| group.iter().map(PlannedTerm::new).collect());
        let mut groups: Vec<Vec<PlannedTerm>> = groups.collect();
        // Cheap conditions come first, so that reports are opened only for rows that meet them.
        groups.sort_by_key(|group| {
            let sources = group
                .iter()
                .map(|term| term.field().map(QueryField::source));
            sources.max()
        });
        let needed = groups.iter().filter_map(|group| match group.as_slice() {
            [term] if !term.query.negated => Some(term.needed),
            _ => None,
        });
        QueryPlan {
            rows,
            lookup,
            needed: needed.fold(LetterSet::default(), LetterSet::with),
            sequence: WordSequence::new(query),
            only_letter: OnlyLetter::new(&groups),
            most: sum_of_best(&groups, |term| term.bound(true)),
            groups,
        }
    }

    /// Whether a term has a field, so that reports must be asked.
    pub(super) fn asks_reports(&self) -> bool {
        let mut terms = self.groups.iter().flatten();
        terms.any(|term| term.field().is_some())
    }

    /// Returns the tier in which `row` answers a query of one letter, as [`QueryPlan::tier`] does.
    ///
    /// The first key answers most rows. The set is exact for a-z, so it mostly tells the tier without a search of the letters.
    pub(super) fn letter_tier(&self, only: OnlyLetter, row: u32) -> Option<MatchTier> {
        let set = self.rows.set(row);
        if set.has(only.at_start) {
            return Some(MatchTier::WordStart);
        }
        if !set.has(only.anywhere) {
            return None;
        }
        let (letters, main) = self.rows.row(row);
        if main == letters.len() || letters[..main].contains(&only.letter) {
            Some(MatchTier::InsideWord)
        } else {
            Some(MatchTier::Aside)
        }
    }

    /// Returns the tier in which `row` answers; `None` if it does not.
    pub(super) fn tier(&self, row: u32) -> Option<MatchTier> {
        if !self.rows.set(row).has(self.needed) {
            return None;
        }
        let mut groups = self.groups.iter();
        groups.try_fold(MatchTier::WholeWord, |worst, group| {
            let best = group
                .iter()
                .filter_map(|term| self.term_tier(term, row))
                .max()?;
            Some(worst.min(best))
        })
    }

    fn term_tier(&self, term: &PlannedTerm, row: u32) -> Option<MatchTier> {
        let held = match term.field() {
            Some(_) => (self.lookup)(row, term.query).then_some(MatchTier::WholeWord),
            None if term.is_wide() => self.wide_row(term, row).and_then(|(letters, main)| {
                tier_in(
                    letters.split_at(main),
                    |row| term.tier_in_chars(row),
                    |row| term.is_scattered_in_chars(row),
                )
            }),
            None if self.rows.set(row).has(term.needed) => {
                let (letters, main) = self.rows.row(row);
                tier_in(
                    letters.split_at(main),
                    |row| term.literal_tier(row),
                    |row| term.is_scattered_in(row),
                )
            }
            None => None,
        };
        match (term.query.negated, held) {
            (false, held) => held,
            (true, None) => Some(MatchTier::WholeWord),
            (true, Some(_)) => None,
        }
    }

    /// Whether rows that hold the words one after the other are preferred.
    pub(super) fn has_sequence(&self) -> bool {
        self.sequence.is_some()
    }

    /// Whether `row` holds the words one after the other as they were typed, with nothing but blanks and signs between them.
    pub(super) fn holds_sequence(&self, row: u32) -> bool {
        let (letters, main) = self.rows.row(row);
        let sequence = self.sequence.as_ref();
        sequence.is_some_and(|sequence| sequence.stands_in(&letters[..main]))
    }

    /// Returns the number of letters of the row without those that stand aside.
    pub(super) fn length(&self, row: u32) -> usize {
        self.rows.length(row)
    }

    /// Returns the greatest score that is possible for `row`.
    pub(super) fn bound(&self, row: u32) -> i32 {
        let first = self.rows.first(row);
        if let Some(only) = self.only_letter {
            return if first == only.letter {
                score::FIRST_IN_ROW
            } else {
                score::FIRST_IN_WORD
            };
        }
        sum_of_best(&self.groups, |term| {
            term.bound(Some(&first) == term.query.text.as_bytes().first())
        })
    }

    /// Returns the score of `row`: the sum over the groups of the term that it holds best in each.
    pub(super) fn score(&self, row: u32, scorer: &mut FuzzyScorer) -> i32 {
        let mut sum = 0i32;
        for group in &self.groups {
            let held = group.iter().filter_map(|term| {
                // The row is known to answer: of a group of one that term is held.
                let tier = match group.len() {
                    1 => MatchTier::Scattered,
                    _ => self.term_tier(term, row)?,
                };
                Some((tier, self.term_score(term, row, scorer)))
            });
            sum = sum.saturating_add(held.max().map_or(0, |(_, score)| score));
        }
        sum
    }

    fn term_score(&self, term: &PlannedTerm, row: u32, scorer: &mut FuzzyScorer) -> i32 {
        if !term.counts() {
            return 0;
        }
        let score = if term.is_wide() {
            self.wide_row(term, row).and_then(|(letters, main)| {
                let mut score = |letters| scorer.score(letters, &term.chars);
                score(&letters[..main]).or_else(|| score(&letters))
            })
        } else {
            let (letters, main) = self.rows.row(row);
            let mut score = |letters| term.score_in(letters, scorer);
            score(&letters[..main]).or_else(|| score(letters))
        };
        score.unwrap_or(0)
    }

    /// Returns the row's letters for a term that has some outside ASCII, and the number of those that do not stand aside.
    fn wide_row(&self, term: &PlannedTerm, row: u32) -> Option<(Vec<char>, usize)> {
        let cased = self.rows.wide(row)?.chars();
        let letters = match term.query.accents {
            AccentRule::Kept => cased.collect(),
            AccentRule::Ignored => cased.map(fold::fold_char).collect(),
        };
        Some((letters, self.length(row)))
    }
}

/// The one letter of a query, and the sets of letters that tell how a row holds it.
#[derive(Clone, Copy)]
pub(super) struct OnlyLetter {
    letter: u8,
    anywhere: LetterSet,
    at_start: LetterSet,
}

impl OnlyLetter {
    /// Returns the letter of a query that is one letter of a-z.
    fn new(groups: &[Vec<PlannedTerm>]) -> Option<Self> {
        let [group] = groups else { return None };
        let [term] = group.as_slice() else {
            return None;
        };
        let &[letter @ b'a'..=b'z'] = term.query.text.as_bytes() else {
            return None;
        };
        let is_fuzzy = term.counts() && term.query.kind == MatchKind::Fuzzy;
        is_fuzzy.then_some(OnlyLetter {
            letter,
            anywhere: term.needed,
            at_start: LetterSet::starting(letter),
        })
    }
}

fn sum_of_best(groups: &[Vec<PlannedTerm>], bound: impl Fn(&PlannedTerm) -> i32) -> i32 {
    let best = |group: &Vec<PlannedTerm>| group.iter().map(&bound).max().unwrap_or(0);
    groups.iter().map(best).sum()
}

/// Returns the tier of a term in a row of `main` letters and `asides`. Letters of `asides` count only where they are side by side.
fn tier_in<L>(
    (main, asides): (&[L], &[L]),
    literal: impl Fn(&[L]) -> Option<MatchTier>,
    is_scattered: impl Fn(&[L]) -> bool,
) -> Option<MatchTier> {
    let is_aside = || !asides.is_empty() && literal(asides).is_some();
    literal(main)
        .or_else(|| is_aside().then_some(MatchTier::Aside))
        .or_else(|| is_scattered(main).then_some(MatchTier::Scattered))
}

/// Three words or more that a row should hold one after the other; the last may be only begun.
///
/// Two that are remembered of a headline stand beside each other in others by chance: putting those first lost .01 to .02 of the
/// mean reciprocal rank of known items (`cargo bench --bench filter -- quality`), while three won .08.
struct WordSequence<'a> {
    first: Finder<'a>,
    rest: Vec<&'a [u8]>,
}

impl<'a> WordSequence<'a> {
    fn new(query: &'a Query) -> Option<Self> {
        let is_sought = |term: &&QueryTerm| !term.negated && term.field.is_none();
        let anywhere = |term: &QueryTerm| matches!(term.kind, MatchKind::Fuzzy | MatchKind::Exact);
        let mut words = Vec::new();
        for group in query.groups() {
            let mut sought = group.iter().filter(is_sought);
            let Some(word) = sought.next() else { continue };
            if group.len() > 1 || !anywhere(word) || !word.text.is_ascii() {
                return None;
            }
            words.push(word.text.as_bytes());
        }
        match words.as_slice() {
            [first, rest @ ..] if rest.len() >= 2 => Some(WordSequence {
                first: Finder::new(*first),
                rest: rest.to_vec(),
            }),
            _ => None,
        }
    }

    fn stands_in(&self, row: &[u8]) -> bool {
        let mut starts = self.first.find_iter(row);
        starts.any(|start| {
            let before = start.checked_sub(1).and_then(|at| row.get(at));
            let begins = before.is_none_or(|&before| score::bonus_after(before.into()) > 0);
            begins && goes_on(&row[start + self.first.needle().len()..], &self.rest)
        })
    }
}

/// Whether `row` continues with `words`, each after one or more blanks or punctuation marks.
fn goes_on(row: &[u8], words: &[&[u8]]) -> bool {
    let Some((word, rest)) = words.split_first() else {
        return true;
    };
    let is_sign = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    let signs = row.iter().take_while(|byte| is_sign(byte)).count();
    let after = row[signs..].strip_prefix(*word).filter(|_| signs > 0);
    after.is_some_and(|after| goes_on(after, rest))
}

/// A term prepared for many rows.
struct PlannedTerm<'a> {
    query: &'a QueryTerm,
    finder: Finder<'a>,
    needed: LetterSet,
    /// Whether it has letters and digits of ASCII only, so that its greatest score is known.
    is_plain: bool,
    best_tier: MatchTier,
    /// The letters, if some are outside ASCII, so that only rows that have such can hold them.
    chars: Vec<char>,
}

impl<'a> PlannedTerm<'a> {
    fn new(query: &'a QueryTerm) -> Self {
        let letters = query.text.as_bytes();
        let is_wide = !query.text.is_ascii();
        PlannedTerm {
            query,
            finder: Finder::new(letters),
            needed: match is_wide || query.field.is_some() {
                true => LetterSet::default(),
                false => LetterSet::new(letters),
            },
            is_plain: letters.iter().all(u8::is_ascii_alphanumeric),
            best_tier: match letters.len() {
                1 => MatchTier::WordStart,
                _ => MatchTier::WholeWord,
            },
            chars: query.text.chars().filter(|_| is_wide).collect(),
        }
    }

    fn field(&self) -> Option<QueryField> {
        self.query.field
    }

    fn is_wide(&self) -> bool {
        !self.chars.is_empty()
    }

    /// Whether it counts in the score of a row.
    fn counts(&self) -> bool {
        !self.query.negated && self.query.field.is_none()
    }

    fn literal_tier(&self, row: &[u8]) -> Option<MatchTier> {
        let mut best = None;
        for start in self.starts(row) {
            let end = start + self.query.text.len();
            best = best.max(place::tier_at(row, start, end, self.query.kind));
            if best == Some(self.best_tier) {
                break;
            }
        }
        best
    }

    fn is_scattered_in(&self, row: &[u8]) -> bool {
        let letters = self.query.text.as_bytes();
        self.query.kind == MatchKind::Fuzzy && place::stand_in_order(row, letters)
    }

    fn tier_in_chars(&self, row: &[char]) -> Option<MatchTier> {
        let place = place::best_place(row, &self.chars, self.query.kind);
        place.map(|(tier, _)| tier)
    }

    fn is_scattered_in_chars(&self, row: &[char]) -> bool {
        let mut rest = row.iter();
        let mut letters = self.chars.iter();
        self.query.kind == MatchKind::Fuzzy && letters.all(|letter| rest.any(|c| c == letter))
    }

    /// Returns the starts of the word in `row`, overlapping ones included.
    fn starts<'r>(&self, row: &'r [u8]) -> impl Iterator<Item = usize> + use<'_, 'r, 'a> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = from + self.finder.find(row.get(from..)?)?;
            from = start + 1;
            Some(start)
        })
    }

    /// Returns its greatest possible score, in a row that begins with its first letter or in another.
    fn bound(&self, begins_row: bool) -> i32 {
        if !self.counts() {
            return 0;
        }
        let first = match self.is_wide() || begins_row {
            true => score::FIRST_IN_ROW,
            false => score::FIRST_IN_WORD,
        };
        let next = match self.is_plain {
            true => score::NEXT,
            false => score::MOST,
        };
        first + next * (self.query.text.len() as i32 - 1)
    }

    fn score_in(&self, row: &[u8], scorer: &mut FuzzyScorer) -> Option<i32> {
        if self.is_plain && self.has_greatest_score(row) {
            let begins_row = row.first() == self.query.text.as_bytes().first();
            return Some(self.bound(begins_row));
        }
        scorer.score_bytes(row, self.query.text.as_bytes())
    }

    /// Whether the word stands in a place with the greatest score that is possible in this row.
    fn has_greatest_score(&self, row: &[u8]) -> bool {
        let letters = self.query.text.as_bytes();
        if row.first() == letters.first() {
            return row.starts_with(letters);
        }
        let before = |start: usize| start.checked_sub(1).and_then(|at| row.get(at));
        self.starts(row)
            .any(|start| before(start).is_some_and(|&before| score::is_head(before)))
    }
}
