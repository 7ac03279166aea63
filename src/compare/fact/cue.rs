//! Finds reporting verbs that judge where the other report's does not: `said` / `claimed`, `called` / `lashed out at`.

use super::FactReports;
use super::finding::{FactFinding, confidence_of};
use super::report::FactSentence;
use super::words::WORDS;
use crate::annotate::quote::Speaker;
use crate::compare::normalize::TermId;
use crate::compare::{DifferenceKind, DifferenceWeight, Document, Side, Sides};
use crate::text::Span;

/// Sentences less near are not looked at.
const NEAR_LEAST: f32 = 0.3;
/// Words before a verb in which the name of its subject stands.
const SUBJECT_REACH: usize = 8;

/// A reporting verb with what it reports.
#[derive(Clone, Debug)]
struct ReportingCue {
    span: Span,
    term: TermId,
    judges: bool,
    /// The last word of the speaker's name, in small letters; empty where it is not known.
    speaker: String,
    /// The words of content that are reported, sorted; empty where the annotator read none.
    said: Vec<TermId>,
}

/// Returns the reporting verbs of which one judges, for the same utterance of one speaker.
pub(super) fn find(reports: &FactReports<'_, '_>) -> Vec<FactFinding> {
    let all = Sides::from_fn(|side| cues(reports, side));
    let mut found = Vec::new();
    for &(at, near) in reports.pairs_from(NEAR_LEAST) {
        let cues = Sides::new(&all.left[at.left], &all.right[at.right]);
        for left in cues.left {
            for right in cues.right {
                found.extend(against(reports, at, near, Sides::new(left, right), cues));
            }
        }
    }
    found
}

fn cues(reports: &FactReports<'_, '_>, side: Side) -> Vec<Vec<ReportingCue>> {
    let sentences = reports.sides[side].sentences.iter();
    sentences
        .map(|sentence| sentence_cues(&reports.documents[side], sentence))
        .collect()
}

fn sentence_cues(document: &Document<'_>, sentence: &FactSentence<'_>) -> Vec<ReportingCue> {
    let mut found = Vec::new();
    for (at, word) in sentence.words.iter().enumerate() {
        let judges = WORDS.judging.contains(&word.low);
        if word.is_quoted || !judges && !WORDS.neutral.contains(&word.low) {
            continue;
        }
        let read = annotated(document, sentence, word.span);
        let (speaker, said) = match read {
            Some((speaker, said)) => (last_name(speaker), content(sentence, said)),
            None => (subject(sentence, at), Vec::new()),
        };
        found.push(ReportingCue {
            span: word.span,
            term: word.term,
            judges,
            speaker,
            said,
        });
    }
    found
}

/// Returns the speaker and the words of the quotation or statement that the verb at `cue` reports.
fn annotated<'a>(
    document: &'a Document<'_>,
    sentence: &FactSentence<'_>,
    cue: Span,
) -> Option<(Option<&'a Speaker>, Span)> {
    let quoted = document.quotes_in(sentence.span);
    let quoted = quoted.map(|quote| (quote.cue, quote.speaker.as_ref(), quote.span));
    let told = document.statements_in(sentence.span);
    let told = told.map(|told| (told.cue, told.speaker.as_ref(), told.span));
    let mut all = quoted.chain(told);
    let found = all.find(|(at, ..)| at.is_some_and(|at| at.overlaps(cue)));
    found.map(|(_, speaker, span)| (speaker, span))
}

fn last_name(speaker: Option<&Speaker>) -> String {
    let name = speaker.map_or("", |speaker| &speaker.name);
    name.rsplit(' ').next().unwrap_or_default().to_lowercase()
}

/// Returns the last name before a verb.
fn subject(sentence: &FactSentence<'_>, at: usize) -> String {
    let before = sentence.range(at.saturating_sub(SUBJECT_REACH), at).iter();
    let name = before
        .rev()
        .find(|word| word.is_capital && word.is_content());
    name.map_or(String::new(), |word| word.low.to_string())
}

fn content(sentence: &FactSentence<'_>, span: Span) -> Vec<TermId> {
    let words = sentence
        .words
        .iter()
        .filter(|word| span.contains(word.span) && word.is_content());
    let mut terms: Vec<TermId> = words.map(|word| word.term).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn against(
    reports: &FactReports<'_, '_>,
    at: Sides<usize>,
    near: f32,
    both: Sides<&ReportingCue>,
    all: Sides<&Vec<ReportingCue>>,
) -> Option<FactFinding> {
    let Sides { left, right } = both;
    let differs = left.judges != right.judges || left.judges && left.term != right.term;
    let same_speaker = left.speaker == right.speaker && !left.speaker.is_empty();
    let known = Side::BOTH.into_iter().any(|side| {
        all[side]
            .iter()
            .any(|cue| cue.term == both[side.other()].term)
    });
    let in_both = Side::BOTH.into_iter().any(|side| {
        reports.sides[side]
            .sentence(at[side])
            .is_none_or(|one| one.is_in_both)
    });
    if !differs || !same_speaker || known || in_both {
        return None;
    }
    let shared = left.said.iter().filter(|term| right.said.contains(term));
    let (count, weight) = shared.fold((0, 0.0), |(count, sum), &term| {
        (count + 1, sum + reports.near.rarity(term))
    });
    let least = left.said.len().min(right.said.len());
    let same_words = count >= 3 && count * 10 >= least * 6;
    let sure =
        same_words || left.judges != right.judges && (near >= 0.9 || near >= 0.7 && weight >= 0.5);
    Some(FactFinding {
        kind: DifferenceKind::Cue,
        at,
        spans: both.map(|cue| cue.span),
        confidence: confidence_of(sure),
        score: near + weight / 4.0,
        weight: DifferenceWeight::Minor,
        words: None,
        common: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use crate::compare::DifferenceKind;
    use crate::compare::fact::tests::told;

    fn cues(left: &str, right: &str) -> Vec<String> {
        told(DifferenceKind::Cue, left, right)
    }

    #[test]
    fn a_verb_that_judges_stands_against_one_that_does_not() {
        let left = "Finance Minister Lena Koch said no further cuts were planned.";
        let right = "Finance Minister Lena Koch insisted no further cuts were planned.";
        assert_eq!(cues(left, right), ["reporting verb: A said, B insisted"]);
    }

    #[test]
    fn two_plain_verbs_are_no_difference() {
        let left = "Finance Minister Lena Koch said no further cuts were planned.";
        let right = "Finance Minister Lena Koch announced no further cuts were planned.";
        assert_eq!(cues(left, right), [""; 0]);
    }

    #[test]
    fn another_speaker_may_claim_what_this_one_says() {
        let left = "Lena Koch said no further cuts to pensions were planned.";
        let right = "Omar Diaz claimed no further cuts to pensions were planned.";
        assert_eq!(cues(left, right), [""; 0]);
    }
}
