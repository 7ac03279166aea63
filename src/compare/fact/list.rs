//! Finds enumerations of one set with other members: steel, autos and copper against steel, lumber and automobiles.
//!
//! Members are the same if the lexicon calls them by the same name, or their words have the same stems or nearly so. Two members are a
//! list only beside a longer one that has both.

use super::FactReports;
use super::enumeration::{Enumeration, ListMember, enumerations};
use super::finding::{FactFinding, confidence_of};
use crate::compare::normalize::TermId;
use crate::compare::vectors::likeness;
use crate::compare::{DifferenceKind, DifferenceWeight, Side, Sides, weights};
use crate::text::Span;

/// Least members of a list.
const MEMBERS: usize = 3;
/// Least letters of a word that is spelled in two ways; shorter ones are two words.
const SPELLED: usize = 6;
/// Sentences less near do not tell a part of a list; from the second figure on they do.
const PART_NEAR: f32 = 0.5;
const PART_SURE: f32 = 0.7;
/// Most bytes over which the members of a list stand.
const PART_LONGEST: usize = 120;
/// Lists of each side that are set against each other; who lists more prints a table.
const MOST: usize = 400;

/// Returns the lists of two reports that have members in common, but not all.
pub(super) fn find(reports: &FactReports<'_, '_>) -> Vec<FactFinding> {
    let all = Sides::from_fn(|side| {
        let mut all = enumerations(
            &reports.sides[side],
            &reports.documents[side],
            reports.tokens,
        );
        all.truncate(MOST);
        all
    });
    let mut found = Vec::new();
    for left in &all.left {
        for right in &all.right {
            found.extend(against(reports, Sides::new(left, right)));
        }
    }
    for side in Side::BOTH {
        let lists = all[side].iter();
        let lists = lists.filter(|list| !list.is_quoted && list.members.len() >= MEMBERS);
        found.extend(lists.flat_map(|list| parts(reports, &all, side, list)));
    }
    found
}

/// Finds the sentences of the other report that have some of the members, where that report has the rest nowhere.
fn parts(
    reports: &FactReports<'_, '_>,
    all: &Sides<Vec<Enumeration>>,
    side: Side,
    list: &Enumeration,
) -> Vec<FactFinding> {
    // A sentence with a list of its own has been set against this one as a list.
    let lists = |number: usize| {
        let others = all[side.other()].iter();
        let mut here = others.filter(|other| other.sentence == number);
        here.any(|other| share_member(list, other))
    };
    let pairs = reports.pairs_from(PART_NEAR);
    let pairs = pairs.filter(|(at, _)| at[side] == list.sentence && !lists(at[side.other()]));
    pairs
        .filter_map(|&(at, near)| part(reports, side, list, at, near))
        .collect()
}

fn share_member(one: &Enumeration, other: &Enumeration) -> bool {
    let mut members = one.members.iter();
    members.any(|member| other.members.iter().any(|of| are_same(member, of)))
}

fn part(
    reports: &FactReports<'_, '_>,
    side: Side,
    list: &Enumeration,
    at: Sides<usize>,
    near: f32,
) -> Option<FactFinding> {
    let other = side.other();
    let sentence = reports.sides[other].sentence(at[other])?;
    let own = reports.sides[side].sentence(at[side])?;
    let has = |term: &TermId| reports.near.has(other, at[other], *term);
    let (here, rest): (Vec<_>, Vec<_>) =
        (list.members.iter()).partition(|member| member.terms.iter().all(has));
    let is_gone = |member: &&ListMember| {
        let mut terms = member.terms.iter();
        terms.all(|&term| !reports.near.uses(other, term))
    };
    let differs = !here.is_empty() && !rest.is_empty() && rest.iter().all(is_gone);
    if !differs || sentence.is_in_both || own.is_in_both {
        return None;
    }
    let is_member = |term: TermId| here.iter().any(|member| member.terms.contains(&term));
    let mut words = sentence.words.iter().filter(|word| is_member(word.term));
    let first = words.next()?.span;
    let last = words.next_back().map_or(first, |word| word.span);
    let mut spans = Sides::new(list.span, list.span);
    spans[other] = Span::new(first.start, last.end);
    let told = spans[other].of(reports.sides[other].text);
    // "the port city of Belmar" is no part of "Belmar, a port city, and others".
    let is_list =
        here.len() == 1 || told.contains(',') || told.contains(" and ") || told.contains(" or ");
    if spans[other].len() > PART_LONGEST || !is_list {
        return None;
    }
    let written = |members: &[&ListMember]| {
        let words = members
            .iter()
            .map(|one| one.span.of(reports.sides[side].text));
        words.collect::<Vec<_>>().join(", ")
    };
    let mut told = Sides::<String>::default();
    told[side] = written(&rest);
    Some(FactFinding {
        kind: DifferenceKind::List,
        at,
        spans,
        confidence: match near >= PART_SURE {
            true => weights::FACT_SURE,
            false => weights::FACT_UNSURE,
        },
        score: near,
        weight: DifferenceWeight::Main,
        words: Some(told),
        common: written(&here),
    })
}

fn against(reports: &FactReports<'_, '_>, lists: Sides<&Enumeration>) -> Option<FactFinding> {
    let at = lists.map(|list| list.sentence);
    let in_both = Side::BOTH.into_iter().any(|side| {
        reports.sides[side]
            .sentence(at[side])
            .is_none_or(|one| one.is_in_both)
    });
    if in_both || lists.left.is_quoted && lists.right.is_quoted {
        return None;
    }
    let split = |side: Side| -> (Vec<&ListMember>, Vec<&ListMember>) {
        let other = &lists[side.other()].members;
        let both = |member: &&ListMember| other.iter().any(|one| are_same(one, member));
        lists[side].members.iter().partition(both)
    };
    let (left, right) = (split(Side::Left), split(Side::Right));
    let common = left.0.len().min(right.0.len());
    let is_short = |side: Side| lists[side].members.len() < MEMBERS;
    let short = match (is_short(Side::Left), is_short(Side::Right)) {
        (true, true) => true,
        (one, other) => one && !left.1.is_empty() || other && !right.1.is_empty(),
    };
    if common == 0 || short || left.1.is_empty() && right.1.is_empty() {
        return None;
    }
    let near = reports.near.of(at);
    let sure = common >= 2 && near >= 0.3 || common == 1 && near >= 0.6;
    let words = |members: &[&ListMember], side: Side| {
        let words = members
            .iter()
            .map(|one| one.span.of(reports.sides[side].text));
        words.collect::<Vec<_>>().join(", ")
    };
    // The shorter text: the mirror image of a comparison must choose the same.
    let both = [words(&left.0, Side::Left), words(&right.0, Side::Right)].into_iter();
    Some(FactFinding {
        kind: DifferenceKind::List,
        at,
        spans: lists.map(|list| list.span),
        confidence: confidence_of(sure),
        score: near + common as f32,
        weight: DifferenceWeight::Main,
        words: Some(Sides::new(
            words(&left.1, Side::Left),
            words(&right.1, Side::Right),
        )),
        common: both.min_by_key(|text| (text.len(), text.clone()))?,
    })
}

fn are_same(one: &ListMember, other: &ListMember) -> bool {
    let near = |a: &String, b: &String| {
        a == b || likeness(a, b) >= weights::NEAR_MEMBER || are_spellings(a, b)
    };
    let mut names = one.names.iter();
    let named = names.any(|a| other.names.iter().any(|b| near(a, b)));
    named || holds(one, other) || holds(other, one)
}

/// Whether one word is the other with a letter or two more inside, as two spellings are: `aluminum`, `aluminium`.
fn are_spellings(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let mut letters = long.chars();
    let is_within = short.chars().all(|letter| letters.any(|one| one == letter));
    short.len() >= SPELLED
        && long.len() - short.len() <= 2
        && likeness(one, other) >= 0.5
        && is_within
}

/// Whether one member is the other with a describing word: `domestic cars`, `cars`.
fn holds(one: &ListMember, other: &ListMember) -> bool {
    other.terms.iter().all(|term| one.terms.contains(term))
}

#[cfg(test)]
mod tests {
    use crate::compare::DifferenceKind;
    use crate::compare::fact::tests::told;

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

    #[test]
    fn the_verb_before_a_list_is_no_part_of_it() {
        let left = "The duty covers steel, copper and cars.";
        let right = "The duty covers steel, lumber and wine.";
        assert_eq!(
            lists(left, right),
            ["list: both steel; only A copper, cars; only B lumber, wine"]
        );
    }

    #[test]
    fn two_spellings_are_one_member() {
        let left = "The duty covers steel, copper and aluminum.";
        let right = "The duty covers steel, copper and aluminium.";
        assert_eq!(lists(left, right), [""; 0]);
    }

    #[test]
    fn a_sentence_may_tell_a_part_of_a_list() {
        let left =
            "Retailers including Bolton, Harrow and Pike said shelves in Marlow would stay full.";
        let right = "Retailers such as Bolton said shelves in Marlow would stay full.";
        assert_eq!(
            lists(left, right),
            ["list: both Bolton; only A Harrow, Pike"]
        );
    }
}
