//! Packed files: gzip and zip, of which what is inside is read. Office files are zips too.

use super::{FileStart, FormatFamily, FormatReader};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "packed files",
    endings: &["gz", "zip"],
    facts: "those of the files inside",
    recognize,
};

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    let reader = match start.bytes {
        [0x1f, 0x8b, ..] => FormatReader::Gzip,
        // The second is a zip without files, the third one that was split.
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => FormatReader::Zip,
        [b'P', b'K', 7, 8, ..] => return Some(Err("a zip in several pieces; unpack it first")),
        _ => return None,
    };
    Some(Ok(reader))
}
