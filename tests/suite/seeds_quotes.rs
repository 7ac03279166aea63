//! The two bundled reports against quotations marked by hand: every span, speaker, cue and utterance.

use crossread::annotate::quote::{self, Quote, QuoteKind};
use crossread::text::Span;
use serde_json::Value;

const GOLD: &str = include_str!("../seeds/quotes.jsonl");

fn rows() -> Vec<Value> {
    GOLD.lines()
        .map(|line| serde_json::from_str(line).expect("the gold is JSON"))
        .collect()
}

/// Returns the lines of `text`, which are its paragraphs.
pub(crate) fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let span = Span::new(start, start + line.len());
            start += line.len() + 1;
            span
        })
        .collect()
}

/// Every quotation of the gold with what was found for it, and the text of its report.
fn pairs() -> Vec<(String, Value, Quote)> {
    rows()
        .iter()
        .flat_map(|row| {
            let text = row["text"].as_str().expect("text").to_owned();
            let found = quote::find_quotes(&text, &lines(&text)).quotes;
            let gold = row["quotes"].as_array().expect("quotes").clone();
            assert_eq!(found.len(), gold.len(), "{}", row["id"]);
            gold.into_iter()
                .zip(found)
                .map(move |(gold, found)| (text.clone(), gold, found))
        })
        .collect()
}

#[test]
fn all_sixteen_quotations_are_found_to_the_mark() {
    let pairs = pairs();
    assert_eq!(pairs.len(), 16);
    for (text, gold, found) in &pairs {
        assert_eq!(found.span.of(text), gold["text"].as_str().expect("text"));
        let scalars = text[..found.span.start].chars().count();
        assert_eq!(gold["start"].as_u64(), Some(scalars as u64));
    }
}

#[test]
fn every_speaker_is_the_one_marked_by_hand() {
    for (text, gold, found) in pairs() {
        let name = found
            .speaker
            .map(|speaker| speaker.name)
            .unwrap_or_default();
        let written = gold["speaker"].as_str().unwrap_or_default();
        // The name in full, also for "the prime minister"; of "The PMO" it stands among the other names, with its article.
        let named = name == written
            || gold["speaker_alt"]
                .to_string()
                .contains(&format!("\"the {name}\""));
        assert!(named, "{}: {name:?}, not {written:?}", found.span.of(&text));
    }
}

#[test]
fn every_cue_is_the_one_marked_by_hand() {
    for (text, gold, found) in pairs() {
        let cue = found.cue.map(|cue| cue.of(&text).to_owned());
        assert_eq!(
            cue.as_deref(),
            gold["cue"].as_str(),
            "{}",
            found.span.of(&text)
        );
    }
}

#[test]
fn every_kind_is_the_one_marked_by_hand() {
    for (text, gold, found) in pairs() {
        let kind = match found.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
        };
        assert_eq!(
            Some(kind),
            gold["kind"].as_str(),
            "{}",
            found.span.of(&text)
        );
    }
}

#[test]
fn parts_of_one_utterance_share_its_number_and_no_others_do() {
    let pairs = pairs();
    for (text, gold, found) in &pairs {
        for (other_text, other_gold, other) in &pairs {
            if text == other_text {
                assert_eq!(
                    found.utterance == other.utterance,
                    gold["utt"] == other_gold["utt"],
                    "{} and {}",
                    found.span.of(text),
                    other.span.of(text)
                );
            }
        }
    }
}
