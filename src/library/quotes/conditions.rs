//! Finds the rows that meet the conditions of a query, all rows at once: sets of rows for each term, then for the whole.
//!
//! Words are looked up in the index of words, names and outlets once each however many quotations have them. What the index cannot
//! tell (a phrase, an accent, the start of a field) is looked up in the texts, of those rows only that meet all else.

use std::collections::HashMap;

use crate::annotate::term::{Lexicon, TermHit};
use crate::filter::body::{FoldedTexts, NumberSet, WordHits};
use crate::filter::{FieldSource, Query, QueryField, QueryTerm};
use crate::library::fields::names_hit;
use crate::library::{FieldAnswers, LibraryEntry, ReportNo};
use crate::parallel::{available_threads, in_parallel};

use super::names::{NameHit, NameHits, is_settled_by_index, starts_in};
use super::table::{Attribution, QuoteTable, ReportRows};

/// Rows that are looked up in the texts between two questions whether the answer is still wanted. Chosen by eye: a report is read
/// in a tenth of a millisecond.
const LOOKED_UP: usize = 64;

/// The rows that meet a query.
#[derive(Debug)]
pub(super) struct QueryRows {
    /// Rows that meet it.
    pub(super) met: NumberSet,
    /// Rows that have every word at the start of a word.
    pub(super) starts: NumberSet,
    /// Rows whose words or speaker have the words, not only the headline or the outlet of the report.
    pub(super) own: NumberSet,
    /// Rows that may be shown as another version of one that meets it; `None` for all of them. Conditions on fields and exclusions
    /// must hold for every version of an utterance, while its free words need to stand in one version only.
    pub(super) beside: Option<NumberSet>,
    /// The rows that have each term with a field, whether it is negated or not.
    pub(super) fields: HashMap<QueryTerm, NumberSet>,
}

/// The rows that have a term, whether it is negated or not.
#[derive(Clone, Debug)]
struct TermRows {
    held: NumberSet,
    starts: NumberSet,
    own: NumberSet,
    /// Rows that may have it besides: their texts must be asked.
    possible: Option<PossibleRows>,
}

/// Rows that may have a term, and what is known of them.
#[derive(Clone, Debug)]
struct PossibleRows {
    rows: NumberSet,
    /// Rows whose texts were asked.
    asked: NumberSet,
    /// Rows among these that have the term.
    held: NumberSet,
    /// Rows among these that have it at the start of a word.
    starts: NumberSet,
}

/// The rows of the terms of the last query: what is typed next has most of them again.
#[derive(Debug, Default)]
pub(super) struct KnownTerms {
    /// Reports that the rows are of; with more of them there are other rows.
    reports: usize,
    terms: HashMap<QueryTerm, TermRows>,
}

/// Something to ask of the rows of a table.
pub(super) struct RowConditions<'a> {
    pub(super) entries: &'a [LibraryEntry],
    pub(super) table: &'a QuoteTable,
    pub(super) lexicon: &'a Lexicon,
    /// Answers for whole reports: their summaries and texts.
    pub(super) reports: FieldAnswers<'a>,
    pub(super) cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl RowConditions<'_> {
    /// Returns the rows that meet `query`; `None` if the answer is no longer wanted.
    pub(super) fn rows(&self, query: &Query, known: &mut KnownTerms) -> Option<QueryRows> {
        let mut before = std::mem::take(known);
        known.reports = self.table.gathered().len();
        if before.reports != known.reports {
            before.terms.clear();
        }
        // The texts of reports may come later than their quotations.
        let is_text =
            |term: &QueryTerm| term.field.map(QueryField::source) == Some(FieldSource::Text);
        before.terms.retain(|term, _| !is_text(term));
        for term in query.terms() {
            if (self.cancelled)() {
                return None;
            }
            if !known.terms.contains_key(term) {
                let rows = before.terms.remove(term);
                let rows = rows.unwrap_or_else(|| self.term_rows(term));
                known.terms.insert(term.clone(), rows);
            }
        }
        let wanted = self.combined(query, &known.terms, Possible::Counts).met;
        for (term, rows) in &mut known.terms {
            self.look_up(term, rows, &wanted)?;
        }
        let mut found = self.combined(query, &known.terms, Possible::Settled(&wanted));
        let fields = known.terms.iter().filter(|(term, _)| term.field.is_some());
        found.fields = fields
            .map(|(term, rows)| (term.clone(), rows.held(Possible::Settled(&wanted))))
            .collect();
        Some(found)
    }

    fn combined(
        &self,
        query: &Query,
        terms: &HashMap<QueryTerm, TermRows>,
        possible: Possible<'_>,
    ) -> QueryRows {
        let count = self.table.rows.len();
        let all = || NumberSet::all(count);
        let mut found = QueryRows {
            met: match self.table.has_lost_rows {
                true => self.table.rows_there(),
                false => all(),
            },
            starts: all(),
            own: all(),
            beside: None,
            fields: HashMap::new(),
        };
        for group in query.groups() {
            let none = || NumberSet::none(count);
            let (mut met, mut starts, mut own) = (none(), none(), none());
            for term in group {
                let Some(rows) = terms.get(term) else {
                    continue;
                };
                let (held, started) = rows.answering(term, possible);
                met.add(&held);
                starts.add(&started);
                rows.add_own(&mut own, possible);
            }
            let is_free = |term: &QueryTerm| term.field.is_none() && !term.negated;
            if group.iter().any(is_free) {
                found.own.keep(&own);
            }
            if !group.iter().any(is_free) {
                found.beside.get_or_insert_with(all).keep(&met);
            }
            found.met.keep(&met);
            found.starts.keep(&starts);
        }
        found.starts.keep(&found.met);
        found.own.keep(&found.met);
        found
    }

    fn term_rows(&self, term: &QueryTerm) -> TermRows {
        match term.field.map(QueryField::source) {
            None => self.free_rows(term),
            Some(FieldSource::Summary | FieldSource::Text) => {
                self.of_reports(|no| self.reports.has(no, term))
            }
            Some(FieldSource::Terms) => {
                let named = self.table.named_in_quotes(term, self.lexicon);
                let count = self.table.rows.len();
                TermRows::of_field(self.table.row_terms.rows_with(&named, count))
            }
            Some(FieldSource::Quotes) if term.field == Some(QueryField::Quote) => {
                self.word_rows(term)
            }
            Some(FieldSource::Quotes) => {
                let has = self.attributions_with(term);
                self.field_rows(|row| self.has_attribution(row, &has))
            }
        }
    }

    /// Returns the rows whose words, speaker, outlet or headline have a term without a field.
    fn free_rows(&self, term: &QueryTerm) -> TermRows {
        let mut rows = self.word_rows(term);
        self.add_speakers(term, &mut rows);
        self.add_headings(term, &mut rows);
        rows
    }

    /// Adds the rows whose speaker has a term.
    fn add_speakers(&self, term: &QueryTerm, rows: &mut TermRows) {
        let table = self.table;
        let names = NameHits::new(table, term);
        if names.are_none() {
            return;
        }
        let of_name = |said: &Attribution| {
            let hit = names.of_speaker(said);
            [hit.held, hit.starts, names.is_said_by(said)]
        };
        let hits: Vec<[bool; 3]> = table.attributions.iter().map(of_name).collect();
        let [held, starts, own] = NumberSet::those(table.rows.len(), |row| {
            let number = table.rows.attribution(row);
            let hit = number.and_then(|number| hits.get(number as usize));
            hit.copied().unwrap_or_default()
        });
        rows.held.add(&held);
        rows.starts.add(&starts);
        rows.own.add(&own);
    }

    /// Adds the rows of reports whose outlet or headline has a term.
    fn add_headings(&self, term: &QueryTerm, rows: &mut TermRows) {
        let table = self.table;
        let outlets = table.outlets.iter().map(|outlet| NameHit {
            held: term.is_in(outlet),
            starts: starts_in(term, outlet),
        });
        let outlets: Vec<NameHit> = outlets.collect();
        let mut note = |report: &ReportRows, hit: NameHit| {
            if hit.held {
                rows.held.insert_range(report.rows());
            }
            if hit.starts {
                rows.starts.insert_range(report.rows());
            }
        };
        if outlets.iter().any(|hit| hit.held) {
            for report in table.reports.iter().flatten() {
                let hit = outlets.get(report.outlet as usize);
                note(report, hit.copied().unwrap_or_default());
            }
        }
        let count = table.gathered().len();
        let (hits, possible) = table.headlines.find(&term.text, count);
        let mut asked = possible.unwrap_or_else(|| NumberSet::none(count));
        if !is_settled_by_index(term) {
            asked.add(&hits.held);
        }
        let mut places = hits.held;
        places.add(&asked);
        for place in places.iter() {
            let number = table.gathered().get(place as usize).map(|it| *it as usize);
            let report = number.and_then(|number| table.reports.get(number)?.as_ref());
            let entry = number.and_then(|number| self.entries.get(number));
            let (Some(report), Some(entry)) = (report, entry) else {
                continue;
            };
            let hit = match asked.has(place) {
                true => in_headline(term, entry.summary.headline()),
                false => NameHit {
                    held: true,
                    starts: hits.starts.has(place),
                },
            };
            note(report, hit);
        }
    }

    /// Returns the rows whose words have a term.
    fn word_rows(&self, term: &QueryTerm) -> TermRows {
        let count = self.table.rows.len();
        let (WordHits { held, starts }, possible) = self.table.words.find(&term.text, count);
        if is_settled_by_index(term) {
            return TermRows {
                starts,
                own: held.clone(),
                held,
                possible: possible.map(PossibleRows::new),
            };
        }
        let mut either = held;
        possible.iter().for_each(|possible| either.add(possible));
        let none = NumberSet::none(count);
        TermRows {
            held: none.clone(),
            starts: none.clone(),
            own: none,
            possible: Some(PossibleRows::new(either)),
        }
    }

    /// Looks up in the texts which of the rows that are possible and `wanted` have the term.
    fn look_up(&self, term: &QueryTerm, rows: &mut TermRows, wanted: &NumberSet) -> Option<()> {
        let Some(possible) = &mut rows.possible else {
            return Some(());
        };
        // Quotations that match already are asked too: they may match at a better place.
        let mut to_ask = possible.rows.clone();
        to_ask.keep(wanted);
        to_ask.remove(&possible.asked);
        let asked: Vec<u32> = to_ask.iter().collect();
        let parts = (asked.len() / LOOKED_UP).clamp(1, available_threads());
        let share = asked.len().div_ceil(parts).max(1);
        let shares: Vec<&[u32]> = asked.chunks(share).collect();
        let found = in_parallel(shares.len(), |part| {
            let rows = shares.get(part).copied().unwrap_or_default();
            self.rows_with(term, rows)
        });
        for (held, started) in found.into_iter().collect::<Option<Vec<_>>>()? {
            possible.held.insert_all(held);
            possible.starts.insert_all(started);
        }
        possible.asked.add(&to_ask);
        Some(())
    }

    /// Returns which of `rows` have the term in their words, and which at the start of a word.
    fn rows_with(&self, term: &QueryTerm, rows: &[u32]) -> Option<(Vec<u32>, Vec<u32>)> {
        let (mut held, mut started) = (Vec::new(), Vec::new());
        let report = |row: &u32| self.table.places.of(*row).0;
        for (number, rows) in rows.chunk_by(|a, b| report(a) == report(b)).enumerate() {
            if number % LOOKED_UP == 0 && (self.cancelled)() {
                return None;
            }
            let entry = rows.first().map(report);
            let entry = entry.and_then(|report| self.entries.get(report as usize));
            // A report that cannot be read any more was said to be lost when it was gathered.
            let Some(report) = entry.and_then(|entry| entry.open().ok()) else {
                continue;
            };
            for &row in rows {
                let words = self.table.rows.span(row).of(&report.article.text);
                let words = words.replace('\n', " ");
                if term.is_in(&words) {
                    held.push(row);
                    started.extend(starts_in(term, &words).then_some(row));
                }
            }
        }
        Some((held, started))
    }

    /// Returns for each attribution whether the field of `term` has it.
    fn attributions_with(&self, term: &QueryTerm) -> Vec<bool> {
        let table = self.table;
        let attributions = table.attributions.iter();
        let names = || NameHits::new(table, term);
        match term.field {
            Some(QueryField::Speaker) => {
                let names = names();
                attributions.map(|it| names.is_said_by(it)).collect()
            }
            Some(QueryField::Cue) => {
                let names = names();
                attributions.map(|it| names.of(it.cue).held).collect()
            }
            _ => attributions
                .map(|it| table.attribution_fields(it).has(term))
                .collect(),
        }
    }

    fn has_attribution(&self, row: u32, has: &[bool]) -> bool {
        let number = self.table.rows.attribution(row);
        let has = number.and_then(|number| has.get(number as usize));
        has.copied().unwrap_or_default()
    }

    /// Returns the rows of the reports that `has` is true for.
    fn of_reports(&self, has: impl Fn(ReportNo) -> bool) -> TermRows {
        let mut held = NumberSet::none(self.table.rows.len());
        for (no, rows) in self.table.rows_by_report() {
            if has(no) {
                held.insert_range(rows);
            }
        }
        TermRows::of_field(held)
    }

    /// Returns the rows for which `has` is true.
    fn field_rows(&self, has: impl Fn(u32) -> bool + Sync) -> TermRows {
        TermRows::of_field(NumberSet::that(self.table.rows.len(), has))
    }
}

/// The treatment of rows that may have a term.
#[derive(Clone, Copy, Debug)]
enum Possible<'a> {
    /// They answer, whether the term is negated or not.
    Counts,
    /// It is known which of these have it.
    Settled(&'a NumberSet),
}

impl TermRows {
    /// Returns the rows that a term with a field has: none is better than another.
    fn of_field(held: NumberSet) -> Self {
        Self {
            starts: held.clone(),
            own: held.clone(),
            held,
            possible: None,
        }
    }

    /// Returns the rows that are known to have the term.
    fn held(&self, possible: Possible<'_>) -> NumberSet {
        let mut held = self.held.clone();
        if let (Possible::Settled(wanted), Some(possible)) = (possible, &self.possible) {
            held.add_common(&possible.held, wanted);
        }
        held
    }

    /// Adds the rows whose words or speaker have the term.
    fn add_own(&self, own: &mut NumberSet, possible: Possible<'_>) {
        own.add(&self.own);
        if let (Possible::Settled(wanted), Some(possible)) = (possible, &self.possible) {
            own.add_common(&possible.held, wanted);
        }
    }

    /// Returns the rows that answer the term, and those that have it at the start of a word.
    fn answering(&self, term: &QueryTerm, possible: Possible<'_>) -> (NumberSet, NumberSet) {
        let mut held = self.held(possible);
        if term.negated {
            held = !&held;
        }
        if let (Possible::Counts, Some(possible)) = (possible, &self.possible) {
            held.add(&possible.rows);
        }
        if term.negated || term.field.is_some() {
            return (held.clone(), held);
        }
        let mut started = self.starts.clone();
        if let (Possible::Settled(wanted), Some(possible)) = (possible, &self.possible) {
            started.add_common(&possible.starts, wanted);
        }
        (held, started)
    }
}

impl PossibleRows {
    fn new(rows: NumberSet) -> Self {
        let none = NumberSet::none(rows.bound());
        Self {
            asked: none.clone(),
            held: none.clone(),
            starts: none,
            rows,
        }
    }
}

impl QueryRows {
    /// Returns the rows that may be shown; `None` where all may.
    pub(super) fn visible(&self, table: &QuoteTable) -> Option<NumberSet> {
        let mut visible = match &self.beside {
            None if !table.has_lost_rows => return None,
            None => NumberSet::all(table.rows.len()),
            Some(beside) => beside.clone(),
        };
        if table.has_lost_rows {
            visible.keep(&table.rows_there());
        }
        visible.add(&self.met);
        Some(visible)
    }
}

/// Returns whether a headline has a term, and whether its letters begin a word there.
fn in_headline(term: &QueryTerm, headline: &str) -> NameHit {
    let mut letters = FoldedTexts::default();
    letters.push(headline);
    let hits = letters.with_word(&term.text);
    let held = !hits.is_empty() && term.is_in(headline);
    let starts = held && hits.iter().any(|(_, begins)| *begins);
    NameHit { held, starts }
}

/// Whether one of `terms` is `named`, which tells that for each term of the table.
pub(super) fn any_named(terms: &[u32], named: &[bool]) -> bool {
    let mut terms = terms.iter();
    terms.any(|&number| named.get(number as usize).copied().unwrap_or(false))
}

impl QuoteTable {
    /// Returns for each term of the table whether it answers `query_term` in a list of quotations: there strong terms count only,
    /// and their category names them too.
    fn named_in_quotes(&self, query_term: &QueryTerm, lexicon: &Lexicon) -> Vec<bool> {
        self.named(query_term, lexicon, |hit, is_named| {
            hit.is_strong() && (is_named || query_term.is_in(&lexicon.category(hit).label))
        })
    }

    fn named(
        &self,
        query_term: &QueryTerm,
        lexicon: &Lexicon,
        counts: impl Fn(&TermHit, bool) -> bool,
    ) -> Vec<bool> {
        let terms = self.terms.iter();
        terms
            .map(|term| {
                let is_named = names_hit(query_term, &term.written, &term.hit, lexicon);
                counts(&term.hit, is_named)
            })
            .collect()
    }

    /// Returns for each report whether it, or one of its quotations, has `term` in the field that it names; `None` where it was not
    /// gathered.
    pub(super) fn reports_with(
        &self,
        term: &QueryTerm,
        conditions: &RowConditions<'_>,
    ) -> Vec<Option<bool>> {
        let mut reports: Vec<Option<bool>> =
            self.reports.iter().map(|it| it.map(|_| false)).collect();
        let mut note = |report: u32| {
            if let Some(report) = reports.get_mut(report as usize) {
                *report = Some(true);
            }
        };
        if term.field == Some(QueryField::Term) {
            let named = self.named(term, conditions.lexicon, |_, is_named| is_named);
            for (place, &report) in self.gathered().iter().enumerate() {
                if any_named(self.report_terms.get(place), &named) {
                    note(report);
                }
            }
            return reports;
        }
        let mut rows = conditions.term_rows(term);
        let all = NumberSet::all(self.rows.len());
        if conditions.look_up(term, &mut rows, &all).is_none() {
            return reports;
        }
        let held = rows.held(Possible::Settled(&all));
        held.iter().for_each(|row| note(self.places.of(row).0));
        reports
    }
}
