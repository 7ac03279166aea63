//! Decodes bytes: a byte order mark is believed, UTF-8 is tried, and the rest is Windows-1252.
//!
//! A file that is mostly UTF-8 with a few broken bytes (cut in the middle of a letter, glued from two sources) stays UTF-8,
//! or all its curly quotes would turn into "â€œ".
//!
//! The mark that a UTF-8 file may begin with stays in its text, so that places in the text are places in the file.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes that are enough to tell text from binary data.
const SAMPLE: usize = 64 * 1024;

const BINARY: &str = "a binary file, not text; only text and JSON are read";

/// Returns the text of `bytes`, or why they are none.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, &'static str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let skipped = if encoding == UTF_8 { 0 } else { mark };
        let rest = bytes.get(skipped..).unwrap_or_default();
        return Ok(encoding.decode_without_bom_handling(rest).0);
    }
    // No text of one byte a letter holds NUL: it is UTF-16, or no text.
    if memchr::memchr(0, bytes).is_some() {
        return utf16_without_mark(bytes).ok_or(BINARY);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) if has_many_controls(bytes) => Err(BINARY),
        Err(_) if is_mostly_utf8(bytes) => Ok(String::from_utf8_lossy(bytes)),
        Err(_) => Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0),
    }
}

/// Returns the text of UTF-16 without a mark, in which every second byte of Latin letters is NUL.
fn utf16_without_mark(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let sample = bytes.get(..SAMPLE.min(bytes.len()) & !1)?;
    let zeros = |parity: usize| {
        let bytes = sample.iter().skip(parity).step_by(2);
        bytes.filter(|&&byte| byte == 0).count()
    };
    // Seven in ten: figures and marks of Latin text have the NUL too, letters of other scripts between do not.
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    let encoding = match () {
        () if odd * 10 > pairs * 7 && even * 100 < pairs => UTF_16LE,
        () if even * 10 > pairs * 7 && odd * 100 < pairs => UTF_16BE,
        () => return None,
    };
    Some(encoding.decode_without_bom_handling(bytes).0)
}

/// Returns whether more than one byte in twenty is a control character that no text holds.
fn has_many_controls(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let control = |byte: &&u8| matches!(byte, 0x00..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f);
    sample.iter().filter(control).count() * 20 > sample.len()
}

/// Returns whether there are more whole UTF-8 characters beyond ASCII than broken places.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String, &'static str> {
        super::text(bytes).map(Cow::into_owned)
    }

    #[test]
    fn a_marked_text_is_believed() {
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("“Oui.”".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(read(&utf16), Ok("“Oui.”".to_owned()));
        assert_eq!(
            read("\u{feff}Oui.".as_bytes()),
            Ok("\u{feff}Oui.".to_owned())
        );
        assert_eq!(read(&utf16[2..]), Err(BINARY));
        let plain: Vec<u8> = "Carney said yes."
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&plain), Ok("Carney said yes.".to_owned()));
    }

    #[test]
    fn what_is_not_utf8_is_windows_1252() {
        assert_eq!(
            read(b"Qu\xe9bec \x93oui\x94 \x97 non"),
            Ok("Québec “oui” — non".to_owned())
        );
    }

    #[test]
    fn a_broken_byte_does_not_cost_the_curly_quotes() {
        let mut bytes = "“Oui,” he said — “oui”".as_bytes().to_vec();
        bytes.pop();
        assert_eq!(read(&bytes), Ok("“Oui,” he said — “oui\u{fffd}".to_owned()));
    }

    #[test]
    fn binary_data_is_no_text() {
        assert!(read(b"tar\0iff").is_err_and(|reason| reason.contains("binary")));
        assert!(read(b"\x01\x02\x03\xff\x04").is_err_and(|reason| reason.contains("binary")));
    }
}
