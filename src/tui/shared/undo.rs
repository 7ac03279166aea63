//! Decisions of the reader that can be taken back, the last one first.

use crate::article::ArticleId;
use crate::compare::{LinkChoice, Sides};
use crate::library::ReportNo;
use crate::state::{EventMove, PassageNote};
use crate::text::Span;

/// A decision, with what held before it.
#[derive(Clone, Debug)]
pub struct UndoStep {
    /// The words that said what was done.
    pub words: String,
    /// The change that takes it back.
    pub change: UndoneChange,
}

/// The state before a decision.
#[derive(Clone, Debug)]
pub enum UndoneChange {
    /// The links of two reports.
    Links(Sides<ReportNo>, Vec<LinkChoice>),
    /// The move of a report between events, if there was one.
    EventMove(ReportNo, Option<EventMove>),
    /// The note on a passage, if there was one.
    Note(ArticleId, Span, Option<PassageNote>),
}
