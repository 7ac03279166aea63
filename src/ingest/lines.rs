//! Recognises short lines by their words: a byline, a line with the date, a leftover of the page, a heading.
//!
//! Each test is strict, for a sentence must never be taken for a leftover.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::article::Published;
use crate::text::{Span, word_lists};

use super::credit::{self, begins};
use super::dates;

/// Most bytes of a headline, a sign-off or a leftover.
const LONGEST: usize = 240;
/// Most bytes of a byline or a line with the date.
const LONGEST_SHORT_LINE: usize = 120;

/// Returns the author's name in a byline: `By Jane Doe, The Canadian Press`, `*By Jane Doe*`.
pub(super) fn byline(line: &str) -> Option<Span> {
    if line.len() > LONGEST_SHORT_LINE {
        return None;
    }
    let line = line.trim_end_matches(['*', '_']);
    let bare = line.trim_start_matches(['*', '_']);
    let start = line.len() - bare.len();
    // `By Monday, the tariffs were gone.` begins like a byline; only its full stop tells.
    if bare.ends_with(['.', '!', '?', '”', '"']) {
        return None;
    }
    let mut leads = WORDS.byline_leads.iter();
    let (at, name) = match leads.find(|lead| bare.starts_with(lead.as_str())) {
        Some(lead) => {
            let mut parts = bare[lead.len()..].split([',', '|', '•', '·', '—', '/']);
            (lead.len(), parts.next().unwrap_or_default().trim_end())
        }
        None => {
            let (name, agency) = bare.split_once([',', '|', '/'])?;
            let is_byline = name.contains(' ') && credit::is_agency(agency.trim());
            (0, is_byline.then(|| name.trim_end())?)
        }
    };
    is_name(name).then(|| Span::new(start + at, start + at + name.len()))
}

fn is_name(name: &str) -> bool {
    let is_particle = |word: &str| WORDS.name_particles.iter().any(|small| small == word);
    let words = name.split(' ').count();
    let mut parts = name.split(' ');
    let mut letters = name.chars();
    (1..=9).contains(&words)
        && parts.all(|word| is_particle(word) || word.starts_with(char::is_uppercase))
        && letters.all(|c| c.is_alphabetic() || " .'’-&".contains(c))
        && name.starts_with(char::is_uppercase)
}

/// A line with a date and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateLine {
    pub(super) published: Published,
    pub(super) span: Span,
    /// Whether it says when the report was changed rather than when it came out.
    pub(super) updated: bool,
}

/// Returns the date of a line like `Published Sept. 3, 2025 10:15 a.m. ET | 3 min read`.
pub(super) fn date_line(line: &str) -> Option<DateLine> {
    if line.len() > LONGEST_SHORT_LINE {
        return None;
    }
    let mut rest = line;
    let mut updated = false;
    // Labels may follow each other: `Date: published on ...`.
    for _ in 0..3 {
        let longest = |labels: &[String]| {
            let found = labels.iter().filter(|label| begins(rest, label));
            found.map(String::len).max().unwrap_or_default()
        };
        let update = longest(&WORDS.updated_labels);
        let length = update.max(longest(&WORDS.published_labels));
        if length == 0 {
            break;
        }
        updated |= update > 0;
        rest = rest[length..].trim_start_matches([' ', ':', '|', '-', '–', '—']);
    }
    let (published, len) = dates::date_prefix(rest)?;
    let after = rest[len..].trim_start_matches([' ', '|', '·', '•', '-', '–', '—', ',', '/', '.']);
    let fits = after.is_empty()
        || (rest.len() < line.len() && after.len() <= 60)
        || begins_with_reading_time(after);
    let start = line.len() - rest.len();
    fits.then_some(DateLine {
        published,
        span: Span::new(start, start + len),
        updated,
    })
}

/// Returns whether `words` begin with a reading time: `3 min read`.
fn begins_with_reading_time(words: &str) -> bool {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < words.len() && begins(rest.trim_start_matches([' ', '-']), "min")
}

/// Returns the date of first publication in a sign-off: `This report by The Canadian Press was first published Sept. 3, 2025.`
pub(super) fn sign_off(line: &str) -> Option<(Published, Span)> {
    let mut starts = ["this report", "this story", "this article"].into_iter();
    if line.len() > LONGEST || !starts.any(|start| begins(line, start)) {
        return None;
    }
    let mut leads = ["first published", "originally published"].into_iter();
    let rest = leads.find_map(|lead| Some(line.split_once(lead)?.1))?;
    let rest = rest.trim_start_matches(" on");
    let rest = rest.trim_start_matches([' ', ',']);
    let start = line.len() - rest.len();
    let (published, len) = dates::date_prefix(rest)?;
    Some((published, Span::new(start, start + len)))
}

/// Returns whether a line is a leftover of the page: a button, a call, a notice.
pub(super) fn is_boilerplate(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    if !line.contains(char::is_alphanumeric) {
        return true;
    }
    // Buttons are exported as list items and quotations.
    let line = line.trim_start_matches(['>', '*', '•', '|', ' ']);
    let bare = line.trim_end_matches([':', ' ']);
    let mut whole = WORDS.leftovers.iter();
    let mut starts = WORDS.leftover_starts.iter();
    whole.any(|whole| whole.eq_ignore_ascii_case(bare))
        || (starts.any(|start| begins(line, start)) && line.split_whitespace().count() <= 30)
}

/// Returns whether a line can be the headline: short, and not a sentence with its full stop.
pub(super) fn is_headline(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')', '»']);
    let ended = bare.ends_with(['.', ':', ';', ',', '…', '-', '—']);
    // A question begins a story as often as it heads one; only capitals tell.
    let asks = line.ends_with(['?', '!']) && !is_title_case(line);
    (1..=30).contains(&words)
        && line.len() <= LONGEST
        && !ended
        && !asks
        && line.contains(char::is_alphabetic)
}

/// Returns whether most of the longer words begin with a capital.
fn is_title_case(line: &str) -> bool {
    let words = line.split_whitespace();
    let longer = words.filter(|word| word.chars().count() > 3);
    let (capital, small): (Vec<_>, Vec<_>) =
        longer.partition(|word| word.contains(char::is_uppercase));
    capital.len() > 3 * small.len()
}

/// Returns whether a line between paragraphs is a heading.
pub(super) fn is_heading(line: &str) -> bool {
    line.len() <= 80
        && line.split_whitespace().count() <= 10
        && line.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && !line.ends_with([
            '.', '!', '?', '…', ':', ',', ';', '"', '”', '’', '\'', ')', '»', '-', '—',
        ])
}

/// Returns the words of a Markdown heading, as a place in `line`.
pub(super) fn markdown_heading(line: &str) -> Option<Span> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let end = line.trim_end().trim_end_matches(['#', ' ']).len();
    let words = Span::new(level, end.max(level)).trimmed(line);
    ((1..=6).contains(&level) && rest.starts_with(' ') && !words.is_empty()).then_some(words)
}

/// Words of short lines.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineWords {
    byline_leads: Vec<String>,
    name_particles: Vec<String>,
    published_labels: Vec<String>,
    updated_labels: Vec<String>,
    leftovers: Vec<String>,
    leftover_starts: Vec<String>,
}

static WORDS: LazyLock<LineWords> =
    LazyLock::new(|| word_lists::parse(include_str!("../../assets/ingest/lines.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_names_its_author() {
        for (line, name) in [
            ("By Jane Doe", "Jane Doe"),
            ("BY JANE DOE", "JANE DOE"),
            (
                "By Jane Doe and John van der Berg, The Canadian Press",
                "Jane Doe and John van der Berg",
            ),
            ("Jane Doe, The Canadian Press", "Jane Doe"),
            ("By Jane O’Neil | Reuters", "Jane O’Neil"),
            ("*By Jane Doe*", "Jane Doe"),
        ] {
            assert_eq!(byline(line).map(|span| span.of(line)), Some(name), "{line}");
        }
        for line in [
            "By Monday, the tariffs were gone.",
            "By then the deal was off",
            "By the numbers",
            "Ottawa, Ontario",
            "Carney, Trump",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }

    #[test]
    fn a_line_with_a_date_alone_tells_the_day() {
        for (line, updated) in [
            ("Sept. 3, 2025", false),
            ("Published Sept. 3, 2025 10:15 a.m. ET", false),
            ("Posted: September 3, 2025 | 3 min read", false),
            ("Last updated: 2025-09-03", true),
            ("Mis à jour le 3 septembre 2025", true),
            ("Wednesday, 3 September 2025 - 4 min read", false),
        ] {
            assert_eq!(
                date_line(line).map(|line| line.updated),
                Some(updated),
                "{line}"
            );
        }
        for line in [
            "Sept. 3, 2025 was the day the tariffs fell on Canadian steel",
            "On Sept. 3, 2025, Carney spoke.",
            "Wednesday",
        ] {
            assert_eq!(date_line(line), None, "{line}");
        }
    }

    #[test]
    fn a_sign_off_tells_when_the_report_came_out() {
        let line = "This report by The Canadian Press was first published Sept. 3, 2025.";
        assert_eq!(
            sign_off(line).map(|found| found.1.of(line)),
            Some("Sept. 3, 2025")
        );
        assert_eq!(
            sign_off("This report was first published on Wednesday."),
            None
        );
    }

    #[test]
    fn buttons_and_notices_are_leftovers_and_sentences_are_not() {
        for line in [
            "Advertisement",
            "SHARE THIS ARTICLE",
            "Sign up for our newsletter",
            "© 2025 The Gazette",
            "* * *",
            "Read more: Steel",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
        for line in [
            "Watch the tariffs fall, he said.",
            "Carney said so.",
            "Share prices fell on Wednesday as the tariffs took hold.",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn a_headline_has_no_full_stop() {
        assert!(is_headline("Carney says he spoke with Trump"));
        assert!(is_headline("Will the Steel Tariffs Go?"));
        assert!(!is_headline("Will the tariffs ever go?"));
        assert!(!is_headline("Carney said so."));
        assert!(!is_headline("“We spoke at length.”"));
    }
}
