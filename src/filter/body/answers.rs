//! Answers the terms after `body:` for all texts at once, before rows are ranked one by one.
//!
//! The index finds words without their accents, anywhere in a text. A term that asks for more (its accents, its place) and a
//! phrase that only the index of words was asked for must be checked in the text itself. The caller does that, because it may
//! have to read the text from a file.

use super::TextIndex;
use crate::filter::query::{AccentRule, MatchKind, QueryTerm};

impl TextIndex {
    /// Returns whether each of the first `count` texts holds `term`, ignoring its negation; `None` where the text itself must be
    /// searched.
    pub fn answers(&self, term: &QueryTerm, count: usize) -> Vec<Option<bool>> {
        let held = self.holding(&[&term.text]);
        let is_settled = term.accents == AccentRule::Ignored
            && matches!(term.kind, MatchKind::Fuzzy | MatchKind::Exact);
        let mut answers = vec![Some(false); count];
        let mut note = |texts: &[u32], answer| {
            for &text in texts {
                if let Some(known) = answers.get_mut(text as usize) {
                    *known = answer;
                }
            }
        };
        note(&held.certain, is_settled.then_some(true));
        note(&held.possible, None);
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::Query;

    #[test]
    fn what_letters_and_indexes_cannot_tell_is_left_to_the_text() {
        let texts = TextIndex::default();
        texts.push("Québec votes for white smoke");
        texts.push("Quebec waits; white, then smoke");
        texts.encode();
        let told = |typed: &str| {
            let query = Query::parse(&format!("body: {typed}"));
            texts.answers(query.terms().next().expect("one was typed"), 2)
        };
        let (yes, no, perhaps) = (Some(true), Some(false), None);
        assert_eq!(told("quebec"), [yes, yes]);
        assert_eq!(told("!votes"), [yes, no]);
        assert_eq!(told("québec"), [perhaps, perhaps]);
        assert_eq!(told("\"white smoke\""), [perhaps, perhaps]);
        assert_eq!(told("^votes"), [perhaps, no]);
    }
}
