//! Quotations: their places and kinds, their speakers, and how each speaker was found.
//!
//! [`find_quotes`] knows a text and its paragraphs, nothing of reports. Each paragraph goes through `marks` (stretches between quotation
//! marks), `tokens` (words and sentences around it), `attribute` (who says it, by `phrase`, `people` and the word lists of `words`)
//! and `kind` (speech, a fragment of it, or words in marks that nobody is said to have said).

mod acronyms;
mod attribute;
mod cue;
mod kind;
mod marks;
mod people;
mod phrase;
mod roles;
mod source;
mod statement;
mod tokens;
mod words;

use serde::{Deserialize, Serialize};

use crate::text::Span;
use attribute::{Mention, QuoteAttribution, QuoteAttributor};
use people::People;

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
    /// The reported clause, in the reporter's words.
    pub span: Span,
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
    text: &'a str,
    attributor: QuoteAttributor<'a>,
    found: QuoteFindings,
    /// The speaker of each quotation.
    quoted: Vec<Option<Mention>>,
    /// The speaker of each statement.
    stated: Vec<Mention>,
    utterances: UtteranceCounter,
}

impl<'a> QuoteFinder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            attributor: QuoteAttributor::new(text),
            ..Self::default()
        }
    }

    fn read_paragraph(&mut self, paragraph: Span) {
        let marked = marks::find_marked(paragraph.of(self.text), paragraph.start);
        let reading = self.attributor.read_paragraph(paragraph, &marked);
        if let Some((signer, dash)) = self.attributor.signature(&reading) {
            self.sign_quotes(paragraph, signer, dash);
        }
        for (marked, attribution) in marked.into_iter().zip(&reading.attributions) {
            let tokens = &reading.tokens;
            if !kind::is_quotation(self.text, tokens, &marked, attribution) {
                self.found.others.push(marked.span);
                continue;
            }
            self.quoted.push(attribution.speaker);
            self.found.quotes.push(Quote {
                span: marked.span,
                kind: kind::quote_kind(self.text, tokens, &marked, attribution),
                speaker: unnamed_speaker(attribution.speaker, attribution.basis),
                cue: attribution.cue,
                utterance: self.utterances.number(attribution),
                nested: marked.nested,
                closed: marked.closed,
            });
        }
        for statement in reading.statements {
            self.stated.push(statement.speaker);
            self.found.statements.push(Statement {
                span: statement.span,
                speaker: unnamed_speaker(Some(statement.speaker), Some(SpeakerBasis::Cue)),
                cue: Some(statement.cue),
            });
        }
        self.attributor.tokens = reading.tokens;
    }

    /// Gives the quotation right before this line to the one who signs it, unless its own sentence tells who said it.
    fn sign_quotes(&mut self, line: Span, signer: Mention, dash: Span) {
        let quotes = &mut self.found.quotes;
        let Some(last) = quotes.last() else { return };
        let touches = |quote: &Quote, next: usize| {
            let between = Span::new(quote.span.end.min(next), next).of(self.text);
            between.trim().is_empty()
        };
        let utterance = last.utterance;
        let parts = quotes.iter().rev();
        let mut parts = parts.take_while(|quote| quote.utterance == utterance);
        if !touches(last, line.start) || parts.any(is_attributed_by_sentence) {
            return;
        }
        let mut next = line.start;
        for (quote, quoted) in quotes.iter_mut().zip(&mut self.quoted).rev() {
            // A quotation of several paragraphs is closed in the last one only.
            let goes_on = next == line.start || !quote.closed;
            if is_attributed_by_sentence(quote) || !goes_on || !touches(quote, next) {
                break;
            }
            quote.speaker = unnamed_speaker(Some(signer), Some(SpeakerBasis::Neighbour));
            quote.cue = Some(dash);
            *quoted = Some(signer);
            next = quote.span.start;
        }
    }

    fn finish(mut self) -> QuoteFindings {
        let people = &self.attributor.people;
        let quotes = self.found.quotes.iter_mut().zip(&self.quoted);
        let quotes = quotes.filter_map(|(quote, who)| quote.speaker.as_mut().zip(who.as_ref()));
        let statements = self.found.statements.iter_mut().zip(&self.stated);
        let statements =
            statements.filter_map(|(statement, who)| statement.speaker.as_mut().zip(Some(who)));
        for (speaker, mention) in quotes.chain(statements) {
            speaker.name = full_name(self.text, people, mention).to_owned();
        }
        close_continued(self.text, &mut self.found.quotes);
        self.found
    }
}

/// Whether the quotation's own sentence tells the speaker.
fn is_attributed_by_sentence(quote: &Quote) -> bool {
    let basis = quote.speaker.as_ref().map(|speaker| speaker.basis);
    matches!(basis, Some(SpeakerBasis::Cue | SpeakerBasis::Sentence))
}

/// Returns a speaker whose name is filled in when the whole text is read.
fn unnamed_speaker(mention: Option<Mention>, basis: Option<SpeakerBasis>) -> Option<Speaker> {
    Some(Speaker {
        name: String::new(),
        mention: mention?.span,
        basis: basis?,
    })
}

/// Returns the full name, else the words as written.
fn full_name<'a>(text: &'a str, people: &People, mention: &Mention) -> &'a str {
    let person = mention.person.and_then(|person| people.get(person));
    mention
        .long_name
        .or(person.map(|person| person.name))
        .unwrap_or(mention.span)
        .of(text)
}

/// Marks as closed a quotation that was left open and goes on at the beginning of the next paragraph, which is no mistake.
fn close_continued(text: &str, quotes: &mut [Quote]) {
    for index in 1..quotes.len() {
        let (before, after) = quotes.split_at_mut(index);
        if let (Some(open), Some(next)) = (before.last_mut(), after.first()) {
            let between = Span::new(open.span.end, next.span.start).of(text);
            if !open.closed && between.trim().is_empty() && between.contains(['\n', '\r']) {
                open.closed = true;
            }
        }
    }
}

/// Counts utterances: parts that a reporting clause breaks up, and paragraphs of one quotation, share a number.
#[derive(Default)]
struct UtteranceCounter {
    next: usize,
    cue: Option<Span>,
}

impl UtteranceCounter {
    /// Returns the number of the utterance that the next quotation belongs to.
    fn number(&mut self, attribution: &QuoteAttribution) -> usize {
        let same_cue = attribution.cue.is_some()
            && attribution.cue == self.cue
            && attribution.basis != Some(SpeakerBasis::Paragraph);
        let goes_on = same_cue || attribution.basis == Some(SpeakerBasis::Chain);
        if !goes_on || self.next == 0 {
            self.next += 1;
        }
        self.cue = attribution.cue;
        self.next - 1
    }
}

#[cfg(test)]
mod tests;
