//! Whether words in marks are speech, and whether they are a whole utterance or a fragment in the reporter's sentence.
//!
//! Only the paragraph itself is looked at, so that another paragraph never makes a quotation come or go. What speaks for and
//! against speech are [`Sign`]s; their weights come from a logistic regression over reports with hand-made gold, and no single
//! one decides. Gold has some titles as speech and some speech as terms: a third of the terms cannot be told from speech.

use super::Kind;
use super::attribute::Attribution;
use super::marks::Marked;
use super::tokens::{Sort, Token, is_mark};
use super::words::{self, keys};
use crate::text::Span;

/// Something that speaks for or against speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
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

/// What signs weigh, alone and together; above [`SPEECH`] it is speech.
const WEIGHTS: [(&[Sign], f32); 28] = [
    (&[Sign::CueAfter, Sign::First], 1.7),
    (&[Sign::CueBefore], 1.6),
    (&[Sign::First], 1.4),
    (&[Sign::AfterSpeech], 1.1),
    (&[Sign::BeforeVerb], 1.1),
    (&[Sign::Last], 0.9),
    (&[Sign::Alone], 0.9),
    (&[Sign::ManyWords], 0.5),
    (&[Sign::CueAfter], 0.9),
    (&[Sign::CuePast], 0.3),
    (&[Sign::Digit], -0.6),
    (&[Sign::BeforeNaming], -0.2),
    (&[Sign::SubjectOnly], -0.9),
    (&[Sign::BeforeNoun], -0.9),
    (&[Sign::Titled, Sign::CueBefore], -1.2),
    (&[Sign::FromAfar], -1.5),
    (&[Sign::Titled, Sign::AfterPreposition], -1.7),
    (&[Sign::First, Sign::EndsOpen], -1.6),
    (&[Sign::Titled, Sign::AfterNaming], -2.1),
    (&[Sign::Work], -2.5),
    (&[Sign::Titled, Sign::AfterOwner], -3.4),
    (&[Sign::Titled, Sign::First], -2.9),
    (&[Sign::Credited], -4.0),
    (&[Sign::SoCalled], -9.0),
    (&[Sign::SoCalled, Sign::CueBefore, Sign::Last], 9.0),
    (&[Sign::Titled, Sign::AfterOwnedWork], -9.0),
    (&[Sign::Nickname, Sign::Titled, Sign::EndsOpen], -5.0),
    (&[Sign::Single, Sign::AloneInParagraph], -5.6),
];

/// What the weights must come to; the lower, the fewer quotations are missed.
const SPEECH: f32 = -2.25;

/// A set of signs.
#[derive(Clone, Copy, Default)]
struct Signs(u32);

impl Signs {
    fn add_if(&mut self, holds: bool, sign: Sign) {
        self.0 |= u32::from(holds) << sign as u32;
    }

    fn has_all(self, signs: &[Sign]) -> bool {
        signs.iter().all(|sign| self.0 & (1 << *sign as u32) != 0)
    }
}

/// Whether somebody is said to have said the words.
pub(super) fn is_quotation(
    text: &str,
    tokens: &[Token],
    marked: &Marked,
    attribution: &Attribution,
) -> bool {
    if !inner(text, marked.span).contains(char::is_alphanumeric) {
        return false;
    }
    let mut signs = Signs::default();
    signs_of_source(tokens, attribution, &mut signs);
    signs_of_words(text, marked.span, attribution.headline, &mut signs);
    signs_of_place(tokens, attribution, &mut signs);
    let weight: f32 = WEIGHTS
        .iter()
        .filter(|(together, _)| signs.has_all(together))
        .map(|(_, weight)| weight)
        .sum();
    weight > SPEECH
}

fn signs_of_source(tokens: &[Token], attribution: &Attribution, signs: &mut Signs) {
    let own = attribution.cost.is_some();
    let (first, end) = attribution.sentence;
    let sentence = tokens.get(first..end).unwrap_or_default();
    let verb = own && !attribution.is_subject_only();
    let cue = attribution.cue.filter(|_| verb).and_then(|cue| {
        let at = sentence.partition_point(|token| token.start < cue.start);
        sentence.get(at).map(|token| (first + at, token))
    });
    if let Some((at, token)) = cue {
        signs.add_if(at < attribution.token, Sign::CueBefore);
        signs.add_if(at > attribution.token, Sign::CueAfter);
        signs.add_if(token.is(words::PAST), Sign::CuePast);
    }
    signs.add_if(own && attribution.is_subject_only(), Sign::SubjectOnly);
    signs.add_if(!own && !attribution.beside, Sign::FromAfar);
}

fn signs_of_words(text: &str, span: Span, headline: bool, signs: &mut Signs) {
    let inner = inner(text, span);
    let count = inner.split_whitespace().take(12).count();
    signs.add_if(count > 6, Sign::ManyWords);
    signs.add_if(count < 12 && !headline && is_titled(inner), Sign::Titled);
    let first_words = inner
        .char_indices()
        .nth(80)
        .map_or(inner, |(end, _)| inner.get(..end).unwrap_or(inner));
    let title = inner.trim_end_matches([',', '.']);
    signs.add_if(
        count < 12 && (words::is_work(inner) || words::is_work(title)),
        Sign::Work,
    );
    signs.add_if(
        first_words.contains(|c: char| c.is_ascii_digit()),
        Sign::Digit,
    );
    signs.add_if(!inner.ends_with([',', '.', '!', '?']), Sign::EndsOpen);
    let marks = span.of(text);
    signs.add_if(
        marks.starts_with(['\'', '‘']) && !marks.starts_with("''"),
        Sign::Single,
    );
}

/// `The Big Short`, `Jeb Can Fix It`: each word but the smallest begins with a capital or a digit.
fn is_titled(inner: &str) -> bool {
    const SMALL: [&str; 15] = [
        "of", "the", "and", "a", "an", "in", "to", "for", "on", "with", "is", "at", "by", "or", "&",
    ];
    inner
        .split_whitespace()
        .all(|word| !word.starts_with(char::is_lowercase) || SMALL.contains(&word))
}

fn signs_of_place(tokens: &[Token], attribution: &Attribution, signs: &mut Signs) {
    let (first, end) = attribution.sentence;
    let at = attribution.token;
    let before = at
        .checked_sub(1)
        .filter(|before| *before >= first)
        .and_then(|before| tokens.get(before));
    let after = tokens.get(at + 1).filter(|_| at + 1 < end);
    let alone = before.is_none() && after.is_none();
    let led_by = tokens.get(first..at).unwrap_or_default();
    signs.add_if(is_so_called(led_by), Sign::SoCalled);
    signs.add_if(is_owned_work(led_by), Sign::AfterOwnedWork);
    signs.add_if(alone && tokens.len() > 1, Sign::Alone);
    signs.add_if(alone && tokens.len() == 1, Sign::AloneInParagraph);
    signs.add_if(before.is_none(), Sign::First);
    signs.add_if(
        after.is_none_or(|after| after.sort == Sort::Stop),
        Sign::Last,
    );
    signs.add_if(
        before.is_some_and(|before| before.sort == Sort::Possessive),
        Sign::AfterOwner,
    );
    signs.add_if(before.is_some_and(is_preposition), Sign::AfterPreposition);
    signs.add_if(after.is_some_and(is_noun_like), Sign::BeforeNoun);
    signs.add_if(
        after.is_some_and(|after| after.is(words::CUE) && !after.is(words::NOUN)),
        Sign::BeforeVerb,
    );
    let between_names = before.is_some_and(Token::is_name) && after.is_some_and(Token::is_name);
    signs.add_if(between_names, Sign::Nickname);
    let dashed = before.is_some_and(|before| before.sort == Sort::Dash);
    let by = after.is_some_and(|after| after.key == keys::BY);
    signs.add_if(dashed && by, Sign::Credited);
    let next = tokens.get(at + 1..end.min(at + 3)).unwrap_or_default();
    signs.add_if(
        next.iter().any(|token| token.is(words::NAMING)),
        Sign::BeforeNaming,
    );
    let near = |within: usize| {
        tokens
            .get(at.saturating_sub(within).max(first)..at)
            .unwrap_or_default()
    };
    signs.add_if(
        near(3).iter().any(|token| token.is(words::NAMING)),
        Sign::AfterNaming,
    );
    signs.add_if(
        near(7).iter().any(|token| token.is(words::SPEECH)),
        Sign::AfterSpeech,
    );
}

/// `the so-called "smart" meters`, `known as "the Hammer"`: the words right before say that it is a name for something.
fn is_so_called(before: &[Token]) -> bool {
    match before {
        [.., last] if last.key == keys::SO_CALLED => true,
        [.., first, last] => keys::NAMED.contains(&(first.key, last.key)),
        _ => false,
    }
}

/// `his latest book,`: what somebody made, with the comma before its title.
fn is_owned_work(before: &[Token]) -> bool {
    let [led @ .., work, comma] = before else {
        return false;
    };
    let owner = |token: &Token| {
        let owns = token.is(words::DETERMINER) && token.is(words::HE.with(words::SHE));
        owns || token.sort == Sort::Possessive
    };
    let owned = led.iter().rev().take(2).any(owner);
    comma.sort == Sort::Comma && work.is(words::WORK) && owned
}

fn is_preposition(token: &Token) -> bool {
    token.is(words::PREPOSITION)
        && !token.is(words::CUE.with(words::DETERMINER).with(words::JOINER))
}

fn is_noun_like(token: &Token) -> bool {
    let small = words::PREPOSITION
        .with(words::CONJUNCTION)
        .with(words::AUXILIARY)
        .with(words::DETERMINER)
        .with(words::PRONOUN);
    token.sort == Sort::Word && !token.is_name() && !token.is(small)
}

/// Whether the words are a whole utterance or a fragment.
pub(super) fn kind(
    text: &str,
    tokens: &[Token],
    marked: &Marked,
    attribution: &Attribution,
) -> Kind {
    let inner = inner(text, marked.span);
    let whole = inner.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let (first, _) = attribution.sentence;
    let before = attribution
        .token
        .checked_sub(1)
        .filter(|before| *before >= first);
    let led_in = before
        .and_then(|before| tokens.get(before))
        .is_none_or(|before| !before.is_wordlike() || before.is(words::CUE));
    if led_in && (whole || inner.ends_with([',', '.', '?', '!'])) {
        Kind::Direct
    } else {
        Kind::Mixed
    }
}

/// The words less marks and blanks.
fn inner(text: &str, span: Span) -> &str {
    span.of(text)
        .trim_matches(|c: char| c.is_whitespace() || is_mark(c))
}
