//! Lays out the notes on the screen: for each a line with its report, its passage, and the words of the note.

use ratatui::layout::{Position, Rect};

use crate::text::{Span, wrap};
use crate::tui::screen;

use super::{ListedNote, NotesView};

/// Lines of a passage and of a note at most, on a screen with room, and on a low one.
const MOST_LINES: (usize, usize) = (2, 6);
const FEW_LINES: (usize, usize) = (1, 2);
/// A screen with fewer lines is low.
const LOW: u16 = 16;
/// Columns of the longest line.
const MEASURE: u16 = 96;
/// Columns before the words.
pub(super) const INDENT: u16 = 2;

/// The lines of a note.
pub(super) struct NoteBlock<'a> {
    pub(super) listed: &'a ListedNote,
    pub(super) passage: Vec<Span>,
    pub(super) words: Vec<Span>,
    /// Whether the passage is cut, and whether the note is.
    pub(super) is_cut: (bool, bool),
}

impl<'a> NoteBlock<'a> {
    fn new(listed: &'a ListedNote, area: Rect) -> Self {
        let width = usize::from(text_width(area));
        let (most_passage, most_words) = if area.height < LOW {
            FEW_LINES
        } else {
            MOST_LINES
        };
        let mut passage = wrap::wrap(&listed.note.passage, width);
        let mut words = wrap::wrap(&listed.note.words, width.saturating_sub(2).max(1));
        let is_cut = (passage.len() > most_passage, words.len() > most_words);
        passage.truncate(most_passage);
        words.truncate(most_words);
        Self {
            listed,
            passage,
            words,
            is_cut,
        }
    }

    /// Returns its lines, the blank one below included.
    pub(super) fn height(&self) -> usize {
        1 + self.passage.len() + self.words.len() + 1
    }
}

/// Returns the columns of the words.
pub(super) fn text_width(area: Rect) -> u16 {
    area.width.saturating_sub(2 * INDENT).clamp(1, MEASURE)
}

/// Returns the area of the notes.
pub(super) fn list_area(screen: Rect) -> Rect {
    screen::areas(screen).body
}

/// Returns the notes on the screen, each with its row and its line; the last one may not fit whole.
pub(super) fn blocks(view: &NotesView, screen: Rect) -> Vec<(usize, u16, NoteBlock<'_>)> {
    let area = list_area(screen);
    let mut placed = Vec::new();
    let mut y = area.y;
    for (row, listed) in view.listed.iter().enumerate().skip(view.top) {
        if y >= area.bottom() {
            break;
        }
        let block = NoteBlock::new(listed, area);
        let height = u16::try_from(block.height()).unwrap_or(u16::MAX);
        placed.push((row, y, block));
        y = y.saturating_add(height);
    }
    placed
}

/// Returns the row of the note that is drawn at a place.
pub(super) fn row_at(view: &NotesView, screen: Rect, at: Position) -> Option<usize> {
    let area = list_area(screen);
    if !area.contains(at) {
        return None;
    }
    let placed = blocks(view, screen).into_iter();
    let above = placed.take_while(|(_, y, _)| *y <= at.y);
    above.last().map(|(row, ..)| row)
}

/// Returns the row that is to be the first on the screen so that the selected one is seen whole, and how many rows are.
pub(super) fn window(view: &NotesView, screen: Rect) -> (usize, usize) {
    let area = list_area(screen);
    let room = usize::from(area.height);
    // The blank line below the last note is not missed.
    let height = |row: usize| {
        let listed = view.listed.get(row);
        listed.map_or(0, |listed| NoteBlock::new(listed, area).height())
    };
    let mut used = height(view.selected).saturating_sub(1);
    let mut fits = |row: &usize| {
        used += height(*row);
        used <= room
    };
    let above = (view.top..view.selected).rev().take_while(&mut fits);
    let above = above.count();
    let below = (view.selected + 1..view.listed.len()).take_while(&mut fits);
    (view.selected - above, 1 + above + below.count())
}
