//! LexisNexis as it was until 2019, saved as text: articles begin with a line `1 of 100 DOCUMENTS`; outlet and date stand above
//! the headline, labels in capitals (`BYLINE:`, `LENGTH:`) between it and the story, others after it.
//!
//! Lines are broken at some 80 letters, so that a paragraph ends at a blank line only.

use std::borrow::Cow;

use crate::article::{Article, BlockRole, Provenance};
use crate::text::{CleanText, Span};

use super::super::draft::ReportDraft;
use super::super::keys::FactKind;
use super::super::names;
use super::export_lines::{bare_outlet, date_line};
use super::{FileStart, FormatFamily, FormatReader, PartsReader, decode_text, html};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "LexisNexis before 2019, saved as text or HTML",
    endings: &[],
    facts: "headline, outlet, author, date, dek",
    recognize,
};

const READER: PartsReader = PartsReader {
    decode: decode_text,
    split,
    read,
};

/// Words of the line before an article, in the languages of the interface.
const DOCUMENTS: [&str; 6] = [
    "DOCUMENTS",
    "DOCUMENT",
    "DOKUMENTEN",
    "DOCUMENTEN",
    "DOCUMENTOS",
    "DOCUMENTI",
];
/// Labels after the headline and before the story, with what they state.
const HEAD: [(&str, Option<FactKind>); 20] = [
    ("BYLINE", Some(FactKind::Author)),
    ("AUTHOR", Some(FactKind::Author)),
    ("AUTEUR", Some(FactKind::Author)),
    ("AUTOR", Some(FactKind::Author)),
    ("HIGHLIGHT", Some(FactKind::Dek)),
    ("URL", Some(FactKind::Url)),
    ("SECTION", None),
    ("RUBRIK", None),
    ("RUBRIQUE", None),
    ("LENGTH", None),
    ("LÄNGE", None),
    ("LONGUEUR", None),
    ("LENGTE", None),
    ("DATELINE", None),
    ("SERIES", None),
    ("EDITION", None),
    ("SOURCE", None),
    ("REPORTER", Some(FactKind::Author)),
    ("ABSTRACT", Some(FactKind::Dek)),
    ("HEADLINE", Some(FactKind::Headline)),
];
/// Labels that end the story.
const TAIL: [&str; 27] = [
    "LOAD-DATE",
    "LANGUAGE",
    "GRAPHIC",
    "PUBLICATION-TYPE",
    "SUBJECT",
    "CORRECTION-DATE",
    "CORRECTION",
    "NOTES",
    "NOTE",
    "DOCUMENT-TYPE",
    "JOURNAL-CODE",
    "ACC-NO",
    "TYPE",
    "ORGANIZATION",
    "COMPANY",
    "TICKER",
    "INDUSTRY",
    "PERSON",
    "CITY",
    "STATE",
    "COUNTRY",
    "GEOGRAPHIC",
    "UPDATE",
    "SPRACHE",
    "DATUM",
    "COPYRIGHT",
    "ISSN",
];

const PAGE_READER: PartsReader = PartsReader {
    decode: page_text,
    split,
    read,
};

/// Lines before the first article in which its separator is sought; the request for the download may stand there.
const LINES_BEFORE: usize = 60;
/// Marks that a page of the archive has near its top.
const PAGE_MARKS: [&[u8]; 2] = [b"<!-- LXNComment", b"<DOCFULL>"];

/// Returns the text of a page, laid out as it is in a text file.
fn page_text(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let document = html::parsed(&html::decoded(bytes)?)?;
    let paragraphs = html::paragraphs(&document.root()).into_iter();
    let lines: Vec<String> = paragraphs.map(|paragraph| paragraph.words).collect();
    Ok(Cow::Owned(lines.join("\n\n")))
}

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    let has = |mark: &[u8]| memchr::memmem::find(start.bytes, mark).is_some();
    if html::is_page(start) {
        let is_export = PAGE_MARKS.into_iter().any(has);
        return is_export.then_some(Ok(FormatReader::Parts(PAGE_READER)));
    }
    if start.ending.is_some() && !start.has_ending(&["txt", "text"]) {
        return None;
    }
    let text = start.text();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let is_export = lines.by_ref().take(LINES_BEFORE).any(is_separator);
    is_export.then_some(Ok(FormatReader::Parts(READER)))
}

/// Returns whether a line is `1 of 100 DOCUMENTS` or says so in another language.
fn is_separator(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        [first, _, .., count, last] => {
            let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
            words.len() <= 5 && DOCUMENTS.contains(last) && is_number(first) && is_number(count)
        }
        _ => false,
    }
}

/// Returns the articles; what stands before the first is the archive's cover.
fn split(text: &str) -> Vec<Span> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if is_separator(line.trim_start_matches('\u{feff}')) {
            starts.push((at, at + line.len()));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|next| next.0).chain([at]);
    let parts = starts.iter().zip(ends);
    parts.map(|(start, end)| Span::new(start.1, end)).collect()
}

/// Returns the label of a paragraph, a word in capitals or more before a colon, and what follows.
fn label(paragraph: &str) -> Option<(&str, &str)> {
    let (label, value) = paragraph.split_once(':')?;
    let is_label = !label.is_empty()
        && label.len() <= 24
        && label
            .chars()
            .all(|c| c.is_uppercase() || c == '-' || c == ' ');
    is_label.then(|| (label, value.trim()))
}

fn read(name: &CleanText, part: &str) -> Result<Article, String> {
    let paragraphs = paragraphs(part);
    let mut draft = ReportDraft::default();
    let is_head_label = |paragraph: &String| {
        label(paragraph).is_some_and(|(label, _)| HEAD.iter().any(|known| known.0 == label))
    };
    let labels = paragraphs.iter().position(is_head_label);
    let date = paragraphs
        .iter()
        .position(|paragraph| date_line(paragraph).is_some());
    let head_end = match (labels, date) {
        (Some(labels), Some(date)) => labels.max(date + 1),
        (Some(labels), None) => labels,
        (None, Some(date)) => date + 2,
        (None, None) => return Err("no date and no labels as LexisNexis has them".to_owned()),
    };
    read_head(
        &mut draft,
        paragraphs.get(..head_end).unwrap_or_default(),
        date,
    );
    let mut in_head = true;
    for paragraph in paragraphs.get(head_end..).unwrap_or_default() {
        match label(paragraph) {
            Some((label, value)) if in_head && HEAD.iter().any(|known| known.0 == label) => {
                state(&mut draft, label, value);
            }
            Some((label, _)) if TAIL.contains(&label) => break,
            _ if is_copyright(paragraph) => break,
            _ => {
                in_head = false;
                draft.push_body(paragraph);
            }
        }
    }
    if draft.is_empty() {
        return Err("no text below its heading; download it with its full text".to_owned());
    }
    Ok(draft.article(name, part.trim().as_bytes()))
}

/// Reads what stands before the labels: outlet, date, headline.
fn read_head(draft: &mut ReportDraft, head: &[String], date: Option<usize>) {
    let mut state = |fact, words: &str| draft.state(fact, words, Provenance::Layout);
    let is_notice = |line: &&String| is_copyright(line) || line.starts_with("All Rights");
    let Some(date) = date.filter(|&date| date < head.len()) else {
        let mut lines = head.iter().filter(|line| !is_notice(line));
        state(
            FactKind::Outlet,
            bare_outlet(lines.next().map_or("", String::as_str)),
        );
        let headline: Vec<&str> = lines.map(String::as_str).collect();
        state(FactKind::Headline, &headline.join(" "));
        return;
    };
    let (before, after) = head.split_at(date);
    let outlet = before.iter().find(|line| !is_notice(line));
    state(
        FactKind::Outlet,
        bare_outlet(outlet.map_or("", String::as_str)),
    );
    let day = after.first().and_then(|line| date_line(line));
    state(FactKind::Published, day.unwrap_or_default());
    // The edition may stand in a line between.
    let lines = after
        .iter()
        .skip(1)
        .filter(|line| !is_notice(line) && !is_edition(line));
    let headline: Vec<&str> = lines.map(String::as_str).collect();
    state(FactKind::Headline, &headline.join(" "));
}

fn is_edition(line: &str) -> bool {
    line.ends_with(" Edition") || line.ends_with("Edition - Final") || line == "Correction Appended"
}

fn is_copyright(line: &str) -> bool {
    line.starts_with("Copyright ") || line.starts_with('©')
}

fn state(draft: &mut ReportDraft, label: &str, value: &str) {
    let known = HEAD.iter().find(|known| known.0 == label);
    let Some((name, Some(fact))) = known else {
        return;
    };
    let from = Provenance::Field((*name).into());
    match fact {
        FactKind::Author => {
            // `Doe, Jane; Roe, John` is a list, `By JANE DOE; Staff Writer` is not.
            let mut parts = value.split(';');
            let is_list = value.contains(';') && parts.all(|part| part.contains(", "));
            let names = if is_list {
                names::turned_list(value)
            } else {
                let first = value.split(';').next().unwrap_or_default();
                without_office(first).to_owned()
            };
            draft.state(FactKind::Author, &names, from);
        }
        FactKind::Dek => draft.push(Some(BlockRole::Dek), value),
        fact => draft.state(*fact, value, from),
    }
}

/// Returns the names in `Jane Doe, Transport correspondent`: an office has a word in small letters.
fn without_office(names: &str) -> &str {
    let is_office = |part: &str| {
        let mut words = part.split_whitespace().skip(1);
        words.any(|word| word.len() > 4 && word.starts_with(char::is_lowercase))
    };
    match names.rsplit_once(", ") {
        Some((before, last)) if is_office(last) => before,
        _ => names,
    }
}

/// Returns the paragraphs, each in one line.
fn paragraphs(part: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_apart = true;
    for line in part.lines() {
        let line = line.trim();
        match paragraphs.last_mut() {
            _ if line.is_empty() => is_apart = true,
            Some(last) if !is_apart => {
                last.push(' ');
                last.push_str(line);
            }
            _ => {
                paragraphs.push(line.to_owned());
                is_apart = false;
            }
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::super::reading::{facts, read_bytes, stories};

    const EXPORT: &[u8] = include_bytes!("../../../tests/fixtures/lexis.txt");

    #[test]
    fn each_document_is_a_report() {
        let read = read_bytes("a.TXT", EXPORT);
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
    fn a_page_is_laid_out_as_a_text_is() {
        let page = "<!-- Hide XML section from browser\n<DOCFULL> -->\n<HTML><BODY><P>Download Request: Selected Items: 1-1<BR><BR>Terms: ferry</P>\
                    <DIV><P><SPAN>1 of 1 DOCUMENTS</SPAN></P></DIV><DIV><P>The Guardian (London)</P></DIV><DIV><P>September 3, 2025 Wednesday</P></DIV>\
                    <DIV><P>Ferries stay</P></DIV><DIV><P><SPAN>BYLINE: </SPAN>Jane Doe</P></DIV><DIV><P>LENGTH: 9 words</P></DIV>\
                    <DIV><P>The fares stay.</P><P>The union waits.</P></DIV><DIV><P>LOAD-DATE: September 5, 2025</P></DIV></BODY></HTML>";
        let read = read_bytes("a.html", page.as_bytes());
        assert_eq!(
            facts(&read),
            ["Ferries stay | The Guardian | Jane Doe | 2025-09-03"]
        );
        assert_eq!(stories(&read), ["The fares stay.\nThe union waits."]);
    }

    #[test]
    fn the_request_for_the_download_may_stand_before_the_articles() {
        let cover =
            "Download Request: Selected Items: 1-2\nTime Of Request: Friday\nSend To:\n".repeat(5);
        let text = [cover.as_bytes(), EXPORT].concat();
        assert_eq!(read_bytes("a.TXT", &text).len(), 2);
    }

    #[test]
    fn an_edition_a_notice_and_a_staff_title_are_no_facts() {
        let text = "\n 3 of 8 DOCUMENTS\n\n Copyright 2010 Harbour Media\n All Rights Reserved\n The Harbour Post (Port Anson)\n\n March 22, 2010 Monday\n Late Edition - Final\n\nFerries stay\n\nBYLINE: By JANE DOE, Transport correspondent; Staff Writer\n\nLENGTH: 12 words\n\nThe fares stay.\n\nMARSH: We will not.\n\nLOAD-DATE: March 23, 2010\n";
        let read = read_bytes("a.txt", text.as_bytes());
        assert_eq!(stories(&read), ["The fares stay.\nMARSH: We will not."]);
        assert_eq!(facts(&read)[0].split(" | ").nth(2), Some("JANE DOE"));
    }

    #[test]
    fn a_cut_off_export_gives_what_it_has_and_prose_is_none() {
        for end in (1..EXPORT.len()).step_by(37) {
            assert!(!read_bytes("a.txt", &EXPORT[..end]).is_empty(), "{end}");
        }
        assert!(!super::is_separator("Two of the 5 DOCUMENTS"));
        assert!(read_bytes("a.txt", b"1 of 2 DOCUMENTS\n")[0].is_err());
    }
}
