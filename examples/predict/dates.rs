//! `dates`: the expressions of time in a text that was published on `doc_date`.

use chrono::NaiveDate;
use crossread::annotate::time;
use crossread::text::sentences::paragraphs;
use serde_json::{Value, json};

/// Returns the expressions of each row's `text`; one whose value is open has none.
pub(crate) fn predict(rows: &[Value]) -> Vec<Value> {
    rows.iter()
        .map(|row| json!({ "id": row["id"], "timex": times(row) }))
        .collect()
}

fn times(row: &Value) -> Vec<Value> {
    let text = row["text"].as_str().unwrap_or_default();
    let day = row["doc_date"]
        .as_str()
        .and_then(|date| date.get(..10)?.parse::<NaiveDate>().ok());
    let mut place = super::ScalarCounter::new(text);
    time::find_times(text, &paragraphs(text), day)
        .into_iter()
        .map(|hit| {
            json!({
                "start": place.scalar_at(hit.span.start),
                "end": place.scalar_at(hit.span.end),
                "value": hit.value.map(|value| value.to_string()),
            })
        })
        .collect()
}
