//! The words of a report with what a comparison of utterances asks of each: its sentence, its quotation, its form and its stem.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _};

use crate::annotate::quote::{Quote, QuoteKind, Speaker, Statement};
use crate::compare::normalize::{self, PairWords, TermId};
use crate::compare::{Document, Side, Sides};
use crate::text::Span;

/// Words of a report in order, each by its number.
pub(super) type WordNumbers = Vec<usize>;

/// A word of a report.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReportWord {
    pub(super) span: Span,
    /// The stem, by which words are matched.
    pub(super) term: TermId,
    /// The word itself, but for capitals and the spelling of numbers and short forms.
    pub(super) form: u32,
    /// Whether it says something: it is no word of grammar.
    pub(super) is_content: bool,
    /// The number of its passage.
    pub(super) passage: usize,
    /// The number of the quotation that it stands in.
    pub(super) quote: Option<usize>,
}

/// Words in marks, or a paragraph that a colon announces as somebody's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuotedPart<'a> {
    pub(super) span: Span,
    pub(super) kind: QuoteKind,
    pub(super) speaker: Option<&'a Speaker>,
    utterance: usize,
}

/// A report as words, quotations, utterances and statements.
pub(super) struct ReportWords<'a> {
    pub(super) text: &'a str,
    pub(super) words: Vec<ReportWord>,
    pub(super) quotes: Vec<QuotedPart<'a>>,
    /// The words of each quotation.
    pub(super) quoted: Vec<Range<usize>>,
    /// The words of each utterance, in order, whatever the reporter put between its parts.
    pub(super) utterances: Vec<WordNumbers>,
    /// The words of each passage.
    pub(super) passages: Vec<Range<usize>>,
    pub(super) statements: &'a [Statement],
}

/// Returns the words of both reports, with the numbers of their forms.
pub(super) fn read<'a>(
    documents: &Sides<Document<'a>>,
    tokens: &PairWords,
) -> (Sides<ReportWords<'a>>, WordForms<'a>) {
    let mut forms = WordForms::default();
    let reports =
        Sides::from_fn(|side| ReportWords::read(&documents[side], tokens, side, &mut forms));
    (reports, forms)
}

/// The forms of words by number; most words were met before as they are written.
#[derive(Default)]
pub(super) struct WordForms<'a> {
    numbers: HashMap<String, u32>,
    written: HashMap<&'a str, u32>,
}

impl<'a> WordForms<'a> {
    /// Returns the number of the form of a word that is written without signs.
    pub(super) fn of(&mut self, word: &str) -> u32 {
        self.number(normalize::form(word).into_owned())
    }

    /// Returns the number of the form of the word at `span`, `signed` with its signs.
    fn signed(&mut self, text: &'a str, span: Span, signed: Span) -> u32 {
        let written = span.of(text);
        if is_number(written) {
            return self.number(signed_form(text, span, signed));
        }
        if let Some(&known) = self.written.get(written) {
            return known;
        }
        let number = self.of(written);
        self.written.insert(written, number);
        number
    }

    fn number(&mut self, form: String) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(form).or_insert(next)
    }
}

impl<'a> ReportWords<'a> {
    fn read(
        document: &Document<'a>,
        tokens: &PairWords,
        side: Side,
        forms: &mut WordForms<'a>,
    ) -> Self {
        let quotes = quoted_parts(document);
        let mut words = Vec::new();
        let mut passages = Vec::new();
        let mut quote = 0;
        for (passage, within) in tokens.passages[side].iter().enumerate() {
            let first = words.len();
            for token in within {
                while quotes
                    .get(quote)
                    .is_some_and(|part| part.span.end <= token.span.start)
                {
                    quote += 1;
                }
                let inside = quotes.get(quote);
                let inside = inside.filter(|part| part.span.start <= token.span.start);
                let span = normalize::signed(document.text, token.span);
                words.push(ReportWord {
                    span,
                    term: token.term,
                    form: forms.signed(document.text, token.span, span),
                    is_content: token.is_content(),
                    passage,
                    quote: inside.map(|_| quote),
                });
            }
            passages.push(first..words.len());
        }
        let quoted = quotes.iter().map(|part| {
            let first = words.partition_point(|word| word.span.start < part.span.start);
            let end = words.partition_point(|word| word.span.start < part.span.end);
            first..end.max(first)
        });
        let quoted: Vec<_> = quoted.collect();
        Self {
            text: document.text,
            utterances: utterances(&quotes, &quoted),
            words,
            quotes,
            quoted,
            passages,
            statements: document.statements,
        }
    }

    /// Returns the quotation that word `at` stands in.
    pub(super) fn quote_of(&self, at: usize) -> Option<&QuotedPart<'a>> {
        self.quotes.get(self.words.get(at)?.quote?)
    }

    /// Returns the words of the quotation that word `at` stands in.
    pub(super) fn quoted_around(&self, at: usize) -> Range<usize> {
        let quote = self.words.get(at).and_then(|word| word.quote);
        let words = quote.and_then(|quote| self.quoted.get(quote));
        words.cloned().unwrap_or(at..at)
    }

    /// Returns the words of the passage of word `at`.
    pub(super) fn passage_around(&self, at: usize) -> Range<usize> {
        let passage = self.words.get(at).map(|word| word.passage);
        let words = passage.and_then(|passage| self.passages.get(passage));
        words.cloned().unwrap_or(at..at)
    }

    /// Whether the quotation of word `at` is a part of the reporter's own sentence.
    pub(super) fn is_fragment(&self, at: usize) -> bool {
        let mixed = self
            .quote_of(at)
            .is_some_and(|part| part.kind == QuoteKind::Mixed);
        let first = self.quoted_around(at).start;
        mixed || self.written(first).starts_with(char::is_lowercase)
    }

    /// Returns a word as written.
    pub(super) fn written(&self, at: usize) -> &'a str {
        self.words
            .get(at)
            .map_or("", |word| word.span.of(self.text))
    }

    /// Returns what stands between word `at` and the next.
    pub(super) fn after(&self, at: usize) -> &'a str {
        let (Some(one), Some(next)) = (self.words.get(at), self.words.get(at + 1)) else {
            return "";
        };
        Span::new(one.span.end, next.span.start.max(one.span.end)).of(self.text)
    }

    /// Whether word `at` stands alone in square brackets: the reporter put it in.
    pub(super) fn is_inserted(&self, at: usize) -> bool {
        self.written(at).starts_with('[')
    }

    /// Returns the mark that ends a sentence after word `at`, if one does.
    pub(super) fn end_mark(&self, at: usize) -> Option<char> {
        let span = self.words.get(at)?.span;
        self.text[span.end..]
            .chars()
            .next()
            .filter(|mark| matches!(mark, '.' | '?' | '!'))
    }

    /// Whether a sentence ends after word `at`, in the text or inside the marks.
    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        let passage = |at: usize| self.words.get(at).map(|word| word.passage);
        let after = self.after(at);
        let closed = after
            .find('.')
            .is_some_and(|stop| after[stop..].contains(['"', '”', '’']));
        passage(at) != passage(at + 1) || closed || after.contains(['!', '?', '…'])
    }

    /// Whether a sentence begins with word `at`.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        at.checked_sub(1)
            .is_none_or(|before| self.ends_sentence(before))
    }

    /// Returns the place from the first to the last of `words`, in whatever order.
    pub(super) fn span_of(&self, words: &[usize]) -> Option<Span> {
        let first = self.words.get(*words.iter().min()?)?;
        let last = self.words.get(*words.iter().max()?)?;
        Some(Span::new(first.span.start, last.span.end))
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns the form of a number, `signed`, with its signs: `c$12`.
fn signed_form(text: &str, span: Span, signed: Span) -> String {
    let form = normalize::form(span.of(text));
    if !is_number(&form) {
        return form.into_owned();
    }
    let before = Span::new(signed.start, span.start).of(text);
    let after = Span::new(span.end, signed.end).of(text);
    format!("{}{form}{after}", before.to_ascii_lowercase())
}

/// Returns the quotations, and the paragraphs without marks that follow a colon (a letter, a statement), in order.
fn quoted_parts<'a>(document: &Document<'a>) -> Vec<QuotedPart<'a>> {
    let quotes = document.quotes.iter().map(|quote| QuotedPart {
        span: quote.span,
        kind: quote.kind,
        speaker: quote.speaker.as_ref(),
        utterance: quote.utterance,
    });
    let mut parts: Vec<QuotedPart<'a>> = quotes.collect();
    let next = parts.iter().map(|part| part.utterance + 1).max();
    let announced = announced_paragraphs(document).into_iter();
    for (utterance, announced) in (next.unwrap_or(0)..).zip(announced) {
        parts.retain(|part| !announced.contains(part.span));
        parts.push(QuotedPart {
            span: announced,
            kind: QuoteKind::Direct,
            speaker: None,
            utterance,
        });
    }
    parts.sort_by_key(|part| part.span);
    parts
}

/// Bytes of a quotation from which a paragraph after a colon has marks of its own.
const LONG_QUOTE: usize = 40;

/// Returns the paragraphs that follow one that ends with a colon and hold no long quotation.
fn announced_paragraphs(document: &Document<'_>) -> Vec<Span> {
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut number = None;
    for passage in &document.passages {
        match paragraphs.last_mut() {
            Some(last) if number == Some(passage.paragraph) => last.end = passage.span.end,
            _ => paragraphs.push(passage.span),
        }
        number = Some(passage.paragraph);
    }
    let both = paragraphs.iter().zip(paragraphs.iter().skip(1));
    let announced = both.filter(|(before, paragraph)| {
        let is_long = |quote: &Quote| quote.span.len() > LONG_QUOTE;
        before.of(document.text).trim_end().ends_with(':')
            && !document.quotes_in(**paragraph).any(is_long)
    });
    announced.map(|(_, paragraph)| *paragraph).collect()
}

fn utterances(quotes: &[QuotedPart<'_>], quoted: &[Range<usize>]) -> Vec<WordNumbers> {
    let mut places: HashMap<usize, usize> = HashMap::new();
    let mut utterances: Vec<WordNumbers> = Vec::new();
    for (quote, words) in quotes.iter().zip(quoted) {
        let place = *places.entry(quote.utterance).or_insert(utterances.len());
        if place == utterances.len() {
            utterances.push(WordNumbers::new());
        }
        utterances[place].extend(words.clone());
    }
    utterances.retain(|words| !words.is_empty());
    utterances
}
