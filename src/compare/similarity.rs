//! How much two passages have in common, as a handful of measures from 0 to 1.
//!
//! Words weigh by how rare they are in the two reports alone: what both say all the time (the speaker, the country) tells nothing.
//! Pairs are found through the words that they share, so the cost follows what is shared and not the product of the two lengths.

use std::collections::{BTreeSet, HashMap};

use super::common;
use super::normalize::{Term, Token, Tokens, Weight};
use super::weights;
use super::{Document, Side, Sides};
use crate::text::Span;

/// The measures of one pair of passages.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// Whether both have the same words in the same order.
    pub identical: bool,
    /// Cosine of the weighted words, where words with the same beginning count in part.
    pub words: f32,
    /// Cosine of the weighted character 4-grams.
    pub grams: f32,
    /// Weight of the heaviest run of the same words in a row.
    pub run: f32,
    /// Part of the shorter passage's weight that the other has.
    pub contained: f32,
    /// Weight of the words of both, against that of a few rare ones.
    pub evidence: f32,
    /// Part of a quotation that the other passage has, in marks or not.
    pub quote: f32,
    /// Weight of the heaviest run with words that both have in marks.
    pub quoted_by_both: f32,
    /// Whether both open their reports.
    pub lead: f32,
    /// Common words of the passages before them.
    pub before: f32,
    /// Common words of the passages after them.
    pub after: f32,
}

/// A pair of passages with its measures.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Passage numbers.
    pub at: Sides<usize>,
    /// What they have in common.
    pub measures: Measures,
}

/// Words in a row that both passages have.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    words: usize,
    weight: f32,
    /// Whether both have one of its content words in marks.
    quoted: bool,
}

impl Run {
    fn longer(self, weight: f32, quoted: bool) -> Self {
        Self {
            words: self.words + 1,
            weight: self.weight + weight,
            quoted: self.quoted || quoted,
        }
    }
}

/// A sparse vector of unit length, sorted by key.
type Vector = Vec<(u32, f32)>;

/// The passages of both reports as vectors.
struct Space<'a> {
    tokens: &'a Tokens,
    rarity: Vec<f32>,
    words: Sides<Vec<Vector>>,
    soft: Sides<Vec<Vector>>,
    grams: Sides<Vec<Vector>>,
    rarest: f32,
    quoted: Sides<Vec<Vec<Vec<Term>>>>,
    in_marks: Sides<Vec<Vec<bool>>>,
}

/// Returns the pairs of passages that have enough words in common to be a pair, with their measures, ordered by left then right.
pub fn candidates(documents: &Sides<Document<'_>>, tokens: &Tokens) -> Vec<Candidate> {
    let space = Space::new(documents, tokens);
    let pairs = space.sharing();
    let cosine = |left: Option<usize>, right: Option<usize>| {
        let key = left.zip(right)?;
        let found = pairs.binary_search_by_key(&key, |&(at, _)| at).ok()?;
        Some(pairs[found].1)
    };
    promising(&pairs, documents)
        .into_iter()
        .map(|((left, right), words)| {
            let before = cosine(left.checked_sub(1), right.checked_sub(1));
            let after = cosine(left.checked_add(1), right.checked_add(1));
            let at = Sides::new(left, right);
            Candidate {
                at,
                measures: Measures {
                    before: before.unwrap_or(0.0),
                    after: after.unwrap_or(0.0),
                    ..space.measure(at, words)
                },
            }
        })
        .collect()
}

/// Passage numbers, left and right, with the cosine of their words.
type Sharing = ((usize, usize), f32);

/// Returns those of `pairs` that are among the most alike of either passage: the rest costs time and cannot become a pair.
fn promising(pairs: &[Sharing], documents: &Sides<Document<'_>>) -> Vec<Sharing> {
    let mut of = documents
        .as_ref()
        .map(|document| vec![Vec::new(); document.passages.len()]);
    for (number, &((left, right), cosine)) in pairs.iter().enumerate() {
        if cosine >= weights::PROMISING_COSINE {
            of.left[left].push(number);
            of.right[right].push(number);
        }
    }
    let mut kept: Vec<usize> = Vec::new();
    for numbers in of.left.iter_mut().chain(&mut of.right) {
        numbers.sort_by(|&a, &b| pairs[b].1.total_cmp(&pairs[a].1).then(a.cmp(&b)));
        kept.extend(numbers.iter().take(weights::PROMISING));
    }
    kept.sort_unstable();
    kept.dedup();
    kept.into_iter().map(|number| pairs[number]).collect()
}

impl<'a> Space<'a> {
    fn new(documents: &Sides<Document<'_>>, tokens: &'a Tokens) -> Self {
        let rarity = rarity(tokens);
        let near = near_terms(tokens);
        let words = Sides::new(Side::Left, Side::Right).map(|side| bags(tokens, side, &rarity));
        let soft = words.as_ref().map(|bags| softened(bags, &near));
        Self {
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

    /// Returns the pairs of passages that share words, with their soft cosine; passages of the same words always do.
    fn sharing(&self) -> Vec<Sharing> {
        let mut holders: HashMap<u32, Vec<(usize, f32)>> = HashMap::new();
        for (number, vector) in self.soft.right.iter().enumerate() {
            for &(key, weight) in vector {
                holders.entry(key).or_default().push((number, weight));
            }
        }
        let alike = self.alike();
        let mut found = Vec::new();
        let mut sums = vec![0.0_f32; self.soft.right.len()];
        for (left, vector) in self.words.left.iter().enumerate() {
            for &(key, weight) in vector {
                for &(right, other) in holders.get(&key).into_iter().flatten() {
                    sums[right] += weight * other;
                }
            }
            for &right in alike
                .get(&self.terms(Side::Left, left))
                .into_iter()
                .flatten()
            {
                sums[right] = 1.0;
            }
            for (right, sum) in sums.iter_mut().enumerate() {
                if *sum >= weights::LEAST_COSINE {
                    found.push(((left, right), sum.min(1.0)));
                }
                *sum = 0.0;
            }
        }
        found
    }

    /// Returns the passages of the right report by their words in order.
    fn alike(&self) -> HashMap<Vec<Term>, Vec<usize>> {
        let mut alike: HashMap<Vec<Term>, Vec<usize>> = HashMap::new();
        for number in 0..self.words.right.len() {
            alike
                .entry(self.terms(Side::Right, number))
                .or_default()
                .push(number);
        }
        alike
    }

    fn are_identical(&self, at: Sides<usize>) -> bool {
        let of = |side: Side| {
            self.tokens.passages[side][at[side]]
                .iter()
                .map(|token| token.term)
        };
        of(Side::Left).eq(of(Side::Right))
    }

    fn terms(&self, side: Side, number: usize) -> Vec<Term> {
        let words = self.tokens.passages[side][number].iter();
        words.map(|token| token.term).collect()
    }

    fn measure(&self, at: Sides<usize>, cosine: f32) -> Measures {
        let shared = self.weight(&mut self.shared(at));
        let whole =
            |side: Side| self.weight(&mut self.words[side][at[side]].iter().map(|&(t, _)| t));
        let least = whole(Side::Left).min(whole(Side::Right)).max(1.0);
        let (run, quoted_by_both) = self.heaviest_runs(at);
        Measures {
            identical: self.are_identical(at),
            words: cosine,
            grams: dot(&self.grams.left[at.left], &self.grams.right[at.right]),
            run: (run / weights::WEIGHTY_RUN).min(1.0),
            contained: shared / least,
            evidence: (shared / (weights::RARE_WORDS * self.rarest)).min(1.0),
            quote: self.quote(at),
            quoted_by_both: (quoted_by_both / weights::WEIGHTY_FRAGMENT).min(1.0),
            lead: f32::from(u8::from(at.left == 0 && at.right == 0)),
            before: 0.0,
            after: 0.0,
        }
    }

    fn weight(&self, terms: &mut dyn Iterator<Item = Term>) -> f32 {
        terms.map(|term| self.rarity[term as usize]).sum()
    }

    /// Returns the terms of weight that both passages have.
    fn shared(&self, at: Sides<usize>) -> impl Iterator<Item = Term> {
        let right = &self.words.right[at.right];
        let left = self.words.left[at.left].iter().map(|&(term, _)| term);
        left.filter(|term| {
            right
                .binary_search_by_key(term, |&(other, _)| other)
                .is_ok()
        })
    }

    /// Returns the weights of the heaviest run of two words or more that both passages have, and of the heaviest with a word that both quote.
    fn heaviest_runs(&self, at: Sides<usize>) -> (f32, f32) {
        let of = |side: Side| -> &[Token] { &self.tokens.passages[side][at[side]] };
        let in_marks = |side: Side, word: usize| self.in_marks[side][at[side]][word];
        let (left, right) = (of(Side::Left), of(Side::Right));
        let mut runs = vec![Run::default(); right.len() + 1];
        let (mut best, mut quoted) = (0.0_f32, 0.0_f32);
        for (i, one) in left.iter().enumerate() {
            for (j, other) in right.iter().enumerate().rev() {
                runs[j + 1] = if other.term != one.term {
                    Run::default()
                } else {
                    let both_quote = one.weight != Weight::Stop
                        && in_marks(Side::Left, i)
                        && in_marks(Side::Right, j);
                    runs[j].longer(self.run_weight(one), both_quote)
                };
                let run = runs[j + 1];
                if run.words > 1 {
                    best = best.max(run.weight);
                    quoted = quoted.max(if run.quoted { run.weight } else { 0.0 });
                }
            }
        }
        (best, quoted)
    }

    fn run_weight(&self, token: &Token) -> f32 {
        match token.weight {
            Weight::Stop => weights::RUN_STOP,
            Weight::Content | Weight::Number => self.rarity[token.term as usize],
        }
    }

    /// Returns the greatest part of a quotation of either passage that the other passage has.
    fn quote(&self, at: Sides<usize>) -> f32 {
        let mut best = 0.0_f32;
        for side in Side::BOTH {
            let words = &self.words[side.other()][at[side.other()]];
            let has = |term: &Term| {
                words
                    .binary_search_by_key(term, |&(other, _)| other)
                    .is_ok()
            };
            for quote in &self.quoted[side][at[side]] {
                let weight = |term: &Term| self.rarity[*term as usize];
                let whole: f32 = quote.iter().map(weight).sum();
                let had: f32 = quote.iter().filter(|&term| has(term)).map(weight).sum();
                let surety = (had / weights::WEIGHTY_QUOTE).min(1.0);
                best = best.max(had / whole.max(0.1) * surety);
            }
        }
        best
    }
}

/// Returns, for each term, how rare it is: in the passages of both reports, and in news at large.
///
/// `ln(1 + passages / passages with it)`, less for words that most reports use whatever they are about.
fn rarity(tokens: &Tokens) -> Vec<f32> {
    let mut holders = vec![0_u32; tokens.vocabulary.len()];
    let mut passages = 0_u32;
    for side in Side::BOTH {
        for (words, implied) in tokens.passages[side].iter().zip(&tokens.implied[side]) {
            passages += 1;
            let mut terms: Vec<Term> = words.iter().map(|token| token.term).collect();
            terms.extend(implied);
            terms.sort_unstable();
            terms.dedup();
            for term in terms {
                holders[term as usize] += 1;
            }
        }
    }
    let here = |count: u32| (1.0 + passages as f32 / count.max(1) as f32).ln();
    (0..)
        .zip(holders)
        .map(|(term, count)| here(count) * common::rarity(tokens.vocabulary.word(term)))
        .collect()
}

fn bags(tokens: &Tokens, side: Side, rarity: &[f32]) -> Vec<Vector> {
    let passages = tokens.passages[side].iter().zip(&tokens.implied[side]);
    passages
        .map(|(words, implied)| {
            let mut bag: HashMap<Term, f32> = HashMap::new();
            for token in words.iter().filter(|token| token.weight != Weight::Stop) {
                *bag.entry(token.term).or_default() += rarity[token.term as usize];
            }
            for &term in implied {
                let weight = rarity[term as usize] * weights::IMPLIED;
                bag.entry(term).or_insert(weight);
            }
            unit(bag.into_iter().collect())
        })
        .collect()
}

fn unit(mut vector: Vector) -> Vector {
    vector.sort_unstable_by_key(|&(key, _)| key);
    let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
    if length > 0.0 {
        for (_, weight) in &mut vector {
            *weight /= length;
        }
    }
    vector
}

fn dot(left: &Vector, right: &Vector) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        match a.0.cmp(&b.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a.1 * b.1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// Returns, for each term, the other terms that begin alike (`geopolitical`, `geopolitics`), with how alike.
fn near_terms(tokens: &Tokens) -> Vec<Vec<(Term, f32)>> {
    let vocabulary = &tokens.vocabulary;
    let mut beginnings: HashMap<&str, Vec<Term>> = HashMap::new();
    for number in 0..vocabulary.len() {
        let term = u32::try_from(number).unwrap_or(u32::MAX);
        let word = vocabulary.word(term);
        if word.starts_with(char::is_alphabetic)
            && let Some(beginning) = word.get(..weights::NEAR_LEAST)
        {
            beginnings.entry(beginning).or_default().push(term);
        }
    }
    let mut near = vec![Vec::new(); vocabulary.len()];
    for terms in beginnings.values() {
        for &one in terms {
            for &other in terms {
                let likeness = likeness(vocabulary.word(one), vocabulary.word(other));
                if one != other && likeness >= weights::NEAR {
                    near[one as usize].push((other, likeness));
                }
            }
        }
    }
    near
}

/// Returns the part of the longer word that both begin with.
pub(super) fn likeness(one: &str, other: &str) -> f32 {
    let same = one
        .bytes()
        .zip(other.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    same as f32 / one.len().max(other.len()).max(1) as f32
}

fn softened(bags: &[Vector], near: &[Vec<(Term, f32)>]) -> Vec<Vector> {
    bags.iter()
        .map(|bag| {
            let own: BTreeSet<Term> = bag.iter().map(|&(term, _)| term).collect();
            let mut soft: HashMap<Term, f32> = bag.iter().copied().collect();
            for &(term, weight) in bag {
                for &(other, likeness) in &near[term as usize] {
                    if !own.contains(&other) {
                        let part = soft.entry(other).or_default();
                        *part = part.max(weight * likeness);
                    }
                }
            }
            let mut soft: Vector = soft.into_iter().collect();
            soft.sort_unstable_by_key(|&(key, _)| key);
            soft
        })
        .collect()
}

/// Returns the character 4-grams of each passage's words, weighted by rarity.
fn grams(documents: &Sides<Document<'_>>, tokens: &Tokens) -> Sides<Vec<Vector>> {
    let mut numbers: HashMap<[char; 4], u32> = HashMap::new();
    let mut holders: Vec<u32> = Vec::new();
    let counts = Sides::new(Side::Left, Side::Right).map(|side| {
        let text = documents[side].text;
        let passages = tokens.passages[side].iter();
        let counted = passages.map(|words| {
            let mut counts: HashMap<u32, f32> = HashMap::new();
            for gram in grams_of(words, text) {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry(gram).or_insert(next);
                *counts.entry(number).or_default() += 1.0;
            }
            holders.resize(numbers.len(), 0);
            for &number in counts.keys() {
                holders[number as usize] += 1;
            }
            counts
        });
        counted.collect::<Vec<_>>()
    });
    let passages = (counts.left.len() + counts.right.len()) as f32;
    counts.map(|side| {
        side.into_iter()
            .map(|counts| {
                let weighted = counts.into_iter().map(|(number, count)| {
                    let rarity = (1.0 + passages / holders[number as usize].max(1) as f32).ln();
                    (number, (1.0 + count.ln()) * rarity)
                });
                unit(weighted.collect())
            })
            .collect()
    })
}

fn grams_of(words: &[Token], text: &str) -> Vec<[char; 4]> {
    let mut chars = vec![' '];
    for token in words {
        let word = token.span.of(text);
        chars.extend(
            word.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase),
        );
        chars.push(' ');
    }
    chars.windows(4).map(|w| [w[0], w[1], w[2], w[3]]).collect()
}

/// Returns the content of each quotation of each passage.
fn quoted(documents: &Sides<Document<'_>>, tokens: &Tokens) -> Sides<Vec<Vec<Vec<Term>>>> {
    Sides::new(Side::Left, Side::Right).map(|side| {
        let document = &documents[side];
        let passages = document.passages.iter().zip(&tokens.passages[side]);
        passages
            .map(|(passage, words)| {
                document
                    .quotes_in(passage.span)
                    .map(|quote| {
                        let within = words.iter().filter(|token| quote.span.contains(token.span));
                        within
                            .filter(|token| token.weight != Weight::Stop)
                            .map(|token| token.term)
                            .collect()
                    })
                    .filter(|terms: &Vec<Term>| !terms.is_empty())
                    .collect()
            })
            .collect()
    })
}

/// Returns, for each word of each passage, whether it stands in quotation marks.
fn in_marks(documents: &Sides<Document<'_>>, tokens: &Tokens) -> Sides<Vec<Vec<bool>>> {
    Sides::new(Side::Left, Side::Right).map(|side| {
        let document = &documents[side];
        let passages = document.passages.iter().zip(&tokens.passages[side]);
        passages
            .map(|(passage, words)| {
                let quotes: Vec<_> = document.quotes_in(passage.span).collect();
                let quoted = |span: Span| quotes.iter().any(|quote| quote.span.contains(span));
                words.iter().map(|token| quoted(token.span)).collect()
            })
            .collect()
    })
}
