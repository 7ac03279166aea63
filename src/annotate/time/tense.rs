//! The tense of the words around an expression: "will meet Trump Friday" is not last Friday.
//!
//! The verb nearest before the expression decides, else the first one after it.

use super::tokens::{TimeTokens, has_word};

/// Time that words speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

/// Tokens that are looked at on each side; a longer way leads into another clause.
const REACH: usize = 14;

/// Words that look ahead, before an expression.
const AHEAD: &str = "will ll would shall scheduled expected expects expect plan plans planned planning due upcoming \
    going until till by starting begins begin starts expires opens set resume resumes may hopes must ahead";

/// Words that look ahead, after an expression.
const AHEAD_AFTER: &str = "will ll would shall scheduled plans";

/// Verbs whose past does not end in -ed, and words that go with a past.
const PAST: &str = "said was were had did told made took gave came went began met held left won lost spoke died rose \
    fell sold bought closed since has have saw got found says ended sent wrote became";

/// Words in -ed that are no past.
const NO_PAST: &str = "need indeed united proposed speed seed feed hundred";

/// Returns the tense of the words around the tokens `from..to`, if they tell one.
pub(super) fn tense_around(tokens: &TimeTokens, from: usize, to: usize) -> Option<Tense> {
    tense_before(tokens, from).or_else(|| tense_after(tokens, to))
}

fn tense_before(tokens: &TimeTokens, from: usize) -> Option<Tense> {
    let mut passive = None;
    for at in (from.saturating_sub(REACH)..from).rev() {
        let word = tokens.word(at);
        if has_word(". ! ? ; “ \" :", word) && !ends_abbreviation(tokens, at) {
            return None;
        }
        if has_word(AHEAD, word) {
            return Some(Tense::Future);
        }
        if is_past(word) {
            // `to be released Friday`, `will be held Friday`: the participle tells nothing.
            if at > 0 && has_word("be to", tokens.word(at - 1)) {
                passive = Some(Tense::Future);
                continue;
            }
            return passive.or(Some(Tense::Past));
        }
    }
    passive
}

fn tense_after(tokens: &TimeTokens, to: usize) -> Option<Tense> {
    for at in to..(to + REACH).min(tokens.len()) {
        let word = tokens.word(at);
        if has_word("! ? ; .", word) && !ends_abbreviation(tokens, at) {
            break;
        }
        if has_word(AHEAD_AFTER, word) {
            return Some(Tense::Future);
        }
        if is_past(word) {
            return Some(Tense::Past);
        }
    }
    None
}

fn is_past(word: &str) -> bool {
    has_word(PAST, word) || (word.len() > 4 && word.ends_with("ed") && !has_word(NO_PAST, word))
}

/// Whether the full stop at `at` belongs to a short word before it.
fn ends_abbreviation(tokens: &TimeTokens, at: usize) -> bool {
    tokens.word(at) == "."
        && tokens.touches(at)
        && tokens.word(at - 1).len() <= 4
        && tokens.is_capital(at - 1)
}
