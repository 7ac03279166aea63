//! The place of the reader in a view: small enough to be kept for every view that was visited, and enough to show the same again.

use super::ViewKind;
use super::browse::{BrowsePlace, Pane};
use super::compare::ComparePlace;
use super::coverage::CoveragePlace;
use super::notes::NotesPlace;
use super::quotes::QuotesPlace;

/// A view, and the place of the reader in it.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// In the list, or in a report beside it.
    Browse(BrowsePlace),
    /// In a comparison.
    Compare(ComparePlace),
    /// Among the quotations.
    Quotes(QuotesPlace),
    /// In the coverage grid.
    Coverage(CoveragePlace),
    /// Among the notes.
    Notes(NotesPlace),
}

impl Place {
    /// Returns the view.
    pub fn kind(&self) -> ViewKind {
        match self {
            Place::Browse(_) => ViewKind::Browse,
            Place::Compare(_) => ViewKind::Compare,
            Place::Quotes(_) => ViewKind::Quotes,
            Place::Coverage(_) => ViewKind::Coverage,
            Place::Notes(_) => ViewKind::Notes,
        }
    }

    /// Whether it is the list of reports, with which the program starts.
    pub fn is_list(&self) -> bool {
        matches!(self, Place::Browse(place) if place.focus == Pane::List)
    }

    /// Returns the words for a key that leads back to it.
    pub fn back_words(&self) -> &'static str {
        match self {
            Place::Browse(place) => match place.focus {
                Pane::List => "back to list",
                Pane::Reader => "back to report",
            },
            Place::Compare(_) => "back to comparison",
            Place::Quotes(_) => "back to quotes",
            Place::Coverage(_) => "back to grid",
            Place::Notes(_) => "back to notes",
        }
    }

    /// Whether `other` is in the same view of the same reports, wherever in it.
    pub fn is_same_view(&self, other: &Place) -> bool {
        match (self, other) {
            (Place::Browse(one), Place::Browse(other)) => {
                let is_one_report = one.focus == Pane::List || one.report == other.report;
                one.focus == other.focus && is_one_report
            }
            (Place::Compare(one), Place::Compare(other)) => one.reports == other.reports,
            (Place::Quotes(_), Place::Quotes(_)) | (Place::Notes(_), Place::Notes(_)) => true,
            (Place::Coverage(one), Place::Coverage(other)) => one.reports == other.reports,
            _ => false,
        }
    }
}
