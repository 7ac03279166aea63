//! From the words of one paragraph to tokens and sentences; what stands between marks is a single token.
//!
//! The reporter's own words are what tells who speaks, so quotations are not looked into. A sentence may hold several
//! quotations, and a quotation of several sentences is one token of the sentence that it stands in.

use std::ops::Range;

use super::marks::Marked;
use super::words::{self, Classes};
use crate::text::Span;
use crate::text::segment::char_at;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Letters, perhaps with digits, hyphens, inner dots and apostrophes.
    Word,
    /// Begins with a digit.
    Number,
    /// `'s`, or the apostrophe after a plural.
    Possessive,
    /// The stretch between marks with this number.
    Quote(usize),
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `.`
    Stop,
    /// `!` or `?`
    Bang,
    /// `…` or `...`
    Ellipsis,
    /// A dash of any length, or a hyphen that stands alone.
    Dash,
    /// `(` or `[`
    Open,
    /// `)` or `]`
    Close,
    /// Anything else.
    Other,
}

/// A word, a sign, or a whole quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Hash of the small letters.
    pub(super) key: u64,
    pub(super) classes: Classes,
    pub(super) sort: Sort,
    /// Whether it begins with a capital that may mean a name.
    pub(super) capital: bool,
}

impl Token {
    /// Whether it is in any of these classes.
    pub(super) fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }

    /// Whether it may be a part of a name.
    pub(super) fn is_name(&self) -> bool {
        self.capital && self.sort == Sort::Word && !self.is(words::NOT_NAME)
    }

    /// Whether it is a word, a number or a possessive ending.
    pub(super) fn is_wordlike(&self) -> bool {
        matches!(self.sort, Sort::Word | Sort::Number | Sort::Possessive)
    }

    /// The place of its words.
    pub(super) fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// The number of the quotation that it stands for.
    pub(super) fn quote(&self) -> Option<usize> {
        match self.sort {
            Sort::Quote(number) => Some(number),
            _ => None,
        }
    }
}

/// Fills `out` with the tokens of `paragraph`, whose stretches between marks are `marked` (places in `text`).
pub(super) fn tokenize(text: &str, paragraph: Span, marked: &[Marked], out: &mut Vec<Token>) {
    out.clear();
    let mut at = paragraph.start;
    for (number, marked) in marked.iter().enumerate() {
        run(text, Span::new(at, marked.span.start), out);
        out.push(Token {
            start: marked.span.start,
            end: marked.span.end,
            key: 0,
            classes: Classes::default(),
            sort: Sort::Quote(number),
            capital: false,
        });
        at = marked.span.end;
    }
    run(text, Span::new(at, paragraph.end), out);
}

fn run(text: &str, span: Span, out: &mut Vec<Token>) {
    let Some(stretch) = text.get(..span.end) else {
        return;
    };
    let mut at = span.start;
    while let Some(c) = char_at(stretch, at) {
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if c.is_alphanumeric() {
            at = word(stretch, at, out);
        } else {
            at = sign(stretch, at, c, out);
        }
    }
}

/// Takes the word at `at` with its possessive ending or its stop, and returns where it ends.
fn word(text: &str, at: usize, out: &mut Vec<Token>) -> usize {
    let mut end = word_end(text, at);
    let mut ending = None;
    if let Some(apostrophe) = last_apostrophe(text, at, end) {
        let tail = text
            .get(apostrophe..end)
            .unwrap_or_default()
            .trim_start_matches(['\'', '’']);
        if matches!(tail, "s" | "S" | "d" | "ve" | "re" | "ll" | "m") {
            ending = Some((Span::new(apostrophe, end), tail));
            end = apostrophe;
        }
    }
    let base = text.get(at..end).unwrap_or_default();
    let first = base.chars().next().unwrap_or(' ');
    let key = words::key(base);
    let mut classes = words::classes(key);
    if base.len() > 3 && (base.ends_with("n't") || base.ends_with("n’t")) {
        classes.add(words::AUXILIARY);
    }
    let initial =
        base.len() == 1 && first.is_ascii_uppercase() && text.as_bytes().get(end) == Some(&b'.');
    if initial
        && text
            .get(end + 1..)
            .is_some_and(|more| !more.trim_start().is_empty())
    {
        classes = Classes::default();
    }
    if !first.is_uppercase() && classes == Classes::default() && is_adverb(base) {
        classes.add(words::AUXILIARY);
    }
    out.push(Token {
        start: at,
        end,
        key,
        classes,
        sort: if first.is_ascii_digit() {
            Sort::Number
        } else {
            Sort::Word
        },
        capital: first.is_uppercase(),
    });
    if let Some((span, tail)) = ending {
        return push_ending(span, tail, out);
    }
    if text.as_bytes().get(end) == Some(&b'.') && keeps_stop(base, classes, text, end) {
        return end + 1;
    }
    end
}

fn push_ending(span: Span, tail: &str, out: &mut Vec<Token>) -> usize {
    let possessive = matches!(tail, "s" | "S");
    out.push(Token {
        start: span.start,
        end: span.end,
        key: 0,
        classes: if possessive {
            Classes::default()
        } else {
            words::AUXILIARY
        },
        sort: if possessive {
            Sort::Possessive
        } else {
            Sort::Word
        },
        capital: false,
    });
    span.end
}

/// `Mr.`, `U.S.`, `J.`: the stop belongs to the word and ends no sentence by itself.
fn keeps_stop(base: &str, classes: Classes, text: &str, end: usize) -> bool {
    let initial = base.len() == 1 && base.starts_with(|c: char| c.is_ascii_uppercase() && c != 'I');
    let abbreviated = classes.any(words::ABBREVIATION)
        || (base.contains('.') && base.starts_with(char::is_alphabetic));
    let more = text.get(end + 1..).unwrap_or_default().trim_start();
    (initial || abbreviated) && !more.is_empty()
}

fn word_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            at += 1;
        } else if byte < 0x80 {
            let joins = matches!(byte, b'.' | b'\'' | b'-')
                && char_at(text, at + 1).is_some_and(char::is_alphanumeric);
            if !joins {
                break;
            }
            at += 1;
        } else {
            let c = char_at(text, at).unwrap_or(' ');
            let joins =
                c == '’' && char_at(text, at + c.len_utf8()).is_some_and(char::is_alphanumeric);
            if !c.is_alphanumeric() && !joins {
                break;
            }
            at += c.len_utf8();
        }
    }
    at
}

fn last_apostrophe(text: &str, at: usize, end: usize) -> Option<usize> {
    let word = text.get(at..end)?;
    let near = word.char_indices().rev().take(3);
    near.filter(|(_, c)| matches!(c, '\'' | '’'))
        .map(|(offset, _)| at + offset)
        .next()
}

fn sign(text: &str, at: usize, c: char, out: &mut Vec<Token>) -> usize {
    let mut end = at + c.len_utf8();
    let rest = text.get(at..).unwrap_or_default();
    let sort = match c {
        ',' => Sort::Comma,
        ';' => Sort::Semicolon,
        ':' => Sort::Colon,
        '.' if rest.starts_with("..") => {
            end = at + rest.bytes().take_while(|b| *b == b'.').count();
            Sort::Ellipsis
        }
        '.' => Sort::Stop,
        '!' | '?' => Sort::Bang,
        '…' => Sort::Ellipsis,
        '-' | '—' | '–' | '―' => {
            let dashes = rest
                .chars()
                .take_while(|d| matches!(d, '-' | '—' | '–' | '―'));
            end = at + dashes.map(char::len_utf8).sum::<usize>();
            Sort::Dash
        }
        '(' | '[' => Sort::Open,
        ')' | ']' => Sort::Close,
        '\'' | '’'
            if out
                .last()
                .is_some_and(|before| before.sort == Sort::Word && before.end == at) =>
        {
            Sort::Possessive
        }
        _ => Sort::Other,
    };
    out.push(Token {
        start: at,
        end,
        key: 0,
        classes: Classes::default(),
        sort,
        capital: false,
    });
    end
}

/// Takes the meaning off capitals that mean no name: those of a headline's verbs and small words, and of a sentence's first adverb.
///
/// Returns whether the paragraph is a headline.
pub(super) fn settle_capitals(text: &str, paragraph: Span, tokens: &mut [Token]) -> bool {
    let headline = is_title_case(text, paragraph, tokens);
    if headline {
        let small = words::CUE.with(words::AUXILIARY).with(words::PREPOSITION);
        for token in tokens.iter_mut().filter(|token| token.is(small)) {
            token.capital = false;
        }
    }
    let mut starts = true;
    for index in 0..tokens.len() {
        let name_follows = tokens.get(index + 1).is_some_and(Token::is_name);
        let Some(token) = tokens.get_mut(index) else {
            break;
        };
        if starts && token.capital && !name_follows && is_common(token.span().of(text)) {
            token.capital = false;
        }
        if !starts && !headline && token.capital && token.is(words::AUXILIARY) {
            // Mr. Will and Mrs. May are people.
            token.classes = words::Classes::default();
        }
        starts = match token.sort {
            Sort::Stop | Sort::Bang | Sort::Colon | Sort::Quote(_) => true,
            Sort::Word | Sort::Number | Sort::Possessive => false,
            _ => starts,
        };
    }
    headline
}

/// Whether a small word reads as an adverb: repeatedly, famously.
fn is_adverb(word: &str) -> bool {
    const NOUNS: [&str; 12] = [
        "family", "ally", "rally", "reply", "assembly", "supply", "monopoly", "anomaly", "bully",
        "monthly", "weekly", "daily",
    ];
    word.len() > 4 && word.ends_with("ly") && !NOUNS.contains(&word)
}

/// Whether a word at the head of a sentence reads as no name, whatever its capital.
fn is_common(word: &str) -> bool {
    const ENDINGS: [&str; 10] = [
        "ly", "ing", "ed", "tion", "tions", "ness", "ments", "ities", "less", "ful",
    ];
    word.len() > 5 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether most words of a short paragraph begin with a capital, as in a headline.
fn is_title_case(text: &str, paragraph: Span, tokens: &[Token]) -> bool {
    if paragraph.len() >= 160 {
        return false;
    }
    let words = tokens.iter().filter(|token| token.sort == Sort::Word);
    let (all, capitals) = words.fold((0, 0), |(all, capitals), token| {
        (all + 1, capitals + usize::from(token.capital))
    });
    all >= 3 && capitals * 10 >= all * 7 && !paragraph.of(text).trim_end().ends_with(['"', '”'])
}

/// Fills `out` with the sentences of a paragraph, as ranges of its tokens.
pub(super) fn sentences(text: &str, tokens: &[Token], out: &mut Vec<Range<usize>>) {
    out.clear();
    let mut first = 0;
    for (index, token) in tokens.iter().enumerate() {
        let after = tokens.get(index + 1..).unwrap_or_default();
        if ends_sentence(text, token, after) {
            out.push(first..index + 1);
            first = index + 1;
        }
    }
    if first < tokens.len() {
        out.push(first..tokens.len());
    }
}

fn ends_sentence(text: &str, token: &Token, after: &[Token]) -> bool {
    let Some(next) = after.first() else {
        return true;
    };
    let starts = next.capital || next.quote().is_some();
    match token.sort {
        Sort::Stop | Sort::Bang => starts || next.sort == Sort::Open || next.sort == Sort::Number,
        Sort::Quote(_) => ends_with_quote(inner_end(text, token), next, after),
        _ => false,
    }
}

/// The last character inside the marks.
pub(super) fn inner_end(text: &str, quote: &Token) -> char {
    let inner = quote.span().of(text);
    inner
        .trim_end_matches(|c: char| c.is_whitespace() || is_mark(c))
        .chars()
        .next_back()
        .unwrap_or(' ')
}

/// Whether `c` is any quotation mark or apostrophe.
pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '\''
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '`'
            | '«'
            | '»'
            | '‹'
            | '›'
    )
}

fn ends_with_quote(last: char, next: &Token, after: &[Token]) -> bool {
    if next.quote().is_some() {
        return matches!(last, '.' | '!' | '?' | '…');
    }
    let cue_near =
        |within: usize, classes: Classes| after.iter().take(within).any(|token| token.is(classes));
    match last {
        '.' => next.capital,
        '…' => next.capital && !cue_near(6, words::CUE),
        // The attribution may follow: `"Why?" Smith asked.`
        '!' | '?' => next.capital && !cue_near(5, words::STRONG) && !is_named_after(next, after),
        _ => false,
    }
}

/// `"Why?" Hannity pressed.` and `"How are you?" Miller, a retired worker, said.`: a name, then its verb.
fn is_named_after(next: &Token, after: &[Token]) -> bool {
    if !next.is_name() {
        return false;
    }
    let rest = || after.iter().skip_while(|token| token.is_name());
    match rest().next() {
        Some(token) if token.sort == Sort::Comma => rest()
            .take(16)
            .take_while(|token| token.sort != Sort::Stop)
            .any(|token| token.is(words::STRONG)),
        Some(token) => token.is(words::CUE) && !token.is(words::BASE),
        None => false,
    }
}
