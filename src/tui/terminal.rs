//! The terminal, taken and always given back: raw mode, the alternate screen, signals, and the watch for a terminal that is gone.
//!
//! Frames go to a duplicate of standard output through one large buffer. What gives the terminal back writes to the file
//! descriptor itself: a panic or a signal may come while that buffer is half full or its lock is held.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::panic;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use super::event::Event;

/// Alternate screen, bracketed paste, and a clear screen.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[2J";
/// Everything that [`ENTER`] or a frame may have switched on, off again.
const LEAVE: &[u8] =
    b"\x1b[?2026l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// How long the main loop may take to save what the reader did before a signal ends the program all the same.
const GRACE: Duration = Duration::from_millis(800);
const FRAME_BUFFER: usize = 64 * 1024;

static TTY: OnceLock<OwnedFd> = OnceLock::new();
static COOKED: OnceLock<Termios> = OnceLock::new();
static TAKEN: AtomicBool = AtomicBool::new(false);
static MOUSE: AtomicBool = AtomicBool::new(false);
/// Held while a frame is drawn and while the program is suspended, so that neither cuts into the other.
static SCREEN: Mutex<()> = Mutex::new(());

/// The screen while it is ours; dropping it gives the terminal back.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Frames>>,
    frames: Frames,
    area: Rect,
}

/// The bytes of a frame until the whole of it is sent: the terminal library flushes in the midst of one, and each piece would
/// wake the terminal.
#[derive(Clone)]
struct Frames(Rc<RefCell<BufWriter<File>>>);

impl Frames {
    /// Returns what draws on an empty screen of the size of `area`.
    fn terminal(&self, area: Rect) -> io::Result<Terminal<CrosstermBackend<Frames>>> {
        // A full-screen viewport would ask the terminal for its size before each frame.
        let viewport = Viewport::Fixed(area);
        let backend = CrosstermBackend::new(self.clone());
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
    /// Takes the terminal, which has the size of `area`; `events` hear of signals from now on, and of its loss.
    ///
    /// # Errors
    /// With nothing changed, where standard output is no terminal.
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
        })
    }

    /// Draws one frame as one synchronized update on a terminal that now has the size of `area`.
    ///
    /// # Errors
    /// Where the terminal is gone; so with all below.
    pub fn draw(&mut self, area: Rect, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let _held = hold();
        crossterm::queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        if area != self.area {
            self.area = area;
            self.wipe()?;
        }
        self.terminal.draw(render)?;
        crossterm::queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.frames.send()
    }

    /// Draws everything anew with the next frame.
    pub fn clear(&mut self) -> io::Result<()> {
        let _held = hold();
        self.wipe()
    }

    /// Empties the screen. The terminal library would ask the terminal how large it is or where its cursor is, and may hear of
    /// another size than the event told, or wait in vain: the answer goes to the thread that reads keys.
    fn wipe(&mut self) -> io::Result<()> {
        crossterm::queue!(self.terminal.backend_mut(), Clear(ClearType::All))?;
        self.terminal = self.frames.terminal(self.area)?;
        Ok(())
    }

    /// Writes bytes of our own making (a clipboard sequence) between two frames.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let _held = hold();
        self.frames.write_all(bytes)?;
        self.frames.send()
    }

    /// Switches mouse reports.
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

/// Suspends the program, as the shell's job control expects.
pub(super) fn suspend() {
    // The signal thread does the work, so that a `kill -TSTP` from outside takes the same way.
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::TSTP);
}

/// Gives the terminal back and lets `signal` have its way, so that the parent sees what ended the program.
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

/// Gives the terminal back before a panic is printed. A panic of a worker thread is none of the screen's business: it is
/// caught there and told as a failure, and printing it would tear the frame.
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
                if signal == SIGTSTP {
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

/// Asks the main loop to save and stop; ends the program if it does not.
fn end(events: &Sender<Event>, signal: i32) {
    if events.send(Event::Terminate(signal)).is_ok() {
        thread::sleep(GRACE);
    }
    die_of(signal);
}

/// When the terminal is gone and no SIGHUP comes, crossterm's reader spins for ever (crossterm issue 793).
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
