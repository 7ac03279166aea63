//! Where the terms of a lexicon stand in a text.
//!
//! One automaton over the keys of a paragraph's tokens gives every place where a form is written. Case, the words before and after, and addresses
//! take candidates away; then the terms without a `need` are chosen (leftmost, longest), and those with one are let in as long as what they
//! need was chosen near them. A term let in may open the gate for another; two that only need each other stay out.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use super::forms::{Inflect, inflected};
use super::resolve::{Anchor, Gate};
use super::schema::{Case, Scope, Veto};
use super::tokens::{self, Gap, Tokens};
use super::{CategoryIx, Term, TermIx, Tier, address};
use crate::text::Span;
use crate::text::segment::sentences;

/// When a term may match.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) inflect: Inflect,
    pub(super) case: Case,
    pub(super) gate: Option<Gate<TermIx, CategoryIx>>,
    pub(super) not_before: Vec<Veto>,
    pub(super) not_after: Vec<Veto>,
}

/// Finds the terms of one lexicon.
#[derive(Clone, Debug)]
pub(super) struct Finder {
    automaton: Arc<AhoCorasick>,
    /// For each pattern of the automaton, what is written so.
    writings: Vec<Vec<Writing>>,
    entries: Vec<Tagged>,
}

/// A term's rules with its kind.
#[derive(Clone, Debug)]
struct Tagged {
    rules: Rules,
    category: CategoryIx,
    tier: Tier,
}

/// A form, or an inflection of one.
#[derive(Clone, Debug)]
struct Writing {
    term: TermIx,
    form: usize,
    /// How many tokens it has.
    tokens: usize,
    /// The tokens with their case, where that counts.
    exact: Option<Vec<String>>,
}

/// A place where a term is written and not vetoed.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    span: Span,
    tokens: usize,
    term: TermIx,
    form: usize,
    /// Where what it needs may stand.
    reach: Span,
}

impl Finder {
    /// Makes the finder of `terms`, whose rules are `rules`, in the same order.
    pub(super) fn new(terms: &[Term], rules: Vec<Rules>) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut patterns: Vec<String> = Vec::new();
        let mut writings: Vec<Vec<Writing>> = Vec::new();
        for (term, (entry, rules)) in terms.iter().zip(&rules).enumerate() {
            for (pattern, writing) in writings_of(TermIx(term), entry, rules) {
                let number = *numbers.entry(pattern).or_insert_with_key(|pattern| {
                    patterns.push(pattern.clone());
                    writings.push(Vec::new());
                    patterns.len() - 1
                });
                writings[number].push(writing);
            }
        }
        let automaton = AhoCorasick::new(&patterns).expect("a lexicon has fewer than 2^31 letters");
        let tagged = terms.iter().zip(rules).map(|(term, rules)| Tagged {
            rules,
            category: term.category,
            tier: term.tier,
        });
        Self {
            automaton: Arc::new(automaton),
            writings,
            entries: tagged.collect(),
        }
    }

    /// Returns the terms in `paragraphs` of `text` with the form found, in order and without overlaps.
    pub(super) fn find(&self, text: &str, paragraphs: &[Span]) -> Vec<(Span, TermIx, usize)> {
        let mut candidates = Vec::new();
        for number in 0..paragraphs.len() {
            self.candidates(text, paragraphs, number, &mut candidates);
        }
        candidates.sort_by_key(|one| (one.span.start, Reverse(one.tokens), one.term));
        let mut chosen = self.strong(&candidates);
        chosen.extend(self.weak(&candidates, &chosen));
        chosen.sort_by_key(|one| one.span);
        chosen
            .into_iter()
            .map(|one| (one.span, one.term, one.form))
            .collect()
    }

    fn candidates(
        &self,
        text: &str,
        paragraphs: &[Span],
        number: usize,
        found: &mut Vec<Candidate>,
    ) {
        let paragraph = Paragraph::new(text, paragraphs[number]);
        for hit in self.automaton.find_overlapping_iter(&paragraph.tokens.keys) {
            let Some(first) = paragraph.whole_tokens(hit.start(), hit.end()) else {
                continue;
            };
            for writing in &self.writings[hit.pattern().as_usize()] {
                if let Some(span) = self.allowed(&paragraph, first, writing) {
                    found.push(Candidate {
                        span,
                        tokens: writing.tokens,
                        term: writing.term,
                        form: writing.form,
                        reach: self.reach(writing.term, &paragraph, paragraphs, number, span),
                    });
                }
            }
        }
    }

    /// Returns where `writing` stands if its case, its neighbours and its place allow it.
    fn allowed(&self, paragraph: &Paragraph<'_>, first: usize, writing: &Writing) -> Option<Span> {
        let rules = &self.entries[writing.term.0].rules;
        let last = first + writing.tokens - 1;
        let span = Span::new(
            paragraph.tokens.spans[first].start,
            paragraph.tokens.spans[last].end,
        );
        let allowed = paragraph.case_fits(rules.case, first, writing)
            && !rules
                .not_before
                .iter()
                .any(|veto| paragraph.stands_before(veto, first))
            && !rules
                .not_after
                .iter()
                .any(|veto| paragraph.stands_after(veto, last))
            && !paragraph.is_no_prose(span);
        allowed.then_some(span)
    }

    fn reach(
        &self,
        term: TermIx,
        paragraph: &Paragraph<'_>,
        paragraphs: &[Span],
        number: usize,
        span: Span,
    ) -> Span {
        let everywhere = Span::new(0, usize::MAX);
        match self.entries[term.0]
            .rules
            .gate
            .as_ref()
            .map(|gate| gate.scope)
        {
            None | Some(Scope::Article) => everywhere,
            Some(Scope::Sentence) => paragraph.sentence(span.start),
            Some(Scope::Near(distance)) => {
                let first = number.saturating_sub(distance);
                let last = number.saturating_add(distance).min(paragraphs.len() - 1);
                Span::new(paragraphs[first].start, paragraphs[last].end)
            }
        }
    }

    /// Returns the strong terms: those that need nothing, then round by round those whose need is met.
    fn strong(&self, candidates: &[Candidate]) -> Vec<Candidate> {
        let is_strong = |one: &&Candidate| self.entries[one.term.0].tier == Tier::Strong;
        let (mut gated, mut admitted): (Vec<Candidate>, Vec<Candidate>) = candidates
            .iter()
            .filter(is_strong)
            .partition(|one| self.entries[one.term.0].rules.gate.is_some());
        loop {
            let chosen = leftmost_longest(&admitted);
            let anchors = self.anchors(&chosen);
            let (met, unmet): (Vec<_>, Vec<_>) = gated
                .into_iter()
                .partition(|one| self.need_is_met(one, &anchors));
            if met.is_empty() {
                return chosen;
            }
            admitted.extend(met);
            admitted.sort_by_key(|one| (one.span.start, Reverse(one.tokens), one.term));
            gated = unmet;
        }
    }

    /// Returns the weak terms that stand clear of the `strong` ones.
    fn weak(&self, candidates: &[Candidate], strong: &[Candidate]) -> Vec<Candidate> {
        let anchors = self.anchors(strong);
        let is_free = |one: &Candidate| {
            let next = strong.partition_point(|other| other.span.end <= one.span.start);
            !strong
                .get(next)
                .is_some_and(|other| other.span.overlaps(one.span))
        };
        let weak: Vec<Candidate> = candidates
            .iter()
            .filter(|one| {
                self.entries[one.term.0].tier == Tier::Weak
                    && is_free(one)
                    && self.need_is_met(one, &anchors)
            })
            .copied()
            .collect();
        leftmost_longest(&weak)
    }

    fn anchors(&self, chosen: &[Candidate]) -> Anchors {
        let mut anchors = Anchors::new();
        for one in chosen {
            let category = self.entries[one.term.0].category;
            anchors
                .entry(Anchor::Term(one.term))
                .or_default()
                .push(one.span);
            anchors
                .entry(Anchor::Category(category))
                .or_default()
                .push(one.span);
        }
        anchors
    }

    fn need_is_met(&self, candidate: &Candidate, anchors: &Anchors) -> bool {
        let Some(gate) = &self.entries[candidate.term.0].rules.gate else {
            return true;
        };
        gate.any
            .iter()
            .filter_map(|anchor| anchors.get(anchor))
            .any(|spans| {
                let first = spans.partition_point(|span| span.start < candidate.reach.start);
                spans[first..]
                    .iter()
                    .take_while(|span| span.end <= candidate.reach.end)
                    .any(|span| !span.overlaps(candidate.span))
            })
    }
}

/// Where each term and each kind was chosen, in order.
type Anchors = HashMap<Anchor<TermIx, CategoryIx>, Vec<Span>>;

/// Returns the first of `candidates`, which are sorted, and of the rest each that begins after the end of the one before.
fn leftmost_longest(candidates: &[Candidate]) -> Vec<Candidate> {
    let mut chosen: Vec<Candidate> = Vec::new();
    for one in candidates {
        if chosen
            .last()
            .is_none_or(|last| last.span.end <= one.span.start)
        {
            chosen.push(*one);
        }
    }
    chosen
}

/// Returns every writing of `entry` with its pattern, no pattern twice.
fn writings_of(term: TermIx, entry: &Term, rules: &Rules) -> Vec<(String, Writing)> {
    let mut found: Vec<(String, Writing)> = Vec::new();
    let mut seen = HashSet::new();
    for (form, words) in entry.forms.iter().enumerate() {
        let is_exact = rules.case == Case::Exact;
        let words = if is_exact {
            tokens::words(words)
        } else {
            tokens::keys(words)
        };
        for shape in shapes(words, rules.inflect) {
            let keys = if is_exact {
                tokens::keys(&shape.join(" "))
            } else {
                shape.clone()
            };
            let pattern = keys.join(" ");
            let writing = Writing {
                term,
                form,
                tokens: shape.len(),
                exact: is_exact.then_some(shape),
            };
            if seen.insert((pattern.clone(), writing.exact.clone())) {
                found.push((pattern, writing));
            }
        }
    }
    found
}

/// Returns `words`, and `words` with each inflection of the last one.
fn shapes(words: Vec<String>, inflect: Inflect) -> Vec<Vec<String>> {
    let Some((last, before)) = words.split_last() else {
        return Vec::new();
    };
    let endings = inflected(last, inflect);
    let shapes = endings
        .into_iter()
        .map(|ending| before.iter().cloned().chain([ending]).collect());
    [words.clone()].into_iter().chain(shapes).collect()
}

/// One paragraph, with what is worked out only when a candidate asks.
struct Paragraph<'a> {
    text: &'a str,
    span: Span,
    tokens: Tokens,
    sentences: OnceCell<Vec<Span>>,
    code: OnceCell<Vec<Span>>,
}

impl<'a> Paragraph<'a> {
    fn new(text: &'a str, span: Span) -> Self {
        Self {
            text,
            span,
            tokens: Tokens::of(text, span),
            sentences: OnceCell::new(),
            code: OnceCell::new(),
        }
    }

    /// Returns the first token of `start..end` of the keys, if that is whole tokens.
    fn whole_tokens(&self, start: usize, end: usize) -> Option<usize> {
        let keys = self.tokens.keys.as_bytes();
        if !Gap::is_mark(*keys.get(end)?) {
            return None;
        }
        self.tokens.at(start)
    }

    fn case_fits(&self, case: Case, first: usize, writing: &Writing) -> bool {
        match case {
            Case::Ignored => true,
            Case::Exact => {
                let words = writing.exact.iter().flatten();
                let spans = &self.tokens.spans[first..];
                words
                    .zip(spans)
                    .all(|(word, span)| tokens::exact(span.of(self.text)) == *word)
            }
            Case::LowerOrStart => {
                !self.word(first).starts_with(char::is_uppercase) || self.begins_sentence(first)
            }
        }
    }

    fn word(&self, token: usize) -> &'a str {
        self.tokens.spans[token].of(self.text)
    }

    /// Whether `token` is the first of a sentence, or of what is quoted inside one.
    fn begins_sentence(&self, token: usize) -> bool {
        let start = self.tokens.spans[token].start;
        let quoted = Span::new(self.span.start, start)
            .of(self.text)
            .ends_with(['"', '“', '‘', '\'', '«', '`']);
        quoted || token == 0 || !self.same_sentence(token - 1, token)
    }

    fn same_sentence(&self, first: usize, second: usize) -> bool {
        let start = self.tokens.spans[first].start;
        self.sentence(start) == self.sentence(self.tokens.spans[second].start)
    }

    /// Returns the sentence that byte `at` of the text is in.
    fn sentence(&self, at: usize) -> Span {
        let sentences = self.sentences.get_or_init(|| {
            let found = sentences(self.span.of(self.text));
            found
                .into_iter()
                .map(|sentence| sentence.shifted(self.span.start))
                .collect()
        });
        let next = sentences.partition_point(|sentence| sentence.start <= at);
        sentences
            .get(next.wrapping_sub(1))
            .copied()
            .unwrap_or(self.span)
    }

    /// Whether the words of `veto` stand just before token `first`.
    fn stands_before(&self, veto: &Veto, first: usize) -> bool {
        first
            .checked_sub(veto.len())
            .is_some_and(|start| self.are(veto, start) && self.hang_together(start, first))
    }

    /// Whether the words of `veto` stand just after token `last`.
    fn stands_after(&self, veto: &Veto, last: usize) -> bool {
        self.are(veto, last + 1) && self.hang_together(last, last + veto.len())
    }

    fn are(&self, veto: &Veto, start: usize) -> bool {
        veto.iter().enumerate().all(|(offset, word)| {
            self.tokens
                .key(start + offset)
                .is_some_and(|key| word == "*" || word == key)
        })
    }

    /// Whether no comma, colon, bracket or end of a sentence stands between two tokens.
    fn hang_together(&self, first: usize, last: usize) -> bool {
        (first + 1..=last).all(|token| self.tokens.gap_before(token) != Gap::Break)
            && self.same_sentence(first, last)
    }

    /// Whether `span` is part of an address or of code.
    fn is_no_prose(&self, span: Span) -> bool {
        let code = self
            .code
            .get_or_init(|| address::code(self.text, self.span));
        let next = code.partition_point(|code| code.end <= span.start);
        code.get(next).is_some_and(|code| code.overlaps(span))
            || address::in_address(self.text, self.span, span)
    }
}
