//! Plain text and places in it: knows `&str` and nothing of reports.

pub mod calendar;
mod control;
pub mod count;
pub mod find;
pub mod fold;
pub mod grapheme;
pub mod origin;
pub mod sanitize;
pub mod sentences;
mod short_word;
pub mod span;
pub mod tokens;
pub mod word_lists;
pub mod wrap;

pub use origin::{OriginMap, ScalarPlaces};
pub use sanitize::CleanText;
pub use short_word::ShortWord;
pub use span::Span;
