//! nucleo as a picker uses it: items injected once, the pattern reparsed on each key, the first rows taken when it is done.

use std::sync::Arc;

use nucleo::pattern::{CaseMatching, Normalization};
use nucleo::{Config, Nucleo};

/// Returns nucleo holding `lines`.
pub(crate) fn filled<'a>(lines: impl IntoIterator<Item = &'a str>) -> Nucleo<u32> {
    let mut nucleo = Nucleo::new(Config::DEFAULT, Arc::new(|| {}), None, 1);
    let injector = nucleo.injector();
    for (id, line) in lines.into_iter().enumerate() {
        injector.push(id as u32, |_, columns| columns[0] = line.into());
    }
    settle(&mut nucleo);
    nucleo
}

/// Types `query`, which goes on from the last one if `continues`, and returns the best `limit` rows and how many match.
pub(crate) fn ranked(
    nucleo: &mut Nucleo<u32>,
    query: &str,
    continues: bool,
    limit: u32,
) -> (Vec<u32>, u32) {
    nucleo.pattern.reparse(
        0,
        query,
        CaseMatching::Ignore,
        Normalization::Smart,
        continues,
    );
    settle(nucleo);
    let snapshot = nucleo.snapshot();
    let count = snapshot.matched_item_count();
    let ids = snapshot
        .matched_items(0..limit.min(count))
        .map(|item| *item.data)
        .collect();
    (ids, count)
}

fn settle(nucleo: &mut Nucleo<u32>) {
    while nucleo.tick(10).running {}
}
