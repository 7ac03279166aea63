//! The place of the reader among the notes, and the way back to it.

use crate::article::ArticleId;
use crate::text::Span;
use crate::tui::view::UpdateContext;

use super::NotesView;

/// The place of the reader among the notes.
#[derive(Clone, Debug, PartialEq)]
pub struct NotesPlace {
    search: String,
    selected: Option<(ArticleId, Span)>,
    top: usize,
}

impl NotesView {
    /// Returns the place of the reader.
    pub fn place(&self) -> NotesPlace {
        NotesPlace {
            search: self.search.clone(),
            selected: self.current().map(|listed| (listed.id, listed.note.span)),
            top: self.top,
        }
    }

    /// Shows a place as it was left; a note that was deleted meanwhile leaves the row selected.
    pub fn restore(&mut self, place: NotesPlace, cx: &mut UpdateContext<'_>) {
        self.search = place.search;
        self.gather(cx.shared);
        let mut rows = self.listed.iter();
        let row = rows.position(|listed| Some((listed.id, listed.note.span)) == place.selected);
        self.selected = row.unwrap_or(self.selected);
        self.top = place.top.min(self.selected);
    }
}
