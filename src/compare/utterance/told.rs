//! Tells what one report quotes and the other tells in its own words, where there is enough evidence for it and the other report does
//! not quote it itself.

use std::collections::BTreeSet;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};

use super::alignment::Alignment;
use super::findings::{QuoteRule, UtteranceFindings};
use super::told_search::{ToldSearch, ToldSentence};
use super::words::WordNumbers;
use crate::compare::normalize::TermId;
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
    found.retain(|one| !is_own(one) && is_evidence(search, side, one));
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
    let marked = told_in_marks(search, side, told, first);
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

/// Whether a sentence is told with enough evidence.
fn is_evidence(search: &ToldSearch<'_, '_>, side: Side, told: &ToldSentence) -> bool {
    let is_name = |side: Side, at: usize| {
        search.reports[side]
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
fn told_in_marks(
    search: &ToldSearch<'_, '_>,
    side: Side,
    told: &ToldSentence,
    at: usize,
) -> Option<Range<usize>> {
    let (report, other) = (&search.reports[side], &search.reports[side.other()]);
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
