//! Reads off the ends of an alignment where the quotation of one report goes on, or begins earlier, and the other's does not.

use foldhash::HashSet;

use super::alignment::Alignment;
use super::findings::{QuoteRule, UtteranceFindings};
use super::words::{ReportWords, WordNumbers};
use crate::annotate::quote::QuoteKind;
use crate::compare::{DifferenceKind, Side, Sides, weights};

/// The end of an alignment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AlignmentEnd {
    Last,
    First,
}

/// For each word of a report, the word of the other one that it is laid beside.
struct WordPartners(Vec<Option<u32>>);

impl WordPartners {
    /// Returns the partners of so many `words`.
    fn new(words: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut partners = vec![None; words];
        for (at, partner) in pairs {
            partners[at] = u32::try_from(partner).ok();
        }
        Self(partners)
    }

    fn of(&self, at: usize) -> Option<usize> {
        self.0.get(at)?.map(|partner| partner as usize)
    }
}

/// The place of each word in all alignments.
struct WordLinks<'a> {
    partners: Sides<WordPartners>,
    /// Words that the other report may tell.
    told: &'a Sides<HashSet<usize>>,
    /// Words that were told to be cut.
    cut: Sides<HashSet<usize>>,
}

/// Adds the cuts at the ends of `alignments`: all that go on after before those that begin earlier.
pub(super) fn read(
    reports: &Sides<ReportWords<'_>>,
    alignments: &[&Alignment],
    told: &Sides<HashSet<usize>>,
    findings: &mut UtteranceFindings<'_, '_>,
) {
    let partners = Sides::from_fn(|side| {
        let pairs = alignments.iter().flat_map(|found| &found.pairs);
        let pairs = pairs.map(|at| (at[side], at[side.other()]));
        WordPartners::new(reports[side].words.len(), pairs)
    });
    let mut links = WordLinks {
        partners,
        told,
        cut: Sides::default(),
    };
    for end in [AlignmentEnd::Last, AlignmentEnd::First] {
        for found in alignments {
            read_end(reports, found, end, &mut links, findings);
        }
    }
}

/// The words of an utterance beyond the end of an alignment.
struct WordsBeyond {
    /// As far as the other report does not quote them elsewhere, in the order of the text.
    words: WordNumbers,
    /// The first word that it does.
    next: Option<usize>,
    /// Whether a sentence ends (begins) at the alignment's end.
    at_sentence: bool,
    /// Whether the words are a part of the sentence in which the alignment ends (begins), and it ends (begins) with them.
    is_rest: bool,
}

fn read_end(
    reports: &Sides<ReportWords<'_>>,
    found: &Alignment,
    end: AlignmentEnd,
    links: &mut WordLinks<'_>,
    findings: &mut UtteranceFindings<'_, '_>,
) {
    let at = match end {
        AlignmentEnd::Last => found.last(),
        AlignmentEnd::First => found.first(),
    };
    let beyond = Sides::from_fn(|side| {
        let utterance = &reports[side].utterances[found.utterances[side]];
        words_beyond(
            &reports[side],
            utterance,
            at[side],
            end,
            &links.partners[side],
        )
    });
    if is_wording(&beyond) {
        let words = without_same_ends(reports, beyond.map(|beyond| beyond.words));
        findings.add(DifferenceKind::QuoteWording, QuoteRule::Wording, words);
        return;
    }
    let shorter = match beyond.left.words.len() < beyond.right.words.len() {
        true => Side::Left,
        false => Side::Right,
    };
    let cut = CutPlace {
        reports,
        shorter,
        at: at[shorter],
    };
    if !is_cut(&beyond) || links.explain(&cut, &beyond, end) {
        return;
    }
    for side in Side::BOTH {
        links.cut[side].extend(&beyond[side].words);
    }
    let mut words = Sides::from_fn(|side| with_context(found, side, &beyond[side].words, end));
    let shown = Sides::from_fn(|side| first_part(&reports[side], &beyond[side].words, end));
    let next = beyond[shorter.other()].next;
    let next = next.and_then(|next| links.partners[shorter.other()].of(next));
    match next.filter(|&next| cut.is_between(next)) {
        Some(next) => {
            words[shorter] = cut.told_between(next);
            if !words[shorter].is_empty() {
                findings.add(DifferenceKind::QuoteExtent, QuoteRule::ToldBetween, words);
            }
        }
        None => findings.add_shown(DifferenceKind::QuoteCut, QuoteRule::CutAtEnd, words, shown),
    }
}

impl WordLinks<'_> {
    /// Whether the words beyond an end are no cut: they were told of before, the other report tells them, or it quotes a fragment of
    /// one sentence, which leaves no other out.
    fn explain(
        &self,
        cut: &CutPlace<'_, '_>,
        beyond: &Sides<WordsBeyond>,
        end: AlignmentEnd,
    ) -> bool {
        let mut sides = Side::BOTH.into_iter();
        let is_known = sides.any(|side| {
            let mut words = beyond[side].words.iter();
            words.any(|word| self.cut[side].contains(word))
        });
        let longer = cut.shorter.other();
        let nearest = match end {
            AlignmentEnd::Last => beyond[longer].words.first(),
            AlignmentEnd::First => beyond[longer].words.last(),
        };
        let is_told = nearest.is_some_and(|word| self.told[longer].contains(word));
        let quoted = cut.reports[cut.shorter].quoted_around(cut.at).len();
        let is_fragment = quoted <= weights::LONG_FRAGMENT && cut.is_mixed(cut.at);
        is_known || is_told || is_fragment && beyond[longer].at_sentence
    }
}

/// Whether both have a few words up to where both sentences end: another wording of them.
fn is_wording(beyond: &Sides<WordsBeyond>) -> bool {
    let few = 1..=weights::EDGE_WORDS;
    let mut sides = Side::BOTH.into_iter();
    sides.all(|side| {
        let beyond = &beyond[side];
        few.contains(&beyond.words.len()) && beyond.next.is_none() && beyond.is_rest
    })
}

/// Takes off the words with which both begin and end.
fn without_same_ends(
    reports: &Sides<ReportWords<'_>>,
    mut words: Sides<WordNumbers>,
) -> Sides<WordNumbers> {
    let form = |side: Side, at: Option<&usize>| Some(reports[side].words[*at?].form);
    let is_one = |left: Option<&usize>, right: Option<&usize>| {
        left.is_some() && form(Side::Left, left) == form(Side::Right, right)
    };
    while words.left.len().min(words.right.len()) > 1
        && is_one(words.left.first(), words.right.first())
    {
        words.left.remove(0);
        words.right.remove(0);
    }
    while words.left.len().min(words.right.len()) > 1
        && is_one(words.left.last(), words.right.last())
    {
        words.left.pop();
        words.right.pop();
    }
    words
}

/// Whether one side has words beyond the end and the other does not, or goes on with another sentence.
fn is_cut(beyond: &Sides<WordsBeyond>) -> bool {
    let [left, right] = Side::BOTH.map(|side| beyond[side].words.len());
    let (least, most) = (left.min(right), left.max(right));
    let other_end = least > 0 && beyond.left.at_sentence != beyond.right.at_sentence;
    most >= weights::CUT_AT_END && (least <= 1 || other_end)
}

/// Returns the words beyond the end up to the reporter's own; a lone one is none.
fn first_part(report: &ReportWords<'_>, beyond: &[usize], end: AlignmentEnd) -> WordNumbers {
    let nearest = match end {
        AlignmentEnd::Last => beyond.first(),
        AlignmentEnd::First => beyond.last(),
    };
    let quote = nearest.map(|&at| report.words[at].quote);
    let within = |at: &usize| Some(report.words[*at].quote) == quote;
    let part: WordNumbers = beyond.iter().copied().filter(within).collect();
    if part.len() > 1 {
        part
    } else {
        WordNumbers::new()
    }
}

/// Returns some words in common next to the end and the first words beyond it.
fn with_context(found: &Alignment, side: Side, beyond: &[usize], end: AlignmentEnd) -> WordNumbers {
    let common = found.words(side);
    let near = |words: &[usize], most: usize, from_start: bool| -> WordNumbers {
        let most = most.min(words.len());
        match from_start {
            true => words[..most].to_vec(),
            false => words[words.len() - most..].to_vec(),
        }
    };
    let is_last = end == AlignmentEnd::Last;
    let mut words = near(&common, weights::CUT_CONTEXT, !is_last);
    if beyond.len() > 1 {
        words.extend(near(beyond, weights::CUT_SHOWN, is_last));
    }
    words
}

fn words_beyond(
    report: &ReportWords<'_>,
    utterance: &[usize],
    at: usize,
    end: AlignmentEnd,
    partners: &WordPartners,
) -> WordsBeyond {
    let before = utterance.partition_point(|&word| word < at);
    let rest: Box<dyn Iterator<Item = usize>> = match end {
        AlignmentEnd::Last => Box::new(utterance.iter().copied().skip(before + 1)),
        AlignmentEnd::First => Box::new(utterance[..before].iter().rev().copied()),
    };
    let is_fragment = report
        .quote_of(at)
        .is_some_and(|part| part.kind == QuoteKind::Mixed);
    let quote = report.words[at].quote;
    let mut words = WordNumbers::new();
    let mut next = None;
    for word in rest {
        if partners.of(word).is_some() {
            next = Some(word);
            break;
        }
        if is_fragment && report.words[word].quote != quote {
            break;
        }
        words.push(word);
    }
    words.sort_unstable();
    // The next word of the utterance may stand behind the reporter's own words.
    let passage = |at: usize| report.words[at].passage;
    let neighbour = match end {
        AlignmentEnd::Last => utterance.get(before + 1),
        AlignmentEnd::First => before.checked_sub(1).and_then(|n| utterance.get(n)),
    };
    let is_apart = neighbour.is_none_or(|&next| passage(next) != passage(at));
    let at_sentence = match end {
        AlignmentEnd::Last => is_apart || report.ends_sentence(at),
        AlignmentEnd::First => is_apart || report.begins_sentence(at),
    };
    let ends = match end {
        AlignmentEnd::Last => words
            .last()
            .is_some_and(|&last| utterance.last() == Some(&last) || report.ends_sentence(last)),
        AlignmentEnd::First => words.first().is_some_and(|&first| {
            utterance.first() == Some(&first) || report.begins_sentence(first)
        }),
    };
    let stays = words
        .iter()
        .all(|&word| passage(word) == passage(at) && report.words[word].quote == quote);
    WordsBeyond {
        is_rest: ends && stays && !at_sentence,
        words,
        next,
        at_sentence,
    }
}

/// The place at which a report stops quoting what the other quotes on.
struct CutPlace<'a, 'd> {
    reports: &'a Sides<ReportWords<'d>>,
    shorter: Side,
    at: usize,
}

impl CutPlace<'_, '_> {
    fn is_mixed(&self, at: usize) -> bool {
        let quote = self.reports[self.shorter].quote_of(at);
        quote.is_some_and(|part| part.kind == QuoteKind::Mixed)
    }

    /// Whether only the reporter's own words stand between here and `next`, at which the report quotes on.
    fn is_between(&self, next: usize) -> bool {
        let quote = |at: usize| {
            self.reports[self.shorter]
                .words
                .get(at)
                .map(|word| word.quote)
        };
        quote(next) != quote(self.at) && (self.is_mixed(self.at) || self.is_mixed(next))
    }

    /// Returns the reporter's words between the two pieces in marks and the words next to them; the rest is told there, not left out.
    fn told_between(&self, next: usize) -> WordNumbers {
        let report = &self.reports[self.shorter];
        let (one, other) = (report.quoted_around(self.at), report.quoted_around(next));
        let (first, second) = if one.start < other.start {
            (one, other)
        } else {
            (other, one)
        };
        let (Some(from), to) = (first.end.checked_sub(1), second.start) else {
            return WordNumbers::new();
        };
        let is_one = report.words.get(self.at).map(|word| word.passage)
            == report.words.get(next).map(|word| word.passage);
        if !is_one || to < from || to - from >= weights::TOLD_BETWEEN {
            return WordNumbers::new();
        }
        let last = report.words.len() - 1;
        (from.saturating_sub(2)..=(to + 2).min(last)).collect()
    }
}
