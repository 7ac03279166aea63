//! Rich text: the words between the control words; and the archives' exports that come as such.
//!
//! One pass from front to back. Groups that hold no text of the document (fonts, pictures, fields' codes, headers) are left out.

use std::borrow::Cow;
use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::article::Article;
use crate::text::CleanText;

use super::{FileStart, FormatFamily, FormatReader, PartsReader, export};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "rich text (RTF)",
    endings: &["rtf"],
    facts: "as from text; each article of a Nexis or Factiva export with its own",
    recognize,
};

const READER: PartsReader = PartsReader {
    decode: |bytes| Ok(Cow::Owned(text(bytes))),
    split: export::split_any,
    read,
};

/// Groups inside each other that keep their own settings; deeper ones share those of the last.
const MOST_DEPTH: usize = 256;
/// Groups whose words are none of the document's.
const HIDDEN: [&str; 27] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "xmlnstbl",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "generator",
    "filetbl",
    "revtbl",
    "bkmkstart",
];

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    if start.begins_with(&[b"{\\rtf"]) {
        return Some(Ok(FormatReader::Parts(READER)));
    }
    // A text that was named so by hand is read as text.
    None
}

fn read(name: &CleanText, part: &str) -> Result<Article, String> {
    export::read_any(name, part, part.as_bytes())
}

/// Returns the text of a document: paragraphs end with a line end, lines inside of them with a vertical tab.
fn text(bytes: &[u8]) -> String {
    let mut reader = RtfReader {
        bytes,
        at: 0,
        text: String::new(),
        pending: Vec::new(),
        groups: Vec::new(),
        deeper: 0,
        state: GroupState {
            is_hidden: false,
            is_font_table: false,
            encoding: WINDOWS_1252,
            fallbacks: 1,
        },
        page: WINDOWS_1252,
        fonts: HashMap::new(),
        font: 0,
        skipped: 0,
        surrogate: None,
    };
    reader.read();
    reader.text
}

/// The settings of a group.
#[derive(Clone, Copy)]
struct GroupState {
    is_hidden: bool,
    is_font_table: bool,
    encoding: &'static Encoding,
    /// Characters after a `\u` that stand for it in old programs.
    fallbacks: usize,
}

struct RtfReader<'a> {
    bytes: &'a [u8],
    at: usize,
    text: String,
    /// Bytes in the encoding of the group that are not decoded yet; a letter may have two.
    pending: Vec<u8>,
    groups: Vec<GroupState>,
    /// Groups that are open beyond those.
    deeper: usize,
    state: GroupState,
    /// The encoding of the document.
    page: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    /// The font that the table of fonts describes at the moment.
    font: i32,
    /// Characters that are still left out after a `\u`.
    skipped: usize,
    surrogate: Option<u16>,
}

impl RtfReader<'_> {
    fn read(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => self.open(),
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
    }

    fn open(&mut self) {
        self.flush();
        if self.groups.len() < MOST_DEPTH {
            self.groups.push(self.state);
        } else {
            self.deeper += 1;
        }
        self.skipped = 0;
    }

    fn close(&mut self) {
        self.flush();
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if let Some(outer) = self.groups.pop() {
            self.state = outer;
        }
        self.skipped = 0;
    }

    /// Reads what follows a backslash: a mark, or a word with a number.
    fn control(&mut self) {
        let Some(&byte) = self.bytes.get(self.at) else {
            return;
        };
        if byte.is_ascii_alphabetic() {
            return self.word();
        }
        self.at += 1;
        match byte {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2);
                let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'*' => self.state.is_hidden = true,
            b'~' => self.character('\u{a0}'),
            b'_' => self.character('\u{2011}'),
            b'\r' | b'\n' => self.character('\n'),
            b'{' | b'}' | b'\\' => self.byte(byte),
            _ => {}
        }
    }

    fn word(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let letters = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let (word, rest) = rest.split_at(letters);
        let is_number =
            |(at, byte): &(usize, &u8)| byte.is_ascii_digit() || (*at == 0 && **byte == b'-');
        let digits = rest.iter().enumerate().take_while(is_number).count();
        let number = std::str::from_utf8(rest.get(..digits).unwrap_or_default()).ok();
        let number: Option<i32> = number.and_then(|number| number.parse().ok());
        self.at += letters + digits;
        // The blank after a word belongs to it.
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.apply(std::str::from_utf8(word).unwrap_or_default(), number);
    }

    fn apply(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "sect" | "page" | "row" => self.character('\n'),
            "line" => self.character('\u{b}'),
            "tab" | "cell" => self.character('\t'),
            "emdash" => self.character('—'),
            "endash" => self.character('–'),
            "lquote" => self.character('‘'),
            "rquote" => self.character('’'),
            "ldblquote" => self.character('“'),
            "rdblquote" => self.character('”'),
            "bullet" => self.character('•'),
            "u" => self.unicode(number.unwrap_or_default()),
            "uc" => self.state.fallbacks = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "bin" => {
                let length = usize::try_from(number.unwrap_or_default());
                self.at = self.at.saturating_add(length.unwrap_or_default());
            }
            "v" => self.state.is_hidden = number != Some(0),
            "ansicpg" => {
                self.flush();
                self.page = code_page(number.unwrap_or_default()).unwrap_or(WINDOWS_1252);
                self.state.encoding = self.page;
            }
            "mac" => self.state.encoding = encoding_rs::MACINTOSH,
            "fcharset" => {
                if let Some(encoding) = charset(number.unwrap_or_default()) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "f" if self.state.is_font_table => self.font = number.unwrap_or_default(),
            "f" | "plain" => {
                self.flush();
                let font = number.and_then(|number| self.fonts.get(&number));
                self.state.encoding = font.copied().unwrap_or(self.page);
            }
            word if HIDDEN.contains(&word) => {
                self.state.is_hidden = true;
                self.state.is_font_table = word == "fonttbl";
            }
            _ => {}
        }
    }

    /// Adds a character that stands for itself.
    fn character(&mut self, character: char) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        self.flush();
        if !self.state.is_hidden {
            self.text.push(character);
        }
    }

    /// Adds a byte in the encoding of the group.
    fn byte(&mut self, byte: u8) {
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if !self.state.is_hidden {
            self.pending.push(byte);
        }
    }

    fn unicode(&mut self, number: i32) {
        self.flush();
        self.skipped = 0;
        // Numbers beyond 32767 are written as negative ones.
        let unit = u16::try_from(number & 0xffff).unwrap_or_default();
        let units = [self.surrogate.take().unwrap_or(unit), unit];
        let is_first_half = (0xd800..0xdc00).contains(&unit);
        if is_first_half {
            self.surrogate = Some(unit);
        } else if !self.state.is_hidden {
            let from = usize::from(units[0] == unit);
            let letters = char::decode_utf16(units.into_iter().skip(from));
            self.text
                .extend(letters.map(|letter| letter.unwrap_or('\u{fffd}')));
        }
        self.skipped = self.state.fallbacks;
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let words = self
            .state
            .encoding
            .decode_without_bom_handling(&self.pending)
            .0;
        self.text.push_str(&words);
        self.pending.clear();
    }
}

fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        866 => "ibm866".to_owned(),
        874 => "windows-874".to_owned(),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// Returns the encoding of a font that names a set of characters.
fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        0 => 1252,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    code_page(page)
}

#[cfg(test)]
mod tests {
    use super::super::reading::{facts, read_bytes, stories};
    use super::*;

    #[test]
    fn words_are_those_between_the_control_words() {
        for (rtf, words) in [
            (
                r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard\b The fares\b0  stay\'97now.\par}",
                "The fares stay—now.\n",
            ),
            (
                r"{\rtf1 caf\u233?\u8217\'92s \u-10179?\u-8704? x}",
                "café’s 😀 x",
            ),
            (r"{\rtf1\uc0 caf\u233 s}", "cafés"),
            (
                r"{\rtf1{\*\generator x;}{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}{\pict 0a0b} end}",
                "link end",
            ),
            (r"{\rtf1\ansi\ansicpg1251 \'cf\'e0\'f0\'ee\'ec}", "Паром"),
            (
                r"{\rtf1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f1\'cf\f0\'e9}",
                "Пé",
            ),
            (r"{\rtf1 a\line b\tab c\~d \{x\}}", "a\u{b}b\tc\u{a0}d {x}"),
            (r"{\rtf1\bin3 abcd", "d"),
        ] {
            assert_eq!(text(rtf.as_bytes()), words, "{rtf}");
        }
    }

    #[test]
    fn braces_without_end_are_no_harm() {
        for rtf in [
            format!("{{\\rtf1{}", "{".repeat(200_000)),
            format!("{{\\rtf1{}", "}".repeat(200_000)),
            "{\\rtf1\\".to_owned(),
        ] {
            assert_eq!(text(rtf.as_bytes()), "");
        }
        let deep = format!("{{\\rtf1{} x{}y", "{".repeat(1000), "}".repeat(1000));
        assert_eq!(text(deep.as_bytes()), " xy");
    }

    #[test]
    fn a_document_is_one_report() {
        let rtf = br"{\rtf1\ansi Ferries stay\par By Jane Doe\par Sept. 3, 2025\par PORT ANSON \u8212? The fares stay.\par The union waits.\par}";
        let read = read_bytes("a.rtf", rtf);
        assert_eq!(facts(&read), ["Ferries stay | ? | Jane Doe | 2025-09-03"]);
        assert_eq!(stories(&read), ["The fares stay.\nThe union waits."]);
        assert!(facts(&read_bytes("a.rtf", b"{\\rtf1}"))[0].contains("nothing to read"));
        assert!(facts(&read_bytes("a.rtf", b""))[0].contains("nothing to read"));
    }
}
