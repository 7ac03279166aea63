//! Where the terms of a lexicon stand in a text.
//!
//! Each token of a paragraph is looked up among the first words of all forms; what follows it tells which of them are written there.
//! (An automaton of all forms is no faster on news, and takes longer to make.) Case, the words before and after, and addresses
//! take candidates away; then the terms without a `need` are chosen (leftmost, longest), and those with one are let in as long as
//! what they need was chosen near them. A term let in may open the gate for another; two that only need each other stay out.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt as _};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::forms::{Inflect, inflected};
use super::paragraph::Paragraph;
use super::resolve::{Anchor, Gate};
use super::schema::{Case, Scope, Veto};
use super::tokens::{self, Form, Gap, Tokens};
use super::{CategoryIx, LexiconTerm, TermIx, TermTier};
use crate::text::Span;

/// When a term may match.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Rules {
    pub(super) inflect: Inflect,
    pub(super) case: Case,
    pub(super) gate: Option<Gate<TermIx, CategoryIx>>,
    pub(super) not_before: Vec<Veto>,
    pub(super) not_after: Vec<Veto>,
}

/// Finds the terms of one lexicon.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Finder {
    forms: Arc<Forms>,
    entries: Vec<Tagged>,
}

/// All forms and their inflections, to be found by their first token.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(from = "Writings")]
struct Forms {
    /// The keys of every writing, with the marks between them; the writings one after the other.
    keys: String,
    /// Those whose first keys have the same hash stand together, in the order of the lexicon.
    writings: Vec<Writing>,
    /// Where those of each hash stand.
    #[serde(skip_serializing)]
    firsts: HashMap<u64, Range<usize>>,
}

/// [`Forms`] as they are kept.
#[derive(Deserialize)]
struct Writings {
    keys: String,
    writings: Vec<Writing>,
}

/// A term's rules with its kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Tagged {
    rules: Rules,
    category: CategoryIx,
    tier: TermTier,
}

/// A form, or an inflection of one.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Writing {
    term: TermIx,
    form: usize,
    /// The hash of the key of its first token.
    first: u64,
    /// Where in the keys of all forms its own stand.
    keys: Range<usize>,
    /// How many tokens it has.
    tokens: usize,
    /// The tokens with their case, where that counts.
    exact: Option<Box<[String]>>,
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
    pub(super) fn new(terms: &[LexiconTerm], rules: Vec<Rules>) -> Self {
        let forms = Forms::new(terms, &rules);
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
        let written = (0..tokens.spans.len()).flat_map(|first| {
            let here = self.forms.written(tokens, first);
            here.map(move |writing| (first, writing))
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
        let is_strong = |one: &&Candidate| self.entries[one.term.0].tier == TermTier::Strong;
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
                self.entries[one.term.0].tier == TermTier::Weak
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

impl Forms {
    /// Returns the forms of `terms` with the inflections that `rules` allow.
    fn new(terms: &[LexiconTerm], rules: &[Rules]) -> Self {
        let mut forms = Writings {
            keys: String::new(),
            writings: Vec::new(),
        };
        for (term, (entry, rules)) in terms.iter().zip(rules).enumerate() {
            for (number, form) in entry.forms.iter().enumerate() {
                if let Some(form) = Form::of(form) {
                    forms.add(TermIx(term), number, &form, rules);
                }
            }
        }
        forms.writings.sort_by_key(|writing| writing.first);
        forms.into()
    }

    /// Returns what is written in `tokens` from the one numbered `first` on.
    fn written<'a>(
        &'a self,
        tokens: &'a Tokens,
        first: usize,
    ) -> impl Iterator<Item = &'a Writing> {
        let key = tokens.key(first).unwrap_or_default();
        let alike = self.firsts.get(&hash(key)).cloned().unwrap_or_default();
        let rest = tokens.keys_from(first);
        let stands_here = move |writing: &&Writing| {
            let keys = self.keys.get(writing.keys.clone());
            keys.is_some_and(|keys| begins_with(rest, keys))
        };
        self.writings[alike].iter().filter(stands_here)
    }
}

impl From<Writings> for Forms {
    fn from(Writings { keys, writings }: Writings) -> Self {
        let mut firsts = HashMap::with_capacity(writings.len());
        let mut start = 0;
        for alike in writings.chunk_by(|a, b| a.first == b.first) {
            let end = start + alike.len();
            firsts.insert(alike[0].first, start..end);
            start = end;
        }
        Self {
            keys,
            writings,
            firsts,
        }
    }
}

impl Writings {
    /// Adds a form and its inflections.
    fn add(&mut self, term: TermIx, number: usize, form: &Form<'_>, rules: &Rules) {
        for last in last_words(form, rules) {
            let start = self.keys.len();
            self.keys.push_str(form.lead());
            tokens::push_key(&mut self.keys, &last);
            let keys = &self.keys[start..];
            let first = keys.bytes().position(Gap::is_mark).unwrap_or(keys.len());
            self.writings.push(Writing {
                term,
                form: number,
                first: hash(&keys[..first]),
                keys: start..self.keys.len(),
                tokens: form.len(),
                exact: (rules.case == Case::Exact).then(|| form.with_last(last)),
            });
        }
    }
}

/// Returns what stands for a key where forms are looked up; others may have the same.
fn hash(key: &str) -> u64 {
    xxh3_64(key.as_bytes())
}

/// Whether the tokens of `rest`, which goes on to the end of the paragraph, begin with `keys`.
fn begins_with(rest: &str, keys: &str) -> bool {
    let next = rest.strip_prefix(keys).and_then(|rest| rest.bytes().next());
    next.is_some_and(Gap::is_mark)
}

/// Returns the last word of `form` and its inflections.
fn last_words(form: &Form<'_>, rules: &Rules) -> Vec<String> {
    let last = if rules.case == Case::Exact {
        form.last()
    } else {
        form.last().to_lowercase()
    };
    let shapes = inflected(&last, rules.inflect);
    [last].into_iter().chain(shapes).collect()
}
