//! keys.toml -> which keys ask for which action where.
//!
//! The default file and the reader's own are read by the same parser; the reader's replaces the keys of the actions it names.
//! All that is wrong is said at once. What holds in a view (its own table, then `[move]`, then `[global]`) is worked out once,
//! so that a key press and a status line only look it up.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::action::{Action, Context};
use super::key::{self, Key};
use crate::compiled;
use crate::config::error::{self, SettingsError, SettingsFile};

/// Which keys ask for which action, in every context.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Keymap {
    bindings: Vec<Binding>,
    /// What holds in each context, in the order of [`Context::ALL`]: places in `bindings`, the nearest table first.
    holds: Vec<Vec<usize>>,
}

/// What the keys typed so far ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolvedKeys {
    /// This.
    Action(Action),
    /// Nothing yet; what may follow.
    Partial(Vec<NextKeys>),
    /// Nothing, whatever follows.
    None,
}

/// What may follow a partly typed sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextKeys {
    /// The keys that are left to type.
    pub keys: String,
    /// What they ask for.
    pub action: Action,
}

/// A line of help: an action and its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionKeys {
    /// The keys that ask for it; none where it is reached by `:` only.
    pub keys: Vec<String>,
    /// What they ask for.
    pub action: Action,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Binding {
    context: Context,
    action: Action,
    keys: Vec<Key>,
    origin: Origin,
}

/// Where a binding is written: the place of its file among those read, and the bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Origin {
    file: usize,
    at: Range<usize>,
}

impl Keymap {
    /// Reads the default key file and the reader's own over it.
    ///
    /// # Errors
    /// Returns all that is wrong in either, in the order of the lines.
    pub fn parse(
        default: &SettingsFile,
        user: Option<&SettingsFile>,
    ) -> Result<Self, Vec<SettingsError>> {
        let mut sheet = Sheet::default();
        sheet.read(default);
        if let Some(user) = user {
            sheet.read(user);
        }
        // The TOML reader gives the names of a table in the order of the alphabet.
        sheet
            .bindings
            .sort_by_key(|binding| (binding.origin.file, binding.origin.at.start));
        sheet.check_duplicates();
        let keymap = Self::new(std::mem::take(&mut sheet.bindings));
        sheet.check_prefixes(&keymap);
        match sheet.errors.is_empty() {
            true => Ok(keymap),
            false => {
                sheet.errors.sort_by_key(|error| error.line);
                Err(sheet.errors)
            }
        }
    }

    fn new(bindings: Vec<Binding>) -> Self {
        let holds = Context::ALL.map(|context| holding(&bindings, context));
        Self {
            holds: holds.to_vec(),
            bindings,
        }
    }

    /// Returns what `typed` asks for in `context`.
    pub fn resolve(&self, context: Context, typed: &[Key]) -> ResolvedKeys {
        let begun = || {
            self.in_context(context)
                .filter(|b| b.keys.starts_with(typed))
        };
        if let Some(whole) = begun().find(|binding| binding.keys.len() == typed.len()) {
            return ResolvedKeys::Action(whole.action);
        }
        let next: Vec<NextKeys> = begun()
            .map(|binding| NextKeys {
                keys: key::text(binding.keys.get(typed.len()..).unwrap_or_default()),
                action: binding.action,
            })
            .collect();
        match next.is_empty() {
            true => ResolvedKeys::None,
            false => ResolvedKeys::Partial(next),
        }
    }

    /// Returns the keys that ask for `action` in `context`, the first one first.
    pub fn keys_of(&self, context: Context, action: Action) -> Vec<String> {
        self.in_context(context)
            .filter(|binding| binding.action == action)
            .map(|binding| key::text(&binding.keys))
            .collect()
    }

    /// Returns the table of `context` as keys.toml has it, in the order of the actions.
    pub fn table(&self, context: Context) -> Vec<ActionKeys> {
        rows(context, |action| {
            self.bindings
                .iter()
                .filter(|binding| binding.context == context && binding.action == action)
                .map(|binding| key::text(&binding.keys))
                .collect()
        })
    }

    /// Returns what can be asked for in `context`: a table for each context whose keys hold there, without those keys that mean
    /// something nearer.
    pub fn help(&self, context: Context) -> Vec<(Context, Vec<ActionKeys>)> {
        let table = |from: &Context| {
            let keys = |action| {
                self.in_context(context)
                    .filter(|binding| binding.context == *from && binding.action == action)
                    .map(|binding| key::text(&binding.keys))
                    .collect()
            };
            (*from, rows(*from, keys))
        };
        context.chain().iter().map(table).collect()
    }

    fn in_context(&self, context: Context) -> impl Iterator<Item = &Binding> {
        let place = Context::ALL.iter().position(|each| *each == context);
        let holds = place.and_then(|place| self.holds.get(place));
        holds
            .into_iter()
            .flatten()
            .filter_map(|binding| self.bindings.get(*binding))
    }
}

impl Default for Keymap {
    /// Returns the default keys.
    fn default() -> Self {
        compiled::read(include_bytes!("../../assets/compiled/keys.bin"))
    }
}

/// Returns the rows of the actions that are made for `context` or have keys in it.
fn rows(context: Context, keys_of: impl Fn(Action) -> Vec<String>) -> Vec<ActionKeys> {
    Action::ALL
        .iter()
        .map(|action| ActionKeys {
            keys: keys_of(*action),
            action: *action,
        })
        .filter(|row| row.action.contexts().contains(&context) || !row.keys.is_empty())
        .collect()
}

/// Returns the places in `bindings` of those that hold in `context`; of two with the same keys, the one of the nearer table.
fn holding(bindings: &[Binding], context: Context) -> Vec<usize> {
    let mut taken: HashSet<&[Key]> = HashSet::new();
    let mut holds = Vec::new();
    for table in context.chain() {
        for (place, binding) in bindings.iter().enumerate() {
            let here = binding.context == *table && !is_typed_text(binding, context);
            if here && taken.insert(&binding.keys) {
                holds.push(place);
            }
        }
    }
    holds
}

/// Whether the first key of `binding` is a character of the line that is being typed in `context`.
fn is_typed_text(binding: &Binding, context: Context) -> bool {
    let first = binding.keys.first();
    context == Context::Prompt && first.is_some_and(|key| key.text().is_some())
}

/// The files as far as they are read.
#[derive(Default)]
struct Sheet<'s> {
    files: Vec<&'s SettingsFile>,
    bindings: Vec<Binding>,
    errors: Vec<SettingsError>,
}

impl<'s> Sheet<'s> {
    fn read(&mut self, source: &'s SettingsFile) {
        self.files.push(source);
        let (document, errors) = DeTable::parse_recoverable(&source.text);
        self.errors
            .extend(errors.iter().map(|error| source.toml_error(error)));
        for (name, value) in document.get_ref() {
            let found = Context::ALL
                .iter()
                .find(|each| each.name() == name.get_ref());
            match (found, value.get_ref()) {
                (Some(context), DeValue::Table(table)) => self.read_table(*context, table),
                (Some(context), _) => {
                    let name = context.name();
                    self.fail(value.span(), format!("{name:?} is a table; write [{name}]"));
                }
                (None, _) => {
                    let near = error::nearest(name.get_ref(), Context::ALL.map(Context::name));
                    self.fail(name.span(), error::unknown("table", name.get_ref(), near));
                }
            }
        }
    }

    fn read_table(&mut self, context: Context, table: &DeTable<'_>) {
        for (name, value) in table {
            let action: Action = match name.get_ref().parse() {
                Ok(action) => action,
                Err(unknown) => {
                    self.fail(name.span(), unknown.to_string());
                    continue;
                }
            };
            if !action.fits(context) {
                self.fail(name.span(), misplaced(action, context));
                continue;
            }
            self.bindings
                .retain(|old| (old.context, old.action) != (context, action));
            self.bind(context, action, value);
        }
    }

    fn bind(&mut self, context: Context, action: Action, value: &Spanned<DeValue<'_>>) {
        let texts = match value.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![value],
        };
        for text in texts {
            let keys = match text.get_ref() {
                DeValue::String(text) => key::parse(text),
                _ => {
                    Err("a key is written in quotes: \"q\", or several: [\"q\", \"^d\"]".to_owned())
                }
            };
            match keys {
                Ok(keys) => self.bindings.push(Binding {
                    context,
                    action,
                    keys,
                    origin: Origin {
                        file: self.files.len() - 1,
                        at: text.span(),
                    },
                }),
                Err(what) => self.fail(text.span(), what),
            }
        }
    }

    /// Says what is wrong at `at` in the file that is being read.
    fn fail(&mut self, at: Range<usize>, what: String) {
        if let Some(source) = self.files.last() {
            self.errors.push(source.error(&at, what));
        }
    }

    fn check_duplicates(&mut self) {
        let mut errors = Vec::new();
        let mut first = HashMap::new();
        for late in &self.bindings {
            let early = *first.entry((late.context, &late.keys)).or_insert(late);
            if !std::ptr::eq(early, late) {
                let what = format!(
                    "{:?} is both {:?} and {:?} in [{}]; give one of them another key, or []",
                    key::text(&late.keys),
                    early.action.name(),
                    late.action.name(),
                    late.context.name(),
                );
                errors.extend(self.error(&late.origin, what));
            }
        }
        self.errors.extend(errors);
    }

    /// Says which keys begin a sequence that holds in the same context, which could then never be typed; once for each key to mend.
    fn check_prefixes(&mut self, keymap: &Keymap) {
        let mut said = HashSet::new();
        for holds in &keymap.holds {
            let bindings: Vec<(usize, &Binding)> = holds
                .iter()
                .filter_map(|place| Some((*place, keymap.bindings.get(*place)?)))
                .collect();
            for (long_place, long) in &bindings {
                let begins = |short: &Binding| {
                    short.keys.len() < long.keys.len() && long.keys.starts_with(&short.keys)
                };
                for (short_place, short) in bindings.iter().filter(|(_, short)| begins(short)) {
                    let (newer, place) = match short.origin.file > long.origin.file {
                        true => (short, short_place),
                        false => (long, long_place),
                    };
                    if said.insert(*place) {
                        self.errors
                            .extend(self.error(&newer.origin, hidden(short, long)));
                    }
                }
            }
        }
    }

    fn error(&self, origin: &Origin, what: String) -> Option<SettingsError> {
        let source = self.files.get(origin.file)?;
        Some(source.error(&origin.at, what))
    }
}

fn misplaced(action: Action, context: Context) -> String {
    let tables: Vec<String> = action
        .contexts()
        .iter()
        .map(|made_for| format!("[{}]", made_for.name()))
        .collect();
    let (name, context) = (action.name(), context.name());
    format!(
        "{name:?} is no action of [{context}]; it belongs in {}",
        tables.join(" or ")
    )
}

fn hidden(short: &Binding, long: &Binding) -> String {
    format!(
        "{:?} ({}) could not be typed, because {:?} is {:?} there",
        key::text(&long.keys),
        long.action.name(),
        key::text(&short.keys),
        short.action.name(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::default_keys;

    fn keymap(user: &str) -> Keymap {
        Keymap::parse(&default_keys(), Some(&SettingsFile::new("keys.toml", user))).unwrap()
    }

    fn errors(user: &str) -> Vec<String> {
        let user = SettingsFile::new("keys.toml", user);
        let errors = Keymap::parse(&default_keys(), Some(&user)).unwrap_err();
        errors.iter().map(SettingsError::to_string).collect()
    }

    fn action(keymap: &Keymap, context: Context, keys: &str) -> Option<Action> {
        match keymap.resolve(context, &key::parse(keys).unwrap()) {
            ResolvedKeys::Action(action) => Some(action),
            _ => None,
        }
    }

    #[test]
    fn the_default_keys_are_compiled_as_they_are_written() {
        compiled::check("keys.bin", &keymap(""));
    }

    #[test]
    fn every_default_key_reads_back_from_its_text_as_the_same_action() {
        let keymap = Keymap::parse(&default_keys(), None).unwrap();
        for context in Context::ALL {
            for asked in Action::ALL {
                for keys in keymap.keys_of(context, *asked) {
                    assert_eq!(action(&keymap, context, &keys), Some(*asked), "{keys}");
                }
            }
        }
    }

    #[test]
    fn every_action_has_a_key_but_the_mouse() {
        let keymap = Keymap::parse(&default_keys(), None).unwrap();
        for action in Action::ALL.iter().filter(|a| **a != Action::Mouse) {
            for context in action.contexts() {
                let rows = keymap.table(*context);
                let row = rows.iter().find(|row| row.action == *action).unwrap();
                assert!(!row.keys.is_empty(), "{action:?} in {context:?}");
            }
        }
    }

    #[test]
    fn a_view_looks_in_its_own_table_then_move_then_global() {
        let keymap = keymap("");
        assert_eq!(
            action(&keymap, Context::List, "n"),
            Some(Action::NextUnread)
        );
        assert_eq!(
            action(&keymap, Context::Reader, "n"),
            Some(Action::SearchNext)
        );
        assert_eq!(action(&keymap, Context::Reader, "j"), Some(Action::Down));
        assert_eq!(action(&keymap, Context::Reader, "q"), Some(Action::Quit));
        assert_eq!(action(&keymap, Context::Help, "q"), Some(Action::Close));
        assert_eq!(action(&keymap, Context::Quotes, "^e"), Some(Action::Export));
    }

    #[test]
    fn while_typing_only_keys_that_are_no_text_count() {
        let keymap = keymap("");
        assert_eq!(action(&keymap, Context::Prompt, "q"), None);
        assert_eq!(action(&keymap, Context::Prompt, "Space"), None);
        assert_eq!(action(&keymap, Context::Prompt, "^y"), Some(Action::Copy));
        assert_eq!(action(&keymap, Context::Prompt, "Down"), Some(Action::Down));
        assert_eq!(action(&keymap, Context::Prompt, "Esc"), Some(Action::Back));
    }

    #[test]
    fn a_partly_typed_sequence_shows_what_may_follow() {
        let keymap = keymap("");
        let ResolvedKeys::Partial(next) =
            keymap.resolve(Context::Reader, &key::parse("]").unwrap())
        else {
            panic!("] alone is no action");
        };
        let said: Vec<_> = next
            .iter()
            .map(|n| (n.keys.as_str(), n.action.name()))
            .collect();
        assert_eq!(
            said,
            [
                ("q", "next-quote"),
                ("t", "next-term"),
                ("s", "next-statement")
            ]
        );
        assert_eq!(
            keymap.resolve(Context::Reader, &key::parse("]x").unwrap()),
            ResolvedKeys::None
        );
    }

    #[test]
    fn the_readers_keys_replace_those_of_the_action_and_no_others() {
        let keymap = keymap("[move]\ndown = ['Down', 's']\n[list]\nmark = []\n");
        assert_eq!(keymap.keys_of(Context::List, Action::Down), ["Down", "s"]);
        assert_eq!(action(&keymap, Context::List, "j"), None);
        assert_eq!(action(&keymap, Context::List, "k"), Some(Action::Up));
        assert_eq!(action(&keymap, Context::List, "m"), None);
        let rows = keymap.table(Context::List);
        assert!(
            rows.iter()
                .any(|row| row.action == Action::Mark && row.keys.is_empty())
        );
    }

    #[test]
    fn help_leaves_out_keys_that_mean_something_nearer() {
        let help = keymap("").help(Context::Quotes);
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
            "[lst]\n[list]\nnext-unraed = 'n'\nopen = 'o'\nsort = 3\nstar = 'pagedwon'\nswap = 'x'\n[reader]\ncopy = ']'\n",
        );
        assert_eq!(
            said,
            [
                "keys.toml:1: unknown table \"lst\"; did you mean \"list\"?",
                "keys.toml:3: unknown action \"next-unraed\"; did you mean \"next-unread\"?",
                "keys.toml:5: a key is written in quotes: \"q\", or several: [\"q\", \"^d\"]",
                "keys.toml:6: unknown key \"pagedwon\"; did you mean \"PageDown\"?",
                "keys.toml:7: \"swap\" is no action of [list]; it belongs in [compare]",
                "keys.toml:9: \"]q\" (next-quote) could not be typed, because \"]\" is \"copy\" there",
            ]
        );
    }

    #[test]
    fn a_key_bound_twice_names_both_actions() {
        assert_eq!(
            errors("[list]\nopen = 'o'\n"),
            [
                "keys.toml:2: \"o\" is both \"sort\" and \"open\" in [list]; give one of them another key, or []"
            ]
        );
    }

    #[test]
    fn a_broken_file_says_where() {
        let said = errors("[list\nopen = \n");
        assert!(said[0].starts_with("keys.toml:1: "), "{said:?}");
    }
}
