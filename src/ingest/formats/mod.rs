//! The table of file formats: how each family is recognised and read.
//!
//! A format is recognised by its first bytes and by the ending of its name. To add one, write its room beside this file and
//! give it a row in [`FORMATS`].

pub(super) mod json;
mod plain_text;
mod refused;

use std::path::Path;

use crate::article::Article;
use crate::text::CleanText;

use super::failure::ReadResult;

/// Marks a file as Unicode; at the start of UTF-8 it says nothing else.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A family of file formats.
struct FormatFamily {
    /// Endings, in small letters, of the files that are read from a folder; files with other endings are passed over there.
    endings: &'static [&'static str],
    /// Returns how a file is read, or why it is not, if it belongs to the family.
    recognize: fn(&FileStart<'_>) -> Option<Result<FormatReader, &'static str>>,
}

/// The families, in the order in which they are asked; the last one takes every file.
const FORMATS: [&FormatFamily; 3] = [&refused::FAMILY, &json::FAMILY, &plain_text::FAMILY];

/// Way to read the reports of a file.
#[derive(Clone, Copy, Debug)]
pub(super) enum FormatReader {
    /// From the text of the whole file; takes the file's name.
    Whole(fn(&CleanText, &str) -> Result<Vec<ReadResult>, String>),
    /// From each line by itself; takes the file's name and the line's number.
    Rows(RowReader),
}

/// Reads the reports of one line.
pub(super) type RowReader = fn(&CleanText, usize, &str) -> Result<Vec<Article>, String>;

/// The evidence for the format of a file.
pub(super) struct FileStart<'a> {
    /// The ending of its name, in small letters.
    ending: Option<String>,
    /// Its first bytes.
    bytes: &'a [u8],
}

impl<'a> FileStart<'a> {
    /// Returns the start of the file at `path` that begins with `bytes`; standard input has no path.
    pub(super) fn new(path: Option<&Path>, bytes: &'a [u8]) -> Self {
        Self {
            ending: path.and_then(ending),
            bytes,
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
        match FileStart::new(Some(Path::new(name)), start).reader() {
            Ok(FormatReader::Whole(_)) if start.first() == Some(&b'{') => Ok("JSON"),
            Ok(FormatReader::Whole(_)) if start.starts_with(b"[{") => Ok("JSON"),
            Ok(FormatReader::Whole(_)) => Ok("text"),
            Ok(FormatReader::Rows(_)) => Ok("rows"),
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
            ("a.html", b"x".as_slice(), "HTML"),
            ("a", b"\n<!DOCTYPE HTML><p>", "HTML"),
            ("a.xml", b"<?xml version='1.0'?>", "XML"),
            ("a.jsonl", b"\x1f\x8b\x08\0", "gunzip"),
        ] {
            let refused = known(name, start);
            assert!(refused.is_err_and(|said| said.contains(reason)), "{name}");
        }
    }
}
