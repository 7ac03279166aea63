//! Answers the terms after `body:` for all texts at once, before rows are ranked one by one.
//!
//! The index finds words without their accents, anywhere in a text. A term that asks for more (its accents, its place) and a
//! phrase that only the index of words was asked for must be checked in the text itself. The caller does that, because it may
//! have to read the text from a file.

use super::TextIndex;
use crate::filter::query::{AccentRule, MatchKind, Query, QueryField, QueryTerm};

/// The answer of a text to a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyMatch {
    /// The text holds the term.
    Yes,
    /// The text does not hold the term.
    No,
    /// The text itself must be searched.
    Perhaps,
}

/// The answers of all texts to the terms of a query with the field `body`.
#[derive(Clone, Debug, Default)]
pub struct BodyAnswers<'a> {
    by_term: Vec<(&'a QueryTerm, Vec<BodyMatch>)>,
    searched: usize,
}

impl<'a> BodyAnswers<'a> {
    /// Answers every term of `query` that asks for words of the text.
    pub fn new(texts: &TextIndex, query: &'a Query) -> Self {
        let asked = query
            .terms()
            .filter(|term| term.field == Some(QueryField::Body));
        // Texts may be added by another thread meanwhile; only those before count as searched, for every term.
        let searched = texts.count();
        let look_up = |term| (term, answers(texts, term, searched));
        Self {
            by_term: asked.map(look_up).collect(),
            searched,
        }
    }

    /// Returns the number of texts that were searched.
    pub fn searched(&self) -> usize {
        self.searched
    }

    /// Returns the answer of a text to `term`, ignoring its negation; `None` for a text that was added later and for a term of
    /// another field.
    pub fn answer(&self, text: u32, term: &QueryTerm) -> Option<BodyMatch> {
        // Called for every row, nearly always with the very term of the query, so comparing addresses first saves time.
        let is_it = |known: &&QueryTerm| std::ptr::eq(*known, term) || *known == term;
        let (_, answers) = self.by_term.iter().find(|(known, _)| is_it(known))?;
        answers.get(text as usize).copied()
    }
}

fn answers(texts: &TextIndex, term: &QueryTerm, known: usize) -> Vec<BodyMatch> {
    let held = texts.holding(&[&term.text]);
    let settled = term.accents == AccentRule::Ignored
        && matches!(term.kind, MatchKind::Fuzzy | MatchKind::Exact);
    let certain = if settled {
        BodyMatch::Yes
    } else {
        BodyMatch::Perhaps
    };
    let mut answers = vec![BodyMatch::No; known];
    let found = held.certain.iter().map(|text| (text, certain));
    let possible = held.possible.iter().map(|text| (text, BodyMatch::Perhaps));
    for (&text, answer) in found.chain(possible) {
        if let Some(known) = answers.get_mut(text as usize) {
            *known = answer;
        }
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_letters_and_indexes_cannot_tell_is_left_to_the_text() {
        let texts = TextIndex::default();
        texts.push("Québec votes for white smoke");
        texts.push("Quebec waits; white, then smoke");
        texts.settle();
        let told = |typed: &str| {
            let query = Query::parse(&format!("body: {typed}"));
            let answers = BodyAnswers::new(&texts, &query);
            let term = query.terms().next().expect("one was typed").clone();
            assert_eq!((answers.searched(), answers.answer(2, &term)), (2, None));
            [0, 1].map(|text| answers.answer(text, &term).expect("it was there"))
        };
        use BodyMatch::{No, Perhaps, Yes};
        assert_eq!(told("quebec"), [Yes, Yes]);
        assert_eq!(told("!votes"), [Yes, No]);
        assert_eq!(told("québec"), [Perhaps, Perhaps]);
        assert_eq!(told("\"white smoke\""), [Perhaps, Perhaps]);
        assert_eq!(told("^votes"), [Perhaps, No]);
    }
}
