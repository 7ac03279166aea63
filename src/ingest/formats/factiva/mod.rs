//! Factiva, as text, rich text or a page, in both layouts.
//!
//! The article layout has no labels: the line with the count of words is the anchor. Above it stand section, headline and author,
//! below it date, time, outlet, codes, language and copyright; then the story, up to the number of the document. The indexing layout
//! has a field of two capitals a line (`HD`, `BY`, `PD`, `LP`). The language of the counts and months is that of the user.

use std::borrow::Cow;

use crate::article::{Article, Provenance};
use crate::text::{CleanText, Span};

mod page;

use super::super::draft::ReportDraft;
use super::super::keys::FactKind;
use super::export_lines::{PART_END, bare_outlet, date_line, lines, parts_between, parts_ending};
use super::{FileStart, FormatFamily, FormatReader, PartsReader, decode_text};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "Factiva, saved as HTML, text or RTF",
    endings: &[],
    facts: "headline, outlet, author, date",
    recognize,
};

const READER: PartsReader = PartsReader {
    decode: decode_text,
    split,
    read: |name, part| read(name, part, part.as_bytes()),
};

const PAGE_READER: PartsReader = PartsReader {
    decode: page::text,
    split: |text| parts_between(text, PART_END),
    read: |name, part| read(name, part, part.as_bytes()),
};

/// Words that follow a count of words, in the languages of the service.
const WORDS: [&str; 16] = [
    "words",
    "word",
    "wörter",
    "mots",
    "mot",
    "palabras",
    "parole",
    "palavras",
    "woorden",
    "ord",
    "字",
    "слов",
    "слова",
    "単語",
    "단어",
    "kata",
];
/// Fields of the indexing layout.
const FIELDS: [&str; 29] = [
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP",
    "TD", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "ART", "CLM", "DE",
];
/// Before an author's name, in the languages of papers.
const BY: [&str; 14] = [
    "By ", "BY ", "by ", "Von ", "VON ", "Par ", "PAR ", "Por ", "POR ", "Di ", "Door ", "Av ",
    "Af ", "De ",
];
/// Lines between the outlet and the story at most: code, edition, volume, page, language, copyright.
const CODES: usize = 8;
/// Lines above the count of words that may be head and not a list of contents.
const ABOVE: usize = 6;

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    if page::is_page(start) {
        return Some(Ok(FormatReader::Parts(PAGE_READER)));
    }
    let text = start.text();
    // Prose has no such line, so that one is enough.
    let is_export = lines(&text).any(is_end) && is_article(&text);
    is_export.then_some(Ok(FormatReader::Parts(READER)))
}

/// Returns whether a line ends an article: `Document HARPST0020250903el9300001`, the first word in the user's language.
fn is_end(line: &str) -> bool {
    let Some((before, number)) = line.trim().rsplit_once([' ', '\t', '\u{a0}']) else {
        return false;
    };
    let is_number = number.len() >= 20 && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let has_day = number
        .as_bytes()
        .windows(8)
        .any(|digits| digits.iter().all(u8::is_ascii_digit));
    is_number
        && has_day
        && number.starts_with(|c: char| c.is_ascii_uppercase())
        && before.split_whitespace().count() <= 2
}

/// Returns the places of the articles.
pub(super) fn split(text: &str) -> Vec<Span> {
    parts_ending(text, is_end)
}

/// Returns whether `text` is an article, or begins with some.
pub(super) fn is_article(text: &str) -> bool {
    let lines: Vec<&str> = lines(text).filter(|line| !line.is_empty()).collect();
    anchor(&lines).is_some() || is_indexed(&lines)
}

/// Returns the place of the line with the count of words, which a date follows.
fn anchor(lines: &[&str]) -> Option<usize> {
    let is_dated = |at: usize| {
        lines
            .get(at + 1)
            .is_some_and(|next| date_line(next).is_some())
    };
    (0..lines.len()).find(|&at| lines.get(at).is_some_and(|line| is_count(line)) && is_dated(at))
}

fn is_count(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’')
    });
    line.starts_with(|c: char| c.is_ascii_digit()) && WORDS.contains(&&*digits.to_lowercase())
}

/// Returns whether the lines are fields: a headline, and a first paragraph or the rest of the text.
fn is_indexed(lines: &[&str]) -> bool {
    let has = |name: &str| {
        lines
            .iter()
            .any(|line| field(line).is_some_and(|(found, _)| found == name))
    };
    has("HD") && (has("LP") || has("TD"))
}

/// Returns the field that a line begins, and the words after its name.
fn field(line: &str) -> Option<(&'static str, &str)> {
    let name = FIELDS.iter().find(|name| line.starts_with(**name))?;
    let rest = line.get(name.len()..)?;
    let is_apart = rest.is_empty()
        || rest.starts_with(['\t', '\u{a0}'])
        || rest.starts_with("  ")
        || rest.starts_with(' ');
    is_apart.then_some((*name, rest.trim()))
}

/// Returns the report of an article.
pub(super) fn read(name: &CleanText, text: &str, source: &[u8]) -> Result<Article, String> {
    let all: Vec<&str> = lines(text).collect();
    let filled: Vec<&str> = all
        .iter()
        .copied()
        .filter(|line| !line.is_empty())
        .collect();
    let mut draft = ReportDraft::default();
    if is_indexed(&filled) {
        read_fields(&mut draft, &all);
    } else if let Some(anchor) = anchor(&filled) {
        let (above, below) = filled.split_at(anchor);
        state_above(&mut draft, above);
        read_below(&mut draft, below.get(1..).unwrap_or_default());
    }
    if draft.is_empty() {
        return Err("an article without text; save it with its full text".to_owned());
    }
    Ok(draft.article(name, source))
}

/// States headline and author, which stand right above the count of words; section and contents may stand before them.
fn state_above(draft: &mut ReportDraft, above: &[&str]) {
    // A page tells which line is the headline.
    if let Some(known) = above.iter().position(|line| line.starts_with("HD\t")) {
        let (_, after) = above.split_at(known);
        let headline = after.first().and_then(|line| line.strip_prefix("HD\t"));
        state(
            draft,
            FactKind::Headline,
            headline.unwrap_or_default(),
            "HD",
        );
        let author = after.get(1).copied().unwrap_or_default();
        state(draft, FactKind::Author, without_by(author), "BY");
        return;
    }
    let mut above = above;
    for _ in 0..2 {
        let Some((last, before)) = above.split_last() else {
            break;
        };
        if before.is_empty() || !is_author(last, before, draft.facts.author.is_some()) {
            break;
        }
        state(draft, FactKind::Author, without_by(last), "BY");
        above = before;
    }
    let from = above.len().saturating_sub(ABOVE);
    let head = above.get(from..).unwrap_or_default();
    if let Some(headline) = head.last() {
        state(draft, FactKind::Headline, headline, "HD");
    }
}

/// Returns the name in a byline.
fn without_by(line: &str) -> &str {
    BY.iter()
        .find_map(|by| line.strip_prefix(by))
        .unwrap_or(line)
}

/// Returns whether the last line above the count names an author and is not the headline.
fn is_author(line: &str, before: &[&str], is_known: bool) -> bool {
    let says_by = BY.iter().any(|by| line.starts_with(by));
    let words = line.split_whitespace().count();
    let names = line
        .split([',', ';', '/'])
        .flat_map(|part| part.split(" and "));
    let is_name = |name: &str| {
        let words = name.split_whitespace();
        (1..=5).contains(&words.clone().count())
            && words
                .clone()
                .all(|word| !word.starts_with(char::is_lowercase) || word.len() <= 3)
            && !name.contains(|c: char| c.is_ascii_digit() || "?!:“\"".contains(c))
    };
    // Without `By`, a line of names below a line that is longer.
    let above = before
        .last()
        .map_or(0, |above| above.split_whitespace().count());
    let seems =
        !is_known && above > words && above >= 4 && words >= 2 && names.clone().count() <= 4;
    says_by || (seems && names.into_iter().all(is_name))
}

/// Reads what follows the count of words.
fn read_below(draft: &mut ReportDraft, below: &[&str]) {
    let mut lines = below.iter().copied().peekable();
    if let Some(date) = lines.next().and_then(date_line) {
        state(draft, FactKind::Published, date, "PD");
    }
    lines.next_if(|line| is_time(line));
    if let Some(outlet) = lines.next() {
        state(draft, FactKind::Outlet, bare_outlet(outlet), "SN");
    }
    let rest: Vec<&str> = lines.collect();
    let start = story_start(&rest);
    let (codes, story) = rest.split_at(start.min(rest.len()));
    let story: Vec<&str> = story.iter().copied().filter(|line| !is_end(line)).collect();
    // The owner of the text often stands below it once more.
    let is_owner = |line: &&str| {
        codes
            .iter()
            .any(|code| code.contains(line) && code.len() > line.len())
    };
    let end = story.len() - usize::from(story.last().is_some_and(is_owner));
    for line in story.iter().take(end) {
        draft.push_body(&without_links(line));
    }
}

fn is_time(line: &str) -> bool {
    let mut parts = line.splitn(2, ':');
    let hour = parts.next().unwrap_or_default();
    let minute = parts.next().unwrap_or_default();
    (1..=2).contains(&hour.len())
        && hour.bytes().all(|byte| byte.is_ascii_digit())
        && minute.starts_with(|c: char| c.is_ascii_digit())
        && line.len() <= 20
}

/// Returns how many lines of codes stand before the story: up to that with the copyright, or while they are short.
fn story_start(rest: &[&str]) -> usize {
    let codes = rest.iter().take(CODES);
    let is_copyright = |line: &&str| {
        let line = line.to_lowercase();
        [
            "copyright",
            "(c)",
            "©",
            "all rights reserved",
            "tous droits",
            "alle rechte",
            "derechos",
        ]
        .iter()
        .any(|words| line.contains(words))
    };
    if let Some(at) = codes.clone().position(is_copyright) {
        // A second such line often follows: `All Rights Reserved.`
        let more = rest
            .iter()
            .skip(at + 1)
            .take_while(|line| is_copyright(line) && line.len() < 120)
            .count();
        return at + 1 + more;
    }
    codes
        .take_while(|line| line.split_whitespace().count() <= 3 && !line.ends_with('.'))
        .count()
}

/// Returns the words of a line without the addresses that stand in brackets behind those that led there.
fn without_links(line: &str) -> Cow<'_, str> {
    if !line.contains("[http") {
        return Cow::Borrowed(line);
    }
    let mut words = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("[http") {
        words.push_str(before);
        rest = after.split_once(']').map_or("", |parts| parts.1);
    }
    Cow::Owned(words + rest)
}

/// Reads the fields of the indexing layout.
fn read_fields(draft: &mut ReportDraft, lines: &[&str]) {
    let mut open: Option<(&'static str, Vec<&str>)> = None;
    for line in lines.iter().copied().filter(|line| !line.is_empty()) {
        match (field(line), &mut open) {
            (Some((name, words)), open) => {
                if let Some((name, lines)) = open.take() {
                    take_field(draft, name, &lines);
                }
                *open = Some((name, vec![words]));
            }
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    if let Some((name, lines)) = open {
        take_field(draft, name, &lines);
    }
}

fn take_field(draft: &mut ReportDraft, name: &'static str, lines: &[&str]) {
    let words = lines.join(" ");
    let words = words.trim();
    match name {
        "HD" => state(draft, FactKind::Headline, words, name),
        "BY" => {
            state(draft, FactKind::Author, without_by(words), name);
        }
        "PD" => state(
            draft,
            FactKind::Published,
            date_line(words).unwrap_or(words),
            name,
        ),
        "SN" => state(draft, FactKind::Outlet, bare_outlet(words), name),
        "LP" | "TD" => lines
            .iter()
            .for_each(|line| draft.push_body(&without_links(line))),
        _ => {}
    }
}

fn state(draft: &mut ReportDraft, fact: FactKind, words: &str, label: &'static str) {
    draft.state(fact, words, Provenance::Field(label.into()));
}

#[cfg(test)]
mod tests {
    use super::super::reading::{facts, read_bytes, stories};

    const TEXT: &[u8] = include_bytes!("../../../../tests/fixtures/factiva.txt");
    const RTF: &[u8] = include_bytes!("../../../../tests/fixtures/factiva.rtf");
    const FERRIES: [&str; 2] = [
        "Minister says ferry fares will not rise this year | The Harbour Post | Jane Doe | 2025-09-03",
        "Province freezes ferry fares as union demands guarantee | Prairie Broadcasting | Sam Lee, Priya Nair | 2025-09-04",
    ];

    #[test]
    fn each_article_of_an_export_is_a_report() {
        for (name, bytes) in [("a.txt", TEXT), ("a.rtf", RTF)] {
            let read = read_bytes(name, bytes);
            assert_eq!(facts(&read), FERRIES, "{name}");
            let stories = stories(&read);
            assert!(
                stories.iter().all(|story| story.split('\n').count() == 7),
                "{stories:?}"
            );
            assert!(stories[1].ends_with("Fares for 2026 are to be decided in November."));
        }
    }

    fn article(head: &str, below: &str) -> String {
        format!(
            "{head}\n{below}\n\nThe fares stay.\n\nThe union waits.\n\nDocument HARPST0020250903el9300001\n\nSearch Summary\nText\nferry\n"
        )
    }

    #[test]
    fn the_user_may_have_another_language_and_the_article_no_section() {
        for (head, below) in [
            (
                "Ferries stay where they are\nBy Jane Doe\n820 words",
                "3 September 2025\nThe Post\nHARPST\nA1\nEnglish\nCopyright 2025 The Post. All Rights Reserved.",
            ),
            (
                "Politik\nFerries stay where they are\nVon Jane Doe\n1.820 Wörter",
                "3. September 2025\n14:05\nThe Post\nHARPST\nDeutsch\n© 2025",
            ),
            (
                "Ferries stay where they are\nJane Doe\n1 820 mots",
                "3 septembre 2025\n14:05 GMT\nThe Post (Port Anson)\nHARPST\nAnglais\n(c) 2025 The Post",
            ),
            (
                "Ferries stay where they are\nJane Doe\n820 字",
                "3 September 2025\nThe Post\nHARPST\nEnglish",
            ),
        ] {
            let text = article(head, below);
            let read = read_bytes("a.txt", text.as_bytes());
            assert_eq!(
                facts(&read),
                ["Ferries stay where they are | The Post | Jane Doe | 2025-09-03"],
                "{head}"
            );
            assert_eq!(
                stories(&read),
                ["The fares stay.\nThe union waits."],
                "{head}"
            );
        }
    }

    #[test]
    fn fields_of_the_indexing_layout_are_read() {
        let text = "HD  Ferries stay\nBY  By Jane Doe\nWC  820 words\nPD  3 September 2025\nET  14:05\nSN  The Post\nSC  HARPST\nLA  English\n\
                    LP\n\nThe fares stay.\n\nTD\n\nThe union waits.\n\nNS  gcat : News\nAN  Document HARPST0020250903el9300001\n";
        let read = read_bytes("a.txt", text.as_bytes());
        assert_eq!(
            facts(&read),
            ["Ferries stay | The Post | Jane Doe | 2025-09-03"]
        );
        assert_eq!(stories(&read), ["The fares stay.\nThe union waits."]);
    }

    #[test]
    fn a_page_says_which_line_is_the_headline() {
        let page = "<html><head><title>Factiva</title></head><body><div class=\"article deArticle\"><p></p><div>Politik</div><div id=\"hd\">\
                    <span class=\"deHeadline counted\">2) Ferries stay</span></div><div>Jane Doe</div><div>271 Wörter</div><div>3 September 2025</div>\
                    <div>The Post</div><div>HARPST</div><div>Deutsch</div><div>Copyright 2025. The Post.</div><p class=\"articleParagraph\">2) Ferries stay</p>\
                    <p class=\"articleParagraph\">The fares[http://x.example/a] stay.</p><p>Document HARPST0020250903el9300001</p></div></body></html>";
        let read = read_bytes("a.html", page.as_bytes());
        assert_eq!(
            facts(&read),
            ["Ferries stay | The Post | Jane Doe | 2025-09-03"]
        );
        assert_eq!(stories(&read), ["2) Ferries stay\nThe fares stay."]);
    }

    #[test]
    fn a_cut_export_and_prose_are_no_trouble() {
        for end in (1..TEXT.len()).step_by(61) {
            let read = read_bytes("a.txt", &TEXT[..end]);
            assert!((1..=2).contains(&read.len()), "{end}");
        }
        let prose = "He wrote 820 words\nand sent Document 12 on.";
        assert_eq!(read_bytes("a.txt", prose.as_bytes()).len(), 1);
    }
}
