//! `align`: the sentences of two reports, paired.

use crossread::compare::{Comparison, Document, Sides, compare};
use crossread::text::Span;
use serde_json::{Value, json};

/// Returns the pairs of passages of each row, with their tiers.
pub(crate) fn predict(rows: &[Value]) -> Vec<Value> {
    rows.iter()
        .map(|row| {
            let found = compared(row);
            let pairs: Vec<_> = found
                .pairs
                .iter()
                .map(|p| [p.at.left, p.at.right])
                .collect();
            let tiers: Vec<_> = found.pairs.iter().map(|p| p.tier).collect();
            json!({ "id": row["id"], "pairs": pairs, "tiers": tiers })
        })
        .collect()
}

fn compared(row: &Value) -> Comparison {
    let reports = Sides::new("a", "b").map(|key| report(&super::strings(row, key)));
    compare(
        reports
            .as_ref()
            .map(|(text, sentences)| Document::of_sentences(text, sentences.iter().copied())),
    )
}

/// Joins sentences, each a paragraph, and says where they are.
fn report(sentences: &[&str]) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for sentence in sentences {
        let start = text.len();
        text.push_str(sentence);
        spans.push(Span::new(start, text.len()));
        text.push_str("\n\n");
    }
    (text, spans)
}
