//! Lists of references, RIS and BibTeX, as Zotero and libraries write them: an abstract makes an excerpt, a reference alone none.

use unicode_normalization::UnicodeNormalization;

use crate::article::{Provenance, TextExtent};
use crate::text::CleanText;

use super::super::draft::ReportDraft;
use super::super::facts::ReportFacts;
use super::super::failure::ReadResult;
use super::super::keys::FactKind;
use super::super::{entities, names};
use super::entries::{self, ReadEntry};
use super::{BYTE_ORDER_MARK, FileStart, FormatFamily, FormatReader, html};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "RIS and BibTeX",
    endings: &["ris", "bib"],
    facts: "headline, outlet, author, date, address, subjects; an abstract as an excerpt",
    recognize,
};

/// Fields and the facts that they state, the best first; those of BibTeX in small letters.
const FACTS: [(&str, FactKind); 18] = [
    ("TI", FactKind::Headline),
    ("T1", FactKind::Headline),
    ("title", FactKind::Headline),
    ("T2", FactKind::Outlet),
    ("JO", FactKind::Outlet),
    ("JF", FactKind::Outlet),
    ("journal", FactKind::Outlet),
    ("journaltitle", FactKind::Outlet),
    ("DA", FactKind::Published),
    ("Y1", FactKind::Published),
    ("date", FactKind::Published),
    ("UR", FactKind::Url),
    ("url", FactKind::Url),
    ("KW", FactKind::Tags),
    ("keywords", FactKind::Tags),
    ("PB", FactKind::Outlet),
    ("publisher", FactKind::Outlet),
    ("howpublished", FactKind::Outlet),
];
/// Fields with a part of the report.
const ABSTRACTS: [&str; 3] = ["AB", "N2", "abstract"];
/// Kinds of BibTeX's entries; others (`@string`, `@comment`) are none.
const ENTRIES: [&str; 14] = [
    "article",
    "misc",
    "online",
    "newspaper",
    "news",
    "book",
    "inbook",
    "incollection",
    "report",
    "techreport",
    "unpublished",
    "www",
    "electronic",
    "inproceedings",
];
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    if start.begins_with(&[b"ty  - "]) {
        return Some(Ok(FormatReader::Whole(read_ris)));
    }
    let is_bibtex = start.has_ending(&["bib"])
        || ENTRIES
            .iter()
            .any(|kind| start.begins_with(&[format!("@{kind}{{").as_bytes()]));
    is_bibtex.then_some(Ok(FormatReader::Whole(read_bibtex)))
}

/// A reference: its fields in order, and its words in the file.
#[derive(Debug, Default)]
struct Reference<'a> {
    fields: Vec<(&'a str, String)>,
    source: String,
}

fn read_ris(name: &CleanText, text: &str) -> Result<Vec<ReadResult>, String> {
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    let mut references = vec![Reference::default()];
    for line in text.lines() {
        let Some(reference) = references.last_mut() else {
            break;
        };
        reference.source.push_str(line.trim_end());
        reference.source.push('\n');
        let field = line.get(..2).filter(|_| line.get(2..5) == Some("  -"));
        let value = line.get(5..).unwrap_or_default().trim();
        match (field, reference.fields.last_mut()) {
            (Some("ER"), _) => references.push(Reference::default()),
            (Some(field), _) => reference.fields.push((field, value.to_owned())),
            // A long value goes on in the next line.
            (None, Some((_, last))) => {
                last.push('\n');
                last.push_str(line.trim());
            }
            (None, None) => {}
        }
    }
    references.retain(|reference| !reference.fields.is_empty());
    reports(name, references)
}

fn read_bibtex(name: &CleanText, text: &str) -> Result<Vec<ReadResult>, String> {
    let mut references = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('@') {
        rest = after;
        let Some((kind, body)) = after.split_once('{') else {
            continue;
        };
        if !ENTRIES.contains(&&*kind.trim().to_ascii_lowercase()) {
            continue;
        }
        let end = closing(body).unwrap_or(body.len());
        let source = body.get(..end).unwrap_or_default();
        references.push(Reference {
            fields: fields(source),
            source: source.to_owned(),
        });
        rest = body.get(end..).unwrap_or_default();
    }
    reports(name, references)
}

/// Returns the place of the brace that closes the one before `text`.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Returns the fields of an entry: `key = {value}`, `key = "value"`, `key = value`.
fn fields(entry: &str) -> Vec<(&str, String)> {
    let mut fields = Vec::new();
    let mut rest = entry.split_once(',').map_or("", |parts| parts.1);
    while let Some((key, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let (value, length) = match after.as_bytes().first() {
            Some(b'{') => {
                let inner = after.get(1..).unwrap_or_default();
                let end = closing(inner).unwrap_or(inner.len());
                (inner.get(..end).unwrap_or_default(), end + 2)
            }
            Some(b'"') => {
                let inner = after.get(1..).unwrap_or_default();
                let end = inner.find('"').unwrap_or(inner.len());
                (inner.get(..end).unwrap_or_default(), end + 2)
            }
            _ => {
                let end = after.find(',').unwrap_or(after.len());
                (after.get(..end).unwrap_or_default(), end)
            }
        };
        let key = key.trim_matches(|c: char| c.is_whitespace() || c == ',');
        fields.push((key, without_tex(value.trim())));
        rest = after.get(length.min(after.len())..).unwrap_or_default();
    }
    fields
}

/// Returns words without TeX's braces, with letters for `\'e` and `\&`.
fn without_tex(words: &str) -> String {
    let mut plain = String::new();
    let mut letters = words.chars().peekable();
    let mut accent = None;
    while let Some(letter) = letters.next() {
        match letter {
            '{' | '}' => {}
            '\\' => match letters.next() {
                Some(mark) if combining(mark).is_some() => accent = combining(mark),
                Some(other) => plain.push(other),
                None => {}
            },
            letter => {
                plain.push(letter);
                plain.extend(accent.take());
            }
        }
    }
    plain.nfc().collect()
}

fn combining(mark: char) -> Option<char> {
    Some(match mark {
        '\'' => '\u{301}',
        '`' => '\u{300}',
        '^' => '\u{302}',
        '"' => '\u{308}',
        '~' => '\u{303}',
        _ => return None,
    })
}

fn reports(name: &CleanText, references: Vec<Reference<'_>>) -> Result<Vec<ReadResult>, String> {
    if references.is_empty() {
        return Err("an empty list of references; nothing to read in it".to_owned());
    }
    let read = references.into_iter().map(|reference| ReadEntry {
        draft: draft(&reference),
        source: reference.source,
    });
    entries::reports(name, read.collect())
}

fn draft(reference: &Reference<'_>) -> Result<ReportDraft, String> {
    let mut draft = ReportDraft::with_facts(ReportFacts::default(), TextExtent::Excerpt);
    for (field, fact) in FACTS {
        for value in reference.values(field) {
            draft.state(
                fact,
                &entities::plain(value),
                Provenance::Field(field.into()),
            );
        }
    }
    let authors = reference.authors();
    draft.state(FactKind::Author, &authors, Provenance::Field("AU".into()));
    let day = reference.day().unwrap_or_default();
    draft.state(FactKind::Published, &day, Provenance::Field("year".into()));
    let summary = ABSTRACTS
        .iter()
        .find_map(|field| reference.values(field).next());
    let summary = summary.unwrap_or_default();
    if html::is_fragment(summary) {
        for paragraph in html::fragment(summary)? {
            draft.push(Some(paragraph.role), &paragraph.words);
        }
    } else {
        let summary = entities::plain(summary);
        summary.split('\n').for_each(|line| draft.push_body(line));
    }
    Ok(draft)
}

impl Reference<'_> {
    fn values<'r>(&'r self, field: &str) -> impl Iterator<Item = &'r str> {
        let fields = self.fields.iter();
        let named = fields.filter(move |(name, _)| *name == field || is_same_small(name, field));
        let values = named.map(|(_, value)| value.as_str());
        values
            .filter(|value| !value.is_empty())
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Returns the names of the authors, turned: RIS has one a field, BibTeX `and` between them.
    fn authors(&self) -> String {
        let fields = ["AU", "A1", "author"].into_iter();
        let names = fields.flat_map(|field| self.values(field));
        let names = names.flat_map(|names| names.split(" and "));
        names.map(names::turned).collect::<Vec<_>>().join(", ")
    }

    /// Returns the day of BibTeX's `year`, `month` and `day`.
    fn day(&self) -> Option<String> {
        let value = |field| self.values(field).next();
        let month = value("month")?.to_lowercase();
        let named = MONTHS.iter().position(|name| month.starts_with(name));
        let month = named.map_or_else(|| month.parse().ok(), |at| Some(at + 1))?;
        let day: u32 = value("day")?.parse().ok()?;
        Some(format!("{}-{month:02}-{day:02}", value("year")?))
    }
}

/// Returns whether `name` is the field of BibTeX called `field`, however it is written.
fn is_same_small(name: &str, field: &str) -> bool {
    field.len() > 2 && name.eq_ignore_ascii_case(field)
}

#[cfg(test)]
mod tests {
    use super::super::reading::{facts, read_bytes, stories};
    use crate::article::TextExtent;

    const RIS: &[u8] = include_bytes!("../../../tests/fixtures/zotero.ris");
    const BIBTEX: &[u8] = include_bytes!("../../../tests/fixtures/zotero.bib");

    #[test]
    fn an_abstract_is_an_excerpt() {
        let read = read_bytes("a.ris", RIS);
        assert_eq!(
            facts(&read),
            [
                "Minister says ferry fares will not rise this year | The Harbour Post | Jane Doe | 2025-09-03",
                "Province freezes ferry fares as union demands guarantee | Prairie Broadcasting | Sam Lee, Priya Nair | 2025-09-04",
            ]
        );
        assert!(
            read.iter()
                .flatten()
                .all(|one| one.extent == TextExtent::Excerpt)
        );
        let bibtex = "@string{x = {y}}\n@Article{doe,\n title = \"Ferries in Qu{\\'e}bec \\& more\", author = {Doe, Jane and Lee, Sam},\n Abstract = {The {fares} stay.}, year = 2025, month = sep, day = 3\n}\n";
        let read = read_bytes("a.bib", bibtex.as_bytes());
        assert_eq!(
            facts(&read),
            ["Ferries in Québec & more | ? | Jane Doe, Sam Lee | 2025-09-03"]
        );
        assert_eq!(stories(&read), ["The fares stay."]);
    }

    #[test]
    fn references_alone_are_said_once() {
        assert_eq!(
            facts(&read_bytes("a.bib", BIBTEX)),
            ["a.bib: none of its 2 entries has a text; save the pages that the links lead to"]
        );
    }

    #[test]
    fn a_cut_off_list_gives_what_it_has_and_an_empty_one_nothing() {
        for (name, bytes) in [("a.ris", RIS), ("a.bib", BIBTEX)] {
            for end in (1..bytes.len()).step_by(19) {
                assert!(!read_bytes(name, &bytes[..end]).is_empty(), "{end}");
            }
        }
        assert!(read_bytes("a.bib", b"% nothing\n")[0].is_err());
    }
}
