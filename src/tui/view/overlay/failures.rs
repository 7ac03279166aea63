//! The files that could not be read, each with the reason.

use crate::ingest::ReadFailure;
use crate::text::wrap;
use crate::tui::theme::Scope;

use super::{PageLine, line};

/// Returns the lines of the page.
pub(super) fn lines(failures: &[ReadFailure], width: u16) -> Vec<PageLine> {
    if failures.is_empty() {
        return vec![line("everything could be read", Scope::Dim)];
    }
    let mut lines = vec![line("Not read", Scope::Headline)];
    for failure in failures {
        let words = failure.to_string();
        let rows = wrap::wrap(&words, usize::from(width).max(1));
        lines.extend(rows.iter().map(|row| line(row.of(&words), Scope::Text)));
    }
    lines
}
