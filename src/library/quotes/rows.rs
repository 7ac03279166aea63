//! The rows of the index, a column for each fact: a search that asks one fact of a million rows passes over no other.

use crate::text::Span;

/// The rows, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct QuoteRows {
    pub(super) starts: Vec<u32>,
    pub(super) lengths: Vec<u32>,
    pub(super) attributions: Vec<u32>,
}

/// A quotation: its place in the text of its report, and the number of its attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct QuoteRow {
    pub(super) start: u32,
    pub(super) length: u32,
    pub(super) attribution: u32,
}

impl QuoteRows {
    /// Adds a row.
    pub(super) fn push(&mut self, row: QuoteRow) {
        self.starts.push(row.start);
        self.lengths.push(row.length);
        self.attributions.push(row.attribution);
    }

    /// Returns the number of rows.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Returns the place of a row in the text of its report.
    pub(super) fn span(&self, row: u32) -> Span {
        let of = |column: &[u32]| column.get(row as usize).copied().unwrap_or_default() as usize;
        let start = of(&self.starts);
        Span::new(start, start + of(&self.lengths))
    }

    /// Returns where a row starts in the text of its report.
    pub(super) fn start(&self, row: u32) -> Option<u32> {
        self.starts.get(row as usize).copied()
    }

    /// Returns the number of the attribution of a row.
    pub(super) fn attribution(&self, row: u32) -> Option<u32> {
        self.attributions.get(row as usize).copied()
    }
}
