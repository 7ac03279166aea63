//! Cuts a table into batches of records, so that one of any size passes through memory part by part.

use std::io::{self, Chain, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::{ByteRecord, Reader};

use crate::article::RowExtent;

use super::super::super::input::read_up_to;
use super::head::TableHead;

/// Bytes of cells in the first batch, which is small so that the first reports are there at once.
const FIRST_BATCH: usize = 512 << 10;
/// Bytes in the others: large enough to keep all cores busy, and small beside the memory of the reports.
const BATCH: usize = 8 << 20;
/// Bytes whose dates settle the order of day and month; thousands of records, and no more than a batch has.
const SETTLING: usize = 8 << 20;

/// A record of a table with its place in the file.
pub(in crate::ingest) struct TableRecord {
    pub(super) cells: ByteRecord,
    pub(in crate::ingest) extent: RowExtent,
}

/// Some records that follow each other.
#[derive(Default)]
pub(in crate::ingest) struct TableBatch {
    pub(in crate::ingest) records: Vec<TableRecord>,
    /// The reason why the table ends here and not at its end.
    pub(in crate::ingest) fault: Option<TableFault>,
}

/// A place from which on a table cannot be read.
pub(in crate::ingest) struct TableFault {
    pub(in crate::ingest) line: usize,
    pub(in crate::ingest) reason: String,
}

/// Cuts a table into batches.
pub(in crate::ingest) struct TableBatches<R> {
    head: TableHead,
    reader: Reader<CappedInput<Chain<Cursor<Vec<u8>>, R>>>,
    /// Bytes that the record that is being read may still take.
    left: Arc<AtomicUsize>,
    longest: usize,
    is_first: bool,
    has_ended: bool,
}

impl<R: Read> TableBatches<R> {
    /// Begins with the first record of the table that begins with `head`; ends at one of more than `longest` bytes.
    pub(in crate::ingest) fn new(
        mut input: R,
        head: TableHead,
        longest: usize,
    ) -> Result<Self, String> {
        let mut bytes = Vec::new();
        read_up_to(&mut input, &mut bytes, SETTLING)?;
        let head = head.settled(&bytes);
        let mut bytes = Cursor::new(bytes);
        bytes.set_position(head.start as u64);
        let left = Arc::new(AtomicUsize::new(longest));
        let input = CappedInput {
            input: bytes.chain(input),
            left: Arc::clone(&left),
        };
        Ok(Self {
            reader: head.reader(input),
            head,
            left,
            longest,
            is_first: true,
            has_ended: false,
        })
    }

    /// Returns the head of the table.
    pub(in crate::ingest) fn head(&self) -> TableHead {
        self.head.clone()
    }

    /// Returns the next batch; none at the end.
    pub(in crate::ingest) fn next_batch(&mut self) -> Option<TableBatch> {
        let wanted = if self.is_first { FIRST_BATCH } else { BATCH };
        self.is_first = false;
        let mut batch = TableBatch::default();
        let mut bytes = 0;
        while bytes < wanted && !self.has_ended {
            match self.next_record() {
                Ok(Some(record)) => {
                    bytes += record.cells.as_slice().len();
                    batch.records.push(record);
                }
                Ok(None) => self.has_ended = true,
                Err(fault) => {
                    self.has_ended = true;
                    batch.fault = Some(fault);
                }
            }
        }
        (!batch.records.is_empty() || batch.fault.is_some()).then_some(batch)
    }

    fn next_record(&mut self) -> Result<Option<TableRecord>, TableFault> {
        // The reader has up to 8 KiB of the next record already, so this is a little more than the limit.
        self.left.store(self.longest, Ordering::Relaxed);
        let before = self.reader.position().clone();
        let first_line = before.line() + self.head.lines;
        let line = usize::try_from(first_line).unwrap_or(usize::MAX);
        let mut cells = ByteRecord::new();
        let read = self.reader.read_byte_record(&mut cells);
        let read = read.map_err(|error| TableFault {
            line,
            reason: format!(
                "cannot be read from here on: {error}; check for a quotation mark that is not closed"
            ),
        })?;
        let end = self.reader.position().byte();
        let extent = RowExtent {
            start: before.byte() + self.head.start as u64,
            length: end - before.byte(),
            line: Some(line),
        };
        Ok(read.then_some(TableRecord { cells, extent }))
    }
}

/// An input that fails where a record has too many bytes: a quotation mark that is never closed would take all of the memory.
struct CappedInput<R> {
    input: R,
    left: Arc<AtomicUsize>,
}

impl<R: Read> Read for CappedInput<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        let left = self.left.load(Ordering::Relaxed);
        let Some(left) = left.checked_sub(read) else {
            return Err(io::Error::other("this record is too long; split it"));
        };
        self.left.store(left, Ordering::Relaxed);
        Ok(read)
    }
}
