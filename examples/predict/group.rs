//! `group`: reports by event, with the window of days that the program uses unless told otherwise.

use chrono::NaiveDate;
use crossread::compare::group::{EventReport, WINDOW, events};
use serde_json::{Value, json};

/// Returns the number of the event of each row.
pub(crate) fn predict(rows: &[Value]) -> Vec<Value> {
    let reports: Vec<_> = rows.iter().map(report).collect();
    let mut group = vec![0; rows.len()];
    for (number, members) in events(&reports, WINDOW).groups.iter().enumerate() {
        for &member in members {
            group[member] = number;
        }
    }
    let labelled = rows.iter().zip(group);
    labelled
        .map(|(row, group)| json!({ "id": row["id"], "group": group }))
        .collect()
}

fn report(row: &Value) -> EventReport<'_> {
    let field = |key: &str| row[key].as_str().unwrap_or_default();
    EventReport {
        headline: field("title"),
        text: field("text"),
        published: NaiveDate::parse_from_str(field("date"), "%Y-%m-%d").ok(),
    }
}
