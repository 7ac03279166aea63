//! What a file holds: one report as text, one JSON value, or a JSON row a line. Told by its name, and by its first words
//! where the name says nothing; a page or a feed is recognised so that it can be refused with what to do.

use std::path::Path;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// One report.
    Text,
    /// An object, or a list of them.
    Json,
    /// An object on each line.
    Rows,
}

/// Why a page is not read.
const HTML: &str = "HTML is not read yet; save the page as text";
const FEED: &str = "XML feeds are not read yet; save the reports as text";

/// Endings of the files that are read from a folder; the others stand beside the reports and are passed over.
pub(super) fn is_readable(path: &Path) -> bool {
    match ending(path).as_deref() {
        None => true,
        Some(ending) => matches!(
            ending,
            "txt" | "text" | "md" | "markdown" | "json" | "jsonl" | "ndjson" | "html" | "htm"
        ),
    }
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_string_lossy().to_ascii_lowercase())
}

/// Returns what the file at `path` holds, which begins with `start`; or why it is not read.
pub(super) fn format(path: &Path, start: &[u8]) -> Result<Format, &'static str> {
    let start = start
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(start)
        .trim_ascii_start();
    match ending(path).as_deref() {
        Some("jsonl" | "ndjson") => return Ok(Format::Rows),
        Some("html" | "htm" | "xhtml") => return Err(HTML),
        _ => {}
    }
    if begins(start, b"<!doctype html") || begins(start, b"<html") {
        return Err(HTML);
    }
    if begins(start, b"<?xml") || begins(start, b"<rss") || begins(start, b"<feed") {
        return Err(FEED);
    }
    let json = ending(path).as_deref() == Some("json");
    match start.first() {
        Some(b'{') if is_row(start) => Ok(Format::Rows),
        Some(b'{' | b'[') if json || is_json(start) => Ok(Format::Json),
        _ if json => Err("not JSON; it must begin with [ or {"),
        _ => Ok(Format::Text),
    }
}

fn begins(bytes: &[u8], start: &[u8]) -> bool {
    bytes
        .get(..start.len())
        .is_some_and(|bytes| bytes.eq_ignore_ascii_case(start))
}

/// Whether the first line is a whole object and not the last.
fn is_row(start: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', start) else {
        return false;
    };
    let line = start.get(..end).unwrap_or_default();
    line.trim_ascii_end().ends_with(b"}")
        && std::str::from_utf8(line).is_ok_and(|line| super::json::parse(line).is_ok())
}

/// Whether a file without a telling name begins like JSON: an object's first key, or a list of objects.
fn is_json(start: &[u8]) -> bool {
    let second = start
        .get(1..)
        .unwrap_or_default()
        .trim_ascii_start()
        .first();
    matches!(
        (start.first(), second),
        (Some(b'{'), Some(b'"')) | (Some(b'['), Some(b'{'))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_name_or_its_first_words() {
        let known = |name: &str, start: &str| format(Path::new(name), start.as_bytes());
        assert_eq!(known("a.txt", "Carney said {so}."), Ok(Format::Text));
        assert_eq!(
            known("a.txt", "{\"body\":\"x\"}\n{\"body\":\"y\"}\n"),
            Ok(Format::Rows)
        );
        assert_eq!(
            known("a.json", "{\"body\":\"x\"}\n{\"body\":\"y\"}\n"),
            Ok(Format::Rows)
        );
        assert_eq!(known("a.json", "{\n \"body\":\"x\"}"), Ok(Format::Json));
        assert_eq!(known("a.json", "[{\"body\":\"x\"}]"), Ok(Format::Json));
        assert_eq!(known("-", "[{\"body\":\"x\"}]"), Ok(Format::Json));
        assert_eq!(known("a.txt", "[Photo] Carney"), Ok(Format::Text));
        assert_eq!(known("a.jsonl", ""), Ok(Format::Rows));
        assert!(known("a.json", "Carney").is_err());
    }

    #[test]
    fn pages_and_feeds_are_refused_and_a_tag_in_prose_is_not() {
        let known = |name: &str, start: &str| format(Path::new(name), start.as_bytes());
        assert_eq!(known("a.html", "x"), Err(HTML));
        assert_eq!(known("a", "\n<!DOCTYPE HTML><p>"), Err(HTML));
        assert!(known("a.xml", "<?xml version='1.0'?>").is_err());
        assert_eq!(known("a.txt", "<b>Carney</b> said"), Ok(Format::Text));
    }
}
