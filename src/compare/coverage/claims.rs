//! Finds the way in which each report puts a claim, seen from the report that quotes most of it.

use super::cluster::PassageGroup;
use super::{Claim, ClaimTitle, CoverageCell, CoverageKind};
use crate::annotate::quote::{Quote, QuoteKind};
use crate::compare::normalize::{NormalWord, WordReader, content};
use crate::compare::{Document, Sides, diff, weights};
use crate::text::Span;

/// The words of all passages that stand in quotation marks.
pub(super) struct QuotedWords {
    quoted: Vec<Vec<Vec<NormalWord>>>,
}

impl QuotedWords {
    pub(super) fn new(documents: &[Document<'_>]) -> Self {
        let mut reading = WordReader::default();
        let quoted = documents.iter().map(|document| {
            let passages = document.passages.iter().map(|passage| {
                let mut words = reading.tokens(document.text, passage.span);
                words.retain(|word| document.quotes_in(word.span).next().is_some());
                words
            });
            passages.collect()
        });
        Self {
            quoted: quoted.collect(),
        }
    }

    /// Returns the row of a group.
    pub(super) fn claim(&mut self, documents: &[Document<'_>], group: &PassageGroup) -> Claim {
        let lead = self.lead(documents, group);
        let fullest = self.quoted_by(group, lead.report);
        let is_quotation = is_quotation(&fullest);
        let cells = (0..documents.len()).map(|report| {
            let Some(passages) = group.own.get(&report) else {
                return elsewhere(group.elsewhere.get(&report));
            };
            let is_lead = report == lead.report;
            let sure = group.own.len() == 1 || is_lead || group.sure.contains(&report);
            let (how, differs) = match (is_quotation, sure) {
                (true, _) if is_lead => (CoverageKind::Quoted, Vec::new()),
                (true, sure) => quoting(&fullest, &self.quoted_by(group, report), sure),
                (false, true) => (CoverageKind::Said, Vec::new()),
                (false, false) => (CoverageKind::Related, Vec::new()),
            };
            CoverageCell {
                how,
                passages: passages.clone(),
                differs,
            }
        });
        let cells = cells.collect();
        Claim { lead, cells }
    }

    fn quoted_by(&self, group: &PassageGroup, report: usize) -> Vec<NormalWord> {
        let passages = group.own.get(&report).into_iter().flatten();
        let words = passages.filter_map(|&n| self.quoted.get(report)?.get(n));
        words.flatten().copied().collect()
    }

    /// Returns the words to call a claim by: the longest quotation, or else the passage that stands earliest.
    fn lead(&self, documents: &[Document<'_>], group: &PassageGroup) -> ClaimTitle {
        let reports = group.own.keys().copied();
        let fullest = reports
            .map(|report| (self.quoted_by(group, report), report))
            .filter(|(words, _)| is_quotation(words))
            .map(|(words, report)| ((content(&words).count(), words.len()), report))
            .max_by_key(|&(words, report)| (words, std::cmp::Reverse(report)));
        let earliest = || {
            let first = group.own.iter().min_by_key(|&(&report, own)| {
                let passage = own.first().and_then(|&n| documents[report].passages.get(n));
                (passage.map(|passage| passage.paragraph), report)
            });
            first.map_or(0, |(&report, _)| report)
        };
        let report = fullest.map_or_else(earliest, |(_, report)| report);
        let own = group.own.get(&report).map_or(&[][..], Vec::as_slice);
        let (passage, quote) = self.title(&documents[report], report, own);
        let whole = quote.filter(|quote| fullest.is_some() && quote.kind == QuoteKind::Direct);
        ClaimTitle {
            report,
            span: whole.map_or(passage, |quote| clipped(quote.span, passage)),
            quoted: whole.is_some(),
            speaker: quote
                .filter(|_| fullest.is_some())
                .and_then(|quote| quote.speaker.as_ref())
                .map(|speaker| speaker.name.clone()),
        }
    }

    /// Returns the passage that quotes most, and its longest quotation.
    fn title<'a>(
        &self,
        document: &Document<'a>,
        report: usize,
        own: &[usize],
    ) -> (Span, Option<&'a Quote>) {
        let quoted = |n: usize| Some(content(self.quoted.get(report)?.get(n)?).count());
        let own = own.iter().copied();
        let most = own.max_by_key(|&n| (quoted(n).unwrap_or(0), std::cmp::Reverse(n)));
        let passage = most.and_then(|n| document.passages.get(n));
        let passage = passage.map_or(Span::default(), |passage| passage.span);
        let quotes = document.quotes_in(passage);
        let longest = quotes.max_by_key(|quote| clipped(quote.span, passage).len());
        (passage, longest)
    }
}

/// Whether words in marks are enough to call a claim by: three that say something, or some more of grammar.
fn is_quotation(words: &[NormalWord]) -> bool {
    content(words).count() >= weights::QUOTE_WORDS || words.len() >= weights::COMMON_QUOTE
}

fn elsewhere(passage: Option<&usize>) -> CoverageCell {
    CoverageCell {
        how: passage.map_or(CoverageKind::Absent, |_| CoverageKind::Elsewhere),
        passages: passage.copied().into_iter().collect(),
        differs: Vec::new(),
    }
}

fn clipped(span: Span, within: Span) -> Span {
    Span::new(span.start.max(within.start), span.end.min(within.end))
}

/// Returns the relation of `words`, quoted, to the `fullest` quotation, and those of them that it does not have.
fn quoting(fullest: &[NormalWord], words: &[NormalWord], sure: bool) -> (CoverageKind, Vec<Span>) {
    let both = Sides::new(fullest, words);
    let matches = diff::settled(diff::matches(fullest, words), both);
    // Words of grammar count where there is hardly anything else: "It is what it is."
    let is_of_content = content(words).count() >= weights::QUOTE_WORDS;
    let (shared, own) = match is_of_content {
        true => (
            diff::shared_content(fullest, &matches),
            content(words).count(),
        ),
        false => (matches.len(), words.len()),
    };
    if own == 0 || (shared as f32) < weights::QUOTE_PART * own as f32 {
        let how = if sure {
            CoverageKind::Paraphrased
        } else {
            CoverageKind::Related
        };
        return (how, Vec::new());
    }
    let (mut from, mut reworded, mut differs) = (Sides::new(0, 0), false, Vec::new());
    let ends = both.map(<[NormalWord]>::len);
    for to in matches.iter().copied().chain([ends]) {
        let gap = Sides::new(&fullest[from.left..to.left], &words[from.right..to.right]);
        reworded |= content(gap.left).next().is_some() && content(gap.right).next().is_some();
        differs.extend(gap.right.iter().map(|word| word.span));
        from = Sides::new(to.left + 1, to.right + 1);
    }
    let how = if reworded {
        CoverageKind::Reworded
    } else if content(fullest).count() > diff::shared_content(fullest, &matches) {
        CoverageKind::Cut
    } else {
        CoverageKind::Quoted
    };
    (how, differs)
}
