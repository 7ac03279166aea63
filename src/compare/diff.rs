//! Compares the words of a pair and returns the words to mark on each side.
//!
//! Passages that share enough are diffed on their normalized words, and what differs is marked; those that share too little have their
//! shared words marked instead, since a diff of them would mark nearly everything. Attribution (`Carney said`) stands apart.

use super::normalize::{self, NormalWord, PairWords, TermId, WordReader, content, terms};
use super::{Document, Pair, PassageMark, Side, Sides, weights};
use crate::annotate::quote::{QuoteKind, Speaker};
use crate::parallel;
use crate::text::Span;

/// Pairs of token numbers that are the same word in both passages, rising on both sides.
pub type WordMatches = Vec<Sides<usize>>;

/// Returns the words to mark in the passages of each of `pairs`; pairs that are not in `diffed` have their shared words marked.
pub fn marks(
    documents: &Sides<Document<'_>>,
    tokens: &PairWords,
    pairs: &[Pair],
    diffed: &[usize],
) -> Vec<Sides<Vec<(Span, PassageMark)>>> {
    let mut is_diffed = vec![false; pairs.len()];
    for &number in diffed {
        is_diffed[number] = true;
    }
    let both: Vec<(&Pair, bool)> = pairs.iter().zip(is_diffed).collect();
    // A passage stands in some pairs.
    let attributions = Sides::from_fn(|side| {
        let document = &documents[side];
        parallel::in_chunks(&document.passages, weights::SIDE_BY_SIDE, |part| {
            let found = part.iter();
            let found = found.map(|passage| attribution(document, passage.span));
            found.collect()
        })
    });
    parallel::in_chunks(&both, weights::SIDE_BY_SIDE, |part| {
        let marks = part.iter();
        let marks = marks.map(|(pair, is_diffed)| {
            let apart = Sides::from_fn(|side| {
                let found = attributions[side].get(pair.at[side]);
                found.map_or(&[][..], Vec::as_slice)
            });
            diff(documents, tokens, pair.at, apart, *is_diffed)
        });
        marks.collect()
    })
}

/// Returns the numbers of the pairs that can be laid side by side word by word, the most alike first: as many as fit
/// [`weights::DIFFED_CELLS`].
pub fn surest(tokens: &PairWords, pairs: &[Pair]) -> Vec<usize> {
    let mut surest: Vec<usize> = (0..pairs.len()).collect();
    surest.sort_by(|&a, &b| pairs[b].similarity.total_cmp(&pairs[a].similarity));
    let mut rest = weights::DIFFED_CELLS;
    surest.retain(|&number| {
        let at = pairs[number].at;
        let [left, right] = Side::BOTH.map(|side| tokens.words(side, at[side]).len());
        let left = rest.checked_sub(left.saturating_mul(right));
        rest = left.unwrap_or(rest);
        left.is_some()
    });
    surest
}

fn diff(
    documents: &Sides<Document<'_>>,
    tokens: &PairWords,
    at: Sides<usize>,
    apart: Sides<&[Span]>,
    is_diffed: bool,
) -> Sides<Vec<(Span, PassageMark)>> {
    let words = Sides::from_fn(|side| {
        let mut words = tokens.words(side, at[side]).to_vec();
        if apart[side].is_empty() {
            return words;
        }
        words.retain(|token| {
            let next = apart[side].partition_point(|span| span.end <= token.span.start);
            let next = apart[side].get(next);
            !next.is_some_and(|span| span.overlaps(token.span))
        });
        words
    });
    let both = Sides::new(words.left.as_slice(), words.right.as_slice());
    let texts = documents.as_ref().map(|document| document.text);
    // Too few in common, in whatever order, are too few in order.
    let mut matches = if is_diffed && common_part(&words) >= weights::DIFFED {
        settled(matches(both.left, both.right), both)
    } else {
        WordMatches::new()
    };
    matches.retain(|at| {
        let signs = Sides::from_fn(|side| signs(texts[side], words[side][at[side]].span));
        signs.left == signs.right
    });
    let (spans, mark) = if shared_part(&words, &matches) >= weights::DIFFED {
        (changed(texts, &words, &matches), PassageMark::Changed)
    } else {
        (shared(texts, &words), PassageMark::Shared)
    };
    Sides::from_fn(|side| {
        let marked = spans[side].iter().map(|&span| (span, mark));
        let apart = apart[side].iter();
        let apart = apart.map(|&span| (span, PassageMark::Attribution));
        let mut all: Vec<_> = marked.chain(apart).collect();
        all.sort_by_key(|(span, _)| span.start);
        all
    })
}

/// Returns the signs before and after a number: of money, of less than nothing, of parts of a hundred.
fn signs(text: &str, word: Span) -> (&str, &str) {
    let signed = normalize::signed(text, word);
    let before = Span::new(signed.start, word.start).of(text);
    let after = Span::new(word.end, signed.end).of(text);
    let is_percent = text[word.end..].trim_start().starts_with("per");
    (before, if is_percent { "%" } else { after })
}

/// Returns the words that say who speaks, for whole utterances and reported speech: speaker and reporting verb.
fn attribution(document: &Document<'_>, passage: Span) -> Vec<Span> {
    let mention = |speaker: &Option<Speaker>| Some(speaker.as_ref()?.mention);
    let quotes = document.quotes_in(passage);
    let direct = quotes.filter(|quote| quote.kind == QuoteKind::Direct);
    let quoted = direct.flat_map(|quote| [quote.cue, mention(&quote.speaker)]);
    let told = document.statements_in(passage);
    let told = told.flat_map(|told| [told.cue, mention(&told.speaker)]);
    let mut found: Vec<Span> = quoted.chain(told).flatten().collect();
    found.retain(|span| passage.contains(*span) && document.quotes_in(*span).next().is_none());
    found.sort();
    joined(found, |last, next| {
        let between = Span::new(last.end.min(next.start), next.start);
        between.of(document.text).trim().is_empty()
    })
}

/// Joins neighbours of sorted spans where `is_one` says so.
pub(super) fn joined(mut spans: Vec<Span>, is_one: impl Fn(Span, Span) -> bool) -> Vec<Span> {
    spans.dedup_by(|next, last| {
        let is_one = is_one(*last, *next);
        if is_one {
            last.end = last.end.max(next.end);
        }
        is_one
    });
    spans
}

/// Returns the longest way to pair equal words of both sides in order, where words of content count more than those of grammar.
pub fn matches(left: &[NormalWord], right: &[NormalWord]) -> WordMatches {
    if terms(left).eq(terms(right)) {
        return (0..left.len()).map(|at| Sides::new(at, at)).collect();
    }
    if left.len().saturating_mul(right.len()) > weights::DIFF_CELLS {
        return WordMatches::new();
    }
    let width = right.len() + 1;
    let best = best_gains(left, right);
    let (mut i, mut j) = (0, 0);
    let mut found = WordMatches::new();
    while i < left.len() && j < right.len() {
        let here = best[i * width + j];
        let both = gain(left, right, i, j).map(|gain| gain + best[(i + 1) * width + j + 1]);
        if both == Some(here) {
            found.push(Sides::new(i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] == here {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// Returns, for each place of the left and the right, the most that is gained by pairing equal words from there on, row by row.
fn best_gains(left: &[NormalWord], right: &[NormalWord]) -> Vec<u32> {
    let width = right.len() + 1;
    let mut best = vec![0_u32; (left.len() + 1) * width];
    let others: Vec<TermId> = terms(right).collect();
    for (i, word) in left.iter().enumerate().rev() {
        let (here, below) = best[i * width..(i + 2) * width].split_at_mut(width);
        let mut after = 0;
        let places = others.iter().zip(below.windows(2)).enumerate().rev();
        for (j, (&term, below)) in places {
            after = below[0].max(after);
            if term == word.term {
                let gain = gain(left, right, i, j).unwrap_or_default();
                after = after.max(gain + below[1]);
            }
            here[j] = after;
        }
    }
    best
}

/// Drops words of grammar that match alone between words that differ: a lone "the" in the midst of other words says nothing.
pub(super) fn settled(matches: WordMatches, words: Sides<&[NormalWord]>) -> WordMatches {
    let mut kept = WordMatches::new();
    let mut rest = matches.as_slice();
    let mut end = Sides::new(0, 0);
    while let Some(first) = rest.first() {
        let neighbours = rest.windows(2);
        let length = neighbours.take_while(|pair| follows(pair[0], pair[1]));
        let (run, after) = rest.split_at(1 + length.count());
        let next = after.first().copied();
        let next = next.unwrap_or(words.map(<[NormalWord]>::len));
        let last = run.last().unwrap_or(first);
        let alone = *first != end && !follows(*last, next);
        let content = run.iter().any(|at| words.left[at.left].is_content());
        if content || !alone || run.len() > weights::LONE_STOPS {
            kept.extend(run);
        }
        end = Sides::new(last.left + 1, last.right + 1);
        rest = after;
    }
    kept
}

fn follows(one: Sides<usize>, next: Sides<usize>) -> bool {
    next == Sides::new(one.left + 1, one.right + 1)
}

/// Returns the gain of pairing two words, if they are equal; a neighbour that is equal too adds to it.
fn gain(left: &[NormalWord], right: &[NormalWord], i: usize, j: usize) -> Option<u32> {
    let (one, other) = (left.get(i)?, right.get(j)?);
    if one.term != other.term {
        return None;
    }
    let goes_on = left.get(i + 1).map(|t| t.term) == right.get(j + 1).map(|t| t.term);
    let base = if one.is_content() { 6 } else { 2 };
    Some(base + u32::from(goes_on))
}

/// Returns the part of the content words of both sides that is paired, in order.
fn shared_part(words: &Sides<Vec<NormalWord>>, matches: &WordMatches) -> f32 {
    part_of_content(words, shared_content(&words.left, matches))
}

/// Returns the greatest part of the content words of both sides that can be paired.
fn common_part(words: &Sides<Vec<NormalWord>>) -> f32 {
    let mut other: Vec<TermId> = terms(&words.right).collect();
    other.sort_unstable();
    let common = content(&words.left).filter(|token| other.binary_search(&token.term).is_ok());
    part_of_content(words, common.count())
}

fn part_of_content(words: &Sides<Vec<NormalWord>>, paired: usize) -> f32 {
    let all = content(&words.left).count() + content(&words.right).count();
    2.0 * paired as f32 / all.max(1) as f32
}

/// Returns how many of the `matches` are words that say something.
pub(super) fn shared_content(left: &[NormalWord], matches: &WordMatches) -> usize {
    let shared = matches.iter();
    shared.filter(|at| left[at.left].is_content()).count()
}

/// Returns the words that differ between two wordings of one thing, on each side: nothing where they are too long to be laid
/// side by side.
pub fn wording(texts: Sides<&str>, spans: Sides<Span>) -> Sides<Vec<Span>> {
    let mut reading = WordReader::default();
    let words = Sides::from_fn(|side| reading.tokens(texts[side], spans[side]));
    let matches = matches(&words.left, &words.right);
    if matches.is_empty() {
        return Sides::default();
    }
    changed(texts, &words, &matches)
}

fn changed(
    texts: Sides<&str>,
    words: &Sides<Vec<NormalWord>>,
    matches: &WordMatches,
) -> Sides<Vec<Span>> {
    Sides::from_fn(|side| {
        let mut same = matches.iter().map(|at| at[side]).peekable();
        let other = words[side].iter().enumerate();
        let other = other.filter(|(at, _)| same.next_if_eq(at).is_none());
        let spans = other.map(|(_, token)| normalize::signed(texts[side], token.span));
        runs(texts[side], spans.collect())
    })
}

/// Makes one span of words with nothing but blanks and marks between them.
fn runs(text: &str, spans: Vec<Span>) -> Vec<Span> {
    joined(spans, |last, next| {
        let between = Span::new(last.end, next.start).of(text);
        !between.contains(char::is_alphanumeric)
    })
}

/// Returns the words of content that both sides have, on each side.
fn shared(texts: Sides<&str>, words: &Sides<Vec<NormalWord>>) -> Sides<Vec<Span>> {
    let sorted = words.as_ref().map(|words| {
        let mut sorted: Vec<TermId> = content(words).map(|token| token.term).collect();
        sorted.sort_unstable();
        sorted
    });
    Sides::from_fn(|side| {
        let other = &sorted[side.other()];
        let both = content(&words[side]).filter(|token| other.binary_search(&token.term).is_ok());
        runs(texts[side], both.map(|token| token.span).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;

    #[test]
    fn signs_belong_to_their_numbers() {
        let texts = Sides::new(
            "A duty of $25 on each tonne.",
            "A duty of 25% on each tonne.",
        );
        let documents = texts.map(|text| Document::of_paragraphs(text, [Span::new(0, text.len())]));
        let found = compare(documents);
        let marked = Sides::from_fn(|side| -> Vec<&str> {
            let marks = found.marks[0][side].iter();
            marks.map(|(span, _)| span.of(texts[side])).collect()
        });
        assert_eq!(marked, Sides::new(vec!["$25"], vec!["25%"]));
        assert!(found.differ());
    }

    #[test]
    fn two_wordings_differ_in_the_words_that_differ() {
        let texts = Sides::new(
            "\u{201c}that\u{2019}s the type of conversation that we\u{2019}re having, and we\u{2019}ll continue to have as well.\u{201d}",
            "\"that's the kind of conversation that we're having,\"",
        );
        let found = wording(texts, texts.map(|text| Span::new(0, text.len())));
        let words = |side: Side| -> Vec<&str> {
            found[side]
                .iter()
                .map(|span| span.of(texts[side]))
                .collect()
        };
        assert_eq!(
            words(Side::Left),
            ["type", "and we\u{2019}ll continue to have as well"]
        );
        assert_eq!(words(Side::Right), ["kind"]);
    }
}
