//! Plain text and places in it: knows `&str` and nothing of reports.

pub mod calendar;
mod control;
pub mod find;
pub mod fold;
pub mod grapheme;
pub mod lists;
pub mod origin;
pub mod sanitize;
pub mod segment;
pub mod span;
pub mod wrap;

pub use origin::{Origin, Scalars};
pub use sanitize::Clean;
pub use span::Span;
