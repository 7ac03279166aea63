//! From the words of one paragraph to tokens and sentences; a quotation is a single token.
//!
//! The reporter's own words tell who speaks, so quotations are not looked into. A sentence may hold several quotations, and a
//! quotation of several sentences is one token of the sentence that it stands in.

use std::ops::Range;

use super::marks::MarkedSpan;
use super::words::{self, WordClasses};
use crate::text::Span;
use crate::text::sentences::{is_abbreviation, sentences_around};
use crate::text::tokens::{TextToken, TokenKind, WordRule, tokens};

/// A word, a sign, or a whole quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct SentenceToken<'a> {
    /// The words as they are written.
    pub(super) word: &'a str,
    pub(super) span: Span,
    pub(super) kind: TokenKind,
    /// The number of the stretch between marks that it stands for.
    pub(super) quote: Option<usize>,
    pub(super) classes: WordClasses,
    /// Whether it begins with a capital that may mean a name.
    pub(super) capital: bool,
}

impl<'a> SentenceToken<'a> {
    fn new(text: &'a str, token: TextToken) -> Self {
        let word = token.span.of(text);
        Self {
            word,
            span: token.span,
            kind: token.kind,
            quote: None,
            classes: WordClasses::default(),
            capital: false,
        }
    }

    /// Whether it is in any of these classes.
    pub(super) fn is(&self, classes: WordClasses) -> bool {
        self.classes.any(classes)
    }

    /// Whether it is this word, which is given in small letters.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.word.eq_ignore_ascii_case(word)
    }

    /// Whether it is any of these words, which are given in small letters.
    pub(super) fn is_any_word(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is_word(word))
    }

    /// Whether it may be a part of a name.
    pub(super) fn is_name(&self) -> bool {
        self.capital && self.kind == TokenKind::Word && !self.is(words::NOT_NAME)
    }

    /// Whether it is a word, a number or a possessive ending.
    pub(super) fn is_wordlike(&self) -> bool {
        matches!(
            self.kind,
            TokenKind::Word | TokenKind::Number | TokenKind::Possessive
        )
    }

    /// Whether it is a pronoun that never is a subject: him, them.
    pub(super) fn is_object_pronoun(&self) -> bool {
        self.is_any_word(&["him", "them", "me", "us"])
    }

    /// Whether it is a small noun of several things or people.
    pub(super) fn is_plural_noun(&self) -> bool {
        const PEOPLE: [&str; 7] = ["people", "men", "women", "many", "most", "some", "others"];
        let small = words::AUXILIARY | words::PREPOSITION | words::CONJUNCTION;
        let ending = self.word.ends_with('s') && !self.word.ends_with("ss");
        let noun = self.kind == TokenKind::Word && !self.capital && !self.is(small);
        noun && (ending || self.is_any_word(&PEOPLE))
    }

    /// Whether it may be a noun or an adjective: a name, or a small word of no other class.
    pub(super) fn is_nounish(&self) -> bool {
        let small = words::PREPOSITION
            | words::CONJUNCTION
            | words::RELATIVE
            | words::AUXILIARY
            | words::PRONOUN
            | words::DETERMINER;
        self.kind == TokenKind::Word && !self.is(small) || self.is_name()
    }
}

/// Fills `found` with the tokens of `paragraph`, whose stretches between marks are `marked` (places in `text`).
pub(super) fn tokenize<'a>(
    text: &'a str,
    paragraph: Span,
    marked: &[MarkedSpan],
    found: &mut Vec<SentenceToken<'a>>,
) {
    found.clear();
    let mut at = paragraph.start;
    for (number, marked) in marked.iter().enumerate() {
        add_words(text, Span::new(at, marked.span.start), found);
        let token = TextToken {
            span: marked.span,
            kind: TokenKind::Other,
        };
        found.push(SentenceToken {
            quote: Some(number),
            ..SentenceToken::new(text, token)
        });
        at = marked.span.end;
    }
    add_words(text, Span::new(at, paragraph.end), found);
}

/// Adds the tokens of a stretch outside quotations; the stop of an abbreviation is none.
fn add_words<'a>(text: &'a str, stretch: Span, out: &mut Vec<SentenceToken<'a>>) {
    let mut stop_of_word = None;
    for token in tokens(text, stretch, WordRule::Grammar) {
        if stop_of_word == Some(token.span.start) && token.kind == TokenKind::FullStop {
            continue;
        }
        let mut word = SentenceToken::new(text, token);
        if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
            let stop = goes_on_after_stop(text, Span::new(token.span.end, stretch.end));
            classify(&mut word, stop);
            stop_of_word = (stop && keeps_stop(&word)).then_some(token.span.end);
        }
        out.push(word);
    }
}

/// Looks a word up; `stop` says whether a full stop comes next, and words after it.
fn classify(token: &mut SentenceToken<'_>, stop: bool) {
    let word = token.word;
    token.capital = word.starts_with(char::is_uppercase) || is_arabic_name(word);
    if word.starts_with(['\'', '’']) {
        // 'll, 've, 'd
        token.classes = words::classes(word) | words::AUXILIARY;
        return;
    }
    let is_initial = word.len() == 1 && token.capital && stop;
    if !is_initial {
        token.classes = words::classes(word);
    }
    let negated = word.len() > 3 && (word.ends_with("n't") || word.ends_with("n’t"));
    let adverb = !token.capital && token.classes == WordClasses::default() && is_adverb(word);
    if negated || adverb {
        token.classes = token.classes | words::AUXILIARY;
    }
}

/// Whether a word is a name behind an article in small letters: al-Awlaki.
fn is_arabic_name(word: &str) -> bool {
    let name = ["al-", "el-", "ul-"]
        .iter()
        .find_map(|article| word.strip_prefix(article));
    name.is_some_and(|name| name.starts_with(char::is_uppercase))
}

/// Whether `rest` begins with a full stop, and has words after it.
fn goes_on_after_stop(text: &str, rest: Span) -> bool {
    // Asked of each word, so the byte comes first: few words have a full stop behind them.
    let more = || Span::new(rest.start + 1, rest.end).of(text);
    text.as_bytes().get(rest.start) == Some(&b'.') && !more().trim_start().is_empty()
}

/// Whether the stop behind the word belongs to it and ends no sentence by itself: `Mr.`, `U.S.`, `J.`
fn keeps_stop(token: &SentenceToken<'_>) -> bool {
    let word = token.word;
    let initial = word.len() == 1 && token.capital && word != "I";
    let dotted = word.contains('.') && word.starts_with(char::is_alphabetic);
    initial || dotted || is_abbreviation(word)
}

// Shapes of headlines and names, fitted by trial on the dev half of the quotations gold.

/// Bytes of the shortest paragraph that is no headline, whatever its capitals.
const LONG_PARAGRAPH: usize = 160;
/// Fewest words of a headline.
const HEADLINE_WORDS: usize = 3;
/// Tenths of a headline's words that begin with a capital.
const HEADLINE_CAPITALS: usize = 7;

/// Clears `capital` where it is no evidence of a name, and returns whether the paragraph is a headline.
///
/// The verbs and small words of a headline, and an adverb or participle that begins a sentence, name nobody.
pub(super) fn settle_capitals(
    text: &str,
    paragraph: Span,
    tokens: &mut [SentenceToken<'_>],
) -> bool {
    let headline = is_title_case(text, paragraph, tokens);
    if headline {
        let acts = words::ACT_PRESENT | words::ACT_PAST;
        let small = words::CUE | words::AUXILIARY | words::PREPOSITION | acts;
        for token in tokens.iter_mut().filter(|token| token.is(small)) {
            token.capital = false;
        }
    }
    let mut starts = true;
    for index in 0..tokens.len() {
        let next = tokens.get(index + 1);
        let name_follows = next.is_some_and(SentenceToken::is_name);
        let verb_follows = next.is_some_and(|next| next.is(words::PAST | words::PRESENT));
        let Some(token) = tokens.get_mut(index) else {
            break;
        };
        // "Schilling told": no participle, for it acts.
        let acts =
            verb_follows && !token.is(words::ING | words::ACT_ING) && token.word.ends_with("ing");
        if starts && token.capital && !name_follows && !acts && is_common(token.word) {
            token.capital = false;
        }
        if !starts && !headline && token.capital && token.is(words::AUXILIARY) {
            // Mr. Will and Mrs. May are people.
            token.classes = WordClasses::default();
        }
        starts = match token.kind {
            TokenKind::FullStop | TokenKind::Exclamation | TokenKind::Colon => true,
            TokenKind::Word | TokenKind::Number | TokenKind::Possessive => false,
            _ => starts || token.quote.is_some(),
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
fn is_title_case(text: &str, paragraph: Span, tokens: &[SentenceToken<'_>]) -> bool {
    if paragraph.len() >= LONG_PARAGRAPH {
        return false;
    }
    let words = tokens.iter().filter(|token| token.kind == TokenKind::Word);
    let all = words.clone().count();
    let capitals = words.filter(|token| token.capital).count();
    all >= HEADLINE_WORDS
        && capitals * 10 >= all * HEADLINE_CAPITALS
        && !paragraph.of(text).trim_end().ends_with(['"', '”'])
}

/// Returns the sentences of a paragraph, as ranges of its tokens.
pub(super) fn sentences(
    text: &str,
    paragraph: Span,
    marked: &[MarkedSpan],
    tokens: &[SentenceToken<'_>],
) -> Vec<Range<usize>> {
    let quotes = marked.iter().map(|marked| marked.span);
    let mut ranges = Vec::new();
    let mut first = 0;
    for sentence in sentences_around(text, paragraph, quotes) {
        let end = tokens.partition_point(|token| token.span.start < sentence.end);
        if first < end {
            ranges.push(first..end);
        }
        first = end;
    }
    ranges
}

/// Whether the words in marks end with a comma, a question or another pause.
pub(super) fn ends_with_pause(quote: &SentenceToken<'_>) -> bool {
    matches!(last_inner_char(quote), ',' | '?' | '!' | '…' | '-' | '—')
}

/// Returns the words of a quotation without the marks and blanks around them.
pub(super) fn inner_words(quote: &str) -> &str {
    quote.trim_matches(|c: char| c.is_whitespace() || is_mark(c))
}

/// Returns the last character inside the marks of a quotation.
pub(super) fn last_inner_char(quote: &SentenceToken<'_>) -> char {
    quote
        .word
        .trim_end_matches(|c: char| c.is_whitespace() || is_mark(c))
        .chars()
        .next_back()
        .unwrap_or(' ')
}

/// Whether `c` is any quotation mark or apostrophe.
pub(super) fn is_mark(c: char) -> bool {
    // The last are ‘ ’ ‚ ‛ “ ” „ ‟.
    matches!(
        c,
        '"' | '\'' | '`' | '«' | '»' | '‹' | '›' | '\u{2018}'..='\u{201f}'
    )
}
