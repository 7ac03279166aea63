//! Nexis Uni and Lexis+, as Word or rich text: an article ends at `End of Document`; its head is headline, outlet and date, then
//! labelled lines; its story stands between `Body` and the next label.
//!
//! The cover before the first article has dates too, so the date is sought upwards from `Body`.

use crate::article::{Article, BlockRole, Provenance};
use crate::text::{CleanText, Span};

use super::super::draft::ReportDraft;
use super::super::keys::FactKind;
use super::export_lines::{bare_outlet, date_line, lines, parts_ending};

/// The last line of an article.
const END: &str = "End of Document";
/// The line before the story.
const BODY: &str = "Body";
/// Stands where the date would, where the archive left it out.
const NO_DATE: &str = "Correction Appended";
/// Labels of lines of the head that are no headline.
const HEAD_LABELS: [&str; 12] = [
    "Copyright",
    "Section:",
    "Length:",
    "Byline:",
    "Dateline:",
    "Highlight:",
    "Series:",
    "Page ",
    "Link to Image",
    "Distribution:",
    "Edition:",
    "Language:",
];
/// Lines that end the story.
const TAIL: [&str; 20] = [
    "Classification",
    "Graphic",
    "Graphics",
    "Correction",
    "Correction-Date",
    "Correction Date",
    "Notes",
    "Note",
    "Load-Date",
    "Load Date",
    "Language",
    "Publication-Type",
    "Publication Type",
    "Journal Code",
    "Subject",
    "Acc-No",
    "Contact",
    "Document-Type",
    "Document Type",
    "Industry",
];

/// Returns the places of the articles.
pub(super) fn split(text: &str) -> Vec<Span> {
    parts_ending(text, |line| line == END)
}

/// Returns whether `text` is an article of this archive.
pub(super) fn is_article(text: &str) -> bool {
    let has_body = lines(text).any(|line| line == BODY);
    let is_mark =
        |line: &str| line == END || line.starts_with("Load-Date:") || line.starts_with("Length:");
    has_body && lines(text).any(is_mark)
}

/// Returns whether `text` is the list of documents that comes beside them.
pub(super) fn is_list(text: &str) -> bool {
    let has = |label: &str| lines(text).any(|line| line.starts_with(label));
    has("Job Number:") || (has("Client/Matter:") && has("Search Terms:"))
}

/// Returns the report of an article.
pub(super) fn read(name: &CleanText, text: &str, source: &[u8]) -> Result<Article, String> {
    let lines: Vec<&str> = lines(text).filter(|line| !line.is_empty()).collect();
    let body = lines
        .iter()
        .position(|line| *line == BODY)
        .unwrap_or(lines.len());
    let (head, rest) = lines.split_at(body);
    let rest = rest.get(1..).unwrap_or_default();
    let mut draft = ReportDraft::default();
    state_head(&mut draft, head);
    let end = rest
        .iter()
        .position(|line| is_tail(line))
        .unwrap_or(rest.len());
    let (story, tail) = rest.split_at(end);
    for line in story {
        draft.push_body(line);
    }
    state_tail(&mut draft, tail);
    if draft.is_empty() {
        return Err("an article without text; download it with its full text".to_owned());
    }
    Ok(draft.article(name, source))
}

fn is_tail(line: &str) -> bool {
    let label = line.split_once(':').map_or(line, |parts| parts.0);
    line == END || TAIL.contains(&label) && (label.len() == line.len() || is_sure_label(label))
}

/// Returns whether a label with words behind it is one of the archive and no beginning of a sentence.
fn is_sure_label(label: &str) -> bool {
    label.contains('-')
        || matches!(
            label,
            "Language" | "Subject" | "Industry" | "Load Date" | "Publication Type"
        )
}

/// States what the lines before the story say.
fn state_head(draft: &mut ReportDraft, head: &[&str]) {
    let is_label = |line: &str| HEAD_LABELS.iter().any(|label| line.starts_with(label));
    let dated = head
        .iter()
        .rposition(|line| !is_label(line) && date_line(line).is_some());
    let undated = head.iter().rposition(|line| *line == NO_DATE);
    // Below a date it says only that the article was corrected; a date further up is that of the cover.
    let anchor = match (dated, undated) {
        (Some(dated), Some(undated)) if undated > dated + 1 => Some(undated),
        (dated, undated) => dated.or(undated),
    };
    if let Some(anchor) = anchor {
        let (above, below) = head.split_at(anchor);
        if let Some(date) = below.first().and_then(|line| date_line(line)) {
            state(draft, FactKind::Published, date, "Date");
        }
        // A paper's blog may stand in brackets below its name.
        let is_blog = |line: &str| line.starts_with('(') && line.ends_with(')');
        let is_head = |line: &&&str| !line.starts_with("Page ") && !is_blog(line);
        let mut above = above.iter().rev().filter(is_head);
        if let Some(outlet) = above.next() {
            state(draft, FactKind::Outlet, bare_outlet(outlet), "Source");
        }
        if let Some(headline) = above.next() {
            let end = headline
                .strip_suffix(NO_DATE)
                .map(|words| words.trim_end_matches([' ', '-']));
            state(draft, FactKind::Headline, end.unwrap_or(headline), "Title");
        }
    }
    let after = head.get(anchor.unwrap_or_default()..).unwrap_or_default();
    for line in after {
        let Some((label, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
        match label {
            "Byline" => {
                let name = value.split(';').next().unwrap_or_default();
                state(draft, FactKind::Author, name, "Byline");
            }
            "Highlight" => draft.push(Some(BlockRole::Dek), value),
            _ => {}
        }
    }
}

/// States what the lines after the story say: captions, and subjects with their shares in per cent.
fn state_tail(draft: &mut ReportDraft, tail: &[&str]) {
    let mut is_caption = false;
    for line in tail {
        match line.split_once(':') {
            Some(("Subject", subjects)) => {
                let subjects: Vec<&str> = subjects
                    .split(';')
                    .map(|one| one.split('(').next().unwrap_or_default().trim())
                    .collect();
                state(draft, FactKind::Tags, &subjects.join("; "), "Subject");
            }
            _ if is_tail(line) => is_caption = line.starts_with("Graphic"),
            _ if is_caption => draft.push(Some(BlockRole::Caption), line),
            _ => {}
        }
    }
}

fn state(draft: &mut ReportDraft, fact: FactKind, words: &str, label: &'static str) {
    draft.state(fact, words, Provenance::Field(label.into()));
}

#[cfg(test)]
mod tests {
    use super::super::docx::document;
    use super::super::reading::{facts, read_bytes, stories};
    use crate::article::BlockRole;
    use crate::ingest::ReportSource;

    const EXPORT: &[u8] = include_bytes!("../../../tests/fixtures/nexis.docx");

    #[test]
    fn each_article_of_an_export_is_a_report() {
        let read = read_bytes("a.DOCX", EXPORT);
        assert_eq!(
            facts(&read),
            [
                "Minister says ferry fares will not rise this year | The Harbour Post | Jane Doe | 2025-09-03",
                "Province freezes ferry fares as union demands guarantee | Prairie Broadcasting | Sam Lee, Priya Nair | 2025-09-04",
            ]
        );
        let first = read[0].as_ref().unwrap();
        let dek = first
            .blocks
            .iter()
            .find(|block| block.role == BlockRole::Dek)
            .unwrap();
        assert!(
            dek.span
                .of(&first.text)
                .starts_with("The freeze covers all twelve routes")
        );
        let body = first
            .blocks
            .iter()
            .filter(|block| block.role == BlockRole::Body)
            .count();
        assert_eq!((body, first.photos.len(), first.tags.len()), (7, 1, 2));
    }

    #[test]
    fn the_date_of_the_cover_is_not_the_articles() {
        let read = |date: &str| {
            let bytes = document(&[
                "Wednesday, September 10, 2025 8:00:00 AM EDT",
                "Job Number: 1",
                "Documents (1)",
                "1. Ferries stay",
                "Page 1 of 2",
                "Ferries stay",
                "The Times (London)",
                date,
                "Copyright 2025 The Times All Rights Reserved",
                "Section:\u{a0}NEWS; Pg. A1",
                "Byline:\u{a0}By Jane Doe; Staff",
                "Body",
                "The fares stay.",
                "Notes say so.",
                "Classification",
                "Language: ENGLISH",
                "Load-Date: September 5, 2025",
                "End of Document",
            ]);
            facts(&read_bytes("a.docx", &bytes)).remove(0)
        };
        for date in [
            "September 3, 2025 Wednesday",
            "September 3, 2025 Wednesday 10:36 EST",
            "September 3, 2025 Wednesday, Late Edition - Final",
            "3 septembre 2025 mercredi",
            "3. September 2025 Mittwoch",
            "3 september 2025 woensdag",
        ] {
            assert_eq!(
                read(date),
                "Ferries stay | The Times | Jane Doe | 2025-09-03",
                "{date}"
            );
        }
        assert_eq!(
            read("Correction Appended"),
            "Ferries stay | The Times | Jane Doe | ?"
        );
    }

    #[test]
    fn line_breaks_inside_of_a_paragraph_part_the_story() {
        let bytes = document(&[
            "Ferries stay",
            "The Post",
            "September 3, 2025",
            "Length: 9 words",
            "Body",
            "The fares stay.</w:t><w:br/><w:br/><w:t>The union waits.",
            "Load-Date: September 5, 2025",
            "End of Document",
        ]);
        assert_eq!(
            stories(&read_bytes("a.docx", &bytes)),
            ["The fares stay.\nThe union waits."]
        );
    }

    #[test]
    fn a_list_of_documents_is_said_to_be_one() {
        let bytes = document(&[
            "Job Number: 1",
            "Documents (2)",
            "1. Ferries stay",
            "Client/Matter: -None-",
            "Search Terms: ferry",
        ]);
        assert!(facts(&read_bytes("doclist.docx", &bytes))[0].contains("a list of documents"));
    }

    #[test]
    fn one_article_of_many_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.docx");
        std::fs::write(&path, EXPORT).unwrap();
        let mut read = Vec::new();
        ReportSource::file(path).read_each(&Default::default(), &mut |one| read.push(one.unwrap()));
        for article in read {
            let again = article.place.as_ref().unwrap().reload(article.id).unwrap();
            assert_eq!(
                (&again.text, &again.path, &again.place),
                (&article.text, &article.path, &article.place)
            );
        }
    }
}
