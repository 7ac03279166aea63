//! Formats that are not read: each is named, with what to do, instead of being taken for text.

use super::{FileStart, FormatFamily};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "not read",
    endings: &[
        "eml", "mbox", "mht", "mhtml", "xml", "rss", "atom", "opml", "ris", "bib",
    ],
    facts: "",
    recognize: |start| refusal(start).map(Err),
};

/// First bytes of files, and why they are not read.
const SIGNATURES: [(&[u8], &str); 18] = [
    (b"\xff\xfe\0\0", "UTF-32 is not read; save it as UTF-8"),
    (b"\0\0\xfe\xff", "UTF-32 is not read; save it as UTF-8"),
    (b"BZh", "a bzip2 file; unpack it first (bunzip2)"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; unpack it first (unzstd)"),
    (b"\xfd7zXZ", "an xz file; unpack it first (unxz)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR file; unpack it first"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Word, Excel or Outlook file; save it as .docx, .csv or .eml",
    ),
    (b"%PDF-", "a PDF; save its text first (pdftotext)"),
    (b"%!PS", "PostScript; save its text first (ps2ascii)"),
    (b"SQLite format 3\0", "a database; export its table as CSV"),
    (b"PAR1", "a Parquet table; save it as CSV or JSON Lines"),
    (b"\x89PNG", "a picture, not text"),
    (b"\xff\xd8\xff", "a picture, not text"),
    (b"GIF8", "a picture, not text"),
    (b"RIFF", "a picture or a sound, not text"),
    (b"bplist00", "a Safari web archive; save the page as HTML"),
    (b"OggS", "a sound, not text"),
];

/// First words of texts that are no prose, and why they are not read.
const OPENINGS: [(&[u8], &str); 12] = [
    (b"from ", MAIL),
    (b"return-path:", MAIL),
    (b"received:", MAIL),
    (b"mime-version:", MAIL),
    (
        b"ty  - ",
        "RIS, references without texts; open the reports themselves",
    ),
    (
        b"@article{",
        "BibTeX, references without texts; open the reports themselves",
    ),
    (
        b"@misc{",
        "BibTeX, references without texts; open the reports themselves",
    ),
    (b"<rss", XML),
    (b"<feed", XML),
    (b"<?xml", XML),
    (b"<doc", XML),
    (b"<nitf", XML),
];

const MAIL: &str = "mail is not read yet; save its text";
const XML: &str = "XML is not read yet; save the reports as text";

/// Returns why a file is not read.
fn refusal(start: &FileStart<'_>) -> Option<&'static str> {
    let mut signatures = SIGNATURES.iter();
    if let Some((_, reason)) = signatures.find(|known| start.bytes.starts_with(known.0)) {
        return Some(reason);
    }
    let mut openings = OPENINGS.iter();
    if let Some((words, reason)) = openings.find(|known| start.begins_with(&[known.0])) {
        // Prose may begin with "From " too; the line of a mailbox ends with a year.
        let is_mailbox = *words != b"from " || ends_with_year(start);
        return is_mailbox.then_some(*reason);
    }
    let by_name = [(&["xml", "rss", "atom", "opml"][..], XML)];
    let named = by_name
        .into_iter()
        .find(|(endings, _)| start.has_ending(endings));
    named.map(|(_, reason)| reason)
}

/// Returns whether the first line ends with a year, as the separator of a mailbox does.
fn ends_with_year(start: &FileStart<'_>) -> bool {
    let line = start
        .content()
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    let line = line.trim_ascii_end();
    let year = line.rsplit(|&byte| byte == b' ').next().unwrap_or_default();
    year.len() == 4 && year.iter().all(u8::is_ascii_digit)
}
