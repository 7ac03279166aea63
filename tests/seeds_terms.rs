//! The terms of the two bundled reports against the gold made by hand.
//!
//! Strong terms of the gold must be found with their category, and no other strong term may be; weak ones count neither way.

use crossread::annotate::term::{Lexicon, Tier};
use crossread::text::segment::paragraphs;
use serde_json::Value;

const GOLD: &str = include_str!("seeds/terms.json");
const REPORTS: [(&str, &str); 2] = [
    (
        "000_2a1d74c9607f2477.txt",
        include_str!("../assets/articles/000_2a1d74c9607f2477.txt"),
    ),
    (
        "003_6e31551ea6b11acf.txt",
        include_str!("../assets/articles/003_6e31551ea6b11acf.txt"),
    ),
];

/// Words, first byte and category.
type Found = Vec<(String, u64, String)>;

fn gold(file: &str, tier: &str) -> Found {
    let gold: Value = serde_json::from_str(GOLD).expect("the gold is JSON");
    let terms = gold["files"][file].as_array().expect("a list");
    let wanted = terms.iter().filter(|term| term["tier"] == tier);
    let word = |term: &Value, key: &str| term[key].as_str().expect("a string").to_owned();
    wanted
        .map(|term| {
            (
                word(term, "text"),
                term["start"].as_u64().expect("a number"),
                word(term, "category"),
            )
        })
        .collect()
}

fn found(text: &str, tier: Tier) -> Found {
    let lexicon = Lexicon::bundled();
    let hits = lexicon.find(text, &paragraphs(text));
    hits.iter()
        .filter(|hit| hit.tier == tier)
        .map(|hit| {
            let words = hit.span.of(text).to_owned();
            (
                words,
                hit.span.start as u64,
                lexicon.category(hit).id.clone(),
            )
        })
        .collect()
}

#[test]
fn the_strong_terms_are_the_42_of_the_gold() {
    let mut count = 0;
    for (file, text) in REPORTS {
        assert_eq!(found(text, Tier::Strong), gold(file, "strong"));
        count += found(text, Tier::Strong).len();
    }
    assert_eq!(count, 42);
}

#[test]
fn the_weak_terms_of_the_gold_are_found_as_weak() {
    for (file, text) in REPORTS {
        let weak = found(text, Tier::Weak);
        for term in gold(file, "weak") {
            assert!(weak.contains(&term), "{file}: {term:?} not in {weak:?}");
        }
    }
}
