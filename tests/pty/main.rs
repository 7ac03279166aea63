//! The program in a terminal of its own: it draws, and the terminal comes back however it ends.
//!
//! Nothing here sleeps: each step waits until the terminal shows what it must, and fails when it never does.

mod saving;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crossread::tui::terminal::Screen;
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtyPair, PtySize};
use portable_pty::{SlavePty, native_pty_system};
use ratatui::layout::Rect;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use tempfile::TempDir;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// Words of the first bundled report that stand on one line wherever they are shown.
const HEADLINE: &str = "Prime Minister Mark Carney says";

/// A program in a terminal.
struct Terminal {
    /// `None` once a test has taken it to see how it ends without its terminal.
    child: Option<Box<dyn Child + Send + Sync>>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    written: Receiver<Vec<u8>>,
    shown: vt100::Parser,
    /// How the terminal was set before; it must be so again.
    before: String,
    /// Held so that the terminal outlives the program.
    _slave: Box<dyn SlavePty + Send>,
}

fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("no terminal is without cells")
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        ..PtySize::default()
    }
}

impl Terminal {
    /// Starts `command` in a terminal of this size.
    fn start(mut command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let PtyPair { master, slave } = native_pty_system()
            .openpty(size(columns, rows))
            .expect("a pseudo-terminal");
        command.env("TERM", "xterm-256color");
        let before = settings(&*master);
        let child = slave.spawn_command(command).expect("the program starts");
        let mut output = master.try_clone_reader().expect("a reader");
        let (send, written) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = output.read(&mut bytes) {
                if send.send(bytes[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self {
            keys: master.take_writer().expect("a writer"),
            shown: vt100::Parser::new(cells(rows), cells(columns), 0),
            child: Some(child),
            master,
            written,
            before,
            _slave: slave,
        }
    }

    /// Waits until the terminal is as `fits` wants it.
    fn wait(&mut self, what: &str, fits: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !fits(self.shown.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.written.recv_timeout(left) {
                Ok(bytes) => self.shown.process(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("never seen: {what}\n{}", self.shown.screen().contents())
                }
            }
        }
    }

    /// Waits until these words are shown.
    fn shows(&mut self, words: &str) {
        self.wait(words, |screen| screen.contents().contains(words));
    }

    /// Waits until the interface has drawn its first frame.
    fn is_open(&mut self) {
        self.wait("the interface", |screen| {
            screen.alternate_screen() && screen.contents().contains(HEADLINE)
        });
        assert_ne!(settings(&*self.master), self.before, "keys come raw");
    }

    fn press(&mut self, keys: &str) {
        self.keys
            .write_all(keys.as_bytes())
            .expect("keys are taken");
        self.keys.flush().expect("keys are taken");
    }

    fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("the program is there");
    }

    fn pid(&self) -> Pid {
        let id = self.child.as_ref().and_then(|child| child.process_id());
        id.and_then(|id| Pid::from_raw(id.try_into().ok()?))
            .expect("the program runs")
    }

    /// Waits for the program to stop, as the shell that started it would see it.
    fn stops(&self) {
        let pid = self.pid();
        let (send, stopped) = channel();
        thread::spawn(move || {
            let status = waitpid(Some(pid), WaitOptions::UNTRACED);
            let _ = send
                .send(status.is_ok_and(|found| found.is_some_and(|(_, status)| status.stopped())));
        });
        assert_eq!(stopped.recv_timeout(PATIENCE), Ok(true), "it stops");
    }

    /// Waits for the end.
    fn ends(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        let child = self.child.as_mut().expect("the program runs");
        loop {
            if let Some(status) = child.try_wait().expect("the program is ours") {
                return status;
            }
            assert!(Instant::now() < deadline, "it never ends");
            // What it writes is taken in, so that it never waits for us.
            if let Ok(bytes) = self.written.recv_timeout(Duration::from_millis(10)) {
                self.shown.process(&bytes);
            }
        }
    }

    /// Waits until the terminal is what it was before.
    fn is_given_back(&mut self) {
        self.wait("the terminal as it was", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        assert_eq!(settings(&*self.master), self.before);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Returns how a terminal treats what is typed.
fn settings(master: &dyn MasterPty) -> String {
    format!(
        "{:?}",
        master.get_termios().expect("the settings of a terminal")
    )
}

/// Returns the program with a home of its own.
fn crossread(home: &TempDir) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_crossread"));
    at_home(&mut command, home);
    command.args(["--theme", "dark"]);
    command
}

fn at_home(command: &mut CommandBuilder, home: &TempDir) {
    for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.env("HOME", home.path());
}

fn home() -> TempDir {
    TempDir::new().expect("a folder")
}

/// Opens the interface on the bundled reports.
fn opened(home: &TempDir) -> Terminal {
    let mut terminal = Terminal::start(crossread(home), 120, 36);
    terminal.is_open();
    terminal
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut terminal = opened(&home());
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.is_given_back();
}

#[test]
fn another_size_is_drawn_at_once() {
    let home = home();
    let mut terminal = Terminal::start(crossread(&home), 60, 20);
    terminal.is_open();
    assert!(
        !terminal.shown.screen().contents().contains('│'),
        "one pane"
    );
    let wider = size(130, 30);
    terminal
        .shown
        .set_size(cells(wider.rows), cells(wider.cols));
    terminal.master.resize(wider).expect("another size");
    terminal.shows("│");
    terminal.press("c");
    terminal.shows("only A");
    terminal.press("qq");
    assert!(terminal.ends().success());
    terminal.is_given_back();
}

#[test]
fn a_key_split_on_a_slow_line_does_not_quit() {
    let mut terminal = opened(&home());
    terminal.press("\x1b");
    terminal.shows("q quits crossread");
    terminal.press("[Bc");
    terminal.shows("only A");
    terminal.press("qq");
    assert!(terminal.ends().success());
}

#[test]
fn what_was_read_is_read_at_the_next_start() {
    let home = home();
    let unread = |screen: &vt100::Screen| screen.contents().matches('•').count();
    let mut terminal = opened(&home);
    terminal.wait("two unread reports", |screen| unread(screen) == 2);
    terminal.press("\r");
    terminal.wait("one unread report", |screen| unread(screen) == 1);
    terminal.press("\x03");
    assert!(terminal.ends().success());
    let mut terminal = opened(&home);
    terminal.wait("one unread report", |screen| unread(screen) == 1);
}

#[test]
fn signals_give_the_terminal_back_and_have_their_way() {
    for (signal, name) in [
        (Signal::TERM, "Terminated"),
        (Signal::HUP, "Hangup"),
        (Signal::INT, "Interrupt"),
        (Signal::QUIT, "Quit"),
    ] {
        let mut terminal = opened(&home());
        terminal.signal(signal);
        let status = terminal.ends();
        let ended_by = status.signal().unwrap_or_default();
        assert!(ended_by.starts_with(name), "{signal:?}: {status:?}");
        terminal.is_given_back();
    }
}

#[test]
fn what_was_read_is_kept_when_a_signal_ends_the_program() {
    let home = home();
    let unread = |screen: &vt100::Screen| screen.contents().matches('•').count();
    let mut terminal = opened(&home);
    terminal.press("\r");
    terminal.wait("one unread report", |screen| unread(screen) == 1);
    terminal.signal(Signal::TERM);
    terminal.ends();
    let mut terminal = opened(&home);
    terminal.wait("one unread report", |screen| unread(screen) == 1);
}

#[test]
fn a_suspended_program_gives_the_terminal_back_until_it_goes_on() {
    let mut terminal = opened(&home());
    terminal.press("\x1a");
    terminal.stops();
    terminal.is_given_back();
    terminal.signal(Signal::CONT);
    terminal.is_open();
    terminal.press("c");
    terminal.shows("only A");
    terminal.press("qq");
    assert!(terminal.ends().success());
    terminal.is_given_back();
}

#[test]
fn the_screen_can_be_drawn_anew() {
    let mut terminal = opened(&home());
    terminal
        .shown
        .process(b"\x1b[2J\x1b[Hrubbish of another program");
    terminal.press("\x0c");
    terminal.is_open();
    terminal.wait("no rubbish", |screen| {
        !screen.contents().contains("rubbish")
    });
    terminal.press("q");
    assert!(terminal.ends().success());
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    let mut terminal = opened(&home());
    let mut program = terminal.child.take().expect("the program runs");
    drop(terminal);
    let (send, ended) = channel();
    thread::spawn(move || send.send(program.wait().is_ok_and(|status| status.signal().is_some())));
    assert_eq!(ended.recv_timeout(PATIENCE), Ok(true));
}

#[test]
fn without_a_terminal_to_draw_on_it_prints() {
    let home = home();
    let program = env!("CARGO_BIN_EXE_crossread");
    let piped = format!("'{program}' | cat; echo the end");
    let dumb = format!("TERM=dumb '{program}'; echo the end");
    for line in [piped, dumb] {
        let mut command = CommandBuilder::new("sh");
        at_home(&mut command, &home);
        command.args(["-c", &line]);
        let mut terminal = Terminal::start(command, 120, 200);
        terminal.shows("the end");
        assert!(terminal.shown.screen().contents().contains(HEADLINE));
        assert!(!terminal.shown.screen().alternate_screen());
        assert!(terminal.ends().success());
        terminal.is_given_back();
    }
}

#[test]
#[ignore = "takes a terminal and panics: the test below starts it in one of its own"]
fn panics_while_the_screen_is_taken() {
    let area = Rect::new(0, 0, 80, 24);
    let mut screen = Screen::take(true, area, &std::sync::mpsc::channel().0).expect("a terminal");
    let drawn = screen.draw(area, |frame| frame.render_widget(HEADLINE, frame.area()));
    drawn.expect("a frame");
    let mut line = String::new();
    let _ = std::io::stdin().read_line(&mut line);
    panic!("this fault is on purpose");
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_told() {
    let program = std::env::current_exe().expect("this very program");
    let mut command = CommandBuilder::new(program);
    command.args([
        "--exact",
        "panics_while_the_screen_is_taken",
        "--ignored",
        "--nocapture",
    ]);
    let mut terminal = Terminal::start(command, 120, 36);
    terminal.is_open();
    terminal.press("\n");
    terminal.shows("this fault is on purpose");
    terminal.is_given_back();
    assert!(!terminal.ends().success());
}
