//! Ranks the rows that answer a query, best first.
//!
//! Letters that are merely in order are noise on prose (of such matches of `fed` 2.8 % hold the word), so rows stand in
//! tiers: the whole word, a word's start, inside a word, in a field that stands aside, scattered. Within a tier, rows that hold
//! three words or more one after the other as they were typed come first; then the score decides, then the shorter row, then the
//! earlier one, so that the order is the same on every run.

use super::best::RankKey;
use super::place::MatchTier;
use super::plan::{FieldLookup, QueryPlan};
use super::query::{Query, QueryTerm};
use super::rows::{FoldedRows, SEPARATOR};
use super::scan::{self, Candidates, MatchedRows, ScanOptions};
use crate::parallel::available_threads;

/// Rows in a partial result, more than a screen shows. Chosen by eye.
const PARTIAL_ROWS: usize = 256;

/// A request to a [`FuzzyFilter`]: the query, and the wanted form of the answer.
#[derive(Clone, Copy)]
pub struct FilterRequest<'a> {
    query: &'a Query,
    limit: usize,
    lookup: FieldLookup<'a>,
    cancelled: &'a (dyn Fn() -> bool + Sync),
    meanwhile: &'a dyn Fn(RankedRows),
}

impl<'a> FilterRequest<'a> {
    /// Returns a request for all rows that answer `query`, without answers to fields, cancelling or partial results.
    pub fn new(query: &'a Query) -> Self {
        FilterRequest {
            query,
            limit: usize::MAX,
            lookup: &|_, _| false,
            cancelled: &|| false,
            meanwhile: &|_| (),
        }
    }

    /// Asks for the best `limit` rows only, so that the others need not be sorted; the counts are still of all.
    pub fn limit(self, limit: usize) -> Self {
        FilterRequest { limit, ..self }
    }

    /// Sets the function that tells whether a row has a term with a field. It ignores the negation of the term.
    pub fn fields(self, lookup: &'a (dyn Fn(u32, &QueryTerm) -> bool + Sync)) -> Self {
        FilterRequest { lookup, ..self }
    }

    /// Sets the function that tells whether the answer is no longer wanted; it is called every 2,048 rows, or every 16 where fields
    /// are looked up.
    pub fn cancelled(self, cancelled: &'a (dyn Fn() -> bool + Sync)) -> Self {
        FilterRequest { cancelled, ..self }
    }

    /// Sets the function that gets partial results while fields are looked up: the best 256 of the rows searched by then.
    pub fn meanwhile(self, meanwhile: &'a dyn Fn(RankedRows)) -> Self {
        FilterRequest { meanwhile, ..self }
    }
}

/// The answer to a [`FilterRequest`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankedRows {
    /// The rows, best first, as many as were asked for. The first `literal` of them hold every word as it was typed.
    pub ids: Vec<u32>,
    /// Number of the rows in `ids` that hold every word at the start of a word; they come first.
    pub words: usize,
    /// Number of all rows that hold the letters of every word side by side.
    pub literal: usize,
    /// Number of all rows that hold the letters of some word only scattered; they come after the literal ones.
    pub scattered: usize,
    /// Number of rows that were searched so far.
    pub total: usize,
}

impl RankedRows {
    /// Returns the number of rows that answer the query.
    pub fn shown(&self) -> usize {
        self.literal + self.scattered
    }

    fn everything(total: usize, limit: usize) -> Self {
        RankedRows {
            ids: (0..total.min(limit) as u32).collect(),
            words: total.min(limit),
            literal: total,
            scattered: 0,
            total,
        }
    }

    fn new(matched: &MatchedRows, limit: usize, total: usize) -> Self {
        let keys = matched.best.sorted(limit);
        RankedRows {
            words: keys.partition_point(|key| key.is_at_least(MatchTier::WordStart)),
            ids: keys.into_iter().map(RankKey::row).collect(),
            literal: matched.literal.len() + matched.unlisted,
            scattered: matched.scattered.len(),
            total,
        }
    }
}

/// Rows to rank, with the rows that answered the last query if it was longer than a letter: a query that narrows it is ranked
/// among those, and among rows that were added since.
#[derive(Clone, Debug)]
pub struct FuzzyFilter {
    rows: FoldedRows,
    threads: usize,
    last: Option<AnsweredQuery>,
}

#[derive(Clone, Debug)]
struct AnsweredQuery {
    query: Query,
    literal: Vec<u32>,
    scattered: Vec<u32>,
    /// Whether the rows that answered are in the lists.
    is_listed: bool,
    limit: usize,
    ranked: RankedRows,
}

impl AnsweredQuery {
    /// Whether `request` is the same again, as after a blank is typed.
    fn answers(&self, request: &FilterRequest, rows: usize) -> bool {
        self.query == *request.query && self.ranked.total == rows && self.limit == request.limit
    }
}

impl Default for FuzzyFilter {
    fn default() -> Self {
        FuzzyFilter::with_threads(available_threads())
    }
}

impl FuzzyFilter {
    /// Returns a filter without rows that uses up to `threads` threads; the answers are the same.
    pub fn with_threads(threads: usize) -> Self {
        FuzzyFilter {
            rows: FoldedRows::default(),
            threads: threads.max(1),
            last: None,
        }
    }

    /// Adds a row of fields; rows are numbered in the order of the calls.
    pub fn push<F: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = F>) {
        self.push_with_asides(fields, [] as [&str; 0]);
    }

    /// Adds a row with fields that stand aside: words in them rank below words in the others.
    pub fn push_with_asides<F: AsRef<str>, A: AsRef<str>>(
        &mut self,
        fields: impl IntoIterator<Item = F>,
        asides: impl IntoIterator<Item = A>,
    ) {
        let (mut main, mut aside) = (String::new(), String::new());
        for (number, field) in fields.into_iter().enumerate() {
            if number > 0 {
                main.push(SEPARATOR);
            }
            main.push_str(field.as_ref());
        }
        for field in asides {
            aside.push(SEPARATOR);
            aside.push_str(field.as_ref());
        }
        self.rows.push(&main, &aside);
    }

    /// Returns the rows that answer the query, best first; `None` if it was cancelled.
    pub fn rank(&mut self, request: &FilterRequest) -> Option<RankedRows> {
        let total = self.rows.len();
        if request.query.is_empty() {
            return Some(RankedRows::everything(total, request.limit));
        }
        if let Some(last) = self
            .last
            .as_ref()
            .filter(|last| last.answers(request, total))
        {
            return Some(last.ranked.clone());
        }
        let plan = QueryPlan::new(&self.rows, request.query, request.lookup);
        let options = ScanOptions {
            limit: request.limit,
            threads: self.threads,
            cancelled: request.cancelled,
        };
        let meanwhile = |matched: &MatchedRows, left| {
            (request.meanwhile)(RankedRows::new(matched, PARTIAL_ROWS, total - left));
        };
        let candidates = self.candidates(request.query);
        let matched = scan::scan(&plan, &candidates, options, meanwhile)?;
        let ranked = RankedRows::new(&matched, request.limit, total);
        // Answers of reports change while texts and quotations are still being indexed, so they are not kept for the next query.
        if !plan.asks_reports() {
            self.last = Some(AnsweredQuery {
                query: request.query.clone(),
                literal: matched.literal,
                scattered: matched.scattered,
                is_listed: matched.unlisted == 0,
                limit: request.limit,
                ranked: ranked.clone(),
            });
        }
        Some(ranked)
    }

    fn candidates(&self, query: &Query) -> Candidates<'_> {
        let last = self.last.as_ref();
        let narrowed = last.filter(|last| last.is_listed && query.narrows(&last.query));
        Candidates {
            literal: narrowed.map_or(&[], |last| &last.literal),
            scattered: narrowed.map_or(&[], |last| &last.scattered),
            added: narrowed.map_or(0, |last| last.ranked.total as u32)..self.rows.len() as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a filter of rows whose fields are parted by bars.
    fn filter(rows: &[&str]) -> FuzzyFilter {
        let mut filter = FuzzyFilter::default();
        for row in rows {
            filter.push(row.split('|'));
        }
        filter
    }

    fn ranked(rows: &[&str], typed: &str) -> Vec<u32> {
        let query = Query::parse(typed);
        let ranked = filter(rows).rank(&FilterRequest::new(&query));
        ranked.unwrap().ids
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
        let mut filter = FuzzyFilter::default();
        filter.push_with_asides(["Rain", "CBC"], ["Fed"]);
        filter.push_with_asides(
            ["Offered a deal in a long headline on nothing", "CBC"],
            ["Rain"],
        );
        filter.push_with_asides(["A confederation", "CBC"], ["Fed"]);
        filter.push_with_asides(
            ["Federal budget for the year that is to come", "CBC"],
            ["Rain"],
        );
        filter.push_with_asides(["Fog", "CBC"], ["Wedge"]);
        let mut ranked = |typed: &str| {
            let query = Query::parse(typed);
            let ranked = filter.rank(&FilterRequest::new(&query)).unwrap();
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
        let query = Query::parse("fed");
        let ranked = filter(&["Fed cuts", "Offered a deal", "Rain"])
            .rank(&FilterRequest::new(&query).limit(1))
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
        let query = Query::parse("steel speaker:carney");
        let holds = |id: u32, _: &QueryTerm| id.is_multiple_of(3);
        let answers = [1, 4].map(|threads| {
            let told = std::cell::RefCell::new(Vec::new());
            let tell = |ranked: RankedRows| told.borrow_mut().push((ranked.total, ranked.literal));
            let search = FilterRequest::new(&query).fields(&holds).meanwhile(&tell);
            let mut filter = FuzzyFilter::with_threads(threads);
            for row in 0..2000 {
                filter.push([format!("Steel duties, part {row}")]);
            }
            let ranked = filter.rank(&search).unwrap();
            (told.into_inner(), ranked)
        });
        assert_eq!(answers[0], answers[1]);
        let (told, ranked) = &answers[0];
        assert_eq!(told, &[(256, 86), (768, 256), (1792, 598)]);
        assert_eq!((ranked.ids.len(), ranked.total), (667, 2000));
    }

    #[test]
    fn a_letter_after_a_choice_is_looked_for_in_all_rows() {
        let mut filter = filter(&["Steel", "Iron", "Steel, iron"]);
        let mut ids = |typed: &str| {
            let ranked = filter.rank(&FilterRequest::new(&Query::parse(typed)));
            ranked.unwrap().ids
        };
        assert_eq!(ids("s | i"), [1, 0, 2]);
        assert_eq!(ids("i"), [1, 2]);
    }

    #[test]
    fn a_term_in_a_field_asks_the_caller() {
        let query = Query::parse("steel speaker:carney");
        let holds = |id: u32, term: &QueryTerm| id == 1 && term.is_in("Mark Carney");
        let ranked = filter(&["Steel", "Steel"])
            .rank(&FilterRequest::new(&query).fields(&holds))
            .unwrap();
        assert_eq!(ranked.ids, [1]);
    }
}
