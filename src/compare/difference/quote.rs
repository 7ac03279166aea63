//! Finds quotations that both reports have and quote differently: in other words, not as far, without marks, from another speaker.

use std::collections::BTreeSet;

use super::pair_view::{PairView, PassageQuote, span_of};
use super::{Difference, DifferenceKind};
use crate::annotate::quote::{QuoteKind, Speaker, SpeakerBasis};
use crate::compare::diff::{self, WordMatches};
use crate::compare::normalize::{self, NormalWord, TermId, content};
use crate::compare::similarity::likeness;
use crate::compare::{Side, Sides, weights};

/// Returns the differences between the quotations of the two passages.
pub(super) fn find(view: &PairView<'_, '_>) -> Vec<Difference> {
    let quotes = Sides::from_fn(|side| view.quotes(side));
    let mut found = Vec::new();
    let terms: Sides<Vec<_>> = quotes
        .as_ref()
        .map(|quotes| quotes.iter().map(terms).collect());
    // A quotation that the other side has word for word is not a rewording of any other one.
    let has = |side: Side, wanted: &Vec<TermId>| terms[side].contains(wanted);
    let mut same = Sides::new(BTreeSet::new(), BTreeSet::new());
    for (l, left) in quotes.left.iter().enumerate() {
        for (r, right) in quotes.right.iter().enumerate() {
            let both = Sides::new(left, right);
            let (one, other) = (&terms.left[l], &terms.right[r]);
            if one != other && (has(Side::Right, one) || has(Side::Left, other)) {
                continue;
            }
            let matches = diff::settled(
                diff::matches(left.words, right.words),
                both.map(|q| q.words),
            );
            if is_same(both, &matches) || is_nearly_same(both, &matches) {
                same.left.insert(l);
                same.right.insert(r);
                found.extend(same_words(view, both, &matches));
                found.extend(speakers(view, both));
            } else {
                found.extend(extent(view, both));
            }
        }
    }
    for side in Side::BOTH {
        let rest = quotes[side].iter().enumerate();
        for (_, quote) in rest.filter(|(n, _)| !same[side].contains(n)) {
            found.extend(paraphrase(view, side, quote, &quotes[side.other()]));
        }
    }
    found
}

fn terms<'a>(quote: &PassageQuote<'a>) -> Vec<TermId> {
    normalize::terms(quote.words).collect()
}

/// Whether two quotations are of the same words, for the most part.
fn is_same(quotes: Sides<&PassageQuote<'_>>, matches: &WordMatches) -> bool {
    let words = quotes.map(|quote| quote.words);
    let same = diff::shared_content(words.left, matches);
    let least = (content(words.left).count()).min(content(words.right).count());
    same >= weights::QUOTE_WORDS && same as f32 >= weights::QUOTE_PART * least as f32
}

/// Whether two quotations that may be of one speaker are alike but for a few words, whatever kind of words: short ones, mostly.
fn is_nearly_same(quotes: Sides<&PassageQuote<'_>>, matches: &WordMatches) -> bool {
    let words = quotes.map(|quote| quote.words);
    let speakers = quotes.map(|quote| quote.quote.speaker.as_ref());
    let both = speakers.left.zip(speakers.right);
    let by_others = both.is_some_and(|(left, right)| are_others(left, right));
    let longest = words.left.len().max(words.right.len());
    let shortest = words.left.len().min(words.right.len());
    let same_content = diff::shared_content(words.left, matches);
    let in_both = matches.len() as f32;
    let most =
        matches.len() >= weights::QUOTE_WORDS && in_both >= weights::QUOTE_MOST * longest as f32;
    let begins = same_content > 1
        && in_both >= weights::QUOTE_PART * shortest as f32
        && matches.first() == Some(&Sides::new(0, 0));
    let same_kind = quotes.left.quote.kind == quotes.right.quote.kind;
    same_kind && !by_others && (most || begins)
}

/// Returns the differences of two quotations of the same words; a fragment beside the whole is not cut, only quoted less far.
fn same_words(
    view: &PairView<'_, '_>,
    quotes: Sides<&PassageQuote<'_>>,
    matches: &WordMatches,
) -> Vec<Difference> {
    let fragment = quotes.left.quote.kind != quotes.right.quote.kind;
    match extent(view, quotes).filter(|_| fragment) {
        Some(extent) => vec![extent],
        None => reworded(view, quotes, matches),
    }
}

/// Finds other words in the same quotation, and words that only one of them has.
fn reworded(
    view: &PairView<'_, '_>,
    quotes: Sides<&PassageQuote<'_>>,
    matches: &WordMatches,
) -> Vec<Difference> {
    let words = quotes.map(|quote| quote.words);
    let ends = words.map(<[NormalWord]>::len);
    let mut found = Vec::new();
    let mut from = Sides::new(0, 0);
    for to in matches.iter().copied().chain([ends]) {
        let gap = Sides::new(
            words.left.get(from.left..to.left).unwrap_or_default(),
            words.right.get(from.right..to.right).unwrap_or_default(),
        );
        let at_end = from == Sides::new(0, 0) || to == ends;
        found.extend(in_gap(view, gap, at_end));
        from = Sides::new(to.left + 1, to.right + 1);
    }
    found
}

/// Returns the difference that the words between two matches make.
fn in_gap(view: &PairView<'_, '_>, gap: Sides<&[NormalWord]>, at_end: bool) -> Option<Difference> {
    let spans = gap.map(span_of);
    let kind = match (spans.left, spans.right) {
        (None, None) => return None,
        (Some(_), Some(_)) => DifferenceKind::QuoteWording,
        _ if at_end || gap.left.len() + gap.right.len() >= weights::CUT_WORDS => {
            DifferenceKind::QuoteCut
        }
        _ => DifferenceKind::QuoteWording,
    };
    let elsewhere = kind == DifferenceKind::QuoteCut
        && Side::BOTH
            .iter()
            .any(|&side| quoted_elsewhere(view, side, gap[side]));
    (!elsewhere).then(|| view.difference(kind, spans))
}

/// Whether the other report quotes these words of `side` a few sentences off: then nothing was cut, only split.
fn quoted_elsewhere(view: &PairView<'_, '_>, side: Side, words: &[NormalWord]) -> bool {
    let wanted = content(words);
    let document = &view.documents[side.other()];
    let around = view.around(side.other(), weights::SPLIT_REACH);
    let tokens = &view.tokens.passages[side.other()];
    let near = around.filter_map(|number| document.passages.get(number).zip(tokens.get(number)));
    let mut quoting = near.filter(|(passage, _)| document.quotes_in(passage.span).next().is_some());
    wanted.clone().next().is_some()
        && quoting.any(|(_, had)| {
            let has = |token: &NormalWord| had.iter().any(|other| other.term == token.term);
            wanted.clone().all(has)
        })
}

/// Finds the same words said by people of different names.
fn speakers(view: &PairView<'_, '_>, quotes: Sides<&PassageQuote<'_>>) -> Option<Difference> {
    let left = quotes.left.quote.speaker.as_ref()?;
    let right = quotes.right.quote.speaker.as_ref()?;
    let sure = left.basis.max(right.basis) < SpeakerBasis::Neighbour;
    if !sure || !are_others(left, right) {
        return None;
    }
    let mut found = view.between(DifferenceKind::Speaker, left.mention, right.mention);
    found.words = Sides::new(left.name.clone(), right.name.clone());
    found.common = span_of(quotes.left.words)?
        .of(view.text(Side::Left))
        .to_owned();
    Some(found)
}

/// Whether two names have no name in common; a description (`the prime minister`) may be anybody.
fn are_others(left: &Speaker, right: &Speaker) -> bool {
    let names = |speaker: &Speaker| -> BTreeSet<String> {
        let words = speaker.name.split_whitespace();
        words
            .filter(|word| word.starts_with(char::is_uppercase))
            .map(|word| word.trim_end_matches([',', '.']).to_lowercase())
            .collect()
    };
    let is_name = |speaker: &Speaker| speaker.name.starts_with(char::is_uppercase);
    is_name(left) && is_name(right) && names(left).is_disjoint(&names(right))
}

/// Finds words that both put in marks where one of them puts more in.
fn extent(view: &PairView<'_, '_>, quotes: Sides<&PassageQuote<'_>>) -> Option<Difference> {
    let run = common_run(view, quotes)?;
    let quoted = |side: Side| {
        let quote = quotes[side];
        let from = run[side].start.max(quote.first);
        let to = run[side].end.min(quote.first + quote.words.len());
        view.words(side).get(from..to).unwrap_or_default()
    };
    let both = Sides::new(quoted(Side::Left), quoted(Side::Right));
    let shared: BTreeSet<TermId> = content(both.left).map(|token| token.term).collect();
    let same_words = content(both.right).any(|token| shared.contains(&token.term));
    if !same_words || terms(quotes.left) == terms(quotes.right) {
        return None;
    }
    let shorter = quotes.left.words.len().min(quotes.right.words.len());
    let in_run = if quotes.left.words.len() == shorter {
        both.left.len()
    } else {
        both.right.len()
    };
    if in_run < shorter {
        return None;
    }
    let (left, right) = (quotes.left.span, quotes.right.span);
    let mut found = view.between(DifferenceKind::QuoteExtent, left, right);
    found.words = Sides::from_fn(|side| shortened(bare(quotes[side].span.of(view.text(side)))));
    Some(found)
}

/// Returns the longest run of two words or more that both passages have and that touches both quotations at the same words.
fn common_run(
    view: &PairView<'_, '_>,
    quotes: Sides<&PassageQuote<'_>>,
) -> Option<Sides<std::ops::Range<usize>>> {
    let (left, right) = (view.words(Side::Left), view.words(Side::Right));
    let mut best: Option<Sides<std::ops::Range<usize>>> = None;
    for i in quotes.left.first..quotes.left.first + quotes.left.words.len() {
        for j in quotes.right.first..quotes.right.first + quotes.right.words.len() {
            if left[i].term != right[j].term || !left[i].is_content() {
                continue;
            }
            let is_same = |(a, b): &(&NormalWord, &NormalWord)| a.term == b.term;
            let back = left[..i].iter().rev().zip(right[..j].iter().rev());
            let back = back.take_while(is_same).count();
            let ahead = left[i..].iter().zip(&right[j..]);
            let ahead = ahead.take_while(is_same).count();
            let longest = best.as_ref().map_or(1, |best| best.left.len());
            if back + ahead > longest {
                best = Some(Sides::new(i - back..i + ahead, j - back..j + ahead));
            }
        }
    }
    best
}

/// Returns a quotation without its marks and the comma before the closing one.
fn bare(quoted: &str) -> &str {
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»');
    quoted.trim_matches(is_mark).trim_end_matches(',')
}

/// Finds a quotation of `side` that the other side tells without marks.
fn paraphrase(
    view: &PairView<'_, '_>,
    side: Side,
    quote: &PassageQuote<'_>,
    others: &[PassageQuote<'_>],
) -> Option<Difference> {
    if quote.quote.kind != QuoteKind::Direct || content(quote.words).count() < weights::TOLD_WORDS {
        return None;
    }
    let vocabulary = &view.tokens.vocabulary;
    let near = |one: &NormalWord, other: &NormalWord| {
        let likeness = likeness(vocabulary.word(one.term), vocabulary.word(other.term));
        one.is_content() && other.is_content() && likeness >= weights::NEAR_MEMBER
    };
    let parts = plain_parts(view, side.other(), others).into_iter();
    let told = parts.map(|mut part| {
        part.retain(|token| quote.words.iter().any(|own| near(own, token)));
        part
    });
    let told = told.max_by_key(Vec::len)?;
    let terms: BTreeSet<TermId> = normalize::terms(&told).collect();
    if terms.len() < weights::TOLD_WORDS {
        return None;
    }
    let mut had = quote.words.to_vec();
    had.retain(|own| told.iter().any(|token| near(own, token)));
    let mut spans = Sides::new(None, None);
    spans[side] = span_of(&had);
    spans[side.other()] = span_of(&told);
    let mut found = view.difference(DifferenceKind::QuoteVsParaphrase, spans);
    found.words = found.words.map(|words| shortened(&words));
    found.words[side] = format!("“{}”", found.words[side]);
    Some(found)
}

/// Returns the words of a passage outside the marks, one part for each stretch between quotations.
fn plain_parts(
    view: &PairView<'_, '_>,
    side: Side,
    quotes: &[PassageQuote<'_>],
) -> Vec<Vec<NormalWord>> {
    let quoted = |token: &NormalWord| quotes.iter().any(|quote| quote.span.contains(token.span));
    let parts = view.words(side).split(quoted);
    parts.map(<[NormalWord]>::to_vec).collect()
}

/// Returns the first words of a long quotation.
fn shortened(words: &str) -> String {
    let mut cut = words.split_whitespace();
    let first: Vec<_> = cut.by_ref().take(weights::SHOWN_WORDS).collect();
    if cut.next().is_none() {
        return words.to_owned();
    }
    format!("{} …", first.join(" "))
}

#[cfg(test)]
mod tests {
    use crate::compare::difference::{DifferenceKind, tests::told};

    fn reworded(left: &str, right: &str) -> Vec<String> {
        told(DifferenceKind::QuoteWording, left, right)
    }

    #[test]
    fn a_short_quotation_with_another_word_is_reworded() {
        let left = "\u{201c}The concrete is sound,\u{201d} Amsel said.";
        let right = "\u{201c}The concrete is solid,\u{201d} Amsel said.";
        let found = reworded(left, right);
        assert_eq!(found, ["quote reworded: A “sound”, B “solid”"]);
    }

    #[test]
    fn a_quotation_of_small_words_is_reworded_where_its_few_others_differ() {
        let left = "\u{201c}I have dreamt of this since I was six,\u{201d} Maro said after the final in Ulm.";
        let right = "\u{201c}I have dreamed of this since I was seven,\u{201d} Maro said after the final in Ulm.";
        let found = reworded(left, right);
        assert_eq!(
            found,
            [
                "quote reworded: A “dreamt”, B “dreamed”",
                "quote reworded: A “six”, B “seven”"
            ]
        );
    }

    #[test]
    fn a_fragment_that_begins_alike_is_reworded() {
        let left = "Coach Jim Tallow said his team was \u{201c}second best everywhere\u{201d} in the derby.";
        let right = "Coach Jim Tallow said his team was \u{201c}second best all over the pitch\u{201d} in the derby.";
        let found = reworded(left, right);
        assert_eq!(
            found,
            ["quote reworded: A “everywhere”, B “all over the pitch”"]
        );
    }

    #[test]
    fn short_quotations_of_two_speakers_are_not_one() {
        let left = "\u{201c}The concrete is sound,\u{201d} Anna Amsel said of the bridge in Ulm.";
        let right = "\u{201c}The concrete is solid,\u{201d} Jim Tallow said of the bridge in Ulm.";
        assert_eq!(reworded(left, right), [""; 0]);
    }
}
