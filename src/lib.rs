//! crossread: read several reports of one event and see how they differ.
//!
//! # The screen, and the types that make it
//!
//! ```text
//! crossread · 2 reports                          9 quotes   27 terms   sort date   view::title    <- App
//! ---------------------------+--------------------------------------------------
//!  .A A label              <-|  view::list     <- List over Library { ReportSummary, .. }
//!     outlet · date · words  |
//!                            |  The text in rows  <- Page (wrap::wrap at one width)
//!     7 shared · 8 only A    |  with "quotations" <- Quote   } Annotations, made by Annotator,
//!     A the [type] of ..     |  and [terms]       <- TermHit } painted by highlight::pieces
//!     B the [kind] of ..   <-|  Comparison::summary and differences, unasked
//! ---------------------------+--------------------------------------------------
//! quote 2/9 · Mark Carney, "said"            31%   ]q quote   ? help   view::status   <- Keymap
//! ```
//!
//! A key becomes an [`Action`](tui::action::Action) by the [`Keymap`](tui::keymap::Keymap); [`App::update`](tui::app::App::update)
//! changes the state and returns [`Effect`](tui::effect::Effect)s; [`view::render`](tui::view::render) draws what is there. What is
//! slow is a [`Job`](tui::worker::Job) for a worker, whose answer is an event like a key.
//!
//! # Words
//!
//! - **report**: one article as it was read ([`Article`](article::Article)) with its marks; **outlet**: who published it.
//! - **dek**: the summary sentence before a story; **label**: what a report without a headline is called.
//! - **quote**: words somebody is said to have said, with **speaker** and **cue** (the reporting verb); **statement**: the same
//!   without quotation marks.
//! - **term**: a word of a **lexicon**, which sorts its terms into categories.
//! - **passage**: a sentence that takes part in a comparison; **pair**: two passages that correspond, in one of three **tiers**
//!   (same, likely, related); **difference**: how a pair differs, of one kind, with the words of both sides.
//! - **summary**: what is known of a report without its text; always in memory. A report is **open** while its text is, and
//!   **closed** while that is in its file only. **catalogue**: the summaries of a library, kept from one start to the next.
//! - **span**: a byte range of a text; text is stored once, everything else about it is spans.
//!
//! # Import order
//!
//! Left to right; nothing imports from its right (a test keeps it):
//! `text <- article <- {ingest, annotate} <- {filter, compare} <- library <- report <- tui <- main`
//! (`cli` stands beside `main`; `config` needs only `text`, `state` only `compare`, `cache`, `parallel` and `system_error`
//! nothing, and `tui` is given them). `report` comes before `tui` because what is copied and exported there is written
//! by the same code that prints to a pipe.

#[cfg(not(unix))]
compile_error!(
    "crossread needs a Unix terminal: it builds on Linux, macOS and the BSDs, and on Windows inside WSL"
);

pub mod annotate;
pub mod article;
pub mod cache;
pub mod cli;
pub mod compare;
pub mod config;
pub mod filter;
pub mod ingest;
pub mod library;
mod parallel;
pub mod report;
pub mod state;
pub mod system_error;
pub mod text;
pub mod tui;
