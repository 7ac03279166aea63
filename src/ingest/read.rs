//! Reads sources in order: files of several kinds side by side, with all cores.
//!
//! Reports reach the sink in the order of their files and rows, whichever core read them.

use std::io::{self, Read};
use std::sync::Arc;

use rayon::prelude::*;

use super::content::ContentReader;
use super::failure::{ReadFailure, ReadResult, ReportSink};
use super::input::{ByteCounter, CountedInput, ReadLimits, open_file};
use super::source::ReportSource;

/// Files that are read side by side.
const FILES_AT_ONCE: usize = 64;
/// Bytes of a file beyond which it is read by itself: it keeps all cores busy, and many such would fill the memory.
const LARGE_FILE: u64 = 4 << 20;

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
        let content = self.content(limits);
        let read = self.open().and_then(|input| {
            let input = Box::new(CountedInput { input, counter });
            content.read(input, sink)
        });
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

    /// Returns the reader of the content of this source.
    pub(super) fn content<'a>(&self, limits: &'a ReadLimits) -> ContentReader<'a> {
        ContentReader {
            name: self.name.clone(),
            path: self.path.as_deref().map(ToOwned::to_owned),
            file: self.path.as_ref().map(Arc::clone),
            entry: None,
            layers: 0,
            limits,
        }
    }

    pub(super) fn failure(&self, line: Option<usize>, reason: &str) -> ReadFailure {
        ReadFailure::named(self.name.clone(), line, reason)
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

#[cfg(test)]
mod tests;
