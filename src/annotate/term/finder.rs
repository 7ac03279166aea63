//! The terms of a lexicon, found in a text.
//!
//! Each token of a paragraph is looked up among the first words of all forms, and the tokens after it tell which of them are
//! written there. (An automaton of all forms is no faster on news, and takes longer to make.) Case, the words before and after, and
//! addresses take candidates away; then the terms without a `need` are chosen (leftmost, longest), and those with one are let in
//! as long as what they need was chosen near them. A term let in may meet the need of another; two that only need each other stay out.

use std::cmp::Reverse;

use foldhash::HashMap;

use super::inflection::{Inflections, inflected};
use super::lexicon_file::{LetterCase, NeedScope, TermNeed, Veto};
use super::paragraph::ParagraphScan;
use super::tokens::{self, ParagraphTokens, TokenGap, TokenizedForm};
use super::{CategoryIx, TermHit, TermIx, TermTier};
use crate::text::Span;

/// A term or a category that meets a need.
#[derive(Clone, Copy, Debug)]
pub(super) enum NeedTarget {
    Term(TermIx),
    Category(CategoryIx),
}

/// Rules of the places where a term may match.
#[derive(Clone, Debug)]
pub(super) struct TermRules {
    pub(super) category: CategoryIx,
    pub(super) tier: TermTier,
    pub(super) inflections: Inflections,
    pub(super) case: LetterCase,
    pub(super) need: Option<TermNeed<NeedTarget>>,
    pub(super) not_before: Vec<Veto>,
    pub(super) not_after: Vec<Veto>,
}

/// Finds the terms of one lexicon.
#[derive(Clone, Debug, Default)]
pub(super) struct TermFinder {
    /// Forms and their inflections by the key of their first token.
    spellings: HashMap<String, Vec<TermSpelling>>,
    /// Rules of each term, in the order of their numbers.
    rules: Vec<TermRules>,
}

/// A form, or an inflection of one.
#[derive(Clone, Debug)]
struct TermSpelling {
    term: TermIx,
    form: usize,
    /// Keys of its tokens, with the marks between them.
    keys: String,
    /// Number of its tokens.
    tokens: usize,
    /// Tokens with their case, where that counts.
    exact: Option<Box<[String]>>,
}

/// A place where a term is written and not vetoed.
#[derive(Clone, Copy, Debug)]
struct TermCandidate {
    span: Span,
    tokens: usize,
    term: TermIx,
    form: usize,
    /// The stretch of the text in which its need may be met.
    reach: Span,
}

impl TermFinder {
    /// Adds the next term by its forms and rules.
    pub(super) fn add(&mut self, forms: &[TokenizedForm<'_>], rules: TermRules) {
        let term = TermIx(self.rules.len());
        for (number, form) in forms.iter().enumerate() {
            for last in last_words(form, &rules) {
                let mut keys = form.lead().to_owned();
                tokens::push_key(&mut keys, &last);
                let first = keys.bytes().position(TokenGap::is_mark);
                let first = keys[..first.unwrap_or(keys.len())].to_owned();
                self.spellings.entry(first).or_default().push(TermSpelling {
                    term,
                    form: number,
                    keys,
                    tokens: form.len(),
                    exact: (rules.case == LetterCase::Exact).then(|| form.with_last(last)),
                });
            }
        }
        self.rules.push(rules);
    }

    /// Returns the terms in `paragraphs` of `text`, in order and without overlaps.
    pub(super) fn find(&self, text: &str, paragraphs: &[Span]) -> Vec<TermHit> {
        let mut candidates = Vec::new();
        for number in 0..paragraphs.len() {
            let paragraph = ParagraphScan::new(text, paragraphs, number);
            candidates.extend(self.candidates(&paragraph));
        }
        sort_candidates(&mut candidates);
        let mut chosen = self.strong(&candidates);
        chosen.extend(self.weak(&candidates, &chosen));
        chosen.sort_by_key(|one| one.span);
        chosen.iter().map(|one| self.hit(one)).collect()
    }

    fn hit(&self, one: &TermCandidate) -> TermHit {
        let rules = &self.rules[one.term.0];
        TermHit {
            span: one.span,
            category: rules.category,
            term: one.term,
            form: one.form,
            tier: rules.tier,
        }
    }

    fn candidates<'a>(
        &'a self,
        paragraph: &'a ParagraphScan<'a>,
    ) -> impl Iterator<Item = TermCandidate> {
        let tokens = &paragraph.tokens;
        let written = (0..tokens.spans.len()).flat_map(|first| {
            let here = self.written(tokens, first);
            here.map(move |spelling| (first, spelling))
        });
        written.filter_map(|(first, spelling)| {
            let span = self.allowed(paragraph, first, spelling)?;
            Some(TermCandidate {
                span,
                tokens: spelling.tokens,
                term: spelling.term,
                form: spelling.form,
                reach: self.reach(spelling.term, paragraph, span),
            })
        })
    }

    /// Returns the spellings that stand in `tokens` from the one numbered `first` on.
    fn written<'a>(
        &'a self,
        tokens: &'a ParagraphTokens,
        first: usize,
    ) -> impl Iterator<Item = &'a TermSpelling> {
        let key = tokens.key(first).unwrap_or_default();
        let alike = self.spellings.get(key).into_iter().flatten();
        let rest = tokens.keys_from(first);
        alike.filter(move |spelling| begins_with(rest, &spelling.keys))
    }

    /// Returns the span of `spelling` if its case, its neighbours and its place allow it.
    fn allowed(
        &self,
        paragraph: &ParagraphScan<'_>,
        first: usize,
        spelling: &TermSpelling,
    ) -> Option<Span> {
        let rules = &self.rules[spelling.term.0];
        let last = first + spelling.tokens - 1;
        let spans = &paragraph.tokens.spans;
        let span = Span::new(spans[first].start, spans[last].end);
        let mut before = rules.not_before.iter();
        let mut after = rules.not_after.iter();
        let vetoed = before.any(|veto| paragraph.stands_before(veto, first))
            || after.any(|veto| paragraph.stands_after(veto, last));
        let allowed = !vetoed
            && paragraph.case_fits(rules.case, first, spelling.exact.as_deref())
            && !paragraph.is_no_prose(span);
        allowed.then_some(span)
    }

    /// Returns the stretch of the text in which the need of `term` may be met.
    fn reach(&self, term: TermIx, paragraph: &ParagraphScan<'_>, span: Span) -> Span {
        match self.rules[term.0].need.as_ref().map(|need| need.scope) {
            None | Some(NeedScope::Article) => Span::new(0, usize::MAX),
            Some(NeedScope::Sentence) => paragraph.sentence(span.start),
            Some(NeedScope::Near(distance)) => paragraph.surroundings(distance),
        }
    }

    /// Returns the strong terms: those that need nothing, then round by round those whose need is met.
    fn strong(&self, candidates: &[TermCandidate]) -> Vec<TermCandidate> {
        let is_strong = |one: &TermCandidate| self.rules[one.term.0].tier == TermTier::Strong;
        let strong = candidates.iter().copied().filter(is_strong);
        let (mut waiting, mut admitted): (Vec<_>, Vec<_>) =
            strong.partition(|one| self.rules[one.term.0].need.is_some());
        loop {
            // A term let in can be longer than one chosen before, and take its place: choose anew each round.
            let chosen = leftmost_longest(&admitted);
            let places = self.places(&chosen);
            let (met, unmet): (Vec<_>, Vec<_>) = waiting
                .into_iter()
                .partition(|one| self.need_is_met(one, &places));
            if met.is_empty() {
                return chosen;
            }
            admitted.extend(met);
            sort_candidates(&mut admitted);
            waiting = unmet;
        }
    }

    /// Returns the weak terms that stand clear of the `strong` ones.
    fn weak(&self, candidates: &[TermCandidate], strong: &[TermCandidate]) -> Vec<TermCandidate> {
        let places = self.places(strong);
        let is_free = |one: &TermCandidate| {
            let next = strong.partition_point(|other| other.span.end <= one.span.start);
            let next = strong.get(next);
            next.is_none_or(|next| !next.span.overlaps(one.span))
        };
        let is_weak = |one: &TermCandidate| self.rules[one.term.0].tier == TermTier::Weak;
        let mut weak = candidates.to_vec();
        weak.retain(|one| is_weak(one) && is_free(one) && self.need_is_met(one, &places));
        leftmost_longest(&weak)
    }

    fn places(&self, chosen: &[TermCandidate]) -> TermPlaces {
        let mut places = TermPlaces::default();
        for one in chosen {
            let spans = places.spans.entry(one.term).or_default();
            if spans.is_empty() {
                let category = self.rules[one.term.0].category;
                places.terms.entry(category).or_default().push(one.term);
            }
            spans.push(one.span);
        }
        places
    }

    fn need_is_met(&self, candidate: &TermCandidate, places: &TermPlaces) -> bool {
        let Some(need) = &self.rules[candidate.term.0].need else {
            return true;
        };
        need.any.iter().any(|target| match target {
            NeedTarget::Term(term) => places.meet_need(*term, candidate),
            NeedTarget::Category(category) => {
                let mut terms = places.terms.get(category).into_iter().flatten();
                terms.any(|term| places.meet_need(*term, candidate))
            }
        })
    }
}

/// The places of each term chosen so far, in order, and the terms of each category among them.
#[derive(Default)]
struct TermPlaces {
    spans: HashMap<TermIx, Vec<Span>>,
    terms: HashMap<CategoryIx, Vec<TermIx>>,
}

impl TermPlaces {
    /// Whether `term` stands within reach of `candidate`, and is another one.
    fn meet_need(&self, term: TermIx, candidate: &TermCandidate) -> bool {
        let Some(spans) = self.spans.get(&term).filter(|_| term != candidate.term) else {
            return false;
        };
        let first = spans.partition_point(|span| span.start < candidate.reach.start);
        let near = spans[first..].iter();
        let mut near = near.take_while(|span| span.end <= candidate.reach.end);
        near.any(|span| !span.overlaps(candidate.span))
    }
}

/// Sorts by place; at one place the longest comes first, then the term first in the lexicon.
fn sort_candidates(candidates: &mut [TermCandidate]) {
    candidates.sort_by_key(|one| (one.span.start, Reverse(one.tokens), one.term));
}

/// Returns the first of the sorted `candidates`, and of the rest each that begins after the end of the one before.
fn leftmost_longest(candidates: &[TermCandidate]) -> Vec<TermCandidate> {
    let mut chosen = candidates.to_vec();
    chosen.dedup_by(|one, last| one.span.start < last.span.end);
    chosen
}

/// Whether the tokens of `rest`, which goes on to the end of the paragraph, begin with `keys`.
fn begins_with(rest: &str, keys: &str) -> bool {
    let next = rest.strip_prefix(keys).and_then(|rest| rest.bytes().next());
    next.is_some_and(TokenGap::is_mark)
}

/// Returns the last word of `form` and its inflections.
fn last_words(form: &TokenizedForm<'_>, rules: &TermRules) -> Vec<String> {
    let last = match rules.case {
        LetterCase::Exact => form.last(),
        _ => form.last().to_lowercase(),
    };
    let inflected = inflected(&last, rules.inflections);
    [last].into_iter().chain(inflected).collect()
}
