//! Whether the words around an expression speak of what was or of what will be: "will meet Trump Friday" is not last
//! Friday. The verb nearest before the expression decides, else the first one after it.

use super::tokens::Tokens;

/// What the words around an expression speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// Words that look ahead.
const AHEAD: &[&str] = &[
    "will",
    "ll",
    "would",
    "shall",
    "scheduled",
    "expected",
    "expects",
    "expect",
    "plan",
    "plans",
    "planned",
    "planning",
    "due",
    "upcoming",
    "going",
    "until",
    "till",
    "by",
    "starting",
    "begins",
    "begin",
    "starts",
    "expires",
    "opens",
    "set",
    "resume",
    "resumes",
    "may",
    "hopes",
    "must",
    "ahead",
];

/// Verbs whose past does not end in -ed.
const BEHIND: &[&str] = &[
    "said", "was", "were", "had", "did", "told", "made", "took", "gave", "came", "went", "began",
    "met", "held", "left", "won", "lost", "spoke", "died", "rose", "fell", "sold", "bought",
    "closed", "since", "has", "have", "saw", "got", "found", "says", "ended", "sent", "wrote",
    "became",
];

/// Words in -ed that are no past.
const NO_PAST: &[&str] = &[
    "need",
    "indeed",
    "united",
    "proposed",
    "united",
    "so-called",
    "speed",
    "seed",
    "feed",
    "hundred",
    "red",
    "fed",
    "deed",
];

/// Returns what the words around the tokens `from..to` speak of.
pub(super) fn around(tokens: &Tokens, from: usize, to: usize) -> Tense {
    match before(tokens, from) {
        Tense::Unknown => after(tokens, to),
        tense => tense,
    }
}

fn before(tokens: &Tokens, from: usize) -> Tense {
    let mut passive = false;
    for at in (from.saturating_sub(14)..from).rev() {
        let word = tokens.word(at);
        if matches!(word, "." | "!" | "?" | ";" | "“" | "\"" | ":")
            && !ends_abbreviation(tokens, at)
        {
            return Tense::Unknown;
        }
        if AHEAD.contains(&word) {
            return Tense::Future;
        }
        if is_past(word) {
            // `to be released Friday`, `will be held Friday`: the participle tells nothing.
            let helper = tokens.word(at.wrapping_sub(1));
            if matches!(helper, "be" | "to") {
                passive = true;
                continue;
            }
            return if passive { Tense::Future } else { Tense::Past };
        }
    }
    if passive {
        Tense::Future
    } else {
        Tense::Unknown
    }
}

fn after(tokens: &Tokens, to: usize) -> Tense {
    for at in to..(to + 14).min(tokens.len()) {
        let word = tokens.word(at);
        if matches!(word, "!" | "?" | ";") || (word == "." && !ends_abbreviation(tokens, at)) {
            break;
        }
        if matches!(
            word,
            "will" | "ll" | "would" | "shall" | "scheduled" | "plans"
        ) {
            return Tense::Future;
        }
        if is_past(word) {
            return Tense::Past;
        }
    }
    Tense::Unknown
}

fn is_past(word: &str) -> bool {
    BEHIND.contains(&word) || (word.len() > 4 && word.ends_with("ed") && !NO_PAST.contains(&word))
}

/// Whether the full stop at `at` belongs to a short word before it.
fn ends_abbreviation(tokens: &Tokens, at: usize) -> bool {
    tokens.word(at) == "."
        && tokens.touches(at)
        && at > 0
        && tokens.word(at - 1).len() <= 4
        && tokens.is_capital(at - 1)
}
