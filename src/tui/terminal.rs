//! Sets up the terminal and always restores it: raw mode, the alternate screen, signals, and detection of a hang-up.
//!
//! Frames are written to a duplicate of standard output through one large buffer. Restoring bypasses that buffer and writes to
//! the file descriptor itself: a panic or a signal may come while the buffer is half full or its lock is held.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::panic;
use std::process::{Command, ExitStatus};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use super::careful_backend::{CarefulBackend, force_rows};
use super::event::Event;

/// Alternate screen, bracketed paste, and a clear screen.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[2J";
/// Undoes everything that [`ENTER`], [`MOUSE_ON`] or a frame may have switched on.
const LEAVE: &[u8] =
    b"\x1b[?2026l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// Time for the main loop to save its state after a signal, before the process ends anyway.
const GRACE: Duration = Duration::from_millis(800);
const FRAME_BUFFER: usize = 64 * 1024;

static TTY: OnceLock<OwnedFd> = OnceLock::new();
static COOKED: OnceLock<Termios> = OnceLock::new();
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Set while another program has the terminal: keys such as ^c are meant for it.
static OUTSIDE: AtomicBool = AtomicBool::new(false);
static MOUSE: AtomicBool = AtomicBool::new(false);
/// Locked while a frame is drawn and while the program is suspended, so that neither interrupts the other.
static SCREEN: Mutex<()> = Mutex::new(());

/// The terminal while the interface runs; dropping it restores the terminal.
pub struct Screen {
    terminal: Terminal<CarefulBackend<Frames>>,
    frames: Frames,
    area: Rect,
    /// Rows that held letters of uncertain width in the last frame.
    uncertain: BTreeSet<u16>,
}

/// A buffer for one frame. Flushing does nothing, because ratatui flushes in the middle of a frame and each piece would wake
/// the terminal; [`Frames::send`] writes the whole frame.
#[derive(Clone)]
struct Frames(Rc<RefCell<BufWriter<File>>>);

impl Frames {
    /// Returns a ratatui terminal for an empty screen of the size of `area`.
    fn terminal(&self, area: Rect) -> io::Result<Terminal<CarefulBackend<Frames>>> {
        // A full-screen viewport would ask the terminal for its size before each frame.
        let viewport = Viewport::Fixed(area);
        let backend = CarefulBackend::new(self.clone());
        Terminal::with_options(backend, TerminalOptions { viewport })
    }

    fn send(&self) -> io::Result<()> {
        self.0.borrow_mut().flush()
    }
}

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Screen {
    /// Sets up the terminal, whose size is `area`, and sends signals and a hang-up to `events` from now on.
    ///
    /// # Errors
    /// Fails, with nothing changed, if standard output is not a terminal.
    pub fn take(mouse: bool, area: Rect, events: &Sender<Event>) -> io::Result<Self> {
        let tty = tty()?;
        let frames = File::from(rustix::io::dup(tty)?);
        // With NO_COLOR crossterm writes a bare reset at each change of colour, which erases bold and underline;
        // our own theme holds no colours then.
        crossterm::style::force_color_output(true);
        restore_on_panic();
        let signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP])?;
        MOUSE.store(mouse, Ordering::SeqCst);
        enter()?;
        watch_signals(signals, events.clone())?;
        watch_hang_up(events.clone());
        let buffer = BufWriter::with_capacity(FRAME_BUFFER, frames);
        let frames = Frames(Rc::new(RefCell::new(buffer)));
        Ok(Self {
            terminal: frames.terminal(area)?,
            frames,
            area,
            uncertain: BTreeSet::new(),
        })
    }

    /// Draws one frame, as one synchronized update, on a terminal of the size of `area`.
    ///
    /// # Errors
    /// Fails if the terminal is gone; so do all methods below.
    pub fn draw(&mut self, area: Rect, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let _held = hold();
        crossterm::queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        if area != self.area {
            self.area = area;
            self.wipe()?;
        }
        let uncertain = &mut self.uncertain;
        self.terminal.draw(|frame| {
            render(frame);
            *uncertain = force_rows(frame.buffer_mut(), uncertain);
        })?;
        crossterm::queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.frames.send()
    }

    /// Clears the screen, so that the next frame redraws all of it.
    pub fn clear(&mut self) -> io::Result<()> {
        let _held = hold();
        self.wipe()
    }

    /// Clears the screen. ratatui's own clear would query the terminal for its size or cursor, and could get a size that differs
    /// from the resize event, or wait for an answer that the thread that reads keys has taken.
    fn wipe(&mut self) -> io::Result<()> {
        crossterm::queue!(self.terminal.backend_mut(), Clear(ClearType::All))?;
        self.terminal = self.frames.terminal(self.area)?;
        Ok(())
    }

    /// Writes trusted bytes, such as a clipboard sequence, between two frames.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let _held = hold();
        self.frames.write_all(bytes)?;
        self.frames.send()
    }

    /// Turns mouse reports on or off.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        MOUSE.store(on, Ordering::SeqCst);
        self.send(if on { MOUSE_ON } else { MOUSE_OFF })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

/// Returns a duplicate of standard output, and remembers its settings on the first call.
fn tty() -> io::Result<&'static OwnedFd> {
    if let Some(fd) = TTY.get() {
        return Ok(fd);
    }
    let fd = rustix::io::dup(rustix::stdio::stdout())?;
    let _ = COOKED.set(tcgetattr(&fd)?);
    Ok(TTY.get_or_init(|| fd))
}

/// Suspends the program by SIGTSTP, as the shell's job control expects.
pub(super) fn suspend() {
    // The signal thread does the work, so that a `kill -TSTP` from outside takes the same path.
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::TSTP);
}

/// Gives the terminal to another program until it ends.
///
/// # Errors
/// Fails if the program cannot be started.
pub(super) fn run_outside(command: &mut Command) -> io::Result<ExitStatus> {
    let _held = hold();
    leave();
    OUTSIDE.store(true, Ordering::SeqCst);
    let ended = command.status();
    OUTSIDE.store(false, Ordering::SeqCst);
    enter()?;
    ended
}

/// Restores the terminal and ends the process by the default action of `signal`, so that the parent sees the signal.
pub(super) fn die_of(signal: i32) -> ! {
    leave();
    let _ = low_level::emulate_default_handler(signal);
    std::process::exit(128 + signal)
}

fn hold() -> MutexGuard<'static, ()> {
    SCREEN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write_raw(mut bytes: &[u8]) -> io::Result<()> {
    let Some(tty) = TTY.get() else { return Ok(()) };
    while !bytes.is_empty() {
        let written = rustix::io::retry_on_intr(|| rustix::io::write(tty, bytes))?;
        bytes = bytes.get(written..).unwrap_or_default();
    }
    Ok(())
}

fn enter() -> io::Result<()> {
    let (Some(tty), Some(cooked)) = (TTY.get(), COOKED.get()) else {
        return Ok(());
    };
    let mut raw = cooked.clone();
    raw.make_raw();
    tcsetattr(tty, OptionalActions::Now, &raw)?;
    TAKEN.store(true, Ordering::SeqCst);
    write_raw(ENTER)?;
    if MOUSE.load(Ordering::SeqCst) {
        write_raw(MOUSE_ON)
    } else {
        Ok(())
    }
}

fn leave() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = write_raw(LEAVE);
        if let (Some(tty), Some(cooked)) = (TTY.get(), COOKED.get()) {
            let _ = tcsetattr(tty, OptionalActions::Flush, cooked);
        }
    }
}

/// Restores the terminal before a panic of this thread is printed. Panics of worker threads are caught there and reported as
/// events; printing them would corrupt the frame.
fn restore_on_panic() {
    let ours = thread::current().id();
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == ours {
            leave();
            print(info);
        }
    }));
}

fn watch_signals(mut signals: Signals, events: Sender<Event>) -> io::Result<()> {
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for signal in signals.forever() {
                let is_outside = OUTSIDE.load(Ordering::SeqCst);
                if is_outside && matches!(signal, SIGINT | SIGQUIT) {
                    continue;
                }
                if signal == SIGTSTP && is_outside {
                    // The other program was stopped too and has put its own terminal in order.
                    let _ = low_level::raise(SIGSTOP);
                } else if signal == SIGTSTP {
                    let _held = hold();
                    leave();
                    // raise() stops this very thread before its next line; kill(getpid()) might stop another one
                    // and let this one run on into enter().
                    let _ = low_level::raise(SIGSTOP);
                    let _ = enter();
                    let _ = events.send(Event::Redraw);
                } else {
                    end(&events, signal);
                }
            }
        })?;
    Ok(())
}

/// Asks the main loop to save and stop, and ends the process if it has not done so within [`GRACE`].
fn end(events: &Sender<Event>, signal: i32) {
    if events.send(Event::Terminate(signal)).is_ok() {
        thread::sleep(GRACE);
    }
    die_of(signal);
}

/// Watches for a hang-up: without SIGHUP, crossterm's reader would spin forever on a closed terminal (crossterm issue 793).
fn watch_hang_up(events: Sender<Event>) {
    let watch = move || {
        let Some(tty) = TTY.get() else { return };
        loop {
            let mut fds = [PollFd::from_borrowed_fd(tty.as_fd(), PollFlags::empty())];
            let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
            match poll(&mut fds, None) {
                Ok(_) if fds[0].revents().intersects(gone) => end(&events, SIGHUP),
                _ => thread::sleep(Duration::from_millis(50)),
            }
        }
    };
    let _ = thread::Builder::new().name("hang-up".into()).spawn(watch);
}
