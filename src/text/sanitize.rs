//! Untrusted text becomes [`CleanText`], which may be drawn, copied and printed.
//!
//! Articles, headlines, file names and error texts are all cleaned here after every decoding is done. Control sequences are
//! dropped whole, hidden characters are dropped, line ends become `\n`, and the rest can be found again in the original
//! ([`OriginMap`]). Characters that were dropped or made visible are counted, so that the reader can be told.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize};

use super::control::{self, CharAction};
use super::origin::OriginBuilder;
use super::{OriginMap, Span};

/// Most combining marks kept on one character.
///
/// No language of news needs more; thousands of marks in one cell were a code-execution hole in a terminal.
const MOST_MARKS: usize = 4;

/// Text that holds nothing a terminal would act on or hide; made by [`sanitize`] only.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct CleanText(String);

impl CleanText {
    /// Cleans `text` into one line: line ends and runs of blanks become one blank. For names, headlines and messages.
    pub fn one_line(text: &str) -> Self {
        let clean = sanitize(text).text;
        let bytes = clean.as_bytes();
        // Nearly every name is one line already, and a library has many.
        let is_line = !bytes.contains(&b'\n')
            && !bytes.starts_with(b" ")
            && !bytes.ends_with(b" ")
            && !bytes.windows(2).any(|pair| pair == b"  ");
        if is_line {
            return clean;
        }
        let words = clean.split([' ', '\n']).filter(|word| !word.is_empty());
        Self(words.collect::<Vec<_>>().join(" "))
    }

    /// Returns the text with the line ends inside `spans` (in order) as blanks; no place moves.
    pub fn joined(self, spans: impl Iterator<Item = Span>) -> Self {
        let Self(text) = self;
        let ends: Vec<usize> = spans
            .flat_map(|span| {
                let words = span.of(&text).as_bytes();
                memchr::memchr_iter(b'\n', words).map(move |at| span.start + at)
            })
            .collect();
        let mut text = text;
        for at in ends {
            text.replace_range(at..=at, " ");
        }
        Self(text)
    }

    /// Returns the text as a plain string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for CleanText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for CleanText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CleanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for CleanText {
    /// Cleans the string: a file may have been changed by anyone.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(sanitize(String::deserialize(deserializer)?).text)
    }
}

/// Bytes that are checked together before any is looked at by itself.
const CHECKED_TOGETHER: usize = 256;

/// Whether `bytes` are printable ASCII and line ends.
///
/// The loop has no early end, so that the compiler lets it check many bytes at a time.
fn is_plain(bytes: &[u8]) -> bool {
    let plain = |byte: u8| (byte.wrapping_sub(b' ') <= b'~' - b' ') | (byte == b'\n');
    bytes.iter().fold(true, |all, &byte| all & plain(byte))
}

/// A cleaned text with the way back to the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sanitized {
    /// The cleaned text.
    pub text: CleanText,
    /// The places of its words in the original.
    pub origin: OriginMap,
    /// Characters that were dropped or made visible; line ends and tabs are not counted.
    pub hidden: usize,
}

/// Cleans `text`. Cleaning what is clean changes nothing.
pub fn sanitize<'a>(text: impl Into<Cow<'a, str>>) -> Sanitized {
    let text = text.into();
    match next_suspect(&text, 0) {
        None => Sanitized {
            text: CleanText(text.into_owned()),
            ..Sanitized::default()
        },
        Some(first) => {
            let sanitizer = Sanitizer {
                original: &text,
                clean: String::with_capacity(text.len()),
                ..Sanitizer::default()
            };
            sanitizer.clean_from(first)
        }
    }
}

/// Returns the place of the next character that is not simply kept.
fn next_suspect(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while bytes.get(at..at + CHECKED_TOGETHER).is_some_and(is_plain) {
        at += CHECKED_TOGETHER;
    }
    if bytes.len() < at + CHECKED_TOGETHER && is_plain(bytes.get(at..)?) {
        return None;
    }
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|&byte| control::SUSPECT[usize::from(byte)])?;
        let c = text.get(at..)?.chars().next()?;
        if control::char_action(c) != CharAction::Keep {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Cleans a text that needs it, from front to back.
#[derive(Default)]
struct Sanitizer<'a> {
    original: &'a str,
    clean: String,
    origin: OriginBuilder,
    /// Number of marks on the character that was kept last.
    marks: usize,
    hidden: usize,
}

impl Sanitizer<'_> {
    fn clean_from(mut self, first: usize) -> Sanitized {
        let (mut at, mut next) = (0, Some(first));
        while let Some(suspect) = next {
            self.keep(Span::new(at, suspect));
            at = self.treat(suspect);
            next = next_suspect(self.original, at);
        }
        self.keep(Span::new(at, self.original.len()));
        self.clean.shrink_to_fit();
        Sanitized {
            origin: self.origin.finish(self.original.len(), self.clean.len()),
            text: CleanText(self.clean),
            hidden: self.hidden,
        }
    }

    /// Keeps, replaces or drops the character at `at`, and returns where to go on.
    fn treat(&mut self, at: usize) -> usize {
        let rest = &self.original[at..];
        let Some(c) = rest.chars().next() else {
            return at;
        };
        let here = Span::new(at, at + c.len_utf8());
        match control::char_action(c) {
            CharAction::Keep => self.keep(here),
            CharAction::Mark if self.bears_another() => self.keep_mark(here),
            CharAction::Joiner if self.joins(here.end) => self.keep_mark(here),
            CharAction::Newline if c == '\r' => return self.carriage_return(at),
            CharAction::Newline => self.replace(here, "\n"),
            CharAction::Paragraph => self.replace(here, "\n\n"),
            CharAction::Blank => self.replace(here, " "),
            CharAction::Separator => self.make_visible(here, " "),
            CharAction::Replace => self.make_visible(here, "\u{fffd}"),
            CharAction::Sequence => {
                return self.drop(Span::new(at, at + control::sequence_len(rest).max(1)));
            }
            CharAction::Mark | CharAction::Joiner | CharAction::Drop => return self.drop(here),
        }
        here.end
    }

    /// Keeps the words of `span`.
    fn keep(&mut self, span: Span) {
        let words = span.of(self.original);
        if !words.is_empty() {
            self.origin
                .keep(self.clean.len(), span, words.len(), words.chars().count());
            self.clean.push_str(words);
            self.marks = 0;
        }
    }

    /// Keeps the mark at `span` on the character before it.
    fn keep_mark(&mut self, span: Span) {
        let marks = self.marks + 1;
        self.keep(span);
        self.marks = marks;
    }

    /// Writes `instead` for the one character at `span`.
    fn replace(&mut self, span: Span, instead: &str) {
        self.origin.keep(self.clean.len(), span, instead.len(), 1);
        self.clean.push_str(instead);
        self.marks = 0;
    }

    /// Writes `instead` for a character that nobody would have seen, and counts it.
    fn make_visible(&mut self, span: Span, instead: &str) {
        self.replace(span, instead);
        self.hidden += 1;
    }

    /// Drops the characters of `span`, and returns where to go on.
    fn drop(&mut self, span: Span) -> usize {
        let scalars = span.of(self.original).chars().count();
        self.origin.skip(scalars);
        self.hidden += scalars;
        span.end
    }

    /// Reads carriage returns: `\r\n`, `\r\r\n` (a text that was converted twice) and `\r` alone are one line end.
    fn carriage_return(&mut self, at: usize) -> usize {
        let returns = self.original[at..]
            .bytes()
            .take_while(|&byte| byte == b'\r')
            .count();
        if self.original[at + returns..].starts_with('\n') {
            self.origin.skip(returns);
            return at + returns;
        }
        for at in at..at + returns {
            self.replace(Span::new(at, at + 1), "\n");
        }
        at + returns
    }

    /// Whether the last kept character can take one more mark; a line end or a blank takes none.
    fn bears_another(&self) -> bool {
        self.marks < MOST_MARKS && !self.clean.is_empty() && !self.clean.ends_with([' ', '\n'])
    }

    /// Whether the joiner that ends at `end` stands between two letters that it shapes.
    fn joins(&self, end: usize) -> bool {
        self.marks < MOST_MARKS
            && self
                .clean
                .chars()
                .next_back()
                .is_some_and(control::is_shaped_by_joiner)
            && self.original[end..].starts_with(control::is_shaped_by_joiner)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clean(text: &str) -> String {
        sanitize(text).text.to_string()
    }

    #[test]
    fn an_ordinary_report_goes_through_untouched() {
        let text =
            "OTTAWA — “Don’t expect white smoke,” Carney said.\n\nQuébec, São Paulo, 東京.\n";
        let cleaned = sanitize(text);
        assert_eq!((cleaned.text.as_str(), cleaned.hidden), (text, 0));
    }

    #[test]
    fn escape_sequences_leave_nothing_to_read() {
        assert_eq!(
            clean("the \u{1b}[31mred\u{1b}[0m \u{1b}]8;;http://x\u{7}line\u{1b}]8;;\u{1b}\\."),
            "the red line."
        );
        assert_eq!(sanitize("a\u{1b}[31mb").hidden, 5);
    }

    #[test]
    fn line_ends_of_every_kind_become_one() {
        assert_eq!(
            clean("a\r\nb\rc\u{85}d\u{2028}e\u{c}f\u{b}g\r\r\nh"),
            "a\nb\nc\nd\ne\nf\ng\nh"
        );
        assert_eq!(clean("a\u{2029}b\r\rc\r\n\r\nd"), "a\n\nb\n\nc\n\nd");
        assert_eq!(sanitize("a\r\nb\tc\u{2028}d").hidden, 0);
    }

    #[test]
    fn hidden_characters_go_and_are_counted() {
        let cleaned = sanitize("tar\u{200b}iff \u{202e}deal\u{202c} so\u{ad}on\u{e0041} ❤\u{fe0f}");
        assert_eq!(
            (cleaned.text.as_str(), cleaned.hidden),
            ("tariff deal soon ❤", 6)
        );
    }

    #[test]
    fn what_means_nothing_is_shown() {
        assert_eq!(
            clean("a\u{e000}b\u{ffff}c\u{10ffff}"),
            "a\u{fffd}b\u{fffd}c\u{fffd}"
        );
    }

    #[test]
    fn a_flood_of_marks_is_cut_at_four() {
        let cleaned = sanitize(format!("e{}é\n\u{301}x", "\u{301}".repeat(9)));
        assert_eq!(cleaned.text.as_str(), "e\u{301}\u{301}\u{301}\u{301}é\nx");
        assert_eq!(cleaned.hidden, 6);
    }

    #[test]
    fn joiners_stay_where_they_shape_letters() {
        assert_eq!(clean("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(clean("👩\u{200d}👧 tar\u{200d}iff"), "👩👧 tariff");
    }

    #[test]
    fn a_name_becomes_one_line() {
        assert_eq!(
            CleanText::one_line(" new\nname\t\u{1b}[2J.txt ").as_str(),
            "new name .txt"
        );
    }

    #[test]
    fn line_ends_inside_a_paragraph_become_blanks_in_place() {
        let text = sanitize("A team\nof officials.\n\nCarney\nsaid.").text;
        let spans = [Span::new(0, 20), Span::new(22, 34)];
        assert_eq!(
            text.joined(spans.into_iter()).as_str(),
            "A team of officials.\n\nCarney said."
        );
    }

    #[test]
    fn text_from_a_state_file_is_cleaned() {
        let text: CleanText = serde_json::from_str(r#""a\u001b[31mb""#).expect("a string");
        assert_eq!(text.as_str(), "ab");
    }

    /// Text made of what makes trouble.
    fn troubled() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "Carney ",
            "said",
            "“",
            "é",
            "e\u{301}",
            "\u{301}",
            "\u{1b}",
            "[",
            "31m",
            "]0;",
            "\u{7}",
            "\\",
            "\r",
            "\n",
            "\t",
            "\u{9b}",
            "\u{9d}",
            "\u{9c}",
            "\u{200d}",
            "\u{200c}",
            "ك",
            "क\u{94d}",
            "\u{202e}",
            "\u{feff}",
            "\u{f0000}",
            "\u{e000}",
            "\u{2028}",
            "\u{2029}",
            "\u{85}",
            "\u{0}",
            "\u{1c}",
            "\u{e0041}",
            "👍🏽",
            "東",
            "ﾞ",
            " ",
        ]);
        let made = prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat());
        prop_oneof![made, any::<String>()]
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in troubled()) {
            let once = sanitize(text.as_str());
            let twice = sanitize(once.text.as_str());
            prop_assert_eq!(&twice.text, &once.text);
            prop_assert_eq!((twice.hidden, twice.origin.is_identity()), (0, true));
        }

        #[test]
        fn nothing_is_left_that_a_terminal_would_obey_or_hide(text in troubled()) {
            let cleaned = sanitize(text.as_str()).text;
            for c in cleaned.chars() {
                let allowed = matches!(control::char_action(c), CharAction::Keep | CharAction::Mark | CharAction::Joiner);
                prop_assert!(allowed, "{:?}", c);
            }
        }

        #[test]
        fn every_kept_character_is_found_again_in_the_original(text in troubled()) {
            let cleaned = sanitize(text.as_str());
            let mut before = 0;
            for (at, c) in cleaned.text.char_indices() {
                let there = cleaned.origin.span(Span::new(at, at + c.len_utf8()));
                prop_assert!(there.start >= before || c == '\n');
                let words = there.of(&text);
                prop_assert!(!words.is_empty());
                if !matches!(c, '\n' | ' ' | '\u{fffd}') {
                    prop_assert_eq!(words, c.to_string());
                }
                before = there.start;
            }
        }

        #[test]
        fn scalar_places_agree_with_byte_places(text in troubled()) {
            let cleaned = sanitize(text.as_str());
            let scalars = crate::text::origin::ScalarPlaces::new(&cleaned.text, &cleaned.origin);
            for (at, _) in cleaned.text.char_indices() {
                let byte = cleaned.origin.place(at);
                prop_assert_eq!(scalars.place(at), text[..byte].chars().count());
            }
        }
    }
}
