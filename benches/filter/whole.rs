//! The whole program against fzf: `crossread list FILE --filter WORDS` and `fzf --filter WORDS < FILE`, 100,000 headlines.
//!
//! fzf comes from Debian's package of that name; without it this part says so and is skipped.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{lines, speed};

const ROUNDS: usize = 3;

/// Prints the ratio of CPU times.
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
    match compare(&folder) {
        Ok((own, other)) => println!(
            "whole process (CPU s)       {own:>10.2}{other:>10.2}{:>8.3}   crossread list --filter, fzf --filter",
            own / other
        ),
        Err(error) => println!("whole process: {error}"),
    }
    fs::remove_dir_all(folder).ok();
}

fn compare(folder: &Path) -> io::Result<(f64, f64)> {
    fs::create_dir_all(folder)?;
    let (plain, rows) = (folder.join("headlines.txt"), folder.join("headlines.jsonl"));
    let lines = lines(100_000, 0);
    fs::write(&plain, lines.join("\n"))?;
    fs::write(
        &rows,
        lines.iter().map(|line| row(line)).collect::<String>(),
    )?;
    let (mut own, mut other) = (0.0, 0.0);
    for query in speed::QUERIES
        .into_iter()
        .cycle()
        .take(ROUNDS * speed::QUERIES.len())
    {
        let mut list = Command::new(env!("CARGO_BIN_EXE_crossread"));
        own += spent(list.arg("list").arg(&rows).args(["--filter", query]))?;
        other += spent(
            Command::new("fzf")
                .args(["--filter", query])
                .stdin(File::open(&plain)?),
        )?;
    }
    Ok((own, other))
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
    let before = children();
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    Ok(children() - before)
}

/// Returns the CPU time of all processes that were started and have ended, in seconds.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat
        .rsplit_once(')')
        .map_or("", |(_, fields)| fields)
        .split_whitespace();
    let ticks: f64 = fields
        .skip(13)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}
