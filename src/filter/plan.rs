//! A query made ready for many rows: whether a row answers it, how well, and what it scores.
//!
//! The cheap questions come first: the letters that the row holds, then the words side by side, then the letters in order.
//! The score is only worked out for rows that can still be among the best, and often needs no working out: a word of
//! letters and digits at the start of a row or of a word has the greatest score there is.

use memchr::memmem::Finder;

use super::place::{self, MatchTier};
use super::query::{AccentRule, MatchKind, Query, QueryField, QueryTerm};
use super::rows::{FoldedRows, Letters};
use super::score::{self, FuzzyScorer};
use crate::text::fold;

/// Says whether a row has a term in the term's field.
pub(super) type FieldLookup<'a> = &'a (dyn Fn(u32, &QueryTerm) -> bool + Sync);

/// A query against the rows of one arena.
pub(super) struct Plan<'a> {
    arena: &'a FoldedRows,
    holds: FieldLookup<'a>,
    groups: Vec<Vec<Word<'a>>>,
    /// Letters without which no row answers.
    needed: Letters,
    /// The words as they were typed, if each may stand anywhere.
    words: Option<Phrase<'a>>,
    /// The letter, if the query is one letter of a-z.
    only_letter: Option<OnlyLetter>,
    most: i32,
}

impl<'a> Plan<'a> {
    pub(super) fn new(arena: &'a FoldedRows, query: &'a Query, holds: FieldLookup<'a>) -> Self {
        let mut groups: Vec<Vec<Word>> = query
            .groups()
            .iter()
            .map(|group| group.iter().map(Word::new).collect())
            .collect();
        // What is cheap is asked first, and the rest only of rows that have that.
        groups.sort_by_key(|group| {
            let sources = group
                .iter()
                .map(|word| word.term.field.map(QueryField::source));
            sources.max()
        });
        let needed = groups.iter().filter_map(|group| match group.as_slice() {
            [word] if !word.term.negated => Some(word.needed),
            _ => None,
        });
        Plan {
            arena,
            holds,
            needed: needed.fold(Letters::default(), Letters::with),
            words: Phrase::of(query),
            only_letter: only_letter(&groups),
            most: sum_of_best(&groups, |word| word.bound(true)),
            groups,
        }
    }

    /// Returns the letter, if the query is one of a-z: then a row's answer can be read off its set of letters.
    pub(super) fn only_letter(&self) -> Option<OnlyLetter> {
        self.only_letter
    }

    /// Whether the row alone does not answer the query: a term has a field.
    pub(super) fn asks_reports(&self) -> bool {
        let mut words = self.groups.iter().flatten();
        words.any(|word| word.term.field.is_some())
    }

    /// Returns the rows that are searched.
    pub(super) fn arena(&self) -> &'a FoldedRows {
        self.arena
    }

    /// Returns how `row` answers; `None` if it does not.
    pub(super) fn tier(&self, row: u32) -> Option<MatchTier> {
        let set = self.arena.set(row);
        if !set.have(self.needed) {
            return None;
        }
        self.groups
            .iter()
            .try_fold(MatchTier::WholeWord, |worst, group| {
                let best = group.iter().filter_map(|word| self.word(word, row)).max()?;
                Some(worst.min(best))
            })
    }

    /// Returns the same for a row that holds none of the words side by side.
    pub(super) fn tier_if_scattered(&self, row: u32) -> Option<MatchTier> {
        let (letters, _) = self.arena.row(row).split_at(self.arena.main(row));
        let held = |word: &Word| word.is_fuzzy() && in_order(letters, &word.letters);
        let all = self.arena.set(row).have(self.needed) && self.groups.iter().flatten().all(held);
        all.then_some(MatchTier::Scattered)
    }

    /// Whether there are words that a row may hold one after the other.
    pub(super) fn has_phrase(&self) -> bool {
        self.words.is_some()
    }

    /// Whether `row` holds the words one after the other as they were typed, with nothing but blanks and signs between them.
    pub(super) fn holds_together(&self, row: u32) -> bool {
        let main = &self.arena.row(row)[..self.arena.main(row)];
        self.words
            .as_ref()
            .is_some_and(|words| words.stand_in(main))
    }

    /// Returns what a row that begins with the query's first letters scores at most.
    pub(super) fn most(&self) -> i32 {
        self.most
    }

    /// Returns what `row` scores at most.
    pub(super) fn bound(&self, row: u32) -> i32 {
        let first = Some(self.arena.first(row));
        sum_of_best(&self.groups, |word| {
            word.bound(first == word.letters.first().copied())
        })
    }

    /// Returns what `row` scores: the sum over its words, of each group the word that it holds best.
    pub(super) fn score(&self, row: u32, scorer: &mut FuzzyScorer) -> i32 {
        let mut sum = 0i32;
        for group in &self.groups {
            let held = group.iter().filter_map(|word| {
                let tier = if group.len() == 1 {
                    MatchTier::Scattered
                } else {
                    self.word(word, row)?
                };
                Some((tier, self.score_of(word, row, scorer)))
            });
            sum = sum.saturating_add(held.max().map_or(0, |(_, score)| score));
        }
        sum
    }

    fn word(&self, word: &Word, row: u32) -> Option<MatchTier> {
        let held = match word.term.field {
            Some(_) => (self.holds)(row, word.term).then_some(MatchTier::WholeWord),
            None if word.is_wide => self.wide_row(word, row).and_then(|letters| {
                let (main, aside) = letters.split_at(self.arena.main(row));
                word.tier_in_wide(main, aside)
            }),
            None if self.arena.set(row).have(word.needed) => {
                let (main, aside) = self.arena.row(row).split_at(self.arena.main(row));
                word.tier_in(main, aside)
            }
            None => None,
        };
        match (word.term.negated, held) {
            (false, held) => held,
            (true, None) => Some(MatchTier::WholeWord),
            (true, Some(_)) => None,
        }
    }

    fn score_of(&self, word: &Word, row: u32, scorer: &mut FuzzyScorer) -> i32 {
        if word.term.negated || word.term.field.is_some() {
            return 0;
        }
        let main = self.arena.main(row);
        let score = if word.is_wide {
            self.wide_row(word, row).and_then(|letters| {
                let mut score = |letters| scorer.score(letters, &word.chars);
                score(&letters[..main]).or_else(|| score(&letters))
            })
        } else {
            let letters = self.arena.row(row);
            let mut score = |letters| word.score_in(letters, scorer);
            score(&letters[..main]).or_else(|| score(letters))
        };
        score.unwrap_or(0)
    }

    /// Returns the row's letters for a term that has some outside ASCII.
    fn wide_row(&self, word: &Word, row: u32) -> Option<Vec<char>> {
        let cased = self.arena.wide(row)?;
        Some(match word.term.accents {
            AccentRule::Kept => cased.chars().collect(),
            AccentRule::Ignored => cased.chars().map(fold::fold_char).collect(),
        })
    }
}

/// Three words or more to be held one after the other; the last may still be being typed.
///
/// Two that are remembered of a headline stand beside each other in others by chance: putting those first lost .01 to .02 of the mean
/// reciprocal rank of known items (`cargo bench --bench filter -- quality`), while three won .08.
struct Phrase<'a> {
    first: Finder<'a>,
    rest: Vec<&'a [u8]>,
}

impl<'a> Phrase<'a> {
    fn of(query: &'a Query) -> Option<Self> {
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
            [first, rest @ ..] if rest.len() >= 2 => Some(Phrase {
                first: Finder::new(*first),
                rest: rest.to_vec(),
            }),
            _ => None,
        }
    }

    fn stand_in(&self, row: &[u8]) -> bool {
        let mut starts = self.first.find_iter(row);
        starts.any(|start| {
            let before = start.checked_sub(1).and_then(|at| row.get(at));
            let begins = before.is_none_or(|&before| score::bonus_after(before.into()) > 0);
            begins && follow(&row[start + self.first.needle().len()..], &self.rest)
        })
    }
}

/// Whether `row` goes on with `words`, signs before each.
fn follow(row: &[u8], words: &[&[u8]]) -> bool {
    let Some((word, rest)) = words.split_first() else {
        return true;
    };
    let is_sign = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    let signs = row.iter().take_while(|byte| is_sign(byte)).count();
    let after = row[signs..].strip_prefix(*word).filter(|_| signs > 0);
    after.is_some_and(|after| follow(after, rest))
}

/// What a row's set of letters has if the row holds the query's one letter.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnlyLetter {
    /// Itself.
    pub(super) letter: u8,
    /// Anywhere.
    pub(super) anywhere: Letters,
    /// At the start of a word.
    pub(super) at_start: Letters,
}

/// A term made ready.
struct Word<'a> {
    term: &'a QueryTerm,
    letters: Vec<u8>,
    finder: Finder<'a>,
    needed: Letters,
    /// Letters and digits of ASCII only, so that the greatest score is known.
    is_plain: bool,
    /// Has letters outside ASCII, so that only rows that have such can hold it.
    is_wide: bool,
    chars: Vec<char>,
}

impl<'a> Word<'a> {
    fn new(term: &'a QueryTerm) -> Self {
        let letters = term.text.as_bytes();
        let is_wide = !term.text.is_ascii();
        let set = Letters::of(letters);
        Word {
            term,
            letters: letters.to_vec(),
            finder: Finder::new(letters),
            needed: if is_wide || term.field.is_some() {
                Letters::default()
            } else {
                set
            },
            is_plain: letters.iter().all(u8::is_ascii_alphanumeric),
            is_wide,
            chars: if is_wide {
                term.text.chars().collect()
            } else {
                Vec::new()
            },
        }
    }

    fn is_fuzzy(&self) -> bool {
        self.term.kind == MatchKind::Fuzzy
            && !self.term.negated
            && self.term.field.is_none()
            && !self.is_wide
    }

    fn tier_in(&self, main: &[u8], aside: &[u8]) -> Option<MatchTier> {
        self.literal(main)
            .or_else(|| self.literal(aside).map(|_| MatchTier::Aside))
            .or_else(|| {
                (self.term.kind == MatchKind::Fuzzy && in_order(main, &self.letters))
                    .then_some(MatchTier::Scattered)
            })
    }

    fn literal(&self, row: &[u8]) -> Option<MatchTier> {
        let mut best = None;
        for start in self.starts(row) {
            best = best.max(place::place(
                row,
                start,
                start + self.letters.len(),
                self.term.kind,
            ));
            if best == Some(MatchTier::WholeWord) {
                break;
            }
        }
        best
    }

    fn tier_in_wide(&self, main: &[char], aside: &[char]) -> Option<MatchTier> {
        let literal = |row: &[char]| place::best(row, &self.chars, self.term.kind);
        let in_order = || {
            let mut rest = main.iter();
            self.chars.iter().all(|letter| rest.any(|c| c == letter))
        };
        literal(main)
            .map(|(tier, _)| tier)
            .or_else(|| literal(aside).map(|_| MatchTier::Aside))
            .or_else(|| {
                (self.term.kind == MatchKind::Fuzzy && in_order()).then_some(MatchTier::Scattered)
            })
    }

    /// Returns where the word stands side by side, overlapping places included.
    fn starts<'r>(&self, row: &'r [u8]) -> impl Iterator<Item = usize> + use<'_, 'r, 'a> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = from + self.finder.find(row.get(from..)?)?;
            from = start + 1;
            Some(start)
        })
    }

    fn bound(&self, may_start_row: bool) -> i32 {
        if self.term.negated || self.term.field.is_some() {
            return 0;
        }
        let first = if self.is_wide || may_start_row {
            score::FIRST_IN_ROW
        } else {
            score::FIRST_IN_WORD
        };
        let next = if self.is_plain {
            score::NEXT
        } else {
            score::MOST
        };
        first + next * (self.letters.len() as i32 - 1)
    }

    fn score_in(&self, row: &[u8], scorer: &mut FuzzyScorer) -> Option<i32> {
        if self.is_plain && self.has_greatest_score(row) {
            return Some(self.bound(row.first() == self.letters.first()));
        }
        scorer.score_bytes(row, &self.letters)
    }

    /// Whether the word stands where nothing else in the row can score more.
    fn has_greatest_score(&self, row: &[u8]) -> bool {
        if row.first() == self.letters.first() {
            return row.starts_with(&self.letters);
        }
        let before = |start: usize| start.checked_sub(1).and_then(|at| row.get(at));
        self.starts(row)
            .any(|start| before(start).is_some_and(|&before| score::is_head(before)))
    }
}

fn sum_of_best(groups: &[Vec<Word>], bound: impl Fn(&Word) -> i32) -> i32 {
    let best = |group: &Vec<Word>| group.iter().map(&bound).max().unwrap_or(0);
    groups.iter().map(best).sum()
}

fn only_letter(groups: &[Vec<Word>]) -> Option<OnlyLetter> {
    let [group] = groups else { return None };
    let [word] = group.as_slice() else {
        return None;
    };
    match word.letters.as_slice() {
        &[letter] if word.is_fuzzy() && letter.is_ascii_lowercase() => Some(OnlyLetter {
            letter,
            anywhere: word.needed,
            at_start: Letters::starting(letter),
        }),
        _ => None,
    }
}

/// Whether `letters` stand in `row` in order.
fn in_order(row: &[u8], letters: &[u8]) -> bool {
    let mut rest = row;
    letters
        .iter()
        .all(|&letter| match memchr::memchr(letter, rest) {
            Some(at) => {
                rest = rest.get(at + 1..).unwrap_or_default();
                true
            }
            None => false,
        })
}
