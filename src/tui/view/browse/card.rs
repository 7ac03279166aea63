//! The card of a report in the list: the outlet first, then the headline. Its height follows from its words and the width.
//!
//! Facts are left out in a fixed order where room is short: unknown ones first, then lengths, then the year, and the outlet never.

use crate::library::ReportSummary;
use crate::report::facts;
use crate::text::wrap;
use crate::tui::canvas::{columns, cut};
use crate::tui::words::{self, counted};

/// Columns of a card before its words, for the signs, and after them.
pub(super) const INDENT: (u16, u16) = (4, 1);
/// Most lines of a headline.
const HEADLINE: usize = 2;
/// Lines of the sentence that answers a filter.
pub(super) const EXCERPT: usize = 2;
/// Fewest columns of an outlet's name that is followed by a date.
const OUTLET: u16 = 8;
/// From this height of the list on, cards stand a line apart.
const GAP_FROM: u16 = 10;

/// The room that the cards of a list have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CardRoom {
    /// Columns of the list.
    pub width: u16,
    /// Lines of the list.
    pub height: u16,
    /// Whether each card has the sentence that answers the filter.
    pub has_excerpts: bool,
}

impl CardRoom {
    /// Returns the columns of the words of a card.
    pub fn columns(self) -> u16 {
        self.width.saturating_sub(INDENT.0 + INDENT.1)
    }

    /// Returns the blank lines after a card.
    pub fn gap(self) -> usize {
        usize::from(self.height >= GAP_FROM)
    }

    /// Returns the lines of a headline.
    pub fn headline_lines(self, summary: &ReportSummary) -> usize {
        if self.has_excerpts {
            return 1;
        }
        let rows = wrap::wrap(&summary.label, usize::from(self.columns()).max(1));
        rows.len().clamp(1, HEADLINE)
    }

    /// Returns the lines of the whole card, with the blank one after it.
    pub fn lines(self, summary: &ReportSummary) -> usize {
        let excerpt = if self.has_excerpts { EXCERPT } else { 0 };
        1 + self.headline_lines(summary) + excerpt + self.gap()
    }

    /// Returns the fewest lines that a card can have.
    pub fn fewest_lines(self) -> usize {
        let excerpt = if self.has_excerpts { EXCERPT } else { 0 };
        2 + excerpt + self.gap()
    }
}

/// The first line of a card: the outlet, as far as it is known and fits, and the facts after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FactLine {
    /// The outlet; empty where it is unknown and there is no room to say so.
    pub(super) outlet: String,
    /// The other facts, with the dot before them.
    pub(super) rest: String,
}

impl FactLine {
    fn new(outlet: &str, rest: &[Option<String>]) -> Self {
        let known = Some(outlet.to_owned()).filter(|outlet| !outlet.is_empty());
        let rest: Vec<&str> = rest.iter().flatten().map(String::as_str).collect();
        let dot = if known.is_some() && !rest.is_empty() {
            " · "
        } else {
            ""
        };
        Self {
            outlet: known.unwrap_or_default(),
            rest: format!("{dot}{}", rest.join(" · ")),
        }
    }

    fn columns(&self) -> u16 {
        columns(&self.outlet).saturating_add(columns(&self.rest))
    }
}

/// Returns the outlet, the date, and `tag` or else the length and the quotations, in at most `width` columns.
pub(super) fn fact_line(summary: &ReportSummary, tag: Option<String>, width: u16) -> FactLine {
    let outlet = summary.outlet.as_deref().unwrap_or_default();
    let day = summary.published.map(|_| words::date(summary.published));
    let short_day = summary
        .published
        .map(|published| published.date.format("%-d %b").to_string());
    let unknown_day = Some(words::date(None)).filter(|_| day.is_none());
    let quotes = summary.quotes();
    let length = facts::with_extent(counted(summary.words, "word"), summary.extent);
    let (long, brief) = match tag {
        Some(tag) => (vec![Some(tag.clone())], vec![Some(tag)]),
        None => (
            vec![Some(length.clone()), quotes.map(|n| counted(n, "quote"))],
            vec![Some(length)],
        ),
    };
    let line = |outlet: &str, day: &Option<String>, rest: &[Option<String>]| {
        FactLine::new(outlet, &[std::slice::from_ref(day), rest].concat())
    };
    let told_day = day.clone().or(unknown_day);
    let lines = [
        line(words::outlet(summary), &told_day, &long),
        line(outlet, &told_day, &long),
        line(outlet, &day, &long),
        line(outlet, &day, &brief),
        line(outlet, &short_day, &brief),
        line(outlet, &day, &[]),
        line(outlet, &short_day, &[]),
    ];
    let fits = lines
        .into_iter()
        .find(|line| line.columns() <= width && line.columns() > 0);
    fits.unwrap_or_else(|| shortened(outlet, short_day, width))
}

/// Returns the outlet, cut where it must be, before a date that has room beside enough of it.
fn shortened(outlet: &str, day: Option<String>, width: u16) -> FactLine {
    let day = FactLine::new(outlet, &[day]).rest;
    let room = width.saturating_sub(columns(&day));
    match room >= OUTLET {
        true => FactLine {
            outlet: cut(outlet, room),
            rest: day,
        },
        false => FactLine {
            outlet: cut(outlet, width),
            rest: String::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::article_from_text;

    fn summary(head: &str) -> ReportSummary {
        let text = format!("{head}\n\nFerry stops on Friday\n\nThe mayor said so on Monday.");
        ReportSummary::new(&article_from_text("a.txt", &text))
    }

    fn told(head: &str, width: u16) -> String {
        let line = fact_line(&summary(head), None, width);
        line.outlet + &line.rest
    }

    #[test]
    fn the_outlet_is_the_last_to_go() {
        let head = "Outlet: The Harbour Gazette\nDate: 2025-09-03";
        let lines = [60, 44, 33, 28, 22, 12].map(|width| told(head, width));
        assert_eq!(
            lines,
            [
                "The Harbour Gazette · 3 Sep 2025 · 6 words",
                "The Harbour Gazette · 3 Sep 2025 · 6 words",
                "The Harbour Gazette · 3 Sep 2025",
                "The Harbour Gazette · 3 Sep",
                "The Harbour G… · 3 Sep",
                "The Harbour…",
            ]
        );
    }

    #[test]
    fn what_is_unknown_is_said_only_where_there_is_room() {
        assert_eq!(told("", 60), "outlet unknown · date unknown · 6 words");
        assert_eq!(told("", 30), "date unknown · 6 words");
        assert_eq!(told("", 12), "6 words");
        assert_eq!(
            told("Outlet: The Star", 22),
            "The Star · 6 words",
            "no room for an unknown date"
        );
    }

    #[test]
    fn a_short_headline_takes_no_second_line() {
        let room = |width| CardRoom {
            width,
            height: 20,
            has_excerpts: false,
        };
        let summary = summary("Outlet: The Star");
        assert_eq!(room(40).lines(&summary), 3);
        assert_eq!(room(20).lines(&summary), 4);
    }
}
