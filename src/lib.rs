//! Reads several reports of one event and shows how they differ.
//!
//! The program is `src/main`; everything else is this library, which tests, benches and examples use too. In short:
//!
//! ```
//! use crossread::annotate::Annotator;
//! use crossread::compare::{Sides, compare};
//! use crossread::ingest;
//! use crossread::library::Report;
//!
//! let reports: Vec<_> = ingest::bundled().into_iter().map(Report::new).collect();
//! let annotator = Annotator::bundled();
//! let [a, b] = [0, 1].map(|at| &reports[at]);
//! for quote in &a.annotations(&annotator).quotes {
//!     println!("{}", quote.span.of(&a.article.text));
//! }
//!
//! let comparison = compare(Sides {
//!     left: a.document(&annotator),
//!     right: b.document(&annotator),
//! });
//! assert!(!comparison.differences.is_empty());
//! ```
//!
//! # The screen, and the types that make it
//!
//! ```text
//! crossread · 2 reports                          9 quotes   27 terms   sort date   <- title of the view
//! ---------------------------+--------------------------------------------------
//!  .A A label              <-|  browse view    <- Library { LibraryEntry { ReportSummary, .. }, .. }
//!     outlet · date · words  |
//!                            |  The text in rows  <- text::wrap, kept by report and width
//!     7 shared · 8 only A    |  with "quotations" <- Quote   } Annotations, made by Annotator,
//!     A the [type] of ..     |  and [terms]       <- TermHit } painted by tui::highlight
//!     B the [kind] of ..   <-|  Comparison::summary and its differences
//! ---------------------------+--------------------------------------------------
//! quote 2/9 · Mark Carney, "said"            31%   ]q quote   ? help     <- status; keys from the Keymap
//! ```
//!
//! A key becomes an [`Action`](tui::action::Action) by the [`Keymap`](tui::keymap::Keymap). The view in front changes its
//! state and asks for [`Effect`](tui::effect::Effect)s, which the event loop performs; drawing changes nothing. What is
//! slow is a job for a worker thread, whose answer comes back as an event like a key. An update reads no file.
//!
//! # Glossary
//!
//! Words of the screens and of the printed output:
//!
//! - **report**: one article ([`Article`](article::Article)) with its marks ([`Report`](library::Report)). **outlet**: its
//!   publisher. **dek**: the summary sentence before the story. **label**: the name shown for a report without a headline.
//! - **quote**: words that somebody is said to have said ([`Quote`](annotate::quote::Quote)). **speaker**: who said them.
//!   **cue**: the reporting verb. **statement**: reported speech without quotation marks.
//! - **term**: a word of a **lexicon** ([`Lexicon`](annotate::term::Lexicon)), which sorts its terms into categories.
//!   **time**: an expression such as "last Friday" with its value ([`annotate::time`]).
//! - **passage**: a sentence that takes part in a comparison. **pair**: two passages that correspond
//!   ([`Pair`](compare::Pair)), in one of three **tiers**: same, likely, related. **difference**: how a pair differs
//!   ([`Difference`](compare::Difference)), of one kind, with the words of both sides.
//! - **event**: reports that tell the same story, grouped in the list ([`library::event`]). **coverage**: which report
//!   says what: a **claim** in each row, a report in each column ([`compare::coverage`]).
//! - **view**: what fills the screen: list and reader, comparison, quotations, coverage. **pane**: a part of a view.
//!   **prompt**: the line that is being typed. **overlay**: what lies over a view, such as help.
//!
//! Words of the code only:
//!
//! - **span**: a byte range of a text ([`Span`](text::Span)), always between characters. Text is stored once, and
//!   everything about it is spans.
//! - **clean text**: text that cannot drive a terminal ([`CleanText`](text::CleanText)); made by [`text::sanitize`] only.
//! - **report number**: the place of a report in the library ([`ReportNo`](library::ReportNo)); never reused.
//! - **library**: the reports of a session ([`Library`](library::Library)): open ones in memory, closed ones in their files.
//!   Most of what is printed is of open ones only.
//! - **summary**: what the list knows of a report without its text ([`ReportSummary`](library::ReportSummary)).
//!   **catalogue**: the summaries of a library, saved for the next start ([`Catalogue`](library::Catalogue)).
//! - **open report**: one whose text is in memory. **closed report**: one whose text is in its file only.
//! - **gathered**: annotated, its quotations in the index of all quotations ([`QuoteIndex`](library::quotes::QuoteIndex)), which
//!   has a **row** for each. **saver**: what writes the marks of the reader while the program runs.
//! - **query**: what is typed to filter ([`Query`](filter::Query)). **match**: a row that it finds. **text index**: the
//!   words of every text, for `body:` ([`filter::body`]).
//! - **action**: what a key or a command asks for. **keymap**: which key means which action where. **effect**: what the
//!   event loop does for a view: copy, open, read, quit. **job**: what a worker does. **scope**: a name that a theme styles.
//!
//! # Import order
//!
//! Imports point to the left; a test keeps it (`tests/suite/architecture`):
//! `text <- article <- {ingest, annotate} <- {filter, compare} <- library <- report <- tui <- main`
//!
//! Beside that order, `config` and `cli` say what was set and typed, `state` and `cache` keep things between runs,
//! `parallel` and `system_error` need nothing. `report` comes before `tui` because what is copied and saved there is written by the
//! code that prints to a pipe. Inside `tui`: theme, keys <- view parts <- views <- event loop.

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
