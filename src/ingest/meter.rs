//! How many bytes were read, counted as they come.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts bytes as they are read, for whoever watches from another thread.
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
    pub(super) meter: &'a ByteCounter,
}

impl<R: Read> Read for CountedInput<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.meter.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
