//! Quotations: their places and kinds, their speakers, and how each speaker was found.
//!
//! [`find_quotes`] knows a text and its paragraphs, nothing of reports. Each paragraph goes through `marks` (stretches between quotation
//! marks), `tokens` (words and sentences around it), `attribute` (who says it, by `phrase`, `people` and the word lists of `words`)
//! and `kind` (speech, a fragment of it, or words in marks that nobody is said to have said).

mod acronyms;
mod attribute;
mod chunk;
mod clause;
mod cue;
mod kind;
mod marks;
mod noun;
mod people;
mod phrase;
mod roles;
mod signs;
mod source;
mod statement;
mod tokens;
mod verb;
mod words;

use serde::{Deserialize, Serialize};

use crate::text::Span;
use attribute::{LikelySpeaker, QuoteAttributor};
use statement::ReportedClause;
pub(super) use words::read_lists;

/// The kind of a quotation: an utterance, or a part of the reporter's sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteKind {
    /// A whole utterance.
    Direct,
    /// A fragment inside the reporter's own sentence.
    Mixed,
}

/// The way in which a speaker was found, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpeakerBasis {
    /// A cue in the quotation's own sentence.
    Cue,
    /// The subject of the quotation's own sentence, without a reporting verb.
    Sentence,
    /// The other part of the same utterance, or the quotation that it goes on from.
    Chain,
    /// A cue in the sentence next to it.
    Neighbour,
    /// Another sentence of the same paragraph, or the paragraph before.
    Paragraph,
}

/// The one who said something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The full name last used in the article, also for `he`, `the prime minister` or `the PMO` where the article itself tells
    /// whom that means; else the words as written.
    pub name: String,
    /// The words that name the speaker here (`he`, `the prime minister`, `Carney`).
    pub mention: Span,
    /// The way in which it was found.
    pub basis: SpeakerBasis,
    /// Whether it is as good as certain: of these, 96 of 100 are right in reports that the rules were not fitted to.
    pub sure: bool,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words from the opening to the closing mark, both in it; one paragraph at most.
    pub span: Span,
    /// Direct or mixed.
    pub kind: QuoteKind,
    /// The speaker; `None` where the text does not tell.
    pub speaker: Option<Speaker>,
    /// The one by whom the speaker is said to speak, as in `Voss accused Holt of saying "..."`.
    pub told_by: Option<Speaker>,
    /// The reporting words (`said`, `according to`).
    pub cue: Option<Span>,
    /// Number of the utterance that it is a part of, counted from 0 in the article.
    pub utterance: usize,
    /// Quotations inside it.
    pub nested: Vec<Span>,
    /// Whether its closing mark was there (a quotation that goes on in the next paragraph counts as closed).
    pub closed: bool,
}

/// Reported speech without marks: `Carney said Canada has a team of senior bureaucrats`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The reported clause, in the reporter's words; where the reporting words stand in its middle, with them.
    pub span: Span,
    /// The parts of a clause that the reporting words break up, in order: `(the ferry), Falk said, (is late)`; else empty.
    pub pieces: Vec<Span>,
    /// The speaker.
    pub speaker: Option<Speaker>,
    /// The reporting words.
    pub cue: Option<Span>,
}

/// The result of [`find_quotes`], each list in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteFindings {
    /// Quotations.
    pub quotes: Vec<Quote>,
    /// Reported speech without marks.
    pub statements: Vec<Statement>,
    /// Words in marks that nobody is said to have said: titles, nicknames, terms, scare quotes.
    pub others: Vec<Span>,
}

/// Finds the quotations and statements of `text`, whose story is `paragraphs`, in order.
pub fn find_quotes(text: &str, paragraphs: &[Span]) -> QuoteFindings {
    let mut finder = QuoteFinder::new(text);
    for paragraph in paragraphs {
        finder.read_paragraph(*paragraph);
    }
    finder.finish()
}

/// Whether `word` is a form of a reporting verb, or a noun of speech: `said`, `claim`.
pub fn is_reporting_word(word: &str) -> bool {
    words::classes(word).any(words::CUE | words::SPEECH)
}

/// Whether `word`, in small letters, is a listed first name.
pub fn is_first_name(word: &str) -> bool {
    words::classes(word).any(words::MALE | words::FEMALE)
}

/// Counts the quotations that [`find_quotes`] finds. A text without marks is read no further, which is five times as fast.
pub fn count_quotes(text: &str, paragraphs: &[Span]) -> usize {
    let has_marks = |at: &Span| !marks::find_marked(at.of(text), at.start).is_empty();
    if !paragraphs.iter().any(has_marks) {
        return 0;
    }
    find_quotes(text, paragraphs).quotes.len()
}

/// Reads a text paragraph by paragraph; names come last, when each person's fullest one is known.
#[derive(Default)]
struct QuoteFinder<'a> {
    attributor: QuoteAttributor<'a>,
    quotes: Vec<(Quote, Option<LikelySpeaker>)>,
    statements: Vec<(ReportedClause, Option<LikelySpeaker>)>,
    others: Vec<Span>,
}

impl<'a> QuoteFinder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            attributor: QuoteAttributor::new(text),
            ..Self::default()
        }
    }

    fn read_paragraph(&mut self, paragraph: Span) {
        let text = self.attributor.text;
        let marked = marks::find_marked(paragraph.of(text), paragraph.start);
        let reading = self.attributor.read_paragraph(paragraph, &marked);
        if let Some(signer) = self.attributor.signature(&reading) {
            self.sign_quotes(paragraph, signer);
        }
        for (marked, attribution) in marked.into_iter().zip(&reading.attributions) {
            let Some(kind) = kind::quote_kind(text, &reading, marked.span, attribution) else {
                self.others.push(marked.span);
                continue;
            };
            let quote = Quote {
                span: marked.span,
                kind,
                speaker: None,
                told_by: None,
                cue: None,
                utterance: self.utterance(attribution.speaker),
                nested: marked.nested,
                closed: marked.closed,
            };
            self.quotes.push((quote, attribution.speaker));
        }
        self.statements.extend(reading.statements);
        self.attributor.tokens = reading.tokens;
    }

    /// Gives the quotation right before this line to the one who signs it, unless its own sentence tells who said it.
    fn sign_quotes(&mut self, line: Span, signer: LikelySpeaker) {
        let text = self.attributor.text;
        let Some((last, _)) = self.quotes.last() else {
            return;
        };
        let touches = |quote: &Quote, next: usize| {
            let between = Span::new(quote.span.end.min(next), next).of(text);
            between.trim().is_empty()
        };
        let is_attributed = |speaker: &Option<LikelySpeaker>| {
            speaker.is_some_and(|speaker| speaker.is_in_sentence())
        };
        let parts = self.quotes.iter().rev();
        let mut parts = parts.take_while(|(quote, _)| quote.utterance == last.utterance);
        if !touches(last, line.start) || parts.any(|(_, speaker)| is_attributed(speaker)) {
            return;
        }
        let mut next = line.start;
        for (quote, speaker) in self.quotes.iter_mut().rev() {
            // A quotation of several paragraphs is closed in the last one only.
            let goes_on = next == line.start || !quote.closed;
            if is_attributed(speaker) || !goes_on || !touches(quote, next) {
                break;
            }
            *speaker = Some(signer);
            next = quote.span.start;
        }
    }

    /// Returns the number of the next quotation's utterance: parts that a reporting clause breaks up, and paragraphs of one
    /// quotation, share a number.
    fn utterance(&self, speaker: Option<LikelySpeaker>) -> usize {
        let Some((last, last_speaker)) = self.quotes.last() else {
            return 0;
        };
        let goes_on = speaker.is_some_and(|speaker| match speaker.basis {
            SpeakerBasis::Chain => true,
            SpeakerBasis::Paragraph => false,
            _ => speaker.cue.is_some() && speaker.cue == last_speaker.and_then(|last| last.cue),
        });
        last.utterance + usize::from(!goes_on)
    }

    fn finish(self) -> QuoteFindings {
        let attributor = self.attributor;
        let quotes = self.quotes.into_iter().map(|(quote, speaker)| Quote {
            speaker: speaker.map(|speaker| attributor.named(speaker)),
            told_by: speaker.and_then(|speaker| attributor.told_by(speaker)),
            cue: speaker.and_then(|speaker| speaker.cue),
            ..quote
        });
        let mut quotes: Vec<Quote> = quotes.collect();
        close_continued(attributor.text, &mut quotes);
        let statements = self.statements.into_iter();
        let statements = statements.map(|(clause, speaker)| Statement {
            span: clause.span,
            pieces: clause.pieces,
            speaker: speaker.map(|speaker| attributor.named(speaker)),
            cue: Some(clause.cue),
        });
        QuoteFindings {
            quotes,
            statements: statements.collect(),
            others: self.others,
        }
    }
}

/// Marks as closed a quotation that was left open and goes on at the beginning of the next paragraph, which is no mistake.
fn close_continued(text: &str, quotes: &mut [Quote]) {
    let mut next = None;
    for quote in quotes.iter_mut().rev() {
        let between = next.map_or("", |next| Span::new(quote.span.end, next).of(text));
        quote.closed |= between.trim().is_empty() && between.contains(['\n', '\r']);
        next = Some(quote.span.start);
    }
}

#[cfg(test)]
mod tests;
