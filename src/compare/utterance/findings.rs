//! Gathers what the rules find, each finding once.

use super::words::{ReportWords, WordNumbers};
use crate::compare::{Difference, DifferenceKind, DifferenceWeight, Side, Sides, weights};
use crate::text::Span;

/// The rule that found a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuoteRule {
    /// Other words inside what both quote.
    Wording,
    /// Other words of grammar, or words that the reporter put in.
    SmallWording,
    /// A question in one report that is none in the other.
    EndMark,
    /// Many words that one leaves out inside.
    CutInside,
    /// One goes on or begins earlier.
    CutAtEnd,
    /// A fragment of a longer quotation.
    Fragment,
    /// The reporter's words between two fragments tell the rest.
    ToldBetween,
    /// Quoted words among told ones.
    ToldBesideMarks,
    /// Quoted in one, told in the other.
    Told,
    /// The same words, two named speakers.
    OtherSpeaker,
}

impl QuoteRule {
    /// Returns how likely a finding is right: (right + 1) / (listed + 2) on `differences/dev` and `dev2` together, which list 19
    /// rewordings, 25 cuts, 18 fragments and 11 paraphrases; another speaker, of which they list none, is set by hand.
    fn confidence(self) -> f32 {
        match self {
            QuoteRule::Wording | QuoteRule::SmallWording | QuoteRule::EndMark => 0.86,
            QuoteRule::CutInside | QuoteRule::CutAtEnd => 0.85,
            QuoteRule::Fragment | QuoteRule::ToldBetween | QuoteRule::ToldBesideMarks => 0.75,
            QuoteRule::Told => 0.92,
            QuoteRule::OtherSpeaker => 0.7,
        }
    }
}

impl QuoteRule {
    fn weight(self) -> DifferenceWeight {
        match self {
            QuoteRule::SmallWording | QuoteRule::EndMark => DifferenceWeight::Minor,
            _ => DifferenceWeight::Main,
        }
    }
}

/// The findings of the rules between two reports.
pub(super) struct UtteranceFindings<'a, 'd> {
    reports: &'a Sides<ReportWords<'d>>,
    pub(super) found: Vec<Difference>,
}

impl<'a, 'd> UtteranceFindings<'a, 'd> {
    pub(super) fn new(reports: &'a Sides<ReportWords<'d>>) -> Self {
        Self {
            reports,
            found: Vec::new(),
        }
    }

    /// Adds a difference between `words`, which are what its line shows too.
    pub(super) fn add(&mut self, kind: DifferenceKind, rule: QuoteRule, words: Sides<WordNumbers>) {
        let shown = words.clone();
        self.add_shown(kind, rule, words, shown);
    }

    /// Adds a difference between `words` whose line shows `shown`; one that overlaps another of its kind on both sides is the same.
    pub(super) fn add_shown(
        &mut self,
        kind: DifferenceKind,
        rule: QuoteRule,
        words: Sides<WordNumbers>,
        shown: Sides<WordNumbers>,
    ) {
        let spans = Sides::from_fn(|side| self.span(side, rule, &words[side]));
        let (Some(left), Some(right)) = (spans.left, spans.right) else {
            return;
        };
        let spans = Sides::new(left, right);
        if self.found.iter().any(|one| is_repeat(one, kind, spans)) {
            return;
        }
        let at = Sides::from_fn(|side| {
            let first = words[side].iter().min().copied().unwrap_or_default();
            self.reports[side]
                .words
                .get(first)
                .map_or(0, |word| word.passage)
        });
        let words = Sides::from_fn(|side| self.line_words(side, kind, rule, &shown[side]));
        self.found.push(Difference {
            kind,
            at,
            spans: spans.map(|span| vec![span]),
            words,
            common: String::new(),
            weight: rule.weight(),
            confidence: rule.confidence(),
        });
    }

    /// Adds `words` that are said by other `speakers`.
    pub(super) fn add_speakers(&mut self, words: Sides<WordNumbers>, speakers: Sides<&str>) {
        let before = self.found.len();
        self.add(DifferenceKind::Speaker, QuoteRule::OtherSpeaker, words);
        if let Some(added) = self.found.get_mut(before) {
            // The shorter text: the mirror image of a comparison must choose the same.
            let both = [&added.words.left, &added.words.right].into_iter();
            let common = both.min_by_key(|words| (words.len(), (*words).clone()));
            added.common = common.cloned().unwrap_or_default();
            added.words = speakers.map(str::to_owned);
        }
    }

    fn span(&self, side: Side, rule: QuoteRule, words: &[usize]) -> Option<Span> {
        let span = self.reports[side].span_of(words)?;
        let mark = usize::from(rule == QuoteRule::EndMark);
        Some(Span::new(span.start, span.end + mark))
    }

    /// Returns the words for the line of a difference: in marks if they are quoted and have none of their own.
    fn line_words(
        &self,
        side: Side,
        kind: DifferenceKind,
        rule: QuoteRule,
        words: &[usize],
    ) -> String {
        let report = &self.reports[side];
        let Some(span) = self.span(side, rule, words) else {
            return String::new();
        };
        let shown = shortened(with_marks(report.text, span).of(report.text));
        let first = words.iter().min().and_then(|&at| report.words.get(at));
        let is_quoted = first.is_some_and(|word| word.quote.is_some());
        let needs_marks = matches!(
            kind,
            DifferenceKind::QuoteExtent | DifferenceKind::QuoteVsParaphrase
        );
        match needs_marks && is_quoted && !shown.contains(MARKS) {
            true => format!("“{shown}”"),
            false => shown,
        }
    }
}

/// Quotation marks.
const MARKS: [char; 3] = ['"', '“', '”'];

fn is_repeat(one: &Difference, kind: DifferenceKind, spans: Sides<Span>) -> bool {
    let overlaps = |side: Side| {
        one.spans[side]
            .iter()
            .any(|span| span.overlaps(spans[side]))
    };
    one.kind == kind && overlaps(Side::Left) && overlaps(Side::Right)
}

/// Takes in the marks beside the first and the last word where their other halves stand among the words.
fn with_marks(text: &str, span: Span) -> Span {
    if !span.of(text).contains(MARKS) {
        return span;
    }
    let opening = text[..span.start].chars().next_back();
    let closing = text[span.end..].chars().next();
    let len = |mark: Option<char>| {
        let mark = mark.filter(|mark| MARKS.contains(mark));
        mark.map_or(0, char::len_utf8)
    };
    Span::new(span.start - len(opening), span.end + len(closing))
}

/// Returns the first words of a long quotation.
pub(super) fn shortened(words: &str) -> String {
    let mut rest = words.split_whitespace();
    let first: Vec<_> = rest.by_ref().take(weights::SHOWN_WORDS).collect();
    match rest.next() {
        None => first.join(" "),
        Some(_) => format!("{} …", first.join(" ")),
    }
}
