//! The differences as the list has them and the rows mark them: what is listed is marked, and what is marked is listed.
//!
//! First come the differences that the comparison has a kind for, in its order, under the same numbers. Then come the other words
//! that differ in rows of nearly the same words, then those of the headlines.

use std::collections::HashMap;
use std::sync::Arc;

use crate::article::Article;
use crate::compare::{
    Comparison, Difference, DifferenceKind, PairRelation, PassageMark, Side, Sides, diff,
};
use crate::text::Span;

/// The kind of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// A kind that the comparison knows.
    Typed(DifferenceKind),
    /// Other words in passages of nearly the same words.
    Wording,
    /// Other words in the headlines.
    Headline,
}

impl FindingKind {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            FindingKind::Typed(kind) => kind.name(),
            FindingKind::Wording => "other words",
            FindingKind::Headline => "headline",
        }
    }

    /// Returns its name in at most eleven columns, for the gutter.
    pub fn short_name(self) -> &'static str {
        match self {
            FindingKind::Typed(kind) => kind.short_name(),
            kind => kind.name(),
        }
    }

    /// Whether the words themselves differ, not only the way in which they are quoted.
    fn is_of_words(self) -> bool {
        use DifferenceKind::{QuoteExtent, QuoteVsParaphrase};
        !matches!(self, FindingKind::Typed(QuoteExtent | QuoteVsParaphrase))
    }
}

/// A difference in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its kind.
    pub kind: FindingKind,
    /// The passages that it stands in; `None` for the headlines.
    pub at: Option<Sides<usize>>,
    /// The words of each side in its text; those of the headlines in the headline.
    pub spans: Sides<Vec<Span>>,
    /// The words of each side as they are listed; empty where a side has none.
    pub words: Sides<String>,
    /// Words that both have and that belong to the finding: members of both lists, words that two speakers said.
    pub common: String,
    /// Whether it is listed only because unsure ones were asked for.
    pub is_unsure: bool,
}

/// All findings of a comparison, and where they are marked.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// The findings in the order of the list.
    pub all: Vec<Finding>,
    /// The words that differ, on each side, in order and not overlapping.
    pub(super) words: Sides<Vec<Span>>,
    /// The words that one side quotes and the other tells or quotes at another length, in order and not overlapping.
    pub(super) told: Sides<Vec<Span>>,
    /// The findings of each passage.
    by_passage: Sides<HashMap<usize, Vec<usize>>>,
    /// The comparison that they are from.
    of: Option<Arc<Comparison>>,
}

impl Findings {
    /// Whether they are those of this comparison.
    pub(super) fn are_of(&self, comparison: &Arc<Comparison>) -> bool {
        self.of
            .as_ref()
            .is_some_and(|of| Arc::ptr_eq(of, comparison))
    }

    /// Collects the findings of a comparison.
    pub(super) fn new(comparison: &Arc<Comparison>, articles: Sides<&Article>) -> Self {
        let differences = comparison.differences.iter();
        let typed = differences.map(|difference| Finding::typed(difference, articles));
        let mut all: Vec<Finding> = typed.collect();
        let named = marked(&all, |_| true);
        all.extend(other_wordings(comparison, articles, &named));
        all.extend(headlines(articles));
        let in_text = |all: &[Finding], is_of_words: bool| {
            marked(all, |finding| {
                finding.at.is_some() && finding.kind.is_of_words() == is_of_words
            })
        };
        Self {
            words: in_text(&all, true),
            told: in_text(&all, false),
            by_passage: by_passage(&all),
            of: Some(Arc::clone(comparison)),
            all,
        }
    }

    /// Returns the finding of the headlines and its number.
    pub(super) fn headline(&self) -> Option<(usize, &Finding)> {
        let last = self.all.len().checked_sub(1)?;
        let finding = self.all.get(last)?;
        (finding.kind == FindingKind::Headline).then_some((last, finding))
    }

    /// Returns the numbers of the findings of the passages of a row, in the order of the list.
    pub(super) fn of_row(&self, passages: Sides<Option<usize>>) -> Vec<usize> {
        let of_side = |side: Side| {
            let found = passages[side].and_then(|passage| self.by_passage[side].get(&passage));
            found.into_iter().flatten().copied()
        };
        let mut found: Vec<usize> = of_side(Side::Left).chain(of_side(Side::Right)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Finding {
    fn typed(difference: &Difference, articles: Sides<&Article>) -> Self {
        let spans = Sides::from_fn(|side| own_words(difference, side, &articles[side].text));
        Self {
            kind: FindingKind::Typed(difference.kind),
            at: Some(difference.at),
            spans,
            words: difference
                .words
                .clone()
                .map(|words| words.replace('\n', " ")),
            common: difference.common.replace('\n', " "),
            is_unsure: !difference.is_sure(),
        }
    }

    /// Returns what a side has, as it is listed: quoted words in quotation marks, a dash for nothing.
    pub(super) fn side_words(&self, side: Side) -> String {
        let words = self.words[side].trim();
        let is_quoted = match self.kind {
            FindingKind::Typed(kind) => matches!(
                kind,
                DifferenceKind::QuoteWording | DifferenceKind::QuoteCut
            ),
            FindingKind::Wording | FindingKind::Headline => true,
        };
        match words {
            "" => "–".to_owned(),
            _ if is_quoted && !words.starts_with(['“', '"', '‘']) => format!("“{words}”"),
            _ => words.to_owned(),
        }
    }
}

/// Returns the words that differ in passages of nearly the same words and that no finding names.
fn other_wordings(
    comparison: &Comparison,
    articles: Sides<&Article>,
    named: &Sides<Vec<Span>>,
) -> Vec<Finding> {
    let rows = comparison.rows(Side::Left).into_iter();
    let bound = rows.filter(|row| row.passages.left.is_some() && row.passages.right.is_some());
    let pairs = bound.filter_map(|row| row.pair);
    let of_words =
        pairs.filter(|&pair| PairRelation::of(comparison, pair) == PairRelation::SameWords);
    let wordings = of_words.filter_map(|pair| {
        let marks = comparison.marks.get(pair)?;
        let spans = Sides::from_fn(|side| {
            let changed = marks[side]
                .iter()
                .filter(|(_, mark)| *mark == PassageMark::Changed);
            let changed = changed.map(|(span, _)| *span);
            let is_named = |span: &Span| named[side].iter().any(|other| other.overlaps(*span));
            changed
                .filter(|span| !is_named(span))
                .collect::<Vec<Span>>()
        });
        let is_empty = spans.left.is_empty() && spans.right.is_empty();
        (!is_empty).then(|| Finding {
            kind: FindingKind::Wording,
            at: comparison.pairs.get(pair).map(|pair| pair.at),
            words: Sides::from_fn(|side| joined(&articles[side].text, &spans[side])),
            spans,
            common: String::new(),
            is_unsure: false,
        })
    });
    wordings.collect()
}

/// Returns the words that differ between two headlines of nearly the same words.
fn headlines(articles: Sides<&Article>) -> Option<Finding> {
    let texts = articles.try_map(|article| Some(&*article.headline.as_ref()?.value))?;
    let whole = texts.map(|text| Span::new(0, text.len()));
    let spans = diff::wording(texts, whole);
    let part = |side: Side| {
        let changed: usize = spans[side].iter().map(|span| span.len()).sum();
        changed as f32 / texts[side].len().max(1) as f32
    };
    let is_near = Side::BOTH.into_iter().all(|side| part(side) <= 0.5);
    let is_empty = spans.left.is_empty() && spans.right.is_empty();
    (is_near && !is_empty).then(|| Finding {
        kind: FindingKind::Headline,
        at: None,
        words: Sides::from_fn(|side| joined(texts[side], &spans[side])),
        spans,
        common: String::new(),
        is_unsure: false,
    })
}

/// Returns the places of the words that a side alone has, where a difference spans those of both too: a cut, a list.
fn own_words(difference: &Difference, side: Side, text: &str) -> Vec<Span> {
    let (spans, words) = (&difference.spans[side], &difference.words[side]);
    let parts: Vec<&str> = match difference.kind {
        DifferenceKind::QuoteCut => vec![words],
        DifferenceKind::List => words.split(", ").collect(),
        _ => return spans.clone(),
    };
    let mut found = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let mut places = spans.iter().filter_map(|span| {
            // Long words are listed with an ellipsis in place of their end.
            let begin = part.trim_end_matches(['…', ' ']);
            // The words may go on behind the place of the difference, which tells enough to find them.
            let near = Span::new(span.start, text.ceil_char_boundary(span.end + begin.len()));
            let at = span.start + near.of(text).replace('\n', " ").find(begin)?;
            let end = at + begin.len();
            let is_whole = begin == part;
            Some(Span::new(
                at,
                if is_whole { end } else { end.max(span.end) },
            ))
        });
        match places.next_back() {
            Some(place) => found.push(place),
            // Words that are told otherwise than they stand in the text.
            None => return spans.clone(),
        }
    }
    found
}

/// Returns the words at `spans`, with an ellipsis for what stands between them.
fn joined(text: &str, spans: &[Span]) -> String {
    let words: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
    words.join(" … ").replace('\n', " ")
}

/// Returns the places of those findings that `is_meant`, on each side, as one list without overlaps.
fn marked(all: &[Finding], is_meant: impl Fn(&Finding) -> bool) -> Sides<Vec<Span>> {
    Sides::from_fn(|side| {
        let meant = all.iter().filter(|finding| is_meant(finding));
        let mut spans: Vec<Span> = meant
            .flat_map(|finding| finding.spans[side].iter().copied())
            .collect();
        spans.sort_unstable();
        spans.dedup_by(|next, last| {
            let overlaps = next.start < last.end;
            if overlaps {
                last.end = last.end.max(next.end);
            }
            overlaps
        });
        spans
    })
}

fn by_passage(all: &[Finding]) -> Sides<HashMap<usize, Vec<usize>>> {
    let mut found = Sides::<HashMap<usize, Vec<usize>>>::default();
    for (number, finding) in all.iter().enumerate() {
        if let Some(at) = finding.at {
            found.left.entry(at.left).or_default().push(number);
            found.right.entry(at.right).or_default().push(number);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Annotator;
    use crate::compare::{Document, compare};
    use crate::ingest::article_from_text;

    fn findings(left: &str, right: &str) -> Findings {
        let annotator = Annotator::bundled();
        let articles = Sides::new(left, right).map(|text| article_from_text("a.txt", text));
        let notes = articles.as_ref().map(|article| annotator.annotate(article));
        let documents = Sides::from_fn(|side| {
            Document::new(&articles[side], &notes[side], annotator.lexicon())
        });
        Findings::new(&Arc::new(compare(documents)), articles.as_ref())
    }

    #[test]
    fn every_marked_word_is_listed_and_every_listed_word_is_marked() {
        let found = findings(
            "Steel duty stays\n\nThe minister said on Monday that the steel duty stays for a long year.",
            "Steel duty goes\n\nThe minister said on Monday that the steel duty stays for one short year.",
        );
        for side in Side::BOTH {
            let listed = found.all.iter().filter(|finding| finding.at.is_some());
            let listed: Vec<Span> = listed
                .flat_map(|finding| finding.spans[side].clone())
                .collect();
            let marked = || found.words[side].iter().chain(&found.told[side]);
            assert!(
                listed
                    .iter()
                    .all(|span| marked().any(|mark| mark.contains(*span)))
            );
            assert!(marked().all(|mark| listed.iter().any(|span| span.overlaps(*mark))));
            assert!(!listed.is_empty());
        }
    }

    #[test]
    fn words_left_out_are_marked_alone_even_where_they_go_on_behind_the_difference() {
        let text = "who they are. He will take them far, and if they think so they are wrong.";
        let difference = Difference {
            kind: DifferenceKind::QuoteCut,
            at: Sides::default(),
            spans: Sides::new(vec![Span::new(4, 40)], Vec::new()),
            words: Sides::new(
                "He will take them far, and if they …".to_owned(),
                String::new(),
            ),
            common: String::new(),
            weight: Default::default(),
            confidence: 1.0,
        };
        let marked = own_words(&difference, Side::Left, text);
        let words: Vec<&str> = marked.iter().map(|span| span.of(text)).collect();
        assert_eq!(words, ["He will take them far, and if they"]);
    }

    #[test]
    fn headlines_are_compared_like_sentences() {
        let found = findings(
            "title: Steel duty stays\n\nRain fell.",
            "title: Steel duty goes\n\nSnow came.",
        );
        let (_, headline) = found.headline().expect("they differ in a word");
        assert_eq!(
            headline.words,
            Sides::new("stays".to_owned(), "goes".to_owned())
        );
    }
}
