//! Counts for each passage the words that begin like those of a quotation, from which follows whether it can tell the quotation.

/// The words with the same beginnings that a passage shares with a quotation.
#[derive(Clone, Copy, Default)]
pub(super) struct SharedBeginnings {
    /// The number of the beginnings, and the weight of the heaviest word with each.
    pub(super) count: usize,
    pub(super) sum: f32,
    /// The most that words in common can weigh, taking the two sides together.
    pub(super) most: f32,
    /// The number of the quotation's own words that may be in common, and their weight.
    pub(super) own: usize,
    pub(super) own_weight: f32,
}

/// The passages that share beginnings of words with a quotation.
pub(super) struct SharedByPassage {
    pub(super) of_passages: Vec<SharedBeginnings>,
    pub(super) touched: Vec<usize>,
}

impl SharedByPassage {
    /// Adds words to those that a passage shares.
    pub(super) fn add(&mut self, passage: usize, part: &SharedBeginnings) {
        let shared = &mut self.of_passages[passage];
        if shared.count == 0 {
            self.touched.push(passage);
        }
        *shared = SharedBeginnings {
            count: shared.count + 1,
            sum: shared.sum + part.sum,
            most: shared.most + part.most,
            own: shared.own + part.own,
            own_weight: shared.own_weight + part.own_weight,
        };
    }

    /// Returns the passages of which `may_tell` is true, in order; forgets all.
    pub(super) fn take(
        &mut self,
        may_tell: impl Fn(usize, &SharedBeginnings) -> bool,
    ) -> Vec<usize> {
        let (touched, of_passages) = (self.touched.drain(..), &mut self.of_passages);
        let found = touched.filter(|&passage| {
            let shared = std::mem::take(&mut of_passages[passage]);
            may_tell(passage, &shared)
        });
        let mut found: Vec<usize> = found.collect();
        found.sort_unstable();
        found
    }
}
