//! What the reader did is in the state file soon after, so that whatever ends the program loses none of it.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use portable_pty::CommandBuilder;
use rustix::process::Signal;
use tempfile::TempDir;

use super::{PATIENCE, Terminal, at_home, crossread, home, opened};

fn state_file(home: &TempDir) -> PathBuf {
    home.path().join(".local/state/crossread/state.json")
}

fn written(home: &TempDir) -> serde_json::Value {
    let text = fs::read(state_file(home)).unwrap_or_default();
    match text.is_empty() {
        true => serde_json::Value::Null,
        false => serde_json::from_slice(&text).expect("the file is whole at any moment"),
    }
}

/// Returns how many reports have a mark in the file.
fn marked(home: &TempDir, mark: &str) -> usize {
    let written = written(home);
    let reports = written["reports"].as_object().into_iter().flatten();
    reports.filter(|(_, marks)| marks[mark] == true).count()
}

/// Waits until so many reports have a mark in the file.
fn await_marked(home: &TempDir, mark: &str, count: usize) {
    let deadline = Instant::now() + PATIENCE;
    while marked(home, mark) != count {
        assert!(Instant::now() < deadline, "never saved: {mark} {count}");
        thread::yield_now();
    }
}

fn kill(mut terminal: Terminal) {
    terminal.signal(Signal::KILL);
    terminal.ends();
}

#[test]
fn a_star_is_there_after_a_kill_that_nobody_can_catch() {
    let home = home();
    let mut terminal = opened(&home);
    terminal.press("*");
    terminal.shows("★");
    await_marked(&home, "starred", 1);
    kill(terminal);
    let mut terminal = opened(&home);
    terminal.shows("★");
}

#[test]
fn a_kill_at_any_moment_leaves_a_whole_file_with_all_that_was_in_it() {
    let home = home();
    let mut terminal = opened(&home);
    terminal.press("*");
    await_marked(&home, "starred", 1);
    kill(terminal);
    // Each time another number of changes is under way; the star is of none of them.
    for presses in 0..8 {
        let mut terminal = opened(&home);
        terminal.shows("★");
        assert!(!terminal.shown.screen().contents().contains("damaged"));
        for press in 0..=presses {
            terminal.press(if press % 2 == 0 { "jU" } else { "\rk" });
        }
        if presses % 2 == 0 {
            let before = fs::metadata(state_file(&home)).expect("a file");
            let time = |facts: &fs::Metadata| facts.modified().expect("a time");
            let is_newer = || {
                let now = fs::metadata(state_file(&home)).expect("a file is always there");
                time(&now) != time(&before)
            };
            let deadline = Instant::now() + PATIENCE;
            while !is_newer() && Instant::now() < deadline {
                thread::yield_now();
            }
        }
        kill(terminal);
        assert_eq!(marked(&home, "starred"), 1);
    }
    let files = fs::read_dir(home.path().join(".local/state/crossread"));
    let names = files
        .expect("the folder")
        .map(|file| file.expect("a file").file_name());
    let aside = names.filter(|name| name.to_string_lossy().contains("damaged"));
    assert_eq!(aside.count(), 0);
}

#[test]
fn two_instances_at_once_keep_each_others_marks() {
    let home = home();
    let (mut one, mut other) = (opened(&home), opened(&home));
    one.press("*");
    other.press("jU");
    await_marked(&home, "starred", 1);
    await_marked(&home, "read", 1);
    kill(one);
    kill(other);
    let mut terminal = opened(&home);
    terminal.shows("★");
}

/// Starts the program by a shell that sees to its surroundings first.
fn opened_after(home: &TempDir, shell: &str) -> Terminal {
    let mut command = CommandBuilder::new("sh");
    at_home(&mut command, home);
    let program = env!("CARGO_BIN_EXE_crossread");
    command.args(["-c", &format!("{shell}; exec '{program}' --theme dark")]);
    let mut terminal = Terminal::start(command, 120, 36);
    terminal.is_open();
    terminal
}

/// A disk without room, for this one program: it may write no byte to a file until the limit is taken away.
#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_it_is_said_and_saved_as_soon_as_there_is_room() {
    use rustix::process::{Resource, Rlimit, prlimit};
    let home = home();
    let mut terminal = opened_after(&home, "trap '' XFSZ; ulimit -S -f 0");
    terminal.press("*");
    terminal.shows("marks and places are not saved in");
    terminal.shows("★");
    let no_limit = Rlimit {
        current: None,
        maximum: None,
    };
    prlimit(Some(terminal.pid()), Resource::Fsize, no_limit).expect("a limit is taken away");
    await_marked(&home, "starred", 1);
    terminal.shows("marks and places are saved again");
    kill(terminal);
    let mut terminal = opened(&home);
    terminal.shows("★");
}

#[test]
fn in_a_folder_that_cannot_be_written_it_is_said_now_and_at_the_end() {
    let home = home();
    // Not by its mode, which does not hold for everybody.
    fs::create_dir_all(home.path().join(".local/state")).expect("a folder");
    fs::write(home.path().join(".local/state/crossread"), "").expect("a file");
    let mut terminal = Terminal::start(crossread(&home), 120, 36);
    terminal.is_open();
    terminal.press("*");
    terminal.shows("are not saved in");
    terminal.shows("★");
    terminal.press("q");
    terminal.ends();
    terminal.is_given_back();
    terminal.shows("are not saved in");
}
