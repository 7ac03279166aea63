//! Sources are read: a file of text is one report, a file of rows streams through in batches that all cores share.
//!
//! A file is opened without waiting and only if it is a regular one, so that no pipe or device can hang the reader; what is
//! too large is refused before it is read. Reports reach the sink in the order of their files and rows, whoever read them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustix::fs::{Mode, OFlags};

use crate::article::{Article, SourcePlace};
use crate::text::{CleanText, sanitize};

use super::batches::{Batches, Rows, Start, Stretch, fill};
use super::compose::{self, Kind};
use super::detect::Format;
use super::facts::Facts;
use super::failure::{ReadFailure, explained};
use super::meter::{ByteCounter, CountedInput};
use super::source::{From, ReportSource, why_not_a_file};
use super::{decode, json};

/// What is refused because of its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadLimits {
    /// Bytes that a text, a JSON file or one row may have. Files of rows may have any size.
    pub bytes: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { bytes: 64 << 20 }
    }
}

/// Where reports and failures go, in order.
pub type Sink<'a> = dyn FnMut(Result<Article, ReadFailure>) + 'a;

/// A report, or why it could not be read.
pub(super) type One = Result<Article, ReadFailure>;
/// What reading one file, batch or row gave.
pub(super) type Read1 = Vec<One>;

/// Says that a file is UTF-8.
pub(super) const MARK: char = '\u{feff}';
/// Files that are read at a time when there are many.
const FILES: usize = 64;
/// A file beyond this size is read by itself.
const LARGE: u64 = 4 << 20;
/// A file of several reports up to this size is read anew for one of them: every step onto one costs all of it.
const SMALL: usize = 1 << 16;

impl ReportSource {
    /// Reads every report of this source, in order, into `sink`.
    pub fn read_each(&self, limits: &ReadLimits, sink: &mut Sink<'_>) {
        self.read_counted(limits, &ByteCounter::default(), sink);
    }

    /// Does the same while `meter` counts the bytes.
    pub fn read_counted(&self, limits: &ReadLimits, meter: &ByteCounter, sink: &mut Sink<'_>) {
        let read = self.open().and_then(|(input, path)| {
            let input = CountedInput { input, meter };
            self.read_from(input, path, limits, sink)
        });
        if let Err(reason) = read {
            sink(Err(self.failure(None, &reason)));
        }
    }

    /// Opens the source; the path tells what it holds.
    pub(super) fn open(&self) -> Result<(Box<dyn Read + Send>, &Path), String> {
        match &self.from {
            From::Stdin => Ok((Box::new(io::stdin()), Path::new("-"))),
            From::File(path) => Ok((Box::new(open(path)?), path)),
        }
    }

    pub(super) fn failure(&self, line: Option<usize>, reason: &str) -> ReadFailure {
        ReadFailure::named(self.name.clone(), line, reason)
    }

    pub(super) fn read_from(
        &self,
        mut input: impl Read + Send,
        path: &Path,
        limits: &ReadLimits,
        sink: &mut Sink<'_>,
    ) -> Result<(), String> {
        let start = Start::of(&mut input, path)?;
        if start.is_rows() {
            let share = |rows: &Rows<'_>| self.share(rows);
            let batches = Batches::new(start, input, limits);
            batches.each(self, &share, |_, read| {
                read.into_iter().flatten().for_each(&mut *sink);
            })
        } else {
            self.whole(start, input, limits, sink)
        }
    }

    /// Reads an input that begins with `start` and is held in memory as a whole.
    pub(super) fn whole(
        &self,
        start: Start,
        mut input: impl Read,
        limits: &ReadLimits,
        sink: &mut Sink<'_>,
    ) -> Result<(), String> {
        let Start {
            bytes: mut start,
            format,
        } = start;
        fill(&mut input, &mut start, limits.bytes.saturating_add(1))?;
        if start.len() > limits.bytes {
            return Err(format!(
                "larger than {}; split it, or give it as rows (.jsonl)",
                size(limits.bytes)
            ));
        }
        let text = decode::text(&start)?;
        let again = format == Format::Text || start.len() <= SMALL;
        let whole = Stretch {
            start: 0,
            length: start.len() as u64,
            line: None,
        };
        let mut part = 0;
        let mut placed = |mut read: Result<Article, ReadFailure>| {
            if let Ok(article) = &mut read {
                // Rows that were decoded as a whole do not know their bytes.
                article.place = again.then(|| self.place(whole, part)).flatten();
                part += 1;
            }
            sink(read);
        };
        match format {
            Format::Text => placed(Ok(self.report(&text)?)),
            Format::Json => self.json(text.trim_start_matches(MARK), &mut placed)?,
            Format::Rows => {
                let rows = Rows {
                    bytes: text.as_bytes(),
                    line: 1,
                    start: 0,
                };
                self.lines(&text, &rows).into_iter().for_each(placed);
            }
        }
        Ok(())
    }

    /// Returns where a report can be read again, if it came from a file.
    fn place(&self, stretch: Stretch, part: u32) -> Option<SourcePlace> {
        match &self.from {
            From::File(file) => Some(SourcePlace {
                file: Arc::clone(file),
                start: stretch.start,
                length: stretch.length,
                line: stretch.line,
                part,
            }),
            From::Stdin => None,
        }
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
                Err(reason) => sink(Err(ReadFailure::named(path, None, reason))),
            }
        }
        Ok(())
    }

    fn row_name(&self, number: usize) -> CleanText {
        CleanText::one_line(&format!("{}#{number}", self.name))
    }

    /// Reads rows; those that are not UTF-8 are decoded one by one.
    pub(super) fn share(&self, rows: &Rows<'_>) -> Read1 {
        if let Ok(text) = std::str::from_utf8(rows.bytes) {
            return self.lines(text, rows);
        }
        let mut read = Vec::new();
        for (line, row) in rows.each() {
            match decode::text(line) {
                Ok(text) if text.trim().is_empty() => {}
                Ok(text) => read.extend(each(self.row(&text, row))),
                Err(reason) => read.push(Err(self.failure(row.line, reason))),
            }
        }
        read
    }

    /// Reads rows whose text is `text`.
    fn lines(&self, text: &str, rows: &Rows<'_>) -> Read1 {
        let mut read = Vec::new();
        for (line, (_, row)) in text.split('\n').zip(rows.each()) {
            if !line.trim().is_empty() {
                read.extend(each(self.row(line, row)));
            }
        }
        read
    }

    /// Reads one row, which is not blank.
    pub(super) fn row(&self, line: &str, row: Stretch) -> Result<Vec<Article>, ReadFailure> {
        let failure = |reason: &str| self.failure(row.line, reason);
        let line = line.trim_start_matches(MARK);
        let has_escapes = memchr::memchr(b'\\', line.as_bytes()).is_some();
        let mended = if has_escapes && (line.contains("\\ud") || line.contains("\\uD")) {
            json::whole_surrogates(line)
        } else {
            None
        };
        let value = json::parse(mended.as_deref().unwrap_or(line));
        let value = value.map_err(|error| failure(&broken(&error)))?;
        let name = self.row_name(row.line.unwrap_or_default());
        let mut articles = json::articles(&name, value).map_err(failure)?;
        for (part, article) in (0..).zip(&mut articles) {
            article.place = self.place(row, part);
        }
        Ok(articles)
    }
}

/// Returns each report of a row, or why there is none.
pub(super) fn each(row: Result<Vec<Article>, ReadFailure>) -> impl Iterator<Item = One> {
    let (articles, failure) = match row {
        Ok(articles) => (articles, None),
        Err(failure) => (Vec::new(), Some(Err(failure))),
    };
    articles.into_iter().map(Ok).chain(failure)
}

/// Reads every report of `sources` into `sink`, in their order, with all cores; `meter` counts the bytes.
pub fn read_all(
    sources: &[ReportSource],
    limits: &ReadLimits,
    meter: &ByteCounter,
    sink: &mut Sink<'_>,
) {
    for together in runs(sources) {
        if let [alone] = together {
            alone.read_counted(limits, meter, sink);
            continue;
        }
        let read: Vec<Read1> = together
            .par_iter()
            .map(|source| {
                let mut read = Vec::new();
                source.read_counted(limits, meter, &mut |one| read.push(one));
                read
            })
            .collect();
        read.into_iter().flatten().for_each(&mut *sink);
    }
}

/// Cuts `sources` into runs: many small files that are read at a time, or one that is read by itself.
pub(super) fn runs(sources: &[ReportSource]) -> impl Iterator<Item = &[ReportSource]> {
    let small = |source: &&ReportSource| source.size().is_some_and(|size| size <= LARGE);
    let mut rest = sources;
    std::iter::from_fn(move || {
        let many = rest.iter().take(FILES).take_while(small).count();
        let (now, later) = rest.split_at_checked(many.max(1))?;
        rest = later;
        Some(now)
    })
}

/// Opens a regular file without waiting for anybody.
pub(super) fn open(path: &Path) -> Result<File, String> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file =
        rustix::fs::open(path, flags, Mode::empty()).map_err(|error| explained(&error.into()))?;
    let file = File::from(file);
    let facts = file.metadata().map_err(|error| explained(&error))?;
    if facts.is_dir() {
        return Err("a folder now, and a file before; read it again".to_owned());
    }
    match why_not_a_file(facts.file_type()) {
        Some(reason) => Err(reason.to_owned()),
        None => Ok(file),
    }
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

#[cfg(test)]
mod tests;
