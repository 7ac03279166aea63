//! Tells a text that was cut off by the service that handed it out: `... [+1234 chars]`.

/// Returns `text` without the mark that says it was cut off, if it has one.
pub(super) fn without_cut_mark(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let open = text.strip_suffix(']')?.rfind('[')?;
    let inner = text.get(open + 1..text.len() - 1)?;
    let count = inner.strip_suffix(" chars")?.trim_start_matches('+');
    let is_count = !count.is_empty()
        && count
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b',');
    let before = text.get(..open)?.trim_end();
    is_count.then(|| before.trim_end_matches(['…', '.', ' ']))
}

/// Words at the end of a teaser that lead to the rest.
const MORE: [&str; 6] = [
    "continue reading",
    "read more",
    "read the full story",
    "read full article",
    "weiterlesen",
    "lire la suite",
];

/// Returns `text` without the words that lead to the rest of it, and whether it has some, or ends with `[…]`.
pub(super) fn without_more(text: &str) -> (&str, bool) {
    let bare = text.trim_end_matches([' ', '.', '…', '»', '→', '>', '\u{a0}']);
    for more in MORE {
        let Some(at) = bare.len().checked_sub(more.len()) else {
            continue;
        };
        let end = bare.get(at..);
        if end.is_some_and(|end| end.eq_ignore_ascii_case(more)) {
            return (bare.get(..at).unwrap_or_default().trim_end(), true);
        }
    }
    let text = text.trim_end();
    for mark in ["[…]", "[...]", "[\u{a0}…\u{a0}]", "…", "..."] {
        if let Some(before) = text.strip_suffix(mark) {
            return (before.trim_end(), true);
        }
    }
    (text, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_lead_to_the_rest_are_no_text() {
        for (text, kept, is_cut) in [
            ("The fares stay. Continue reading…", "The fares stay.", true),
            ("The fares […]", "The fares", true),
            ("Read more", "", true),
            ("The fares stay.", "The fares stay.", false),
        ] {
            assert_eq!(without_more(text), (kept, is_cut));
        }
    }

    #[test]
    fn a_text_that_goes_on_elsewhere_says_so() {
        for cut in [
            "The fares stay… [+1234 chars]",
            "The fares stay... [804 chars]",
        ] {
            assert_eq!(without_cut_mark(cut), Some("The fares stay"), "{cut}");
        }
        for whole in [
            "The fares stay.",
            "The fares stay [sic]",
            "They said [it has 12 chars",
            "",
        ] {
            assert_eq!(without_cut_mark(whole), None, "{whole}");
        }
    }
}
