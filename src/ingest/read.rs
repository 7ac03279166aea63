//! Reads sources: files of rows stream through in batches that all cores share, other files are read whole.
//!
//! A source over its limit is refused before it is read. Reports reach the sink in the order of their files and rows, whichever core
//! read them.

use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;

use rayon::prelude::*;

use crate::article::{Article, RowExtent, SourcePlace};

use super::decode;
use super::failure::{ReadFailure, ReadResult};
use super::formats::{FileStart, FormatReader, RowReader};
use super::input::{ByteCounter, CountedInput, ReadLimits, open_file, read_up_to};
use super::row_batches::RowBatches;
use super::source::ReportSource;

/// Takes reports and failures, in order.
pub type ReportSink<'a> = dyn FnMut(ReadResult) + 'a;

/// Bytes of a file that its format is recognised by; the first row of a file of rows fits in most often.
const START: usize = 64 << 10;
/// Files that are read side by side.
const FILES_AT_ONCE: usize = 64;
/// Bytes of a file beyond which it is read by itself: it keeps all cores busy, and many such would fill the memory.
const LARGE_FILE: u64 = 4 << 20;
/// Bytes of a file of several reports up to which it is read whole again for one of them, which takes less than a frame.
const SMALL_FILE: usize = 64 << 10;

impl ReportSource {
    /// Reads every report of this source, in order, into `sink`.
    pub fn read_each(&self, limits: &ReadLimits, sink: &mut ReportSink<'_>) {
        self.read_counted(limits, &ByteCounter::default(), sink);
    }

    /// Does the same while `counter` counts the bytes.
    pub fn read_counted(
        &self,
        limits: &ReadLimits,
        counter: &ByteCounter,
        sink: &mut ReportSink<'_>,
    ) {
        let input = self.open();
        let read =
            input.and_then(|input| self.read_from(CountedInput { input, counter }, limits, sink));
        if let Err(reason) = read {
            sink(Err(self.failure(None, &reason)));
        }
    }

    fn open(&self) -> Result<Box<dyn Read + Send>, String> {
        match &self.path {
            Some(path) => Ok(Box::new(open_file(path)?)),
            None => Ok(Box::new(io::stdin())),
        }
    }

    pub(super) fn failure(&self, line: Option<usize>, reason: &str) -> ReadFailure {
        ReadFailure::named(self.name.clone(), line, reason)
    }

    /// Reads every report of `input`, which is the content of this source.
    pub(super) fn read_from(
        &self,
        mut input: impl Read + Send,
        limits: &ReadLimits,
        sink: &mut ReportSink<'_>,
    ) -> Result<(), String> {
        // Standard input cannot be read twice, so these bytes go on to the reader below.
        let mut bytes = Vec::new();
        read_up_to(&mut input, &mut bytes, START)?;
        if bytes.is_empty() {
            return Err("empty; there is nothing to read in it".to_owned());
        }
        let start = FileStart::new(self.path.as_deref(), &bytes);
        match start.reader()? {
            FormatReader::Rows(read) if !start.is_utf16() => {
                let input = BufReader::new(Cursor::new(bytes).chain(input));
                self.read_rows(RowBatches::new(input, limits.bytes), read, sink)
            }
            reader => {
                read_up_to(&mut input, &mut bytes, limits.bytes.saturating_add(1))?;
                if bytes.len() > limits.bytes {
                    let most = shown_size(limits.bytes);
                    let remedy = "split it, or give it as rows (.jsonl)";
                    return Err(format!("larger than {most}; {remedy}"));
                }
                let read = self.read_whole(&bytes, reader)?;
                read.into_iter().for_each(sink);
                Ok(())
            }
        }
    }

    /// Reads a file of rows while it streams.
    fn read_rows(
        &self,
        mut batches: RowBatches<impl io::BufRead + Send>,
        read: RowReader,
        sink: &mut ReportSink<'_>,
    ) -> Result<(), String> {
        let mut is_empty = true;
        let mut next = batches.next_batch()?;
        while let Some(batch) = next {
            let rows = batch.rows.par_iter();
            let rows = rows.map(|row| self.read_row(batch.bytes(row), row.extent, read));
            // The next batch is fetched while the cores read this one: a pipe or a slow disk would double the time.
            let (read, fetched) = rayon::join(|| rows.collect::<Vec<_>>(), || batches.next_batch());
            for one in read.into_iter().flatten() {
                is_empty = false;
                sink(one);
            }
            next = fetched?;
        }
        if is_empty {
            return Err("empty; there are no rows in it".to_owned());
        }
        Ok(())
    }

    /// Reads one row; without bytes it is too long.
    pub(super) fn read_row(
        &self,
        row: Option<&[u8]>,
        extent: RowExtent,
        read: RowReader,
    ) -> Vec<ReadResult> {
        let number = extent.line.unwrap_or_default();
        let articles = match row {
            None => Err("this row is too long; split it".to_owned()),
            Some(row) => match decode::text(row) {
                Ok(line) if line.trim().is_empty() => Ok(Vec::new()),
                Ok(line) => read(&self.name, number, &line),
                Err(reason) => Err(reason.to_owned()),
            },
        };
        match articles {
            Ok(articles) => {
                let placed = (0..).zip(articles).map(|(part, article)| Article {
                    place: self.place(extent, part),
                    ..article
                });
                placed.map(Ok).collect()
            }
            Err(reason) => vec![Err(self.failure(extent.line, &reason))],
        }
    }

    /// Reads a file that is in memory as a whole.
    fn read_whole(&self, bytes: &[u8], reader: FormatReader) -> Result<Vec<ReadResult>, String> {
        let text = decode::text(bytes)?;
        let mut read = match reader {
            FormatReader::Whole(read) => read(&self.name, &text)?,
            FormatReader::Rows(read) => self.read_lines(&text, read),
        };
        let can_reload = read.len() == 1 || bytes.len() <= SMALL_FILE;
        let extent = RowExtent {
            length: bytes.len() as u64,
            ..RowExtent::default()
        };
        for (part, article) in (0..).zip(read.iter_mut().flatten()) {
            article.place = self.place(extent, part).filter(|_| can_reload);
        }
        Ok(read)
    }

    /// Reads rows that were decoded as a whole, so that their bytes in the file are not known.
    fn read_lines(&self, text: &str, read: RowReader) -> Vec<ReadResult> {
        let lines = (1..).zip(text.split('\n')).map(|(number, line)| {
            let extent = RowExtent {
                line: Some(number),
                ..RowExtent::default()
            };
            self.read_row(Some(line.as_bytes()), extent, read)
        });
        lines.flatten().collect()
    }

    /// Returns where a report can be read again, if it came from a file.
    fn place(&self, extent: RowExtent, part: u32) -> Option<SourcePlace> {
        Some(SourcePlace {
            file: Arc::clone(self.path.as_ref()?),
            extent,
            part,
        })
    }
}

/// Reads every report of `sources` into `sink`, in their order, with all cores; `counter` counts the bytes.
pub fn read_all(
    sources: &[ReportSource],
    limits: &ReadLimits,
    counter: &ByteCounter,
    sink: &mut ReportSink<'_>,
) {
    let is_small = |source: &ReportSource| source.size.is_some_and(|size| size <= LARGE_FILE);
    for run in sources.chunk_by(|one, next| is_small(one) && is_small(next)) {
        for files in run.chunks(FILES_AT_ONCE) {
            if let [alone] = files {
                alone.read_counted(limits, counter, sink);
                continue;
            }
            let read = files.par_iter().map(|source| {
                let mut read = Vec::new();
                source.read_counted(limits, counter, &mut |one| read.push(one));
                read
            });
            let read: Vec<Vec<ReadResult>> = read.collect();
            read.into_iter().flatten().for_each(&mut *sink);
        }
    }
}

fn shown_size(bytes: usize) -> String {
    if bytes >= 1 << 20 {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{bytes} bytes")
    }
}

#[cfg(test)]
mod tests;
