//! Writes results as plain text for people: wrapped to the measure, one idea a line, no colour needed.

mod compare;
mod concordance;
mod show;
mod terms;

pub(crate) use compare::compare;
pub use concordance::lexicon;
pub(crate) use show::show;
pub(crate) use terms::terms;

use std::io::{self, Write};
use std::iter::repeat_n;

use crate::annotate::quote::{self, Quote};
use crate::article::Article;
use crate::library::Report;
use crate::report::print_options::{PrintOptions, StyledLine, TextStyle};
use crate::report::{PrintJob, ReportQuotes, facts, paragraph};
use crate::text::Span;
use crate::text::count::counted;
use crate::text::grapheme::columns;

/// Number, day, outlet, length, quotations, path and label of a report.
pub(crate) type Cells = [String; 7];

/// Writes a line for each of `rows`.
pub(crate) fn list(rows: &[Cells], out: &mut dyn Write) -> io::Result<()> {
    let wide = |column: usize| {
        let widths = rows.iter().map(|row| columns(&row[column]));
        widths.max().unwrap_or(0)
    };
    let widths: [usize; 6] = std::array::from_fn(wide);
    let mut line = String::new();
    for row in rows {
        line.clear();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.extend(repeat_n(' ', width - columns(cell) + 2));
        }
        line.push_str(&row[6]);
        line.push('\n');
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// Returns the cells of the line for `report`, which is report `number`.
pub(crate) fn cells(number: usize, report: &Report) -> Cells {
    let article = &report.article;
    // A list needs neither speakers nor terms, so that only quotations are looked for.
    let count = || {
        let story: Vec<Span> = article.story().collect();
        quote::count_quotes(&article.text, &story)
    };
    let quotes = report.annotated().map(|marks| marks.quotes.len());
    [
        (number + 1).to_string(),
        facts::published(article),
        facts::outlet(article),
        facts::length(article),
        counted(quotes.unwrap_or_else(count), "quote"),
        article.path.as_str().to_owned(),
        facts::label(article),
    ]
}

/// Writes the quotations of each report, with who said them and where.
pub(crate) fn quotes(
    job: &PrintJob<'_>,
    quoted: &[ReportQuotes<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    for (at, one) in quoted.iter().enumerate() {
        let article = &one.report.article;
        if at > 0 {
            writeln!(out)?;
        }
        heading(job, one.number, article, out)?;
        for quote in &one.quotes {
            writeln!(out)?;
            let words = StyledLine::styled(quote.span.of(&article.text), TextStyle::Quote);
            job.options.write(out, &StyledLine::plain("  "), &words)?;
            let said = StyledLine::plain(&said(article, quote));
            let indent = StyledLine::plain("      ");
            job.options.write(out, &indent, &said)?;
        }
    }
    Ok(())
}

/// Returns the speaker, the cue, the kind and the paragraph of a quotation.
fn said(article: &Article, quote: &Quote) -> String {
    let speaker = facts::speaker(quote);
    let cue = match quote.cue {
        Some(cue) => format!("cue \u{201c}{}\u{201d}", cue.of(&article.text)),
        None => "no cue".to_owned(),
    };
    let kind = facts::kind(quote.kind);
    let place = paragraph(article, quote.span).map_or(0, |number| number + 1);
    format!("{speaker} \u{b7} {cue} \u{b7} {kind} \u{b7} paragraph {place}")
}

/// Writes the number, the label and the facts of a report.
fn heading(
    job: &PrintJob<'_>,
    number: usize,
    article: &Article,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sign = StyledLine::plain(&format!("{}  ", number + 1));
    about(job.options, &sign, article, out)
}

/// Writes the label of a report after `sign`, and its facts under that.
fn about(
    options: PrintOptions,
    sign: &StyledLine,
    article: &Article,
    out: &mut dyn Write,
) -> io::Result<()> {
    let known = [
        facts::outlet(article),
        facts::published(article),
        facts::author(article),
        facts::length(article),
    ];
    let mut line = StyledLine::styled(&facts::label(article), TextStyle::Title);
    line.push("\n", TextStyle::Plain);
    line.push(&known.join(" \u{b7} "), TextStyle::Quiet);
    line.push("\n", TextStyle::Plain);
    line.push(&article.path, TextStyle::Quiet);
    options.write(out, sign, &line)
}
