//! Formats that are not read: each is named, with what to do, instead of being taken for text.

use super::{FileStart, FormatFamily};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    endings: &["html", "htm"],
    recognize: |start| refusal(start).map(Err),
};

/// First bytes of files, and why they are not read.
const SIGNATURES: [(&[u8], &str); 10] = [
    (b"\xff\xfe\0\0", "UTF-32 is not read; save it as UTF-8"),
    (b"\0\0\xfe\xff", "UTF-32 is not read; save it as UTF-8"),
    (b"\x1f\x8b", "a gzip file; unpack it first (gunzip)"),
    (b"BZh", "a bzip2 file; unpack it first (bunzip2)"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; unpack it first (unzstd)"),
    (b"\xfd7zXZ", "an xz file; unpack it first (unxz)"),
    (
        b"PK\x03\x04",
        "a zip or office file; unpack it, or save it as text",
    ),
    (b"%PDF-", "a PDF; save its text first (pdftotext)"),
    (b"\x89PNG", "a picture, not text"),
    (b"\xff\xd8\xff", "a picture, not text"),
];

/// Returns why a file is not read.
fn refusal(start: &FileStart<'_>) -> Option<&'static str> {
    let mut signatures = SIGNATURES.iter();
    if let Some((_, reason)) = signatures.find(|known| start.bytes.starts_with(known.0)) {
        return Some(reason);
    }
    if start.has_ending(&["html", "htm", "xhtml"])
        || start.begins_with(&[b"<!doctype html", b"<html"])
    {
        return Some("HTML is not read yet; save the page as text");
    }
    let is_feed = start.begins_with(&[b"<?xml", b"<rss", b"<feed"]);
    is_feed.then_some("XML feeds are not read yet; save the reports as text")
}
