//! Finds claims that contradict, or that are told with another strength: rose/fell, could/will, did/did not, to be released/released.

use foldhash::HashSet;

use super::FactReports;
use super::finding::{FactFinding, confidence_of};
use super::report::{FactSentence, FactWord, WordGap};
use super::words::WORDS;
use crate::compare::normalize::TermId;
use crate::compare::{DifferenceKind, DifferenceWeight, Side, Sides};
use crate::text::Span;

/// Sentences less near are not looked at.
const NEAR_LEAST: f32 = 0.25;
/// Words before a claim in which its subject stands.
const SUBJECT_REACH: usize = 4;
/// Words after it in which its object stands.
const OBJECT_REACH: usize = 5;
/// Words between an auxiliary and its verb: "could soon be".
const VERB_REACH: usize = 3;

/// Returns the claims that two reports put so that they contradict or differ in strength.
pub(super) fn find(reports: &FactReports<'_, '_>) -> Vec<FactFinding> {
    let words = Sides::from_fn(|side| {
        let sentences = reports.sides[side].sentences.iter();
        sentences.map(claims).collect::<Vec<_>>()
    });
    let mut found = Vec::new();
    for &(at, near) in reports.pairs_from(NEAR_LEAST) {
        let sentence = |side: Side| reports.sides[side].sentence(at[side]);
        let (Some(left), Some(right)) = (sentence(Side::Left), sentence(Side::Right)) else {
            continue;
        };
        if left.is_in_both || right.is_in_both {
            continue;
        }
        let sentences = Sides::new(left, right);
        let claims = Sides::new(&words.left[at.left], &words.right[at.right]);
        found.extend(contradictions(reports, at, near, sentences, claims));
    }
    found
}

/// A word that claims something in one of the ways of `facts.toml`, or a verb with its auxiliary.
#[derive(Clone, Debug)]
pub(super) struct ToldClaim {
    /// The word that tells, in the sentence.
    at: usize,
    /// First word of the phrase that is shown, and the one after its last.
    words: (usize, usize),
    what: ClaimKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ClaimKind {
    /// A word of one of the two sides of a scale.
    Scale {
        scale: &'static str,
        side: &'static str,
    },
    /// A verb with what is said of its truth.
    Verb { term: TermId, truth: ClaimTruth },
}

/// The truth of a verb as an auxiliary tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ClaimTruth {
    /// No auxiliary, or one that says nothing: `was released`.
    Done,
    /// `will`, `is expected to`, `to be`.
    Planned,
    /// `could`, `may`.
    Possible,
    /// `did not`.
    Denied,
}

/// Returns the claims of a sentence outside its quotations.
fn claims(sentence: &FactSentence<'_>) -> Vec<ToldClaim> {
    let told = sentence.words.iter().enumerate();
    let told = told.filter(|(_, word)| !word.is_quoted);
    let mut found = Vec::new();
    for (at, word) in told {
        let two = match WORDS.claims.goes_on(&word.low) {
            true => format!("{}-{}", word.low, sentence.low(at + 1)),
            false => String::new(),
        };
        let end = at + 1 + usize::from(WORDS.claims.of(&two).is_some());
        for group in WORDS.claims.all(&word.low).chain(WORDS.claims.all(&two)) {
            let (scale, side) = group.split_once('/').unwrap_or((group, ""));
            found.push(ToldClaim {
                at,
                words: (at, end),
                what: ClaimKind::Scale { scale, side },
            });
        }
        found.extend(verb(sentence, at, word));
    }
    found
}

/// Returns the verb at `at` with what the words before it say of its truth.
fn verb(sentence: &FactSentence<'_>, at: usize, word: &FactWord<'_>) -> Option<ToldClaim> {
    if !word.is_content() || word.is_capital || !word.follows() {
        return None;
    }
    let (truth, start) = truth_before(sentence, at);
    let is_verb = truth != ClaimTruth::Done || is_finite(sentence, at, word);
    is_verb.then_some(ToldClaim {
        at,
        words: (start, at + 1),
        what: ClaimKind::Verb {
            term: word.term,
            truth,
        },
    })
}

/// Returns what the words before a verb say of its truth, and the number of the first of them.
fn truth_before(sentence: &FactSentence<'_>, at: usize) -> (ClaimTruth, usize) {
    for before in (at.saturating_sub(VERB_REACH)..at).rev() {
        if !sentence
            .words
            .get(before + 1)
            .is_some_and(FactWord::follows)
        {
            break;
        }
        let low = sentence.low(before);
        let truth = match low {
            _ if is_negation(low) => ClaimTruth::Denied,
            "could" | "may" | "might" | "can" => ClaimTruth::Possible,
            "will" | "would" | "shall" => ClaimTruth::Planned,
            "to" if WORDS.plans.contains(sentence.low_before(before, 1)) => {
                return (ClaimTruth::Planned, before.saturating_sub(1));
            }
            _ if BESIDE_VERBS.contains(&low) || low.ends_with("ly") => continue,
            _ => break,
        };
        return (truth, before);
    }
    (ClaimTruth::Done, at)
}

/// Words that may stand between an auxiliary and its verb.
const BESIDE_VERBS: [&str; 15] = [
    "be", "been", "have", "has", "had", "was", "were", "is", "are", "did", "also", "soon", "then",
    "now", "later",
];

fn is_negation(low: &str) -> bool {
    matches!(low, "not" | "never") || low.ends_with("n't")
}

/// Whether a word without auxiliary is a verb of the past: it ends so, or a form of be or have stands before it.
fn is_finite(sentence: &FactSentence<'_>, at: usize, word: &FactWord<'_>) -> bool {
    let before = sentence.low_before(at, 1);
    let auxiliary = matches!(before, "was" | "were" | "has" | "have" | "had" | "been");
    // "the released men": a participle between an article and a noun is no claim.
    let attribute = matches!(
        before,
        "the" | "a" | "an" | "their" | "his" | "her" | "its" | "of"
    );
    auxiliary || word.low.ends_with("ed") && !attribute || WORDS.past.contains(&word.low)
}

fn contradictions(
    reports: &FactReports<'_, '_>,
    at: Sides<usize>,
    near: f32,
    sentences: Sides<&FactSentence<'_>>,
    claims: Sides<&Vec<ToldClaim>>,
) -> Vec<FactFinding> {
    let mut found = Vec::new();
    for left in claims.left {
        for right in claims.right {
            let both = Sides::new(left, right);
            if !are_opposed(left.what, right.what) || knows_both(both, claims) {
                continue;
            }
            let fit = fit(reports, sentences, both);
            let spans = Sides::from_fn(|side| {
                let (first, end) = both[side].words;
                sentences[side].span_of(first, end)
            });
            found.push(finding(at, spans, near, fit, both));
        }
    }
    found
}

fn are_opposed(one: ClaimKind, other: ClaimKind) -> bool {
    match (one, other) {
        (
            ClaimKind::Scale { scale, side },
            ClaimKind::Scale {
                scale: of,
                side: to,
            },
        ) => scale == of && side != to,
        (
            ClaimKind::Verb { term, truth },
            ClaimKind::Verb {
                term: of,
                truth: to,
            },
        ) => term == of && truth != to,
        _ => false,
    }
}

/// Whether either sentence tells the other's claim too.
fn knows_both(both: Sides<&ToldClaim>, claims: Sides<&Vec<ToldClaim>>) -> bool {
    Side::BOTH.into_iter().any(|side| {
        let other = both[side.other()].what;
        claims[side].iter().any(|claim| claim.what == other)
    })
}

/// The words that two claims have around them in common.
#[derive(Clone, Copy, Default)]
struct ClaimFit {
    /// Rarity of the shared words before, in units of a word of one sentence.
    before: f32,
    /// Rarity of the shared words after.
    after: f32,
    /// Whether all other words of content are the same.
    is_frame: bool,
    /// Whether the last word of content before both is the same.
    is_subject: bool,
}

fn fit(
    reports: &FactReports<'_, '_>,
    sentences: Sides<&FactSentence<'_>>,
    both: Sides<&ToldClaim>,
) -> ClaimFit {
    let before = Sides::from_fn(|side| {
        let words = sentences[side].range(
            both[side].words.0.saturating_sub(SUBJECT_REACH),
            both[side].words.0,
        );
        terms(words.iter())
    });
    let after = Sides::from_fn(|side| {
        let end = both[side].at + 1;
        let words = sentences[side].range(end, end + OBJECT_REACH).iter();
        terms(words.take_while(|word| word.gap != WordGap::Mark))
    });
    let others = Sides::from_fn(|side| {
        let words = sentences[side].words.iter().enumerate();
        terms(
            words
                .filter(|(at, _)| *at != both[side].at)
                .map(|(_, word)| word),
        )
    });
    let rarity = |terms: Sides<HashSet<TermId>>| -> f32 {
        let shared = terms.left.intersection(&terms.right);
        let mut shared: Vec<TermId> = shared.copied().collect();
        shared.sort_unstable();
        shared
            .into_iter()
            .map(|term| reports.near.rarity(term))
            .sum()
    };
    let subject = Sides::from_fn(|side| {
        let words = sentences[side].range(0, both[side].words.0).iter().rev();
        let mut near = words.take(SUBJECT_REACH).filter(|word| word.is_content());
        near.next().map(|word| word.term)
    });
    ClaimFit {
        is_subject: subject.left.is_some() && subject.left == subject.right,
        is_frame: others.left == others.right && !others.left.is_empty(),
        before: rarity(before),
        after: rarity(after),
    }
}

fn terms<'s, 'd: 's>(words: impl Iterator<Item = &'s FactWord<'d>>) -> HashSet<TermId> {
    words
        .filter(|word| word.is_content())
        .map(|word| word.term)
        .collect()
}

/// Whether the claim is that something rose or fell, which reports tell of many things.
fn is_direction(what: ClaimKind) -> bool {
    matches!(
        what,
        ClaimKind::Scale {
            scale: "direction",
            ..
        }
    )
}

fn finding(
    at: Sides<usize>,
    spans: Sides<Span>,
    near: f32,
    fit: ClaimFit,
    both: Sides<&ToldClaim>,
) -> FactFinding {
    let is_verb = matches!(both.left.what, ClaimKind::Verb { .. });
    let sure = fit.is_frame
        || match is_verb {
            true => {
                near >= 0.5 && fit.before + fit.after >= 0.8
                    || near >= 0.8 && fit.before + fit.after >= 0.45
            }
            false if is_direction(both.left.what) => near >= 0.45 && fit.is_subject,
            false => near >= 0.5,
        };
    FactFinding {
        kind: DifferenceKind::Claim,
        at,
        spans,
        confidence: confidence_of(sure),
        score: near + (fit.before + fit.after) / 4.0,
        weight: DifferenceWeight::Main,
        words: None,
        common: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::DifferenceKind;
    use crate::compare::fact::tests::told;

    fn claims(left: &str, right: &str) -> Vec<String> {
        told(DifferenceKind::Claim, left, right)
    }

    #[test]
    fn what_rose_in_one_report_fell_in_the_other() {
        assert_eq!(
            claims("Prices rose.", "Prices fell."),
            ["claim: A rose, B fell"]
        );
    }

    #[test]
    fn what_could_happen_in_one_report_will_in_the_other() {
        let left = "Halden Motors said it could close two plants in Europe.";
        let right = "Halden Motors said it will close two plants in Europe.";
        assert_eq!(claims(left, right), ["claim: A could close, B will close"]);
    }

    #[test]
    fn what_was_not_done_in_one_report_was_done_in_the_other() {
        let left = "Keane pleaded guilty in March to stealing from clients of the Marlow bank.";
        let right =
            "Keane did not plead guilty in March to stealing from clients of the Marlow bank.";
        assert_eq!(claims(left, right), ["claim: A pleaded, B not plead"]);
    }

    #[test]
    fn what_was_to_come_has_come_in_the_other() {
        let left = "Talks between the dockers and the Marlow port will resume on Friday.";
        let right = "Talks between the dockers and the Marlow port resumed on Friday.";
        assert_eq!(claims(left, right), ["claim: A will resume, B resumed"]);
    }

    #[test]
    fn other_things_may_rise_and_fall() {
        let left = "Halden profit fell 12 percent as sales in China slumped.";
        let right = "Halden sales in China increased 3 percent.";
        assert_eq!(claims(left, right), [""; 0]);
    }

    #[test]
    fn a_report_that_says_both_contradicts_nobody() {
        let left = "Steel prices rose in May and fell in June.";
        let right = "Steel prices fell in June.";
        assert_eq!(claims(left, right), [""; 0]);
    }
}
