//! Formats that are not read: each is named, with what to do, instead of being taken for text.

use super::{FileStart, FormatFamily};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "not read",
    endings: &[],
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

/// Returns why a file is not read.
fn refusal(start: &FileStart<'_>) -> Option<&'static str> {
    let mut signatures = SIGNATURES.iter();
    let found = signatures.find(|known| start.bytes.starts_with(known.0));
    found.map(|known| known.1)
}
