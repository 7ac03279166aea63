//! The loaded reports ([`Library`]), each with its annotations made when first asked for. Open ones are in memory, closed ones in
//! their files until somebody looks at them.
//!
//! Reports are only ever added, so the number of a report stays good for the life of the library.

mod answers;
mod catalogue;
mod entries;
pub mod event;
mod fields;
pub mod hit;
mod loaded;
pub mod quotes;
mod saved;
mod summary;

use serde::{Deserialize, Serialize};

pub use answers::FieldAnswers;
pub use catalogue::Catalogue;
pub use entries::{Library, LibraryEntry};
pub use fields::{QuoteFields, UNATTRIBUTED};
pub use loaded::Report;
pub use saved::{SMALLEST as SMALLEST_SAVED, SavedLibrary, SavedQuotes};
pub use summary::ReportSummary;

/// Numbers a report by its place in the library; stays good while reports are added.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct ReportNo(pub usize);
