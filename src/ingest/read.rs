//! Sources are read: a file of text is one report, a file of rows streams through in batches that all cores share.
//!
//! A file is opened without waiting and only if it is a regular one, so that no pipe or device can hang the reader; what is
//! too large is refused before it is read. Reports reach the sink in the order of their files and rows, whoever read them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;
use rustix::fs::{Mode, OFlags};

use crate::article::Article;
use crate::text::{Clean, sanitize};

use super::compose::{self, Kind};
use super::detect::{self, Format};
use super::facts::Facts;
use super::failure::{Failure, explained};
use super::source::{From, Source, no_file};
use super::{decode, json};

/// What is refused because of its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that a text, a JSON file or one row may have. Files of rows may have any size.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20 }
    }
}

/// Where reports and failures go, in order.
pub type Sink<'a> = dyn FnMut(Result<Article, Failure>) + 'a;

/// What reading one file, batch or row gave.
type Read1 = Vec<Result<Article, Failure>>;

/// Bytes that are looked at to tell what a file holds.
const START: usize = 64 * 1024;
/// Rows are read in batches: the first is small, so that the first reports are there at once.
const FIRST_BATCH: usize = 512 * 1024;
const BATCH: usize = 8 << 20;
/// Bytes of rows that one core takes at a time.
const SHARE: usize = 256 * 1024;
/// Says that a file is UTF-8.
const MARK: char = '\u{feff}';
/// Files that are read at a time when there are many.
const FILES: usize = 64;
/// A file beyond this size is read by itself.
const LARGE: u64 = 4 << 20;

impl Source {
    /// Reads every report of this source, in order, into `sink`.
    pub fn read_each(&self, limits: &Limits, sink: &mut Sink<'_>) {
        let read = match &self.from {
            From::Stdin => self.read_from(io::stdin(), Path::new("-"), limits, sink),
            From::File(path) => {
                open(path).and_then(|file| self.read_from(file, path, limits, sink))
            }
        };
        if let Err(reason) = read {
            sink(Err(self.failure(None, &reason)));
        }
    }

    fn failure(&self, line: Option<usize>, reason: &str) -> Failure {
        Failure::named(self.name.clone(), line, reason)
    }

    fn read_from(
        &self,
        mut input: impl Read + Send,
        path: &Path,
        limits: &Limits,
        sink: &mut Sink<'_>,
    ) -> Result<(), String> {
        let mut start = Vec::new();
        fill(&mut input, &mut start, START)?;
        if start.is_empty() {
            return Err("empty; there is nothing to read in it".to_owned());
        }
        let format = detect::format(path, &start)?;
        if format == Format::Rows
            && !start.starts_with(b"\xff\xfe")
            && !start.starts_with(b"\xfe\xff")
        {
            return self.rows(start, input, limits, sink);
        }
        fill(&mut input, &mut start, limits.bytes.saturating_add(1))?;
        if start.len() > limits.bytes {
            return Err(format!(
                "larger than {}; split it, or give it as rows (.jsonl)",
                size(limits.bytes)
            ));
        }
        let text = decode::text(&start)?;
        match format {
            Format::Text => sink(Ok(self.report(&text)?)),
            Format::Json => self.json(text.trim_start_matches(MARK), sink)?,
            Format::Rows => self.lines(&text, 1).into_iter().for_each(sink),
        }
        Ok(())
    }

    /// Reads a text that is one report.
    fn report(&self, text: &str) -> Result<Article, String> {
        let mut cleaned = sanitize::sanitize(text);
        // the mark says how the file is written; nobody hid it there
        cleaned.hidden -= usize::from(text.starts_with(MARK));
        if cleaned.text.trim().is_empty() {
            return Err("empty; there is nothing to read in it".to_owned());
        }
        Ok(compose::article(
            self.name.clone(),
            cleaned,
            Facts::default(),
            Kind::File,
        ))
    }

    /// Reads one JSON value: a row, a list of rows, or an object that holds a list of rows.
    fn json(&self, text: &str, sink: &mut Sink<'_>) -> Result<(), String> {
        let mended = json::whole_surrogates(text);
        let text = mended.as_deref().unwrap_or(text);
        let value = json::parse(text).map_err(|error| broken(&error))?;
        let rows = json::rows(value);
        if rows.is_empty() {
            return Err("an empty list; there are no reports in it".to_owned());
        }
        let many = rows.len() > 1;
        for (at, row) in rows.into_iter().enumerate() {
            let path = if many {
                self.row_name(at + 1)
            } else {
                self.name.clone()
            };
            match json::articles(&path, row) {
                Ok(articles) => articles.into_iter().for_each(|article| sink(Ok(article))),
                Err(reason) => sink(Err(Failure::named(path, None, reason))),
            }
        }
        Ok(())
    }

    fn row_name(&self, number: usize) -> Clean {
        Clean::line(&format!("{}#{number}", self.name))
    }

    /// Streams rows: while one batch is read by all cores, the next is fetched.
    fn rows(
        &self,
        start: Vec<u8>,
        input: impl Read + Send,
        limits: &Limits,
        sink: &mut Sink<'_>,
    ) -> Result<(), String> {
        let mut batches = Batches {
            input,
            rest: start,
            line: 1,
            size: FIRST_BATCH,
            most: limits.bytes,
        };
        let mut batch = batches.next();
        let mut nothing = true;
        while let Some(now) = batch? {
            let (read, next) = rayon::join(|| self.batch(&now), || batches.next());
            nothing &= read.is_empty();
            read.into_iter().for_each(&mut *sink);
            batch = next;
        }
        if nothing {
            Err("empty; there are no rows in it".to_owned())
        } else {
            Ok(())
        }
    }

    fn batch(&self, batch: &Batch) -> Read1 {
        if batch.too_long {
            return vec![Err(
                self.failure(Some(batch.line), "this row is too long; split it")
            )];
        }
        let shares: Vec<(usize, &[u8])> = shares(&batch.bytes, batch.line);
        let read: Vec<Read1> = shares
            .into_par_iter()
            .map(|(line, bytes)| self.share(bytes, line))
            .collect();
        read.into_iter().flatten().collect()
    }

    /// Reads the rows in `bytes`, the first of which is line `first`; rows that are not UTF-8 are decoded one by one.
    fn share(&self, bytes: &[u8], first: usize) -> Read1 {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return self.lines(text, first);
        }
        let mut read = Vec::new();
        for (at, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
            match decode::text(line) {
                Ok(text) if text.trim().is_empty() => {}
                Ok(text) => self.row(&text, first + at, &mut read),
                Err(reason) => read.push(Err(self.failure(Some(first + at), reason))),
            }
        }
        read
    }

    /// Reads rows, the first of which is line `first` of the source.
    fn lines(&self, text: &str, first: usize) -> Read1 {
        let mut read = Vec::new();
        for (at, line) in text.split('\n').enumerate() {
            if !line.trim().is_empty() {
                self.row(line, first + at, &mut read);
            }
        }
        read
    }

    fn row(&self, line: &str, number: usize, read: &mut Read1) {
        let line = line.trim_start_matches(MARK);
        let mended = if line.contains("\\ud") || line.contains("\\uD") {
            json::whole_surrogates(line)
        } else {
            None
        };
        let row = match json::parse(mended.as_deref().unwrap_or(line)) {
            Ok(row) => row,
            Err(error) => {
                read.push(Err(self.failure(Some(number), &broken(&error))));
                return;
            }
        };
        match json::articles(&self.row_name(number), row) {
            Ok(articles) => read.extend(articles.into_iter().map(Ok)),
            Err(reason) => read.push(Err(self.failure(Some(number), reason))),
        }
    }
}

/// Reads every report of `sources` into `sink`, in their order, with all cores.
pub fn read_all(sources: &[Source], limits: &Limits, sink: &mut Sink<'_>) {
    let small = |source: &Source| source.size().is_some_and(|size| size <= LARGE);
    let mut rest = sources;
    while let Some(first) = rest.first() {
        let many = rest
            .iter()
            .take(FILES)
            .take_while(|source| small(source))
            .count();
        if many <= 1 {
            first.read_each(limits, sink);
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let (now, later) = rest.split_at(many);
        let read: Vec<Read1> = now
            .par_iter()
            .map(|source| {
                let mut read = Vec::new();
                source.read_each(limits, &mut |one| read.push(one));
                read
            })
            .collect();
        read.into_iter().flatten().for_each(&mut *sink);
        rest = later;
    }
}

/// Opens a regular file without waiting for anybody.
fn open(path: &Path) -> Result<File, String> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file =
        rustix::fs::open(path, flags, Mode::empty()).map_err(|error| explained(&error.into()))?;
    let file = File::from(file);
    let facts = file.metadata().map_err(|error| explained(&error))?;
    if facts.is_dir() {
        return Err("a folder now, and a file before; read it again".to_owned());
    }
    match no_file(facts.file_type()) {
        Some(reason) => Err(reason.to_owned()),
        None => Ok(file),
    }
}

/// Reads on until `bytes` are `most` long or the input ends.
fn fill(input: &mut impl Read, bytes: &mut Vec<u8>, most: usize) -> Result<(), String> {
    let missing = most.saturating_sub(bytes.len());
    let missing = u64::try_from(missing).unwrap_or(u64::MAX);
    input
        .take(missing)
        .read_to_end(bytes)
        .map(|_| ())
        .map_err(|error| explained(&error))
}

fn broken(error: &serde_json::Error) -> String {
    format!("not JSON: {error}; mend it or remove it")
}

fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{bytes} bytes")
    }
}

/// Whole lines of a file of rows.
struct Batch {
    bytes: Vec<u8>,
    /// The number of the first line.
    line: usize,
    /// Whether it is the start of a row that is too long to be kept.
    too_long: bool,
}

/// Cuts an input into batches that end at line ends.
struct Batches<R> {
    input: R,
    /// What was read beyond the last line end.
    rest: Vec<u8>,
    line: usize,
    size: usize,
    most: usize,
}

impl<R: Read> Batches<R> {
    fn next(&mut self) -> Result<Option<Batch>, String> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut wanted = self.size;
        self.size = BATCH;
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
                self.skip_line()?;
                return Ok(Some(self.batch(b"\n".to_vec(), true)));
            }
            wanted = bytes.len().saturating_mul(2);
        }
    }

    fn batch(&mut self, bytes: Vec<u8>, too_long: bool) -> Batch {
        let line = self.line;
        self.line += memchr::memchr_iter(b'\n', &bytes).count();
        Batch {
            bytes,
            line,
            too_long,
        }
    }

    /// Drops the rest of a line that is too long.
    fn skip_line(&mut self) -> Result<(), String> {
        loop {
            let mut bytes = Vec::new();
            fill(&mut self.input, &mut bytes, FIRST_BATCH)?;
            if bytes.is_empty() {
                return Ok(());
            }
            if let Some(at) = memchr::memchr(b'\n', &bytes) {
                self.rest = bytes.split_off(at + 1);
                return Ok(());
            }
        }
    }
}

/// Cuts a batch into whole lines for the cores, each with the number of its first line.
fn shares(bytes: &[u8], mut line: usize) -> Vec<(usize, &[u8])> {
    let mut shares = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let from = SHARE.min(rest.len());
        let end = memchr::memchr(b'\n', &rest[from..]).map_or(rest.len(), |at| from + at + 1);
        let (share, after) = rest.split_at(end);
        shares.push((line, share));
        line += memchr::memchr_iter(b'\n', share).count();
        rest = after;
    }
    shares
}
