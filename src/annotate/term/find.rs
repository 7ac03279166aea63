//! Where the terms of a lexicon stand in a text.
//!
//! One automaton over the keys of a paragraph's tokens gives every place where a form is written. Case, the words before and after, and addresses
//! take candidates away; then the terms without a `need` are chosen (leftmost, longest), and those with one are let in as long as what they
//! need was chosen near them. A term let in may open the gate for another; two that only need each other stay out.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use super::forms::{Inflect, inflected};
use super::paragraph::Paragraph;
use super::resolve::{Anchor, Gate};
use super::schema::{Case, Scope, Veto};
use super::tokens::{self, Form};
use super::{CategoryIx, Term, TermIx, Tier};
use crate::text::Span;

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
            let paragraph = Paragraph::new(text, paragraphs, number);
            candidates.extend(self.candidates(&paragraph));
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

    fn candidates<'a>(&'a self, paragraph: &'a Paragraph<'a>) -> impl Iterator<Item = Candidate> {
        let hits = self.automaton.find_overlapping_iter(&paragraph.tokens.keys);
        let places = hits.filter_map(|hit| {
            let first = paragraph.whole_tokens(hit.start(), hit.end())?;
            Some((first, &self.writings[hit.pattern().as_usize()]))
        });
        places.flat_map(move |(first, writings)| {
            writings.iter().filter_map(move |writing| {
                let span = self.allowed(paragraph, first, writing)?;
                Some(Candidate {
                    span,
                    tokens: writing.tokens,
                    term: writing.term,
                    form: writing.form,
                    reach: self.reach(writing.term, paragraph, span),
                })
            })
        })
    }

    /// Returns where `writing` stands if its case, its neighbours and its place allow it.
    fn allowed(&self, paragraph: &Paragraph<'_>, first: usize, writing: &Writing) -> Option<Span> {
        let rules = &self.entries[writing.term.0].rules;
        let last = first + writing.tokens - 1;
        let span = Span::new(
            paragraph.tokens.spans[first].start,
            paragraph.tokens.spans[last].end,
        );
        let vetoed = rules
            .not_before
            .iter()
            .any(|veto| paragraph.stands_before(veto, first))
            || rules
                .not_after
                .iter()
                .any(|veto| paragraph.stands_after(veto, last));
        let allowed = !vetoed
            && paragraph.case_fits(rules.case, first, writing.exact.as_deref())
            && !paragraph.is_no_prose(span);
        allowed.then_some(span)
    }

    /// Returns where what `term` needs may stand.
    fn reach(&self, term: TermIx, paragraph: &Paragraph<'_>, span: Span) -> Span {
        let gate = self.entries[term.0].rules.gate.as_ref();
        match gate.map(|gate| gate.scope) {
            None | Some(Scope::Article) => Span::new(0, usize::MAX),
            Some(Scope::Sentence) => paragraph.sentence(span.start),
            Some(Scope::Near(distance)) => paragraph.surroundings(distance),
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
        let mut anchors = Anchors::default();
        for one in chosen {
            let spans = anchors.spans.entry(one.term).or_default();
            if spans.is_empty() {
                let category = self.entries[one.term.0].category;
                anchors.terms.entry(category).or_default().push(one.term);
            }
            spans.push(one.span);
        }
        anchors
    }

    fn need_is_met(&self, candidate: &Candidate, anchors: &Anchors) -> bool {
        let Some(gate) = &self.entries[candidate.term.0].rules.gate else {
            return true;
        };
        gate.any.iter().any(|anchor| match anchor {
            Anchor::Term(term) => anchors.opens(*term, candidate),
            Anchor::Category(category) => {
                let terms = anchors.terms.get(category);
                terms
                    .into_iter()
                    .flatten()
                    .any(|term| anchors.opens(*term, candidate))
            }
        })
    }
}

/// Where each term was chosen, in order, and which terms of each kind were.
#[derive(Default)]
struct Anchors {
    spans: HashMap<TermIx, Vec<Span>>,
    terms: HashMap<CategoryIx, Vec<TermIx>>,
}

impl Anchors {
    /// Whether `term` stands within reach of `candidate`, and is another one.
    fn opens(&self, term: TermIx, candidate: &Candidate) -> bool {
        let Some(spans) = self.spans.get(&term).filter(|_| term != candidate.term) else {
            return false;
        };
        let first = spans.partition_point(|span| span.start < candidate.reach.start);
        spans[first..]
            .iter()
            .take_while(|span| span.end <= candidate.reach.end)
            .any(|span| !span.overlaps(candidate.span))
    }
}

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
    for (number, form) in entry.forms.iter().enumerate() {
        let Some(form) = Form::of(form) else { continue };
        for last in last_words(&form, rules) {
            let pattern = form.lead.clone() + &tokens::key(&last);
            let writing = Writing {
                term,
                form: number,
                tokens: form.words.len(),
                exact: (rules.case == Case::Exact).then(|| with_last(&form.words, last)),
            };
            if seen.insert((pattern.clone(), writing.exact.clone())) {
                found.push((pattern, writing));
            }
        }
    }
    found
}

/// Returns the last word of `form` and its inflections.
fn last_words(form: &Form, rules: &Rules) -> Vec<String> {
    let last = form.words.last().map_or("", String::as_str);
    let last = if rules.case == Case::Exact {
        last.to_owned()
    } else {
        last.to_lowercase()
    };
    let shapes = inflected(&last, rules.inflect);
    [last].into_iter().chain(shapes).collect()
}

fn with_last(words: &[String], last: String) -> Vec<String> {
    let before = words.split_last().map_or(&[][..], |(_, before)| before);
    before.iter().cloned().chain([last]).collect()
}
