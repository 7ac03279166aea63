//! `align`: the sentences of two reports, paired.
//!
//! Sentences are given, so each is a passage; those of one paragraph (`a_par`, `b_par`) stand on one line, else each has its own.

use crossread::annotate::quote::{self, Found};
use crossread::annotate::term::{Lexicon, TermHit};
use crossread::compare::{Comparison, Document, Side, Sides, compare, concepts};
use crossread::text::Span;
use serde_json::{Value, json};

/// Returns the pairs of passages of each row, with their tiers.
pub(crate) fn predict(rows: &[Value]) -> Vec<Value> {
    let lexicon = Lexicon::bundled();
    rows.iter()
        .map(|row| {
            let found = compared(row, &lexicon);
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

fn compared(row: &Value, lexicon: &Lexicon) -> Comparison {
    let reports = Sides::new(Side::Left, Side::Right).map(|side| {
        Report::read(
            row,
            &side.letter().to_ascii_lowercase().to_string(),
            lexicon,
        )
    });
    compare(reports.as_ref().map(|report| Document {
        quotes: &report.found.quotes,
        statements: &report.found.statements,
        concepts: concepts(&report.terms, lexicon),
        ..Document::of_sentences(&report.text, report.sentences.iter().copied())
    }))
}

/// A report put together from its sentences.
struct Report {
    text: String,
    sentences: Vec<Span>,
    found: Found,
    terms: Vec<TermHit>,
}

impl Report {
    fn read(row: &Value, key: &str, lexicon: &Lexicon) -> Self {
        let numbers = row[format!("{key}_par")].as_array();
        let number = |at: usize| numbers.and_then(|numbers| numbers.get(at));
        let mut text = String::new();
        let (mut sentences, mut paragraphs) = (Vec::new(), Vec::<Span>::new());
        for (at, words) in super::strings(row, key).into_iter().enumerate() {
            let goes_on = at > 0 && number(at).is_some() && number(at) == number(at - 1);
            text.push_str(if goes_on { " " } else { "\n\n" });
            let span = Span::new(text.len(), text.len() + words.len());
            text.push_str(words);
            sentences.push(span);
            match paragraphs.last_mut() {
                Some(last) if goes_on => last.end = span.end,
                _ => paragraphs.push(span),
            }
        }
        Self {
            found: quote::find(&text, &paragraphs),
            terms: lexicon.find(&text, &paragraphs),
            text,
            sentences,
        }
    }
}
