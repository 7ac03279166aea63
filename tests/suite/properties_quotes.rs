//! Properties of quotations in any text, however odd its marks are.

use crossread::annotate::quote::{self, QuoteFindings};
use crossread::text::Span;
use proptest::prelude::*;

use crate::seeds_quotes::lines;

fn find(text: &str) -> QuoteFindings {
    quote::find_quotes(text, &lines(text))
}

/// Spans of everything between marks, quotation or not, in order.
fn all_spans(found: &QuoteFindings) -> Vec<Span> {
    let quotes = found.quotes.iter().map(|quote| quote.span);
    let mut spans: Vec<Span> = quotes.chain(found.others.iter().copied()).collect();
    spans.sort();
    spans
}

/// Words, signs and marks in any order: what a careless page may hold.
fn paragraph() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\"",
        "\"",
        "“",
        "”",
        "‘",
        "’",
        "'",
        "'",
        "''",
        "«",
        "»",
        "„",
        "`",
        "said",
        "Carney",
        "Mark Carney",
        "he",
        "told",
        "that",
        "according to",
        "the minister",
        "deal,",
        "yes.",
        "no?",
        "Joneses'",
        "don't",
        "’90s",
        "6'2\"",
        ", ",
        ": ",
        "— ",
        "(",
        ")",
        "é",
        "中",
        "\u{202A}",
        "\u{A0}",
        "and",
        "calling",
        "by",
        "who",
        "President Ann Lee,",
        "the president",
        "a spokesman for",
        "PMO",
        "Prime Minister's Office",
    ]);
    prop::collection::vec((pieces, prop::sample::select(vec![" ", " ", ""])), 0..40).prop_map(
        |pieces| {
            pieces
                .into_iter()
                .map(|(piece, gap)| format!("{piece}{gap}"))
                .collect()
        },
    )
}

fn story() -> impl Strategy<Value = String> {
    prop::collection::vec(paragraph(), 1..6).prop_map(|paragraphs| paragraphs.join("\n"))
}

proptest! {
    #[test]
    fn spans_are_in_order_apart_and_inside_one_paragraph(text in story()) {
        let found = find(&text);
        let paragraphs = lines(&text);
        let spans = all_spans(&found);
        for span in &spans {
            prop_assert!(text.get(span.start..span.end).is_some());
            prop_assert!(!span.is_empty());
            prop_assert_eq!(paragraphs.iter().filter(|paragraph| paragraph.contains(*span)).count(), 1);
        }
        for pair in spans.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start);
        }
    }

    #[test]
    fn nested_quotations_lie_inside_theirs(text in story()) {
        for quote in find(&text).quotes {
            for nested in &quote.nested {
                prop_assert!(quote.span.contains(*nested) && *nested != quote.span);
                prop_assert!(text.get(nested.start..nested.end).is_some());
            }
            for pair in quote.nested.windows(2) {
                prop_assert!(pair[0].contains(pair[1]) || pair[0].end <= pair[1].start);
            }
        }
    }

    #[test]
    fn speakers_cues_and_statements_are_words_of_the_text(text in story()) {
        let found = find(&text);
        let speakers = found.quotes.iter().map(|quote| (&quote.speaker, quote.cue));
        let stated = found.statements.iter().map(|stated| (&stated.speaker, stated.cue));
        for (speaker, cue) in speakers.chain(stated) {
            for span in cue.iter().chain(speaker.iter().map(|speaker| &speaker.mention)) {
                prop_assert!(text.get(span.start..span.end).is_some_and(|words| !words.is_empty()));
            }
            if let Some(speaker) = speaker {
                prop_assert!(text.contains(&speaker.name) && !speaker.name.is_empty());
            }
        }
        for stated in &found.statements {
            prop_assert!(text.get(stated.span.start..stated.span.end).is_some());
        }
    }

    #[test]
    fn line_endings_change_nothing(paragraphs in prop::collection::vec(paragraph(), 1..5)) {
        let words = |separator: &str| {
            let text = paragraphs.join(separator);
            let found = find(&text);
            let quotes: Vec<_> = found.quotes.iter().map(|quote| {
                let speaker = quote.speaker.as_ref().map(|speaker| (speaker.name.clone(), speaker.basis));
                (quote.span.of(&text).to_owned(), quote.kind, speaker, quote.utterance, quote.closed)
            }).collect();
            let stated: Vec<_> = found.statements.iter().map(|stated| stated.span.of(&text).to_owned()).collect();
            (quotes, stated)
        };
        prop_assert_eq!(words("\n"), words("\r\n"));
    }

    #[test]
    fn an_unrelated_paragraph_changes_no_quotation_elsewhere(paragraphs in prop::collection::vec(paragraph(), 1..5), at in 0usize..5) {
        let at = at.min(paragraphs.len());
        let mut more = paragraphs.clone();
        more.insert(at, "It rained over the harbour for most of the day.".to_owned());
        let words = |paragraphs: &[String]| {
            let text = paragraphs.join("\n");
            let quotes = find(&text).quotes;
            quotes.iter().map(|quote| (quote.span.of(&text).to_owned(), quote.kind)).collect::<Vec<_>>()
        };
        prop_assert_eq!(words(&paragraphs), words(&more));
    }
}

#[test]
fn hostile_pages_take_no_time() {
    let pages = [
        "\"".repeat(1_000_000),
        "“".repeat(350_000),
        "“".repeat(100_000) + &"”".repeat(100_000),
        "\"a\" said ".repeat(100_000),
        "Smith said ".repeat(100_000),
        "he said that, ".repeat(80_000),
        "A Smith said B Smith told, ".repeat(40_000),
        "the and to ".repeat(100_000) + "said \"yes\"",
        ", who ".repeat(150_000) + "said \"yes\"",
        "\"a\"\nSmith said.\n".repeat(60_000),
        "according to ".repeat(80_000),
        "Mr. ".repeat(250_000),
        "(".repeat(1_000_000),
        "'s".repeat(500_000),
        "and said ".repeat(100_000),
        ", said".repeat(100_000),
        "(a) ".repeat(250_000),
        "said of the House ".repeat(60_000),
        "his claim that \"a\" ".repeat(50_000),
        "“a”\n— Mark Carney\n".repeat(40_000),
        "“a\n".repeat(100_000) + "— Mark Carney",
        "President Ann Lee, a judge, said. The president said. ".repeat(20_000),
        "the president of ".repeat(60_000) + "said \"yes\"",
        "Aa Bb ".repeat(150_000) + "(AB)",
        "Aa Bb (AB) ".repeat(90_000),
    ];
    for page in &pages {
        let found = find(page);
        assert!(found.quotes.len() <= page.len());
    }
}
