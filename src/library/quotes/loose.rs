//! Ranks quotations that hold the letters of a query in order, with others between, for when none holds the words.
//!
//! That needs the letters of all of them, so it is done for a small number only: among many such matches are noise.

use std::collections::HashMap;

use crate::filter::body::NumberSet;
use crate::filter::{FilterRequest, FuzzyFilter, Query, QueryTerm};
use crate::library::QuoteFields;

use super::conditions::RowConditions;

/// Most quotations whose letters are kept for it: some 8 MB, which are read in about a tenth of a second.
const MOST_ROWS: usize = 20_000;

/// The letters of the rows of a small table, made when they are first needed.
#[derive(Debug, Default)]
pub(super) struct LooseRows {
    filter: FuzzyFilter,
    rows: usize,
}

impl LooseRows {
    /// Returns the rows that hold the letters of `query` in order, best first; none of a large table, `None` if the answer is no
    /// longer wanted.
    pub(super) fn rank(
        &mut self,
        asked: &RowConditions<'_>,
        query: &Query,
        fields: &HashMap<QueryTerm, NumberSet>,
    ) -> Option<Vec<u32>> {
        let table = asked.table;
        if table.rows.len() > MOST_ROWS || !query.ranks() {
            return Some(Vec::new());
        }
        if self.rows != table.rows.len() {
            self.read(asked)?;
        }
        let holds = |row: u32, term: &QueryTerm| fields.get(term).is_some_and(|rows| rows.has(row));
        let request = FilterRequest::new(query)
            .fields(&holds)
            .cancelled(asked.cancelled);
        Some(self.filter.rank(&request)?.ids)
    }

    /// Reads the letters of all rows.
    fn read(&mut self, asked: &RowConditions<'_>) -> Option<()> {
        let table = asked.table;
        *self = Self::default();
        let report = |row: u32| table.places.of(row).0;
        let all: Vec<u32> = (0..table.rows.len() as u32).collect();
        for rows in all.chunk_by(|one, next| report(*one) == report(*next)) {
            if (asked.cancelled)() {
                return None;
            }
            let entry = rows
                .first()
                .and_then(|row| asked.entries.get(report(*row) as usize));
            let opened = entry.and_then(|entry| entry.open().ok());
            for &row in rows {
                let attribution = table.rows.attribution(row);
                let attribution =
                    attribution.and_then(|it| table.attributions.get_index(it as usize));
                let speaker = attribution.map(|it| table.attribution_fields(it));
                let words = opened
                    .as_ref()
                    .map_or("", |it| table.rows.span(row).of(&it.article.text));
                let words = words.replace('\n', " ");
                match (speaker, entry) {
                    (Some(fields), Some(entry)) => {
                        let fields = QuoteFields {
                            words: words.into(),
                            ..fields
                        };
                        self.filter.push(fields.columns(&entry.summary));
                    }
                    _ => self.filter.push([words]),
                }
            }
        }
        self.rows = table.rows.len();
        Some(())
    }
}
