//! The quotations of a large library: `"` and keys typed into it.

use std::io;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::session::{Session, quotations, reports};

/// Keys that are typed one after the other, each when the one before was answered; every one but the blank leaves fewer quotations.
const TYPED: [&str; 6] = ["t", "h", "e", " ", "s", "a"];
/// The words of these keys, for the peers.
const WORDS: &str = "the sa";

/// Time without a new frame after which counts are taken to stay the same.
const UNCHANGED: Duration = Duration::from_secs(3);

/// Opens the quotations of `file`, which has `count` reports, and prints what that took.
pub(crate) fn measure(folder: &Path, file: &Path, count: usize, name: &str) -> io::Result<()> {
    let text = std::fs::metadata(file)?.len() as f64 / 1e6;
    let mut session = Session::open(folder, file)?;
    let all_read = |rows: &[String]| {
        reports(rows).is_some_and(|found| found >= count) && !rows[0].contains("reading")
    };
    let read = session.wait(all_read);
    let opened = Instant::now();
    session.press("\"")?;
    let first = session.wait(|rows| quotations(rows).is_some_and(|(shown, ..)| shown > 0));
    let mut slowest = 0.0_f64;
    if name == "first" {
        // Typed while most of the quotations are still to come.
        for key in ["s", "\x7f", "o", "\x7f"] {
            slowest = slowest.max(answered(&mut session, key)?);
        }
    }
    session.wait(|rows| quotations(rows).is_some_and(|(.., is_all)| is_all));
    let all = opened.elapsed().as_secs_f64();
    let kept = session.await_kept("quotes");
    let [now, most] = session.memory();
    let cpu = session.cpu();
    let mut keys = Vec::new();
    for key in TYPED {
        keys.push(answered(&mut session, key)? * 1000.0);
    }
    let keys: Vec<String> = keys.iter().map(|ms| format!("{ms:.0}")).collect();
    println!(
        "{name:<6} read {read:.2} s, first answer {first:.2} s, a key meanwhile {slowest:.2} s, all {all:.2} s, CPU {cpu:.1} s, \
         memory {now:.0} MB ({:.2} x text, most {most:.0}), kept {kept:.0} MB ({:.0} %), keys {} ms",
        now / text,
        kept / text * 100.0,
        keys.join(" ")
    );
    if let Some((peer, seconds)) = peer(file) {
        println!(
            "       {peer} takes {:.0} ms over the same file",
            seconds * 1000.0
        );
    }
    session.quit()
}

/// Returns the seconds in which ripgrep, or grep where there is none, counts the lines with the words, the better of two times.
fn peer(file: &Path) -> Option<(&'static str, f64)> {
    ["rg", "grep"].into_iter().find_map(|name| {
        let count = || {
            let start = Instant::now();
            let mut command = Command::new(name);
            // Its answer is taken, for grep stops at the first line where nobody reads it.
            command.args(["-ciF", WORDS]).arg(file).output().ok()?;
            Some(start.elapsed().as_secs_f64())
        };
        Some((name, count()?.min(count()?)))
    })
}

/// Types a key and waits for its answer, other counts; returns the seconds that it took.
///
/// While quotations are gathered other counts may come of those; then the answer itself may bring none.
fn answered(session: &mut Session, key: &str) -> io::Result<f64> {
    let shown = |rows: &[String]| quotations(rows).map(|(shown, ..)| shown);
    let before = shown(&session.rows());
    session.press(key)?;
    // A blank changes nothing.
    Ok(match key {
        " " => 0.0,
        _ => session
            .wait_at_most(UNCHANGED, |rows| shown(rows) != before)
            .unwrap_or_default(),
    })
}
