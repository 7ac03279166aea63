//! Reads the lists of a report: steel, aluminum, autos and copper.
//!
//! A list is members of a few words each between commas, the last after "and" or "or". A clause, or a name beside its office, makes no
//! list: an apposition stands between the same commas.

use std::collections::BTreeSet;

use super::report::{FactReport, FactSentence, FactWord, WordGap};
use super::words::WORDS;
use crate::annotate::quote::Speaker;
use crate::compare::Document;
use crate::compare::normalize::{PairWords, TermId};
use crate::text::Span;

/// Most words of a member.
const MEMBER_WORDS: usize = 4;
/// Most members of a list; more are a table.
const LONGEST: usize = 64;

/// One enumeration of a report.
#[derive(Clone, Debug)]
pub(super) struct Enumeration {
    /// Number of its sentence.
    pub(super) sentence: usize,
    pub(super) members: Vec<ListMember>,
    pub(super) span: Span,
    pub(super) is_quoted: bool,
}

/// One member of a list.
#[derive(Clone, Debug)]
pub(super) struct ListMember {
    pub(super) span: Span,
    /// Its terms.
    pub(super) terms: Vec<TermId>,
    /// Its names: the canonical name of the lexicon, and its stems.
    pub(super) names: BTreeSet<String>,
}

/// The words between two marks or words that part members.
struct ListPart {
    /// Numbers of the first word and of the one after the last.
    words: (usize, usize),
    /// Whether "and" or "or" leads to it, as to the last member of a list, or it is "et cetera".
    is_last: bool,
}

/// The separator before a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// Nothing that parts members.
    None,
    /// A comma; the next member starts here.
    Comma,
    /// The word itself parts members: "and", "or".
    Word,
    /// The list ends: another mark, or the sentence.
    End,
}

/// A sentence with what is needed to read its lists.
struct ListReader<'a, 'd> {
    sentence: &'a FactSentence<'d>,
    document: &'a Document<'d>,
    tokens: &'a PairWords,
    /// Places of speakers and reporting verbs in the sentence.
    attributions: Vec<Span>,
}

/// Returns the lists of a report, in order.
pub(super) fn enumerations(
    report: &FactReport<'_>,
    document: &Document<'_>,
    tokens: &PairWords,
) -> Vec<Enumeration> {
    let sentences = report.sentences.iter().enumerate();
    let found = sentences.flat_map(|(number, sentence)| {
        let reader = ListReader {
            sentence,
            document,
            tokens,
            attributions: attributions(document, sentence.span),
        };
        let lists = reader.lists().into_iter();
        lists.filter_map(move |members| enumeration(sentence, number, members))
    });
    found.collect()
}

fn enumeration(
    sentence: &FactSentence<'_>,
    number: usize,
    members: Vec<ListMember>,
) -> Option<Enumeration> {
    let span = Span::new(members.first()?.span.start, members.last()?.span.end);
    let first = sentence.words.iter().find(|word| span.contains(word.span));
    Some(Enumeration {
        sentence: number,
        is_quoted: first.is_some_and(|word| word.is_quoted),
        members,
        span,
    })
}

/// Returns the places of the speakers and cues in `sentence`.
fn attributions(document: &Document<'_>, sentence: Span) -> Vec<Span> {
    let mention = |speaker: &Option<Speaker>| speaker.as_ref().map(|speaker| speaker.mention);
    let quotes = document.quotes_in(sentence);
    let quotes = quotes.flat_map(|quote| [mention(&quote.speaker), quote.cue]);
    let told = document.statements_in(sentence);
    let told = told.flat_map(|told| [mention(&told.speaker), told.cue]);
    quotes.chain(told).flatten().collect()
}

impl<'d> ListReader<'_, 'd> {
    fn lists(&self) -> Vec<Vec<ListMember>> {
        let count = self.sentence.words.len();
        let mut found = Vec::new();
        let mut parts = Vec::new();
        let (mut from, mut is_last) = (0, false);
        for at in 1..=count {
            let separator = self.separator(at);
            if separator == Separator::None {
                continue;
            }
            if from < at {
                let rest = self.sentence.range(from, at);
                parts.push(ListPart {
                    words: (from, at),
                    is_last: is_last || is_rest(rest),
                });
            }
            is_last = separator == Separator::Word && self.sentence.low(at) != "but";
            from = at + usize::from(separator == Separator::Word);
            if separator == Separator::End {
                found.extend(self.closed(std::mem::take(&mut parts)));
            }
        }
        found
    }

    fn separator(&self, at: usize) -> Separator {
        let Some(word) = self.sentence.words.get(at) else {
            return Separator::End;
        };
        let parts =
            matches!(&*word.low, "and" | "or") || word.gap == WordGap::Comma && word.low == "but";
        match word.gap {
            WordGap::Mark => Separator::End,
            _ if parts => Separator::Word,
            WordGap::Comma => Separator::Comma,
            _ => Separator::None,
        }
    }

    /// Cuts `parts` into lists of short members: a longer part ends a list with its first words, and begins one with its last.
    fn closed(&self, parts: Vec<ListPart>) -> Vec<Vec<ListMember>> {
        let mut found = Vec::new();
        let mut list: Vec<ListMember> = Vec::new();
        let mut whole = 0;
        for part in parts {
            let tail = self.tail(part.words);
            if !self.is_member(part.words, tail) {
                let head = self.head(part.words);
                list.extend(self.member(head).filter(|_| !list.is_empty()));
                whole = if part.is_last { list.len() } else { whole };
                keep(&mut found, &mut list, &mut whole);
            }
            list.extend(self.member(tail));
            let is_one = part.is_last && list.len() > 1;
            whole = if is_one { list.len() } else { whole };
        }
        keep(&mut found, &mut list, &mut whole);
        found
    }

    /// Returns the words after the last word of grammar, or after one that leads into a list, without a verb before them.
    fn tail(&self, (first, end): (usize, usize)) -> (usize, usize) {
        let words = self.sentence.range(first, end);
        let parts =
            |word: &FactWord<'_>| self.is_grammar(word) || WORDS.list_leads.contains(&word.low);
        let from = first + words.iter().rposition(parts).map_or(0, |at| at + 1);
        let tail = self.sentence.range(from, end);
        let is_name = |word: &FactWord<'_>| word.is_capital;
        let name = tail.iter().position(is_name);
        let after_auxiliary = from > first
            && WORDS
                .auxiliaries
                .contains(self.sentence.low_before(from, 1));
        let verb = match name {
            Some(name) if tail.last().is_some_and(is_name) => name,
            _ => usize::from(after_auxiliary),
        };
        ((from + verb).min(end), end)
    }

    /// Whether the word cannot stand in a member: a word of grammar, or one that leads from a member to its circumstances.
    fn is_grammar(&self, word: &FactWord<'_>) -> bool {
        let is_stop = word.class == crate::compare::normalize::WordClass::Stop;
        is_stop || WORDS.boundaries.contains(&word.low)
    }

    /// Returns the words before the first word of grammar, but for small ones at the start.
    fn head(&self, (first, end): (usize, usize)) -> (usize, usize) {
        let words = self.sentence.range(first, end).iter();
        let from = first
            + words
                .take_while(|word| WORDS.before_members.contains(&word.low))
                .count();
        let rest = self.sentence.range(from, end).iter();
        (
            from,
            from + rest.take_while(|word| !self.is_grammar(word)).count(),
        )
    }

    /// Whether the whole part is one member: its tail, with at most a small word or two before it ("on trade", "other issues").
    fn is_member(&self, part: (usize, usize), tail: (usize, usize)) -> bool {
        let lead = self.sentence.range(part.0, tail.0);
        let small = |word: &FactWord<'_>| WORDS.before_members.contains(&word.low);
        let count = tail.1.saturating_sub(tail.0);
        (1..=MEMBER_WORDS).contains(&count)
            && lead.len() <= 2
            && lead.iter().all(small)
            && !self.tells_speaker(tail)
    }

    /// Whether one of the words names a speaker or says that one speaks.
    fn tells_speaker(&self, (first, end): (usize, usize)) -> bool {
        let mut words = self.sentence.range(first, end).iter();
        words.any(|word| {
            self.attributions
                .iter()
                .any(|span| span.overlaps(word.span))
        })
    }

    fn member(&self, (first, end): (usize, usize)) -> Option<ListMember> {
        let first = first.max(end.saturating_sub(MEMBER_WORDS));
        let words = self.sentence.range(first, end);
        if words.is_empty() || self.tells_speaker((first, end)) || is_rest(words) {
            return None;
        }
        let span = self.sentence.span_of(first, end);
        let concepts = self.document.concepts_in(span);
        let mut names: BTreeSet<String> = concepts
            .map(|concept| format!("@{}", concept.name))
            .collect();
        let mut terms: Vec<TermId> = words.iter().map(|word| word.term).collect();
        terms.sort_unstable();
        terms.dedup();
        let stems = terms.iter().map(|&term| self.tokens.vocabulary.word(term));
        names.insert(stems.collect::<Vec<_>>().join(" "));
        Some(ListMember { span, terms, names })
    }
}

/// Keeps the `whole` first members, of which the last came after "and"; the rest may be a clause.
fn keep(found: &mut Vec<Vec<ListMember>>, list: &mut Vec<ListMember>, whole: &mut usize) {
    let mut list = std::mem::take(list);
    list.truncate(std::mem::take(whole));
    if (2..=LONGEST).contains(&list.len()) {
        found.push(list);
    }
}

/// Whether the words stand for the members that a list leaves out.
fn is_rest(words: &[FactWord<'_>]) -> bool {
    match words {
        [one] => matches!(&*one.low, "etc" | "others"),
        [et, cetera] => et.low == "et" && cetera.low == "cetera",
        _ => false,
    }
}
