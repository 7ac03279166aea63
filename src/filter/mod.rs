//! A query as typed becomes the reports that answer it, best first, with the places to paint.
//!
//! [`Query`] is what was typed, understood; [`FuzzyFilter`] holds one folded row for each report and ranks them;
//! [`MatchHighlighter::positions`] says which letters of a visible row matched. The score is the one that fuzzy-matcher's
//! `SkimMatcherV2::fuzzy_indices` gives on a fresh matrix: [`score`] computes it without the crate's matrix, and the crate
//! is the oracle of the tests. Nothing here knows articles or screens.

mod best;
pub mod body;
mod fuzzy;
mod highlight;
mod place;
mod plan;
mod query;
mod rows;
mod scan;
pub mod score;

pub use fuzzy::{FilterRequest, FuzzyFilter, RankedRows};
pub use highlight::MatchHighlighter;
pub use query::{
    AccentRule, FieldSource, MatchKind, Query, QueryField, QueryTerm, field_mistake, names_field,
    unknown_field,
};
