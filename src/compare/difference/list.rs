//! Enumerations with other members: steel, aluminum, autos and copper against steel, aluminum, forestry products and automobiles.
//!
//! A list is three or more members of a few words each between commas, the last after "and" or "or"; two are one only beside a longer
//! list that has both. Members are the same if the lexicon calls them by the same name, or their words have the same stems or nearly so.
//! A clause, or a name beside its office, makes no list: an apposition stands between the same commas.

use std::collections::BTreeSet;

use super::pair_view::{PairView, span_of};
use super::{Difference, DifferenceKind, WORDS};
use crate::compare::normalize::{NormalWord, TermId, terms};
use crate::compare::similarity::likeness;
use crate::compare::{Side, Sides, weights};
use crate::text::Span;

/// The words between two marks or words that part members.
struct ListPart<'a> {
    words: &'a [NormalWord],
    /// Whether "and" or "or" leads to it, as to the last member of a list, or it is "et cetera".
    is_last: bool,
}

/// One member of a list.
struct ListMember {
    span: Span,
    /// Its names: the canonical name of the lexicon, and its stems.
    names: BTreeSet<String>,
}

/// Returns the lists of the two passages that have members in common, but not all.
pub(super) fn find(view: &PairView<'_, '_>) -> Vec<Difference> {
    let left = lists(view, Side::Left);
    if left.is_empty() {
        return Vec::new();
    }
    let right = lists(view, Side::Right);
    let both = left
        .iter()
        .flat_map(|left| right.iter().map(move |right| Sides::new(left, right)));
    both.filter_map(|lists| against(view, lists)).collect()
}

fn against(view: &PairView<'_, '_>, lists: Sides<&Vec<ListMember>>) -> Option<Difference> {
    let split = |side: Side| -> (Vec<&ListMember>, Vec<&ListMember>) {
        let other = lists[side.other()];
        let both = |member: &&ListMember| other.iter().any(|one| are_same(one, member));
        lists[side].iter().partition(both)
    };
    let (left, right) = (split(Side::Left), split(Side::Right));
    let none = left.1.is_empty() && right.1.is_empty();
    let is_short = |side: Side| lists[side].len() < weights::LIST_MEMBERS;
    let short = match (is_short(Side::Left), is_short(Side::Right)) {
        (true, true) => true,
        (one, other) => one && !left.1.is_empty() || other && !right.1.is_empty(),
    };
    if none || short || left.0.len().min(right.0.len()) < weights::LIST_COMMON {
        return None;
    }
    let spans = lists.map(|list| Some(Span::new(list.first()?.span.start, list.last()?.span.end)));
    let words = |members: &[&ListMember], side: Side| {
        let words = members.iter().map(|one| one.span.of(view.text(side)));
        words.collect::<Vec<_>>().join(", ")
    };
    let mut found = view.difference(DifferenceKind::List, spans);
    found.words = Sides::new(words(&left.1, Side::Left), words(&right.1, Side::Right));
    // The shorter text: the mirror image of a comparison must choose the same.
    let common = [words(&left.0, Side::Left), words(&right.0, Side::Right)].into_iter();
    found.common = common.min_by_key(|text| (text.len(), text.clone()))?;
    Some(found)
}

fn are_same(one: &ListMember, other: &ListMember) -> bool {
    let near = |a: &String, b: &String| a == b || likeness(a, b) >= weights::NEAR_MEMBER;
    let mut names = one.names.iter();
    names.any(|a| other.names.iter().any(|b| near(a, b)))
}

/// Returns the lists of a passage.
fn lists(view: &PairView<'_, '_>, side: Side) -> Vec<Vec<ListMember>> {
    let (text, all) = (view.text(side), view.words(side));
    let mut found = Vec::new();
    let mut list = Vec::new();
    let (mut from, mut is_last) = (0, false);
    for at in 1..=all.len() {
        let gap = gap(view, side, at);
        if gap == Separator::None {
            continue;
        }
        let words = all.get(from..at).unwrap_or_default();
        if !words.is_empty() {
            let is_last = is_last || span_of(words).is_some_and(|span| is_rest(span.of(text)));
            list.push(ListPart { words, is_last });
        }
        let parting = all.get(at);
        is_last = gap == Separator::Word
            && parting.is_some_and(|token| view.written(side, token) != "but");
        from = at + usize::from(gap == Separator::Word);
        if gap == Separator::End {
            found.extend(closed(view, side, std::mem::take(&mut list)));
        }
    }
    found
}

/// The separator before a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// Nothing that parts members.
    None,
    /// A comma; the next member starts here.
    Comma,
    /// Word `at` itself parts members: "and", "or".
    Word,
    /// The list ends: another mark, or the passage.
    End,
}

fn gap(view: &PairView<'_, '_>, side: Side, at: usize) -> Separator {
    let words = view.words(side);
    let (Some(last), Some(next)) = (words.get(at.wrapping_sub(1)), words.get(at)) else {
        return Separator::End;
    };
    let between = Span::new(last.span.end, next.span.start).of(view.text(side));
    match between.trim() {
        "" | "-" | "." if matches!(&*view.written(side, next), "and" | "or") => Separator::Word,
        "," if matches!(&*view.written(side, next), "and" | "or" | "but") => Separator::Word,
        "" | "-" | "." | "\"" | "“" | "”" => Separator::None,
        "," => Separator::Comma,
        _ => Separator::End,
    }
}

/// Cuts `parts` into lists of short members: a longer part ends a list with its first words, and begins one with its last.
fn closed(view: &PairView<'_, '_>, side: Side, parts: Vec<ListPart<'_>>) -> Vec<Vec<ListMember>> {
    let mut found = Vec::new();
    let mut list: Vec<ListMember> = Vec::new();
    let mut whole = 0;
    for part in parts {
        let tail = tail(view, side, part.words);
        if !is_member(view, side, part.words, tail) {
            let head = head(view, side, part.words);
            list.extend(member(view, side, head).filter(|_| !list.is_empty()));
            whole = if part.is_last { list.len() } else { whole };
            keep(&mut found, &mut list, &mut whole);
        }
        list.extend(member(view, side, tail));
        let is_one = part.is_last && list.len() > 1;
        whole = if is_one { list.len() } else { whole };
    }
    keep(&mut found, &mut list, &mut whole);
    found
}

/// Keeps the `whole` first members, of which the last came after "and"; the rest may be a clause.
fn keep(found: &mut Vec<Vec<ListMember>>, list: &mut Vec<ListMember>, whole: &mut usize) {
    let mut list = std::mem::take(list);
    list.truncate(std::mem::take(whole));
    if (weights::LIST_COMMON..=weights::LIST_LONGEST).contains(&list.len()) {
        found.push(list);
    }
}

/// Returns the words after the last word of grammar, or after one that leads into a list, without a verb before them.
fn tail<'a>(view: &PairView<'_, '_>, side: Side, part: &'a [NormalWord]) -> &'a [NormalWord] {
    let parts =
        |token: &NormalWord| is_grammar(view, side, token) || leads_in(&view.written(side, token));
    let from = part.iter().rposition(parts).map_or(0, |at| at + 1);
    let tail = &part[from..];
    let text = view.text(side);
    let is_name = |token: &NormalWord| token.span.of(text).starts_with(char::is_uppercase);
    let name = tail.iter().position(is_name);
    let auxiliary = from.checked_sub(1).and_then(|at| part.get(at));
    let after_auxiliary =
        auxiliary.is_some_and(|token| WORDS.auxiliaries.contains(&view.written(side, token)));
    let verb = match name {
        Some(name) if tail.last().is_some_and(is_name) => name,
        _ => usize::from(after_auxiliary),
    };
    tail.get(verb..).unwrap_or_default()
}

/// Whether the word cannot stand in a member: a word of grammar, or one that leads from a member to its circumstances.
fn is_grammar(view: &PairView<'_, '_>, side: Side, token: &NormalWord) -> bool {
    !token.is_content() || WORDS.circumstances.contains(&view.written(side, token))
}

fn leads_in(word: &str) -> bool {
    matches!(
        word,
        "include" | "includes" | "included" | "including" | "namely" | "like"
    )
}

/// Returns the words before the first word of grammar, but for small ones at the start.
fn head<'a>(view: &PairView<'_, '_>, side: Side, part: &'a [NormalWord]) -> &'a [NormalWord] {
    let small = |token: &NormalWord| WORDS.before_members.contains(&view.written(side, token));
    let from = part.iter().take_while(|token| small(token)).count();
    let rest = part.get(from..).unwrap_or_default();
    let mut parts = rest.split(|token| is_grammar(view, side, token));
    parts.next().unwrap_or_default()
}

/// Whether the whole part is one member: its tail, with at most a small word or two before it ("on trade", "other issues").
fn is_member(
    view: &PairView<'_, '_>,
    side: Side,
    part: &[NormalWord],
    tail: &[NormalWord],
) -> bool {
    let lead = &part[..part.len() - tail.len()];
    let small = |token: &NormalWord| WORDS.before_members.contains(&view.written(side, token));
    !tail.is_empty()
        && tail.len() <= weights::MEMBER_WORDS
        && lead.len() <= 2
        && lead.iter().all(small)
        && !view.tells_speaker(side, tail)
}

/// Whether the words stand for the members that a list leaves out.
fn is_rest(written: &str) -> bool {
    matches!(written, "et cetera" | "etc")
}

fn member(view: &PairView<'_, '_>, side: Side, words: &[NormalWord]) -> Option<ListMember> {
    let words = &words[words.len().saturating_sub(weights::MEMBER_WORDS)..];
    let span = span_of(words)?;
    if view.tells_speaker(side, words) {
        return None;
    }
    let written = span.of(view.text(side));
    if is_rest(written) || written == "others" {
        return None;
    }
    let concepts = view.documents[side].concepts_in(span);
    let names = concepts.map(|concept| format!("@{}", concept.name));
    let mut names: BTreeSet<String> = names.collect();
    let vocabulary = &view.tokens.vocabulary;
    let stems: BTreeSet<TermId> = terms(words).collect();
    let stems: Vec<&str> = stems.iter().map(|&term| vocabulary.word(term)).collect();
    names.insert(stems.join(" "));
    Some(ListMember { span, names })
}

#[cfg(test)]
mod tests {
    use crate::compare::difference::{DifferenceKind, tests::told};

    fn lists(left: &str, right: &str) -> Vec<String> {
        told(DifferenceKind::List, left, right)
    }

    #[test]
    fn an_attribution_after_a_list_is_no_member() {
        let left = "The province pledged $3.5 million in aid for Holmvale, Brackford and Ness.";
        let right = "The province pledged $3.5 million to Holmvale and Brackford, Premier Anna Weiss announced.";
        assert_eq!(
            lists(left, right),
            ["list: both Holmvale, Brackford; only A Ness"]
        );
    }

    #[test]
    fn a_member_is_without_its_verb_and_its_circumstances() {
        let left = "The province pledged $3.5 million in aid for Holmvale, Brackford and Ness.";
        let right = "She said the aid of $3.5 million would reach Holmvale, Brackford, Ness and Ulm within a week.";
        assert_eq!(
            lists(left, right),
            ["list: both Holmvale, Brackford, Ness; only B Ulm"]
        );
    }

    #[test]
    fn goods_that_come_in_twos_are_one_list() {
        let left = "Tariffs fall on steel and aluminum, autos, and copper.";
        let right = "Tariffs fall on steel, aluminum, lumber and automobiles.";
        assert_eq!(
            lists(left, right),
            ["list: both steel, aluminum, autos; only A copper; only B lumber"]
        );
    }

    #[test]
    fn a_name_beside_its_office_is_no_list() {
        let left =
            "United\u{2019}s coach, Jim Tallow, said the team was ready for the derby on Saturday.";
        let right = "Tallow, the United coach, said his side and staff were ready for the derby on Saturday.";
        assert_eq!(lists(left, right), [""; 0]);
    }

    #[test]
    fn a_list_with_other_goods_is_a_difference() {
        let left = "Tariffs fall on steel, aluminum, autos and copper.";
        let right = "Tariffs fall on steel, aluminum, lumber and copper.";
        assert_eq!(
            lists(left, right),
            ["list: both steel, aluminum, copper; only A autos; only B lumber"]
        );
    }
}
