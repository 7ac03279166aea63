//! Searches the rows that may answer a query, on as many threads as are worth it, and keeps the best.
//!
//! A query with fields may open a report for each row, which takes a thousand times longer than ranking the row. Such rows are
//! searched in chunks, with a partial result after each.

use std::ops::Range;

use super::best::{BestRows, RankKey};
use super::place::MatchTier;
use super::plan::QueryPlan;
use super::score::FuzzyScorer;
use crate::parallel::in_parallel;

/// Rows between two questions whether the answer is still wanted, [`REPORTS_A_THREAD`] where reports are asked. Chosen by eye:
/// 2,048 rows take less than .1 ms.
const BLOCK: usize = 2048;
/// Rows for which starting a thread is worth while; measured: a row takes about 35 ns.
const ROWS_A_THREAD: usize = 1 << 15;
/// The same where reports are asked; chosen by eye, as reading and annotating one takes about .2 ms.
const REPORTS_A_THREAD: usize = 16;
/// The same for one letter where few rows are wanted, as most are passed over by their sets of letters; measured: a row takes
/// about 15 ns.
const LETTER_ROWS_A_THREAD: usize = 1 << 19;
/// The most rows that are few: as many as are ranked before all others.
const FEW_WANTED: usize = 256;
/// Rows in the first chunk of a query that asks reports; each chunk is twice as long as the one before, up to [`LONGEST_CHUNK`].
/// Chosen by eye, so that the first partial result comes at once and later ones are few.
const FIRST_CHUNK: usize = 256;
const LONGEST_CHUNK: usize = 4096;

/// The rows that may answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates<'a> {
    /// Rows that held side by side the words of the query that this one narrows.
    pub(super) literal: &'a [u32],
    /// Rows that held it scattered.
    pub(super) scattered: &'a [u32],
    /// Rows that were added since.
    pub(super) added: Range<u32>,
}

impl<'a> Candidates<'a> {
    fn len(&self) -> usize {
        self.literal.len() + self.scattered.len() + self.added.len()
    }

    /// Returns the rows of one of `parts` equal shares. Scattered rows come last: by then the others have often filled all
    /// places, and none of those need be scored (a key after a word took twice as long without).
    fn share(&self, part: usize, parts: usize) -> impl Iterator<Item = u32> + use<'a> {
        let cut = |len: usize| len * part / parts..len * (part + 1) / parts;
        let added = cut(self.added.len());
        let added = self.added.start + added.start as u32..self.added.start + added.end as u32;
        let literal = self.literal[cut(self.literal.len())].iter().copied();
        let scattered = self.scattered[cut(self.scattered.len())].iter().copied();
        literal.chain(added).chain(scattered)
    }
}

/// The options of a search.
#[derive(Clone, Copy)]
pub(super) struct ScanOptions<'a> {
    pub(super) limit: usize,
    pub(super) threads: usize,
    pub(super) cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// The rows that answered.
#[derive(Debug)]
pub(super) struct MatchedRows {
    /// Rows that hold every word side by side.
    pub(super) literal: Vec<u32>,
    /// Rows that hold some word only scattered.
    pub(super) scattered: Vec<u32>,
    /// Number of rows that hold the one letter of the query. They are only counted, as finding them again is as fast as a list.
    pub(super) unlisted: usize,
    pub(super) best: BestRows,
}

impl MatchedRows {
    fn new(best: BestRows) -> Self {
        MatchedRows {
            literal: Vec::new(),
            scattered: Vec::new(),
            unlisted: 0,
            best,
        }
    }

    fn append(&mut self, mut other: MatchedRows) {
        self.literal.append(&mut other.literal);
        self.scattered.append(&mut other.scattered);
        self.unlisted += other.unlisted;
        self.best.append(other.best);
    }
}

/// Returns the rows that answer `plan` and the best of them; `None` if it was cancelled.
///
/// After each chunk but the last, `meanwhile` gets the result so far and the number of rows left.
pub(super) fn scan(
    plan: &QueryPlan,
    candidates: &Candidates,
    options: ScanOptions,
    meanwhile: impl Fn(&MatchedRows, usize),
) -> Option<MatchedRows> {
    let mut matched = MatchedRows::new(BestRows::new(options.limit));
    if !plan.asks_reports() {
        scan_chunk(plan, candidates, options, &mut matched)?;
        return Some(matched);
    }
    let rows: Vec<u32> = candidates.share(0, 1).collect();
    let (mut left, mut length) = (rows.as_slice(), FIRST_CHUNK);
    loop {
        let (literal, after) = left.split_at(length.min(left.len()));
        let chunk = Candidates {
            literal,
            ..Candidates::default()
        };
        scan_chunk(plan, &chunk, options, &mut matched)?;
        if after.is_empty() {
            return Some(matched);
        }
        meanwhile(&matched, after.len());
        (left, length) = (after, (2 * length).min(LONGEST_CHUNK));
    }
}

fn scan_chunk(
    plan: &QueryPlan,
    chunk: &Candidates,
    options: ScanOptions,
    matched: &mut MatchedRows,
) -> Option<()> {
    let rows_a_thread = if plan.asks_reports() {
        REPORTS_A_THREAD
    } else if plan.only_letter.is_some() && options.limit <= FEW_WANTED {
        LETTER_ROWS_A_THREAD
    } else {
        ROWS_A_THREAD
    };
    let parts = (chunk.len() / rows_a_thread).clamp(1, options.threads);
    let run = |part| {
        let scan = Scan {
            plan,
            scorer: FuzzyScorer::default(),
            matched: MatchedRows::new(matched.best.continued()),
        };
        scan.run(chunk.share(part, parts), options.cancelled)
    };
    for part in in_parallel(parts, run) {
        matched.append(part?);
    }
    Some(())
}

/// One thread's share of the work.
struct Scan<'a> {
    plan: &'a QueryPlan<'a>,
    scorer: FuzzyScorer,
    matched: MatchedRows,
}

impl Scan<'_> {
    fn run(
        mut self,
        rows: impl Iterator<Item = u32>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<MatchedRows> {
        let plan = self.plan;
        if let Some(only) = plan.only_letter {
            self.each(rows, cancelled, |scan, row| {
                if let Some(tier) = plan.letter_tier(only, row) {
                    scan.matched.unlisted += 1;
                    scan.rank(row, tier);
                }
            })?;
        } else {
            self.each(rows, cancelled, |scan, row| {
                if let Some(tier) = plan.tier(row) {
                    match tier {
                        MatchTier::Scattered => scan.matched.scattered.push(row),
                        _ => scan.matched.literal.push(row),
                    }
                    scan.rank(row, tier);
                }
            })?;
        }
        Some(self.matched)
    }

    /// Visits the rows; `None` if it was cancelled.
    fn each(
        &mut self,
        mut rows: impl Iterator<Item = u32>,
        cancelled: &dyn Fn() -> bool,
        visit: impl Fn(&mut Self, u32),
    ) -> Option<()> {
        let block = match self.plan.asks_reports() {
            true => REPORTS_A_THREAD,
            false => BLOCK,
        };
        let mut left = 0;
        rows.try_for_each(|row| {
            if left == 0 {
                if cancelled() {
                    return None;
                }
                left = block;
            }
            left -= 1;
            visit(self, row);
            Some(())
        })
    }

    /// Scores the row if it may be among the best. The tests come in order of their cost: for most rows the first is enough.
    fn rank(&mut self, row: u32, tier: MatchTier) {
        let plan = self.plan;
        let length = plan.length(row);
        let key = |together, score| RankKey::new(tier, together, score, length, row);
        let may_be = tier >= MatchTier::WordStart && plan.has_sequence();
        let may_take = |together, score| self.matched.best.may_take(key(together, score));
        if !may_take(may_be, plan.most) || !may_take(may_be, plan.bound(row)) {
            return;
        }
        let together = may_be && plan.holds_sequence(row);
        if together || may_take(false, plan.bound(row)) {
            let score = plan.score(row, &mut self.scorer);
            self.matched.best.push(key(together, score));
        }
    }
}
