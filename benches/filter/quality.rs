//! Whether the report that a reader has in mind stands high: known items asked for in six ways, against nucleo.

use crossread::filter::{FilterRequest, FuzzyFilter, Query};

use crate::corpus::Dice;
use crate::{lines, peer};

const ITEMS: usize = 400;
const LIMIT: usize = 100;

/// A way of asking for a headline of which some words are remembered.
type Asking = fn(&[&str], &mut Dice) -> String;

const ASKINGS: [(&str, Asking); 6] = [
    ("two words", |words, dice| some(words, 2, dice).join(" ")),
    ("two words, turned round", |words, dice| {
        let two = some(words, 2, dice);
        two.into_iter().rev().collect::<Vec<_>>().join(" ")
    }),
    ("three beginnings", |words, dice| {
        let beginnings = some(words, 3, dice).into_iter().map(|word| cut(word, 4));
        beginnings.collect::<Vec<_>>().join(" ")
    }),
    ("words one after the other", |words, dice| {
        let start = dice.below(words.len().saturating_sub(2));
        words[start..(start + 3).min(words.len())].join(" ")
    }),
    ("words without vowels", |words, dice| {
        let skeletons = some(words, 3, dice).into_iter().map(skeleton);
        skeletons.collect::<Vec<_>>().join(" ")
    }),
    ("letters left out", |words, dice| {
        let text = some(words, 2, dice).concat();
        text.chars().filter(|_| dice.below(4) > 0).collect()
    }),
];

/// Prints the mean reciprocal ranks.
pub(crate) fn run() {
    println!(
        "{:<28}{:>10}{:>10}{:>8}",
        "known items (MRR)", "crossread", "nucleo", "more"
    );
    let lines = lines(100_000, 0);
    let mut filter = FuzzyFilter::default();
    lines.iter().for_each(|line| filter.push([line]));
    let mut nucleo = peer::filled(lines.iter().map(String::as_str));
    for (name, asking) in ASKINGS {
        let mut dice = Dice::new(7);
        let (mut own, mut other) = (0.0, 0.0);
        for _ in 0..ITEMS {
            let item = &lines[dice.below(lines.len())];
            let headline = item
                .rsplit_once(" | ")
                .map_or(item.as_str(), |(headline, _)| headline);
            let words: Vec<&str> = headline
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|word| word.len() > 2)
                .collect();
            let typed = asking(&words, &mut dice).to_lowercase();
            let query = Query::parse(&typed);
            let ranked = filter.rank(&FilterRequest::new(&query).limit(LIMIT));
            own += reciprocal(
                &ranked.map(|ranked| ranked.ids).unwrap_or_default(),
                item,
                &lines,
            );
            other += reciprocal(
                &peer::ranked(&mut nucleo, &typed, false, LIMIT as u32).0,
                item,
                &lines,
            );
        }
        let (own, other) = (own / ITEMS as f64, other / ITEMS as f64);
        println!("{name:<28}{own:>10.3}{other:>10.3}{:>+8.3}", own - other);
    }
}

/// Returns one over the place of the first row that reads as the item does.
fn reciprocal(ids: &[u32], item: &str, lines: &[String]) -> f64 {
    let place = ids.iter().position(|id| lines[*id as usize] == item);
    place.map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

/// Returns `count` of the words in their order.
fn some<'a>(words: &[&'a str], count: usize, dice: &mut Dice) -> Vec<&'a str> {
    let mut left = words.len();
    let mut wanted = count;
    let mut taken = Vec::new();
    for word in words {
        if dice.below(left) < wanted {
            taken.push(*word);
            wanted -= 1;
        }
        left -= 1;
    }
    taken
}

fn cut(word: &str, length: usize) -> &str {
    word.get(..length).unwrap_or(word)
}

fn skeleton(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next();
    first
        .into_iter()
        .chain(letters.filter(|c| !"aeiou".contains(*c)))
        .collect()
}
