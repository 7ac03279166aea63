//! A file of rows streams through in batches that end at line ends, and each is cut into shares for the cores.
//!
//! Every row keeps its line and its bytes in the file, so that it can be read again by itself. What becomes of a row is nothing
//! to this file.

use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use super::detect::{self, Format};
use super::failure::explained;
use super::read::{One, ReadLimits};
use super::source::ReportSource;

/// Bytes that are looked at to tell what a file holds.
const START: usize = 64 * 1024;
/// Rows are read in batches: the first is small, so that the first reports are there at once.
const FIRST_BATCH: usize = 512 * 1024;
const BATCH: usize = 8 << 20;
/// Bytes of rows that one core takes at a time.
const SHARE: usize = 256 * 1024;

/// What an input begins with, and what that tells.
pub(super) struct Start {
    pub(super) bytes: Vec<u8>,
    pub(super) format: Format,
}

impl Start {
    /// Reads the start of `input`.
    pub(super) fn of(input: &mut impl Read, path: &Path) -> Result<Self, String> {
        let mut bytes = Vec::new();
        fill(input, &mut bytes, START)?;
        if bytes.is_empty() {
            return Err("empty; there is nothing to read in it".to_owned());
        }
        let format = detect::format(path, &bytes)?;
        Ok(Self { bytes, format })
    }

    /// Whether rows follow that can be read line by line, so not those of UTF-16.
    pub(super) fn is_rows(&self) -> bool {
        self.format == Format::Rows
            && !self.bytes.starts_with(b"\xff\xfe")
            && !self.bytes.starts_with(b"\xfe\xff")
    }
}

/// Whole lines of a file of rows.
pub(super) struct Batch {
    pub(super) bytes: Vec<u8>,
    /// The number of the first line.
    line: usize,
    /// The byte of the input that it begins with.
    pub(super) start: u64,
    /// Whether it is the start of a row that is too long to be kept.
    too_long: bool,
}

/// What reads some of the rows of a batch.
pub(super) type Share<'a, T> = dyn Fn(&Rows<'_>) -> Vec<T> + Sync + 'a;

impl Batch {
    fn read<T>(&self, source: &ReportSource, share: &Share<'_, T>) -> Vec<Vec<T>>
    where
        T: Send + std::convert::From<One>,
    {
        if self.too_long {
            let reason = "this row is too long; split it";
            let failure = source.failure(Some(self.line), reason);
            return vec![vec![Err(failure).into()]];
        }
        shares(self).par_iter().map(share).collect()
    }
}

/// Cuts an input into batches that end at line ends.
pub(super) struct Batches<R> {
    input: R,
    /// What was read beyond the last line end.
    rest: Vec<u8>,
    line: usize,
    start: u64,
    size: usize,
    most: usize,
}

impl<R: Read + Send> Batches<R> {
    /// Begins with `start`, and goes on with `input`.
    pub(super) fn new(start: Start, input: R, limits: &ReadLimits) -> Self {
        Self {
            input,
            rest: start.bytes,
            line: 1,
            start: 0,
            size: FIRST_BATCH,
            most: limits.bytes,
        }
    }

    /// Hands each batch to `take`, with what `share` made of its rows: all cores read one while the next is fetched.
    pub(super) fn each<T>(
        mut self,
        source: &ReportSource,
        share: &Share<'_, T>,
        mut take: impl FnMut(Batch, Vec<Vec<T>>),
    ) -> Result<(), String>
    where
        T: Send + std::convert::From<One>,
    {
        let mut batch = self.next();
        let mut nothing = true;
        while let Some(now) = batch? {
            let (read, next) = rayon::join(|| now.read(source, share), || self.next());
            nothing &= read.iter().all(Vec::is_empty);
            take(now, read);
            batch = next;
        }
        if nothing {
            Err("empty; there are no rows in it".to_owned())
        } else {
            Ok(())
        }
    }

    fn next(&mut self) -> Result<Option<Batch>, String> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut wanted = self.size;
        self.size = BATCH.min(self.most.saturating_add(1));
        loop {
            fill(&mut self.input, &mut bytes, wanted)?;
            let ended = bytes.len() < wanted;
            if bytes.is_empty() {
                return Ok(None);
            }
            let cut = if ended {
                Some(bytes.len())
            } else {
                memchr::memrchr(b'\n', &bytes).map(|at| at + 1)
            };
            if let Some(cut) = cut {
                self.rest = bytes.split_off(cut);
                return Ok(Some(self.batch(bytes, false)));
            }
            if bytes.len() > self.most {
                let skipped = bytes.len() as u64 + self.skip_line()?;
                let batch = self.batch(b"\n".to_vec(), true);
                self.start += skipped - 1;
                return Ok(Some(batch));
            }
            wanted = bytes.len().saturating_mul(2);
        }
    }

    fn batch(&mut self, bytes: Vec<u8>, too_long: bool) -> Batch {
        let (line, start) = (self.line, self.start);
        self.line += memchr::memchr_iter(b'\n', &bytes).count();
        self.start += bytes.len() as u64;
        Batch {
            bytes,
            line,
            start,
            too_long,
        }
    }

    /// Drops the rest of a line that is too long, and returns how many bytes it had.
    fn skip_line(&mut self) -> Result<u64, String> {
        let mut dropped = 0;
        loop {
            let mut bytes = Vec::new();
            fill(&mut self.input, &mut bytes, FIRST_BATCH)?;
            let end = memchr::memchr(b'\n', &bytes).map(|at| at + 1);
            dropped += end.unwrap_or(bytes.len()) as u64;
            if let Some(end) = end {
                self.rest = bytes.split_off(end);
            }
            if bytes.is_empty() || end.is_some() {
                return Ok(dropped);
            }
        }
    }
}

/// A row of an input, or all of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) start: u64,
    pub(super) length: u64,
    pub(super) line: Option<usize>,
}

/// Some whole lines of an input.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows<'a> {
    pub(super) bytes: &'a [u8],
    /// The number of the first line.
    pub(super) line: usize,
    /// The byte of the input that they begin with.
    pub(super) start: u64,
}

impl<'a> Rows<'a> {
    /// Returns each line, without its end, with where it stands.
    pub(super) fn each(self) -> impl Iterator<Item = (&'a [u8], Stretch)> {
        let (mut start, mut line) = (self.start, self.line);
        let mut rest = Some(self.bytes);
        std::iter::from_fn(move || {
            let bytes = rest?;
            let end = memchr::memchr(b'\n', bytes);
            let (bytes, after) = bytes.split_at(end.unwrap_or(bytes.len()));
            rest = after.get(1..);
            let row = Stretch {
                start,
                length: bytes.len() as u64,
                line: Some(line),
            };
            start += row.length + 1;
            line += 1;
            Some((bytes, row))
        })
    }
}

/// Cuts a batch into whole lines for the cores.
fn shares(batch: &Batch) -> Vec<Rows<'_>> {
    let mut shares = Vec::new();
    let (mut rest, mut line, mut start) = (batch.bytes.as_slice(), batch.line, batch.start);
    while !rest.is_empty() {
        let from = SHARE.min(rest.len());
        let end = memchr::memchr(b'\n', &rest[from..]).map_or(rest.len(), |at| from + at + 1);
        let (bytes, after) = rest.split_at(end);
        shares.push(Rows { bytes, line, start });
        line += memchr::memchr_iter(b'\n', bytes).count();
        start += bytes.len() as u64;
        rest = after;
    }
    shares
}

/// Reads on until `bytes` are `most` long or the input ends.
pub(super) fn fill(input: &mut impl Read, bytes: &mut Vec<u8>, most: usize) -> Result<(), String> {
    let missing = most.saturating_sub(bytes.len());
    let missing = u64::try_from(missing).unwrap_or(u64::MAX);
    input
        .take(missing)
        .read_to_end(bytes)
        .map(|_| ())
        .map_err(|error| explained(&error))
}
