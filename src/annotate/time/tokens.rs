//! A paragraph as runs of letters, runs of digits and single marks.

use memchr::memchr_iter;

use crate::text::Span;
use crate::text::tokens::{WordRule, tokens};

/// A paragraph in small letters, cut into tokens; places are those of the paragraph.
pub(super) struct TimeTokens<'a> {
    small: String,
    original: &'a str,
    spans: Vec<Span>,
}

impl<'a> TimeTokens<'a> {
    pub(super) fn new(paragraph: &'a str) -> Self {
        let whole = Span::new(0, paragraph.len());
        let spans = tokens(paragraph, whole, WordRule::Runs).map(|token| token.span);
        Self {
            // ASCII only, so that no place moves.
            small: paragraph.to_ascii_lowercase(),
            original: paragraph,
            spans: spans.collect(),
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
    may_list(words, b' ', word) && words.split(' ').any(|one| one == word)
}

/// Whether any phrase of `list` begins with the first letter of `word`; `mark` stands between the phrases.
///
/// The rules look up some forty lists at each word, and nearly all of them hold no such word. This is the cheap first test.
pub(super) fn may_list(list: &str, mark: u8, word: &str) -> bool {
    let Some(first) = word.bytes().next() else {
        return false;
    };
    let list = list.as_bytes();
    memchr_iter(first, list).any(|at| at == 0 || list[at - 1] == mark)
}
