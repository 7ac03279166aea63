//! Finds the rows that meet the conditions of a query, all rows at once: sets of rows for each term, then for the whole.
//!
//! Words are looked up in the index of words, names and outlets once each however many quotations have them. What the index cannot
//! tell (a phrase, an accent, the start of a field) is looked up in the texts, of those rows only that meet all else.

use std::collections::HashMap;

use crate::annotate::term::{Lexicon, TermHit};
use crate::filter::body::TextHits;
use crate::filter::{FieldSource, Query, QueryField, QueryTerm};
use crate::library::fields::names_hit;
use crate::library::{FieldAnswers, LibraryEntry, ReportNo};
use crate::parallel::{available_threads, in_parallel};

use super::names::{NameHit, NameHits, is_settled_by_index, starts_in};
use super::row_set::RowSet;
use super::table::{LOST, QuoteTable, ReportRows};

/// Rows that are looked up in the texts between two questions whether the answer is still wanted. Chosen by eye: a report is read
/// in a tenth of a millisecond.
const LOOKED_UP: usize = 64;

/// The rows that meet a query.
#[derive(Debug)]
pub(super) struct QueryRows {
    /// Rows that meet it.
    pub(super) met: RowSet,
    /// Rows that have every word at the start of a word.
    pub(super) starts: RowSet,
    /// Rows whose words or speaker have the words, not only the headline or the outlet of the report.
    pub(super) own: RowSet,
    /// Rows that may be shown as another version of one that meets it; `None` for all of them. Conditions on fields and exclusions
    /// must hold for every version of an utterance, while its free words need to stand in one version only.
    pub(super) beside: Option<RowSet>,
    /// The rows that have each term with a field, whether it is negated or not.
    pub(super) fields: HashMap<QueryTerm, RowSet>,
}

/// The rows that have a term, whether it is negated or not.
#[derive(Clone, Debug)]
struct TermRows {
    held: RowSet,
    starts: RowSet,
    own: RowSet,
    /// Rows that may have it besides: their texts must be asked.
    possible: Option<RowSet>,
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
    pub(super) fn rows(&self, query: &Query) -> Option<QueryRows> {
        let mut terms: HashMap<&QueryTerm, TermRows> = HashMap::new();
        for term in query.terms() {
            if (self.cancelled)() {
                return None;
            }
            if !terms.contains_key(term) {
                terms.insert(term, self.term_rows(term));
            }
        }
        let wanted = self.combined(query, &terms, Possible::Counts).met;
        for (term, rows) in &mut terms {
            if let Some(possible) = rows.possible.take() {
                self.look_up(term, rows, &possible, &wanted)?;
            }
        }
        let mut found = self.combined(query, &terms, Possible::Settled);
        let fields = terms.into_iter().filter(|(term, _)| term.field.is_some());
        found.fields = fields
            .map(|(term, rows)| (term.clone(), rows.held))
            .collect();
        Some(found)
    }

    fn combined(
        &self,
        query: &Query,
        terms: &HashMap<&QueryTerm, TermRows>,
        possible: Possible,
    ) -> QueryRows {
        let count = self.table.rows.len();
        let all = || RowSet::all(count);
        let mut found = QueryRows {
            met: match self.table.has_lost_rows {
                true => RowSet::that(count, |row| self.is_there(row)),
                false => all(),
            },
            starts: all(),
            own: all(),
            beside: None,
            fields: HashMap::new(),
        };
        for group in query.groups() {
            let none = || RowSet::none(count);
            let (mut met, mut starts, mut own) = (none(), none(), none());
            for term in group {
                let Some(rows) = terms.get(term) else {
                    continue;
                };
                let (held, started) = rows.answering(term, possible);
                met.add(&held);
                starts.add(&started);
                own.add(&rows.own);
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

    fn is_there(&self, row: u32) -> bool {
        let row = self.table.rows.get(row as usize);
        row.is_some_and(|row| row.report != LOST)
    }

    fn term_rows(&self, term: &QueryTerm) -> TermRows {
        match term.field.map(QueryField::source) {
            None => self.free_rows(term),
            Some(FieldSource::Summary | FieldSource::Text) => {
                self.of_reports(|no| self.reports.has(no, term))
            }
            Some(FieldSource::Terms) => {
                let named = self.table.named_in_quotes(term, self.lexicon);
                let lists = &self.table.row_terms;
                self.field_rows(|row| any_named(lists.get(row as usize), &named))
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
        let table = self.table;
        let mut rows = self.word_rows(term);
        let names = NameHits::new(table, term);
        let attributions = table.attributions.iter();
        let speakers: Vec<NameHit> = attributions
            .clone()
            .map(|it| names.of_speaker(it))
            .collect();
        let said: Vec<bool> = attributions.map(|it| names.is_said_by(it)).collect();
        let reports = self.headings(term);
        let beside = |row: u32| {
            let row = table.rows.get(row as usize);
            let speaker = row.and_then(|row| speakers.get(row.attribution as usize));
            let report = row.and_then(|row| reports.get(row.report as usize));
            [speaker, report].map(|hit| hit.copied().unwrap_or_default())
        };
        let count = table.rows.len();
        let held = |row| beside(row).iter().any(|hit| hit.held);
        rows.held.add(&RowSet::that(count, held));
        let starts = |row| beside(row).iter().any(|hit| hit.starts);
        rows.starts.add(&RowSet::that(count, starts));
        rows.own
            .add(&RowSet::that(count, |row| self.has_attribution(row, &said)));
        rows
    }

    /// Returns the rows whose words have a term.
    fn word_rows(&self, term: &QueryTerm) -> TermRows {
        let count = self.table.rows.len();
        let set = |rows: &[u32]| {
            let mut set = RowSet::none(count);
            set.insert_all(rows);
            set
        };
        let words = &self.table.words;
        let TextHits { certain, possible } = words.holding(&[&term.text]);
        if !is_settled_by_index(term) {
            let mut either = set(&certain);
            either.insert_all(&possible);
            return TermRows {
                held: set(&[]),
                starts: set(&[]),
                own: set(&[]),
                possible: Some(either),
            };
        }
        let held = set(&certain);
        TermRows {
            starts: set(&words.beginning(&term.text).certain),
            own: held.clone(),
            held,
            possible: (!possible.is_empty()).then(|| set(&possible)),
        }
    }

    /// Returns for each report whether its outlet or headline has a term, and whether at the start of a word.
    fn headings(&self, term: &QueryTerm) -> Vec<NameHit> {
        let table = self.table;
        let outlets = table.outlets.iter().map(|outlet| NameHit {
            held: term.is_in(outlet),
            starts: starts_in(term, outlet),
        });
        let outlets: Vec<NameHit> = outlets.collect();
        let of_outlet = |rows: ReportRows| outlets.get(rows.outlet as usize).copied();
        let reports = table.reports.iter();
        let reports = reports.map(|rows| rows.and_then(of_outlet).unwrap_or_default());
        let mut reports: Vec<NameHit> = reports.collect();
        let mut note = |places: Vec<u32>, starts: bool| {
            let gathered = |at: &u32| table.gathered.get(*at as usize).map(|it| *it as usize);
            for report in places.iter().filter_map(gathered) {
                let Some(entry) = self.entries.get(report) else {
                    continue;
                };
                let is_held = is_settled_by_index(term) || term.is_in(entry.summary.headline());
                if let Some(hit) = reports.get_mut(report).filter(|_| is_held) {
                    hit.held = true;
                    hit.starts |= starts;
                }
            }
        };
        note(table.headlines.holding(&[&term.text]), false);
        note(table.headlines.beginning(&term.text), true);
        reports
    }

    /// Looks up in the texts which of the rows that are `possible` and `wanted` have the term, and adds them.
    fn look_up(
        &self,
        term: &QueryTerm,
        rows: &mut TermRows,
        possible: &RowSet,
        wanted: &RowSet,
    ) -> Option<()> {
        let mut asked = possible.clone();
        // Quotations that match already are not asked for, unless they may match at a better place.
        asked.keep(wanted);
        let asked: Vec<u32> = asked.iter().collect();
        let parts = (asked.len() / LOOKED_UP).clamp(1, available_threads());
        let share = asked.len().div_ceil(parts).max(1);
        let shares: Vec<&[u32]> = asked.chunks(share).collect();
        let found = in_parallel(shares.len(), |part| {
            let rows = shares.get(part).copied().unwrap_or_default();
            self.rows_with(term, rows)
        });
        for (held, started) in found.into_iter().collect::<Option<Vec<_>>>()? {
            rows.held.insert_all(&held);
            rows.own.insert_all(&held);
            rows.starts.insert_all(&started);
        }
        Some(())
    }

    /// Returns which of `rows` have the term in their words, and which at the start of a word.
    fn rows_with(&self, term: &QueryTerm, rows: &[u32]) -> Option<(Vec<u32>, Vec<u32>)> {
        let (mut held, mut started) = (Vec::new(), Vec::new());
        let report = |row: &u32| self.table.rows.get(*row as usize).map(|row| row.report);
        for (number, rows) in rows.chunk_by(|a, b| report(a) == report(b)).enumerate() {
            if number % LOOKED_UP == 0 && (self.cancelled)() {
                return None;
            }
            let entry = rows.first().and_then(report);
            let entry = entry.and_then(|report| self.entries.get(report as usize));
            // A report that cannot be read any more was said to be lost when it was gathered.
            let Some(report) = entry.and_then(|entry| entry.open().ok()) else {
                continue;
            };
            for &row in rows {
                let span = self.table.rows.get(row as usize).map(|row| row.span());
                let words = span.unwrap_or_default().of(&report.article.text);
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
        let number = self.table.rows.get(row as usize).map(|row| row.attribution);
        let has = number.and_then(|number| has.get(number as usize));
        has.copied().unwrap_or_default()
    }

    /// Returns the rows of the reports that `has` is true for.
    fn of_reports(&self, has: impl Fn(ReportNo) -> bool) -> TermRows {
        let reports = self.table.reports.iter().enumerate();
        let has: Vec<bool> = reports
            .map(|(no, rows)| rows.is_some() && has(ReportNo(no)))
            .collect();
        self.field_rows(|row| {
            let report = self.table.rows.get(row as usize).map(|row| row.report);
            let has = report.and_then(|report| has.get(report as usize));
            has.copied().unwrap_or_default()
        })
    }

    fn field_rows(&self, has: impl Fn(u32) -> bool + Sync) -> TermRows {
        let held = RowSet::that(self.table.rows.len(), has);
        TermRows {
            starts: held.clone(),
            own: held.clone(),
            held,
            possible: None,
        }
    }
}

/// The treatment of rows that may have a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Possible {
    /// They answer, whether the term is negated or not.
    Counts,
    /// It is known which of them have it.
    Settled,
}

impl TermRows {
    /// Returns the rows that answer the term, and those that have it at the start of a word.
    fn answering(&self, term: &QueryTerm, possible: Possible) -> (RowSet, RowSet) {
        let mut held = match term.negated {
            true => !&self.held,
            false => self.held.clone(),
        };
        if let (Possible::Counts, Some(possible)) = (possible, &self.possible) {
            held.add(possible);
        }
        let started = match term.negated || term.field.is_some() {
            true => held.clone(),
            false => self.starts.clone(),
        };
        (held, started)
    }
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
            for (place, &report) in self.gathered.iter().enumerate() {
                if any_named(self.report_terms.get(place), &named) {
                    note(report);
                }
            }
            return reports;
        }
        let mut rows = conditions.term_rows(term);
        if let Some(possible) = rows.possible.take() {
            let all = RowSet::all(self.rows.len());
            if conditions
                .look_up(term, &mut rows, &possible, &all)
                .is_none()
            {
                return reports;
            }
        }
        let held = rows
            .held
            .iter()
            .filter_map(|row| self.rows.get(row as usize));
        held.for_each(|row| note(row.report));
        reports
    }
}
