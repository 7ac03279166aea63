//! Reads the content of a file, or of a file in a zip: its format is recognised, it is unpacked where it is packed, and it is read
//! as rows that stream through, as parts, or whole.
//!
//! A content over its limit is refused before it is read.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::article::{Article, RowExtent, SourcePlace};
use crate::text::CleanText;

use super::beside;
use super::decode;
use super::failure::{ReadFailure, ReadResult, ReportSink};
use super::file_names;
use super::formats::table::{TableBatches, TableHead};
use super::formats::{FileStart, FormatReader, PartsReader, RowFailure, RowReader};
use super::input::{ReadLimits, read_up_to};
use super::row_batches::RowBatches;
use super::skipped::SkippedFiles;
use super::unpack::{self, ZipFiles};

/// Bytes of a file that its format is recognised by; the first row of a file of rows fits in most often.
pub(super) const START: usize = 64 << 10;
/// Bytes of a file of several reports up to which it is read whole again for one of them, which takes less than a frame.
const SMALL_FILE: usize = 64 << 10;
/// Packed files inside packed files that are opened; more are made to exhaust us.
const MOST_LAYERS: u8 = 2;

/// A file, or a file in a zip, that is read.
#[derive(Clone)]
pub(super) struct ContentReader<'a> {
    /// Its name, fit to be shown.
    pub(super) name: CleanText,
    /// Its path, or its name in the zip; tells its format where its content does not.
    pub(super) path: Option<PathBuf>,
    /// The file on disk that it is or is in.
    pub(super) file: Option<Arc<Path>>,
    /// Its number in the zip.
    pub(super) entry: Option<u32>,
    /// Packed files around it.
    pub(super) layers: u8,
    /// Sizes that are read.
    pub(super) limits: &'a ReadLimits,
}

impl<'a> ContentReader<'a> {
    /// Reads every report of `input` into `sink`.
    pub(super) fn read(
        &self,
        mut input: Box<dyn Read + Send + '_>,
        sink: &mut ReportSink<'_>,
    ) -> Result<(), String> {
        // Standard input cannot be read twice, so these bytes go on to the reader below.
        let mut bytes = Vec::new();
        read_up_to(&mut input, &mut bytes, START)?;
        if bytes.is_empty() {
            return Err("empty; nothing to read in it".to_owned());
        }
        let start = FileStart::new(self.path.as_deref(), &bytes, bytes.len() < START);
        match start.reader()? {
            FormatReader::Gzip => {
                let inner = self.unpacked()?;
                let input = Box::new(Cursor::new(bytes).chain(input));
                inner.read(unpack::gunzip(input, self.limits), sink)
            }
            FormatReader::Rows(read) if !start.is_utf16() => {
                let input = BufReader::new(Cursor::new(bytes).chain(input));
                self.read_rows(RowBatches::new(input, self.limits.bytes), read, sink)
            }
            FormatReader::Table(head) if !start.is_utf16() => {
                let input = Cursor::new(bytes).chain(input);
                self.read_table(input, *head, sink)
            }
            reader => {
                self.read_rest(&mut input, &mut bytes)?;
                match reader {
                    FormatReader::Zip => self.read_zip(&bytes, sink),
                    reader => {
                        let read = self.read_whole(&bytes, reader)?;
                        read.into_iter().for_each(sink);
                        Ok(())
                    }
                }
            }
        }
    }

    /// Reads `input` to its end, unless that is too far.
    pub(super) fn read_rest(
        &self,
        input: &mut (impl Read + ?Sized),
        bytes: &mut Vec<u8>,
    ) -> Result<(), String> {
        let mut input = input;
        read_up_to(&mut input, bytes, self.limits.bytes.saturating_add(1))?;
        if bytes.len() > self.limits.bytes {
            let most = shown_size(self.limits.bytes);
            let remedy = "split it, or give it as rows (.jsonl, .csv)";
            return Err(format!("larger than {most}; {remedy}"));
        }
        Ok(())
    }

    /// Returns the reader of what this packed file unpacks to.
    pub(super) fn unpacked(&self) -> Result<Self, String> {
        if self.layers >= MOST_LAYERS {
            return Err("packed twice; unpack it first".to_owned());
        }
        let path = self.path.as_ref().map(|path| {
            let is_gzip = path
                .extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
            if is_gzip {
                path.with_extension("")
            } else {
                path.clone()
            }
        });
        Ok(Self {
            path,
            layers: self.layers + 1,
            ..self.clone()
        })
    }

    /// Returns the reader of a file in this zip.
    pub(super) fn inside(&self, name: &Path, number: u32) -> Self {
        let shown = format!("{}/{}", self.name, name.to_string_lossy());
        Self {
            name: CleanText::one_line(&shown),
            path: Some(name.to_owned()),
            entry: Some(number),
            layers: self.layers + 1,
            ..self.clone()
        }
    }

    fn failure(&self, line: Option<usize>, reason: &str) -> ReadFailure {
        ReadFailure::named(self.name.clone(), line, reason)
    }

    /// Reads an office file, or each file of a zip.
    fn read_zip(&self, bytes: &[u8], sink: &mut ReportSink<'_>) -> Result<(), String> {
        let mut files = ZipFiles::open(bytes, self.limits)?;
        if let Some(number) = files.document()? {
            let document = files.read(number)?;
            return self.unpacked()?.read(Box::new(Cursor::new(document)), sink);
        }
        if self.layers > 0 {
            return Err("a zip in a packed file; unpack it first".to_owned());
        }
        let mut skipped = SkippedFiles::default();
        let mut is_empty = true;
        for entry in files.entries(&mut skipped) {
            let inside = self.inside(&entry.name, entry.number);
            let read = files.read(entry.number);
            let read = read.and_then(|bytes| inside.read(Box::new(Cursor::new(bytes)), sink));
            if let Err(reason) = read {
                sink(Err(inside.failure(None, &reason)));
            }
            is_empty = false;
        }
        match (is_empty, skipped.said()) {
            (true, None) => Err("an empty zip; nothing to read in it".to_owned()),
            (true, Some(said)) => Err(format!("no reports in this zip, only {said}")),
            (false, Some(said)) => {
                sink(Err(self.failure(None, &said).left_out()));
                Ok(())
            }
            (false, None) => Ok(()),
        }
    }

    /// Reads a file of rows while it streams.
    fn read_rows(
        &self,
        mut batches: RowBatches<impl BufRead + Send>,
        read: RowReader,
        sink: &mut ReportSink<'_>,
    ) -> Result<(), String> {
        let mut rows_read = RowCount::default();
        let mut next = batches.next_batch()?;
        while let Some(batch) = next {
            let rows = batch.rows.par_iter();
            let rows = rows.map(|row| self.read_row(batch.bytes(row), row.extent, read));
            // The next batch is fetched while the cores read this one: a pipe or a slow disk would double the time.
            let (read, fetched) = rayon::join(|| rows.collect::<Vec<_>>(), || batches.next_batch());
            for one in read {
                rows_read.send(one, sink);
            }
            next = fetched?;
        }
        rows_read.finish(self, sink)
    }

    /// Reads a table while it streams.
    fn read_table(
        &self,
        input: impl Read + Send,
        head: TableHead,
        sink: &mut ReportSink<'_>,
    ) -> Result<(), String> {
        let mut rows_read = RowCount::default();
        let mut batches = TableBatches::new(input, head, self.limits.bytes)?;
        let mut next = batches.next_batch();
        while let Some(batch) = next {
            let head = batches.head();
            let records = batch.records.par_iter();
            let records = records.map(|record| {
                let read = head.read(&self.name, record);
                self.placed(read, record.extent)
            });
            let (read, fetched) =
                rayon::join(|| records.collect::<Vec<_>>(), || batches.next_batch());
            for one in read {
                rows_read.send(one, sink);
            }
            // Rows before the fault are read all the same.
            if let Some(fault) = batch.fault {
                sink(Err(self.failure(Some(fault.line), &fault.reason)));
            }
            next = fetched;
        }
        rows_read.finish(self, sink)
    }

    /// Reads one row; without bytes it is too long.
    pub(super) fn read_row(
        &self,
        row: Option<&[u8]>,
        extent: RowExtent,
        read: RowReader,
    ) -> ReadRow {
        let number = extent.line.unwrap_or_default();
        let articles = match row {
            None => Err(RowFailure::bad("this row is too long; split it")),
            Some(row) => match decode::text(row) {
                Ok(line) if line.trim().is_empty() => Ok(Vec::new()),
                Ok(line) => read(&self.name, number, &line),
                Err(reason) => Err(RowFailure::bad(reason)),
            },
        };
        self.placed(articles, extent)
    }

    /// Gives the reports of a row their place.
    pub(super) fn placed(
        &self,
        articles: Result<Vec<Article>, RowFailure>,
        extent: RowExtent,
    ) -> ReadRow {
        match articles {
            Ok(articles) => {
                let placed = (0..).zip(articles).map(|(part, article)| Article {
                    place: self.place(extent, part),
                    ..article
                });
                ReadRow::Articles(placed.collect())
            }
            Err(RowFailure::NoText(remedy)) => ReadRow::NoText(extent.line, remedy),
            Err(RowFailure::Bad(reason)) => ReadRow::Bad(self.failure(extent.line, &reason)),
        }
    }

    /// Reads a file that is in memory as a whole.
    pub(super) fn read_whole(
        &self,
        bytes: &[u8],
        reader: FormatReader,
    ) -> Result<Vec<ReadResult>, String> {
        let mut read = match reader {
            FormatReader::Whole(read) => read(&self.name, &decode::text(bytes)?)?,
            FormatReader::Bytes(read) => read(&self.name, bytes)?,
            FormatReader::Parts(reader) => return self.read_parts(bytes, reader),
            FormatReader::Rows(read) => self.read_lines(&decode::text(bytes)?, read)?,
            FormatReader::Table(head) => self.read_records(&decode::text(bytes)?, *head)?,
            FormatReader::Zip | FormatReader::Gzip => {
                return Err("packed twice; unpack it first".to_owned());
            }
        };
        if let [Ok(_)] = read.as_slice() {
            read = read
                .into_iter()
                .map(|one| one.map(|article| self.with_name_facts(article)))
                .collect();
        }
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

    /// Reads the parts of a text, with all cores.
    fn read_parts(&self, bytes: &[u8], reader: PartsReader) -> Result<Vec<ReadResult>, String> {
        let text = (reader.decode)(bytes)?;
        let parts = (reader.split)(&text);
        let many = parts.len() > 1;
        let read = parts.par_iter().enumerate().map(|(at, &part)| {
            let name = if many {
                self.part_name(at)
            } else {
                self.name.clone()
            };
            let extent = RowExtent {
                start: part.start as u64,
                length: part.len() as u64,
                line: None,
            };
            match (reader.read)(&name, part.of(&text)) {
                Ok(article) => {
                    let article = match many {
                        true => article,
                        false => self.with_name_facts(article),
                    };
                    Ok(Article {
                        place: self.place(extent, u32::try_from(at).unwrap_or(u32::MAX)),
                        ..article
                    })
                }
                Err(reason) => Err(ReadFailure::named(name, None, &reason)),
            }
        });
        let read: Vec<ReadResult> = read.collect();
        if read.is_empty() {
            return Err("no reports in it; open it to see what it holds".to_owned());
        }
        Ok(read)
    }

    /// Returns the one report of a file with what the file's name states.
    pub(super) fn with_name_facts(&self, article: Article) -> Article {
        let Some(path) = &self.path else {
            return article;
        };
        let on_disk = self.file.as_deref().filter(|_| self.layers == 0);
        let article = file_names::with_name_facts(article, path, on_disk);
        match on_disk {
            Some(file) => beside::with_list_facts(article, file),
            None => article,
        }
    }

    /// Returns the name of a part, whose place is counted from 0.
    pub(super) fn part_name(&self, at: usize) -> CleanText {
        CleanText::one_line(&format!("{}#{}", self.name, at.saturating_add(1)))
    }

    /// Reads rows that were decoded as a whole, so that their bytes in the file are not known.
    fn read_lines(&self, text: &str, read: RowReader) -> Result<Vec<ReadResult>, String> {
        let lines = (1..).zip(text.split('\n')).map(|(number, line)| {
            let extent = RowExtent {
                line: Some(number),
                ..RowExtent::default()
            };
            self.read_row(Some(line.as_bytes()), extent, read)
        });
        self.collected(lines)
    }

    /// Reads a table that was decoded as a whole.
    fn read_records(&self, text: &str, head: TableHead) -> Result<Vec<ReadResult>, String> {
        let mut read = Vec::new();
        self.read_table(Cursor::new(text.as_bytes()), head, &mut |one| {
            read.push(one);
        })?;
        Ok(read)
    }

    fn collected(&self, rows: impl Iterator<Item = ReadRow>) -> Result<Vec<ReadResult>, String> {
        let mut read = Vec::new();
        let mut rows_read = RowCount::default();
        rows.for_each(|row| rows_read.send(row, &mut |one| read.push(one)));
        rows_read.finish(self, &mut |one| read.push(one))?;
        Ok(read)
    }

    /// Returns where a report can be read again, if it came from a file.
    fn place(&self, extent: RowExtent, part: u32) -> Option<SourcePlace> {
        Some(SourcePlace {
            file: Arc::clone(self.file.as_ref()?),
            entry: self.entry,
            extent,
            part,
        })
    }
}

/// The results of reading a row.
pub(super) enum ReadRow {
    Articles(Vec<Article>),
    /// It has no text; the line, and what to do.
    NoText(Option<usize>, &'static str),
    Bad(ReadFailure),
}

/// Counts the rows of a file, so that those without a text are said once.
#[derive(Default)]
struct RowCount {
    reports: usize,
    failures: usize,
    without_text: usize,
    first_without_text: Option<(Option<usize>, &'static str)>,
}

impl RowCount {
    fn send(&mut self, row: ReadRow, sink: &mut ReportSink<'_>) {
        match row {
            ReadRow::Articles(articles) => {
                self.reports += articles.len();
                articles.into_iter().map(Ok).for_each(sink);
            }
            ReadRow::Bad(failure) => {
                self.failures += 1;
                sink(Err(failure));
            }
            ReadRow::NoText(line, remedy) => {
                self.without_text += 1;
                self.first_without_text.get_or_insert((line, remedy));
            }
        }
    }

    /// Says which rows have no text; a file of such rows alone is a list of links.
    fn finish(self, content: &ContentReader<'_>, sink: &mut ReportSink<'_>) -> Result<(), String> {
        match (self.first_without_text, self.without_text) {
            (Some((_, remedy)), count) if count > 1 && self.reports == 0 => {
                return Err(format!("none of its {count} rows has a text; {remedy}"));
            }
            (Some((line, remedy)), 1) => {
                sink(Err(content.failure(line, &format!("no text; {remedy}"))));
            }
            (Some((line, remedy)), count) => {
                let reason = format!("no text, as in {} other rows; {remedy}", count - 1);
                sink(Err(content.failure(line, &reason)));
            }
            (None, _) if self.reports + self.failures == 0 => {
                return Err("empty; no rows in it".to_owned());
            }
            (None, _) => {}
        }
        Ok(())
    }
}

fn shown_size(bytes: usize) -> String {
    if bytes >= 1 << 20 {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{bytes} bytes")
    }
}

/// Leaves out the first `count` bytes of `input`.
pub(super) fn skip(input: &mut impl Read, count: u64) -> io::Result<()> {
    io::copy(&mut input.take(count), &mut io::sink()).map(drop)
}
