//! Every prefix of eight queries, typed key by key, against nucleo.

use std::hint::black_box;

use crossread::filter::{FilterRequest, FuzzyFilter, Query};

use crate::{cpu, lines, peer};

/// One word, two words, a name, a phrase with a common word, letters of two words, and what is not there.
pub(crate) const QUERIES: [&str; 8] = [
    "tariffs",
    "carney trump",
    "steel duties",
    "federal reserve",
    "bank of canada",
    "ottawa citizen",
    "whtsmk",
    "zirconium",
];

/// As many rows as a screen and its surroundings show.
const LIMIT: usize = 128;

/// CPU seconds of the first keys and of all keys.
#[derive(Clone, Copy, Default)]
struct Spent {
    first: f64,
    all: f64,
}

/// Prints the ratios for the three corpora.
pub(crate) fn run() {
    println!(
        "{:<28}{:>10}{:>10}{:>8}{:>12}",
        "speed (CPU ms)", "crossread", "nucleo", "ratio", "first key"
    );
    for (name, count, length, rounds) in [
        ("100k lines", 100_000, 0, 3),
        ("1M lines", 1_000_000, 0, 1),
        ("100k lines of 200 chars", 100_000, 200, 2),
    ] {
        let lines = lines(count, length);
        let (own, other) = compare(&lines, rounds);
        println!(
            "{name:<28}{:>10.2}{:>10.2}{:>8.3}{:>12.3}",
            own.all * 1e3 / rounds as f64,
            other.all * 1e3 / rounds as f64,
            own.all / other.all,
            own.first / other.first,
        );
    }
}

fn compare(lines: &[String], rounds: usize) -> (Spent, Spent) {
    let mut filter = FuzzyFilter::default();
    lines.iter().for_each(|line| filter.push([line]));
    let mut nucleo = peer::filled(lines.iter().map(String::as_str));
    let (mut own, mut other) = (Spent::default(), Spent::default());
    for _ in 0..rounds {
        for query in QUERIES {
            typed(query, &mut own, |prefix, _| {
                let query = Query::parse(prefix);
                black_box(filter.rank(&FilterRequest::new(&query).limit(LIMIT)));
            });
            peer::ranked(&mut nucleo, "", false, 0);
            typed(query, &mut other, |prefix, continues| {
                black_box(peer::ranked(&mut nucleo, prefix, continues, LIMIT as u32));
            });
        }
    }
    (own, other)
}

fn typed(query: &str, spent: &mut Spent, mut key: impl FnMut(&str, bool)) {
    for end in 1..=query.len() {
        let before = cpu();
        key(&query[..end], end > 1);
        let took = cpu() - before;
        spent.all += took;
        if end == 1 {
            spent.first += took;
        }
    }
}
