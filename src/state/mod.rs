//! Saves what the reader did between runs: read marks, stars, places, notes, and decisions about comparisons and events.
//!
//! Everything is saved under the id of the report's text, so that a file that moves keeps its marks. A file that cannot be read
//! or written is a warning and never the end. The layout of the file is in [`file`]. Changes are taken out of the state and
//! written by somebody else, so that no key waits for a disk.

mod changes;
mod file;
mod notes;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::article::ArticleId;
use crate::compare::{LinkChoice, Sides};
use crate::system_error;
use crate::text::CleanText;
pub use changes::StateChanges;
use file::{EVENTS, FieldChanges, LINKS, REPORTS, RawEntries};
pub use notes::PassageNote;

/// Marks of one report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ReportMarks {
    /// Whether it was read.
    pub read: bool,
    /// Whether it has a star.
    pub starred: bool,
    /// First byte of the text on the screen; comes from a file, so it may lie beyond the text.
    pub place: usize,
    /// Number of the run that ended with it selected, the latest the greatest; 0 for none.
    pub left: u64,
}

/// The event that the reader moved a report to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventMove {
    /// An event of its own.
    Out,
    /// The event of this report.
    Into(ArticleId),
}

/// Marks and decisions of earlier runs and of this one.
#[derive(Debug, Default)]
pub struct ReaderState {
    /// The folder of the state file; none where nothing is saved.
    folder: Option<PathBuf>,
    marks: HashMap<ArticleId, ReportMarks>,
    choices: HashMap<(ArticleId, ArticleId), Vec<LinkChoice>>,
    moves: HashMap<ArticleId, EventMove>,
    notes: HashMap<ArticleId, Vec<PassageNote>>,
    /// Changes that nobody has taken to write yet.
    changes: FieldChanges,
}

#[derive(Serialize, Deserialize)]
struct SavedChoices {
    choices: Vec<LinkChoice>,
}

#[derive(Serialize, Deserialize)]
struct SavedMove {
    /// `out`, or an id.
    to: Option<String>,
}

impl ReaderState {
    /// Reads the state file in `folder`; where that fails the state is empty, and a warning says why.
    pub fn load(folder: &Path) -> (Self, Option<CleanText>) {
        let mut state = Self {
            folder: Some(folder.to_owned()),
            ..Self::default()
        };
        let warning = match file::read_state(folder) {
            Ok((_, Some(aside))) => Some(format!(
                "earlier marks were damaged and set aside as {}",
                aside.display()
            )),
            Ok((sections, None)) => {
                state.add_sections(&sections);
                let warning =
                    "marks will not be saved: they belong to a later version of crossread";
                file::is_newer(&sections).then(|| warning.to_owned())
            }
            Err(error) => Some(format!(
                "the marks of earlier runs in {} could not be read: {}",
                folder.display(),
                system_error::describe(&error)
            )),
        };
        (state, warning.map(|warning| CleanText::one_line(&warning)))
    }

    fn add_sections(&mut self, sections: &RawEntries) {
        self.marks = known_entries(sections, REPORTS, parse_id).collect();
        self.choices = known_entries(sections, LINKS, parse_pair)
            .map(|(pair, SavedChoices { choices })| (pair, choices))
            .collect();
        self.moves = known_entries(sections, EVENTS, parse_id)
            .filter_map(|(id, SavedMove { to })| Some((id, parse_move(&to?)?)))
            .collect();
        self.read_notes(sections);
    }

    /// Returns the marks of `report`.
    pub fn marks(&self, report: ArticleId) -> ReportMarks {
        self.marks.get(&report).copied().unwrap_or_default()
    }

    /// Marks `report` as read or unread.
    pub fn set_read(&mut self, report: ArticleId, read: bool) {
        self.set_mark(report, "read", |marks| &mut marks.read, read);
    }

    /// Stars or unstars `report`.
    pub fn set_starred(&mut self, report: ArticleId, starred: bool) {
        self.set_mark(report, "starred", |marks| &mut marks.starred, starred);
    }

    /// Notes the first byte of the text of `report` on the screen.
    pub fn set_place(&mut self, report: ArticleId, place: usize) {
        self.set_mark(report, "place", |marks| &mut marks.place, place);
    }

    /// Notes that the run ends with `report` selected.
    pub fn set_left(&mut self, report: ArticleId) {
        let last = self
            .marks
            .values()
            .map(|marks| marks.left)
            .max()
            .unwrap_or(0);
        if last == 0 || self.marks(report).left < last {
            self.set_mark(report, "left", |marks| &mut marks.left, last + 1);
        }
    }

    /// Returns the place among `reports` of the one that was selected at the end of the latest run.
    pub fn last_left(&self, reports: impl Iterator<Item = ArticleId>) -> Option<usize> {
        let left = self.marks.iter().filter(|(_, marks)| marks.left > 0);
        let left: HashMap<ArticleId, u64> = left.map(|(id, marks)| (*id, marks.left)).collect();
        if left.is_empty() {
            return None;
        }
        let places = reports
            .enumerate()
            .filter_map(|(place, id)| Some((*left.get(&id)?, place)));
        places.max().map(|(_, place)| place)
    }

    fn set_mark<T: Copy + PartialEq + Into<Value>>(
        &mut self,
        report: ArticleId,
        name: &str,
        field: fn(&mut ReportMarks) -> &mut T,
        value: T,
    ) {
        let marks = self.marks.entry(report).or_default();
        // Only what differs from the file is saved: another instance may have changed the rest.
        if std::mem::replace(field(marks), value) != value {
            self.change(REPORTS, report.to_string(), name, value);
        }
    }

    /// Returns the decisions of the reader about the passages of two reports.
    pub fn choices(&self, reports: Sides<ArticleId>) -> Vec<LinkChoice> {
        let (pair, mirrored) = saved_order(reports);
        let kept = self.choices.get(&pair).cloned().unwrap_or_default();
        oriented(kept, mirrored)
    }

    /// Notes all decisions of the reader about the passages of two reports.
    pub fn set_choices(&mut self, reports: Sides<ArticleId>, choices: Vec<LinkChoice>) {
        let (pair, mirrored) = saved_order(reports);
        let choices = oriented(choices, mirrored);
        let name = format!("{}+{}", pair.0, pair.1);
        self.change(LINKS, name, "choices", serde_json::json!(choices));
        self.choices.insert(pair, choices);
    }

    /// Returns the event that the reader moved `report` to.
    pub fn event_move(&self, report: ArticleId) -> Option<EventMove> {
        self.moves.get(&report).copied()
    }

    /// Notes the event that the reader moved `report` to; none moves it back.
    pub fn set_event_move(&mut self, report: ArticleId, to: Option<EventMove>) {
        let written = to.map(|to| match to {
            EventMove::Out => "out".to_owned(),
            EventMove::Into(other) => other.to_string(),
        });
        self.change(EVENTS, report.to_string(), "to", written);
        match to {
            Some(to) => self.moves.insert(report, to),
            None => self.moves.remove(&report),
        };
    }

    /// Returns the changes since the last call, to be written; `None` where there are none.
    pub fn take_changes(&mut self) -> Option<StateChanges> {
        if self.changes.is_empty() {
            return None;
        }
        let fields = std::mem::take(&mut self.changes);
        // Without a folder there is nowhere to write them.
        let folder = self.folder.clone()?;
        Some(StateChanges::new(folder, fields))
    }

    fn change(
        &mut self,
        section: &'static str,
        name: String,
        field: &str,
        value: impl Into<Value>,
    ) {
        let fields: &mut Map<String, Value> = self.changes.entry((section, name)).or_default();
        fields.insert(field.to_owned(), value.into());
    }
}

/// Returns the entries of `section` that can be read; the others stay in the file.
fn known_entries<K, V: DeserializeOwned>(
    sections: &RawEntries,
    section: &str,
    key: impl Fn(&str) -> Option<K>,
) -> impl Iterator<Item = (K, V)> {
    let entries = file::entries(sections, section).into_iter();
    entries.filter_map(move |(name, entry)| {
        Some((key(&name)?, serde_json::from_str(entry.get()).ok()?))
    })
}

fn parse_id(name: &str) -> Option<ArticleId> {
    u128::from_str_radix(name, 16).ok().map(ArticleId)
}

fn parse_pair(name: &str) -> Option<(ArticleId, ArticleId)> {
    let (left, right) = name.split_once('+')?;
    Some((parse_id(left)?, parse_id(right)?))
}

fn parse_move(to: &str) -> Option<EventMove> {
    match to {
        "out" => Some(EventMove::Out),
        into => parse_id(into).map(EventMove::Into),
    }
}

/// Returns the two in the order in which they are saved, and whether that swaps the sides.
fn saved_order(reports: Sides<ArticleId>) -> ((ArticleId, ArticleId), bool) {
    let Sides { left, right } = reports;
    ((left.min(right), left.max(right)), left > right)
}

/// Returns `choices` seen from the other side, if `mirrored`.
fn oriented(mut choices: Vec<LinkChoice>, mirrored: bool) -> Vec<LinkChoice> {
    if mirrored {
        for choice in &mut choices {
            choice.at = choice.at.swapped();
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::compare::LinkDecision;
    use crate::text::Span;

    const CARNEY: ArticleId = ArticleId(0xca);
    const TRUMP: ArticleId = ArticleId(0x7f << 120);

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn load(folder: &tempfile::TempDir) -> ReaderState {
        let (state, warning) = ReaderState::load(folder.path());
        assert_eq!(warning, None);
        state
    }

    fn save(state: &mut ReaderState, now: i64) {
        state.take_changes().unwrap().write(now).unwrap();
    }

    fn written(folder: &tempfile::TempDir) -> Value {
        let text = fs::read_to_string(folder.path().join("state.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn marks_stars_and_places_come_back() {
        let folder = folder();
        let mut state = load(&folder);
        assert_eq!(state.marks(CARNEY), ReportMarks::default());
        state.set_read(CARNEY, true);
        state.set_place(CARNEY, 812);
        state.set_starred(TRUMP, true);
        save(&mut state, 1);
        assert!(state.take_changes().is_none());

        let state = load(&folder);
        let read = ReportMarks {
            read: true,
            place: 812,
            ..ReportMarks::default()
        };
        assert_eq!(state.marks(CARNEY), read);
        assert!(state.marks(TRUMP).starred);
    }

    #[test]
    fn the_report_selected_last_is_found_among_those_of_the_library() {
        let mut state = ReaderState::default();
        let other = ArticleId(7);
        assert_eq!(state.last_left([CARNEY, TRUMP].into_iter()), None);
        state.set_left(TRUMP);
        state.set_left(CARNEY);
        state.set_left(other);
        assert_eq!(state.last_left([TRUMP, CARNEY].into_iter()), Some(1));
        state.set_left(TRUMP);
        assert_eq!(state.last_left([TRUMP, CARNEY].into_iter()), Some(0));
    }

    #[test]
    fn what_is_as_it_was_is_no_change() {
        let folder = folder();
        let mut state = load(&folder);
        state.set_read(CARNEY, false);
        state.set_place(CARNEY, 0);
        assert!(state.take_changes().is_none());
    }

    #[test]
    fn links_by_hand_come_back_from_either_side() {
        let folder = folder();
        let mut state = load(&folder);
        let choice = LinkChoice {
            at: Sides::new(Span::new(0, 5), Span::new(70, 90)),
            decision: LinkDecision::Link,
        };
        state.set_choices(Sides::new(TRUMP, CARNEY), vec![choice]);
        save(&mut state, 1);

        let state = load(&folder);
        assert_eq!(state.choices(Sides::new(TRUMP, CARNEY)), [choice]);
        let mirrored = state.choices(Sides::new(CARNEY, TRUMP));
        assert_eq!(mirrored[0].at, choice.at.swapped());
    }

    #[test]
    fn a_report_moved_to_another_event_stays_there_until_put_back() {
        let folder = folder();
        let mut state = load(&folder);
        state.set_event_move(CARNEY, Some(EventMove::Into(TRUMP)));
        state.set_event_move(TRUMP, Some(EventMove::Out));
        save(&mut state, 1);

        let mut state = load(&folder);
        assert_eq!(state.event_move(CARNEY), Some(EventMove::Into(TRUMP)));
        assert_eq!(state.event_move(TRUMP), Some(EventMove::Out));
        state.set_event_move(CARNEY, None);
        save(&mut state, 2);
        assert_eq!(load(&folder).event_move(CARNEY), None);
    }

    #[test]
    fn two_instances_keep_each_others_marks() {
        let folder = folder();
        let (mut first, mut second) = (load(&folder), load(&folder));
        first.set_starred(CARNEY, true);
        first.set_read(TRUMP, true);
        second.set_read(CARNEY, true);
        save(&mut first, 1);
        save(&mut second, 2);
        let state = load(&folder);
        assert_eq!(
            state.marks(CARNEY),
            ReportMarks {
                read: true,
                starred: true,
                ..ReportMarks::default()
            }
        );
        assert!(state.marks(TRUMP).read);
    }

    #[test]
    fn eight_instances_at_once_lose_nothing() {
        let folder = folder();
        std::thread::scope(|scope| {
            for instance in 0..8 {
                let mut state = load(&folder);
                scope.spawn(move || {
                    for report in 0..4 {
                        state.set_read(ArticleId(instance * 4 + report), true);
                        save(&mut state, 1);
                    }
                });
            }
        });
        let state = load(&folder);
        assert!((0..32).all(|report| state.marks(ArticleId(report)).read));
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_said() {
        let folder = folder();
        let path = folder.path().join("state.json");
        for (number, damaged) in [(1, r#"{"reports":{"ca"#), (2, r#"{"reports":[]}"#)] {
            fs::write(&path, damaged).unwrap();
            let (mut state, warning) = ReaderState::load(folder.path());
            let aside = format!("state.json.damaged-{number}");
            assert!(warning.unwrap().ends_with(&aside));
            assert!(folder.path().join(aside).exists());
            state.set_read(CARNEY, true);
            save(&mut state, 1);
            assert!(load(&folder).marks(CARNEY).read);
        }
    }

    #[test]
    fn an_entry_that_is_not_understood_is_passed_over_and_kept() {
        let folder = folder();
        let path = folder.path().join("state.json");
        fs::write(
            &path,
            r#"{"reports":{"ca":{"place":-4},"7":{"read":true,"mood":"calm"},"zz":{}}}"#,
        )
        .unwrap();
        let mut state = load(&folder);
        assert_eq!(state.marks(CARNEY), ReportMarks::default());
        assert!(state.marks(ArticleId(7)).read);
        state.set_read(TRUMP, true);
        save(&mut state, 1);
        let reports = &written(&folder)["reports"];
        assert_eq!(reports["ca"]["place"], -4);
        assert_eq!(reports["7"]["mood"], "calm");
    }

    #[test]
    fn the_file_of_a_later_version_is_left_alone() {
        let folder = folder();
        let later = r#"{"version":2,"reports":{"ca":{"read":true}}}"#;
        fs::write(folder.path().join("state.json"), later).unwrap();
        let (mut state, warning) = ReaderState::load(folder.path());
        assert!(warning.unwrap().contains("later version"));
        assert!(state.marks(CARNEY).read);
        state.set_read(CARNEY, false);
        let changes = state.take_changes().unwrap();
        assert!(changes.write(1).unwrap_err().contains("later version"));
        assert_eq!(written(&folder)["version"], 2);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_a_warning() {
        let folder = folder();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let (mut state, _) = ReaderState::load(&file.join("crossread"));
        state.set_read(CARNEY, true);
        let warning = state.take_changes().unwrap().write(1).unwrap_err();
        assert!(warning.contains("are not saved in"), "{warning}");
    }

    #[test]
    fn a_state_file_that_is_a_link_stays_one() {
        let folder = folder();
        let kept = folder.path().join("kept.json");
        fs::write(&kept, "{}").unwrap();
        std::os::unix::fs::symlink(&kept, folder.path().join("state.json")).unwrap();
        let mut state = load(&folder);
        state.set_read(CARNEY, true);
        save(&mut state, 1);
        assert!(fs::read_to_string(kept).unwrap().contains("\"read\":true"));
    }
}
