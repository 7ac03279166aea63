//! Words in the texts of 105 MB of reports: looked for as they stand, and by the index.

use std::hint::black_box;
use std::time::{Instant, SystemTime};

use crossread::filter::body::{Bodies, Builder, Index, Stamp, load, save};

use crate::{corpus, cpu};

const BYTES: usize = 105_000_000;
const ROUNDS: usize = 15;
const QUERIES: [&[&str]; 6] = [
    &["tariffs"],
    &["prime", "minister"],
    &["unprecedented", "ambassador"],
    &["government", "resilience", "farmers"],
    &["dowka", "market"],
    &["zirconium", "the"],
];

/// Prints wall-clock milliseconds per query, and what the index costs.
pub(crate) fn run() {
    let reports = reports();
    let size: usize = reports.iter().map(String::len).sum();
    let mut bodies = Bodies::default();
    for report in &reports {
        bodies.push(report);
    }
    let index = build(&reports, size);
    println!(
        "{:<28}{:>10}{:>10}{:>8}",
        "body AND (ms)", "memmem", "index", "texts"
    );
    for query in QUERIES {
        let unindexed = milliseconds(|| bodies.holding(query).len());
        let indexed = milliseconds(|| index.holding(query).len());
        assert_eq!(bodies.holding(query), index.holding(query));
        println!(
            "{:<28}{unindexed:>10.2}{indexed:>10.3}{:>8}",
            query.join(" "),
            index.holding(query).len()
        );
    }
    reopen(&index);
}

fn build(reports: &[String], size: usize) -> Index {
    let before = cpu();
    let mut builder = Builder::default();
    for report in reports {
        builder.push(report);
    }
    let index = builder.finish();
    println!(
        "index: {} reports, {:.0} MB, built at {:.0} MB/s a core, {:.1} % of the text",
        reports.len(),
        size as f64 / 1e6,
        size as f64 / 1e6 / (cpu() - before),
        100.0 * index.size() as f64 / size as f64,
    );
    index
}

fn reopen(index: &Index) {
    let folder = std::env::temp_dir().join(format!("crossread-bench-{}", std::process::id()));
    let mut stamp = Stamp::default();
    stamp.add(
        std::path::Path::new("reports.jsonl"),
        BYTES as u64,
        SystemTime::UNIX_EPOCH,
    );
    save(&folder, &stamp, index).expect("the folder for temporary files can be written to");
    let start = Instant::now();
    let same = load(&folder, &stamp).is_some_and(|loaded| loaded == *index);
    println!(
        "index: loaded in {:.1} ms, whole: {same}",
        start.elapsed().as_secs_f64() * 1e3
    );
    std::fs::remove_dir_all(folder).ok();
}

/// Returns the time of the least disturbed of several rounds.
fn milliseconds(mut search: impl FnMut() -> usize) -> f64 {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        black_box(search());
        start.elapsed().as_secs_f64() * 1e3
    });
    rounds.fold(f64::INFINITY, f64::min)
}

fn reports() -> Vec<String> {
    let Ok(path) = std::env::var("CROSSREAD_BENCH_REPORTS") else {
        return corpus::reports(BYTES);
    };
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines().map(str::to_owned).collect()
}
