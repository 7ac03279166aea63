//! Finds the rows of a document: services put them into lists inside objects, one or two down.
//!
//! The first list whose rows have a text wins over others, then the first whose rows have a summary, then any.

use super::story;
use super::value::{JsonMember, JsonValue};

/// Objects inside objects in which rows are sought.
const DEEPEST: usize = 3;
/// Rows of a list that are looked at to know what it holds.
const LOOKED_AT: usize = 8;

/// The content of the rows of a list, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum RowContent {
    Objects,
    Summaries,
    Texts,
}

/// Returns the rows of a document: the entries of a list, of a list in an object, the members of an object of reports, or the
/// value itself.
pub(super) fn rows(value: JsonValue<'_>) -> Vec<JsonValue<'_>> {
    let members = match value {
        JsonValue::List(rows) => return rows,
        JsonValue::Object(members) => members,
        value => return vec![value],
    };
    if is_map_of_reports(&members) {
        return members.into_iter().map(|(_, value)| value).collect();
    }
    if story::has_text(&members) {
        return vec![JsonValue::Object(members)];
    }
    let value = JsonValue::Object(members);
    let mut best = None;
    seek(&value, &mut Vec::new(), &mut best);
    match best {
        Some((_, path)) => match taken(value, &path) {
            JsonValue::List(rows) => rows,
            row => vec![row],
        },
        None => vec![value],
    }
}

/// Returns whether the members are reports under their numbers: `{"851": {"title": ..., "body": ...}, ...}`.
fn is_map_of_reports(members: &[JsonMember<'_>]) -> bool {
    let mut looked_at = members.iter().take(LOOKED_AT);
    let is_report = |(_, value): &JsonMember<'_>| match value {
        JsonValue::Object(members) => story::has_text(members),
        _ => false,
    };
    members.len() > 1 && !story::has_own_text(members) && looked_at.all(is_report)
}

/// Notes the best list of rows, or the first report, below `value`, which stands at `path`.
fn seek(value: &JsonValue<'_>, path: &mut Vec<usize>, best: &mut Option<(RowContent, Vec<usize>)>) {
    let JsonValue::Object(members) = value else {
        return;
    };
    if path.len() >= DEEPEST {
        return;
    }
    for (at, (_, value)) in members.iter().enumerate() {
        path.push(at);
        if let Some(content) = row_content(value)
            && best.as_ref().is_none_or(|known| content > known.0)
        {
            *best = Some((content, path.clone()));
        }
        seek(value, path, best);
        path.pop();
    }
}

/// Returns what the rows hold that `value` is; nothing where it is neither rows nor a report.
fn row_content(value: &JsonValue<'_>) -> Option<RowContent> {
    match value {
        JsonValue::Object(members) => story::has_text(members).then_some(RowContent::Texts),
        JsonValue::List(rows) => {
            let first = rows.iter().take(LOOKED_AT);
            let objects = first.filter_map(|row| match row {
                JsonValue::Object(members) => Some(members),
                _ => None,
            });
            let content = |members: &Vec<JsonMember<'_>>| match () {
                () if story::has_text(members) => RowContent::Texts,
                () if story::has_summary(members) => RowContent::Summaries,
                () => RowContent::Objects,
            };
            objects.map(content).max()
        }
        _ => None,
    }
}

/// Returns the value at `path`, taken out of `value`.
fn taken<'a>(mut value: JsonValue<'a>, path: &[usize]) -> JsonValue<'a> {
    for &at in path {
        value = match value {
            JsonValue::Object(mut members) if at < members.len() => members.swap_remove(at).1,
            value => return value,
        };
    }
    value
}

/// Returns the members of a row; where its report is an object inside (`_source`, `fields`), the members of that come first.
pub(super) fn flat(mut members: Vec<JsonMember<'_>>) -> Vec<JsonMember<'_>> {
    if story::has_own_text(&members) {
        return members;
    }
    let is_report = |(_, value): &JsonMember<'_>| match value {
        JsonValue::Object(inner) => story::has_own_text(inner),
        _ => false,
    };
    let Some(at) = members.iter().position(is_report) else {
        return members;
    };
    let (key, value) = members.remove(at);
    match value {
        JsonValue::Object(mut inner) => {
            inner.append(&mut members);
            inner
        }
        value => {
            members.insert(at, (key, value));
            members
        }
    }
}
