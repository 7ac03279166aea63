//! A query as typed becomes the reports that answer it, best first, with the places to paint.
//!
//! [`Arena`] holds one folded line per report; [`Query`] is what was typed, understood; [`Filter::rank`] orders the rows;
//! [`Highlighter::positions`] says which letters of a visible row matched. The score is the one that fuzzy-matcher's
//! `SkimMatcherV2::fuzzy_indices` gives on a fresh matrix: [`score`] computes it without the crate's matrix, and the crate
//! is the oracle of the tests. Nothing here knows articles or screens.

mod arena;
pub mod body;
mod highlight;
mod place;
mod plan;
mod query;
mod rank;
mod scan;
pub mod score;
mod sieve;
mod top;

pub use arena::Arena;
pub use highlight::Highlighter;
pub use query::{Accents, Field, Kind, Query, Term};
pub use rank::{Filter, Ranked, Search};
pub use sieve::Sieve;
