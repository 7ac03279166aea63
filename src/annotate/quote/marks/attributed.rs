//! The end of the words in a run whose closing mark was forgotten: before `, said Oliver Pratt.` at its very end.
//!
//! Only a verb and a name count, with a full stop: the words of a speaker may well end with "he said".

use crate::annotate::quote::words;
use crate::text::Span;

/// Most words of a name.
const LONGEST_NAME: usize = 5;

/// Returns where the words of the unclosed `run` end: after the comma before who said them, else with the run.
pub(super) fn words_end(text: &str, run: Span) -> usize {
    let words = run.of(text);
    match words.rsplit_once(", ") {
        Some((before, tail)) if is_attribution(tail) => run.start + before.len() + 1,
        _ => run.end,
    }
}

/// `said Oliver Pratt.`, `Oliver Pratt said.`
fn is_attribution(tail: &str) -> bool {
    let Some(tail) = tail.strip_suffix('.') else {
        return false;
    };
    match (tail.split_once(' '), tail.rsplit_once(' ')) {
        (Some((verb, name)), _) if is_verb(verb) => is_name(name),
        (_, Some((name, verb))) if is_verb(verb) => is_name(name),
        _ => false,
    }
}

fn is_verb(word: &str) -> bool {
    let classes = words::classes(word);
    word.starts_with(char::is_lowercase)
        && classes.any(words::INVERTED)
        && classes.any(words::PAST | words::PRESENT)
}

fn is_name(run: &str) -> bool {
    let of_name = |word: &str| {
        let classes = words::classes(word);
        let capital = word.starts_with(char::is_uppercase);
        (capital && !classes.any(words::PRONOUN)) || classes.any(words::PARTICLE)
    };
    run.starts_with(char::is_uppercase)
        && run.split_whitespace().take(LONGEST_NAME + 1).count() <= LONGEST_NAME
        && run.split_whitespace().all(of_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(run: &str) -> &str {
        let end = words_end(run, Span::new(0, run.len()));
        run.get(..end).unwrap_or_default()
    }

    #[test]
    fn the_one_named_at_the_end_of_an_open_run_is_not_in_its_words() {
        for tail in [
            "said Oliver Pratt.",
            "Oliver Pratt said.",
            "said Ursula von der Leyen.",
        ] {
            assert_eq!(
                words_of(&format!("“We go on, {tail}")),
                "“We go on,",
                "{tail}"
            );
        }
    }

    #[test]
    fn what_only_looks_like_it_stays_in_the_words() {
        for run in [
            "“We go on, he said.",
            "“We go on, said Oliver Pratt",
            "“We go on, said the man.",
            "“We met Oliver Pratt.",
            "“We go on, I said.",
        ] {
            assert_eq!(words_of(run), run);
        }
    }
}
