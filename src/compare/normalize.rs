//! Normalizes the words of two reports: folded, stemmed, numbered, so that "Don't" equals "Don’t" and "two" equals "2".
//!
//! For matching only, never for display: every token keeps the span of the words as written. Knows English endings and number words;
//! other languages are matched by their folded words. Long names with their short form behind them in brackets, in either report,
//! make the short form stand for the long one in both.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashMapExt as _};
use indexmap::IndexSet;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Document, Side, Sides};
use crate::text::word_lists::{self, WordSet};
use crate::text::{Span, tokens};

/// A normalized word by its number in the [`Vocabulary`].
pub type TermId = u32;

/// The class of a word, by which it weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordClass {
    /// A word that says something.
    Content,
    /// A number.
    Number,
    /// A word of grammar.
    Stop,
}

/// One word of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NormalWord {
    /// The place in the article's text.
    pub span: Span,
    /// The normalized word that it is matched as.
    pub term: TermId,
    /// The class of the word.
    pub weight: WordClass,
}

impl NormalWord {
    /// Whether it says something: it is a number or a word of content, not of grammar.
    pub fn is_content(&self) -> bool {
        self.weight != WordClass::Stop
    }
}

/// Returns the terms of `words`, in their order.
pub fn terms(words: &[NormalWord]) -> impl Iterator<Item = TermId> + Clone {
    words.iter().map(|word| word.term)
}

/// Returns those of `words` that say something.
pub fn content(words: &[NormalWord]) -> impl Iterator<Item = &NormalWord> + Clone {
    words.iter().filter(|word| word.is_content())
}

/// The normalized words of both reports, numbered in the order of their first use.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: IndexSet<String, RandomState>,
}

impl Vocabulary {
    /// Returns the number of `word`, new if it was not met before.
    pub fn term(&mut self, word: &str) -> TermId {
        match self.words.get_index_of(word) {
            Some(known) => number(known),
            None => self.term_of(word.to_owned()),
        }
    }

    fn term_of(&mut self, word: String) -> TermId {
        number(self.words.insert_full(word).0)
    }

    /// Returns the normalized word with that number.
    pub fn word(&self, term: TermId) -> &str {
        let word = self.words.get_index(term as usize);
        word.map_or("", String::as_str)
    }

    /// Returns how many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

fn number(place: usize) -> TermId {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Builds a [`Vocabulary`]; half of all words of a report were met before as they are written, so those are kept.
#[derive(Debug, Default)]
pub struct WordReader<'a> {
    pub(super) vocabulary: Vocabulary,
    written: HashMap<&'a str, (TermId, WordClass)>,
}

impl<'a> WordReader<'a> {
    /// Returns the words of `span`.
    pub fn tokens(&mut self, text: &'a str, span: Span) -> Vec<NormalWord> {
        let within = text.get(span.start..span.end).unwrap_or_default();
        let mut words: Vec<NormalWord> = Vec::new();
        for word in tokens::words(within) {
            let (term, weight) = self.term_of_written(word.of(within));
            let word = NormalWord {
                span: word.shifted(span.start),
                term,
                weight,
            };
            let compound = words
                .last()
                .and_then(|last| self.compound(text, last, &word));
            if compound.is_some() {
                words.pop();
            }
            words.push(compound.unwrap_or(word));
        }
        words
    }

    /// Returns `twenty` and `five`, joined by a hyphen, as the one number that they are.
    fn compound(&mut self, text: &str, tens: &NormalWord, ones: &NormalWord) -> Option<NormalWord> {
        let is_joined = Span::new(tens.span.end, ones.span.start).of(text) == "-";
        if !is_joined || tens.weight != WordClass::Number {
            return None;
        }
        let value = |word: &NormalWord, vocabulary: &Vocabulary| -> Option<u32> {
            let written = word.span.of(text);
            let is_word = written.starts_with(char::is_alphabetic);
            let is_one = written.eq_ignore_ascii_case("one").then_some(1);
            is_one
                .or_else(|| vocabulary.word(word.term).parse().ok())
                .filter(|_| is_word)
        };
        let (tens_value, ones_value) = (
            value(tens, &self.vocabulary)?,
            value(ones, &self.vocabulary)?,
        );
        let is_compound =
            (20..100).contains(&tens_value) && tens_value % 10 == 0 && ones_value < 10;
        is_compound.then(|| NormalWord {
            span: Span::new(tens.span.start, ones.span.end),
            term: self.vocabulary.term(&(tens_value + ones_value).to_string()),
            weight: WordClass::Number,
        })
    }

    /// Returns the number and the class of `word`, as written.
    pub(super) fn term_of_written(&mut self, word: &'a str) -> (TermId, WordClass) {
        let vocabulary = &mut self.vocabulary;
        *self.written.entry(word).or_insert_with(|| {
            let (normal, weight) = normalize(word);
            (vocabulary.term_of(normal), weight)
        })
    }
}

/// The words of all passages of two reports.
#[derive(Clone, Debug, Default)]
pub struct PairWords {
    /// The normalized words by number.
    pub vocabulary: Vocabulary,
    /// The words of each passage, in order.
    pub passages: Sides<Vec<Vec<NormalWord>>>,
    /// Terms that each passage implies: the canonical names of its terms, and long names for short ones.
    pub implied: Sides<Vec<Vec<TermId>>>,
    /// The content words of the long names that either report gives for its short forms.
    pub long_names: HashMap<TermId, Vec<TermId>>,
}

impl PairWords {
    /// Returns the words of passage `number` of `side`; none where there is no such passage.
    pub fn words(&self, side: Side, number: usize) -> &[NormalWord] {
        self.passages[side].get(number).map_or(&[], Vec::as_slice)
    }

    /// Whether two passages have the same words in the same order.
    pub fn are_identical(&self, at: Sides<usize>) -> bool {
        let [left, right] = Side::BOTH.map(|side| terms(self.words(side, at[side])));
        left.eq(right)
    }
}

/// Returns the words of both reports.
pub fn tokens(documents: &Sides<Document<'_>>) -> PairWords {
    let mut reading = WordReader::default();
    let passages = documents.as_ref().map(|document| {
        let within = document.passages.iter();
        within
            .map(|passage| reading.tokens(document.text, passage.span))
            .collect()
    });
    let mut tokens = PairWords {
        vocabulary: reading.vocabulary,
        passages,
        implied: Sides::default(),
        long_names: HashMap::new(),
    };
    tokens.long_names = long_names(documents, &tokens);
    tokens.implied = implied(documents, &mut tokens);
    tokens
}

/// Takes in the signs that belong to a number (`C$12`, `-3`, `25%`), and the brackets around words that the reporter put in.
pub(super) fn signed(text: &str, span: Span) -> Span {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    if before.ends_with('[') && after.starts_with(']') {
        return Span::new(span.start - 1, span.end + 1);
    }
    if !is_figure(span.of(text)) {
        return span;
    }
    let is_sign = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '-' | '−');
    let mut unsigned = before.trim_end_matches(is_sign);
    let is_money = before[unsigned.len()..].contains(|c: char| !matches!(c, '-' | '−'));
    if is_money {
        // `C$`, `US$`: letters before a sign of money are a part of it.
        unsigned = unsigned.trim_end_matches(|c: char| c.is_ascii_uppercase());
    } else if unsigned.ends_with(char::is_alphanumeric) {
        // A hyphen after a word joins, after a blank it takes away.
        unsigned = before;
    }
    let percent = usize::from(after.starts_with('%'));
    Span::new(unsigned.len(), span.end + percent)
}

fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns the normalized form of `word`, and its class.
pub fn normalize(word: &str) -> (String, WordClass) {
    if is_acronym(word) {
        // Kept large, so that the "US" is not "us".
        let letters = word.chars().filter(|c| c.is_alphanumeric());
        return (letters.collect(), WordClass::Content);
    }
    let folded = fold(word);
    if folded.starts_with(|c: char| c.is_ascii_digit()) {
        return (digits(&folded), WordClass::Number);
    }
    if let Some(value) = WORDS.numbers.get(&*folded) {
        return (value.clone(), WordClass::Number);
    }
    let bare = folded.strip_suffix("'s").unwrap_or(&folded);
    let is_stop = |word: &str| WORDS.stops.contains(word);
    if is_stop(bare) || bare.len() < folded.len() && is_stop(&folded) {
        return (folded.into_owned(), WordClass::Stop);
    }
    (stem(bare), WordClass::Content)
}

/// Returns `word` as it is matched when another form of it counts as another word: without capitals, numbers in digits, short forms
/// at length.
pub fn form(word: &str) -> Cow<'_, str> {
    if is_acronym(word) {
        return Cow::Owned(normalize(word).0);
    }
    let folded = fold(word);
    if folded.starts_with(|c: char| c.is_ascii_digit()) {
        return Cow::Owned(digits(&folded));
    }
    let spelled = (WORDS.numbers.get(&*folded)).or_else(|| WORDS.short.get(&*folded));
    spelled.map_or(folded, |spelled| Cow::Owned(spelled.clone()))
}

fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase().replace('`', "'"));
    }
    word.nfkd()
        .filter(|&c| !is_combining_mark(c))
        .map(|c| match c {
            '’' | '‘' | 'ʼ' | '`' => '\'',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

/// `U.S`, `FBI`, `F.B.I`: large letters only, at least two, and not `OK`.
fn is_acronym(word: &str) -> bool {
    if word.starts_with(|c: char| c.is_ascii_lowercase()) || matches!(word, "OK" | "O.K") {
        return false;
    }
    let bare = word
        .strip_suffix("'s")
        .or(word.strip_suffix("’s"))
        .unwrap_or(word);
    let mut large = 0;
    for c in bare.chars() {
        match c {
            '.' => {}
            c if c.is_uppercase() => large += 1,
            _ => return false,
        }
    }
    (2..=6).contains(&large)
}

/// Returns `3,000.50` as `3000.5`, `40s` and `2nd` as they are.
fn digits(folded: &str) -> String {
    let plain: String = folded.chars().filter(|&c| c != ',').collect();
    match plain.split_once('.') {
        Some((whole, part)) if part.bytes().all(|b| b.is_ascii_digit()) => {
            let part = part.trim_end_matches('0');
            if part.is_empty() {
                whole.to_owned()
            } else {
                format!("{whole}.{part}")
            }
        }
        _ => plain,
    }
}

static WORDS: LazyLock<MatchingWords> =
    LazyLock::new(|| word_lists::parse(include_str!("../../assets/words/matching.toml")));

/// The lists of words that are made alike; see the file for each.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MatchingWords {
    stops: WordSet,
    numbers: HashMap<String, String>,
    short: HashMap<String, String>,
    irregular: HashMap<String, String>,
}

/// Returns the stem of a folded word: endings of number, tense and adverb off, spellings of both sides of the ocean made one.
fn stem(word: &str) -> String {
    if let Some(stem) = WORDS.irregular.get(word) {
        return stem.clone();
    }
    let word = WORDS.short.get(word).map_or(word, String::as_str);
    if !word.is_ascii() || word.contains('\'') {
        return word.trim_end_matches('\'').to_owned();
    }
    let single = singular(word);
    let base = ENDINGS.iter().find_map(|&(ending, least)| {
        let base = single.strip_suffix(ending)?;
        (base.len() >= least && base.contains(['a', 'e', 'i', 'o', 'u', 'y'])).then_some(base)
    });
    let base = base.map_or(&*single, undoubled);
    let bare = base.strip_suffix('e').filter(|bare| bare.len() >= 3);
    respelled(bare.unwrap_or(base))
}

/// Endings that are cut, with the least that must be left.
const ENDINGS: &[(&str, usize)] = &[("ingly", 4), ("edly", 4), ("ing", 3), ("ed", 3), ("ly", 4)];

fn singular(word: &str) -> Cow<'_, str> {
    if let Some(base) = word.strip_suffix("ies").filter(|base| base.len() >= 3) {
        return Cow::Owned(format!("{base}y"));
    }
    for ending in ["sses", "shes", "ches", "xes", "zes"] {
        if word.len() > 5 && word.ends_with(ending) {
            return Cow::Borrowed(&word[..word.len() - 2]);
        }
    }
    let base = word.strip_suffix('s');
    let base = base.filter(|base| base.len() >= 3 && !base.ends_with(['s', 'u', 'i']));
    Cow::Borrowed(base.unwrap_or(word))
}

/// `planned` is `plan`, but `called` stays `call`.
fn undoubled(base: &str) -> &str {
    match base.as_bytes() {
        [_, _, .., a, b] if a == b && !b"lszeo".contains(b) => &base[..base.len() - 1],
        _ => base,
    }
}

fn respelled(base: &str) -> String {
    let respelled = SPELLINGS.iter().find_map(|(british, american)| {
        let root = base.strip_suffix(british)?;
        (root.len() >= 3).then(|| format!("{root}{american}"))
    });
    let mut out = respelled.unwrap_or_else(|| base.to_owned());
    if out.len() > 3 && out.ends_with('y') {
        out.pop();
        out.push('i');
    }
    out
}

/// British endings with the American ones.
const SPELLINGS: &[(&str, &str)] = &[
    ("isation", "ization"),
    ("our", "or"),
    ("ys", "yz"),
    ("is", "iz"),
    ("ence", "ens"),
    ("enc", "ens"),
];

/// Returns the terms that each passage implies beyond its words.
fn implied(documents: &Sides<Document<'_>>, tokens: &mut PairWords) -> Sides<Vec<Vec<TermId>>> {
    let mut implied = Sides::<Vec<Vec<TermId>>>::default();
    for side in Side::BOTH {
        let document = &documents[side];
        for (passage, words) in document.passages.iter().zip(&tokens.passages[side]) {
            let mut terms = BTreeSet::new();
            for concept in document.concepts_in(passage.span) {
                terms.insert(tokens.vocabulary.term(&format!("@{}", concept.name)));
            }
            if !tokens.long_names.is_empty() {
                let own: BTreeSet<TermId> = self::terms(words).collect();
                let long = own.iter().filter_map(|term| tokens.long_names.get(term));
                terms.extend(long.flatten().filter(|term| !own.contains(term)));
            }
            implied[side].push(terms.into_iter().collect());
        }
    }
    implied
}

/// Finds `Canada-U.S.-Mexico Agreement (CUSMA)`: a short form in brackets whose letters the words before it begin with.
fn long_names(documents: &Sides<Document<'_>>, tokens: &PairWords) -> HashMap<TermId, Vec<TermId>> {
    let mut found = HashMap::new();
    for side in Side::BOTH {
        let text = documents[side].text;
        for words in &tokens.passages[side] {
            for (at, short) in words.iter().enumerate() {
                let written = short.span.of(text);
                if is_acronym(written) && text[..short.span.start].ends_with('(') {
                    let long = long_name(text, &words[..at], written);
                    found.entry(short.term).or_insert(long);
                }
            }
        }
    }
    found.retain(|_, long: &mut Vec<TermId>| !long.is_empty());
    found
}

/// Returns the words before a short form that spell it, or none.
fn long_name(text: &str, before: &[NormalWord], short: &str) -> Vec<TermId> {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    for length in 2..=(letters.len() + 3).min(before.len()) {
        let words = &before[before.len() - length..];
        let mut initials = words.iter().flat_map(|token| initials(token.span.of(text)));
        let mut letters = letters.iter();
        if letters.all(|letter| initials.any(|initial| initial == *letter)) {
            let is_word = |token: &&NormalWord| token.weight == WordClass::Content;
            let content = words.iter().filter(is_word);
            return content.map(|token| token.term).collect();
        }
    }
    Vec::new()
}

/// Returns the letters that a word may lend to a short form: all of an acronym, else the first, made large.
fn initials(word: &str) -> Vec<char> {
    if is_acronym(word) {
        return word.chars().filter(|c| c.is_alphabetic()).collect();
    }
    word.chars().take(1).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(word: &str) -> String {
        normalize(word).0
    }

    #[test]
    fn every_word_of_a_list_is_matched_as_it_says() {
        assert_eq!(normalize("the").1, WordClass::Stop);
        let pairs = [&WORDS.irregular, &WORDS.numbers];
        for (word, stem) in pairs.into_iter().flatten() {
            assert_eq!(normal(word), *stem, "{word}");
        }
        for (short, word) in &WORDS.short {
            assert_eq!(normal(short), normal(word), "{short}");
        }
    }

    #[test]
    fn forms_of_one_word_are_one_term() {
        for (a, b) in [
            ("Don't", "don’t"),
            ("deals", "deal"),
            ("negotiating", "negotiated"),
            ("countries", "country"),
            ("labour", "labor"),
            ("two", "2"),
            ("3,000.0", "3000"),
            ("U.S", "US"),
            ("planned", "plan"),
            ("spoken", "spoke"),
            ("Québec", "quebec"),
            ("called", "call"),
            ("Gen", "General"),
            ("Rep", "Representative"),
            ("Feb", "February"),
            ("OK", "okay"),
        ] {
            assert_eq!(normal(a), normal(b), "{a} and {b}");
        }
        assert_ne!(normal("US"), normal("us"));
    }

    #[test]
    fn a_number_in_two_words_is_one() {
        let text = "Twenty-five workers, thirty-one trucks, a twenty-year loan.";
        let mut reading = WordReader::default();
        let words = reading.tokens(text, Span::new(0, text.len()));
        let written: Vec<_> = words
            .iter()
            .map(|word| reading.vocabulary.word(word.term))
            .collect();
        assert_eq!(written[..2], ["25", "worker"]);
        assert!(written.contains(&"31") && written.contains(&"20"));
    }

    #[test]
    fn a_short_form_in_brackets_stands_for_the_long_name() {
        let a = "Goods under the Canada-U.S.-Mexico Agreement (CUSMA) are exempt.";
        let b = "CUSMA is up for review.";
        let documents =
            Sides::new(a, b).map(|text| Document::of_paragraphs(text, [Span::new(0, text.len())]));
        let tokens = tokens(&documents);
        let implied: Vec<_> = tokens.implied.right[0]
            .iter()
            .map(|&term| tokens.vocabulary.word(term))
            .collect();
        assert!(
            implied.contains(&"mexico") && implied.contains(&"agreement"),
            "{implied:?}"
        );
    }
}
