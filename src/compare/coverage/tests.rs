//! Three invented reports of one afternoon: the same utterance whole, cut and told, another one in other words, and what only one has.

use std::collections::BTreeMap;

use super::*;
use crate::annotate::quote::{self, QuoteFindings};
use crate::compare::{LinkDecision, PairTier, Side};

const GAZETTE: &str = "The harbour ferry will stop running on Friday, Mayor Edith Palmer said on Monday.\n\n\
    “We have no money left for the engine, and nobody has offered us any help at all,” Palmer told reporters at the pier.\n\n\
    “It is a sad day for every island school,” teacher Amir Haddad said.\n\n\
    The ferry carries 300 pupils a day.";
const HERALD: &str = "Mayor Edith Palmer announced on Monday that the harbour ferry will stop running on Friday.\n\n\
    Herring prices rose again at the market.\n\n\
    “We have no money left for the engine,” Palmer told reporters.\n\n\
    “It is a dark day for every island school,” Haddad said.";
const MIRROR: &str = "Seagulls were counted in the old town.\n\n\
    Palmer said there was no money left for the engine and nobody had offered any help.\n\n\
    The harbour ferry stops running on Friday, the mayor said.";

fn paragraphs(text: &str) -> Vec<Span> {
    let split = text.split("\n\n").scan(0, |at, paragraph| {
        let start = *at;
        *at += paragraph.len() + 2;
        Some(Span::new(start, start + paragraph.len()))
    });
    split.collect()
}

fn found(texts: &[&str]) -> Vec<QuoteFindings> {
    texts
        .iter()
        .map(|text| quote::find_quotes(text, &paragraphs(text)))
        .collect()
}

fn documents<'a>(texts: &[&'a str], marks: &'a [QuoteFindings]) -> Vec<Document<'a>> {
    let both = texts.iter().zip(marks);
    both.map(|(text, marks)| Document {
        quotes: &marks.quotes,
        statements: &marks.statements,
        ..Document::of_paragraphs(text, paragraphs(text))
    })
    .collect()
}

fn of(texts: &[&str]) -> Coverage {
    coverage(&documents(texts, &found(texts)), &[])
}

fn row<'a>(coverage: &'a Coverage, texts: &[&str], words: &str) -> &'a Claim {
    let has = |claim: &&Claim| claim.lead.span.of(texts[claim.lead.report]).contains(words);
    coverage.claims.iter().find(has).unwrap()
}

fn hows(claim: &Claim) -> Vec<CoverageKind> {
    claim.cells.iter().map(|cell| cell.how).collect()
}

const THREE: [&str; 3] = [GAZETTE, HERALD, MIRROR];

#[test]
fn one_quotes_it_whole_one_in_part_and_one_tells_it() {
    let found = of(&THREE);
    let claim = row(&found, &THREE, "no money left");
    assert_eq!(
        hows(claim),
        [
            CoverageKind::Quoted,
            CoverageKind::Cut,
            CoverageKind::Paraphrased
        ]
    );
    assert!(claim.lead.quoted);
    assert_eq!(claim.lead.speaker.as_deref(), Some("Edith Palmer"));
    let paragraphs: Vec<_> = (0..3)
        .map(|n| found.paragraph(n, &claim.cells[n]))
        .collect();
    assert_eq!(paragraphs, [Some(1), Some(2), Some(1)]);
}

#[test]
fn another_word_in_the_marks_is_named_and_shown() {
    let found = of(&THREE);
    let claim = row(&found, &THREE, "day for every island school");
    assert_eq!(
        hows(claim),
        [
            CoverageKind::Quoted,
            CoverageKind::Reworded,
            CoverageKind::Absent
        ]
    );
    let differs: Vec<&str> = claim.cells[1]
        .differs
        .iter()
        .map(|s| s.of(HERALD))
        .collect();
    assert_eq!(differs, ["dark"]);
}

#[test]
fn what_all_have_comes_first_and_what_one_has_last() {
    let found = of(&THREE);
    let told: Vec<usize> = found.claims.iter().map(Claim::covering_reports).collect();
    assert!(told.is_sorted_by(|a, b| a >= b), "{told:?}");
    let first = &found.claims[0];
    assert_eq!(hows(first), [CoverageKind::Said; 3], "{first:?}");
    assert!(first.lead.span.of(GAZETTE).starts_with("The harbour ferry"));
    let herring = row(&found, &THREE, "Herring");
    assert_eq!(
        hows(herring),
        [
            CoverageKind::Absent,
            CoverageKind::Said,
            CoverageKind::Absent
        ]
    );
}

#[test]
fn every_passage_stands_in_one_row() {
    let found = of(&THREE);
    let mut stands: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for claim in &found.claims {
        for (report, cell) in claim
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.how.covers())
        {
            for &passage in &cell.passages {
                *stands.entry((report, passage)).or_default() += 1;
            }
        }
    }
    let all = found.passages.iter().enumerate();
    let all: Vec<_> = all
        .flat_map(|(r, own)| (0..own.len()).map(move |p| ((r, p), 1)))
        .collect();
    assert_eq!(stands.into_iter().collect::<Vec<_>>(), all);
}

/// A passage is told by the other report, or said to be told elsewhere, exactly where the comparison pairs it.
#[test]
fn of_two_reports_it_tells_what_the_comparison_tells() {
    let texts = [GAZETTE, HERALD];
    let marks = found(&texts);
    let both = documents(&texts, &marks);
    let compared = crate::compare::compare(Sides::new(both[0].clone(), both[1].clone()));
    let found = coverage(&both, &[]);
    for claim in &found.claims {
        for (side, here, there) in [(Side::Left, 0, 1), (Side::Right, 1, 0)] {
            let cell = &claim.cells[here];
            for &passage in cell.passages.iter().filter(|_| cell.how.covers()) {
                let pairs = compared.pairs_of(side, passage);
                assert_eq!(
                    claim.cells[there].how == CoverageKind::Absent,
                    pairs.is_empty(),
                    "{claim:?}"
                );
                let tiers = pairs.iter().map(|&n| compared.pairs[n].tier);
                let sure = tiers.clone().any(|tier| tier != PairTier::Related);
                assert!(
                    !sure || claim.cells[there].how != CoverageKind::Related,
                    "{claim:?}"
                );
            }
        }
    }
    assert_eq!(
        found
            .claims
            .iter()
            .filter(|claim| claim.covering_reports() == 2)
            .count(),
        compared.summary().shared
    );
}

#[test]
fn what_the_reader_linked_is_one_claim_whichever_way_round() {
    let marks = found(&THREE);
    let documents = documents(&THREE, &marks);
    let at = |text: &str, words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let choice = LinkChoice {
        at: Sides::new(at(MIRROR, "Seagulls"), at(HERALD, "Herring")),
        decision: LinkDecision::Link,
    };
    let found = coverage(&documents, &[(Sides::new(2, 1), vec![choice])]);
    let claim = row(&found, &THREE, "Seagulls");
    assert_eq!(
        hows(claim),
        [CoverageKind::Absent, CoverageKind::Said, CoverageKind::Said]
    );
}

#[test]
fn no_report_and_one_report_are_no_trouble() {
    assert_eq!(of(&[]), Coverage::default());
    let one = of(&[GAZETTE]);
    assert_eq!(one.claims.len(), one.passages[0].len());
}

#[test]
fn a_quotation_of_common_words_is_quoted_where_it_is_quoted() {
    let one = "“It is what it is and we are where we are,” Palmer said of the harbour ferry.";
    let other = "Palmer said of the harbour ferry: “It is what it is and we are where we are.”";
    let texts = [one, other];
    let coverage = of(&texts);
    let claim = row(&coverage, &texts, "It is what it is");
    assert_eq!(hows(claim), [CoverageKind::Quoted, CoverageKind::Quoted]);
}
