//! Reads what `crossread show --format json` wrote: the reports with their facts and the roles of their paragraphs.
//!
//! The other commands write no texts; that is said.

use crate::article::{BlockRole, Provenance, TextExtent};
use crate::text::CleanText;

use super::super::super::draft::ReportDraft;
use super::super::super::failure::{ReadFailure, ReadResult};
use super::super::super::keys::FactKind;
use super::row_path;
use super::value::JsonValue;

/// Facts, each under its key.
const FACTS: [(&str, FactKind); 4] = [
    ("headline", FactKind::Headline),
    ("outlet", FactKind::Outlet),
    ("author", FactKind::Author),
    ("url", FactKind::Url),
];

/// Returns the reports of a document that crossread wrote; nothing where another program did.
pub(super) fn read(
    name: &CleanText,
    document: &JsonValue<'_>,
) -> Option<Result<Vec<ReadResult>, String>> {
    let program = document.member("program")?.as_text()?;
    let command = document.member("command")?.as_text()?;
    if !program.starts_with("crossread ") {
        return None;
    }
    Some(match (list(document, "reports"), list(document, "texts")) {
        (Some(reports), Some(texts)) if !texts.is_empty() => Ok(read_texts(name, reports, texts)),
        _ => Err(format!(
            "written by crossread {command}, without texts; write it with crossread show --format json"
        )),
    })
}

fn list<'v, 'a>(value: &'v JsonValue<'a>, key: &str) -> Option<&'v [JsonValue<'a>]> {
    match value.member(key)? {
        JsonValue::List(entries) => Some(entries),
        _ => None,
    }
}

fn read_texts(
    name: &CleanText,
    reports: &[JsonValue<'_>],
    texts: &[JsonValue<'_>],
) -> Vec<ReadResult> {
    let read = (1..).zip(texts).map(|(number, text)| {
        let path = if texts.len() > 1 {
            row_path(name, number)
        } else {
            name.clone()
        };
        let report = reports.iter().find(|report| {
            let same = |key| report.member(key).and_then(whole) == text.member(key).and_then(whole);
            same("report")
        });
        let (draft, source) = draft(report, text);
        if draft.is_empty() {
            let reason = "no text in it; write it again with crossread show --format json";
            return Err(ReadFailure::named(path, None, reason));
        }
        Ok(draft.article(&path, source.as_bytes()))
    });
    read.collect()
}

fn whole(value: &JsonValue<'_>) -> Option<i64> {
    match value {
        JsonValue::Whole(number) => Some(*number),
        _ => None,
    }
}

/// Returns the report with this text, and what it is known by.
fn draft(report: Option<&JsonValue<'_>>, text: &JsonValue<'_>) -> (ReportDraft, String) {
    let mut draft = ReportDraft::default();
    if let Some(report) = report {
        state_facts(&mut draft, report);
    }
    add_blocks(&mut draft, list(text, "blocks").unwrap_or_default());
    let known = |key| report.and_then(|report| report.member(key)?.as_text());
    let source = known("id").map_or_else(|| format!("{text:?}"), str::to_owned);
    (draft, source)
}

fn state_facts(draft: &mut ReportDraft, report: &JsonValue<'_>) {
    let value = |key: &str| report.member(key)?.member("value")?.as_text();
    for (key, fact) in FACTS {
        let words = value(key).unwrap_or_default();
        draft.state(fact, words, Provenance::Key(key.into()));
    }
    if let Some(day) = value("published") {
        let moment = format!("{day}{}", clock(report));
        draft.state(
            FactKind::Published,
            &moment,
            Provenance::Key("published".into()),
        );
    }
    for tag in report
        .member("tags")
        .map(JsonValue::words)
        .unwrap_or_default()
    {
        draft.state(FactKind::Tags, &tag, Provenance::Key("tags".into()));
    }
    let event = report.member("event").and_then(JsonValue::as_text);
    draft.state(
        FactKind::Event,
        event.unwrap_or_default(),
        Provenance::Key("event".into()),
    );
    if matches!(report.member("excerpt"), Some(JsonValue::Truth(true))) {
        draft.extent = TextExtent::Excerpt;
    }
}

/// Returns the time of day of a report as a date has it behind the day.
fn clock(report: &JsonValue<'_>) -> String {
    let time = report.member("publishedtime").and_then(JsonValue::as_text);
    let offset = report.member("publishedoffsetminutes").and_then(whole);
    match (time, offset) {
        (Some(time), Some(minutes)) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            let minutes = minutes.unsigned_abs();
            format!("T{time}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
        (Some(time), None) => format!("T{time}"),
        (None, _) => String::new(),
    }
}

/// Adds the paragraphs; a dateline goes back before the words that it stood before.
fn add_blocks(draft: &mut ReportDraft, blocks: &[JsonValue<'_>]) {
    let mut dateline = String::new();
    for block in blocks {
        let words = |key| block.member(key).and_then(JsonValue::as_text);
        let text = words("text").unwrap_or_default();
        match words("role").and_then(role) {
            Some(BlockRole::Dateline) => dateline = format!("{text} "),
            Some(BlockRole::Body) => draft.push_body(&(std::mem::take(&mut dateline) + text)),
            Some(role) => draft.push(Some(role), text),
            None => {}
        }
    }
}

/// Returns the role with this name; fields before a text are stated as facts already.
fn role(name: &str) -> Option<BlockRole> {
    Some(match name {
        "headline" => BlockRole::Headline,
        "dek" => BlockRole::Dek,
        "byline" => BlockRole::Byline,
        "caption" => BlockRole::Caption,
        "credit" => BlockRole::Credit,
        "dateline" => BlockRole::Dateline,
        "heading" => BlockRole::Heading,
        "body" => BlockRole::Body,
        "boilerplate" => BlockRole::Boilerplate,
        _ => return None,
    })
}
