//! Groups of verbs, and the words that are verbs where they stand.
//!
//! A reporting verb that may be a noun (claims), and any other verb, is told by its neighbours; a word that no list has, by its ending.

use super::phrase::{Chunk, ChunkKind, SentenceTokens, VerbForm, VerbGroup};
use super::tokens::{self, SentenceToken};
use super::words::{self, WordClasses};
use crate::text::tokens::TokenKind;

/// Most tokens of a group of verbs.
const LONGEST_GROUP: usize = 8;
/// Adverbs between an article and its noun.
const ADVERBS: usize = 2;
/// Bytes of the shortest unlisted word whose ending makes it a verb.
const SHORTEST_GUESS: usize = 5;
/// Words before a word that may be a noun or a verb, in which its owner is looked for.
const OWNER_REACH: usize = 4;

/// Returns the group of verbs that begins at `at`.
pub(super) fn verb_group(sentence: SentenceTokens<'_>, at: usize) -> Option<Chunk> {
    let to = sentence.is_word(at, "to");
    let mut reader = GroupReader::new(at, to);
    let start = at + usize::from(to);
    for index in start..at + LONGEST_GROUP {
        if !reader.read(sentence, index) {
            break;
        }
    }
    let last = reader.last?;
    let mut group = reader.group;
    // "having", "being"
    let participle = sentence
        .token(at)
        .is_some_and(|token| token.is_any_word(&["having", "being"]));
    if to {
        group.form = VerbForm::Infinitive;
    } else if participle {
        group.form = VerbForm::Participle;
    }
    group.negated |= at > 0 && sentence.is(at - 1, words::NEGATION);
    Some(Chunk {
        kind: ChunkKind::Verb(group),
        first: at,
        last,
    })
}

/// Reads the words of a group of verbs, one by one.
struct GroupReader {
    group: VerbGroup,
    /// The classes of the last auxiliary.
    before: WordClasses,
    /// The last token that belongs to the group.
    last: Option<usize>,
    /// Whether `to` begins it.
    to: bool,
}

impl GroupReader {
    fn new(at: usize, to: bool) -> Self {
        Self {
            group: VerbGroup {
                main: at,
                form: VerbForm::Finite,
                passive: false,
                negated: false,
                bare_past: false,
            },
            before: WordClasses::default(),
            last: None,
            to,
        }
    }

    /// Reads the token at `at`, and returns whether the group may go on behind it.
    fn read(&mut self, sentence: SentenceTokens<'_>, at: usize) -> bool {
        let Some(token) = sentence.token(at) else {
            return false;
        };
        if is_auxiliary(sentence, at) {
            self.group.main = at;
            self.group.negated |= token.is(words::NEGATION);
            self.before = if token.kind == TokenKind::Possessive {
                words::BE
            } else {
                token.classes
            };
            self.last = Some(at);
            return true;
        }
        let Some(main) = main_verb(sentence, at, self.before, self.to) else {
            self.group.negated |= token.is(words::NEGATION);
            return token.is(words::AUXILIARY) && (self.last.is_some() || self.to);
        };
        let bare = self.last.is_none();
        self.group.bare_past = bare && main == words::PAST;
        self.group.passive = main == words::PAST && self.before.any(words::BE);
        if bare && main == words::ING {
            self.group.form = VerbForm::Participle;
        }
        self.group.main = at;
        self.last = Some(at);
        false
    }
}

/// Whether the token is a form of be or have, or another auxiliary: also the `'s` of `he's`.
fn is_auxiliary(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let Some(token) = sentence.token(at) else {
        return false;
    };
    if token.kind == TokenKind::Possessive {
        return sentence.before(at).is_some_and(|before| {
            before.is(words::PRONOUN) || before.is_any_word(&["that", "there", "here"])
        });
    }
    token.is(words::BE | words::HAVE | words::MODAL) && !token.is_name()
}

/// Returns the form of the verb at `at` behind auxiliaries of the classes `after`: `BASE`, `PRESENT`, `PAST` or `ING`.
fn main_verb(
    sentence: SentenceTokens<'_>,
    at: usize,
    after: WordClasses,
    to: bool,
) -> Option<WordClasses> {
    let token = sentence.token(at)?;
    let forms = verb_forms(token)?;
    let behind = |form: WordClasses| forms.any(form).then_some(form);
    if to || after.any(words::MODAL) {
        return behind(words::BASE);
    }
    if after.any(words::BE) {
        let noun = forms.any(words::ING) && token.is(words::NOUN) && !token.is(words::PAST);
        return behind(words::PAST).or_else(|| behind(words::ING).filter(|_| !noun));
    }
    if after.any(words::HAVE) {
        return behind(words::PAST);
    }
    if token.is(words::CUE) {
        return sentence.is_verb(at).then(|| finite_form(forms)).flatten();
    }
    acts_here(sentence, at, token, forms)
        .then(|| finite_form(forms))
        .flatten()
}

/// Returns the likeliest form of a verb without auxiliaries.
fn finite_form(forms: WordClasses) -> Option<WordClasses> {
    [words::PAST, words::PRESENT, words::ING, words::BASE]
        .into_iter()
        .find(|form| forms.any(*form))
}

/// Returns the forms of a verb that the word may be, as those of a reporting verb.
fn verb_forms(token: &SentenceToken<'_>) -> Option<WordClasses> {
    if token.kind != TokenKind::Word || token.capital {
        return None;
    }
    let pairs = [
        (words::ACT_BASE, words::BASE),
        (words::ACT_PRESENT, words::PRESENT),
        (words::ACT_PAST, words::PAST),
        (words::ACT_ING, words::ING),
    ];
    let mut forms = WordClasses::default();
    for (act, form) in pairs {
        if token.is(act | form) {
            forms = forms | form;
        }
    }
    let listed = forms != WordClasses::default();
    if !listed && token.word.len() >= SHORTEST_GUESS && !token.is(words::NOT_VERB) {
        if token.word.ends_with("ed") {
            forms = words::PAST;
        } else if token.word.ends_with("ing") {
            forms = words::ING;
        } else if token.word.ends_with('s')
            && token.classes == WordClasses::default()
            && !token.word.ends_with("ss")
        {
            forms = words::PRESENT;
        }
    }
    (forms != WordClasses::default()).then_some(forms)
}

/// Whether a word that may be a verb acts here, by its neighbours, and is no noun or adjective.
fn acts_here(
    sentence: SentenceTokens<'_>,
    at: usize,
    token: &SentenceToken<'_>,
    forms: WordClasses,
) -> bool {
    let before = sentence.before(at);
    let next = sentence.token(at + 1);
    // "...," grouses Amy Dunn
    if before.is_some_and(|quote| quote.quote.is_some() && tokens::ends_with_pause(quote)) {
        return forms.any(words::PAST | words::PRESENT)
            && next.is_some_and(SentenceToken::is_wordlike);
    }
    let determined = is_determined(sentence, at);
    let placed =
        before.is_some_and(|token| token.is(words::PREPOSITION) && !token.is(words::CLAUSE_OPENER));
    if forms.any(words::PAST) {
        let modifies = placed && next.is_some_and(SentenceToken::is_nounish);
        return !(determined || modifies);
    }
    if forms.any(words::ING) {
        return !determined && !token.is(words::NOT_VERB);
    }
    let listed = token.is(words::ACT_BASE | words::ACT_PRESENT);
    !determined && !placed && has_its_object(before, next, forms, listed)
}

/// Whether an article, an owner or a number makes the word at `at` a noun or adjective: the newly released emails.
fn is_determined(sentence: SentenceTokens<'_>, at: usize) -> bool {
    let next = sentence.token(at + 1);
    let is_adverb =
        |token: &SentenceToken<'_>| token.is(words::AUXILIARY) && !token.is(words::DETERMINER);
    let before = sentence.range(0..at).iter().rev().take(ADVERBS + 1);
    let Some(token) = before.into_iter().find(|token| !is_adverb(token)) else {
        return false;
    };
    if matches!(token.kind, TokenKind::Possessive | TokenKind::Number) {
        return true;
    }
    let several = token.is(words::LONE) && !next.is_some_and(SentenceToken::is_nounish);
    token.is(words::DETERMINER)
        && !several
        && !token.is(words::PRONOUN)
        && !token.is_object_pronoun()
}

/// Whether what stands beside a word of the present makes it a verb, which `listed` says that the lists have.
fn has_its_object(
    before: Option<&SentenceToken<'_>>,
    next: Option<&SentenceToken<'_>>,
    forms: WordClasses,
    listed: bool,
) -> bool {
    const BEHIND_VERBS: [&str; 9] = [
        "to", "that", "him", "them", "up", "out", "back", "down", "off",
    ];
    let name = before.is_some_and(SentenceToken::is_name);
    let has_object = next.is_some_and(|next| next.quote.is_some() || next.is(words::DETERMINER));
    if !listed {
        // "Mills forwards an email": a verb that no list has.
        return name && has_object;
    }
    let brings = has_object
        || next.is_some_and(|next| {
            next.is(words::PRONOUN)
                || next.is_name()
                || next.is_any_word(&BEHIND_VERBS)
                || (next.is(words::AUXILIARY) && next.word.ends_with("ly"))
        });
    let by_place = next.is_some_and(|next| next.is(words::PREPOSITION));
    let pronoun = before.is_some_and(|before| before.is(words::PRONOUN));
    let plural = before.is_some_and(SentenceToken::is_plural_noun);
    if forms.any(words::PRESENT) {
        return pronoun || (!plural && brings) || (name && by_place);
    }
    // "his strengths include strong support": a noun seldom follows several.
    pronoun || (plural && (brings || by_place || next.is_some_and(SentenceToken::is_nounish)))
}

impl SentenceTokens<'_> {
    /// Whether the token is a reporting verb here, not the noun or adjective of the same letters.
    pub(super) fn is_verb(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.is(words::CUE)) else {
            return false;
        };
        let Some(before) = self.before(at) else {
            return true;
        };
        if token.capital || self.is_adjective(at, token, before) {
            return false;
        }
        let several = self.is_several(at, before);
        if token.is(words::NOUN) && !several && self.is_noun(at, before) {
            return false;
        }
        // A plain form is a verb after a pronoun, an auxiliary or "to".
        let only_base = token.is(words::BASE) && !token.is(words::PAST | words::PRESENT);
        let verbal = before.is(words::PRONOUN | words::AUXILIARY) || before.is_word("to");
        let strong = token.is(words::STRONG) && !token.is(words::NOUN);
        let plural = before.kind == TokenKind::Word && before.word.ends_with('s');
        let reports = self.token(at + 1).is_some_and(|next| {
            next.quote.is_some()
                || next.is_word("that")
                || (plural && next.is(words::DETERMINER | words::PRONOUN))
        });
        !only_base || strong || verbal || reports
    }

    /// Whether `before` is a subject by itself, not the article of what comes next: some chanted.
    fn is_several(&self, at: usize, before: &SentenceToken<'_>) -> bool {
        let small = words::PREPOSITION | words::PRONOUN | words::DETERMINER;
        before.is(words::LONE)
            && self
                .token(at + 1)
                .is_none_or(|next| next.quote.is_some() || next.is(small) || next.is_word("that"))
    }

    /// Whether a form of a reporting verb stands as an adjective or noun: the alleged leak, from noted scholars, Cruz's thinking,
    /// a 30-minute shooting, tens of thousands of "missing" emails.
    fn is_adjective(
        &self,
        at: usize,
        token: &SentenceToken<'_>,
        before: &SentenceToken<'_>,
    ) -> bool {
        let article = before.is(words::DETERMINER) && !self.is_several(at, before);
        let owned = article || before.kind == TokenKind::Possessive;
        let noun_follows = self.token(at + 1).is_some_and(|next| {
            let small = words::PREPOSITION | words::DETERMINER | words::CONJUNCTION;
            next.kind == TokenKind::Word && !next.is(small | words::PRONOUN | words::AUXILIARY)
        });
        let placed = before.is(words::PREPOSITION) && token.is(words::PAST) && noun_follows;
        let participle = token.is(words::ING) && !token.is(words::PAST | words::PRESENT);
        let counted = before.kind == TokenKind::Number && participle;
        let marked = before.quote.is_some()
            && at >= 2
            && !tokens::ends_with_pause(before)
            && self.is(at - 2, words::DETERMINER | words::PREPOSITION);
        placed
            || counted
            || (owned && (participle || token.is(words::PAST)))
            || (marked && token.is(words::NOUN))
    }

    /// Whether a word is a noun after `before`: `the claims`, `his recent remarks`; but `the lawsuit claims that`.
    fn is_noun(&self, at: usize, before: &SentenceToken<'_>) -> bool {
        let is_owner = |token: &SentenceToken<'_>| {
            token.is(words::DETERMINER | words::PREPOSITION) || token.kind == TokenKind::Possessive
        };
        let participle = self.is(at, words::ING) && before.is(words::PREPOSITION);
        if participle {
            // "accused Holt of saying it was over", but "the art of writing"
            let object = self.token(at + 1);
            return !object.is_some_and(|next| {
                next.quote.is_some()
                    || next.is(words::DETERMINER | words::PRONOUN)
                    || next.is_word("that")
                    || next.is_name()
            });
        }
        if is_owner(before) {
            return true;
        }
        let next = self.token(at + 1);
        let placed = at >= 2 && self.is(at - 2, words::PREPOSITION | words::DETERMINER);
        if before.is(words::NATION) && placed {
            // "of Liberal claims"
            let brings = |next: &SentenceToken<'_>| next.quote.is_some() || next.is_word("that");
            return !next.is_some_and(brings);
        }
        if before.capital || before.kind != TokenKind::Word {
            return false;
        }
        let near = self.range(at.saturating_sub(OWNER_REACH)..at).iter().rev();
        let owned = near
            .take_while(|token| token.is_wordlike() && !token.is(words::PRONOUN))
            .any(is_owner);
        let verb_like = self.token(at + 1).is_some_and(|next| {
            next.quote.is_some()
                || next.is_any_word(&["that", "for"])
                || matches!(next.kind, TokenKind::Colon | TokenKind::Comma)
                || next.is(words::PRONOUN | words::DETERMINER)
                || next.is_name()
        });
        owned && !verb_like
    }
}
