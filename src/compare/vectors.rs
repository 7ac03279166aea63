//! Makes the vectors by which passages are measured: their words by rarity, words that are near these, the grams of their letters.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _};

use super::candidates::SparseVector;
use super::normalize::{NormalWord, PairWords, TermId, content, terms};
use super::{Document, Side, Sides, common, weights};
use crate::text::Span;

/// Returns the rarity of each term: in the passages of both reports, and in news at large.
///
/// `ln(1 + passages / passages with it)`, less for words that most reports use whatever they are about.
pub(super) fn rarity(tokens: &PairWords) -> Vec<f32> {
    let mut holders = vec![0_u32; tokens.vocabulary.len()];
    let mut last = vec![0; holders.len()];
    let mut passages = 0;
    for side in Side::BOTH {
        for (words, implied) in tokens.passages[side].iter().zip(&tokens.implied[side]) {
            passages += 1;
            for term in terms(words).chain(implied.iter().copied()) {
                let last = &mut last[term as usize];
                if *last != passages {
                    *last = passages;
                    holders[term as usize] += 1;
                }
            }
        }
    }
    (0..)
        .zip(holders)
        .map(|(term, count)| {
            rarity_among(passages, count) * common::rarity(tokens.vocabulary.word(term))
        })
        .collect()
}

/// Returns the rarity of what `holders` of all passages have.
fn rarity_among(passages: usize, holders: u32) -> f32 {
    (1.0 + passages as f32 / holders.max(1) as f32).ln()
}

/// Returns the words of each passage that say something, and those that it implies, as vectors.
pub(super) fn bags(tokens: &PairWords, side: Side, rarity: &[f32]) -> Vec<SparseVector> {
    let passages = tokens.passages[side].iter().zip(&tokens.implied[side]);
    passages
        .map(|(words, implied)| {
            let weighed = content(words).map(|token| (token.term, rarity[token.term as usize]));
            let mut bag: SparseVector = weighed.collect();
            // In the order of the text where they are equal, since sums depend on the order.
            bag.sort_by_key(|&(term, _)| term);
            merge(&mut bag, |sum, weight| sum + weight);
            let written = bag.len();
            for &term in implied {
                if weight_in(&bag[..written], term).is_none() {
                    bag.push((term, rarity[term as usize] * weights::IMPLIED));
                }
            }
            bag.sort_unstable_by_key(|&(term, _)| term);
            unit(bag)
        })
        .collect()
}

/// Makes the weights of equal keys of sorted `pairs` one by `one`, two by two in their order.
fn merge(pairs: &mut SparseVector, one: impl Fn(f32, f32) -> f32) {
    pairs.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = one(kept.1, next.1);
        }
        same
    });
}

/// Returns the weight at `key` in a sorted vector.
pub(super) fn weight_in(vector: &[(u32, f32)], key: u32) -> Option<f32> {
    let at = vector.binary_search_by_key(&key, |&(key, _)| key).ok()?;
    vector.get(at).map(|&(_, weight)| weight)
}

/// Returns a sorted `vector` with the length 1.
pub(super) fn unit(mut vector: SparseVector) -> SparseVector {
    let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
    if length > 0.0 {
        for (_, weight) in &mut vector {
            *weight /= length;
        }
    }
    vector
}

/// Returns the other terms that begin like each term (`geopolitical`, `geopolitics`), with their likeness.
///
/// Sorted, words that begin alike stand together; of very many the nearest in that order are taken.
pub(super) fn near_terms(tokens: &PairWords) -> Vec<Vec<(TermId, f32)>> {
    let vocabulary = &tokens.vocabulary;
    let terms = (0..vocabulary.len()).map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    let mut sorted: Vec<_> = terms.map(|term| (vocabulary.word(term), term)).collect();
    sorted.retain(|(word, _)| {
        word.starts_with(char::is_alphabetic) && word.get(..weights::NEAR_LEAST).is_some()
    });
    sorted.sort_unstable();
    let mut near = vec![Vec::new(); vocabulary.len()];
    for (at, &(word, term)) in sorted.iter().enumerate() {
        let (before, after) = (sorted[..at].iter().rev(), &sorted[at + 1..]);
        let found = &mut near[term as usize];
        found.extend(beginning_alike(word, before));
        found.extend(beginning_alike(word, after.iter()));
    }
    near
}

/// Returns those of `others` that are near `word`, as far as they begin with enough of it.
fn beginning_alike<'a>(
    word: &'a str,
    others: impl Iterator<Item = &'a (&'a str, TermId)>,
) -> impl Iterator<Item = (TermId, f32)> {
    let begins = move |other: &str| {
        let same = beginning(word, other);
        same >= weights::NEAR_LEAST && same as f32 / word.len() as f32 >= weights::NEAR
    };
    others
        .take(weights::NEAR_MOST)
        .take_while(move |(other, _)| begins(other))
        .map(move |&(other, term)| (term, likeness(word, other)))
        .filter(|&(_, likeness)| likeness >= weights::NEAR)
}

/// Returns the part of the longer word that both begin with.
pub(super) fn likeness(one: &str, other: &str) -> f32 {
    beginning(one, other) as f32 / one.len().max(other.len()).max(1) as f32
}

/// Returns the length of what both begin with.
fn beginning(one: &str, other: &str) -> usize {
    let both = one.bytes().zip(other.bytes());
    both.take_while(|(a, b)| a == b).count()
}

/// Returns `bags` with the words that are near theirs.
pub(super) fn softened(bags: &[SparseVector], near: &[Vec<(TermId, f32)>]) -> Vec<SparseVector> {
    let mut all = SparseVector::new();
    bags.iter()
        .map(|bag| {
            all.clear();
            all.extend(bag);
            for &(term, weight) in bag {
                let near = near[term as usize].iter();
                let near = near.map(|&(other, likeness)| (other, weight * likeness));
                all.extend(near.filter(|&(other, _)| weight_in(bag, other).is_none()));
            }
            all.sort_unstable_by_key(|&(term, _)| term);
            merge(&mut all, f32::max);
            all.clone()
        })
        .collect()
}

/// Returns the character 4-grams of each passage's words, weighted by rarity.
pub(super) fn grams(
    documents: &Sides<Document<'_>>,
    tokens: &PairWords,
) -> Sides<Vec<SparseVector>> {
    let letters = documents.left.text.len() + documents.right.text.len();
    // News of usual length has a new one every second letter; where more is reserved, more memory is touched.
    let mut numbers: HashMap<u64, u32> = HashMap::with_capacity(letters.min(1 << 14) / 2);
    let mut holders: Vec<u32> = Vec::new();
    let counts = Sides::from_fn(|side| {
        let text = documents[side].text;
        let passages = tokens.passages[side].iter();
        let (mut letters, mut grams) = (Vec::new(), Vec::new());
        let counted = passages.map(|words| {
            grams_of(words, text, &mut letters);
            grams.clear();
            grams.extend(letters.iter().map(|&gram| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                *numbers.entry(gram).or_insert(next)
            }));
            grams.sort_unstable();
            let mut counts = SparseVector::with_capacity(grams.len());
            let alike = grams.chunk_by(|one, next| one == next);
            counts.extend(alike.map(|gram| (gram[0], gram.len() as f32)));
            holders.resize(numbers.len(), 0);
            for &(number, _) in &counts {
                holders[number as usize] += 1;
            }
            counts
        });
        counted.collect::<Vec<_>>()
    });
    let passages = counts.left.len() + counts.right.len();
    counts.map(|side| {
        let vectors = side.into_iter().map(|mut counts: SparseVector| {
            for (number, weight) in &mut counts {
                let often = if *weight > 1.0 { weight.ln() } else { 0.0 };
                *weight = (1.0 + often) * rarity_among(passages, holders[*number as usize]);
            }
            unit(counts)
        });
        vectors.collect()
    })
}

/// Makes `grams` the grams of `words`, each as one number; of letters beyond the first 65,536 some look the same.
fn grams_of(words: &[NormalWord], text: &str, grams: &mut Vec<u64>) {
    grams.clear();
    let mut gram = 0;
    let mut add = |letter: u16| {
        // The last four letters.
        gram = gram << 16 | u64::from(letter);
        grams.push(gram);
    };
    add(u16::from(b' '));
    for token in words {
        let word = token.span.of(text);
        if word.is_ascii() {
            let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
            letters.for_each(|byte| add(u16::from(byte.to_ascii_lowercase())));
        } else {
            let letters = word.chars().filter(|c| c.is_alphanumeric());
            letters
                .flat_map(char::to_lowercase)
                .for_each(|c| add(c as u16));
        }
        add(u16::from(b' '));
    }
    // The first three are no whole grams.
    grams.drain(..grams.len().min(3));
}

/// The content words of a quotation, weighed.
pub(super) struct WeighedQuote {
    pub(super) terms: Vec<TermId>,
    /// Their summed rarity.
    pub(super) weight: f32,
}

/// Returns the content of each quotation of each passage.
pub(super) fn quoted(
    documents: &Sides<Document<'_>>,
    tokens: &PairWords,
    rarity: &[f32],
) -> Sides<Vec<Vec<WeighedQuote>>> {
    Sides::from_fn(|side| {
        let document = &documents[side];
        let passages = document.passages.iter().zip(&tokens.passages[side]);
        passages
            .map(|(passage, words)| {
                let quotes = document.quotes_in(passage.span);
                let content = quotes.map(|quote| {
                    let content = content(&words[words_in(words, quote.span)]);
                    let terms: Vec<TermId> = content.map(|token| token.term).collect();
                    let weight = terms.iter().map(|&term| rarity[term as usize]).sum();
                    WeighedQuote { terms, weight }
                });
                content.filter(|quote| !quote.terms.is_empty()).collect()
            })
            .collect()
    })
}

/// Returns, for each word of each passage, whether it stands in quotation marks.
pub(super) fn in_marks(
    documents: &Sides<Document<'_>>,
    tokens: &PairWords,
) -> Sides<Vec<Vec<bool>>> {
    Sides::from_fn(|side| {
        let document = &documents[side];
        let passages = document.passages.iter().zip(&tokens.passages[side]);
        passages
            .map(|(passage, words)| {
                let mut marked = vec![false; words.len()];
                for quote in document.quotes_in(passage.span) {
                    marked[words_in(words, quote.span)].fill(true);
                }
                marked
            })
            .collect()
    })
}

/// Returns the numbers of the words that `span` contains.
pub(super) fn words_in(words: &[NormalWord], span: Span) -> Range<usize> {
    let first = words.partition_point(|token| token.span.start < span.start);
    let end = words.partition_point(|token| token.span.end <= span.end);
    first..end.max(first)
}
