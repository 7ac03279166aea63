//! Which reporting verb a quotation belongs to, and who is meant where there is none.
//!
//! Costs are counted in words between verb and quotation, with some added for what makes a pair unlikely. The figures were
//! found by trying on reports with hand-made gold.

use super::cue::Cue;
use super::phrase::{Clause, Naming, Phrase};
use super::tokens::{self, Sort, Token};
use super::words::{self, keys};

/// Where the words of a quotation come from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    /// How far-fetched it is.
    pub(super) cost: f32,
    /// The token of the reporting word.
    pub(super) cue: Option<usize>,
    pub(super) subject: Phrase,
}

/// Costs from here on mean: no reporting verb, only the sentence's own subject.
pub(super) const WITHOUT_VERB: f32 = 20.0;

/// What a verb in another one's words costs.
const EMBEDDED: f32 = 6.0;

/// How far a reporting verb may stand from a quotation, in tokens.
const NEAR: usize = 60;

/// Returns the likeliest source of the quotation at token `at`.
pub(super) fn best(clause: Clause<'_>, cues: &[Cue], at: usize) -> Option<Source> {
    if let Some(source) = passive(clause, cues, at) {
        return Some(source);
    }
    let from = cues.partition_point(|cue| cue.at + NEAR < at);
    let near = cues.iter().skip(from).take_while(|cue| cue.at <= at + NEAR);
    let best = near
        .filter_map(|cue| {
            let subject = cue.subject?;
            let cost = cost(clause, cues, cue, at) + vague(clause, subject);
            Some(Source {
                cost: cost + if cue.embedded { EMBEDDED } else { 0.0 },
                cue: Some(cue.at),
                subject,
            })
        })
        .min_by(|a, b| a.cost.total_cmp(&b.cost));
    best.or_else(|| without_verb(clause, at))
}

/// `labeled "top secret" by the State Department`.
fn passive(clause: Clause<'_>, cues: &[Cue], at: usize) -> Option<Source> {
    if clause.key(at + 1) != keys::BY {
        return None;
    }
    let nearest = cues.partition_point(|cue| cue.at < at).checked_sub(1)?;
    let cue = cues.get(nearest).filter(|cue| at - cue.at <= 4)?;
    let past = clause
        .token(cue.at)
        .is_some_and(|token| token.is(words::PAST));
    clause.right(at + 2).filter(|_| past).map(|subject| Source {
        cost: 3.0,
        cue: Some(cue.at),
        subject,
    })
}

/// `it`, `we` and `they` are seldom the ones whose words are quoted.
fn vague(clause: Clause<'_>, subject: Phrase) -> f32 {
    let key = clause.key(subject.first);
    let vague = [keys::IT, keys::I, keys::WE, keys::THEY].contains(&key);
    if subject.naming == Naming::Pronoun && vague {
        1.0
    } else {
        0.0
    }
}

fn cost(clause: Clause<'_>, cues: &[Cue], cue: &Cue, at: usize) -> f32 {
    let strong = clause
        .token(cue.at)
        .is_some_and(|token| token.is(words::STRONG) || token.key == keys::ACCORDING);
    let cost = if cue.at > at {
        cost_after(clause, cue, at, strong)
    } else {
        cost_before(clause, cues, cue, at)
    };
    cost + faintness(clause, cue.at, strong) + if after_to(clause, cue.at) { 6.0 } else { 0.0 }
}

/// A verb after the quotation: near it, or it has words of its own.
fn cost_after(clause: Clause<'_>, cue: &Cue, at: usize, strong: bool) -> f32 {
    let between = clause.tokens.get(at + 1..cue.at).unwrap_or_default();
    let distance = (cue.at - at) as f32;
    let mut cost = distance;
    if between.iter().any(|token| token.quote().is_some()) {
        cost += 15.0;
    }
    let comma_first = between
        .first()
        .is_some_and(|token| token.sort == Sort::Comma);
    if distance > 14.0 && (!strong || between.is_empty() || comma_first) {
        cost += 10.0;
    }
    if between.iter().any(|token| token.is(words::JOINER)) {
        // "described it as “good” but also warned ...": what is joined on brings its own words.
        cost += 6.0;
    }
    let inner = clause
        .token(at)
        .map_or(' ', |quote| tokens::inner_end(clause.text, quote));
    let joined = between.first().is_some_and(|token| token.is(words::JOINER));
    let participle = clause
        .token(cue.at)
        .is_some_and(|token| token.is(words::ING));
    if participle {
        // "... “at length” on Monday, calling it a ...": a participle after the words brings its own.
        cost += 6.0;
    } else if matches!(inner, ',' | '?' | '!') && distance <= 12.0 && !joined {
        cost -= 6.0;
    }
    cost
}

fn cost_before(clause: Clause<'_>, cues: &[Cue], cue: &Cue, at: usize) -> f32 {
    let between = clause.tokens.get(cue.at + 1..at).unwrap_or_default();
    let mut cost = (at - cue.at) as f32 * 0.8;
    if between.iter().any(|token| token.quote().is_some()) {
        cost += 2.0;
    }
    let is_finite = |cue: &Cue| {
        clause
            .token(cue.at)
            .is_some_and(|token| !token.is(words::ING))
    };
    let later = cues.partition_point(|other| other.at <= cue.at);
    let other_verb = cues
        .iter()
        .skip(later)
        .take_while(|other| other.at < at)
        .any(is_finite);
    if other_verb {
        cost += 1.0;
    }
    let led_in = between
        .last()
        .is_some_and(|token| matches!(token.sort, Sort::Comma | Sort::Colon));
    if led_in {
        // "someone shouted, “Cruz,” Smith joked": the verb right before the words has them.
        cost -= if between.len() == 1 { 7.0 } else { 3.0 };
    }
    cost
}

fn faintness(clause: Clause<'_>, at: usize, strong: bool) -> f32 {
    match clause.token(at) {
        // "she would ask Mr. Biden to lead": nobody has said it yet.
        Some(token) if token.is(words::BASE) && !token.is(words::PAST) && is_modal(clause, at) => {
            6.0
        }
        Some(token) if token.is(words::WEAK) => 4.5,
        _ if strong => 0.0,
        _ => 2.5,
    }
}

/// Whether an auxiliary stands before the verb: would ask, did not say.
fn is_modal(clause: Clause<'_>, at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| clause.token(before))
        .is_some_and(|before| before.is(words::AUXILIARY))
}

/// `to say`, `to further explain`: meant, asked or refused rather than said.
fn after_to(clause: Clause<'_>, at: usize) -> bool {
    let before = clause
        .tokens
        .get(at.saturating_sub(3)..at)
        .unwrap_or_default();
    before
        .iter()
        .rev()
        .find(|token| !token.is(words::AUXILIARY))
        .is_some_and(|token| token.key == keys::TO)
}

/// `Smith: "..."`, `"..." - Smith`, `Smith's claim that ... "..."`, or the subject of the sentence that the quotation is a part of.
fn without_verb(clause: Clause<'_>, at: usize) -> Option<Source> {
    if clause.tokens.len() < 3 {
        return None;
    }
    if let Some(subject) = before_colon(clause, at) {
        let named = subject.last + 2 == at;
        return Some(Source {
            cost: 0.0,
            cue: verb_of(clause, subject, at)
                .filter(|_| !named)
                .or(Some(at - 1)),
            subject,
        });
    }
    if let Some(source) = owner_of_words(clause, at) {
        return Some(source);
    }
    let someone = |subject: &Phrase| at > 0 && vague(clause, *subject) == 0.0;
    if let Some(subject) = clause.first(at).filter(someone) {
        return Some(Source {
            cost: WITHOUT_VERB,
            cue: verb_of(clause, subject, at),
            subject,
        });
    }
    let dash = clause
        .token(at + 1)
        .is_some_and(|token| token.sort == Sort::Dash);
    clause.right(at + 2).filter(|_| dash).map(|subject| Source {
        cost: 3.0,
        cue: Some(at + 1),
        subject,
    })
}

/// The verb of a sentence that has no reporting verb, as far as its ending tells: launched into, focuses on.
fn verb_of(clause: Clause<'_>, subject: Phrase, at: usize) -> Option<usize> {
    let end = at.min(subject.last + 8);
    (subject.last + 1..end).find(|index| {
        clause.token(*index).is_some_and(|token| {
            let word = token.span().of(clause.text);
            let small = words::PREPOSITION
                .with(words::DETERMINER)
                .with(words::PRONOUN)
                .with(words::CONJUNCTION)
                .with(words::AUXILIARY);
            let ending = word.ends_with('s') || word.ends_with("ed");
            token.sort == Sort::Word && !token.capital && ending && !token.is(small)
        })
    })
}

/// `Smith: "..."`, and `Perez lobbies for a higher minimum wage: "..."`.
fn before_colon(clause: Clause<'_>, at: usize) -> Option<Phrase> {
    let colon = at.checked_sub(1)?;
    clause
        .token(colon)
        .filter(|token| token.sort == Sort::Colon)?;
    let free = |phrase: &Phrase| {
        phrase.first.checked_sub(1).is_none_or(|before| {
            clause
                .token(before)
                .is_some_and(|token| !token.is_wordlike())
        })
    };
    let beside = colon.checked_sub(1).and_then(|before| clause.left(before));
    beside.filter(free).or_else(|| clause.first(at))
}

/// `Comey's conclusion that her actions were "extremely careless"`: the owner of a noun of speech.
fn owner_of_words(clause: Clause<'_>, at: usize) -> Option<Source> {
    let noun = (at.saturating_sub(16)..at)
        .rev()
        .take_while(|index| clause.token(*index).is_some_and(Token::is_wordlike))
        .find(|index| {
            clause
                .token(*index)
                .is_some_and(|token| token.is(words::SPEECH))
        })?;
    let subject = (noun.saturating_sub(4)..noun).rev().find_map(|index| {
        let token = clause.token(index)?;
        if token.is(words::HE.with(words::SHE)) {
            let naming = Naming::Pronoun;
            return Some(Phrase {
                naming,
                first: index,
                last: index,
            });
        }
        let owner = index
            .checked_sub(1)
            .filter(|_| token.sort == Sort::Possessive);
        owner.and_then(|owner| clause.left(owner))
    })?;
    Some(Source {
        cost: 6.0,
        cue: Some(noun),
        subject,
    })
}
