//! Tells speech from other words in marks, and a whole utterance from a fragment in the reporter's sentence.
//!
//! Only the paragraph itself is looked at, so that another paragraph never makes a quotation come or go. No single
//! [`SpeechSign`] decides: their weights are added. Gold has some titles as speech and some speech as terms: a third of the terms
//! cannot be told from speech.

use SpeechSign::*;

use super::QuoteKind;
use super::attribute::QuoteAttribution;
use super::marks::MarkedSpan;
use super::tokens::{SentenceToken, is_mark};
use super::words;
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// Something that speaks for or against speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SpeechSign {
    /// A reporting verb of its sentence stands before it.
    CueBefore,
    /// A reporting verb of its sentence stands after it.
    CueAfter,
    /// That verb is in the past.
    CuePast,
    /// No verb, but a subject in the sentence.
    SubjectOnly,
    /// Its speaker is another paragraph's or nobody.
    FromAfar,
    /// More than six words.
    ManyWords,
    /// Each weighty word begins with a capital, and it is not in a headline.
    Titled,
    /// A well-known programme, film or book.
    Work,
    /// A digit is in it.
    Digit,
    /// No comma, stop or other sign at its end.
    EndsOpen,
    /// In single marks.
    Single,
    /// Nothing else in the sentence.
    Alone,
    /// Nothing else in the paragraph.
    AloneInParagraph,
    /// First thing in the sentence.
    First,
    /// Last thing in the sentence.
    Last,
    /// After an owner: NBC's "Meet the Press".
    AfterOwner,
    AfterPreposition,
    /// After a word such as titled, show, phrase, author.
    AfterNaming,
    /// After a word such as claim, remark, conclusion.
    AfterSpeech,
    /// Before a word that it goes with: the "law and order" issue.
    BeforeNoun,
    /// Before a reporting verb.
    BeforeVerb,
    /// Before a word such as phrase, slogan, theme.
    BeforeNaming,
    /// A headline with its author: "..." by the Post's Jennifer Smith.
    Credited,
    /// After "so-called" or "known as".
    SoCalled,
    /// After the work that it is the title of: her book, "The Long Road".
    AfterOwnedWork,
    /// Between two names: Juan "Chico" Manriquez.
    Nickname,
}

/// Weights of signs, alone and together: logistic regression over the dev half of the quotations gold, rounded.
const WEIGHTS: [(&[SpeechSign], f32); 28] = [
    (&[CueAfter, First], 1.7),
    (&[CueBefore], 1.6),
    (&[First], 1.4),
    (&[AfterSpeech], 1.1),
    (&[BeforeVerb], 1.1),
    (&[Last], 0.9),
    (&[Alone], 0.9),
    (&[ManyWords], 0.5),
    (&[CueAfter], 0.9),
    (&[CuePast], 0.3),
    (&[Digit], -0.6),
    (&[BeforeNaming], -0.2),
    (&[SubjectOnly], -0.9),
    (&[BeforeNoun], -0.9),
    (&[Titled, CueBefore], -1.2),
    (&[FromAfar], -1.5),
    (&[Titled, AfterPreposition], -1.7),
    (&[First, EndsOpen], -1.6),
    (&[Titled, AfterNaming], -2.1),
    (&[Work], -2.5),
    (&[Titled, AfterOwner], -3.4),
    (&[Titled, First], -2.9),
    (&[Credited], -4.0),
    (&[SoCalled], -9.0),
    (&[SoCalled, CueBefore, Last], 9.0),
    (&[Titled, AfterOwnedWork], -9.0),
    (&[Nickname, Titled, EndsOpen], -5.0),
    (&[Single, AloneInParagraph], -5.6),
];

/// Sum of weights above which words are speech; the lower, the fewer quotations are missed.
///
/// Fitted on the dev half of the quotations gold.
const SPEECH_FROM: f32 = -2.25;

/// More words than this are rarely a title or a term.
const MANY_WORDS: usize = 6;
/// Longer words in marks are no title.
const LONGEST_TITLE: usize = 11;
/// Characters in which a digit is looked for.
const DIGIT_WITHIN: usize = 80;
/// Tokens before the marks in which a word such as `titled` is looked for.
const NAMING_WITHIN: usize = 3;
/// Tokens before the marks in which a noun of speech is looked for.
const SPEECH_NOUN_WITHIN: usize = 7;

/// Whether somebody is said to have said the words.
pub(super) fn is_quotation(
    text: &str,
    tokens: &[SentenceToken<'_>],
    marked: &MarkedSpan,
    attribution: &QuoteAttribution,
) -> bool {
    if !inner_words(text, marked.span).contains(char::is_alphanumeric) {
        return false;
    }
    let place = SentencePlace::new(tokens, attribution);
    let signs: Vec<SpeechSign> = (signs_of_source(&place, attribution).into_iter())
        .chain(signs_of_words(text, marked.span, attribution.headline))
        .chain(place.signs_beside())
        .chain(place.signs_before())
        .filter_map(|(sign, holds)| holds.then_some(sign))
        .collect();
    let together = |needed: &[SpeechSign]| needed.iter().all(|sign| signs.contains(sign));
    let weights = WEIGHTS.iter().filter(|(needed, _)| together(needed));
    weights.map(|(_, weight)| weight).sum::<f32>() > SPEECH_FROM
}

fn signs_of_source(
    place: &SentencePlace<'_>,
    attribution: &QuoteAttribution,
) -> [(SpeechSign, bool); 5] {
    let own = attribution.cost.is_some();
    let subject_only = attribution.is_subject_only();
    let cue = attribution.cue.filter(|_| own && !subject_only);
    let cue = cue.and_then(|cue| {
        let at = place
            .sentence
            .partition_point(|token| token.span.start < cue.start);
        place.sentence.get(at).map(|token| (at, token))
    });
    [
        (CueBefore, cue.is_some_and(|(at, _)| at < place.at)),
        (CueAfter, cue.is_some_and(|(at, _)| at > place.at)),
        (CuePast, cue.is_some_and(|(_, token)| token.is(words::PAST))),
        (SubjectOnly, own && subject_only),
        (FromAfar, !own && !attribution.beside),
    ]
}

fn signs_of_words(text: &str, span: Span, headline: bool) -> [(SpeechSign, bool); 6] {
    let inner = inner_words(text, span);
    let count = inner.split_whitespace().take(LONGEST_TITLE + 1).count();
    let short = count <= LONGEST_TITLE;
    let title = inner.trim_end_matches([',', '.']);
    let work = short && (words::is_work(inner) || words::is_work(title));
    let marks = span.of(text);
    [
        (ManyWords, count > MANY_WORDS),
        (Titled, short && !headline && is_titled(inner)),
        (Work, work),
        (
            Digit,
            inner.chars().take(DIGIT_WITHIN).any(|c| c.is_ascii_digit()),
        ),
        (EndsOpen, !inner.ends_with([',', '.', '!', '?'])),
        (
            Single,
            marks.starts_with(['\'', '‘']) && !marks.starts_with("''"),
        ),
    ]
}

/// Whether each word but the smallest begins with a capital or a digit: `The Big Short`, `Jeb Can Fix It`.
fn is_titled(inner: &str) -> bool {
    const SMALL: [&str; 15] = [
        "of", "the", "and", "a", "an", "in", "to", "for", "on", "with", "is", "at", "by", "or", "&",
    ];
    inner
        .split_whitespace()
        .all(|word| !word.starts_with(char::is_lowercase) || SMALL.contains(&word))
}

/// The place of a quotation in its sentence.
struct SentencePlace<'a> {
    sentence: &'a [SentenceToken<'a>],
    /// The quotation's token.
    at: usize,
    before: &'a [SentenceToken<'a>],
    after: &'a [SentenceToken<'a>],
    /// Whether the paragraph holds nothing else.
    alone_in_paragraph: bool,
}

impl<'a> SentencePlace<'a> {
    fn new(tokens: &'a [SentenceToken<'a>], attribution: &QuoteAttribution) -> Self {
        let sentence = tokens.get(attribution.sentence.clone()).unwrap_or_default();
        let at = attribution.token - attribution.sentence.start;
        Self {
            sentence,
            at,
            before: sentence.get(..at).unwrap_or_default(),
            after: sentence.get(at + 1..).unwrap_or_default(),
            alone_in_paragraph: tokens.len() == 1,
        }
    }

    /// Whether one of the last `within` tokens before the quotation is in any of these classes.
    fn is_near(&self, within: usize, classes: words::WordClasses) -> bool {
        let mut near = self.before.iter().rev().take(within);
        near.any(|token| token.is(classes))
    }

    fn signs_beside(&self) -> [(SpeechSign, bool); 11] {
        let (before, after) = (self.before.last(), self.after.first());
        let alone = before.is_none() && after.is_none();
        let names =
            before.is_some_and(SentenceToken::is_name) && after.is_some_and(SentenceToken::is_name);
        let owner = before.is_some_and(|token| token.kind == TokenKind::Possessive);
        let dashed = before.is_some_and(|token| token.kind == TokenKind::Dash);
        let by = after.is_some_and(|token| token.is_word("by"));
        let verb = after.is_some_and(|token| token.is(words::CUE) && !token.is(words::NOUN));
        let mut next = self.after.iter().take(2);
        [
            (Alone, alone && !self.alone_in_paragraph),
            (AloneInParagraph, alone && self.alone_in_paragraph),
            (First, before.is_none()),
            (
                Last,
                after.is_none_or(|token| token.kind == TokenKind::FullStop),
            ),
            (AfterOwner, owner),
            (AfterPreposition, before.is_some_and(is_preposition)),
            (BeforeNoun, after.is_some_and(is_noun_like)),
            (BeforeVerb, verb),
            (Nickname, names),
            (Credited, dashed && by),
            (BeforeNaming, next.any(|token| token.is(words::NAMING))),
        ]
    }

    fn signs_before(&self) -> [(SpeechSign, bool); 4] {
        [
            (SoCalled, is_so_called(self.before)),
            (AfterOwnedWork, is_owned_work(self.before)),
            (AfterNaming, self.is_near(NAMING_WITHIN, words::NAMING)),
            (AfterSpeech, self.is_near(SPEECH_NOUN_WITHIN, words::SPEECH)),
        ]
    }
}

/// Whether the words right before say that it is a name for something: `the so-called`, `known as`.
fn is_so_called(before: &[SentenceToken<'_>]) -> bool {
    match before {
        [.., last] if last.is_word("so-called") => true,
        [.., first, last] => {
            (first.is_word("so") && last.is_word("called"))
                || (first.is_word("known") && last.is_word("as"))
        }
        _ => false,
    }
}

/// Whether somebody's work and the comma before its title come before: `his latest book,`.
fn is_owned_work(before: &[SentenceToken<'_>]) -> bool {
    let [led @ .., work, comma] = before else {
        return false;
    };
    let owner = |token: &SentenceToken<'_>| {
        let owns = token.is(words::DETERMINER) && token.is(words::HE | words::SHE);
        owns || token.kind == TokenKind::Possessive
    };
    let owned = led.iter().rev().take(2).any(owner);
    comma.kind == TokenKind::Comma && work.is(words::WORK) && owned
}

fn is_preposition(token: &SentenceToken<'_>) -> bool {
    token.is(words::PREPOSITION) && !token.is(words::CUE | words::DETERMINER | words::JOINER)
}

/// Whether the token goes with the words in marks as a noun does: the "law and order" issue.
fn is_noun_like(token: &SentenceToken<'_>) -> bool {
    let small = words::PREPOSITION
        | words::CONJUNCTION
        | words::AUXILIARY
        | words::DETERMINER
        | words::PRONOUN;
    token.kind == TokenKind::Word && !token.is_name() && !token.is(small)
}

/// Tells a whole utterance from a fragment.
pub(super) fn quote_kind(
    text: &str,
    tokens: &[SentenceToken<'_>],
    marked: &MarkedSpan,
    attribution: &QuoteAttribution,
) -> QuoteKind {
    let inner = inner_words(text, marked.span);
    let whole = inner.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let place = SentencePlace::new(tokens, attribution);
    let led_in = place
        .before
        .last()
        .is_none_or(|before| !before.is_wordlike() || before.is(words::CUE));
    if led_in && (whole || inner.ends_with([',', '.', '?', '!'])) {
        QuoteKind::Direct
    } else {
        QuoteKind::Mixed
    }
}

/// Returns the words without the marks and blanks around them.
fn inner_words(text: &str, span: Span) -> &str {
    span.of(text)
        .trim_matches(|c: char| c.is_whitespace() || is_mark(c))
}
