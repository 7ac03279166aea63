//! Reads keys.toml into the key bindings of each context.
//!
//! The default file and the user's own are read by the same parser; the user's keys for an action replace the default ones. The
//! bindings of a context (its own table, then `[move]`, then `[global]`) are computed once, so that a key press and a status
//! line only look them up.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};

use super::action::{Action, KeyContext};
use super::key::{self, Key};
use crate::config::settings_file::{LocatedText, SettingsReader, SettingsTable, SettingsValue};
use crate::config::{SettingsErrors, SettingsFile, default_files};

/// The keys of every action, by context.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// Bindings that hold in each context, by its number; those of the nearest table first.
    contexts: Vec<Vec<Binding>>,
}

/// The meaning of the keys typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolvedKeys {
    /// They are bound to this action.
    Action(Action),
    /// They are the beginning of sequences: the keys left to type of each, and its action.
    Partial(Vec<(String, Action)>),
    /// They are not bound.
    None,
}

/// A line of help: an action and its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionKeys {
    /// Keys bound to the action; empty if it is reached by `:` only.
    pub keys: Vec<String>,
    /// The action.
    pub action: Action,
}

#[derive(Clone, Debug)]
struct Binding {
    context: KeyContext,
    action: Action,
    keys: Vec<Key>,
}

impl Keymap {
    /// Reads the user's key file, merged over the default one.
    ///
    /// # Errors
    /// Returns all mistakes in it, in the order of the lines.
    pub fn parse(user: &SettingsFile) -> Result<Self, SettingsErrors> {
        Self::parse_files(&[user])
    }

    /// Reads `files`, merged over the default one in order.
    fn parse_files(files: &[&SettingsFile]) -> Result<Self, SettingsErrors> {
        let default: Vec<SettingsFile> = default_files("keys.toml").collect();
        let files = default.iter().chain(files.iter().copied());
        let readers: Vec<SettingsReader<'_>> = files.map(SettingsReader::parse).collect();
        let mut bindings = Vec::new();
        for (layer, reader) in readers.iter().enumerate() {
            read_tables(reader.root(), layer, &mut bindings);
        }
        note_duplicates(&bindings);
        let contexts = KeyContext::ALL.map(|context| bindings_in(&bindings, context));
        note_prefixes(&contexts);
        let contexts = contexts.into_iter().map(|holds| {
            holds
                .into_iter()
                .map(|written| written.binding.clone())
                .collect()
        });
        let keymap = Self {
            contexts: contexts.collect(),
        };
        let errors = readers.iter().flat_map(SettingsReader::errors).collect();
        SettingsErrors::unless_any(errors, keymap)
    }

    /// Returns the meaning of the keys `typed` in `context`.
    pub fn resolve(&self, context: KeyContext, typed: &[Key]) -> ResolvedKeys {
        let begun = || {
            self.in_context(context)
                .filter(|binding| binding.keys.starts_with(typed))
        };
        if let Some(whole) = begun().find(|binding| binding.keys.len() == typed.len()) {
            return ResolvedKeys::Action(whole.action);
        }
        let left = |keys: &[Key]| key::write_keys(keys.get(typed.len()..).unwrap_or_default());
        let next: Vec<(String, Action)> = begun()
            .map(|binding| (left(&binding.keys), binding.action))
            .collect();
        match next.is_empty() {
            true => ResolvedKeys::None,
            false => ResolvedKeys::Partial(next),
        }
    }

    /// Returns the keys bound to `action` in `context`, in the order of the files.
    pub fn keys_of(&self, context: KeyContext, action: Action) -> Vec<String> {
        self.in_context(context)
            .filter(|binding| binding.action == action)
            .map(|binding| key::write_keys(&binding.keys))
            .collect()
    }

    /// Returns the table of `context` as keys.toml has it, in the order of the actions.
    pub fn table(&self, context: KeyContext) -> Vec<ActionKeys> {
        self.table_in(context, context)
    }

    /// Returns the tables of help for `context`: its own actions and those of the contexts it falls back to, without keys that a
    /// nearer table binds to something else.
    pub fn help(&self, context: KeyContext) -> Vec<(KeyContext, Vec<ActionKeys>)> {
        let tables = context.chain();
        tables
            .map(|from| (from, self.table_in(context, from)))
            .collect()
    }

    /// Returns the table of `from` with the keys that work in `context`.
    fn table_in(&self, context: KeyContext, from: KeyContext) -> Vec<ActionKeys> {
        let keys = |action| {
            self.in_context(context)
                .filter(|binding| binding.context == from && binding.action == action)
                .map(|binding| key::write_keys(&binding.keys))
                .collect()
        };
        Action::ALL
            .iter()
            .map(|action| ActionKeys {
                keys: keys(*action),
                action: *action,
            })
            .filter(|row| from.actions().contains(&row.action) || !row.keys.is_empty())
            .collect()
    }

    fn in_context(&self, context: KeyContext) -> impl Iterator<Item = &Binding> {
        self.contexts.get(context as usize).into_iter().flatten()
    }
}

impl Default for Keymap {
    /// Returns the keys of assets/keys.toml.
    fn default() -> Self {
        Self::parse_files(&[]).expect("a test reads the default keys")
    }
}

/// A binding with its place in the file.
struct WrittenBinding<'r> {
    binding: Binding,
    place: LocatedText<'r>,
    /// Index of its file: 0 for the default one, 1 for the user's.
    layer: usize,
}

/// Adds the bindings of a file to `bindings`, replacing earlier ones of the same action and context.
fn read_tables<'r>(file: SettingsTable<'r>, layer: usize, bindings: &mut Vec<WrittenBinding<'r>>) {
    for (name, value) in file.entries() {
        let context = KeyContext::ALL.iter().find(|each| each.name() == name.text);
        let Some(context) = context else {
            name.note_unknown("table", KeyContext::ALL.map(KeyContext::name));
            continue;
        };
        for (name, value) in value.table().map_or_else(Vec::new, SettingsTable::entries) {
            if let Some(action) = read_action(name, *context) {
                bindings
                    .retain(|old| (old.binding.context, old.binding.action) != (*context, action));
                let places = value.one_or_more().into_iter().filter_map(read_keys);
                bindings.extend(places.map(|(place, keys)| WrittenBinding {
                    binding: Binding {
                        context: *context,
                        action,
                        keys,
                    },
                    place,
                    layer,
                }));
            }
        }
    }
}

/// Returns the action called `name`, if it works in `context`; otherwise reports the error.
fn read_action(name: LocatedText<'_>, context: KeyContext) -> Option<Action> {
    match name.text.parse::<Action>() {
        Ok(action) if action.fits(context) => return Some(action),
        Ok(action) => name.note(misplaced(action, context)),
        Err(unknown) => name.note(unknown.to_string()),
    }
    None
}

fn read_keys(value: SettingsValue<'_>) -> Option<(LocatedText<'_>, Vec<Key>)> {
    let Some(text) = value.as_text() else {
        value.note("a key is written in quotes: \"q\", or several: [\"q\", \"^d\"]");
        return None;
    };
    match key::parse_keys(text.text) {
        Ok(keys) => Some((text, keys)),
        Err(message) => {
            text.note(message);
            None
        }
    }
}

/// Returns the bindings of `context`; of two with the same keys, that of the nearer table.
fn bindings_in<'b, 'r>(
    bindings: &'b [WrittenBinding<'r>],
    context: KeyContext,
) -> Vec<&'b WrittenBinding<'r>> {
    let mut taken: HashSet<&[Key]> = HashSet::new();
    let mut holds = Vec::new();
    for table in context.chain() {
        let of_table = bindings.iter().filter(|written| {
            written.binding.context == table && !is_typed_text(&written.binding, context)
        });
        holds.extend(of_table.filter(|written| taken.insert(&written.binding.keys)));
    }
    holds
}

/// Whether `context` is the prompt and the first key of `binding` types a character there.
fn is_typed_text(binding: &Binding, context: KeyContext) -> bool {
    let first = binding.keys.first();
    context == KeyContext::Prompt && first.is_some_and(|key| key.text().is_some())
}

/// Reports keys that are bound to two actions in one table.
fn note_duplicates(bindings: &[WrittenBinding<'_>]) {
    let mut first = HashMap::new();
    for late in bindings {
        let Binding {
            context,
            keys,
            action,
        } = &late.binding;
        let early: Action = *first.entry((*context, keys)).or_insert(*action);
        if early != *action {
            late.place.note(format!(
                "{:?} is bound to both {:?} and {:?} in [{}]; bind one to another key, or to []",
                key::write_keys(keys),
                early.name(),
                action.name(),
                context.name(),
            ));
        }
    }
}

/// Reports keys that are the beginning of a longer sequence in the same context, which could then never be typed. Reports each
/// key once.
fn note_prefixes(contexts: &[Vec<&WrittenBinding<'_>>]) {
    let mut noted = HashSet::new();
    for holds in contexts {
        for long in holds {
            let begins = |short: &&&WrittenBinding<'_>| {
                let (short, long) = (&short.binding.keys, &long.binding.keys);
                short.len() < long.len() && long.starts_with(short)
            };
            for short in holds.iter().filter(begins) {
                let newer = match short.layer > long.layer {
                    true => short,
                    false => long,
                };
                if noted.insert((newer.binding.context, &newer.binding.keys)) {
                    newer.place.note(hidden(&short.binding, &long.binding));
                }
            }
        }
    }
}

fn misplaced(action: Action, context: KeyContext) -> String {
    let tables: Vec<String> = action
        .contexts()
        .map(|made_for| format!("[{}]", made_for.name()))
        .collect();
    let (name, context) = (action.name(), context.name());
    format!(
        "{name:?} does not work in [{context}]; move it to {}",
        tables.join(" or ")
    )
}

fn hidden(short: &Binding, long: &Binding) -> String {
    format!(
        "{:?} ({}) can never be typed, because {:?} is bound to {:?}",
        key::write_keys(&long.keys),
        long.action.name(),
        key::write_keys(&short.keys),
        short.action.name(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    fn keymap(user: &str) -> Keymap {
        Keymap::parse(&SettingsFile::new("keys.toml", user)).unwrap()
    }

    fn errors(user: &str) -> Vec<String> {
        let user = SettingsFile::new("keys.toml", user);
        let errors = Keymap::parse(&user).unwrap_err();
        errors.0.iter().map(ToString::to_string).collect()
    }

    fn action(keymap: &Keymap, context: KeyContext, keys: &str) -> Option<Action> {
        match keymap.resolve(context, &key::parse_keys(keys).unwrap()) {
            ResolvedKeys::Action(action) => Some(action),
            _ => None,
        }
    }

    #[test]
    fn every_default_key_reads_back_from_its_text_as_the_same_action() {
        let keymap = Keymap::default();
        for context in KeyContext::ALL {
            for asked in Action::ALL {
                for keys in keymap.keys_of(context, *asked) {
                    assert_eq!(action(&keymap, context, &keys), Some(*asked), "{keys}");
                }
            }
        }
    }

    #[test]
    fn every_action_has_a_key_but_the_mouse() {
        let keymap = Keymap::default();
        for action in Action::ALL.iter().filter(|a| **a != Action::Mouse) {
            for context in action.contexts() {
                let rows = keymap.table(context);
                let row = rows.iter().find(|row| row.action == *action).unwrap();
                assert!(!row.keys.is_empty(), "{action:?} in {context:?}");
            }
        }
    }

    #[test]
    fn a_view_looks_in_its_own_table_then_move_then_global() {
        let keymap = keymap("");
        assert_eq!(
            action(&keymap, KeyContext::List, "n"),
            Some(Action::NextUnread)
        );
        assert_eq!(
            action(&keymap, KeyContext::Reader, "n"),
            Some(Action::SearchNext)
        );
        assert_eq!(action(&keymap, KeyContext::Reader, "j"), Some(Action::Down));
        assert_eq!(action(&keymap, KeyContext::Reader, "q"), Some(Action::Quit));
        assert_eq!(action(&keymap, KeyContext::Help, "q"), Some(Action::Close));
        assert_eq!(
            action(&keymap, KeyContext::Quotes, "^e"),
            Some(Action::Export)
        );
    }

    #[test]
    fn while_typing_only_keys_that_are_no_text_count() {
        let keymap = keymap("");
        assert_eq!(action(&keymap, KeyContext::Prompt, "q"), None);
        assert_eq!(action(&keymap, KeyContext::Prompt, "Space"), None);
        assert_eq!(
            action(&keymap, KeyContext::Prompt, "^y"),
            Some(Action::Copy)
        );
        assert_eq!(
            action(&keymap, KeyContext::Prompt, "Down"),
            Some(Action::Down)
        );
        assert_eq!(
            action(&keymap, KeyContext::Prompt, "Esc"),
            Some(Action::Back)
        );
    }

    #[test]
    fn a_partly_typed_sequence_shows_what_may_follow() {
        let keymap = keymap("");
        let ResolvedKeys::Partial(next) =
            keymap.resolve(KeyContext::Reader, &key::parse_keys("]").unwrap())
        else {
            panic!("] alone is no action");
        };
        let said: Vec<_> = next
            .iter()
            .map(|(keys, action)| (keys.as_str(), action.name()))
            .collect();
        assert_eq!(
            said,
            [
                ("q", "next-quote"),
                ("t", "next-term"),
                ("s", "next-statement"),
                ("n", "next-note")
            ]
        );
        assert_eq!(
            keymap.resolve(KeyContext::Reader, &key::parse_keys("]x").unwrap()),
            ResolvedKeys::None
        );
    }

    #[test]
    fn the_readers_keys_replace_those_of_the_action_and_no_others() {
        let keymap = keymap("[move]\ndown = ['Down', '_']\n[list]\nmark = []\n");
        assert_eq!(
            keymap.keys_of(KeyContext::List, Action::Down),
            ["Down", "_"]
        );
        assert_eq!(action(&keymap, KeyContext::List, "j"), None);
        assert_eq!(action(&keymap, KeyContext::List, "k"), Some(Action::Up));
        assert_eq!(action(&keymap, KeyContext::List, "m"), None);
        let rows = keymap.table(KeyContext::List);
        assert!(
            rows.iter()
                .any(|row| row.action == Action::Mark && row.keys.is_empty())
        );
    }

    #[test]
    fn help_leaves_out_keys_that_mean_something_nearer() {
        let help = keymap("").help(KeyContext::Quotes);
        let keys = |place: usize, action| {
            let rows: &Vec<ActionKeys> = &help[place].1;
            rows.iter()
                .find(|row| row.action == action)
                .unwrap()
                .keys
                .clone()
        };
        assert_eq!(keys(0, Action::Export), ["e", "^e"]);
        assert_eq!(keys(1, Action::Down), ["j", "Down", "^n"]);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let said = errors(
            "[lst]\n[list]\nnext-unraed = 'n'\nopen = 's'\nsort = 3\nstar = 'pagedwon'\nswap = 'x'\n[reader]\ncopy = ']'\n",
        );
        assert_eq!(
            said,
            [
                "keys.toml:1: unknown table \"lst\"; did you mean \"list\"?",
                "keys.toml:3: unknown action \"next-unraed\"; did you mean \"next-unread\"?",
                "keys.toml:5: a key is written in quotes: \"q\", or several: [\"q\", \"^d\"]",
                "keys.toml:6: unknown key \"pagedwon\"; did you mean \"PageDown\"?",
                "keys.toml:7: \"swap\" does not work in [list]; move it to [compare]",
                "keys.toml:9: \"]q\" (next-quote) can never be typed, because \"]\" is bound to \"copy\"",
            ]
        );
    }

    #[test]
    fn a_key_bound_twice_names_both_actions() {
        assert_eq!(
            errors("[list]\nopen = 'o'\n"),
            [
                "keys.toml:2: \"o\" is bound to both \"open-original\" and \"open\" in [list]; bind one to another key, or to []"
            ]
        );
    }

    #[test]
    fn a_broken_file_says_where() {
        let said = errors("[list\nopen = \n");
        assert!(said[0].starts_with("keys.toml:1: "), "{said:?}");
    }
}
