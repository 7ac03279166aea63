//! Work on threads of its own, for what somebody waits for.
//!
//! Threads are started for the purpose: those of a shared pool may be busy with loading for seconds while somebody types, and
//! at the start they take longer to come. Where no thread can be had, the work is done here.

use std::panic::resume_unwind;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ScopedJoinHandle};

/// Asked once: the system reads files for it.
static THREADS: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, usize::from));

/// Things that take time to make, for several threads which take turns: there are as many as were ever used at once.
#[derive(Debug, Default)]
pub(crate) struct ReusePool<T>(Mutex<Vec<T>>);

impl<T: Default> ReusePool<T> {
    /// Runs `work` with one that no other thread uses meanwhile.
    pub(crate) fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let mut one = self.idle().pop().unwrap_or_default();
        let done = work(&mut one);
        self.idle().push(one);
        done
    }

    fn idle(&self) -> MutexGuard<'_, Vec<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns how many threads the machine runs at once.
pub(crate) fn available_threads() -> usize {
    *THREADS
}

/// Returns what `run` gives for each of `parts`, in order; the first is run on this thread.
pub(crate) fn in_parallel<T: Send>(parts: usize, run: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let run = &run;
    thread::scope(|scope| {
        let others: Vec<_> = (1..parts)
            .map(|part| thread::Builder::new().spawn_scoped(scope, move || run(part)))
            .collect();
        let mut all = vec![run(0)];
        for (part, other) in (1..).zip(others) {
            all.push(other.map_or_else(|_| run(part), joined));
        }
        all
    })
}

/// Returns what `run` gives for parts of `items`, one after the other; no part but the last has fewer than `least`.
pub(crate) fn in_chunks<T: Sync, R: Send>(
    items: &[T],
    least: usize,
    run: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    let parts = available_threads().min(items.len() / least.max(1));
    if parts < 2 {
        return run(items);
    }
    let chunks: Vec<&[T]> = items.chunks(items.len().div_ceil(parts)).collect();
    let found = in_parallel(chunks.len(), |part| run(chunks[part]));
    found.into_iter().flatten().collect()
}

/// Returns what `here`, run on this thread, and `there`, run beside it, give.
pub(crate) fn both<A, B: Send>(here: impl FnOnce() -> A, there: impl Fn() -> B + Sync) -> (A, B) {
    let there = &there;
    thread::scope(|scope| {
        let other = thread::Builder::new().spawn_scoped(scope, there);
        let here = here();
        (here, other.map_or_else(|_| there(), joined))
    })
}

fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parts_give_comes_in_their_order() {
        assert_eq!(in_parallel(5, |part| part * part), [0, 1, 4, 9, 16]);
        assert_eq!(in_parallel(1, |part| part), [0]);
    }

    #[test]
    fn chunks_give_what_the_whole_gives() {
        for count in [0, 1, 7, 100] {
            let items: Vec<usize> = (0..count).collect();
            let doubled = in_chunks(&items, 2, |part| part.iter().map(|n| n * 2).collect());
            assert_eq!(doubled, items.iter().map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_idle_is_used_again() {
        let pool = ReusePool::<usize>::default();
        pool.with(|_| pool.with(|_| ()));
        assert_eq!(pool.idle().len(), 2, "two at a time");
        (0..9).for_each(|_| pool.with(|used| *used += 1));
        assert_eq!(*pool.idle(), [0, 9]);
    }

    #[test]
    fn two_works_are_done_side_by_side() {
        assert_eq!(both(|| "here", || "there"), ("here", "there"));
    }

    #[test]
    fn a_panic_beside_is_a_panic_here() {
        let panics = std::panic::catch_unwind(|| in_parallel(2, |part| [0][part]));
        assert!(panics.is_err());
    }
}
