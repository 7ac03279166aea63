//! `statements`: reported speech without marks of each row's `text`, one paragraph a line, with speaker and cue.

use crossread::annotate::quote::{self, Statement};
use serde_json::{Value, json};

use super::ScalarCounter;

/// Returns the statements of each row's `text`.
pub(crate) fn predict(rows: &[Value]) -> Vec<Value> {
    rows.iter()
        .map(|row| {
            let text = row["text"].as_str().unwrap_or_default();
            let found = quote::find_quotes(text, &super::lines(text)).statements;
            let mut place = ScalarCounter::new(text);
            let stated: Vec<_> = found
                .iter()
                .map(|stated| statement(text, &mut place, stated))
                .collect();
            json!({ "id": row["id"], "statements": stated })
        })
        .collect()
}

fn statement(text: &str, place: &mut ScalarCounter<'_>, stated: &Statement) -> Value {
    let speaker = stated.speaker.as_ref();
    json!({
        "start": place.scalar_at(stated.span.start),
        "end": place.scalar_at(stated.span.end),
        "text": stated.span.of(text),
        "speaker": speaker.map(|speaker| &speaker.name),
        "speaker_surface": speaker.map(|speaker| speaker.mention.of(text)),
        "basis": speaker.map(|speaker| speaker.basis),
        "cue": stated.cue.map(|cue| cue.of(text)),
        "cue_start": stated.cue.map(|cue| place.scalar_at(cue.start)),
        "cue_end": stated.cue.map(|cue| place.scalar_at(cue.end)),
    })
}
