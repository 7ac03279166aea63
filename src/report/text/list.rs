//! Writes the list of reports: a line for each, the outlet and the headline first.
//!
//! On a terminal a line fits its width: facts are left out from the end and the headline is cut, the outlet never. Everywhere else a
//! line holds all that is known.

use std::io::{self, Write};

use crate::annotate::quote;
use crate::library::Report;
use crate::report::facts;
use crate::text::Span;
use crate::text::count::counted;
use crate::text::grapheme::{columns, cut};

/// Columns between two cells.
const GAP: usize = 2;
/// Columns of an outlet on a terminal: the fewest that it may be cut to, and the most.
const OUTLET: (usize, usize) = (8, 22);
/// Said on a terminal of an outlet or a day that is not known.
const UNKNOWN: &str = "unknown";
/// Columns of a headline on a terminal, at least, before another fact is left out for it.
const HEADLINE: usize = 24;
/// Columns that a headline is filled up to where lines have no end.
const FILLED: usize = 60;
/// Facts after the headline: day, length, quotations, path.
const FACTS: usize = 4;

/// The cells of a line: number, outlet and headline, then the facts.
#[derive(Clone, Debug)]
pub(crate) struct ListRow {
    number: String,
    outlet: String,
    headline: String,
    facts: [String; FACTS],
    /// The outlet and the day without the hour, as far as they are known.
    known: [Option<String>; 2],
}

impl ListRow {
    /// Returns the row as it is said on a terminal, where room is dear.
    fn brief(&self) -> Self {
        let mut row = self.clone();
        let said = |known: &Option<String>| known.clone().unwrap_or_else(|| UNKNOWN.to_owned());
        row.outlet = said(&self.known[0]);
        row.facts[0] = said(&self.known[1]);
        row
    }
}

/// Returns the line of `report`, which is report `number`.
pub(crate) fn row(number: usize, report: &Report) -> ListRow {
    let article = &report.article;
    // A list needs neither speakers nor terms, so that only quotations are looked for.
    let count = || {
        let story: Vec<Span> = article.story().collect();
        quote::count_quotes(&article.text, &story)
    };
    let quotes = report.annotated().map(|marks| marks.quotes.len());
    ListRow {
        number: (number + 1).to_string(),
        outlet: facts::outlet(article),
        headline: facts::label(article),
        facts: [
            facts::published(article),
            facts::length(article),
            counted(quotes.unwrap_or_else(count), "quote"),
            article.path.as_str().to_owned(),
        ],
        known: [
            article.outlet.as_ref().map(|fact| fact.value.to_string()),
            article
                .published
                .as_ref()
                .map(|fact| facts::day(fact.value)),
        ],
    }
}

/// Writes a line for each of `rows`, at most `width` columns wide where there is a terminal.
pub(crate) fn list(rows: &[ListRow], width: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    let brief: Vec<ListRow> = match width {
        Some(_) => rows.iter().map(ListRow::brief).collect(),
        None => Vec::new(),
    };
    let (rows, layout) = match width {
        Some(width) => (brief.as_slice(), ListLayout::fitting(&brief, width)),
        None => (rows, ListLayout::whole(rows)),
    };
    rows.iter()
        .try_for_each(|row| writeln!(out, "{}", layout.line(row)))
}

/// Widths of the cells.
#[derive(Clone, Copy, Debug)]
struct ListLayout {
    number: usize,
    outlet: usize,
    headline: usize,
    facts: [usize; FACTS],
    is_cut: bool,
}

impl ListLayout {
    /// Returns the layout of lines that hold everything.
    fn whole(rows: &[ListRow]) -> Self {
        let widest = |cell: &dyn Fn(&ListRow) -> usize| rows.iter().map(cell).max().unwrap_or(0);
        Self {
            number: widest(&|row| columns(&row.number)),
            outlet: widest(&|row| columns(&row.outlet)),
            headline: widest(&|row| columns(&row.headline)).min(FILLED),
            facts: std::array::from_fn(|fact| widest(&|row| columns(&row.facts[fact]))),
            is_cut: false,
        }
    }

    /// Returns the layout of lines of `width` columns.
    fn fitting(rows: &[ListRow], width: usize) -> Self {
        let mut layout = Self::whole(rows);
        let is_known = |fact: usize| rows.iter().any(|row| row.known[fact].is_some());
        layout.is_cut = true;
        layout.outlet = layout.outlet.min((width / 4).clamp(OUTLET.0, OUTLET.1));
        // A column that says "unknown" all the way down takes the room of headlines.
        if !is_known(0) {
            layout.outlet = 0;
        }
        if !is_known(1) {
            layout.facts[0] = 0;
        }
        let wanted = rows
            .iter()
            .map(|row| columns(&row.headline))
            .max()
            .unwrap_or(0);
        for fact in (0..FACTS).rev() {
            // The path may push the headline no shorter than it is; the other facts may, down to the least.
            let least = if fact + 1 == FACTS {
                wanted
            } else {
                HEADLINE.min(wanted)
            };
            if layout.room(width) < least {
                layout.facts[fact] = 0;
            }
        }
        layout.headline = layout.room(width).min(wanted);
        layout
    }

    /// Returns the columns that are left for the headline.
    fn room(&self, width: usize) -> usize {
        let cells = [self.number, self.outlet].into_iter().chain(self.facts);
        let taken: usize = cells.filter(|cell| *cell > 0).map(|cell| cell + GAP).sum();
        width.saturating_sub(taken)
    }

    fn line(&self, row: &ListRow) -> String {
        let head = [
            (&row.number, self.number),
            (&row.outlet, self.outlet),
            (&row.headline, self.headline),
        ];
        let facts = row.facts.iter().zip(self.facts);
        let cells = head
            .into_iter()
            .chain(facts)
            .filter(|(_, width)| *width > 0);
        let mut line = String::new();
        for (cell, width) in cells {
            let cell = if self.is_cut {
                cut(cell, width)
            } else {
                cell.clone()
            };
            let missing = width.saturating_sub(columns(&cell)) + GAP;
            line.push_str(&cell);
            line.extend(std::iter::repeat_n(' ', missing));
        }
        line.truncate(line.trim_end().len());
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::article_from_text;

    fn printed(heads: &[&str], width: Option<usize>) -> Vec<String> {
        let rows = heads.iter().enumerate().map(|(number, head)| {
            let text = format!(
                "{head}\n\nThe harbour ferry stops running on Friday, the mayor says\n\nIt stops."
            );
            row(number, &Report::new(article_from_text("a.txt", &text)))
        });
        let mut out = Vec::new();
        list(&rows.collect::<Vec<_>>(), width, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    const HEADS: [&str; 2] = ["Outlet: The Gazette\nDate: 2025-09-03", "Outlet: CBC"];

    #[test]
    fn a_line_fits_the_terminal_with_outlet_and_headline_first() {
        assert_eq!(
            printed(&HEADS, Some(80)),
            [
                "1  The Gazette  The harbour ferry stops running…   3 Sep 2025  2 words  0 quotes",
                "2  CBC          The harbour ferry stops running…   unknown     2 words  0 quotes",
            ]
        );
        for width in [20, 40, 60, 100, 200] {
            for line in printed(&HEADS, Some(width)) {
                assert!(columns(&line) <= width, "{width}: {line}");
                assert!(line.contains("The Gaz") || line.contains("CBC"), "{line}");
            }
        }
    }

    #[test]
    fn what_no_report_tells_has_no_column_on_a_terminal() {
        let lines = printed(&["", ""], Some(80));
        assert!(!lines[0].contains("unknown"), "{lines:?}");
        assert!(printed(&[""], None)[0].contains("outlet unknown"));
    }

    #[test]
    fn a_pipe_gets_everything() {
        let lines = printed(&HEADS, None);
        assert!(lines[0].contains("on Friday, the mayor says"), "{lines:?}");
        assert!(lines[0].ends_with("a.txt"), "{lines:?}");
    }
}
