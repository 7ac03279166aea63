//! A paragraph as words, numbers and marks.

use crate::text::Span;

/// A paragraph in small letters, cut into tokens; places are those of the paragraph.
pub(super) struct TimeTokens<'a> {
    small: String,
    original: &'a str,
    spans: Vec<Span>,
}

impl<'a> TimeTokens<'a> {
    pub(super) fn new(paragraph: &'a str) -> Self {
        let mut spans = Vec::new();
        let mut chars = paragraph.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if c.is_whitespace() {
                continue;
            }
            let mut end = start + c.len_utf8();
            let goes_on: fn(char) -> bool = match c {
                '0'..='9' => |c| c.is_ascii_digit(),
                _ if c.is_alphabetic() => char::is_alphabetic,
                _ => |_| false,
            };
            while let Some((at, c)) = chars.next_if(|(_, c)| goes_on(*c)) {
                end = at + c.len_utf8();
            }
            spans.push(Span::new(start, end));
        }
        Self {
            // ASCII only, so that no place moves.
            small: paragraph.to_ascii_lowercase(),
            original: paragraph,
            spans,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// Returns token `at` in small letters; empty beyond the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.span(at).of(&self.small)
    }

    pub(super) fn span(&self, at: usize) -> Span {
        self.spans.get(at).copied().unwrap_or_default()
    }

    /// Whether token `at` is written with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        let written = self.span(at).of(self.original);
        written.starts_with(char::is_uppercase)
    }

    /// Whether nothing stands between token `at` and the one before it.
    pub(super) fn touches(&self, at: usize) -> bool {
        at > 0 && self.span(at - 1).end == self.span(at).start
    }
}

/// Whether `word` is one of `words`, which blanks part.
pub(super) fn has_word(words: &str, word: &str) -> bool {
    words.split(' ').any(|one| one == word)
}
