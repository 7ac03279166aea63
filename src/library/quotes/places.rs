//! The reports of all rows: the rows of one report stand together, so the first row of each report tells.

use crate::library::ReportNo;

use super::QuoteRef;

/// Rows of which the first one is noted with its report, so that the reports of the others are near. Chosen by eye.
const BLOCK: usize = 64;

/// The report of rows whose report is gone: no report has so high a number.
pub(super) const LOST: u32 = u32::MAX;

/// The reports in the order in which they were gathered, each with its first row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RowPlaces {
    reports: Vec<u32>,
    firsts: Vec<u32>,
    /// The place among the reports of that of the first row of each block.
    blocks: Vec<u32>,
}

impl RowPlaces {
    /// Adds a report, or [`LOST`], whose rows begin with `first` and end with those of the report that is added next.
    pub(super) fn push(&mut self, report: u32, first: u32) {
        let last = self.reports.len().saturating_sub(1) as u32;
        let blocks = (first as usize).div_ceil(BLOCK);
        self.blocks.resize(blocks.max(self.blocks.len()), last);
        self.reports.push(report);
        self.firsts.push(first);
    }

    /// Returns the reports, in the order in which they were added.
    pub(super) fn reports(&self) -> &[u32] {
        &self.reports
    }

    /// Returns the number of the report of a row, and the place of the row among those of its report.
    pub(super) fn of(&self, row: u32) -> (u32, u32) {
        let last = self.reports.len().saturating_sub(1);
        let block = self.blocks.get(row as usize / BLOCK);
        let near = block.map_or(last, |place| *place as usize);
        let later = self.firsts.get(near + 1..).unwrap_or_default();
        // Reports without rows begin with the same row as the next one.
        let place = near + later.iter().take_while(|first| **first <= row).count();
        let report = self.reports.get(place).copied().unwrap_or(LOST);
        let first = self.firsts.get(place).copied().unwrap_or_default();
        (report, row.saturating_sub(first))
    }

    /// Returns the row of a quotation.
    pub(super) fn row(&self, at: QuoteRef) -> Option<u32> {
        let mut reports = self.reports.iter();
        let place = reports.position(|report| *report as usize == at.report.0)?;
        self.firsts
            .get(place)?
            .checked_add(u32::try_from(at.quote).ok()?)
    }

    /// Returns the quotation of a row, unless its report is gone.
    pub(super) fn quote(&self, row: u32) -> Option<QuoteRef> {
        let (report, quote) = self.of(row);
        (report != LOST).then_some(QuoteRef {
            report: ReportNo(report as usize),
            quote: quote as usize,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_of_the_report_that_begins_last_before_them() {
        let mut places = RowPlaces::default();
        for (report, first) in [(7, 0), (3, 2), (4, 2), (LOST, 3)] {
            places.push(report, first);
        }
        let of = [0, 1, 2, 3, 4].map(|row| places.of(row));
        assert_eq!(of, [(7, 0), (7, 1), (4, 0), (LOST, 0), (LOST, 1)]);
        assert_eq!(places.quote(1).map(|at| at.report), Some(ReportNo(7)));
        assert_eq!(places.quote(4), None);
        let rows = [0, 1, 2].map(|row| places.row(places.quote(row).unwrap()));
        assert_eq!(rows, [0, 1, 2].map(Some));
    }

    #[test]
    fn reports_are_found_from_the_blocks_of_their_rows() {
        let mut places = RowPlaces::default();
        let mut reports = Vec::new();
        for report in 0..500_u32 {
            places.push(report, reports.len() as u32);
            let count = match report % 50 {
                7 => 3 * BLOCK,
                few => few as usize % 4,
            };
            reports.extend(std::iter::repeat_n(report, count));
        }
        let found = (0..reports.len() as u32).map(|row| places.of(row).0);
        assert!(found.eq(reports));
    }
}
