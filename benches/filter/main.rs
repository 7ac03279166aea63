//! The filter against its peers, in one run, in turns: `cargo bench --bench filter [-- PART ...]`.
//!
//! Parts: `speed` and `memory` against nucleo 0.5, `score` against fuzzy-matcher,
//! `quality` (known items) against nucleo, `body` by itself,
//! `whole` the program against fzf. Time is CPU time of all
//! threads, so that a peer with more threads gains nothing; a ratio below 1 is in our favour. Lines come from the built-in
//! generator, or from the file named by CROSSREAD_BENCH_HEADLINES, one a line;
//! reports likewise from CROSSREAD_BENCH_REPORTS.

mod body;
mod corpus;
mod memory;
mod peer;
mod quality;
mod score;
mod speed;
mod whole;

fn main() {
    let parts: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    if let [part, who, count] = parts.as_slice()
        && part == "memory"
        && let Ok(count) = count.parse()
    {
        return memory::child(who, count);
    }
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|asked| asked == part);
    if wanted("speed") {
        speed::run();
    }
    if wanted("memory") {
        memory::run();
    }
    if wanted("score") {
        score::run();
    }
    if wanted("body") {
        body::run();
    }
    if wanted("whole") {
        whole::run();
    }
    if wanted("quality") {
        quality::run();
    }
}

/// Returns `count` lines of at least `length` bytes; those of the named file, over and over, if there is one.
fn lines(count: usize, length: usize) -> Vec<String> {
    let Ok(path) = std::env::var("CROSSREAD_BENCH_HEADLINES") else {
        return corpus::headlines(count, length);
    };
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let lines: Vec<&str> = text.lines().collect();
    let mut line = 0;
    (0..count)
        .map(|_| {
            let mut long = String::new();
            while long.len() < length.max(1) {
                long.push_str(lines[line % lines.len()]);
                line += 1;
            }
            long
        })
        .collect()
}

/// Returns the CPU time that all threads have used, in seconds.
fn cpu() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
