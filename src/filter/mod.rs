//! A query as typed becomes the reports that answer it, best first, with the places to paint.
//!
//! [`FoldedRows`] holds one folded line per report; [`Query`] is what was typed, understood; [`IncrementalFilter::rank`] orders the rows;
//! [`MatchHighlighter::positions`] says which letters of a visible row matched. The score is the one that fuzzy-matcher's
//! `SkimMatcherV2::fuzzy_indices` gives on a fresh matrix: [`score`] computes it without the crate's matrix, and the crate
//! is the oracle of the tests. Nothing here knows articles or screens.

pub mod body;
mod highlight;
mod place;
mod plan;
mod query;
mod rank;
mod rows;
mod scan;
pub mod score;
mod top;

pub use highlight::MatchHighlighter;
pub use query::{AccentRule, FieldSource, MatchKind, Query, QueryField, QueryTerm};
pub use rank::{FilterRequest, IncrementalFilter, RankedRows};
pub use rows::FoldedRows;
