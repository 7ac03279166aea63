//! A paragraph as words, numbers and marks.

use crate::text::Span;

/// A paragraph in small letters, cut into tokens; places are those of the paragraph.
pub(super) struct Tokens {
    small: String,
    original: String,
    tokens: Vec<Span>,
}

impl Tokens {
    pub(super) fn of(paragraph: &str) -> Self {
        // ASCII only, so that no place moves.
        let small = paragraph.to_ascii_lowercase();
        let mut tokens = Vec::new();
        let mut chars = small.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if c.is_whitespace() {
                continue;
            }
            let mut end = start + c.len_utf8();
            let same: fn(char) -> bool = match c {
                _ if c.is_ascii_digit() => |c| c.is_ascii_digit(),
                _ if c.is_alphabetic() => char::is_alphabetic,
                _ => |_| false,
            };
            while let Some((at, c)) = chars.next_if(|(_, c)| same(*c)) {
                end = at + c.len_utf8();
            }
            tokens.push(Span::new(start, end));
        }
        Self {
            original: paragraph.to_owned(),
            small,
            tokens,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Returns token `at` in small letters; empty beyond the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.span(at).of(&self.small)
    }

    pub(super) fn span(&self, at: usize) -> Span {
        self.tokens.get(at).copied().unwrap_or_default()
    }

    /// Whether token `at` is written with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.span(at)
            .of(&self.original)
            .starts_with(char::is_uppercase)
    }

    /// Whether nothing stands between token `at` and the one before it.
    pub(super) fn touches(&self, at: usize) -> bool {
        at > 0 && self.span(at - 1).end == self.span(at).start
    }
}
