//! `align`: the sentences of two reports, paired.
//!
//! Sentences are given: each is a passage, but captions, credits and boilerplate take no part, as in the program.
//! Sentences of one paragraph (`a_par`, `b_par`) stand on one line, else each has its own.

use crossread::annotate::quote::{self, QuoteFindings};
use crossread::annotate::term::{Lexicon, TermHit};
use crossread::article::BlockRole;
use crossread::compare::{Comparison, Document, Pair, Passage, Side, Sides, compare, concepts};
use crossread::ingest::article_from_text;
use crossread::text::Span;
use serde_json::{Value, json};

/// Returns the pairs of passages of each row, with their tiers.
pub(crate) fn predict(rows: &[Value]) -> Vec<Value> {
    let lexicon = Lexicon::bundled();
    rows.iter()
        .map(|row| {
            let reports = Sides::new("a", "b").map(|key| Report::read(row, key, &lexicon));
            let found = compared(&reports, &lexicon);
            let pairs: Vec<_> = found
                .pairs
                .iter()
                .map(|pair| numbers(&reports, pair))
                .collect();
            let tiers: Vec<_> = found.pairs.iter().map(|p| p.tier).collect();
            json!({ "id": row["id"], "pairs": pairs, "tiers": tiers })
        })
        .collect()
}

fn compared(reports: &Sides<Report>, lexicon: &Lexicon) -> Comparison {
    compare(reports.as_ref().map(|report| {
        Document {
            text: &report.text,
            // Each sentence is a paragraph of its own.
            passages: (report.story.iter().enumerate())
                .map(|(paragraph, &(_, span))| Passage { span, paragraph })
                .collect(),
            quotes: &report.found.quotes,
            statements: &report.found.statements,
            concepts: concepts(&report.terms, lexicon),
            published: None,
        }
    }))
}

/// Returns the numbers that the row gives the sentences of a pair.
fn numbers(reports: &Sides<Report>, pair: &Pair) -> [usize; 2] {
    Side::BOTH.map(|side| reports[side].story[pair.at[side]].0)
}

/// A report put together from its sentences.
struct Report {
    text: String,
    /// The sentences of the story with their numbers in the row.
    story: Vec<(usize, Span)>,
    found: QuoteFindings,
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
            found: quote::find_quotes(&text, &paragraphs),
            terms: lexicon.find(&text, &paragraphs),
            story: story(&text, &sentences),
            text,
        }
    }
}

/// Returns the sentences that are neither caption, credit nor boilerplate, with their numbers; a row's headline counts as prose.
fn story(text: &str, sentences: &[Span]) -> Vec<(usize, Span)> {
    let article = article_from_text("align.txt", text);
    // Places in the article are places in `text` only where cleaning changed nothing.
    let known = article.text.len() == text.len();
    let prose = |role: BlockRole| {
        role.is_story() || matches!(role, BlockRole::Headline | BlockRole::Heading)
    };
    let blocks = || article.blocks.iter().filter(|block| prose(block.role));
    let is_prose = |span: Span| !known || blocks().any(|block| block.span.overlaps(span));
    let sentences = sentences.iter().copied().enumerate();
    sentences.filter(|&(_, span)| is_prose(span)).collect()
}
