//! A text as tokens, and beside it one string of their keys, in which forms are looked for.
//!
//! A token is a run of letters and digits; `U.S.` and `2.0` are one token each, a possessive `'s` is not part of any. The key of a
//! token is the text it is compared by: lower case, NFC, no soft hyphens, straight apostrophes; `U.S.` has the key `us.`, which only a form
//! written with dots has too. In the string of keys a mark between two tokens says how they hang together, so that a form of several words
//! is found by one search however its blanks, hyphens and line ends are written.

use unicode_normalization::UnicodeNormalization;

use crate::text::Span;
use crate::text::tokens::{ByteClass, WordRule, run_of, words_of};

const SOFT_HYPHEN: char = '\u{ad}';
/// Bytes of the words of most texts with the blank behind them, rather too few: the room that is made at once.
const BYTES_OF_A_WORD: usize = 5;
const POSSESSIVES: [&str; 4] = ["'s", "’s", "'S", "’S"];

/// The tie between two neighbouring tokens, told by the signs between them, and the byte that stands for it in
/// [`ParagraphTokens::keys`]; no key holds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum TokenGap {
    /// Blanks, one line end, one hyphen or dash, or one slash: a form may run across.
    Link = b' ',
    /// The possessive of the first, then like a link: a form may run across if it is written with one itself, `voters' list`.
    Possessive = b';',
    /// Quotation marks or the dot of an abbreviation: the words before and after a hit may stand across, and so may `St. Louis`.
    Loose = b',',
    /// Any other sign: nothing runs across.
    Break = b'\n',
}

impl TokenGap {
    fn from_mark(byte: u8) -> Option<Self> {
        let all = [Self::Link, Self::Possessive, Self::Loose, Self::Break];
        all.into_iter().find(|gap| *gap as u8 == byte)
    }

    /// Whether `byte` of [`ParagraphTokens::keys`] is between tokens.
    pub(super) fn is_mark(byte: u8) -> bool {
        Self::from_mark(byte).is_some()
    }
}

/// The tokens of one paragraph, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphTokens {
    /// Spans of the tokens in the text, without possessives.
    pub(super) spans: Vec<Span>,
    /// A mark, the key of the first token, a mark, the key of the second, ..., a mark.
    pub(super) keys: String,
    /// Beginnings of the tokens in `keys`.
    starts: Vec<usize>,
}

impl ParagraphTokens {
    /// Returns the tokens of `paragraph`, a part of `text`.
    pub(super) fn split(text: &str, paragraph: Span) -> Self {
        let words = paragraph.len() / BYTES_OF_A_WORD;
        let mut tokens = Self {
            spans: Vec::with_capacity(words),
            starts: Vec::with_capacity(words),
            // The letters, a mark for each gap, and one at either end.
            keys: String::with_capacity(paragraph.len() + 2),
        };
        for word in words_of(text, paragraph, WordRule::Plain) {
            tokens.push(text, paragraph, word);
        }
        tokens.keys.push('\n');
        tokens
    }

    fn push(&mut self, text: &str, paragraph: Span, word: Span) {
        let is_plain = is_plain(word.of(text));
        let span = match is_plain {
            true => word,
            false => {
                let run = with_last_dot(text, paragraph, word);
                Span::new(
                    run.start,
                    run.start + without_possessive(run.of(text)).len(),
                )
            }
        };
        let gap = match self.spans.last() {
            Some(last) => gap(Span::new(last.end, span.start).of(text)),
            None => TokenGap::Break,
        };
        self.keys.push(char::from(gap as u8));
        self.starts.push(self.keys.len());
        match is_plain {
            true => push_small_letters(&mut self.keys, span.of(text)),
            false => push_key(&mut self.keys, span.of(text)),
        }
        self.spans.push(span);
    }

    /// Returns the key of token `index`.
    pub(super) fn key(&self, index: usize) -> Option<&str> {
        let start = *self.starts.get(index)?;
        let next = self.starts.get(index + 1).copied();
        let end = next.unwrap_or(self.keys.len());
        self.keys.get(start..end.saturating_sub(1))
    }

    /// Returns the key of token `index`, a mark, the next key, and so on.
    pub(super) fn keys_from(&self, index: usize) -> &str {
        let start = self.starts.get(index).copied();
        let rest = start.and_then(|start| self.keys.get(start..));
        rest.unwrap_or_default()
    }

    /// Returns the gap between token `index` and the one before it.
    pub(super) fn gap_before(&self, index: usize) -> TokenGap {
        let start = self.starts.get(index).copied().unwrap_or_default();
        let mark = self.keys.as_bytes().get(start.wrapping_sub(1));
        let gap = mark.and_then(|mark| TokenGap::from_mark(*mark));
        gap.unwrap_or(TokenGap::Break)
    }
}

/// Returns the keys of the tokens of `words`, in order.
pub(super) fn keys(words: &str) -> Vec<String> {
    let tokens = ParagraphTokens::split(words, Span::new(0, words.len()));
    let keys = (0..tokens.spans.len()).filter_map(|index| tokens.key(index));
    keys.map(str::to_owned).collect()
}

/// A form of a term, as it is looked for.
#[derive(Clone, Debug)]
pub(super) struct TokenizedForm<'a> {
    form: &'a str,
    tokens: ParagraphTokens,
}

impl<'a> TokenizedForm<'a> {
    /// Returns `form` as tokens; `None` if it has none, or if two of them can never be side by side.
    pub(super) fn parse(form: &'a str) -> Option<Self> {
        let tokens = ParagraphTokens::split(form, Span::new(0, form.len()));
        let form = Self { form, tokens };
        (form.len() > 0 && !form.lead().contains('\n')).then_some(form)
    }

    /// Returns the form as it is listed.
    pub(super) fn text(&self) -> &'a str {
        self.form
    }

    /// Returns the number of its tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.spans.len()
    }

    /// Returns the keys of all tokens but the last, each with the mark after it.
    pub(super) fn lead(&self) -> &str {
        let starts = &self.tokens.starts;
        let inner = starts.first().zip(starts.last());
        inner.map_or("", |(&first, &last)| &self.tokens.keys[first..last])
    }

    /// Returns the last token as it is compared where case counts.
    pub(super) fn last(&self) -> String {
        let last = self.tokens.spans.last().copied();
        exact(last.unwrap_or_default().of(self.form))
    }

    /// Returns all tokens as they are compared where case counts, with `last` for the last one.
    pub(super) fn with_last(&self, last: String) -> Box<[String]> {
        let before = self.tokens.spans.split_last();
        let before = before.map_or(&[][..], |(_, before)| before).iter();
        let words = before.map(|span| exact(span.of(self.form)));
        words.chain([last]).collect()
    }
}

/// Returns `word` as it is compared where case counts: NFC, no soft hyphens, straight apostrophes.
pub(super) fn exact(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let letters = word.chars().filter(|&c| c != SOFT_HYPHEN);
    letters.map(straight).nfc().collect()
}

/// Adds the key of the token `word` to `keys`.
pub(super) fn push_key(keys: &mut String, word: &str) {
    let start = keys.len();
    let dotted = word.contains('.') && !word.starts_with(|c: char| c.is_ascii_digit());
    if word.is_ascii() && !dotted {
        push_small_letters(keys, word);
    } else {
        let plain = exact(word);
        let letters = plain.chars().filter(|&c| !(dotted && c == '.'));
        keys.extend(letters.flat_map(char::to_lowercase));
    }
    if dotted && keys.len() > start {
        keys.push('.');
    }
}

/// Adds `word`, which is ASCII, in small letters.
fn push_small_letters(keys: &mut String, word: &str) {
    let start = keys.len();
    keys.push_str(word);
    keys[start..].make_ascii_lowercase();
}

/// Whether nothing but the letters of `word` need be looked at: it has no marks and no accents, and is no initial.
fn is_plain(word: &str) -> bool {
    word.len() > 1 && run_of(word, 0, ByteClass::Letter) == word.len()
}

fn straight(c: char) -> char {
    if c == '\u{2019}' { '\'' } else { c }
}

/// Returns the place of `word` with the dot behind it, if that is the last one of an abbreviation: `U.S.`, but not `politico.com.`
fn with_last_dot(text: &str, paragraph: Span, word: Span) -> Span {
    let last = word.of(text).rsplit_once('.').map_or("", |parts| parts.1);
    let abbreviation = last.chars().count() == 1 && !last.starts_with(char::is_numeric);
    let rest = Span::new(word.end, paragraph.end).of(text);
    let dots = usize::from(abbreviation && rest.starts_with('.'));
    Span::new(word.start, word.end + dots)
}

fn without_possessive(word: &str) -> &str {
    let mut endings = POSSESSIVES.iter();
    let stem = endings.find_map(|ending| word.strip_suffix(ending));
    stem.filter(|stem| !stem.is_empty()).unwrap_or(word)
}

fn gap(between: &str) -> TokenGap {
    if between == " " {
        return TokenGap::Link;
    }
    let mut endings = POSSESSIVES.iter().chain(&["'", "’"]);
    let rest = endings.find_map(|ending| between.strip_prefix(ending));
    match rest.map(plain_gap) {
        Some(TokenGap::Link) => TokenGap::Possessive,
        Some(gap) => gap,
        None => plain_gap(between),
    }
}

/// Returns the gap between two tokens with the signs `between` them, no possessive among those.
fn plain_gap(between: &str) -> TokenGap {
    // Two line ends would be a paragraph, two dashes a break in the sentence.
    let (mut joints, mut lines, mut loose) = (0, 0, false);
    let mut chars = between.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => lines += 1,
            '-' | '\u{2010}'..='\u{2015}' | '/' => joints += 1,
            '"' | '\'' | '\u{2018}'..='\u{201f}' | '«' | '»' | '.' => loose = true,
            SOFT_HYPHEN => {}
            _ if c.is_whitespace() => {}
            _ => return TokenGap::Break,
        }
    }
    match (joints, lines) {
        (0 | 1, 0 | 1) if loose => TokenGap::Loose,
        (0 | 1, 0 | 1) => TokenGap::Link,
        _ => TokenGap::Break,
    }
}
