//! Measures what two passages have in common, each measure from 0 to 1.
//!
//! Words weigh by how rare they are in the two reports alone: what both say all the time (the speaker, the country) tells nothing.
//! Pairs are found through the words that they share, so the cost follows what is shared and not the product of the two lengths.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _};

use super::candidates::{CandidateSearch, DenseVector, SparseVector, share};
use super::links::UtteranceLinks;
use super::measures::{PassageMeasures, UtteranceMeasures};
use super::normalize::{NormalWord, PairWords, TermId, content, terms};
use super::{Document, Side, Sides, common, weights};
use crate::parallel;
use crate::text::Span;

/// Two passages that have enough words in common to be a pair.
#[derive(Clone, Copy, Debug)]
pub struct CandidatePair {
    /// Passage numbers.
    pub at: Sides<usize>,
    /// Similarity, from 0 to 1.
    pub similarity: f32,
}

/// Words in a row that both passages have.
#[derive(Clone, Copy, Debug, Default)]
struct WordRun {
    words: usize,
    weight: f32,
    /// Whether both have one of its content words in marks.
    quoted: bool,
}

impl WordRun {
    fn longer(self, weight: f32, quoted: bool) -> Self {
        Self {
            words: self.words + 1,
            weight: self.weight + weight,
            quoted: self.quoted || quoted,
        }
    }
}

/// The passages of both reports as vectors.
struct PassageVectors<'a> {
    tokens: &'a PairWords,
    rarity: Vec<f32>,
    words: Sides<Vec<SparseVector>>,
    soft: Sides<Vec<SparseVector>>,
    grams: Sides<Vec<SparseVector>>,
    rarest: f32,
    quoted: Sides<Vec<Vec<Vec<TermId>>>>,
    in_marks: Sides<Vec<Vec<bool>>>,
    /// Summed weight of the words of each passage.
    whole: Sides<Vec<f32>>,
    /// The words of each passage of the right report with their places, sorted.
    places: Vec<Vec<(TermId, usize)>>,
}

/// Two passages with what they have in common, but for their utterances and neighbours.
type MeasuredPair = (Sides<usize>, PassageMeasures);

/// The passages that share words, and what is needed to measure what they have in common.
pub(super) struct SharingPassages<'a> {
    vectors: PassageVectors<'a>,
    sharing: CandidateSearch,
}

impl<'a> SharingPassages<'a> {
    pub(super) fn find(documents: &Sides<Document<'_>>, tokens: &'a PairWords) -> Self {
        let vectors = PassageVectors::new(documents, tokens);
        let words = Sides::new(vectors.words.left.as_slice(), &vectors.soft.right);
        Self {
            sharing: CandidateSearch::find(words, &tokens.passages),
            vectors,
        }
    }

    /// Measures the passages that have enough words in common to be a pair, ordered by left then right.
    fn measured(&self) -> Vec<MeasuredPair> {
        let promising = self.sharing.promising();
        let least = weights::LEAST_RUN_STEPS;
        let steps = share(weights::RUN_STEPS, promising.len(), least);
        parallel::in_chunks(&promising, weights::SIDE_BY_SIDE, |part| {
            let mut grams = DenseVector::default();
            let measured = part.iter().map(|&(at, words)| {
                let measures = self.beside(at, words);
                (at, self.vectors.measures(at, measures, &mut grams, steps))
            });
            measured.collect()
        })
    }

    /// Returns what two passages and those before and after them have in common.
    fn beside(&self, at: Sides<usize>, words: f32) -> PassageMeasures {
        let Sides { left, right } = at;
        let cosine = |left, right| self.sharing.cosine(left, right).unwrap_or(0.0);
        PassageMeasures {
            words,
            before: cosine(left.checked_sub(1), right.checked_sub(1)),
            after: cosine(left.checked_add(1), right.checked_add(1)),
            ..PassageMeasures::default()
        }
    }
}

/// Returns the pairs with the similarity that they have beside their neighbours and as their utterances bind them.
pub(super) fn candidates(
    sharing: &SharingPassages<'_>,
    links: &UtteranceLinks,
    tokens: &PairWords,
) -> Vec<CandidatePair> {
    let measured = sharing.measured();
    let likeness = measured
        .iter()
        .map(|(at, measures)| match tokens.are_identical(*at) {
            true => 1.0,
            false => measures.likeness(),
        });
    let likeness: Vec<f32> = likeness.collect();
    let of = |left: Option<usize>, right: Option<usize>| {
        let key = (left?, right?);
        let found = measured.binary_search_by_key(&key, |(at, _)| (at.left, at.right));
        likeness.get(found.ok()?).copied()
    };
    let greatest = |found: &[Option<f32>]| found.iter().flatten().copied().fold(0.0, f32::max);
    let candidate = |&(at, measures): &MeasuredPair| {
        let (before, after) = (at.map(|n| n.checked_sub(1)), at.map(|n| n.checked_add(1)));
        let here = at.map(Some);
        let words = Sides::from_fn(|side| tokens.words(side, at[side]).len());
        let measures = PassageMeasures {
            utterances: UtteranceMeasures::new(links, at, words),
            diagonal: greatest(&[of(before.left, before.right), of(after.left, after.right)]),
            neighbour: greatest(&[
                of(before.left, here.right),
                of(after.left, here.right),
                of(here.left, before.right),
                of(here.left, after.right),
            ]),
            ..measures
        };
        let similarity = match tokens.are_identical(at) {
            true => 1.0,
            false => measures.similarity(),
        };
        CandidatePair { at, similarity }
    };
    parallel::in_chunks(&measured, weights::SIDE_BY_SIDE, |part| {
        part.iter().map(candidate).collect()
    })
}

impl<'a> PassageVectors<'a> {
    fn new(documents: &Sides<Document<'_>>, tokens: &'a PairWords) -> Self {
        let rarity = rarity(tokens);
        let near = near_terms(tokens);
        let words = Sides::from_fn(|side| bags(tokens, side, &rarity));
        let soft = words.as_ref().map(|bags| softened(bags, &near));
        let right = tokens.passages.right.iter();
        let whole = |bag: &SparseVector| bag.iter().map(|&(term, _)| rarity[term as usize]).sum();
        Self {
            whole: words.as_ref().map(|bags| bags.iter().map(whole).collect()),
            places: right.map(|words| places(words)).collect(),
            grams: grams(documents, tokens),
            quoted: quoted(documents, tokens),
            in_marks: in_marks(documents, tokens),
            rarest: rarity.iter().copied().fold(1.0, f32::max),
            tokens,
            rarity,
            words,
            soft,
        }
    }

    /// Returns the measures of two passages: what they have in common besides `beside`; grams and runs are looked for where they can
    /// make a pair of them.
    fn measures(
        &self,
        at: Sides<usize>,
        beside: PassageMeasures,
        grams: &mut DenseVector,
        steps: usize,
    ) -> PassageMeasures {
        if self.tokens.are_identical(at) {
            return beside;
        }
        let shared: f32 = self.shared(at).map(|term| self.rarity[term as usize]).sum();
        let least = self.whole.left[at.left].min(self.whole.right[at.right]);
        let measures = PassageMeasures {
            contained: shared / least.max(1.0),
            evidence: (shared / (weights::RARE_WORDS * self.rarest)).min(1.0),
            quote: self.quote(at),
            lead: f32::from(u8::from(at.left == 0 && at.right == 0)),
            ..beside
        };
        // Runs and grams cost most of the time; they are left out where even the best of them would make no pair.
        let hopeless = |measures: PassageMeasures| {
            let at_best = PassageMeasures {
                run: 1.0,
                quoted_by_both: 1.0,
                ..measures
            };
            at_best.likeness() < weights::HOPELESS
        };
        let with_grams = |grams| PassageMeasures { grams, ..measures };
        if hopeless(with_grams(1.0)) {
            return measures;
        }
        grams.load(at.left, &self.grams.left);
        let measures = with_grams(grams.dot(&self.grams.right[at.right]));
        if hopeless(measures) {
            return measures;
        }
        let (run, quoted_by_both) = self.heaviest_runs(at, steps);
        PassageMeasures {
            run: (run / weights::WEIGHTY_RUN).min(1.0),
            quoted_by_both: (quoted_by_both / weights::WEIGHTY_FRAGMENT).min(1.0),
            ..measures
        }
    }

    /// Returns the terms of weight that both passages have.
    fn shared(&self, at: Sides<usize>) -> impl Iterator<Item = TermId> {
        let right = &self.words.right[at.right];
        let left = self.words.left[at.left].iter().map(|&(term, _)| term);
        left.filter(|&term| weight_in(right, term).is_some())
    }

    /// Returns the weights of the heaviest run of two words or more that both passages have, and of the heaviest with a word that both
    /// quote, among the first `steps` places where a word of one meets the same word of the other.
    fn heaviest_runs(&self, at: Sides<usize>, steps: usize) -> (f32, f32) {
        let in_marks = |side: Side, word: usize| self.in_marks[side][at[side]][word];
        let places = &self.places[at.right];
        // The runs that end at the word before, by the place in the right passage after them.
        let (mut last, mut runs) = (Vec::<(usize, WordRun)>::new(), Vec::new());
        let (mut best, mut quoted, mut rest) = (0.0_f32, 0.0_f32, steps);
        for (i, one) in self.tokens.passages.left[at.left].iter().enumerate() {
            let from = places.partition_point(|&(term, _)| term < one.term);
            let same = places[from..].iter();
            let same = same.take_while(|(term, _)| *term == one.term);
            let mut before = last.drain(..).peekable();
            for &(_, j) in same.take(rest) {
                while before.next_if(|(end, _)| *end < j).is_some() {}
                let run = before.next_if(|(end, _)| *end == j);
                let both_quote =
                    one.is_content() && in_marks(Side::Left, i) && in_marks(Side::Right, j);
                let run = run.map_or(WordRun::default(), |(_, run)| run);
                let run = run.longer(self.run_weight(one), both_quote);
                if run.words > 1 {
                    best = best.max(run.weight);
                    quoted = quoted.max(if run.quoted { run.weight } else { 0.0 });
                }
                runs.push((j + 1, run));
            }
            drop(before);
            rest -= runs.len();
            std::mem::swap(&mut last, &mut runs);
        }
        (best, quoted)
    }

    fn run_weight(&self, token: &NormalWord) -> f32 {
        if token.is_content() {
            self.rarity[token.term as usize]
        } else {
            weights::RUN_STOP
        }
    }

    /// Returns the greatest part of a quotation of either passage that the other passage has.
    fn quote(&self, at: Sides<usize>) -> f32 {
        let mut best = 0.0_f32;
        for side in Side::BOTH {
            let words = &self.words[side.other()][at[side.other()]];
            let has = |term: &TermId| weight_in(words, *term).is_some();
            for quote in &self.quoted[side][at[side]] {
                let weight = |term: &TermId| self.rarity[*term as usize];
                let whole: f32 = quote.iter().map(weight).sum();
                let had: f32 = quote.iter().filter(|&term| has(term)).map(weight).sum();
                let surety = (had / weights::WEIGHTY_QUOTE).min(1.0);
                best = best.max(had / whole.max(0.1) * surety);
            }
        }
        best
    }
}

fn places(words: &[NormalWord]) -> Vec<(TermId, usize)> {
    let mut places: Vec<_> = terms(words).zip(0..).collect();
    places.sort_unstable();
    places
}

/// Returns the rarity of each term: in the passages of both reports, and in news at large.
///
/// `ln(1 + passages / passages with it)`, less for words that most reports use whatever they are about.
fn rarity(tokens: &PairWords) -> Vec<f32> {
    let mut holders = vec![0_u32; tokens.vocabulary.len()];
    let mut passages = 0;
    for side in Side::BOTH {
        for (words, implied) in tokens.passages[side].iter().zip(&tokens.implied[side]) {
            passages += 1;
            let mut terms: Vec<TermId> = terms(words).chain(implied.iter().copied()).collect();
            terms.sort_unstable();
            terms.dedup();
            for term in terms {
                holders[term as usize] += 1;
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

fn bags(tokens: &PairWords, side: Side, rarity: &[f32]) -> Vec<SparseVector> {
    let passages = tokens.passages[side].iter().zip(&tokens.implied[side]);
    passages
        .map(|(words, implied)| {
            let weighed = content(words).map(|token| (token.term, rarity[token.term as usize]));
            let mut bag = merged(weighed.collect(), |sum, weight| sum + weight);
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

/// Returns `pairs` sorted, with the weights of equal keys made one by `one`, two by two in their order.
fn merged(mut pairs: SparseVector, one: impl Fn(f32, f32) -> f32) -> SparseVector {
    pairs.sort_by_key(|&(key, _)| key);
    pairs.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = one(kept.1, next.1);
        }
        same
    });
    pairs
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
fn near_terms(tokens: &PairWords) -> Vec<Vec<(TermId, f32)>> {
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

fn softened(bags: &[SparseVector], near: &[Vec<(TermId, f32)>]) -> Vec<SparseVector> {
    bags.iter()
        .map(|bag| {
            let near = bag.iter().flat_map(|&(term, weight)| {
                let near = near[term as usize].iter();
                near.map(move |&(other, likeness)| (other, weight * likeness))
            });
            let others = near.filter(|&(other, _)| weight_in(bag, other).is_none());
            merged(bag.iter().copied().chain(others).collect(), f32::max)
        })
        .collect()
}

/// Returns the character 4-grams of each passage's words, weighted by rarity.
fn grams(documents: &Sides<Document<'_>>, tokens: &PairWords) -> Sides<Vec<SparseVector>> {
    let letters = documents.left.text.len() + documents.right.text.len();
    // News of usual length has a new one every second letter; where more is reserved, more memory is touched.
    let mut numbers: HashMap<u64, u32> = HashMap::with_capacity(letters.min(1 << 14) / 2);
    let mut holders: Vec<u32> = Vec::new();
    let counts = Sides::from_fn(|side| {
        let text = documents[side].text;
        let passages = tokens.passages[side].iter();
        let counted = passages.map(|words| {
            let grams = grams_of(words, text).into_iter().map(|gram| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                *numbers.entry(gram).or_insert(next)
            });
            let mut grams: Vec<u32> = grams.collect();
            grams.sort_unstable();
            let alike = grams.chunk_by(|one, next| one == next);
            let counts: SparseVector = alike.map(|gram| (gram[0], gram.len() as f32)).collect();
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

/// Returns the grams of `words`, each as one number; of letters beyond the first 65,536 some look the same.
fn grams_of(words: &[NormalWord], text: &str) -> Vec<u64> {
    let letters: usize = words.iter().map(|token| token.span.len() + 1).sum();
    let mut chars = Vec::with_capacity(letters + 1);
    chars.push(' ');
    for token in words {
        let word = token.span.of(text);
        if word.is_ascii() {
            let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
            chars.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
        } else {
            let letters = word.chars().filter(|c| c.is_alphanumeric());
            chars.extend(letters.flat_map(char::to_lowercase));
        }
        chars.push(' ');
    }
    let pack = |packed, &c: &char| packed << 16 | u64::from(c as u16);
    let grams = chars.windows(4).map(|gram| gram.iter().fold(0, pack));
    grams.collect()
}

/// Returns the content of each quotation of each passage.
fn quoted(documents: &Sides<Document<'_>>, tokens: &PairWords) -> Sides<Vec<Vec<Vec<TermId>>>> {
    Sides::from_fn(|side| {
        let document = &documents[side];
        let passages = document.passages.iter().zip(&tokens.passages[side]);
        passages
            .map(|(passage, words)| {
                let quotes = document.quotes_in(passage.span);
                let content = quotes.map(|quote| {
                    let content = content(&words[words_in(words, quote.span)]);
                    content.map(|token| token.term).collect::<Vec<_>>()
                });
                content.filter(|terms| !terms.is_empty()).collect()
            })
            .collect()
    })
}

/// Returns, for each word of each passage, whether it stands in quotation marks.
fn in_marks(documents: &Sides<Document<'_>>, tokens: &PairWords) -> Sides<Vec<Vec<bool>>> {
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
