//! Marks that stand off the text: quotations with their speakers, statements, terms.

pub mod quote;
pub mod term;
