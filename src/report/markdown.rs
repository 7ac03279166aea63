//! Writes results as Markdown, for notes and tickets; the text of reports is escaped so that it shows as it was written.

use std::io::{self, Write};

use crate::compare::{ComparisonRow, PassageMark, Side};
use crate::config::CitationStyle;
use crate::report::citation::citation;
use crate::report::comparison::{ComparedReports, signs};
use crate::report::{ReportQuotes, escape, facts};

/// Writes quotations as citations, each under the report that it is in.
pub(crate) fn quotes(quoted: &[ReportQuotes<'_>], out: &mut dyn Write) -> io::Result<()> {
    for one in quoted {
        let article = &one.report.article;
        writeln!(out, "## {}\n", escape::markdown(&facts::label(article)))?;
        for quote in &one.quotes {
            let cited = citation(article, quote, CitationStyle::Markdown);
            writeln!(out, "{cited}\n")?;
        }
    }
    Ok(())
}

/// Writes a comparison: both reports, what was found, the differences, and the passages in a table.
pub(crate) fn compare(compared: &ComparedReports<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Two reports compared\n")?;
    for side in Side::BOTH {
        let article = compared.article(side);
        let known = [
            facts::outlet(article),
            facts::published(article),
            facts::length(article),
        ];
        let [label, known] =
            [facts::label(article), known.join(" \u{b7} ")].map(|text| escape::markdown(&text));
        writeln!(out, "- **{}** {known}: {label}", side.letter())?;
    }
    writeln!(out, "\n{}", compared.headline())?;
    if !compared.comparison.differences.is_empty() {
        writeln!(out, "\n## Differences\n")?;
    }
    for difference in &compared.comparison.differences {
        let [line, at] =
            [difference.line(), compared.at(difference)].map(|text| escape::markdown(&text));
        writeln!(out, "1. {line} ({at})")?;
    }
    writeln!(out, "\n## Passages\n\n| A | | B |\n| --- | :---: | --- |")?;
    for row in compared.rows() {
        let [left, right] = Side::BOTH.map(|side| cell(compared, row, side));
        let sign = escape::markdown(&compared.sign(row));
        writeln!(out, "| {left} | {sign} | {right} |")?;
    }
    let signs = signs().map(|sign| escape::markdown(&sign)).join(", ");
    writeln!(
        out,
        "\n{signs}. **Bold** words differ from the partner\u{2019}s, *italic* words are in both."
    )
}

/// Returns the passage of `row` on `side` with its marked words in bold or italics.
fn cell(compared: &ComparedReports<'_>, row: ComparisonRow, side: Side) -> String {
    let Some(number) = row.passages[side] else {
        return String::new();
    };
    let pieces = compared.pieces(side, number, row.pair).into_iter();
    let pieces = pieces.map(|piece| match piece.mark {
        Some(PassageMark::Changed) => around("**", piece.words),
        Some(PassageMark::Shared) => around("*", piece.words),
        Some(PassageMark::Attribution) | None => escape::markdown(piece.words),
    });
    pieces.collect()
}

/// Returns `words` between `marks`; blanks at their ends stand outside, where Markdown wants them.
fn around(marks: &str, words: &str) -> String {
    let core = words.trim();
    if core.is_empty() {
        return words.to_owned();
    }
    let (before, after) = words.split_once(core).unwrap_or_default();
    format!("{before}{marks}{}{marks}{after}", escape::markdown(core))
}
