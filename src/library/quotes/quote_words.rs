//! Hashes the words of quotations, in one stretch of memory, for finding those that are the same utterance.
//!
//! A hash stands for a word, so that reports can be read side by side without a common vocabulary.

use std::collections::HashMap;

use chrono::NaiveDate;
use foldhash::fast::RandomState;
use xxhash_rust::xxh3::xxh3_64;

use crate::article::Article;
use crate::compare::normalize::{self, NormalWord, WordClass};
use crate::library::ReportNo;
use crate::text::{ShortWord, Span, fold, tokens};

/// Content words from which a quotation is recognised whoever its speaker is. Chosen by eye.
pub(super) const DISTINCTIVE: u32 = 5;

/// The words of quotations, and the facts that decide their utterances.
#[derive(Clone, Debug, Default)]
pub(super) struct QuoteWords {
    words: WordLists,
    /// Other content words of the sentences around a short quotation, sorted; none for a distinctive one.
    around: WordLists,
    facts: Vec<QuoteFacts>,
}

/// Lists of words, one after the other.
#[derive(Clone, Debug, Default)]
struct WordLists {
    words: Vec<HashedWord>,
    ends: Vec<u32>,
}

/// The facts of a quotation besides its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuoteFacts {
    /// One of 64 bits for each content word. Words may share a bit, so a bit that another quotation lacks proves that it lacks the
    /// word, and a bit that it has proves nothing.
    pub(super) bits: u64,
    /// Number of content words.
    pub(super) content: u32,
    pub(super) report: u32,
    /// Hash of the last word of the speaker's name.
    pub(super) speaker: Option<u32>,
    pub(super) published: Option<NaiveDate>,
}

/// A quotation as the words and facts that decide its utterance.
#[derive(Clone, Copy, Debug)]
pub(super) struct HashedQuote<'a> {
    /// Its number among the others.
    pub(super) at: u32,
    pub(super) words: &'a [HashedWord],
    pub(super) facts: QuoteFacts,
}

impl QuoteWords {
    /// Returns `count` quotations without words, which are the utterances of nobody.
    pub(super) fn without_words(count: usize) -> Self {
        let mut all = Self::default();
        for _ in 0..count {
            all.words.end();
            all.around.end();
            all.facts.push(QuoteFacts {
                bits: 0,
                content: 0,
                report: u32::MAX,
                speaker: None,
                published: None,
            });
        }
        all
    }

    /// Adds the quotations of `other`.
    pub(super) fn append(&mut self, other: &Self) {
        self.words.append(&other.words);
        self.around.append(&other.around);
        self.facts.extend(&other.facts);
    }

    /// Returns the number of quotations.
    pub(super) fn len(&self) -> usize {
        self.facts.len()
    }

    /// Returns the facts of all quotations, in order.
    pub(super) fn facts(&self) -> &[QuoteFacts] {
        &self.facts
    }

    /// Returns a quotation.
    pub(super) fn get(&self, at: u32) -> Option<HashedQuote<'_>> {
        Some(HashedQuote {
            at,
            facts: *self.facts.get(at as usize)?,
            words: self.words.get(at as usize),
        })
    }

    /// Returns the other content words of the sentences around a short quotation, sorted.
    pub(super) fn around(&self, quote: &HashedQuote<'_>) -> &[HashedWord] {
        self.around.get(quote.at as usize)
    }
}

impl WordLists {
    /// Ends a list.
    fn end(&mut self) {
        self.ends.push(self.words.len() as u32);
    }

    fn append(&mut self, other: &Self) {
        let before = self.words.len() as u32;
        self.words.extend(&other.words);
        self.ends.extend(other.ends.iter().map(|end| before + end));
    }

    fn get(&self, at: usize) -> &[HashedWord] {
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |start| *start as usize);
        let end = self.ends.get(at).map_or(start, |end| *end as usize);
        self.words.get(start..end).unwrap_or_default()
    }
}

/// A word in four bytes, because a million quotations have many: a hash, and the word's class in the lowest two bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct HashedWord(pub(super) u32);

impl HashedWord {
    fn new(normal: &str, weight: WordClass) -> Self {
        // A hash instead of a number from a common vocabulary, so that reports can be read side by side.
        let hash = (xxh3_64(normal.as_bytes()) as u32) << 2;
        Self(hash | weight as u32)
    }

    /// Whether it says something.
    pub(super) fn is_content(&self) -> bool {
        self.0 & 3 != WordClass::Stop as u32
    }

    /// Returns the word as [`diff::matches`](crate::compare::diff::matches) takes it, without its place in the text, which that does not look at.
    pub(super) fn token(&self) -> NormalWord {
        let weight = [WordClass::Stop, WordClass::Content, WordClass::Number]
            .into_iter()
            .find(|weight| *weight as u32 == self.0 & 3);
        NormalWord {
            span: Span::default(),
            term: self.0,
            weight: weight.unwrap_or(WordClass::Stop),
        }
    }
}

/// Returns the last word of a name, folded: `Mark Carney` and `Carney` are one speaker.
pub(super) fn last_word(name: &str) -> String {
    let last = tokens::words(name).last().unwrap_or_default();
    fold::fold(last.of(name))
}

/// Returns those of `words` that say something.
pub(super) fn content(words: &[HashedWord]) -> impl Iterator<Item = &HashedWord> {
    words.iter().filter(|word| word.is_content())
}

/// Most words whose hashes a thread keeps: some 4 MB.
const MOST_KNOWN: usize = 1 << 16;

/// Hashes words. They recur, in one report and in the next, so each is normalized once.
#[derive(Debug, Default)]
pub(super) struct WordHasher {
    known: HashMap<ShortWord, HashedWord, RandomState>,
    /// The same of longer words.
    known_long: HashMap<String, HashedWord, RandomState>,
}

impl WordHasher {
    /// Returns the words of the quotations of `article`, each with the name of its speaker.
    pub(super) fn quotes<'q>(
        &mut self,
        no: ReportNo,
        article: &Article,
        quotes: impl Iterator<Item = (Span, Option<&'q str>)>,
    ) -> QuoteWords {
        let mut all = QuoteWords::default();
        self.forget_many();
        let published = article.published.as_ref().map(|field| field.value.date);
        for (span, speaker) in quotes {
            let words = self.hash(&article.text, span);
            let content = content(&words).count() as u32;
            if content < DISTINCTIVE {
                let around = self.words_around(article, span, &words);
                all.around.words.extend(around);
            }
            all.facts.push(QuoteFacts {
                // The highest six bits of the hash choose one of 64.
                bits: self::content(&words).fold(0, |bits, word| bits | 1 << (word.0 >> 26)),
                content,
                report: no.0 as u32,
                speaker: speaker.map(|name| xxh3_64(last_word(name).as_bytes()) as u32),
                published,
            });
            all.words.words.extend(words);
            all.words.end();
            all.around.end();
        }
        all
    }

    /// Begins anew when too many words are known.
    fn forget_many(&mut self) {
        if self.known.len() + self.known_long.len() > MOST_KNOWN {
            *self = Self::default();
        }
    }

    fn hash(&mut self, text: &str, span: Span) -> Vec<HashedWord> {
        let within = span.of(text);
        let words = tokens::words(within).map(|word| self.hash_word(word.of(within)));
        words.collect()
    }

    fn hash_word(&mut self, word: &str) -> HashedWord {
        let short = ShortWord::written(word);
        let known = match &short {
            Some(short) => self.known.get(short),
            None => self.known_long.get(word),
        };
        if let Some(known) = known {
            return *known;
        }
        let (normal, weight) = normalize::normalize(word);
        let hashed = HashedWord::new(&normal, weight);
        if let Some(short) = short {
            self.known.insert(short, hashed);
        } else {
            self.known_long.insert(word.to_owned(), hashed);
        }
        hashed
    }

    fn words_around(
        &mut self,
        article: &Article,
        quote: Span,
        own: &[HashedWord],
    ) -> Vec<HashedWord> {
        let sentences = super::surrounding_sentences(article, quote);
        let mut around = self.hash(&article.text, sentences);
        around.retain(|word| word.is_content() && !own.contains(word));
        around.sort_unstable();
        around.dedup();
        around
    }
}
