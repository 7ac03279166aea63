//! Finds what one report quotes and the other tells in its own words: a reporting sentence that has the words of an utterance that the
//! other report does not quote.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};

use super::alignment::{Alignment, Rarity};
use super::findings::{QuoteRule, UtteranceFindings};
use super::speakers;
use super::words::{ReportWords, WordNumbers};
use crate::annotate::quote::{self, Speaker, Statement};
use crate::compare::normalize::{self, PairWords, TermId};
use crate::compare::{DifferenceKind, Side, Sides, weights};

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

/// A search for telling sentences.
pub(super) struct ToldSearch<'a, 'd> {
    reports: &'a Sides<ReportWords<'d>>,
    tokens: &'a PairWords,
    rarity: &'a Rarity,
    /// The passages that have each beginning of a word outside marks.
    holders: Sides<HashMap<&'a str, Vec<usize>>>,
    /// The content words outside marks of each passage.
    plain: Sides<Vec<WordNumbers>>,
    /// The statements that each passage has a part of, and some beside it, in their order.
    statements: Sides<Vec<Vec<&'a Statement>>>,
    /// The forms of the words of each passage, once they were asked for.
    forms: Sides<Vec<OnceCell<BTreeSet<String>>>>,
    /// The sentences of the utterances of each side that the other may tell.
    candidates: Sides<Vec<ToldSentence>>,
}

impl<'a, 'd> ToldSearch<'a, 'd> {
    pub(super) fn new(
        reports: &'a Sides<ReportWords<'d>>,
        tokens: &'a PairWords,
        rarity: &'a Rarity,
    ) -> Self {
        let plain = Sides::from_fn(|side| {
            let report = &reports[side];
            let is_plain =
                |at: &usize| report.words[*at].quote.is_none() && report.words[*at].is_content;
            let passages = report.passages.iter();
            passages
                .map(|words| words.clone().filter(is_plain).collect())
                .collect::<Vec<WordNumbers>>()
        });
        let holders = Sides::from_fn(|side| {
            let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
            for (passage, words) in plain[side].iter().enumerate() {
                for &at in words {
                    let word = tokens.vocabulary.word(reports[side].words[at].term);
                    let holders = holders.entry(beginning(word)).or_default();
                    if holders.last() != Some(&passage) {
                        holders.push(passage);
                    }
                }
            }
            holders
        });
        let mut search = Self {
            reports,
            tokens,
            rarity,
            holders,
            plain,
            statements: reports.as_ref().map(statements_by_passage),
            forms: reports
                .as_ref()
                .map(|report| vec![OnceCell::new(); report.passages.len()]),
            candidates: Sides::default(),
        };
        search.candidates = Sides::from_fn(|side| search.find(side));
        search
    }

    fn find(&self, side: Side) -> Vec<ToldSentence> {
        let report = &self.reports[side];
        let mut found = Vec::new();
        for utterance in &report.utterances {
            for clause in clauses(report, utterance) {
                let says = clause.words.iter().any(|&at| report.words[at].is_content);
                if says {
                    self.tellings(side, &clause, &mut found);
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
    fn tellings(&self, side: Side, clause: &QuotedClause, found: &mut Vec<ToldSentence>) {
        let report = &self.reports[side];
        let is_fragment = clause
            .words
            .first()
            .is_some_and(|&at| report.is_fragment(at));
        let context = match is_fragment {
            true => with_sentence(report, &clause.words),
            false => content_of(report, &clause.words),
        };
        let weight = self.rarity.sum(report, &context);
        for passage in self.sharing(side, &context) {
            let telling = self.telling(side, clause, &context, weight, passage);
            found.extend(telling.map(|mut telling| {
                let said = content_of(report, &clause.words);
                let had: BTreeSet<usize> = telling.hits.iter().map(|hit| hit.0).collect();
                telling.has_all = is_fragment && said.iter().all(|at| had.contains(at));
                telling
            }));
        }
    }

    /// Returns the passages of the other side that have two of the words or more, if they weigh enough to be told there, in order.
    fn sharing(&self, side: Side, context: &[usize]) -> Vec<usize> {
        let report = &self.reports[side];
        let keys = context.iter().map(|&at| {
            let key = beginning(self.tokens.vocabulary.word(report.words[at].term));
            (key, self.rarity.of(report, at))
        });
        let mut keys: Vec<(&str, f32)> = keys.collect();
        keys.sort_by(|a, b| a.0.cmp(b.0).then(b.1.total_cmp(&a.1)));
        keys.dedup_by_key(|key| key.0);
        let mut found: HashMap<usize, (usize, f32)> = HashMap::new();
        for (key, weight) in keys {
            let holders = self.holders[side.other()].get(key);
            let holders = holders.filter(|holders| holders.len() <= weights::TOLD_HOLDERS);
            for &passage in holders.into_iter().flatten() {
                let (count, sum) = found.entry(passage).or_default();
                *count += 1;
                *sum += weight;
            }
        }
        let enough = |&(count, sum): &(usize, f32)| count > 1 && sum >= weights::TOLD_LEAST;
        let found = found.into_iter().filter(|(_, found)| enough(found));
        let mut sharing: Vec<usize> = found.map(|(passage, _)| passage).collect();
        sharing.sort_unstable();
        sharing
    }

    fn telling(
        &self,
        side: Side,
        clause: &QuotedClause,
        context: &[usize],
        weight: f32,
        passage: usize,
    ) -> Option<ToldSentence> {
        let (report, other) = (&self.reports[side], &self.reports[side.other()]);
        let sentence = self.plain[side.other()].get(passage)?;
        let hits = self.densest(side, self.matched(side, context, sentence));
        let of_clause = hits
            .iter()
            .map(|hit| hit.0)
            .filter(|at| clause.words.contains(at));
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
        let statements = self.statements[side.other()].get(passage)?.iter().copied();
        let statements = statements.filter(|told| told.span.overlaps(span));
        let statements: Vec<&Statement> = statements.collect();
        let speaker = clause
            .words
            .first()
            .and_then(|&at| report.quote_of(at)?.speaker);
        let teller = self.teller(side.other(), passage, speaker, &statements);
        if teller == Teller::Other {
            return None;
        }
        let all = other.passages.get(passage)?.clone();
        let is_cue = |at: usize| {
            other.words[at].quote.is_none() && quote::is_reporting_word(other.written(at))
        };
        let has_cue = all
            .clone()
            .take_while(|&at| at <= last + weights::CUE_AFTER)
            .any(is_cue);
        let near = first.saturating_sub(weights::ORDER_REACH)..=last + weights::ORDER_REACH;
        let in_order = self.in_order(side, &clause.words, all, near);
        let told_weight = self.rarity.sum(other, sentence);
        Some(ToldSentence {
            sentence: clause.sentence,
            part: clause.words.clone(),
            is_whole: clause.is_whole,
            passage,
            score: shared + weights::ORDER * in_order as f32,
            in_order,
            share: shared / weight.min(told_weight).max(0.1),
            names_speaker: teller == Teller::Speaker,
            has_all: false,
            is_speech: has_cue || !statements.is_empty(),
            hits,
        })
    }

    /// Returns pairs of the same words, or else of words that begin alike; each word once.
    fn matched(&self, side: Side, here: &[usize], there: &[usize]) -> Vec<(usize, usize)> {
        let (report, other) = (&self.reports[side], &self.reports[side.other()]);
        let mut used = HashSet::new();
        let mut found = Vec::new();
        for &at in here {
            let word = &report.words[at];
            let mut free = there.iter().copied().filter(|at| !used.contains(at));
            let same = free.clone().find(|&to| other.words[to].form == word.form);
            let near = |&to: &usize| self.are_near(word.term, other.words[to].term);
            if let Some(to) = same.or_else(|| free.find(near)) {
                used.insert(to);
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

    /// Returns how many words of a clause stand in the same order in the words of `near`.
    fn in_order(
        &self,
        side: Side,
        clause: &[usize],
        sentence: Range<usize>,
        near: RangeInclusive<usize>,
    ) -> usize {
        let (report, other) = (&self.reports[side], &self.reports[side.other()]);
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

    /// Returns whose words the sentence tells, as far as it says so.
    fn teller(
        &self,
        side: Side,
        passage: usize,
        speaker: Option<&Speaker>,
        statements: &[&Statement],
    ) -> Teller {
        let own = speaker.map(speakers::words_of_name).unwrap_or_default();
        let told_by = statements.iter().filter_map(|told| told.speaker.as_ref());
        let told_by: Vec<_> = told_by
            .filter(|one| speakers::is_named(one))
            .map(speakers::words_of_name)
            .collect();
        if !told_by.is_empty() {
            if told_by.iter().any(|name| !name.is_disjoint(&own)) {
                return Teller::Speaker;
            }
            let are_full = own.len() > 1 && told_by.iter().all(|name| name.len() > 1);
            return if are_full {
                Teller::Other
            } else {
                Teller::Unknown
            };
        }
        let Some(here) = self.forms_of(side, passage) else {
            return Teller::Unknown;
        };
        if !own.is_disjoint(here) {
            return Teller::Speaker;
        }
        let is_pronoun = here.contains("he") || here.contains("she");
        let before = passage.checked_sub(1);
        let before = before.and_then(|before| self.forms_of(side, before));
        match is_pronoun && before.is_some_and(|before| !own.is_disjoint(before)) {
            true => Teller::Speaker,
            false => Teller::Unknown,
        }
    }

    /// Returns the forms of the words of a passage.
    fn forms_of(&self, side: Side, passage: usize) -> Option<&BTreeSet<String>> {
        let forms = self.forms[side].get(passage)?;
        Some(forms.get_or_init(|| words_of(&self.reports[side], passage)))
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

/// Returns, for each passage, the statements that overlap it or stand right beside it, in their order.
fn statements_by_passage<'a>(report: &'a ReportWords<'_>) -> Vec<Vec<&'a Statement>> {
    let mut found = vec![Vec::new(); report.passages.len()];
    let words = &report.words;
    for statement in report.statements {
        let first = words.partition_point(|word| word.span.end <= statement.span.start);
        let end = words.partition_point(|word| word.span.start < statement.span.end);
        let passage = |at: usize| {
            words
                .get(at)
                .or(words.last())
                .map_or(0, |word| word.passage)
        };
        let passages = passage(first.saturating_sub(1))..=passage(end);
        for passage in found.get_mut(passages).into_iter().flatten() {
            passage.push(statement);
        }
    }
    found
}

fn words_of(report: &ReportWords<'_>, passage: usize) -> BTreeSet<String> {
    let words = report.passages.get(passage).cloned().unwrap_or_default();
    words
        .map(|at| normalize::form(report.written(at)).into_owned())
        .collect()
}

/// Returns the letters by which words that begin alike are found.
fn beginning(word: &str) -> &str {
    word.get(..weights::BEGINNING).unwrap_or(word)
}

fn content_of(report: &ReportWords<'_>, words: &[usize]) -> WordNumbers {
    words
        .iter()
        .copied()
        .filter(|&at| report.words[at].is_content)
        .collect()
}

/// Returns the words of a fragment and those beside it in the reporter's sentence: what it says, it says with them.
fn with_sentence(report: &ReportWords<'_>, fragment: &[usize]) -> WordNumbers {
    let (Some(&first), Some(&last)) = (fragment.first(), fragment.last()) else {
        return WordNumbers::new();
    };
    let reach = first.saturating_sub(weights::FRAGMENT_REACH)..=last + weights::FRAGMENT_REACH;
    let beside = report.passage_around(first).filter(|at| {
        let word = &report.words[*at];
        let is_plain = word.quote.is_none() && word.is_content;
        is_plain && reach.contains(at) && !quote::is_reporting_word(report.written(*at))
    });
    let mut words = content_of(report, fragment);
    words.extend(beside);
    words.sort_unstable();
    words
}

/// A sentence of an utterance, or a clause of a long one.
struct QuotedClause {
    /// The first word of the sentence.
    sentence: usize,
    words: WordNumbers,
    is_whole: bool,
}

/// Words at which a clause begins.
const CLAUSE_WORDS: [&str; 6] = ["and", "but", "that", "which", "because", "so"];

fn clauses(report: &ReportWords<'_>, utterance: &[usize]) -> Vec<QuotedClause> {
    let mut found = Vec::new();
    let quote = |at: usize| report.words[at].quote;
    let goes_on =
        |one: &usize, next: &usize| !report.ends_sentence(*one) && quote(*one) == quote(*next);
    for sentence in utterance.chunk_by(goes_on) {
        let clause = |words: &[usize], is_whole: bool| QuotedClause {
            sentence: sentence[0],
            words: words.to_vec(),
            is_whole,
        };
        found.push(clause(sentence, true));
        if sentence.len() > weights::SHORT_CLAUSE {
            let parts = parts(report, sentence);
            found.extend(
                parts
                    .into_iter()
                    .filter(|part| part.len() < sentence.len())
                    .map(|part| clause(part, false)),
            );
        }
    }
    found
}

/// Cuts a sentence at marks and at words that begin a clause, into parts of some words.
fn parts<'a>(report: &ReportWords<'_>, sentence: &'a [usize]) -> Vec<&'a [usize]> {
    let mut found = Vec::new();
    let mut from = 0;
    for (n, &at) in sentence.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |before| report.after(before));
        let is_mark = !before.trim_matches([' ', '"', '“', '”']).is_empty();
        let is_word = CLAUSE_WORDS.contains(&&*report.written(at).to_lowercase());
        if n - from >= weights::CLAUSE_LEAST && (is_mark || is_word) {
            found.push(&sentence[from..n]);
            from = n;
        }
    }
    found.push(&sentence[from..]);
    found
}
