//! Names the reports of a file of entries, and says once which of them have no text: feeds and lists of references are often links.

use crate::text::CleanText;

use super::super::draft::ReportDraft;
use super::super::failure::{ReadFailure, ReadResult};

/// Said of entries without a text.
const REMEDY: &str = "save the pages that the links lead to";

/// An entry: what was read of it, and its bytes in the file, which are its identity.
pub(super) struct ReadEntry {
    pub(super) draft: Result<ReportDraft, String>,
    pub(super) source: String,
}

/// Returns the reports of a file, each named, and once those without a text.
pub(super) fn reports(
    name: &CleanText,
    entries: Vec<ReadEntry>,
) -> Result<Vec<ReadResult>, String> {
    let count = entries.len();
    let (mut found, mut without_text) = (Vec::new(), Vec::new());
    for (number, entry) in (1..).zip(entries) {
        let path = match count {
            1 => name.clone(),
            _ => CleanText::one_line(&format!("{name}#{number}")),
        };
        match entry.draft {
            Ok(draft) if draft.is_empty() => without_text.push(path),
            Ok(draft) => found.push(Ok(draft.article(&path, entry.source.as_bytes()))),
            Err(reason) => found.push(Err(ReadFailure::named(path, None, &reason))),
        }
    }
    let Some(first) = without_text.first() else {
        return Ok(found);
    };
    let missing = without_text.len();
    if missing == count {
        return Err(match count {
            1 => format!("its one entry has no text; {REMEDY}"),
            _ => format!("none of its {count} entries has a text; {REMEDY}"),
        });
    }
    let reason = match missing {
        1 => format!("no text; {REMEDY}"),
        _ => format!("no text, as in {} other entries; {REMEDY}", missing - 1),
    };
    found.push(Err(ReadFailure::named(first.clone(), None, &reason)));
    Ok(found)
}
