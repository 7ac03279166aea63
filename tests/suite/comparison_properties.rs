//! What holds of every comparison, whatever the two texts say.

use std::sync::LazyLock;

use crossread::annotate::Annotator;
use crossread::annotate::term::Lexicon;
use crossread::article::Article;
use crossread::compare::{Comparison, Document, PairTier, Side, Sides, compare};
use crossread::ingest::article_from_text;
use crossread::text::Span;
use proptest::prelude::*;

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(Lexicon::bundled()));

/// Pieces that news is made of, with the marks that go wrong.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "“Don’t expect white smoke,” Carney said. ",
        "\"Don't expect white smoke on this,\" Trump said. ",
        "The levy hits steel, copper and autos. ",
        "Steel, aluminum and automobiles are hit by the tariffs. ",
        "He paid $400,000 on Monday evening. ",
        "She paid $500,000 Monday. ",
        "The Canada-U.S.-Mexico Agreement (CUSMA) is up for review next year. ",
        "An upcoming review of the pact of Canada and Mexico. ",
        "the clerk of the Privy Council ",
        "“never closed ",
        "? … *** ",
        "Ünïcödé – naïve… ",
        "\n\n",
        "\n",
    ])
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..12).prop_map(|pieces| pieces.concat())
}

fn compared(articles: &Sides<Article>) -> Comparison {
    let annotator = &*ANNOTATOR;
    let marks = articles.as_ref().map(|article| annotator.annotate(article));
    compare(Sides::new(
        Document::new(&articles.left, &marks.left, annotator.lexicon()),
        Document::new(&articles.right, &marks.right, annotator.lexicon()),
    ))
}

fn articles(left: &str, right: &str) -> Sides<Article> {
    Sides::new(
        article_from_text("a.txt", left),
        article_from_text("b.txt", right),
    )
}

/// Returns the passage put together from its marked and unmarked pieces.
fn joined(text: &str, passage: Span, marks: impl Iterator<Item = Span>) -> String {
    let mut out = String::new();
    let mut at = passage.start;
    for mark in marks {
        out.push_str(Span::new(at, mark.start).of(text));
        out.push_str(mark.of(text));
        at = mark.end;
    }
    out + Span::new(at, passage.end).of(text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marked_pieces_joined_give_the_text_back(left in text(), right in text()) {
        let articles = articles(&left, &right);
        let found = compared(&articles);
        for (pair, marks) in found.pairs.iter().zip(&found.marks) {
            for side in Side::BOTH {
                let text = &articles[side].text;
                let passage = found.passages[side][pair.at[side]].span;
                let spans = marks[side].iter().map(|(span, _)| *span);
                prop_assert_eq!(joined(text, passage, spans), passage.of(text));
            }
        }
        for side in Side::BOTH {
            let spans = found.differences.iter().flat_map(|difference| &difference.spans[side]);
            for span in spans {
                prop_assert!(!span.of(&articles[side].text).is_empty());
            }
        }
    }

    #[test]
    fn the_mirror_image_is_the_comparison_the_other_way_round(left in text(), right in text()) {
        let there = compared(&articles(&left, &right));
        let back = compared(&articles(&right, &left));
        prop_assert_eq!(there.mirrored(), back);
    }

    #[test]
    fn a_report_beside_itself_has_no_difference(text in text()) {
        let found = compared(&articles(&text, &text));
        let itself = found.pairs.iter().filter(|pair| pair.at.left == pair.at.right);
        prop_assert_eq!(itself.clone().count(), found.passages.left.len());
        prop_assert!(itself.clone().all(|pair| pair.tier == PairTier::Same));
        prop_assert_eq!(found.summary().only, Sides::new(0, 0));
        prop_assert_eq!(&found.differences, &[]);
    }

    #[test]
    fn every_passage_stands_in_one_row(left in text(), right in text()) {
        let found = compared(&articles(&left, &right));
        for order in Side::BOTH {
            let rows = found.rows(order);
            for side in Side::BOTH {
                let mut shown: Vec<_> = rows.iter().filter_map(|row| row.passages[side]).collect();
                let in_order = shown.is_sorted();
                shown.sort_unstable();
                prop_assert_eq!(shown, (0..found.passages[side].len()).collect::<Vec<_>>());
                prop_assert!(side != order || in_order);
            }
        }
    }
}
