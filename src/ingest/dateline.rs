//! Reads datelines, the place before the first sentence: `OTTAWA (Reuters) -`, `WASHINGTON, Sept. 3, 2025 (AP) —`.
//!
//! Capitals make a place, and so does an agency in brackets behind it. The dash must lead into a sentence: `NATO - the
//! alliance` is prose.

use crate::article::Published;
use crate::text::Span;

use super::{credit, dates};

/// Most bytes of a dateline.
const LONGEST: usize = 90;

/// A dateline, as places in its paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// From the place to the dash, both in it.
    pub(super) span: Span,
    /// The agency in brackets.
    pub(super) agency: Option<Span>,
    /// The day, where it is whole.
    pub(super) published: Option<(Published, Span)>,
}

/// Returns the dateline that `paragraph` begins with.
pub(super) fn dateline(paragraph: &str) -> Option<Dateline> {
    let (before, after) = dash(paragraph)?;
    let leads = |c: char| c.is_uppercase() || c.is_numeric() || "\"“‘'«".contains(c);
    if !paragraph[after..].trim_start().starts_with(leads) {
        return None;
    }
    let head = paragraph[..before].trim_end();
    let inner = head.strip_suffix(')').unwrap_or_default();
    let (place, agency) = match inner.rfind('(') {
        Some(open) => (
            head[..open].trim_end(),
            Some(Span::new(open + 1, inner.len())),
        ),
        None => (head, None),
    };
    let agency = agency.filter(|span| is_agency(span.of(paragraph)));
    let published = day(place);
    let bare =
        place[..published.map_or(place.len(), |found| found.1.start)].trim_end_matches([' ', ',']);
    let known = match (bare.is_empty(), agency) {
        (true, agency) => agency.is_some(),
        (false, Some(_)) => bare.starts_with(char::is_uppercase) && bare.split(' ').count() <= 8,
        (false, None) => is_place(bare),
    };
    known.then_some(Dateline {
        span: Span::new(0, after),
        agency,
        published,
    })
}

/// Returns where the first free dash begins and ends.
fn dash(paragraph: &str) -> Option<(usize, usize)> {
    let head = &paragraph[..paragraph.floor_char_boundary(LONGEST)];
    head.char_indices().find_map(|(at, c)| {
        let rest = &head[at..];
        let len = match c {
            '—' => c.len_utf8(),
            '–' if rest.starts_with("– ") => c.len_utf8(),
            '-' if rest.starts_with("-- ") => 2,
            '-' if rest.starts_with("- ") => 1,
            _ => return None,
        };
        (c == '—' || head[..at].ends_with([' ', ')'])).then_some((at, at + len))
    })
}

fn is_agency(words: &str) -> bool {
    credit::is_agency(words)
        || (words.split(' ').count() <= 4
            && words.chars().next().is_some_and(char::is_uppercase)
            && !words.contains('.'))
}

/// Returns whether a whole line is a place: `BAAR, SWITZERLAND`.
pub(super) fn is_place_line(line: &str) -> bool {
    line.len() <= LONGEST
        && line.contains(',')
        && !line.contains(char::is_lowercase)
        && is_place(line)
}

/// Returns the whole date that `place` ends with.
fn day(place: &str) -> Option<(Published, Span)> {
    let marks = place.match_indices([' ', ',']);
    let starts = marks.map(|(at, mark)| at + mark.len());
    std::iter::once(0).chain(starts).find_map(|at| {
        let (published, len) = dates::date_prefix(&place[at..])?;
        let rest = place[at + len..].trim();
        rest.is_empty()
            .then_some((published, Span::new(at, at + len)))
    })
}

/// Returns whether `place` is written as a dateline's place: the town in capitals, a state or province behind a comma, a day
/// without a year behind that.
fn is_place(place: &str) -> bool {
    let mut parts = place.split(',');
    let town = parts.next().unwrap_or_default();
    let letters = town.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = town.chars().filter(|c| c.is_uppercase()).count();
    let is_plain = |c: char| c.is_alphabetic() || " .'’-/".contains(c);
    let plain = town.chars().all(is_plain);
    let begins = |c: char| c.is_uppercase() || c.is_ascii_digit();
    let rest_fits = parts
        .all(|part| part.split_whitespace().count() <= 3 && part.trim_start().starts_with(begins));
    plain && letters >= 3 && capitals == letters && town.split(' ').count() <= 5 && rest_fits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(paragraph: &str) -> Option<(&str, &str, bool)> {
        let found = dateline(paragraph)?;
        let agency = found.agency.map_or("-", |span| span.of(paragraph));
        Some((found.span.of(paragraph), agency, found.published.is_some()))
    }

    #[test]
    fn the_place_with_its_agency_and_day_is_found() {
        for (paragraph, wanted) in [
            (
                "OTTAWA (Reuters) - Canada said",
                ("OTTAWA (Reuters) -", "Reuters", false),
            ),
            ("OTTAWA — Prime Minister", ("OTTAWA —", "-", false)),
            ("TORONTO—“We spoke,” he said", ("TORONTO—", "-", false)),
            (
                "WASHINGTON, Sept 3 (Reuters) - President",
                ("WASHINGTON, Sept 3 (Reuters) -", "Reuters", false),
            ),
            (
                "NEW YORK, Sept. 3, 2025 (GLOBE NEWSWIRE) -- Steel",
                (
                    "NEW YORK, Sept. 3, 2025 (GLOBE NEWSWIRE) --",
                    "GLOBE NEWSWIRE",
                    true,
                ),
            ),
            (
                "SAULT STE. MARIE, Ont. — Workers",
                ("SAULT STE. MARIE, Ont. —", "-", false),
            ),
            (
                "Ottawa (AFP) – Mark Carney",
                ("Ottawa (AFP) –", "AFP", false),
            ),
            ("(Reuters) - Canada", ("(Reuters) -", "Reuters", false)),
        ] {
            assert_eq!(parts(paragraph), Some(wanted), "{paragraph}");
        }
    }

    #[test]
    fn a_dash_in_prose_is_no_dateline() {
        for paragraph in [
            "CUSMA - the trade deal - stays.",
            "Carney — The leader — said",
            "He spoke (in French) - And left.",
            "Canada has a team in Washington — including the head of the public service — who are speaking.",
            "Counter-tariffs stay.",
            "",
        ] {
            assert_eq!(parts(paragraph), None, "{paragraph}");
        }
    }
}
