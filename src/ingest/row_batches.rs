//! Cuts a stream into batches of whole lines, so that a file of rows of any size passes through memory part by part.
//!
//! Every row keeps its line and its bytes in the file, so that it can be read again by itself.

use std::io::{BufRead, Read};
use std::ops::Range;

use super::failure::explain;
use crate::article::RowExtent;

/// Bytes of the first batch, which is small so that the first reports are there at once.
const FIRST_BATCH: usize = 512 << 10;
/// Bytes of the others: large enough to keep all cores busy, and small beside the memory of the reports.
const BATCH: usize = 8 << 20;

/// A row of a batch.
#[derive(Debug)]
pub(super) struct BatchRow {
    pub(super) extent: RowExtent,
    /// Its bytes among those of the batch; none where they were too many to be kept.
    place: Option<Range<usize>>,
}

/// Some rows that follow each other.
#[derive(Debug, Default)]
pub(super) struct RowBatch {
    bytes: Vec<u8>,
    pub(super) rows: Vec<BatchRow>,
}

impl RowBatch {
    /// Returns the bytes of a row; none where they are too many.
    pub(super) fn bytes(&self, row: &BatchRow) -> Option<&[u8]> {
        self.bytes.get(row.place.clone()?)
    }
}

/// Cuts an input into batches.
pub(super) struct RowBatches<R> {
    input: R,
    /// Most bytes of a row.
    longest: usize,
    /// Number of the next line.
    line: usize,
    /// First byte of the next line.
    start: u64,
}

impl<R: BufRead> RowBatches<R> {
    /// Begins with the first line of `input`; rows of more than `longest` bytes are left out.
    pub(super) fn new(input: R, longest: usize) -> Self {
        Self {
            input,
            longest,
            line: 1,
            start: 0,
        }
    }

    /// Returns the next batch; none at the end.
    pub(super) fn next_batch(&mut self) -> Result<Option<RowBatch>, String> {
        let wanted = if self.start == 0 { FIRST_BATCH } else { BATCH };
        let mut batch = RowBatch::default();
        while batch.bytes.len() < wanted {
            let before = batch.bytes.len();
            match self.next_row(&mut batch.bytes)? {
                // A file of millions of blank lines would fill the memory with their places.
                Some(row) if row.place.is_some() && is_blank(&batch.bytes, before) => {
                    batch.bytes.truncate(before);
                }
                Some(row) => batch.rows.push(row),
                None => break,
            }
        }
        Ok((!batch.rows.is_empty()).then_some(batch))
    }

    /// Adds the bytes of the next row to `bytes`.
    fn next_row(&mut self, bytes: &mut Vec<u8>) -> Result<Option<BatchRow>, String> {
        let from = bytes.len();
        // A line end and one byte more: whoever has these has too many.
        let most = (self.longest as u64).saturating_add(2);
        let read = (&mut self.input).take(most).read_until(b'\n', bytes);
        let mut read = read.map_err(|error| explain(&error))? as u64;
        if read == 0 {
            return Ok(None);
        }
        let ends = bytes.ends_with(b"\n");
        let place = if ends || read < most {
            Some(from..bytes.len() - usize::from(ends))
        } else {
            bytes.truncate(from);
            let skipped = self.input.skip_until(b'\n');
            read += skipped.map_err(|error| explain(&error))? as u64;
            None
        };
        let extent = RowExtent {
            start: self.start,
            length: read - u64::from(ends),
            line: Some(self.line),
        };
        self.start += read;
        self.line += 1;
        Ok(Some(BatchRow { extent, place }))
    }
}

/// Returns whether there is nothing but white space in `bytes` from `from` on.
fn is_blank(bytes: &[u8], from: usize) -> bool {
    let row = bytes.get(from..).unwrap_or_default();
    row.trim_ascii().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_counted_and_not_kept() {
        let text = format!("{}{{}}\n \r\n[]", "\n".repeat(1_000_000));
        let mut batches = RowBatches::new(text.as_bytes(), 100);
        let batch = batches.next_batch().unwrap().unwrap();
        let lines: Vec<_> = batch.rows.iter().map(|row| row.extent.line).collect();
        assert_eq!(lines, [Some(1_000_001), Some(1_000_003)]);
        assert!(batches.next_batch().unwrap().is_none());
    }
}
