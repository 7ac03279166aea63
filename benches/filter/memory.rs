//! What each engine holds beyond the text itself, after a query was typed, each in a process of its own.

use std::process::Command;

use crossread::filter::{FilterRequest, FuzzyFilter, Query};

use crate::{lines, peer, speed};

const LINES: usize = 1_000_000;

/// Prints the ratio at a million lines.
pub(crate) fn run() {
    let own = measure("crossread");
    let other = measure("nucleo");
    println!(
        "{:<28}{:>10}{:>10}{:>8}",
        "memory over the text (MB)", "crossread", "nucleo", "ratio"
    );
    println!(
        "{:<28}{own:>10.1}{other:>10.1}{:>8.3}",
        "1M lines",
        own / other
    );
}

fn measure(who: &str) -> f64 {
    let own = std::env::current_exe().expect("a running program has a path");
    let output = Command::new(own)
        .args(["memory", who, &LINES.to_string()])
        .output()
        .expect("the bench can start itself");
    String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .unwrap_or(f64::NAN)
}

/// Fills one engine, types every query, and prints the megabytes that it holds beyond the text.
pub(crate) fn child(who: &str, count: usize) {
    let lines = lines(count, 0);
    let text: usize = lines.iter().map(String::len).sum();
    let before = resident();
    let held = match who {
        "crossread" => own(&lines, before),
        _ => nucleo(&lines, before),
    };
    println!("{:.2}", (held - text as f64) / 1e6);
}

fn own(lines: &[String], before: f64) -> f64 {
    let mut filter = FuzzyFilter::default();
    lines.iter().for_each(|line| filter.push([line]));
    for query in speed::QUERIES {
        for end in 1..=query.len() {
            filter.rank(&FilterRequest::new(&Query::parse(&query[..end])).limit(128));
        }
    }
    resident() - before
}

fn nucleo(lines: &[String], before: f64) -> f64 {
    let mut nucleo = peer::filled(lines.iter().map(String::as_str));
    for query in speed::QUERIES {
        for end in 1..=query.len() {
            peer::ranked(&mut nucleo, &query[..end], end > 1, 128);
        }
    }
    resident() - before
}

/// Returns the memory of this process that is in use, in bytes.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) * 1024.0
}
