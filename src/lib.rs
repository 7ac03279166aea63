//! crossread: read several reports of one event and see how they differ.
//!
//! Import order, left to right; nothing imports from its right:
//! `text <- article <- {ingest, annotate} <- {filter, compare} <- library <- report <- tui <- main`
//! (`cli` stands beside `main`; `config` needs only `text` and `state` only `compare`, and `tui` is given both).

pub mod annotate;
pub mod article;
pub mod cli;
pub mod compare;
pub mod config;
pub mod filter;
pub mod ingest;
pub mod library;
pub mod report;
pub mod state;
pub mod text;
pub mod tui;
