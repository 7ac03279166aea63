//! NewsBank (Access World News) as text: a line `September 3, 2025 | The Harbour Post (Port Anson, BC)` below each headline, labels
//! with `|` between them below that, and a copyright line at the end.

use crate::article::{Article, Provenance};
use crate::text::{CleanText, Span};

use super::super::draft::ReportDraft;
use super::super::keys::FactKind;
use super::super::{dates, names};
use super::export_lines::bare_outlet;
use super::{FileStart, FormatFamily, FormatReader, PartsReader, decode_text};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "NewsBank, saved as text",
    endings: &[],
    facts: "headline, outlet, author, date",
    recognize,
};

const READER: PartsReader = PartsReader {
    decode: decode_text,
    split,
    read,
};

/// Labels of the line below the date.
const LABELS: [&str; 8] = [
    "Author/Byline:",
    "Author:",
    "Byline:",
    "Section:",
    "Page:",
    "Edition:",
    "Column:",
    "Length:",
];

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    if start.ending.is_some() && !start.has_ending(&["txt", "text"]) {
        return None;
    }
    let text = start.text();
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(12);
    let has_source = lines.any(|line| source(line).is_some());
    let is_export = has_source
        && (text.contains("Read News Document")
            || text.contains("Author/Byline:")
            || text.contains("NewsBank"));
    is_export.then_some(Ok(FormatReader::Parts(READER)))
}

/// Returns date and outlet of a line `September 3, 2025 | The Harbour Post (Port Anson, BC)`.
fn source(line: &str) -> Option<(&str, &str)> {
    let (date, outlet) = line.trim().split_once('|')?;
    let date = date.trim();
    dates::parse_date(date)?;
    // `The Harbour Post (Port Anson, BC) | A1`
    let outlet = outlet.split('|').next().unwrap_or_default().trim();
    (!outlet.is_empty()).then_some((date, outlet))
}

/// Returns the articles, each from its headline on: the line above the one with its source.
fn split(text: &str) -> Vec<Span> {
    let (mut starts, mut at) = (Vec::new(), 0);
    let mut last = 0;
    for line in text.split_inclusive('\n') {
        if source(line).is_some() {
            starts.push(last);
        } else if !line.trim().is_empty() {
            last = at;
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([at]);
    let parts = starts.iter().zip(ends);
    parts
        .map(|(&start, end)| Span::new(start, end.max(start)))
        .collect()
}

fn read(name: &CleanText, part: &str) -> Result<Article, String> {
    let mut draft = ReportDraft::default();
    let lines = part.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut in_head = true;
    for line in lines {
        if let Some((date, outlet)) = source(line).filter(|_| in_head) {
            let from = || Provenance::Layout;
            draft.state(FactKind::Published, date, from());
            draft.state(FactKind::Outlet, bare_outlet(outlet), from());
        } else if in_head && draft.facts.headline.is_none() {
            draft.state(
                FactKind::Headline,
                line.trim_start_matches('\u{feff}'),
                Provenance::Layout,
            );
        } else if in_head && is_label_line(line) {
            state_labels(&mut draft, line);
        } else if is_end(line) {
            break;
        } else if !(in_head && is_furniture(line)) {
            in_head = false;
            draft.push_body(line);
        }
    }
    if draft.is_empty() {
        return Err("no text below its heading; download it with its full text".to_owned());
    }
    Ok(draft.article(name, part.trim().as_bytes()))
}

fn is_label_line(line: &str) -> bool {
    LABELS.iter().any(|label| line.starts_with(label))
}

fn state_labels(draft: &mut ReportDraft, line: &str) {
    for label in line.split('|').map(str::trim) {
        let author = ["Author/Byline:", "Author:", "Byline:"];
        let Some(value) = author.into_iter().find_map(|lead| label.strip_prefix(lead)) else {
            continue;
        };
        let value = value.trim();
        let names = if value.contains(';') {
            names::turned_list(value)
        } else {
            value.to_owned()
        };
        draft.state(
            FactKind::Author,
            &names,
            Provenance::Field("Author/Byline".into()),
        );
    }
}

/// Returns whether a line between head and story is the archive's: a number of words, a button.
fn is_furniture(line: &str) -> bool {
    let bare = line
        .trim_end_matches("Words")
        .trim_end_matches("words")
        .trim();
    bare.is_empty()
        || bare.bytes().all(|byte| byte.is_ascii_digit())
        || matches!(
            line,
            "Read News Document" | "Download PDF" | "Text only" | "Article"
        )
}

fn is_end(line: &str) -> bool {
    let is_copyright = line.starts_with("Copyright, ")
        || line.starts_with("Copyright (c)")
        || line.starts_with("Copyright ©")
        || line.starts_with("(c) ")
        || line.starts_with("© ");
    is_copyright || line.starts_with("Record Number:") || line.starts_with("Record:")
}

#[cfg(test)]
mod tests {
    use super::super::reading::{facts, read_bytes, stories};

    const EXPORT: &[u8] = include_bytes!("../../../tests/fixtures/newsbank.txt");

    #[test]
    fn each_article_is_a_report() {
        let read = read_bytes("a.txt", EXPORT);
        assert_eq!(
            facts(&read),
            [
                "Minister says ferry fares will not rise this year | The Harbour Post | Jane Doe | 2025-09-03",
                "Province freezes ferry fares as union demands guarantee | Prairie Broadcasting | Sam Lee, Priya Nair | 2025-09-04",
            ]
        );
        let stories = stories(&read);
        assert_eq!(stories[0].split('\n').count(), 7, "{stories:?}");
        assert!(stories[0].ends_with("A decision on fares for 2026 is expected in November."));
    }

    #[test]
    fn a_cut_off_export_gives_what_it_has_and_a_page_with_such_a_line_is_none() {
        for end in (1..EXPORT.len()).step_by(37) {
            assert!(!read_bytes("a.txt", &EXPORT[..end]).is_empty(), "{end}");
        }
        let page = "Ferries stay\n\nSept. 3, 2025 | The Post\n\nThe fares stay.\n";
        assert_eq!(read_bytes("a.txt", page.as_bytes()).len(), 1);
    }
}
