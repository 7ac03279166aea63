//! Searches one report for the sentences that may tell in its own words what the other quotes: reporting sentences that have the words
//! of a quoted sentence or clause close together.

use std::ops::RangeInclusive;

use foldhash::HashSet;

use super::alignment::Rarity;
use super::quoted_clause::{QuotedClause, clauses, content_of, with_sentence};
use super::shared_beginnings::{BeginningHolders, ROUNDED, SharedBeginnings, SharedWeights};
use super::speakers::{SpeakerName, SpeakerNames};
use super::telling_index::{Beginnings, PlainWord, TellingIndex};
use super::words::{ReportWords, WordNumbers};
use crate::compare::normalize::{PairWords, TermId};
use crate::compare::{Side, Sides, weights};
use crate::text::Span;

/// A sentence of an utterance, or a clause of it, with the words of a sentence of the other report that tell it.
pub(super) struct ToldSentence {
    /// The first word of the quoted sentence.
    pub(super) sentence: usize,
    /// The quoted words: all of the sentence, or those of a clause.
    pub(super) part: WordNumbers,
    /// Whether they are all of the sentence.
    pub(super) is_whole: bool,
    /// The passage of the other report that tells it.
    pub(super) passage: usize,
    /// The words in common: quoted here, told there.
    pub(super) hits: Vec<(usize, usize)>,
    pub(super) score: f32,
    /// The number of words that stand in the same order on both sides.
    pub(super) in_order: usize,
    /// The part of the lighter of the two that is in common.
    pub(super) share: f32,
    /// Whether the telling sentence names the speaker.
    pub(super) names_speaker: bool,
    /// Whether all words of a fragment are told.
    pub(super) has_all: bool,
    /// Whether the telling sentence reports speech.
    pub(super) is_speech: bool,
}

impl ToldSentence {
    /// Whether anything can come of it, whoever tells it: it may be told with evidence, or explain why words are not quoted.
    fn may_count(&self) -> bool {
        let is_evidence = self.hits.len() > 1
            && (self.share >= weights::TOLD_SHARE || self.has_all)
            && (self.score >= weights::TOLD || self.has_all);
        self.is_speech && (is_evidence || self.score >= weights::MAY_BE_TOLD)
    }
}

/// A search for telling sentences.
pub(super) struct ToldSearch<'a, 'd> {
    pub(super) reports: &'a Sides<ReportWords<'d>>,
    tokens: &'a PairWords,
    rarity: &'a Rarity,
    names: &'a SpeakerNames,
    beginnings: Beginnings,
    index: Sides<TellingIndex<'a, 'd>>,
    /// The sentences of the utterances of each side that the other may tell.
    pub(super) candidates: Sides<Vec<ToldSentence>>,
}

/// A word by which a quoted sentence or clause may be told.
#[derive(Clone, Copy)]
struct ContextWord {
    at: usize,
    /// The number of its beginning.
    beginning: u32,
    weight: f32,
    /// Whether it is one of the clause, and not beside it.
    is_own: bool,
}

/// A quoted sentence or clause with what it may be told by.
struct TellingClause<'c> {
    clause: &'c QuotedClause,
    /// Its words that say something; of a fragment with those beside it.
    context: Vec<ContextWord>,
    /// Its own words that say something.
    content: WordNumbers,
    /// The weight of the context.
    weight: f32,
    is_fragment: bool,
    name: Option<&'c SpeakerName>,
}

impl TellingClause<'_> {
    /// Whether a passage of that weight can tell the clause if it has all that it seems to share: the cheap first test, which no
    /// telling passage fails.
    fn may_be_told(&self, shared: &SharedBeginnings, weight: f32) -> bool {
        let most = shared.most * ROUNDED;
        let order = weights::ORDER * self.clause.words.len() as f32;
        let has_share = most >= weights::TOLD_SHARE * self.weight.min(weight);
        let has_all = self.is_fragment && shared.own as usize >= self.content.len();
        shared.own_weight * ROUNDED >= weights::TOLD_LEAST
            && (has_share || has_all || most + order >= weights::MAY_BE_TOLD)
    }
}

/// Words among which the order counts, with some to spare: each is a bit.
const LONGEST_TOLD: usize = 32;
const _: () = assert!(weights::TOLD_REACH + 2 * weights::ORDER_REACH < LONGEST_TOLD);

/// Returns how many of `terms` stand in the same order in `told`: the length of the longest common subsequence, of which all places
/// are advanced at once as bits (Hyyrö, Bit-parallel LCS-length computation revisited, 2004).
fn longest_in_order(terms: impl Iterator<Item = TermId>, told: &[TermId; LONGEST_TOLD]) -> usize {
    let mut free = u32::MAX;
    for term in terms {
        let bits = told.iter().enumerate();
        let same = bits.fold(0, |all, (n, one)| all | u32::from(*one == term) << n);
        let met = free & same;
        free = free.wrapping_add(met) | free & !same;
    }
    free.count_zeros() as usize
}

/// Returns the beginnings of the words of a clause, in the order of their letters, with what a passage that has one may share.
fn beginnings_of(of: &TellingClause<'_>) -> Vec<(u32, SharedBeginnings)> {
    let words = of.context.iter().map(|word| {
        let shared = SharedBeginnings {
            count: 1,
            sum: word.weight,
            most: f32::midpoint(word.weight, 1.0),
            own: u32::from(word.is_own),
            own_weight: if word.is_own { word.weight } else { 0.0 },
        };
        (word.beginning, shared)
    });
    let mut words: Vec<_> = words.collect();
    words.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.sum.total_cmp(&a.1.sum)));
    words.dedup_by(|next, kept| {
        let is_one = next.0 == kept.0;
        if is_one {
            kept.1.most += next.1.most;
            kept.1.own += next.1.own;
            kept.1.own_weight += next.1.own_weight;
        }
        is_one
    });
    words
}

impl<'a, 'd> ToldSearch<'a, 'd> {
    pub(super) fn new(
        reports: &'a Sides<ReportWords<'d>>,
        tokens: &'a PairWords,
        rarity: &'a Rarity,
        names: &'a SpeakerNames,
    ) -> Self {
        let beginnings = Beginnings::new(tokens);
        let mut search = Self {
            reports,
            tokens,
            rarity,
            names,
            index: reports
                .as_ref()
                .map(|report| TellingIndex::new(report, &beginnings, rarity)),
            beginnings,
            candidates: Sides::default(),
        };
        search.candidates = Sides::from_fn(|side| search.find(side));
        search
    }

    fn find(&self, side: Side) -> Vec<ToldSentence> {
        let report = &self.reports[side];
        let mut sharing = SharedWeights::new(self.index[side.other()].passages());
        let mut found = Vec::new();
        for utterance in &report.utterances {
            for clause in clauses(report, utterance) {
                let says = clause.words.iter().any(|&at| report.words[at].is_content);
                if says {
                    self.tellings(side, &clause, &mut sharing, &mut found);
                }
            }
        }
        found
    }

    /// Returns the words of the sentences of `side` that its speaker may be told to have said in the other report.
    pub(super) fn may_be_told(&self, side: Side) -> HashSet<usize> {
        let candidates = self.candidates[side].iter();
        let told = candidates.filter(|told| {
            told.names_speaker && told.is_speech && told.score >= weights::MAY_BE_TOLD
        });
        told.flat_map(|told| told.part.iter().copied()).collect()
    }

    /// Adds the sentences of the other report that tell a clause.
    fn tellings(
        &self,
        side: Side,
        clause: &QuotedClause,
        sharing: &mut SharedWeights,
        found: &mut Vec<ToldSentence>,
    ) {
        let report = &self.reports[side];
        let first = clause.words.first();
        let is_fragment = first.is_some_and(|&at| report.is_fragment(at));
        let content = content_of(report, &clause.words);
        let context = match is_fragment {
            true => with_sentence(report, &clause.words),
            false => content.clone(),
        };
        let context = context.iter().map(|&at| ContextWord {
            at,
            beginning: self.beginnings.number(report.words[at].term),
            weight: self.rarity.of(report, at),
            is_own: clause.words.contains(&at),
        });
        let context: Vec<ContextWord> = context.collect();
        let clause = TellingClause {
            clause,
            weight: context.iter().map(|word| word.weight).sum(),
            context,
            content,
            is_fragment,
            name: first.and_then(|&at| self.names.at(self.reports, side, at)),
        };
        let passages = self.sharing(side, &clause, sharing).into_iter();
        found.extend(passages.filter_map(|passage| self.telling(side, &clause, passage)));
    }

    /// Returns the passages of the other side that may tell a clause, in order: they have two of its words or more, which weigh enough.
    fn sharing(
        &self,
        side: Side,
        of: &TellingClause<'_>,
        sharing: &mut SharedWeights,
    ) -> Vec<usize> {
        let index = &self.index[side.other()];
        let beginnings = beginnings_of(of).into_iter();
        let holders = beginnings.map(|(beginning, shared)| (index.holders(beginning), shared));
        let holders: Vec<BeginningHolders<'_>> = holders.collect();
        let may_tell = |passage: usize, shared: &SharedBeginnings| {
            shared.count > 1
                && shared.sum >= weights::TOLD_LEAST
                && of.may_be_told(shared, index.weight(passage))
                && index.may_report(passage)
        };
        let mut found = sharing.sharing(&holders);
        found.retain(|(passage, shared)| may_tell(*passage, shared));
        found.into_iter().map(|(passage, _)| passage).collect()
    }

    fn telling(&self, side: Side, of: &TellingClause<'_>, passage: usize) -> Option<ToldSentence> {
        let (report, other) = (&self.reports[side], &self.reports[side.other()]);
        let index = &self.index[side.other()];
        let clause = of.clause;
        let mut hits = self.matched(side, &of.context, index.plain(passage));
        self.keep_densest(side, &mut hits);
        let here = hits.iter().map(|hit| hit.0);
        let of_clause = here.filter(|at| clause.words.contains(at));
        let in_clause: f32 = of_clause.map(|at| self.rarity.of(report, at)).sum();
        if in_clause < weights::TOLD_LEAST {
            return None;
        }
        let first = hits.iter().map(|hit| hit.1).min()?;
        let last = hits.iter().map(|hit| hit.1).max()?;
        let shared = |&(here, there): &(usize, usize)| {
            (self.rarity.of(report, here) + self.rarity.of(other, there)) / 2.0
        };
        let shared: f32 = hits.iter().map(shared).sum();
        let span = other.span_of(&[first, last])?;
        let has_cue = index.cue(passage);
        let has_cue = has_cue.is_some_and(|cue| cue <= last + weights::CUE_AFTER);
        let told_weight = index.weight(passage);
        let mut content = of.content.iter();
        let had = |at: &usize| hits.iter().any(|hit| hit.0 == *at);
        let mut told = ToldSentence {
            sentence: clause.sentence,
            part: WordNumbers::new(),
            is_whole: clause.is_whole,
            passage,
            score: shared + weights::ORDER * clause.words.len() as f32,
            in_order: 0,
            share: shared / of.weight.min(told_weight).max(0.1),
            names_speaker: false,
            has_all: of.is_fragment && content.all(had),
            is_speech: has_cue || index.statements(passage, span).next().is_some(),
            hits,
        };
        // At first with all words in order, which takes long to find out.
        if !told.may_count() {
            return None;
        }
        told.in_order = self.in_order(side, &clause.words, passage, first..=last);
        told.score = shared + weights::ORDER * told.in_order as f32;
        if !told.may_count() {
            return None;
        }
        let teller = self.teller(side.other(), passage, of.name, span);
        (teller != Teller::Other).then(|| ToldSentence {
            part: clause.words.clone(),
            names_speaker: teller == Teller::Speaker,
            ..told
        })
    }

    /// Returns pairs of the same words, or else of words that begin alike; each word once.
    fn matched(
        &self,
        side: Side,
        here: &[ContextWord],
        there: &[PlainWord],
    ) -> Vec<(usize, usize)> {
        let (report, other) = (&self.reports[side], &self.reports[side.other()]);
        let mut found: Vec<(usize, usize)> = Vec::with_capacity(here.len().min(there.len()));
        for &ContextWord { at, beginning, .. } in here {
            // Words of one form are of one stem too.
            let alike = there.iter().filter(|one| one.beginning == beginning);
            let mut alike = alike.map(|one| one.at as usize).peekable();
            if alike.peek().is_none() {
                continue;
            }
            let word = &report.words[at];
            let is_free = |to: usize| found.iter().all(|hit| hit.1 != to);
            let is_same = |to: &usize| other.words[*to].form == word.form && is_free(*to);
            let is_near =
                |to: &usize| self.are_near(word.term, other.words[*to].term) && is_free(*to);
            let same = alike.clone().find(is_same);
            if let Some(to) = same.or_else(|| alike.find(is_near)) {
                found.push((at, to));
            }
        }
        found
    }

    /// Whether two stems are one, or begin alike for long enough: tolerance, tolerating.
    fn are_near(&self, one: TermId, other: TermId) -> bool {
        if one == other {
            return true;
        }
        if self.beginnings.number(one) != self.beginnings.number(other) {
            return false;
        }
        let [one, other] = [one, other].map(|term| self.tokens.vocabulary.word(term));
        let both = one.bytes().zip(other.bytes());
        let same = both.take_while(|(a, b)| a == b).count();
        let longest = one.len().max(other.len());
        same >= weights::BEGINNING && same as f32 >= weights::NEAR * longest as f32
    }

    /// Keeps the hits among a few told words that weigh most.
    fn keep_densest(&self, side: Side, hits: &mut Vec<(usize, usize)>) {
        let other = &self.reports[side.other()];
        let reach = |start: usize| start..=start + weights::TOLD_REACH;
        let weight = |start: usize| -> f32 {
            let reach = reach(start);
            let near = hits.iter().filter(|hit| reach.contains(&hit.1));
            near.map(|hit| self.rarity.of(other, hit.1)).sum()
        };
        let mut best: Option<(f32, usize)> = None;
        for &(_, start) in &*hits {
            let weight = weight(start);
            if best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, start));
            }
        }
        if let Some((_, start)) = best {
            hits.retain(|hit| reach(start).contains(&hit.1));
        }
    }

    /// Returns how many words of a clause stand in the same order in the words of a passage around the `told` ones.
    fn in_order(
        &self,
        side: Side,
        clause: &[usize],
        passage: usize,
        told: RangeInclusive<usize>,
    ) -> usize {
        let (report, other) = (&self.reports[side], &self.reports[side.other()]);
        let near =
            told.start().saturating_sub(weights::ORDER_REACH)..=told.end() + weights::ORDER_REACH;
        let sentence = other.passages.get(passage).cloned().unwrap_or_default();
        let near = sentence.start.max(*near.start())..sentence.end.min(near.end() + 1);
        let told = other.words.get(near).unwrap_or_default().iter();
        let told = told.filter(|word| word.quote.is_none());
        let mut terms = [TermId::MAX; LONGEST_TOLD];
        for (term, word) in terms.iter_mut().zip(told) {
            *term = word.term;
        }
        let clause = clause.iter().map(|&at| report.words[at].term);
        longest_in_order(clause, &terms)
    }

    /// Returns whose words a passage of `side` tells at `span`, as far as it says so; `own` is the name of whoever is quoted.
    fn teller(&self, side: Side, passage: usize, own: Option<&SpeakerName>, span: Span) -> Teller {
        let (index, names) = (&self.index[side], self.names);
        let told_by = index.statements(passage, span);
        let told_by = told_by.filter_map(|told| names.of_statement(side, told));
        let told_by: Vec<&SpeakerName> = told_by.collect();
        let is_own = |name: &SpeakerName| own.is_some_and(|own| own.shares_word(name));
        if !told_by.is_empty() {
            if told_by.iter().any(|name| is_own(name)) {
                return Teller::Speaker;
            }
            let mut all = own.iter().chain(&told_by);
            let are_full = own.is_some() && all.all(|name| name.is_full());
            return match are_full {
                true => Teller::Other,
                false => Teller::Unknown,
            };
        }
        let is_named =
            |passage: usize| own.is_some_and(|own| index.forms(passage).any(|form| own.has(form)));
        if is_named(passage) {
            return Teller::Speaker;
        }
        let is_pronoun = || index.forms(passage).any(|form| names.is_pronoun(form));
        match passage.checked_sub(1).is_some_and(is_named) && is_pronoun() {
            true => Teller::Speaker,
            false => Teller::Unknown,
        }
    }
}

/// Whose words a sentence tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Teller {
    Speaker,
    Other,
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_same_order_are_counted_whatever_stands_between() {
        let mut told = [TermId::MAX; LONGEST_TOLD];
        told[..6].copy_from_slice(&[7, 1, 2, 9, 3, 1]);
        let count = |terms: &[TermId]| longest_in_order(terms.iter().copied(), &told);
        assert_eq!(count(&[1, 5, 2, 3]), 3);
        assert_eq!(count(&[3, 2, 1]), 2);
        assert_eq!(count(&[1, 1, 1]), 2);
        assert_eq!(count(&[4, 8]), 0);
    }
}
