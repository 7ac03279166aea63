//! crossread: read several reports of one event and see how they differ.
//!
//! Import order, left to right; nothing imports from its right:
//! `text <- article <- {ingest, annotate} <- {filter, compare} <- library <- {report, tui} <- main`
//! (`cli`, `config` and `state` stand beside `main`).

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
