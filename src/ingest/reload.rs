//! Reads one report again from its place, and as little else of its file as can be.
//!
//! A row is read by itself, and so is a part of an archive's export once the text around it was taken out. What is packed is
//! unpacked up to that place.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use crate::article::{Article, ArticleId, RowExtent, SourcePlace};

use super::content::{ContentReader, ReadRow, START, skip};
use super::failure::{ReadFailure, explain};
use super::formats::{FileStart, FormatReader, RowReader};
use super::input::{ReadLimits, open_file, read_up_to};
use super::source::ReportSource;
use super::unpack::{self, ZipFiles};

/// Reason why a report is not where it was.
const CHANGED: &str = "changed since it was read; open it again";

impl SourcePlace {
    /// Reads the report with this id again.
    ///
    /// # Errors
    /// Fails if the file cannot be read any more, or if another report is at the place.
    pub fn reload(&self, id: ArticleId) -> Result<Article, ReadFailure> {
        let source = ReportSource::file(self.file.to_path_buf());
        let failure = |reason: &str| source.failure(self.extent.line, reason);
        let read = PlacedContent::open(&source, &LIMITS, self.entry)
            .and_then(|content| content.article(self));
        let article = read.map_err(|reason| failure(&reason))?;
        let same = article.filter(|article| article.id == id);
        same.ok_or_else(|| failure(CHANGED))
    }
}

/// Bytes of a file that are read again at most.
const MOST_BYTES: usize = 1 << 30;
/// The file was within the limits of its day; now it may be as large as it is.
static LIMITS: ReadLimits = ReadLimits { bytes: MOST_BYTES };

/// Reads many reports again, one after the other: a file of rows is opened once for those that follow each other, and not anew for
/// each.
#[derive(Default)]
pub struct ReportReloader {
    /// The last file, and its rows if it has some.
    last: Option<(Arc<Path>, Option<PlacedRows>)>,
}

/// A file of rows, opened.
struct PlacedRows {
    content: ContentReader<'static>,
    file: File,
    read: RowReader,
}

impl ReportReloader {
    /// Reads the report with this id again, as [`SourcePlace::reload`] does.
    ///
    /// # Errors
    /// Fails if the file cannot be read any more, or if another report is at the place.
    pub fn reload(&mut self, place: &SourcePlace, id: ArticleId) -> Result<Article, ReadFailure> {
        let again = self.row(place).filter(|article| article.id == id);
        again.map_or_else(|| place.reload(id), Ok)
    }

    /// Returns the report at `place`, if that is a row of a file that is not packed.
    fn row(&mut self, place: &SourcePlace) -> Option<Article> {
        place.extent.line.filter(|_| place.entry.is_none())?;
        let last = self.last.as_ref();
        if last.is_none_or(|(file, _)| *file != place.file) {
            self.last = Some((Arc::clone(&place.file), PlacedRows::open(&place.file)));
        }
        let (_, rows) = self.last.as_mut()?;
        rows.as_mut()?.row(place)
    }
}

impl PlacedRows {
    fn open(path: &Path) -> Option<Self> {
        let source = ReportSource::file(path.to_path_buf());
        let opened = PlacedContent::open(&source, &LIMITS, None).ok()?;
        match (opened.reader().ok()?, opened.rest) {
            (FormatReader::Rows(read), Rest::File(file)) => Some(Self {
                content: opened.content,
                file,
                read,
            }),
            _ => None,
        }
    }

    fn row(&mut self, place: &SourcePlace) -> Option<Article> {
        let row = bytes_at(&mut self.file, place.extent).ok()?;
        match self.content.read_row(Some(&row), place.extent, self.read) {
            ReadRow::Articles(articles) => articles.into_iter().nth(place.part as usize),
            _ => None,
        }
    }
}

/// The content that holds a place, unpacked.
struct PlacedContent<'a> {
    content: ContentReader<'a>,
    /// Its first bytes.
    start: Vec<u8>,
    /// The bytes that follow these.
    rest: Rest<'a>,
}

enum Rest<'a> {
    File(File),
    Stream(Box<dyn Read + Send + 'a>),
}

impl Read for Rest<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Rest::File(file) => file.read(buffer),
            Rest::Stream(stream) => stream.read(buffer),
        }
    }
}

impl<'a> PlacedContent<'a> {
    fn open(
        source: &ReportSource,
        limits: &'a ReadLimits,
        entry: Option<u32>,
    ) -> Result<Self, String> {
        let path = source.path.as_deref().unwrap_or(Path::new(""));
        let rest = Rest::File(open_file(path)?);
        let mut content = Self::of(source.content(limits), rest)?;
        let mut entry = entry;
        loop {
            content = match content.reader() {
                Ok(FormatReader::Gzip) => content.gunzipped()?,
                Ok(FormatReader::Zip) => content.unzipped(entry.take())?,
                _ => return Ok(content),
            };
        }
    }

    fn of(content: ContentReader<'a>, mut rest: Rest<'a>) -> Result<Self, String> {
        let mut start = Vec::new();
        read_up_to(&mut rest, &mut start, START)?;
        Ok(Self {
            content,
            start,
            rest,
        })
    }

    fn reader(&self) -> Result<FormatReader, &'static str> {
        let is_whole = self.start.len() < START;
        FileStart::new(self.content.path.as_deref(), &self.start, is_whole).reader()
    }

    fn gunzipped(self) -> Result<Self, String> {
        let packed = Box::new(Cursor::new(self.start).chain(self.rest));
        let inner = unpack::gunzip(packed, self.content.limits);
        Self::of(self.content.unpacked()?, Rest::Stream(inner))
    }

    /// Returns the content of a file of this zip; without a number, of the text of an office file.
    fn unzipped(self, number: Option<u32>) -> Result<Self, String> {
        let content = self.content.clone();
        let bytes = self.all()?;
        let mut files = ZipFiles::open(&bytes, content.limits)?;
        let (number, inside) = match number {
            Some(number) => {
                let name = files.name(number).ok_or(CHANGED)?;
                (number, content.inside(&name, number))
            }
            None => (files.document()?.ok_or(CHANGED)?, content.unpacked()?),
        };
        let bytes = files.read(number)?;
        Self::of(inside, Rest::Stream(Box::new(Cursor::new(bytes))))
    }

    /// Returns the article at `place`.
    fn article(self, place: &SourcePlace) -> Result<Option<Article>, String> {
        let at = place.part as usize;
        let reader = self.reader()?;
        let content = self.content.clone();
        let row = match (reader, place.extent.line) {
            (FormatReader::Rows(read), Some(_)) => {
                let row = self.bytes(place.extent)?;
                content.read_row(Some(&row), place.extent, read)
            }
            (FormatReader::Table(head), Some(_)) => {
                let head = head.settled(&self.start);
                let row = self.bytes(place.extent)?;
                content.placed(
                    head.read_again(&content.name, &row, place.extent),
                    place.extent,
                )
            }
            (FormatReader::Parts(reader), _) => {
                let text = self.all()?;
                let text = (reader.decode)(&text)?;
                let from = usize::try_from(place.extent.start).unwrap_or(usize::MAX);
                let length = usize::try_from(place.extent.length).unwrap_or(usize::MAX);
                let part = text.get(from..from.saturating_add(length)).ok_or(CHANGED)?;
                let article = match (reader.split)(&text).len() {
                    1 => content.with_name_facts((reader.read)(&content.name, part)?),
                    _ => (reader.read)(&content.part_name(at), part)?,
                };
                let place = Some(place.clone());
                return Ok(Some(Article { place, ..article }));
            }
            (reader, _) => {
                let bytes = self.all()?;
                if bytes.len() as u64 != place.extent.length {
                    return Err(CHANGED.to_owned());
                }
                let read = content.read_whole(&bytes, reader).map_err(|_| CHANGED)?;
                return Ok(read.into_iter().flatten().nth(at));
            }
        };
        match row {
            ReadRow::Articles(articles) => Ok(articles.into_iter().nth(at)),
            _ => Ok(None),
        }
    }

    /// Returns the bytes of a row.
    fn bytes(self, extent: RowExtent) -> Result<Vec<u8>, String> {
        match self.rest {
            Rest::File(mut file) => bytes_at(&mut file, extent),
            Rest::Stream(stream) => {
                let wanted = usize::try_from(extent.length).unwrap_or(usize::MAX);
                let mut bytes = Vec::new();
                let mut stream = Cursor::new(self.start).chain(stream);
                skip(&mut stream, extent.start).map_err(|error| explain(&error))?;
                read_up_to(&mut stream, &mut bytes, wanted)?;
                Ok(bytes)
            }
        }
    }

    fn all(self) -> Result<Vec<u8>, String> {
        let (mut bytes, mut rest) = (self.start, self.rest);
        self.content.read_rest(&mut rest, &mut bytes)?;
        Ok(bytes)
    }
}

/// Returns the bytes of a row of a file.
fn bytes_at(file: &mut File, extent: RowExtent) -> Result<Vec<u8>, String> {
    let wanted = usize::try_from(extent.length).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    let sought = file.seek(SeekFrom::Start(extent.start));
    sought.map_err(|error| explain(&error))?;
    read_up_to(file, &mut bytes, wanted)?;
    Ok(bytes)
}
