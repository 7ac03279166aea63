//! Finds what one report quotes and the other tells in its own words: a reporting sentence that has the words of an utterance that the
//! other report does not quote.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};

use super::alignment::{Alignment, Rarity};
use super::findings::{QuoteRule, UtteranceFindings};
use super::quoted_clause::{QuotedClause, clauses, content_of, with_sentence};
use super::shared_beginnings::{SharedBeginnings, SharedByPassage};
use super::speakers::SpeakerNames;
use super::telling_index::{Beginnings, TellingIndex};
use super::words::{ReportWords, WordNumbers};
use crate::compare::normalize::{PairWords, TermId};
use crate::compare::{DifferenceKind, Side, Sides, weights};
use crate::text::Span;

/// Adds what the report of `side` quotes and the other tells.
pub(super) fn read(
    search: &ToldSearch<'_, '_>,
    side: Side,
    alignments: &[Alignment],
    findings: &mut UtteranceFindings<'_, '_>,
) {
    let mut used = HashSet::new();
    let mut done: HashMap<usize, usize> = HashMap::new();
    for told in likely(search, side, alignments) {
        let there: WordNumbers = told.hits.iter().map(|hit| hit.1).collect();
        let before = done.get(&told.sentence);
        let is_done = before.is_some_and(|&passage| passage != told.passage || told.is_whole);
        if is_done || there.iter().any(|at| used.contains(at)) {
            continue;
        }
        if let (Some(&first), Some(&last)) = (there.iter().min(), there.iter().max()) {
            used.extend(first..=last);
            done.insert(told.sentence, told.passage);
            add(search, side, told, first, findings);
        }
    }
}

/// Returns the sentences that are told with enough evidence and that the other report does not quote itself, the surest first.
fn likely<'a>(
    search: &'a ToldSearch<'_, '_>,
    side: Side,
    alignments: &[Alignment],
) -> Vec<&'a ToldSentence> {
    let quoted_by_both = alignments.iter().flat_map(|found| &found.pairs);
    let quoted_by_both: HashSet<usize> = quoted_by_both.map(|at| at[side]).collect();
    let is_own = |one: &ToldSentence| {
        let had = one.part.iter().filter(|at| quoted_by_both.contains(at));
        had.count() as f32 > weights::OWN_WORDS * one.part.len() as f32
    };
    let mut found: Vec<&ToldSentence> = search.candidates[side].iter().collect();
    found.retain(|one| !is_own(one) && search.is_evidence(side, one));
    found.sort_by(|a, b| {
        let weight = |one: &ToldSentence| one.score * one.share;
        let place = |one: &ToldSentence| (one.sentence, one.hits.first().copied());
        let by_weight = weight(b).total_cmp(&weight(a));
        by_weight.then_with(|| place(a).cmp(&place(b)))
    });
    found
}

/// Adds a told sentence whose first told word is `first`: beside words in marks as a matter of extent, farther off as a paraphrase.
fn add(
    search: &ToldSearch<'_, '_>,
    side: Side,
    told: &ToldSentence,
    first: usize,
    findings: &mut UtteranceFindings<'_, '_>,
) {
    let marked = search.told_in_marks(side, told, first);
    let (near, far): (Vec<(usize, usize)>, Vec<_>) = told.hits.iter().partition(|hit| {
        let beside = |marked: &Range<usize>| {
            let from = marked.start.saturating_sub(weights::TOLD_BESIDE);
            (from..marked.end + weights::TOLD_BESIDE).contains(&hit.1)
        };
        marked.as_ref().is_none_or(beside)
    });
    let on_sides = |hits: Vec<(usize, usize)>, clause: &[usize]| {
        let mut words = Sides::<WordNumbers>::default();
        (words[side], words[side.other()]) = hits.into_iter().unzip();
        words[side].extend(clause);
        words
    };
    let is_short = told.part.len() <= weights::SHORT_CLAUSE;
    let clause = told
        .part
        .iter()
        .copied()
        .filter(|_| is_short && marked.is_none());
    let words = on_sides(near, &clause.collect::<WordNumbers>());
    let (kind, rule) = match marked {
        Some(_) => (DifferenceKind::QuoteExtent, QuoteRule::ToldBesideMarks),
        None => (DifferenceKind::QuoteVsParaphrase, QuoteRule::Told),
    };
    findings.add(kind, rule, words);
    if far.len() >= weights::TOLD_IN_ORDER {
        let words = on_sides(far, &[]);
        findings.add(DifferenceKind::QuoteVsParaphrase, QuoteRule::Told, words);
    }
}

/// A sentence of an utterance, or a clause of it, with the words of a sentence of the other report that tell it.
struct ToldSentence {
    /// The first word of the quoted sentence.
    sentence: usize,
    /// The quoted words: all of the sentence, or those of a clause.
    part: WordNumbers,
    /// Whether they are all of the sentence.
    is_whole: bool,
    /// The passage of the other report that tells it.
    passage: usize,
    /// The words in common: quoted here, told there.
    hits: Vec<(usize, usize)>,
    score: f32,
    /// The number of words that stand in the same order on both sides.
    in_order: usize,
    /// The part of the lighter of the two that is in common.
    share: f32,
    /// Whether the telling sentence names the speaker.
    names_speaker: bool,
    /// Whether all words of a fragment are told.
    has_all: bool,
    /// Whether the telling sentence reports speech.
    is_speech: bool,
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
    reports: &'a Sides<ReportWords<'d>>,
    tokens: &'a PairWords,
    rarity: &'a Rarity,
    names: &'a SpeakerNames,
    beginnings: Beginnings,
    index: Sides<TellingIndex<'a, 'd>>,
    /// The sentences of the utterances of each side that the other may tell.
    candidates: Sides<Vec<ToldSentence>>,
}

/// A quoted sentence or clause with what it may be told by.
struct TellingClause<'c> {
    clause: &'c QuotedClause,
    /// Its words that say something; of a fragment with those beside it.
    context: WordNumbers,
    /// Its own words that say something.
    content: WordNumbers,
    /// The weight of the context.
    weight: f32,
    is_fragment: bool,
    /// The words of the name of its speaker.
    name: Option<&'c BTreeSet<String>>,
}

impl TellingClause<'_> {
    /// Whether a passage of that weight can tell the clause if it has all that it seems to share: the cheap first test, which no
    /// telling passage fails.
    fn may_be_told(&self, shared: &SharedBeginnings, weight: f32) -> bool {
        let most = shared.most * ROUNDED;
        let order = weights::ORDER * self.clause.words.len() as f32;
        let has_share = most >= weights::TOLD_SHARE * self.weight.min(weight);
        let has_all = self.is_fragment && shared.own >= self.content.len();
        shared.own_weight * ROUNDED >= weights::TOLD_LEAST
            && (has_share || has_all || most + order >= weights::MAY_BE_TOLD)
    }
}

/// Sums of the same weights in another order differ by less.
const ROUNDED: f32 = 1.001;

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
        let mut sharing = SharedByPassage {
            of_passages: vec![SharedBeginnings::default(); self.index[side.other()].passages()],
            touched: Vec::new(),
        };
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
        sharing: &mut SharedByPassage,
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
        let clause = TellingClause {
            clause,
            weight: self.rarity.sum(report, &context),
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
        sharing: &mut SharedByPassage,
    ) -> Vec<usize> {
        let index = &self.index[side.other()];
        for (beginning, shared) in self.beginnings_of(side, of) {
            for &passage in index.holders(beginning) {
                sharing.add(passage, &shared);
            }
        }
        sharing.take(|passage, shared| {
            shared.count > 1
                && shared.sum >= weights::TOLD_LEAST
                && of.may_be_told(shared, index.weight(passage))
                && index.may_report(passage)
        })
    }

    /// Returns the beginnings of the words of a clause, in the order of their letters, with what a passage that has one may share.
    fn beginnings_of(&self, side: Side, of: &TellingClause<'_>) -> Vec<(usize, SharedBeginnings)> {
        let report = &self.reports[side];
        let words = of.context.iter().map(|&at| {
            let weight = self.rarity.of(report, at);
            let is_own = of.clause.words.contains(&at);
            let shared = SharedBeginnings {
                count: 1,
                sum: weight,
                most: f32::midpoint(weight, 1.0),
                own: usize::from(is_own),
                own_weight: if is_own { weight } else { 0.0 },
            };
            (self.beginnings.number(report.words[at].term), shared)
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

    fn telling(&self, side: Side, of: &TellingClause<'_>, passage: usize) -> Option<ToldSentence> {
        let (report, other) = (&self.reports[side], &self.reports[side.other()]);
        let index = &self.index[side.other()];
        let clause = of.clause;
        let sentence = index.plain(passage)?;
        let hits = self.densest(side, self.matched(side, &of.context, sentence));
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
        let in_order = self.in_order(side, &clause.words, passage, first..=last);
        let told_weight = index.weight(passage);
        let mut content = of.content.iter();
        let had = |at: &usize| hits.iter().any(|hit| hit.0 == *at);
        let told = ToldSentence {
            sentence: clause.sentence,
            part: WordNumbers::new(),
            is_whole: clause.is_whole,
            passage,
            score: shared + weights::ORDER * in_order as f32,
            in_order,
            share: shared / of.weight.min(told_weight).max(0.1),
            names_speaker: false,
            has_all: of.is_fragment && content.all(had),
            is_speech: has_cue || index.statements(passage, span).next().is_some(),
            hits,
        };
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
    fn matched(&self, side: Side, here: &[usize], there: &[usize]) -> Vec<(usize, usize)> {
        let (report, other) = (&self.reports[side], &self.reports[side.other()]);
        let mut found: Vec<(usize, usize)> = Vec::new();
        for &at in here {
            let word = &report.words[at];
            let is_free = |to: usize| found.iter().all(|hit| hit.1 != to);
            let is_same = |&to: &usize| other.words[to].form == word.form && is_free(to);
            let is_near =
                |&to: &usize| self.are_near(word.term, other.words[to].term) && is_free(to);
            let same = there.iter().copied().find(is_same);
            if let Some(to) = same.or_else(|| there.iter().copied().find(is_near)) {
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

    /// Returns the hits among a few told words that weigh most.
    fn densest(&self, side: Side, hits: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
        let other = &self.reports[side.other()];
        let from = |start: usize| {
            let reach = start..=start + weights::TOLD_REACH;
            hits.iter()
                .copied()
                .filter(move |hit| reach.contains(&hit.1))
        };
        let weight =
            |start: usize| -> f32 { from(start).map(|hit| self.rarity.of(other, hit.1)).sum() };
        let mut best: Option<(f32, usize)> = None;
        for &(_, start) in &hits {
            let weight = weight(start);
            if best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, start));
            }
        }
        best.map_or_else(Vec::new, |(_, start)| from(start).collect())
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
        let told = sentence.filter(|at| near.contains(at) && other.words[*at].quote.is_none());
        let told: Vec<TermId> = told.map(|at| other.words[at].term).collect();
        let mut best = vec![0_usize; told.len() + 1];
        for &at in clause {
            let mut before = 0;
            for (n, &term) in told.iter().enumerate() {
                let up = best[n + 1];
                best[n + 1] = match report.words[at].term == term {
                    true => before + 1,
                    false => up.max(best[n]),
                };
                before = up;
            }
        }
        best.last().copied().unwrap_or(0)
    }

    /// Returns whose words a passage of `side` tells at `span`, as far as it says so; `own` is the name of whoever is quoted.
    fn teller(
        &self,
        side: Side,
        passage: usize,
        own: Option<&BTreeSet<String>>,
        span: Span,
    ) -> Teller {
        let index = &self.index[side];
        let told_by = index.statements(passage, span);
        let told_by: Vec<_> = told_by.filter_map(|told| index.name(told)).collect();
        let is_own = |name: &BTreeSet<String>| own.is_some_and(|own| !own.is_disjoint(name));
        if !told_by.is_empty() {
            if told_by.iter().any(|name| is_own(name)) {
                return Teller::Speaker;
            }
            let is_full = |name: &BTreeSet<String>| name.len() > 1;
            let are_full = own.is_some_and(is_full) && told_by.iter().all(|name| is_full(name));
            return match are_full {
                true => Teller::Other,
                false => Teller::Unknown,
            };
        }
        let Some(here) = index.forms(passage) else {
            return Teller::Unknown;
        };
        if is_own(here) {
            return Teller::Speaker;
        }
        let is_pronoun = here.contains("he") || here.contains("she");
        let before = || index.forms(passage.checked_sub(1)?);
        match is_pronoun && before().is_some_and(is_own) {
            true => Teller::Speaker,
            false => Teller::Unknown,
        }
    }

    fn is_evidence(&self, side: Side, told: &ToldSentence) -> bool {
        let is_name = |side: Side, at: usize| {
            self.reports[side]
                .written(at)
                .starts_with(char::is_uppercase)
        };
        let only_names = told
            .hits
            .iter()
            .all(|hit| is_name(side, hit.0) || is_name(side.other(), hit.1));
        let is_sure_speaker = told.names_speaker && told.is_whole;
        let is_all = told.share >= weights::TOLD_ALL && told.names_speaker;
        let in_row = match is_all {
            true => told.hits.len(),
            false => told.hits.len().min(told.in_order),
        };
        let least = if told.names_speaker {
            weights::TOLD
        } else {
            weights::TOLD_BY_ANYBODY
        };
        told.hits.len() > 1
            && (told.share >= weights::TOLD_SHARE || told.has_all)
            && told.is_speech
            && !only_names
            && (is_sure_speaker || in_row >= weights::TOLD_IN_ORDER)
            && (told.score >= least || told.has_all && told.names_speaker)
    }

    /// Returns the words of the utterance that the telling sentence has in marks: the rest is told beside them.
    fn told_in_marks(&self, side: Side, told: &ToldSentence, at: usize) -> Option<Range<usize>> {
        let (report, other) = (&self.reports[side], &self.reports[side.other()]);
        let said: HashSet<TermId> = told.part.iter().map(|&at| report.words[at].term).collect();
        let quotes = other
            .passage_around(at)
            .filter_map(|at| other.words[at].quote);
        let quotes: BTreeSet<usize> = quotes.collect();
        let mut quotes = quotes
            .into_iter()
            .filter_map(|number| other.quoted.get(number));
        let is_said = |words: &&Range<usize>| {
            let mut words = (*words).clone().map(|at| &other.words[at]);
            words.clone().any(|word| word.is_content) && words.all(|word| said.contains(&word.term))
        };
        quotes.find(is_said).cloned()
    }
}

/// Whose words a sentence tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Teller {
    Speaker,
    Other,
    Unknown,
}
