//! Text to tokens: words, numbers and signs with their places, without the white space between them.
//!
//! One scanner serves everything that reads words. A word is letters, digits and combining marks, with the marks that hold it
//! together; [`WordRule`] says which:
//!
//! | text | `Plain` | `Grammar` | `Runs` |
//! |---|---|---|---|
//! | `Canada’s` | `Canada’s` | `Canada` `’s` | `Canada` `’` `s` |
//! | `counter-tariffs` | `counter` `-` `tariffs` | `counter-tariffs` | `counter` `-` `tariffs` |
//! | `U.S. law` | `U.S` `.` `law` | `U.S` `.` `law` | `U` `.` `S` `.` `law` |
//! | `3,000.5` | `3,000.5` | `3,000.5` | `3` `,` `000` `.` `5` |
//! | `5pm` | `5pm` | `5pm` | `5` `pm` |
//!
//! Knows nothing of sentences: the stop of `Mr.` is a token like any other.

use unicode_normalization::char::is_combining_mark;

use super::Span;

/// Most small letters behind a dot inside a word: the `com` of a site.
const LONGEST_SMALL_PART: usize = 3;

/// Most characters of an ending, the apostrophe among them: `'ll`.
const LONGEST_ENDING: usize = 3;

/// Last byte of `’` in UTF-8.
const CURLY_END: u8 = 0x99;

const SOFT_HYPHEN: char = '\u{ad}';

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with digits and the marks that hold them together.
    Word,
    /// A word that begins with a digit.
    Number,
    /// `'s`, or the apostrophe after a plural; with [`WordRule::Grammar`] only.
    Possessive,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `.`
    FullStop,
    /// `!` or `?`
    Exclamation,
    /// `…`, or two dots and more.
    Ellipsis,
    /// Dashes, or hyphens that hold no word together.
    Dash,
    /// `(` or `[`
    OpenBracket,
    /// `)` or `]`
    CloseBracket,
    /// Any other character, quotation marks among them.
    Other,
}

/// The marks that may stand inside a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordRule {
    /// Apostrophes, and the points of numbers, abbreviations and sites: for counting, comparing and searching words.
    Plain,
    /// The same and hyphens; `'s`, `'ll` and the like are tokens of their own: for reading who does what.
    Grammar,
    /// None; letters and digits are apart: for reading times and figures.
    Runs,
}

/// A word, a number or a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextToken {
    /// The place in the text.
    pub span: Span,
    /// The kind.
    pub kind: TokenKind,
}

/// Returns the tokens of `within`, a part of `text`, in order.
pub fn tokens(text: &str, within: Span, rule: WordRule) -> TokenScanner<'_> {
    TokenScanner {
        text: text.get(..within.end).unwrap_or_default(),
        at: within.start,
        rule,
        ending: None,
        word_end: None,
    }
}

/// Returns the words and numbers of `text` by [`WordRule::Plain`].
///
/// ```
/// use crossread::text::tokens::words;
/// let text = "Canada’s U.S. counter-tariffs";
/// let found: Vec<&str> = words(text).map(|word| word.of(text)).collect();
/// assert_eq!(found, ["Canada’s", "U.S", "counter", "tariffs"]);
/// ```
pub fn words(text: &str) -> impl Iterator<Item = Span> + '_ {
    words_of(text, Span::new(0, text.len()), WordRule::Plain)
}

/// Returns the words and numbers of `within`, a part of `text`.
pub fn words_of(text: &str, within: Span, rule: WordRule) -> impl Iterator<Item = Span> + '_ {
    tokens(text, within, rule)
        .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
        .map(|token| token.span)
}

/// Splits a possessive or contracted ending off `word`: `Canada’s` is `Canada` and `’s`; the ending may be empty.
pub fn split_ending(word: &str) -> (&str, &str) {
    // Asked of each word, so bytes come first: the last ones of an ending are an apostrophe and at most two letters of ASCII.
    let mut last = word.bytes().rev().take(LONGEST_ENDING);
    if !last.any(|byte| matches!(byte, b'\'' | CURLY_END)) {
        return (word, "");
    }
    let mut last_letters = word.char_indices().rev().take(LONGEST_ENDING);
    let Some((apostrophe, _)) = last_letters.find(|(_, c)| matches!(c, '\'' | '’')) else {
        return (word, "");
    };
    let (stem, ending) = word.split_at(apostrophe);
    match ending.trim_start_matches(['\'', '’']) {
        "s" | "S" | "d" | "ve" | "re" | "ll" | "m" if !stem.is_empty() => (stem, ending),
        _ => (word, ""),
    }
}

/// A kind of byte in a text. Nearly all characters are ASCII, and need no table of Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteClass {
    /// White space of ASCII.
    Blank,
    /// A letter or digit of ASCII.
    Letter,
    /// Any other character of ASCII.
    Sign,
    /// A part of a character beyond ASCII.
    Wide,
}

static BYTE_CLASSES: [ByteClass; 256] = {
    let mut classes = [ByteClass::Wide; 256];
    let mut byte = 0u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'\t'..=b'\r' | b' ' => ByteClass::Blank,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => ByteClass::Letter,
            _ => ByteClass::Sign,
        };
        byte += 1;
    }
    classes
};

/// Returns the class of `byte`.
pub fn byte_class(byte: u8) -> ByteClass {
    BYTE_CLASSES[usize::from(byte)]
}

/// Returns how many bytes from `at` on are of one `class`.
pub fn run_of(text: &str, at: usize, class: ByteClass) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let other = rest.iter().position(|&byte| byte_class(byte) != class);
    other.unwrap_or(rest.len())
}

/// Returns the character at byte `at`; most are of one byte.
pub fn char_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some(char::from(byte));
    }
    text.get(at..)?.chars().next()
}

/// Iterator over the tokens of a text; see [`tokens`].
#[derive(Clone, Debug)]
pub struct TokenScanner<'a> {
    text: &'a str,
    at: usize,
    rule: WordRule,
    /// An ending that was split off the last word.
    ending: Option<TextToken>,
    /// End of the last word, to which an apostrophe may belong.
    word_end: Option<usize>,
}

impl Iterator for TokenScanner<'_> {
    type Item = TextToken;

    fn next(&mut self) -> Option<TextToken> {
        if let Some(ending) = self.ending.take() {
            self.word_end = Some(ending.span.end).filter(|_| ending.kind == TokenKind::Word);
            return Some(ending);
        }
        self.at += run_of(self.text, self.at, ByteClass::Blank);
        if let Some(word) = self.scan_plain_word() {
            self.word_end = Some(word.span.end).filter(|_| word.kind == TokenKind::Word);
            return Some(word);
        }
        let first = loop {
            let c = char_at(self.text, self.at)?;
            if !c.is_whitespace() {
                break c;
            }
            self.at += c.len_utf8();
        };
        let token = if first.is_alphanumeric() {
            self.scan_word(first)
        } else {
            self.scan_sign(first)
        };
        self.word_end = Some(token.span.end).filter(|_| token.kind == TokenKind::Word);
        Some(token)
    }
}

impl TokenScanner<'_> {
    /// Scans a word of ASCII letters and digits with nothing behind it that might hold it together with more, as nearly all are.
    fn scan_plain_word(&mut self) -> Option<TextToken> {
        let letters = run_of(self.text, self.at, ByteClass::Letter);
        let span = Span::new(self.at, self.at + letters);
        let bytes = self.text.as_bytes();
        let first = bytes.get(span.start).filter(|_| letters > 0)?;
        let is_blank_at = |at: usize| {
            let byte = bytes.get(at);
            byte.is_none_or(|&byte| byte_class(byte) == ByteClass::Blank)
        };
        let ends = match bytes.get(span.end) {
            Some(b',' | b'.' | b':') => is_blank_at(span.end + 1),
            Some(b';' | b'!' | b'?' | b'"' | b')') => true,
            _ => is_blank_at(span.end),
        };
        if !ends || self.rule == WordRule::Runs {
            return None;
        }
        self.at = span.end;
        Some(TextToken {
            span,
            kind: match first.is_ascii_digit() {
                true => TokenKind::Number,
                false => TokenKind::Word,
            },
        })
    }

    fn scan_word(&mut self, first: char) -> TextToken {
        let whole = Span::new(self.at, self.word_end_after(first));
        self.at = whole.end;
        let kind = if first.is_ascii_digit() {
            TokenKind::Number
        } else {
            TokenKind::Word
        };
        if self.rule != WordRule::Grammar {
            return TextToken { span: whole, kind };
        }
        let (stem, ending) = split_ending(whole.of(self.text));
        let span = Span::new(whole.start, whole.start + stem.len());
        if !ending.is_empty() {
            let possessive = ending.ends_with(['s', 'S']);
            self.ending = Some(TextToken {
                span: Span::new(span.end, whole.end),
                kind: if possessive {
                    TokenKind::Possessive
                } else {
                    TokenKind::Word
                },
            });
        }
        TextToken { span, kind }
    }

    /// Returns the end of the word that begins here with `first`.
    fn word_end_after(&self, first: char) -> usize {
        let (mut end, mut last) = (self.at + first.len_utf8(), first);
        loop {
            if self.rule != WordRule::Runs {
                let letters = run_of(self.text, end, ByteClass::Letter);
                if letters > 0 {
                    end += letters;
                    last = char::from(self.text.as_bytes()[end - 1]);
                }
            }
            let Some(c) = char_at(self.text, end) else {
                break;
            };
            let goes_on = match self.rule {
                WordRule::Runs => c.is_ascii_digit() == first.is_ascii_digit() && is_letter(c),
                _ => is_letter(c) || self.joins(last, c, end),
            };
            if !goes_on {
                break;
            }
            last = c;
            end += c.len_utf8();
        }
        end
    }

    /// Whether `mark`, which stands at `at` after `before`, holds a word together with what follows it.
    fn joins(&self, before: char, mark: char, at: usize) -> bool {
        // A blank ends nearly every word, so it is asked about before the next letter is read.
        if mark == ' ' {
            return false;
        }
        let next_at = at + mark.len_utf8();
        let Some(next) = char_at(self.text, next_at) else {
            return false;
        };
        let between_digits = before.is_ascii_digit() && next.is_ascii_digit();
        match mark {
            '\'' | '’' => next.is_alphabetic(),
            ',' | ':' => between_digits,
            '.' => between_digits || self.is_inner_dot(next, next_at),
            '-' => self.rule == WordRule::Grammar && next.is_alphanumeric(),
            '_' => next.is_alphanumeric(),
            _ => false,
        }
    }

    /// Whether the dot before `next` is one of `p.m`, `politico.com`, `U.S` or `Ph.D`.
    ///
    /// A longer word behind it is a sentence of its own: careless pages glue them together, as in `the end.Next`.
    fn is_inner_dot(&self, next: char, next_at: usize) -> bool {
        let rest = self.text.get(next_at..).unwrap_or_default();
        let part = rest.chars().take_while(|c| c.is_alphanumeric());
        let longest = if next.is_lowercase() {
            LONGEST_SMALL_PART
        } else {
            1
        };
        next.is_alphabetic() && part.take(longest + 1).count() <= longest
    }

    fn scan_sign(&mut self, sign: char) -> TextToken {
        let start = self.at;
        let touches_word = self.word_end == Some(start);
        self.at = match sign {
            '.' => self.end_of_run(|c| c == '.'),
            _ if is_dash(sign) => self.end_of_run(is_dash),
            _ => start + sign.len_utf8(),
        };
        let kind = match sign {
            '.' if self.at - start > 1 => TokenKind::Ellipsis,
            '.' => TokenKind::FullStop,
            _ if is_dash(sign) => TokenKind::Dash,
            '\'' | '’' if touches_word && self.rule == WordRule::Grammar => TokenKind::Possessive,
            _ => kind_of_sign(sign),
        };
        TextToken {
            span: Span::new(start, self.at),
            kind,
        }
    }

    fn end_of_run(&self, same: impl Fn(char) -> bool) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.text.len() - rest.trim_start_matches(same).len()
    }
}

fn kind_of_sign(sign: char) -> TokenKind {
    match sign {
        ',' => TokenKind::Comma,
        ';' => TokenKind::Semicolon,
        ':' => TokenKind::Colon,
        '!' | '?' => TokenKind::Exclamation,
        '…' => TokenKind::Ellipsis,
        '(' | '[' => TokenKind::OpenBracket,
        ')' | ']' => TokenKind::CloseBracket,
        _ => TokenKind::Other,
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '–' | '―')
}

/// Whether the character is a part of the word that it stands in; a soft hyphen only says where a line may break.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && (is_combining_mark(c) || c == SOFT_HYPHEN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, rule: WordRule) -> Vec<&str> {
        tokens(text, Span::new(0, text.len()), rule)
            .map(|token| token.span.of(text))
            .collect()
    }

    #[test]
    fn a_rule_tells_which_marks_hold_a_word_together() {
        let text = "Canada’s U.S. counter-tariffs: 3,000.5";
        assert_eq!(
            split(text, WordRule::Plain),
            [
                "Canada’s",
                "U.S",
                ".",
                "counter",
                "-",
                "tariffs",
                ":",
                "3,000.5"
            ]
        );
        assert_eq!(
            split(text, WordRule::Grammar),
            [
                "Canada",
                "’s",
                "U.S",
                ".",
                "counter-tariffs",
                ":",
                "3,000.5"
            ]
        );
        assert_eq!(
            split("5pm on 2025-09-03", WordRule::Runs),
            ["5", "pm", "on", "2025", "-", "09", "-", "03"]
        );
    }

    #[test]
    fn dots_join_abbreviations_and_sites_but_no_glued_sentences() {
        for whole in ["politico.com", "p.m", "Ph.D", "J.D", "e.g"] {
            assert_eq!(split(whole, WordRule::Plain), [whole]);
        }
        assert_eq!(
            split("the end.Next", WordRule::Plain),
            ["the", "end", ".", "Next"]
        );
        assert_eq!(split("and.tariffs", WordRule::Plain).len(), 3);
        assert_eq!(split("J.D.Vance", WordRule::Plain), ["J.D", ".", "Vance"]);
    }

    #[test]
    fn endings_and_plural_apostrophes_are_tokens_of_grammar() {
        let text = "They’ll see the voters' list, 1990's.";
        assert_eq!(
            split(text, WordRule::Grammar),
            [
                "They", "’ll", "see", "the", "voters", "'", "list", ",", "1990", "'s", "."
            ]
        );
        let kinds: Vec<_> = tokens(text, Span::new(0, text.len()), WordRule::Grammar)
            .filter(|token| token.kind == TokenKind::Possessive)
            .map(|token| token.span.of(text))
            .collect();
        assert_eq!(kinds, ["'", "'s"]);
    }

    #[test]
    fn an_accent_of_its_own_stays_in_its_word() {
        assert_eq!(
            split("Zoe\u{308} spoke", WordRule::Plain),
            ["Zoe\u{308}", "spoke"]
        );
    }

    #[test]
    fn words_are_tokens_without_signs() {
        let text = "Canada’s U.S. counter-tariffs: $3,000.5 at 10:30, don't.";
        let found: Vec<_> = words(text).map(|word| word.of(text)).collect();
        assert_eq!(
            found,
            [
                "Canada’s",
                "U.S",
                "counter",
                "tariffs",
                "3,000.5",
                "at",
                "10:30",
                "don't"
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn tokens_hold_everything_but_white_space(text in "[a-zA-Z .!?\"'’()…é\n“”0-9,:;—_\u{301}-]{0,60}") {
            for rule in [WordRule::Plain, WordRule::Grammar, WordRule::Runs] {
                let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                proptest::prop_assert_eq!(split(&text, rule).concat(), bare);
            }
        }
    }
}
