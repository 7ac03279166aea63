//! Measures the time of a comparison, as a ratio against `git diff --no-index --word-diff=porcelain` on the same two texts.
//!
//! `cargo bench --bench compare` makes two reports of 1,000 words that share half of their sentences in another order, compares them,
//! and does the same with 20,000 and 300,000 words (2.2 MB). CollateX is timed too where `python3 -c "import collatex"` works
//! (`pip install collatex`). Annotating is measured apart: the program does it once per report. The best of several runs counts; the
//! time on the processor is that of all threads.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crossread::annotate::Annotator;
use crossread::annotate::term::Lexicon;
use crossread::compare::{Document, Sides, compare};
use crossread::ingest::article_from_text;

/// Words of each report, and how often the two are compared.
const REPORTS: [(usize, u32); 3] = [(1_000, 20), (20_000, 20), (300_000, 4)];

fn main() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    for (words, times) in REPORTS {
        let texts = Sides::new(report(words, 7), report(words, 11));
        let files = Sides::new(folder.path().join("a.txt"), folder.path().join("b.txt"));
        std::fs::write(&files.left, &texts.left)?;
        std::fs::write(&files.right, &texts.right)?;
        let (ours, cpu) = ours(&texts, times);
        println!(
            "{words} words: compare {:.2} ms, {:.2} ms on the processor",
            milliseconds(ours),
            milliseconds(cpu)
        );
        against(
            "git diff --no-index --word-diff=porcelain",
            ours,
            git(&files.left, &files.right, times),
        );
        if words == 1_000 {
            against("CollateX", ours, collatex(&files.left, &files.right));
        }
    }
    Ok(())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn against(name: &str, ours: Duration, theirs: Option<Duration>) {
    match theirs {
        Some(theirs) => println!(
            "  {name} {:.2} ms: {:.2} times ours",
            milliseconds(theirs),
            theirs.as_secs_f64() / ours.as_secs_f64()
        ),
        None => println!("  {name}: not installed"),
    }
}

/// Returns the time of one comparison of annotated reports, and the least time on the processor.
fn ours(texts: &Sides<String>, times: u32) -> (Duration, Duration) {
    let annotator = Annotator::new(Lexicon::bundled());
    let articles = texts
        .as_ref()
        .map(|text| article_from_text("bench.txt", text));
    let marks = articles.as_ref().map(|article| annotator.annotate(article));
    let once = || {
        compare(Sides::new(
            Document::new(&articles.left, &marks.left, annotator.lexicon()),
            Document::new(&articles.right, &marks.right, annotator.lexicon()),
        ))
    };
    once();
    let timed = (0..times).map(|_| {
        let (start, before) = (Instant::now(), cpu());
        std::hint::black_box(once());
        (start.elapsed(), cpu().saturating_sub(before))
    });
    let (ours, cpu): (Vec<_>, Vec<_>) = timed.unzip();
    let least = |times: Vec<Duration>| best(times.into_iter()).unwrap_or_default();
    (least(ours), least(cpu))
}

fn cpu() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default())
}

fn best(times: impl Iterator<Item = Duration>) -> Option<Duration> {
    times.min()
}

fn git(left: &Path, right: &Path, times: u32) -> Option<Duration> {
    let program = || {
        let mut git = Command::new("git");
        git.args(["diff", "--no-index", "--word-diff=porcelain"])
            .arg(left)
            .arg(right);
        git
    };
    timed(program, times)
}

fn collatex(left: &Path, right: &Path) -> Option<Duration> {
    const SCRIPT: &str = "import sys\nfrom collatex import Collation, collate\nc = Collation()\n\
        for n in sys.argv[1:]: c.add_plain_witness(n, open(n).read())\ncollate(c)";
    let mut probe = Command::new("python3");
    let probe = probe.args(["-c", "import collatex"]).stderr(Stdio::null());
    if !probe.status().ok()?.success() {
        return None;
    }
    let start = Instant::now();
    let mut python = Command::new("python3");
    python
        .args(["-c", SCRIPT])
        .arg(left)
        .arg(right)
        .output()
        .ok()?;
    Some(start.elapsed())
}

/// Returns the time of the fastest of several runs of a program.
fn timed(command: impl Fn() -> Command, times: u32) -> Option<Duration> {
    best((0..times.div_ceil(4)).filter_map(|_| {
        let start = Instant::now();
        command()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .ok()?;
        Some(start.elapsed())
    }))
}

/// Writes a report of about `words` words: sentences about numbered matters in an order that `salt` tells, half of them told by every report.
fn report(words: usize, salt: usize) -> String {
    let sentences = words / 20;
    let mut text = String::new();
    for at in 0..sentences {
        let number = (at * salt) % sentences;
        let own = number + (number % 2) * salt * 10_000;
        let [who, what, why, how, place] = [1, 2, 3, 4, 5].map(|part| word(own * 7 + part * 131));
        let verb = ["raised", "dropped", "discussed", "rejected"][own % 4];
        let _ = write!(
            text,
            "Minister {who} {verb} the {what} plan in {place} on Monday, “and we will go on with {why} until {how} is done,” {who} said. "
        );
        text.push_str(if at % 3 == 2 { "\n\n" } else { "" });
    }
    text
}

/// Returns a word made of syllables, spread so that near numbers give other words.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "bar", "con", "del", "for", "gal", "hol", "kin", "mor", "ros", "tal", "ven", "wic", "sur",
        "pel", "nad", "lim",
    ];
    let mut rest = number.wrapping_mul(2_654_435_761) >> 7;
    let mut word = String::new();
    for _ in 0..3 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}
