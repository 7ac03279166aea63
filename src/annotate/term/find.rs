//! Where the terms of a lexicon stand in a text.
//!
//! Each token of a paragraph is looked up among the first words of all forms; what follows it tells which of them are written there. (An automaton
//! of all forms is no faster on news and took 1.6 ms of the start to make.) Case, the words before and after, and addresses
//! take candidates away; then the terms without a `need` are chosen (leftmost, longest), and those with one are let in as long as what they
//! need was chosen near them. A term let in may open the gate for another; two that only need each other stay out.

use std::cmp::Reverse;
use std::sync::Arc;

use foldhash::HashMap;

use super::forms::{Inflect, inflected};
use super::paragraph::Paragraph;
use super::resolve::{Anchor, Gate};
use super::schema::{Case, Scope, Veto};
use super::tokens::{self, Form, Gap};
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
    /// By the key of the first token, what may follow it.
    forms: Arc<HashMap<String, Vec<Rest>>>,
    entries: Vec<Tagged>,
}

/// What the forms with the same keys have after their first token.
#[derive(Clone, Debug)]
struct Rest {
    /// The other keys, each after its mark.
    keys: String,
    writings: Vec<Writing>,
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
        let mut forms = HashMap::default();
        for (term, (entry, rules)) in terms.iter().zip(&rules).enumerate() {
            add_writings(&mut forms, TermIx(term), entry, rules);
        }
        let tagged = terms.iter().zip(rules).map(|(term, rules)| Tagged {
            rules,
            category: term.category,
            tier: term.tier,
        });
        Self {
            forms: Arc::new(forms),
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
        let tokens = &paragraph.tokens;
        let places = (0..tokens.spans.len()).filter_map(|first| {
            let rests = self.forms.get(tokens.key(first)?)?;
            Some((first, rests, tokens.after(first)))
        });
        let written = places.flat_map(|(first, rests, after)| {
            let here = rests
                .iter()
                .filter(move |rest| stands_in(after, &rest.keys));
            here.flat_map(move |rest| rest.writings.iter().map(move |writing| (first, writing)))
        });
        written.filter_map(|(first, writing)| {
            let span = self.allowed(paragraph, first, writing)?;
            Some(Candidate {
                span,
                tokens: writing.tokens,
                term: writing.term,
                form: writing.form,
                reach: self.reach(writing.term, paragraph, span),
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

/// Whether `after`, which goes on to the end of the paragraph, begins with `keys` and ends a token there.
fn stands_in(after: &str, keys: &str) -> bool {
    let next = after
        .strip_prefix(keys)
        .and_then(|rest| rest.bytes().next());
    next.is_some_and(Gap::is_mark)
}

/// Adds every writing of `entry` to `forms`, none twice.
fn add_writings(forms: &mut HashMap<String, Vec<Rest>>, term: TermIx, entry: &Term, rules: &Rules) {
    for (number, form) in entry.forms.iter().enumerate() {
        let Some(form) = Form::of(form) else { continue };
        for last in last_words(&form, rules) {
            let mut keys = form.lead.clone() + &tokens::key(&last);
            let first = keys.bytes().position(Gap::is_mark).unwrap_or(keys.len());
            let rest = keys.split_off(first);
            let writing = Writing {
                term,
                form: number,
                tokens: form.words.len(),
                exact: (rules.case == Case::Exact).then(|| with_last(&form.words, last)),
            };
            let writings = writings_after(forms.entry(keys).or_default(), rest);
            let is_there = |other: &Writing| other.term == term && other.exact == writing.exact;
            if !writings.iter().any(is_there) {
                writings.push(writing);
            }
        }
    }
}

/// Returns what is written as the first token and `keys`.
fn writings_after(rests: &mut Vec<Rest>, keys: String) -> &mut Vec<Writing> {
    let known = rests.iter().position(|rest| rest.keys == keys);
    let at = known.unwrap_or_else(|| {
        let writings = Vec::new();
        rests.push(Rest { keys, writings });
        rests.len() - 1
    });
    &mut rests[at].writings
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
