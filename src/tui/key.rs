//! Normalises the keys that a terminal reports, and parses and prints key sequences.
//!
//! Sequences are written as in less and vi: `q`, `^d`, `]q`, `Space`, `g Enter` (assets/keys.toml describes the syntax). A
//! terminal sends the same byte for Tab and Ctrl-I, Enter and Ctrl-M, Esc and Ctrl-[, so each pair is one key here. Shift is
//! dropped where the character already shows it.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::config::settings_file::{nearest_name, unknown_name};

/// A key with its modifiers; keys that a terminal cannot distinguish are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

const NAMES: [(&str, KeyCode); 28] = [
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Backtab", KeyCode::BackTab),
    ("Space", KeyCode::Char(' ')),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("F1", KeyCode::F(1)),
    ("F2", KeyCode::F(2)),
    ("F3", KeyCode::F(3)),
    ("F4", KeyCode::F(4)),
    ("F5", KeyCode::F(5)),
    ("F6", KeyCode::F(6)),
    ("F7", KeyCode::F(7)),
    ("F8", KeyCode::F(8)),
    ("F9", KeyCode::F(9)),
    ("F10", KeyCode::F(10)),
    ("F11", KeyCode::F(11)),
    ("F12", KeyCode::F(12)),
];

const MODIFIERS: [(&str, KeyModifiers); 3] = [
    ("Ctrl-", KeyModifiers::CONTROL),
    ("Alt-", KeyModifiers::ALT),
    ("Shift-", KeyModifiers::SHIFT),
];

impl Key {
    /// Normalises a key code with modifiers.
    pub fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let known = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        let modifiers = modifiers & known;
        match code {
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => ctrl(c, modifiers),
            KeyCode::Char(c) => Self {
                code: KeyCode::Char(match modifiers.contains(KeyModifiers::SHIFT) {
                    true => c.to_ascii_uppercase(),
                    false => c,
                }),
                modifiers: modifiers - KeyModifiers::SHIFT,
            },
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => {
                Self::new(KeyCode::BackTab, modifiers)
            }
            KeyCode::BackTab => Self {
                code,
                modifiers: modifiers - KeyModifiers::SHIFT,
            },
            _ => Self { code, modifiers },
        }
    }

    /// Returns the key that was pressed; `None` for a release or a key without a name here (a lone Shift, volume).
    pub fn pressed(event: &KeyEvent) -> Option<Self> {
        let key = Self::new(event.code, event.modifiers);
        let named = matches!(key.code, KeyCode::Char(_)) || key.name().is_some();
        (event.kind != KeyEventKind::Release && named).then_some(key)
    }

    /// Returns the character it types into a line; `None` if it types none.
    pub fn text(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// Returns the key of the keyboard.
    pub fn code(self) -> KeyCode {
        self.code
    }

    /// Returns the modifiers held down with it; never Shift with a character.
    pub fn modifiers(self) -> KeyModifiers {
        self.modifiers
    }

    fn name(self) -> Option<&'static str> {
        let found = NAMES.iter().find(|(_, code)| *code == self.code);
        found.map(|(name, _)| *name)
    }
}

/// Returns Ctrl with `c`: case is ignored, and some letters are other keys (Ctrl-I is Tab).
fn ctrl(c: char, modifiers: KeyModifiers) -> Key {
    let without = modifiers - KeyModifiers::CONTROL;
    let with = modifiers - KeyModifiers::SHIFT;
    let (code, modifiers) = match c.to_ascii_lowercase() {
        'i' => (KeyCode::Tab, without),
        'm' => (KeyCode::Enter, without),
        '[' => (KeyCode::Esc, without),
        // crossterm reports the bytes 0x1C to 0x1F as Ctrl with a digit.
        '4' => (KeyCode::Char('\\'), with),
        '5' => (KeyCode::Char(']'), with),
        '6' => (KeyCode::Char('^'), with),
        '7' => (KeyCode::Char('_'), with),
        lower => (KeyCode::Char(lower), with),
    };
    match code {
        KeyCode::Char(_) => Key { code, modifiers },
        _ => Key::new(code, modifiers),
    }
}

impl fmt::Display for Key {
    /// Writes the key in the syntax of keys.toml.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut modifiers = self.modifiers;
        let hat = matches!(self.code, KeyCode::Char(c) if c != ' ')
            && modifiers.contains(KeyModifiers::CONTROL);
        if hat {
            modifiers.remove(KeyModifiers::CONTROL);
        }
        for (name, modifier) in MODIFIERS {
            if modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        match (self.name(), self.code) {
            (Some(name), _) => f.write_str(name),
            (None, KeyCode::Char(c)) if hat => write!(f, "^{c}"),
            (None, KeyCode::Char('"' | '\'' | '\\')) => write!(f, "{}", self.code),
            (None, KeyCode::Char(c)) => write!(f, "{}", c.escape_debug()),
            (None, _) => f.write_str("?"),
        }
    }
}

/// Parses a sequence of keys.
///
/// # Errors
/// Returns the unknown key and what was probably meant.
pub fn parse_keys(text: &str) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match named(word) {
            Some(key) => keys.push(key),
            None => keys.extend(characters(word).ok_or_else(|| unknown(word))?),
        }
    }
    match keys.is_empty() {
        true => Err("no key given; write [] for an action without a key".to_owned()),
        false => Ok(keys),
    }
}

/// Writes `keys` as keys.toml has them, as short as they can be read back.
pub fn write_keys(keys: &[Key]) -> String {
    let each: Vec<String> = keys.iter().map(Key::to_string).collect();
    let joined = each.concat();
    match parse_keys(&joined).is_ok_and(|read| read == keys) {
        true => joined,
        false => each.join(" "),
    }
}

/// Parses `Enter`, `Ctrl-Left`, `Alt-x`, `Alt-^x`; modifiers and names in any case.
fn named(word: &str) -> Option<Key> {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = word;
    while let Some((modifier, after)) = MODIFIERS.iter().find_map(|(name, modifier)| {
        let head = rest.get(..name.len())?;
        let after = rest.get(name.len()..).filter(|after| !after.is_empty())?;
        head.eq_ignore_ascii_case(name)
            .then_some((*modifier, after))
    }) {
        modifiers |= modifier;
        rest = after;
    }
    if let Some((_, code)) = NAMES
        .iter()
        .find(|(name, _)| rest.eq_ignore_ascii_case(name))
    {
        return Some(Key::new(*code, modifiers));
    }
    let keys = characters(rest).filter(|_| !modifiers.is_empty())?;
    match keys.as_slice() {
        [key] => Some(Key::new(key.code, key.modifiers | modifiers)),
        _ => None,
    }
}

/// Parses one or two keys without a space between, `]q` or `^x^s`. Three or more are more likely a misspelt name ("pagedwon",
/// "C-d") than a sequence; longer sequences are written with spaces.
fn characters(word: &str) -> Option<Vec<Key>> {
    let mut keys = Vec::new();
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let key = match (c, chars.peek()) {
            ('^', Some(_)) => Key::new(KeyCode::Char(chars.next()?), KeyModifiers::CONTROL),
            _ => Key::new(KeyCode::Char(c), KeyModifiers::NONE),
        };
        keys.push(key);
    }
    (keys.len() <= 2 && !word.chars().any(char::is_control)).then_some(keys)
}

/// Returns an error for an unknown key, with the name probably meant: the nearest, or one inside the word (`<Up>`).
fn unknown(word: &str) -> String {
    let names = NAMES.map(|(name, _)| name);
    let lower = word.to_lowercase();
    let inside = |name: &&str| lower.contains(&name.to_lowercase());
    let said = unknown_name("key", word, []);
    match nearest_name(word, names).or_else(|| names.into_iter().find(inside)) {
        Some(name) => format!("{said}; did you mean {name:?}?"),
        None => format!("{said}; write Ctrl-d as \"^d\" and longer sequences with spaces"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(text: &str) -> Key {
        let keys = parse_keys(text).unwrap();
        assert_eq!(keys.len(), 1, "{text}");
        keys[0]
    }

    fn event(code: KeyCode, modifiers: KeyModifiers) -> Key {
        Key::pressed(&KeyEvent::new(code, modifiers)).unwrap()
    }

    #[test]
    fn keys_are_read_as_they_are_typed() {
        let none = KeyModifiers::NONE;
        assert_eq!(key("G"), event(KeyCode::Char('G'), KeyModifiers::SHIFT));
        assert_eq!(key("^d"), event(KeyCode::Char('d'), KeyModifiers::CONTROL));
        assert_eq!(key("ctrl-d"), key("^d"));
        assert_eq!(key("space"), event(KeyCode::Char(' '), none));
        assert_eq!(key("Backtab"), event(KeyCode::BackTab, KeyModifiers::SHIFT));
        assert_eq!(key("Shift-Tab"), key("Backtab"));
        assert_eq!(key("Alt-x"), event(KeyCode::Char('x'), KeyModifiers::ALT));
        assert_eq!(key("\\"), event(KeyCode::Char('\\'), none));
        assert_eq!(parse_keys("]q"), parse_keys("] q"));
        assert_eq!(parse_keys("g Enter").unwrap().len(), 2);
    }

    #[test]
    fn what_a_terminal_cannot_tell_apart_is_one_key() {
        assert_eq!(key("^i"), key("Tab"));
        assert_eq!(key("^m"), key("Enter"));
        assert_eq!(key("^["), key("Esc"));
        assert_eq!(key("^]"), event(KeyCode::Char('5'), KeyModifiers::CONTROL));
        assert_eq!(key("^D"), key("^d"));
    }

    #[test]
    fn a_key_let_go_is_no_key() {
        let mut up = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
        up.kind = KeyEventKind::Release;
        assert_eq!(Key::pressed(&up), None);
        up.kind = KeyEventKind::Repeat;
        assert_eq!(Key::pressed(&up), Some(key("q")));
    }

    #[test]
    fn a_misspelt_key_is_answered() {
        assert_eq!(
            parse_keys("pagedwon").unwrap_err(),
            "unknown key \"pagedwon\"; did you mean \"PageDown\"?"
        );
        assert_eq!(
            parse_keys("<Enter>").unwrap_err(),
            "unknown key \"<Enter>\"; did you mean \"Enter\"?"
        );
        assert!(parse_keys("C-d").unwrap_err().contains("\"^d\""));
        assert!(parse_keys(" ").unwrap_err().contains("no key"));
        assert!(parse_keys("\u{1b}").is_err());
    }

    #[test]
    fn a_sequence_that_spells_a_name_is_written_apart() {
        let up = parse_keys("u p").unwrap();
        assert_eq!(write_keys(&up), "u p");
        assert_eq!(write_keys(&parse_keys("] q").unwrap()), "]q");
        assert_eq!(write_keys(&parse_keys("^ d").unwrap()), "^ d");
    }

    proptest! {
        #[test]
        fn every_sequence_reads_back_from_its_text(
            typed in prop::collection::vec(
                (
                    prop_oneof![
                        prop::char::range(' ', '~').prop_map(KeyCode::Char),
                        prop::sample::select(NAMES.map(|(_, code)| code).to_vec()),
                    ],
                    (0u8..8).prop_map(KeyModifiers::from_bits_truncate),
                ),
                1..5,
            )
        ) {
            let keys: Vec<Key> = typed.into_iter().map(|(code, held)| Key::new(code, held)).collect();
            prop_assert_eq!(parse_keys(&write_keys(&keys)), Ok(keys));
        }
    }
}
