//! Measures the CPU time of grouping reports into events: `cargo bench --bench events -- FILE.jsonl`.
//!
//! FILE has a report a line with `title`, `date` and `body`. Prints the CPU time to count the words of all reports, to group them, and to
//! group them again with one report in a hundred new; then the size of what was found.

use std::fs;
use std::io;

use chrono::NaiveDate;
use crossread::compare::group::{CountedReport, EventCounter, EventReport, WINDOW};
use serde_json::Value;

fn main() -> io::Result<()> {
    let files = std::env::args().skip(1).filter(|arg| !arg.starts_with('-'));
    for file in files {
        let rows = fs::read_to_string(&file)?;
        let rows: Vec<Value> = rows
            .lines()
            .filter_map(|row| serde_json::from_str(row).ok())
            .collect();
        let reports: Vec<_> = rows.iter().map(report).collect();
        println!("{file}: {} reports", reports.len());
        measure(&reports);
    }
    Ok(())
}

fn report(row: &Value) -> EventReport<'_> {
    let field = |key: &str| row[key].as_str().unwrap_or_default();
    EventReport {
        headline: field("title"),
        text: field("body"),
        published: NaiveDate::parse_from_str(field("date"), "%Y-%m-%d").ok(),
    }
}

fn measure(reports: &[EventReport<'_>]) {
    let mut counter = EventCounter::default();
    let (counted, counting) = timed(|| count(&mut counter, reports));
    let (events, grouping) = timed(|| counter.group(counted.clone(), WINDOW));
    let known = reports.len() - reports.len() / 100;
    let (_, again) = timed(|| {
        let mut counter = EventCounter::of(&events);
        let mut all = counted.get(..known).unwrap_or_default().to_vec();
        all.extend(count(
            &mut counter,
            reports.get(known..).unwrap_or_default(),
        ));
        counter.group(all, WINDOW)
    });
    println!("  counting {counting:.2} s, grouping {grouping:.2} s of CPU");
    println!("  with one in a hundred new: {again:.2} s");
    let shared = events.groups.iter().filter(|group| group.len() > 1);
    let largest = events.groups.iter().map(Vec::len).max().unwrap_or(0);
    println!(
        "  {} events, {} of several reports, the largest of {largest}",
        events.groups.len(),
        shared.count()
    );
}

fn count(counter: &mut EventCounter, reports: &[EventReport<'_>]) -> Vec<CountedReport> {
    reports.iter().map(|report| counter.count(report)).collect()
}

/// Returns what `work` returns, and the seconds of CPU time that it took.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let before = cpu();
    let done = work();
    (done, cpu() - before)
}

fn cpu() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
