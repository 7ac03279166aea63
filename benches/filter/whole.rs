//! The whole program against fzf: `crossread list FILE --filter WORDS` and `fzf --filter WORDS < FILE`, 100,000 headlines.
//!
//! Each query is asked of both in turns, and the printed times are medians: of one query, and of all eight. fzf reads plain
//! lines and prints them as they are; crossread reads rows of JSON, and counts the words and quotations of every report that
//! it prints. fzf comes from Debian's package of that name; without it this part says so and is skipped.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

use crate::{lines, speed};

const ROUNDS: usize = 7;

/// Prints the ratios of CPU times.
pub(crate) fn run() {
    if Command::new("fzf")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_err()
    {
        return println!("whole process: no fzf here (apt-get install fzf)");
    }
    let folder = std::env::temp_dir().join(format!("crossread-bench-{}", std::process::id()));
    if let Err(error) = compare(&folder) {
        println!("whole process: {error}");
    }
    fs::remove_dir_all(folder).ok();
}

fn compare(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let (plain, rows) = (folder.join("headlines.txt"), folder.join("headlines.jsonl"));
    let lines = lines(100_000, 0);
    fs::write(&plain, lines.join("\n"))?;
    fs::write(
        &rows,
        lines.iter().map(|line| row(line)).collect::<String>(),
    )?;
    println!(
        "{:<28}{:>10}{:>10}{:>8}   crossread list --filter, fzf --filter",
        "whole process (CPU ms)", "crossread", "fzf", "ratio"
    );
    let mut sums = (0.0, 0.0);
    for query in speed::QUERIES {
        let (own, other) = both(query, &rows, &plain)?;
        print(query, own, other);
        sums = (sums.0 + own, sums.1 + other);
    }
    print("all eight", sums.0, sums.1);
    Ok(())
}

fn print(query: &str, own: f64, other: f64) {
    println!("  {query:<26}{own:>10.1}{other:>10.1}{:>8.3}", own / other);
}

/// Returns what either program needs for `query`, in milliseconds, asked in turns.
fn both(query: &str, rows: &Path, plain: &Path) -> io::Result<(f64, f64)> {
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mut list = Command::new(env!("CARGO_BIN_EXE_crossread"));
        own.push(spent(list.arg("list").arg(rows).args(["--filter", query]))?);
        let mut filter = Command::new("fzf");
        other.push(spent(
            filter.args(["--filter", query]).stdin(File::open(plain)?),
        )?);
    }
    Ok((median(own), median(other)))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Returns a line `headline | outlet` as a row of JSON; the corpus has no sign that JSON escapes but quotation marks.
fn row(line: &str) -> String {
    let (headline, outlet) = line.rsplit_once(" | ").unwrap_or((line, ""));
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    format!(
        "{{\"title\": \"{}\", \"source\": \"{}\", \"text\": \"Talks go on.\"}}\n",
        quoted(headline),
        quoted(outlet)
    )
}

fn spent(command: &mut Command) -> io::Result<f64> {
    let before = children()?;
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    Ok(children()? - before)
}

/// Returns the CPU time of all processes that were started and have ended, in milliseconds; the kernel counts it to the
/// microsecond.
fn children() -> io::Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let time = usage.user_time() + usage.system_time();
    Ok(time.num_microseconds() as f64 / 1e3)
}
