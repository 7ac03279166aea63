//! A report as facts are read from it: sentences of words with what stands between them.

use std::borrow::Cow;

use foldhash::HashSet;

use crate::annotate::time::{TimeHit, find_times};
use crate::compare::normalize::{NormalWord, PairWords, TermId, WordClass};
use crate::compare::{Document, Side, Sides};
use crate::text::Span;

/// One report, read for facts.
pub(in crate::compare) struct FactReport<'d> {
    pub(super) text: &'d str,
    pub(super) sentences: Vec<FactSentence<'d>>,
    /// Its expressions of time, in order.
    pub(super) times: Vec<TimeHit>,
}

/// One sentence.
pub(super) struct FactSentence<'d> {
    pub(super) span: Span,
    pub(super) words: Vec<FactWord<'d>>,
    /// Whether the other report has it word for word: then it is no difference of the two.
    pub(super) is_in_both: bool,
}

/// One word.
pub(super) struct FactWord<'d> {
    pub(super) span: Span,
    pub(super) term: TermId,
    pub(super) class: WordClass,
    /// The word in small letters, with straight apostrophes and without a possessive ending.
    pub(super) low: Cow<'d, str>,
    pub(super) is_capital: bool,
    pub(super) is_quoted: bool,
    /// The gap between it and the word before.
    pub(super) gap: WordGap,
}

/// The marks between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordGap {
    Blank,
    Hyphen,
    Comma,
    /// Any other mark, or the beginning of the sentence.
    Mark,
}

impl FactWord<'_> {
    pub(super) fn is_content(&self) -> bool {
        self.class == WordClass::Content
    }

    /// Whether nothing but a blank or a hyphen parts it from the word before.
    pub(super) fn follows(&self) -> bool {
        matches!(self.gap, WordGap::Blank | WordGap::Hyphen)
    }
}

impl<'d> FactSentence<'d> {
    /// Returns word `at` in small letters; nothing past the ends.
    pub(super) fn low(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.low)
    }

    /// Returns the word `back` places before word `at` in small letters.
    pub(super) fn low_before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.low(at))
    }

    /// Returns the place from word `first` to the one before word `end`.
    pub(super) fn span_of(&self, first: usize, end: usize) -> Span {
        let start = self.words.get(first).map(|word| word.span.start);
        let last = end.checked_sub(1).and_then(|last| self.words.get(last));
        match (start, last) {
            (Some(start), Some(last)) => Span::new(start, last.span.end),
            _ => Span::default(),
        }
    }

    /// Returns the words from `first` to the one before `end`, as far as there are any.
    pub(super) fn range(&self, first: usize, end: usize) -> &[FactWord<'d>] {
        let end = end.min(self.words.len());
        self.words.get(first.min(end)..end).unwrap_or_default()
    }
}

impl<'d> FactReport<'d> {
    /// Returns the sentence with that number.
    pub(super) fn sentence(&self, number: usize) -> Option<&FactSentence<'d>> {
        self.sentences.get(number)
    }

    /// Returns the times that stand inside `span`.
    pub(super) fn times_in(&self, span: Span) -> &[TimeHit] {
        let first = self.times.partition_point(|hit| hit.span.end <= span.start);
        let end = self.times.partition_point(|hit| hit.span.start < span.end);
        self.times.get(first..end).unwrap_or_default()
    }
}

/// Reads both reports.
pub(in crate::compare) fn read<'d>(
    documents: &Sides<Document<'d>>,
    tokens: &PairWords,
) -> Sides<FactReport<'d>> {
    let in_both = in_both(documents, tokens);
    Sides::from_fn(|side| {
        let document = &documents[side];
        let sentences = document.passages.iter().enumerate();
        let sentences = sentences.map(|(number, passage)| FactSentence {
            span: passage.span,
            words: words(document, passage.span, tokens.words(side, number)),
            is_in_both: in_both[side].get(number).copied().unwrap_or_default(),
        });
        FactReport {
            text: document.text,
            sentences: sentences.collect(),
            times: times(documents, side),
        }
    })
}

/// Returns, for each sentence, whether the other report has it word for word.
fn in_both(documents: &Sides<Document<'_>>, tokens: &PairWords) -> Sides<Vec<bool>> {
    let keys = Sides::from_fn(|side| {
        let passages = tokens.passages[side].iter();
        let keys = passages.map(|words| sentence_key(documents[side].text, words));
        keys.collect::<Vec<_>>()
    });
    let known = keys
        .as_ref()
        .map(|keys| keys.iter().collect::<HashSet<_>>());
    Sides::from_fn(|side: Side| {
        let keys = keys[side].iter();
        keys.map(|key| known[side.other()].contains(key)).collect()
    })
}

/// Returns the terms of a sentence, each number with the signs beside it, which no term has: `$25`, `25%`.
fn sentence_key(text: &str, words: &[NormalWord]) -> Vec<(TermId, [Option<char>; 2])> {
    let sign = |c: Option<char>| c.filter(|c| matches!(c, '$' | '€' | '£' | '¥' | '%'));
    let words = words.iter().map(|word| {
        let before = text.get(..word.span.start).unwrap_or_default();
        let after = text.get(word.span.end..).unwrap_or_default();
        let signs = match word.weight {
            WordClass::Number => [before.chars().next_back(), after.chars().next()],
            _ => [None, None],
        };
        (word.term, signs.map(sign))
    });
    words.collect()
}

fn times(documents: &Sides<Document<'_>>, side: Side) -> Vec<TimeHit> {
    let published = documents.as_ref().map(|document| document.published);
    // A day that is not known is the same for both sides, as all that counts is whether they agree.
    let other = published[side.other()].unwrap_or_default();
    let spans: Vec<Span> = (documents[side].passages.iter())
        .map(|passage| passage.span)
        .collect();
    let day = published[side].unwrap_or(other);
    find_times(documents[side].text, &spans, Some(day))
}

fn words<'d>(document: &Document<'d>, passage: Span, words: &[NormalWord]) -> Vec<FactWord<'d>> {
    let quoted: Vec<Span> = document
        .quotes_in(passage)
        .map(|quote| quote.span)
        .collect();
    let mut end = passage.start;
    let mut found = Vec::with_capacity(words.len());
    for word in words {
        let between = Span::new(end.min(word.span.start), word.span.start).of(document.text);
        let written = word.span.of(document.text);
        end = word.span.end;
        found.push(FactWord {
            span: word.span,
            term: word.term,
            class: word.weight,
            low: low(written),
            is_capital: written.starts_with(char::is_uppercase),
            is_quoted: quoted.iter().any(|quote| quote.contains(word.span)),
            gap: if found.is_empty() {
                WordGap::Mark
            } else {
                gap(between)
            },
        });
    }
    found
}

fn gap(between: &str) -> WordGap {
    match between.trim() {
        // The dot of an abbreviation parts nothing inside a sentence.
        "" | "." if !between.is_empty() => WordGap::Blank,
        "-" | "\u{2010}" | "\u{2011}" if between.len() == between.trim().len() => WordGap::Hyphen,
        "," => WordGap::Comma,
        // Quotation marks and signs of money or number belong to a word.
        "\"" | "“" | "”" | "‘" | "$" | "€" | "£" | "¥" | "%" | "#" | "(" => {
            WordGap::Blank
        }
        _ => WordGap::Mark,
    }
}

/// Returns the word in small letters; most words are written so.
fn low(written: &str) -> Cow<'_, str> {
    if written.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(written);
    }
    let low = written.to_lowercase().replace('’', "'");
    let bare = low.strip_suffix("'s").map(str::to_owned);
    Cow::Owned(bare.unwrap_or(low))
}
