//! What one key and its frame cost, in a library of 2, 1,000 and 100,000 reports and in a report of 2 KB and of 20 MB.
//!
//! `cargo bench --bench frames` drives the real application, worker and views, without a terminal and in one thread: a key goes
//! in, and a frame of 120 x 40 is drawn. The time is the median of many keys; the ratio, of the largest to the smallest, tells
//! whether a frame costs what is visible. What comes before (reading, annotating, comparing) is not counted.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crossread::ingest::article_from_text;
use crossread::library::LibraryEntry;
use crossread::tui::event::Event;
use crossread::tui::key;
use stage::Stage;

#[path = "../tests/tui/stage.rs"]
#[expect(dead_code, reason = "the tests of the interface need more of it")]
mod stage;

const LIBRARIES: [usize; 3] = [2, 1_000, 100_000];
const TEXTS: [usize; 2] = [2_000, 20_000_000];
/// A comparison is of two such texts; of longer ones the comparing itself would take minutes.
const COMPARED: [usize; 2] = [2_000, 2_000_000];
/// Keys whose frames are timed.
const KEYS: usize = 200;

fn main() {
    println!("in a library of     {}", columns(&LIBRARIES, ""));
    let library = |count: usize| (0..count).map(|number| report(number, 600));
    let libraries = LIBRARIES.map(|count| library(count).collect::<Vec<LibraryEntry>>());
    for (name, before, keys) in [
        ("list", "k", "j"),
        ("list, by pages", "k", "PageDown PageUp"),
        ("list, filtered", "/ s t e e l Enter", "j"),
        ("reader", "Enter", "j k"),
        ("compare", "g g m m c", "j k"),
        ("quotes", "\" Tab", "j"),
    ] {
        let libraries = libraries.each_ref();
        row(
            name,
            libraries.map(|library| timed(library.clone(), before, keys)),
        );
    }
    println!(
        "in texts of         {}",
        columns(&TEXTS.map(|bytes| bytes / 1_000), " KB")
    );
    for (name, keys) in [
        ("reader", "j"),
        ("reader, by pages", "PageDown"),
        ("reader, marks", "] q"),
    ] {
        let text = |bytes| vec![report(0, bytes)];
        row(name, TEXTS.map(|bytes| timed(text(bytes), "Enter", keys)));
    }
    println!(
        "in two texts of     {}",
        columns(&COMPARED.map(|bytes| bytes / 1_000), " KB")
    );
    for (name, keys) in [("compare", "j"), ("compare, marks", "] c")] {
        let texts = |bytes| vec![report(0, bytes), report(1, bytes)];
        row(name, COMPARED.map(|bytes| timed(texts(bytes), "c", keys)));
    }
}

fn columns(sizes: &[usize], unit: &str) -> String {
    let column = |size: &usize| format!("{:>13}", format!("{size}{unit}"));
    sizes.iter().map(column).collect::<String>() + "   last/first"
}

fn row<const N: usize>(name: &str, times: [Duration; N]) {
    let mut line = format!("  {name:<18}");
    for time in times {
        let _ = write!(line, "{:>10.0} us", time.as_secs_f64() * 1e6);
    }
    let ratio = times[N - 1].as_secs_f64() / times[0].as_secs_f64();
    println!("{line}{ratio:>13.2}");
}

/// Returns a report of about `bytes`: each fourth paragraph holds a quotation, and no two paragraphs are alike.
fn report(number: usize, bytes: usize) -> LibraryEntry {
    let (day, month) = (number % 28 + 1, number / 28 % 12 + 1);
    let mut text = format!(
        "Date: 2025-{month:02}-{day:02}\nOutlet: The Gazette\n\nSteel duties, part {number}\n\n"
    );
    let mut paragraph = 0;
    while text.len() < bytes {
        let _ = match paragraph % 4 {
            1 => write!(
                text,
                "\"We will answer duty {paragraph} of {number} in kind,\" the minister said on Monday.\n\n"
            ),
            _ => write!(
                text,
                "Paragraph {paragraph} of report {number} tells how mills in town {} lost orders for {} tonnes of steel \
                 after the tariffs, and what their owners asked of the government.\n\n",
                paragraph * 7 % 1_009,
                paragraph * 31 % 9_973
            ),
        };
        paragraph += 1;
    }
    LibraryEntry::new(article_from_text("report.txt", &text))
}

/// Returns the median time of one of `keys`, pressed in turns after `before`, with its frame.
fn timed(reports: Vec<LibraryEntry>, before: &str, keys: &str) -> Duration {
    let mut stage = Stage::empty(120, 40).with(reports).keys(before);
    stage.draw();
    let keys = key::parse_keys(keys).expect("keys as in keys.toml");
    let mut times: Vec<Duration> = (0..KEYS)
        .map(|_| {
            let start = Instant::now();
            for &key in &keys {
                stage.app.update(Event::Key(key));
                draw(&mut stage);
            }
            start.elapsed() / keys.len() as u32
        })
        .collect();
    times.sort_unstable();
    times[KEYS / 2]
}

/// Draws as the program does; `Stage::draw` would copy the whole frame too.
fn draw(stage: &mut Stage) {
    let app = &stage.app;
    let drawn = stage.terminal.draw(|frame| app.draw(frame));
    drawn.expect("never fails");
}
