//! A large library opened in a terminal, for the first time and again: `cargo bench --bench library [-- quotes] [-- COUNT ...]`.
//!
//! With `quotes`, its quotations: how long the first of them take and all of them, and a key that is typed meanwhile and then.
//! Else prints when the list is on the screen, when all reports are there, the CPU time and the most memory that took, beside
//! `wc -w` over the same file in the same run. COUNT is how many reports, 100,000 by default. Reports of some 3,000 bytes
//! come from the built-in generator; CROSSREAD_BENCH_JSONL names a file of rows to use instead.

#[path = "../filter/corpus.rs"]
mod corpus;
mod quotes;
mod session;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use session::{Session, reports};

/// Bytes of a report, as they come out on average.
const REPORT: usize = 3_000;
/// Reports that are drawn at a time.
const DRAWN: usize = 10_000;

fn main() -> io::Result<()> {
    let counts = std::env::args().filter_map(|arg| arg.parse().ok());
    let mut counts: Vec<usize> = counts.collect();
    if counts.is_empty() {
        counts.push(100_000);
    }
    let only_quotes = std::env::args().any(|arg| arg == "quotes");
    println!(
        "{:>9} {:>7}  {:<6} {:>9} {:>9} {:>7} {:>8} {:>7} {:>9}",
        "reports", "MB", "opened", "list (s)", "all (s)", "CPU (s)", "peak MB", "x text", "x wc -w"
    );
    let folder = std::env::temp_dir().join(format!("crossread-bench-{}", std::process::id()));
    let measured = counts.into_iter().try_for_each(|count| {
        fs::create_dir_all(&folder)?;
        measure(&folder, count, only_quotes)
    });
    fs::remove_dir_all(folder).ok();
    measured
}

fn measure(folder: &Path, count: usize, only_quotes: bool) -> io::Result<()> {
    let file = match std::env::var_os("CROSSREAD_BENCH_JSONL") {
        Some(file) => PathBuf::from(file),
        None => written(folder, count)?,
    };
    let text = fs::metadata(&file)?.len() as f64 / 1e6;
    // The first pass brings the file into the system's memory for those after it.
    let words = count_words(&file)?.min(count_words(&file)?);
    let rows = fs::read(&file)?;
    let rows = rows.split(|&byte| byte == b'\n');
    let count = rows.filter(|row| !row.is_empty()).count();
    for name in ["first", "again"] {
        if only_quotes {
            quotes::measure(folder, &file, count, name)?;
            continue;
        }
        let mut session = Session::open(folder, &file)?;
        let listed = session.wait(|rows| reports(rows).is_some_and(|found| found > 0));
        let all = session.wait(|rows| {
            reports(rows).is_some_and(|found| found >= count) && !rows[0].contains("reading")
        });
        let cpu = session.cpu();
        session.await_kept("cache");
        let [_, peak] = session.memory();
        session.quit()?;
        println!(
            "{count:>9} {text:>7.0}  {name:<6} {listed:>9.2} {all:>9.2} {cpu:>7.2} {peak:>8.0} {:>7.2} {:>9.2}",
            peak / text,
            all / words
        );
    }
    let kept = fs::read_dir(folder.join("crossread"))?.flatten();
    let kept: u64 = kept
        .filter_map(|file| Some(file.metadata().ok()?.len()))
        .sum();
    println!(
        "{:>27} {:.1} MB, {:.1} % of the text",
        "kept:",
        kept as f64 / 1e6,
        kept as f64 / 1e4 / text
    );
    fs::remove_dir_all(folder)
}

/// Writes so many reports as rows, the same on every machine and run.
fn written(folder: &Path, count: usize) -> io::Result<PathBuf> {
    let path = folder.join("reports.jsonl");
    let headlines = corpus::headlines(count.min(DRAWN), 0);
    let bodies = corpus::reports(DRAWN.min(count) * REPORT);
    let mut file = BufWriter::new(fs::File::create(&path)?);
    for number in 0..count {
        let (line, body) = (
            &headlines[number % headlines.len()],
            &bodies[number % bodies.len()],
        );
        let (headline, outlet) = line.rsplit_once(" | ").unwrap_or((line, ""));
        let (month, day) = (1 + number / 28 % 12, 1 + number % 28);
        writeln!(
            file,
            "{{\"title\":{:?},\"source\":{outlet:?},\"date\":\"2025-{month:02}-{day:02}\",\"body\":\"n{number} {body}\"}}",
            headline.replace(['\\', '"'], "'"),
        )?;
    }
    file.flush()?;
    Ok(path)
}

/// Returns how long `wc -w` takes, in seconds.
fn count_words(file: &Path) -> io::Result<f64> {
    let start = std::time::Instant::now();
    Command::new("wc")
        .arg("-w")
        .arg(file)
        .stdout(Stdio::null())
        .status()?;
    Ok(start.elapsed().as_secs_f64())
}
