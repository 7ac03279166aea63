//! The program in a terminal, looked at from outside.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const SIZE: PtySize = PtySize {
    rows: 40,
    cols: 120,
    pixel_width: 0,
    pixel_height: 0,
};
/// Lines below the title in which the counts stand.
const HEAD: usize = 3;
/// How long it may take until all is read, and then until what was found out is kept.
const PATIENCE: Duration = Duration::from_secs(600);

/// The program, opened on a file.
pub(crate) struct Session {
    child: Box<dyn Child + Send + Sync>,
    pid: u32,
    written: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    shown: vt100::Parser,
    start: Instant,
    /// The folder with all that the program keeps.
    folder: PathBuf,
    /// Held so that the terminal stays.
    _master: Box<dyn MasterPty + Send>,
}

impl Session {
    /// Opens `file`, with `folder` as the only one that the program knows.
    pub(crate) fn open(folder: &Path, file: &Path) -> io::Result<Self> {
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
        let child = pair
            .slave
            .spawn_command(command)
            .map_err(io::Error::other)?;
        Ok(Self {
            pid: child.process_id().unwrap_or_default(),
            child,
            written: output(pair.master.try_clone_reader().map_err(io::Error::other)?),
            keys: pair.master.take_writer().map_err(io::Error::other)?,
            shown: vt100::Parser::new(
                SIZE.rows.try_into().expect("it has rows"),
                SIZE.cols.try_into().expect("it has columns"),
                0,
            ),
            start,
            folder: folder.to_owned(),
            _master: pair.master,
        })
    }

    /// Waits until the screen is as `fits` wants it; returns the seconds since the last key, or since the start.
    pub(crate) fn wait(&mut self, fits: impl Fn(&[String]) -> bool) -> f64 {
        let seconds = self.wait_at_most(PATIENCE, fits);
        seconds.unwrap_or_else(|| panic!("never seen\n{}", self.rows().join("\n")))
    }

    /// The same; `None` if nothing is drawn for so long.
    pub(crate) fn wait_at_most(
        &mut self,
        most: Duration,
        fits: impl Fn(&[String]) -> bool,
    ) -> Option<f64> {
        while !fits(&self.rows()) {
            let bytes = self.written.recv_timeout(most).ok()?;
            self.shown.process(&bytes);
        }
        Some(self.start.elapsed().as_secs_f64())
    }

    /// Returns the rows of the screen.
    pub(crate) fn rows(&self) -> Vec<String> {
        self.shown.screen().rows(0, SIZE.cols).collect()
    }

    /// Types `keys`; from here on time is counted.
    pub(crate) fn press(&mut self, keys: &str) -> io::Result<()> {
        self.start = Instant::now();
        self.keys.write_all(keys.as_bytes())?;
        self.keys.flush()
    }

    /// Returns the CPU time of all its threads, in seconds.
    pub(crate) fn cpu(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid)).unwrap_or_default();
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
        let ticks = fields.split_whitespace().skip(11).take(2);
        ticks
            .filter_map(|ticks| ticks.parse::<f64>().ok())
            .sum::<f64>()
            / 100.0
    }

    /// Returns the memory that it holds now and the most that it has held, in MB.
    pub(crate) fn memory(&self) -> [f64; 2] {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid)).unwrap_or_default();
        ["VmRSS:", "VmHWM:"].map(|name| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kib = line.and_then(|line| line.split_whitespace().next());
            kib.and_then(|kib| kib.parse::<f64>().ok())
                .map_or(f64::NAN, |kib| kib * 1024.0 / 1e6)
        })
    }

    /// Waits until a file with this ending is kept for the next time; returns the bytes of all kept files in MB.
    pub(crate) fn await_kept(&self, ending: &str) -> f64 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let files = fs::read_dir(self.folder.join("crossread"));
            let files: Vec<_> = files.into_iter().flatten().flatten().collect();
            let is_kept =
                |file: &fs::DirEntry| file.path().extension().is_some_and(|found| found == ending);
            if files.iter().any(is_kept) || Instant::now() > deadline {
                let lengths = files.iter().filter_map(|file| file.metadata().ok());
                return lengths.map(|facts| facts.len()).sum::<u64>() as f64 / 1e6;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends it, whatever is typed: what it keeps for the next time is kept by then.
    pub(crate) fn quit(mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }
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
pub(crate) fn reports(rows: &[String]) -> Option<usize> {
    let (before, _) = rows.first()?.split_once(" report")?;
    number(before.rsplit(' ').next()?)
}

/// Returns how many quotations of how many the line of what is typed speaks of, and whether that is all.
pub(crate) fn quotations(rows: &[String]) -> Option<(usize, usize, bool)> {
    rows.iter().skip(1).take(HEAD).find_map(|line| {
        let (before, after) = line.split_once(" of ")?;
        let shown = number(before.rsplit(' ').next()?)?;
        let total = number(after.split(' ').next()?)?;
        let is_all = !after.contains("so far") && !after.contains("still grouping");
        Some((shown, total, is_all))
    })
}

fn number(words: &str) -> Option<usize> {
    words.replace(',', "").parse().ok()
}
