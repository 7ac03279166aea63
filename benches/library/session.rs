//! The program in a terminal, looked at from outside until it has read everything.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const SIZE: PtySize = PtySize {
    rows: 40,
    cols: 120,
    pixel_width: 0,
    pixel_height: 0,
};
/// How long it may take until all is read, and then until what was found out is kept.
const PATIENCE: Duration = Duration::from_secs(600);

/// What it took to open a library.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Opened {
    /// Seconds until the list is on the screen.
    pub(crate) listed: f64,
    /// Seconds until all reports are there.
    pub(crate) all: f64,
    /// Seconds of all cores until then.
    pub(crate) cpu: f64,
    /// The most memory, in MB.
    pub(crate) peak: f64,
    /// Reports that were read.
    pub(crate) reports: usize,
}

/// Opens `file`, which has so many reports, with `folder` as the only one that the program knows.
pub(crate) fn open(folder: &Path, file: &Path, count: usize) -> io::Result<Opened> {
    let pair = native_pty_system()
        .openpty(SIZE)
        .map_err(io::Error::other)?;
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_crossread"));
    command.args(["--theme", "dark"]);
    command.arg(file);
    command.env("TERM", "xterm-256color");
    for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        command.env(name, folder);
    }
    let start = Instant::now();
    let mut child = pair
        .slave
        .spawn_command(command)
        .map_err(io::Error::other)?;
    let pid = child.process_id().unwrap_or_default();
    let written = output(pair.master.try_clone_reader().map_err(io::Error::other)?);
    let mut keys = pair.master.take_writer().map_err(io::Error::other)?;
    let mut shown = vt100::Parser::new(
        SIZE.rows.try_into().expect("it has rows"),
        SIZE.cols.try_into().expect("it has columns"),
        0,
    );
    let mut opened = Opened::default();
    while let Ok(bytes) = written.recv_timeout(PATIENCE) {
        shown.process(&bytes);
        let title = shown.screen().rows(0, SIZE.cols).next().unwrap_or_default();
        let elapsed = start.elapsed().as_secs_f64();
        if let Some(reports) = reports(&title) {
            opened.reports = reports;
            if opened.listed == 0.0 {
                opened.listed = elapsed;
            }
            if reports >= count && !title.contains("reading") {
                opened.all = elapsed;
                opened.cpu = cpu(pid);
                break;
            }
        }
    }
    await_kept(folder);
    opened.peak = peak(pid);
    keys.write_all(b"q")?;
    child.wait()?;
    Ok(opened)
}

fn output(mut from: Box<dyn Read + Send>) -> Receiver<Vec<u8>> {
    let (send, written) = channel();
    thread::spawn(move || {
        let mut bytes = [0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut bytes) {
            if send.send(bytes[..length].to_vec()).is_err() {
                return;
            }
        }
    });
    written
}

/// Returns how many reports the title speaks of.
fn reports(title: &str) -> Option<usize> {
    let (before, _) = title.split_once(" report")?;
    let number = before.rsplit(' ').next()?.replace(',', "");
    number.parse().ok().filter(|&number| number > 0)
}

/// Waits until what was found out is kept for the next time.
fn await_kept(folder: &Path) {
    let deadline = Instant::now() + PATIENCE;
    let is_kept = || {
        let files = fs::read_dir(folder.join("crossread")).into_iter().flatten();
        let mut names = files.flatten().map(|file| file.path());
        names.any(|path| path.extension().is_some_and(|ending| ending == "cache"))
    };
    while !is_kept() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(10));
    }
}

/// Returns the CPU time of all its threads, in seconds.
fn cpu(pid: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

/// Returns the most memory that it has held, in MB.
fn peak(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    kib.and_then(|kib| kib.parse::<f64>().ok())
        .map_or(f64::NAN, |kib| kib * 1024.0 / 1e6)
}
