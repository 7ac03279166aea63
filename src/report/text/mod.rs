//! Writes results as plain text for people: wrapped to the measure, one idea a line, no colour needed.

mod compare;
mod concordance;
mod coverage;
mod list;
mod show;
mod terms;

pub(crate) use compare::compare;
pub use concordance::lexicon;
pub(crate) use coverage::coverage;
pub(crate) use list::{list, row};
pub(crate) use show::show;
pub(crate) use terms::terms;

use std::io::{self, Write};

use crate::annotate::quote::Quote;
use crate::article::Article;
use crate::report::print_options::{PrintOptions, StyledLine, TextStyle};
use crate::report::{PrintJob, ReportQuotes, facts, paragraph};

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
    let kind = facts::kind_words(quote.kind);
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

/// Writes the facts of a report after `sign`, the outlet first, and under them its label and its path.
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
    let [outlet, rest @ ..] = known;
    let mut line = match article.outlet {
        Some(_) => StyledLine::styled(&outlet, TextStyle::Title),
        None => StyledLine::styled(&outlet, TextStyle::Quiet),
    };
    line.push(
        &format!(" \u{b7} {}", rest.join(" \u{b7} ")),
        TextStyle::Quiet,
    );
    line.push("\n", TextStyle::Plain);
    line.push(&facts::label(article), TextStyle::Title);
    line.push("\n", TextStyle::Plain);
    line.push(&article.path, TextStyle::Quiet);
    options.write(out, sign, &line)
}
