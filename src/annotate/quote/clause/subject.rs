//! The subjects of second verbs, participles and infinitives, which have none of their own.

use super::{Clause, ClauseKind, ClauseReader, ClauseVerb, Noun};
use crate::annotate::quote::phrase::{
    ChunkKind, MentionKind, NounPhrase, SentenceTokens, VerbForm, VerbGroup,
};
use crate::annotate::quote::words;

impl ClauseReader<'_> {
    /// A verb behind `and`: it has the subject of the clause that it goes on with.
    pub(super) fn share_subject(&mut self, at: usize, group: VerbGroup) {
        let comma = at >= 2 && matches!(self.kind_before(at - 1), Some(ChunkKind::Comma));
        let cue = self.sentence.is(group.main, words::CUE);
        let past = |main: usize| {
            let listed = words::PAST | words::ACT_PAST | words::HAVE | words::MODAL;
            self.sentence
                .token(main)
                .is_some_and(|token| token.is(listed) || token.word.ends_with("ed"))
        };
        let reports = |verb: &ClauseVerb| self.sentence.is(verb.group.main, words::CUE);
        let fits = |clause: &Clause| {
            let (Some(verb), Some(subject)) = (clause.verb, clause.subject) else {
                return false;
            };
            let Some(verb) = self.verbs.get(verb) else {
                return false;
            };
            let closed = comma && clause.by_comma && clause.kind == ClauseKind::Relative;
            let tense = past(verb.group.main) == past(group.main);
            let finite = verb.group.form == VerbForm::Finite;
            !closed && finite && tense && (!cue || self.may_speak(subject.phrase))
        };
        let speaks = |clause: &Clause| {
            let verb = clause.verb.and_then(|verb| self.verbs.get(verb));
            fits(clause) && verb.is_some_and(reports)
        };
        let depth = cue.then(|| self.open.iter().rposition(speaks)).flatten();
        let depth = depth.or_else(|| self.open.iter().rposition(fits));
        let depth = depth.or_else(|| {
            let waits = |clause: &Clause| clause.subject.is_some() || clause.waiting.is_some();
            self.open.iter().rposition(waits)
        });
        if let Some(depth) = depth {
            self.close_to(depth);
        }
        let clause = self.open.last();
        let subject = clause.and_then(|clause| clause.subject.or(clause.waiting));
        self.add_verb(at, group, subject);
    }

    /// Whether a phrase may name one who speaks: anyone but `it` and a noun without article.
    pub(super) fn may_speak(&self, phrase: NounPhrase) -> bool {
        match phrase.kind {
            MentionKind::Name => true,
            MentionKind::Pronoun => !self.sentence.is_word(phrase.first, "it"),
            MentionKind::Noun => phrase.first < phrase.last || self.is_plural(phrase),
        }
    }

    pub(super) fn is_plural(&self, phrase: NounPhrase) -> bool {
        let last = self.sentence.token(phrase.last);
        last.is_some_and(|last| last.word.ends_with('s'))
    }

    /// Returns the subject of the innermost clause that is no relative one, which participles share.
    pub(super) fn outer_subject(&self) -> Option<Noun> {
        let subject = |clause: &Clause| clause.subject.or(clause.waiting);
        let outer = self.open.iter().find_map(subject)?;
        // "The first incident came when protesters interrupted her, shouting": a thing seldom speaks.
        let speaks =
            |noun: &Noun| noun.phrase.kind != MentionKind::Noun || self.is_plural(noun.phrase);
        let inner = || {
            let clauses = self
                .open
                .iter()
                .filter(|clause| clause.kind == ClauseKind::Subordinate);
            clauses.filter_map(subject).find(speaks)
        };
        if speaks(&outer) {
            Some(outer)
        } else {
            inner().or(Some(outer))
        }
    }

    fn inner_subject(&self) -> Option<Noun> {
        let mut open = self.open.iter().rev();
        open.find_map(|clause| clause.subject.or(clause.waiting))
    }

    pub(super) fn read_participle(&mut self, at: usize, group: VerbGroup) {
        if at >= 2 && self.is_noun(at - 1) && self.kind_before(at - 1) == Some(ChunkKind::Joiner) {
            // "Ryan saying he was encouraged and Trump calling it great"
            self.close_to(0);
        }
        let (subject, told_by) = match self.kind_before(at) {
            Some(ChunkKind::Noun(_)) => (self.beside_participle(at), None),
            Some(ChunkKind::Preposition) => self.behind_preposition(at),
            Some(ChunkKind::Joiner) => {
                let last = self.verbs.last();
                let phrase = last.and_then(|last| last.subject);
                (
                    phrase
                        .map(|phrase| Noun { phrase, chunk: at })
                        .or(self.outer_subject()),
                    None,
                )
            }
            Some(ChunkKind::Verb(_) | ChunkKind::Subordinator) => (self.inner_subject(), None),
            _ => (self.outer_subject(), None),
        };
        self.add_dependent(at, group, subject, told_by);
    }

    /// Adds a verb that hangs on another one, in a clause of its own.
    pub(super) fn add_dependent(
        &mut self,
        at: usize,
        group: VerbGroup,
        subject: Option<Noun>,
        told_by: Option<Noun>,
    ) {
        self.push(ClauseKind::Dependent, at);
        self.add_verb(at, group, subject);
        if let Some(verb) = self.verbs.last_mut() {
            verb.told_by = told_by.map(|noun| noun.phrase);
        }
    }

    /// Returns the one who acts in a participle right behind a phrase: the phrase, or the author of the text that it names.
    fn beside_participle(&self, at: usize) -> Option<Noun> {
        let beside = self.noun(at.checked_sub(1)?)?;
        let oblique = self.kind_before(beside.chunk) == Some(ChunkKind::Preposition);
        let with = oblique && self.preposition_is(beside.chunk, "with");
        if let Some(joint) = self.joined_behind_with(beside) {
            return Some(joint);
        }
        let document = self.sentence.is(beside.phrase.last, words::DOCUMENT);
        let clause = self.open.last()?;
        let has_subject = clause.subject.is_some() && clause.verb.is_some();
        if with {
            return Some(beside);
        }
        if document && has_subject {
            return self.outer_subject();
        }
        if !oblique {
            // "Carney and his team insisting"
            return clause.latest.or(Some(beside));
        }
        if !has_subject {
            return clause.waiting.or(Some(beside));
        }
        let several = beside.phrase.kind == MentionKind::Noun && self.is_plural(beside.phrase);
        if several {
            Some(beside)
        } else {
            clause.subject
        }
    }

    /// Returns two who act together behind `with`: with (Carney and his team) insisting.
    fn joined_behind_with(&self, noun: Noun) -> Option<Noun> {
        let first = self.noun(noun.chunk.checked_sub(2)?)?;
        let and = self.kind_before(noun.chunk) == Some(ChunkKind::Joiner);
        let kind = if noun.phrase.kind == first.phrase.kind {
            noun.phrase.kind
        } else {
            MentionKind::Noun
        };
        let whole = SentenceTokens::phrase(kind, first.phrase.first, noun.phrase.last)?;
        (and && self.preposition_is(first.chunk, "with")).then_some(Noun {
            phrase: whole,
            ..noun
        })
    }

    fn preposition_is(&self, noun: usize, word: &str) -> bool {
        let chunk = noun
            .checked_sub(1)
            .and_then(|before| self.chunks.get(before));
        chunk.is_some_and(|chunk| self.sentence.is_word(chunk.first, word))
    }

    /// Returns the one who acts behind a preposition, and the one who tells it: mocked Trump for calling, accused Holt of saying.
    fn behind_preposition(&self, at: usize) -> (Option<Noun>, Option<Noun>) {
        let inner = self.inner_subject();
        let of_object = self.preposition_is(at, "of")
            || self.preposition_is(at, "for")
            || self.preposition_is(at, "from");
        let object = at
            .checked_sub(2)
            .and_then(|object| self.noun(object))
            .filter(|object| self.kind_before(object.chunk) != Some(ChunkKind::Preposition));
        let Some(clause) = self.open.last() else {
            return (inner, None);
        };
        let verb = clause.verb.and_then(|verb| self.verbs.get(verb));
        if !of_object || verb.is_none() {
            return (inner, None);
        }
        if verb.is_some_and(|verb| verb.group.passive) {
            return (clause.subject, None);
        }
        let person = object.filter(|object| {
            object.phrase.kind != MentionKind::Noun || self.is_plural(object.phrase)
        });
        match person {
            Some(person) => (Some(person), clause.subject),
            None => (inner, None),
        }
    }

    pub(super) fn read_infinitive(&mut self, at: usize, group: VerbGroup) {
        /// Verbs by which somebody makes somebody else act.
        const CONTROL: [&str; 14] = [
            "ask", "tell", "told", "urge", "lead", "led", "prompt", "force", "allow", "push",
            "encourag", "call", "invite", "want",
        ];
        let object = at
            .checked_sub(1)
            .and_then(|object| self.noun(object))
            .filter(|_| at > 0 && self.is_noun(at - 1));
        let subject = match object {
            Some(object) if self.preposition_is(object.chunk, "for") => Some(object),
            Some(object) if self.kind_before(object.chunk) != Some(ChunkKind::Preposition) => {
                let clause = self.open.last();
                let verb = clause.and_then(|clause| clause.verb);
                let verb = verb.and_then(|verb| self.verbs.get(verb));
                let word = verb.and_then(|verb| self.sentence.token(verb.group.main));
                let control =
                    word.is_some_and(|word| CONTROL.iter().any(|stem| word.word.starts_with(stem)));
                if control && verb.is_some() {
                    Some(object)
                } else {
                    self.inner_subject()
                }
            }
            _ => self.inner_subject(),
        };
        self.add_dependent(at, group, subject, None);
    }
}
