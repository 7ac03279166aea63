//! Help: the keys that work in a context and what they do, narrowed to the words looked for.

use crate::filter::QueryField;
use crate::text::{Span, wrap};
use crate::tui::action::{Action, KeyContext};
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

/// The keys of a line being typed that cannot be bound otherwise.
const EDITING_KEYS: [(&str, &str); 9] = [
    ("Enter", "accept what is typed"),
    ("Esc  ^c", "cancel"),
    ("Up  Down  ^p  ^n", "move the selection"),
    ("Tab", "complete, or go to the list"),
    ("Left  Right", "move one letter left or right"),
    ("^a  ^e  Home  End", "go to the beginning or the end"),
    ("Backspace  Delete", "delete a letter"),
    ("^w", "delete the word before the cursor"),
    ("^u  ^k", "delete to the beginning or the end"),
];

/// The forms of a condition of a filter, without fields.
const FILTER_SYNTAX: [(&str, &str); 5] = [
    ("steel", "these letters in this order, whole words first"),
    (
        "'steel ^steel steel$",
        "exactly these letters: in a word, at its beginning, at its end",
    ),
    ("\"white smoke\"", "the exact phrase"),
    ("!steel", "without this word"),
    ("steel | iron", "either word"),
];

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
        if self.context == KeyContext::Prompt {
            return self.prompt_lines(keymap, width);
        }
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

    /// Returns the lines about a line being typed: its keys, then what a filter understands.
    fn prompt_lines(&self, keymap: &Keymap, width: u16) -> Vec<PageLine> {
        let bound = [Action::Help, Action::Copy, Action::Export];
        let bound = bound.map(|action| {
            (
                keymap.keys_of(KeyContext::Prompt, action).join("  "),
                action.doc(),
            )
        });
        let fixed = EDITING_KEYS
            .iter()
            .map(|&(keys, doc)| (keys.to_owned(), doc));
        let keys: Vec<(String, &str)> = fixed.chain(bound).collect();
        let syntax = FILTER_SYNTAX
            .iter()
            .map(|&(typed, doc)| (typed.to_owned(), doc));
        let fields = QueryField::ALL
            .map(|(_, name)| format!("{name}:"))
            .join(" ");
        let fields = format!("in one field; the fields are {fields}");
        let mut syntax: Vec<(String, &str)> = syntax.collect();
        syntax.push(("outlet:cbc".to_owned(), &fields));
        let mut lines = Vec::new();
        for (heading, rows) in [("While typing", keys), ("In a filter", syntax)] {
            let rows = rows
                .iter()
                .filter(|(keys, doc)| !keys.is_empty() && self.holds(keys, doc));
            let mut rows: Vec<PageLine> = rows
                .flat_map(|(keys, doc)| key_lines(keys, doc, None, width))
                .collect();
            if !rows.is_empty() {
                lines.push(line(heading, Scope::Headline));
                lines.append(&mut rows);
                lines.push(Vec::new());
            }
        }
        lines
    }

    fn matches(&self, row: &ActionKeys) -> bool {
        let about = format!("{} {}", row.action.name(), row.action.doc());
        self.holds(&row.keys.join(" "), &about)
    }

    /// Whether a line of help holds the words looked for.
    fn holds(&self, keys: &str, about: &str) -> bool {
        let all = format!("{about} {keys}").to_lowercase();
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

/// Returns the keys of one action and what it does; its name for `:` where there is room.
fn action_lines(row: &ActionKeys, width: u16) -> Vec<PageLine> {
    let name = (width >= NAMES_FROM).then(|| format!(":{}", row.action.name()));
    key_lines(&row.keys.join("  "), row.action.doc(), name, width)
}

/// Returns keys and what they do, wrapped beside them; `name` at the right end.
fn key_lines(keys: &str, doc: &str, mut name: Option<String>, width: u16) -> Vec<PageLine> {
    let keys_width = if width >= WIDE_FROM {
        22
    } else {
        12.min(width / 2)
    };
    let mut keys = cut(keys, keys_width.saturating_sub(1));
    let name_width = name.as_ref().map_or(0, |name| columns(name) + 2);
    let room = width.saturating_sub(keys_width + name_width);
    let parts = wrap::wrap(doc, usize::from(room).max(LEAST_DOC));
    let key_line = |part: Span| {
        let part = part.of(doc);
        let mut line = column_line(&std::mem::take(&mut keys), Scope::StatusKey, keys_width);
        line.push((part.to_owned(), Scope::Text));
        if let Some(name) = name.take() {
            let used = keys_width + columns(part) + columns(&name);
            line.extend([blanks(width.saturating_sub(used)), (name, Scope::Dim)]);
        }
        line
    };
    parts.into_iter().map(key_line).collect()
}
