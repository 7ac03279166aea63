//! Writes the notes of the reader with the passages that they are on, report by report.

use std::io::{self, Write};

use crate::config::CitationStyle;
use crate::library::ReportSummary;
use crate::report::{OutputFormat, escape, facts};
use crate::state::PassageNote;
use crate::text::CleanText;
use crate::text::sanitize::sanitize;

/// The notes on a report.
#[derive(Debug)]
pub struct ReportNotes<'a> {
    /// The summary of the report.
    pub summary: &'a ReportSummary,
    /// Its notes.
    pub notes: Vec<&'a PassageNote>,
}

/// Writes notes as Markdown, or as text.
///
/// # Errors
/// Returns the errors of `out`.
pub fn notes(
    reports: &[ReportNotes<'_>],
    format: OutputFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (number, report) in reports.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        match format {
            OutputFormat::Markdown => write_markdown(report, out)?,
            _ => write_text(report, out)?,
        }
    }
    Ok(())
}

fn write_markdown(report: &ReportNotes<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {}", escape::markdown(&source(report.summary)))?;
    for note in &report.notes {
        let passage = escape::markdown(&note.passage);
        writeln!(out, "\n> {passage}\n\n{}", escape::markdown(&note.words))?;
    }
    Ok(())
}

fn write_text(report: &ReportNotes<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", source(report.summary))?;
    for note in &report.notes {
        writeln!(out, "\n  {}\n  note: {}", note.passage, note.words)?;
    }
    Ok(())
}

/// Returns a note, the passage that it is on, and the source of the passage.
pub fn cited_note(note: &PassageNote, summary: &ReportSummary, style: CitationStyle) -> CleanText {
    let source = source(summary);
    let cited = match style {
        CitationStyle::Markdown => {
            let [passage, source, words] =
                [&*note.passage, &source, &*note.words].map(|words: &str| escape::markdown(words));
            format!("> {passage}\n>\n> \u{2014} {source}\n\n{words}")
        }
        CitationStyle::Plain | CitationStyle::Bibtex => {
            format!("{} \u{2014} {source}\n{}", note.passage, note.words)
        }
    };
    sanitize(cited).text
}

/// Returns outlet, headline and date of a report; what is unknown is left out.
fn source(summary: &ReportSummary) -> String {
    let published = summary.published.map(facts::day);
    let parts = [
        summary.outlet.as_ref().map(ToString::to_string),
        Some(summary.label.to_string()),
        published,
    ];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    known.join(" \u{b7} ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::article_from_text;
    use crate::text::Span;

    const TEXT: &str = "---\ntitle: Port *closed*\noutlet: The Daily\ndate: 2025-09-03\n---\n\n\
        Nobody said when it opens.\n";

    fn summary_and_note() -> (ReportSummary, PassageNote) {
        let article = article_from_text("report.txt", TEXT);
        let start = article.text.find("Nobody").unwrap();
        let span = Span::new(start, start + "Nobody said when it opens.".len());
        let note = PassageNote::new(span, &article.text, "ask *them*");
        (ReportSummary::new(&article), note)
    }

    fn written(format: OutputFormat) -> String {
        let (summary, note) = summary_and_note();
        let report = ReportNotes {
            summary: &summary,
            notes: vec![&note],
        };
        let mut out = Vec::new();
        notes(&[report], format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn notes_stand_under_their_report_and_their_passage() {
        assert_eq!(
            written(OutputFormat::Text),
            "The Daily · Port *closed* · 3 Sep 2025\n\n  Nobody said when it opens.\n  note: ask *them*\n"
        );
        assert_eq!(
            written(OutputFormat::Markdown),
            "## The Daily · Port \\*closed\\* · 3 Sep 2025\n\n> Nobody said when it opens.\n\nask \\*them\\*\n"
        );
    }

    #[test]
    fn a_copied_note_has_its_passage_and_the_source() {
        let (summary, note) = summary_and_note();
        assert_eq!(
            &*cited_note(&note, &summary, CitationStyle::Plain),
            "Nobody said when it opens. — The Daily · Port *closed* · 3 Sep 2025\nask *them*"
        );
    }
}
