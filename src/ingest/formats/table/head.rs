//! Finds the head of a table: the mark between its cells, and which of its columns state which facts.

use std::borrow::Cow;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::super::super::keys::{self, FactKind};
use super::day_order::DayOrder;

/// Marks that stand between the cells of tables.
const MARKS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Longest heading in bytes; longer first lines are prose.
const LONGEST_HEADING: usize = 60;
/// Columns without headings as trafilatura writes them: address, id, print, host, title, image, date, text, comments, licence, kind.
const TRAFILATURA: [Option<(FactKind, &str)>; 11] = [
    Some((FactKind::Url, "url")),
    None,
    None,
    Some((FactKind::Outlet, "host")),
    Some((FactKind::Headline, "title")),
    None,
    Some((FactKind::Published, "date")),
    Some((FactKind::Body, "text")),
    None,
    None,
    None,
];

/// The first line of a table, understood.
#[derive(Clone, Debug)]
pub(in crate::ingest) struct TableHead {
    mark: u8,
    /// Bytes before the first record.
    pub(super) start: usize,
    /// Lines before it.
    pub(super) lines: u64,
    pub(super) columns: Vec<Option<TableColumn>>,
    /// The order of day and month in its dates.
    pub(super) days: DayOrder,
    /// The order of the parts of its authors' names.
    pub(super) names: NameOrder,
}

/// A column that states a fact.
#[derive(Clone, Debug)]
pub(super) struct TableColumn {
    pub(super) fact: FactKind,
    pub(super) rank: usize,
    /// The heading as it is written.
    pub(super) heading: String,
}

/// The order of the parts of a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameOrder {
    AsWritten,
    /// `Doe, Jane; Roe, John`, as reference managers write.
    LastFirst,
}

impl TableHead {
    /// Finds the head that `text` begins with; a file that is `named` a table may have other columns than most.
    pub(super) fn find(text: &str, named: bool, is_whole: bool) -> Option<Self> {
        let (first, marks) = said_mark(text);
        let found = marks.iter().filter_map(|&mark| {
            let head = Self::with_mark(text, first, mark)?;
            let known = head.columns.iter().flatten().count();
            (head.states_enough(known, named) && (named || head.fits(text, is_whole)))
                .then_some((known, head))
        });
        // The first of equals: a comma is the usual mark.
        let best = found.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, head)| head)
            .or_else(|| Self::trafilatura(text))
    }

    fn with_mark(text: &str, first: usize, mark: u8) -> Option<Self> {
        let rest = text.get(first..)?;
        let mut headings = ByteRecord::new();
        let mut reader = reader(rest.as_bytes(), mark);
        reader.read_byte_record(&mut headings).ok()?;
        let position = reader.position();
        let columns: Vec<_> = headings.iter().map(column).collect();
        let start = first + usize::try_from(position.byte()).ok()?;
        let is_heading = |cell: &[u8]| cell.len() <= LONGEST_HEADING && !cell.ends_with(b".");
        (headings.len() > 1 && headings.iter().all(is_heading)).then(|| Self {
            mark,
            start,
            lines: text.get(..start).unwrap_or_default().matches('\n').count() as u64,
            names: name_order(&headings),
            columns,
            days: DayOrder::Unknown,
        })
    }

    /// Returns whether the columns are those of a table of reports and of nothing else.
    fn states_enough(&self, known: usize, named: bool) -> bool {
        let facts = self.columns.iter().flatten().map(|column| column.fact);
        let has_reports = facts.clone().any(|fact| {
            matches!(
                fact,
                FactKind::Headline | FactKind::Body | FactKind::Summary | FactKind::Html
            )
        });
        has_reports && known >= if named { 1 } else { 2 }
    }

    /// Returns whether the first record has as many cells as there are headings.
    fn fits(&self, text: &str, is_whole: bool) -> bool {
        let rest = text.get(self.start..).unwrap_or_default();
        let mut reader = self.reader(rest.as_bytes());
        let mut cells = ByteRecord::new();
        let read = reader.read_byte_record(&mut cells).is_ok_and(|read| read);
        let is_cut = !is_whole && reader.is_done();
        read && (cells.len() == self.columns.len() || is_cut)
    }

    /// Returns the head of a table that trafilatura wrote, which has no headings.
    fn trafilatura(text: &str) -> Option<Self> {
        let mut cells = ByteRecord::new();
        reader(text.as_bytes(), b'\t')
            .read_byte_record(&mut cells)
            .ok()?;
        let is_address = cells.get(0)?.starts_with(b"http");
        let column = |(rank, fact): (usize, &Option<(FactKind, &str)>)| {
            let (fact, heading) = (*fact)?;
            Some(TableColumn {
                fact,
                rank,
                heading: heading.to_owned(),
            })
        };
        (is_address && cells.len() == TRAFILATURA.len()).then(|| Self {
            mark: b'\t',
            start: 0,
            lines: 0,
            columns: TRAFILATURA.iter().enumerate().map(column).collect(),
            days: DayOrder::Unknown,
            names: NameOrder::AsWritten,
        })
    }

    /// Returns the same for a file with `bytes` more before it.
    pub(super) fn moved(self, bytes: usize) -> Self {
        Self {
            start: self.start + bytes,
            ..self
        }
    }

    /// Returns the same with the order of day and month that the dates in `bytes`, which the file begins with, settle.
    pub(in crate::ingest) fn settled(mut self, bytes: &[u8]) -> Self {
        let is_date = |column: &Option<TableColumn>| {
            column
                .as_ref()
                .is_some_and(|column| column.fact == FactKind::Published)
        };
        let rest = bytes.get(self.start..).unwrap_or_default();
        if let Some(at) = self.columns.iter().position(is_date) {
            self.days = DayOrder::of_column(self.reader(rest), at);
        }
        self
    }

    /// Returns a reader of the records in `input`.
    pub(super) fn reader<R: std::io::Read>(&self, input: R) -> Reader<R> {
        reader(input, self.mark)
    }
}

/// Returns a reader of records; a short one is read as far as it goes.
fn reader<R: std::io::Read>(input: R, mark: u8) -> Reader<R> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark)
        .from_reader(input)
}

/// Reads the line `sep=;` with which Excel is told the mark; returns the place after it and the marks that may be meant.
fn said_mark(text: &str) -> (usize, Cow<'static, [u8]>) {
    let line = text.lines().next().unwrap_or_default();
    match line.strip_prefix("sep=").map(str::as_bytes) {
        Some(&[mark]) => {
            let end = text.find('\n').map_or(text.len(), |end| end + 1);
            (end, Cow::Owned(vec![mark]))
        }
        _ => (0, Cow::Borrowed(&MARKS)),
    }
}

/// Returns the column with this heading, if it states a fact.
fn column(heading: &[u8]) -> Option<TableColumn> {
    let heading = String::from_utf8_lossy(heading);
    let heading = heading.trim();
    let name = keys::column(heading)?;
    Some(TableColumn {
        fact: name.fact,
        rank: name.rank,
        heading: heading.to_owned(),
    })
}

/// Returns the order of names in a table with these headings: Zotero's tables have one no other has.
fn name_order(headings: &ByteRecord) -> NameOrder {
    let is_zotero = headings.iter().any(|heading| heading == b"Item Type");
    if is_zotero {
        NameOrder::LastFirst
    } else {
        NameOrder::AsWritten
    }
}
