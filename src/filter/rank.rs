//! Which rows answer a query, best first.
//!
//! Letters that are merely in order are noise on prose (of such matches of `fed` 2.8 % hold the word), so rows stand in
//! tiers: the whole word, a word's start, inside a word, in a field that stands aside, scattered. Within a tier, rows that hold three
//! words or more one after the other as they were typed come first; then the score decides, then the shorter row, then the earlier
//! one, so that the order is the same on every run.

use super::place::MatchTier;
use super::plan::{FieldLookup, Plan};
use super::query::{Query, QueryTerm};
use super::rows::FoldedRows;
use super::scan::{self, Candidates, Found, Terms};
use super::top::{Key, Top};

/// What is asked of an [`IncrementalFilter`]: the rows, the query, and how the answer is wanted.
#[derive(Clone, Copy)]
pub struct FilterRequest<'a> {
    arena: &'a FoldedRows,
    query: &'a Query,
    limit: usize,
    holds: FieldLookup<'a>,
    cancelled: &'a (dyn Fn() -> bool + Sync),
    meanwhile: &'a dyn Fn(RankedRows),
}

/// So many rows are told of an answer that is still being found.
const MEANWHILE: usize = 256;

impl<'a> FilterRequest<'a> {
    /// Returns a search of `arena` for `query`: all rows in order, no fields known, never cancelled, nothing told meanwhile.
    pub fn new(arena: &'a FoldedRows, query: &'a Query) -> Self {
        FilterRequest {
            arena,
            query,
            limit: usize::MAX,
            holds: &|_, _| false,
            cancelled: &|| false,
            meanwhile: &|_| (),
        }
    }

    /// Asks for the best `limit` rows only; the counts are of all. What is beyond costs no sorting.
    pub fn limit(self, limit: usize) -> Self {
        FilterRequest { limit, ..self }
    }

    /// Says how a term with a field is looked up: whether row `id` has it, not minding its negation.
    pub fn fields(self, holds: &'a (dyn Fn(u32, &QueryTerm) -> bool + Sync)) -> Self {
        FilterRequest { holds, ..self }
    }

    /// Says when the answer is no longer wanted; asked every 2,048 rows, and every few where fields are looked up.
    pub fn cancelled(self, cancelled: &'a (dyn Fn() -> bool + Sync)) -> Self {
        FilterRequest { cancelled, ..self }
    }

    /// Says who is told what is known so far while fields are looked up: the best few of the rows searched by then.
    pub fn meanwhile(self, meanwhile: &'a dyn Fn(RankedRows)) -> Self {
        FilterRequest { meanwhile, ..self }
    }
}

/// The answer to a [`FilterRequest`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankedRows {
    /// The rows, best first; as many as were asked for. The first `literal` of them hold every word as it was typed.
    pub ids: Vec<u32>,
    /// How many of `ids` hold every word at the start of a word; they stand first.
    pub words: usize,
    /// How many rows hold every word side by side.
    pub literal: usize,
    /// How many rows hold some word's letters only scattered; they stand after the literal ones.
    pub scattered: usize,
    /// How many rows were searched, by now.
    pub total: usize,
}

impl RankedRows {
    /// Returns how many rows answer the query.
    pub fn shown(&self) -> usize {
        self.literal + self.scattered
    }

    fn everything(search: &FilterRequest) -> Self {
        let total = search.arena.len();
        RankedRows {
            ids: (0..total.min(search.limit) as u32).collect(),
            words: total.min(search.limit),
            literal: total,
            scattered: 0,
            total,
        }
    }

    fn of(keys: Vec<Key>, found: &Found, total: usize) -> Self {
        RankedRows {
            words: keys.partition_point(|key| key.tier() >= MatchTier::WordStart as u64),
            ids: keys.into_iter().map(Key::row).collect(),
            literal: found.literal.count,
            scattered: found.scattered.count,
            total,
        }
    }
}

/// Ranks rows, and remembers the rows of the queries that led to the last one.
///
/// Typing on looks only at rows that answered before; a backspace finds its answer ready. What is remembered is dropped
/// when another arena is searched, and rows that were added since are looked at besides.
#[derive(Clone, Debug)]
pub struct IncrementalFilter {
    /// As many as the machine has where none are named; that is asked with the first search, because it reads files.
    threads: Option<usize>,
    arena: u64,
    steps: Vec<Step>,
}

/// A query that was answered, and by which rows; each one narrows the one below it.
#[derive(Clone, Debug)]
struct Step {
    query: Query,
    found: Found,
    seen: usize,
    limit: usize,
    ranked: RankedRows,
}

impl Step {
    /// Whether the answer is here already.
    fn answers(&self, search: &FilterRequest) -> bool {
        self.query == *search.query
            && self.seen == search.arena.len()
            && (self.limit >= search.limit || self.ranked.ids.len() == self.ranked.shown())
    }
}

impl Default for IncrementalFilter {
    fn default() -> Self {
        IncrementalFilter::new()
    }
}

impl IncrementalFilter {
    /// Returns a filter that remembers nothing yet and uses as many threads as the machine has.
    pub fn new() -> Self {
        IncrementalFilter {
            threads: None,
            arena: 0,
            steps: Vec::new(),
        }
    }

    /// Returns a filter that uses up to `threads` threads; the answers are the same.
    pub fn with_threads(threads: usize) -> Self {
        IncrementalFilter {
            threads: Some(threads.max(1)),
            ..IncrementalFilter::new()
        }
    }

    /// Returns the rows that answer the query, best first; `None` if it was cancelled.
    pub fn rank(&mut self, search: &FilterRequest) -> Option<RankedRows> {
        if search.query.is_empty() {
            return Some(RankedRows::everything(search));
        }
        self.forget_unless_useful(search);
        if let Some(step) = self.steps.last()
            && step.answers(search)
        {
            let mut ranked = step.ranked.clone();
            ranked.ids.truncate(search.limit);
            ranked.words = ranked.words.min(search.limit);
            return Some(ranked);
        }
        let plan = Plan::new(search.arena, search.query, search.holds);
        let total = search.arena.len();
        let terms = Terms {
            limit: search.limit,
            threads: *self.threads.get_or_insert_with(threads_of_the_machine),
            cancelled: search.cancelled,
        };
        let meanwhile = |found: &Found, top: &Top, left| {
            let best = top.best(MEANWHILE);
            (search.meanwhile)(RankedRows::of(best, found, total - left));
        };
        let candidates = match plan.only_letter() {
            Some(_) => Candidates::all(search.arena),
            None => self.candidates(search),
        };
        let (found, top) = scan::scan(&plan, candidates, terms, meanwhile)?;
        let ranked = RankedRows::of(top.into_sorted(search.cancelled)?, &found, total);
        if plan.only_letter().is_none() && !plan.asks_reports() {
            self.remember(search, found, ranked.clone());
        }
        Some(ranked)
    }

    fn candidates(&self, search: &FilterRequest) -> Candidates<'_> {
        let all = Candidates::all(search.arena);
        let Some(step) = self.steps.last() else {
            return all;
        };
        Candidates {
            literal: &step.found.literal.rows,
            scattered: &step.found.scattered.rows,
            stay_scattered: search.query.keeps_scattered(&step.query),
            unseen: step.seen as u32..all.unseen.end,
        }
    }

    fn remember(&mut self, search: &FilterRequest, found: Found, ranked: RankedRows) {
        self.steps.pop_if(|step| step.query == *search.query);
        self.steps.push(Step {
            query: search.query.clone(),
            found,
            seen: search.arena.len(),
            limit: search.limit,
            ranked,
        });
    }

    fn forget_unless_useful(&mut self, search: &FilterRequest) {
        if self.arena != search.arena.identity() {
            self.arena = search.arena.identity();
            self.steps.clear();
        }
        while self
            .steps
            .last()
            .is_some_and(|step| !search.query.narrows(&step.query))
        {
            self.steps.pop();
        }
    }
}

fn threads_of_the_machine() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(rows: &[&str], typed: &str) -> Vec<u32> {
        let arena = FoldedRows::new(rows.iter().map(|row| row.split('|').collect::<Vec<_>>()));
        let query = Query::parse(typed);
        IncrementalFilter::new()
            .rank(&FilterRequest::new(&arena, &query))
            .unwrap()
            .ids
    }

    #[test]
    fn the_word_stands_before_its_start_before_its_inside_before_scattered_letters() {
        let rows = [
            "Offered a deal",
            "Confederation",
            "Federal budget",
            "The Fed cuts rates",
            "Nothing",
        ];
        assert_eq!(ranked(&rows, "fed"), [3, 2, 1, 0]);
    }

    #[test]
    fn what_stands_aside_never_outranks_the_headline_and_is_not_scattered() {
        let mut arena = FoldedRows::default();
        arena.push_with_asides(["Rain", "CBC"], ["Fed"]);
        arena.push_with_asides(
            ["Offered a deal in a long headline on nothing", "CBC"],
            ["Rain"],
        );
        arena.push_with_asides(["A confederation", "CBC"], ["Fed"]);
        arena.push_with_asides(
            ["Federal budget for the year that is to come", "CBC"],
            ["Rain"],
        );
        arena.push_with_asides(["Fog", "CBC"], ["Wedge"]);
        let mut filter = IncrementalFilter::new();
        let mut ranked = |typed: &str| {
            let query = Query::parse(typed);
            let ranked = filter.rank(&FilterRequest::new(&arena, &query)).unwrap();
            (ranked.ids, ranked.literal)
        };
        assert_eq!(ranked("f"), (vec![4, 3, 2, 1, 0], 5));
        assert_eq!(ranked("fd"), (vec![3, 1, 2], 0));
        assert_eq!(ranked("fed"), (vec![3, 2, 0, 1], 3));
        assert_eq!(ranked("cbc fed"), (vec![3, 2, 0, 1], 3));
        assert_eq!(ranked("^fed$"), (vec![0, 2], 2));
        assert_eq!(ranked("!fed cbc"), (vec![4, 1], 2));
    }

    #[test]
    fn every_word_must_match_in_any_field_and_order() {
        let rows = [
            "Carney on steel|CBC",
            "Steel duties|Reuters",
            "Carney speaks|CBC",
        ];
        assert_eq!(ranked(&rows, "cbc steel"), [0]);
        assert_eq!(ranked(&rows, "carney !steel"), [2]);
        assert_eq!(ranked(&rows, "^reuters | speaks$"), [1, 2]);
    }

    #[test]
    fn words_one_after_the_other_stand_before_words_apart() {
        let rows = [
            "Bank of Montreal to Canada",
            "Canada: bank of issue",
            "Rates held, says the Bank of Canada",
        ];
        assert_eq!(ranked(&rows, "bank of canada"), [2, 1, 0]);
        assert_eq!(ranked(&rows, "bank of can"), [2, 1, 0]);
        assert_eq!(ranked(&rows, "canada bank of"), [1, 0, 2]);
        let rows = ["Red smoke, white smoke", "The red and “white”—smoke"];
        assert_eq!(ranked(&rows, "red white smoke"), [0, 1]);
        assert_eq!(ranked(&rows, "and white smoke"), [1]);
        let rows = ["Red smoke, white smoke", "The red “white”—smoke of Rome"];
        assert_eq!(ranked(&rows, "red white smoke"), [1, 0]);
    }

    #[test]
    fn accents_and_curly_marks_do_not_hide_a_row() {
        let rows = ["Québec’s “white smoke”", "Quebec's smoke"];
        assert_eq!(ranked(&rows, "quebec's"), [1, 0]);
        assert_eq!(ranked(&rows, "québec"), [0]);
        assert_eq!(ranked(&rows, "\"white smoke\""), [0]);
    }

    #[test]
    fn equal_matches_stand_shorter_first_then_in_the_lists_order() {
        let rows = ["steel duties rise", "steel duties", "steel tariff"];
        assert_eq!(ranked(&rows, "steel"), [1, 2, 0]);
    }

    #[test]
    fn scattered_hits_have_their_own_count() {
        let arena = FoldedRows::new([["Fed cuts"], ["Offered a deal"], ["Rain"]]);
        let query = Query::parse("fed");
        let ranked = IncrementalFilter::new()
            .rank(&FilterRequest::new(&arena, &query).limit(1))
            .unwrap();
        assert_eq!(
            (
                ranked.ids.as_slice(),
                ranked.literal,
                ranked.scattered,
                ranked.total
            ),
            ([0].as_slice(), 1, 1, 3)
        );
    }

    #[test]
    fn what_is_known_is_told_while_reports_are_asked_and_the_answer_is_the_same_on_any_threads() {
        let rows = (0..2000).map(|row| [format!("Steel duties, part {row}")]);
        let arena = FoldedRows::new(rows);
        let query = Query::parse("steel speaker:carney");
        let holds = |id: u32, _: &QueryTerm| id.is_multiple_of(3);
        let answers = [1, 4].map(|threads| {
            let told = std::cell::RefCell::new(Vec::new());
            let tell = |ranked: RankedRows| told.borrow_mut().push((ranked.total, ranked.literal));
            let search = FilterRequest::new(&arena, &query)
                .fields(&holds)
                .meanwhile(&tell);
            let ranked = IncrementalFilter::with_threads(threads)
                .rank(&search)
                .unwrap();
            (told.into_inner(), ranked)
        });
        assert_eq!(answers[0], answers[1]);
        let (told, ranked) = &answers[0];
        assert_eq!(told, &[(256, 86), (768, 256), (1792, 598)]);
        assert_eq!((ranked.ids.len(), ranked.total), (667, 2000));
    }

    #[test]
    fn a_letter_after_a_choice_is_looked_for_in_all_rows() {
        let arena = FoldedRows::new([["Steel"], ["Iron"], ["Steel, iron"]]);
        let mut filter = IncrementalFilter::new();
        let mut ids = |typed: &str| {
            filter
                .rank(&FilterRequest::new(&arena, &Query::parse(typed)))
                .unwrap()
                .ids
        };
        assert_eq!(ids("s | i"), [1, 0, 2]);
        assert_eq!(ids("i"), [1, 2]);
    }

    #[test]
    fn a_term_in_a_field_asks_the_caller() {
        let arena = FoldedRows::new([["Steel"], ["Steel"]]);
        let query = Query::parse("steel speaker:carney");
        let holds = |id: u32, term: &QueryTerm| id == 1 && term.is_in("Mark Carney");
        let ranked = IncrementalFilter::new()
            .rank(&FilterRequest::new(&arena, &query).fields(&holds))
            .unwrap();
        assert_eq!(ranked.ids, [1]);
    }
}
