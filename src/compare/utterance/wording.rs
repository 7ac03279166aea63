//! Reads off an alignment what two reports quote differently inside it: other words, words left out, another speaker, fewer words in marks.

use super::alignment::Alignment;
use super::findings::{QuoteRule, UtteranceFindings};
use super::speakers::{self, SpeakerNames};
use super::words::{ReportWords, WordNumbers};
use crate::compare::normalize;
use crate::compare::{DifferenceKind, Side, Sides, weights};

/// Words that are no wording when one report has them and the other does not.
const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// Adds what differs inside `found`. Returns whether its ends are to be read too.
pub(super) fn read(
    reports: &Sides<ReportWords<'_>>,
    names: &SpeakerNames,
    found: &Alignment,
    findings: &mut UtteranceFindings<'_, '_>,
) -> bool {
    let first = found.first();
    let speakers = Sides::from_fn(|side| reports[side].quote_of(first[side])?.speaker);
    let both = speakers.left.zip(speakers.right);
    let are_namesakes = both.is_some_and(|(left, right)| speakers::are_namesakes(left, right));
    // More words in a row are one utterance, and a namesake is a speaker that was not found out.
    if are_namesakes && found.pairs.len() <= weights::NAMESAKE_WORDS {
        return false;
    }
    if is_of_two_speakers(reports, names, found) {
        let words = Sides::from_fn(|side| found.words(side));
        let speakers = speakers.map(|speaker| speaker.map_or("", |speaker| &speaker.name));
        findings.add_speakers(words, speakers);
        return false;
    }
    if let Some(words) = end_marks(reports, found) {
        findings.add(DifferenceKind::QuoteWording, QuoteRule::EndMark, words);
    }
    for change in changes(reports, found) {
        let words = Sides::from_fn(|side| change.shown(reports, side));
        if change.is_cut {
            let shown = change.words;
            findings.add_shown(DifferenceKind::QuoteCut, QuoteRule::CutInside, words, shown);
        } else {
            let rule = match change.says(reports) {
                true => QuoteRule::Wording,
                false => QuoteRule::SmallWording,
            };
            findings.add(DifferenceKind::QuoteWording, rule, words);
        }
    }
    !Side::BOTH
        .into_iter()
        .any(|side| read_fragment(reports, found, side, findings))
}

/// Whether the words have two named speakers, neither of whom is named near the other's quotation.
fn is_of_two_speakers(
    reports: &Sides<ReportWords<'_>>,
    names: &SpeakerNames,
    found: &Alignment,
) -> bool {
    let first = found.first();
    let quotes = Sides::from_fn(|side| reports[side].quote_of(first[side]));
    let content = found
        .pairs
        .iter()
        .filter(|at| reports.left.words[at.left].is_content);
    let is_near = |side: Side| {
        let speaker = quotes[side.other()].and_then(|quote| quote.speaker);
        speaker.is_some_and(|of| speakers::is_named_near(&reports[side], first[side], of))
    };
    names.are_others(reports, first)
        && content.count() > 1
        && !is_near(Side::Left)
        && !is_near(Side::Right)
}

/// Words of one utterance that stand between the same words of both reports.
struct WordChange {
    /// The words that differ; none on a side that has nothing there.
    words: Sides<WordNumbers>,
    /// The last word in common before them and the first after.
    around: Sides<(usize, usize)>,
    /// Whether one side leaves out so many that they are a cut.
    is_cut: bool,
}

impl WordChange {
    /// Whether a word that says something differs.
    fn says(&self, reports: &Sides<ReportWords<'_>>) -> bool {
        let says = |at: &usize, side: Side| {
            let report = &reports[side];
            report.words[*at].is_content && !report.is_inserted(*at)
        };
        let mut sides = Side::BOTH.into_iter();
        sides.any(|side| self.words[side].iter().any(|at| says(at, side)))
    }

    /// Returns the words that differ; beside nothing, or words of grammar only, with those around them.
    fn shown(&self, reports: &Sides<ReportWords<'_>>, side: Side) -> WordNumbers {
        let says = |side: Side| {
            let mut words = self.words[side].iter();
            words.any(|&at| reports[side].words[at].is_content)
        };
        if says(Side::Left) && says(Side::Right) && !self.is_cut {
            return self.words[side].clone();
        }
        let (before, after) = self.around[side];
        let mut shown = vec![before];
        shown.extend(&self.words[side]);
        shown.push(after);
        shown
    }
}

/// Returns the changes between the first and the last word in common; those a few words apart are one.
fn changes(reports: &Sides<ReportWords<'_>>, found: &Alignment) -> Vec<WordChange> {
    let mut changes: Vec<WordChange> = Vec::new();
    for (from, to) in found.pairs.iter().zip(found.pairs.iter().skip(1)) {
        let mut words = Sides::from_fn(|side| {
            if to[side] <= from[side] + 1 {
                return WordNumbers::new();
            }
            let utterance = &reports[side].utterances[found.utterances[side]];
            let between = utterance.iter().copied();
            between
                .filter(|&at| from[side] < at && at < to[side])
                .collect::<WordNumbers>()
        });
        let forms = Sides::from_fn(|side| {
            let report = &reports[side];
            (report.words[to[side]].form, report.is_inserted(to[side]))
        });
        if forms.left != forms.right {
            // One stem, another form of the word; or the reporter put it in on one side.
            words.left.push(to.left);
            words.right.push(to.right);
        }
        let longer = words.left.len().abs_diff(words.right.len());
        let is_cut = longer >= weights::CUT_INSIDE;
        if words.left.is_empty() && words.right.is_empty() || !is_cut && is_trivial(reports, &words)
        {
            continue;
        }
        let change = WordChange {
            words,
            around: Sides::from_fn(|side| (from[side], to[side])),
            is_cut,
        };
        match changes.last_mut() {
            Some(last) if !is_cut && !last.is_cut && is_near(last, from) => {
                last.join(reports, change);
            }
            _ => changes.push(change),
        }
    }
    changes
}

/// Returns the last words in common where a question in one report is none in the other.
fn end_marks(reports: &Sides<ReportWords<'_>>, found: &Alignment) -> Option<Sides<WordNumbers>> {
    let last = found.last();
    let marks = Sides::from_fn(|side| reports[side].end_mark(last[side]));
    let is_question = marks.map(|mark| mark == Some('?'));
    let is_end = marks.left.is_some() && marks.right.is_some();
    let words = |side: Side| (last[side].saturating_sub(1)..=last[side]).collect();
    (is_end && is_question.left != is_question.right).then(|| Sides::from_fn(words))
}

fn is_near(last: &WordChange, from: &Sides<usize>) -> bool {
    from.left <= last.around.left.1 + weights::CHANGES_APART
}

impl WordChange {
    fn join(&mut self, reports: &Sides<ReportWords<'_>>, next: WordChange) {
        for side in Side::BOTH {
            let first = self.words[side]
                .first()
                .copied()
                .unwrap_or(self.around[side].1);
            let last = next.words[side].last().copied();
            let last = last.unwrap_or_else(|| next.around[side].0.max(first));
            let quoted = |at: &usize| reports[side].words[*at].quote.is_some();
            self.words[side] = (first..=last).filter(quoted).collect();
            self.around[side].1 = next.around[side].1;
        }
    }
}

/// Whether a change is not worth telling: articles, or the same letters with other marks between them.
fn is_trivial(reports: &Sides<ReportWords<'_>>, words: &Sides<WordNumbers>) -> bool {
    let mut inserted = Side::BOTH.into_iter().filter(|&side| {
        let mut words = words[side].iter();
        words.any(|&at| reports[side].is_inserted(at))
    });
    if inserted.next().is_some() {
        return inserted.next().is_some();
    }
    let forms = Sides::from_fn(|side| {
        let written = words[side].iter().map(|&at| reports[side].written(at));
        let forms = written.map(|word| normalize::form(word).into_owned());
        forms.collect::<Vec<String>>()
    });
    let letters = forms
        .as_ref()
        .map(|forms| forms.concat().replace("percent", "%"));
    let lacks = |side: Side| {
        let mut only = forms[side]
            .iter()
            .filter(|form| !forms[side.other()].contains(form));
        only.all(|form| ARTICLES.contains(&&**form))
    };
    letters.left == letters.right || lacks(Side::Left) && lacks(Side::Right)
}

/// Adds the fragment of `side` that is a part of a longer quotation of the other side, and returns whether it is one.
fn read_fragment(
    reports: &Sides<ReportWords<'_>>,
    found: &Alignment,
    side: Side,
    findings: &mut UtteranceFindings<'_, '_>,
) -> bool {
    let (report, other) = (&reports[side], &reports[side.other()]);
    let first = found.first();
    let marked: WordNumbers = report.quoted_around(first[side]).collect();
    let longer: WordNumbers = other.quoted_around(first[side.other()]).collect();
    if !report.is_fragment(first[side]) || marked.len() > weights::FRAGMENT_WORDS {
        return false;
    }
    let told = with_told(report, &marked, other, &longer);
    let more = longer.len().saturating_sub(marked.len());
    // One word more only if it is told beside the mark: "good" conversation / "good conversation".
    let beside = |at: &usize| {
        marked.first().is_some_and(|first| at + 1 == *first)
            || marked.last().is_some_and(|last| *at == last + 1)
    };
    if more < 1 || more == 1 && !told.iter().any(beside) {
        return false;
    }
    let stems: Vec<_> = told
        .iter()
        .map(|&at| &report.words[at])
        .filter(|word| word.is_content)
        .collect();
    let common = found.words(side.other());
    let (Some(from), Some(to)) = (common.first(), common.last()) else {
        return false;
    };
    let near = from.saturating_sub(weights::TOLD_BESIDE)..=to + weights::TOLD_BESIDE;
    let is_told = |at: &usize| {
        let word = &other.words[*at];
        common.contains(at) || near.contains(at) && stems.iter().any(|told| told.term == word.term)
    };
    let mut words = Sides::default();
    words[side.other()] = longer
        .iter()
        .copied()
        .filter(is_told)
        .collect::<WordNumbers>();
    words[side] = told;
    let mut shown = words.clone();
    if shown.left.len() == shown.right.len() {
        // The same words: the line shows how much further the longer quotation goes.
        let near = from.saturating_sub(weights::CUT_CONTEXT)..=to + weights::CUT_CONTEXT;
        shown[side.other()] = longer.into_iter().filter(|at| near.contains(at)).collect();
    }
    findings.add_shown(
        DifferenceKind::QuoteExtent,
        QuoteRule::Fragment,
        words,
        shown,
    );
    true
}

/// Returns the words of a fragment and those beside it, in the same sentence, that the longer quotation has too.
fn with_told(
    report: &ReportWords<'_>,
    marked: &[usize],
    other: &ReportWords<'_>,
    longer: &[usize],
) -> WordNumbers {
    let (Some(&first), Some(&last)) = (marked.first(), marked.last()) else {
        return WordNumbers::new();
    };
    let reach = first.saturating_sub(weights::TOLD_BESIDE)..=last + weights::TOLD_BESIDE;
    let has = |at: usize| {
        let word = &report.words[at];
        let is_same = |&at: &usize| other.words[at].is_content && other.words[at].term == word.term;
        word.quote.is_none() && longer.iter().any(is_same)
    };
    let sentence = report.passage_around(first);
    let beside = sentence.filter(|at| reach.contains(at) && has(*at));
    marked.iter().copied().chain(beside).collect()
}
