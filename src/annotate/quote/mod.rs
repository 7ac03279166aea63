//! Quotations: where they are, what kind they are, who said them, and how that is known.
//!
//! [`find`] knows a text and its paragraphs, nothing of reports. Each paragraph goes through `marks` (what stands between quotation
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
use attribute::{Attribution, Attributor, Who};
use marks::Marked;
use people::People;

/// How a quotation stands in the reporter's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A whole utterance.
    Direct,
    /// A fragment inside the reporter's own sentence.
    Mixed,
}

/// How a speaker was found, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
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

/// Who said it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The full name last meant in the article, also for `he`, `the prime minister` or `the PMO` where the article itself tells
    /// whom that means; else the words as written.
    pub name: String,
    /// The words that name the speaker here (`he`, `the prime minister`, `Carney`).
    pub mention: Span,
    /// How it was found.
    pub basis: Basis,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// From the opening to the closing mark, both in it; one paragraph at most.
    pub span: Span,
    /// Direct or mixed.
    pub kind: Kind,
    /// Who said it; `None` where the text does not tell.
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
    /// What was said, in the reporter's words.
    pub span: Span,
    /// Who said it.
    pub speaker: Option<Speaker>,
    /// The reporting words.
    pub cue: Option<Span>,
}

/// What [`find`] finds, each list in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Quotations.
    pub quotes: Vec<Quote>,
    /// Reported speech without marks.
    pub statements: Vec<Statement>,
    /// Words in marks that nobody is said to have said: titles, nicknames, terms, scare quotes.
    pub others: Vec<Span>,
}

/// Finds the quotations and statements of `text`, whose story is `paragraphs`, in order.
pub fn find(text: &str, paragraphs: &[Span]) -> Found {
    let mut reading = Reading::new(text);
    for paragraph in paragraphs {
        reading.read(*paragraph);
    }
    reading.finish()
}

/// Returns how many quotations [`find`] finds; a text without marks is not looked at any further.
pub fn count(text: &str, paragraphs: &[Span]) -> usize {
    if spans(text, paragraphs).is_empty() {
        return 0;
    }
    find(text, paragraphs).quotes.len()
}

/// Returns the stretches between quotation marks, outermost ones only, without asking who said them.
pub fn spans(text: &str, paragraphs: &[Span]) -> Vec<Span> {
    let mut marked = Vec::new();
    for paragraph in paragraphs {
        marks::find(paragraph.of(text), paragraph.start, &mut marked);
    }
    marked.into_iter().map(|marked| marked.span).collect()
}

/// Reads a text paragraph by paragraph; names come last, when each person's fullest one is known.
struct Reading<'a> {
    text: &'a str,
    attributor: Attributor<'a>,
    marked: Vec<Marked>,
    found: Found,
    quoted: Vec<Option<Who>>,
    stated: Vec<Who>,
    utterances: Utterances,
}

impl<'a> Reading<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            attributor: Attributor::new(text),
            marked: Vec::new(),
            found: Found::default(),
            quoted: Vec::new(),
            stated: Vec::new(),
            utterances: Utterances::default(),
        }
    }

    fn read(&mut self, paragraph: Span) {
        marks::find(paragraph.of(self.text), paragraph.start, &mut self.marked);
        self.attributor.read(paragraph, &self.marked);
        if let Some((who, dash)) = self.attributor.signature() {
            self.sign(paragraph, who, dash);
        }
        for (marked, attribution) in self.marked.drain(..).zip(self.attributor.found()) {
            let tokens = &self.attributor.tokens;
            if !kind::is_quotation(self.text, tokens, &marked, attribution) {
                self.found.others.push(marked.span);
                continue;
            }
            self.quoted.push(attribution.who);
            self.found.quotes.push(Quote {
                span: marked.span,
                kind: kind::kind(self.text, tokens, &marked, attribution),
                speaker: speaker(attribution),
                cue: attribution.cue,
                utterance: self.utterances.number(attribution),
                nested: marked.nested,
                closed: marked.closed,
            });
        }
        for stated in self.attributor.stated() {
            self.stated.push(stated.who);
            self.found.statements.push(Statement {
                span: stated.span,
                speaker: Some(named_later(stated.who, Basis::Cue)),
                cue: Some(stated.cue),
            });
        }
    }

    /// Gives the quotation right before this line to the one who signs it, unless its own sentence tells who said it.
    fn sign(&mut self, line: Span, who: Who, dash: Span) {
        let Some(utterance) = self.found.quotes.last().map(|quote| quote.utterance) else {
            return;
        };
        let mut next = line.start;
        let own = |quote: &Quote| {
            let basis = quote.speaker.as_ref().map(|speaker| speaker.basis);
            matches!(basis, Some(Basis::Cue | Basis::Sentence))
        };
        let touches = |quote: &Quote, next: usize| {
            let between = Span::new(quote.span.end.min(next), next).of(self.text);
            between.trim().is_empty()
        };
        let last = self.found.quotes.iter().rev();
        let mut parts = last.take_while(|quote| quote.utterance == utterance);
        if !self
            .found
            .quotes
            .last()
            .is_some_and(|quote| touches(quote, next))
            || parts.any(own)
        {
            return;
        }
        let quotes = self.found.quotes.iter_mut().zip(&mut self.quoted);
        for (quote, quoted) in quotes.rev() {
            let goes_on = next == line.start || !quote.closed;
            if own(quote) || !goes_on || !touches(quote, next) {
                break;
            }
            quote.speaker = Some(named_later(who, Basis::Neighbour));
            quote.cue = Some(dash);
            *quoted = Some(who);
            next = quote.span.start;
        }
    }

    fn finish(mut self) -> Found {
        let people = &self.attributor.people;
        let quotes = self
            .found
            .quotes
            .iter_mut()
            .map(|quote| quote.speaker.as_mut());
        let statements = self
            .found
            .statements
            .iter_mut()
            .map(|stated| stated.speaker.as_mut());
        let whos = self
            .quoted
            .iter()
            .copied()
            .chain(self.stated.iter().copied().map(Some));
        for (speaker, who) in quotes.chain(statements).zip(whos) {
            if let (Some(speaker), Some(who)) = (speaker, who) {
                speaker.name = name(self.text, people, who);
            }
        }
        close_continued(self.text, &mut self.found.quotes);
        self.found
    }
}

fn speaker(attribution: &Attribution) -> Option<Speaker> {
    Some(named_later(attribution.who?, attribution.basis?))
}

fn named_later(who: Who, basis: Basis) -> Speaker {
    Speaker {
        name: String::new(),
        mention: who.mention,
        basis,
    }
}

/// The full name, else the words as written.
fn name(text: &str, people: &People, who: Who) -> String {
    let person = who.person.and_then(|person| people.get(person));
    who.long
        .or(person.map(|person| person.name))
        .unwrap_or(who.mention)
        .of(text)
        .to_owned()
}

/// A quotation that was left open and goes on at the beginning of the next paragraph is no mistake.
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
struct Utterances {
    next: usize,
    cue: Option<Span>,
}

impl Utterances {
    fn number(&mut self, attribution: &Attribution) -> usize {
        let same_cue = attribution.cue.is_some()
            && attribution.cue == self.cue
            && attribution.basis != Some(Basis::Paragraph);
        let goes_on = same_cue || attribution.basis == Some(Basis::Chain);
        if !goes_on || self.next == 0 {
            self.next += 1;
        }
        self.cue = attribution.cue;
        self.next - 1
    }
}

#[cfg(test)]
mod tests;
