//! What a query asks of texts, looked up once for all of them before rows are looked at one by one.
//!
//! Letters and indexes know words without their accents, anywhere in a text. What a term asks beyond that, and a phrase
//! that only an index was asked for, has to be settled with the text itself: that is the caller's, who may have to read it.

use super::TextIndex;
use crate::filter::query::{AccentRule, MatchKind, Query, QueryField, QueryTerm};

/// Whether a text holds a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyMatch {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The text itself has to be asked.
    Perhaps,
}

/// Which texts hold what a query asks of the field `body`.
#[derive(Clone, Debug, Default)]
pub struct BodyAnswers<'a> {
    of: Vec<(&'a QueryTerm, Vec<BodyMatch>)>,
    searched: usize,
}

impl<'a> BodyAnswers<'a> {
    /// Looks up every term of `query` that asks for words of the text.
    pub fn new(texts: &TextIndex, query: &'a Query) -> Self {
        let asked = query
            .terms()
            .filter(|term| term.field == Some(QueryField::Body));
        // Of texts that are added meanwhile nothing is said.
        let searched = texts.len();
        let look_up = |term| (term, answers(texts, term, searched));
        Self {
            of: asked.map(look_up).collect(),
            searched,
        }
    }

    /// Returns how many texts were there to be searched.
    pub fn searched(&self) -> usize {
        self.searched
    }

    /// Whether the text of this number holds `term`, not minding its negation; `None` for a text that was not there yet and
    /// for a term of another field.
    pub fn of(&self, text: u32, term: &QueryTerm) -> Option<BodyMatch> {
        // Asked of every row: most often by the very term of the query.
        let is_it = |known: &&QueryTerm| std::ptr::eq(*known, term) || *known == term;
        let (_, answers) = self.of.iter().find(|(known, _)| is_it(known))?;
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
            assert_eq!((answers.searched(), answers.of(2, &term)), (2, None));
            [0, 1].map(|text| answers.of(text, &term).expect("it was there"))
        };
        use BodyMatch::{No, Perhaps, Yes};
        assert_eq!(told("quebec"), [Yes, Yes]);
        assert_eq!(told("!votes"), [Yes, No]);
        assert_eq!(told("québec"), [Perhaps, Perhaps]);
        assert_eq!(told("\"white smoke\""), [Perhaps, Perhaps]);
        assert_eq!(told("^votes"), [Perhaps, No]);
    }
}
