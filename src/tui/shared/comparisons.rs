//! The comparisons made so far, one for each two reports, whichever of them stands on the left.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use crate::compare::{Comparison, Sides};
use crate::library::ReportNo;

/// A comparison, and the same seen from the other side, once somebody looks at it so.
#[derive(Clone, Debug)]
struct BothWays {
    comparison: Arc<Comparison>,
    mirrored: OnceLock<Arc<Comparison>>,
}

/// Comparisons by the two reports that they compare.
#[derive(Clone, Debug, Default)]
pub struct Comparisons {
    made: HashMap<Sides<ReportNo>, BothWays>,
    /// Comparisons requested from the worker.
    asked: HashSet<Sides<ReportNo>>,
}

impl Comparisons {
    /// Returns two reports in the order in which a worker compares them.
    pub fn canonical(sides: Sides<ReportNo>) -> Sides<ReportNo> {
        Sides::new(sides.left.min(sides.right), sides.left.max(sides.right))
    }

    /// Returns the comparison of two reports as these sides see it.
    pub fn get(&self, sides: Sides<ReportNo>) -> Option<&Arc<Comparison>> {
        let pair = Self::canonical(sides);
        let made = self.made.get(&pair)?;
        if pair == sides {
            return Some(&made.comparison);
        }
        let mirror = || Arc::new(Comparison::clone(&made.comparison).mirrored());
        Some(made.mirrored.get_or_init(mirror))
    }

    /// Keeps the comparison that a worker made of `sides`, in place of an older one.
    pub fn insert(&mut self, sides: Sides<ReportNo>, comparison: Arc<Comparison>) {
        let pair = Self::canonical(sides);
        let comparison = match pair == sides {
            true => comparison,
            false => Arc::new(Comparison::clone(&comparison).mirrored()),
        };
        let mirrored = OnceLock::new();
        self.made.insert(
            pair,
            BothWays {
                comparison,
                mirrored,
            },
        );
    }

    /// Returns the sides that a worker is to compare so that [`get`](Self::get) has `sides`; `None` where that is made or asked for.
    pub fn ask(&mut self, sides: Sides<ReportNo>) -> Option<Sides<ReportNo>> {
        let pair = Self::canonical(sides);
        let is_new = !self.made.contains_key(&pair) && self.asked.insert(pair);
        is_new.then_some(pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_reports_are_compared_once_whichever_stands_on_the_left() {
        let mut comparisons = Comparisons::default();
        let (low, high) = (ReportNo(1), ReportNo(4));
        let asked = comparisons.ask(Sides::new(high, low));
        assert_eq!(asked, Some(Sides::new(low, high)));
        assert_eq!(comparisons.ask(Sides::new(low, high)), None);
        comparisons.insert(Sides::new(high, low), Arc::default());
        for sides in [Sides::new(low, high), Sides::new(high, low)] {
            assert!(comparisons.get(sides).is_some());
            assert_eq!(comparisons.ask(sides), None);
        }
    }
}
