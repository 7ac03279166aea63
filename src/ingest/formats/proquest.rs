//! ProQuest's export as text: reports between lines of underscores, each a list of `Key: value` paragraphs.
//!
//! The story follows `Full text:` and ends at the next key that ProQuest has, after a blank line: stories have lines like
//! `CAPTION: ...` of their own.

use crate::article::{Article, Provenance, TextExtent};
use crate::text::{CleanText, Span};

use super::super::draft::ReportDraft;
use super::super::keys::FactKind;
use super::super::names;
use super::export_lines::bare_outlet;
use super::{FileStart, FormatFamily, FormatReader, PartsReader, decode_text};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "ProQuest, saved as text",
    endings: &[],
    facts: "headline, outlet, author, date, address, subjects; an abstract without full text as an excerpt",
    recognize,
};

const READER: PartsReader = PartsReader {
    decode: decode_text,
    split,
    read,
};

/// Fewest underscores of a line between two reports.
const SEPARATOR: usize = 40;
/// Lines before the first such line in a file.
const LINES_BEFORE: usize = 12;
/// Keys with which ProQuest begins a paragraph.
const KEYS: [&str; 42] = [
    "Title",
    "Full text",
    "Full Text",
    "Abstract",
    "Author",
    "Correspondence author",
    "Author affiliation",
    "Publication info",
    "Publication title",
    "Publication date",
    "Publication year",
    "Publication subject",
    "Publisher",
    "Publisher subject",
    "Place of publication",
    "Country of publication",
    "Source type",
    "Language of publication",
    "Document type",
    "Document URL",
    "ProQuest document ID",
    "Document feature",
    "First page",
    "Pages",
    "Last updated",
    "Database",
    "Copyright",
    "Section",
    "Subject",
    "Subject heading",
    "Business indexing term",
    "Location",
    "People",
    "Company / organization",
    "Company/organization",
    "Classification",
    "Identifier / keyword",
    "Identifier/keyword",
    "Dateline",
    "ISSN",
    "Links",
    "Credit",
];

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    if !start.begins_with(&[b"____"])
        && !start.has_ending(&["txt", "text"])
        && start.ending.is_some()
    {
        return None;
    }
    let text = start.text();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let has_separator = lines.by_ref().take(LINES_BEFORE).any(is_separator);
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    let is_export = has_separator
        && ["Full text:", "Full Text:", "Abstract:"]
            .into_iter()
            .any(has)
        && [
            "Publication info:",
            "Publication title:",
            "ProQuest document ID:",
        ]
        .into_iter()
        .any(has);
    is_export.then_some(Ok(FormatReader::Parts(READER)))
}

fn is_separator(line: &str) -> bool {
    let line = line.trim();
    line.len() >= SEPARATOR && line.bytes().all(|byte| byte == b'_')
}

/// Returns the parts between the lines of underscores that state a title, a text or a number; others are the archive's own words.
fn split(text: &str) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if is_separator(line) {
            parts.push(Span::new(start, at));
            start = end;
        }
        at = end;
    }
    parts.push(Span::new(start, at));
    let is_report = |part: &Span| {
        let keys = part.of(text).lines().filter_map(key);
        keys.filter(|(key, _)| {
            matches!(
                *key,
                "Title" | "Full text" | "Full Text" | "Abstract" | "ProQuest document ID"
            )
        })
        .count()
            >= 1
    };
    parts.retain(is_report);
    parts
}

/// Returns the key that a line begins with, and what follows it.
fn key(line: &str) -> Option<(&'static str, &str)> {
    let (key, value) = line.split_once(':')?;
    let known = KEYS.iter().find(|known| **known == key)?;
    Some((known, value.trim()))
}

fn read(name: &CleanText, part: &str) -> Result<Article, String> {
    let mut draft = ReportDraft::default();
    let mut summary = Vec::new();
    let mut open = None;
    let mut first = None;
    let mut is_apart = true;
    for line in part.lines() {
        let line = line.trim();
        if line.is_empty() {
            is_apart = true;
            continue;
        }
        let known = key(line).filter(|_| is_apart);
        is_apart = false;
        let words = match known {
            Some((key, value)) => {
                open = Some(key);
                state(&mut draft, key, value);
                value
            }
            None => line,
        };
        match open {
            Some("Full text" | "Full Text") if !is_absent(words) => draft.push_body(words),
            Some("Abstract") => summary.push(words),
            None if first.is_none() => first = Some(words),
            _ => {}
        }
    }
    // The line above the keys is the title too; it counts where no key states one.
    if let Some(first) = first {
        draft.state(FactKind::Headline, first, Provenance::Layout);
    }
    if draft.is_empty() {
        draft.extent = TextExtent::Excerpt;
        summary.iter().for_each(|words| draft.push_body(words));
    }
    if draft.is_empty() {
        return Err("no full text and no abstract; download it with its full text".to_owned());
    }
    Ok(draft.article(name, part.trim().as_bytes()))
}

/// Returns whether the words stand where there is no text.
fn is_absent(words: &str) -> bool {
    let words = words.trim_matches(['[', ']', ' ', '.']);
    words.is_empty()
        || words.eq_ignore_ascii_case("not available")
        || words.starts_with("Not available due to copyright")
}

/// Adds the fact that a key states.
fn state(draft: &mut ReportDraft, key: &'static str, value: &str) {
    let turned;
    let (fact, words) = match key {
        "Title" => (FactKind::Headline, value),
        // `The Harbour Post; Port Anson`: the place follows.
        "Publication title" => {
            let name = value.split(';').next().unwrap_or_default();
            (FactKind::Outlet, bare_outlet(name))
        }
        "Publication date" => (FactKind::Published, value),
        "Document URL" => (FactKind::Url, value),
        "Subject" => (FactKind::Tags, value),
        "Author" => {
            turned = names::turned_list(value);
            (FactKind::Author, &*turned)
        }
        _ => return,
    };
    draft.state(fact, words, Provenance::Field(key.into()));
}

#[cfg(test)]
mod tests {
    use super::super::reading::{facts, read_bytes, stories};
    use crate::article::TextExtent;

    const EXPORT: &[u8] = include_bytes!("../../../tests/fixtures/proquest.txt");

    #[test]
    fn each_article_of_an_export_is_a_report() {
        let read = read_bytes("a.txt", EXPORT);
        assert_eq!(
            facts(&read),
            [
                "Minister says ferry fares will not rise this year | The Harbour Post | Jane Doe | 2025-09-03",
                "Province freezes ferry fares as union demands guarantee | Prairie Broadcasting | Sam Lee, Priya Nair | 2025-09-04",
            ]
        );
        let stories = stories(&read);
        assert_eq!(stories[0].split('\n').count(), 7);
        assert!(stories[0].ends_with("A decision on fares for 2026 is expected in November."));
    }

    #[test]
    fn the_story_keeps_keys_that_are_not_of_the_archive() {
        let text = format!(
            "{}\n\nFerries stay\n\nPublication title: The Post\n\nFull text: The fares stay.\n\nMINISTER: We will not.\n\nSubject: Ferries\n",
            "_".repeat(60)
        );
        assert_eq!(
            stories(&read_bytes("a.txt", text.as_bytes())),
            ["The fares stay.\nMINISTER: We will not."]
        );
    }

    #[test]
    fn an_abstract_alone_is_an_excerpt_and_nothing_is_named() {
        let part = |keys: &str| {
            format!(
                "{}\n\nFerries stay\n\nPublication title: The Post\n\n{keys}\n\n",
                "_".repeat(60)
            )
        };
        let text =
            part("Abstract: The fares stay.") + &part("Abstract: \n\nFull text: Not available.");
        let read = read_bytes("a.txt", text.as_bytes());
        assert!(
            read[0]
                .as_ref()
                .is_ok_and(|one| one.extent == TextExtent::Excerpt)
        );
        assert!(
            read[1]
                .as_ref()
                .is_err_and(|said| said.to_string().starts_with("a.txt#2: no full text"))
        );
    }

    #[test]
    fn a_cut_export_gives_what_it_has() {
        for end in (1..EXPORT.len()).step_by(37) {
            let read = read_bytes("a.txt", &EXPORT[..end]);
            assert!((1..=2).contains(&read.len()), "{end}");
        }
    }
}
