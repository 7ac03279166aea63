//! Goes through the rows that may answer a query, on as many threads as are worth it, and keeps the best.
//!
//! A query that asks for fields may open a report for each row, which takes a thousand times longer than reading it here: such
//! rows are gone through in chunks, and after each somebody may look at what is known so far.

use std::ops::Range;

use super::place::MatchTier;
use super::plan::{OnlyLetter, Plan};
use super::rows::FoldedRows;
use super::score::{self, FuzzyScorer};
use super::top::{Key, Top};
use crate::parallel::in_parallel;

/// After so many rows a search asks whether it is still wanted; after [`REPORTS_A_THREAD`] where a report is asked for each.
const BLOCK: usize = 2048;
/// A thread is worth starting for so many rows, and for more where each needs but a glance.
const ROWS_A_THREAD: usize = 1 << 15;
/// The same where a report is asked for each row.
const REPORTS_A_THREAD: usize = 16;
/// Rows of the first chunk of a query that asks reports; each is twice as long as the one before, up to [`LONGEST_CHUNK`].
const FIRST_CHUNK: usize = 256;
const LONGEST_CHUNK: usize = 4096;

/// The rows that may answer.
#[derive(Clone, Debug)]
pub(super) struct Candidates<'a> {
    /// Rows that held a shorter query side by side.
    pub(super) literal: &'a [u32],
    /// Rows that held it scattered.
    pub(super) scattered: &'a [u32],
    /// Whether those cannot hold this one any better.
    pub(super) stay_scattered: bool,
    /// Rows that no shorter query has looked at.
    pub(super) unseen: Range<u32>,
}

impl Candidates<'_> {
    /// Returns every row of `arena`.
    pub(super) fn all(arena: &FoldedRows) -> Self {
        Candidates {
            literal: &[],
            scattered: &[],
            stay_scattered: false,
            unseen: 0..arena.len() as u32,
        }
    }

    fn len(&self) -> usize {
        self.literal.len() + self.scattered.len() + self.unseen.len()
    }

    /// Takes the first `count` rows away; those that held a shorter query side by side come first.
    fn take(&mut self, count: usize) -> Self {
        let (literal, more_literal) = self.literal.split_at(count.min(self.literal.len()));
        let count = count - literal.len();
        let unseen = count.min(self.unseen.len());
        let middle = self.unseen.start + unseen as u32;
        let count = count - unseen;
        let (scattered, more_scattered) = self.scattered.split_at(count.min(self.scattered.len()));
        let taken = Candidates {
            literal,
            scattered,
            unseen: self.unseen.start..middle,
            ..*self
        };
        self.literal = more_literal;
        self.scattered = more_scattered;
        self.unseen.start = middle;
        taken
    }

    /// Returns the `part`-th of `parts` equal shares.
    fn share(&self, part: usize, parts: usize) -> Self {
        let cut = |len: usize| len * part / parts..len * (part + 1) / parts;
        let unseen = cut(self.unseen.len());
        Candidates {
            literal: &self.literal[cut(self.literal.len())],
            scattered: &self.scattered[cut(self.scattered.len())],
            stay_scattered: self.stay_scattered,
            unseen: self.unseen.start + unseen.start as u32..self.unseen.start + unseen.end as u32,
        }
    }
}

/// The rows that answered.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) literal: Hits,
    pub(super) scattered: Hits,
}

/// Rows of one sort.
#[derive(Clone, Debug, Default)]
pub(super) struct Hits {
    pub(super) count: usize,
    /// Which they are; left empty for a one-letter query, whose rows are as soon found again as remembered.
    pub(super) rows: Vec<u32>,
}

impl Hits {
    fn append(&mut self, other: &mut Hits) {
        self.count += other.count;
        self.rows.append(&mut other.rows);
    }
}

/// How a search is to be carried out.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) limit: usize,
    pub(super) threads: usize,
    pub(super) cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// Returns the rows that answer `plan` and the best of them; `None` if it was cancelled.
///
/// After each chunk but the last, `meanwhile` is told what is known and how many rows are left.
pub(super) fn scan(
    plan: &Plan,
    mut rest: Candidates,
    terms: Terms,
    meanwhile: impl Fn(&Found, &Top, usize),
) -> Option<(Found, Top)> {
    let mut known = (Found::default(), Top::new(terms.limit));
    let mut chunk = if plan.asks_reports() {
        FIRST_CHUNK
    } else {
        usize::MAX
    };
    loop {
        scan_chunk(plan, &rest.take(chunk), terms, &mut known)?;
        if rest.len() == 0 {
            return Some(known);
        }
        meanwhile(&known.0, &known.1, rest.len());
        chunk = (2 * chunk).min(LONGEST_CHUNK);
    }
}

fn scan_chunk(
    plan: &Plan,
    chunk: &Candidates,
    terms: Terms,
    (found, top): &mut (Found, Top),
) -> Option<()> {
    let rows_a_thread = match plan.only_letter() {
        Some(_) => 16 * ROWS_A_THREAD,
        None if plan.asks_reports() => REPORTS_A_THREAD,
        None => ROWS_A_THREAD,
    };
    let parts = (chunk.len() / rows_a_thread).clamp(1, terms.threads);
    let run = |part| Scan::new(plan, terms, top).run(&chunk.share(part, parts));
    for part in in_parallel(parts, run) {
        let mut part = part?;
        found.literal.append(&mut part.found.literal);
        found.scattered.append(&mut part.found.scattered);
        top.merge(part.top);
    }
    Some(())
}

/// One thread's share of the work.
struct Scan<'a> {
    plan: &'a Plan<'a>,
    terms: Terms<'a>,
    scorer: FuzzyScorer,
    found: Found,
    top: Top,
}

impl<'a> Scan<'a> {
    fn new(plan: &'a Plan<'a>, terms: Terms<'a>, before: &Top) -> Self {
        Scan {
            plan,
            terms,
            scorer: FuzzyScorer::default(),
            found: Found::default(),
            top: before.continued(),
        }
    }

    /// Scattered rows come last: by then the literal ones have often filled all places, and none need be scored.
    fn run(mut self, candidates: &Candidates) -> Option<Self> {
        let plan = self.plan;
        if let Some(letter) = plan.only_letter() {
            return self.one_letter(letter, candidates.unseen.clone());
        }
        self.rows(candidates.literal.iter().copied(), |row| plan.tier(row))?;
        self.rows(candidates.unseen.clone(), |row| plan.tier(row))?;
        let scattered = candidates.scattered.iter().copied();
        match candidates.stay_scattered {
            true => self.rows(scattered, |row| plan.tier_if_scattered(row))?,
            false => self.rows(scattered, |row| plan.tier(row))?,
        }
        Some(self)
    }

    /// Every row that has the letter answers: they are counted by their sets, and few are looked at.
    fn one_letter(mut self, letter: OnlyLetter, rows: Range<u32>) -> Option<Self> {
        for start in rows.clone().step_by(BLOCK) {
            if (self.terms.cancelled)() {
                return None;
            }
            self.one_letter_block(letter, start..rows.end.min(start + BLOCK as u32));
        }
        Some(self)
    }

    fn one_letter_block(&mut self, letter: OnlyLetter, rows: Range<u32>) {
        let arena = self.plan.arena();
        let is_full = self.top.is_full_of(MatchTier::WordStart);
        let wanted = if is_full {
            letter.at_start
        } else {
            letter.anywhere
        };
        let longest = |score| {
            if is_full {
                self.top.longest(MatchTier::WordStart, score)
            } else {
                usize::MAX
            }
        };
        let (in_row, in_word) = (longest(score::FIRST_IN_ROW), longest(score::FIRST_IN_WORD));
        for glance in arena.glances(rows) {
            self.found.literal.count += usize::from(glance.set.have(letter.anywhere));
            let longest = if glance.first == letter.letter {
                in_row
            } else {
                in_word
            };
            if glance.set.have(wanted) & (glance.length <= longest) {
                let main = &arena.row(glance.row)[..glance.length];
                let tier = if glance.set.have(letter.at_start) {
                    MatchTier::WordStart
                } else if main.contains(&letter.letter) {
                    MatchTier::InsideWord
                } else {
                    MatchTier::Aside
                };
                self.rank(glance.row, tier);
            }
        }
    }

    fn rows(
        &mut self,
        mut rows: impl ExactSizeIterator<Item = u32>,
        tier: impl Fn(u32) -> Option<MatchTier>,
    ) -> Option<()> {
        let block = if self.plan.asks_reports() {
            REPORTS_A_THREAD
        } else {
            BLOCK
        };
        while rows.len() > 0 {
            if (self.terms.cancelled)() {
                return None;
            }
            for row in rows.by_ref().take(block) {
                if let Some(tier) = tier(row) {
                    self.take(row, tier);
                }
            }
        }
        Some(())
    }

    fn take(&mut self, row: u32, tier: MatchTier) {
        let hits = match tier {
            MatchTier::Scattered => &mut self.found.scattered,
            _ => &mut self.found.literal,
        };
        hits.count += 1;
        hits.rows.push(row);
        self.rank(row, tier);
    }

    /// Scores the row if it may be among the best; each question costs more than the one before.
    fn rank(&mut self, row: u32, tier: MatchTier) {
        let plan = self.plan;
        let mut together = tier >= MatchTier::WordStart && plan.has_phrase();
        let key = |together, score| {
            let key = Key::new(tier, score, plan.arena().main(row), row);
            if together { key.together() } else { key }
        };
        let may_take = |together, score| self.top.may_take(key(together, score));
        if !may_take(together, plan.most()) || !may_take(together, plan.bound(row)) {
            return;
        }
        if together && !plan.holds_together(row) {
            together = false;
            if !may_take(together, plan.bound(row)) {
                return;
            }
        }
        let score = plan.score(row, &mut self.scorer);
        self.top.push(key(together, score));
    }
}
