//! The terms of the two bundled reports against the gold made by hand.
//!
//! Strong terms of the gold must be found with their category, and no other strong term may be; weak ones count neither way.

use crossread::annotate::Annotator;
use crossread::annotate::term::{Lexicon, TermTier};
use crossread::ingest;
use crossread::text::Span;
use crossread::text::sentences::paragraphs;
use serde_json::Value;

const GOLD: &str = include_str!("../seeds/terms.json");
const REPORTS: [(&str, &str); 2] = [
    (
        "000_2a1d74c9607f2477.txt",
        include_str!("../../assets/articles/000_2a1d74c9607f2477.txt"),
    ),
    (
        "003_6e31551ea6b11acf.txt",
        include_str!("../../assets/articles/003_6e31551ea6b11acf.txt"),
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

fn found(text: &str, tier: TermTier) -> Found {
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
        assert_eq!(found(text, TermTier::Strong), gold(file, "strong"));
        count += found(text, TermTier::Strong).len();
    }
    assert_eq!(count, 42);
}

#[test]
fn the_weak_terms_of_the_gold_are_found_as_weak() {
    for (file, text) in REPORTS {
        let weak = found(text, TermTier::Weak);
        for term in gold(file, "weak") {
            assert!(weak.contains(&term), "{file}: {term:?} not in {weak:?}");
        }
    }
}

#[test]
fn an_annotated_report_has_the_terms_of_its_story() {
    let annotator = Annotator::new(Lexicon::bundled());
    for (article, (file, _)) in ingest::bundled().iter().zip(REPORTS) {
        let is_in_story = |start: u64| {
            article
                .story()
                .any(|paragraph| paragraph.contains(Span::new(start as usize, start as usize)))
        };
        let wanted: Vec<_> = gold(file, "strong")
            .into_iter()
            .filter(|(_, start, _)| is_in_story(*start))
            .collect();
        let hits = annotator.annotate(article).terms;
        let strong = hits.iter().filter(|hit| hit.tier == TermTier::Strong);
        let found: Vec<_> = strong
            .map(|hit| {
                let start = article.origin.span(hit.span).start as u64;
                (
                    hit.span.of(&article.text).to_owned(),
                    start,
                    annotator.lexicon().category(hit).id.clone(),
                )
            })
            .collect();
        assert_eq!(found, wanted);
    }
}

#[test]
fn the_names_of_the_treaty_are_one() {
    let lexicon = Lexicon::bundled();
    let text = "The Canada-U.S.-Mexico Agreement (CUSMA), which Washington calls the USMCA and Mexico T-MEC";
    let hits = lexicon.find(text, &paragraphs(text));
    let names: Vec<_> = hits.iter().map(|hit| lexicon.canonical(hit)).collect();
    assert_eq!(names, ["CUSMA"; 4]);
}
