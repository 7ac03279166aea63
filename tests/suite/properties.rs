//! Properties of marks in any report: places stay inside their paragraphs, pieces joined give the text back, nothing is lost
//! between rooms.

use crossread::annotate::term::Lexicon;
use crossread::annotate::{Annotations, Annotator};
use crossread::article::Article;
use crossread::compare::coverage::coverage;
use crossread::compare::{Document, Side, Sides, compare};
use crossread::ingest::article_from_text;
use crossread::text::Span;
use crossread::text::sentences::sentences;
use proptest::prelude::*;
use std::sync::LazyLock;

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(Lexicon::bundled()));

/// Reports of sentences that news is made of, with the joints that make trouble.
fn report() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "date 2025-09-03 ",
        "Photo: The Canadian Press ",
        "title: Talks go on\n",
        "OTTAWA (Reuters) - ",
        "Mark Carney said ",
        "“We have a tariff on steel,” ",
        "\"and we'll continue,\" he said. ",
        "''No deal,'' ",
        "‘so-called’ ",
        "according to U.S. President Donald Trump. ",
        "The CUSMA review is near. ",
        "Duties on imports\nrose. ",
        "\n\n",
        "\r\n\r\n",
        "\n",
        "\u{a0}",
        "“",
        "”",
        "\"",
        "'",
        "\u{202e}",
        "\u{1b}[31m",
        "e\u{301}\u{301}",
        "\u{ad}",
        "🇨🇦 ",
        "\t",
        "<b>&amp;</b> ",
        "`tariff` ",
        "https://example.org/tariff ",
        "... ",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![4 => report(), 1 => any::<String>()]
}

fn annotated(text: &str) -> (Article, Annotations) {
    let article = article_from_text("report.txt", text);
    let annotations = ANNOTATOR.annotate(&article);
    (article, annotations)
}

/// Returns the places that do not lie, each in one piece, in one of `paragraphs`.
fn astray(text: &str, paragraphs: &[Span], places: impl Iterator<Item = Span>) -> Vec<Span> {
    let inside = |place: &Span| {
        text.get(place.start..place.end).is_some()
            && paragraphs
                .iter()
                .any(|paragraph| paragraph.contains(*place))
    };
    places.filter(|place| !inside(place)).collect()
}

/// Whether the places are in order and apart, and with what lies between them give the text back.
fn are_stretches_of(text: &str, places: &[Span]) -> bool {
    let mut joined = String::new();
    let mut at = 0;
    for place in places {
        joined += text.get(at..place.start).unwrap_or("out of order");
        joined += place.of(text);
        at = place.end;
    }
    joined + text.get(at..).unwrap_or("too far") == text
}

proptest! {
    #[test]
    fn blocks_are_stretches_of_the_text_and_go_back_to_what_came(text in texts()) {
        let article = article_from_text("report.txt", &text);
        let blocks: Vec<Span> = article.blocks.iter().map(|block| block.span).collect();
        prop_assert!(are_stretches_of(&article.text, &blocks), "{blocks:?}");
        for block in blocks {
            let origin = article.origin.span(block);
            prop_assert!(text.get(origin.start..origin.end).is_some());
        }
    }

    #[test]
    fn sentences_hold_all_of_a_paragraph(text in texts()) {
        let article = article_from_text("report.txt", &text);
        for paragraph in article.story() {
            let words = paragraph.of(&article.text);
            let found = sentences(words);
            prop_assert!(are_stretches_of(words, &found));
            let without_blanks = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(without_blanks(words), without_blanks(&found.iter().map(|span| span.of(words)).collect::<String>()));
        }
    }

    #[test]
    fn marks_lie_in_the_story_in_order(text in texts()) {
        let (article, annotations) = annotated(&text);
        let story: Vec<Span> = article.story().collect();
        let quotes: Vec<Span> = annotations.quotes.iter().map(|quote| quote.span).collect();
        let terms: Vec<Span> = annotations.terms.iter().map(|hit| hit.span).collect();
        prop_assert!(are_stretches_of(&article.text, &quotes), "{quotes:?}");
        prop_assert!(are_stretches_of(&article.text, &terms), "{terms:?}");
        let statements = annotations.statements.iter().map(|statement| statement.span);
        let cues = annotations.quotes.iter().filter_map(|quote| quote.cue);
        let speakers = annotations.quotes.iter().filter_map(|quote| quote.speaker.as_ref());
        let places = quotes.iter().chain(&terms).copied().chain(statements).chain(cues).chain(speakers.map(|speaker| speaker.mention));
        prop_assert_eq!(astray(&article.text, &story, places), []);
    }

    #[test]
    fn line_ends_change_no_mark(text in report()) {
        let marks = |text: &str| {
            let (article, annotations) = annotated(text);
            let words = |span: Span| span.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" ");
            let quotes: Vec<String> = annotations.quotes.iter().map(|quote| words(quote.span)).collect();
            let terms: Vec<String> = annotations.terms.iter().map(|hit| words(hit.span)).collect();
            (quotes, terms)
        };
        let unix = text.replace("\r\n", "\n");
        prop_assert_eq!(marks(&unix), marks(&unix.replace('\n', "\r\n")));
    }

    #[test]
    fn every_passage_of_both_reports_stands_in_one_row(left in texts(), right in texts()) {
        let (left, right) = (annotated(&left), annotated(&right));
        let counts = [&left, &right].map(|(article, annotations)| {
            Document::new(article, annotations, ANNOTATOR.lexicon()).passages.len()
        });
        let comparison = compare(Sides::new(
            Document::new(&left.0, &left.1, ANNOTATOR.lexicon()),
            Document::new(&right.0, &right.1, ANNOTATOR.lexicon()),
        ));
        for order in [Side::Left, Side::Right] {
            let rows = comparison.rows(order);
            for (side, count) in [Side::Left, Side::Right].into_iter().zip(counts) {
                let mut placed: Vec<usize> = rows.iter().filter_map(|row| row.passages[side]).collect();
                placed.sort_unstable();
                prop_assert_eq!(placed, (0..count).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn every_passage_of_all_reports_stands_in_one_claim(all in prop::collection::vec(texts(), 0..5)) {
        let all: Vec<_> = all.iter().map(|text| annotated(text)).collect();
        let documents: Vec<_> = all
            .iter()
            .map(|(article, marks)| Document::new(article, marks, ANNOTATOR.lexicon()))
            .collect();
        let covered = coverage(&documents, &[]);
        for (report, document) in documents.iter().enumerate() {
            let cells = covered.claims.iter().map(|claim| &claim.cells[report]);
            let told = cells.filter(|cell| cell.how.covers());
            let mut placed: Vec<usize> = told.flat_map(|cell| cell.passages.clone()).collect();
            placed.sort_unstable();
            prop_assert_eq!(placed, (0..document.passages.len()).collect::<Vec<_>>());
        }
        let told: Vec<usize> = covered.claims.iter().map(|claim| claim.covering_reports()).collect();
        prop_assert!(told.iter().all(|&told| told > 0) && told.is_sorted_by(|a, b| a >= b));
    }
}
