//! Writes the reports themselves, reflowed; blocks outside the story have a word in front.

use std::io::{self, Write};

use crate::article::{Article, BlockRole};
use crate::library::Report;
use crate::report::print_options::{StyledLine, TextStyle};
use crate::report::{PrintJob, strong_terms};
use crate::text::Span;

/// Writes every report: a heading with its facts, then its text.
pub(crate) fn show(job: &PrintJob<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (number, report) in job.open_reports() {
        if number > 0 {
            let rule = "\u{2500}".repeat(job.options.measure);
            writeln!(out, "\n{}\n", job.options.paint(&rule, TextStyle::Quiet))?;
        }
        super::heading(job, number, &report.article, out)?;
        text(job, report, out)?;
    }
    Ok(())
}

fn text(job: &PrintJob<'_>, report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let article = &report.article;
    // Without colour the marks would change nothing, and need not be found.
    let styles = if job.options.painted {
        styles(job, report)
    } else {
        Vec::new()
    };
    for block in &article.blocks {
        let Some(sign) = sign(block.role) else {
            continue;
        };
        let words = block.span.of(&article.text);
        let line = match block.role {
            BlockRole::Dek | BlockRole::Body => painted(article, block.span, &styles),
            BlockRole::Heading => StyledLine::styled(words, TextStyle::Title),
            _ => StyledLine::styled(words, TextStyle::Quiet),
        };
        writeln!(out)?;
        let sign = StyledLine::styled(sign, TextStyle::Quiet);
        job.options.write(out, &sign, &line)?;
    }
    Ok(())
}

/// Returns the sign before a block of `role`; fields and the headline stand in the heading already.
fn sign(role: BlockRole) -> Option<&'static str> {
    match role {
        BlockRole::Matter | BlockRole::Headline => None,
        BlockRole::Dek | BlockRole::Body | BlockRole::Heading => Some(""),
        BlockRole::Byline => Some("[byline] "),
        BlockRole::Caption => Some("[photo] "),
        BlockRole::Credit => Some("[photo credit] "),
        BlockRole::Dateline => Some("[dateline] "),
        BlockRole::Boilerplate => Some("[not the story] "),
    }
}

/// Returns the places of quotations and terms, in order and without overlaps: a term inside a quotation cuts it.
fn styles(job: &PrintJob<'_>, report: &Report) -> Vec<(Span, TextStyle)> {
    let marks = job.marks(report);
    let mut terms = strong_terms(marks).map(|hit| hit.span).peekable();
    let mut styles = Vec::new();
    for quote in &marks.quotes {
        while let Some(term) = terms.next_if(|term| term.start < quote.span.start) {
            styles.push((term, TextStyle::Term));
        }
        let mut at = quote.span.start;
        while let Some(term) = terms.next_if(|term| term.start < quote.span.end) {
            styles.push((Span::new(at, term.start), TextStyle::Quote));
            styles.push((term, TextStyle::Term));
            at = term.end;
        }
        styles.push((Span::new(at, quote.span.end), TextStyle::Quote));
    }
    styles.extend(terms.map(|term| (term, TextStyle::Term)));
    styles
}

fn painted(article: &Article, block: Span, styles: &[(Span, TextStyle)]) -> StyledLine {
    let mut line = StyledLine::default();
    let mut at = block.start;
    for (span, style) in styles.iter().filter(|(span, _)| block.overlaps(*span)) {
        let start = span.start.max(at);
        let end = span.end.clamp(start, block.end);
        line.push(Span::new(at, start).of(&article.text), TextStyle::Plain);
        line.push(Span::new(start, end).of(&article.text), *style);
        at = end;
    }
    line.push(Span::new(at, block.end).of(&article.text), TextStyle::Plain);
    line
}
