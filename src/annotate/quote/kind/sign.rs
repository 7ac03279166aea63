//! The signs that tell speech from other words in marks.

use super::place::QuotePlace;
use crate::annotate::quote::attribute::QuoteAttribution;
use crate::annotate::quote::signs::{Signs, signs};
use crate::annotate::quote::tokens::SentenceToken;
use crate::annotate::quote::words;
use crate::text::tokens::TokenKind;

/// Words from which a quotation is long.
const LONG: usize = 7;
/// Words of the shortest title that is told apart from a longer one.
const SHORT_TITLE: usize = 3;
/// Longer words in marks are no title.
const LONGEST_TITLE: usize = 11;
/// Characters in which a digit is looked for.
const DIGIT_WITHIN: usize = 80;
/// Words in which a pronoun or an auxiliary is looked for.
const WORDS_WITHIN: usize = 40;
/// Tokens before a quotation in which its verb is looked for.
const CUE_REACH: usize = 61;
/// Tokens between a verb and a quotation that is far from it.
const FAR: usize = 8;
/// Tokens before the marks in which a word such as `titled` is looked for.
const NAMING_WITHIN: usize = 3;
/// Tokens before the marks in which a noun of speech is looked for.
const SPEECH_NOUN_WITHIN: usize = 7;
/// Bounds of the weight of a source.
const SOURCE_WEIGHTS: (f32, f32) = (-4.0, 6.0);

signs! {
    /// A sign that tells speech from other words in marks.
    pub(super) enum KindSign {
        /// Before anything is known.
        Bias = 0.79,
        /// "...," she said
        CueAfterFirst = 0.92,
        /// She said "..."
        CueBefore = 1.20,
        /// A reporting verb stands behind it.
        CueAfter = 0.15,
        /// called "..."
        CueAdjacent = 0.76,
        /// said, "..."
        CueLeadIn = -0.48,
        /// said that ... "..."
        CueThat = 0.99,
        /// Many words stand between the verb and it.
        CueFar = -0.42,
        /// Its speaker is only a subject in the sentence.
        OwnWithoutCue = -0.48,
        /// Its speaker is another paragraph's or nobody.
        Elsewhere = -1.68,
        /// Weight of its likeliest source.
        SourceWeight = 0.39,
        /// Its sentence offers no source.
        NoSource = -0.07,
        /// Seven words or more.
        ManyWords = 0.88,
        /// One word.
        OneWord = -0.22,
        /// Two words.
        TwoWords = -0.28,
        /// Three words.
        ThreeWords = -0.22,
        /// Four to six words.
        SixWords = 0.64,
        /// A digit stands in it.
        Digit = -0.34,
        /// I, we, my
        FirstPerson = 0.35,
        /// is, has, will
        Verbal = 0.56,
        /// A full stop, or the like, ends it.
        EndsClause = -0.38,
        /// "..." was what she called it
        OpenAtStart = -1.38,
        /// A whole paragraph in single marks.
        SingleParagraph = -1.25,
        /// Single marks.
        SingleMarks = -0.82,
        /// A well-known programme, film or book.
        Work = -1.44,
        /// Every word has a capital: The Long Road
        Titled = -1.14,
        /// The same in three words at most.
        TitledShort = 1.15,
        /// The same behind a reporting verb.
        TitledCue = -1.04,
        /// on "The Late Show"
        TitledPreposition = -1.10,
        /// the show "The Late Show"
        TitledNaming = -0.84,
        /// NBC's "Meet the Press"
        TitledOwner = -2.22,
        /// "Meet the Press" begins the sentence.
        TitledFirst = -1.30,
        /// Juan "Chico" Manriquez
        TitledBetweenNames = -0.41,
        /// First in the sentence.
        First = 1.52,
        /// his claim that "..."
        NounOfSpeech = 1.06,
        /// Last in the sentence.
        Last = 0.89,
        /// A sentence of its own among others.
        AloneAmongOthers = 0.83,
        /// "..." was the slogan
        NamingAfter = -0.60,
        /// the word "..."
        NamingBefore = -0.36,
        /// "law and order" issue
        NounAfter = -0.42,
        /// a "..."
        DeterminerBefore = 0.31,
        /// the "law and order" issue
        DeterminerNoun = -0.63,
        /// as "..."
        AsBefore = 0.85,
        /// is "..."
        CopulaBefore = 0.64,
        /// A headline with its author: "..." — by the Post's Jennifer Smith.
        BylineAfter = -1.51,
        /// Its speaker is only a subject, and it ends the sentence.
        OwnLast = 0.56,
    }
}

impl QuotePlace<'_> {
    /// Returns the signs of the quotation, which is `marked` with its marks.
    pub(super) fn signs(&self, marked: &str, attribution: &QuoteAttribution) -> Signs {
        let mut signs = Signs::default();
        signs.add(KindSign::Bias, true);
        self.add_source_signs(&mut signs, attribution);
        self.add_cue_signs(&mut signs);
        self.add_word_signs(&mut signs, marked);
        self.add_title_signs(&mut signs);
        self.add_signs_around(&mut signs);
        signs
    }

    /// Adds the signs of the speaker that was found.
    fn add_source_signs(&self, signs: &mut Signs, attribution: &QuoteAttribution) {
        let speaker = attribution.speaker;
        let own = speaker.is_some_and(|speaker| speaker.is_in_sentence());
        let without_cue = own && self.cue.is_none();
        signs.add(KindSign::OwnWithoutCue, without_cue);
        signs.add(KindSign::OwnLast, without_cue && self.is_last());
        signs.add(KindSign::Elsewhere, !own && !attribution.beside);
        signs.add(KindSign::NoSource, attribution.source_weight.is_none());
        if let Some(weight) = attribution.source_weight {
            let (least, most) = SOURCE_WEIGHTS;
            signs.add_value(KindSign::SourceWeight, weight.clamp(least, most));
        }
    }

    /// Adds the signs of the reporting verb and of its way to the quotation.
    fn add_cue_signs(&self, signs: &mut Signs) {
        let Some(cue) = self.cue else { return };
        signs.add(KindSign::CueBefore, self.cue_before);
        signs.add(KindSign::CueAfter, !self.cue_before);
        let first = self.before.is_empty();
        signs.add(KindSign::CueAfterFirst, !self.cue_before && first);
        let mut near = self.before.iter().rev().take(CUE_REACH);
        let back = near.position(|token| token.span == cue.span);
        let at = back.map(|back| self.before.len() - 1 - back);
        let Some(between) = at.and_then(|at| self.before.get(at + 1..)) else {
            return;
        };
        let that = between.first().is_some_and(|token| token.is_word("that"));
        let lead_in =
            |token: &SentenceToken<'_>| matches!(token.kind, TokenKind::Comma | TokenKind::Colon);
        signs.add(KindSign::CueAdjacent, between.is_empty());
        signs.add(
            KindSign::CueLeadIn,
            matches!(between, [sign] if lead_in(sign)),
        );
        signs.add(KindSign::CueThat, that);
        signs.add(KindSign::CueFar, between.len() > FAR);
    }

    /// Adds the signs of the words in the marks.
    fn add_word_signs(&self, signs: &mut Signs, marked: &str) {
        const FIRST_PERSON: [&str; 14] = [
            "I", "we", "We", "my", "our", "me", "us", "I'm", "I’m", "I've", "I’ve", "we're",
            "we’re", "you",
        ];
        let by_count = match self.word_count() {
            1 => KindSign::OneWord,
            2 => KindSign::TwoWords,
            3 => KindSign::ThreeWords,
            count if count < LONG => KindSign::SixWords,
            _ => KindSign::ManyWords,
        };
        signs.add(by_count, true);
        let mut begin = self.inner.chars().take(DIGIT_WITHIN);
        signs.add(KindSign::Digit, begin.any(|c| c.is_ascii_digit()));
        let apart = |c: char| !c.is_alphanumeric() && c != '\'' && c != '’';
        let auxiliaries = words::BE | words::HAVE | words::MODAL;
        let (mut person, mut verbal) = (false, false);
        for word in self.inner.split(apart).take(WORDS_WITHIN) {
            person = person || FIRST_PERSON.contains(&word);
            verbal = verbal || words::classes(word).any(auxiliaries);
            if person && verbal {
                break;
            }
        }
        signs.add(KindSign::FirstPerson, person);
        signs.add(KindSign::Verbal, verbal);
        let ends = self.inner.ends_with(['.', '!', '?']);
        signs.add(KindSign::EndsClause, ends);
        let first = self.before.is_empty();
        signs.add(KindSign::OpenAtStart, first && self.ends_open);
        let single = marked.starts_with(['\'', '‘']) && !marked.starts_with("''");
        signs.add(KindSign::SingleParagraph, single && self.alone_in_paragraph);
        signs.add(KindSign::SingleMarks, single && !self.headline);
    }

    /// Returns the number of words in the marks, up to one more than are told apart.
    fn word_count(&self) -> usize {
        self.inner.split_whitespace().take(LONG).count()
    }

    /// Adds the signs of words that are a title, well-known or by their capitals.
    fn add_title_signs(&self, signs: &mut Signs) {
        let inner = self.inner;
        if inner.split_whitespace().nth(LONGEST_TITLE).is_some() {
            return;
        }
        let bare = inner.trim_end_matches([',', '.']);
        let work = words::is_work(inner) || (bare != inner && words::is_work(bare));
        signs.add(KindSign::Work, work);
        if !self.is_titled() {
            return;
        }
        let (before, after) = (self.before.last(), self.after.first());
        let is_name = |token: Option<&SentenceToken<'_>>| token.is_some_and(SentenceToken::is_name);
        let owner = before.is_some_and(|token| token.kind == TokenKind::Possessive);
        let between_names = is_name(before) && is_name(after) && self.ends_open;
        signs.add(KindSign::Titled, true);
        signs.add(KindSign::TitledShort, self.word_count() <= SHORT_TITLE);
        signs.add(KindSign::TitledCue, self.cue_before);
        signs.add(
            KindSign::TitledPreposition,
            before.is_some_and(is_preposition),
        );
        signs.add(
            KindSign::TitledNaming,
            self.is_near(NAMING_WITHIN, words::NAMING),
        );
        signs.add(KindSign::TitledOwner, owner);
        signs.add(KindSign::TitledFirst, before.is_none());
        signs.add(KindSign::TitledBetweenNames, between_names);
    }

    /// Adds the signs of the words beside it, and of its place in the sentence and the paragraph.
    fn add_signs_around(&self, signs: &mut Signs) {
        let (before, after) = (self.before.last(), self.after.first());
        let alone = before.is_none() && after.is_none();
        let dashed = before.is_some_and(|token| token.kind == TokenKind::Dash);
        let by = after.is_some_and(|token| token.is_word("by"));
        let mut next = self.after.iter().take(2);
        let determiner =
            before.is_some_and(|token| token.is(words::DETERMINER) && !token.is(words::PRONOUN));
        let noun_after = after.is_some_and(is_noun_like);
        let as_before = self.is_near(2, words::CLAUSE_OPENER)
            && before.is_some_and(|token| token.is_word("as") || token.is(words::DETERMINER));
        signs.add(KindSign::First, before.is_none());
        signs.add(
            KindSign::NounOfSpeech,
            self.is_near(SPEECH_NOUN_WITHIN, words::SPEECH),
        );
        signs.add(KindSign::Last, self.is_last());
        signs.add(
            KindSign::AloneAmongOthers,
            alone && !self.alone_in_paragraph,
        );
        signs.add(
            KindSign::NamingAfter,
            next.any(|token| token.is(words::NAMING)),
        );
        signs.add(
            KindSign::NamingBefore,
            self.is_near(NAMING_WITHIN, words::NAMING),
        );
        signs.add(KindSign::NounAfter, noun_after);
        signs.add(KindSign::DeterminerBefore, determiner);
        signs.add(KindSign::DeterminerNoun, determiner && noun_after);
        signs.add(KindSign::AsBefore, as_before);
        signs.add(KindSign::CopulaBefore, self.is_near(2, words::BE));
        signs.add(KindSign::BylineAfter, dashed && by);
    }
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
