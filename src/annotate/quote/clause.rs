//! Reads a sentence clause by clause: each verb with the one who acts, over appositions, relative clauses, participles and second
//! verbs.
//!
//! One pass over the chunks, with a stack of the clauses that are open. A clause that another one interrupts waits for its verb; a
//! verb without a subject of its own shares one.

mod subject;

use super::noun;
use super::phrase::{
    Chunk, ChunkKind, MentionKind, NounPhrase, SentenceTokens, VerbForm, VerbGroup,
};
use super::words;

/// The place of a clause among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClauseKind {
    /// The reporter's own.
    Main,
    /// The words that another verb reports: said (he lied).
    Content,
    /// who said
    Relative,
    /// because he said
    Subordinate,
    /// saying, to say
    Dependent,
}

/// A verb with the one who acts.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClauseVerb {
    pub(super) group: VerbGroup,
    pub(super) kind: ClauseKind,
    pub(super) subject: Option<NounPhrase>,
    /// Whether another verb reports it.
    pub(super) embedded: bool,
    /// The one by whom the subject is said to act: Voss accused Holt of saying.
    pub(super) told_by: Option<NounPhrase>,
}

/// A noun phrase with its chunk.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Noun {
    phrase: NounPhrase,
    chunk: usize,
}

#[derive(Debug)]
struct Clause {
    kind: ClauseKind,
    /// The subject of its verb.
    subject: Option<Noun>,
    /// Its last verb.
    verb: Option<usize>,
    /// The first phrase that no verb has taken.
    waiting: Option<Noun>,
    /// The phrase that its relative pronoun stands for.
    antecedent: Option<Noun>,
    /// The first phrase since the last comma.
    latest: Option<Noun>,
    /// Whether a comma stands before it.
    by_comma: bool,
    embedded: bool,
}

/// Most chunks of a list of those who act together.
const LONGEST_LIST: usize = 40;
/// Chunks before `that` in which the text that it goes back to stands.
const TEXT_REACH: usize = 7;
/// Most clauses that are open at once; bounds the work in a sentence of nothing but clauses.
const MOST_OPEN: usize = 12;

/// Returns the verbs of a sentence, in order.
pub(super) fn read_clauses(sentence: SentenceTokens<'_>, chunks: &[Chunk]) -> Vec<ClauseVerb> {
    let mut reader = ClauseReader {
        sentence,
        chunks,
        open: vec![Clause::new(ClauseKind::Main, false, false)],
        verbs: Vec::with_capacity(chunks.iter().filter(|chunk| chunk.verb().is_some()).count()),
    };
    for at in 0..chunks.len() {
        reader.read_chunk(at);
    }
    reader.verbs
}

impl Clause {
    fn new(kind: ClauseKind, by_comma: bool, embedded: bool) -> Self {
        Self {
            kind,
            subject: None,
            verb: None,
            waiting: None,
            antecedent: None,
            latest: None,
            by_comma,
            embedded,
        }
    }
}

struct ClauseReader<'a> {
    sentence: SentenceTokens<'a>,
    chunks: &'a [Chunk],
    /// The clauses that are open, the innermost last; the first is the main one.
    open: Vec<Clause>,
    verbs: Vec<ClauseVerb>,
}

impl ClauseReader<'_> {
    fn read_chunk(&mut self, at: usize) {
        let Some(chunk) = self.chunks.get(at) else {
            return;
        };
        match chunk.kind {
            ChunkKind::Noun(_) => self.read_noun(at, chunk),
            ChunkKind::Verb(group) => self.read_verb(at, group),
            ChunkKind::Relative => self.open_relative(at),
            ChunkKind::Subordinator => self.push(ClauseKind::Subordinate, at),
            ChunkKind::That => self.read_that(at),
            ChunkKind::Joiner | ChunkKind::Comma | ChunkKind::Quote => {
                if let Some(clause) = self.open.last_mut() {
                    clause.latest = None;
                }
            }
            ChunkKind::Stop => self.start_again(),
            ChunkKind::Time | ChunkKind::Preposition => {}
        }
    }

    fn kind_before(&self, at: usize) -> Option<ChunkKind> {
        let chunk = self.chunks.get(at.checked_sub(1)?);
        chunk.map(|chunk| chunk.kind)
    }

    fn is_noun(&self, at: usize) -> bool {
        let chunk = self.chunks.get(at);
        chunk.is_some_and(|chunk| matches!(chunk.kind, ChunkKind::Noun(_)))
    }

    fn noun(&self, at: usize) -> Option<Noun> {
        let phrase = noun::mention_of(self.sentence, self.chunks.get(at)?)?;
        Some(Noun { phrase, chunk: at })
    }

    /// Closes all clauses, and begins a main one.
    fn start_again(&mut self) {
        self.close_to(0);
        if let Some(main) = self.open.first_mut() {
            *main = Clause::new(ClauseKind::Main, false, false);
        }
    }

    /// Closes the clauses inside the one with that number.
    fn close_to(&mut self, depth: usize) {
        self.open.truncate(depth + 1);
    }

    fn push(&mut self, kind: ClauseKind, at: usize) {
        let comma = matches!(self.kind_before(at), Some(ChunkKind::Comma));
        let embedded = self.open.last().is_some_and(|outer| outer.embedded);
        if self.open.len() < MOST_OPEN {
            self.open.push(Clause::new(kind, comma, embedded));
        }
    }

    /// Opens what a verb reports, or a relative clause.
    fn read_that(&mut self, at: usize) {
        let verb_next = self.chunks.get(at + 1).and_then(Chunk::verb);
        let acts = verb_next.is_some_and(|verb| verb.form == VerbForm::Finite);
        let noun_before = at > 0 && self.is_noun(at - 1);
        if acts || (noun_before && !self.reports_before(at)) {
            self.open_relative(at);
        } else {
            self.open_content(at);
        }
    }

    /// Returns the author of a text that `that` goes back to: she sent a statement on Monday (that said).
    fn author_of_text(&self, at: usize) -> Option<Noun> {
        let mut back = (at.saturating_sub(TEXT_REACH)..at).rev();
        let text = back.find(|index| {
            let chunk = self.chunks.get(*index);
            self.is_noun(*index)
                && chunk.is_some_and(|chunk| self.sentence.is(chunk.last, words::DOCUMENT))
        });
        text.and_then(|_| self.outer_subject())
    }

    fn open_content(&mut self, at: usize) {
        let reports = self.innermost_reports();
        self.push(ClauseKind::Content, at);
        if let Some(content) = self.open.last_mut() {
            content.embedded |= reports;
        }
    }

    /// Whether the last verb of the innermost clause is a reporting one.
    fn innermost_reports(&self) -> bool {
        let verb = self.open.last().and_then(|clause| clause.verb);
        let verb = verb.and_then(|verb| self.verbs.get(verb));
        verb.is_some_and(|verb| self.sentence.is(verb.group.main, words::CUE))
    }

    /// Whether `that` after a noun belongs to the reporting verb before it: told reporters that.
    fn reports_before(&self, at: usize) -> bool {
        let Some(verb) = self.open.last().and_then(|clause| clause.verb) else {
            return false;
        };
        let Some(verb) = self.verbs.get(verb) else {
            return false;
        };
        let speech = self
            .chunks
            .get(at.wrapping_sub(1))
            .is_some_and(|chunk| self.sentence.is(chunk.last, words::SPEECH));
        let main = verb.group.main;
        let tells = self.sentence.is(main, words::STRONG)
            || self.sentence.token(main).is_some_and(|token| {
                token.is_any_word(&["assured", "reminded", "informed", "promised", "convinced"])
            });
        tells || speech
    }

    /// Opens a clause whose subject may be the phrase before it.
    fn open_relative(&mut self, at: usize) {
        let antecedent = self.antecedent(at);
        self.push(ClauseKind::Relative, at);
        if let Some(clause) = self.open.last_mut() {
            clause.antecedent = antecedent;
        }
    }

    /// Returns the phrase that a relative pronoun stands for.
    fn antecedent(&self, at: usize) -> Option<Noun> {
        let word = self.chunks.get(at)?;
        let token = self.sentence.token(word.first)?;
        if token.is_any_word(&["where", "when", "whose", "whom"]) {
            return None;
        }
        let comma = matches!(self.kind_before(at), Some(ChunkKind::Comma));
        let clause = self.open.last()?;
        if comma && clause.verb.is_none() && clause.waiting.is_some() {
            return clause.waiting;
        }
        let author = || {
            let that = token.is_word("that");
            that.then(|| self.author_of_text(at)).flatten()
        };
        if let Some(author) = author() {
            return Some(author);
        }
        let mut back = (0..at).rev().take(4);
        back.find(|index| self.is_noun(*index))
            .and_then(|index| self.noun(index))
            .filter(|noun| noun.phrase.kind != MentionKind::Pronoun)
    }

    fn read_noun(&mut self, at: usize, chunk: &Chunk) {
        if self.kind_before(at) == Some(ChunkKind::Preposition) || self.goes_on_oblique(at) {
            return;
        }
        let Some(noun) = self.noun(at) else { return };
        self.close_leading(at);
        // "the comments (Clinton made)"
        let adjacent = at > 0 && self.is_noun(at - 1) && chunk.first > 0;
        if adjacent && self.opens_reduced_relative(at) {
            self.push(ClauseKind::Relative, at);
        }
        let joined = (self.kind_before(at) == Some(ChunkKind::Joiner))
            .then(|| self.joined_with(noun))
            .flatten();
        let after_verb = matches!(self.kind_before(at), Some(ChunkKind::Verb(_)));
        let Some(clause) = self.open.last_mut() else {
            return;
        };
        if let Some(joined) = joined {
            let whole = clause
                .waiting
                .is_none_or(|waiting| waiting.phrase.first >= joined.phrase.first);
            if whole {
                clause.waiting = Some(joined);
            }
            clause.latest = Some(joined);
            return;
        }
        clause.latest = clause.latest.or(Some(noun));
        if clause.waiting.is_none() || after_verb {
            clause.waiting = Some(noun);
        }
    }

    /// Closes a clause that leads the sentence, behind its comma: Speaking later, (Solis said); When he left, (Solis said).
    fn close_leading(&mut self, at: usize) {
        let comma = self.kind_before(at) == Some(ChunkKind::Comma);
        let empty = |clause: &Clause| clause.verb.is_none() && clause.waiting.is_none();
        let led = self.open.last().is_some_and(|clause| clause.verb.is_some());
        if comma && led && self.open.len() > 1 && self.open.first().is_some_and(empty) {
            self.close_to(0);
        }
    }

    /// Whether `and` joins the phrase to one with a preposition: of the Institute for Science and Security.
    fn goes_on_oblique(&self, at: usize) -> bool {
        let waits = self
            .open
            .last()
            .is_some_and(|clause| clause.verb.is_none() && clause.waiting.is_some());
        waits
            && at >= 3
            && self.kind_before(at) == Some(ChunkKind::Joiner)
            && self.is_noun(at - 2)
            && self.kind_before(at - 2) == Some(ChunkKind::Preposition)
    }

    /// Whether a phrase right behind another one begins a clause of its own.
    fn opens_reduced_relative(&self, at: usize) -> bool {
        let next = self.chunks.get(at + 1).and_then(Chunk::verb);
        next.is_some_and(|verb| verb.form == VerbForm::Finite)
    }

    /// Returns a phrase with the one that `and` joins it to, if both may be one subject.
    fn joined_with(&self, noun: Noun) -> Option<Noun> {
        let and = self.chunks.get(noun.chunk.checked_sub(1)?)?;
        let beside = self.noun(noun.chunk.checked_sub(2)?)?;
        let clause = self.open.last()?;
        let first = clause
            .waiting
            .filter(|waiting| waiting.chunk <= beside.chunk)?;
        let oblique = self.kind_before(beside.chunk) == Some(ChunkKind::Preposition);
        let fresh = clause.verb.is_none() || self.innermost_reports();
        if !self.sentence.is_word(and.first, "and") || oblique || !fresh {
            return None;
        }
        let near = noun.chunk - first.chunk <= LONGEST_LIST;
        let listed = near
            && (first.chunk..noun.chunk).all(|index| {
                self.is_noun(index)
                    || matches!(
                        self.chunks.get(index).map(|chunk| chunk.kind),
                        Some(ChunkKind::Comma | ChunkKind::Joiner)
                    )
            });
        let first = if listed { first } else { beside };
        let names = first.phrase.kind == MentionKind::Name && noun.phrase.kind == MentionKind::Name;
        let kind = if names {
            MentionKind::Name
        } else {
            MentionKind::Noun
        };
        let phrase = SentenceTokens::phrase(kind, first.phrase.first, noun.phrase.last)?;
        Some(Noun {
            phrase,
            chunk: noun.chunk,
        })
    }

    fn read_verb(&mut self, at: usize, group: VerbGroup) {
        match group.form {
            VerbForm::Finite => self.read_finite(at, group),
            VerbForm::Participle => self.read_participle(at, group),
            VerbForm::Infinitive => self.read_infinitive(at, group),
        }
    }

    /// Returns the one by whom a passive verb of speech is said: was told by (Holt).
    fn agent(&self, at: usize, group: VerbGroup) -> Option<Noun> {
        let by = self.chunks.get(at + 1)?;
        let cue = self.sentence.is(group.main, words::CUE);
        let agent = cue && self.sentence.is_word(by.first, "by");
        agent.then(|| self.noun(at + 2)).flatten()
    }

    /// Adds a verb to the innermost clause.
    fn add_verb(&mut self, at: usize, group: VerbGroup, subject: Option<Noun>) {
        // "Gao said by telephone" has a subject, and no agent.
        let passive = group.passive || (group.bare_past && subject.is_none());
        let agent = passive.then(|| self.agent(at, group)).flatten();
        let number = self.verbs.len();
        let Some(clause) = self.open.last_mut() else {
            return;
        };
        self.verbs.push(ClauseVerb {
            group,
            kind: clause.kind,
            subject: agent.or(subject).map(|subject| subject.phrase),
            embedded: clause.embedded,
            told_by: None,
        });
        clause.verb = Some(number);
        clause.subject = subject;
        clause.waiting = None;
        clause.latest = None;
    }

    fn read_finite(&mut self, at: usize, group: VerbGroup) {
        if self.kind_before(at) == Some(ChunkKind::Joiner) {
            self.share_subject(at, group);
            return;
        }
        if matches!(
            self.kind_before(at),
            Some(ChunkKind::Comma | ChunkKind::Quote)
        ) {
            self.resume(at, group);
            return;
        }
        if group.bare_past && self.is_text_titled(at) {
            self.add_dependent(at, group, self.outer_subject(), None);
            return;
        }
        let Some(clause) = self.open.last() else {
            return;
        };
        let subject = clause.latest.or(clause.waiting).or(clause.antecedent);
        let Some(subject) = subject else {
            self.read_without_subject(at, group);
            return;
        };
        if clause.verb.is_none() {
            self.take_subject(at, group, subject);
            return;
        }
        // "..., Smith said" ends what went before it; "said Trump lied" is what she said.
        let from_comma = matches!(
            self.kind_before(subject.chunk),
            Some(ChunkKind::Comma | ChunkKind::Joiner | ChunkKind::Quote)
        );
        if from_comma {
            self.begin_beside(subject);
        } else {
            self.open_content(subject.chunk);
        }
        self.add_verb(at, group, Some(subject));
    }

    /// Reads the verb of a clause that another one, an apposition or a quotation has interrupted.
    fn resume(&mut self, at: usize, group: VerbGroup) {
        let waits = |clause: &Clause| {
            clause.verb.is_none() && (clause.waiting.is_some() || clause.antecedent.is_some())
        };
        let last = self.open.len().saturating_sub(1);
        let content = |clause: &Clause| clause.verb.is_some() && clause.waiting.is_some();
        if let Some(depth) = self.open.iter().rposition(waits) {
            self.close_to(depth);
            let clause = self.open.last();
            let subject = clause.and_then(|clause| clause.waiting.or(clause.antecedent));
            self.add_verb(at, group, subject.map(|subject| self.named_behind(subject)));
        } else if let Some(depth) = self
            .open
            .iter()
            .rposition(content)
            .filter(|depth| *depth < last)
        {
            // "said the man, who came late, lied"
            self.close_to(depth);
            let subject = self.open.last().and_then(|clause| clause.waiting);
            if let Some(subject) = subject {
                self.open_content(subject.chunk);
            }
            self.add_verb(at, group, subject);
        } else {
            self.add_verb(at, group, None);
        }
    }

    /// Returns the name in apposition to a role, else the phrase: her campaign manager, (Mike Rubin), said.
    fn named_behind(&self, role: Noun) -> Noun {
        let between = |at: usize| {
            self.chunks
                .get(at)
                .is_some_and(|chunk| chunk.kind == ChunkKind::Comma)
        };
        let name = (role.phrase.kind == MentionKind::Noun
            && between(role.chunk + 1)
            && between(role.chunk + 3))
        .then(|| self.noun(role.chunk + 2))
        .flatten();
        name.filter(|name| {
            name.phrase.kind == MentionKind::Name && name.phrase.first < name.phrase.last
        })
        .unwrap_or(role)
    }

    /// Whether a past form stands behind a text that the clause's subject made: released a memo titled.
    fn is_text_titled(&self, at: usize) -> bool {
        let text = at
            .checked_sub(1)
            .and_then(|before| self.chunks.get(before))
            .is_some_and(|chunk| self.sentence.is(chunk.last, words::DOCUMENT));
        let acts = self.open.last().is_some_and(|clause| clause.verb.is_some());
        let object = at >= 2
            && matches!(
                self.kind_before(at - 1),
                Some(ChunkKind::Verb(_) | ChunkKind::Preposition | ChunkKind::Joiner)
            );
        let named = self
            .chunks
            .get(at)
            .is_some_and(|verb| self.sentence.is(verb.last, words::NAMING));
        text && acts && object && named
    }

    /// Gives the innermost clause its verb; the phrase of an inserted `Smith said` leaves the waiting one where it is.
    fn take_subject(&mut self, at: usize, group: VerbGroup, subject: Noun) {
        let waiting = self.open.last().and_then(|clause| clause.waiting);
        let inserted = waiting.filter(|waiting| {
            let next = self.chunks.get(at + 1).map(|chunk| chunk.kind);
            waiting.chunk < subject.chunk
                && next == Some(ChunkKind::Comma)
                && self.sentence.is(group.main, words::CUE)
        });
        self.add_verb(at, group, Some(subject));
        if let (Some(waiting), Some(clause)) = (inserted, self.open.last_mut()) {
            clause.verb = None;
            clause.waiting = Some(waiting);
        }
    }

    /// Begins a clause beside the innermost one, or a main one behind a comma.
    fn begin_beside(&mut self, subject: Noun) {
        let joined = self.kind_before(subject.chunk) == Some(ChunkKind::Joiner);
        let but = joined
            && self
                .chunks
                .get(subject.chunk - 1)
                .is_some_and(|joiner| self.sentence.is_word(joiner.first, "but"));
        let comma = joined
            && subject.chunk >= 2
            && matches!(
                self.kind_before(subject.chunk - 1),
                Some(ChunkKind::Comma | ChunkKind::Quote)
            );
        let stays = joined
            && !but
            && !comma
            && self
                .open
                .last()
                .is_some_and(|clause| clause.kind == ClauseKind::Content);
        if !stays {
            self.close_to(0);
        }
        if let Some(clause) = self.open.last_mut() {
            clause.verb = None;
        }
    }

    /// A verb right after the clause's own: the first was a participle (the poll released Friday showed), or both have one subject.
    fn read_without_subject(&mut self, at: usize, group: VerbGroup) {
        let Some(clause) = self.open.last() else {
            return;
        };
        let subject = match clause.verb {
            Some(_) if clause.waiting.is_some() => clause.waiting,
            Some(verb) => {
                let before = self.verbs.get(verb).map(|verb| verb.group);
                if let (true, Some(verb)) = (
                    before.is_some_and(|before| before.bare_past),
                    self.verbs.get_mut(verb),
                ) {
                    verb.kind = ClauseKind::Relative;
                }
                clause.subject
            }
            None => None,
        };
        self.add_verb(at, group, subject);
    }
}
