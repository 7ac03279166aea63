//! `segment`: sentences joined by one blank, cut again.

use crossread::text::sentences::sentences;
use serde_json::{Value, json};

/// Returns the sentences found in the joined sentences of each row.
pub(crate) fn predict(rows: &[Value]) -> Vec<Value> {
    rows.iter()
        .map(|row| {
            let text = super::strings(row, "s").join(" ");
            let found: Vec<_> = sentences(&text).iter().map(|span| span.of(&text)).collect();
            json!({ "s": found })
        })
        .collect()
}
