//! The comparison of the two bundled reports against what one careful reader found in them.

use std::collections::BTreeSet;

use crossread::annotate::Annotator;
use crossread::annotate::term::Lexicon;
use crossread::compare::{Comparison, Document, Side, Sides, compare};
use crossread::ingest;
use crossread::text::Span;
use serde_json::Value;

fn gold() -> Value {
    serde_json::from_str(include_str!("../seeds/comparison.json")).expect("the gold is JSON")
}

/// Compares the bundled reports; the texts come back too.
fn bundled() -> (Sides<String>, Comparison) {
    let articles = ingest::bundled();
    let annotator = Annotator::new(Lexicon::bundled());
    let marks: Vec<_> = articles
        .iter()
        .map(|article| annotator.annotate(article))
        .collect();
    let sides = Sides::new(0, 1);
    let found = compare(sides.map(|n| Document::new(&articles[n], &marks[n], annotator.lexicon())));
    (sides.map(|n| articles[n].text.to_string()), found)
}

/// Returns the words of `text`, so that marks and white space do not count.
fn bare(text: &str) -> String {
    let straight = text.replace('’', "'");
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_pairs_are_those_that_a_careful_reader_found() {
    let (texts, found) = bundled();
    let gold = gold();
    let key = |side: &str, pair: &Value| bare(pair[format!("{side}_text")].as_str().unwrap());
    let wanted: Vec<_> = gold["pairs"].as_array().unwrap().iter().collect();
    let is_gold = |left: &str, right: &str| {
        wanted
            .iter()
            .find(|pair| key("a", pair).ends_with(left) && key("b", pair).ends_with(right))
    };
    let mut right = BTreeSet::new();
    let mut wrong = Vec::new();
    for pair in &found.pairs {
        let passage = |side: Side| bare(found.passages[side][pair.at[side]].span.of(&texts[side]));
        let (a, b) = (passage(Side::Left), passage(Side::Right));
        match is_gold(&a, &b) {
            Some(gold) if gold["level"] == "w" => {}
            Some(gold) => {
                right.insert((gold["ai"].as_u64(), gold["bi"].as_u64()));
            }
            None => wrong.push((a, b)),
        }
    }
    let all = wanted.iter().filter(|pair| pair["level"] != "w").count();
    assert_eq!(right.len(), all, "pairs found");
    assert_eq!(wrong, [], "pairs that no reader made");
}

#[test]
fn nine_of_the_twelve_differences_are_found_with_their_places() {
    let (texts, found) = bundled();
    let gold = gold();
    let mut missed = Vec::new();
    for wanted in gold["discrepancies"].as_array().unwrap() {
        let place = |side: &str, text: &str| {
            let words = wanted[format!("{side}_span")].as_str().unwrap();
            let sentence = wanted[side].as_str().unwrap();
            let sentences = gold[format!("{side}_sentences")].as_array().unwrap().iter();
            let sentence = sentences.clone().find(|s| s["id"] == sentence).unwrap();
            let sentence = sentence["text"].as_str().unwrap();
            let from = text.find(sentence).unwrap();
            let start = from + sentence.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let places = Sides::new(place("a", &texts.left), place("b", &texts.right));
        let is_it = found.differences.iter().any(|difference| {
            difference.kind.id() == wanted["kind"]
                && Side::BOTH.iter().all(|&side| {
                    difference.spans[side]
                        .iter()
                        .any(|span| span.overlaps(places[side]))
                })
        });
        if !is_it {
            missed.push(wanted["kind"].as_str().unwrap().to_owned());
        }
    }
    // "a very senior team" / "a team of senior bureaucrats" is a paraphrase like any other; emphasis and place need more than words.
    assert_eq!(missed, ["naming", "framing", "place"]);
    assert_eq!(found.differences.len(), 11);
}

#[test]
fn inside_the_white_smoke_quotation_only_what_differs_is_marked() {
    let (texts, found) = bundled();
    let pair = found.pairs.iter().position(|pair| {
        let passage = found.passages.left[pair.at.left];
        passage.span.of(&texts.left).contains("white smoke")
    });
    let marks = &found.marks[pair.unwrap()];
    let words = |side: Side| -> Vec<&str> {
        marks[side]
            .iter()
            .map(|(span, _)| span.of(&texts[side]))
            .collect()
    };
    assert_eq!(
        words(Side::Left),
        ["type", "and we’ll continue to have as well"]
    );
    assert_eq!(words(Side::Right), ["kind", "Carney said"]);
    let lines: Vec<_> = found
        .differences
        .iter()
        .map(|difference| difference.line())
        .collect();
    assert!(
        lines.contains(&"quote reworded: A “type”, B “kind”".to_owned()),
        "{lines:#?}"
    );
    assert!(
        lines.contains(
            &"quote cut short: only A has “and we’ll continue to have as well”".to_owned()
        ),
        "{lines:#?}"
    );
}
