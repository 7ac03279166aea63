//! All notes of the reader on the reports of the library, in the order of the reports.

mod draw;
mod layout;
mod place;
mod update;

use std::path::PathBuf;

use ratatui::layout::Position;

use crate::article::ArticleId;
use crate::library::ReportNo;
use crate::report::{self, OutputFormat, ReportNotes};
use crate::state::PassageNote;
use crate::text::find;
use crate::tui::action::{Action, KeyContext, NotesAction};
use crate::tui::canvas::Canvas;
use crate::tui::prompt::Prompt;
use crate::tui::scroll::moved;
use crate::tui::shared::Shared;

use super::note_line::NoteLine;
use super::{ExportOffer, ScrollDistance, UpdateContext, View};
pub use place::NotesPlace;

/// A note, and the report that it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ListedNote {
    report: ReportNo,
    id: ArticleId,
    note: PassageNote,
}

impl ListedNote {
    /// Whether `words` stand in the note, its passage, or the headline or outlet of its report.
    fn matches(&self, words: &str, shared: &Shared) -> bool {
        let summary = shared.summary(self.report);
        let of_report = summary.map(|summary| [Some(&summary.label), summary.outlet.as_ref()]);
        let of_report = of_report.into_iter().flatten().flatten();
        let own = [&self.note.words, &self.note.passage].into_iter();
        let mut texts = own.chain(of_report);
        words.is_empty() || texts.any(|text| !find::find_all(text, words).is_empty())
    }
}

/// Returns all notes on reports of the library, in the order of the reports.
fn all_notes(shared: &Shared) -> Vec<ListedNote> {
    if shared.state.has_no_notes() {
        return Vec::new();
    }
    let entries = shared.library.entries.iter().enumerate();
    let notes = entries.flat_map(|(number, entry)| {
        let id = entry.summary.id;
        shared.state.notes(id).iter().map(move |note| ListedNote {
            report: ReportNo(number),
            id,
            note: note.clone(),
        })
    });
    notes.collect()
}

/// The notes view.
#[derive(Debug, Default)]
pub struct NotesView {
    /// The notes that match the search.
    listed: Vec<ListedNote>,
    /// Number of all notes on reports of the library.
    total: usize,
    /// The words that notes are searched for; empty for all notes.
    search: String,
    /// The search line, while it is being typed.
    typing: Option<Prompt>,
    /// The note that is being changed.
    changing: Option<NoteLine>,
    /// The row of the selected note.
    selected: usize,
    /// The row at the top of the screen.
    top: usize,
    /// Rows that the screen holds.
    height: usize,
}

impl NotesView {
    /// Collects the notes on the reports of the library.
    pub fn gather(&mut self, shared: &Shared) {
        let all = all_notes(shared);
        self.total = all.len();
        self.listed = all;
        self.listed
            .retain(|listed| listed.matches(&self.search, shared));
        self.selected = moved(self.selected, 0, self.listed.len());
        self.top = self.top.min(self.selected);
    }

    fn current(&self) -> Option<&ListedNote> {
        self.listed.get(self.selected)
    }
}

impl View for NotesView {
    fn key_context(&self) -> KeyContext {
        KeyContext::Notes
    }

    fn scroll(&mut self, distance: ScrollDistance, _cx: &mut UpdateContext<'_>) {
        self.selected = moved(
            self.selected,
            distance.lines(self.height),
            self.listed.len(),
        );
    }

    fn act(&mut self, action: Action, cx: &mut UpdateContext<'_>) -> bool {
        let action = NotesAction::from_action(action);
        action.map(|action| self.perform(action, cx)).is_some()
    }

    fn back(&mut self, cx: &mut UpdateContext<'_>) -> bool {
        let had_search = !self.search.is_empty();
        self.search.clear();
        self.gather(cx.shared);
        had_search
    }

    fn turn_wheel(&mut self, _at: Position, lines: isize, _cx: &mut UpdateContext<'_>) {
        self.selected = moved(self.selected, lines.signum(), self.listed.len());
    }

    fn press(&mut self, at: Position, cx: &mut UpdateContext<'_>) {
        if let Some(row) = layout::row_at(self, cx.shared.screen, at) {
            self.selected = row;
        }
    }

    fn on_enter(&mut self, cx: &mut UpdateContext<'_>) {
        self.gather(cx.shared);
    }

    fn needed_reports(&self, _shared: &Shared) -> Vec<ReportNo> {
        // A note is shown with the words of its passage that are kept with it.
        Vec::new()
    }

    fn prepare(&mut self, cx: &mut UpdateContext<'_>) {
        (self.top, self.height) = layout::window(self, cx.shared.screen);
    }

    fn title(&self, _shared: &Shared) -> String {
        " · notes".to_owned()
    }

    fn position(&self, _shared: &Shared) -> Option<String> {
        let shown = self.listed.len();
        (shown > 0).then(|| format!("{}/{shown}", self.selected + 1))
    }

    fn status(&self, _shared: &Shared) -> Option<String> {
        let (shown, total) = (self.listed.len(), self.total);
        (!self.search.is_empty()).then(|| format!("/{} · {shown} of {total}", self.search))
    }

    fn hints(&self) -> Vec<(Action, &'static str)> {
        vec![
            (Action::Open, "open"),
            (Action::Note, "change"),
            (Action::Delete, "delete"),
            (Action::Search, "search"),
            (Action::Quit, "back"),
            (Action::Copy, "copy"),
            (Action::Export, "export"),
        ]
    }

    fn export_offer(&self) -> Option<ExportOffer> {
        Some(ExportOffer {
            name: "notes.md",
            formats: &report::NOTES,
        })
    }

    fn export(&mut self, path: PathBuf, format: OutputFormat, cx: &mut UpdateContext<'_>) {
        let mut reports: Vec<ReportNotes<'_>> = Vec::new();
        let mut last = None;
        for ListedNote { report, note, .. } in &self.listed {
            let Some(summary) = cx.shared.summary(*report) else {
                continue;
            };
            if last.replace(*report) != Some(*report) {
                reports.push(ReportNotes {
                    summary,
                    notes: Vec::new(),
                });
            }
            if let Some(of_report) = reports.last_mut() {
                of_report.notes.push(note);
            }
        }
        let mut contents = Vec::new();
        let written = report::notes(&reports, format, &mut contents);
        cx.write_file(path, written.map(|()| contents));
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        draw::draw(self, canvas);
    }
}
