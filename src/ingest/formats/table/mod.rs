//! Tables: each record is a report, whose facts stand in columns of known names.
//!
//! The mark between cells is the one that gives the first line most known names. Facts are read like those of a JSON row; where
//! only an abstract or a highlight is there, the report is an excerpt.

mod batches;
mod day_order;
mod head;

use std::borrow::Cow;

use csv::ByteRecord;

use crate::article::{Article, ArticleId, Provenance, RowExtent, TextExtent};
use crate::text::{CleanText, sanitize};

use super::super::facts::{FactWords, ReportFacts};
use super::super::keys::FactKind;
use super::super::{compose, decode, excerpt, names};
use super::html;
use super::{FileStart, FormatFamily, FormatReader, RowFailure};
pub(in crate::ingest) use batches::{TableBatches, TableRecord};
use head::NameOrder;
pub(in crate::ingest) use head::TableHead;

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "tables: CSV, TSV, spreadsheets saved as text",
    endings: &["csv", "tsv", "tab", "psv"],
    facts: "headline, dek, outlet, author, date, address, subjects, event, in columns named as in [assets/ingest/columns.toml](assets/ingest/columns.toml)",
    recognize,
};

const NO_TEXT: &str = "name the column of the texts text, body or content";
const NO_COLUMNS: &str = "a table without known columns; name them title, text, source, date, author, url in its first line";

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    let named = start.has_ending(FAMILY.endings);
    let text = start.text();
    match TableHead::find(&text, named, start.is_whole) {
        Some(head) => {
            let marked = if start.bytes.starts_with(b"\xef\xbb\xbf") {
                3
            } else {
                0
            };
            Some(Ok(FormatReader::Table(Box::new(head.moved(marked)))))
        }
        None => named.then_some(Err(NO_COLUMNS)),
    }
}

/// Words that stand where nothing is known.
const MISSING: [&str; 10] = [
    "na", "n/a", "nan", "null", "none", "<na>", "nat", "-", "\\n", "nil",
];

fn is_missing(words: &str) -> bool {
    words.is_empty()
        || MISSING
            .iter()
            .any(|missing| missing.eq_ignore_ascii_case(words))
}

/// A cell that states a fact.
struct Cell<'a> {
    fact: FactKind,
    rank: usize,
    heading: &'a str,
    words: Cow<'a, str>,
}

impl TableHead {
    /// Returns the report of a record.
    pub(in crate::ingest) fn read(
        &self,
        name: &CleanText,
        record: &TableRecord,
    ) -> Result<Vec<Article>, RowFailure> {
        let mut cells = self.cells(&record.cells);
        cells.sort_by_key(|cell| cell.rank);
        let number = record.extent.line.unwrap_or_default();
        let path = CleanText::one_line(&format!("{name}#{number}"));
        let (text, extent) = text(&cells)?;
        let facts = self.facts(&cells);
        let text = match facts.dek.as_deref() {
            // So the dek is read, annotated and compared like that of a file.
            Some(dek) if !text.trim_start().starts_with(dek) => {
                Cow::Owned(format!("{dek}\n\n{text}"))
            }
            _ => text,
        };
        let article = compose::row_article(path, sanitize::sanitize(text), facts);
        let article = Article {
            id: id(&cells),
            extent,
            ..article
        };
        Ok(vec![article])
    }

    /// Returns the report of the record that `row` is.
    pub(in crate::ingest) fn read_again(
        &self,
        name: &CleanText,
        row: &[u8],
        extent: RowExtent,
    ) -> Result<Vec<Article>, RowFailure> {
        let mut cells = ByteRecord::new();
        match self.reader(row).read_byte_record(&mut cells) {
            Ok(true) => self.read(name, &TableRecord { cells, extent }),
            _ => Ok(Vec::new()),
        }
    }

    /// Returns the cells under known headings that hold something.
    fn cells<'a>(&'a self, record: &'a ByteRecord) -> Vec<Cell<'a>> {
        let cells = record.iter().zip(&self.columns);
        let known = cells.filter_map(|(cell, column)| {
            let column = column.as_ref()?;
            let words = trimmed(decode::text(cell).ok()?);
            (!is_missing(&words)).then_some(Cell {
                fact: column.fact,
                rank: column.rank,
                heading: &column.heading,
                words,
            })
        });
        known.collect()
    }

    fn facts(&self, cells: &[Cell<'_>]) -> ReportFacts {
        let mut facts = ReportFacts::default();
        for cell in cells {
            let words = match cell.fact {
                FactKind::Published => self.days.in_order(&cell.words),
                FactKind::Author if self.names == NameOrder::LastFirst => {
                    names::turned_list(&cell.words).into()
                }
                _ => Cow::Borrowed(&*cell.words),
            };
            let said = FactWords {
                words: &words,
                provenance: Provenance::Column(cell.heading.to_owned().into()),
                span: None,
            };
            facts.add_fact(cell.fact, said);
        }
        facts
    }
}

/// Returns the text of a record: its body, else its abstract, which is an excerpt.
fn text<'a>(cells: &'a [Cell<'_>]) -> Result<(Cow<'a, str>, TextExtent), RowFailure> {
    let find = |fact| cells.iter().find(|cell| cell.fact == fact);
    if let Some(body) = find(FactKind::Body).or_else(|| find(FactKind::Html)) {
        if body.fact == FactKind::Html || html::is_fragment(&body.words) {
            let text = html::fragment_text(&body.words).map_err(RowFailure::Bad)?;
            return Ok((Cow::Owned(text), TextExtent::Whole));
        }
        if let Some(start) = excerpt::without_cut_mark(&body.words) {
            return Ok((Cow::Borrowed(start), TextExtent::Excerpt));
        }
        return Ok((with_line_ends(&body.words), TextExtent::Whole));
    }
    let summary = find(FactKind::Summary).ok_or(RowFailure::NoText(NO_TEXT))?;
    Ok((with_line_ends(&summary.words), TextExtent::Excerpt))
}

/// Returns `words` with line ends for `\n`, which programs write where a cell may have no line ends.
fn with_line_ends(words: &str) -> Cow<'_, str> {
    if words.contains('\n') || !words.contains("\\n") {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words.replace("\\r\\n", "\n").replace("\\n", "\n"))
}

/// Returns the id of a record: a hash of the cells that state something, so that a number of the row or a later column does not
/// change it.
fn id(cells: &[Cell<'_>]) -> ArticleId {
    let words: Vec<&str> = cells.iter().map(|cell| &*cell.words).collect();
    ArticleId::for_text(&words.join("\u{1f}"))
}

fn trimmed(words: Cow<'_, str>) -> Cow<'_, str> {
    match words {
        Cow::Borrowed(words) => Cow::Borrowed(words.trim()),
        Cow::Owned(words) => Cow::Owned(words.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests;
