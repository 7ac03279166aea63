//! How long it takes until everything is on the screen: crossread on the bundled reports with their comparison, `less` on a file
//! that holds both. `cargo bench --bench start`.
//!
//! Both are started in turns in a pseudo terminal of 120 columns and 40 rows, and timed from before they are started to the last byte
//! that they write. The settings of whoever runs it are left out, and so is the question for the terminal's background.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const ROUNDS: usize = 100;
/// After so long without a byte nothing more is expected.
const QUIET: Duration = Duration::from_millis(60);

fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let text = folder.path().join("both.txt");
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/articles");
    let mut both = Vec::new();
    for article in std::fs::read_dir(articles)? {
        both.extend(std::fs::read(article?.path())?);
    }
    std::fs::write(&text, both)?;

    let mut ours = CommandBuilder::new(env!("CARGO_BIN_EXE_crossread"));
    ours.args(["--no-config", "--theme", "dark"]);
    for folder_of in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        ours.env(folder_of, folder.path());
    }
    let mut less = CommandBuilder::new("less");
    less.arg(&text);

    let mut programs = [("crossread", ours, Vec::new()), ("less", less, Vec::new())];
    for _ in 0..ROUNDS {
        for (_, command, times) in &mut programs {
            command.env("TERM", "xterm-256color");
            times.push(start(command.clone())?);
        }
    }
    let [ours, less] = programs.map(|(name, _, mut times)| {
        times.sort();
        let median = times[times.len() / 2];
        println!(
            "{name:<10} {:>6.2} ms, the fastest {:.2} ms",
            milliseconds(median),
            milliseconds(times[0])
        );
        median
    });
    println!(
        "start: {:.2} times less",
        ours.as_secs_f64() / less.as_secs_f64()
    );
    Ok(())
}

/// Returns the time to the last byte.
fn start(command: CommandBuilder) -> anyhow::Result<Duration> {
    let pty = native_pty_system().openpty(PtySize {
        rows: 40,
        cols: 120,
        ..PtySize::default()
    })?;
    let written = moments(pty.master.try_clone_reader()?);
    let mut keys = pty.master.take_writer()?;
    let began = Instant::now();
    let mut child = pty.slave.spawn_command(command)?;
    let mut last = written.recv()?;
    while let Ok(later) = written.recv_timeout(QUIET) {
        last = later;
    }
    keys.write_all(b"q")?;
    child.wait()?;
    Ok(last - began)
}

/// Returns the moments at which something is read, until nothing more can be.
fn moments(mut from: Box<dyn std::io::Read + Send>) -> Receiver<Instant> {
    let (moments, read) = channel();
    thread::spawn(move || {
        let mut bytes = vec![0; 1 << 16];
        while from.read(&mut bytes).is_ok_and(|count| count > 0) {
            if moments.send(Instant::now()).is_err() {
                return;
            }
        }
    });
    read
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
