//! Writes the reports themselves, reflowed; blocks outside the story have a word in front.

use std::cmp::Reverse;
use std::io::{self, Write};

use crate::annotate::quote::Speaker;
use crate::article::{Article, BlockRole};
use crate::library::Report;
use crate::report::print_options::{PrintOptions, StyledLine, TextStyle};
use crate::report::{PrintJob, facts, strong_terms};
use crate::text::Span;

/// Writes every report: a heading with its facts, then its text; where it `lists_marks`, those of each paragraph stand under it in
/// words, which is how one hears them that cannot be seen.
pub(crate) fn show(job: &PrintJob<'_>, lists_marks: bool, out: &mut dyn Write) -> io::Result<()> {
    for (number, report) in job.open_reports() {
        if number > 0 {
            let rule = "\u{2500}".repeat(job.options.measure);
            writeln!(out, "\n{}\n", job.options.paint(&rule, TextStyle::Quiet))?;
        }
        super::heading(job, number, &report.article, out)?;
        text(job, report, lists_marks, out)?;
    }
    Ok(())
}

fn text(
    job: &PrintJob<'_>,
    report: &Report,
    lists_marks: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let article = &report.article;
    // Without colour the marks would change nothing, and need not be found.
    let styles = if job.options.painted {
        styles(job, report)
    } else {
        Vec::new()
    };
    let listed = match lists_marks {
        true => listed_marks(job, report),
        false => Vec::new(),
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
        if block.role.is_story() {
            list_marks(job.options, &article.text, block.span, &listed, out)?;
        }
    }
    Ok(())
}

/// A mark as it is listed: its place, its kind, and what is known of it.
type ListedMark = (Span, &'static str, String);

/// Returns all marks of a report, in the order of the text, the longer first.
fn listed_marks(job: &PrintJob<'_>, report: &Report) -> Vec<ListedMark> {
    let (marks, lexicon) = (job.marks(report), job.annotator.lexicon());
    let said = |speaker: Option<&Speaker>, cue: Option<Span>| {
        let name = speaker.map_or(facts::SPEAKER_UNKNOWN, |speaker| &speaker.name);
        let cue = cue.map(|cue| format!(", \u{201c}{}\u{201d}", cue.of(&report.article.text)));
        format!("{name}{}", cue.unwrap_or_default())
    };
    let quotes = marks.quotes.iter().map(|quote| {
        let said = said(quote.speaker.as_ref(), quote.cue);
        (quote.span, "quotation", said)
    });
    let statements = marks.statements.iter().map(|told| {
        let said = said(told.speaker.as_ref(), told.cue);
        (told.span, "statement", said)
    });
    let terms = strong_terms(marks).map(|hit| {
        let category = &lexicon.category(hit).label;
        (hit.span, "term", category.clone())
    });
    let mut all: Vec<ListedMark> = quotes.chain(statements).chain(terms).collect();
    all.sort_by_key(|(span, ..)| (span.start, Reverse(span.end)));
    all
}

/// Writes the marks that begin in a block, each on a line of its own.
fn list_marks(
    options: PrintOptions,
    text: &str,
    block: Span,
    marks: &[ListedMark],
    out: &mut dyn Write,
) -> io::Result<()> {
    let first = marks.partition_point(|(span, ..)| span.start < block.start);
    let here = marks.iter().skip(first);
    for (span, kind, about) in here.take_while(|(span, ..)| span.start < block.end) {
        let sign = StyledLine::styled(&format!("    {kind}: "), TextStyle::Quiet);
        let mut line = StyledLine::plain(&span.of(text).replace('\n', " "));
        line.push(&format!(" \u{b7} {about}"), TextStyle::Quiet);
        options.write(out, &sign, &line)?;
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
