//! Opens what is read: standard input, and regular files without waiting for anybody. Bytes are counted as they come.

use std::fs::{File, FileType};
use std::io::{self, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::fs::{Mode, OFlags};

use super::failure::explain;

/// Sizes beyond which input is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadLimits {
    /// Most bytes of a file that is read whole, or of one row. Files of rows may have any size.
    pub bytes: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { bytes: 64 << 20 }
    }
}

/// Counts bytes as they are read, for another thread to watch.
#[derive(Debug, Default)]
pub struct ByteCounter(AtomicU64);

impl ByteCounter {
    /// Returns how many bytes were read so far.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// An input whose bytes are counted.
pub(super) struct CountedInput<'a, R> {
    pub(super) input: R,
    pub(super) counter: &'a ByteCounter,
}

impl<R: Read> Read for CountedInput<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.counter.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Opens a regular file.
pub(super) fn open_file(path: &Path) -> Result<File, String> {
    // O_NONBLOCK: to open a pipe would otherwise wait until somebody writes to it. O_NOCTTY: a terminal must not become ours.
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file =
        rustix::fs::open(path, flags, Mode::empty()).map_err(|error| explain(&error.into()))?;
    let file = File::from(file);
    // The file is asked and not its path, which may lead elsewhere by now.
    let facts = file.metadata().map_err(|error| explain(&error))?;
    if facts.is_dir() {
        return Err("was a file before, now a folder; open it again".to_owned());
    }
    match why_not_a_file(facts.file_type()) {
        Some(reason) => Err(reason.to_owned()),
        None => Ok(file),
    }
}

/// Returns why something that is neither a file nor a folder is not read.
pub(super) fn why_not_a_file(kind: FileType) -> Option<&'static str> {
    if kind.is_fifo() {
        Some("a pipe, not a file; pipe it in and name it -")
    } else if kind.is_char_device() || kind.is_block_device() {
        Some("a device, not a file; name a file")
    } else if kind.is_socket() {
        Some("a socket, not a file; name a file")
    } else {
        None
    }
}

/// Reads on until there are `wanted` bytes or the input ends.
pub(super) fn read_up_to(
    input: &mut impl Read,
    bytes: &mut Vec<u8>,
    wanted: usize,
) -> Result<(), String> {
    let missing = wanted.saturating_sub(bytes.len()) as u64;
    let read = input.take(missing).read_to_end(bytes);
    read.map(drop).map_err(|error| explain(&error))
}
