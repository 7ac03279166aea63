//! Matches the quantities of two reports: the same thing counted with another value, another precision or another hedge.

use std::collections::BTreeMap;

use foldhash::{HashSet, HashSetExt as _};

use super::FactReports;
use super::finding::{FactFinding, confidence_of};
use super::number::FactNumber;
use super::quantity::{CountedThing, Quantity, QuantityUnit};
use super::report::{FactReport, WordGap};
use crate::compare::normalize::TermId;
use crate::compare::{DifferenceKind, DifferenceWeight, Side, Sides};

/// Words around a quantity among which some must be the same.
const REACH: usize = 7;
/// Quantities of one key on each side that are set against each other; more are a table.
const MOST_ALIKE: usize = 24;

/// A quantity of each side.
type QuantityPair<'a> = Sides<&'a Quantity>;

/// Returns the quantities that two reports put differently.
pub(super) fn find(reports: &FactReports<'_, '_>, all: &Sides<Vec<Quantity>>) -> Vec<FactFinding> {
    let mut tried = HashSet::new();
    let mut found = Vec::new();
    for numbers in alike(all).values() {
        for &left in numbers.left.iter().take(MOST_ALIKE) {
            for &right in numbers.right.iter().take(MOST_ALIKE) {
                if tried.insert((left, right)) {
                    let both = Sides::new(&all.left[left], &all.right[right]);
                    found.extend(against(reports, all, both));
                }
            }
        }
    }
    found
}

/// The key that two quantities must share in order to be compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum QuantityKey {
    Unit(u8),
    Term(u8, TermId),
    Group(u8, &'static str),
    Deed(&'static str),
    /// A number with a sign of any kind.
    Signed(u64),
}

/// Returns the numbers of the quantities that may count the same.
fn alike(all: &Sides<Vec<Quantity>>) -> BTreeMap<QuantityKey, Sides<Vec<usize>>> {
    let mut alike = BTreeMap::<_, Sides<Vec<usize>>>::new();
    for side in Side::BOTH {
        for (number, quantity) in all[side].iter().enumerate() {
            for key in keys(quantity) {
                alike.entry(key).or_default()[side].push(number);
            }
        }
    }
    alike
}

fn keys(quantity: &Quantity) -> Vec<QuantityKey> {
    let unit = quantity.unit as u8;
    let things = quantity.things.iter().map(|thing| match *thing {
        CountedThing::Term(term) => QuantityKey::Term(unit, term),
        CountedThing::Group(name) => QuantityKey::Group(unit, name),
    });
    let mut keys: Vec<QuantityKey> = things.collect();
    match quantity.unit {
        QuantityUnit::Things | QuantityUnit::Ordinal => {
            keys.extend(quantity.deed.map(QuantityKey::Deed));
        }
        _ => keys.push(QuantityKey::Unit(unit)),
    }
    if let (Some(_), FactNumber::Exact(number)) = (quantity.sign, quantity.number) {
        keys.push(QuantityKey::Signed(number));
    }
    keys
}

fn against(
    reports: &FactReports<'_, '_>,
    all: &Sides<Vec<Quantity>>,
    both: QuantityPair<'_>,
) -> Option<FactFinding> {
    let at = both.map(|quantity| quantity.sentence);
    let sentence = |side: Side| reports.sides[side].sentence(at[side]);
    let (left, right) = (sentence(Side::Left)?, sentence(Side::Right)?);
    let is_wording = both.left.is_quoted && both.right.is_quoted;
    if is_wording || left.is_in_both || right.is_in_both || !is_comparable(both) {
        return None;
    }
    let known = |side: Side| {
        all[side.other()]
            .iter()
            .any(|other| is_told(both[side], other))
    };
    let near = reports.near.of(at);
    let around = around(reports, both);
    let evidence = Evidence {
        near,
        around,
        is_only: Side::BOTH
            .into_iter()
            .all(|side| is_only(&all[side], both[side])),
        is_close: are_close(both),
        is_frame: have_one_frame(reports, both),
    };
    let (confidence, weight) = if have_other_signs(both) {
        (sign_confidence(evidence), DifferenceWeight::Main)
    } else if both.left.number == both.right.number {
        let differs = both.left.hedge != both.right.hedge;
        (differs && !is_told_exactly(all, both)).then_some(())?;
        (hedge_confidence(both, evidence), DifferenceWeight::Minor)
    } else {
        (!known(Side::Left) && !known(Side::Right)).then_some(())?;
        (value_confidence(both, evidence), weight(both))
    };
    Some(FactFinding {
        kind: DifferenceKind::Number,
        at,
        spans: both.map(|quantity| quantity.span),
        confidence,
        score: near + around / 4.0,
        weight,
        words: None,
        common: String::new(),
    })
}

/// Whether two quantities can count the same.
fn is_comparable(both: QuantityPair<'_>) -> bool {
    let Sides { left, right } = both;
    let deeds = left.deed.zip(right.deed);
    if have_other_signs(both) {
        return true;
    }
    if left.unit != right.unit || deeds.is_some_and(|(one, other)| one != other) {
        return false;
    }
    let names = |number: FactNumber| std::mem::discriminant(&number);
    match left.unit {
        QuantityUnit::Score => true,
        QuantityUnit::Things | QuantityUnit::Ordinal => {
            share_things(both) || deeds.is_some() && are_people(both)
        }
        QuantityUnit::Length => {
            share_things(both) || left.things.is_empty() && right.things.is_empty()
        }
        _ => names(left.number) == names(right.number) || left.unit == QuantityUnit::Part,
    }
}

/// Whether the same figures have another sign: `$25`, `25%`.
fn have_other_signs(both: QuantityPair<'_>) -> bool {
    let signs = both.left.sign.zip(both.right.sign);
    both.left.number == both.right.number && signs.is_some_and(|(one, other)| one != other)
}

fn share_things(both: QuantityPair<'_>) -> bool {
    both.left
        .things
        .iter()
        .any(|thing| both.right.things.contains(thing))
}

/// Whether both count people, or do not say what they count.
fn are_people(both: QuantityPair<'_>) -> bool {
    let are = |quantity: &Quantity| {
        let people = |thing: &CountedThing| matches!(thing, CountedThing::Group("people"));
        quantity.things.is_empty()
            || quantity.things.iter().any(people)
            || quantity.things.len() == 1
    };
    are(both.left) && are(both.right)
}

/// Whether the other quantity says the same number of the same.
fn is_told(one: &Quantity, other: &Quantity) -> bool {
    let both = Sides::new(one, other);
    let unit = one.unit == other.unit;
    let same = one.number == other.number
        || one.unit == QuantityUnit::Part && one.number.in_percent() == other.number.in_percent();
    let things = match one.unit {
        QuantityUnit::Things | QuantityUnit::Ordinal => {
            share_things(both)
                || one.things.is_empty()
                || other.things.is_empty()
                || one.deed.is_some() && one.deed == other.deed
        }
        _ => true,
    };
    unit && same && things
}

/// Whether each report has the number with the other's hedge elsewhere.
fn is_told_exactly(all: &Sides<Vec<Quantity>>, both: QuantityPair<'_>) -> bool {
    Side::BOTH.into_iter().any(|side| {
        let other = &all[side.other()];
        let hedge = both[side].hedge;
        other
            .iter()
            .any(|one| is_told(both[side], one) && one.hedge == hedge)
    })
}

/// Returns the rarity of the words around both quantities, in units of a word that one sentence has.
fn around(reports: &FactReports<'_, '_>, both: QuantityPair<'_>) -> f32 {
    let terms = Sides::from_fn(|side| window(&reports.sides[side], both[side]));
    let mut shared: Vec<TermId> = terms.left;
    shared.retain(|term| terms.right.contains(term));
    shared.sort_unstable();
    shared.dedup();
    shared
        .into_iter()
        .map(|term| reports.near.rarity(term))
        .sum()
}

/// Whether the words around both quantities are the same, and more than one.
fn have_one_frame(reports: &FactReports<'_, '_>, both: QuantityPair<'_>) -> bool {
    let frames = Sides::from_fn(|side: Side| {
        let mut frame = window(&reports.sides[side], both[side]);
        frame.sort_unstable();
        frame.dedup();
        frame
    });
    frames.left.len() > 1 && frames.left == frames.right
}

/// Returns the words of content around a quantity, in its clause.
fn window(report: &FactReport<'_>, quantity: &Quantity) -> Vec<TermId> {
    let Some(sentence) = report.sentence(quantity.sentence) else {
        return Vec::new();
    };
    let (first, end) = quantity.core;
    let before = sentence.range(first.saturating_sub(REACH), first).iter();
    let after = sentence.range(end, end + REACH).iter();
    let after = after.take_while(|word| word.gap != WordGap::Mark);
    let content = before.chain(after).filter(|word| word.is_content());
    content.map(|word| word.term).collect()
}

/// The reasons to take two quantities for the same.
#[derive(Clone, Copy, Debug)]
struct Evidence {
    near: f32,
    around: f32,
    /// Whether each report gives one number only of what they count.
    is_only: bool,
    /// Whether the two numbers are of one size.
    is_close: bool,
    /// Whether the words around both are the same.
    is_frame: bool,
}

/// Whether the report gives no other number of the same thing.
fn is_only(all: &[Quantity], one: &Quantity) -> bool {
    let same = |other: &&Quantity| other.unit == one.unit && share_things(Sides::new(one, *other));
    all.iter()
        .filter(same)
        .all(|other| other.number == one.number)
}

/// Whether the greater of two numbers is at most half as much again as the other.
fn are_close(both: QuantityPair<'_>) -> bool {
    match (both.left.number, both.right.number) {
        (FactNumber::Exact(one), FactNumber::Exact(other))
        | (FactNumber::Part(one), FactNumber::Part(other)) => {
            one.max(other) <= one.min(other).saturating_mul(3) / 2
        }
        _ => false,
    }
}

/// Whether all that both say of those they count is that they are people.
fn is_people_at_large(both: QuantityPair<'_>) -> bool {
    let people = CountedThing::Group("people");
    let shared = both
        .left
        .things
        .iter()
        .filter(|thing| both.right.things.contains(thing));
    shared.into_iter().all(|thing| *thing == people)
}

/// Returns how sure it is that two other values are told of the same.
fn value_confidence(both: QuantityPair<'_>, evidence: Evidence) -> f32 {
    let Evidence {
        near,
        around,
        is_only,
        is_close,
        is_frame,
    } = evidence;
    let deed = both.left.deed.is_some() && both.left.deed == both.right.deed;
    let vague = !both.left.number.is_exact() || !both.right.number.is_exact();
    let sure = match both.left.unit {
        _ if is_frame => true,
        QuantityUnit::Things if deed => near >= 0.3 && (!vague || near >= 0.45),
        QuantityUnit::Things if vague => near >= 0.45 && around >= 0.5,
        // Reports count people of all kinds.
        QuantityUnit::Things if is_people_at_large(both) => {
            near >= 0.6 && around >= 0.5 && (is_close || around >= 1.0)
        }
        QuantityUnit::Things => {
            near >= 0.6
                || near >= 0.4 && around >= 0.8
                || is_only && (near >= 0.35 || near >= 0.2 && around >= 0.5)
        }
        QuantityUnit::Ordinal => near >= 0.5 && around >= 0.5,
        QuantityUnit::Money | QuantityUnit::Part => {
            near >= 0.5 && around >= 1.0
                || near >= 0.6 && around >= 0.4 && is_close
                || near >= 0.7 && around >= 0.4
                || near >= 0.6 && is_close && both.left.unit == QuantityUnit::Money
        }
        QuantityUnit::Score => near >= 0.5,
        QuantityUnit::Length => near >= 0.6 && around >= 0.7 || near >= 0.8 && around >= 0.35,
        QuantityUnit::Age => near >= 0.5 && around >= 0.3,
    };
    confidence_of(sure)
}

/// Returns how sure it is that the same figures have another sign for the same thing.
fn sign_confidence(evidence: Evidence) -> f32 {
    let sure = evidence.is_frame || evidence.near >= 0.6 && evidence.around >= 0.8;
    confidence_of(sure)
}

/// Returns how sure it is that the same value is told with another hedge.
fn hedge_confidence(both: QuantityPair<'_>, evidence: Evidence) -> f32 {
    let Evidence { near, around, .. } = evidence;
    let sure = share_things(both) && near >= 0.5 || near >= 0.6 && around >= 0.5;
    confidence_of(sure)
}

/// Returns the weight of two other values: small where one is the other rounded.
fn weight(both: QuantityPair<'_>) -> DifferenceWeight {
    match (both.left.number, both.right.number) {
        (FactNumber::Exact(one), FactNumber::Exact(other))
            if one.abs_diff(other) * 50 <= one.max(other) =>
        {
            DifferenceWeight::Minor
        }
        _ => DifferenceWeight::Main,
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::DifferenceKind;
    use crate::compare::fact::tests::told;

    fn numbers(left: &str, right: &str) -> Vec<String> {
        told(DifferenceKind::Number, left, right)
    }

    #[test]
    fn people_and_residents_are_counted_alike() {
        let left = "About 1,200 people were evacuated from the flooded valley on Friday night.";
        let right = "Some 1,500 residents were evacuated from the flooded valley on Friday night.";
        assert_eq!(
            numbers(left, right),
            ["number: A About 1,200 people, B Some 1,500 residents"]
        );
    }

    #[test]
    fn the_drowned_and_those_who_fled_are_not_the_same() {
        let left =
            "About 12 people drowned in the flooded valley on Friday night after the dam broke.";
        let right =
            "Some 1,500 residents fled the flooded valley on Friday night after the dam broke.";
        assert_eq!(numbers(left, right), [""; 0]);
    }

    #[test]
    fn a_toll_is_set_against_a_toll_and_the_injured_against_the_injured() {
        let left =
            "The earthquake near Belmar killed at least 120 people and injured more than 400.";
        let right =
            "The death toll from the earthquake near Belmar rose to 143, with 410 others hurt.";
        assert_eq!(
            numbers(left, right),
            [
                "number: A at least 120 people, B 143",
                "number: A more than 400, B 410 others hurt"
            ]
        );
    }

    #[test]
    fn a_value_that_the_other_report_has_too_is_no_difference() {
        let left = "The union represents 9,500 dock workers in Marlow.";
        let right = "The union represents 4,000 dock workers in Marlow.\n\nNationwide the union has 9,500 dock workers.";
        assert_eq!(numbers(left, right), [""; 0]);
    }

    #[test]
    fn a_sign_belongs_to_its_number() {
        let left = "A duty of $25 on each tonne.";
        let right = "A duty of 25% on each tonne.";
        assert_eq!(numbers(left, right), ["number: A $25, B 25%"]);
    }

    #[test]
    fn words_and_figures_of_one_number_are_the_same() {
        for (one, other) in [
            ("twenty-five", "25"),
            ("one hundred and twenty", "120"),
            ("two and a half million", "2.5 million"),
            ("a dozen", "12"),
            ("3.5m", "3,500,000"),
        ] {
            let left = format!("The Belmar shipyard dismissed {one} workers on Friday.");
            let right = format!("The Belmar shipyard dismissed {other} workers on Friday.");
            assert_eq!(numbers(&left, &right), [""; 0], "{one} and {other}");
        }
    }

    #[test]
    fn fractions_are_read_whole() {
        let left = "Two-thirds of the Marlow harvest was lost to the storm.";
        let right = "Three-quarters of the Marlow harvest was lost to the storm.";
        assert_eq!(
            numbers(left, right),
            ["number: A Two-thirds of the Marlow harvest, B Three-quarters of the Marlow harvest"]
        );
    }

    #[test]
    fn another_place_in_a_row_is_a_difference() {
        let left = "Roe is the third minister to resign over the Marlow port contract.";
        let right = "Roe is the fourth minister to resign over the Marlow port contract.";
        assert_eq!(
            numbers(left, right),
            [
                "number: A third minister to resign over the Marlow, B fourth minister to resign over the Marlow"
            ]
        );
    }

    #[test]
    fn a_vague_word_stands_against_a_figure() {
        let left = "Hundreds of protesters marched to the Marlow shipyard on Friday.";
        let right = "Thousands of protesters marched to the Marlow shipyard on Friday.";
        assert_eq!(
            numbers(left, right),
            ["number: A Hundreds of protesters marched, B Thousands of protesters marched"]
        );
    }

    #[test]
    fn hedges_that_say_the_same_are_no_difference() {
        let text =
            |hedge| format!("The Marlow storm left {hedge}230,000 homes without power on Friday.");
        assert_eq!(numbers(&text("about "), &text("roughly ")), [""; 0]);
        assert_eq!(
            numbers(&text("about "), &text("")),
            ["number: A about 230,000 homes, B 230,000 homes"]
        );
        assert_eq!(numbers(&text("more than "), &text("about ")).len(), 1);
    }

    #[test]
    fn a_number_in_a_name_counts_nothing() {
        let left = "Flight 370 vanished over the Marlow sea in March, investigators said.";
        let right = "Flight 371 vanished over the Marlow sea in March, investigators said.";
        assert_eq!(numbers(left, right), [""; 0]);
    }
}
