//! Word files: the part with the text, as paragraphs; and the archives' exports that come as such.
//!
//! The places of reports are sought in the XML itself, so that one of a hundred is read again without the others.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::article::Article;
use crate::text::{CleanText, Span};

use super::{FileStart, FormatFamily, FormatReader, PartsReader, decode_text, export};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "Word files",
    endings: &["docx"],
    facts: "as from text; each article of a Nexis or Factiva export with its own",
    recognize,
};

const READER: PartsReader = PartsReader {
    decode: decode_text,
    split,
    read,
};

/// Bytes in which the element of a document begins.
const HEAD: usize = 8 << 10;
/// The line with which Nexis ends an article, at the end of a run of text.
const END: &str = ">End of Document<";
/// End of a paragraph.
const PARAGRAPH_END: &str = "</w:p>";

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    let head = start.content();
    let head = head.get(..HEAD).unwrap_or(head);
    let has = |words: &str| memchr::memmem::find(head, words.as_bytes()).is_some();
    if start.begins_with(&[b"<?xml", b"<w:document"]) && has("<w:document") {
        return Some(Ok(FormatReader::Parts(READER)));
    }
    let named = start.has_ending(FAMILY.endings);
    named.then_some(Err(
        "not a Word file, though its name says so; save it again as .docx",
    ))
}

/// Returns the places of the articles of an export, or of the whole.
fn split(xml: &str) -> Vec<Span> {
    let ends = memchr::memmem::find_iter(xml.as_bytes(), END);
    let after_paragraph = |at: usize| {
        let rest = xml.get(at..).unwrap_or_default();
        let end = memchr::memmem::find(rest.as_bytes(), PARAGRAPH_END.as_bytes());
        end.map_or(xml.len(), |end| at + end + PARAGRAPH_END.len())
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for end in ends.map(after_paragraph) {
        if end > start {
            parts.push(Span::new(start, end));
            start = end;
        }
    }
    // The rest after the last article is no article; a document without one is read whole.
    if parts.is_empty() {
        parts.push(Span::new(0, xml.len()));
    }
    parts
}

fn read(name: &CleanText, part: &str) -> Result<Article, String> {
    export::read_any(name, &text(part)?, part.as_bytes())
}

/// Returns the text of some paragraphs: each ends with a line end, and lines inside of them with a vertical tab.
fn text(xml: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    // A part begins and ends inside of elements.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut writer = TextWriter::default();
    loop {
        let event = reader.read_event();
        match event.map_err(|error| format!("a damaged Word file: {error}; save it again"))? {
            Event::Eof => break,
            Event::Start(element) => writer.start(&element),
            Event::Empty(element) => writer.empty(&element),
            Event::End(element) => writer.end(element.local_name().as_ref()),
            Event::Text(words) if writer.takes_text() => {
                writer.text.push_str(&words.xml10_content());
            }
            Event::GeneralRef(entity) if writer.takes_text() => {
                let letter = entity.resolve_char_ref().ok().flatten();
                writer.text.extend(letter.or_else(|| named(&entity)));
            }
            _ => {}
        }
    }
    Ok(writer.text)
}

/// Returns the character that an entity of XML names.
fn named(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[derive(Default)]
struct TextWriter {
    text: String,
    /// Whether an element with words is open.
    in_words: bool,
    /// Elements that are open and whose words are not shown: what was deleted, and copies for older programs.
    hidden: usize,
}

impl TextWriter {
    fn start(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "t" => self.in_words = true,
            "del" | "moveFrom" | "Fallback" => self.hidden += 1,
            _ => self.empty(element),
        }
    }

    fn empty(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "br" | "cr" => self.text.push('\u{b}'),
            "tab" if self.in_run(element) => self.text.push('\t'),
            "noBreakHyphen" => self.text.push('\u{2011}'),
            _ => {}
        }
    }

    /// Returns whether a tab is one of the text and no stop in the settings of a paragraph, which has a place.
    fn in_run(&self, element: &BytesStart<'_>) -> bool {
        element.attributes().next().is_none()
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_words = false,
            "p" => self.text.push('\n'),
            "del" | "moveFrom" | "Fallback" => self.hidden = self.hidden.saturating_sub(1),
            _ => {}
        }
    }

    fn takes_text(&self) -> bool {
        self.in_words && self.hidden == 0
    }
}

/// Returns the text of the XML that a file begins with; for tests of what is in it.
#[cfg(test)]
pub(super) fn document(paragraphs: &[&str]) -> Vec<u8> {
    use std::io::Write;
    let body: String = paragraphs
        .iter()
        .map(|words| format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>"))
        .collect();
    let xml = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body>{body}</w:body></w:document>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).unwrap();
    zip.write_all(xml.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[cfg(test)]
mod tests {
    use super::super::reading::{facts, read_bytes, stories};
    use super::*;

    #[test]
    fn words_are_those_that_are_shown() {
        let xml = "<w:p><w:pPr><w:tabs><w:tab w:pos=\"1\"/></w:tabs></w:pPr><w:r><w:t>The </w:t></w:r><w:del><w:r><w:t>old </w:t></w:r></w:del>\
                   <w:r><w:t>fares &amp; tolls&#8217;</w:t><w:br/><w:instrText>PAGE</w:instrText><w:t>stay</w:t></w:r></w:p><w:p/>";
        assert_eq!(text(xml).unwrap(), "The fares & tolls’\u{b}stay\n");
    }

    #[test]
    fn a_handout_is_one_report() {
        let bytes = document(&[
            "Ferries stay",
            "By Jane Doe",
            "Sept. 3, 2025",
            "PORT ANSON — The fares stay.",
            "The union waits.",
        ]);
        let read = read_bytes("a.docx", &bytes);
        assert_eq!(facts(&read), ["Ferries stay | ? | Jane Doe | 2025-09-03"]);
        assert_eq!(stories(&read), ["The fares stay.\nThe union waits."]);
    }

    #[test]
    fn what_is_damaged_or_empty_is_said() {
        let whole = document(&["The fares stay."]);
        for bytes in [&whole[..whole.len() / 2], b"x", b""] {
            let said = facts(&read_bytes("a.docx", bytes));
            assert!(
                said.len() == 1 && said[0].starts_with("a.docx: "),
                "{said:?}"
            );
        }
        assert!(facts(&read_bytes("a.docx", &document(&[])))[0].contains("nothing to read"));
    }
}
