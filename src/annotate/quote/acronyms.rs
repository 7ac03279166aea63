//! Long names that capital letters stand for: `the PMO` is `the Prime Minister's Office` if that name, or `Long Name (LN)`, stood
//! before.
//!
//! Letters that two names share stand for none.

use foldhash::HashMap;

use super::phrase::SentenceTokens;
use super::words;
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// Most letters that stand for a name.
const MOST_LETTERS: usize = 8;

/// Fewest letters that stand for a name; two stand for too much, unless they are bracketed behind it.
const FEWEST_LETTERS: usize = 3;

/// Most small words inside a long name in a row: `Office of the`.
const SMALL_WORDS: usize = 2;

/// Long names by their initials; `None` where two names share them.
#[derive(Default)]
pub(super) struct Acronyms {
    names: HashMap<String, Option<Span>>,
}

impl Acronyms {
    /// Takes note of the long names of a run of capitals that begins at `at`, and returns its last token.
    pub(super) fn note_names(&mut self, sentence: SentenceTokens<'_>, at: usize) -> usize {
        if next_capital(sentence, at).is_none() {
            return at;
        }
        let next = |token: &usize| next_capital(sentence, *token);
        let capitals = std::iter::successors(Some(at), next);
        // Bounded, because each capital of a page of them would begin a run of its own.
        let capitals: Vec<usize> = capitals.take(MOST_LETTERS * 2).collect();
        for (count, tail) in capitals.iter().enumerate().skip(1) {
            let bracketed = bracketed_letters(sentence, *tail);
            let whole = sentence.is(*tail, words::ORGANISATION) || count + 1 == capitals.len();
            if whole || bracketed.is_some() {
                let name = capitals.get(..=count).unwrap_or_default();
                self.note_endings(sentence, name, bracketed.as_deref());
            }
        }
        capitals.last().copied().unwrap_or(at)
    }

    /// Keeps each ending of a name by its initials, because the name may follow other capitals.
    fn note_endings(
        &mut self,
        sentence: SentenceTokens<'_>,
        capitals: &[usize],
        bracketed: Option<&str>,
    ) {
        let initial = |at: &usize| sentence.token(*at)?.word.chars().next();
        for first in capitals.len().saturating_sub(MOST_LETTERS)..capitals.len() - 1 {
            let name = capitals.get(first..).unwrap_or_default();
            // Letters are put together only where they may count: a page has thousands of names of two words.
            if name.len() < FEWEST_LETTERS && bracketed.is_none() {
                continue;
            }
            let letters = name.iter().filter_map(initial);
            let letters: String = letters.map(|c| c.to_ascii_uppercase()).collect();
            let enough = name.len() >= FEWEST_LETTERS
                || (name.len() == 2 && bracketed == Some(letters.as_str()));
            if let (true, [start, .., end]) = (enough, name) {
                self.add(sentence.text, letters, sentence.span_of(*start, *end));
            }
        }
    }

    fn add(&mut self, text: &str, letters: String, name: Span) {
        let same = |known: Span| known.of(text).eq_ignore_ascii_case(name.of(text));
        self.names
            .entry(letters)
            .and_modify(|known| *known = known.filter(|known| same(*known)))
            .or_insert(Some(name));
    }

    /// Returns the long name of the capital letters at this token.
    pub(super) fn long_name(&self, sentence: SentenceTokens<'_>, at: usize) -> Option<Span> {
        let letters = capital_letters(sentence, at)?;
        self.names.get(&letters).copied().flatten()
    }
}

/// Returns the next token of a long name: over a possessive ending, `of`, `and`, `for` and `the`.
fn next_capital(sentence: SentenceTokens<'_>, at: usize) -> Option<usize> {
    for next in at + 1..=at + 1 + SMALL_WORDS {
        let token = sentence.token(next)?;
        if token.is_name() {
            return Some(next);
        }
        let small = token.is_any_word(&["of", "and", "for", "the"]);
        if !small && token.kind != TokenKind::Possessive {
            return None;
        }
    }
    None
}

/// Returns the letters in brackets behind a token: `Canada-U.S.-Mexico Agreement (CUSMA)`.
fn bracketed_letters(sentence: SentenceTokens<'_>, at: usize) -> Option<String> {
    if sentence.kind(at + 1) != Some(TokenKind::OpenBracket) {
        return None;
    }
    capital_letters(sentence, at + 2)
}

/// Returns the letters of the token, if it is nothing but capitals: PMO, U.N.
fn capital_letters(sentence: SentenceTokens<'_>, at: usize) -> Option<String> {
    let word = sentence.token(at)?.word;
    let letters = word.bytes().filter(|byte| *byte != b'.');
    let capitals = letters.clone().all(|byte| byte.is_ascii_uppercase());
    let count = letters.count();
    (capitals && (2..=MOST_LETTERS).contains(&count)).then(|| word.replace('.', ""))
}
