//! Words in the texts of 105 MB of reports: looked for as they stand, and by the index.

use std::hint::black_box;
use std::path::Path;
use std::time::{Instant, SystemTime};

use crossread::cache::{CacheFile, SourceStamp, save};
use crossread::filter::body::{FoldedTexts, TextIndex};

use crate::{corpus, cpu};

const BYTES: usize = 105_000_000;
const ROUNDS: usize = 15;
const QUERIES: [&[&str]; 8] = [
    &["tariffs"],
    &["prime", "minister"],
    &["unprecedented", "ambassador"],
    &["government", "resilience", "farmers"],
    &["dowka", "market"],
    &["zirconium", "the"],
    &["white smoke"],
    &["e"],
];

/// Prints wall-clock milliseconds per query, and what the index costs.
pub(crate) fn run() {
    let reports = reports();
    let size: usize = reports.iter().map(String::len).sum();
    let (bodies, texts) = (fold(&reports, size), build(&reports, size));
    println!(
        "{:<36}{:>10}{:>10}{:>8}",
        "body AND (ms)", "memmem", "index", "texts"
    );
    for query in QUERIES {
        let unindexed = milliseconds(|| bodies.holding(query).len());
        let indexed = milliseconds(|| texts.holding(query).certain.len());
        let (found, held) = (bodies.holding(query), texts.holding(query));
        match held.possible.is_empty() {
            true => assert_eq!(found, held.certain),
            false => assert!(found.iter().all(|text| held.possible.contains(text))),
        }
        println!(
            "{:<36}{unindexed:>10.2}{indexed:>10.3}{:>8}",
            query.join(" "),
            found.len()
        );
    }
    reopen(&texts);
}

fn fold(reports: &[String], size: usize) -> FoldedTexts {
    let before = cpu();
    let mut bodies = FoldedTexts::default();
    for report in reports {
        bodies.push(report);
    }
    println!(
        "fold: {} reports, {:.0} MB, at {:.0} MB/s a core",
        reports.len(),
        size as f64 / 1e6,
        size as f64 / 1e6 / (cpu() - before)
    );
    bodies
}

/// Folds and indexes as texts come.
fn build(reports: &[String], size: usize) -> TextIndex {
    let (before, start) = (cpu(), Instant::now());
    let texts = TextIndex::default();
    for report in reports {
        texts.push(report);
    }
    let encoded = texts.encode().len();
    println!(
        "index: {:.0} MB/s a core, {:.2} s in all, {:.1} % of the text",
        size as f64 / 1e6 / (cpu() - before),
        start.elapsed().as_secs_f64(),
        100.0 * encoded as f64 / size as f64,
    );
    texts
}

fn reopen(texts: &TextIndex) {
    let folder = std::env::temp_dir().join(format!("crossread-bench-{}", std::process::id()));
    let mut stamp = SourceStamp::default();
    stamp.add_file(Path::new("reports.jsonl"), 1, SystemTime::UNIX_EPOCH);
    let bytes = texts.encode();
    let size = bytes.len();
    save(&folder, &stamp, &[("texts", &bytes)]).expect("temporary files can be written");
    let start = Instant::now();
    let bytes = CacheFile::open(&folder, &stamp).and_then(|mut saved| saved.section("texts"));
    let read = bytes.and_then(TextIndex::decode);
    println!(
        "index: {:.0} MB read again in {:.1} ms, whole: {}",
        size as f64 / 1e6,
        start.elapsed().as_secs_f64() * 1e3,
        read.is_some_and(|read| read.holding(&["the"]) == texts.holding(&["the"]))
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
