//! Tests of the whole, in one binary, because linking one is quicker than linking many. `pty` and `tui` stand apart.

mod architecture;
mod cli;
mod comparison_properties;
mod filter_properties;
mod lexicon_doc;
mod properties;
mod properties_quotes;
mod readme;
mod seeds_comparison;
mod seeds_dates;
mod seeds_loader;
mod seeds_quotes;
mod seeds_terms;
mod traps_terms;
