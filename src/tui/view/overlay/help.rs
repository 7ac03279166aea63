//! Help: the keys that work in a context and what they do, narrowed to the words looked for.

use crate::text::{Span, wrap};
use crate::tui::action::KeyContext;
use crate::tui::canvas::{columns, cut};
use crate::tui::keymap::{ActionKeys, Keymap};
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::view::{PromptLine, PromptOwner, UpdateContext};

use super::{PageLine, blanks, column_line, line};

/// From this width on the keys have a wide column.
const WIDE_FROM: u16 = 60;
/// From this width on each line ends in the name of its action.
const NAMES_FROM: u16 = 78;
/// Columns of what an action does at least.
const LEAST_DOC: usize = 8;

/// The keys of a context.
#[derive(Debug)]
pub struct HelpPage {
    context: KeyContext,
    /// The words looked for.
    query: Prompt,
    /// Whether they are being typed.
    pub(super) is_typing: bool,
}

impl HelpPage {
    /// Returns all keys of `context`.
    pub fn new(context: KeyContext) -> Self {
        Self {
            context,
            query: Prompt::default(),
            is_typing: false,
        }
    }

    /// Returns the lines of the page: a table for each context whose keys work here.
    pub(super) fn lines(&self, keymap: &Keymap, width: u16) -> Vec<PageLine> {
        let mut lines = Vec::new();
        for (context, rows) in keymap.help(self.context) {
            let rows = rows.iter().filter(|row| self.matches(row));
            let mut rows: Vec<PageLine> = rows.flat_map(|row| action_lines(row, width)).collect();
            if !rows.is_empty() {
                lines.push(line(context.heading(), Scope::Headline));
                lines.append(&mut rows);
                lines.push(Vec::new());
            }
        }
        if lines.is_empty() {
            lines.push(line("no match", Scope::Dim));
        }
        lines
    }

    fn matches(&self, row: &ActionKeys) -> bool {
        let keys = row.keys.join(" ");
        let all = format!("{} {} {keys}", row.action.name(), row.action.doc()).to_lowercase();
        let query = self.query.text().to_lowercase();
        let mut words = query.split_whitespace();
        words.all(|word| all.contains(word) || keys == word)
    }
}

impl PromptOwner for HelpPage {
    fn prompt(&mut self) -> Option<&mut Prompt> {
        self.is_typing.then_some(&mut self.query)
    }

    fn on_prompt(&mut self, event: PromptEvent, _cx: &mut UpdateContext<'_>) {
        match event {
            PromptEvent::Cancelled => {
                self.query.set("");
                self.is_typing = false;
            }
            PromptEvent::Submitted => self.is_typing = false,
            PromptEvent::Edited | PromptEvent::Moved(_) | PromptEvent::OtherKey(_) => {}
        }
    }

    fn prompt_line(&self, _shared: &Shared) -> Option<PromptLine<'_>> {
        self.is_typing.then(|| PromptLine::Typed {
            sign: "/",
            prompt: &self.query,
            notes: ["Enter keep filter   Esc show all", "Esc show all"]
                .map(str::to_owned)
                .into(),
        })
    }
}

/// Returns the keys of one action and what it does, wrapped beside them; its name for `:` where there is room.
fn action_lines(row: &ActionKeys, width: u16) -> Vec<PageLine> {
    let keys_width = if width >= WIDE_FROM {
        22
    } else {
        10.min(width / 2)
    };
    let mut keys = cut(&row.keys.join("  "), keys_width.saturating_sub(1));
    let mut name = (width >= NAMES_FROM).then(|| format!(":{}", row.action.name()));
    let name_width = name.as_ref().map_or(0, |name| columns(name) + 2);
    let room = width.saturating_sub(keys_width + name_width);
    let doc = row.action.doc();
    let parts = wrap::wrap(doc, usize::from(room).max(LEAST_DOC));
    let action_line = |part: Span| {
        let part = part.of(doc);
        let mut line = column_line(&std::mem::take(&mut keys), Scope::StatusKey, keys_width);
        line.push((part.to_owned(), Scope::Text));
        if let Some(name) = name.take() {
            let used = keys_width + columns(part) + columns(&name);
            line.extend([blanks(width.saturating_sub(used)), (name, Scope::Dim)]);
        }
        line
    };
    parts.into_iter().map(action_line).collect()
}
