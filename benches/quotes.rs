//! Speed of the quotation engine: `cargo bench --bench quotes [-- FILE]`.
//!
//! Prints MB/s over a text joined to 100 MB, beside `wc -w` on the same bytes as the yardstick of the machine. FILE is plain
//! text, a paragraph a line; without it the two bundled reports are repeated.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use crossread::annotate::quote;
use crossread::text::Span;

const BYTES: usize = 100_000_000;
const ROUNDS: usize = 3;

fn main() {
    let named = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    let seed = named.map_or_else(bundled, |path| {
        std::fs::read_to_string(path).expect("a text to read")
    });
    let text = seed.repeat(BYTES.div_ceil(seed.len().max(1)));
    let reports = reports(&text, seed.len());
    show("spans and speakers", &text, || {
        reports
            .iter()
            .map(|(report, lines)| quote::find_quotes(report, lines).quotes.len())
            .sum()
    });
    show("wc -w", &text, || words(&text));
}

fn bundled() -> String {
    [
        include_str!("../assets/articles/000_2a1d74c9607f2477.txt"),
        include_str!("../assets/articles/003_6e31551ea6b11acf.txt"),
    ]
    .join("\n\n")
        + "\n\n"
}

/// Cuts the text into reports of about the size of the seed, at line ends, each with its paragraphs.
fn reports(text: &str, size: usize) -> Vec<(&str, Vec<Span>)> {
    let size = size.clamp(2_000, 8_000);
    let mut reports = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let from = rest.floor_char_boundary(size.min(rest.len()));
        let end = rest[from..]
            .find('\n')
            .map_or(rest.len(), |line| from + line + 1);
        let (report, after) = rest.split_at(end);
        reports.push((report, lines(report)));
        rest = after;
    }
    reports
}

fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let spans = text.split('\n').map(|line| {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        span
    });
    spans.collect()
}

/// Runs `work` a few times and prints the best rate.
fn show(what: &str, text: &str, mut work: impl FnMut() -> usize) {
    let mut best = f64::INFINITY;
    let mut count = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        count = work();
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!(
        "{what:<20} {:>8.1} MB/s  ({count} found)",
        text.len() as f64 / best / 1e6
    );
}

/// Counts the words with the system's `wc`, or not at all where there is none.
fn words(text: &str) -> usize {
    let mut wc = match Command::new("wc")
        .arg("-w")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    {
        Ok(wc) => wc,
        Err(_) => return 0,
    };
    let written = wc
        .stdin
        .take()
        .map(|mut stdin| stdin.write_all(text.as_bytes()));
    let output = wc.wait_with_output();
    match (written, output) {
        (Some(Ok(())), Ok(output)) => String::from_utf8_lossy(&output.stdout)
            .trim()
            .parse()
            .unwrap_or(0),
        _ => 0,
    }
}
