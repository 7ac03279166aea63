//! The table of file formats: how each family is recognised and read.
//!
//! A format is recognised by its first bytes, and where these do not tell by the ending of its name. To add one, write its room
//! beside this file and give it a row in [`FORMATS`]; README's table of formats is made of these rows.

mod archive;
mod corpora;
#[cfg(test)]
mod damaged;
mod docx;
mod entries;
mod europresse;
mod export;
mod export_lines;
mod factiva;
pub(super) mod html;
pub(super) mod json;
mod lexis;
mod mail;
mod markdown;
mod newsbank;
mod nexis;
mod plain_text;
mod proquest;
#[cfg(test)]
mod reading;
mod references;
mod refused;
mod rtf;
pub(super) mod table;
mod xml;

use std::borrow::Cow;
use std::path::Path;

use crate::article::Article;
use crate::text::{CleanText, Span};

use super::decode;
use super::failure::ReadResult;
use table::TableHead;

/// Marks a file as Unicode; at the start of UTF-8 it says nothing else.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A family of file formats.
struct FormatFamily {
    /// Its name, as README has it.
    name: &'static str,
    /// Endings, in small letters, of the files that are read from a folder; files with other endings are passed over there.
    endings: &'static [&'static str],
    /// The facts that are taken from it, in words; empty for what is not read.
    facts: &'static str,
    /// Returns how a file is read, or why it is not, if it belongs to the family.
    recognize: fn(&FileStart<'_>) -> Option<Result<FormatReader, &'static str>>,
}

/// The families, in the order in which they are asked; the last one takes every file.
const FORMATS: [&FormatFamily; 18] = [
    &archive::FAMILY,
    &docx::FAMILY,
    &rtf::FAMILY,
    &factiva::FAMILY,
    &europresse::FAMILY,
    &mail::FAMILY,
    &lexis::FAMILY,
    &html::FAMILY,
    &xml::FAMILY,
    &references::FAMILY,
    &refused::FAMILY,
    &json::FAMILY,
    &markdown::FAMILY,
    &table::FAMILY,
    &proquest::FAMILY,
    &newsbank::FAMILY,
    &corpora::FAMILY,
    &plain_text::FAMILY,
];

/// A family of formats, in words.
#[derive(Clone, Copy, Debug)]
pub struct FormatDescription {
    /// Its name.
    pub name: &'static str,
    /// The endings of its files.
    pub endings: &'static [&'static str],
    /// The facts that are taken from it.
    pub facts: &'static str,
}

/// Returns the families of formats that are read.
pub fn descriptions() -> impl Iterator<Item = FormatDescription> {
    let read = FORMATS.iter().filter(|family| !family.facts.is_empty());
    read.map(|family| FormatDescription {
        name: family.name,
        endings: family.endings,
        facts: family.facts,
    })
}

/// Way to read the reports of a file.
#[derive(Clone, Debug)]
pub(super) enum FormatReader {
    /// From the text of the whole file; takes the file's name.
    Whole(fn(&CleanText, &str) -> Result<Vec<ReadResult>, String>),
    /// From the bytes of the whole file; takes the file's name.
    Bytes(fn(&CleanText, &[u8]) -> Result<Vec<ReadResult>, String>),
    /// From each part of its text by itself.
    Parts(PartsReader),
    /// From each line by itself; takes the file's name and the line's number.
    Rows(RowReader),
    /// From each record of a table.
    Table(Box<TableHead>),
    /// From what it unpacks to.
    Gzip,
    /// From the files in it.
    Zip,
}

/// Reads the reports of one line.
pub(super) type RowReader = fn(&CleanText, usize, &str) -> Result<Vec<Article>, RowFailure>;

/// Reads a file of several reports part by part, so that one of them can be read again without the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct PartsReader {
    /// Returns the text that the file's bytes hold.
    pub(super) decode: for<'a> fn(&'a [u8]) -> Result<Cow<'a, str>, String>,
    /// Returns the places of the reports in that text.
    pub(super) split: fn(&str) -> Vec<Span>,
    /// Returns the report of a part, whose name comes with it.
    pub(super) read: fn(&CleanText, &str) -> Result<Article, String>,
}

/// The reason why a row gives no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowFailure {
    /// It has no text, with what to do; said once a file.
    NoText(&'static str),
    /// It cannot be read, with what to do.
    Bad(String),
}

impl RowFailure {
    pub(super) fn bad(reason: &str) -> Self {
        Self::Bad(reason.to_owned())
    }
}

/// Returns the text of a file of plain text, for [`PartsReader::decode`].
fn decode_text(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    decode::text(bytes).map_err(str::to_owned)
}

/// The evidence for the format of a file.
pub(super) struct FileStart<'a> {
    /// The ending of its name, in small letters.
    ending: Option<String>,
    /// Its first bytes.
    bytes: &'a [u8],
    /// Whether these are all.
    is_whole: bool,
}

impl<'a> FileStart<'a> {
    /// Returns the start of the file at `path` that begins with `bytes`, which may be all of it; standard input has no path.
    pub(super) fn new(path: Option<&Path>, bytes: &'a [u8], is_whole: bool) -> Self {
        Self {
            ending: path.and_then(ending),
            bytes,
            is_whole,
        }
    }

    /// Returns the way to read the file, or why it is not read.
    pub(super) fn reader(&self) -> Result<FormatReader, &'static str> {
        let found = FORMATS.iter().find_map(|family| (family.recognize)(self));
        found.unwrap_or(Err("of an unknown format"))
    }

    /// Returns whether the text is UTF-16 and says so; its lines end in more than one byte.
    pub(super) fn is_utf16(&self) -> bool {
        self.bytes.starts_with(b"\xff\xfe") || self.bytes.starts_with(b"\xfe\xff")
    }

    fn has_ending(&self, endings: &[&str]) -> bool {
        let ending = self.ending.as_deref();
        ending.is_some_and(|ending| endings.contains(&ending))
    }

    /// Returns the first bytes without byte order mark and white space.
    fn content(&self) -> &'a [u8] {
        let mark = self.bytes.strip_prefix(b"\xef\xbb\xbf");
        mark.unwrap_or(self.bytes).trim_ascii_start()
    }

    /// Returns the text that the first bytes begin with, decoded, without byte order mark; empty where they are none.
    fn text(&self) -> Cow<'a, str> {
        match decode::text(self.bytes).unwrap_or_default() {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches(BYTE_ORDER_MARK)),
            Cow::Owned(text) => Cow::Owned(text.trim_start_matches(BYTE_ORDER_MARK).to_owned()),
        }
    }

    /// Returns whether the content begins with one of `tags`, in small letters or capitals.
    fn begins_with(&self, tags: &[&[u8]]) -> bool {
        let content = self.content();
        tags.iter().any(|tag| {
            let start = content.get(..tag.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(tag))
        })
    }
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_string_lossy().to_ascii_lowercase())
}

/// Returns whether a file in a folder is read: most others that stand beside reports (pictures, styles) are none.
pub(super) fn is_read_in_folders(path: &Path) -> bool {
    let Some(ending) = ending(path) else {
        return true;
    };
    let mut families = FORMATS.iter();
    families.any(|family| family.endings.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str, start: &[u8]) -> Result<&'static str, &'static str> {
        match FileStart::new(Some(Path::new(name)), start, true).reader() {
            Ok(FormatReader::Whole(_)) if start.first() == Some(&b'{') => Ok("JSON"),
            Ok(FormatReader::Whole(_)) if start.starts_with(b"[{") => Ok("JSON"),
            Ok(FormatReader::Whole(_)) => Ok("text"),
            Ok(FormatReader::Rows(_)) => Ok("rows"),
            Ok(FormatReader::Table(_)) => Ok("table"),
            Ok(_) => Ok("other"),
            Err(reason) => Err(reason),
        }
    }

    #[test]
    fn a_file_is_known_by_its_name_or_its_first_words() {
        for (name, start, format) in [
            ("a.txt", "Carney said {so}.", "text"),
            ("a.txt", "{\"body\":\"x\"}\n{\"body\":\"y\"}\n", "rows"),
            ("a.json", "{\"body\":\"x\"}\n{\"body\":\"y\"}\n", "rows"),
            ("a.json", "{\n \"body\":\"x\"}", "JSON"),
            ("a.json", "[{\"body\":\"x\"}]", "JSON"),
            ("-", "[{\"body\":\"x\"}]", "JSON"),
            ("a.json", "{\"articles\":[{\"body\":\"x\"}]}\n", "JSON"),
            ("a.txt", "[Photo] Carney", "text"),
            ("a.jsonl", "", "rows"),
            ("a.txt", "<b>Carney</b> said", "text"),
        ] {
            assert_eq!(known(name, start.as_bytes()), Ok(format), "{name} {start}");
        }
        assert!(known("a.json", b"Carney").is_err_and(|reason| reason.contains("not JSON")));
    }

    #[test]
    fn what_is_not_read_is_named_with_what_to_do() {
        for (name, start, reason) in [
            ("a.xml", b"<?xml version='1.0'?><x>".as_slice(), "XML"),
            ("a.jsonl", b"BZh91", "bunzip2"),
            ("a.doc", b"\xd0\xcf\x11\xe0", "Word"),
            ("a.opml", b"<opml><body/></opml>", "OPML"),
        ] {
            let refused = known(name, start);
            assert!(refused.is_err_and(|said| said.contains(reason)), "{name}");
        }
    }
}
