//! Draws the notes: of each its report, the passage in the look of a quotation from it, and the words of the reader.

use ratatui::layout::Rect;

use crate::text::{CleanText, Span};
use crate::tui::action::{Action, KeyContext};
use crate::tui::canvas::{Canvas, cut};
use crate::tui::screen::AreaParts;
use crate::tui::theme::Scope;
use crate::tui::view::report_mark::NOTE_SIGN;
use crate::tui::words::date;

use super::NotesView;
use super::layout::{self, INDENT, NoteBlock};

/// Draws the view.
pub(super) fn draw(view: &NotesView, canvas: &mut Canvas<'_>) {
    let screen = canvas.shared.screen;
    let area = layout::list_area(screen);
    if area.is_empty() {
        return;
    }
    if view.listed.is_empty() {
        let words = empty_words(view, canvas);
        canvas.put_wrapped(area.inset(INDENT, INDENT), &words, Scope::Dim);
        canvas.cursor.get_or_insert((area.x, area.y));
        return;
    }
    for (row, y, block) in layout::blocks(view, screen) {
        let mut rest = area.below(y - area.y);
        if row == view.selected {
            let height = u16::try_from(block.height() - 1).unwrap_or(u16::MAX);
            for y in rest.y..rest.y.saturating_add(height).min(rest.bottom()) {
                canvas.put(area.x, y, 1, "▌", Scope::Selected);
            }
            canvas.cursor.get_or_insert((area.x, rest.y));
        }
        draw_source(canvas, &block, rest.take_top(1));
        let note = &block.listed.note;
        let (is_passage_cut, is_note_cut) = block.is_cut;
        put_rows(
            canvas,
            &mut rest,
            (&note.passage, &block.passage, is_passage_cut),
            0,
        );
        if !rest.is_empty() {
            canvas.put(rest.x + INDENT, rest.y, 1, NOTE_SIGN, Scope::Note);
        }
        put_rows(
            canvas,
            &mut rest,
            (&note.words, &block.words, is_note_cut),
            2,
        );
    }
}

/// Says how a note is written, or that none matches.
fn empty_words(view: &NotesView, canvas: &Canvas<'_>) -> String {
    if view.total > 0 {
        return "no match".to_owned();
    }
    let key = |action| canvas.shared.key_in(KeyContext::Reader, action);
    format!(
        "no notes on these reports; in a report {} writes one, {} selects sentences first",
        key(Action::Note),
        key(Action::Select)
    )
}

/// Writes the outlet, the headline and the date of the report.
fn draw_source(canvas: &mut Canvas<'_>, block: &NoteBlock<'_>, area: Rect) {
    let Some(summary) = canvas.shared.summary(block.listed.report) else {
        return;
    };
    let width = layout::text_width(area);
    let right = area.x + INDENT + width;
    let mut x = area.x + INDENT;
    if let Some(outlet) = &summary.outlet {
        x = canvas.put(x, area.y, width / 2, &cut(outlet, width / 2), Scope::Outlet);
        x = canvas.put(x, area.y, right.saturating_sub(x), " · ", Scope::Dim);
    }
    let published = summary.published.map(|_| date(summary.published));
    let published = published.unwrap_or_default();
    let end = canvas.put_right(x + width / 3, right, area.y, &published, Scope::Meta);
    let room = end.unwrap_or(right).saturating_sub(x + 1);
    canvas.put(x, area.y, room, &cut(&summary.label, room), Scope::Meta);
}

/// Writes rows of words at the top of `rest`, and takes their lines from it.
fn put_rows(
    canvas: &mut Canvas<'_>,
    rest: &mut Rect,
    (words, rows, is_cut): (&CleanText, &[Span], bool),
    indent: u16,
) {
    let scope = if indent > 0 { Scope::Note } else { Scope::Text };
    let width = layout::text_width(*rest).saturating_sub(indent);
    for (number, row) in rows.iter().enumerate() {
        let line = rest.take_top(1);
        if line.is_empty() {
            return;
        }
        let mut shown = row.of(words).to_owned();
        if is_cut && number + 1 == rows.len() {
            shown = cut(&format!("{shown} …"), width);
        }
        canvas.put(line.x + INDENT + indent, line.y, width, &shown, scope);
    }
}
