//! Work in equal shares on threads of its own.
//!
//! Threads are started for the purpose, because those of a shared pool may be busy with loading for seconds while
//! somebody types.

/// Returns what `run` gives for each of `parts`, in order; the first is run on this thread.
pub(super) fn in_parallel<T: Send>(parts: usize, run: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let run = &run;
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..parts)
            .map(|part| scope.spawn(move || run(part)))
            .collect();
        let mut all = vec![run(0)];
        for other in others {
            match other.join() {
                Ok(result) => all.push(result),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}
