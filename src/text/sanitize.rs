//! The one door: untrusted text becomes [`CleanText`] text, which may be drawn, copied and printed.
//!
//! Articles, headlines, file names and error texts all come through here after every decoding is done. Control sequences
//! go whole, hidden characters go, line ends become `\n`, and what stays keeps its place in the original ([`OriginMap`]).
//! What was dropped or made visible is counted, so that the reader can be told. Clean text goes through untouched and
//! uncopied, at the speed of a byte scan.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize};

use super::control::{self, Fate};
use super::origin::Trail;
use super::{OriginMap, Span};

/// Combining marks kept on one character; more of them is a flood.
const MARKS: usize = 4;

/// Text that holds nothing a terminal would act on or hide; made by [`sanitize`] only.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct CleanText(String);

impl CleanText {
    /// Cleans `text` into one line: line ends and runs of blanks become one blank. For names, headlines and messages.
    pub fn one_line(text: &str) -> Self {
        let Self(text) = sanitize(text).text;
        if is_line(&text) {
            return Self(text);
        }
        let mut line = String::with_capacity(text.len());
        for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        Self(line)
    }

    /// Returns the words of `span`, which are as clean as the whole.
    pub fn part(&self, span: Span) -> Self {
        Self(span.of(&self.0).to_owned())
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
    /// What comes from a file comes through the door.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(sanitize(String::deserialize(deserializer)?).text)
    }
}

/// Bytes that are looked at together before any is looked at by itself.
const GLANCE: usize = 256;

/// Whether `bytes` are letters, figures, marks and blanks of ASCII, line ends among them. It has no early end, so that it goes
/// over many bytes at a time.
fn is_plain(bytes: &[u8]) -> bool {
    let plain = |byte: u8| (byte.wrapping_sub(b' ') <= b'~' - b' ') | (byte == b'\n');
    bytes.iter().fold(true, |all, &byte| all & plain(byte))
}

/// Whether `text` is one line with one blank between its words and none around them.
fn is_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    let is_gap = |byte: u8| (byte == b' ') | (byte == b'\n');
    let gaps = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let wide = gaps.fold(false, |found, (&byte, &next)| {
        found | (byte == b'\n') | (is_gap(byte) & is_gap(next))
    });
    !(wide | is_gap(*first) | is_gap(*last))
}

/// A cleaned text, and what became of it on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sanitized {
    /// The text.
    pub text: CleanText,
    /// Where its words stood before.
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
        Some(first) => Door::new(&text).walk(first),
    }
}

/// Whether [`sanitize`] leaves `text` as it is.
pub fn is_clean(text: &str) -> bool {
    next_suspect(text, 0).is_none()
}

/// Returns where the next character stands that is not simply kept.
fn next_suspect(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while bytes.get(at..at + GLANCE).is_some_and(is_plain) {
        at += GLANCE;
    }
    if bytes.len() < at + GLANCE && is_plain(bytes.get(at..)?) {
        return None;
    }
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|&byte| control::SUSPECT[usize::from(byte)])?;
        let c = text.get(at..)?.chars().next()?;
        if control::fate(c) != Fate::Keep {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// A walk through a text that is not clean.
struct Door<'a> {
    original: &'a str,
    clean: String,
    trail: Trail,
    /// Marks on the character that was kept last.
    marks: usize,
    hidden: usize,
}

impl<'a> Door<'a> {
    fn new(original: &'a str) -> Self {
        Self {
            original,
            clean: String::with_capacity(original.len()),
            trail: Trail::default(),
            marks: 0,
            hidden: 0,
        }
    }

    fn walk(mut self, first: usize) -> Sanitized {
        let (mut at, mut next) = (0, Some(first));
        while let Some(suspect) = next {
            self.keep(Span::new(at, suspect));
            at = self.pass(suspect);
            next = next_suspect(self.original, at);
        }
        self.keep(Span::new(at, self.original.len()));
        self.clean.shrink_to_fit();
        Sanitized {
            origin: self.trail.finish(self.original.len(), self.clean.len()),
            text: CleanText(self.clean),
            hidden: self.hidden,
        }
    }

    /// Decides on the character at `at`; returns where to go on.
    fn pass(&mut self, at: usize) -> usize {
        let rest = &self.original[at..];
        let Some(c) = rest.chars().next() else {
            return at;
        };
        let here = Span::new(at, at + c.len_utf8());
        match control::fate(c) {
            Fate::Keep => self.keep(here),
            Fate::Mark if self.bears_another() => self.keep_mark(here),
            Fate::Joiner if self.joins(here.end) => self.keep_mark(here),
            Fate::Newline if c == '\r' => return self.carriage_return(at),
            Fate::Newline => self.stand_in(here, "\n"),
            Fate::Paragraph => self.stand_in(here, "\n\n"),
            Fate::Blank => self.stand_in(here, " "),
            Fate::Separator => self.show(here, " "),
            Fate::Replace => self.show(here, "\u{fffd}"),
            Fate::Sequence => {
                return self.drop(Span::new(at, at + control::sequence_len(rest).max(1)));
            }
            Fate::Mark | Fate::Joiner | Fate::Drop => return self.drop(here),
        }
        here.end
    }

    /// Keeps the words of `span`.
    fn keep(&mut self, span: Span) {
        let words = span.of(self.original);
        if !words.is_empty() {
            self.trail
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
    fn stand_in(&mut self, span: Span, instead: &str) {
        self.trail.keep(self.clean.len(), span, instead.len(), 1);
        self.clean.push_str(instead);
        self.marks = 0;
    }

    /// Writes `instead` for a character that nobody would have seen.
    fn show(&mut self, span: Span, instead: &str) {
        self.stand_in(span, instead);
        self.hidden += 1;
    }

    fn drop(&mut self, span: Span) -> usize {
        let scalars = span.of(self.original).chars().count();
        self.trail.skip(scalars);
        self.hidden += scalars;
        span.end
    }

    /// `\r\n`, `\r\r\n` (a text that was converted twice) and `\r` alone are one line end.
    fn carriage_return(&mut self, at: usize) -> usize {
        let returns = self.original[at..]
            .bytes()
            .take_while(|&byte| byte == b'\r')
            .count();
        if self.original[at + returns..].starts_with('\n') {
            self.trail.skip(returns);
            return at + returns;
        }
        for at in at..at + returns {
            self.stand_in(Span::new(at, at + 1), "\n");
        }
        at + returns
    }

    /// Whether the last kept character can take one more mark; a line end or a blank takes none.
    fn bears_another(&self) -> bool {
        self.marks < MARKS && !self.clean.is_empty() && !self.clean.ends_with([' ', '\n'])
    }

    /// Whether the joiner that ends at `end` stands between two letters that it shapes.
    fn joins(&self, end: usize) -> bool {
        self.marks < MARKS
            && self
                .clean
                .chars()
                .next_back()
                .is_some_and(control::is_joined)
            && self.original[end..].starts_with(control::is_joined)
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
    fn text_from_a_file_of_state_comes_through_the_door() {
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
                let allowed = matches!(control::fate(c), Fate::Keep | Fate::Mark | Fate::Joiner);
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
