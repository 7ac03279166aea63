//! Changes of the state on their way to its file.

use std::path::PathBuf;

use crate::system_error;
use crate::text::CleanText;

use super::file::{self, FieldChanges};

/// Changes of the state that are not in its file yet.
#[derive(Clone, Debug)]
pub struct StateChanges {
    folder: PathBuf,
    fields: FieldChanges,
}

impl StateChanges {
    pub(super) fn new(folder: PathBuf, fields: FieldChanges) -> Self {
        Self { folder, fields }
    }

    /// Adds later changes of the same state.
    pub fn add(&mut self, later: Self) {
        for (entry, fields) in later.fields {
            self.fields.entry(entry).or_default().extend(fields);
        }
    }

    /// Writes the changes over the state file, and keeps what other instances wrote into it; `now` is in seconds since 1970.
    ///
    /// # Errors
    /// Returns a warning to show; nothing is written then, so that the same changes can be tried again.
    pub fn write(&self, now: i64) -> Result<(), CleanText> {
        file::write_changes(&self.folder, &self.fields, now).map_err(|error| {
            let folder = self.folder.display();
            CleanText::one_line(&format!(
                "marks and places are not saved in {folder}: {}",
                system_error::describe(&error)
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::article::ArticleId;
    use crate::state::ReaderState;

    #[test]
    fn of_changes_to_one_field_the_last_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let report = ArticleId(0xca);
        let (mut state, _) = ReaderState::load(folder.path());
        state.set_place(report, 100);
        state.set_read(report, true);
        let mut changes = state.take_changes().unwrap();
        state.set_place(report, 812);
        changes.add(state.take_changes().unwrap());
        changes.write(1).unwrap();
        let (state, _) = ReaderState::load(folder.path());
        let marks = state.marks(report);
        assert_eq!((marks.read, marks.place), (true, 812));
    }
}
