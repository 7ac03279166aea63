//! The lines of an archive's export: what ends a part of it, and how archives write dates and outlets.

use crate::text::Span;

use super::super::dates;

/// Stands after each article where a page was made into lines.
pub(super) const PART_END: char = '\u{c}';

/// Returns the parts of `text` that `mark` follows.
pub(super) fn parts_between(text: &str, mark: char) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(mark) {
        parts.push(Span::new(start, at));
        start = at + mark.len_utf8();
    }
    parts
}

/// Returns the lines of `text`, trimmed, no-break spaces as blanks; blank lines too.
pub(super) fn lines(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(['\n', '\u{b}']).map(|line| {
        line.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{feff}')
    })
}

/// Returns the parts of `text` that end with a line for which `ends` is true; what follows the last is left out.
pub(super) fn parts_ending(text: &str, ends: impl Fn(&str) -> bool) -> Vec<Span> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive(['\n', '\u{b}']) {
        at += line.len();
        if ends(line.trim()) {
            parts.push(Span::new(start, at));
            start = at;
        }
    }
    parts
}

/// Returns the date that a line begins with, as the archives write it: a day in any language, then a weekday, a time, an edition.
pub(super) fn date_line(line: &str) -> Option<&str> {
    /// Letters after a date; a sentence that begins with one goes on for longer.
    const LONGEST_REST: usize = 60;
    let (_, length) = dates::date_prefix(line)?;
    let rest = line.get(length..)?;
    let is_head = rest.chars().count() <= LONGEST_REST && !rest.trim_end().ends_with('.');
    is_head.then(|| line.get(..length)).flatten()
}

/// Returns the name of an outlet without the place or edition behind it: `The Guardian (London) - Final Edition`.
pub(super) fn bare_outlet(name: &str) -> &str {
    let name = name.trim().trim_end_matches('.');
    match name.split_once('(') {
        Some((before, after)) if after.contains(')') && !before.trim().is_empty() => before.trim(),
        _ => match name.rsplit_once(" - ") {
            Some((before, after)) if after.ends_with("Edition") => before.trim(),
            _ => name,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_editions_are_no_part_of_a_papers_name() {
        for (name, bare) in [
            ("The Guardian (London) - Final Edition", "The Guardian"),
            ("The Guardian - Final Edition", "The Guardian"),
            ("The Gazette (Montreal, Quebec)", "The Gazette"),
            ("Guardian.com.", "Guardian.com"),
            ("(Green)", "(Green)"),
        ] {
            assert_eq!(bare_outlet(name), bare, "{name}");
        }
    }

    #[test]
    fn a_line_that_begins_with_a_date_is_dated_and_a_sentence_is_not() {
        for line in [
            "March 22, 2010 Monday",
            "March 22, 2010 Monday, Late Edition - Final",
            "3 septembre 2025",
        ] {
            assert!(date_line(line).is_some(), "{line}");
        }
        for line in [
            "March 22, 2010 was the day.",
            "On March 22, 2010",
            "The fares stay",
        ] {
            assert!(date_line(line).is_none(), "{line}");
        }
    }
}
