//! `terms`: the strong terms of the bundled lexicon, by paragraphs of the text as it is.

use crossread::annotate::term::{Lexicon, TermTier};
use crossread::text::sentences::paragraphs;
use serde_json::{Value, json};

/// Returns the terms of each row's `text`.
pub(crate) fn predict(rows: &[Value]) -> Vec<Value> {
    let lexicon = Lexicon::bundled();
    rows.iter()
        .map(|row| json!({ "id": row["id"], "terms": terms(&lexicon, row["text"].as_str().unwrap_or_default()) }))
        .collect()
}

fn terms(lexicon: &Lexicon, text: &str) -> Vec<Value> {
    let mut place = super::ScalarCounter::new(text);
    let hits = lexicon.find(text, &paragraphs(text));
    hits.iter()
        .filter(|hit| hit.tier == TermTier::Strong)
        .map(|hit| {
            json!({
                "start": place.scalar_at(hit.span.start),
                "end": place.scalar_at(hit.span.end),
                "category": lexicon.category(hit).id,
                "canonical": lexicon.canonical(hit),
            })
        })
        .collect()
}
